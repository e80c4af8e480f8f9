"""The sheet Data notes: what was found in the workbook, with its cells."""

import pytest

from kpi_cli.addresses import Place
from kpi_cli.models import Problem, Severity
from kpi_cli.periods import Month, Period
from tests.builders import indicator
from tests.writing.exceptions_workbook.reading_back import Written, table, texts, written


def notes(book: Written) -> list[list[object]]:
    rows = table(book.sheet("Data notes"), "DataNotes")
    assert list(rows[0]) == ["Kind", "Cell", "What was found", "What to do"]
    return [[cell.value for cell in row.values()] for row in rows]


def test_the_notes_on_the_sample(sample: Written) -> None:
    assert texts(sample.sheet("Data notes"))[:2] == [
        "Data notes",
        "What was found in southend_january_2019.xlsx",
    ]
    assert notes(sample) == [
        [
            "Note",
            "Indicators!E9",
            "CP 2.3 is rated on September 2018, 4 months behind the report.",
            "Give the latest value.",
        ],
        [
            "Note",
            "Indicators!F11",
            'CP 3.1: no value for January 2019: the workbook says "TBC".',
            "Give the value.",
        ],
    ]


def test_problems_come_first_with_their_cells() -> None:
    problems = [
        Problem(severity=Severity.ERROR, cell="Indicators!E5", message="bad value", hint="Mend."),
        Problem(severity=Severity.WARNING, cell=None, message="odd month", hint="Ask."),
    ]
    columns = {"code": 1, "period": 4, "value": 5, "target": 6, "comment": 11}
    late = indicator("50", period=Period(Month(2018, 12)), place=Place("PI's", 7, columns))
    book = written(late, indicator("95", code="CP 1.2"), problems=problems)
    assert notes(book) == [
        ["Error", "Indicators!E5", "Bad value.", "Mend."],
        ["Warning", "-", "Odd month.", "Ask."],
        [
            "Note",
            "'PI''s'!D7",
            "CP 1.1 is rated on December 2018, 1 month behind the report.",
            "Give the latest value.",
        ],
        [
            "Note",
            "'PI''s'!K7",
            "CP 1.1 is an exception and has no comment.",
            "Say why, and what is being done.",
        ],
    ]


@pytest.mark.parametrize(
    ("value", "target", "cell", "text", "hint"),
    [
        (None, "90", "Indicators!E4", "CP 1.1: no value for January 2019.", "Give the value."),
        (
            "90",
            None,
            "Indicators!F4",
            "CP 1.1: no target for the month, and none for the year.",
            "Give a target.",
        ),
    ],
)
def test_what_could_not_be_rated_is_noted(
    value: str | None, target: str | None, cell: str, text: str, hint: str
) -> None:
    assert notes(written(indicator(value, target))) == [["Note", cell, text, hint]]


def test_a_green_without_a_comment_is_no_matter_for_a_note() -> None:
    sheet = written(indicator("95")).sheet("Data notes")
    assert dict(sheet.tables) == {}
    assert texts(sheet) == [
        "Data notes",
        "What was found in figures.xlsx",
        "Kind",
        "Nothing wrong or odd was found.",
    ]
