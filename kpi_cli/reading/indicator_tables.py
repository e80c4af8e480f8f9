"""Tables of indicators as they are kept and as they are published, read alike: a row for each.

The published report gives the aim, the outcome and the OUs in rows of their own, and breaks a long
comment over two rows; both may stand in a canonical table too.
"""

import re
from collections.abc import Container, Iterator, Mapping

from kpi_cli.places import Place
from kpi_cli.reading.cells import Cell, Content, Sheet
from kpi_cli.reading.groups import Groups, groups_named, with_groups
from kpi_cli.reading.merged import is_own
from kpi_cli.reading.tables import Section, Table, rows_between

_CODE = re.compile(  # CP 3.10, PI-7, 12a; not "Page 2"
    r"\s*+(?!page|part|section|table|sheet)[a-z]{0,6}[\s./-]*+\d[\w./-]*+\s*+", re.IGNORECASE
)
Row = tuple[Place, dict[str, Cell]]


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
    return [cell for cell in cells if is_own(cell, row)]


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
        (field == "comment") is (not cell.is_blank and is_own(cell, place.row))
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
    addresses = {field: cell.address for field, cell in given.items()}
    return place._replace(elsewhere={**place.elsewhere, **addresses}), {**cells, **given}
