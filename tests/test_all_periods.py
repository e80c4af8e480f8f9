"""The figures of all periods: whose they are, in which order, and rated as `rate` rates them."""

from pathlib import Path

import pytest

from kpi_cli import read_workbook
from kpi_cli.addresses import Place
from kpi_cli.all_periods import AllPeriods, CodeHistory, all_periods
from kpi_cli.history import History, Readings, Series
from kpi_cli.models import Indicator, Polarity, Rating, Settings, UnratedRow, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Selection, select
from tests.builders import found, indicator, line, period, reading
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND

BOOKS = [SOUTHEND, PUBLISHED, MISTAKES, *(SAMPLES / f"{name}.xlsx" for name in ("wide_history",))]
QUARTERS = History(
    [
        reading("CP 1.1", "Q3 2018/19", "82", "80", row=2),
        reading("CP 1.1", "Q3 2017/18", "84", "80", row=3),
        reading("CP 1.1", "2017/18", "81", "80", row=4),
        reading("CP 1.1", "Q4 2017/18", "75", "80", row=5),
        reading("CP 1.1", "H1 2018/19", "74", None, row=6),
    ]
)


def book(*indicators: Indicator, history: History | None = None, **fields: object) -> Workbook:
    return Workbook.model_validate(
        {"name": "x.xlsx", "indicators": indicators, "history": history or History(), **fields}
    )


def periods_of(workbook: Workbook) -> AllPeriods:
    return all_periods(workbook, rate(workbook))


def lines(history: CodeHistory) -> list[tuple[str | None, ...]]:
    """Return period, value, expected outcome and direction of each line, and its row's sheet."""
    return [
        (
            each.period.label,
            each.value_text,
            each.rating.outcome.key if each.rating else None,
            each.rating.direction.key if each.rating else None,
            each.place.sheet,
        )
        for each in history.figures
    ]


def as_rated(rating: Rating) -> tuple[object, ...]:
    """Return all that is said of a rating, its figures and its row."""
    own = rating.indicator
    return own, rating.outcome, rating.direction, rating.last_year, rating.reason


@pytest.mark.no_cover
@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_every_line_is_what_the_report_of_its_period_says(path: Path) -> None:
    """Both for the indicators with a line, and for those without: they have no value then."""
    workbook = read_workbook(path)
    histories = [each for each in periods_of(workbook).histories if each.indicator]
    assert len(histories) == len(workbook.indicators)
    rows = [{each.period: each for each in history.figures} for history in histories]
    periods = {period for row in rows for period in row}
    assert len(periods) > 1
    for asked in periods:
        for row, rating in zip(rows, rate(workbook, asked).ratings, strict=True):
            if asked not in row:
                assert rating.outcome.key == "no_value"
                continue
            shown = row[asked]
            assert shown.rating
            assert as_rated(shown.rating) == as_rated(rating)
            own = rating.indicator
            assert (shown.value, shown.target, shown.unit) == (own.value, own.target, own.unit)
            assert shown.place == own.place


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_no_row_of_the_history_is_lost_and_each_indicator_is_there_once(path: Path) -> None:
    workbook = read_workbook(path)
    periods = periods_of(workbook)
    shown = {
        (history.code.casefold(), each.period)
        for history in periods.histories
        for each in history.figures
    }
    rows = (*workbook.history, *(each.reading for each in workbook.indicators))
    assert shown == {(row.code.casefold(), row.period) for row in rows}
    for history in periods.histories:
        dates = [each.period for each in history.figures]
        assert dates == sorted(set(dates))
        if own := history.indicator:
            (line,) = (each for each in history.figures if each.period == own.period)
            assert line.rating
            assert line.rating.indicator is own


def test_quarters_halves_and_years_stand_beside_each_other_in_time() -> None:
    own = indicator("70", "80", period=period("Q4 2018/19"))
    (history,) = periods_of(book(own, history=QUARTERS)).histories
    assert lines(history) == [
        ("Q3 2017/18", "84", "on_course", None, "History"),
        ("Q4 2017/18", "75", "at_risk", None, "History"),
        ("2017/18", "81", "on_course", None, "History"),
        ("H1 2018/19", "74", "no_target", "worse", "History"),  # than 2017/18: it is no count
        ("Q3 2018/19", "82", "on_course", "worse", "History"),
        ("Q4 2018/19", "70", "at_risk", "worse", "Indicators"),
    ]


