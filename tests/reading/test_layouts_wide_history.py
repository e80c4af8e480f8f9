"""The wide history (domain 6): a column for each month, targets in rows, columns or tables."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.history import Reading
from kpi_cli.models import Workbook
from tests.builders import HEADINGS, found, merge, row, save_workbook

MONTHS = ("Apr-17", "May-17")
CANONICAL = [("Code", "Month", "Value", "Target")]


def read(
    folder: Path, *rows: tuple[Any, ...], merged: list[str] | None = None, **sheets: Any
) -> Workbook:
    indicators = [HEADINGS, row(), row(code="CP 1.2")]
    path = save_workbook(folder / "x.xlsx", Indicators=indicators, History=list(rows), **sheets)
    return read_workbook(merge(path, History=merged) if merged else path)


def figures(workbook: Workbook) -> list[tuple[str, str, str | None, str | None]]:
    return [
        (
            r.code,
            str(r.month),
            r.value.text if r.value else None,
            r.target.text if r.target else None,
        )
        for r in workbook.history
    ]


def cells(reading: Reading) -> tuple[str, ...]:
    return tuple(reading.place.cell(name) for name in ("code", "period", "value", "target"))


@pytest.mark.parametrize(
    "months",
    [
        ("Apr-17", "May-17"),
        ("April 2017", "May 2017"),
        ("2017-04", "2017-05"),
        ((date(2017, 4, 1), "mmm-yy"), (date(2017, 5, 31), "dd/mm/yyyy")),
        ("Apr 2017 Actual", "Actual May 2017"),
    ],
)
def test_each_month_is_a_reading(tmp_path: Path, months: tuple[Any, ...]) -> None:
    workbook = read(tmp_path, ("Code", "Short Name", *months), ("CP 1.1", "Visits", 3, (0.5, "0%")))
    assert figures(workbook) == [
        ("CP 1.1", "2017-04", "3", None),
        ("CP 1.1", "2017-05", "50%", None),
    ]
    assert cells(workbook.history[1])[:3] == ("History!A2", "History!D1", "History!D2")
    assert workbook.problems == ()


def test_a_single_month_and_other_columns(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Code", "Apr-17", "Owner", "Total"), ("CP 1.1", 3, "Ann", 3))
    assert figures(workbook) == [("CP 1.1", "2017-04", "3", None)]


def test_what_is_blank_is_no_reading_and_what_says_nothing_is_one(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Code", *MONTHS), ("CP 1.1", None, "TBC"), ("CP 1.2",))
    assert figures(workbook) == [("CP 1.1", "2017-05", None, None)]


TARGETS_IN_ROWS = {
    "the code in both": [
        ("Code", "Type", *MONTHS), ("CP 1.1", "Actual", 1, 2), ("CP 1.1", "Target", 3, 4),
    ],
    "the code in the first": [
        ("Code", "Measure", *MONTHS), ("CP 1.1", "Actual", 1, 2), (None, "Target", 3, 4),
    ],
    "only the target marked": [
        ("Code", None, *MONTHS), ("CP 1.1", None, 1, 2), (None, "Target", 3, 4),
    ],
    "marked in place of the name": [
        ("Code", "Name", *MONTHS), ("CP 1.1", "Visits made", 1, 2), (None, "Target", 3, 4),
    ],
    "marked after the months": [
        ("Code", *MONTHS, "Series"), ("CP 1.1", 1, 2, "Value"), ("CP 1.1", 3, 4, "Targets"),
    ],
    "marked in place of the code": [("Code", *MONTHS), ("CP 1.1", 1, 2), ("Target", 3, 4)],
    "the target first": [
        ("Code", "Type", *MONTHS), ("CP 1.1", "Target", 3, 4), (None, "Actual", 1, 2),
    ],
}  # fmt: skip
BOTH = [("CP 1.1", "2017-04", "1", "3"), ("CP 1.1", "2017-05", "2", "4")]


@pytest.mark.parametrize("rows", TARGETS_IN_ROWS.values(), ids=TARGETS_IN_ROWS)
def test_targets_in_rows_of_their_own(tmp_path: Path, rows: list[tuple[Any, ...]]) -> None:
    workbook = read(tmp_path, *rows)
    assert figures(workbook) == BOTH
    assert workbook.problems == ()


def test_targets_in_a_second_row_with_the_code_merged_down(tmp_path: Path) -> None:
    rows = (("Code", "Type", *MONTHS), ("CP 1.1", "Actual", 1, 2), (None, "Target", 3, 4))
    workbook = read(tmp_path, *rows, merged=["A2:A3"])
    assert figures(workbook) == BOTH
    assert cells(workbook.history[0]) == ("History!A2", "History!C1", "History!C2", "History!C3")


def test_targets_in_a_block_of_columns(tmp_path: Path) -> None:
    rows = ((None, "Value", None, "Target"), ("Code", *MONTHS, *MONTHS), ("CP 1.1", 1, 2, 3, 4))
    for merged in (["B1:C1", "D1:E1"], None):
        workbook = read(tmp_path, *rows, merged=merged)
        assert figures(workbook) == BOTH
        assert workbook.problems == ()
    assert cells(workbook.history[0]) == ("History!A3", "History!B2", "History!B3", "History!D3")


@pytest.mark.parametrize(
    "rows",
    [
        [(None, "Apr-17", None, "May-17"), ("Code", *("Actual", "Target") * 2)],
        [("Code", "Apr-17 Actual", "Apr-17 Target", "May-17", "May-17 (target)")],
    ],
)
def test_a_value_and_a_target_under_each_month(tmp_path: Path, rows: list[Any]) -> None:
    workbook = read(tmp_path, *rows, ("CP 1.1", 1, 3, 2, 4))
    assert figures(workbook) == BOTH
    assert workbook.problems == ()


def test_targets_in_a_table_below(tmp_path: Path) -> None:
    heading, below = ("Code", *MONTHS), [(), ("Monthly targets",), ("Code", *MONTHS)]
    workbook = read(tmp_path, heading, ("CP 1.1", 1, 2), *below, ("CP 1.1", 3, 4))
    assert figures(workbook) == BOTH
    assert cells(workbook.history[0]) == ("History!A2", "History!B1", "History!B2", "History!B6")


@pytest.mark.parametrize("name", ["Targets", "Target_2017-18"])
def test_targets_in_a_sheet_of_their_own(tmp_path: Path, name: str) -> None:
    targets: Any = [("Code", *MONTHS[::-1]), ("cp 1.1", 4, 3)]
    workbook = read(tmp_path, ("Code", *MONTHS), ("CP 1.1", 1, 2), **{name: targets})
    assert figures(workbook) == BOTH
    sheet = f"'{name.replace('_', ' ')}'" if "_" in name else name
    assert workbook.history[0].place.cell("target") == f"{sheet}!C2"


def test_targets_beside_a_canonical_history(tmp_path: Path) -> None:
    history = [*CANONICAL, ("CP 1.1", "Apr-17", 1, None), ("CP 1.1", "May-17", 2, 4)]
    targets = [("Code", *MONTHS, "Jun-17"), ("CP 1.1", 3, 4, 5)]
    workbook = read(tmp_path, *history, Targets=targets)
    assert figures(workbook) == [*BOTH, ("CP 1.1", "2017-06", None, "5")]
    assert rate(workbook).problems == ()


def test_a_target_that_contradicts_the_one_beside_the_value(tmp_path: Path) -> None:
    targets = [("Code", *MONTHS), ("CP 1.1", 9)]
    workbook = read(tmp_path, *CANONICAL, ("CP 1.1", "Apr-17", 1, 3), Targets=targets)
    assert found(rate(workbook).problems) == [("error", "Targets!A2")]


def test_a_wide_and_a_canonical_history_together(tmp_path: Path) -> None:
    old = [*CANONICAL, ("CP 1.1", "Mar-17", 7, 8)]
    workbook = read(tmp_path, ("Code", *MONTHS), ("CP 1.1", 1, 2), Old=old)
    assert figures(workbook) == [
        ("CP 1.1", "2017-04", "1", None),
        ("CP 1.1", "2017-05", "2", None),
        ("CP 1.1", "2017-03", "7", "8"),
    ]


def test_months_in_the_table_of_indicators(tmp_path: Path) -> None:
    rows = [(*HEADINGS, *MONTHS), row(april=1, may=2)]
    workbook = read_workbook(save_workbook(tmp_path / "x.xlsx", Indicators=rows))
    assert len(workbook.indicators) == 1
    assert [r.place.cell("value") for r in workbook.history] == ["Indicators!H2", "Indicators!I2"]


def test_a_month_given_twice_is_not_chosen_from(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Code", "Apr-17", "April 2017", "May-17"), ("CP 1.1", 1, 2, 3))
    assert figures(workbook) == [("CP 1.1", "2017-05", "3", None)]
    (problem,) = workbook.problems
    assert found([problem]) == [("error", "History!C1")]
    assert problem.message == ("April 2017 is also the month of History!B1; neither column is read")


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("Mar-18*", "March 2018"),
        ("Mar 2018 (p)", "March 2018"),
        ("31/03/2018", "March 2018"),  # a day counts as its month
        ("31 March 2018", "March 2018"),
        ("2018-03-31", "March 2018"),
        ("Q4 2017/18", "Q4 2017/18"),
        ("H2 2017/18 Actual", "H2 2017/18"),
        ("2017/18", "2017/18"),
        ("2017/18 Outturn", "2017/18"),
        ("Apr 17 to Mar 18", "2017/18"),
        ("Year to December 2017", "year to December 2017"),
    ],
)
def test_each_period_is_a_reading_however_it_is_written(
    tmp_path: Path, heading: str, period: str
) -> None:
    workbook = read(tmp_path, ("Code", *MONTHS, heading), ("CP 1.1", 1, 2, 3))
    *before, last = workbook.history
    assert (last.code, last.period.label, last.value and last.value.text) == ("CP 1.1", period, "3")
    assert cells(last)[1:3] == ("History!D1", "History!D2")
    assert [reading.period.label for reading in before] == ["April 2017", "May 2017"]
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("heading", "severity", "message"),
    [
        ("March", "warning", 'the heading "March" has no year; it is not read'),
        ("Q1", "warning", 'the heading "Q1" has no year; it is not read'),
        (
            "Outturn 2018",
            "warning",
            '"2018" can mean 2018/19, 2017/18 or year to December 2018: the financial year starts'
            " in April; the column is not read",
        ),
        (
            "Febuary 2018",
            "error",
            'the month "Febuary 2018" cannot be read; the column is not read',
        ),
    ],
)
def test_a_period_that_cannot_be_read_is_told(
    tmp_path: Path, heading: str, severity: str, message: str
) -> None:
    workbook = read(tmp_path, ("Code", *MONTHS, heading), ("CP 1.1", 1, 2, 3))
    assert figures(workbook) == [
        ("CP 1.1", "2017-04", "1", None),
        ("CP 1.1", "2017-05", "2", None),
    ]
    (problem,) = workbook.problems
    assert found([problem]) == [(severity, "History!D1")]
    assert problem.message == message


def test_a_month_that_is_a_formula_without_its_result_is_told(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Code", *MONTHS, "=C1+31"), ("CP 1.1", 1, 2, 3))
    assert found(workbook.problems) == [("error", "History!D1")]


def test_a_date_without_its_format_is_told(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Code", *MONTHS, 43190), ("CP 1.1", 1, 2, 3))
    assert [(p.cell, p.message) for p in workbook.problems] == [
        ("History!D1", "43190 is not a month; the column is not read")
    ]


@pytest.mark.parametrize(
    "heading",
    ["YTD", 2018, "Total 2018", "Mar-18 RAG", "Average", "Marital status", "Mean 2018"],
)
def test_other_columns_among_the_months_are_no_problem(tmp_path: Path, heading: Any) -> None:
    workbook = read(tmp_path, ("Code", *MONTHS, heading), ("CP 1.1", 1, 2, 3))
    assert (len(workbook.history), workbook.problems) == (2, ())


def test_problems_have_the_months_own_cell(tmp_path: Path) -> None:
    rows = (("Code", "Type", *MONTHS), ("CP 1.1", "Actual", "x", 2), (None, "Target", 3, "5-3"))
    workbook = read(tmp_path, *rows)
    assert figures(workbook) == [
        ("CP 1.1", "2017-05", "2", None),
        ("CP 1.1", "2017-04", None, "3"),
    ]
    assert found(workbook.problems) == [("error", "History!C2"), ("error", "History!D3")]
    assert workbook.problems[0].message == ('the value "x" cannot be read; this figure is not used')


def test_a_code_that_is_missing_is_told_once(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Code", *MONTHS), (None, 1, 2))
    assert found(workbook.problems) == [("error", "History!A2")]


@pytest.mark.parametrize(
    ("rows", "cell", "text"),
    [
        ([("CP 1.1", "Actual", 1, 2), ("CP 1.1", "Target", 3, 4), ("CP 1.1", "Gap", 2, 2)],
         "History!B4", "Gap"),
        ([("CP 1.1", None, 1, 2), (None, "Target", 3, 4), (None, "Gap", 2, 2)],
         "History!B4", "Gap"),
        ([("CP 1.1", "Actual", 1, 2), (None, "Target", 3, 4), ("Total", "Actual", 1, 2)],
         "History!A4", "Total"),
    ],
)  # fmt: skip
def test_other_rows_are_not_read_but_said(
    tmp_path: Path, rows: list[Any], cell: str, text: str
) -> None:
    workbook = read(tmp_path, ("Code", "Type", *MONTHS), *rows)
    assert figures(workbook) == BOTH
    (problem,) = workbook.problems
    assert found([problem]) == [("warning", cell)]
    assert problem.message == (f'the row "{text}" has neither values nor targets, and is not read')


def test_without_codes_the_name_is_the_key(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Indicator", *MONTHS), ("Visits", 1, 2), ("Calls", 3, 4))
    assert figures(workbook) == [
        ("Visits", "2017-04", "1", None),
        ("Visits", "2017-05", "2", None),
        ("Calls", "2017-04", "3", None),
        ("Calls", "2017-05", "4", None),
    ]
    assert workbook.problems == ()


@pytest.mark.parametrize("words", [("Month", "Target"), ("Act", "Tgt"), ("Actual", "Target")])
def test_what_stands_under_each_month_beside_the_year_to_date(
    tmp_path: Path, words: tuple[str, str]
) -> None:
    value, target = words
    rows = [
        ("Code", "Name", "Apr-17", None, None, "May-17", None, None),
        (None, None, value, "YTD", target, value, "YTD", target),
        ("CP 1.1", "Visits", 1, 91, 3, 2, 92, 4),
    ]
    workbook = read(tmp_path, *rows, merged=["C1:E1", "F1:H1"])
    assert figures(workbook) == BOTH
    assert workbook.problems == ()


def test_figures_that_are_taken_for_targets_without_a_value_anywhere_are_told(
    tmp_path: Path,
) -> None:
    rows = [("KPIs on target",), ("Code", *MONTHS), ("CP 1.1", 1, 2)]
    (problem,) = read(tmp_path, *rows).problems
    assert found([problem]) == [("warning", "History!B3")]
    assert problem.message == (
        "these figures are taken for targets, as their sheet, title or marks say,"
        " and the history has no values"
    )
