"""The exceptions workbook of quarters, half-years and years, and of several lengths together."""

from typing import Any

import pytest

from kpi_cli.history import Reading
from kpi_cli.models import Indicator
from tests.builders import indicator, line, period, reading
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.reading_back import (
    NAMESPACES,
    Chart,
    Written,
    shown,
    table,
    texts,
    written,
)

AXIS, SERIES = "c:chart/c:plotArea/c:catAx/c:title//a:t", "c:chart/c:plotArea/*/c:ser"
QUARTERS = [
    f"Q{quarter} {year}" for year in ("2016/17", "2017/18", "2018/19") for quarter in "1234"
]
HALVES = [f"H{half} {year}" for year in ("2016/17", "2017/18", "2018/19") for half in "12"]
YEARS = ["2015/16", "2016/17", "2017/18"]


def of(when: str, code: str = "CP 1.1", **fields: Any) -> Indicator:
    """Return an exception of a period."""
    given = {"code": code, "short_name": "Visits made", "period": period(when), "comment": "Late."}
    return indicator("50", "90", "95", **given | fields)


def past(*periods: str, code: str = "CP 1.1") -> list[Reading]:
    return [reading(code, when, "60", "90", row=row) for row, when in enumerate(periods, start=2)]


QUARTERLY = (of("Q3 2018/19"), past(*QUARTERS[:10]), "quarter", QUARTERS[4:11])
HALF_YEARLY = (of("H1 2018/19"), past(*HALVES[:4]), "half-year", HALVES[2:5])
YEARLY = (of("2018/19"), past(*YEARS), "year", ["2017/18", "2018/19"])
EACH = [QUARTERLY, HALF_YEARLY, YEARLY]


def only_block(book: Written) -> tuple[Block, Chart]:
    (block,) = blocks(book)
    (chart,) = block.charts
    return block, chart


@pytest.mark.parametrize(("own", "history", "noun", "periods"), EACH)
def test_a_block_and_its_chart_are_of_the_periods_since_last_financial_year(
    own: Indicator, history: list[Reading], noun: str, periods: list[str]
) -> None:
    block, chart = only_block(written(own, history=history))
    name = noun.capitalize()
    said = {f"Latest {name}": periods[-1], f"{name}'s Value": "50", f"{name}'s Target": "90"}
    assert {label: block.said[label] for label in said} == said
    assert block.month_headings == [name, "Value", "Target"]
    assert block.shown_months == [
        *([when, "60", "90"] for when in periods[:-1]),
        [periods[-1], "50", "90"],
    ]
    first, last = block.heading_row + 1, block.heading_row + len(periods)
    assert chart.texts(AXIS) == [name]
    assert chart.texts(f"{SERIES}/c:cat/c:strRef/c:f") == [f"'Detail'!$A${first}:$A${last}"] * 2
    assert chart.texts(f"{SERIES}/c:cat/c:numRef/c:f") == []  # words are no dates
    assert chart.alt_text == (
        f"Line chart of CP 1.1, {periods[0]} to {periods[-1]}: 50 in {periods[-1]}, target 90."
        " At risk of missing target."
    )


@pytest.mark.parametrize(("own", "history", "noun", "periods"), EACH)
def test_no_sheet_speaks_of_months(
    own: Indicator, history: list[Reading], noun: str, periods: list[str]
) -> None:
    book = written(own, history=history)
    assert "month" not in str([texts(sheet) for sheet in book.sheets]).casefold()
    headings = [str(cell.value) for cell in book.sheet("Exceptions")[3][3:6]]
    name = noun.capitalize()
    assert headings == [f"Latest {name}", f"{name}'s Value", f"{name}'s Target"]
    assert texts(book.sheet("Detail"))[1] == (
        f"Each exception with its {noun}s since the start of last financial year. An empty cell:"
        " there is no figure."
    )
    ago = "the year before" if noun == "year" else f"the same {noun} last year"
    summary = texts(book.sheet("Summary"))
    assert f"1 can be compared with {ago}: ↓ 1 worse" in summary
    assert (
        f"Better or worse: the value against {ago}; for Goldilocks, closer to this year's band is"
        ' better. "-": there is no value a year ago.'
    ) in summary


MIXED = (of("Q3 2018/19"), of("December 2018", "CP 1.2"), of("2017/18", "CP 1.3"))
MIXED_PAST = [
    *past(*QUARTERS[:10]),
    *past("Q2 2018/19", "October 2018", "November 2018", code="CP 1.2"),
    *past("2016/17", "Q3 2017/18", code="CP 1.3"),
]


