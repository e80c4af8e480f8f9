"""`--spc` and `--forecast`: what Detail, tables, key and notes say, and what is drawn."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from kpi_cli.history import Reading
from kpi_cli.models import Indicator
from tests.builders import indicator, line, period, reading
from tests.running import SOUTHEND, kpi, kpi_program
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.reading_back import (
    MADE,
    NAMESPACES,
    Written,
    heights_between_breaks,
    room_of_a_page,
    shown,
    table,
    written,
)
from tests.writing.exceptions_workbook.test_all_indicators_sheet import HEADINGS
from tests.writing.exceptions_workbook.test_detail_sheet import BY_YEAR
from tests.writing.exceptions_workbook.test_notes_sheet import notes
from tests.writing.exceptions_workbook.test_pages import area_of, area_under

SERIES = "c:chart/c:plotArea/*/c:ser"
OF_CHARTS, OF_FORECASTS = ["Variation", "Target met"], ["Forecast", "Range", "Outturn"]
CAUTION = "The limits describe the months before; the latest month is outside them."
NOISE = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2]

# What the table says of those that have a chart or a forecast; the rest have dashes.
TOLD = {
    "CP 1.1": ["Common cause", "Hit and miss", "33.49", "28.59 to 38.39",
               "Some slippage (On course to Some slippage)"],
    "CP 1.2": ["Unusually high", f"Consistently fails. {CAUTION}", "79", "76.1 to 81.9",
               "At risk (Some slippage to At risk)"],
    "CP 1.4": ["Common cause", "Hit and miss", "92.1%", "81.8% to 100.0%",
               "Some slippage (On course to At risk)"],
    "CP 3.2": ["Concern", f"Consistently fails. {CAUTION}", "67.5%", "57.9% to 77.1%", "At risk"],
    "CP 3.9": ["Common cause", "Hit and miss", "5,525", "5,022 to 6,028",
               "Some slippage (On course to At risk)"],
    "CP 3.10": ["-", "-", "73.5%", "47.5% to 99.5%", "At risk (On course to At risk)"],
    "CP 3.11": ["-", "-", "738", "687 to 789", "Some slippage (On course to At risk)"],
    "CP 4.3": ["-", "-", "97.34%", "97.08% to 97.59%",
               "Some slippage (On course to Some slippage)"],
    "CP 4.4": ["-", "-", "93.98%", "92.78% to 95.19%", "Some slippage (Some slippage to At risk)"],
    "CP 4.8": ["Concern", f"Consistently passes. {CAUTION}", "1.95%", "1.78% to 2.12%",
               "At risk (Some slippage to At risk)"],
    "CP 5.4": ["Common cause", "Hit and miss", "7.49", "7.24 to 7.74",
               "Some slippage (Some slippage to At risk)"],
}  # fmt: skip


def of_months(
    values: Sequence[object], last: str = "January 2019", **fields: Any
) -> tuple[Indicator, list[Reading]]:
    """Return an exception with values up to its month, and its history."""
    own = period(last)
    first = own.after(1 - len(values))
    history = [
        reading("CP 1.1", first.after(number).label, str(value), "90")
        for number, value in enumerate(values[:-1])
    ]
    return indicator(str(values[-1]), "90", "90", period=own, **fields), history


def test_the_table_has_the_verdicts_and_the_outturn_of_every_indicator(full: Written) -> None:
    rows = table(full.sheet("All indicators"), "AllIndicators")
    headings = [name for name in HEADINGS if name != "Managed By"]
    assert list(rows[0]) == [*headings, *OF_CHARTS, *OF_FORECASTS]
    assert {
        shown(row["MPR Code"]): [shown(row[name]) for name in (*OF_CHARTS, *OF_FORECASTS)]
        for row in rows
    } == {shown(row["MPR Code"]): TOLD.get(shown(row["MPR Code"]), ["-"] * 5) for row in rows}


@pytest.mark.parametrize(
    ("asked", "headings"),
    [
        ({"with_spc": True}, OF_CHARTS),
        ({"with_forecast": True}, OF_FORECASTS),
        ({}, ["Managed By", "Scrutiny Committee"]),
    ],
)
def test_only_what_is_asked_for_is_shown(asked: dict[str, Any], headings: list[str]) -> None:
    own, history = of_months(NOISE)
    book = written(own, history=history, **asked)
    (row,) = table(book.sheet("All indicators"), "AllIndicators")
    assert list(row)[-len(headings) :] == headings
    (block,) = blocks(book)
    labels = [each[0] for each in block.found]
    assert ("Variation" in labels, "Forecast" in labels) == (
        "with_spc" in asked,
        "with_forecast" in asked,
    )
    drawn = len(block.charts[0].xml.findall(SERIES, NAMESPACES))
    assert drawn == (5 if "with_spc" in asked else 2)
    key = [str(each.value) for (each,) in book.sheet("Summary").iter_rows(max_col=1)]
    added = [name for name in (*OF_CHARTS, *OF_FORECASTS) if name in key]
    assert added == [name for name in headings if name in (*OF_CHARTS, *OF_FORECASTS)]


def test_a_forecast_is_a_number_and_a_verdict_has_the_colour_of_the_nhs(full: Written) -> None:
    rows = table(full.sheet("All indicators"), "AllIndicators")
    of = {shown(row["MPR Code"]): row for row in rows}
    cell = of["CP 4.3"]["Forecast"]
    assert (cell.data_type, round(float(str(cell.value)), 4), cell.number_format) == (
        "n",
        0.9734,
        "0.00%",
    )
    edges = {
        code: str(of[code]["Variation"].border.left.color.rgb)[-6:]
        for code in ("CP 4.8", "CP 1.2", "CP 1.1")
    }
    assert edges == {"CP 4.8": "E46C0A", "CP 1.2": "490092", "CP 1.1": "A6A6A6"}


def test_what_passes_and_is_at_risk_says_so_with_its_caution(
    full: Written, full_by_code: dict[str, Block]
) -> None:
    assert full_by_code["CP 4.8"].found == [
        [
            "Variation",
            "Concern: 1.95% is over the upper limit of 1.73% (outside the limits, since November"
            " 2018).",
        ],
        [
            "Target Met",
            "Consistently passes: the target of 1.77% is over the upper limit of 1.73%.",
        ],
        ["Caution", CAUTION],
        [
            "Forecast",
            "Forecast for 2018/19: 1.95% (1.78% to 2.12%) against 1.77%: At risk (Some slippage to"
            " At risk).",
        ],
        ["At 1.78%", "⚠ Some slippage against target", "At 2.12%", "● At risk of missing target"],
        [
            "Method: stays where it is, give or take what it moved in 2 months before; the range"
            " holds four in five of 20 past errors."
        ],
    ]
    passing = [
        [shown(cell) for cell in row.values()]
        for row in table(full.sheet("All indicators"), "AllIndicators")
        if "passes" in shown(row["Target met"])
    ]
    assert [row for row in passing if CAUTION not in " ".join(row)] == []


@pytest.mark.parametrize(
    ("code", "reasons"),
    [
        ("CP 3.10", ["No control chart: a cumulative percentage has no monthly figure."]),
        ("CP 3.11", ["No control chart: 10 months; a control chart needs 12."]),
        (
            "CP 5.5",
            [
                "No control chart: it falls from 39,910 to 26,450 in September 2018, so it is no"
                " running count.",
                "No forecast: it falls from 39,910 to 26,450 in September 2018, within the last"
                " twelve months.",
            ],
        ),
    ],
)
def test_what_is_refused_says_why(
    full_by_code: dict[str, Block], code: str, reasons: list[str]
) -> None:
    said = [text for row in full_by_code[code].found for text in row]
    assert [text for text in said if text.startswith("No ")] == reasons


def test_the_notes_have_the_reasons_with_all_that_they_are_of(full: Written) -> None:
    found = [str(text) for _, text in notes(full)]
    assert (
        "No control chart of CP 2.2, CP 2.3, CP 3.10, CP 4.3, CP 4.4, CP 4.5, CP 4.6, CP 4.7 and CP"
        " 5.6: a cumulative percentage has no monthly figure."
    ) in found
    assert "No forecast of CP 3.1: there is no value in 2018/19." in found
    assert len(found) == 16


def test_the_mean_and_the_limits_are_drawn_of_values_alone(full_by_code: dict[str, Block]) -> None:
    drawn = {
        code: len(block.charts[0].xml.findall(SERIES, NAMESPACES))
        for code, block in full_by_code.items()
    }
    bands, values = {"CP 1.1": 6, "CP 1.2": 6}, dict.fromkeys(("CP 1.4", "CP 3.2", "CP 4.8"), 5)
    beside_last_year = dict.fromkeys(BY_YEAR, 3) | {"CP 3.11": 2}
    assert drawn == beside_last_year | bands | values


def test_how_the_mean_and_the_limits_are_drawn(
    full: Written, full_by_code: dict[str, Block]
) -> None:
    block = full_by_code["CP 4.8"]
    (chart,) = block.charts
    row, last = block.heading_row, block.heading_row + 22
    assert chart.texts(f"{SERIES}/c:tx//c:f")[2:] == [f"'Detail'!{c}{row}" for c in "LMN"]
    assert chart.texts(f"{SERIES}/c:val//c:f")[2:] == [
        f"'Detail'!${column}${row + 1}:${column}${last}" for column in "LMN"
    ]
    sheet = full.sheet("Detail")
    levels = [[shown(cell) for cell in each] for each in sheet[f"L{row}:N{row + 1}"]]
    assert levels == [
        ["Upper limit 1.73%", "Mean 1.53%", "Lower limit 1.33%"],
        ["1.73%", "1.53%", "1.33%"],
    ]
    dashes = chart.values(f"{SERIES}/c:spPr/a:ln/a:prstDash")
    assert dashes == ["solid", "solid", "lgDashDot", "solid", "lgDashDot"]
    widths = [each.get("w") for each in chart.xml.findall(f"{SERIES}/c:spPr/a:ln", NAMESPACES)]
    assert widths == ["25400", "25400", "12700", "12700", "12700"]
    assert chart.values(f"{SERIES}/c:spPr/a:ln/a:solidFill/a:srgbClr")[1:] == ["595959"] * 3
    assert chart.texts("c:chart/c:title//a:t") == ["CP 4.8: value, target, mean and limits"]
    assert chart.alt_text == (
        "Line chart of CP 4.8, April 2017 to January 2019: 1.95% in January 2019, target 1.77%,"
        " upper limit 1.73%, mean 1.53%, lower limit 1.33%. At risk of missing target."
    )


def test_of_amounts_it_is_said_that_the_plot_is_of_the_totals(
    full_by_code: dict[str, Block],
) -> None:
    found = {row[0]: row[1:] for row in full_by_code["CP 3.9"].found}
    assert found["Variation"][0].startswith("Common cause: 465 is between the limits of 176 and")
    assert found["Note"] == [
        "It is of what each month adds to the total; its limits are not drawn, as the plot shows"
        " the totals."
    ]


def test_without_variation_there_is_no_verdict_and_nothing_is_drawn() -> None:
    own, history = of_months([50] * 14)
    (block,) = blocks(written(own, history=history, with_spc=True))
    assert block.found[0] == [
        "Variation",
        "No verdict: no month-to-month variation; a chart says nothing.",
    ]
    assert len(block.charts[0].xml.findall(SERIES, NAMESPACES)) == 2


def test_what_is_off_the_paper_is_not_printed_and_the_rest_is(full: Written) -> None:
    sheet = full.sheet("Detail")
    first, top, last, bottom = area_of(str(sheet.print_area))
    assert (first, top, last) == (1, 1, 10)
    said = [cell for row in sheet.iter_rows(max_col=10) for cell in row if cell.value is not None]
    assert bottom >= max(cell.row for cell in said)


def test_no_chart_covers_what_is_found(full: Written) -> None:
    sheet = full.sheet("Detail")
    for chart in full.charts("Detail"):
        first, top, last, bottom = area_under(sheet, chart)
        covered = [
            sheet.cell(row, column).value
            for row in range(top, bottom + 1)
            for column in range(first, last + 1)
        ]
        assert set(covered) == {None}


def test_an_exception_with_all_that_is_found_fits_its_page(full: Written) -> None:
    sheet = full.sheet("Detail")
    heights = heights_between_breaks(sheet)
    assert 6 <= len(heights) <= 12
    assert [start for start, high in heights.items() if high > room_of_a_page(sheet)] == []


@pytest.mark.parametrize("with_charts", [True, False])
@pytest.mark.parametrize("lines", [{}, {"green_line": line("80"), "red_line": line("70")}])
def test_what_is_found_never_stands_on_the_figures(
    with_charts: bool, lines: dict[str, Any]
) -> None:
    own, history = of_months([*NOISE, 40], **lines)
    asked: dict[str, Any] = {"with_charts": with_charts, "with_spc": True, "with_forecast": True}
    (block,) = blocks(written(own, history=history, **asked))
    assert len(block.months) == 22
    assert [row[0] for row in block.found if row[0] in ("Variation", "Forecast")] == [
        "Variation",
        "Forecast",
    ]


def test_quarters_have_charts_and_forecasts_of_their_own() -> None:
    own, history = of_months(NOISE[:15], "Q3 2018/19", short_name="Visits [YTD Snapshot]")
    book = written(own, history=history, with_spc=True, with_forecast=True)
    (block,) = blocks(book)
    found = {row[0]: row[1:] for row in block.found}
    assert found["Variation"][0].startswith("Common cause: 9 is between the limits of")
    assert found["Forecast"][0].startswith("Forecast for 2018/19: 9 (")
    assert "month" not in str(block.found)
    assert "month" not in str(list(book.sheet("Summary").iter_rows(values_only=True)))


def test_the_key_explains_what_is_shown(full: Written) -> None:
    rows = {row[0].value: row[1].value for row in full.sheet("Summary").iter_rows(max_col=2)}
    assert {name: rows[name] for name in (*OF_CHARTS, *OF_FORECASTS)} == {
        "Variation": "Whether the latest figure is more than chance, by a control chart of all"
        " months, as the NHS draws it. Concern and Improvement: it is, to the worse or to the"
        " better; Unusually high or low, where neither way is good. Common cause: figures vary so"
        ' anyway. "-": there is no chart, and Data notes say why.',
        "Target met": "Whether the target would be met if figures went on to vary as they did"
        " before, whatever the latest is rated. Consistently passes or fails: chance alone would"
        ' not change it. Hit and miss: the target is within what they vary by. "-": there is no'
        " chart or no target.",
        "Forecast": "Where the year ends, by what the figures did before; how it was made is on"
        ' Detail. "-": it can\'t be told, and Data notes say why.',
        "Range": "Four in five past errors of such a forecast would have stayed within it.",
        "Outturn": "How the forecast is rated against the annual target; in brackets the best and"
        " the worst that the range holds, where it holds several.",
    }


def test_the_same_input_gives_the_same_bytes(full: Written, tmp_path: Path) -> None:
    path = tmp_path / "full.xlsx"
    other = {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C"}
    made = {"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"} | other
    kpi_program("exceptions", SOUTHEND, "-o", path, "--spc", "--forecast", env=made)
    assert path.read_bytes() == full.content


def test_of_an_earlier_month_it_is_all_as_it_stood_then(tmp_path: Path) -> None:
    path = tmp_path / "earlier.xlsx"
    asked = ["--month", "2018-10", "--spc", "--forecast", "--no-charts"]
    assert kpi("exceptions", SOUTHEND, "-o", path, *asked).exit_code == 0
    found = {block.heading.split("  ")[0]: block for block in blocks(Written(path.read_bytes()))}
    block = found["CP 5.4"]
    assert block.said["Month Before"].startswith("Was At risk in September 2018: ")
    assert block.charts == []
    (forecast,) = [row[1] for row in block.found if row[0] == "Forecast"]
    assert forecast.startswith("Forecast for 2018/19: 7.57 (6.84 to 8.30) against 7.20: ")
