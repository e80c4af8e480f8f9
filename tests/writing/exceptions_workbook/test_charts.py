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
from tests.writing.exceptions_workbook.test_detail_sheet import BANDS, BY_AIM, BY_YEAR, CODES, YTD
from tests.writing.exceptions_workbook.test_looks import contrast

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
        "Detail": 24,
        "Data notes": 0,
    }
    assert [len(block.charts) for block in by_code.values()] == [1] * 12
    assert [len(block.gauges) for block in by_code.values()] == [1] * 12


def test_without_charts_there_are_none_and_the_figures_stay(sample: Written) -> None:
    history = [reading("CP 1.1", "December 2018", "51", "90")]
    book = written(indicator("50"), history=history, with_charts=False)
    assert not [part for part in book.parts if "chart" in part or "drawing" in part]
    (block,) = blocks(book)
    assert [month[1:] for month in block.shown_months] == [["51", "90"], ["50", "90"]]


def columns_drawn(code: str) -> str:
    """Return value and target; of what is cumulative, last year's value too: not its target."""
    if code in BY_YEAR:
        return "BC" if code == "CP 3.11" else "BCD"
    return "BCD" if code in BANDS else "BC"


@pytest.mark.parametrize("code", CODES)
def test_the_lines_are_drawn_from_exactly_the_cells_of_the_months(
    by_code: dict[str, Block], code: str
) -> None:
    block = by_code[code]
    (chart,) = block.charts
    first, last = block.heading_row + 1, block.heading_row + len(block.months)
    columns = columns_drawn(code)
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
    has_last_year = code in BY_YEAR and code != "CP 3.11"
    what = "value, target and last year" if has_last_year else "value and target"
    assert chart.texts(TITLE) == [f"{code}: {what}"]
    assert chart.texts(AXIS.format("catAx")) == ["Month"]
    percent = code in ("CP 3.2", "CP 3.10", "CP 4.8", "CP 1.4", "CP 4.3", "CP 4.4")
    (axis,) = chart.texts(AXIS.format("valAx"))
    assert axis.split(" (")[0] == ("Percent" if percent else "Value")
    lines = chart.values(f"{SERIES}/c:spPr/a:ln/a:solidFill/a:srgbClr")
    assert lines == ["1F4E8C", *["6B6B6B"] * has_last_year]
    dashes = chart.values(f"{SERIES}/c:spPr/a:ln/a:prstDash")
    assert dashes[0] == "solid"
    assert ("sysDash" in dashes) is has_last_year  # not by colour alone
    assert chart.values(f"{SERIES}/c:smooth") == ["0"] * len(columns_drawn(code))


@pytest.mark.parametrize("code", CODES)
def test_a_target_is_a_dash_for_each_month_so_that_a_change_is_a_step(
    by_code: dict[str, Block], code: str
) -> None:
    (chart,) = by_code[code].charts
    targets = [
        series
        for series in chart.xml.findall(SERIES, NAMESPACES)
        if series.find("c:spPr/a:ln/a:noFill", NAMESPACES) is not None
    ]
    assert len(targets) == (2 if code in BANDS else 1)
    for series in targets:
        (symbol,) = series.findall("c:marker/c:symbol", NAMESPACES)
        assert symbol.get("val") == "dash"


def test_each_curve_can_be_told_in_grey(by_code: dict[str, Block]) -> None:
    (chart,) = by_code["CP 5.4"].charts
    assert chart.values(f"{SERIES}/c:marker/c:symbol") == ["circle", "dash", "diamond"]
    inside = chart.values(f"{SERIES}/c:marker/c:spPr/a:solidFill/a:srgbClr")
    assert inside == ["1F4E8C", "B85C00", "FFFFFF"]


def test_charts_have_enough_contrast(sample: Written) -> None:
    for chart in (chart for chart in all_charts(sample) if not chart.is_gauge):
        colours = {
            colour.attrib["val"]
            for path in ("a:ln/a:solidFill", "c:marker/c:spPr/a:ln/a:solidFill")
            for colour in chart.xml.findall(f"{SERIES}/c:spPr/{path}/a:srgbClr", NAMESPACES)
        }
        assert colours
        assert {colour for colour in colours if contrast(colour, "FFFFFF") < 3} == set()


