"""Ratings don't depend on the order of columns, rows, tables and sheets, nor on the layout."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli import UnreadableWorkbookError, rate, read_workbook
from kpi_cli.models import Report
from tests.builders import HEADINGS, merge, row, save_workbook

Rows = list[Sequence[Any]]

MORE = (*HEADINGS, "Aim", "Comment")
INDICATORS = [
    row(code="CP 1.1", value=95, target=90, aim="SAFE", comment="Well."),
    row(code="CP 1.2", polarity="Low", value="1.95%", target="1.77%", annual_target="1.77%"),
    row(code="CP 1.3", polarity="Goldilocks", value=33.49, target="38-48", annual_target=None),
    row(code="CP 2.1", value="TBC", aim="CLEAN"),
    row(code="CP 2.2", value=4544, target=4580, annual_target=5740, month="November 2018"),
    row(code="CP 2.3", value="x"),
]
WIDTH = len(MORE)
ROWS = [(*cells, *[None] * (WIDTH - len(cells))) for cells in INDICATORS]
MONTHS = ("Nov-17", "Dec-17", "Jan-18", "Feb-18")
VALUES = {"CP 1.1": (90, 91, 92, 93), "CP 1.2": (1, 2, 3, 4), "CP 2.2": (5000, None, 4000, "TBC")}
READINGS = [
    (code, month, value)
    for code, values in VALUES.items()
    for month, value in zip(MONTHS, values, strict=True)
    if value is not None
]
CANONICAL: Rows = [("Code", "Month", "Value"), *READINGS]
WIDE: Rows = [("Code", *MONTHS), *((code, *values) for code, values in VALUES.items())]


def report_of(**sheets: Any) -> Report:
    with tempfile.TemporaryDirectory() as folder:
        return rate(read_workbook(save_workbook(Path(folder) / "x.xlsx", **sheets)))


def ratings(report: Report) -> dict[str, tuple[Any, ...]]:
    """Return what is said of each code, but not where it stands."""
    rated = {
        r.indicator.code: (
            r.outcome, r.direction, r.reason, r.last_year, r.indicator.aim, r.indicator.comment,
        )
        for r in report.ratings
    }  # fmt: skip
    return rated | {f"not rated: {row.code}": () for row in report.unrated}


EXPECTED = ratings(report_of(Indicators=[MORE, *ROWS], History=CANONICAL))


def reordered(rows: Rows, columns: Sequence[int]) -> Rows:
    return [[cells[column] for column in columns] for cells in rows]


@st.composite
def shuffled_tables(draw: st.DrawFn, rows: Rows) -> Rows:
    """Return a table with its rows and its columns in another order, perhaps moved."""
    heading, *others = rows
    below = draw(st.permutations(others))
    columns = draw(st.permutations(range(len(heading))))
    right, down = draw(st.integers(0, 3)), draw(st.integers(0, 3))
    table = reordered([heading, *below], columns)
    return [()] * down + [[None] * right + list(cells) for cells in table]


def test_every_kind_of_rating_is_among_those_expected() -> None:
    assert len(EXPECTED) == len(INDICATORS)
    assert len({outcome for outcome, *_ in filter(None, EXPECTED.values())}) == 4
    assert len({direction for _, direction, *_ in filter(None, EXPECTED.values())}) == 3


@settings(deadline=None, max_examples=40)
@given(shuffled_tables([MORE, *ROWS]), shuffled_tables(CANONICAL), st.booleans())
def test_columns_and_rows_in_any_order(table: Rows, history: Rows, history_first: bool) -> None:
    sheets = {"Indicators": table, "History": history}
    order = sorted(sheets, reverse=not history_first)
    report = report_of(**{name: sheets[name] for name in order})
    assert ratings(report) == EXPECTED


@settings(deadline=None, max_examples=40)
@given(shuffled_tables([MORE, *ROWS]), shuffled_tables(WIDE))
def test_a_wide_history_with_its_months_in_any_order(table: Rows, history: Rows) -> None:
    assert ratings(report_of(Indicators=table, History=history)) == EXPECTED


@settings(deadline=None, max_examples=40)
@given(st.permutations(ROWS), st.permutations(range(WIDTH)), st.integers(1, 5), st.booleans())
def test_divided_into_tables_below_each_other(
    rows: Rows, columns: list[int], size: int, is_repeated: bool
) -> None:
    """The second table has its columns in the same order, or in another."""
    table: Rows = [MORE, *rows[:size], ()]
    rest: Rows = [MORE, *rows[size:]]
    below = rest if is_repeated else reordered(rest, columns)
    sheet = [("Section 1",), *table, ("Section 2",), *below]
    assert ratings(report_of(Report=sheet, History=CANONICAL)) == EXPECTED


@settings(deadline=None, max_examples=40)
@given(st.permutations(ROWS), st.permutations(range(WIDTH)), st.integers(1, 5))
def test_divided_into_sheets(rows: Rows, columns: list[int], size: int) -> None:
    people, place = [MORE, *rows[:size]], reordered([MORE, *rows[size:]], columns)
    assert ratings(report_of(People=people, History=WIDE, Place=place)) == EXPECTED


@settings(deadline=None, max_examples=40)
@given(st.permutations(ROWS))
def test_aims_in_rows_of_their_own(rows: Rows) -> None:
    aim = MORE.index("Aim")
    sheet: Rows = [MORE]
    for cells in rows:
        sheet += [(f"Aim: {cells[aim] or ''}",), [*cells[:aim], None, *cells[aim + 1 :]]]
    assert ratings(report_of(Report=sheet, History=CANONICAL)) == EXPECTED


CELLS = st.sampled_from(
    [
        None, *MORE, "Code", "Month", "Value", "Target", "Annual", "Measure", "Setting", "Apr-17",
        "Apr-17 Target", "Actual", "Aim: SAFE: x", "Expected Outcome Red", "Responsible OUs:",
        "Total", "CP 1.1", "CP 1.2", "Visits", "Aim to Maximise", "January 2019", 95, 0.5, "38-48",
        True, "#REF!", "Amber Tolerance", "5%",
    ]
)  # fmt: skip
AREAS = st.tuples(st.integers(1, 6), st.integers(1, 6), st.integers(0, 3), st.integers(0, 3))


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(CELLS, max_size=8), max_size=8), st.lists(AREAS, max_size=3))
def test_anything_below_anything_is_read_or_refused(rows: Rows, areas: list[Any]) -> None:
    merged = [
        f"{'ABCDEF'[column - 1]}{first}:{'ABCDEFGHI'[column - 1 + across]}{first + down}"
        for first, column, down, across in areas
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = save_workbook(Path(folder) / "x.xlsx", Sheet=[MORE, ROWS[0], *rows])
        try:
            report = rate(read_workbook(merge(path, Sheet=merged)))
        except UnreadableWorkbookError:
            return
    cells = [problem.cell for problem in report.problems]
    assert all(cell is None or cell.startswith("Sheet!") for cell in cells)
