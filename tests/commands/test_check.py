"""`kpi check`: its exit codes, its files, and what it says beside the result."""

from pathlib import Path

import pytest

from kpi_cli import check, read_workbook
from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, PUBLISHED, SOUTHEND, kpi

FORMATS = ("table", "json", "csv")
CLEAN = [(*HEADINGS, "Comment"), row()]


def test_what_the_canonical_workbook_has_that_is_odd() -> None:
    """The oddities that the specification lists, and nothing else."""
    found = [(p.check, p.cell) for p in check(read_workbook(SOUTHEND))]
    assert found == [
        ("month-stale", "Indicators!E9"),  # CP 2.3, September 2018
        ("value-missing", "Indicators!F11"),  # CP 3.1, TBC
        ("year-missing", "Indicators!O19"),  # CP 3.11
        ("name-spelt-two-ways", "Indicators!M26"),  # Policy & Resources, Policy and Resources
        ("year-no-year", "Indicators!O26"),  # CP 4.8, 200809
        ("target-changes", "History!D36"),  # CP 1.2, from 66 to 57-67
        ("months-missing", "History!C81"),  # CP 3.2, May to July 2018
        ("cumulative-falls", "History!C249"),  # CP 5.5, September 2018
    ]
    assert check(read_workbook(PUBLISHED)) == check(read_workbook(SOUTHEND))


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    return save_workbook(tmp_path / "clean.xlsx", Indicators=CLEAN)


CLEAN_ACCOUNT = """\
clean.xlsx

Table        Indicators!A1, 1 indicator
Period       in each row, below "Latest Month" in D1
Polarity     from "Minimise or Maximise" in C1 (1)
Read         code "MPR Code" in A1, short name "Short Name" in B1, polarity "Minimise or Maximise" in C1, month
             "Latest Month" in D1, value "Month's Value" in E1, target "Month's Target" in F1, annual target "Annual
             Target 2018/19" in G1 and comment "Comment" in H1
Settings     kpi's own: amber to 5% off the annual target

clean.xlsx: 1 indicator, no problems
"""  # noqa: E501  # as wide as a pipe


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_a_clean_workbook(format: str, strict: list[str], clean: Path) -> None:
    run = kpi("check", clean, "--format", format, *strict)
    assert (run.exit_code, run.stderr) == (0, "")
    if format == "table":
        assert run.stdout == CLEAN_ACCOUNT


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize(
    ("book", "options", "exit_code"),
    [
        (SOUTHEND, [], 0),
        (SOUTHEND, ["--strict"], 1),
        (MISTAKES, [], 1),
        (MISTAKES, ["--strict"], 1),
    ],
)
def test_exit_codes(book: Path, options: list[str], exit_code: int, format: str) -> None:
    run = kpi("check", book, "--format", format, *options)
    assert (run.exit_code, run.stderr) == (exit_code, "")
    assert run.stdout


@pytest.mark.parametrize("format", FORMATS)
def test_a_workbook_that_cannot_be_read_does_not_stop_the_rest(format: str, clean: Path) -> None:
    missing = clean.with_name("missing.xlsx")
    run = kpi("check", missing, clean, "--format", format)
    assert run.exit_code == 3
    assert run.stderr.startswith(f"{missing}: ")
    assert run.stdout == kpi("check", clean, "--format", format).stdout


def test_an_unreadable_workbook_alone_leaves_no_file(tmp_path: Path) -> None:
    run = kpi("check", tmp_path / "missing.xlsx", "-o", tmp_path / "p.csv")
    assert (run.exit_code, run.stdout) == (3, "")
    assert not (tmp_path / "p.csv").exists()


def test_workbooks_of_one_name_are_told_apart_by_their_folders(tmp_path: Path) -> None:
    books = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        books.append(save_workbook(tmp_path / name / "x.xlsx", Indicators=CLEAN))
    assert kpi("check", *books).stdout == "\n".join(
        CLEAN_ACCOUNT.replace("clean.xlsx", str(book)) for book in books
    )


@pytest.mark.parametrize(
    ("name", "format"), [("p.txt", "table"), ("p.json", "json"), ("p.csv", "csv")]
)
def test_the_file_has_what_the_screen_would_have(name: str, format: str, tmp_path: Path) -> None:
    path = tmp_path / name
    run = kpi("check", MISTAKES, "--output", path)
    assert (run.exit_code, run.stdout, run.stderr) == (1, "", "")
    mark = b"\xef\xbb\xbf" if format == "csv" else b""
    assert path.read_bytes() == mark + kpi("check", MISTAKES, "--format", format).stdout_bytes
    again = kpi("check", MISTAKES, "--output", path)
    assert (again.exit_code, again.stdout) == (4, "")
    assert "exists already" in again.stderr
    assert kpi("check", MISTAKES, "--output", path, "--force").exit_code == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'WORKBOOK'."),
        (["x.xlsx", "--force"], "Invalid value for --force: it goes with --output FILE"),
        (
            ["x.xlsx", "-o", "p.xlsx"],
            "Invalid value for --output: kpi check writes no .xlsx files; kpi exceptions writes a"
            " workbook",
        ),
    ],
)
def test_wrong_usage_is_told_in_a_line(arguments: list[str], said: str) -> None:
    run = kpi("check", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f"Error: {said}"


def test_a_wrong_format_is_told_with_the_right_ones() -> None:
    run = kpi("check", "x.xlsx", "--format", "markdown")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.endswith("'markdown' is not one of 'table', 'json', 'csv'.\n")


def test_the_list_needs_no_workbook() -> None:
    run = kpi("check", "--list")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == kpi("check", "nothing.xlsx", "--list").stdout
