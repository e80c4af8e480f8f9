"""The table in the terminal: whole at every width, in words, icons and colours where it can."""

import io
import os
import re
import sys
from itertools import pairwise
from pathlib import Path
from unittest import mock

import pytest
from rich.cells import cell_len

from kpi_cli import read_workbook
from kpi_cli.insight import Insight, insights
from kpi_cli.models import Direction, Outcome, Polarity, Report, Settings, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Selection, select
from kpi_cli.writing.ratings.table import write_table
from kpi_cli.writing.trend import trend
from kpi_cli.writing.view import View
from tests.builders import (
    GOOD_ROW,
    HEADINGS,
    indicator,
    period,
    reading,
    save_hostile_workbook,
    save_workbook,
    value,
)
from tests.running import (
    MISTAKES,
    PUBLISHED,
    SOUTHEND,
    expected,
    kpi,
    kpi_in_terminal,
    kpi_program,
)

CLEAN = Selection(aims=("clean",))
WIDTHS = (40, 80, 100, 120, 220)
OBEYED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
OWN_COLOURS = {f"\x1b[{code}m" for code in (0, 1, 2, 3, 31, 32, 33, 39)}  # and bold, dim, italic
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """What a terminal gets."""

    def isatty(self) -> bool:
        return True


def printed(*reports: Report, width: int, view: View = View()) -> str:  # noqa: B008
    """Return what a terminal of this width gets, colours and all."""
    terminal = Terminal()
    environment = {"COLUMNS": str(width), "TERM": "xterm"}
    with mock.patch.dict(os.environ, environment):
        os.environ.pop("NO_COLOR", None)
        write_table(reports, terminal, view)
    return terminal.getvalue()


def seen(*reports: Report, width: int, view: View = View()) -> str:  # noqa: B008
    """Return what can be read in a terminal of this width."""
    lines = _COLOUR.sub("", printed(*reports, width=width, view=view)).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.fixture(scope="module")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


def small_report(*indicators: object, settings: Settings | None = None) -> Report:
    return rate(
        Workbook.model_validate(
            {"name": "x.xlsx", "indicators": indicators, "settings": settings or Settings()}
        )
    )


def test_the_real_report() -> None:
    table = kpi("rate", SOUTHEND).stdout
    assert table == expected("table.txt", table)


def test_a_workbook_with_mistakes_names_what_is_not_rated() -> None:
    table = kpi("rate", MISTAKES).stdout
    assert table == expected("mistakes.txt", table)


@pytest.mark.parametrize(
    ("name", "width", "view"),
    [
        ("clean_40.txt", 40, View(explain=True)),
        ("clean_80.txt", 80, View()),
        ("clean_80_explained.txt", 80, View(explain=True)),
        ("clean_200_explained.txt", 200, View(explain=True)),
    ],
)
def test_an_aim_in_a_terminal(southend: Report, name: str, width: int, view: View) -> None:
    table = seen(select(southend, CLEAN).report, width=width, view=view)
    assert table == expected(name, table)


def test_the_published_ratings_beside_the_computed_ones() -> None:
    table = kpi("rate", PUBLISHED, "--aim", "clean", "--compare-published").stdout
    assert table == expected("compared.txt", table)


def test_differences_are_told_with_the_reason() -> None:
    report = rate(
        Workbook(
            name="x.xlsx",
            indicators=(
                indicator("86", "90", "90", published_outcome=Outcome.ON_COURSE),
                indicator(
                    "95", "90", code="CP 1.2", published_direction=Direction.WORSE,
                    published_outcome=Outcome.ON_COURSE,
                ),
            ),
            history=(reading("CP 1.2", "January 2018", "93"),),
        )
    )  # fmt: skip
    table = seen(report, width=80, view=View(compare=True))
    assert table.partition("2 indicators: ")[2] == (
        "Some slippage 1 · On course 1\n"
        "\n"
        "Compared with what was published\n"
        "Expected outcome: 1 of 2 agree, 1 differs\n"
        "Direction: 0 of 1 agree, 1 differs\n"
        'CP 1.1: the expected outcome is "Some slippage against target", published "On\n'
        'course to achieve target"\n'
        "        Why: 4 under the target of 90, within the 4.5 (5% of the annual target)\n"
        "        that counts as slippage\n"
        'CP 1.2: the direction is "Better", published "Worse"\n'
        "        Why: 95, against 93 in January 2018; higher is better\n"
    )


