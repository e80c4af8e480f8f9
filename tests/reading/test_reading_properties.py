"""What stands around figures changes no rating: titles, notes, groups, blanks, remarks and order.

That a period's label is read as that period is tried in `tests/test_period_words.py`.
"""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli import rate, read_workbook
from kpi_cli.models import Outcome, Severity
from tests.builders import save_workbook

Column = tuple[Any, ...]  # a heading, and what stands below it


class Layout(NamedTuple):
    """A table by its columns: those of what is said of an indicator, and those of periods."""

    title: str
    fields: list[Column]
    periods: list[Column]


KEYS: list[Column] = [
    ("Ref", "A1", "A2", "A3", "A4"),
    ("Indicator", "Calls answered", "Average days to let a home", "% of stalls let", "Trees"),
    ("Polarity", "High", "Low", "Goldilocks", "High"),
]
LAYOUTS = {
    "quarters beside one target": Layout(
        "Performance report Quarter 3 2018/19",
        [*KEYS, ("Target", 90, 5, "85-90", 30), ("RAG", "A", "R", "G", None)],
        [
            ("Q1", 80, 4, 84, 10), ("Q2", 85, 5, 85, 31), ("Q3", 88, 6, 86, None),
            ("Q4", None, None, None, None), ("Q3 2017/18", 89, 7, 70, 28),
        ],
    ),
    "quarters with targets of their own": Layout(
        "Performance report Quarter 2 2018/19",
        [
            *KEYS, ("Annual Target 2018/19", 90, 6, "85-90", 120),
            ("Comments", "Busy.", None, None, "See Q1."),
        ],
        [
            ("Q1 Target", 85, 5, "85-90", 30), ("Q1 Actual", 86, 6, 91, 28),
            ("Q2 Target", 88, 5, "85-90", 60), ("Q2 Actual", 87, 5, 99, 70),
            ("Q2 2017/18 Actual", 90, 6, 99, 71),
        ],
    ),
    "months with a floor": Layout(
        "Scorecard for January 2019",
        [*KEYS, ("Target", 90, 5, "85-90", 3), ("Floor", 80, 7, "80-95", 2)],
        [("Nov-18", 90, 4, 88, 3), ("Dec-18", 91, 4, 79, 3), ("Jan-19", 79, 6, 79, "n/a"),
         ("Jan-18", 70, 6, 78, 1)],
    ),
    "years": Layout(
        "Annual report 2018/19",
        [*KEYS, ("2018/19 Target", 90, 5, "85-90", 30), ("2019/20 Target", 99, 3, "90-95", 40)],
        [("2016/17", 80, 4, 85, 27), ("2017/18", 89, 4, 91, 28), ("2018/19", 88, 6, 92, 31)],
    ),
    "a value, conditions and a year ago": Layout(
        "Position at Quarter 3 2018/19",
        [
            *KEYS, ("Actual", 88, 6, 92, 31),
            ("Green", ">=90", "<=5", "85-90", ">=30"), ("Red", "<85", ">7", "<80 or >95", "<20"),
            ("Same quarter last year", 87, 6, 99, None),
        ],
        [],
    ),
}  # fmt: skip
LAYOUT = st.sampled_from([*LAYOUTS.values()])
NO_PERIODS = (
    "Corporate Plan: a good place to live", "Appendix B", "Generated on 14 February 2019",
    "Returns due by 31 October 2018", "Next update: April 2019",
    "Overview and Scrutiny Committee, 12 February 2019", "Key: G = green; A = amber; R = red",
    "All figures are provisional", "Page 1 of 2",
)  # fmt: skip
NOTES = (
    "Note: the figures are provisional", "* provisional", "Source: our own records",
    "R = red, A = amber", "Figures may not add up.", "Key: G = on target",
)  # fmt: skip
GROUPS = ("Housing", "A clean and safe town", "Environment & Planning", "People first")
REMARKS = ("For us alone", "Colour of the folder", "Phone", "Checked by", "Old system", "Ward")
WORDS = st.sampled_from(
    ["see file", "Red", "On target", "High", "Q2", "2017/18", "n/a", "95%", "-", "Housing", "=A1"]
)
REMARK = st.one_of(st.none(), st.integers(-5, 500), st.text("abc XYZ 19%-/.", max_size=12), WORDS)


def rows_of(columns: Sequence[Column]) -> list[list[Any]]:
    return [list(cells) for cells in zip(*columns, strict=True)]


def ratings(*rows: Sequence[Any]) -> dict[str, tuple[Any, ...]]:
    """Return what comes of each indicator, but not where it was read from."""
    with tempfile.TemporaryDirectory() as folder:
        path = save_workbook(Path(folder) / "x.xlsx", Sheet=list(rows))
        report = rate(read_workbook(path))
    assert [p for p in report.problems if p.severity is Severity.ERROR] == []
    return {
        rating.indicator.code: (
            rating.indicator.value_text, rating.indicator.period, rating.indicator.polarity,
            rating.outcome, rating.direction, rating.reason,
        )
        for rating in report.ratings
    }  # fmt: skip


def plain(layout: Layout) -> list[list[Any]]:
    return [[layout.title], [], *rows_of([*layout.fields, *layout.periods])]


EXPECTED = {layout.title: ratings(*plain(layout)) for layout in LAYOUTS.values()}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_what_is_expected_says_something(layout: Layout) -> None:
    rated = EXPECTED[layout.title]
    outcomes = {outcome for _, _, _, outcome, *_ in rated.values()}
    assert len(rated) == 4
    assert len(outcomes) > 1
    assert Outcome.NO_TARGET not in outcomes


