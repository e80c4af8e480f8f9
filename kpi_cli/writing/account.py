"""What was understood of a workbook, told to people: in short, and field by field."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TextIO

from rich.cells import cell_len
from rich.console import RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import ReadAs, Workbook
from kpi_cli.sentences import counted, listed
from kpi_cli.writing.screen import paint
from kpi_cli.writing.script import Script

HOW = {
    "name": "by its name",
    "words": "by its words",
    "profile": "by the profile",
}
"""How sure it is that a heading means a field, by the keys of `ReadAs.how`."""

_MOST_NAMED = 12  # headings in one line
_LONGEST = 60  # characters of a heading
_GAP = 2
_LABELS = 13  # characters of the longest label, and a gap


def account(table: ReadAs) -> list[tuple[str, str]]:
    """Return in short what was understood of a table: what is told, and how."""
    sheet = table.cell.rpartition("!")[0]
    fields = {key: _bare(heading, sheet) for key, heading in table.fields.items()}
    own_period = f"in each row, below {fields['period']}" if "period" in fields else "not told"
    told = f"{table.period}, from {table.period_from}" if table.period_from else own_period
    lines = [
        ("Table", f"{table.cell}, {counted(table.rows, 'indicator')}"),
        ("Period", told),
        ("History", f"{counted(table.earlier, 'row')} of earlier periods" if table.earlier else ""),
        ("Polarity", _sources(table.polarity_from, sheet)),
        ("Read", listed((f"{_name(key)} {at}" for key, at in fields.items()), last="and")),
        ("Periods", _some([_bare(heading, sheet) for heading in table.periods])),
        ("Not read", _some([_bare(heading, sheet) for heading in table.not_read])),
        ("Defined", _defined(table)),
        ("Profile", table.profile or ""),
        ("Settings", table.settings_from or "kpi's own: amber to 5% off the annual target"),
        ("Priorities", _priorities(table)),
    ]
    return [(label, text) for label, text in lines if text]


def short_account(tables: Iterable[ReadAs], script: Script, width: int) -> Iterator[RenderableType]:
    """Yield the accounts of tables, each in a few lines."""
    for table in tables:
        yield _pairs(account(table), script, width)
        yield Text()


def write_map(workbook: Workbook, stream: TextIO) -> None:
    """Write what was understood of a workbook's tables, field by field."""
    paint(stream, partial(_map, workbook))


def _map(workbook: Workbook, script: Script, width: int) -> Iterator[RenderableType]:
    yield Text(script.text(workbook.name), "bold")
    for table in workbook.read_as:
        yield Text()
        yield _pairs([pair for pair in account(table) if pair[0] != "Read"], script, width)
        yield Text()
        yield from _fields(table, script, width)
    not_rated = len(workbook.unrated)
    total = not_rated + len(workbook.indicators)
    yield Text()
    summary = f"{len(workbook.indicators)} of {counted(total, 'indicator')} can be rated"
    more = "; kpi check says what keeps the others from it" if not_rated else ""
    yield Text(script.text(summary + more), "bold")


def _fields(table: ReadAs, script: Script, width: int) -> Iterator[RenderableType]:
    """Yield a line for each field: the heading taken for it, and how sure that is."""
    names = max((len(_name(key)) for key in table.fields), default=0)
    hows = max(len(how) for how in HOW.values())
    sheet = table.cell.rpartition("!")[0]
    longest = max((cell_len(_bare(heading, sheet)) for heading in table.fields.values()), default=0)
    room = max(min(longest, width - names - hows - 2 * _GAP), 10)
    yield _grid(
        [Text("Field", "bold"), Text("Heading", "bold"), Text("Understood", "bold")],
        (names, room, hows),
    )
    for key, heading in table.fields.items():
        how = HOW[table.how.get(key, "words")]
        texts = (_name(key), _bare(heading, sheet), how)
        yield _grid([Text(script.text(text)) for text in texts], (names, room, hows))
    for field, words in table.unknown_words.items():
        shown = ", ".join(f'"{word}"' for word in words)
        yield Text(script.text(f"Unknown as {_name(field)}: {shown}"), "yellow")


def _sources(polarity_from: Mapping[str, int], sheet: str) -> str:
    sources = [f"{_bare(source, sheet)} ({n})" for source, n in polarity_from.items()]
    return f"from {listed(sources, last='and')}" if sources else "not told"


def _defined(table: ReadAs) -> str:
    if not table.definitions:
        return ""
    given = listed((f"{_name(key)} for {n}" for key, n in table.defined.items()), last="and")
    return f"in {table.definitions}: {given or 'nothing that the workbook lacks'}"


def _priorities(table: ReadAs) -> str:
    return f"of the aims, from {table.priorities_from}" if table.priorities_from else ""


def _some(headings: Sequence[str]) -> str:
    shown = list(headings[:_MOST_NAMED])
    if more := len(headings) - len(shown):
        shown.append(f"{more} more")
    return listed(shown, last="and")


def _name(key: str) -> str:
    """Return what a field is called: by its name in messages, or by its key."""
    field = INDICATOR_FIELDS.get(key)
    return (field and field.name) or key.replace("_", " ")


def _bare(heading: str, sheet: str) -> str:
    """Return a heading with its cell, without the sheet that all have in common."""
    text, at, cell = heading.replace(f" in {sheet}!", " in ").rpartition('" in ')
    cut = f"{text[:_LONGEST]}…" if len(text) > _LONGEST else text
    return f"{cut}{at}{cell}"


def _pairs(pairs: Sequence[tuple[str, str]], script: Script, width: int) -> RenderableType:
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    grid.add_column(width=_LABELS - _GAP)
    grid.add_column(width=max(width - _LABELS - _GAP, 10), overflow="fold")
    for label, text in pairs:
        grid.add_row(Text(label, "dim"), Text(script.text(text)))
    return Padding(grid, 0)


def _grid(cells: Sequence[RenderableType], widths: Sequence[int]) -> Table:
    grid = Table.grid(padding=(0, _GAP, 0, 0))
    for width in widths:
        grid.add_column(width=width, overflow="fold")
    grid.add_row(*cells)
    return grid
