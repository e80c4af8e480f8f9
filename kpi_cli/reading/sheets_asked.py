"""The sheets that are asked for, and what is said of those that nothing is read from."""

from collections.abc import Iterator, Sequence
from itertools import islice

from kpi_cli.addresses import quoted_sheet
from kpi_cli.models import Problem
from kpi_cli.names import fold, is_as_asked
from kpi_cli.period_words import noun_named
from kpi_cli.reading.heading_rows import Headings, heads_keys
from kpi_cli.reading.headings import Reader, known_field
from kpi_cli.reading.problems import warning
from kpi_cli.reading.tables import Table
from kpi_cli.sentences import listed
from kpi_cli.xlsx.sheet import Cell, Sheet
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

_HINT = (
    "A history has Code, Month and Value, or a column for each month with its year, such as Apr-17;"
    " a list needs none of it."
)
_MOST_SHEETS_SEEN = 5  # that a message names
_MOST_ROWS_SEEN = 50  # at the top of a sheet, in which its headings are looked for


def unknown_sheets(sheets: Sequence[Sheet], asked: Sequence[str]) -> str | None:
    """Return what to say of the names asked for that no sheet has; None where there are none."""
    unknown = [
        f'"{name}"' for name in asked if not any(_is_asked(sheet.name, [name]) for sheet in sheets)
    ]
    if not unknown:
        return None
    found = listed((f'"{sheet.name}"' for sheet in sheets), last="and") or "none"
    return f"there is no sheet {listed(unknown)}; the sheets found: {found}"


def damage_asked(sheets: Sequence[Sheet], asked: Sequence[str]) -> UnreadableWorkbookError | None:
    """Return what is wrong with the first damaged one of the sheets asked for; None without."""
    damaged = (sheet for sheet in sheets if sheet.damage and _is_asked(sheet.name, asked))
    return next((sheet.damage for sheet in damaged), None)


def tables_asked(tables: Sequence[Table], asked: Sequence[str]) -> list[Table]:
    """Return the tables of the sheets asked for, and of other sheets those of any other kind.

    So the history and the settings count whichever sheet of indicators is asked for, unless a
    sheet that has them is asked for too. Names match as they fold; `*` stands for anything.
    """
    kinds = {table.kind for table in tables if _is_asked(table.sheet.name, asked)}
    return [
        table for table in tables if table.kind not in kinds or _is_asked(table.sheet.name, asked)
    ]


def _is_asked(name: str, asked: Sequence[str]) -> bool:
    return any(is_as_asked(fold(name), fold(each)) for each in asked)


def headings_seen(sheets: list[Sheet]) -> str:
    """Return what stands at the top of each sheet, for the message that no table was found."""
    tops = []
    for sheet in sheets[:_MOST_SHEETS_SEEN]:
        texts = ", ".join(text[:30] for text in _top(sheet)[:8])
        tops.append(f"{quoted_sheet(sheet.name)} ({texts or 'empty'})")
    if others := len(sheets[_MOST_SHEETS_SEEN:]):
        tops.append(f"and {others:,} more")
    return "; ".join(tops)


def likely_headings(sheets: list[Sheet]) -> list[str]:
    """Return what stands in the row of each sheet that is most like headings."""
    return list(dict.fromkeys(text for sheet in sheets for text in _top(sheet)))


def _top(sheet: Sheet) -> list[str]:
    """Return the texts of the row, at the top of a sheet, that is most like headings."""
    rows = (sheet.cells(number) for number in islice(sheet.rows, _MOST_ROWS_SEEN))
    row = max(rows, key=_likeness_to_headings, default=[])
    texts = (" ".join(str(cell.value).split()) for cell in row if not cell.is_blank)
    return list(texts)


def _likeness_to_headings(cells: list[Cell]) -> tuple[int, int]:
    """Return by what the row most like headings is found: the known ones, then any text."""
    texts = [cell.value for cell in cells if isinstance(cell.value, str)]
    return sum(known_field(text) is not None for text in texts), len(texts)


def unknown_table(headings: Headings) -> Problem:
    """Return a warning for a table that has codes, and is of no kind that is read."""
    cell = headings.known.get("code", [headings.headings[0].cell])[0]
    message = "this table has codes, but is none that is known; it is not read"
    return warning(cell, message, _HINT)


def left_out(sheet: Sheet) -> Problem:
    """Return a warning for a damaged sheet on which no table was seen, up to the damage."""
    message = "this sheet is damaged, and is left out; no table was seen on it"
    hint = (
        "If something on it should count, open the workbook in Excel, and save it again as .xlsx."
    )
    return warning(Cell(sheet.name, 1, 1), message, hint)


def unstyled(sheet: Sheet) -> Iterator[Problem]:
    """Yield a warning for numbers that may be percentages or dates, for all that the file says."""
    if sheet.unstyled:
        message = (
            "the workbook lacks the style of this cell, the first such one: a percentage of 95% is"
            " read as 0.95, and a date as a number"
        )
        hint = "Open the workbook in Excel, look at its numbers, and save it again."
        yield warning(sheet.cell(*sheet.unstyled), message, hint)


def unread(sheet: Sheet, reader: Reader) -> Iterator[Problem]:
    """Yield a warning for a sheet that has codes, or months and values, but no table known."""
    for number, row in sheet.rows.items():
        for column, content in row.items():
            if heads_keys(content, ("code",), reader):
                message = "this sheet has codes, but no table that is known; it is not read"
                yield warning(sheet.cell(number, column), message, _HINT)
                return
    for number in islice(sheet.rows, _MOST_ROWS_SEEN):
        fields = {
            known_field(cell.value): cell
            for cell in sheet.cells(number)
            if isinstance(cell.value, str) and not cell.fault
        }
        if {"period", "value"} <= fields.keys():
            what = f"{noun_named(str(fields['period'].value))}s"
            message = f"this sheet has {what} and values, but no column of codes; it is not read"
            yield warning(fields["period"], message, _HINT)
            return
