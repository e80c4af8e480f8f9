"""Tables of indicators as they are kept and as they are published, read alike: a row for each.

The published report gives the aim, the outcome and the OUs in rows of their own, the groups, and
breaks a long comment over two rows; both may stand in a canonical table too.
"""

import re
from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kpi_cli.addresses import Place, Position
from kpi_cli.models import Problem, ReadAs
from kpi_cli.periods import Period
from kpi_cli.reading.definitions import Definitions
from kpi_cli.reading.groups import Groups, groups_named, with_groups
from kpi_cli.reading.heading_words import names_code_and_name
from kpi_cli.reading.history_tables import PeriodColumn
from kpi_cli.reading.priorities import AimRow, NamedAim
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.report_period import (
    Told,
    dated_after,
    grouped_otherwise,
    length_of_values,
    stands_apart,
    told_by_group,
)
from kpi_cli.reading.tables import Section, Table, rows_between
from kpi_cli.reading.values import named_period
from kpi_cli.sentences import some
from kpi_cli.xlsx.sheet import Cell, Content, Sheet

_CODE = (  # CP 3.10, PI-7, 12a; not "Page 2"
    r"(?i)\s*+(?!page|part|section|table|sheet)[a-z]{0,6}[\s./-]*+\d[\w./-]*+\s*+"
)
_CODE_AND_NAME = (  # CP 2.3 Homes let; KPI 2 – Homes let
    r"(?is)\s*+([a-z]{1,6}[\s.-]?\d[\w./]*+)(?:\s*+[-–—:]\s*+|\s++)(\S.*)"
)
_FEWEST_ROWS = 3  # all of which begin so
_ALWAYS = ("short_name", "polarity", "period", "value")  # that are asked for, column or not
_NOTE = r"(?i)\s*+(?:notes?|source|key|total|red|amber|green|page|\*)\b"
Row = tuple[Place, dict[str, Cell]]