@settings(max_examples=30)
@given(LAYOUT, st.lists(st.sampled_from(NO_PERIODS), max_size=3), st.integers(0, 2), st.data())
def test_more_titles_change_no_rating(
    layout: Layout, titles: list[str], blank: int, data: st.DataObject
) -> None:
    lines = data.draw(st.permutations([layout.title, *titles]))
    table = rows_of([*layout.fields, *layout.periods])
    rows = [*[[line] for line in lines], *[[]] * blank, *table]
    assert ratings(*rows) == EXPECTED[layout.title]


@settings(max_examples=30)
@given(LAYOUT, st.lists(st.sampled_from(NOTES), min_size=1, max_size=3), st.integers(0, 2))
def test_notes_below_change_no_rating(layout: Layout, notes: list[str], blank: int) -> None:
    rows = [*plain(layout), *[[]] * blank, *[[note] for note in notes]]
    assert ratings(*rows) == EXPECTED[layout.title]


@settings(max_examples=30)
@given(LAYOUT, st.data())
def test_blank_columns_change_no_rating(layout: Layout, data: st.DataObject) -> None:
    columns = [*layout.fields, *layout.periods]
    for _ in range(data.draw(st.integers(1, 3))):
        columns.insert(data.draw(st.integers(0, len(columns))), (None,) * 5)
    assert ratings([layout.title], [], *rows_of(columns)) == EXPECTED[layout.title]


@settings(max_examples=30)
@given(LAYOUT, st.lists(st.sampled_from(GROUPS), min_size=1, max_size=2), st.data())
def test_groups_change_no_rating(layout: Layout, groups: list[str], data: st.DataObject) -> None:
    heading, *table = rows_of([*layout.fields, *layout.periods])
    for group in groups:
        places = [n for n, row in enumerate(table) if len(row) > 1]
        table.insert(data.draw(st.sampled_from(places)), [group])
    rows = [[layout.title], [], heading, *table]
    assert ratings(*rows) == EXPECTED[layout.title]


@settings(max_examples=30)
@given(LAYOUT, st.data())
def test_the_order_of_columns_of_periods_changes_no_rating(
    layout: Layout, data: st.DataObject
) -> None:
    periods = data.draw(st.permutations(layout.periods))
    rows = rows_of([*layout.fields, *periods])
    assert ratings([layout.title], [], *rows) == EXPECTED[layout.title]


@settings(max_examples=60)
@given(LAYOUT, st.data())
def test_the_order_of_columns_changes_no_rating(layout: Layout, data: st.DataObject) -> None:
    columns = data.draw(st.permutations([*layout.fields, *layout.periods]))
    assert ratings([layout.title], [], *rows_of(columns)) == EXPECTED[layout.title]


@settings(max_examples=30)
@given(LAYOUT, st.data())
def test_the_order_of_rows_changes_no_rating(layout: Layout, data: st.DataObject) -> None:
    heading, *table = rows_of([*layout.fields, *layout.periods])
    rows = data.draw(st.permutations(table))
    assert ratings([layout.title], [], heading, *rows) == EXPECTED[layout.title]


@settings(max_examples=60)
@given(
    LAYOUT, st.sampled_from(REMARKS), st.lists(REMARK, min_size=4, max_size=4), st.integers(0, 5)
)
def test_a_column_of_remarks_changes_no_rating(
    layout: Layout, heading: str, remarks: list[Any], place: int
) -> None:
    columns = [*layout.fields, *layout.periods]
    columns.insert(place, (heading, *remarks))
    assert ratings([layout.title], [], *rows_of(columns)) == EXPECTED[layout.title]


PAIRS: list[tuple[str, Column, Column]] = [
    ("Quarter 1", ("Target", 85, 5, "85-90", 30), ("Actual", 86, 6, 91, 28)),
    ("Quarter 2", ("Target", 88, 5, "85-90", 60), ("Actual", 87, 5, 99, 70)),
    ("Quarter 3", ("Target", 90, 6, "85-90", 90), ("Actual", None, 7, 86, 80)),
    ("Quarter 4", ("Target", 91, 6, "85-90", 120), ("Actual", None, None, None, None)),
]


def rows_of_pairs(pairs: Sequence[tuple[str, Column, Column]]) -> list[list[Any]]:
    """Return a table with a heading over each pair of columns, in the order that these have."""
    upper = [None] * len(KEYS) + [cell for name, *_ in pairs for cell in (name, None)]
    columns = [*KEYS, *(column for _, *pair in pairs for column in pair)]
    return [["Report Quarter 3 2018/19"], [], upper, *rows_of(columns)]


def test_the_order_of_pairs_below_quarters_says_something() -> None:
    rated = ratings(*rows_of_pairs(PAIRS))
    assert [value for value, *_ in rated.values()] == ["87", "7", "86", "80"]
    assert [outcome for _, _, _, outcome, *_ in rated.values()] == [
        Outcome.SLIPPAGE, Outcome.AT_RISK, Outcome.ON_COURSE, Outcome.AT_RISK,
    ]  # fmt: skip


@settings(max_examples=40)
@given(st.permutations(PAIRS), st.booleans())
def test_the_order_of_quarters_and_of_their_columns_changes_no_rating(
    pairs: list[tuple[str, Column, Column]], is_turned: bool
) -> None:
    turned = [(name, actual, target) for name, target, actual in pairs] if is_turned else pairs
    assert ratings(*rows_of_pairs(turned)) == ratings(*rows_of_pairs(PAIRS))
