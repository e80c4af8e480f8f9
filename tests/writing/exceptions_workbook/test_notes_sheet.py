"""The sheet Data notes: what readers should know, in their words: no cells, and no orders."""

import re
from collections.abc import Iterator

import pytest

from kpi_cli.models import Problem, Rating, Severity
from kpi_cli.periods import Month, Period
from kpi_cli.writing.exceptions_workbook import notes_sheet
from tests.builders import indicator, reading
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.reading_back import Written, table, texts, written

RED = indicator("50", code="CP 9", comment="Rain.")  # so that there are exceptions


def notes(book: Written) -> list[list[object]]:
    rows = table(book.sheet("Data notes"), "DataNotes")
    assert list(rows[0]) == ["About", "What readers should know"]
    return [[cell.value for cell in row.values()] for row in rows]


def test_the_notes_on_the_sample(sample: Written) -> None:
    assert texts(sample.sheet("Data notes"))[:2] == [
        "Data notes, January 2019",
        "What readers should know of the figures",
    ]
    assert notes(sample) == [
        [
            "CP 1.2",
            "The target of CP 1.2 changes from a number, 66 (March 2018), to a band, 57-67 (April"
            " 2018).",
        ],
        ["CP 2.3", "CP 2.3 is rated on September 2018, 4 months behind the report."],
        ["CP 3.1", 'CP 3.1: no value for January 2019: the workbook says "TBC".'],
        ["CP 3.2", "CP 3.2 has no value for May 2018 to July 2018, 3 months."],
        [
            "CP 5.5",
            "CP 5.5 is cumulative, yet falls from 39,910 (August 2018) to 26,450 (September 2018)"
            " within 2018/19.",
        ],
    ]


def problem(severity: Severity, message: str, check: str | None = None) -> Problem:
    return Problem(
        severity=severity, cell="Indicators!E5", message=message, hint="Type it.", check=check
    )


def test_errors_are_counted_and_warnings_of_figures_are_told_without_cells() -> None:
    problems = [
        problem(Severity.ERROR, "bad value"),
        problem(
            Severity.WARNING,
            "the value of CP 9 last year is 5 here, and 6 in 'My History'!C7, which counts",
            "last-year-differs",
        ),
        problem(Severity.WARNING, "row 7 is taken for a note"),
    ]
    assert notes(written(RED, problems=problems)) == [
        ["All", "1 error was found in the data, which may make it incomplete."],
        [
            "CP 9",
            "The value of CP 9 last year is 5 here, and 6 elsewhere in the data, which counts.",
        ],
    ]


def test_no_note_names_a_cell_or_tells_what_to_do(sample: Written, full: Written) -> None:
    for book in (sample, full):
        for _, text in notes(book):
            assert not re.search(r"![A-Z]+\d|\b(Give|Correct|Add|Write|Type)\b", str(text))


@pytest.mark.parametrize(
    ("value", "target", "text"),
    [
        (None, "90", "CP 1.1: no value for January 2019."),
        ("90", None, "CP 1.1: no target for the month, and none for the year."),
    ],
)
def test_what_could_not_be_rated_is_noted(value: str | None, target: str | None, text: str) -> None:
    assert notes(written(indicator(value, target), RED)) == [["CP 1.1", text]]


def test_what_lags_behind_and_what_has_no_comment_is_noted() -> None:
    late = indicator("50", period=Period(Month(2018, 12)))
    assert notes(written(late, indicator("95", code="CP 1.2"))) == [
        ["CP 1.1", "CP 1.1 is rated on December 2018, 1 month behind the report."],
        ["CP 1.1", "CP 1.1 is an exception and has no comment."],
    ]


def test_what_is_older_than_the_figures_that_are_shown_is_not_told() -> None:
    months = ["January 2016", "February 2016", "March 2016", "June 2016", "July 2016"]
    recent = ["October 2018", "November 2018", "December 2018"]
    history = [reading("CP 9", when, "60", "90") for when in (*months, *recent)]
    sheet = written(RED, history=history).sheet("Data notes")
    assert texts(sheet)[2:] == ["Nothing wrong or odd was found."]


def test_a_green_without_a_comment_is_no_matter_for_a_note() -> None:
    sheet = written(indicator("95"), RED).sheet("Data notes")
    assert dict(sheet.tables) == {}
    assert texts(sheet) == [
        "Data notes, January 2019",
        "What readers should know of the figures",
        "Nothing wrong or odd was found.",
    ]


@pytest.mark.parametrize(
    ("year", "told"),
    [("200809", "2008/09"), ("2014", "2014"), ("2016/17", "2016/17"), ("200815", "-"), (None, "-")],
)
def test_a_year_introduced_is_told_as_readers_have_it(year: str | None, told: str) -> None:
    (block,) = blocks(written(indicator("50", year_introduced=year)))
    assert block.said["Year Introduced"] == told


def test_where_there_is_no_exception_a_few_notes_are_on_the_summary() -> None:
    late = indicator("95", period=Period(Month(2018, 12)))
    book = written(late, indicator("95", code="CP 1.2"))
    assert book.book.sheetnames == ["Summary", "All indicators"]
    said = texts(book.sheet("Summary"))
    place = said.index("Data notes")
    assert said[place + 1] == "CP 1.1 is rated on December 2018, 1 month behind the report."


def test_many_have_their_sheet_all_the_same() -> None:
    many = [indicator(None, code=f"CP {number}") for number in range(7)]
    assert len(notes(written(*many))) == 7


def test_the_sample_has_no_year_that_is_none(by_code: dict[str, Block]) -> None:
    assert by_code["CP 4.8"].said["Year Introduced"] == "2008/09"


def test_they_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[str] = []

    def look(rating: Rating, *_: object) -> Iterator[str]:
        looked.append(rating.indicator.code)
        yield "fell"

    monkeypatch.setattr(notes_sheet, "for_readers", look)
    assert notes(written(RED)) == [["CP 9", "Fell."]]
    assert looked == ["CP 9"]