@dataclass(frozen=True, eq=False)
class IndicatorTable(Table):
    """A table of indicators, with what its headings and the rows above and between them say."""

    told: Told | None = None  # the period of the rows that don't tell their own
    told_below: Mapping[int, Told] = field(default_factory=dict)  # and of later sections
    is_asked: bool = False  # what is told, by --period or a profile
    report: Period | None = None  # that periods in headings are set against
    read_as: ReadAs | None = None  # what was understood of the headings
    periods: tuple[PeriodColumn, ...] = ()
    definitions: Definitions | None = None

    @property
    def columns_read(self) -> Collection[int]:
        """The columns of fields, and of periods."""
        return {*self.columns.values(), *(column.heading.column for column in self.periods)}

    def rows(self) -> Iterator[Row]:
        """Yield a row for each indicator: with its groups, and the whole of its comment.

        Its value and target, where columns of periods have them, are those of the last period that
        has a value, up to the report's.
        """
        for row in self._own_rows():
            yield self._with_definitions(self._with_code(row))

    @cached_property
    def _codes_and_names(self) -> str | None:
        """The field whose cells hold a code and a name, such as "KPI 2 – Homes let"; None without.

        Its heading says both, or all of its rows have both.
        """
        fields = {"code", "short_name"} & self.columns.keys()
        if len(fields) != 1:
            return None
        (field,) = fields
        cells = [
            str(row[self.columns[field]].value)
            for _, row in self.body()
            if self.columns[field] in row and len(row) > 2
        ]
        found = [re.fullmatch(_CODE_AND_NAME, text) is not None for text in cells]
        says_both = names_code_and_name(self.heading_text(field) or "")
        is_all = len(found) >= _FEWEST_ROWS and all(found)
        return field if is_all or (says_both and any(found)) else None

    def _with_code(self, row: Row) -> Row:
        """Return a row with the code apart from the name, where both stand in one cell."""
        place, cells = row
        both = cells.get(self._codes_and_names or "")
        parts = re.fullmatch(_CODE_AND_NAME, str(both.value)) if both else None
        if both is None or parts is None:
            return row
        apart = {
            "code": both._replace(value=parts[1]),
            "short_name": both._replace(value=parts[2].strip()),
        }
        positions = dict.fromkeys(apart, both.position)
        return place._replace(elsewhere={**place.elsewhere, **positions}), {**cells, **apart}

    def _own_rows(self) -> Iterator[Row]:
        """Yield the rows with what the workbook itself says of them."""
        groups, named, _ = self._groups
        last: Row | None = None
        rest: list[Cell] = []  # of its comment
        for place, cells in map(self._with_figures, super().rows()):
            if last and place.row not in named and _goes_on(place, cells):
                rest.append(cells["comment"])
                continue
            if last:
                yield _with_rest(last, rest)
                rest = []
            is_group = place.row in named
            last = None if is_group else _with_groups(place, cells, groups.get(place.row, {}))
        if last:
            yield _with_rest(last, rest)

    def _with_figures(self, row: Row) -> Row:
        """Return a row with what its columns of periods, or what is around, tell of it.

        The row's own period goes before that of a heading, and chooses among the columns.
        """
        place, cells = row
        given: Groups = {}
        is_untold = "period" not in cells or cells["period"].is_blank
        told = self.told_in(place.row)
        period = None if is_untold else self.period_of(cells["period"])
        if period:
            cells = {**cells, "period": cells["period"]._replace(value=period.label)}
        if "value" not in self.columns and (column := self._column_of(place.row, period)):
            given["value"] = self.sheet.cell(place.row, column.heading.column)
            if is_untold:
                period = column.period
                given["period"] = column.heading._replace(value=period.label, fault=None)
        elif is_untold and told:
            period = told.period
            given["period"] = told.cell._replace(value=period.label, fault=None)
        if "target" not in self.columns and period and (of := self._target_of(place.row, period)):
            given["target"] = of
        if lacking := [field for field in _ALWAYS if field not in cells]:
            blank = Cell(self.sheet.name, place.row, min(self.columns_read, default=1))
            cells = {**cells, **dict.fromkeys(lacking, blank)}
        cells = {**cells, **given}
        positions = {field: cell.position for field, cell in given.items()}
        return place._replace(elsewhere={**place.elsewhere, **positions}), cells

    def told_in(self, row: int) -> Told | None:
        """Return the period of a row that doesn't tell its own: its group's, or that around it."""
        return self._told_in_groups.get(row) or self._told_around(row)

    def _told_around(self, row: int) -> Told | None:
        """Return the period that what stands above a row's headings, or the names, tell of it."""
        return self.told_below.get(self.section_of(row), self.told)

    @cached_property
    def _told_in_groups(self) -> Mapping[int, Told]:
        """The periods that groups tell, by the numbers of the indicators' rows without their own.

        What was asked for, and the heading of the value, go before a group.
        """
        by_row, named, aims = self._groups
        if self.is_asked or "value" not in self.columns:
            return {}
        listing = {aim.cell.position: aim.name for aim in aims if aim.lists}  # with priorities
        cells = {aim.cell.position: aim.cell for aim in aims}
        told: dict[Position, Told] = {}  # by the group's cell
        for each in (cell for number in sorted(named) for cell in by_row[number].values()):
            cell = cells.get(each.position, each)
            cell = cell._replace(value=listing.get(cell.position, cell.value))
            if by_group := told_by_group(cell, self.year_starts, self._told_around(cell.row)):
                told[cell.position] = by_group
        return dict(self._rows_told(told)) if told else {}

    def _rows_told(self, told: Mapping[Position, Told]) -> Iterator[tuple[int, Told]]:
        """Yield the indicators' rows that lack their own period, with that of the nearest group.

        A group below other headings, or above the first, is none of theirs.
        """
        by_row, named, _ = self._groups
        keys = [self.columns[key] for key in ("code", "short_name") if key in self.columns]
        own = self.columns.get("period")
        for number, groups in by_row.items():
            is_row = any(not self.sheet.cell(number, key).is_blank for key in keys)
            is_told = own is not None and not self.sheet.cell(number, own).is_blank
            if number in named or not is_row or is_told:
                continue
            first = self.sections[self.section_of(number)].first_row
            rows = [cell.position for cell in groups.values() if cell.row >= first]
            if telling := [told[each] for each in rows if each in told]:
                yield number, max(telling, key=lambda each: each.cell.row)

    def contradicted(self) -> Iterator[Problem]:
        """Yield what is wrong where a group's or a row's period contradicts that told around it."""
        for told in dict.fromkeys(self._told_in_groups.values()):
            if around := self._told_around(told.cell.row):
                yield from grouped_otherwise(told, around)
        by_told: dict[Told, list[tuple[Cell, Period]]] = {}
        for cell, period in self._dated():
            if around := self._told_around(cell.row):
                by_told.setdefault(around, []).append((cell, period))
        for told, dated in by_told.items():
            yield from dated_after(told, self.heading_text("period") or "", dated)

    def _dated(self) -> Iterator[tuple[Cell, Period]]:
        """Yield the cells in which rows tell their own periods."""
        column = self.columns.get("period")
        if column is None or self.is_asked:
            return
        said: dict[Content, Period | None] = {}  # most rows say the same
        for number, row in self.body():
            if content := row.get(column):
                cell = self.sheet.cell(number, column)
                if content not in said:
                    said[content] = self.period_of(cell)
                if period := said[content]:
                    yield cell, period

    def understood(self) -> ReadAs | None:
        """Return what was understood of the headings, and of the periods that groups tell."""
        if self.read_as is None or not self._told_in_groups or "period" in self.columns:
            return self.read_as
        parts = [(self.read_as.period, self.read_as.period_from)] if self.read_as.period else []
        by_period: dict[str, list[str]] = {}
        for told in dict.fromkeys(self._told_in_groups.values()):
            by_period.setdefault(told.period.label, []).append(told.where)
        parts += [(label, some(places)) for label, places in by_period.items()]
        (period, first), *others = parts
        more = (f"{label}, from {where}" for label, where in others)
        return replace(self.read_as, period=period, period_from="; ".join([str(first), *more]))

    def _with_definitions(self, row: Row) -> Row:
        """Return a row with what is defined of its indicator, where it doesn't say it itself."""
        if self.definitions is None:
            return row
        place, cells = row
        given = {
            field: cell
            for field, cell in self.definitions.given(cells, self.report).items()
            if field not in cells or cells[field].is_blank
        }
        positions = {field: cell.position for field, cell in given.items()}
        return place._replace(elsewhere={**place.elsewhere, **positions}), {**cells, **given}

    def period_of(self, cell: Cell) -> Period | None:
        """Return the period that a cell of the table names, or None."""
        return named_period(cell, self.year_starts, self.told.period if self.told else None)

    def headings_below(self) -> Problem | None:
        """Return what to say of a row just below the headings that seems to go on with them."""
        first = next(iter(self.body()), None)
        keys = {self.columns.get(field) for field in ("code", "short_name")}
        if first is None or not keys.isdisjoint(first[1]):
            return None
        number, row = first
        cells = [self.sheet.cell(number, column) for column in row]
        if len(cells) < 2 or not all(isinstance(cell.value, str) for cell in cells):
            return None
        message = "this row seems to be a line of headings, and is not understood: no row is rated"
        hint = "Write the headings in one line or two, such as Q3 above Target and Actual."
        return error(cells[0], message, hint)

    @cached_property
    def value_columns(self) -> list[PeriodColumn]:
        """The columns of periods that have values."""
        return [column for column in self.periods if column.series != "target"]

    @cached_property
    def _by_period(self) -> Mapping[tuple[bool, Period], PeriodColumn]:
        """The columns of periods by whether they have targets, and by their periods: the first."""
        return {(c.series == "target", c.period): c for c in reversed(self.periods)}

    def _column_of(self, row: int, period: Period | None) -> PeriodColumn | None:
        """Return the column of a row's own period; without one that of the last that is filled."""
        if period is None:
            return self._latest(row)
        return self._by_period.get((False, period))

    def _latest(self, row: int) -> PeriodColumn | None:
        """Return the last column up to the report's period in which a row has something."""
        filled = self.sheet.rows.get(row, {}).keys() & self._up_to_report.keys()
        columns = [self._up_to_report[column] for column in filled] or self._up_to_report.values()
        return max(columns, key=lambda c: c.period, default=None)

    @cached_property
    def _up_to_report(self) -> Mapping[int, PeriodColumn]:
        """The columns of values up to the report's period, which are of equally long periods.

        One of last year that is there to compare with is none: Q2 2017/18 beside Q2 2018/19.
        """
        report = self.report
        values = self.value_columns
        if report:
            values = [c for c in values if c.period.last <= report.last]
        valued = {c.heading.column: c.period for c in values}
        length = length_of_values(valued, self._filled, report) if values else 0
        known = {c.heading.column: c for c in values if c.period.length == length}
        filled = [column.period for number, column in known.items() if number in self._filled]
        if not filled:
            return known
        newest, series = max(filled), {column.period for column in known.values()}
        return {n: c for n, c in known.items() if not stands_apart(c.period, newest, series)}

    @cached_property
    def _filled(self) -> Collection[int]:
        """The columns in which a row has something."""
        return {column for _, row in self.body() for column in row}

    def values_before(self) -> Iterator[Problem]:
        """Yield a warning where the values are of years before the one that is told around."""
        told = self.told
        if told is None or not {"value", "period"}.isdisjoint(self.columns):
            return
        year = told.period.financial_year
        filled = [c for column, c in self._up_to_report.items() if column in self._filled]
        last = max(filled, key=lambda c: c.period, default=None)
        if last and last.period.financial_year < year:
            message = (
                f"{told.where} says {told.period.label}, and no column of {year.label} has a value"
                f" by then; {last.period.label} counts, and the ratings may be wrong"
            )
            hint = f"Fill in a column of {year.label}, or correct what is wrong."
            yield warning(last.heading, message, hint)

    def _target_of(self, row: int, period: Period) -> Cell | None:
        """Return the cell of a period's own target, or None where there is no such column."""
        column = self._by_period.get((True, period))
        return self.sheet.cell(row, column.heading.column) if column else None

    @property
    def named_aims(self) -> Iterator[NamedAim]:
        """The aims that rows of their own name, with the priorities that stand there."""
        return (aim.named for aim in self._groups[2])

    @cached_property
    def _groups(self) -> tuple[Mapping[int, Groups], set[int], list[AimRow]]:
        """The groups that hold in each row, the rows that name them, and the aims of these."""
        holding: Groups = {}
        by_row: dict[int, Groups] = {}
        named: set[int] = set()
        aims: list[AimRow] = []
        aim: AimRow | None = None  # with whose priorities a row may go on
        for section in self.sections:
            rows = [number for number, _ in self._rows_of(section)]
            for number, next_row in zip(rows, [*rows[1:], 0], strict=False):
                own = cells_within(self.sheet, number, self.width)
                is_comment = [cell.column for cell in own] == [self.columns.get("comment")]
                if aim and not is_comment and aim.takes(own):
                    named.add(number)
                    by_row[number] = holding
                    continue
                groups = None if is_comment else groups_named(own)
                if groups is None and number > section.heading_row:
                    groups = self._untitled(own, next_row)
                aim = None
                if groups is not None:
                    if "aim" in groups:
                        aim = AimRow(groups["aim"], frozenset(cell.column for cell in own), number)
                        aims.append(aim)
                        groups["aim"] = aim.cell._replace(value=aim.name)
                    holding = with_groups(holding, groups)
                    named.add(number)
                by_row[number] = holding
        return by_row, named, aims

    def _untitled(self, own: list[Cell], next_row: int) -> Groups | None:
        """Return the aim that a line without a label names, above indicators; None for others.

        It stands alone in the first column, or is merged over several.
        """
        first = min(self.columns_read, default=1)
        if len(own) != 1 or own[0].column > first or not isinstance(own[0].value, str):
            return None
        if re.match(_NOTE, own[0].value) or re.fullmatch(_CODE, own[0].value):
            return None
        below = cells_within(self.sheet, next_row, self.width)
        return {"aim": own[0]} if len(below) > 2 else None

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
        if is_alone and (own[0].column in kept or re.fullmatch(_CODE, str(own[0].value))):
            break
        if own and not is_alone and groups_named(own) is None:
            break
        first = number
    return first


def _goes_on(place: Place, cells: Mapping[str, Cell]) -> bool:
    """Whether a row has nothing but the rest of the comment above it."""
    return "comment" in cells and all(
        (field == "comment") is (not cell.is_blank and cell.row == place.row)
        for field, cell in cells.items()
    )


def _with_rest(row: Row, rest: list[Cell]) -> Row:
    """Return a row with its whole comment: the rest of it stands in rows of its own below."""
    place, cells = row
    if not rest:
        return row
    first, *others = rest if cells["comment"].is_blank else [cells["comment"], *rest]
    texts = [cell.value.strip() for cell in (first, *others) if isinstance(cell.value, str)]
    if isinstance(first.value, str) and len(texts) > 1:
        first = first._replace(value=" ".join(texts))
    return place, {**cells, "comment": first}


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
