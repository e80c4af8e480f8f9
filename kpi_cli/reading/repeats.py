"""An indicator that stands in several tables: rated once, with what all its rows say.

The published report has the exceptions in its first section, by outcome and OUs and with comments,
and all indicators in its second, by aim.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kpi_cli.addresses import quoted_sheet
from kpi_cli.amounts import Band, Line, Tolerance, Value
from kpi_cli.fields import INDICATOR_FIELDS, Kind
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Problem, Severity, UnratedRow
from kpi_cli.names import fold
from kpi_cli.periods import Period, noun_of
from kpi_cli.reading.indicator_rows import IndicatorRows
from kpi_cli.reading.tables import Table
from kpi_cli.sentences import listed, some

_FIGURES = {
    **{
        key: field.name
        for key, field in INDICATOR_FIELDS.items()
        if field.decides and field.name and not field.kind.makes_lines
    },
    "green_line": "green line",
    "red_line": "red line",
}
_TEXTS = {k: f.name for k, f in INDICATOR_FIELDS.items() if f.name and not f.decides}
_TEXTS = {k: name for k, name in _TEXTS.items() if INDICATOR_FIELDS[k].kind is not Kind.NAMES}


@dataclass(frozen=True, eq=False)
class _Row:
    """An indicator's row in the table that it stands in."""

    indicator: Indicator
    table: Table
    table_number: int  # counted through the workbook
    table_size: int  # how many indicators the table has

    @property
    def section(self) -> tuple[int, int]:
        """What is the same for all rows below the same headings."""
        return id(self.table), self.table.section_of(self.indicator.place.row)

    @property
    def key(self) -> tuple[str, str]:
        """What is the same for all rows of one indicator: its code, and its name."""
        name = "".join(filter(str.isalnum, fold(self.indicator.short_name)))
        return fold(self.indicator.code), name

    def cell(self, field: str) -> str:
        """Return the address of a field."""
        return self.indicator.place.cell(field)


def settle_repeats(
    found: Sequence[tuple[Table, IndicatorRows]],
) -> tuple[IndicatorRows, list[Reading]]:
    """Return the rows of all tables, those of one indicator below several headings made into one.

    Of sheets for several periods the latest is the report, and the others are its history: their
    rows come back as readings. So do the earlier rows of a table with a row for each period. The
    problems are those that this brings to light. Where the figures differ, the indicator is not
    rated. Where two sheets are alike, none of the indicators that both have is rated, for either
    could be meant. Rows below the same headings, or with other names, are else left as they are.
    """
    rows = [
        _Row(indicator, table, number, len(of_table.indicators))
        for number, (table, of_table) in enumerate(found)
        for indicator in of_table.indicators
    ]
    settled = IndicatorRows()
    for _, of_table in found:
        settled.unrated += of_table.unrated
    rows, earlier = _latest(rows)
    repeated = _repeated(rows)
    alike = _sheets_alike(repeated)
    unclear = [same for same in repeated if any(_tables(same[0], row) in alike for row in same)]
    not_rated = {row for same in unclear for row in same}
    instead: dict[_Row, Indicator | None] = {}
    for same in repeated:
        instead |= dict.fromkeys(same)
        if same[0] in not_rated:
            settled.unrated += [_unrated(row) for row in same]
            continue
        problems = list(_contradictions(same))
        instead[same[0]] = None if problems else _made_one(same)
        settled.unrated += [_unrated(same[0])] if problems else []
        settled.problems += problems or _said_differently(same)
    settled.problems += _unclear_sheets(unclear)
    for row in rows:
        indicator = instead.get(row, row.indicator)
        settled.indicators += [indicator] if indicator else []
    return settled, [row.indicator.reading for row in earlier]


def _latest(rows: list[_Row]) -> tuple[list[_Row], list[_Row]]:
    """Return the rows of each indicator's latest period, and those of earlier ones.

    Earlier ones are rows of other sheets, and those of a table with a row for each period. Two
    tables of one sheet that differ are a contradiction.
    """
    latest: dict[tuple[str, str], _Row] = {}
    for row in rows:
        known = latest.setdefault(row.key, row)
        if row.indicator.period > known.indicator.period:
            latest[row.key] = row
    by_period = _by_period(rows)
    earlier = {
        row: None
        for row in rows
        if row.indicator.period < (newest := latest[row.key]).indicator.period
        and (row.table.sheet.name != newest.table.sheet.name or row.section in by_period)
    }
    return [row for row in rows if row not in earlier], list(earlier)


def _by_period(rows: list[_Row]) -> set[tuple[int, int]]:
    """Return the sections that have a row for each period of an indicator.

    None of their indicators has two rows of one period, all periods are equally long, and most
    indicators have several rows: one that has may be a slip.
    """
    periods: dict[tuple[int, int], dict[tuple[str, str], list[Period]]] = {}
    for row in rows:
        of_section = periods.setdefault(row.section, {})
        of_section.setdefault(row.key, []).append(row.indicator.period)
    return {
        section
        for section, by_key in periods.items()
        if all(len(set(each)) == len(each) for each in by_key.values())
        and len({period.length for each in by_key.values() for period in each}) == 1
        and 2 * sum(len(each) > 1 for each in by_key.values()) > len(by_key)
    }


def _repeated(rows: list[_Row]) -> list[list[_Row]]:
    """Return the rows of each indicator that stands below several headings, the first leading.

    First is the one in the largest table: the report lists all indicators after its exceptions.
    """
    by_name: dict[tuple[str, str], dict[tuple[int, int], _Row]] = {}
    for row in rows:
        by_name.setdefault(row.key, {}).setdefault(row.section, row)
    same = [list(sections.values()) for sections in by_name.values() if len(sections) > 1]
    return [sorted(rows, key=lambda row: -row.table_size) for rows in same]