def test_several_lengths_in_one_report_have_their_own_names() -> None:
    book = written(*MIXED, history=MIXED_PAST)
    rows = table(book.sheet("Exceptions"), "Exceptions")
    assert list(rows[0])[3:6] == ["Latest Period", "Period's Value", "Period's Target"]
    when = ["Q3 2018/19", "December 2018", "2017/18"]
    assert [shown(row["Latest Period"]) for row in rows] == when
    found = blocks(book)
    assert [block.month_headings[0] for block in found] == ["Quarter", "Month", "Year"]
    assert [block.said.get("Month's Value") for block in found] == [None, "50", None]
    assert [[month[0] for month in block.shown_months] for block in found] == [
        QUARTERS[4:11],
        ["October 2018", "November 2018", "December 2018"],
        ["2016/17", "2017/18"],
    ]
    assert [block.charts[0].texts(AXIS) for block in found] == [["Quarter"], ["Month"], ["Year"]]
    assert texts(book.sheet("Detail"))[1] == (
        "Each exception with its periods since the start of last financial year. An empty cell:"
        " there is no figure."
    )


def test_a_quarter_is_on_one_line_and_a_long_name_has_a_row_as_tall() -> None:
    book = written(*MIXED, of("November 2018 to January 2019", "CP 1.4"), history=MIXED_PAST)
    width = book.sheet("Exceptions").column_dimensions["D"].width
    assert width > len("Q3 2018/19")
    assert written(indicator("50")).sheet("Exceptions").column_dimensions["D"].width == 10.5
    detail = book.sheet("Detail")
    *_, last = blocks(book)
    assert last.shown_months[0][0] == "November 2018 to January 2019"
    heights = [detail.row_dimensions[row].height for row in (last.heading_row + 1,)]
    assert heights >= [2 * 12.75]


def marked_points(chart: Chart) -> list[list[str | None]]:
    """Return the places of the figures that have a mark of their own, for each line."""
    return [
        [place.get("val") for place in series.findall("c:dPt/c:idx", NAMESPACES)]
        for series in chart.xml.findall(SERIES, NAMESPACES)
    ]


@pytest.mark.parametrize("when", ["January 2019", "Q3 2018/19", "2018/19"])
def test_lines_of_one_period_are_marks(when: str) -> None:
    own = of(when, red_line=line("70"))
    _, chart = only_block(written(own))
    assert marked_points(chart) == [[], [], ["0"]]
    assert chart.values(f"{SERIES}/c:marker/c:symbol") == ["circle", "dash", "none"]
    assert chart.values(f"{SERIES}/c:dPt/c:marker/c:symbol") == ["dash"]
    colours = chart.values(f"{SERIES}/c:dPt/c:marker/c:spPr/a:solidFill/a:srgbClr")
    assert colours == chart.values(f"{SERIES}/c:dPt/c:spPr/a:solidFill/a:srgbClr")
    assert colours == ["B3261E"]  # that of the line


def test_a_line_over_a_gap_needs_no_mark() -> None:
    history = past("October 2018", "November 2018")
    _, chart = only_block(written(of("January 2019", red_line=line("70")), history=history))
    assert marked_points(chart) == [[], [], []]


def test_lines_have_no_marks() -> None:
    _, chart = only_block(written(of("Q3 2018/19"), history=past(*QUARTERS[:10])))
    assert marked_points(chart) == [[], []]
    assert chart.values(f"{SERIES}/c:marker/c:symbol") == ["circle", "dash"]


@pytest.mark.parametrize(
    ("red_line", "columns", "title"),
    [(None, "B", "CP 1.1: value"), (line("70"), "BD", "CP 1.1: value and lines")],
)
def test_the_legend_names_no_target_where_no_period_has_one(
    red_line: object, columns: str, title: str
) -> None:
    history = [reading("CP 1.1", "December 2018", "60")]
    own = indicator("50", None, "90", red_line=red_line)
    block, chart = only_block(written(own, history=history))
    assert chart.texts(f"{SERIES}/c:tx//c:f") == [
        f"'Detail'!{column}{block.heading_row}" for column in columns
    ]
    assert chart.texts("c:chart/c:title//a:t") == [title]
    assert block.month_headings[:3] == ["Month", "Value", "Target"]  # the table has it all the same
