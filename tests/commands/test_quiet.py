"""`--quiet`: silence where all is well, or else what makes the exit code other than 0."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, PUBLISHED, SOUTHEND, kpi

FORMATS = ("table", "json", "jsonl", "csv", "markdown")
TABLE = (*HEADINGS, "Expected Outcome")
WARNING = row(outcome="Purple")
ERROR = row(code="CP 2", value="about 50")
WARNING_LINE = (
    'Indicators!H2: warning: the published outcome "Purple" is unknown, and is not compared. Write'
    " At risk of missing target, Red, R, and so on; it does not decide the rating."
)
ERROR_LINE = (
    'Indicators!E3: error: the value "about 50" cannot be read; CP 2 is not rated. Write a number,'
    " a percentage such as 67.5%, or leave the cell empty."
)


def book_of(folder: Path, *rows: tuple[Any, ...], name: str = "x.xlsx") -> Path:
    return save_workbook(folder / name, Indicators=[TABLE, *rows])


@pytest.mark.parametrize("option", ["--quiet", "-q"])
@pytest.mark.parametrize("format", FORMATS)
def test_warnings_are_not_told_and_the_ratings_are_the_same(
    format: str, option: str, tmp_path: Path
) -> None:
    book = book_of(tmp_path, WARNING)
    loud, quiet = (kpi("rate", book, "--format", format, *more) for more in ([], [option]))
    assert loud.stderr == f"x.xlsx {WARNING_LINE}\nx.xlsx: 1 warning\n"
    assert (quiet.exit_code, quiet.stderr) == (0, "")
    assert quiet.stdout_bytes == loud.stdout_bytes


def test_errors_are_told_without_the_warnings_beside_them(tmp_path: Path) -> None:
    run = kpi("rate", book_of(tmp_path, WARNING, ERROR), "--quiet")
    assert run.exit_code == 1
    assert run.stderr == f"x.xlsx {ERROR_LINE}\nx.xlsx: 1 error; 1 row not rated\n"


def test_every_error_of_a_workbook_is_told() -> None:
    loud, quiet = (kpi("rate", MISTAKES, *more).stderr.splitlines() for more in ([], ["-q"]))
    assert quiet[:-1] == [line for line in loud if ": error: " in line]
    assert quiet[-1] == "with_mistakes.xlsx: 29 errors; 19 rows not rated"


def test_warnings_are_told_where_the_run_fails_on_them(tmp_path: Path) -> None:
    book = book_of(tmp_path, WARNING)
    run = kpi("rate", book, "--quiet", "--fail-on", "warning")
    assert run.exit_code == 1
    assert run.stderr == f"x.xlsx {WARNING_LINE}\nx.xlsx: 1 warning\n"
    assert kpi("rate", book, "--quiet", "--fail-on", "red").stderr == ""


def test_a_workbook_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "missing.xlsx"
    for arguments in (["rate", missing], ["exceptions", missing, "-o", tmp_path / "e.xlsx"]):
        run = kpi(*arguments, "--quiet")
        assert (run.exit_code, run.stdout) == (3, "")
        assert run.stderr == f"{missing}: there is no such file; check the path\n"


def test_a_name_that_one_of_the_workbooks_has_is_no_failure(tmp_path: Path) -> None:
    other = book_of(tmp_path, row(code="XY 1"))
    loud, quiet = (kpi("rate", SOUTHEND, other, "--code", "XY 1", *q) for q in ([], ["-q"]))
    assert loud.stderr.startswith(f'{SOUTHEND.name}: no indicator has the code "XY 1"')
    assert (quiet.exit_code, quiet.stderr) == (0, "")
    assert quiet.stdout == loud.stdout


def test_names_that_each_fit_and_together_fit_nothing_are_no_failure() -> None:
    names = ["--aim", "clean", "--code", "CP 1.1"]
    assert kpi("rate", SOUTHEND, *names).stderr == (
        f"{SOUTHEND.name}: no indicator is all that was asked for\n"
    )
    quiet = kpi("rate", SOUTHEND, *names, "--quiet")
    assert (quiet.exit_code, quiet.stderr) == (0, "")


@pytest.mark.parametrize("output", [[], ["--output", "r.json"]])
def test_a_name_that_no_workbook_has_is_told(
    output: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["rate", SOUTHEND, PUBLISHED, "--aim", "nonsense", "--aim", "clean", *output]
    loud, quiet = kpi(*arguments), kpi(*arguments, "--quiet")
    assert quiet.exit_code == loud.exit_code == 2
    assert quiet.stderr == loud.stderr
    assert quiet.stderr.count('no indicator has the aim "nonsense"') == 2
    assert list(tmp_path.iterdir()) == []


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "r.json"
    run = kpi("rate", SOUTHEND, "--quiet", "--output", path)
    assert (run.exit_code, run.stderr) == (
        4,
        f"kpi: there is no folder {path.parent}; make it first\n",
    )


@pytest.mark.parametrize("split", [[], ["--split", "aim"]])
def test_exceptions_say_nothing_of_what_was_written(split: list[str], tmp_path: Path) -> None:
    output = tmp_path / ("out" if split else "e.xlsx")
    run = kpi("exceptions", SOUTHEND, "-o", output, "--no-charts", "--quiet", *split)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    assert output.exists()


def test_exceptions_tell_errors_without_the_warnings_beside_them(tmp_path: Path) -> None:
    book, output = book_of(tmp_path, WARNING, ERROR), tmp_path / "e.xlsx"
    said = f"x.xlsx {ERROR_LINE}\nx.xlsx: 1 error; 1 row not rated\n"
    refused = kpi("exceptions", book, "-o", output, "-q")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert refused.stderr == (
        f"{said}x.xlsx: nothing was written; mend the errors, or add --keep-going\n"
    )
    written = kpi("exceptions", book, "-o", output, "-q", "--keep-going")
    assert (written.exit_code, written.stdout, written.stderr) == (1, "", said)
    assert output.exists()


def test_exceptions_do_not_tell_warnings(tmp_path: Path) -> None:
    run = kpi("exceptions", book_of(tmp_path, WARNING), "-o", tmp_path / "e.xlsx", "--quiet")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")


def test_exceptions_tell_a_name_that_the_workbook_has_not(tmp_path: Path) -> None:
    arguments = ["exceptions", SOUTHEND, "-o", tmp_path / "e.xlsx", "--aim", "nonsense"]
    loud, quiet = kpi(*arguments), kpi(*arguments, "--quiet")
    assert quiet.exit_code == loud.exit_code == 2
    assert quiet.stderr == loud.stderr != ""


# kpi check


def test_check_shows_the_errors_alone(tmp_path: Path) -> None:
    book = book_of(tmp_path, WARNING, ERROR)
    loud, quiet = (kpi("check", book, *more) for more in ([], ["--quiet"]))
    assert quiet.exit_code == loud.exit_code == 1
    assert quiet.stderr == loud.stderr == ""
    assert "Warning" in loud.stdout
    assert "Warning" not in quiet.stdout
    assert 'The value "about 50" cannot be read' in quiet.stdout
    assert quiet.stdout.endswith("\nx.xlsx: 2 indicators, 1 error\n")


def test_check_is_silent_of_workbooks_that_do_not_fail(tmp_path: Path) -> None:
    good, bad = book_of(tmp_path, WARNING, name="good.xlsx"), book_of(tmp_path, ERROR)
    quiet = kpi("check", good, SOUTHEND, "-q")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    assert kpi("check", good, bad, SOUTHEND, "-q").stdout == kpi("check", bad, "-q").stdout != ""


def test_check_shows_the_warnings_where_it_fails_on_them(tmp_path: Path) -> None:
    book = book_of(tmp_path, WARNING, ERROR)
    loud, quiet = (kpi("check", book, SOUTHEND, "--strict", *more) for more in ([], ["-q"]))
    assert quiet.exit_code == loud.exit_code == 1
    assert problems_of(quiet.stdout) == problems_of(loud.stdout)


def problems_of(page: str) -> list[str]:
    """Return a page without what was understood of the workbooks, which is no failure."""
    return [page.partition("\n")[0], *re.findall(r"Severity(?:.|\n)*?\n\n.*", page)]


def test_check_tells_a_workbook_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "missing.xlsx"
    run = kpi("check", missing, SOUTHEND, "--quiet")
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr == f"{missing}: there is no such file; check the path\n"


@pytest.mark.parametrize("format", ["json", "csv"])
def test_what_programs_read_of_a_check_is_whole(format: str) -> None:
    loud, quiet = (kpi("check", SOUTHEND, "-f", format, *more) for more in ([], ["-q"]))
    assert quiet.stdout == loud.stdout


def test_a_file_of_a_check_is_whole(tmp_path: Path) -> None:
    run = kpi("check", SOUTHEND, "-o", tmp_path / "p.txt", "--quiet")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    assert (tmp_path / "p.txt").read_text("utf-8") == kpi("check", SOUTHEND).stdout


# kpi new


def test_new_says_nothing_of_what_was_written(tmp_path: Path) -> None:
    run = kpi("new", tmp_path / "n.xlsx", "--quiet")
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    assert (tmp_path / "n.xlsx").exists()
    again = kpi("new", tmp_path / "n.xlsx", "--quiet")
    assert (again.exit_code, again.stdout) == (4, "")
    assert "exists already" in again.stderr
