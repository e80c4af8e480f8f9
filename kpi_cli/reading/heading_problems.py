"""What is wrong with the headings of a table."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Problem
from kpi_cli.names import nearest
from kpi_cli.period_words import parse_period
from kpi_cli.periods import Period, UnclearPeriod, YearlessPeriod, month_number
from kpi_cli.reading.heading_rows import YEARS, Headings
from kpi_cli.reading.heading_words import (
    is_like_a_target,
    is_of_one_period,
    is_to_date,
    may_be_value,
    whose_target,
)
from kpi_cli.reading.headings import (
    Heading,
    deciding_field_like,
    is_like_a_month,
    may_be_threshold,
    rank_of,
    speaks_of_tolerance,
)
from kpi_cli.reading.history_tables import PeriodColumn
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.sorted_headings import TARGETS, Rows, in_short
from kpi_cli.reading.values import read_period, read_text
from kpi_cli.sentences import listed, some
from kpi_cli.xlsx.sheet import Cell

_VALUE = INDICATOR_FIELDS["value"].heading
_MOST_NAMED = 5
_APRIL = 4  # with which years begin: for telling years from their parts, any month will do
_DAYS = (32874, 54789)  # 1990 to 2049, where a date has lost its format
EITHER = ("value", "target", "annual_target")
"""The fields two columns of which could both count; of all others the better one does."""


def faulty(headings: Headings) -> Iterator[Problem]:
    """Yield an error for each heading that is an Excel error, or a formula without its result."""
    for heading in headings.headings:
        problem = read_text(heading.cell) if heading.cell.fault else None
        if isinstance(problem, Problem):
            message = f"{problem.message}, where a heading is expected; the column is not read"
            hint = "Type the heading as text."
            yield problem.model_copy(update={"message": message, "hint": hint})


def unread_months(headings: Headings) -> Iterator[Problem]:
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


def period_twice(headings: list[Heading]) -> Problem:
    """Return the error that columns are of one period."""
    first, second, *_ = headings
    period = first.period
    assert isinstance(period, Period)
    name = f"{period.label} {first.series or ''}".strip()
    message = f"{name} is also the {period.noun} of {first.cell.address}; neither column is read"
    hint = f"Give each {period.noun} one column; write Target above those that have targets."
    return error(second.cell, message, hint)


def missing_column(headings: Headings, name: str, rows: Rows) -> Problem:
    """Return the error that a column is missing, with the heading that may be meant for it."""
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
    spare = [f'"{in_short(str(cell.value))}"' for cell in likely]
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


def several_columns(field: str, name: str, cells: list[Cell], rows: Rows) -> Problem:
    """Return what is wrong with several columns of one field: an error where both could count."""
    if field == "period" and (in_parts := _period_in_parts(cells, rows)):
        return in_parts
    first, *others = cells
    places = listed((cell.address for cell in others), last="and")
    hint = "Leave the heading on the one that counts."
    if field in EITHER:
        message = f'the column "{name}" could be this one or {places}; no row is read'
        return error(first, message, hint)
    used, known = _first_choice(cells), INDICATOR_FIELDS.get(field)
    meaning = (known and known.name) or field.replace("_", " ")
    message = (
        f'"{in_short(str(first.value))}" here, and {_named(others)}, mean the {meaning};'
        f" {used.address} is used"
    )
    return warning(first, message, hint)


def _period_in_parts(cells: Sequence[Cell], rows: Rows) -> Problem | None:
    """Return the error that one column has the year, and another the quarter or the month of it."""
    years = [cell for cell in cells if _are_below(cell, rows, _is_year)]
    parts = [cell for cell in cells if _are_below(cell, rows, _is_part_of_year)]
    if not years or not parts:
        return None
    year, part = years[0], parts[0]
    message = (
        f'"{in_short(str(year.value))}" here has the year, and "{in_short(str(part.value))}" in'
        f" {part.address} the part of it; no row is read"
    )
    hint = "Write both in one column, such as Q3 2018/19, and clear the heading of the other."
    return error(year, message, hint)


def _are_below(cell: Cell, rows: Rows, is_so: Callable[[str], bool]) -> bool:
    """Whether all that stands below a heading, if anything does, is what it is asked for."""
    values = {row[cell.column].value for row in rows if cell.column in row}
    texts = {str(value) for value in values if isinstance(value, str | int)}
    return 0 < len(texts) == len(values) and all(map(is_so, texts))


def _is_year(text: str) -> bool:
    meaning = parse_period(text, _APRIL)
    meanings = meaning.meanings if isinstance(meaning, UnclearPeriod) else (meaning,)
    return bool(meanings) and all(isinstance(m, Period) and m.length == 12 for m in meanings)


def _is_part_of_year(text: str) -> bool:
    return month_number(text) is not None or isinstance(parse_period(text, _APRIL), YearlessPeriod)


def _named(cells: Iterable[Cell]) -> str:
    return listed(
        (f'"{in_short(str(cell.value))}" in {cell.address}' for cell in cells), last="and"
    )


def _first_choice(cells: list[Cell]) -> Cell:
    """Return the heading nearest to the report's own."""
    return min(cells, key=lambda cell: rank_of(str(cell.value)))


