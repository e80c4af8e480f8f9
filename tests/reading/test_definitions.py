"""A workbook of definitions: what it gives to which indicator, and what of it is told."""

from pathlib import Path
from typing import Any

import pytest

from kpi_cli.models import Indicator, Polarity, Problem, Workbook
from kpi_cli.reading.definitions import Definitions, DefinitionsFile, read_definitions
from kpi_cli.reading.profile import Given, Profile
from kpi_cli.reading.workbook import read_workbook
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError
from tests.builders import found, save_workbook

QUARTER = [
    ("Ref", "Indicator", "Target", "Q3 2018/19"),
    ("CP 1", "Visits & Calls", 90, 95),
    ("CP 2", "Crime", 10, 12),
]
BY_NAME = [row[1:] for row in QUARTER]
POLARITIES = [("Code", "Polarity"), ("CP 1", "Maximise"), ("CP 2", "Minimise")]
NOT_DEFINED = "Add it there, or leave it to what is here."


def read(
    folder: Path,
    defined: list[Any] | dict[str, list[Any]],
    rows: list[Any] | dict[str, list[Any]] = QUARTER,
) -> Workbook:
    """Return a workbook of these rows, or sheets, read with definitions of these."""
    sheets = rows if isinstance(rows, dict) else {"KPIs": rows}
    of_definitions = defined if isinstance(defined, dict) else {"All": defined}
    book = save_workbook(folder / "kpis.xlsx", **sheets)
    path = save_workbook(folder / "definitions.xlsx", **of_definitions)
    return read_workbook(book, definitions=read_definitions(path))


def polarities(book: Workbook) -> dict[str, str]:
    """Return the polarity of each indicator that can be rated, in short."""
    return {each.code: each.polarity.value for each in book.indicators}


def said(problems: tuple[Problem, ...], *, about: str = "defin") -> list[tuple[str, str]]:
    """Return what is said of definitions: the message, and what to do."""
    return [(p.message, p.hint or "") for p in problems if about in p.message]


BOTH = {"CP 1": "maximise", "CP 2": "minimise"}


@pytest.mark.parametrize(
    "defined",
    [
        POLARITIES,
        [("KPI Ref", "Good is"), ("cp  1", "High"), ("CP 2 ", "Low")],
        [("Indicator", "Polarity"), ("visits and  CALLS", "Maximise"), ("Crime", "Minimise")],
        # The code goes before the name.
        [
            ("Code", "Indicator", "Polarity"),
            ("CP 1", "Crime", "Maximise"),
            ("CP 2", "Visits & Calls", "Minimise"),
        ],
        # By the name, where the code is unknown, or isn't there.
        [
            ("Code", "Indicator", "Polarity"),
            ("X 1", "Visits & Calls", "Maximise"),
            (None, "Crime", "Minimise"),
        ],
    ],
)
def test_it_is_joined_by_code_or_else_by_name(defined: list[Any], tmp_path: Path) -> None:
    book = read(tmp_path, defined)
    assert polarities(book) == BOTH
    assert found(book.problems) == []
    (read_as,) = book.read_as
    assert read_as.definitions == "definitions.xlsx"
    assert read_as.polarity_from == {"definitions.xlsx": 2}
    assert read_as.inferred
    assert "polarity from definitions.xlsx for 2" in read_as.inferred


def test_a_workbook_of_names_is_joined_by_name(tmp_path: Path) -> None:
    defined = [("Indicator", "Polarity"), ("Visits and calls", "Maximise"), ("crime", "Minimise")]
    book = read(tmp_path, defined, BY_NAME)
    assert polarities(book) == {"Visits & Calls": "maximise", "Crime": "minimise"}
    assert found(book.problems) == []


def test_codes_that_are_numbers_match_those_that_are_text(tmp_path: Path) -> None:
    rows = [QUARTER[0], (101, "Visits", 90, 95), ("102", "Crime", 10, 12)]
    defined = [("Ref", "Polarity"), ("101", "Maximise"), (102, "Minimise")]
    assert polarities(read(tmp_path, defined, rows)) == {"101": "maximise", "102": "minimise"}