def test_a_quarter_of_a_year_that_starts_in_january() -> None:
    history = History([reading("CP 1.1", "Q3 2018", "82", "80", year_starts=1)])
    own = indicator("70", "80", period=period("Q4 2018", 1))
    workbook = book(own, history=history, settings=Settings(financial_year_starts=1))
    (found,) = periods_of(workbook).histories
    assert [each[0] for each in lines(found)] == ["Q3 2018", "Q4 2018"]
    assert [as_rated(each.rating) for each in found.figures if each.rating] == [
        as_rated(rate(workbook, words).ratings[0]) for words in ("Q3 2018", "Q4 2018")
    ]


def test_the_row_counts_where_the_history_has_its_period_too() -> None:
    history = History([reading("CP 1.1", "January 2019", "50", "90")])
    (found,) = periods_of(book(indicator("95", "90"), history=history)).histories
    assert lines(found) == [("January 2019", "95", "on_course", None, "Indicators")]


def test_what_stands_in_place_of_a_value_is_kept() -> None:
    own = indicator(None, no_value_text="TBC")
    (found,) = periods_of(book(own)).histories
    assert lines(found) == [("January 2019", "TBC", "no_value", None, "Indicators")]


def test_rows_that_contradict_each_other_are_one_line_without_a_value() -> None:
    values = [("CP 1.1", "91"), ("cp  1.1", "92"), ("XY 9", "3"), ("XY 9", "4")]
    rows = [
        reading(code, "May 2018", value, "90", row=row)
        for row, (code, value) in enumerate(values, start=2)
    ]
    known, unknown = periods_of(book(indicator(), history=History(rows))).histories
    assert lines(known)[0] == ("May 2018", None, "no_value", None, "Indicators")  # as rate has it
    assert lines(unknown) == [("May 2018", None, None, None, "History")]
    assert unknown.figures[0].place.row == 4


def test_codes_that_only_the_history_has_are_at_the_end_and_not_rated() -> None:
    rows = [
        reading("XY 9", "May 2018", "91%", "90%", row=2),
        reading("XY 8", "June 2018", None, "90%", row=3),
        reading("CP 1.1", "May 2018", "91", "90", row=4),
        reading("xy 9", "April 2018", "£5", None, row=5),
    ]
    periods = periods_of(book(indicator(), history=History(rows)))
    _, nine, eight = periods.histories
    assert periods.other_codes == ["XY 9", "XY 8"] == [nine.code, eight.code]
    assert (nine.name, nine.indicator) == (None, None)
    assert lines(nine) == [
        ("April 2018", "£5", None, None, "History"),
        ("May 2018", "91%", None, None, "History"),
    ]
    units = [each.unit.value for each in (*nine.figures, *eight.figures) if each.unit]
    assert units == ["currency", "percent", "percent"]  # of the target, where there is no value
    assert found(periods.report.problems) == [
        ("warning", "History!A2"),
        ("warning", "History!A3"),
    ]


def test_the_history_of_a_row_that_cannot_be_read_has_its_name() -> None:
    row = UnratedRow(code="CP 2", short_name="Litter", place=Place("Indicators", 5, {"code": 1}))
    history = History([reading("CP 2", "May 2018", "91", "90")])
    _, other = periods_of(book(indicator(), history=history, unrated=(row,))).histories
    assert (other.code, other.name, other.indicator) == ("CP 2", "Litter", None)
    assert lines(other) == [("May 2018", "91", None, None, "History")]


def test_a_code_in_two_rows_has_its_history_in_both() -> None:
    history = History([reading("CP 1.1", "May 2018", "91", "90")])
    two = indicator("70", "90", short_name="Other", period=period("December 2018"))
    first, second = periods_of(book(indicator(), two, history=history)).histories
    assert [each[0] for each in lines(first)] == ["May 2018", "January 2019"]
    assert [each[0] for each in lines(second)] == ["May 2018", "December 2018"]