def misspelt(headings: Headings, fields: Mapping[str, str]) -> Iterator[Problem]:
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


def targets_unread(
    headings: Headings, chosen: Collection[str], periods: Iterable[PeriodColumn]
) -> Iterator[Problem]:
    """Yield a warning for each heading that may be of a target, in a table that has no other."""
    if not TARGETS.isdisjoint(chosen) or any(column.series == "target" for column in periods):
        return
    for cell in headings.unknown:
        text = str(cell.value)
        is_like_one = is_like_a_target(text) or whose_target(text)
        if is_like_one and not deciding_field_like(text):
            message = f'the heading "{in_short(text)}" is not taken for the target, and no other is'
            yield warning(cell, message, "If it is the target, write Target.")


def other_targets(headings: Headings, chosen: Mapping[str, Heading]) -> Iterator[Problem]:
    """Yield a warning where the target is one of several: the local one, beside the national."""
    for own in (heading for field, heading in chosen.items() if field in TARGETS):
        whose = whose_target(str(own.cell.value))
        if own.is_told or not whose:
            continue
        for cell in headings.unknown:
            if whose_target(str(cell.value)) - whose:
                message = (
                    f'the target is that of "{in_short(str(own.cell.value))}", and'
                    f' "{in_short(str(cell.value))}" in {cell.address.rpartition("!")[2]} is not'
                    " read"
                )
                hint = "Head the one that counts Target, and leave that word out of the other."
                yield warning(own.cell, message, hint)


def to_date_beside_alone(
    chosen: Mapping[str, Heading],
    periods: Sequence[PeriodColumn],
    report: Period | None,
    rows: Rows,
) -> Iterator[Problem]:
    """Yield a warning where one of value and target is to date, and the other of its period alone.

    What begins with the year, such as its first quarter, is the same either way.
    """
    value = chosen.get("value") or _last_filled(periods, report, rows)
    if report is None or value is None:
        return
    own = {report, value.period}
    targets = (c for c in periods if c.series == "target" and c.period in own)
    target = chosen.get("target") or next(map(_heading_of, targets), None)
    if target is None:
        return
    is_value, is_target = (is_to_date(str(each.cell.value)) for each in (value, target))
    if is_value is is_target or not _is_alone(target if is_value else value, report):
        return
    says = ("of the year to date", "of the period alone")
    first, other = says if is_value else reversed(says)
    message = (
        f'the value is {first}, as "{in_short(str(value.cell.value))}" in'
        f" {value.cell.address.rpartition('!')[2]} says, and the target {other}, as"
        f' "{in_short(str(target.cell.value))}" says: the ratings may be wrong'
    )
    hint = (
        "Leave one value and one target of the same time, headed YTD Actual and YTD Target, or"
        " Actual and Target."
    )
    yield warning(target.cell, message, hint)


def _last_filled(
    periods: Iterable[PeriodColumn], report: Period | None, rows: Rows
) -> Heading | None:
    """Return the heading of the last values up to the report's period; its own goes first."""
    filled = [
        column
        for column in periods
        if report
        and column.series != "target"
        and column.period.last <= report.last
        and any(column.heading.column in row for row in rows)
    ]
    last = max(filled, key=lambda c: (c.period == report, c.period), default=None)
    return _heading_of(last) if last else None


def _heading_of(column: PeriodColumn) -> Heading:
    return Heading(column.heading, period=column.period, series=column.series)


def _is_alone(heading: Heading, report: Period) -> bool:
    """Whether figures are of a period that says nothing of what went before it in its year.

    The report's own headings, such as Month's Value, stand above figures of any period.
    """
    period = heading.period
    if isinstance(period, YearlessPeriod):
        period = period.with_year(report)
    if isinstance(period, Period):
        return period.first != period.financial_year.first
    text = str(heading.cell.value)
    begins_year = report.first == report.financial_year.first
    return is_of_one_period(text) and rank_of(text) > 0 and not begins_year


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