FIELDS = {
    "Polarity": "Minimise",
    "Tolerance": "5%",
    "Target": 11,
    "Annual Target": 12,
    "Floor": 20,
    "Scrutiny Committee": "People",
    "Aim": "SAFE",
    "Responsible OUs": "Housing; Police",
    "Managed By": "Ann",
}


def test_it_gives_every_field_that_the_workbook_lacks(tmp_path: Path) -> None:
    defined = [("Code", *FIELDS), ("CP 1", *FIELDS.values())]
    rows = [("Ref", "Indicator", "Q3 2018/19", "Comment"), ("CP 1", "Visits", 9, "x")]
    book = read(tmp_path, defined, rows)
    (visits,) = book.indicators
    assert found(book.problems) == []
    assert visits.polarity is Polarity.MINIMISE
    assert (visits.target and visits.target.text) == "11"
    assert (visits.annual_target and visits.annual_target.text) == "12"
    assert visits.tolerance
    assert visits.tolerance.amount == 5
    assert visits.tolerance.is_percent
    assert visits.red_line
    assert visits.red_line.heading == "Floor in definitions.xlsx"
    assert (visits.committee, visits.aim, visits.managed_by) == ("People", "SAFE", "Ann")
    assert visits.responsible_ous == ("Housing", "Police")
    assert set(book.read_as[0].defined) == {
        "polarity", "tolerance", "target", "annual_target", "red_threshold", "committee", "aim",
        "responsible_ous", "managed_by",
    }  # fmt: skip


def test_the_workbooks_own_cells_go_before(tmp_path: Path) -> None:
    rows = [
        ("Ref", "Indicator", "Polarity", "Target", "Q3 2018/19", "Aim"),
        ("CP 1", "Visits", "Minimise", 90, 95, None),
        ("CP 2", "Crime", None, None, 12, "SAFE"),
    ]
    defined = [
        ("Code", "Polarity", "Target", "Aim"),
        ("CP 1", "Maximise", 1, "CLEAN"),
        ("CP 2", "Maximise", 2, "CLEAN"),
    ]
    book = read(tmp_path, defined, rows)
    assert polarities(book) == {"CP 1": "minimise", "CP 2": "maximise"}
    assert [i.target and i.target.text for i in book.indicators] == ["90", "2"]
    assert [i.aim for i in book.indicators] == ["CLEAN", "SAFE"]
    assert book.read_as[0].defined == {"polarity": 1, "target": 1, "aim": 1}


def test_a_target_counts_in_its_own_year(tmp_path: Path) -> None:
    heads = ("Code", "Polarity", "Target 2017/18", "Target 2018/19", "Target 2019/20")
    book = read(tmp_path, [heads, ("CP 1", "Maximise", 1, 2, 3), ("CP 2", "Minimise", 4, 5, 6)])
    assert [annual(each) for each in book.indicators] == ["2", "5"]
    assert found(book.problems) == []


def annual(indicator: Indicator) -> str | None:
    return indicator.annual_target.text if indicator.annual_target else None


def test_a_year_that_starts_in_january_does_so_in_the_definitions(tmp_path: Path) -> None:
    rows = [("Ref", "Indicator", "Target", "Q3 2018"), *QUARTER[1:]]
    settings = [("Setting", "Value"), ("Financial Year Starts", "January")]
    heads = ("Code", "Polarity", "Target 2018", "Target 2019")
    defined = [heads, ("CP 1", "Maximise", 80, 1), ("CP 2", "Minimise", 11, 1)]
    book = read(tmp_path, defined, {"KPIs": rows, "Settings": settings})
    assert [annual(each) for each in book.indicators] == ["80", "11"]
    assert found(book.problems) == []


def test_figures_in_definitions_are_not_read(tmp_path: Path) -> None:
    heads = ("Code", "Polarity", "Actual", "Comment", "RAG", "Q1 2018/19", "Month")
    figures = (1, "old", "Red", 2, "May 2017")
    book = read(tmp_path, [heads, ("CP 1", "Maximise", *figures), ("CP 2", "Minimise", *figures)])
    assert found(book.problems) == []
    assert [i.value and i.value.text for i in book.indicators] == ["95", "12"]
    for each in book.indicators:
        assert (each.comment, each.published_outcome) == (None, None)
        assert each.period
        assert each.period.label == "Q3 2018/19"
    assert book.read_as[0].defined == {"polarity": 2}