def test_a_gauge_has_its_zones_in_order_its_edges_and_the_value(by_code: dict[str, Block]) -> None:
    (chart,) = by_code["CP 1.4"].gauges  # 92.1% of 95%
    assert chart.texts(f"{SERIES}/c:tx/c:v") == [
        *("", "At risk", "Some slippage", "On course"),
        *("90.25%", "95%", "Result 92.1%"),
    ]
    across = [
        [float(number.text or "") for number in series.findall("c:xVal//c:v", NAMESPACES)]
        for series in chart.xml.findall(SERIES, NAMESPACES)
    ]
    frame, *zones = across[:4]
    assert frame == [zones[0][0], zones[-1][-1]]
    assert [zone[0] for zone in zones[1:]] == [zone[-1] for zone in zones[:-1]] == [90.25, 95.0]
    assert across[4:] == [[90.25, 90.25], [95.0, 95.0], [92.1, 92.1]]
    axis = "c:chart/c:plotArea/c:valAx/c:scaling/c:{}"
    assert float(chart.values(axis.format("min"))[0] or "") == frame[0]
    assert float(chart.values(axis.format("max"))[0] or "") == frame[1]
    widths = [int(ln.get("w", "")) for ln in chart.xml.findall(f"{SERIES}/c:spPr/a:ln", NAMESPACES)]
    assert max(widths) == widths[0]  # a dark outline around zones that are light
    colours = chart.values(f"{SERIES}/c:spPr/a:ln/a:solidFill/a:srgbClr")
    assert (colours[0], colours[-1]) == ("1A1A1A", "1A1A1A")


def test_a_gauge_names_what_it_has_room_for_on_one_line(by_code: dict[str, Block]) -> None:
    (chart,) = by_code["CP 3.2"].gauges  # amber and its edges are narrow
    named = [
        series.findtext("c:tx/c:v", namespaces=NAMESPACES)
        for series in chart.xml.findall(SERIES, NAMESPACES)
        if series.find("c:dLbls", NAMESPACES) is not None
    ]
    assert named == ["At risk", "On course", "84.265%", "88.7%", "Result 67.5%"]
    bodies = chart.xml.findall(f"{SERIES}/c:dLbls//a:bodyPr", NAMESPACES)
    assert {body.get("wrap") for body in bodies} == {"none"}


@pytest.mark.parametrize(
    ("own", "count"),
    [
        (indicator("50"), 1),
        (indicator("-5", "-20", annual="-20"), 1),  # a scale that begins below 0
        (indicator("50%", "90"), 0),  # units that no scale has both of
        (indicator("50", None), 0),
    ],
)
def test_there_is_a_gauge_where_value_and_target_have_one_scale(own: Indicator, count: int) -> None:
    book = written(own, outcomes=tuple(Outcome))
    assert [len(block.gauges) for block in blocks(book)] == [count]


def test_charts_are_in_english(sample: Written) -> None:
    for chart in all_charts(sample):
        runs = chart.xml.findall(f".//{'a:defRPr' if chart.is_gauge else 'a:r/a:rPr'}", NAMESPACES)
        assert {run.get("lang") for run in runs} == {"en-GB"}


def scale(book: Written) -> dict[str, list[float]]:
    (chart,) = blocks(book)[0].charts
    path = "c:chart/c:plotArea/c:valAx/c:{}"
    names = {"min": "scaling/c:min", "max": "scaling/c:max", "step": "majorUnit"}
    return {
        name: [float(str(each)) for each in chart.values(path.format(where))]
        for name, where in names.items()
    }


@pytest.mark.parametrize(
    ("values", "target", "expected", "axis"),
    [
        (("50%", "98%"), "100%", ([0], [1], []), "Percent"),  # of a whole: not past 100
        (("50%", "130%"), "140%", ([0], [], []), "Percent"),  # of no whole
        (("5%", "6%"), "8%", ([0], [], []), "Percent"),
        (("91%", "93%"), "95%", ([0.9], [1], [0.01]), "Percent (the axis starts at 90%)"),
        (("4,910", "4,930"), "4,950", ([4900], [], [10]), "Value (the axis starts at 4,900)"),
        (("-5", "10"), "20", ([], [], []), "Value"),
        (("50", "50"), "50", ([0], [], []), "Value"),
    ],
)
def test_where_the_axis_starts_and_ends(
    values: tuple[str, str], target: str, expected: tuple[list[float], ...], axis: str
) -> None:
    before, now = values
    history = [reading("CP 1.1", "December 2018", before, target)]
    book = written(indicator(now, target), history=history, outcomes=list(Outcome))
    found = scale(book)
    assert (found["min"], found["max"], found["step"]) == expected
    assert blocks(book)[0].charts[0].texts(AXIS.format("valAx")) == [axis]


