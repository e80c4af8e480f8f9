"""Checks of codes: those used twice, and history that belongs to no indicator or stands twice."""

from kpi_cli.models import UnratedRow
from tests.builders import reading
from tests.checks.finding import found, place, problems_of, row


def test_a_code_used_twice_is_told_at_its_second_row() -> None:
    rows = [row(4, code="CP 1.1"), row(5, code="cp  1.1"), row(6, code="CP 1.10")]
    assert found("code-used-twice", *rows) == [
        ("Indicators!A5", "cp  1.1 is also in Indicators!A4; both rows are rated")
    ]


def test_the_example_of_a_new_workbook_is_told_where_it_is_rated_with_others() -> None:
    example = row(5, code="EXAMPLE 1")
    said = "EXAMPLE 1 is the example that kpi new writes, and is rated with the others"
    assert found("example-left", row(4), example) == [("Indicators!A5", said)]
    assert found("example-left", example, row(6, code="EXAMPLE 2")) == []
    assert found("example-left", row(4), row(5, code="For EXAMPLE 1")) == []


HISTORY = (
    reading("CP 1.1", "January 2018", "5", row=2),
    reading("CP 1.1", "January 2018", "6", row=3),
    reading("CP 1.2", "January 2018", "7", row=4),
    reading("CP 1.2", "Jan-18", "7.0", row=5),
    reading("CP 1.2", "February 2018", "7", row=6),
)


def test_history_that_contradicts_itself_is_an_error() -> None:
    assert found("history-contradicts", history=HISTORY) == [
        (
            "History!A3",
            "CP 1.1 has another row for January 2018, History!A2; they differ, and neither is used",
        )
    ]


def test_history_that_repeats_itself_is_a_warning() -> None:
    assert found("history-repeated", history=HISTORY) == [
        (
            "History!A5",
            "CP 1.2 has another row for January 2018, History!A4; they are the same",
        )
    ]


def test_history_of_an_unknown_code_is_named_once() -> None:
    history = (
        reading("CP 1.4", "January 2018", "5", row=2),
        reading("CP1.4", "February 2018", "5", row=3),
        reading("CP1.4", "March 2018", "5", row=4),
        reading("CP 2.1", "March 2018", "5", row=5),
    )
    problems = problems_of("history-unknown-code", row(4), history=history)
    assert [(p.cell, p.message, p.hint) for p in problems] == [
        (
            "History!A3",
            "the history has CP1.4, but no indicator has that code",
            "If CP 1.4 is meant, write it so.",
        ),
        (
            "History!A5",
            "the history has CP 2.1, but no indicator has that code",
            "Add the indicator's row.",
        ),
    ]


def test_where_no_indicator_could_be_read_no_history_is_unknown() -> None:
    assert found("history-unknown-code", history=HISTORY) == []


def test_history_of_a_row_that_could_not_be_rated_is_not_unknown() -> None:
    history = (reading("CP 7.7", "January 2018", "5"),)
    unrated = (UnratedRow(code="CP 7.7", short_name=None, place=place(9)),)
    assert found("history-unknown-code", history=history, unrated=unrated) == []
