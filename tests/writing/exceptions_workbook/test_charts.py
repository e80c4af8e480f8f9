"""The charts: which cells they show, in which colours, and what is said of them."""

import pytest

from kpi_cli.models import Indicator, Outcome, Polarity
from tests.builders import indicator, line, reading, value
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.reading_back import (
    NAMESPACES,
    Chart,
    Written,
    table,
    written,
)
from tests.writing.exceptions_workbook.test_detail_sheet import BANDS, CODES

TITLE, AXIS = "c:chart/c:title//a:t", "c:chart/c:plotArea/c:{}/c:title//a:t"
SERIES = "c:chart/c:plotArea/*/c:ser"
OUTCOMES = ["At risk", "Some slippage", "On course", "No value", "No target"]


def all_charts(book: Written) -> list[Chart]:
    return [chart for sheet in book.book.sheetnames for chart in book.charts(sheet)]


def test_how_many_charts_there_are(sample: Written, by_code: dict[str, Block]) -> None:
    counts = {name: len(sample.charts(name)) for name in sample.book.sheetnames}
    assert counts == {
        "Summary": 2,
        "Exceptions": 0,
        "All indicators": 0,
        "Detail": 12,
        "Data notes": 0,
    }
    assert [len(block.charts) for block in by_code.values()] == [1] * 12


def test_without_charts_there_are_none_and_the_figures_stay(sample: Written) -> None:
    history = [reading("CP 1.1", "December 2018", "51", "90")]
    book = written(indicator("50"), history=history, with_charts=False)
    assert not [part for part in book.parts if "chart" in part or "drawing" in part]
    (block,) = blocks(book)
    assert [month[1:] for month in block.shown_months] == [["51", "90"], ["50", "90"]]


@pytest.mark.parametrize("code", CODES)
def test_the_lines_are_drawn_from_exactly_the_cells_of_the_months(
    by_code: dict[str, Block], code: str
) -> None:
    block = by_code[code]
    (chart,) = block.charts
    first, last = block.heading_row + 1, block.heading_row + len(block.months)
    columns = "BCD" if code in BANDS else "BC"
    assert len(chart.xml.findall(SERIES, NAMESPACES)) == len(columns)
    assert {
        "names": chart.texts(f"{SERIES}/c:tx//c:f"),
        "values": chart.texts(f"{SERIES}/c:val//c:f"),
        "months": chart.texts(f"{SERIES}/c:cat//c:f"),
    } == {
        "names": [f"'Detail'!{column}{block.heading_row}" for column in columns],
        "values": [f"'Detail'!${column}${first}:${column}${last}" for column in columns],
        "months": [f"'Detail'!$A${first}:$A${last}"] * len(columns),
    }


@pytest.mark.parametrize("code", CODES)
def test_a_line_chart_has_gaps_axes_with_titles_and_explicit_colours(
    by_code: dict[str, Block], code: str
) -> None:
    (chart,) = by_code[code].charts
    parts = chart.xml.findall("c:chart/c:plotArea/*", NAMESPACES)
    assert [part.tag.split("}")[1] for part in parts] == ["lineChart", "catAx", "valAx"]
    assert chart.values("c:chart/c:dispBlanksAs") == ["gap"]
    assert chart.values("c:chart/c:plotArea/*/c:delete") == ["0", "0"]
    assert chart.texts(TITLE) == [f"{code}: value and target"]
    assert chart.texts(AXIS.format("catAx")) == ["Month"]
    percent = code in ("CP 3.2", "CP 3.10", "CP 4.8", "CP 1.4", "CP 4.3", "CP 4.4")
    assert chart.texts(AXIS.format("valAx")) == ["Percent" if percent else "Value"]
    lines = chart.values(f"{SERIES}/c:spPr/a:ln/a:solidFill/a:srgbClr")
    assert lines == ["1F4E8C", *["B85C00"] * (2 if code in BANDS else 1)]
    dashes = chart.values(f"{SERIES}/c:spPr/a:ln/a:prstDash")
    assert dashes == ["solid", *["dash"] * (len(lines) - 1)]  # not by colour alone
    assert chart.values(f"{SERIES}/c:smooth") == ["0"] * len(lines)