@pytest.mark.parametrize("name", ["Visits", YTD])
def test_one_month_of_history_still_shows_its_target(name: str) -> None:
    book = written(indicator("50", "90", "120", short_name=name))
    (chart,) = blocks(book)[0].charts
    assert chart.values(f"{SERIES}/c:marker/c:symbol") == ["circle", "dash"]


def test_it_says_that_last_year_and_the_years_target_are_shown(by_code: dict[str, Block]) -> None:
    assert by_code["CP 5.4"].charts[0].alt_text == (
        "Line chart of CP 5.4, April 2018 to March 2019 beside 2017/18: 6.18 in January 2019,"
        " target 5.82, annual target 7.20. At risk of missing target."
    )


def test_bars_can_be_told_in_grey_and_have_their_counts(sample: Written) -> None:
    chart = sample.charts("Summary")[0]
    solid = chart.values(f"{SERIES}/c:spPr/a:solidFill/a:srgbClr")
    assert solid == ["B3261E", "A5D6A7", "FFFFFF"]  # dark, light, white
    patterns = chart.xml.findall(f"{SERIES}/c:spPr/a:pattFill", NAMESPACES)
    assert [each.get("prst") for each in patterns] == ["wdUpDiag", "pct20"]
    assert chart.values(f"{SERIES}/c:spPr/a:ln/a:solidFill/a:srgbClr") == ["1A1A1A"] * 5
    assert chart.values(f"{SERIES}/c:dLbls/c:showVal") == ["1"] * 5
    unsaid = chart.xml.findall(f"{SERIES}/c:dLbls/c:dLbl", NAMESPACES)
    assert len(unsaid) == 12  # as many bars as are nil


RED, GREEN = "B3261E", "2E7D32"
FLOOR = indicator("60", "80", red_line=line("70"))
BOTH = indicator("60", "80", green_line=line("78"), red_line=line("70"))
GAUGE = indicator(
    "33.49", "38-48", polarity=Polarity.GOLDILOCKS,
    green_line=line("34.3-41.7"), red_line=line("28-48"),
    scale_from=value("0"), scale_to=value("80"),
)  # fmt: skip


@pytest.mark.parametrize(
    ("own", "columns", "colours", "dashes", "is_below"),
    [
        (FLOOR, "BCD", [RED], ["sysDash"], True),
        (BOTH, "BCDE", [GREEN, RED], ["sysDot", "sysDash"], True),
        (GAUGE, "BCDEFGH", [GREEN, GREEN, RED, RED], ["sysDot"] * 2 + ["sysDash"] * 2, True),
    ],
)
def test_lines_of_its_own_are_drawn_thin_in_their_colours_from_the_cells_of_the_months(
    own: Indicator, columns: str, colours: list[str], dashes: list[str], is_below: bool
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
    targets = len(columns) - number - 1
    symbols = ["circle", *["dash"] * targets, *["none"] * number]
    assert chart.values(f"{SERIES}/c:marker/c:symbol") == symbols
    assert chart.texts(TITLE) == ["CP 1.1: value, target and lines"]
    assert (chart.row > block.heading_row + 2) is is_below  # where the figures leave no room


@pytest.mark.parametrize(
    ("own", "ends"),
    [
        (GAUGE, (["0"], ["80"])),
        (indicator("60%", "80%", scale_from=value("0"), scale_to=value("100")), (["0"], ["1"])),
        (indicator("60%", "80%", scale_to=value("90%")), (["0"], ["0.9"])),
        (FLOOR, (["0"], [])),
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
    texts = [chart.alt_text for chart in sample.charts("Detail") if not chart.is_gauge]
    assert texts[1] == (
        "Line chart of CP 1.2, April 2017 to January 2019: 79 in January 2019, target 57-67."
        " At risk of missing target."
    )
    assert texts[3] == (
        "Line chart of CP 3.2, April 2017 to January 2019: 67.5% in January 2019, target 88.7%."
        " At risk of missing target."
    )
    assert [text and text.split(",")[0] for text in texts] == [
        f"Line chart of {code}" for codes in BY_AIM.values() for code in codes
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
    gauge, chart = (str(chart.alt_text) for chart in book.charts("Detail"))
    assert gauge.startswith('Gauge of C"1: ')
    assert chart.startswith('Line chart of C"1, ')
    assert 'A "quoted" <aim> & \ufffd more: At risk 1' in str(book.charts("Summary")[0].alt_text)