ALL_COLUMNS = (
    "Code", "Short name", "Value", "Target", "Annual", "Outcome", "Direction", "Trend", "Polarity",
    "Was", "Year ago", "Managed by", "Committee",
)  # fmt: skip
COLUMNS_AT = {
    40: ("Code", "Value", "Outcome"),
    50: ("Code", "Value", "Target", "Outcome"),
    60: ("Code", "Value", "Target", "Outcome", "Direction"),
    70: ("Code", "Value", "Target", "Outcome", "Direction"),
    80: ("Code", "Value", "Target", "Outcome", "Direction", "Trend"),
    100: ("Code", "Value", "Target", "Outcome", "Direction", "Trend"),
    120: ("Code", "Short name", "Value", "Target", "Outcome", "Direction", "Trend"),
    140: ALL_COLUMNS[:9],
    160: ALL_COLUMNS[:10],
    180: ALL_COLUMNS[:11],
    200: ALL_COLUMNS[:12],
    220: ALL_COLUMNS,
}


@pytest.mark.parametrize(("width", "columns"), COLUMNS_AT.items())
def test_columns_drop_by_importance(southend: Report, width: int, columns: tuple[str, ...]) -> None:
    lines = seen(southend, width=width).splitlines()
    headings = {line for line in lines if line.startswith("Code ")}
    assert [tuple(re.split(r"\s{2,}", line)) for line in headings] == [columns]


def test_a_wider_terminal_has_all_that_a_narrower_one_has() -> None:
    for narrower, wider in pairwise(COLUMNS_AT.values()):
        assert set(narrower) <= set(wider)


OUTCOME_WORDS = {
    Outcome.AT_RISK: "● At risk",
    Outcome.SLIPPAGE: "⚠ Some slippage",
    Outcome.ON_COURSE: "✔ On course",
    Outcome.NO_VALUE: "○ No value",
    Outcome.NO_TARGET: "□ No target",
}
DIRECTION_WORDS = {
    Direction.BETTER: "↑ Better",
    Direction.WORSE: "↓ Worse",
    Direction.SAME: "→ Same",
    Direction.UNKNOWN: "-",
}


def figures(insight: Insight) -> dict[str, str]:
    """Return what each column says of a rating, but for the short name, in the columns' order."""
    rating, before = insight.rating, insight.previous
    own = rating.indicator
    target = own.target.text if own.target else "-"
    if own.annual_target and not own.target:
        target = f"{own.annual_target.text} (yr)"
    return {
        "Code": own.code,
        "Value": own.value_text or "-",
        "Target": target,
        "Annual": own.annual_target.text if own.annual_target else "-",
        "Outcome": OUTCOME_WORDS[rating.outcome],
        "Direction": DIRECTION_WORDS[rating.direction],
        "Trend": trend(rating) or "-",
        "Polarity": own.polarity.value.title(),
        "Was": OUTCOME_WORDS[before.outcome or Outcome.NO_TARGET] if before else "-",
        "Year ago": rating.last_year.text if rating.last_year else "-",
        "Managed by": own.managed_by or "-",
        "Committee": own.committee or "-",
    }  # fmt: skip


