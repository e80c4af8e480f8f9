"""A workbook → its report: every indicator rated, for the latest month or an earlier one."""

from pydantic import ValidationError

from kpi_cli.checks import check
from kpi_cli.models import (
    Indicator,
    Problem,
    Rating,
    Report,
    Settings,
    Severity,
    UnratedRow,
    Workbook,
)
from kpi_cli.months import Month
from kpi_cli.past import History, as_it_stood
from kpi_cli.rating import rate_indicator


def rate(workbook: Workbook, month: Month | None = None, history: History | None = None) -> Report:
    """Return the report of a workbook: its ratings in its order, and all its problems.

    Without a month each indicator is rated for its own latest month; with one, all are rated as
    they stood then, from the history. Who has the workbook's history at hand may give it.
    """
    history = history or History(workbook.history)
    indicators, unrated = list(workbook.indicators), list(workbook.unrated)
    problems: list[Problem] = []
    if month:
        indicators, unrated, problems = _as_they_stood(workbook, month, history)
    return Report(
        workbook=workbook.name,
        settings=workbook.settings,
        month=month or max((indicator.month for indicator in indicators), default=None),
        ratings=tuple(_rate(indicator, history, workbook.settings) for indicator in indicators),
        unrated=tuple(unrated),
        problems=(*workbook.problems, *check(workbook, history), *problems),
    )


def _rate(indicator: Indicator, history: History, settings: Settings) -> Rating:
    """Rate an indicator; the history goes before the column Same Month Last Year."""
    reading = history.at(indicator.code, indicator.month.year_before)
    last_year = reading.value if reading else None
    return rate_indicator(indicator, settings, last_year or indicator.last_year)


def _as_they_stood(
    workbook: Workbook, month: Month, history: History
) -> tuple[list[Indicator], list[UnratedRow], list[Problem]]:
    indicators: list[Indicator] = []
    unrated = list(workbook.unrated)
    problems = list(_no_such_month(workbook, month, history))
    for indicator in workbook.indicators:
        try:
            indicators.append(as_it_stood(indicator, month, history, workbook.settings))
        except ValidationError as invalid:
            reading = history.at(indicator.code, month)
            place = reading.place if reading else indicator.place
            problems.append(_not_rated(indicator, place.cell("target"), invalid))
            unrated.append(
                UnratedRow(code=indicator.code, short_name=indicator.short_name, place=place)
            )
    return indicators, unrated, problems


def _not_rated(indicator: Indicator, cell: str, invalid: ValidationError) -> Problem:
    reason = "; ".join(fault["msg"].removeprefix("Value error, ") for fault in invalid.errors())
    return Problem(
        severity=Severity.ERROR,
        cell=cell,
        message=f"{reason}; {indicator.code} is not rated",
        hint="Correct the target in the history, or the polarity.",
    )


def _no_such_month(workbook: Workbook, month: Month, history: History) -> list[Problem]:
    """Return a warning where neither the history nor any row has the month asked for."""
    months = history.months()
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
