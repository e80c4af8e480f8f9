"""The rows of headings in a sheet: of one line or two, for fields and for months, side by side."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from kpi_cli.period_words import month_marks
from kpi_cli.periods import Period, YearlessPeriod
from kpi_cli.reading.heading_words import named_field
from kpi_cli.reading.headings import SETTING, Heading, Reader
from kpi_cli.xlsx.limits import LAST_COLUMN
from kpi_cli.xlsx.sheet import Area, Cell, Content, Sheet

_Beside = TypeVar("_Beside")
_KEYS = {"code", "short_name", SETTING}  # one of these is among the headings of every table
YEARS = range(1990, 2101)  # that head a column of a year


@dataclass(frozen=True, eq=False)
class Headings:
    """The headings of one table; the columns are those from its first heading to its last."""

    sheet: Sheet
    first_row: int
    last_row: int
    headings: tuple[Heading, ...]
    columns: tuple[int, int]
    areas: Mapping[tuple[int, int], Area]  # the merged ones of the sheet, by their first cell

    @cached_property
    def known(self) -> Mapping[str, list[Cell]]:
        """The cells that mean each field."""
        known: dict[str, list[Cell]] = {}
        for heading in self.headings:
            if heading.field:
                known.setdefault(heading.field, []).append(heading.cell)
        return known

    @cached_property
    def unknown(self) -> list[Cell]:
        """The cells with text that means nothing known."""
        unknown = [h.cell for h in self.headings if not h.field and not h.period]
        return [cell for cell in unknown if isinstance(cell.value, str)]

    @cached_property
    def periods(self) -> list[Heading]:
        """The headings that are periods, perhaps with what is told of them: a value, a target."""
        return [heading for heading in self.headings if heading.period and not heading.field]

    def with_years(self) -> "Headings":
        """Return the headings; a period without a year is the first after that before it."""
        made: list[Heading] = []
        last: Period | None = None
        for heading in self.headings:
            period = heading.period
            if isinstance(period, YearlessPeriod) and last and not heading.field:
                period = _following(period, last)
            last = period if isinstance(period, Period) and not heading.field else last
            made.append(heading._replace(period=period))
        return replace(self, headings=tuple(made))

    def repeats(self, other: "Headings") -> bool:
        """Whether all that is known here stands in the same columns of the other headings."""
        return _meanings(self.headings) <= _meanings(other.headings)


def _following(period: YearlessPeriod, last: Period) -> Period:
    """Return the first period of that name that isn't before another; the same, if they are one."""
    found = period.with_year(last)
    is_before = found.last < last.last or (found.last == last.last and found != last)
    return found._replace(last=found.last.after(12)) if is_before else found


class SideBySide(Generic[_Beside]):
    """What stands side by side in a sheet, each in columns that no other has, from the left."""

    def __init__(self) -> None:
        self._firsts: list[int] = []  # of the columns of each
        self._lasts: list[int] = []
        self._each: list[_Beside] = []

    def over(self, columns: tuple[int, int]) -> list[_Beside]:
        """Return those that have any of the columns from a first to a last."""
        return self._each[self._slice(columns)]

    def put(self, columns: tuple[int, int], each: _Beside) -> None:
        """Put something into columns, in place of those that have any of them."""
        place = self._slice(columns)
        self._firsts[place], self._lasts[place] = [columns[0]], [columns[1]]
        self._each[place] = [each]

    def _slice(self, columns: tuple[int, int]) -> slice:
        return slice(bisect_left(self._lasts, columns[0]), bisect_right(self._firsts, columns[1]))


def find_headings(sheet: Sheet, reader: Reader) -> list[Headings]:
    """Return the headings of all tables in a sheet, from the top, and from the left."""
    lines = _Lines(sheet, reader)
    found: list[Headings] = []
    above: SideBySide[tuple[int, int]] = SideBySide()
    taken = 0
    for number in _rows_with_a_key(sheet, reader):
        if number <= taken:
            continue
        one = lines.one(number)
        two = [lines.two(number - 1, number)] if number - 1 > taken else []
        two.append(lines.two(number, number + 1))
        # Two lines are headings only if they say more than either does alone.
        least = max(_score(one.headings), _score(lines.one(number + 1, own=True).headings))
        better = [line for line in two if _score(line.headings) > least]
        line = max(better, key=lambda line: _score(line.headings)) if better else one
        tables = [lines.headings(line, part) for part in _side_by_side(line.headings, lines, above)]
        if tables:
            taken = line.last_row
            for table in tables:
                above.put(table.columns, table.columns)
            found += tables
    return found


