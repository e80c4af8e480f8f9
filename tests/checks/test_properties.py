"""What holds of the checks whatever stands in a workbook."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli import check
from kpi_cli.addresses import position
from kpi_cli.history import History
from kpi_cli.models import Polarity, Workbook
from kpi_cli.periods import LENGTHS, Month, Period
from tests.builders import reading
from tests.checks.finding import TODAY, row

AMOUNTS = st.sampled_from(
    [None, "0", "0.675", "5", "67.5%", "6750%", "-3%", "£9", "1,234", "99999"]
)
TARGETS = st.one_of(AMOUNTS, st.sampled_from(["38-48", "30%-40%", "0.3-0.5"]))
NAMES = st.sampled_from(
    [None, "-", "Place", "place", "Policy & Care", "Policy and Care", "Policies"]
)
SHORT_NAMES = st.sampled_from(
    ["Visits [Cumulative YTD]", "% of visits", "Visits [Quarterly Snapshot]", "[", "Rate of it"]
)
PERIODS = st.builds(
    Period,
    st.builds(Month, st.integers(2015, 2020), st.integers(1, 12)),
    st.sampled_from(LENGTHS),
    st.just(4),
)
ROWS: st.SearchStrategy[dict[str, Any]] = st.builds(
    dict,
    value=AMOUNTS,
    target=TARGETS,
    annual=TARGETS,
    period=PERIODS,
    short_name=SHORT_NAMES,
    committee=NAMES,
    aim=NAMES,
    comment=NAMES,
    year_introduced=st.sampled_from([None, "2014", "200809", "x", "-"]),
)
PAST = st.lists(st.tuples(st.integers(4, 6), PERIODS, AMOUNTS, TARGETS), max_size=30)


def workbook(rows: list[dict[str, Any]], past: list[Any]) -> Workbook:
    return Workbook(
        name="x.xlsx",
        indicators=tuple(
            row(number, polarity=Polarity.GOLDILOCKS, **fields)
            for number, fields in enumerate(rows, start=4)
        ),
        history=tuple(
            reading(f"CP 1.{code}", when.label, value, target, row=number)
            for number, (code, when, value, target) in enumerate(past, start=2)
        ),
    )


@given(rows=st.lists(ROWS, min_size=1, max_size=4), past=PAST)
def test_each_problem_has_a_cell_of_the_workbook_and_is_told_once(
    rows: list[dict[str, Any]], past: list[Any]
) -> None:
    problems = check(workbook(rows, past), today=TODAY)
    sizes = {"Indicators": range(4, 4 + len(rows)), "History": range(2, 2 + len(past))}
    for problem in problems:
        assert problem.cell
        sheet, number, _ = position(problem.cell)
        assert number in sizes[sheet]
    told = [(problem.check, problem.cell, problem.message) for problem in problems]
    assert len(told) == len(set(told))


@given(rows=st.lists(ROWS, min_size=1, max_size=3), past=PAST, random=st.randoms())
def test_the_order_of_the_history_makes_no_difference(
    rows: list[dict[str, Any]], past: list[Any], random: Any
) -> None:
    once = {(code, when): (value, target) for code, when, value, target in past}
    book = workbook(rows, [(*key, *figures) for key, figures in once.items()])
    readings = list(book.history)
    random.shuffle(readings)
    shuffled = book.model_copy(update={"history": History(readings)})
    first_is_named = {"units-mixed", "history-unknown-code"}  # of many rows the workbook's first

    def told(checked: Workbook) -> set[tuple[str | None, str | None, str]]:
        found = check(checked, today=TODAY)
        return {(p.check, p.cell, p.message) for p in found if p.check not in first_is_named}

    assert told(shuffled) == told(book)
