"""`kpi show`: which indicators it finds, what it says of the rest, and where it goes."""

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, SAMPLES, SOUTHEND, kpi, kpi_in_terminal, kpi_program
from tests.test_startup import loaded

NAME = SOUTHEND.name
HISTORY = ("MPR Code", "Month", "Value", "Target")


def shown(text: str) -> list[str]:
    """Return the codes that screens start with."""
    return re.findall(r"(?m)^(\S+ \d\S*)  .*\n(?:.+\n)*?(?:southend|x)\S*\.xlsx", text)


@pytest.mark.parametrize(
    ("codes", "found"),
    [
        (["CP 4.8"], ["CP 4.8"]),
        (["cp4.8"], ["CP 4.8"]),
        (["4.8"], ["CP 4.8"]),
        (["4.8", "CP 4.8"], ["CP 4.8"]),
        (["CP 4.8", "CP 1.*"], ["CP 1.1", "CP 1.2", "CP 1.4", "CP 1.5", "CP 4.8"]),
        (["3.1*"], ["CP 3.1", "CP 3.10", "CP 3.11", "CP 3.13"]),
    ],
)
def test_codes_and_patterns_in_natural_order(codes: list[str], found: list[str]) -> None:
    run = kpi("show", SOUTHEND, *codes)
    assert (run.exit_code, run.stderr) == (0, "")
    assert shown(run.stdout) == found
    assert run.stdout.count("How is it?") == len(found)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["CP 48"], ['no indicator has the code "CP 48"; is it CP 4.8']),
        (["4.88"], ['no indicator has the code "4.88"; is it CP 4.8']),
        (["arrears"], ['no indicator has the code "arrears"; is it CP 4.8?']),
        (["ZZZ"], ['no indicator has the code "ZZZ"\n']),
        ([""], ['no indicator has the code ""\n']),
        (["4.8", "ZZZ", "YYY"], ['the code "ZZZ"\n', 'the code "YYY"\n']),
    ],
)
def test_an_unknown_code_shows_nothing_and_names_the_nearest(
    codes: list[str], said: list[str]
) -> None:
    run = kpi("show", SOUTHEND, *codes)
    assert (run.exit_code, run.stdout) == (2, "")
    assert len(run.stderr.splitlines()) == len(said)
    for text in said:
        assert text in run.stderr
    assert all(line.startswith(f"{NAME}: ") for line in run.stderr.splitlines())


def test_with_an_unknown_code_no_file_is_written(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    run = kpi("show", SOUTHEND, "4.8", "ZZZ", "-o", path)
    assert run.exit_code == 2
    assert not path.exists()


def test_a_row_that_is_not_rated_says_so() -> None:
    run = kpi("show", MISTAKES, "EX 2.1", "--quiet")
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr.endswith(
        f"{MISTAKES.name}: EX 2.1 is not rated, for errors in the workbook\n"
    )


def test_a_code_that_two_rows_have_is_shown_twice() -> None:
    run = kpi("show", MISTAKES, "EX 1.1", "--quiet")
    assert run.exit_code == 1
    assert len(re.findall(r"(?m)^EX 1\.1  ", run.stdout)) == 2
    assert "Code used twice" in run.stdout


def test_an_indicator_with_one_row_and_no_history(tmp_path: Path) -> None:
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()])
    run = kpi("show", book, "1.1")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == (
        "CP 1.1  Visits made [Monthly Snapshot]\n"
        "x.xlsx · higher is better\n"
        "How is it?\n"
        "  ✔ On course: 95 in January 2019, target 90\n"
        "  5 over the target of 90, and higher is better.\n"
        "  At risk up to 85.5, some slippage below 90, on course from 90.\n"
        "Where is it heading?\n"
        "  Against December 2018: not known\n"
        "  Against January 2018: not known\n"
        "  No forecast: the history shows no move over 2 months, and a range takes 4\n"
        "Does it mean anything?\n"
        "  No control chart: 1 month; a control chart needs 12\n"
    )


def test_codes_without_a_space_or_of_letters_only(tmp_path: Path) -> None:
    rows = [row(code="HR01"), row(code="leisure"), row(code="2019-A")]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, *rows])
    for asked in ("hr01", "01", "LEISURE", "2019-a", "2019*"):
        run = kpi("show", book, asked)
        assert (run.exit_code, run.stdout.count("How is it?")) == (0, 1), asked


@pytest.mark.parametrize(
    ("options", "exit_code"),
    [(["--month", "2018-10"], 0), (["--period", "Q3 2018/19"], 0), (["--month", "nonsense"], 2)],
)
def test_the_period_is_asked_for_as_everywhere(options: list[str], exit_code: int) -> None:
    run = kpi("show", SOUTHEND, "4.8", *options)
    assert run.exit_code == exit_code
    if exit_code == 0 and options[0] == "--month":
        assert "in October 2018, target 1.77%" in run.stdout