@pytest.mark.parametrize("width", WIDTHS)
def test_every_code_and_figure_is_whole_in_one_line(southend: Report, width: int) -> None:
    lines = seen(southend, width=width).splitlines()
    rows = [re.split(r"\s{2,}", line) for line in lines if line.startswith("CP ")]
    columns = COLUMNS_AT[width]
    shown = [
        [cell for cell, column in zip(row, columns, strict=True) if column != "Short name"]
        for row in rows
    ]
    wanted = [column for column in columns if column != "Short name"]
    assert shown == [[figures(each)[column] for column in wanted] for each in insights(southend)]


@pytest.mark.parametrize("width", WIDTHS)
def test_every_name_and_reason_is_there_whole(southend: Report, width: int) -> None:
    table = seen(southend, width=width, view=View(explain=True))
    names = table
    if "Short name" in COLUMNS_AT[width]:  # it stands in a column: without what is beside it
        headings = next(line for line in table.splitlines() if line.startswith("Code "))
        start, end = headings.index("Short name"), headings.index("Value") - 5
        names = "\n".join(line[start:end] for line in table.splitlines())
    for rating in southend.ratings:
        assert _squeezed(rating.indicator.short_name) in _squeezed(names)
        assert _squeezed(f"Why: {rating.reason}") in _squeezed(table)


def _squeezed(text: str) -> str:
    return "".join(text.split())


WIDE = indicator(
    "95.5%", "90.0%", "90.0%",
    code="指標 1.1",
    short_name="児童保護計画の対象となる児童の割合を毎月末に調べた結果 [Monthly Snapshot]",
    aim="安全",
)  # fmt: skip
LONG_CODE = indicator("1,234,567", "1,300,000", "1,400,000", code="CP 3.10 (DToC, ASC)")


@pytest.mark.no_cover
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("view", [View(), View(explain=True, compare=True)])
def test_no_line_is_longer_than_the_terminal(southend: Report, width: int, view: View) -> None:
    published = rate(read_workbook(PUBLISHED))
    reports = (southend, published, rate(read_workbook(MISTAKES)), small_report(WIDE, LONG_CODE))
    lines = seen(*reports, width=width, view=view).splitlines()
    assert [line for line in lines if cell_len(line) > width] == []


def test_wide_characters_take_two_columns() -> None:
    assert seen(small_report(WIDE), width=40) == (
        "Performance indicators · January 2019\n"
        "x.xlsx\n"
        "\n"
        "安全: On course 1\n"
        "Code      Value  Target  Outcome\n"
        "          Short name\n"
        "────────────────────────────────────────\n"
        "指標 1.1  95.5%   90.0%  ✔ On course\n"
        "          児童保護計画の対象となる児童の\n"
        "          割合を毎月末に調べた結果\n"
        "          [Monthly Snapshot]\n"
        "\n"
        "1 indicator: On course 1\n"
    )


def test_a_long_code_is_whole() -> None:
    assert seen(small_report(LONG_CODE), width=80) == (
        "Performance indicators · January 2019\n"
        "x.xlsx\n"
        "\n"
        "No aim given: Some slippage 1\n"
        "Code                     Value     Target  Outcome          Direction  Polarity\n"
        "            Short name\n"
        "────────────────────────────────────────────────────────────────────────────────\n"
        "CP 3.10 (DToC, ASC)  1,234,567  1,300,000  ⚠ Some slippage  -          Maximise\n"
        "            Visits made [Monthly Snapshot]\n"
        "\n"
        "1 indicator: Some slippage 1\n"
    )


def test_a_value_that_is_a_month_behind_is_marked() -> None:
    behind = indicator(code="CP 1.2", period=period("December 2018"))
    table = seen(small_report(indicator(), behind), width=80)
    assert "! December 2018, 1 month behind the report" in table
    assert table.count("behind the report") == 1


