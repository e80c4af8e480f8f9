"""`kpi exceptions`: what is written, what is refused, and what is said of it."""

import csv
import io
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpi_cli.names import natural_order
from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND, kpi
from tests.writing.exceptions_workbook.blocks import blocks
from tests.writing.exceptions_workbook.reading_back import SHEETS, Written, table, texts

TOTAL = "29 indicators: At risk 6 · Some slippage 6 · On course 16 · No value 1"
ROWS_WITH_MISTAKES = "29 errors, 8 warnings; 19 rows not rated"


def book(path: Path) -> Written:
    return Written(path.read_bytes())


def codes(path: Path, sheet: str, name: str) -> list[str]:
    """Return the codes in a sheet's table."""
    found = book(path).sheet(sheet)
    return [str(row["MPR Code"].value) for row in table(found, name)] if found.tables else []


def test_one_line_says_what_was_written(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    run = kpi("exceptions", SOUTHEND, "-o", path)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == f"Wrote {path}: 12 exceptions among {TOTAL}\n"
    assert list(tmp_path.iterdir()) == [path]
    assert book(path).book.sheetnames == SHEETS


def test_it_says_when_it_was_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before = datetime.now(UTC).replace(microsecond=0, tzinfo=None)
    kpi("exceptions", SOUTHEND, "-o", tmp_path / "out.xlsx")
    after = datetime.now(UTC).replace(tzinfo=None)
    made = book(tmp_path / "out.xlsx").book.properties.created
    assert made
    assert before <= made <= after


@pytest.mark.parametrize("source", [SOUTHEND, PUBLISHED, MISTAKES])
def test_the_input_is_never_changed(source: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(source, tmp_path / "in.xlsx"))
    os.utime(copy, (1_000_000_000, 1_000_000_000))
    kpi("exceptions", copy, "-o", tmp_path / "out.xlsx", "--keep-going")
    assert copy.read_bytes() == source.read_bytes()
    assert copy.stat().st_mtime == 1_000_000_000
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in.xlsx", "out.xlsx"]


@pytest.mark.no_cover
def test_what_was_published_makes_no_difference(tmp_path: Path) -> None:
    found = []
    for source in (SOUTHEND, PUBLISHED):
        path = tmp_path / source.name
        kpi("exceptions", source, "-o", path)
        found.append([codes(path, "Exceptions", "Exceptions"), texts(book(path).sheet("Detail"))])
    assert found[0] == found[1]


def test_a_workbook_with_errors_is_refused(tmp_path: Path) -> None:
    run = kpi("exceptions", MISTAKES, "-o", tmp_path / "out.xlsx")
    assert (run.exit_code, run.stdout) == (1, "")
    lines = run.stderr.splitlines()
    assert lines[:-1] == kpi("rate", MISTAKES).stderr.splitlines()
    assert lines[-2:] == [
        f"with_mistakes.xlsx: {ROWS_WITH_MISTAKES}",
        "with_mistakes.xlsx: nothing was written; mend the errors, or add --keep-going",
    ]
    assert list(tmp_path.iterdir()) == []


def test_what_can_be_rated_is_written_with_keep_going(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    run = kpi("exceptions", MISTAKES, "-o", path, "--keep-going")
    assert run.exit_code == 1
    assert run.stderr == kpi("rate", MISTAKES).stderr
    assert run.stdout == (
        f"Wrote {path}: 5 exceptions among 13 indicators:"
        " At risk 2 · Some slippage 3 · On course 6 · No value 1 · No target 1\n"
    )
    rated = csv.DictReader(io.StringIO(kpi("rate", MISTAKES, "--format", "csv").stdout))
    written = codes(path, "All indicators", "AllIndicators")
    assert sorted(written) == sorted(row["code"] for row in rated)


def test_with_keep_going_it_says_what_could_not_be_rated(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    said = kpi("exceptions", MISTAKES, "-o", path, "--keep-going").stderr.splitlines()[:-1]
    assert len(said) == 37
    notes = table(book(path).sheet("Data notes"), "DataNotes")
    told = [[str(cell.value) for cell in row.values()] for row in notes]
    assert told[0] == ["All", "29 errors were found in the data, which may make it incomplete."]
    assert len([text for _, text in told if "is not rated" in text]) == 19
    assert not [text for _, text in told if re.search(r"![A-Z]+\d", text)]
    summary = texts(book(path).sheet("Summary"))
    assert [line for line in summary if "errors" in line] == [
        "29 errors in the data: see Data notes. Not rated, for errors in the workbook: 19 (EX 2.1,"
        " EX 2.2, EX 2.3, EX 2.4, EX 2.5, EX 2.6, EX 2.7, EX 2.8, EX 2.9, EX 2.10, EX 2.11,"
        " EX 2.12, EX 2.13, EX 2.14, EX 2.15, EX 2.16, EX 2.17, EX 2.21 and one without a code)"
    ]


def test_warnings_alone_refuse_nothing(tmp_path: Path) -> None:
    settings = [("Setting", "Value"), ("Amber Tolerence", "5%")]
    source = save_workbook(tmp_path / "in.xlsx", PIs=[HEADINGS, row()], Settings=settings)
    path = tmp_path / "out.xlsx"
    run = kpi("exceptions", source, "-o", path)
    assert run.exit_code == 0
    assert run.stderr.splitlines()[-1] == "in.xlsx: 1 warning"
    said = str([texts(sheet) for sheet in book(path).sheets])
    assert "Amber Tolerence" not in said  # that is for those who keep the workbook


def test_a_month_without_any_value_is_not_worth_a_workbook(tmp_path: Path) -> None:
    run = kpi("exceptions", SOUTHEND, "-o", tmp_path / "out.xlsx", "--month", "2010-10")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        "southend_january_2019.xlsx: nothing was written; no indicator has a value for October 2010"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("rows", "exit_code", "why"),
    [([], 3, "no indicator could be read"), ([row(value="x")], 1, "no indicator could be rated")],
)
def test_there_is_nothing_to_write_where_nothing_could_be_rated(
    rows: list[tuple[object, ...]], exit_code: int, why: str, tmp_path: Path
) -> None:
    source = save_workbook(tmp_path / "in.xlsx", Indicators=[HEADINGS, *rows])
    run = kpi("exceptions", source, "-o", tmp_path / "out.xlsx", "--keep-going")
    assert (run.exit_code, run.stdout) == (exit_code, "")
    assert run.stderr.splitlines()[-1] == f"in.xlsx: nothing was written; {why}"
    assert list(tmp_path.iterdir()) == [source]


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("asked", "indicators", "exceptions"),
    [
        (
            ["--committee", "policy and resources scrutiny"],
            6,
            ["CP 4.8", "CP 5.4", "CP 5.5", "CP 4.3", "CP 4.4"],
        ),
        (["--aim", "safe"], 4, ["CP 1.2", "CP 1.1", "CP 1.4"]),
        (["--ou", "public health"], 2, ["CP 3.9", "CP 3.11"]),
        (["--code", "CP 5.*", "--code", "CP 1.2"], 5, ["CP 1.2", "CP 5.4", "CP 5.5"]),
        (["--aim", "excellent", "--outcome", "green"], 4, ["CP 5.1", "CP 5.6"]),
        (["--outcome", "no value"], 29, ["CP 3.1"]),
        (["--outcome", "red", "--aim", "prosperous"], 8, ["CP 4.8"]),
    ],
)
def test_filters_and_outcomes(
    asked: list[str], indicators: int, exceptions: list[str], tmp_path: Path
) -> None:
    path = tmp_path / "out.xlsx"
    assert kpi("exceptions", SOUTHEND, "-o", path, *asked).exit_code == 0
    assert len(codes(path, "All indicators", "AllIndicators")) == indicators
    in_detail = [block.heading.split("  ")[0] for block in blocks(book(path))]
    assert in_detail == sorted(exceptions, key=natural_order)  # by aim
    assert codes(path, "Exceptions", "Exceptions")[: len(exceptions)] == exceptions


def test_an_earlier_month_is_that_of_rate(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    run = kpi("exceptions", SOUTHEND, "-o", path, "--month", "2018-10")
    assert (run.exit_code, run.stderr) == (0, "")
    found = book(path)
    assert texts(found.sheet("Summary"))[1] == "Southend-on-Sea Borough Council, October 2018"
    rated = kpi("rate", SOUTHEND, "--month", "2018-10", "--format", "csv").stdout
    expected = {row["code"]: row["value_text"] or "-" for row in csv.DictReader(io.StringIO(rated))}
    sickness = next(block for block in blocks(found) if block.heading.startswith("CP 5.4 "))
    assert sickness.said["Month's Value"] == expected["CP 5.4"] == "4.14"
    assert (sickness.said["Month's Target"], sickness.said["Latest Month"]) == (
        "3.51",
        "October 2018",
    )
    months = {month[0]: month[1:] for month in sickness.shown_months}
    assert (next(iter(months)), list(months)[-1], len(months)) == ("Apr", "Mar", 12)
    assert (months["Oct"][0], months["Nov"][0]) == ("4.14", "")  # as it stood then
    assert sickness.comment == ["-"]  # a comment is on its own month


def test_no_charts(tmp_path: Path) -> None:
    kpi("exceptions", SOUTHEND, "-o", tmp_path / "out.xlsx", "--no-charts")
    assert [part for part in book(tmp_path / "out.xlsx").parts if "chart" in part] == []


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("in.xlsx", "{path} is a workbook that is read; give another name"),
        ("folder.xlsx", "{path} is a folder; give the name of a file in it"),
        ("missing/out.xlsx", "there is no folder {path.parent}; make it first"),
        (
            "open.xlsx",
            "{path} is open in Excel; close it there first (if it isn't, delete ~$open.xlsx)",
        ),
    ],
)
def test_where_nothing_may_be_written(
    name: str, message: str, force: list[str], tmp_path: Path
) -> None:
    source = Path(shutil.copy(SOUTHEND, tmp_path / "in.xlsx"))
    (tmp_path / "folder.xlsx").mkdir()
    (tmp_path / "open.xlsx").write_bytes(b"old")
    (tmp_path / "~$open.xlsx").touch()
    before = sorted(path.name for path in tmp_path.iterdir())
    path = tmp_path / name
    run = kpi("exceptions", source, "-o", path, *force)
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == f"kpi: {message.format(path=path)}\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == before
    assert source.read_bytes() == SOUTHEND.read_bytes()
    assert (tmp_path / "open.xlsx").read_bytes() == b"old"


