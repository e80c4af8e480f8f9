"""The column of each field that a table needs, and what is wrong with the headings."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kpi_cli.conditions import parse_condition
from kpi_cli.fields import HISTORY_FIELDS, INDICATOR_FIELDS, Field
from kpi_cli.models import Problem, Severity
from kpi_cli.names import nearest
from kpi_cli.periods import Meaning, Period, UnclearPeriod, YearlessPeriod
from kpi_cli.reading.heading_rows import YEARS, Headings
from kpi_cli.reading.heading_words import (
    fold_heading,
    is_bare_target,
    is_like_a_target,
    is_of_whole_year,
    is_to_date,
    may_be_value,
)
from kpi_cli.reading.headings import (
    SETTING,
    Heading,
    deciding_field_like,
    is_like_a_month,
    may_be_threshold,
    rank_of,
    speaks_of_tolerance,
)
from kpi_cli.reading.history_tables import PeriodColumn
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.tables import TableKind
from kpi_cli.reading.values import read_period, read_text
from kpi_cli.reading.vocabulary import parse_direction, parse_polarity
from kpi_cli.sentences import listed, some
from kpi_cli.xlsx.sheet import Cell, Content

_FIELDS: Mapping[TableKind, Mapping[str, Field]] = {
    TableKind.INDICATORS: INDICATOR_FIELDS,
    TableKind.HISTORY: HISTORY_FIELDS,
}
_NAMES: Mapping[TableKind, Mapping[str, str]] = {
    **{kind: {key: field.heading for key, field in of.items()} for kind, of in _FIELDS.items()},
    TableKind.SETTINGS: {SETTING: "Setting", "value": "Value"},
}
_REQUIRED: Mapping[TableKind, Collection[str]] = {
    kind: {key for key, field in of.items() if field.is_required} for kind, of in _FIELDS.items()
}
_CODE = HISTORY_FIELDS["code"].heading
_VALUE = INDICATOR_FIELDS["value"].heading
_MOST_NAMED = 5


_DAYS = (32874, 54789)  # 1990 to 2049, where a date has lost its format
Rows = Sequence[Mapping[int, Content]]


class Choice(NamedTuple):
    """The columns that are read from a table, and what is wrong with its headings.

    There are none at all where the table can't be read for its headings. The headings that are
    understood and not read are those left.
    """

    columns: Mapping[str, int]
    periods: tuple[PeriodColumn, ...]
    problems: list[Problem]
    chosen: Mapping[str, Heading] = {}
    left: tuple[Heading, ...] = ()


def choose_columns(
    headings: Headings,
    kind: TableKind,
    rows: Rows,
    report: Period | None = None,
    *,
    has_values: bool = True,
) -> Choice:
    """Return the column of each field, and those of periods, of a table.

    The rows are those below; a table of definitions has no values. Periods in headings are set
    against the report's: of the value and the target they head columns of periods, of the annual
    target and of all else another year's are left. Of several headings of one meaning the one
    nearest to the report's own counts.
    """
    names, required = _NAMES[kind], set(_REQUIRED.get(kind, ()))
    required -= set() if has_values else {"value"}
    sorted_out = _Sorted(headings, report, rows if kind is TableKind.INDICATORS else None)
    periods, problems = _period_columns(sorted_out.periods, "value")
    problems += list(_faulty(headings))
    if kind is TableKind.INDICATORS:
        problems += [*_unread_months(headings), *sorted_out.problems]
    problems += [] if kind is TableKind.SETTINGS else _misspelt(headings, names)
    chosen: dict[str, Heading] = {}
    columns: dict[str, int] = {}
    is_readable = True
    for field, name in names.items():
        found = _those_told(sorted_out.fields.get(field, []))
        sorted_out.left += [h for h in sorted_out.fields.get(field, []) if h not in found]
        if not found and field in required and not _is_told_otherwise(field, sorted_out, periods):
            problems.append(_missing_column(headings, name, rows))
            is_readable = False
        if len(found) > 1:
            is_readable = is_readable and field not in _EITHER
            problems.append(_several_columns(field, name, [h.cell for h in found]))
        if found:
            chosen[field] = min(found, key=lambda h: (not h.is_told, rank_of(str(h.cell.value))))
            columns[field] = _column_below(headings, chosen[field].cell, rows)
    if not is_readable:
        return Choice({}, (), problems)
    problems += [*sorted_out.unused(columns), *_targets_unread(headings, columns, periods)]
    return Choice(columns, periods, problems, chosen, tuple(sorted_out.left))


def _those_told(headings: list[Heading]) -> list[Heading]:
    """Return the headings that a profile names; all, where it names none of them."""
    return [heading for heading in headings if heading.is_told] or headings


def choose_period_columns(
    headings: Headings, rows: Rows, report: Period | None, *, of_indicators: bool = False
) -> Choice:
    """Return the column of the code (or of the name, where there is none), and those of periods.

    In a table of indicators a year's target is no figure of the history, but the annual target.

    A period that is given twice is an error, and neither of its columns is read.
    """
    keys = headings.known.get("code") or headings.known.get("short_name") or []
    if not keys:
        return Choice({}, (), [_missing_column(headings, _CODE, rows)])
    if len(keys) > 1 and "code" in headings.known:
        return Choice({}, (), [_several_columns("code", _CODE, keys)])
    sorted_out = _Sorted(headings, report, is_history=True, of_indicators=of_indicators)
    periods, problems = _period_columns(sorted_out.periods)
    unclear = [p.model_copy(update={"severity": Severity.WARNING}) for p in sorted_out.problems]
    problems += [*_faulty(headings), *_unread_months(headings), *unclear]
    return Choice({"code": keys[0].column}, periods, problems)


_EITHER = (
    "value",
    "target",
    "annual_target",
)  # two of which could both count; of all others the better one does


class _Sorted:
    """The headings of a table, each where it belongs by its field and its period."""

    def __init__(
        self,
        headings: Headings,
        report: Period | None,
        rows: Rows | None = None,
        *,
        is_history: bool = False,
        of_indicators: bool = True,
    ) -> None:
        """Sort headings; with the rows below, by what these tell too.

        In a history a year's target is one of its periods', elsewhere it is the annual target.
        """
        self.fields: dict[str, list[Heading]] = {}
        self.periods: list[Heading] = []
        self.left: list[Heading] = []  # understood, and of another period
        self._unclear: list[Problem] = []
        self._yearless: list[Heading] = []
        self._letters = [h for h in headings.headings if fold_heading(_text(h)) in _COLOURS]
        self._report = report
        self._is_history = is_history
        self._of_indicators = of_indicators
        for heading in headings.headings:
            self._take(heading)
        self._settle_running()
        if rows is not None:
            self._settle(rows)

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the periods in headings: those without a year are one problem."""
        if not self._yearless:
            return self._unclear
        names = [f'"{_text(heading)}"' for heading in self._yearless]
        have = "have no year; their columns are" if len(names) > 1 else "has no year; it is"
        message = f"the heading{'s' * (len(names) > 1)} {some(names)} {have} not read"
        hint = "Write the year too, as in Q3 2018/19, or above the table: Quarter 3 2018/19."
        return [*self._unclear, error(self._yearless[0].cell, message, hint)]

    def unused(self, chosen: Collection[str]) -> Iterator[Problem]:
        """Yield a warning for what decides a rating, is of another period, and stands alone."""
        valued = {heading.period for heading in self.periods if heading.series in (None, "value")}
        targets = [heading for heading in self.periods if heading.series == "target"]
        has_targets = any(h.period in {*valued, self._report} for h in targets)
        has_target = has_targets or not _TARGETS.isdisjoint(chosen)
        left = [h for h in self.left if INDICATOR_FIELDS[h.field or "target"].decides]
        for heading in [*left, *targets]:
            field = heading.field or "target"
            is_there = has_target if field in _TARGETS else field in chosen
            if is_there or not isinstance(heading.period, Period) or not self._report:
                continue
            of, report = heading.period.label, self._report.label
            message = f'the heading "{_text(heading)}" is of {of}, and is not used for {report}'
            hint = f"If it is meant for {report}, say so in the heading."
            yield warning(heading.cell, message, hint)

    def _take(self, heading: Heading) -> None:
        """Put a heading where it belongs."""
        period = heading.period
        if period is None:
            self._take_undated(heading)
            return
        if isinstance(period, YearlessPeriod) and self._report:
            period = period.with_year(self._report)
        if isinstance(period, UnclearPeriod) and heading.field in (None, "annual_target"):
            period = self._settled(heading, period)
        if isinstance(period, YearlessPeriod) and heading.field is None:
            self._yearless.append(heading)
        if isinstance(period, Period):
            self._take_of(heading._replace(period=period), period)
        elif heading.field and heading.field != "annual_target":
            self.fields.setdefault(heading.field, []).append(heading)

    def _take_undated(self, heading: Heading) -> None:
        """Put a heading without a period where it belongs; "Last year's outturn" is of a year."""
        if self._report and self._is_outturn_before(heading, self._report):
            year = self._report.financial_year.year_before
            self.periods.append(heading._replace(field=None, period=year, series="value"))
        elif heading.field:
            self.fields.setdefault(heading.field, []).append(heading)

    def _settle(self, rows: Rows) -> None:
        """Put what only its neighbours or the cells below can tell where it belongs.

        Below "Value" may be which way is good; of figures to date and those of periods the latter
        count; a target alone, of the month that the year ends with, is the one for the year.
        """
        values = self.fields.get("value", [])
        if "polarity" not in self.fields:
            for heading in [h for h in values if _hold(parse_polarity, h, rows)]:
                values.remove(heading)
                self.fields["polarity"] = [heading]
        for heading in list(self.fields.get("last_year", [])):
            if _hold(parse_direction, heading, rows):
                self.fields["last_year"].remove(heading)
                self.fields.setdefault("published_direction", []).append(heading)
        self._settle_to_date()
        self._settle_conditions(rows)
        self._settle_undated_target()
        valued = {h.period for h in self.periods if h.series in (None, "value")}
        for heading in [h for h in self.periods if h.series == "target"]:
            period, report = heading.period, self._report
            assert isinstance(period, Period)
            is_last = report and period.last == report.financial_year.last and period != report
            if is_last and period not in valued and "annual_target" not in self.fields:
                self.periods.remove(heading)
                self.fields["annual_target"] = [heading._replace(field="annual_target")]

    @staticmethod
    def _is_outturn_before(heading: Heading, report: Period) -> bool:
        """Whether a heading is of all of last year, and the report of less than a year."""
        is_of_year = heading.field == "last_year" and is_of_whole_year(_text(heading))
        return is_of_year and report.length < 12

    def _settle_running(self) -> None:
        """Take the figures of a longer period that the report is within for the report's own.

        "2018/19 Actual" in a report of January 2019 is what there is of that year by then. Where
        there are figures of the year's months or quarters, it is left.
        """
        report = self._report
        if report is None:
            return
        ended, running = [], []
        for heading in self.periods:
            period = heading.period
            assert isinstance(period, Period)
            if heading.series == "target":
                continue
            if period.last > report.last and period.contains(report.last):
                running.append(heading)
            elif period.last <= report.last and period.financial_year == report.financial_year:
                ended.append(heading)
        for heading in running:
            self.periods.remove(heading)
            if ended or "value" in self.fields or self._is_history:
                self.left.append(heading)
            else:
                self.fields.setdefault("value", []).append(heading._replace(field="value"))

    def _settle_to_date(self) -> None:
        """Leave figures since the year began where there are those of the period.

        Where the only target is one to date, the value to date goes with it.
        """
        has_values = any(h.series in (None, "value") for h in self.periods)
        has_targets = any(h.series == "target" for h in self.periods)
        targets, values = (self.fields.get(field, []) for field in ("target", "value"))
        is_alone = bool(targets) and not has_targets and all(map(_is_to_date, targets))
        if not (is_alone and any(map(_is_to_date, values))):
            self._leave_to_date("value", has_values)
        self._leave_to_date("target", has_targets)

    def _settle_conditions(self, rows: Rows) -> None:
        """Take columns headed G, A and R for the colours' where all their cells are conditions."""
        for heading in self._letters:
            key = _COLOURS[fold_heading(_text(heading))]
            if key not in self.fields and _hold(parse_condition, heading, rows):
                for others in self.fields.values():
                    if heading in others:
                        others.remove(heading)
                self.fields[key] = [heading._replace(field=key)]

    def _settle_undated_target(self) -> None:
        """Take a target without a period for the annual one where the periods have their own."""
        own = [h for h in self.periods if h.series == "target"]
        if own and "target" in self.fields:
            undated = self.fields.pop("target")
            if "annual_target" in self.fields:
                self.left += undated
            else:
                self.fields["annual_target"] = undated

    def _leave_to_date(self, field: str, is_told: bool) -> None:
        """Leave figures since the year began where there are those of the period."""
        found = self.fields.get(field, [])
        to_date = [h for h in found if _is_to_date(h)]
        if to_date and (is_told or len(found) > len(to_date)):
            self.left += to_date
            self.fields[field] = [h for h in found if h not in to_date]
        if not self.fields.get(field):
            self.fields.pop(field, None)

    def _take_of(self, heading: Heading, period: Period) -> None:
        year = self._report.financial_year if self._report else None
        if heading.series == "target" and self._is_annual(period) and self._of_indicators:
            is_bare = is_bare_target(str(heading.cell.value))
            heading = heading._replace(field="annual_target" if is_bare else "target")
        if heading.field is None:
            self.periods.append(heading)
        elif heading.field in ("target", "annual_target"):
            if year is None or period.financial_year == year:
                self.fields.setdefault(heading.field, []).append(heading)
            else:
                self.left.append(heading)
        elif heading.field == "last_year":
            if period.length == 12 and (year is None or period < year):
                self.periods.append(heading._replace(field=None, series="value"))
            else:
                self.fields.setdefault("last_year", []).append(heading)
        elif heading.field in _OF_A_PERIOD and self._report and not _is_of(period, self._report):
            self.left.append(heading)
        else:
            self.fields.setdefault(heading.field, []).append(heading)

    def _is_annual(self, period: Period) -> bool:
        """Whether a target is one for a year, and the report is of less."""
        return period.length == 12 and (self._report is None or self._report.length < 12)

    def _settled(self, heading: Heading, period: UnclearPeriod) -> Meaning:
        year = self._report.financial_year if self._report else None
        possible = [each for each in period.meanings if year and each.financial_year == year]
        if len(possible) == 1:
            return possible[0]
        why = f"{period.why}; the column is not read"
        self._unclear.append(error(heading.cell, why, period.hint))
        return period


