"""Checks of months: those still to come, those that lag behind, and those that are missing."""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from kpi_cli.addresses import Position, position
from kpi_cli.checks.base import Data, Finding, IndicatorSeries, span
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Severity
from kpi_cli.periods import Month

_ERROR = Severity.ERROR
_REGULAR = 3  # as many equal steps in a row are a habit, such as a quarterly figure, and no gap
_STEPS = {"quarter": 3, "annual": 12, "yearly": 12}  # what a reporting basis says of its months


def month_in_future(data: Data) -> Iterator[Finding]:
    """A month that is still to come, of an indicator or of a value in the history."""
    for indicator in data.workbook.indicators:
        if indicator.month > data.today:
            yield Finding(
                indicator.place.cell("month"),
                f"the latest month of {indicator.code} is {indicator.month.label}, which is still"
                " to come",
                "Correct the month; the other indicators are measured by the latest one.",
            )
    for reading in data.workbook.history:
        if reading.value and reading.month > data.today:
            yield Finding(
                reading.place.cell("month"),
                f"{reading.code} has a value for {reading.month.label}, which is still to come",
                "Correct the month, or clear the value.",
            )


def month_stale(data: Data) -> Iterator[Finding]:
    """An indicator whose latest month is behind the report's, or behind its own history.

    One that is reported by quarter or by year is behind only when the next figure is due.
    """
    months = [i.month for i in data.workbook.indicators if i.month <= data.today]
    report_month = max(months, default=None)
    for series in data.series:
        indicator = series.indicator
        if newer := _newer(data, indicator):
            yield newer
        elif report_month:
            behind = report_month.months_after(indicator.month)
            if behind >= _usual_step(series):
                yield Finding(
                    indicator.place.cell("month"),
                    f"the latest month of {indicator.code} is {indicator.month.label}, {behind}"
                    f" month{'s' * (behind > 1)} behind the report's, {report_month.label}",
                    "Give the latest value, if there is one.",
                )


def months_missing(data: Data) -> Iterator[Finding]:
    """Months without a value in a series that has values before and after.

    A series by quarter or by year has no gap where it keeps its step.
    """
    unread = [position(p.cell) for p in data.workbook.problems if p.cell and p.severity is _ERROR]
    for series in data.series:
        for earlier, later in _gaps(series):
            step = _usual_step(series)
            count = later.month.months_after(earlier.month)
            months = [earlier.month.after(n) for n in range(step, count, step)]
            months = [m for m in months if not data.history.contradicts(series.indicator.code, m)]
            if months and not any(_lies_between(cell, earlier, later) for cell in unread):
                yield Finding(
                    _first_cell(series, months, later),
                    f"{series.indicator.code} has no value for {span(months)}"
                    + (f", {len(months)} months" if step == 1 and len(months) > 1 else ""),
                    "Give the values, if there are any.",
                )


def _lies_between(cell: Position, earlier: Reading, later: Reading) -> bool:
    """Whether a cell is in a row between two of history: the missing one, which wasn't read."""
    is_one_sheet = cell.sheet == earlier.place.sheet == later.place.sheet
    return is_one_sheet and earlier.place.row < cell.row < later.place.row


def _newer(data: Data, indicator: Indicator) -> Finding | None:
    """Return that the history goes on past an indicator's latest month, where it does."""
    readings = [
        reading
        for reading in data.history.of(indicator.code)
        if reading.value and indicator.month < reading.month <= data.today
    ]
    if not readings:
        return None
    last = max(readings, key=lambda reading: reading.month)
    return Finding(
        indicator.place.cell("month"),
        f"the latest month of {indicator.code} is {indicator.month.label}, but the history goes on"
        f" to {last.month.label}, in {last.place.cell('value')}",
        "Bring the indicator's row up to date.",
    )


def _steps(series: IndicatorSeries) -> tuple[list[Reading], list[int]]:
    """Return the months that have values, and how many months lie from each to the next."""
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
        return 1
    return next((months for word, months in _STEPS.items() if word in basis), 1)


def _gaps(series: IndicatorSeries) -> Iterator[tuple[Reading, Reading]]:
    """Yield the months before and after each gap: a step longer than the usual one.

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


def _first_cell(series: IndicatorSeries, months: Sequence[Month], later: Reading) -> str:
    """Return the cell of the first missing month or, where it has no row, of the next value."""
    rows = {reading.month: reading for reading in series.readings}
    return next((rows[month] for month in months if month in rows), later).place.cell("value")
