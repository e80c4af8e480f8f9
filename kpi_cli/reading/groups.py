"""Rows that name a group: the aim, the outcome, the OUs of all indicators below them."""

import re
from collections.abc import Iterator

from kpi_cli.models import Outcome
from kpi_cli.reading.cells import Cell
from kpi_cli.reading.headings import GROUP_FIELDS, LONGEST_HEADING, field_of
from kpi_cli.reading.words import parse_outcome

_MOST_CELLS = 8  # labels and contents in one row that names a group
_LONGEST_LABEL = 40
_PARTED = re.compile(r"([^:]{1,40}?)(?<=\S)(?:\s*+:|\s++[-–—]\s)\s*+(.*)")  # "Aim: SAFE"
_OUTCOME = re.compile(r"(expected outcome)\b\s*+(.*)", re.IGNORECASE)
_OUS = re.compile(r"(responsible ous?)\b\s*+[:\-–—]?\s*+(.*)", re.IGNORECASE)
_AIM_ENDS = re.compile(r"[:•\n]")  # "SAFE: Priorities • …"
_OUTCOMES = "|".join(re.escape(label) for o in Outcome for label in (o.label, o.short_label))
_COUNT = re.compile(rf"(?:{_OUTCOMES})\s*+(?:[:=]\s*+)?\d", re.IGNORECASE)

Groups = dict[str, Cell]


def groups_named(cells: list[Cell]) -> Groups | None:
    """Return what a row names: by field, its content; None where the row names no group.

    A label and its content stand in one cell or in two, and there may be several in a row. The
    content keeps the address of the cell that it stands in.
    """
    if not 0 < len(cells) <= _MOST_CELLS:
        return None
    found: Groups = {}
    waiting: str | None = None
    for cell in cells:
        if waiting:
            if not _is_count(waiting, str(cell.value)):
                found[waiting] = _content(waiting, cell)
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
    for field, cell in named.items():
        ended = {field, "published_outcome"} if field == "aim" else {field}
        names = list(holding)
        end = min((names.index(name) for name in ended if name in holding), default=len(names))
        holding = {name: holding[name] for name in names[:end]} | {field: cell}
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
            yield field, _content(field, cell._replace(value=content or None))


def _label(line: str) -> tuple[str | None, str]:
    """Return the field that a line starts with as a label, and the text after it."""
    outcome = _OUTCOME.fullmatch(line)
    if outcome and parse_outcome(outcome[2]):
        return "published_outcome", outcome[2]
    parts = _OUS.fullmatch(line) or _PARTED.fullmatch(line)
    label, content = (parts[1], parts[2]) if parts else (line, "")
    field = field_of(label) if len(label) <= _LONGEST_LABEL else None
    return (field, content) if field in GROUP_FIELDS else (None, line)


def _is_count(field: str, content: str) -> bool:
    """Whether a row counts outcomes, and names none: "At risk of missing target 6 No Value 1"."""
    is_outcome = field == "published_outcome" and len(content) <= LONGEST_HEADING
    return is_outcome and bool(_COUNT.search(content))


def _content(field: str, cell: Cell) -> Cell:
    """Return a group's cell; of "SAFE: Priorities • …" the aim is SAFE."""
    if field == "aim" and isinstance(cell.value, str):
        return cell._replace(value=_AIM_ENDS.split(cell.value.strip(), maxsplit=1)[0].strip())
    return cell