_TARGETS = {"target", "annual_target"}
_COLOURS = {"g": "green_condition", "a": "amber_condition", "r": "red_condition"}
_OF_LINES = {key for key, field in INDICATOR_FIELDS.items() if field.kind.makes_lines}
_OF_A_PERIOD = {"published_outcome", "published_direction", "comment", "tolerance"} | _OF_LINES


def _is_to_date(heading: Heading) -> bool:
    return is_to_date(str(heading.cell.value))


def _is_of(period: Period, report: Period) -> bool:
    """Whether what is said of a period is said of the report's, or of the year that it is in."""
    return period.last == report.last or (period.length == 12 and period.contains(report.last))


def _hold(parse: Callable[[str], object], heading: Heading, rows: Rows) -> bool:
    """Whether all cells below a heading hold words of a kind, such as which way is good."""
    contents = [row[heading.cell.column] for row in rows if heading.cell.column in row]
    texts = [content.value for content in contents if isinstance(content.value, str)]
    return bool(texts) and len(texts) == len(contents) and all(map(parse, texts))


def _is_told_otherwise(field: str, sorted_out: _Sorted, periods: tuple[PeriodColumn, ...]) -> bool:
    """Whether what a column is required for can be had without it."""
    has_values = any(column.series in (None, "value") for column in periods)
    match field:
        case "code":
            return "short_name" in sorted_out.fields
        case "short_name":
            return "code" in sorted_out.fields
        case "value":
            return has_values
    return field in ("period", "polarity")