@pytest.mark.parametrize("sheet", ["All", "Our_KPIs"])
def test_a_problem_in_them_has_its_cell_there(sheet: str, tmp_path: Path) -> None:
    defined = [
        ("Code", "Polarity", "Tolerance"), ("CP 1", "Maximise", "5%"), ("CP 2", "Odd", "abc"),
    ]  # fmt: skip
    book = read(tmp_path, {sheet: defined})
    shown = sheet.replace("_", " ")
    assert found(book.problems) == [
        ("error", f"'[definitions.xlsx]{shown}'!B3"),
        ("error", f"'[definitions.xlsx]{shown}'!C3"),
    ]
    assert polarities(book) == {"CP 1": "maximise"}


def test_what_is_defined_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    book = read(tmp_path, [*POLARITIES, ("cp 1", "Minimise")])
    assert polarities(book) == BOTH
    assert found(book.problems) == [("error", "'[definitions.xlsx]All'!A4")]
    assert said(book.problems) == [
        (
            "cp 1 is also defined in '[definitions.xlsx]All'!A2, which counts",
            "Leave one of the two.",
        )
    ]


def test_a_name_that_is_defined_twice_counts_once_and_is_told(tmp_path: Path) -> None:
    defined = [("Indicator", "Polarity"), ("Visits & Calls", "Maximise"), ("Crime", "Minimise")]
    book = read(tmp_path, [*defined, ("CRIME", "Maximise")], BY_NAME)
    assert polarities(book) == {"Visits & Calls": "maximise", "Crime": "minimise"}
    assert found(book.problems) == [("error", "'[definitions.xlsx]All'!A4")]


def test_a_name_of_several_codes_is_not_guessed(tmp_path: Path) -> None:
    """Sickness of each directorate is another indicator; which one is meant is not told."""
    defined = [
        ("Code", "Indicator", "Polarity"),
        ("A1", "Crime", "Minimise"),
        ("A2", "Crime", "Maximise"),
        ("A3", "Visits & Calls", "Maximise"),
    ]
    book = read(tmp_path, defined, BY_NAME)
    assert [each.short_name for each in book.indicators] == ["Visits & Calls"]
    assert said(book.problems) == [
        (
            '"Crime" is the name of A1 and A2 in definitions.xlsx: it is not told which',
            "Give the indicator its code, in a column of codes.",
        )
    ]


@pytest.mark.parametrize(
    ("defined", "messages"),
    [
        (
            [*POLARITIES[:2], ("CP 22", "Minimise")],
            [
                ('"CP 2" is not defined in definitions.xlsx', 'The nearest is "CP 22".'),
                ("CP 22 is no indicator of this workbook", "Nothing is to be done if they are"
                 " another workbook's."),
            ],
        ),
        (
            POLARITIES[:2],
            [
                (
                    '"CP 2" is not defined in definitions.xlsx',
                    'The nearest is "CP 1", which is already used.',
                )
            ],
        ),
        (
            [("Indicator", "Polarity"), ("Visits & Calls", "Maximise"), ("Crimes", "Minimise")],
            [
                ('"CP 2" is not defined in definitions.xlsx', 'The nearest is "Crimes".'),
                ("Crimes is no indicator of this workbook", "Nothing is to be done if they are"
                 " another workbook's."),
            ],
        ),
        (
            [*POLARITIES, *((f"X {n}", "Minimise") for n in range(1, 6))],
            [
                ("X 1, X 2, X 3 and 2 more are no indicators of this workbook", "Nothing is to be"
                 " done if they are another workbook's."),
            ],
        ),
        (
            [("Code", "Polarity"), ("CP 1", "Maximise"), (None, "Minimise"), ("CP 2", "Minimise")],
            [],
        ),
        (
            [*POLARITIES, ("Source: the plan",)],
            [],
        ),
        (
            [("Code", "Polarity", "Aim"), *((*row, "x") for row in POLARITIES[1:]),
             (None, "Minimise", "x")],
            [("this definition has neither a code nor a name, and is not used", "Give it one.")],
        ),
    ],
)  # fmt: skip
def test_what_matches_nothing_on_either_side_is_told(
    defined: list[Any], messages: list[tuple[str, str]], tmp_path: Path
) -> None:
    book = read(tmp_path, defined)
    about = ("defin", "no indicator")
    told = [(p.message, p.hint) for p in book.problems if any(word in p.message for word in about)]
    assert told == messages


