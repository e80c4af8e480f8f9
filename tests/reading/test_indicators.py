"""Rows of indicators: what is read, what is said of a row that can't be, and that others stand."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli import read_workbook
from kpi_cli.amounts import Tolerance
from kpi_cli.models import Direction, Outcome, Polarity, Problem, Workbook
from kpi_cli.periods import Month
from tests.builders import HEADINGS, found, row, save_workbook

MORE = (
    *HEADINGS, "Expected Outcome", "Better or worse than last year", "Comment", "Managed By",
    "Scrutiny Committee", "Aim", "Responsible OUs", "Year Introduced", "Tolerance",
    "Same Month Last Year",
)  # fmt: skip
MISSING = {"A": "code", "B": "short name", "C": "polarity", "D": "month"}


def read(folder: Path, *rows: tuple[Any, ...], headings: tuple[str, ...] = MORE) -> Workbook:
    """Save and read a workbook with these rows, the first in row 4."""
    title = [("Corporate performance indicators",), ()]
    return read_workbook(save_workbook(folder / "x.xlsx", Indicators=[*title, headings, *rows]))


def test_every_column_of_a_row(tmp_path: Path) -> None:
    """CP 3.9 of the report, with a tolerance of our own."""
    workbook = read(
        tmp_path,
        row(
            code="CP 3.9",
            short_name="Take up of the NHS Health Check programme [Cumulative YTD]",
            month=date(2019, 1, 1),
            value=(4544, "#,##0"),
            target=(4580, "#,##0"),
            annual_target=(5740, "#,##0"),
            outcome="Some slippage against target",
            direction="↑",
            comment="Two clinics opened.\nMore follow.",
            managed_by="Public Health",
            committee="People Scrutiny",
            aim="HEALTHY",
            ous="Department for People; Public Health",
            introduced=2013,
            tolerance="3%",
            last_year="3,648",
        ),
    )
    (indicator,) = workbook.indicators
    texts = {
        name: amount.text if (amount := getattr(indicator, name)) else None
        for name in ("value", "target", "annual_target", "last_year")
    }
    assert texts == {
        "value": "4,544",
        "target": "4,580",
        "annual_target": "5,740",
        "last_year": "3,648",
    }
    assert indicator.polarity is Polarity.MAXIMISE
    assert indicator.month == Month(2019, 1)
    assert indicator.reporting_basis == "Cumulative YTD"
    assert indicator.published_outcome is Outcome.SLIPPAGE
    assert indicator.published_direction is Direction.BETTER
    assert indicator.comment == "Two clinics opened.\nMore follow."
    assert (indicator.managed_by, indicator.committee) == ("Public Health", "People Scrutiny")
    assert (indicator.aim, indicator.year_introduced) == ("HEALTHY", "2013")
    assert indicator.responsible_ous == ("Department for People", "Public Health")
    assert indicator.tolerance == Tolerance(amount=Decimal(3), is_percent=True)
    assert indicator.place.cell("value") == "Indicators!E4"
    assert workbook.problems == ()


def test_what_a_row_does_not_say_is_none(tmp_path: Path) -> None:
    workbook = read(tmp_path, row(value="TBC", target="-", annual_target=None))
    (indicator,) = workbook.indicators
    assert (indicator.value, indicator.target, indicator.annual_target) == (None, None, None)
    assert indicator.value_text == "TBC"
    assert (indicator.tolerance, indicator.last_year, indicator.comment) == (None, None, None)
    assert (indicator.published_outcome, indicator.published_direction) == (None, None)
    assert indicator.responsible_ous == ()
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("cells", "cell", "message"),
    [
        ({"value": "about 50"}, "E4", 'the value "about 50" cannot be read'),
        ({"value": "1,23"}, "E4", 'the value "1,23" cannot be read'),
        ({"value": "#DIV/0!"}, "E4", "the cell shows the Excel error #DIV/0!"),
        ({"value": "=1/3"}, "E4", "the cell has a formula that was saved without its result"),
        ({"value": True}, "E4", "the value is TRUE, which is no number"),
        (
            {"value": date(2019, 5, 3)},
            "E4",
            "the value is the date 2019-05-03, where a number is expected",
        ),
        ({"value": "38-48"}, "E4", 'the value "38-48" is a band, and a value is one number'),
        ({"target": "see note"}, "F4", 'the target "see note" cannot be read'),
        (
            {"polarity": "Goldilocks", "target": "48-38"},
            "F4",
            'the target "48-38" is a band that is the wrong way round',
        ),
        (
            {"target": "57-67"},
            "F4",
            'the target 57-67 is a band, but the polarity is "Aim to Maximise"',
        ),
        (
            {"polarity": "Low", "annual_target": "57-67"},
            "G4",
            'the target 57-67 is a band, but the polarity is "Aim to Minimise"',
        ),
        ({"annual_target": "#N/A"}, "G4", "the cell shows the Excel error #N/A"),
        ({"polarity": "Sideways"}, "C4", 'the polarity "Sideways" is unknown'),
        ({"polarity": None}, "C4", "the polarity is missing"),
        ({"month": "Febtober 2019"}, "D4", 'the month "Febtober 2019" cannot be read'),
        ({"month": 43466}, "D4", "43466 is not a month"),
        ({"month": None}, "D4", "the month is missing"),
        ({"short_name": " "}, "B4", "the short name is missing"),
        ({"tolerance": "lots"}, "H4", 'the tolerance "lots" cannot be read'),
        ({"tolerance": "-5%"}, "H4", "the tolerance -5% is below zero"),
        ({"tolerance": "3-5"}, "H4", 'the tolerance "3-5" is not one number'),
        ({"tolerance": None, "last_year": "n.k."}, "I4", 'the value "n.k." cannot be read'),
    ],
)
def test_a_row_that_cannot_be_rated(
    tmp_path: Path, cells: dict[str, Any], cell: str, message: str
) -> None:
    headings = (*HEADINGS, "Tolerance", "Same Month Last Year")
    good = row(code="CP 2.2"), row(code="CP 10.1")
    workbook = read(tmp_path, row(**cells), *good, headings=headings)
    assert found(workbook.problems) == [("error", f"Indicators!{cell}")]
    assert workbook.problems[0].message == f"{message}; CP 1.1 is not rated"
    assert [(r.code, r.place.row) for r in workbook.unrated] == [("CP 1.1", 4)]
    assert [(i.code, i.place.row) for i in workbook.indicators] == [("CP 2.2", 5), ("CP 10.1", 6)]


@pytest.mark.parametrize(
    ("heading", "content", "severity"),
    [
        ("Expected Outcome", "Purple", "warning"),
        ("Better or worse than last year", "Sideways", "warning"),
        ("Comment", "#N/A", "error"),
        ("Scrutiny Committee", "=A1", "error"),
        ("Year Introduced", "#REF!", "error"),
    ],
)
def test_a_column_that_decides_nothing_keeps_no_row_from_being_rated(
    tmp_path: Path, heading: str, content: str, severity: str
) -> None:
    workbook = read(tmp_path, row(more=content), headings=(*HEADINGS, heading))
    assert found(workbook.problems) == [(severity, "Indicators!H4")]
    assert [i.code for i in workbook.indicators] == ["CP 1.1"]
    assert workbook.unrated == ()


@pytest.mark.parametrize(
    ("cells", "columns"),
    [
        (("CP 9.9", None, None, None, 95), "BCD"),
        (("CP 9.9", "A name"), "CD"),
        ((None, "A name", "Goldilocks"), "AD"),
    ],
)
def test_a_row_with_little_in_it_is_told_what_it_lacks(
    tmp_path: Path, cells: tuple[Any, ...], columns: str
) -> None:
    workbook = read(tmp_path, cells)
    name = cells[0] or "this row"
    assert [(p.cell, p.message) for p in workbook.problems] == [
        (f"Indicators!{column}4", f"the {MISSING[column]} is missing; {name} is not rated")
        for column in columns
    ]
    assert [r.place.row for r in workbook.unrated] == [4]


@pytest.mark.parametrize(
    ("cells", "cell", "text"),
    [
        (("Source: the performance team",), "A5", "Source: the performance team"),
        ((None, "* provisional"), "B5", "* provisional"),
        ((None, None, "see  above"), "C5", "see above"),
        (("Total", None, None, None, 1234, 1200), "A5", "Total"),
        ((None, "Totals for the year", None, None, 1234), "B5", "Totals for the year"),
        (("Sub-total", None, None, None, 1234), "A5", "Sub-total"),
        ((None, "Grand total", None, None, 1234), "B5", "Grand total"),
        (("Red", "Off target"), "A5", "Red"),
        (("Source:", "Housing system 2"), "A5", "Source:"),
        (("Note 1", "Figures are provisional"), "A5", "Note 1"),
    ],
)
def test_notes_and_totals_below_the_table_are_told_and_are_no_error(
    tmp_path: Path, cells: tuple[Any, ...], cell: str, text: str
) -> None:
    workbook = read(tmp_path, row(), cells)
    message = f'the row "{text}" is taken for a note, and is not rated'
    assert found(workbook.problems) == [("warning", f"Indicators!{cell}")]
    assert workbook.problems[0].message == message
    assert (len(workbook.indicators), workbook.unrated) == (1, ())


@pytest.mark.parametrize(
    ("cells", "cell"),
    [
        (("CP 1.2", "Total visits", None, "Jan-19", 1234, 1200), "C5"),
        (("CP 1.2", "Total visits", None, "Jan-19"), "C5"),
        (("CP 1.2", "Visits"), "C5"),
        (("VISITS", "Visits", None, None, None, 90), "C5"),
    ],
)
def test_an_indicator_that_lacks_something_is_no_note(
    tmp_path: Path, cells: tuple[Any, ...], cell: str
) -> None:
    workbook = read(tmp_path, row(), cells)
    assert found(workbook.problems)[0] == ("error", f"Indicators!{cell}")
    assert [r.place.row for r in workbook.unrated] == [5]


def test_figures_without_an_indicator_are_one_error(tmp_path: Path) -> None:
    for cells in ((None, None, None, None, 95), (None, None, None, None, None, 90)):
        workbook = read(tmp_path, cells)
        message = "the row has no code, no name, no polarity and no month; this row is not rated"
        assert [(p.cell, p.message) for p in workbook.problems] == [("Indicators!A4", message)]
        assert [r.place.row for r in workbook.unrated] == [4]


def test_headings_alone_are_an_error(tmp_path: Path) -> None:
    workbook = read(tmp_path)
    assert found(workbook.problems) == [("error", "Indicators!A3")]
    assert workbook.problems[0].message == "there is no indicator below these headings"


def test_headings_that_are_repeated_below_are_no_row(tmp_path: Path) -> None:
    workbook = read(tmp_path, row(), HEADINGS, row(code="CP 1.2"))
    assert [i.place.row for i in workbook.indicators] == [4, 6]
    assert workbook.problems == ()


def test_blank_rows_and_notes_beside_the_table_are_no_rows(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        row(),
        (),
        (None, " ", "\u00a0"),
        (*[None] * 7, "checked by the service"),
        row(code="CP 1.2"),
        headings=HEADINGS,
    )
    assert [i.place.row for i in workbook.indicators] == [4, 8]
    assert (workbook.unrated, workbook.problems) == ((), ())


def test_all_problems_are_reported_in_one_run(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        row(code="CP 1.1"),
        row(code="CP 1.2", value="about 50", target="see note"),
        row(code=None, short_name=None, polarity=None, month=None),
        row(code="CP 1.4", month="sometime", outcome="Purple", direction="Sideways"),
        row(code="CP 1.5"),
        row(code="CP 1.6", polarity="Sideways", value="38-48", annual_target="48-38"),
        row(code="CP 1.7", outcome="Purple"),
    )
    assert found(workbook.problems) == [
        ("error", "Indicators!E5"),
        ("error", "Indicators!F5"),
        ("error", "Indicators!A6"),
        ("error", "Indicators!D7"),
        ("warning", "Indicators!H7"),
        ("warning", "Indicators!I7"),
        ("error", "Indicators!C9"),
        ("error", "Indicators!E9"),
        ("error", "Indicators!G9"),
    ]
    assert workbook.problems[4].message == (
        'the published outcome "Purple" is unknown in 2 rows (first here), and is not compared'
    )
    assert [i.code for i in workbook.indicators] == ["CP 1.1", "CP 1.5", "CP 1.7"]
    assert [r.code for r in workbook.unrated] == ["CP 1.2", None, "CP 1.4", "CP 1.6"]
    assert all(problem.hint.endswith(".") for problem in workbook.problems)


ROWS: dict[str, tuple[tuple[Any, ...], list[str]]] = {  # what is in a row, where its problems are
    "good": (row(), []),
    "no value": (row(value="TBC"), []),
    "blank": ((), []),
    "value": (row(value="about 50"), ["E"]),
    "value and target": (row(value="x 1", target="y 1"), ["E", "F"]),
    "month": (row(month="Febtober 2019"), ["D"]),
    "code": (row(code=None), ["A"]),
    "band": (row(target="38-48"), ["F"]),
}


@given(kinds=st.lists(st.sampled_from(sorted(ROWS)), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_a_problem_in_one_row_never_affects_another(
    tmp_path_factory: pytest.TempPathFactory, kinds: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("rows")
    workbook = read(folder, *(ROWS[kind][0] for kind in kinds), headings=HEADINGS)
    bad = [(place, ROWS[kind][1]) for place, kind in enumerate(kinds, start=4) if ROWS[kind][1]]
    good = [place for place, kind in enumerate(kinds, start=4) if kind in ("good", "no value")]
    assert [r.place.row for r in workbook.unrated] == [place for place, _ in bad]
    assert [i.place.row for i in workbook.indicators] == good
    if not bad and not good:
        assert found(workbook.problems) == [("error", "Indicators!A3")]
        return
    assert [problem.cell for problem in workbook.problems] == [
        f"Indicators!{column}{place}" for place, columns in bad for column in columns
    ]


def test_a_word_that_is_not_known_is_told_once_with_its_rows(tmp_path: Path) -> None:
    headings = (*HEADINGS, "RAG", "Direction of Travel")
    rows = [row(code=f"CP 1.{n}", rag="Purple", dot="Sideways") for n in range(1, 13)]
    workbook = read(tmp_path, *rows, row(code="CP 2", rag="Pink"), headings=headings)
    assert [(p.cell, p.message) for p in workbook.problems] == [
        (
            "Indicators!H4",
            'the published outcome "Purple" is unknown in 12 rows (first here), and is not'
            " compared",
        ),
        (
            "Indicators!I4",
            'the published direction "Sideways" is unknown in 12 rows (first here), and is not'
            " compared",
        ),
        ("Indicators!H16", 'the published outcome "Pink" is unknown, and is not compared'),
    ]
    assert {type(problem) for problem in workbook.problems} == {Problem}
    assert len(workbook.indicators) == 13


def test_a_word_that_keeps_rows_from_being_rated_is_told_once_with_their_codes(
    tmp_path: Path,
) -> None:
    rows = [row(code=f"CP 1.{n}", target="Reduce by 5%") for n in range(1, 6)]
    others = [row(code="CP 2", target="Top quartile"), row(code="CP 3", annual_target="Maintain")]
    workbook = read(tmp_path, *rows, *others, row(code="CP 4"), headings=HEADINGS)
    assert [(p.cell, p.message) for p in workbook.problems] == [
        (
            "Indicators!F4",
            'the target "Reduce by 5%" in 5 rows (first here) is a change, not a figure, and cannot'
            " be rated; CP 1.1, CP 1.2, CP 1.3 and 2 more are not rated",
        ),
        (
            "Indicators!F9",
            'the target "Top quartile" is a place among others, not a figure, and cannot be rated;'
            " CP 2 is not rated",
        ),
        (
            "Indicators!G10",
            'the target "Maintain" is a change, not a figure, and cannot be rated; CP 3 is not'
            " rated",
        ),
    ]
    assert [u.code for u in workbook.unrated] == [
        "CP 1.1", "CP 1.2", "CP 1.3", "CP 1.4", "CP 1.5", "CP 2", "CP 3",
    ]  # fmt: skip


def test_the_same_words_in_two_columns_are_two(tmp_path: Path) -> None:
    workbook = read(tmp_path, row(target="see note", annual_target="see note"), headings=HEADINGS)
    assert [p.cell for p in workbook.problems] == ["Indicators!F4", "Indicators!G4"]


def test_figures_that_cannot_be_read_are_told_one_by_one(tmp_path: Path) -> None:
    workbook = read(tmp_path, row(value="about 50"), row(value="about 50"), headings=HEADINGS)
    assert [p.cell for p in workbook.problems] == ["Indicators!E4", "Indicators!E5"]


@pytest.mark.parametrize(
    ("polarity", "target", "says"),
    [
        ("Low", "≥95%", "higher is good"),
        ("High", "5 or fewer", "lower is good"),
        ("Goldilocks", "at least 95%", "higher is good"),
        ("High", "<95%", "lower is good"),
    ],
)
def test_a_sign_that_contradicts_the_polarity_is_told_with_both_cells(
    tmp_path: Path, polarity: str, target: str, says: str
) -> None:
    workbook = read(tmp_path, row(polarity=polarity, target=target), headings=HEADINGS)
    (indicator,), (problem,) = workbook.indicators, workbook.problems
    assert found([problem]) == [("warning", "Indicators!F4")]
    assert problem.message == (
        f'the target "{target}" says that {says}, and the polarity in Indicators!C4 is'
        f' "{indicator.polarity.label}", which counts'
    )


@pytest.mark.parametrize(
    ("polarity", "target"),
    [("High", "≥95%"), ("Low", "≤5"), ("Low", "<5"), ("High", "95% by March 2019"), ("Low", "95")],
)
def test_a_sign_that_goes_with_the_polarity_is_no_problem(
    tmp_path: Path, polarity: str, target: str
) -> None:
    workbook = read(tmp_path, row(polarity=polarity, target=target, value="3"), headings=HEADINGS)
    assert workbook.problems == ()
    assert [indicator.target.text for indicator in workbook.indicators if indicator.target] == [
        target
    ]


@pytest.mark.parametrize(
    ("cells", "problems"),
    [
        ({"value": 5, "target": "<5"}, ["Indicators!F4"]),
        ({"value": 4, "target": "<5"}, []),
        ({"value": 6, "target": "<5"}, []),
        ({"value": 5, "target": "≤5"}, []),
        ({"value": 5, "target": 5, "annual_target": "<5"}, []),  # it is not the one in force
        ({"value": 5, "target": None, "annual_target": "under 5"}, ["Indicators!G4"]),
    ],
)
def test_a_value_just_at_a_strict_target_counts_as_met_and_is_told(
    tmp_path: Path, cells: dict[str, Any], problems: list[str]
) -> None:
    workbook = read(tmp_path, row(polarity="Low", **cells), headings=HEADINGS)
    assert [problem.cell for problem in workbook.problems] == problems
    if problems:
        text = cells["target"] or cells["annual_target"]
        message = f'the value is exactly that of the target "{text}", which counts as met'
        assert workbook.problems[0].message == message


@pytest.mark.parametrize(
    ("target", "annual", "text"),
    [
        ("Monitor", None, "Monitor"),
        (None, "Data  only", "Data only"),
        ("-", "TBC", "TBC"),
        ("Baseline year", "n/a", "Baseline year"),
        ("-", "-", None),
        ("95", "Monitor", "Monitor"),
    ],
)
def test_what_stands_in_place_of_a_target_is_kept(
    tmp_path: Path, target: str | None, annual: str | None, text: str | None
) -> None:
    workbook = read(tmp_path, row(target=target, annual_target=annual), headings=HEADINGS)
    assert [indicator.no_target_text for indicator in workbook.indicators] == [text]
    assert workbook.problems == ()


def test_a_value_keeps_its_unit_and_its_mark(tmp_path: Path) -> None:
    rows = [
        row(code="CP 1", value="512 kg"),
        row(code="CP 2", value="78% (prov)"),
        row(code="CP 3"),
    ]
    workbook = read(tmp_path, *rows, headings=HEADINGS)
    assert [(i.value_text, i.value_note) for i in workbook.indicators] == [
        ("512 kg", "kg"), ("78% (prov)", "prov"), ("95", None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("heading", "cell", "message", "hint"),
    [
        ("Latest Month", None, "the month is missing", "a month such as January 2019."),
        ("Quarter", None, "the quarter is missing", "Write a quarter such as Q3 2018/19."),
        ("Half-Year", None, "the half-year is missing", "Write a half-year such as H1 2018/19."),
        ("Period", None, "the period is missing", "a month such as January 2019."),
        ("Quarter", "Q7 2018/19", 'the quarter "Q7 2018/19" cannot be read', "such as Q3 2018/19."),
        ("Period", "Half three", 'the half-year "Half three" cannot be read', "Q3 2018/19."),
    ],
)
def test_a_period_without_meaning_is_called_what_it_is(
    tmp_path: Path, heading: str, cell: str | None, message: str, hint: str
) -> None:
    headings = [heading if name == "Latest Month" else name for name in HEADINGS]
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[headings, row(), row(month=cell)])
    (problem,) = read_workbook(path).problems
    assert problem.message.startswith(message)
    assert problem.hint.endswith(hint)