def test_a_value_with_a_unit_or_a_mark_is_shown_with_it_and_explained() -> None:
    report = small_report(indicator("512 kg", "≥500 kg"), indicator("78% (prov)", code="CP 1.2"))
    table = seen(report, width=100, view=View(explain=True))
    assert re.search(r"CP 1\.1 .* 512 kg +≥500 kg ", table)
    assert re.search(r"CP 1\.2 .* 78% \(prov\) +90 ", table)
    assert re.findall(r"Value marked .*", table) == ['Value marked "kg".', 'Value marked "prov".']
    assert "Value marked" not in seen(report, width=100)


@pytest.mark.parametrize("width", [40, 80, 120, 200])
def test_what_stands_in_place_of_a_value_wraps(width: int) -> None:
    said = "Data not available until the supplier has moved its system"
    table = seen(small_report(indicator(None, no_value_text=said)), width=width)
    assert max(map(cell_len, table.splitlines())) <= width
    assert all(word in table for word in said.split())


@pytest.mark.parametrize(
    ("value_text", "target", "last_year", "polarity", "outcome", "direction"),
    [
        ("85", "90", "99", Polarity.MAXIMISE, "\x1b[31m● At risk\x1b[0m", "\x1b[31m↓ Worse"),
        ("86", "90", "80", Polarity.MAXIMISE, "\x1b[33m⚠ Some slippage\x1b[0m", "\x1b[32m↑ Better"),
        ("90", "90", "90", Polarity.MINIMISE, "\x1b[32m✔ On course\x1b[0m", "\x1b[39m→ Same"),
        (None, "90", "90", Polarity.MAXIMISE, "\x1b[39m○ No value\x1b[0m", "\x1b[39m-"),
        ("90", None, None, Polarity.MINIMISE, "\x1b[39m□ No target\x1b[0m", "\x1b[39m-"),
    ],
)  # fmt: skip
def test_outcome_and_direction_have_word_icon_and_colour(
    value_text: str | None,
    target: str | None,
    last_year: str | None,
    polarity: Polarity,
    outcome: str,
    direction: str,
) -> None:
    own = indicator(value_text, target, polarity=polarity, last_year=value(last_year))
    table = printed(small_report(own), width=80)
    row = next(line for line in table.splitlines() if "CP 1.1" in line)
    assert f"  {outcome}" in row
    assert f"  {direction}" in row


def test_a_real_terminal_has_its_own_width_and_colours(southend: Report) -> None:
    arguments = ("rate", SOUTHEND, "--aim", "clean", "--explain", "-q")
    in_colour = kpi_in_terminal(*arguments, width=80)
    selected = select(southend, CLEAN).report
    assert in_colour == printed(selected, width=80, view=View(explain=True))
    assert "\x1b[32m✔ On course\x1b[0m" in in_colour


def test_no_color_leaves_no_colour() -> None:
    table = kpi_in_terminal("rate", SOUTHEND, "-q", width=80, env={"NO_COLOR": "1"})
    assert re.findall(r"\x1b\[[0-9;]*(?:3|4|9|10)[0-9]m", table) == []
    assert "● At risk" in table


@pytest.mark.parametrize("env", [{}, {"COLUMNS": "60"}, {"TERM": "dumb"}])
def test_a_pipe_gets_plain_text_at_least_120_wide(env: dict[str, str]) -> None:
    run = kpi_program("rate", SOUTHEND, env={"COLUMNS": "120"} | env)
    assert run.returncode == 0
    table = run.stdout.decode().replace("\r\n", "\n")
    assert table == expected("table.txt", table)


def test_a_pipe_gets_as_much_width_as_it_is_told(southend: Report) -> None:
    run = kpi_program("rate", SOUTHEND, "--aim", "clean", env={"COLUMNS": "200"})
    table = run.stdout.decode().replace("\r\n", "\n")
    assert table == seen(select(southend, CLEAN).report, width=200)


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_without_icons_has_the_words(encoding: str) -> None:
    run = kpi_program(
        "rate", SOUTHEND, "--aim", "safe", env={"PYTHONIOENCODING": encoding, "COLUMNS": "120"}
    )
    table = run.stdout.decode(encoding).replace("\r\n", "\n")
    assert table == expected(f"safe_{encoding}.txt", table)


