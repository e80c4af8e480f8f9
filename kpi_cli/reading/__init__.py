"""Workbook → indicators, history and settings, and every problem met on the way."""

from pathlib import Path

from kpi_cli.models import Indicator, Problem, Reading, UnratedRow, Workbook
from kpi_cli.reading.history import read_history
from kpi_cli.reading.indicators import read_indicators
from kpi_cli.reading.settings import read_settings
from kpi_cli.reading.tables import Kind, find_tables, headings_seen
from kpi_cli.reading.workbook import UnreadableWorkbookError, content_of, read_sheets
from kpi_cli.visible import visible

__all__ = ["UnreadableWorkbookError", "content_of", "read_workbook"]


def read_workbook(source: str | Path | bytes, name: str | None = None) -> Workbook:
    """Return what an Excel workbook holds, with every problem found in it.

    The source is the path of a file, or the content of one. The name is the one that results
    carry: the file's own where none is given. Raises UnreadableWorkbookError where the workbook
    can't be read, or has no table of indicators.
    """
    if isinstance(source, bytes):
        content = source
    else:
        content, name = content_of(Path(source)), name or Path(source).name
    sheets = read_sheets(content)
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
        name=visible(name or "workbook.xlsx"),
        indicators=tuple(indicators),
        history=tuple(readings),
        settings=settings,
        unrated=tuple(unrated),
        problems=(*problems, *settings_problems),
    )
