"""The profile that says how a workbook was understood, as TOML to be completed by hand."""

from collections.abc import Iterable, Iterator, Sequence

import tomlkit
from tomlkit.items import Table, Whitespace

from kpi_cli.models import Outcome, ReadAs
from kpi_cli.names import fold
from kpi_cli.reading.heading_words import LONGEST_HEADING, fold_heading
from kpi_cli.sentences import listed, visible

_CUT = 60  # characters of a heading in an account

_WORDS = {
    "published_outcome": ("outcomes", listed((each.key for each in Outcome), last="or")),
    "published_direction": ("directions", "better, worse or same"),
    "polarity": ("polarities", "maximise, minimise or goldilocks"),
}
"""The table of a profile in which the words of a field stand, and what one may mean.

Which of these it is only the reader knows: a profile that names them all is refused."""


def profile_text(
    name: str, tables: Sequence[ReadAs], headings: Sequence[str] = (), existing: str = ""
) -> str:
    """Return a profile for workbooks such as the one of that name.

    It has the headings that are understood; what is missing, and what is not understood, stands in
    comments to be filled in, and so do the headings given. An existing profile is kept, and what it
    lacks is added.
    """
    document = tomlkit.parse(existing)
    missing = (line for line in _missing(tables) if line.partition(" ")[0] not in document)
    head = [line for line in missing if f"# {line.partition(' ')[0]} =" not in existing]
    if not existing:
        head[:0] = [
            f"How kpi reads workbooks such as {_plain(name)}.",
            "What stands behind a # is not in force: complete it.",
        ]
    understood = list(_understood(tables))
    unknown = [*_not_read(tables), *(text for text in headings if len(text) <= LONGEST_HEADING)]
    _complete(document, "headings", understood, unknown, "ignore", existing)
    for field, (key, meaning) in _WORDS.items():
        words = [word for table in tables for word in table.unknown_words.get(field, ())]
        if any(f"# {_key(word)} = " not in existing for word in words):
            _complete(document, key, (), words, meaning, existing)
    return "".join(f"# {line}\n" for line in head) + tomlkit.dumps(document)


def _complete(
    document: tomlkit.TOMLDocument,
    key: str,
    known: Iterable[tuple[str, str]],
    unknown: Iterable[str],
    meaning: str,
    existing: str,
) -> None:
    """Add to a table of a profile what is known, and in comments what isn't, with a meaning."""
    table = _table(document, key)
    folded = fold_heading if key == "headings" else fold
    there = {"", *map(folded, table)}  # what has no word can't be told by its words
    body = table.value.body
    has_end = bool(body) and isinstance(body[-1][1], Whitespace)
    while body and isinstance(body[-1][1], Whitespace):
        body.pop()
    for text, name in known:
        if folded(text) not in there:
            there.add(folded(text))
            table.add(text, name)
    for text in unknown:
        if folded(text) not in there and f"# {_key(text)} = " not in existing:
            there.add(folded(text))
            table.add(tomlkit.comment(f'{_key(text)} = "{meaning}"'))
    if has_end:
        table.add(tomlkit.nl())


def _missing(tables: Sequence[ReadAs]) -> Iterator[str]:
    """Yield the keys that tell what the workbook doesn't say.

    A period that it says is its own: in a profile it would count for the next one, too.
    """
    if any("period" not in table.fields and not table.period for table in tables) or not tables:
        yield 'period = "Q3 2018/19"'
    if any("polarity" not in table.fields for table in tables) or not tables:
        yield 'polarity = "maximise"  # of indicators that nothing else tells it of'
    yield 'definitions = "definitions.xlsx"'


def _understood(tables: Iterable[ReadAs]) -> Iterator[tuple[str, str]]:
    """Yield the headings without a period, and their fields: what has a period tells more."""
    for table in tables:
        for field, heading in table.fields.items():
            text = _text(heading, table)
            if field not in table.dated and text:
                yield text, field


def _not_read(tables: Iterable[ReadAs]) -> Iterator[str]:
    for table in tables:
        yield from filter(None, (_text(heading, table) for heading in table.not_read))


def _text(heading: str, table: ReadAs) -> str:
    """Return the text of a heading, which stands before its cell; "" where it may be cut."""
    sheet = table.cell.rpartition("!")[0]
    text = heading.rpartition(f'" in {sheet}!')[0].removeprefix('"')
    return text if len(text) < _CUT else ""


def _table(document: tomlkit.TOMLDocument, key: str) -> Table:
    """Return a table of a profile, with a line of its own; a new one stands at its end."""
    there = document.get(key)
    if isinstance(there, Table) and not there.is_super_table():
        return there
    if there is not None:
        document.remove(key)
    document.add(tomlkit.nl())
    table = tomlkit.table()
    for name, value in (there or {}).items():
        table.add(name, value)
    document.add(key, table)
    return table


def _key(text: str) -> str:
    return tomlkit.string(" ".join(text.split())).as_string()


def _plain(text: str) -> str:
    return visible(" ".join(text.split()))