def _period_columns(
    headings: Sequence[Heading], series: str | None = None
) -> tuple[tuple[PeriodColumn, ...], list[Problem]]:
    """Return the columns of periods; one that is given twice is an error, and neither is read.

    The series is that of headings which don't tell it.
    """
    found: dict[tuple[Period, str | None], list[Heading]] = {}
    for heading in headings:
        if isinstance(heading.period, Period):
            found.setdefault((heading.period, heading.series or series), []).append(heading)
    problems = [_period_twice(same) for same in found.values() if len(same) > 1]
    columns = [
        PeriodColumn(same[0].cell, period, series)
        for (period, series), same in found.items()
        if len(same) == 1
    ]
    return tuple(columns), problems


def _text(heading: Heading) -> str:
    return _short(str(heading.cell.value))


def _short(text: str) -> str:
    return " ".join(text.split())[:60]


def _faulty(headings: Headings) -> Iterator[Problem]:
    """Yield an error for each heading that is an Excel error, or a formula without its result."""
    for heading in headings.headings:
        problem = read_text(heading.cell) if heading.cell.fault else None
        if isinstance(problem, Problem):
            message = f"{problem.message}, where a heading is expected; the column is not read"
            hint = "Type the heading as text."
            yield problem.model_copy(update={"message": message, "hint": hint})


