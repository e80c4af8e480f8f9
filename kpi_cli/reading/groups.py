"""Rows that name a group for the rows below: an aim, an outcome, the OUs, a committee."""

import re
from collections.abc import Iterator

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Outcome
from kpi_cli.reading.heading_words import LONGEST_HEADING, named_field
from kpi_cli.reading.vocabulary import parse_outcome
from kpi_cli.xlsx.sheet import Cell

Groups = dict[str, Cell]
"""What rows of their own give to the rows below, by field."""

_MOST_CELLS = 8  # labels and contents in one row that names a group
_LONGEST_LABEL = 40
_PARTED = re.compile(r"([^:]{1,40}?)(?<=\S)(?:\s*+:|\s++[-–—]\s)\s*+(.*)")  # "Aim: SAFE"
_OUTCOME = re.compile(r"(expected outcome)\b\s*+(.*)", re.IGNORECASE)
_OUS = re.compile(r"(responsible ous?)\b\s*+[:\-–—]?\s*+(.*)", re.IGNORECASE)
_OUTCOMES = "|".join(re.escape(label) for o in Outcome for label in (o.label, o.short_label))
_COUNT = rf"(?i)(?:{_OUTCOMES})\s*+(?:[:=]\s*+)?\d"


def groups_named(cells: list[Cell]) -> Groups | None:
    """Return what a row names: by field, its content; None where the row names no group.

    A label and its content stand in one cell or in two, and there may be several in a row. The
    content keeps the address of the cell that it stands in; of an aim it is all that the row says.
    """
    if not 0 < len(cells) <= _MOST_CELLS:
        return None
    found: Groups = {}
    waiting: str | None = None
    for cell in cells:
        if waiting:
            if not _is_count(waiting, str(cell.value)):
                found[waiting] = cell
            waiting = None
            continue
        named = dict(_labelled(cell))
        if not named:
            return None
        field = next(reversed(named))
        waiting = field if named[field].value is None else None
        found |= named
    return found


def with_groups(above: Groups, named: Groups) -> Groups:
    """Return the groups that hold below a row: a group ends those that stand within it.

    The one that came first goes round those that came later. A new aim ends the outcome, too,
    and what stands within it: the report's sections by outcome come before those by aim.
    """
    holding = dict(above)
    for key, cell in named.items():
        ended = {key, "published_outcome"} if key == "aim" else {key}
        names = list(holding)
        end = min((names.index(name) for name in ended if name in holding), default=len(names))
        holding = {name: holding[name] for name in names[:end]} | {key: cell}
    return holding


def _labelled(cell: Cell) -> Iterator[tuple[str, Cell]]:
    """Yield each label that a cell has, as a field, and the content that stands beside it."""
    if not isinstance(cell.value, str):
        return
    found: list[tuple[str, list[str]]] = []
    for line in cell.value.strip().split("\n"):
        field, text = _label(line.strip())
        if field:
            found.append((field, [text]))
        elif found:
            found[-1][1].append(text)
        else:
            return
    for field, texts in found:
        content = "\n".join(texts).strip()
        if not _is_count(field, content):
            yield field, cell._replace(value=content or None)


def _label(line: str) -> tuple[str | None, str]:
    """Return the field that a line starts with as a label, and the text after it."""
    outcome = _OUTCOME.fullmatch(line)
    if outcome and parse_outcome(outcome[2]):
        return "published_outcome", outcome[2]
    parts = _OUS.fullmatch(line) or _PARTED.fullmatch(line)
    label, content = (parts[1], parts[2]) if parts else (line, "")
    field = named_field(label) if len(label) <= _LONGEST_LABEL else None
    told = INDICATOR_FIELDS.get(field) if field else None
    return (field, content) if told and told.names_group else (None, line)


def _is_count(field: str, content: str) -> bool:
    """Whether a row counts outcomes, and names none: "At risk of missing target 6 No Value 1"."""
    is_outcome = field == "published_outcome" and len(content) <= LONGEST_HEADING
    return is_outcome and bool(re.search(_COUNT, content))