@pytest.mark.parametrize("name", ["x.xls", "x.pdf", "x.md"])
def test_a_file_that_it_does_not_write(name: str, tmp_path: Path) -> None:
    run = kpi("show", SOUTHEND, "4.8", "-o", tmp_path / name)
    assert (run.exit_code, run.stdout) == (2, "")
    assert "Error: Invalid value for --output: kpi show writes no ." in run.stderr


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("name", "format"), [("r.txt", "table"), ("r.json", "json"), ("r.csv", "csv")]
)
def test_a_file_has_what_the_screen_would_have(name: str, format: str, tmp_path: Path) -> None:
    path = tmp_path / name
    run = kpi("show", SOUTHEND, "CP 4.*", "-o", path)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    text = kpi("show", SOUTHEND, "CP 4.*", "--format", format).stdout
    mark = b"\xef\xbb\xbf" if format == "csv" else b""
    assert path.read_bytes() == mark + text.encode()
    again = kpi("show", SOUTHEND, "CP 4.*", "-o", path)
    assert again.exit_code == 4
    assert kpi("show", SOUTHEND, "CP 4.*", "-o", path, "--force").exit_code == 0


def test_the_whole_workbook_in_what_programs_read() -> None:
    report = json.loads(kpi("show", SOUTHEND, "*", "-f", "json").stdout)
    assert len(report["indicators"]) == 29
    rows = list(csv.DictReader(io.StringIO(kpi("show", SOUTHEND, "*", "-f", "csv").stdout)))
    assert len(rows) == sum(len(each["months"]) for each in report["indicators"])


def test_a_workbook_that_is_not_there() -> None:
    run = kpi("show", "nowhere.xlsx", "4.8")
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr == "nowhere.xlsx: there is no such file; check the path\n"


def test_no_code_is_wrong_usage() -> None:
    run = kpi("show", SOUTHEND)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == "Error: Missing argument 'CODE'."


def test_quiet_leaves_out_warnings(tmp_path: Path) -> None:
    history = [HISTORY, ("CP 1.1", "January 2019", 96, 90)]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()], History=history)
    assert "warning" in kpi("show", book, "1.1").stderr
    run = kpi("show", book, "1.1", "--quiet")
    assert (run.exit_code, run.stderr) == (0, "")


def test_a_terminal_has_colours_unless_it_is_told_not_to() -> None:
    in_colour = kpi_in_terminal("show", SOUTHEND, "4.8", width=80)
    plain = kpi_in_terminal("show", SOUTHEND, "4.8", width=80, env={"NO_COLOR": "1"})
    assert "\x1b[31m● At risk\x1b[0m" in in_colour
    assert re.findall(r"\x1b\[[0-9;]*(?:3|4|9|10)[0-9]m", plain) == []
    bare = [re.sub(r"\x1b\[[0-9;]*m", "", text) for text in (in_colour, plain)]
    assert bare[0] == bare[1]


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_without_dots_is_no_failure(encoding: str) -> None:
    book = SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"
    for arguments in (("show", SOUTHEND, "*"), ("show", book, "*", "--quiet")):
        run = kpi_program(*arguments, env={"PYTHONIOENCODING": encoding})
        assert (run.returncode, run.stderr) == (0, b"")
        assert b"The plot is left out: it takes an output in UTF-8." in run.stdout
        assert "│" not in run.stdout.decode(encoding)


def test_only_it_loads_what_plots() -> None:
    assert "plotille" not in loaded("rate", str(SOUTHEND))
    assert "plotille" not in loaded("show", str(SOUTHEND), "4.8", "-f", "json")
    assert "plotille" in loaded("show", str(SOUTHEND), "4.8")


def test_what_is_not_asked_for_is_left_out() -> None:
    whole = kpi("show", SOUTHEND, "4.8").stdout
    assert "Forecast for 2018/19: 1.95%" in whole
    assert "Concern: 1.95%" in whole
    assert "upper limit" in whole.partition("│")[2]
    bare = kpi("show", SOUTHEND, "4.8", "--no-spc", "--no-forecast").stdout
    assert "Forecast" not in bare
    assert "Does it mean anything?" not in bare
    assert "limit" not in bare
    record = json.loads(kpi("show", SOUTHEND, "4.8", "--no-spc", "-f", "json").stdout)
    (indicator,) = record["indicators"]
    assert indicator["spc"] is None
    assert indicator["forecast"]["value"] == 1.95


def test_problems_of_other_rows_are_only_counted() -> None:
    run = kpi("show", MISTAKES, "EX 1.1")
    told = [line for line in run.stderr.splitlines() if "in rows that aren't shown" in line]
    assert len(told) == 1
    assert told[0].endswith("kpi check lists them")
    assert len(run.stderr.splitlines()) < 10