def _unread_months(headings: Headings) -> Iterator[Problem]:
    """Yield an error for each heading that seems to be a month, and can't be read as one."""
    for heading in headings.headings:
        is_unknown = not (heading.field or heading.period or heading.cell.fault)
        if not is_unknown or not _is_like_a_month(heading.cell.value):
            continue
        problem = read_period(heading.cell)
        if isinstance(problem, Problem):
            message = f"{problem.message}; the column is not read"
            yield problem.model_copy(update={"message": message})


def _is_like_a_month(value: object) -> bool:
    if isinstance(value, str):
        return is_like_a_month(value)
    return isinstance(value, int | float) and _DAYS[0] <= value <= _DAYS[1]


def _period_twice(headings: list[Heading]) -> Problem:
    first, second, *_ = headings
    period = first.period
    assert isinstance(period, Period)
    name = f"{period.label} {first.series or ''}".strip()
    message = f"{name} is also the {period.noun} of {first.cell.address}; neither column is read"
    hint = f"Give each {period.noun} one column; write Target above those that have targets."
    return error(second.cell, message, hint)


def _column_below(headings: Headings, cell: Cell, rows: Rows) -> int:
    """Return a heading's column; where it is merged over several, the first with cells below."""
    area = headings.areas.get((cell.row, cell.column))
    if area is None or area.last_column == cell.column:
        return cell.column
    columns = (c for row in rows for c in row if cell.column <= c <= area.last_column)
    return min(columns, default=cell.column)


