"""Workbook → indicators, history and settings, and every problem met on the way."""

from collections.abc import Sequence
from pathlib import Path

from kpi_cli.history import History
from kpi_cli.models import Problem, Workbook
from kpi_cli.reading.history_tables import HistoryRows, read_history, targets_alone, with_targets
from kpi_cli.reading.indicator_rows import IndicatorRows, read_indicators
from kpi_cli.reading.repeats import settle_repeats
from kpi_cli.reading.settings import read_settings
from kpi_cli.reading.table_search import find_tables, headings_seen, tables_asked, unknown_sheets
from kpi_cli.reading.tables import Table, TableKind
from kpi_cli.sentences import visible
from kpi_cli.xlsx.limits import MAX_SIZE
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError
from kpi_cli.xlsx.workbook_file import read_sheets


def read_workbook(
    source: str | Path | bytes,
    name: str | None = None,
    *,
    sheets: Sequence[str] = (),
    max_size: int = MAX_SIZE,
) -> Workbook:
    """Return what an Excel workbook holds, with every problem found in it.

    The source is a path, or a workbook's content. The name is the one that results carry: the
    file's own where none is given. Where sheets are named, no other sheet of their kind is read:
    of indicators, of history, of settings. What unpacks to more than max_size bytes is not read.
    Raises UnreadableWorkbookError where the file can't be read, has no table of indicators, or
    has no sheet of a name that is given.
    """
    if isinstance(source, str):
        source = Path(source)
    own_name = source.name if isinstance(source, Path) else "workbook"
    found = read_sheets(source, max_size)
    if unknown := unknown_sheets(found, sheets):
        raise UnreadableWorkbookError(unknown)
    tables, unread = find_tables(found)
    tables = tables_asked(tables, sheets)
    if not any(table.kind is TableKind.INDICATORS for table in tables):
        raise UnreadableWorkbookError(
            "no sheet has a table of indicators, with headings such as MPR Code, Short Name and"
            f" Minimise or Maximise; the sheets found: {headings_seen(found) or 'none'}"
        )
    return _read_tables(tables, unread, visible(name or own_name))


def _read_tables(tables: list[Table], unread: list[Problem], name: str) -> Workbook:
    """Return what the tables hold; unread are the problems of what stands outside of them."""
    settings, settings_problems = read_settings([t for t in tables if t.kind is TableKind.SETTINGS])
    indicators: list[tuple[Table, IndicatorRows]] = []
    history = HistoryRows()
    problems: list[Problem] = list(unread)
    for table in tables:
        problems += table.problems
        if table.kind is TableKind.INDICATORS:
            rows = read_indicators(table)
            indicators.append((table, rows))
            problems += rows.problems
        elif table.kind is TableKind.HISTORY:
            read = read_history(table)
            history.readings += read.readings
            history.targets += read.targets
            problems += read.problems
    problems += targets_alone(history)
    settled = settle_repeats(indicators)
    return Workbook.model_construct(  # its parts are valid: to say so again takes time
        name=name,
        indicators=tuple(settled.indicators),
        history=History(with_targets(history.readings, history.targets)),
        settings=settings,
        unrated=tuple(settled.unrated),
        # A cell that counts in several rows, or in several months, is told of once.
        problems=tuple(dict.fromkeys((*problems, *settled.problems, *settings_problems))),
    )
