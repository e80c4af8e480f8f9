"""The table of checks: each is listed with what it finds, fires, and runs where it bears."""

import inspect
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import kpi_cli.checks
from kpi_cli import check, rate
from kpi_cli.amounts import Tolerance
from kpi_cli.checks import CHECKS
from kpi_cli.checks.base import Finding
from kpi_cli.models import Direction, Problem, Severity, Workbook
from kpi_cli.periods import Month
from tests.builders import line, period, reading, value
from tests.checks.finding import TODAY, check_named, problems_of, row

SHARE = "Percentage of visits"
COUNT = "Visits [Cumulative YTD]"


def past(*figures: tuple[str, str | None, str | None]) -> tuple[Any, ...]:
    return tuple(
        reading("CP 1.4", when, text, target, row=number)
        for number, (when, text, target) in enumerate(figures, start=2)
    )


FIVEFOLD = Tolerance(amount=Decimal(500), is_percent=True)
JANUARY = ("January 2018", "61", "90")
FIRING: dict[str, tuple[list[Any], tuple[Any, ...]]] = {
    "code-used-twice": ([row(4), row(5, code="CP 1.4")], ()),
    "example-left": ([row(4), row(5, code="EXAMPLE 1")], ()),
    "history-contradicts": ([row(4)], past(JANUARY, ("January 2018", "62", "90"))),
    "history-repeated": ([row(4)], past(JANUARY, JANUARY)),
    "history-unknown-code": ([row(5)], past(JANUARY)),
    "units-mixed": ([row(4, "0.675", "90%")], ()),
    "percentage-hundredfold": ([row(4, "6750%", "90%")], ()),
    "percentage-impossible": ([row(4, "101%", "90%", short_name=SHARE)], ()),
    "tolerance-doubtful": ([row(4, tolerance=FIVEFOLD)], ()),
    "red-line-far": ([row(4, red_line=line("5"))], ()),
    "line-and-tolerance": ([row(4, red_line=line("80"), tolerance=FIVEFOLD)], ()),
    "last-year-differs": ([row(4, last_year=value("60"))], past(JANUARY)),
    "history-differs": ([row(4)], past(("January 2019", "94", "90"))),
    "month-in-future": ([row(4, period=period("March 2019"))], ()),
    "month-stale": ([row(4), row(5, period=period("May 2018"))], ()),
    "months-missing": ([row(4)], past(*((f"{m} 2018", "5", "6") for m in ("May", "June", "July")))),
    "value-missing": ([row(4, None)], ()),
    "cumulative-falls": ([row(4, short_name=COUNT)], past(("May 2018", "96", "90"))),
    "target-missing": ([row(4, target=None)], ()),
    "target-changes": ([row(4)], past(("January 2018", "61", "50-60"))),
    "comment-missing": ([row(4, "80")], ()),
    "name-spelt-two-ways": ([row(4, aim="SAFE"), row(5, aim="Safe")], ()),
    "year-no-year": ([row(4, year_introduced="200809")], ()),
    "year-missing": ([row(4, "80", year_introduced="2014"), row(5, "80")], ()),
    "published-differs": ([row(4, published_direction=Direction.WORSE)], past(JANUARY)),
}


def test_every_check_has_a_case_in_which_it_fires() -> None:
    assert list(FIRING) == [check.name for check in CHECKS]


@pytest.mark.parametrize("name", FIRING)
def test_the_check_fires(name: str) -> None:
    indicators, history = FIRING[name]
    problems = problems_of(name, *indicators, history=history)
    assert problems
    assert {p.check for p in problems} == {name}
    assert {p.severity for p in problems} == {check_named(name).severity}
    for problem in problems:
        assert not problem.message.endswith(".")
        assert problem.hint.endswith(".")


@pytest.mark.parametrize("name", FIRING)
def test_it_runs_with_a_rating_where_it_bears_on_one_and_with_kpi_check_always(name: str) -> None:
    indicators, history = FIRING[name]
    workbook = Workbook(name="x.xlsx", indicators=tuple(indicators), history=history)
    rated = {problem.check for problem in rate(workbook, today=TODAY).problems}
    checked = {problem.check for problem in check(workbook, today=TODAY)}
    assert (name in rated) is check_named(name).bears_on_rating
    assert name in checked


def test_every_function_that_finds_is_in_the_table() -> None:
    found = {
        f"{path.stem}.{name}"
        for path in Path(kpi_cli.checks.__file__).parent.glob("*.py")
        for name, member in vars(import_module(f"kpi_cli.checks.{path.stem}")).items()
        if inspect.isfunction(member)
        and not name.startswith("_")
        and member.__module__.endswith(f".{path.stem}")
        and inspect.signature(member).return_annotation is not inspect.Signature.empty
        and Finding.__name__ in str(inspect.signature(member).return_annotation)
    }
    listed = {f"{c.find.__module__.rpartition('.')[2]}.{c.find.__name__}" for c in CHECKS}
    assert found == listed


def test_names_and_descriptions_are_whole() -> None:
    assert len({check.name for check in CHECKS}) == len(CHECKS)
    for each in CHECKS:
        assert each.description.endswith(".")
        assert each.name.replace("-", "").isalpha()


def test_problems_stand_in_the_order_of_the_workbook() -> None:
    def told(cell: str | None) -> Problem:
        return Problem(severity=Severity.WARNING, cell=cell, message="x", hint="x.")

    cells = ["'My Settings'!B7", "History!C10", "Indicators!K5", "Indicators!AA4", None,
             "Indicators!A10", "History!C9", "Indicators!B4", "'It''s'!A1:B2"]  # fmt: skip
    workbook = Workbook(
        name="x.xlsx",
        indicators=(row(4, None),),
        history=past(JANUARY),
        problems=tuple(told(cell) for cell in cells),
    )
    assert [problem.cell for problem in check(workbook, today=TODAY)] == [
        None, "Indicators!B4", "Indicators!F4", "Indicators!AA4", "Indicators!K5",
        "Indicators!A10", "History!C9", "History!C10", "'My Settings'!B7", "'It''s'!A1:B2",
    ]  # fmt: skip


@pytest.mark.parametrize(("today", "is_future"), [(Month(2018, 12), True), (Month(2019, 1), False)])
@pytest.mark.parametrize("finds", [check, lambda *a, **k: rate(*a, **k).problems])
def test_today_is_the_callers(finds: Any, today: Month, is_future: bool) -> None:
    workbook = Workbook(name="x.xlsx", indicators=(row(4),))
    assert any(p.check == "month-in-future" for p in finds(workbook, today=today)) is is_future