def test_the_wrong_file_is_told_in_a_line(tmp_path: Path) -> None:
    rows = [QUARTER[0], *((f"CP {n}", f"Visits {n}", 90, 95) for n in range(1, 8))]
    book = read(
        tmp_path, [("Code", "Polarity"), *((f"X/{n}", "Maximise") for n in "abcdefg")], rows
    )
    assert said(book.problems) == [
        (
            "none of the 7 indicators here is defined in definitions.xlsx: here is CP 1, and there"
            " X/a",
            "Check that it is the right file, and that codes or names are alike.",
        )
    ]


@pytest.mark.no_cover
def test_many_that_are_not_defined_are_told_in_no_time(tmp_path: Path) -> None:
    """The nearest of thousands is sought for a few: for each it would take minutes."""
    rows = [
        QUARTER[0],
        *((f"CP {n}", f"Number of visits made on day {n}", 9, 9) for n in range(900)),
    ]
    defined = [("Code", "Indicator", "Polarity"), ("CP 0", "One", "Maximise")]
    defined += [(f"X {n}", f"Number of calls taken on day {n}", "Maximise") for n in range(900)]
    book = read(tmp_path, defined, rows)
    hints = [hint for message, hint in said(book.problems, about="is not defined")]
    assert len(hints) == 899
    assert sum(hint.startswith("The nearest is") for hint in hints) == 10


@pytest.mark.parametrize("defined", [[()], [("hello", "x"), ("a", "b")], [("Code",), ("CP 1",)]])
def test_a_workbook_without_definitions_is_an_error(defined: list[Any], tmp_path: Path) -> None:
    book = read(tmp_path, defined)
    assert ("error", "'[definitions.xlsx]All'!A1") in found(book.problems)
    assert (
        "there are no definitions in this workbook",
        "It needs headings such as Code and Polarity, and a row for each indicator.",
    ) in said(book.problems)


def test_a_file_that_is_no_workbook_is_named(tmp_path: Path) -> None:
    book = save_workbook(tmp_path / "kpis.xlsx", KPIs=QUARTER)
    text, missing = tmp_path / "definitions.csv", tmp_path / "missing.xlsx"
    text.write_text("Code,Polarity\n")
    with pytest.raises(UnreadableWorkbookError) as error:
        read_workbook(book, definitions=read_definitions(text))
    assert str(error.value) == (
        "the definitions definitions.csv: it is a file of text, such as CSV; open it in Excel, and"
        " save it as .xlsx"
    )
    known = Given(Profile(definitions=str(missing)))
    for read_them in (
        lambda: read_definitions(missing),
        lambda: read_workbook(book, profile=known),
    ):
        with pytest.raises(UnreadableWorkbookError) as error:
            read_them()
        assert (
            str(error.value) == f"the definitions {missing}: there is no such file; check the path"
        )


def test_two_sheets_of_definitions_are_one(tmp_path: Path) -> None:
    book = read(tmp_path, {"People": POLARITIES[:2], "Place": [POLARITIES[0], POLARITIES[2]]})
    assert polarities(book) == BOTH
    assert found(book.problems) == []


def test_each_quarters_sheet_is_read_with_them(tmp_path: Path) -> None:
    earlier = [("Ref", "Indicator", "Target", "Q2 2018/19"), *QUARTER[1:]]
    heads = ("Code", "Polarity", "Target 2018/19")
    defined = [heads, ("CP 1", "Maximise", 80), ("CP 2", "Minimise", 11)]
    book = read(tmp_path, defined, {"Q2": earlier, "Q3": QUARTER})
    assert polarities(book) == BOTH
    assert [table.defined["polarity"] for table in book.read_as] == [2, 2]
    assert found(book.problems) == []


def test_its_sheets_are_known_by_the_name_of_the_file(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "d.xlsx", All=POLARITIES)
    opened = Definitions.opened(DefinitionsFile("known.xlsx", path.read_bytes()))
    assert [sheet.name for sheet in opened.sheets] == ["[known.xlsx]All"]
    assert opened.has("[known.xlsx]All")
    assert not opened.has("All")