RED, GREEN = "B3261E", "2E7D32"
FLOOR = indicator("60", "80", red_line=line("70"))
BOTH = indicator("60", "80", green_line=line("78"), red_line=line("70"))
GAUGE = indicator(
    "33.49", "38-48", polarity=Polarity.GOLDILOCKS,
    green_line=line("34.3-41.7"), red_line=line("28-48"),
    scale_from=value("0"), scale_to=value("80"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("own", "columns", "colours", "dashes", "anchor"),
    [
        (FLOOR, "BCD", [RED], ["sysDash"], 6),
        (BOTH, "BCDE", [GREEN, RED], ["sysDot", "sysDash"], 6),
        (GAUGE, "BCDEFGH", [GREEN, GREEN, RED, RED], ["sysDot"] * 2 + ["sysDash"] * 2, 9),
    ],
)
def test_lines_of_its_own_are_drawn_thin_in_their_colours_from_the_cells_of_the_months(
    own: Indicator, columns: str, colours: list[str], dashes: list[str], anchor: int
) -> None:
    (block,) = blocks(written(own, history=[reading("CP 1.1", "December 2018", "50", "80")]))
    (chart,) = block.charts
    first, last = block.heading_row + 1, block.heading_row + 2
    assert chart.texts(f"{SERIES}/c:tx//c:f") == [
        f"'Detail'!{column}{block.heading_row}" for column in columns
    ]
    assert chart.texts(f"{SERIES}/c:val//c:f") == [
        f"'Detail'!${column}${first}:${column}${last}" for column in columns
    ]
    number = len(colours)
    line_path = f"{SERIES}/c:spPr/a:ln"
    assert chart.values(f"{line_path}/a:solidFill/a:srgbClr")[-number:] == colours
    assert chart.values(f"{line_path}/a:prstDash")[-number:] == dashes
    widths = [each.get("w") for each in chart.xml.findall(line_path, NAMESPACES)]
    assert widths == ["25400"] * (len(columns) - number) + ["12700"] * number
    assert chart.values(f"{SERIES}/c:marker/c:symbol") == ["circle", *["none"] * len(columns[1:])]
    assert chart.texts(TITLE) == ["CP 1.1: value, target and lines"]
    assert chart.column == anchor


def test_a_chart_ends_where_others_do_though_it_begins_further_right() -> None:
    floor, gauge = (blocks(written(own))[0].charts[0] for own in (FLOOR, GAUGE))
    columns = (18, 13, 13)  # those that the figures of the gauge have taken
    taken = sum(7 * wide + 5 for wide in columns) * 0.75
    assert floor.width - taken - 30 < gauge.width <= floor.width - taken
    assert gauge.height == floor.height


@pytest.mark.parametrize(
    ("own", "ends"),
    [
        (GAUGE, (["0"], ["80"])),
        (indicator("60%", "80%", scale_from=value("0"), scale_to=value("100")), (["0"], ["1"])),
        (indicator("60%", "80%", scale_to=value("90%")), ([], ["0.9"])),
        (FLOOR, ([], [])),
    ],
)
def test_the_scale_of_a_picture_is_that_of_its_axis(
    own: Indicator, ends: tuple[list[str], list[str]]
) -> None:
    (chart,) = blocks(written(own))[0].charts
    scale = "c:chart/c:plotArea/c:valAx/c:scaling"
    found = tuple(
        [float(str(end)) for end in chart.values(f"{scale}/c:{name}")] for name in ("min", "max")
    )
    assert found == tuple([float(end) for end in each] for each in ends)


def test_a_chart_says_which_lines_it_shows() -> None:
    (chart,) = blocks(written(BOTH))[0].charts
    assert chart.alt_text == (
        "Line chart of CP 1.1, January 2019 to January 2019: 60 in January 2019, target 80, green"
        " line 78, red line 70. At risk of missing target."
    )


def test_the_axis_has_the_format_of_the_values(by_code: dict[str, Block]) -> None:
    formats = {}
    for code, block in by_code.items():
        path = "c:chart/c:plotArea/c:valAx/c:numFmt"
        (number_format,) = block.charts[0].xml.findall(path, NAMESPACES)
        formats[code] = number_format.get("formatCode")
    assert formats == {
        **dict.fromkeys(("CP 3.2", "CP 3.10", "CP 1.4"), "0.0%"),
        **dict.fromkeys(("CP 4.8", "CP 4.3", "CP 4.4"), "0.00%"),
        **dict.fromkeys(("CP 5.4", "CP 1.1"), "0.00"),
        **dict.fromkeys(("CP 5.5", "CP 3.9"), "#,##0"),
        **dict.fromkeys(("CP 1.2", "CP 3.11"), "0"),
    }


def test_every_chart_says_what_it_shows(sample: Written) -> None:
    texts = [chart.alt_text for chart in sample.charts("Detail")]
    assert texts[:2] == [
        "Line chart of CP 1.2, April 2017 to January 2019: 79 in January 2019, target 57-67."
        " At risk of missing target.",
        "Line chart of CP 3.2, April 2017 to January 2019: 67.5% in January 2019, target 88.7%."
        " At risk of missing target.",
    ]
    assert [text and text.split(",")[0] for text in texts] == [
        f"Line chart of {code}" for code in CODES
    ]
    assert [chart.alt_text for chart in sample.charts("Summary")] == [
        "Stacked bars of the expected outcomes by aim."
        " SAFE: At risk 1 · Some slippage 2 · On course 1; CLEAN: On course 3;"
        " HEALTHY: At risk 2 · Some slippage 2 · On course 5 · No value 1;"
        " PROSPEROUS: At risk 1 · Some slippage 2 · On course 5;"
        " EXCELLENT: At risk 2 · On course 2.",
        "Stacked bars of the expected outcomes by scrutiny committee."
        " People Scrutiny: At risk 3 · Some slippage 4 · On course 7 · No value 1;"
        " Place Scrutiny: On course 8;"
        " Policy & Resources Scrutiny: At risk 3 · Some slippage 2 · On course 1.",
    ]


@pytest.mark.parametrize(("number", "name"), [(0, "ByAim"), (1, "ByScrutinycommittee")])
def test_the_bars_are_stacked_from_the_counts_beside_them(
    sample: Written, number: int, name: str
) -> None:
    chart, rows = sample.charts("Summary")[number], table(sample.sheet("Summary"), name)
    first, last = rows[0]["At risk"].row, rows[-1]["At risk"].row
    assert chart.values("c:chart/c:plotArea/c:barChart/c:grouping") == ["stacked"]
    assert chart.values("c:chart/c:plotArea/c:barChart/c:overlap") == ["100"]
    assert chart.texts(f"{SERIES}/c:val//c:f") == [
        f"'Summary'!${column}${first}:${column}${last}" for column in "BCDEF"
    ]
    assert chart.texts(f"{SERIES}/c:cat//c:f") == [f"'Summary'!$A${first}:$A${last}"] * 5
    heading = first - 1
    assert chart.texts(f"{SERIES}/c:tx//c:f") == [f"'Summary'!{c}{heading}" for c in "BCDEF"]
    assert list(rows[0])[1:6] == OUTCOMES
    colours = chart.values(f"{SERIES}/c:spPr/a:solidFill/a:srgbClr")
    assert len(set(colours)) == 5
    assert chart.texts(AXIS.format("valAx")) == ["Indicators"]


def test_no_text_of_a_chart_is_smaller_than_ten_points(sample: Written) -> None:
    for chart in all_charts(sample):
        looks = [*chart.xml.iterfind(".//a:defRPr", NAMESPACES)]
        looks += chart.xml.iterfind(".//a:r/a:rPr", NAMESPACES)
        sizes = [int(look.attrib["sz"]) for look in looks]
        assert len(sizes) >= 5
        assert min(sizes) >= 1000


def test_what_has_no_value_in_any_month_has_no_chart() -> None:
    history = [reading("CP 1.1", "December 2018", None, "90")]
    book = written(indicator(None), history=history, outcomes=[Outcome.NO_VALUE])
    (block,) = blocks(book)
    assert block.shown_months == [["December 2018", "", "90"], ["January 2019", "", "90"]]
    assert block.charts == []


def test_a_chart_of_one_month() -> None:
    (block,) = blocks(written(indicator("50")))
    (chart,) = block.charts
    assert chart.alt_text == (
        "Line chart of CP 1.1, January 2019 to January 2019: 50 in January 2019, target 90."
        " At risk of missing target."
    )


def test_text_in_what_is_said_of_a_chart_is_only_text() -> None:
    hostile = 'A "quoted" <aim> & \x01 more'
    book = written(indicator("50", code='C"1', aim=hostile))
    assert book.charts("Detail")[0].alt_text is not None
    assert 'Line chart of C"1,' in str(book.charts("Detail")[0].alt_text)
    assert 'A "quoted" <aim> & \ufffd more: At risk 1' in str(book.charts("Summary")[0].alt_text)
