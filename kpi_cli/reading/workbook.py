"""Workbook → indicators, history and settings, and every problem met on the way."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_cli.history import History, Reading
from kpi_cli.models import Polarity, Problem, ReadAs, Workbook
from kpi_cli.periods import Period
from kpi_cli.reading.definitions import Definitions, DefinitionsFile, read_definitions
from kpi_cli.reading.guide import Guide
from kpi_cli.reading.history_tables import HistoryRows, read_history, targets_alone, with_targets
from kpi_cli.reading.indicator_rows import Default, IndicatorRows, read_indicators
from kpi_cli.reading.indicator_tables import IndicatorTable
from kpi_cli.reading.priorities import AimsRead, NamedAim, read_aims
from kpi_cli.reading.repeats import settle_repeats
from kpi_cli.reading.settings import read_settings
from kpi_cli.reading.sheets_asked import (
    damage_asked,
    headings_seen,
    likely_headings,
    tables_asked,
    unknown_sheets,
)
from kpi_cli.reading.table_search import find_tables
from kpi_cli.reading.tables import Table, TableKind
from kpi_cli.sentences import visible
from kpi_cli.xlsx.limits import MAX_SIZE
from kpi_cli.xlsx.sheet import Sheet
from kpi_cli.xlsx.unreadable import NoTableError, UnreadableWorkbookError
from kpi_cli.xlsx.workbook_file import read_sheets

if TYPE_CHECKING:  # loaded where there is one
    from kpi_cli.reading.profile import Given


def read_workbook(
    source: str | Path | bytes,
    name: str | None = None,
    *,
    sheets: Sequence[str] = (),
    max_size: int = MAX_SIZE,
    period: Period | str | None = None,
    polarity: Polarity | None = None,
    profile: "Given | None" = None,
    definitions: DefinitionsFile | None = None,
) -> Workbook:
    """Return what an Excel workbook holds, with every problem found in it.

    The source is a path, or a workbook's content. The name is the one that results carry: the
    file's own where none is given. Where sheets are named, no other sheet of their kind is read:
    of indicators, of history, of settings, of aims. The period is that of all rows that don't tell
    their own, and the polarity of all indicators that nothing tells it of; both go before those of
    the profile, which explains the workbook's headings and words, and the definitions, a workbook
    of what is known of each indicator, before those that the profile names. What unpacks to more
    than max_size bytes is not read.
    Raises UnreadableWorkbookError where the file can't be read, has no table of indicators, or
    has no sheet of a name that is given, and where the words for the period are unclear.
    """
    if isinstance(source, str):
        source = Path(source)
    own_name = source.name if isinstance(source, Path) else "workbook"
    found = read_sheets(source, max_size)
    if unknown := unknown_sheets(found, sheets):
        raise UnreadableWorkbookError(unknown)
    known = profile.profile if profile else None
    if definitions is None and known and known.definitions:
        definitions = read_definitions(Path(known.definitions))
    guide = Guide(
        name or own_name,
        year_starts=known.year_starts if known else 4,
        period=period or (known.period if known else None),
        profile=profile,
        definitions=Definitions.opened(definitions, max_size) if definitions else None,
    )
    default = Default(polarity, "--polarity") if polarity else None
    if profile and known and known.polarity and not default:
        default = Default(Polarity(known.polarity), profile.name)
    tables, unread = _find_tables(found, guide)
    tables = tables_asked(tables, sheets)
    has_indicators = any(table.kind is TableKind.INDICATORS for table in tables)
    if damage := damage_asked(found, sheets if has_indicators else ["*"]):
        raise damage
    if not has_indicators:
        raise NoTableError(
            "no sheet has a table of indicators, with headings such as Code, Indicator, Target and"
            " Actual (kpi map writes a profile in which to say what each heading means); the sheets"
            f" found: {headings_seen(found) or 'none'}",
            likely_headings(found),
        )
    return _read_tables(tables, unread, visible(name or own_name), guide, default)


def _find_tables(sheets: list[Sheet], guide: Guide) -> tuple[list[Table], list[Problem]]:
    """Return the tables of sheets, read again where a setting says when their year starts."""
    tables, problems = find_tables(sheets, guide)
    settings, _ = read_settings(_of_kind(TableKind.SETTINGS, tables), guide.settings)
    if settings.financial_year_starts == guide.year_starts:
        return tables, problems
    if guide.definitions:
        guide.definitions.by_report.clear()
    return find_tables(sheets, guide._replace(year_starts=settings.financial_year_starts))


def _of_kind(kind: TableKind, tables: list[Table]) -> list[Table]:
    return [table for table in tables if table.kind is kind]


def _read_tables(
    tables: list[Table], unread: list[Problem], name: str, guide: Guide, default: Default | None
) -> Workbook:
    """Return what the tables hold; unread are the problems of what stands outside of them."""
    of_settings = _of_kind(TableKind.SETTINGS, tables)
    settings, settings_problems = read_settings(of_settings, guide.settings)
    indicators: list[tuple[Table, IndicatorRows]] = []
    history = HistoryRows()
    problems: list[Problem] = list(unread)
    for table in tables:
        problems += table.problems
        problems += table.contradicted() if isinstance(table, IndicatorTable) else ()
        if table.kind is TableKind.INDICATORS:
            rows = read_indicators(table, default)
            indicators.append((table, rows))
            problems += rows.problems
        elif table.kind is TableKind.HISTORY:
            read = read_history(table)
            history.readings += read.readings
            history.targets += read.targets
            problems += read.problems
    problems += targets_alone(history)
    problems += guide.definitions.problems() if guide.definitions else ()
    aims = _aims(tables, indicators)
    problems += aims.problems
    settled, earlier = settle_repeats(indicators)
    return Workbook.model_construct(  # its parts are valid: to say so again takes time
        name=name,
        indicators=tuple(settled.indicators),
        history=History(with_targets(_with_earlier(history, earlier), history.targets)),
        settings=settings,
        unrated=tuple(settled.unrated),
        read_as=tuple(_accounts(indicators, earlier, of_settings, aims.told_in, guide)),
        priorities=aims.priorities,
        # A cell that counts in several rows, or in several months, is told of once.
        problems=tuple(dict.fromkeys((*problems, *settled.problems, *settings_problems))),
    )


def _with_earlier(history: HistoryRows, earlier: list[Reading]) -> list[Reading]:
    """Return the history's readings and those of earlier sheets' rows, each figure once.

    Where a row has its figure from a column of periods the two are one; the row knows its target.
    """
    known = {(reading.place.position("value"), reading.period) for reading in earlier}
    others = history.readings
    if known:
        others = [r for r in others if (r.place.position("value"), r.period) not in known]
    return [*others, *earlier]


def _aims(tables: list[Table], found: list[tuple[Table, IndicatorRows]]) -> AimsRead:
    """Return the priorities of the aims, from wherever the workbook tells them."""
    above: list[NamedAim] = []
    of_indicators: dict[str, str] = {}
    for table, rows in found:
        above += table.named_aims if isinstance(table, IndicatorTable) else ()
        of_indicators |= rows.aims
    return read_aims(_of_kind(TableKind.AIMS, tables), above, of_indicators)


def _accounts(
    found: list[tuple[Table, IndicatorRows]],
    earlier: list[Reading],
    settings: list[Table],
    priorities_from: str | None,
    guide: Guide,
) -> Iterator[ReadAs]:
    """Yield what was understood of each table of indicators."""
    profile = guide.profile.name if guide.profile else None
    of_profile = profile if guide.settings else None
    settings_from = settings[0].heading_cell.address if settings else of_profile
    places = {id(reading.place) for reading in earlier}
    for table, rows in found:
        if isinstance(table, IndicatorTable) and (understood := table.understood()):
            past = sum(id(indicator.place) in places for indicator in rows.indicators)
            if past == len(rows.indicators):  # a sheet of an earlier period, and that alone
                past = 0
            yield replace(
                understood,
                rows=len(rows.indicators) + len(rows.unrated) - past,
                earlier=past,
                polarity_from=dict(rows.polarity_from),
                definitions=guide.definitions.name if guide.definitions else None,
                defined=dict(rows.defined),
                unknown_words={key: tuple(words) for key, words in rows.unknown_words.items()},
                profile=profile,
                settings_from=settings_from,
                priorities_from=priorities_from,
            )
