"""`kpi report`: what is written, what is refused, and what is said of it."""

import csv
import re
import time
from pathlib import Path

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, SAMPLES, SOUTHEND, kpi, kpi_program
from tests.writing.web.reading_pages import MADE, Page

TOTAL = "29 indicators: At risk 6 · Some slippage 6 · On course 16 · No value 1"
EPOCH = {"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"}


def page(path: Path) -> Page:
    return Page(path.read_bytes())


def codes(path: Path) -> list[str]:
    """Return the codes in Section 2."""
    return [each.text for each in page(path).by_id("section-2").all("td", class_="code-cell")]


def test_one_line_says_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run = kpi("report", SOUTHEND, "-o", path)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == f"Wrote {path}: 12 exceptions among {TOTAL}\n"
    assert list(tmp_path.iterdir()) == [path]
    assert len(codes(path)) == 29


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    one, two = tmp_path / "one.html", tmp_path / "two.html"
    options = ["report", SOUTHEND, "--spc", "--forecast"]
    assert kpi_program(*options, "-o", one, env=EPOCH).returncode == 0
    time.sleep(1.1)
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    assert kpi_program(*options, "-o", two, env=EPOCH | other).returncode == 0
    assert one.read_bytes() == two.read_bytes()
    assert "Made on 11 February 2019, 09:30 by kpi " in page(one).all("footer")[0].text


def test_control_charts_and_forecasts_are_there_where_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    kpi("report", SOUTHEND, "-o", path)
    assert not page(path).all("dl", class_="found")
    assert "Control chart" not in page(path).root.text
    kpi("report", SOUTHEND, "-o", path, "--force", "--spc", "--forecast")
    detail = page(path).by_id("detail-cp-4-8").text
    assert "Unusually" not in detail
    assert "Concern: 1.95% is over the upper limit of 1.73%" in detail
    assert "Forecast for 2018/19: 1.95% (1.78% to 2.12%) against 1.77%: At risk" in detail
    assert "limit" in " ".join(each.attributes["class"] for each in page(path).all("path")
                               if "class" in each.attributes)  # fmt: skip


def test_filters_of_the_command_choose_what_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run = kpi("report", SOUTHEND, "-o", path, "--committee", "place scrutiny", "--aim", "clean")
    assert run.exit_code == 0
    assert codes(path) == ["CP 2.2", "CP 2.3", "CP 2.4"]
    assert "This page is of 3 of 29 indicators." in page(path).by_id("summary").text


def test_a_report_of_an_earlier_month_stands_as_it_stood(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run = kpi("report", SOUTHEND, "-o", path, "--month", "2018-10")
    assert run.exit_code == 0
    found = page(path)
    assert found.all("p", class_="period")[0].text == "October 2018"
    assert "January 2019" not in found.by_id("detail-cp-5-4").text
    assert not found.all("p", class_="is-missing")


@pytest.mark.parametrize("outcome", ["green", "no value"])
def test_what_counts_as_an_exception_can_be_said(outcome: str, tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    assert kpi("report", SOUTHEND, "-o", path, "--outcome", outcome).exit_code == 0
    many = {"green": 16, "no value": 1}[outcome]
    assert len(page(path).all("article", class_="detail")) == many


def test_a_page_for_each_committee_and_an_index(tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    run = kpi("report", SOUTHEND, "-o", folder, "--split", "committee")
    assert run.exit_code == 0
    assert run.stdout.splitlines()[-1] == f"Wrote {folder / 'index.csv'}: 3 pages"
    rows = list(csv.DictReader((folder / "index.csv").read_text("utf-8-sig").splitlines()))
    assert [(line["group"], line["file"], line["indicators"]) for line in rows] == [
        ("People Scrutiny", "people-scrutiny.html", "15"),
        ("Place Scrutiny", "place-scrutiny.html", "8"),
        ("Policy & Resources Scrutiny", "policy-and-resources-scrutiny.html", "6"),
    ]
    found = page(folder / "policy-and-resources-scrutiny.html")
    assert found.all("p", class_="period")[0].text == "January 2019: Policy & Resources Scrutiny"


def test_a_workbook_with_errors_is_refused_unless_it_is_to_keep_going(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    run = kpi("report", MISTAKES, "-o", path)
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.splitlines()[-1] == (
        "with_mistakes.xlsx: nothing was written; mend the errors, or add --keep-going"
    )
    assert list(tmp_path.iterdir()) == []
    run = kpi("report", MISTAKES, "-o", path, "--keep-going")
    assert run.exit_code == 1
    assert len(codes(path)) == 13


@pytest.mark.parametrize(
    ("options", "exit_code", "said"),
    [
        (["-o", "report.pdf"], 2, "is no .html file; with --split it may be a folder"),
        (["-o", "a.html", "--split", "aim"], 2, "is no folder; with --split there are several"),
        (["-o", "a.html", "--committee", "Nobody"], 2, 'no indicator has the committee "Nobody"'),
        (["-o", "a.html", "--month", "2010-10"], 2, "no indicator has a value for October 2010"),
        (["-o", "no/a.html"], 4, "there is no folder"),
        (["-o", "old.html"], 4, "exists already; give another name, or --force"),
    ],
)
def test_what_is_refused(
    options: list[str], exit_code: int, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "old.html").write_text("old")
    run = kpi("report", SOUTHEND, *options)
    assert run.exit_code == exit_code
    assert said in re.sub(r"[\s│]+", " ", run.stderr)
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [("old.html", "old")]


def test_what_fails_while_it_is_written_leaves_the_old_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")

    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", fail)
    run = kpi("report", SOUTHEND, "-o", path, "--force")
    assert run.exit_code == 4
    assert "No space left on device" in run.stderr
    assert [(each.name, each.read_text()) for each in tmp_path.iterdir()] == [
        ("report.html", "old")
    ]


def test_a_workbook_that_is_none_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").write_text("no workbook")
    assert kpi("report", tmp_path / "in.xlsx", "-o", tmp_path / "r.html").exit_code == 3
    empty = save_workbook(tmp_path / "empty.xlsx", Indicators=[HEADINGS])
    assert kpi("report", empty, "-o", tmp_path / "r.html").exit_code == 3


def test_quiet_says_nothing_of_what_went_well(tmp_path: Path) -> None:
    source = save_workbook(tmp_path / "in.xlsx", Indicators=[HEADINGS, row()])
    run = kpi("report", source, "-o", tmp_path / "r.html", "--quiet")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")


def test_quarters_have_a_report(tmp_path: Path) -> None:
    source = SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"
    path = tmp_path / "report.html"
    assert kpi("report", source, "-o", path, "--spc", "--forecast").exit_code == 0
    assert page(path).all("p", class_="period")[0].text == "Q3 2018/19"


def test_pages_are_filled_in_by_what_no_other_command_loads(tmp_path: Path) -> None:
    profile = {"PYTHONPROFILEIMPORTTIME": "1"}
    rated = kpi_program("rate", SOUTHEND, env=profile).stderr
    written = kpi_program("report", SOUTHEND, "-o", tmp_path / "r.html", env=profile).stderr
    assert (b"jinja2" in rated, b"jinja2" in written) == (False, True)
    assert b"openpyxl" not in written