def heads_keys(content: Content, fields: Collection[str], reader: Reader) -> bool:
    """Whether a cell is a heading of one of these fields: of codes, names or settings."""
    text = content.value
    if not isinstance(text, str) or content.fault:
        return False
    return reader.may_head_keys(text) and reader.field_of(text) in fields


def _rows_with_a_key(sheet: Sheet, reader: Reader) -> Iterator[int]:
    """Yield the rows that may be headings: those in which a code, a name or a setting is headed."""
    seen: set[Content] = set()
    keys: set[Content] = set()
    for number, row in sheet.rows.items():
        contents = row.values()
        if not seen.issuperset(contents):
            new = [content for content in contents if content not in seen]
            seen.update(new)
            keys.update(content for content in new if heads_keys(content, _KEYS, reader))
        if not keys.isdisjoint(contents):
            yield number


class _Line(NamedTuple):
    first_row: int
    last_row: int
    headings: list[Heading]


class _Lines:
    """A sheet's rows, read as if they were headings."""

    def __init__(self, sheet: Sheet, reader: Reader) -> None:
        self._sheet = sheet
        self._plain = reader
        self.fewest = reader.fewest
        self._areas: Mapping[tuple[int, int], Area] = sheet.areas()

    def one(self, number: int, *, own: bool = False) -> _Line:
        """Read one row as headings; where they are merged down, they end below it.

        Its own cells are those that aren't merged into it from above.
        """
        cells = [cell for cell in self._sheet.cells(number) if not own or cell.row == number]
        reader = self._reader(cells)
        headings = [reader.heading_of(cell) for cell in cells]
        known = [heading.cell for heading in headings if heading.field or heading.period]
        last = max((self._area(cell).last_row for cell in known), default=number)
        return _Line(number, last, headings)

    def two(self, upper: int, lower: int) -> _Line:
        """Read two rows as headings in two lines."""
        above, below = (
            {cell.column: cell for cell in self._sheet.cells(number)} for number in (upper, lower)
        )
        wide = self._merged_across(above)
        reader = self._reader([*above.values(), *below.values()])
        headings: list[Heading] = []
        carried: Cell | None = None
        for column in sorted({*above, *below}):
            over, under = wide.get(column), below.get(column)
            if carried and not over and self._area(carried).last_column > carried.column:
                carried = None  # what is merged over columns says nothing of those beside them
            carried = over or carried
            if under:
                headings.append(reader.heading_under(over, carried, under))
            elif column in above and _is_named(above[column]):  # else it may be a row of figures
                headings.append(reader.heading_of(above[column]))
        return _Line(upper, lower, headings)

    def _reader(self, cells: Iterable[Cell]) -> Reader:
        texts = (cell.value for cell in cells if isinstance(cell.value, str))
        return self._plain._replace(marks=month_marks(texts))

    def headings(self, line: _Line, part: list[Heading]) -> Headings:
        """Return a part of a line as the headings of a table."""
        last = max(self.last_column_of(heading.cell) for heading in part)
        columns = (min(heading.cell.column for heading in part), last)
        first_row, last_row = line.first_row, line.last_row
        return Headings(self._sheet, first_row, last_row, tuple(part), columns, self._areas)

    def last_column_of(self, cell: Cell) -> int:
        """Return the last column that a cell is merged over: its own, if it isn't."""
        return self._area(cell).last_column

    def _area(self, cell: Cell) -> Area:
        alone = Area(cell.row, cell.column, cell.row, cell.column)
        return self._areas.get((cell.row, cell.column), alone)

    def _merged_across(self, cells: Mapping[int, Cell]) -> Mapping[int, Cell]:
        """Return a row's cells by column; one that is merged across stands in each column."""
        wide: dict[int, Cell] = {}
        ends = [*cells, LAST_COLUMN + 1][1:]
        for (column, cell), end in zip(cells.items(), ends, strict=True):
            last = min(self.last_column_of(cell), end - 1)
            wide |= dict.fromkeys(range(column, last + 1), cell)
        return wide