def test_periods_that_cannot_be_rated_keep_their_figures_and_are_one_error() -> None:
    months = ["March", "May", "June", "July", "August"]
    rows = [
        reading("CP 1.1", f"{month} 2018", "91", "80-90", row=row)
        for row, month in enumerate(months, start=2)
    ]
    periods = periods_of(book(indicator(), history=History(rows)))
    (history,) = periods.histories
    assert lines(history)[:2] == [
        ("March 2018", "91", None, None, "History"),
        ("May 2018", "91", None, None, "History"),
    ]
    assert history.figures[0].target == rows[0].target
    (problem,) = periods.report.problems
    assert (problem.severity.value, problem.cell) == ("error", "History!D2")
    assert problem.message == (
        'the target is a band, 80-90, but the polarity is "Aim to Maximise"; CP 1.1 is not rated'
        " for March 2018, May 2018, June 2018 and 2 more"
    )


def test_a_contradiction_beside_a_band_at_the_years_end_is_not_rated() -> None:
    rows = [
        reading("CP 1.1", "May 2018", "91", "90", row=2),
        reading("CP 1.1", "May 2018", "92", "90", row=3),
        reading("CP 1.1", "March 2019", None, "80-90", row=4),
    ]
    workbook = book(indicator(), history=History(rows))
    (history,) = periods_of(workbook).histories
    assert lines(history)[0] == ("May 2018", None, None, None, "Indicators")
    assert rate(workbook, "May 2018").ratings == ()


def test_lines_that_are_not_used_are_one_warning() -> None:
    rows = [
        reading("CP 1.1", "May 2018", "91", "80", row=2),
        reading("CP 1.1", "June 2018", "91", "85", row=3),
        reading("CP 1.1", "July 2018", "91", "90", row=4),
    ]
    own = indicator("95", "90", red_line=line("70"))
    periods = periods_of(book(own, history=History(rows)))
    (problem,) = periods.report.problems
    assert problem.message == (
        "the red line of CP 1.1, 70 (Floor), is beside a target of 90, and is not used for May"
        " 2018 and June 2018, whose targets are 80 and 85"
    )


@pytest.mark.parametrize(
    ("selection", "codes"),
    [
        (Selection(), ["CP 1.1", "CP 2", "XY 9"]),
        (Selection(codes=("cp2",)), ["CP 2"]),
        (Selection(codes=("XY 9",)), ["XY 9"]),
        (Selection(codes=("*",)), ["CP 1.1", "CP 2", "XY 9"]),
        (Selection(aims=("safe",)), ["CP 2"]),
        (Selection(aims=("safe",), codes=("XY 9",)), []),
    ],
)
def test_filters_choose_indicators_and_codes(selection: Selection, codes: list[str]) -> None:
    history = History([reading("XY 9", "May 2018", "91", "90")])
    two = indicator(code="CP 2", aim="SAFE")
    periods = periods_of(book(indicator(), two, history=history))
    selected = select(periods.report, selection, periods.other_codes)
    assert selected.unmatched == ()
    assert selected.is_emptied_by_names == (not codes)
    shown = periods.selected(selected.report, selection)
    assert [each.code for each in shown.histories] == codes
    assert shown.report.left_out == 2 - len([code for code in codes if "CP" in code])


def test_the_figures_beside_an_indicator_are_found_once_for_all_its_periods() -> None:
    """Or the time that its periods take would grow with their square."""
    of_one = QUARTERS.of("CP 1.1")
    assert of_one is QUARTERS.of("cp 1.1")
    first, second = (QUARTERS.series(row) for row in QUARTERS.readings[:2])
    assert first.past is second.past is of_one
    assert of_one.by_period is of_one.by_period
    assert isinstance(of_one, Readings)


def test_a_series_finds_its_own_row_before_its_past() -> None:
    past = QUARTERS.readings[:2]
    own = past[0]._replace(value=None)
    series = Series(own, past)
    assert series.at(own.period) is own
    assert series.at(past[1].period) is past[1]
    assert series.at(period("Q1 2018/19")) is None
    assert series.readings == [past[1], own]


def test_a_polarity_is_that_of_the_row() -> None:
    """A band in the history is a target for Goldilocks."""
    history = History([reading("CP 1.1", "May 2018", "91", "80-90")])
    own = indicator("85", "80-90", polarity=Polarity.GOLDILOCKS)
    (found,) = periods_of(book(own, history=history)).histories
    assert [each[2] for each in lines(found)] == ["slippage", "on_course"]