def _missing_column(headings: Headings, name: str, rows: Rows) -> Problem:
    first = headings.headings[0].cell
    if name == _VALUE:
        return _no_values(headings, rows)
    spare = {str(cell.value): cell for cell in headings.unknown}
    near = nearest(name, spare, likeness=0.5)
    hint = f'Name a column "{name}".'
    if near:
        hint += f' The nearest heading found is "{near}", in {spare[near].address}.'
    left, right = headings.columns
    count = sum(any(left <= column <= right for column in row) for row in rows)
    unread = f"none of the {count} rows below is read" if count > 1 else "the row below is not read"
    return error(first, f'there is no column "{name}"; {unread}', hint)


def _no_values(headings: Headings, rows: Rows) -> Problem:
    """Return the error that no column has the values, with the headings that may be of them."""
    years = [h.cell for h in headings.headings if h.cell.value in YEARS]
    likely = [cell for cell in headings.unknown if may_be_value(str(cell.value))]
    spare = [f'"{_short(str(cell.value))}"' for cell in likely]
    hint = 'Head it "Actual" or "Value"'
    if years:
        hint = f"If {some([str(cell.value) for cell in years])} are years, write 2018/19 and so on"
    elif spare:
        hint += f", if it is {listed(spare[:_MOST_NAMED])}"
    hint += "; or say it in a profile: kpi map writes one."
    left, right = headings.columns
    count = sum(any(left <= column <= right for column in row) for row in rows)
    none = f"none of the {count} rows below is" if count > 1 else "the row below is not"
    return error(headings.headings[0].cell, f"no column has the values; {none} read", hint)