def test_currency_that_the_encoding_lacks_is_named() -> None:
    own = indicator("£212.40", "£198.00")
    terminal = io.TextIOWrapper(io.BytesIO(), encoding="ascii", newline="\n")
    write_table([small_report(own)], terminal, View())
    terminal.seek(0)
    assert "GBP 212.40  GBP 198.00       -  On course" in terminal.read()


def test_reports_stand_one_below_the_other(southend: Report) -> None:
    clean = select(southend, CLEAN).report
    alone = seen(clean, width=80)
    assert seen(clean, clean, width=80) == f"{alone}\n{alone}"


def test_a_report_without_indicators_says_so() -> None:
    assert seen(small_report(), width=80) == (
        "Performance indicators\nx.xlsx\n\nno indicator could be rated\n"
    )


def test_a_selection_of_none_says_of_how_many(southend: Report) -> None:
    nothing = Selection(aims=("clean",), outcomes=(Outcome.AT_RISK,))
    assert seen(select(southend, nothing).report, width=80).endswith("\n\n0 of 29 indicators\n")


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    run = kpi("rate", save_hostile_workbook(tmp_path), "--explain", "--compare-published")
    assert run.stdout == expected("hostile.txt", run.stdout)
    assert OBEYED.findall(run.stdout + run.stderr) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such file names")
def test_a_hostile_file_name_is_shown_as_text(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "\x1b[2J\x07[red]\n\r\u202ex.xlsx", Indicators=[HEADINGS, GOOD_ROW]
    )
    run = kpi("rate", path)
    assert OBEYED.findall(run.stdout + run.stderr) == []
    assert run.stdout.splitlines()[:2] == [
        "Performance indicators · January 2019",
        r"\x1b[2J\x07[red] \u202ex.xlsx",
    ]


def test_hostile_text_leaves_a_terminal_only_its_own_colours(tmp_path: Path) -> None:
    report = rate(read_workbook(save_hostile_workbook(tmp_path)))
    for width in WIDTHS:
        table = printed(report, width=width, view=View(explain=True, compare=True))
        assert OBEYED.findall(_COLOUR.sub("", table)) == []
        assert set(_COLOUR.findall(table)) <= OWN_COLOURS


def test_a_period_of_another_length_stands_below_its_indicator() -> None:
    quarterly = [indicator(code=f"Q {n}", period=period("Q3 2018/19")) for n in (1, 2)]
    others = [
        indicator(code=when, period=period(when))
        for when in ("December 2018", "2017/18", "Q1 2018/19")
    ]
    report = rate(Workbook(name="x.xlsx", indicators=(*quarterly, *others)))
    lines = [_COLOUR.sub("", text).strip() for text in printed(report, width=120).splitlines()]
    assert lines[0] == "Performance indicators · Q3 2018/19"
    below = {text.split("  ")[0]: after for text, after in pairwise(lines) if "On course" in text}
    assert {code: below[code] for code in ("Q 1", "December 2018", "2017/18", "Q1 2018/19")} == {
        "Q 1": lines[lines.index(below["Q 1"])],
        "December 2018": "December 2018",
        "2017/18": "2017/18",
        "Q1 2018/19": "! Q1 2018/19, 2 quarters behind the report",
    }
    assert below["Q 1"].startswith("Q 2")


@pytest.mark.parametrize("width", [80, 120])
def test_names_that_are_the_keys_stand_once_and_leave_room_for_the_figures(width: int) -> None:
    name = "Percentage of major planning applications that were decided in time"
    page = seen(small_report(indicator(code=name, short_name=name)), width=width)
    headings = next(line for line in page.splitlines() if line.startswith("Indicator"))
    assert {"Value", "Target", "Outcome", "Direction"} <= set(headings.split())
    assert " ".join(page.split()).count("Percentage of") == 1
