"""Indicators and workbooks for tests, from as little as a test wants to say."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook

from kpi_cli.addresses import Place
from kpi_cli.amounts import Line, Target, Value
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Polarity, Problem
from kpi_cli.period_words import parse_month, parse_period
from kpi_cli.periods import Month, Period
from kpi_cli.reading.written_targets import parse_written_target
from kpi_cli.reading.written_values import parse_written_value

JANUARY = Period(Month(2019, 1))
HEADINGS = (
    "MPR Code",
    "Short Name",
    "Minimise or Maximise",
    "Latest Month",
    "Month's Value",
    "Month's Target",
    "Annual Target 2018/19",
)
GOOD_ROW = ("CP 1.1", "Visits made [Monthly Snapshot]", "Aim to Maximise", date(2019, 1, 1), 95, 90)


def amount(text: str | None) -> Target | None:
    """Return the target that a text states; None for None."""
    return None if text is None else parse_written_target(text)


def value(text: str | None) -> Value | None:
    """Return the value that a text states; None for None."""
    found = None if text is None else parse_written_value(text)
    assert found is None or isinstance(found, Value)
    return found


def line(text: str, heading: str = "Floor", *, is_good_at_it: bool | None = None) -> Line:
    """Return the line that stands below a heading."""
    found = amount(text)
    assert found
    return Line(amount=found, heading=heading, is_good_at_it=is_good_at_it)


def month(text: str) -> Month:
    """Return the month that a text names."""
    found = parse_month(text)
    assert found
    return found


def period(text: str, year_starts: int = 4) -> Period:
    """Return the period that a text names."""
    found = parse_period(text, year_starts)
    assert isinstance(found, Period)
    return found


def indicator(
    value_text: str | None = "95",
    target: str | None = "90",
    annual: str | None = None,
    *,
    polarity: Polarity = Polarity.MAXIMISE,
    **fields: Any,
) -> Indicator:
    """Return an indicator with these figures."""
    given: dict[str, Any] = {
        "code": "CP 1.1",
        "short_name": "Visits made [Monthly Snapshot]",
        "period": JANUARY,
        "place": Place("Indicators", 4, {"code": 1, "value": 5, "target": 6, "last_year": 8}),
    }
    return Indicator(
        **given | fields,
        polarity=polarity,
        value=value(value_text),
        target=amount(target),
        annual_target=amount(annual),
    )


def reading(
    code: str,
    when: str,
    value_text: str | None,
    target: str | None = None,
    row: int = 2,
    year_starts: int = 4,
) -> Reading:
    """Return a row of history."""
    return Reading(
        code=code,
        period=period(when, year_starts),
        value=value(value_text),
        target=amount(target),
        place=Place("History", row, {"code": 1, "period": 2, "value": 3, "target": 4}),
    )


def save_workbook(path: Path, **sheets: list[Any]) -> Path:
    """Save a workbook whose sheets have these rows; `Old_Sheet=` makes the sheet "Old Sheet".

    A cell is a value, or a value with its number format: (0.675, "0.0%").
    """
    book = ExcelWorkbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row_number, row in enumerate(rows, start=1):
            for column, content in enumerate(row, start=1):
                shown, number_format = content if isinstance(content, tuple) else (content, None)
                cell = sheet.cell(row_number, column, shown)
                if number_format:
                    cell.number_format = number_format
    book.save(path)
    return path


def merge(path: Path, **areas: list[str]) -> Path:
    """Merge cells in a workbook's sheets: `Indicators=["A1:A2"]`."""
    book = load_workbook(path)
    for name, in_sheet in areas.items():
        for area in in_sheet:
            book[name.replace("_", " ")].merge_cells(area)
    book.save(path)
    return path


def row(**cells: Any) -> tuple[Any, ...]:
    """Return a row under HEADINGS, good but for the cells that are given by name.

    What isn't the name of a column of HEADINGS stands to the right of it, in the order given.
    """
    good = {
        "code": "CP 1.1",
        "short_name": "Visits made [Monthly Snapshot]",
        "polarity": "Aim to Maximise",
        "month": "January 2019",
        "value": 95,
        "target": 90,
        "annual_target": 90,
    }
    return tuple((good | cells).values())


def found(problems: Iterable[Problem]) -> list[tuple[str, str | None]]:
    """Return how bad each problem is, and its cell."""
    return [(problem.severity.value, problem.cell) for problem in problems]


HOSTILE = "[red]x[/red] [/] \x9b2J\x7f \u202ey\u2066z\na :smile: [link=https://a.b]c <b>|`_*~ {{x}}"
"""Text that a terminal, Rich, Markdown or HTML would obey."""


def save_hostile_workbook(folder: Path) -> Path:
    """Save a workbook with hostile text in its name, a sheet's name and every field of text.

    Its second row has no code, and is known by its cell.
    """
    texts = ("Managed By", "Scrutiny Committee", "Aim", "Responsible OUs", "Comment", "Outcome")
    settings = [("Setting", "Value"), ("Organisation", HOSTILE), ("Report Title", HOSTILE)]
    hostile_row = (
        *row(code=f"CP{HOSTILE}", short_name=HOSTILE),
        *[HOSTILE] * len(texts),
    )
    rows = [(*HEADINGS, *texts), hostile_row, row(code=None)]
    sheets = {"\x9b2J\u202ei": rows, "Settings": settings}
    return save_workbook(folder / "\x9b2J[red]\u202eh.xlsx", **sheets)