def test_a_file_that_exists_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    path.write_bytes(b"old")
    run = kpi("exceptions", SOUTHEND, "-o", path)
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == (
        f"kpi: {path} exists already; give another name, or --force to replace it\n"
    )
    assert path.read_bytes() == b"old"
    assert kpi("exceptions", SOUTHEND, "-o", path, "--force").exit_code == 0
    assert len(book(path).charts("Detail")) == 24
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        (["-o", "out.xls"], '"out.xls" is no .xlsx file; with --split it may be a folder'),
        ([], "Missing option '--output' / '-o'"),
        (
            ["-o", "out.xlsx", "--month", "Octember"],
            '"Octember" is no month or other period; write 2018-10',
        ),
        (["-o", "out.xlsx", "--outcome", "purple"], '"purple" is no expected outcome; write red'),
        (["-o", "out.xlsx", "--split", "code"], "'code' is not one of 'committee', 'ou', 'aim'"),
    ],
)
def test_wrong_usage(
    asked: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kpi("exceptions", SOUTHEND, *asked)
    assert (run.exit_code, run.stdout) == (2, "")
    assert message in " ".join(run.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_a_filter_that_matches_nothing_writes_nothing(tmp_path: Path) -> None:
    run = kpi("exceptions", SOUTHEND, "-o", tmp_path / "out.xlsx", "--committee", "Parks")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == (
        'southend_january_2019.xlsx: no indicator has the committee "Parks"; the workbook has'
        ' "People Scrutiny", "Place Scrutiny" and "Policy & Resources Scrutiny"\n'
        "southend_january_2019.xlsx: nothing was written; no indicator is all that was asked for\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["missing.xlsx", "README.md"])
def test_a_workbook_that_can_not_be_read(name: str, tmp_path: Path) -> None:
    run = kpi("exceptions", SAMPLES / name, "-o", tmp_path / "out.xlsx")
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr.startswith(f"{SAMPLES / name}: ")
    assert list(tmp_path.iterdir()) == []
