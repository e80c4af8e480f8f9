"""What one check finds in indicators and history that a test gives."""

from typing import Any

from kpi_cli.addresses import Place
from kpi_cli.checks import CHECKS, Check, Data
from kpi_cli.history import History, Reading
from kpi_cli.models import Indicator, Problem, ReadAs, Settings, UnratedRow, Workbook
from kpi_cli.periods import Month
from kpi_cli.report import rate
from tests.builders import indicator

COLUMNS = {
    "code": 1, "short_name": 2, "aim": 3, "polarity": 4, "period": 5, "value": 6, "target": 7,
    "annual_target": 8, "published_outcome": 9, "published_direction": 10, "comment": 11,
    "managed_by": 12, "committee": 13, "responsible_ous": 14, "year_introduced": 15,
    "tolerance": 16, "last_year": 17,
}  # fmt: skip
TODAY = Month(2019, 2)


def place(row: int, *without: str) -> Place:
    """Return a row of the sheet Indicators, which has every column but these."""
    columns = {name: column for name, column in COLUMNS.items() if name not in without}
    return Place("Indicators", row, columns)


def row(number: int = 4, value: str | None = "95", target: str | None = "90", **given: Any) -> Any:
    """Return an indicator in this row of a sheet that has every column."""
    fields: dict[str, Any] = {"code": f"CP 1.{number}", "place": place(number)}
    return indicator(value, target, **fields | given)


def check_named(name: str) -> Check:
    """Return the check of this name."""
    return next(check for check in CHECKS if check.name == name)


def problems_of(
    name: str,
    *indicators: Indicator,
    history: tuple[Reading, ...] = (),
    settings: Settings | None = None,
    problems: tuple[Problem, ...] = (),
    unrated: tuple[UnratedRow, ...] = (),
    read_as: tuple[ReadAs, ...] = (),
) -> list[Problem]:
    """Return the problems that the check of this name finds, in February 2019."""
    workbook = Workbook(
        name="x.xlsx",
        indicators=indicators,
        history=History(history),
        settings=settings or Settings(),
        problems=problems,
        unrated=unrated,
        read_as=read_as,
    )
    report = rate(workbook, today=TODAY)
    data = Data(workbook, report, TODAY)
    return list(check_named(name).problems(data))


def found(name: str, *indicators: Indicator, **given: Any) -> list[tuple[str | None, str]]:
    """Return where and what the check of this name finds."""
    return [(p.cell, p.message) for p in problems_of(name, *indicators, **given)]
