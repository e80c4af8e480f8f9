"""The sheets asked for, where a workbook has several with tables of one kind."""

from collections.abc import Sequence

from kpi_cli.names import fold, is_as_asked, listed
from kpi_cli.reading.cells import Sheet
from kpi_cli.reading.tables import Table


def unknown_sheets(sheets: Sequence[Sheet], asked: Sequence[str]) -> str | None:
    """Return what to say of the names asked for that no sheet has; None where there are none."""
    unknown = [
        f'"{name}"' for name in asked if not any(_is_asked(sheet.name, [name]) for sheet in sheets)
    ]
    if not unknown:
        return None
    found = listed((f'"{sheet.name}"' for sheet in sheets), last="and") or "none"
    return f"there is no sheet {listed(unknown)}; the sheets found: {found}"


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
