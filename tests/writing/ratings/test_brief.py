"""`kpi rate --brief`: a line for each indicator at every width, with its outcome and figure."""

import io
import os
import re
from pathlib import Path
from unittest import mock

import pytest
from rich.cells import cell_len

from kpi_cli import read_workbook
from kpi_cli.models import Indicator, Report, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Order, in_order
from kpi_cli.writing.ratings.table import write_table
from kpi_cli.writing.view import View
from tests.builders import indicator, period, save_hostile_workbook
from tests.running import MISTAKES, SOUTHEND, expected, kpi, kpi_in_terminal, kpi_program
from tests.writing.ratings.test_table import OBEYED

BRIEF = View(brief=True)
WIDTHS = (40, 45, 50, 60, 70, 80, 100, 120, 200)
ENCODINGS = ("utf-8", "cp1252", "ascii")
OUTCOME = r"(?:[●⚠✔○□]|At risk|Some slippage|On course|No value|No target)"
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.TextIOWrapper):
    """What a terminal of some encoding gets."""

    def isatty(self) -> bool:
        return True


def seen(report: Report, *, width: int, encoding: str = "utf-8", view: View = BRIEF) -> list[str]:
    """Return the lines that can be read in a terminal of this width and encoding."""
    terminal = Terminal(io.BytesIO(), encoding=encoding, newline="\n")
    with mock.patch.dict(os.environ, {"COLUMNS": str(width), "TERM": "xterm"}):
        os.environ.pop("NO_COLOR", None)
        write_table([report], terminal, view)
    terminal.seek(0)
    return [line.rstrip() for line in _COLOUR.sub("", terminal.read()).splitlines()]


def report_of(*indicators: Indicator) -> Report:
    return rate(Workbook(name="x.xlsx", indicators=indicators))


@pytest.fixture(scope="module")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


@pytest.mark.parametrize("width", [80, 60, 40])
def test_the_real_report_in_a_terminal(southend: Report, width: int) -> None:
    text = "".join(f"{line}\n" for line in seen(southend, width=width))
    assert text == expected(f"brief_{width}.txt", text)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_the_real_report_in_a_pipe(encoding: str) -> None:
    run = kpi_program("rate", SOUTHEND, "--brief", env={"PYTHONIOENCODING": encoding})
    text = run.stdout.decode(encoding).replace("\r\n", "\n")
    assert (run.returncode, run.stderr) == (0, b"")
    assert text == expected(f"brief_{encoding}.txt", text)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("width", WIDTHS)
def test_every_indicator_is_one_line(southend: Report, width: int, encoding: str) -> None:
    lines = seen(southend, width=width, encoding=encoding)
    assert [line for line in lines if cell_len(line) > width] == []
    start = next(number for number, line in enumerate(lines) if line.startswith("Code")) + 1
    for line, rating in zip(lines[start : start + 29], southend.ratings, strict=True):
        own = rating.indicator
        assert line.startswith(f"{own.code}  ")
        assert f" {own.value_text}  " in line
        assert re.search(rf"  {OUTCOME}(?:  |$|\s+\S)", line), line
    assert not lines[start + 29].startswith("CP")


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_names_are_cut_and_as_long_as_there_is_room(southend: Report, width: int) -> None:
    lines = seen(southend, width=width)
    cut = [line for line in lines if "…" in line]
    whole = [line for line in lines if line.startswith("CP ") and "…" not in line]
    assert len(cut) + len(whole) == 29
    assert cut
    for line in cut:
        begun = re.split(r"\s{2,}", line)[1].removesuffix("…").rstrip()
        names = [rating.indicator.short_name for rating in southend.ratings]
        assert any(name.startswith(begun) for name in names), line


def test_the_whole_name_stands_where_there_is_room(southend: Report) -> None:
    lines = seen(southend, width=320)
    for rating in southend.ratings:
        assert sum(f"  {rating.indicator.short_name}  " in line for line in lines) == 1


def test_a_wider_terminal_has_all_that_a_narrower_one_has(southend: Report) -> None:
    columns: set[str] = set()
    for width in WIDTHS:
        lines = seen(southend, width=width)
        headings = next(line for line in lines if line.startswith("Code"))
        now = set(re.split(r"\s{2,}", headings))
        assert columns <= now
        columns = now
    assert columns == {"Code", "Short name", "Value", "Target", "Outcome", "Trend"}


def test_icons_without_their_words_are_explained(southend: Report) -> None:
    legend = "● At risk  ⚠ Some slippage  ✔ On course\n○ No value\n"
    narrow = "".join(f"{line}\n" for line in seen(southend, width=40))
    assert legend in narrow
    assert "●" in narrow.replace(legend, "")
    assert "On course" not in narrow.partition("! CP 2.3")[0]
    assert (
        "○ No value\n"
        not in "".join(f"{line}\n" for line in seen(southend, width=80)).partition("! CP 2.3")[2]
    )


def test_a_figure_is_never_cut() -> None:
    figure = "£1,234,567,890.12"
    report = report_of(indicator(figure, "£1,300,000,000.00"))
    for width in WIDTHS:
        assert any(f"{figure}  " in line for line in seen(report, width=width))