def _tables(row: _Row, other: _Row) -> tuple[int, int]:
    return id(row.table), id(other.table)


def _sheets_alike(repeated: list[list[_Row]]) -> set[tuple[int, int]]:
    """Return the tables of different sheets of which one seems to be a copy of the other.

    They have more than half of their indicators in common; and they have the same columns, or
    most of the figures differ.
    """
    shared: Counter[tuple[int, int]] = Counter()
    differing: Counter[tuple[int, int]] = Counter()
    pairs: dict[tuple[int, int], tuple[_Row, _Row]] = {}
    for first, *others in repeated:
        for other in others:
            if first.table.sheet.name != other.table.sheet.name:
                tables = _tables(first, other)
                pairs[tables] = first, other
                shared[tables] += 1
                differing[tables] += any(_contradictions([first, other]))
    return {
        tables
        for tables, (first, other) in pairs.items()
        if 2 * shared[tables] > min(first.table_size, other.table_size)
        and (
            first.table.columns.keys() == other.table.columns.keys()
            or 2 * differing[tables] > shared[tables]
        )
    }


def _unclear_sheets(unclear: list[list[_Row]]) -> Iterator[Problem]:
    """Yield an error for sheets that hold the same indicators, whichever of them is meant."""
    by_sheets: dict[tuple[str, ...], list[_Row]] = {}
    for rows in unclear:
        in_order = sorted(rows, key=lambda row: row.table_number)
        sheets = tuple(dict.fromkeys(row.table.sheet.name for row in in_order))
        by_sheets.setdefault(sheets, []).append(in_order[-1])
    for sheets, rows in by_sheets.items():
        codes = [row.indicator.code for row in rows]
        names = listed((quoted_sheet(sheet) for sheet in sheets), last="and")
        indicators = "the indicators" if len(codes) > 1 else "the indicator"
        yield Problem(
            severity=Severity.ERROR,
            cell=rows[0].cell("code"),
            message=f"the sheets {names} {'both' if len(sheets) == 2 else 'all'} hold {indicators}"
            f" {some(codes)}; any could be meant, and these are not rated",
            hint="Choose a sheet with --sheet, or delete what should not count.",
        )


def _contradictions(rows: list[_Row]) -> Iterator[Problem]:
    """Yield an error for each figure that differs from the first row's."""
    first, *others = rows
    for other in others:
        for field, name in _FIGURES.items():
            here, there = getattr(other.indicator, field), getattr(first.indicator, field)
            is_given = field == "value" or (here is not None and there is not None)
            called = noun_of((here, there)) if field == "period" else name
            if is_given and _measure(here) != _measure(there):
                yield Problem(
                    severity=Severity.ERROR,
                    cell=other.cell(field),
                    message=f"the {called} of {other.indicator.code} is {_shown(here)} here, and"
                    f" {_shown(there)} in {first.cell(field)}; it is not rated",
                    hint="Correct the one that is wrong.",
                )


def _said_differently(rows: list[_Row]) -> Iterator[Problem]:
    """Yield a warning for each name that differs from the first row's, which counts."""
    first, *others = rows
    for other in others:
        for field, name in _TEXTS.items():
            here, there = getattr(other.indicator, field), getattr(first.indicator, field)
            if here and there and fold(_shown(here)) != fold(_shown(there)):
                yield Problem(
                    severity=Severity.WARNING,
                    cell=other.cell(field),
                    message=f'the {name} of {other.indicator.code} is "{_shown(here)}" here, and'
                    f' "{_shown(there)}" in {first.cell(field)}, which counts',
                    hint="Correct the one that is wrong.",
                )


def _made_one(rows: list[_Row]) -> Indicator:
    """Return the first row's indicator with what only the others say, and all that is commented."""
    first, *others = (row.indicator for row in rows)
    fields: dict[str, Any] = dict(first)
    elsewhere = dict(first.place.elsewhere)
    for other in others:
        for field in (*_FIGURES, *_TEXTS, "no_value_text", "no_target_text", "comment"):
            if fields[field] is None and getattr(other, field) is not None:
                fields[field] = getattr(other, field)
                elsewhere[field] = other.place.position(field)
        if other.comment and fold(other.comment) not in fold(fields["comment"]):
            fields["comment"] += f"\n{other.comment}"
        if other.responsible_ous and not fields["responsible_ous"]:
            elsewhere["responsible_ous"] = other.place.position("responsible_ous")
        known = {fold(name) for name in fields["responsible_ous"]}
        new = [name for name in other.responsible_ous if fold(name) not in known]
        fields["responsible_ous"] = (*fields["responsible_ous"], *new)
    return Indicator(**{**fields, "place": first.place._replace(elsewhere=elsewhere)})


def _unrated(row: _Row) -> UnratedRow:
    indicator = row.indicator
    return UnratedRow(code=indicator.code, short_name=indicator.short_name, place=indicator.place)


def _measure(figure: object) -> object:
    return figure.measure if isinstance(figure, Value | Band | Line) else figure


def _shown(figure: object) -> str:
    if figure is None:
        return "none"
    if isinstance(figure, Value | Band | Line):
        return figure.text
    if isinstance(figure, Tolerance):
        return f"{figure.amount:f}{'%' if figure.is_percent else ''}"
    return str(getattr(figure, "label", figure))
