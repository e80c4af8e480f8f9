"""`kpi new`: what is written, what is refused, and what is said of it."""

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from kpi_cli import read_workbook
from tests.running import kpi, kpi_program
from tests.writing.exceptions_workbook.reading_back import MADE, Written

EPOCH = {"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"}


def test_one_line_says_what_was_written_and_what_is_next(tmp_path: Path) -> None:
    path = tmp_path / "indicators.xlsx"
    run = kpi("new", path)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == f"Wrote {path}; fill it in, then: kpi check {path}\n"
    assert list(tmp_path.iterdir()) == [path]


def test_a_name_with_spaces_is_quoted_for_the_next_command(tmp_path: Path) -> None:
    path = tmp_path / "my indicators.XLSX"
    run = kpi("new", path)
    assert run.stdout == f'Wrote {path}; fill it in, then: kpi check "{path}"\n'


def test_what_it_writes_is_rated_without_a_problem(tmp_path: Path) -> None:
    path = tmp_path / "indicators.xlsx"
    kpi("new", path)
    run = kpi("rate", path, "--compare-published", "--fail-on", "difference")
    assert (run.exit_code, run.stderr) == (0, "")
    assert "1 indicator: Some slippage 1\n" in run.stdout
    run = kpi("exceptions", path, "-o", tmp_path / "exceptions.xlsx")
    assert (run.exit_code, run.stderr) == (0, "")


def test_the_example_is_of_this_month(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    path = tmp_path / "indicators.xlsx"
    before = datetime.now().astimezone()
    kpi("new", path)
    after = datetime.now().astimezone()
    months = {(day.year, day.month) for day in (before, after)}
    (indicator,) = read_workbook(path).indicators
    assert (indicator.month.year, indicator.month.number) in months
    created = Written(path.read_bytes()).book.properties.created
    assert created
    assert before.replace(microsecond=0) <= created.replace(tzinfo=UTC) <= after


def test_the_settings_that_are_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "indicators.xlsx"
    asked = ("--organisation", "=A & B", "--title", "Quarterly report", "--year-starts", "jan")
    run = kpi_program("new", path, *asked, env=EPOCH)
    assert run.returncode == 0
    workbook = read_workbook(path)
    assert workbook.problems == ()
    assert workbook.settings.organisation == "=A & B"
    assert workbook.settings.report_title == "Quarterly report"
    assert workbook.settings.financial_year_starts == 1
    sheet = Written(path.read_bytes()).sheet("Indicators")
    assert sheet["G1"].value == "Annual Target 2019"


def test_settings_that_are_not_asked_for_have_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "indicators.xlsx"
    kpi("new", path)
    sheet = Written(path.read_bytes()).sheet("Settings")
    values = {row[0]: row[1] for row in sheet.iter_rows(min_row=2, values_only=True)}
    assert values == {
        "Organisation": None,
        "Report Title": None,
        "Financial Year Starts": "April",
        "Amber Tolerance": 0.05,
        "Green Tolerance": 0,
        "Tolerance Basis": "Annual target",
        "Improving Is Amber": "No",
        "At The Limit": None,
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'FILE'."),
        *(
            (
                [name],
                f'Invalid value for FILE: "{name}" is no .xlsx file; give one to write, such as'
                " indicators.xlsx",
            )
            for name in ("indicators", "indicators.xls", "indicators.csv", ".xlsx")
        ),
        (
            ["indicators.xlsx", "--year-starts", "Smarch"],
            'Invalid value for --year-starts: "Smarch" is no month; write its name, such as April',
        ),
    ],
)
def test_wrong_usage_is_told_in_a_line(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kpi("new", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f"Error: {said}"
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_exists_is_kept_unless_it_is_to_be_replaced(tmp_path: Path) -> None:
    path = tmp_path / "indicators.xlsx"
    path.write_bytes(b"a year's work")
    run = kpi("new", path)
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == (
        f"kpi: {path} exists already; give another name, or --force to replace it\n"
    )
    assert path.read_bytes() == b"a year's work"
    assert kpi("new", path, "--force").exit_code == 0
    assert len(read_workbook(path).indicators) == 1


def test_a_folder_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    run = kpi("new", tmp_path / "nowhere" / "indicators.xlsx")
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == f"kpi: there is no folder {tmp_path / 'nowhere'}; make it first\n"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_that_name_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "in.xlsx").mkdir()
    run = kpi("new", tmp_path / "in.xlsx", "--force")
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == f"kpi: {tmp_path / 'in.xlsx'} is a folder; give the name of a file in it\n"


@pytest.mark.parametrize("step", ["pathlib.Path.open", "os.fsync"])
@pytest.mark.parametrize(
    ("failure", "message"),
    [
        (
            PermissionError(13, "Permission denied"),
            "can't be written; if it is open in Excel, close it there first",
        ),
        (OSError(30, "Read-only file system"), "can't be written: Read-only file system"),
    ],
)
def test_a_place_that_cannot_be_written(
    step: str, failure: OSError, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(step, fail)
    run = kpi("new", tmp_path / "indicators.xlsx")
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == f"kpi: {tmp_path / 'indicators.xlsx'} {message}\n"
    assert list(tmp_path.iterdir()) == []


def test_the_same_time_gives_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for number, other in enumerate(({}, {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"})):
        path = tmp_path / f"{number}.xlsx"
        kpi_program("new", path, env=EPOCH | other)
        written.append(path.read_bytes())
        time.sleep(1.1)  # times in files are in seconds
    assert written[0] == written[1]


def test_a_time_that_is_none_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    run = kpi("new", tmp_path / "indicators.xlsx")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == "kpi: SOURCE_DATE_EPOCH is 'soon', which is no number of seconds\n"
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_is_a_link_to_itself_is_told(tmp_path: Path) -> None:
    link = tmp_path / "self.xlsx"
    link.symlink_to(link)
    for more in ([], ["--force"]):
        run = kpi("new", link, *more)
        assert (run.exit_code, run.stdout) == (4, "")
        assert run.stderr.count("\n") == 1
        assert run.stderr.startswith("kpi: ")
    assert link.is_symlink()