def test_what_stands_in_place_of_a_value_is_cut() -> None:
    said = "Data not available until the supplier has moved its system"
    report = report_of(indicator(None, no_value_text=said), indicator("95", code="CP 1.2"))
    lines = seen(report, width=60)
    (line,) = (each for each in lines if each.startswith("CP 1.1"))
    assert re.search("  Data not av…  +90  ○ No value", line)


def test_a_code_longer_than_any_should_be_is_cut() -> None:
    report = report_of(indicator(code="CP " + "1.2.3." * 20), indicator(code="CP 2"))
    for width in WIDTHS:
        lines = seen(report, width=width)
        rows = [line for line in lines if line.startswith("CP ")]
        assert len(rows) == 2
        assert max(map(cell_len, rows)) <= width
        assert all(re.search(OUTCOME, row) for row in rows)


@pytest.mark.parametrize("width", WIDTHS)
def test_names_that_are_the_keys_stand_once(width: int) -> None:
    name = "Percentage of major planning applications that were decided in time"
    lines = seen(report_of(indicator(code=name, short_name=name)), width=width)
    rows = [line for line in lines if line.startswith("Percentage")]
    assert len(rows) == 1
    assert max(map(cell_len, lines)) <= width
    assert "95" in rows[0]
    assert re.search(OUTCOME, rows[0])


@pytest.mark.parametrize("width", WIDTHS)
def test_wide_characters_take_two_columns(width: int) -> None:
    own = indicator(
        code="指標 1.1", short_name="児童保護計画の対象となる児童の割合を毎月末に調べた結果"
    )
    lines = seen(report_of(own), width=width)
    assert max(map(cell_len, lines)) <= width
    assert sum(line.startswith("指標 1.1") for line in lines) == 1


def test_other_periods_are_told_below() -> None:
    behind = indicator(code="CP 1.2", period=period("November 2018"))
    other = indicator(code="CP 1.3", period=period("Q3 2018/19"))
    lines = seen(report_of(indicator(), behind, other), width=80)
    assert lines[-4:] == [
        "! CP 1.2: November 2018, 2 months behind the report",
        "CP 1.3: Q3 2018/19",
        "",
        "3 indicators: On course 3",
    ]


def test_it_is_sorted_in_one_list(southend: Report) -> None:
    view = View(brief=True, order=Order.OUTCOME)
    lines = seen(in_order(southend, Order.OUTCOME), width=80, view=view)
    rows = [line for line in lines if line.startswith("CP ")]
    words = [next(word for word in ("At risk", "slippage", "On course", "No value") if word in row)
             for row in rows]  # fmt: skip
    assert words == ["At risk"] * 6 + ["slippage"] * 6 + ["On course"] * 16 + ["No value"]
    assert sum(line.startswith("Code") for line in lines) == 1


def test_a_report_without_indicators_says_so() -> None:
    assert seen(report_of(), width=80) == [
        "Performance indicators", "x.xlsx", "", "no indicator could be rated",
    ]  # fmt: skip
    nothing = kpi("rate", SOUTHEND, "--brief", "--outcome", "no target").stdout
    assert nothing.endswith(f"\n{SOUTHEND.name}\n\n0 of 29 indicators\n")


def test_rows_that_are_not_rated_are_named() -> None:
    text = kpi("rate", MISTAKES, "--brief").stdout
    assert "Not rated, for errors in the workbook: 19 (EX 2.1, EX 2.2, " in text


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    run = kpi("rate", save_hostile_workbook(tmp_path), "--brief")
    assert run.exception is None or isinstance(run.exception, SystemExit)
    assert OBEYED.findall(run.stdout) == []
    assert sum(line.startswith("CP[red]x[/red] ") for line in run.stdout.splitlines()) == 1
    assert "On course" in run.stdout


def test_a_real_terminal_has_colours(southend: Report) -> None:
    in_colour = kpi_in_terminal("rate", SOUTHEND, "--brief", "-q", width=80)
    assert re.search(r"\x1b\[31m● At risk *\x1b\[0m", in_colour)
    shown = [line.rstrip() for line in _COLOUR.sub("", in_colour).splitlines()]
    assert shown == seen(southend, width=80)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--explain"], "Invalid value for --explain: a line has no room for more"),
        (["--spc"], "Invalid value for --spc: a line has no room for more"),
        (["--forecast"], "Invalid value for --forecast: a line has no room for more"),
        (["--format", "json"], "Invalid value for --brief: only the table can be brief"),
        (["--format", "jsonl"], "Invalid value for --brief: only the table can be brief"),
        (["--format", "csv"], "Invalid value for --brief: only the table can be brief"),
        (["--format", "markdown"], "Invalid value for --brief: only the table can be brief"),
        (["--output", "r.json"], "Invalid value for --brief: only the table can be brief"),
    ],
)
def test_what_does_not_go_with_it_is_wrong_usage(options: list[str], said: str) -> None:
    run = kpi("rate", SOUTHEND, "--brief", *options)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f"Error: {said}"
