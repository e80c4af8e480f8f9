"""The figures of an exception's periods on Detail: in the order of time, or year beside year."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.amounts import Band, Target, Value
from kpi_cli.changes import is_cumulative
from kpi_cli.history import Reading
from kpi_cli.models import Rating
from kpi_cli.periods import NAMES, Period
from kpi_cli.terms import Charted
from kpi_cli.writing.excel.charts import Curve

if TYPE_CHECKING:  # what is in it is loaded for those who ask for it
    from kpi_cli.spc import ControlChart

_YEAR = 12  # months


class FigureRow(NamedTuple):
    """A period by its name in the table, with its figures and those of a year before."""

    label: Period | str
    reading: Reading
    year_before: Reading | None = None


class FigureColumn(NamedTuple):
    """A column: its heading, what it has of each row, and the curve that shows it, if any."""

    heading: str
    figure: Callable[[FigureRow], Value | None]
    curve: Curve | None


class Figures(NamedTuple):
    """The table of an exception's figures."""

    noun: str
    rows: Sequence[FigureRow]
    columns: Sequence[FigureColumn]
    years: tuple[str, str] | None = None  # this one and the last, where they stand side by side

    @property
    def headings(self) -> list[str]:
        """The headings of the table."""
        return [self.noun.capitalize(), *(column.heading for column in self.columns)]

    def of(self, columns: Sequence[FigureColumn]) -> Iterator[Value]:
        """Yield what is drawn of some columns."""
        for column in columns:
            found = (column.figure(row) for row in self.rows if column.curve)
            yield from (figure for figure in found if figure)


def figures_of(rating: Rating, periods: Sequence[Reading]) -> Figures:
    """Return the figures of an indicator; the periods are those from the start of last year on.

    What is cumulative starts anew each year: its year stands beside the last one, up to its end.
    """
    indicator = rating.indicator
    noun = indicator.period.noun
    if not _is_by_year(rating):
        rows = [FigureRow(reading.period, reading) for reading in periods]
        columns = [
            FigureColumn("Value", lambda row: row.reading.value, Curve.VALUE),
            *_of_target("Target", lambda row: row.reading.target, Curve.TARGET, rows),
            *_of_lines(rating, rows),
        ]
        return Figures(noun, rows, columns)
    rows = list(_year_rows(rating))
    year = indicator.period.financial_year
    this, last = year.label, year.year_before.label
    columns = [
        FigureColumn(this, lambda row: row.reading.value, Curve.VALUE),
        *_of_target(f"Target {this}", lambda row: row.reading.target, Curve.TARGET, rows),
        *_of_lines(rating, rows),
    ]
    before = [row.year_before for row in rows if row.year_before]
    if any(reading.value for reading in before):
        columns.append(FigureColumn(last, _value_before, Curve.LAST_YEAR))
    if any(reading.target for reading in before):
        columns += _of_target(f"Target {last}", _target_before, None, rows)
    return Figures(noun, rows, columns, (this, last))


def _is_by_year(rating: Rating) -> bool:
    period = rating.indicator.period
    months_over = period.last.months_after(period.financial_year.last) % period.length
    return is_cumulative(rating.indicator) and period.length < _YEAR and not months_over


def _year_rows(rating: Rating) -> Iterator[FigureRow]:
    """Yield the periods of the financial year, each with the same one of the year before.

    Those after the latest have no value yet, but a target; the last has the year's.
    """
    own = rating.indicator.period
    year = own.financial_year
    first = own._replace(last=year.first.after(own.length - 1))
    for period in (first.after(number) for number in range(_YEAR // own.length)):
        reading = rating.series.at(period) or Reading(
            rating.indicator.code, period, rating.indicator.place
        )
        if period.last > own.last:
            reading = reading._replace(value=None)
        if period.last == year.last and reading.target is None:
            reading = reading._replace(target=rating.indicator.annual_target)
        yield FigureRow(_name(period), reading, rating.series.at(period.year_before))


def _name(period: Period) -> str:
    """Return what a period is called in any year: "Apr", "Q3"."""
    return NAMES[period.last.number - 1][:3] if period.length == 1 else period.label.split()[0]


def _value_before(row: FigureRow) -> Value | None:
    return row.year_before.value if row.year_before else None


def _target_before(row: FigureRow) -> Target | None:
    return row.year_before.target if row.year_before else None


def _of_lines(rating: Rating, rows: Sequence[FigureRow]) -> Iterator[FigureColumn]:
    indicator = rating.indicator
    for name, line, curve in (
        ("Green line", indicator.green_line, Curve.GREEN_LINE),
        ("Red line", indicator.red_line, Curve.RED_LINE),
    ):
        if line:
            yield from _of_target(name, _always(line.amount), curve, rows)


def _of_target(
    name: str,
    amount: Callable[[FigureRow], Target | None],
    curve: Curve | None,
    rows: Sequence[FigureRow],
) -> Iterator[FigureColumn]:
    """Yield the column of an amount, or those of both its ends where it is a band in any row."""

    def end(row: FigureRow, which: int) -> Value | None:
        found = amount(row)
        return (found.low, found.high)[which] if isinstance(found, Band) else found

    if not any(isinstance(amount(row), Band) for row in rows):
        yield FigureColumn(name, lambda row: end(row, 0), curve)
        return
    yield FigureColumn(f"{name} from", lambda row: end(row, 0), curve)
    yield FigureColumn(f"{name} to", lambda row: end(row, 1), curve)


def _always(amount: Target) -> Callable[[FigureRow], Target]:
    return lambda _: amount


def levels_of(chart: "ControlChart | None") -> list[FigureColumn]:
    """Return the mean and the limits as a chart of the values draws them, with their figures.

    There are none without a verdict, which they would belie, and none of amounts: the values that
    are drawn are totals then.
    """
    if chart is None or chart.variation is None or chart.charted is not Charted.VALUE:
        return []
    lines = (
        ("Upper limit", chart.upper_limit, Curve.LIMIT),
        ("Mean", chart.mean, Curve.MEAN),
        ("Lower limit", chart.lower_limit, Curve.LIMIT),
    )
    look = chart.points[-1].value
    return [
        FigureColumn(f"{name} {chart.shown(at)}", _level(replace(look, number=at)), curve)
        for name, at, curve in lines
        if at is not None
    ]


def _level(value: Value) -> Callable[[FigureRow], Value]:
    return lambda _: value
