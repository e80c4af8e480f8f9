"""Workbook → indicators, history and settings, and every problem met on the way."""

from pathlib import Path

from kpi_cli.models import Indicator, Problem, Reading, UnratedRow, Workbook
from kpi_cli.reading.history import read_history
from kpi_cli.reading.indicators import read_indicators
from kpi_cli.reading.limits import MAX_SIZE
from kpi_cli.reading.settings import read_settings
from kpi_cli.reading.tables import Kind, find_tables, headings_seen
from kpi_cli.reading.unreadable import UnreadableWorkbookError
from kpi_cli.reading.workbook import read_sheets
from kpi_cli.visible import visible

__all__ = ["MAX_SIZE", "UnreadableWorkbookError", "read_workbook"]


def read_workbook(
    source: str | Path | bytes, name: str | None = None, *, max_size: int = MAX_SIZE
) -> Workbook:
    """Return what an Excel workbook holds, with every problem found in it.

    The source is a path, or a workbook's content. The name is the one that results carry: the
    file's own where none is given. What unpacks to more than max_size bytes is not read. Raises
    UnreadableWorkbookError where the file can't be read, or has no table of indicators.
    """
    if isinstance(source, str):
        source = Path(source)
    own_name = source.name if isinstance(source, Path) else "workbook"
    sheets = read_sheets(source, max_size)
    tables, unread = find_tables(sheets)
    if not any(table.kind is Kind.INDICATORS for table in tables):
        raise UnreadableWorkbookError(
            "no sheet has a table of indicators, with headings such as MPR Code, Short Name and"
            f" Minimise or Maximise; the sheets found: {headings_seen(sheets) or 'none'}"
        )
    settings, settings_problems = read_settings([t for t in tables if t.kind is Kind.SETTINGS])
    indicators: list[Indicator] = []
    unrated: list[UnratedRow] = []
    readings: list[Reading] = []
    problems: list[Problem] = list(unread)
    for table in tables:
        problems += table.problems
        if table.kind is Kind.INDICATORS:
            rows = read_indicators(table)
            indicators += rows.indicators
            unrated += rows.unrated
            problems += rows.problems
        elif table.kind is Kind.HISTORY:
            found, history_problems = read_history(table)
            readings += found
            problems += history_problems
    return Workbook(
        name=visible(name or own_name),
        indicators=tuple(indicators),
        history=tuple(readings),
        settings=settings,
        unrated=tuple(unrated),
        problems=(*problems, *settings_problems),
    )
