"""The history: one row per indicator and month; a row that can't be read is said, and left out."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Workbook
from kpi_cli.reading.history_tables import HistoryRows, read_history
from kpi_cli.reading.tables import Table
from kpi_cli.xlsx.sheet import Content
from tests.builders import HEADINGS, found, row, save_workbook

HISTORY = ("Code", "Month", "Value", "Target")


def read(folder: Path, *rows: tuple[Any, ...]) -> Workbook:
    """Save and read a workbook with one indicator and this history."""
    path = folder / "x.xlsx"
    return read_workbook(
        save_workbook(path, Indicators=[HEADINGS, row()], History=[HISTORY, *rows])
    )


def readings(workbook: Workbook) -> list[tuple[str, str, str | None, str | None]]:
    """Return each reading as text: its code, month, value and target."""
    return [
        (
            r.code,
            str(r.month),
            r.value.text if r.value else None,
            r.target.text if r.target else None,
        )
        for r in workbook.history
    ]


def test_the_figures_of_the_report(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        ("CP 1.1", "April 2017", 54.5, "50.4 - 55.7"),
        ("CP 1.1", date(2018, 4, 1), (28.92, "0.00"), "38 - 48"),
        ("CP 1.2", "Apr-17", 74.4, 66),
        ("CP 1.4", "2017-04", (0.589, "0.0%"), (0.9, "0%")),
        ("CP 5.5", "04/2017", (26583, "#,##0"), "21,250"),
    )
    assert workbook.problems == ()
    assert readings(workbook) == [
        ("CP 1.1", "2017-04", "54.5", "50.4-55.7"),
        ("CP 1.1", "2018-04", "28.92", "38-48"),
        ("CP 1.2", "2017-04", "74.4", "66"),
        ("CP 1.4", "2017-04", "58.9%", "90%"),
        ("CP 5.5", "2017-04", "26,583", "21,250"),
    ]


@pytest.mark.parametrize("nothing", [None, "-", "–", "TBC", "N/A", "no data"])
def test_a_month_without_value_or_target(tmp_path: Path, nothing: str | None) -> None:
    workbook = read(tmp_path, ("CP 3.2", "May 2018", nothing, nothing))
    assert readings(workbook) == [("CP 3.2", "2018-05", None, None)]
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("bad", "cells", "messages"),
    [
        (("CP 1.1", "May 2018", "n.k.", 90), ["C3"], ['the value "n.k." cannot be read']),
        (
            ("CP 1.1", "May 2018", "38-48", 90),
            ["C3"],
            ['the value "38-48" is a band, and a value is one number'],
        ),
        (
            ("CP 1.1", "May 2018", 45, "67-57"),
            ["D3"],
            ['the target "67-57" is a band that is the wrong way round'],
        ),
        (("CP 1.1", "sometime", 45, 50), ["B3"], ['the month "sometime" cannot be read']),
        (("CP 1.1", 43221, 45, 50), ["B3"], ["43221 is not a month"]),
        (("CP 1.1", None, 45, 50), ["B3"], ["the month is missing"]),
        ((None, "May 2018", 45, 50), ["A3"], ["the code is missing"]),
        (("CP 1.1",), ["B3"], ["the month is missing"]),
        ((None, None, 45), ["A3", "B3"], ["the code is missing", "the month is missing"]),
        (
            ("CP 1.1", "May 2018", "#DIV/0!", date(2019, 5, 3)),
            ["C3", "D3"],
            [
                "the cell shows the Excel error #DIV/0!",
                "the target is the date 2019-05-03, where a number is expected",
            ],
        ),
        (
            (None, "sometime", "n.k.", "n.k."),
            ["A3", "B3", "C3", "D3"],
            [
                "the code is missing",
                'the month "sometime" cannot be read',
                'the value "n.k." cannot be read',
                'the target "n.k." cannot be read',
            ],
        ),
    ],
)
def test_a_row_with_a_problem_is_left_out_and_no_other(
    tmp_path: Path, bad: tuple[Any, ...], cells: list[str], messages: list[str]
) -> None:
    workbook = read(tmp_path, ("CP 1.1", "Apr-18", 1, 2), bad, ("CP 1.1", "Jun-18", 3, 4))
    assert [r.place.row for r in workbook.history] == [2, 4]
    assert sorted((p.cell or "", p.message) for p in workbook.problems) == [
        (f"History!{cell}", f"{message}; this row is not used")
        for cell, message in zip(cells, messages, strict=True)
    ]
    assert {problem.severity.value for problem in workbook.problems} == {"error"}
    assert len(workbook.indicators) == 1


def test_blank_rows_and_notes_beside_the_table_are_no_readings(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        (),
        (None, " ", None, None),
        (None, None, None, None, "checked by the service"),
        ("CP 1.1", "Apr-18", "x", 90),
    )
    assert found(workbook.problems) == [("error", "History!C5")]
    assert not workbook.history


def test_a_history_may_have_no_rows(tmp_path: Path) -> None:
    workbook = read(tmp_path)
    assert (len(workbook.history), workbook.problems) == (0, ())


@pytest.mark.parametrize("text", ["Source: housing system 2", "Note 1", "provisional", "Key"])
def test_notes_below_a_history_are_told_and_are_no_error(tmp_path: Path, text: str) -> None:
    workbook = read(tmp_path, ("CP 1.1", "Apr-18", 1, 90), (), (text,))
    assert len(workbook.history) == 1
    assert found(workbook.problems) == [("warning", "History!A4")]
    message = f'the row "{text}" is taken for a note, and is not used'
    assert workbook.problems[0].message == message


def test_a_long_note_is_told_in_short(tmp_path: Path) -> None:
    note = "Note: figures are provisional until the year's accounts are closed"
    workbook = read(tmp_path, ("CP 1.1", "Apr-18", 1, 90), (), (note,))
    shown = "Note: figures are provisional until the year's accounts are …"
    assert workbook.problems[0].message == f'the row "{shown}" is taken for a note, and is not used'


def test_the_words_for_no_value_and_the_marks_of_figures_are_known_here_too(tmp_path: Path) -> None:
    rows = [
        ("CP 1.1", "Apr-17", "Not yet available", "Monitor"),
        ("CP 1.1", "May-17", "78% (prov)", "≥80%"),
    ]
    workbook = read(tmp_path, *rows)
    assert [
        (r.value.text if r.value else None, r.target.text if r.target else None)
        for r in workbook.history
    ] == [(None, None), ("78% (prov)", "≥80%")]
    assert workbook.problems == ()


def test_a_word_that_is_not_known_is_told_once_with_its_cells(tmp_path: Path) -> None:
    rows = [("CP 1.1", when, "Yes", None) for when in ("Apr-17", "May-17", "Jun-17")]
    (problem,) = read(tmp_path, *rows).problems
    assert problem.message == (
        'the value "Yes" cannot be read in 3 cells (first here); these rows are not used'
    )


def test_what_many_cells_hold_is_looked_up_once_for_each(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Most cells of a history hold what others do: its codes, its months, its round figures."""
    looked_up: list[Content] = []
    usual = Content.__hash__

    def looking_up(content: Content) -> int:
        looked_up.append(content)
        return usual(content)

    def counting(table: Table) -> HistoryRows:
        with monkeypatch.context() as patched:
            patched.setattr(Content, "__hash__", looking_up)
            return read_history(table)

    monkeypatch.setattr("kpi_cli.reading.workbook.read_history", counting)
    workbook = read(tmp_path, *[("CP 1.1", "May 2018", 80, 90)] * 50)
    assert len(workbook.history) == 50
    assert len(looked_up) == 50 * 4 + 4


def test_each_cell_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    rows = [("CP 1.1", "May 2018", "3-1"), ("CP 1.1", "June 2018", 7), ("CP 1.2", "May", "3-1")]
    problems = read(tmp_path, *rows).problems
    cells = [problem.cell for problem in problems]
    assert cells == ["History!C2", "History!B4", "History!C4"]