def _score(headings: Iterable[Heading]) -> int:
    """Return how many different things headings say."""
    return len({(h.field, h.period, h.series) for h in headings if h.field or h.period})


def _meanings(headings: Iterable[Heading]) -> set[tuple[object, ...]]:
    known = (heading for heading in headings if heading.field or heading.period)
    return {(h.cell.column, h.field, h.period, h.series) for h in known}


def _side_by_side(
    headings: list[Heading], lines: _Lines, above: SideBySide[tuple[int, int]]
) -> list[list[Heading]]:
    """Return the headings of each table that a row heads: none, one, or several with gaps between.

    The columns of a table above are its own as long as they have no heading of a field.
    """
    keyed = [heading.cell.column for heading in headings if heading.field]
    runs = [run for run in _runs(headings, lines) if not _is_below(run, keyed, above)]
    alone = [_is_heading_row(run, lines.fewest) for run in runs]
    if sum(alone) < 2:
        joint = [heading for run in runs for heading in run]
        return [joint] if _is_heading_row(joint, lines.fewest) else []
    tables: list[list[Heading]] = []
    before: list[Heading] = []
    for run, is_table in zip(runs, alone, strict=True):
        if is_table:
            tables.append([*before, *run])
            before = []
        elif tables:
            tables[-1] += run
        else:
            before += run
    return tables


def _runs(headings: list[Heading], lines: _Lines) -> Iterator[list[Heading]]:
    """Yield the headings that stand in columns next to each other."""
    run: list[Heading] = []
    for heading in headings:
        if run and heading.cell.column > lines.last_column_of(run[-1].cell) + 1:
            yield run
            run = []
        run.append(heading)
    if run:
        yield run


def _is_below(run: list[Heading], keyed: list[int], above: SideBySide[tuple[int, int]]) -> bool:
    """Whether a run stands in the columns of a table above, in none of which a field is headed."""
    columns = run[0].cell.column, run[-1].cell.column
    return any(
        first <= columns[0] and columns[1] <= last and not _any_within(keyed, first, last)
        for first, last in above.over(columns)
    )


def _any_within(columns: list[int], first: int, last: int) -> bool:
    """Whether any of some columns, which are in order, is one from the first to the last."""
    return bisect_left(columns, first) < bisect_right(columns, last)


def _is_heading_row(headings: list[Heading], fewest: int) -> bool:
    """Whether headings are those of a table: of fields, of months, or of settings.

    A table has so many of them that are known.
    """
    fields = {heading.field for heading in headings if heading.field}
    months = {heading.period for heading in headings if heading.period}
    if {SETTING, "value"} <= fields and "code" not in fields:
        return True
    if "code" in fields and months and "value" not in fields:
        return len(months) > 1 or _is_of_one_month(headings)
    if any(_is_figure(heading) for heading in headings):
        return False
    is_keyed = "code" in fields or "short_name" in fields
    if not is_keyed or (len(fields) + len(months) < fewest and len(months) < 2):
        return False
    # What is a heading word for word needs no more; among other words half must be understood.
    named = sum(heading.is_told or _is_named(heading.cell) for heading in headings)
    known = sum(bool(heading.field or heading.period) for heading in headings)
    return named >= fewest or 2 * known >= len(headings)


def _is_named(cell: Cell) -> bool:
    """Whether a cell is a heading word for word, or a date."""
    value = cell.value
    return isinstance(value, date) or (isinstance(value, str) and named_field(value) is not None)


def _is_figure(heading: Heading) -> bool:
    """Whether what stands among headings is a number, and no year: a row of figures has them."""
    value = heading.cell.value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return is_number and value not in YEARS


def _is_of_one_month(headings: list[Heading]) -> bool:
    """Tell the headings of a single month from a row of figures that has, say, the name "Ref"."""
    known = sum(bool(heading.field or heading.period) for heading in headings)
    numbers = [h.cell.value for h in headings if isinstance(h.cell.value, int | float)]
    return known * 2 >= len(headings) and all(number in YEARS for number in numbers)
