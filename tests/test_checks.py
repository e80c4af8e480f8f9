"""Each check: what it finds, where, and what it leaves alone."""

from collections.abc import Callable, Iterator

import pytest

from kpi_cli import checks
from kpi_cli.models import Indicator, Polarity, Problem, Reading, UnratedRow, Workbook
from kpi_cli.past import History
from kpi_cli.places import Place
from tests.builders import indicator, reading, value

Check = Callable[[Workbook, History], Iterator[Problem]]
COLUMNS = {"code": 1, "value": 5, "last_year": 8}


def row(number: int) -> Place:
    return Place("Indicators", number, COLUMNS)


def found(
    check: Check, *indicators: Indicator, history: tuple[Reading, ...] = (), unrated: str = ""
) -> list[tuple[str, str | None, str]]:
    rows = (UnratedRow(code=unrated, short_name=None, place=row(9)),) if unrated else ()
    workbook = Workbook(name="x.xlsx", indicators=indicators, history=history, unrated=rows)
    problems = check(workbook, History(history))
    return [(problem.severity.value, problem.cell, problem.message) for problem in problems]


def test_a_code_used_twice_is_an_error_at_its_second_row() -> None:
    rows = [indicator(code=code, place=row(n)) for n, code in ((4, "CP 1.1"), (5, "cp  1.1"))]
    assert found(checks.code_used_twice, *rows, indicator(code="CP 1.10", place=row(6))) == [
        ("error", "Indicators!A5", "cp  1.1 is also in Indicators!A4; both rows are rated")
    ]


def test_history_repeated() -> None:
    history = (
        reading("CP 1.1", "January 2018", "5", row=2),
        reading("CP 1.1", "January 2018", "6", row=3),
        reading("CP 1.2", "January 2018", "7", row=4),
        reading("CP 1.2", "Jan-18", "7.0", row=5),
        reading("CP 1.2", "February 2018", "7", row=6),
    )
    assert found(checks.history_repeated, history=history) == [
        (
            "error",
            "History!A3",
            "CP 1.1 has another row for January 2018, History!A2; they differ, and neither is used",
        ),
        (
            "warning",
            "History!A5",
            "CP 1.2 has another row for January 2018, History!A4; they are the same",
        ),
    ]


def test_history_of_an_unknown_code_is_named_once() -> None:
    history = (
        reading("CP 1.1", "January 2018", "5", row=2),
        reading("CP1.1", "February 2018", "5", row=3),
        reading("CP1.1", "March 2018", "5", row=4),
        reading("CP 2.1", "March 2018", "5", row=5),
    )
    problems = list(
        checks.history_of_unknown_code(
            Workbook(name="x", indicators=(indicator(),), history=history), History(history)
        )
    )
    assert [(p.severity.value, p.cell, p.hint) for p in problems] == [
        ("warning", "History!A3", "If CP 1.1 is meant, write it so."),
        ("warning", "History!A5", "Add the indicator's row."),
    ]


def test_history_of_a_row_that_could_not_be_rated_is_not_unknown() -> None:
    history = (reading("CP 7.7", "January 2018", "5"),)
    assert found(checks.history_of_unknown_code, history=history, unrated="CP 7.7") == []


@pytest.mark.parametrize(
    ("figures", "message"),
    [
        (("0.675", "88.7%", "88.7%"), "0.675, and the target is 88.7%"),
        (("67.5%", "0.887", "88.7%"), "67.5%, and the target is 0.887"),
        (("67.5%", None, "88.7"), "67.5%, and the annual target is 88.7"),
        (("40", "30%-50%", None), "40, and the target is 30%-50%"),
        (("67.5%", "88.7%", "88.7%"), None),
        (("£5", "6", "6"), None),
        ((None, "88.7%", "88.7%"), None),
    ],
)
def test_a_percentage_beside_a_plain_number(
    figures: tuple[str | None, ...], message: str | None
) -> None:
    polarity = Polarity.GOLDILOCKS if "-" in (figures[1] or "") else Polarity.MAXIMISE
    mixed = indicator(*figures, polarity=polarity, place=row(4))
    expected = f"the value of CP 1.1 is {message}: they are rated as they stand"
    problems = [("warning", "Indicators!E4", expected)] if message else []
    assert found(checks.units_mixed, mixed) == problems


def test_last_year_in_the_row_and_in_the_history() -> None:
    history = (reading("CP 1.1", "January 2018", "61%"),)
    differing, agreeing = (
        indicator(last_year=value(text), place=row(4)) for text in ("58%", "61.0%")
    )
    assert found(checks.last_year_differs, agreeing, history=history) == []
    assert found(checks.last_year_differs, differing, history=history) == [
        (
            "warning",
            "Indicators!H4",
            "the value of CP 1.1 last year is 58% here, and 61% in History!C2, which counts",
        )
    ]


def test_every_check_is_run() -> None:
    own = {
        name
        for name, member in vars(checks).items()
        if callable(member) and getattr(member, "__module__", "") == checks.__name__
    }
    helpers = {"check", "Check"} | {name for name in own if name.startswith("_")}
    assert {check.__name__ for check in checks.CHECKS} == own - helpers
