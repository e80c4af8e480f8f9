"""A workbook → its report, every indicator rated, and everything that is wrong with it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from kpi_cli.addresses import position
from kpi_cli.checks import CHECKS, Data, run
from kpi_cli.clock import this_month
from kpi_cli.models import (
    Indicator,
    Problem,
    Report,
    Severity,
    UnratedRow,
    Workbook,
)
from kpi_cli.period_words import period_named
from kpi_cli.periods import Month, Period
from kpi_cli.rating import rate_indicator
from kpi_cli.sentences import some

_BEARING_ON_RATINGS = tuple(check for check in CHECKS if check.bears_on_rating)
_OTHERS = tuple(check for check in CHECKS if not check.bears_on_rating)


def rate(
    workbook: Workbook, period: Period | Month | str | None = None, today: Month | None = None
) -> Report:
    """Return the report of a workbook: its ratings in its order, and what bears on them.

    Without a period each indicator is rated for its own latest one; with one (a month, or any
    other, also in words), all are rated as they stood then, from the history. Months after today's
    are doubted; it is this month's by default. Raises ValueError for words that name no period,
    and ClockError where SOURCE_DATE_EPOCH is no time.
    """
    report, problems = _report(workbook, period_asked(workbook, period))
    found = run(_BEARING_ON_RATINGS, Data(workbook, report, today or this_month()))
    return replace(report, problems=(*workbook.problems, *found, *problems))


def check(workbook: Workbook, today: Month | None = None) -> list[Problem]:
    """Return every problem of a workbook, of reading it and of all checks, by sheet and row.

    The sheets of indicators go first, then those of history, then the others. Months after
    today's are doubted; it is this month's by default. Raises ClockError as `rate` does.
    """
    report, _ = _report(workbook, None)
    data = Data(workbook, report, today or this_month())
    return _in_order(workbook, [*workbook.problems, *run(CHECKS, data)])


def left_to_check(workbook: Workbook, report: Report, today: Month | None = None) -> int:
    """Return how many problems `check` finds beside those that bear on a report's ratings."""
    return len(run(_OTHERS, Data(workbook, report, today or this_month())))


def period_asked(workbook: Workbook, asked: Period | Month | str | None) -> Period | None:
    """Return a period as a workbook's financial year has it; raises ValueError for other words."""
    starts = workbook.settings.financial_year_starts
    if isinstance(asked, str):
        return period_named(asked, starts)
    if isinstance(asked, Month):
        return Period(asked, 1, starts)
    return asked and asked._replace(year_starts=starts)


def _latest(indicators: list[Indicator]) -> Period | None:
    """Return the period of a report: the one of most indicators, of those that end last."""
    last = max((indicator.month for indicator in indicators), default=None)
    latest = Counter(i.period for i in indicators if i.month == last)
    return latest.most_common(1)[0][0] if latest else None


def _report(workbook: Workbook, period: Period | None) -> tuple[Report, list[Problem]]:
    """Return the ratings of a workbook, and what kept rows from being rated for the period."""
    indicators, unrated = list(workbook.indicators), list(workbook.unrated)
    problems: list[Problem] = []
    if period:
        indicators, unrated, problems = _as_they_stood(workbook, period)
    series = workbook.history.series
    report = Report(
        workbook=workbook.name,
        settings=workbook.settings,
        period=period or _latest(indicators),
        ratings=tuple(
            rate_indicator(indicator, workbook.settings, series(indicator.reading))
            for indicator in indicators
        ),
        unrated=tuple(unrated),
        read_as=workbook.read_as,
        priorities=workbook.priorities,
    )
    return report, problems


def _in_order(workbook: Workbook, problems: list[Problem]) -> list[Problem]:
    """Return problems in the order in which someone walks through the workbook."""
    tables = (workbook.indicators, workbook.unrated, workbook.history)
    sheets = [row.place.sheet for rows in tables for row in rows]
    sheets += [position(problem.cell).sheet for problem in problems if problem.cell]
    order = {sheet: number for number, sheet in enumerate(dict.fromkeys(sheets))}

    def way(problem: Problem) -> tuple[int, int, int]:
        if problem.cell is None:
            return -1, 0, 0
        sheet, row, column = position(problem.cell)
        return order[sheet], row, column

    return sorted(problems, key=way)


def _as_they_stood(
    workbook: Workbook, period: Period
) -> tuple[list[Indicator], list[UnratedRow], list[Problem]]:
    indicators: list[Indicator] = []
    unrated = list(workbook.unrated)
    problems = list(_no_such_period(workbook, period))
    for indicator in workbook.indicators:
        try:
            stood = indicator.as_it_stood(period, workbook.history.of(indicator.code))
            indicators.append(stood)
            problems += lines_left_out(indicator, [stood])
        except ValueError as invalid:
            reading = workbook.history.at(indicator.code, period)
            place = reading.place if reading else indicator.place
            problems.append(not_rated(indicator, place.cell("target"), str(invalid)))
            unrated.append(
                UnratedRow(code=indicator.code, short_name=indicator.short_name, place=place)
            )
    return indicators, unrated, problems


def not_rated(indicator: Indicator, cell: str, reason: str, periods: Sequence[str] = ()) -> Problem:
    """Return the error that an indicator is not rated: for these of its periods, by their labels.

    The cell is that of the target that it is for, and the reason what is wrong with that.
    """
    of = f" for {some(periods)}" if periods else ""
    return Problem(
        severity=Severity.ERROR,
        cell=cell,
        message=f"{reason}; {indicator.code} is not rated{of}",
        hint="Correct the target in the history, or the polarity.",
    )


def lines_left_out(indicator: Indicator, earlier: Sequence[Indicator]) -> list[Problem]:
    """Return a warning where an indicator's lines are not used for what it was in earlier periods.

    It is one warning for all of them, and none where each of them has the lines.
    """
    without = [stood for stood in earlier if not stood.lines]
    if not indicator.lines or not without:
        return []
    name, line = next(iter(indicator.lines.items()))
    now = indicator.target_in_force
    in_force = (stood.target_in_force for stood in without)
    targets = list(dict.fromkeys(then.text if then else "none" for then in in_force))
    are = "target is" if len(targets) == 1 else "targets are"
    return [
        Problem(
            severity=Severity.WARNING,
            cell=indicator.place.cell(name.replace(" ", "_")),
            message=f"the {name} of {indicator.code}, {line.named}, is beside"
            f" {f'a target of {now.text}' if now else 'no target'}, and is not used for"
            f" {some([stood.period.label for stood in without])}, whose {are} {some(targets)}",
            hint="Tolerances count there, as they are measured from the target of each period.",
        )
    ]


def _no_such_period(workbook: Workbook, period: Period) -> list[Problem]:
    """Return a warning where neither the history nor any row has the period asked for."""
    periods = workbook.history.periods()
    if period in periods or any(i.period == period for i in workbook.indicators):
        return []
    span = f"it has {periods[0].label} to {periods[-1].label}" if periods else "it is empty"
    return [
        Problem(
            severity=Severity.WARNING,
            cell=None,
            message=f"the history has nothing for {period.label}; {span}",
            hint=f"Ask for a {period.noun} that the history has.",
        )
    ]
