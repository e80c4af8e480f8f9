"""Headings in two lines, merged cells, several tables in a sheet, and what Excel hides."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from kpi_cli import UnreadableWorkbookError, check, read_workbook
from kpi_cli.amounts import Unit, Value
from kpi_cli.models import Workbook
from tests.builders import HEADINGS, found, merge, row, save_workbook

HISTORY = ("Code", "Month", "Value", "Target")


def read(
    folder: Path, *rows: Any, merged: list[str] | None = None, **sheets: list[Any]
) -> Workbook:
    path = save_workbook(folder / "x.xlsx", Sheet=list(rows), **sheets)
    return read_workbook(merge(path, Sheet=merged) if merged else path)


TWO_LINES: dict[str, tuple[list[Any], list[str]]] = {
    "each heading divided": (
        [("MPR", "Short", "Minimise or", "Latest", "Month's", "Month's", "Annual Target"),
         ("Code", "Name", "Maximise", "Month", "Value", "Target", "2018/19")],
        [],
    ),
    "a group over two headings, merged": (
        [("MPR Code", "Short Name", "Polarity", "Latest Month", "Actual", "Target"),
         (None, None, None, None, "January 2019", "Month's", "Annual")],
        ["A1:A2", "B1:B2", "C1:C2", "D1:D2", "F1:G1"],
    ),
    "a group over two headings, not merged": (
        [("MPR Code", "Short Name", "Polarity", "Latest Month", "Month's", "Target"),
         (None, None, None, None, "Value", "Month's", "Annual")],
        [],
    ),
    "the month over its figures": (
        [(None, None, None, None, "January 2019", None, "2018/19"),
         ("Code", "Name", "Polarity", "Month", "Value", "Target", "Annual Target")],
        ["E1:F1"],
    ),
    "the year over the annual target": (
        [(None, None, None, None, "This month", None, "Full year"),
         ("Code", "Name", "Polarity", "Month", "Value", "Target", "Target")],
        ["E1:F1"],
    ),
    "merged down beside one with a note": (
        [HEADINGS, (*[None] * 6, "(for the year)")], [f"{c}1:{c}2" for c in "ABCDEF"],
    ),
    "merged down without a second line": ([HEADINGS, ()], [f"{c}1:{c}2" for c in "ABCDEFG"]),
}  # fmt: skip


@pytest.mark.parametrize(("headings", "merged"), TWO_LINES.values(), ids=TWO_LINES)
def test_headings_in_two_lines(tmp_path: Path, headings: list[Any], merged: list[str]) -> None:
    title = [("Performance report, January 2019",), ()]
    moved = [f"{a[0]}{int(a[1]) + 2}:{a[3]}{int(a[4]) + 2}" for a in merged]
    rows = [*title, *headings, row(), row(code="CP 1.2", value="x", target=80, annual_target=85)]
    workbook = read(tmp_path, *rows, merged=moved)
    (indicator,) = workbook.indicators
    assert (indicator.code, indicator.value_text) == ("CP 1.1", "95")
    assert indicator.target
    assert indicator.annual_target
    assert indicator.target.text == indicator.annual_target.text == "90"
    assert found(workbook.problems) == [("error", "Sheet!E6")]


def test_a_target_of_the_month_and_one_of_the_year_are_not_mixed_up(tmp_path: Path) -> None:
    headings, merged = TWO_LINES["a group over two headings, merged"]
    workbook = read(tmp_path, *headings, row(target=80, annual_target=85), merged=merged)
    (indicator,) = workbook.indicators
    assert indicator.target
    assert indicator.annual_target
    assert (indicator.target.text, indicator.annual_target.text) == ("80", "85")


def test_a_missing_column_below_headings_in_two_lines(tmp_path: Path) -> None:
    lines = [("MPR", "Short", "Latest", "Month's"), ("Code", "Name", "Month", "Value")]
    workbook = read(tmp_path, *lines, ("CP 1.1", "Visits", "Jan-19", 3))
    assert found(workbook.problems) == [("error", "Sheet!A2")]


def test_a_heading_merged_over_columns(tmp_path: Path) -> None:
    headings = (*HEADINGS[:1], None, *HEADINGS[1:])
    beside = (*row()[:1], None, *row()[1:])
    left_blank = (None, "CP 1.2", *row()[1:])
    for rows, merged in (([beside], "A1:B1"), ([left_blank], "A1:B1")):
        workbook = read(tmp_path, headings, *rows, merged=[merged])
        assert len(workbook.indicators) == 1
        assert workbook.problems == ()


def test_cells_merged_down_count_in_each_row(tmp_path: Path) -> None:
    headings = (*HEADINGS, "Aim", "Responsible OUs", "Scrutiny Committee")
    workbook = read(
        tmp_path,
        headings,
        row(aim="SAFE", ous="People", committee="A"),
        row(code="CP 1.2", polarity=None),
        row(code="CP 1.3", aim=None, ous=None, committee="B"),
        merged=["C2:C3", "H2:H4", "I2:J3"],
    )
    assert [(i.code, i.aim, i.responsible_ous) for i in workbook.indicators] == [
        ("CP 1.1", "SAFE", ("People",)),
        ("CP 1.2", "SAFE", ("People",)),
        ("CP 1.3", "SAFE", ()),
    ]
    assert [i.place.cell("aim") for i in workbook.indicators] == ["Sheet!H2"] * 3
    assert workbook.problems == ()


def test_a_word_in_a_cell_merged_down_is_told_with_its_rows(tmp_path: Path) -> None:
    rows = [HEADINGS, row(polarity="Sideways"), row(code="CP 1.2", polarity=None)]
    workbook = read(tmp_path, *rows, merged=["C2:C3"])
    assert [(p.cell, p.message) for p in workbook.problems] == [
        (
            "Sheet!C2",
            'the polarity "Sideways" is unknown in 2 rows (first here); CP 1.1 and CP 1.2 are not'
            " rated",
        )
    ]
    assert [u.code for u in workbook.unrated] == ["CP 1.1", "CP 1.2"]


def test_a_history_with_its_codes_merged_down(tmp_path: Path) -> None:
    rows = [HISTORY, ("CP 1.1", "Jan-18", 1), (None, "Feb-18", 2)]
    workbook = read(tmp_path, *rows, merged=["A2:A3"], Indicators=[HEADINGS, row()])
    assert [(r.code, str(r.month)) for r in workbook.history] == [
        ("CP 1.1", "2018-01"), ("CP 1.1", "2018-02"),
    ]  # fmt: skip
    assert workbook.history[1].place.cell("code") == "Sheet!A2"


def test_blank_columns_in_a_table(tmp_path: Path) -> None:
    spaced = [
        tuple(cell for content in line for cell in (None, content))
        for line in (HEADINGS, row(value="x"))
    ]
    assert found(read(tmp_path, *spaced).problems) == [("error", "Sheet!J2")]


def test_a_history_below_the_indicators(tmp_path: Path) -> None:
    past = [("History",), HISTORY, ("CP 1.1", "Jan-18", 1, 2), ("CP 1.1", "Feb-18", "x", 2)]
    workbook = read(tmp_path, HEADINGS, row(), (), *past)
    assert len(workbook.indicators) == 1
    assert [r.place.cell("value") for r in workbook.history] == ["Sheet!C6"]
    assert found(workbook.problems) == [("error", "Sheet!C7")]


@pytest.mark.parametrize("first", [1, 3])
def test_a_history_beside_the_indicators(tmp_path: Path, first: int) -> None:
    left = [HEADINGS, *[row(code=f"CP 1.{number}") for number in range(1, 5)]]
    right: list[Any] = [()] * (first - 1) + [HISTORY, ("CP 1.1", "Jan-18", 1), ("CP 1.1", "x", 1)]
    right += [()] * (len(left) - len(right))
    rows = [(*a, None, *b) for a, b in zip(left, right, strict=True)]
    workbook = read(tmp_path, *rows)
    assert len(workbook.indicators) == 4
    assert [r.place.cell("value") for r in workbook.history] == [f"Sheet!K{first + 1}"]
    assert found(workbook.problems) == [("error", f"Sheet!J{first + 2}")]


def test_two_departments_in_a_sheet_with_columns_in_their_own_order(tmp_path: Path) -> None:
    people = [("People",), HEADINGS, row(code="1"), row(code="2", value="x")]
    place = [("Place",), HEADINGS[::-1], row(code="3")[::-1], row(code="4", value="y")[::-1]]
    below = read(tmp_path, *people, (), *place)
    assert [i.place.cell("value") for i in below.indicators] == ["Sheet!E3", "Sheet!C8"]
    assert found(below.problems) == [("error", "Sheet!E4"), ("error", "Sheet!C9")]
    beside = read(
        tmp_path,
        *[(*(a or [None] * 7), *[None] * (8 - len(a or [0] * 7)), *b)
          for a, b in zip([people[0] + (None,) * 6, *people[1:]], place, strict=True)],
    )  # fmt: skip
    assert [i.place.cell("value") for i in beside.indicators] == ["Sheet!E3", "Sheet!K3"]


def test_groups_above_tables_side_by_side_are_each_ones_own(tmp_path: Path) -> None:
    blank = (None,) * 7
    rows = [("Aim: SAFE", *blank, "Aim: CLEAN"), (*HEADINGS, None, *HEADINGS)]
    workbook = read(tmp_path, *rows, (*row(code="1"), None, *row(code="2")))
    assert [(i.code, i.aim) for i in workbook.indicators] == [("1", "SAFE"), ("2", "CLEAN")]


def test_settings_above_the_indicators_and_below_them(tmp_path: Path) -> None:
    above = [("Organisation", "Example Council"), ("Amber Tolerance", "7%"), ()]
    below = [(), ("Setting", "Value"), ("Amber Tolerance", "8%")]
    first = read(tmp_path, *above, HEADINGS, row())
    assert first.settings.organisation == "Example Council"
    assert first.settings.amber_tolerance == 7
    second = read(tmp_path, HEADINGS, row(), *below)
    assert second.settings.amber_tolerance == 8
    assert first.problems == second.problems == ()


def test_a_list_of_codes_below_the_indicators_is_named_and_not_read(tmp_path: Path) -> None:
    codes = [("Code", "Name", "Aim"), ("CP 1.1", "Visits", "SAFE")]
    workbook = read(tmp_path, HEADINGS, row(), (), *codes)
    assert len(workbook.indicators) == 1
    assert found(workbook.problems) == [("warning", "Sheet!A4")]


def test_a_total_below_each_table_is_told(tmp_path: Path) -> None:
    rows = [HEADINGS, row(), ("Total", None, None, None, 95), (), HEADINGS[::-1], row()[::-1]]
    assert found(read(tmp_path, *rows).problems) == [("warning", "Sheet!A3")]


@pytest.mark.parametrize(
    ("hidden", "message"),
    [
        ([3], "row 3 is hidden, and is read"),
        ([2, 3, 4, 6], "rows 2 to 4 and 6 are hidden, and are read"),
        (
            [2, 4, 6, 8, 10, 12],
            "rows 2, 4, 6, 8, 10 and others, 6 in all, are hidden, and are read",
        ),
    ],
)
def test_hidden_rows_are_read_and_mentioned_once(
    tmp_path: Path, hidden: list[int], message: str
) -> None:
    rows = [HEADINGS, *[row(code=f"CP {number}") for number in range(2, 13)]]
    path = save_workbook(tmp_path / "x.xlsx", Indicators=rows)
    book = load_workbook(path)
    for number in (*hidden, 40):
        book["Indicators"].row_dimensions[number].hidden = True
    book.save(path)
    workbook = read_workbook(path)
    assert len(workbook.indicators) == 11
    (problem,) = workbook.problems
    assert (problem.cell, problem.message) == (f"Indicators!A{hidden[0]}", message)


@pytest.mark.parametrize(
    ("hidden", "message"),
    [
        ("E", "column E is hidden, and is read"),
        ("BEF", "columns B and E to F are hidden, and are read"),
    ],
)
def test_hidden_columns_are_read_and_mentioned_once(
    tmp_path: Path, hidden: str, message: str
) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[(), (*HEADINGS, "Not read"), row()])
    book = load_workbook(path)
    for letter in (*hidden, "H", "K"):
        book["Indicators"].column_dimensions[letter].hidden = True
    book.save(path)
    workbook = read_workbook(path)
    assert len(workbook.indicators) == 1
    (problem,) = workbook.problems
    assert (problem.cell, problem.message) == (f"Indicators!{hidden[0]}2", message)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ([(95, ";;;"), 90], 'the number format ";;;" hides what the cell holds, 95, which is read'),
        (
            [(95, ";;;"), (90, ";;")],
            'the number format ";;;" hides what the cell holds, 95, which is read; so it is in 1'
            " more cell",
        ),
        (
            [(0, "0;-0;;@"), (90, "0;-0;;@")],
            'the number format "0;-0;;@" hides what the cell holds, 0, which is read',
        ),
        (
            [("TBC", ";;;"), (90, ";;")],
            'the number format ";;;" hides what the cell holds, TBC, which is read; so it is in 1'
            " more cell",
        ),
        ([(3, '[<5]"*";0'), 90], "the number format \"[<5]\"*\";0\" hides what the cell holds, 3,"
         " which is read"),
    ],
)  # fmt: skip
def test_figures_that_their_number_format_hides_are_read_and_mentioned_once(
    tmp_path: Path, values: list[Any], message: str
) -> None:
    rows = [row(code=f"CP {n}", value=value) for n, value in enumerate(values)]
    workbook = read(tmp_path, HEADINGS, *rows)
    assert len(workbook.indicators) == 2
    (problem,) = workbook.problems
    assert (problem.cell, problem.message) == ("Sheet!E2", message)


@pytest.mark.parametrize("number_format", ['0;-0;"-"', '0;-0;"–"??', '0;-0;"nil"', "0;@", "#,##0"])
def test_a_zero_that_is_told_by_a_dash_is_not_hidden(tmp_path: Path, number_format: str) -> None:
    workbook = read(tmp_path, HEADINGS, row(value=(0, number_format)))
    assert workbook.problems == ()


def rich(*runs: str | tuple[str, InlineFont]) -> CellRichText:
    """Return a text in runs, some with a font of their own."""
    return CellRichText(
        *(run if isinstance(run, str) else TextBlock(run[1], run[0]) for run in runs)
    )


NOTE, STRUCK = InlineFont(vertAlign="superscript"), InlineFont(strike=True)


def test_raised_digits_are_footnotes_of_codes_headings_and_figures(tmp_path: Path) -> None:
    headings = (
        rich(HEADINGS[0], ("1", NOTE)),
        *HEADINGS[1:4],
        rich("Actual", ("2", NOTE)),
        "Target",
    )
    code, value, target = (rich(text, ("34", NOTE)) for text in ("CP 1.1", "85", "96%"))
    workbook = read(tmp_path, headings, row(code=code, value=value, target=target))
    assert workbook.problems == ()
    (indicator,) = workbook.indicators
    assert (indicator.code, indicator.value_text) == ("CP 1.1", "85³⁴")
    assert indicator.value == Value(number=Decimal(85))
    assert indicator.target == Value(number=Decimal(96), unit=Unit.PERCENT)


def test_what_is_struck_out_does_not_count_and_is_told(tmp_path: Path) -> None:
    headings = (*HEADINGS[:5], rich(("Annual ", STRUCK), HEADINGS[5]), "Unread")
    struck = row(value=rich(("9", STRUCK), "85"))
    whole = row(code="CP 1.2", value=rich(("97", STRUCK)))
    unread = (*row(code="CP 1.3"), rich("x", ("y", STRUCK)))
    title = (rich("Indicators, ", ("2017/18", STRUCK), " 2018/19"),)
    workbook = read(tmp_path, title, headings, struck, whole, unread)
    assert [indicator.value_text for indicator in workbook.indicators][:2] == ["85", "97"]
    assert [
        (problem.severity.value, problem.cell, problem.message) for problem in workbook.problems
    ] == [
        (
            "warning",
            f"Sheet!{cell}",
            f'the text "{text}" in the cell is struck out, and does not count',
        )
        for cell, text in (("A1", "2017/18"), ("F2", "Annual"), ("E3", "9"))
    ]


def test_the_cell_that_covers_others_counts(tmp_path: Path) -> None:
    rows = [HEADINGS, row(value=95), row(code="CP 1.2", value=1), row(code="CP 1.3", value=95)]
    path = save_workbook(tmp_path / "x.xlsx", Sheet=rows)
    book = load_workbook(path)
    book["Sheet"].merged_cells.add("E2:E4")  # what is covered stays in the file
    book.save(path)
    workbook = read_workbook(path)
    assert [indicator.value_text for indicator in workbook.indicators] == ["95", "95", "95"]
    (problem,) = workbook.problems
    assert (problem.severity.value, problem.cell, problem.message) == (
        "warning",
        "Sheet!E3",
        "the cell holds 1, and is covered by the merged cell Sheet!E2, which counts",
    )


def test_what_is_covered_counts_in_no_history(tmp_path: Path) -> None:
    history = [HISTORY, ("CP 1.1", "Dec-18", 80, 90), ("CP 1.1", "Nov-18", 1, 90)]
    path = save_workbook(tmp_path / "x.xlsx", Sheet=[HEADINGS, row()], History=history)
    book = load_workbook(path)
    book["History"].merged_cells.add("C2:C3")
    book.save(path)
    workbook = read_workbook(path)
    assert [reading.value and reading.value.text for reading in workbook.history] == ["80", "80"]
    assert found(workbook.problems) == [("warning", "History!C3")]


def test_a_workbook_without_indicators_says_what_it_has(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "x.xlsx",
        Cover=[("Report",)],
        Kpi_s=[("All our figures",), (), ("Code", "Owner", "Result\nnow"), ("CP 1.1", "Ann", 3)],
        Empty=[],
    )
    with pytest.raises(UnreadableWorkbookError) as error:
        read_workbook(path)
    assert str(error.value).endswith(
        "the sheets found: Cover (Report); 'Kpi s' (Code, Owner, Result now); Empty (empty)"
    )


def test_a_code_that_is_merged_over_two_indicators_is_told_with_their_rows(tmp_path: Path) -> None:
    rows = [HEADINGS, row(code="CP 1.1"), row(code=None, short_name="Calls answered")]
    path = save_workbook(tmp_path / "x.xlsx", Indicators=rows)
    problems = check(read_workbook(merge(path, Indicators=["A2:A3"])))
    (twice,) = (problem for problem in problems if problem.check == "code-used-twice")
    assert twice.cell == "Indicators!A2"
    assert twice.message == (
        "CP 1.1 is merged down, and is the code of rows 2 and 3; both rows are rated"
    )


@pytest.mark.parametrize(
    "figures",
    [{"value": 95}, {"value": "TBC"}, {"value": "TBC", "target": None, "annual_target": None}],
)
def test_an_indicator_named_like_a_heading_heads_no_table(
    tmp_path: Path, figures: dict[str, Any]
) -> None:
    named = row(code="CP 1.2", short_name="Reference", **figures)
    workbook = read(tmp_path, HEADINGS, row(), named, row(code="CP 1.3"))
    assert [i.code for i in workbook.indicators] == ["CP 1.1", "CP 1.2", "CP 1.3"]
    assert workbook.problems == ()


def test_a_code_like_a_heading_heads_no_table(tmp_path: Path) -> None:
    """Two columns that are known, a code and a date, are as many as the others."""
    history = [HISTORY, ("Reference", date(2018, 1, 1), 93, 90), ("CP 1.1", "Jan 2017", 92, 90)]
    workbook = read(tmp_path, HEADINGS, row(), History=history)
    assert [reading.code for reading in workbook.history] == ["Reference", "CP 1.1"]
    assert workbook.problems == ()


def test_a_row_with_nothing_but_a_code_merged_into_it_is_none(tmp_path: Path) -> None:
    history = [(*HISTORY, "Note"), ("CP 1.1", "Jan 2018", 93, 90), (*[None] * 4, "provisional")]
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()], History=history)
    workbook = read_workbook(merge(path, History=["A2:A3"]))
    assert [reading.place.row for reading in workbook.history] == [2]
    assert workbook.problems == ()


def test_columns_of_years_beside_one_month(tmp_path: Path) -> None:
    month = [("Code", "Name", 2016, 2017, "Jan-18"), ("CP 1.1", "Visits", 90, 91, 93)]
    workbook = read(tmp_path, HEADINGS, row(), (), *month)
    assert [(str(r.month), r.value and r.value.text) for r in workbook.history] == [
        ("2018-01", "93")
    ]
    assert workbook.problems == ()


def test_a_table_of_one_month_below_another_is_read(tmp_path: Path) -> None:
    month = [("Code", "Measure", "Jan-18"), ("CP 1.1", "Visits", 93)]
    workbook = read(tmp_path, HEADINGS, row(), (), ("Last year",), *month)
    assert [(str(r.month), r.value and r.value.text) for r in workbook.history] == [
        ("2018-01", "93")
    ]
