"""A workbook → its report, every indicator rated, and everything that is wrong with it."""

from dataclasses import replace

from pydantic import ValidationError

from kpi_cli.addresses import position
from kpi_cli.amounts import Target
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
from kpi_cli.periods import Month
from kpi_cli.rating import rate_indicator

_BEARING_ON_RATINGS = tuple(check for check in CHECKS if check.bears_on_rating)


def rate(workbook: Workbook, month: Month | None = None, today: Month | None = None) -> Report:
    """Return the report of a workbook: its ratings in its order, and what bears on them.

    Without a month each indicator is rated for its own latest month; with one, all are rated as
    they stood then, from the history. Months after today's are doubted; it is this month's by
    default. Raises ClockError where SOURCE_DATE_EPOCH is no time.
    """
    report, problems = _report(workbook, month)
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


def _report(workbook: Workbook, month: Month | None) -> tuple[Report, list[Problem]]:
    """Return the ratings of a workbook, and what kept rows from being rated for the month."""
    indicators, unrated = list(workbook.indicators), list(workbook.unrated)
    problems: list[Problem] = []
    if month:
        indicators, unrated, problems = _as_they_stood(workbook, month)
    series = workbook.history.series
    report = Report(
        workbook=workbook.name,
        settings=workbook.settings,
        month=month or max((indicator.month for indicator in indicators), default=None),
        ratings=tuple(
            rate_indicator(indicator, workbook.settings, series(indicator.reading))
            for indicator in indicators
        ),
        unrated=tuple(unrated),
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
    workbook: Workbook, month: Month
) -> tuple[list[Indicator], list[UnratedRow], list[Problem]]:
    indicators: list[Indicator] = []
    unrated = list(workbook.unrated)
    problems = list(_no_such_month(workbook, month))
    for indicator in workbook.indicators:
        try:
            stood = as_it_stood(indicator, month, workbook)
            indicators.append(stood)
            problems += _lines_left_out(indicator, stood)
        except ValidationError as invalid:
            reading = workbook.history.at(indicator.code, month)
            place = reading.place if reading else indicator.place
            problems.append(_not_rated(indicator, place.cell("target"), invalid))
            unrated.append(
                UnratedRow(code=indicator.code, short_name=indicator.short_name, place=place)
            )
    return indicators, unrated, problems


def as_it_stood(indicator: Indicator, month: Month, workbook: Workbook) -> Indicator:
    """Return a workbook's indicator with the figures of an earlier month.

    They are the history's, with the target of the financial year's last month as the annual
    target (the month's own where there is none). The row of the indicator is the record of its
    own month. Comment and published rating belong to that month, and to no other; and so do the
    lines where the target was another, as they were drawn beside that of the row. Raises
    ValueError where the history's target does not go with the polarity.
    """
    if month == indicator.month:
        return indicator
    reading = workbook.history.at(indicator.code, month)
    last = month.last_of_financial_year(workbook.settings.financial_year_starts)
    year_end = workbook.history.at(indicator.code, last)
    target = reading.target if reading else None
    annual = (year_end and year_end.target) or target
    is_other = _is_other(target or annual, indicator)
    return Indicator.model_validate(
        {
            **dict(indicator),
            **(dict.fromkeys(("green_line", "red_line")) if is_other else {}),
            "month": month,
            "value": reading.value if reading else None,
            "no_value_text": None,
            "no_target_text": None,
            "target": target,
            "annual_target": annual,
            "last_year": None,
            "published_outcome": None,
            "published_direction": None,
            "comment": None,
            "place": reading.place if reading else indicator.place,
        }
    )


def _is_other(target: Target | None, indicator: Indicator) -> bool:
    """Whether a target is another than the one in force in the indicator's own month."""
    own = indicator.target_in_force
    return target is not None and (own is None or target.measure != own.measure)


def _not_rated(indicator: Indicator, cell: str, invalid: ValidationError) -> Problem:
    reason = "; ".join(fault["msg"].removeprefix("Value error, ") for fault in invalid.errors())
    return Problem(
        severity=Severity.ERROR,
        cell=cell,
        message=f"{reason}; {indicator.code} is not rated",
        hint="Correct the target in the history, or the polarity.",
    )


def _lines_left_out(indicator: Indicator, stood: Indicator) -> list[Problem]:
    """Return a warning where an earlier month is rated without the lines of the indicator."""
    if not indicator.lines or stood.lines:
        return []
    name, line = next(iter(indicator.lines.items()))
    then, now = stood.target_in_force, indicator.target_in_force
    return [
        Problem(
            severity=Severity.WARNING,
            cell=indicator.place.cell(name.replace(" ", "_")),
            message=f"the {name} of {indicator.code}, {line.named}, is beside"
            f" {f'a target of {now.text}' if now else 'no target'}, and is not used for"
            f" {stood.month.label}, whose target is {then.text if then else 'none'}",
            hint="Tolerances count there, as they are measured from the target of each month.",
        )
    ]


def _no_such_month(workbook: Workbook, month: Month) -> list[Problem]:
    """Return a warning where neither the history nor any row has the month asked for."""
    months = workbook.history.months()
    if month in months or any(indicator.month == month for indicator in workbook.indicators):
        return []
    span = f"it has {months[0].label} to {months[-1].label}" if months else "it is empty"
    return [
        Problem(
            severity=Severity.WARNING,
            cell=None,
            message=f"the history has nothing for {month.label}; {span}",
            hint="Ask for a month that the history has.",
        )
    ]
