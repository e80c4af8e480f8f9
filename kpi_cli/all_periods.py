"""The figures of all periods of a workbook, each rated as `rate` would have rated it then."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kpi_cli.addresses import Place
from kpi_cli.amounts import Target, Unit, Value
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Problem, Rating, Report, Workbook
from kpi_cli.names import fold
from kpi_cli.periods import Period
from kpi_cli.rating import rate_indicator
from kpi_cli.report import lines_left_out, not_rated
from kpi_cli.selection import Selection


@dataclass(frozen=True)
class Figures:
    """What there is of one code in one period; amounts are in display units."""

    period: Period
    value: Value | None
    target: Target | None  # the period's own, not the annual one
    place: Place  # the row that they stand in
    rating: Rating | None = None  # None where no indicator has the code, or it can't be rated

    @property
    def unit(self) -> Unit | None:
        """The unit of the value or, where there is none, of its target; as of a rating."""
        if self.rating:
            return self.rating.indicator.unit
        return next((amount.unit for amount in (self.value, self.target) if amount), None)

    @property
    def value_text(self) -> str | None:
        """The value as the workbook shows it, or what stands in its place."""
        if self.rating:
            return self.rating.indicator.value_text
        return self.value.text if self.value else None


@dataclass(frozen=True)
class CodeHistory:
    """All that there is of an indicator, or of a code that no indicator has, in order of time."""

    code: str
    name: str | None  # None where no row of an indicator has the code
    figures: tuple[Figures, ...]  # at most one of each period
    indicator: Indicator | None = None  # that they are of; None where none could be read


@dataclass(frozen=True)
class AllPeriods:
    """A workbook's report, and the figures of all periods of what is in it."""

    report: Report
    histories: tuple[CodeHistory, ...]

    @property
    def figures(self) -> list[Figures]:
        """All figures of all codes, in order."""
        return [figures for history in self.histories for figures in history.figures]

    @property
    def other_codes(self) -> list[str]:
        """The codes that no indicator has."""
        return [history.code for history in self.histories if history.indicator is None]

    def selected(self, report: Report, selection: Selection) -> "AllPeriods":
        """Return what was selected: of the report the one given, and the figures beside it."""
        histories = tuple(history for history in self.histories if _takes(selection, history))
        return AllPeriods(report, histories)


def all_periods(workbook: Workbook, report: Report) -> AllPeriods:
    """Return the figures of all periods of a workbook whose latest report this is.

    Indicators stand in the workbook's order, and each has a line for every period that its own row
    or the history has; its row is the record of its own period. Of a period whose rows in the
    history contradict each other it has no value, as in the report of that period.

    After them come the codes that only the history has. They are kept, unnamed and not rated, so
    that a slip in a code loses no figures here: the report has a warning for each, and a row that
    could not be read is an error, whose history stays readable.

    The report that comes back also has the problems of earlier periods: an error for each
    indicator that can't be rated then, and a warning where its lines are not used.
    """
    by_code = workbook.history.by_code()
    rated = [
        _history_of(indicator, by_code.get(fold(indicator.code), []), workbook)
        for indicator in workbook.indicators
    ]
    histories = [history for history, _ in rated]
    problems = [problem for _, found in rated for problem in found]
    names = {fold(row.code): row.short_name for row in workbook.unrated if row.code}
    claimed = {fold(indicator.code) for indicator in workbook.indicators}
    histories += [
        _unrated(readings, names.get(code), workbook)
        for code, readings in by_code.items()
        if code not in claimed
    ]
    report = replace(report, problems=(*report.problems, *problems))
    return AllPeriods(report, tuple(histories))


def _history_of(
    indicator: Indicator, readings: Sequence[Reading], workbook: Workbook
) -> tuple[CodeHistory, list[Problem]]:
    """Return an indicator's figures, and what kept some of its periods from being rated."""
    figures: list[Figures] = []
    past = workbook.history.of(indicator.code)
    failed: dict[str, list[Figures]] = {}
    for period in sorted({reading.period for reading in (*readings, indicator.reading)}):
        try:
            stood = indicator.as_it_stood(period, past)
        except ValueError as invalid:
            figures.append(_not_rated(indicator, period, workbook))
            failed.setdefault(str(invalid), []).append(figures[-1])
            continue
        series = workbook.history.series(stood.reading)
        rating = rate_indicator(stood, workbook.settings, series)
        figures.append(Figures(period, stood.value, stood.target, stood.place, rating))
    history = CodeHistory(indicator.code, indicator.short_name, tuple(figures), indicator)
    earlier = [each.rating.indicator for each in figures if each.rating]
    return history, [*lines_left_out(indicator, earlier), *_errors(indicator, failed)]


def _not_rated(indicator: Indicator, period: Period, workbook: Workbook) -> Figures:
    """Return the figures of a period whose target does not go with the polarity."""
    reading = workbook.history.at(indicator.code, period)
    if reading is None:
        return Figures(period, None, None, indicator.place)
    return Figures(period, reading.value, reading.target, reading.place)


def _errors(indicator: Indicator, failed: dict[str, list[Figures]]) -> Iterator[Problem]:
    for reason, figures in failed.items():
        cell = figures[0].place.cell("target")
        yield not_rated(indicator, cell, reason, [each.period.label for each in figures])


def _unrated(readings: Sequence[Reading], name: str | None, workbook: Workbook) -> CodeHistory:
    """Return the figures of a code that no indicator has; of a contradiction, its first place."""
    code = readings[0].code
    figures = []
    for first in sorted(readings, key=lambda reading: reading.period):
        differs = workbook.history.contradicts(code, first.period)
        value, target = (None, None) if differs else (first.value, first.target)
        figures.append(Figures(first.period, value, target, first.place))
    return CodeHistory(code, name, tuple(figures))


def _takes(selection: Selection, history: CodeHistory) -> bool:
    if history.indicator:
        return selection.takes(history.indicator)
    return selection.takes_code(history.code)