def _several_columns(field: str, name: str, cells: list[Cell]) -> Problem:
    first, *others = cells
    places = listed((cell.address for cell in others), last="and")
    hint = "Leave the heading on the one that counts."
    if field in _EITHER:
        message = f'the column "{name}" could be this one or {places}; no row is read'
        return error(first, message, hint)
    used, known = _first_choice(cells), INDICATOR_FIELDS.get(field)
    meaning = (known and known.name) or field.replace("_", " ")
    message = (
        f'"{_short(str(first.value))}" here, and {_named(others)}, mean the {meaning};'
        f" {used.address} is used"
    )
    return warning(first, message, hint)


def _named(cells: Iterable[Cell]) -> str:
    return listed((f'"{_short(str(cell.value))}" in {cell.address}' for cell in cells), last="and")


def _first_choice(cells: list[Cell]) -> Cell:
    """Return the heading nearest to the report's own."""
    return min(cells, key=lambda cell: rank_of(str(cell.value)))


def _misspelt(headings: Headings, fields: Mapping[str, str]) -> Iterator[Problem]:
    """Yield a warning for each unknown heading that may be one which the table lacks."""
    lacking = [
        heading
        for field in fields
        if field not in headings.known
        for heading in INDICATOR_FIELDS[field].headings
    ]
    for cell in headings.unknown:
        if "tolerance" in fields and may_be_threshold(str(cell.value)):
            yield _unread_threshold(cell)
            continue
        near = nearest(str(cell.value), lacking, likeness=0.85)
        field = deciding_field_like(str(cell.value)) or ""
        if field not in headings.known:
            near = near or fields.get(field)
        if near:
            message = f'the heading "{cell.value}" is unknown, and the column is not read'
            yield warning(cell, message, f'If "{near}" is meant, write it so.')


def _targets_unread(
    headings: Headings, chosen: Collection[str], periods: Iterable[PeriodColumn]
) -> Iterator[Problem]:
    """Yield a warning for each heading that may be of a target, in a table that has no other."""
    if not _TARGETS.isdisjoint(chosen) or any(column.series == "target" for column in periods):
        return
    for cell in headings.unknown:
        if not deciding_field_like(text := str(cell.value)) and is_like_a_target(text):
            message = f'the heading "{_short(text)}" is not taken for the target, and no other is'
            yield warning(cell, message, "If it is the target, write Target.")


def _unread_threshold(cell: Cell) -> Problem:
    message = (
        f'the heading "{cell.value}" may be of a threshold, and is unknown: the column is not read,'
        " and the ratings may be wrong"
    )
    hint = (
        "If it is the worst value that is still amber, write Red Threshold; if it is the worst that"
        " is still green, write Green Threshold."
    )
    if speaks_of_tolerance(str(cell.value)):
        hint += " If it is how far off the target is still amber, write Tolerance."
    return warning(cell, message, hint)
