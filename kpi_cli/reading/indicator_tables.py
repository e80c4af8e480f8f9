"""Tables of indicators as they are kept and as they are published, read alike: a row for each.

The published report gives the aim, the outcome and the OUs in rows of their own, the groups, and
breaks a long comment over two rows; both may stand in a canonical table too.
"""

import re
from collections.abc import Container, Iterator, Mapping

from kpi_cli.addresses import Place
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Outcome
from kpi_cli.reading.headings import LONGEST_HEADING, field_of
from kpi_cli.reading.tables import Section, Table, rows_between
from kpi_cli.reading.vocabulary import parse_outcome
from kpi_cli.xlsx.sheet import Cell, Content, Sheet

_CODE = re.compile(  # CP 3.10, PI-7, 12a; not "Page 2"
    r"\s*+(?!page|part|section|table|sheet)[a-z]{0,6}[\s./-]*+\d[\w./-]*+\s*+", re.IGNORECASE
)
Row = tuple[Place, dict[str, Cell]]
Groups = dict[str, Cell]  # what rows of their own give to the rows below, by field


class IndicatorTable(Table):
    """A table of indicators, with what the rows above and between them say."""

    def rows(self) -> Iterator[Row]:
        """Yield a row for each indicator: with its groups, and the whole of its comment."""
        groups, named = self._groups()
        last: Row | None = None
        for place, cells in super().rows():
            if place.row in named:
                if last:
                    yield last
                last = None
            elif last and _goes_on(place, cells):
                last[1]["comment"] = _joined(last[1]["comment"], cells["comment"])
            else:
                if last:
                    yield last
                last = _with_groups(place, cells, groups.get(place.row, {}))
        if last:
            yield last

    def _groups(self) -> tuple[Mapping[int, Groups], set[int]]:
        """Return the groups that hold in each row, and the rows that name them."""
        holding: Groups = {}
        by_row: dict[int, Groups] = {}
        named: set[int] = set()
        for section in self.sections:
            for number, _ in self._rows_of(section):
                own = cells_within(self.sheet, number, self.width)
                is_comment = [cell.column for cell in own] == [self.columns.get("comment")]
                groups = None if is_comment else groups_named(own)
                if groups is not None:
                    holding = with_groups(holding, groups)
                    named.add(number)
                by_row[number] = holding
        return by_row, named

    def _rows_of(self, section: Section) -> Iterator[tuple[int, Mapping[int, Content]]]:
        yield from rows_between(self.sheet, section.first_lead_row, section.heading_row - 1)
        yield from rows_between(self.sheet, section.first_row, section.last_row)


def cells_within(sheet: Sheet, row: int, width: tuple[int, int]) -> list[Cell]:
    """Return a row's own cells in a table's columns and beside them, from the left."""
    first, last = width
    cells = (cell for cell in sheet.cells(row) if first <= cell.column <= last)
    return [cell for cell in cells if cell.row == row]


def first_lead_row(
    sheet: Sheet, after: int, heading_row: int, width: tuple[int, int], kept: Container[int]
) -> int:
    """Return the first of the rows above headings that are titles, or name a group.

    They stand below the row `after`. A title is alone in its row; what looks like a code, or
    stands in one of the columns kept, is the end of a comment or an indicator without the rest.
    """
    first = heading_row
    for number, _ in reversed(list(rows_between(sheet, after + 1, heading_row - 1))):
        own = cells_within(sheet, number, width)
        is_alone = len(own) == 1
        if is_alone and (own[0].column in kept or _CODE.fullmatch(str(own[0].value))):
            break
        if own and not is_alone and groups_named(own) is None:
            break
        first = number
    return first


def _goes_on(place: Place, cells: Mapping[str, Cell]) -> bool:
    """Whether a row has nothing but the rest of the comment above it."""
    return all(
        (field == "comment") is (not cell.is_blank and cell.row == place.row)
        for field, cell in cells.items()
    )


def _joined(comment: Cell, rest: Cell) -> Cell:
    if isinstance(comment.value, str) and isinstance(rest.value, str):
        return comment._replace(value=f"{comment.value.strip()} {rest.value.strip()}")
    return rest if comment.is_blank else comment


def _with_groups(place: Place, cells: dict[str, Cell], groups: Groups) -> Row:
    given = {
        field: cell
        for field, cell in groups.items()
        if not cell.is_blank and (field not in cells or cells[field].is_blank)
    }
    if not given:
        return place, cells
    positions = {field: cell.position for field, cell in given.items()}
    return place._replace(elsewhere={**place.elsewhere, **positions}), {**cells, **given}


_MOST_CELLS = 8  # labels and contents in one row that names a group
_LONGEST_LABEL = 40
_PARTED = re.compile(r"([^:]{1,40}?)(?<=\S)(?:\s*+:|\s++[-–—]\s)\s*+(.*)")  # "Aim: SAFE"
_OUTCOME = re.compile(r"(expected outcome)\b\s*+(.*)", re.IGNORECASE)
_OUS = re.compile(r"(responsible ous?)\b\s*+[:\-–—]?\s*+(.*)", re.IGNORECASE)
_AIM_ENDS = re.compile(r"[:•\n]")  # "SAFE: Priorities • …"
_OUTCOMES = "|".join(re.escape(label) for o in Outcome for label in (o.label, o.short_label))
_COUNT = re.compile(rf"(?:{_OUTCOMES})\s*+(?:[:=]\s*+)?\d", re.IGNORECASE)


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
    is_group = field is not None and INDICATOR_FIELDS[field].names_group
    return (field, content) if is_group else (None, line)


def _is_count(field: str, content: str) -> bool:
    """Whether a row counts outcomes, and names none: "At risk of missing target 6 No Value 1"."""
    is_outcome = field == "published_outcome" and len(content) <= LONGEST_HEADING
    return is_outcome and bool(_COUNT.search(content))


def _content(field: str, cell: Cell) -> Cell:
    """Return a group's cell; of "SAFE: Priorities • …" the aim is SAFE."""
    if field == "aim" and isinstance(cell.value, str):
        return cell._replace(value=_AIM_ENDS.split(cell.value.strip(), maxsplit=1)[0].strip())
    return cell
