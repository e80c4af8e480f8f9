"""Checks of periods: those still to come, those that lag behind, and those that are missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from kpi_cli.addresses import Position, position
from kpi_cli.checks.base import Data, Finding, IndicatorSeries, span
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Severity
from kpi_cli.periods import Period
from kpi_cli.sentences import counted

_ERROR = Severity.ERROR
_REGULAR = 3  # as many equal steps in a row are a habit, such as a quarterly figure, and no gap
# What a reporting basis says of its months; "half-yearly" has "yearly" in it.
_STEPS = {"half": 6, "quarter": 3, "annual": 12, "yearly": 12}


def month_in_future(data: Data) -> Iterator[Finding]:
    """A period that is still to come, of an indicator or of a value in the history."""
    for indicator in data.workbook.indicators:
        if indicator.month > data.today:
            yield Finding(
                indicator.place.cell("period"),
                f"{_latest(indicator)}, which is still to come",
                f"Correct the {indicator.period.noun}; the other indicators are measured by the"
                " latest one.",
            )
    for reading in data.workbook.history:
        if reading.value and reading.month > data.today:
            yield Finding(
                reading.place.cell("period"),
                f"{reading.code} has a value for {reading.period.label}, which is still to come",
                f"Correct the {reading.period.noun}, or clear the value.",
            )


def month_stale(data: Data) -> Iterator[Finding]:
    """An indicator whose latest period is behind the report's, or behind its own history.

    One that is reported by quarter or by year is behind only when the next figure is due.
    """
    periods = [i.period for i in data.workbook.indicators if i.month <= data.today]
    report = max(periods, default=None)
    for series in data.series:
        indicator = series.indicator
        if newer := _newer(data, indicator):
            yield newer
        elif report:
            behind = indicator.period.behind(report)
            if behind * indicator.period.length >= _usual_step(series):
                yield Finding(
                    indicator.place.cell("period"),
                    f"{_latest(indicator)}, {counted(behind, indicator.period.noun)} behind the"
                    f" report's, {report.label}",
                    "Give the latest value, if there is one.",
                )


def months_missing(data: Data) -> Iterator[Finding]:
    """Periods without a value in a series that has values before and after.

    A series by quarter or by year has no gap where it keeps its step, and none after a figure of
    a year ago that stands alone, to compare with.
    """
    unread = [position(p.cell) for p in data.workbook.problems if p.cell and p.severity is _ERROR]
    for series in data.series:
        for earlier, later in _gaps(series):
            if earlier is series.readings[0] and _is_year_ago(earlier, series, data):
                continue
            length = later.period.length
            step = max(1, _usual_step(series) // length)
            count = later.period.periods_after(earlier.period)
            missing = [earlier.period.after(n) for n in range(step, count, step)]
            code, noun = series.indicator.code, later.period.noun
            missing = [each for each in missing if not data.history.contradicts(code, each)]
            if missing and not any(_lies_between(cell, earlier, later) for cell in unread):
                yield Finding(
                    _first_cell(series, missing, later),
                    f"{code} has no value for {span(missing)}"
                    + (f", {counted(len(missing), noun)}" if step == 1 < len(missing) else ""),
                    "Give the values, if there are any.",
                )


def _latest(indicator: Indicator) -> str:
    period = indicator.period
    return f"the latest {period.noun} of {indicator.code} is {period.label}"


def _is_year_ago(reading: Reading, series: IndicatorSeries, data: Data) -> bool:
    """Whether a figure is of a year before the indicator's period or the report's."""
    report = data.report.period
    return reading.month.after(12) in (series.indicator.month, report and report.last)


def _lies_between(cell: Position, earlier: Reading, later: Reading) -> bool:
    """Whether a cell is in a row between two of history: the missing one, which wasn't read."""
    is_one_sheet = cell.sheet == earlier.place.sheet == later.place.sheet
    return is_one_sheet and earlier.place.row < cell.row < later.place.row


def _newer(data: Data, indicator: Indicator) -> Finding | None:
    """Return that the history goes on past an indicator's latest period, where it does."""
    readings = [
        reading
        for reading in data.history.of(indicator.code)
        if reading.value
        and reading.period.length == indicator.period.length
        and indicator.month < reading.month <= data.today
    ]
    if not readings:
        return None
    last = max(readings, key=lambda reading: reading.period)
    return Finding(
        indicator.place.cell("period"),
        f"{_latest(indicator)}, but the history goes on to {last.period.label}, in"
        f" {last.place.cell('value')}",
        "Bring the indicator's row up to date.",
    )


def _steps(series: IndicatorSeries) -> tuple[list[Reading], list[int]]:
    """Return the readings that have values, and how many months lie from each to the next."""
    readings = [reading for reading in series.readings if reading.value]
    return readings, [later.month.months_after(e.month) for e, later in pairwise(readings)]


def _usual_step(series: IndicatorSeries) -> int:
    """Return how many months lie between the values of a series: 1, or 3 for one by quarter.

    Where too few values tell, the reporting basis does.
    """
    _, steps = _steps(series)
    step, times = max(Counter(steps).items(), key=lambda pair: (pair[1], -pair[0]), default=(1, 0))
    if times > 1:
        return step
    basis = (series.indicator.reporting_basis or "").casefold()
    if "rolling" in basis:  # the last three months, told every month
        return series.indicator.period.length
    own = series.indicator.period.length
    return next((months for word, months in _STEPS.items() if word in basis), own)


def _gaps(series: IndicatorSeries) -> Iterator[tuple[Reading, Reading]]:
    """Yield the readings before and after each gap: a step longer than the usual one.

    Two values alone have no usual step, and so no gap; a longer step that is kept for a while
    was another habit.
    """
    readings, steps = _steps(series)
    if max(Counter(steps).values(), default=0) < 2:
        return
    usual, position = _usual_step(series), 0
    for step, run in groupby(steps):
        length = len(list(run))
        if step > usual and length < _REGULAR:
            yield from pairwise(readings[position : position + length + 1])
        position += length


def _first_cell(series: IndicatorSeries, missing: Sequence[Period], later: Reading) -> str:
    """Return the cell of the first missing period or, where it has no row, of the next value."""
    rows = {reading.period: reading for reading in series.readings}
    return next((rows[each] for each in missing if each in rows), later).place.cell("value")
