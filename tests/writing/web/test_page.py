"""What the page says: its sentences, counts, groups and notes."""

from dataclasses import replace
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.history import Series
from kpi_cli.models import Outcome, Report, Settings
from kpi_cli.rating import rate_indicator
from kpi_cli.writing.web.page import Page
from tests.builders import JANUARY, indicator, reading
from tests.running import MISTAKES
from tests.writing.web.reading_pages import sections


def report_of(*rows: dict[str, Any], history: tuple[Any, ...] = ()) -> Report:
    """Return a report of indicators with these fields."""
    ratings = []
    for fields in rows:
        figures = [
            fields.pop(name, default) for name, default in (("value", "95"), ("target", "90"))
        ]
        made = indicator(*figures, **fields)
        past = [each for each in history if each.code == made.code]
        ratings.append(rate_indicator(made, Settings(), Series(made.reading, past)))
    return Report("in.xlsx", Settings(), JANUARY, tuple(ratings))


def page(report: Report, **options: Any) -> Page:
    return Page(sections(report, **options))


def test_one_sentence_says_it(southend: Report) -> None:
    found = page(southend)
    assert found.said.sentence == (
        "12 of 29 indicators miss their target: 6 are at risk and 6 have some slippage. 16 are on"
        " course and 1 has no value yet."
    )
    assert found.said.bar.counts == {
        Outcome.AT_RISK: 6, Outcome.SLIPPAGE: 6, Outcome.ON_COURSE: 16, Outcome.NO_VALUE: 1,
    }  # fmt: skip
    assert found.since.startswith("Since the month before: 1 worse, 1 better, ")
    assert [(each.item.code, each.text) for each in found.changes] == [
        ("CP 3.11", "On course in December 2018, now Some slippage"),
        ("CP 1.4", "At risk in December 2018, now Some slippage"),
    ]
    assert found.directions == (
        "11 can be compared with the same month last year: 5 are better and 6 are worse."
    )


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        (["80"], "1 indicator is at risk."),
        (["95"], "1 indicator is on course."),
        (["80", "95"], "1 of 2 indicators misses its target: 1 is at risk. 1 is on course."),
        (
            ["95", None],
            "None of 2 indicators misses its target. 1 is on course and 1 has no value yet.",
        ),
    ],
)
def test_the_sentence_is_one_whatever_the_numbers(values: list[str | None], sentence: str) -> None:
    rows = [{"value": each, "code": f"CP {number}"} for number, each in enumerate(values)]
    assert page(report_of(*rows)).said.sentence == sentence


def test_what_is_said_follows_every_state_of_the_filters(southend: Report) -> None:
    found = page(southend)
    states = {state.named: state for state in found.states}
    assert states["Place Scrutiny"].sentence == "8 indicators are on course."
    assert states["People Scrutiny, HEALTHY"].bar.total == 9
    assert states["EXCELLENT, At risk"].sentence == "2 indicators are at risk."
    for state in states.values():
        parts = state.key.split("-")
        shown = [
            rating
            for rating in southend.ratings
            if set(parts) <= set(found.marking.of(rating).each)
        ]
        assert state.bar.total == len(shown) > 0
    assert len(states) == len({state.key for state in found.states})


def test_a_filter_is_there_where_there_is_a_choice(southend: Report) -> None:
    assert [each.name for each in page(southend).filters] == ["committee", "aim", "outcome"]
    assert page(report_of({}, {"code": "CP 2"})).filters == []
    many = report_of(*({"code": f"CP {n}", "aim": f"Aim {n}"} for n in range(61)))
    assert page(many).filters == []


def test_with_very_many_states_only_each_filter_is_counted() -> None:
    rows = [
        {"code": f"CP {n}", "aim": f"Aim {n % 25}", "committee": f"C {n // 25}"} for n in range(500)
    ]
    found = page(report_of(*rows))
    assert [state.key for state in found.states if "-" in state.key] == []
    assert len(list(found.states)) == 45
    assert "not counted here" in found.marking.otherwise


def test_the_sections_have_the_report_s_order(southend: Report) -> None:
    found = page(southend)
    by_outcome = [
        (group.name, [(within.name, [i.code for i in within.items]) for within in group.groups])
        for group in found.by_outcome
    ]
    assert by_outcome[0] == (
        "At risk of missing target",
        [
            ("Department for People", ["CP 1.2", "CP 3.2", "CP 3.10", "CP 4.8"]),
            ("Strategic Services", ["CP 5.4", "CP 5.5"]),
        ],
    )
    assert by_outcome[-1][0] == "On course to achieve target, with a comment"
    assert [(aim.name, aim.bar.total) for aim in found.aims] == [
        ("SAFE", 4), ("CLEAN", 3), ("HEALTHY", 10), ("PROSPEROUS", 8), ("EXCELLENT", 4),
    ]  # fmt: skip
    assert [(aim.name, [i.code for i in aim.items]) for aim in found.details] == [
        ("SAFE", ["CP 1.1", "CP 1.2", "CP 1.4"]),
        ("HEALTHY", ["CP 3.2", "CP 3.9", "CP 3.10", "CP 3.11"]),
        ("PROSPEROUS", ["CP 4.3", "CP 4.4", "CP 4.8"]),
        ("EXCELLENT", ["CP 5.4", "CP 5.5"]),
    ]


def test_an_aim_shows_its_priorities(southend: Report) -> None:
    priorities = {"safe": ("Keep children safe", "Keep adults safe")}
    (first, second, *_) = page(replace(southend, priorities=priorities)).aims
    assert first.priorities == priorities["safe"]
    assert second.priorities == ()


def test_notes_are_in_readers_words(southend: Report) -> None:
    found = page(southend, with_spc=True).notes
    assert found[:2] == [
        'There is no figure yet for CP 3.1: the workbook says "TBC".',
        "The latest figure of CP 2.3 is of September 2018, 4 months behind the report.",
    ]
    assert any(note.startswith("There is no control chart of ") for note in found)


def test_notes_have_no_cell_and_tell_nobody_what_to_do() -> None:
    report = rate(read_workbook(MISTAKES))
    found = page(report, with_spc=True, with_forecast=True).notes
    assert not [note for note in found if "!" in note]
    assert "29 errors in the workbook had not been mended when this was made." in found
    (unread,) = (note for note in found if "could not be read" in note)
    assert unread.startswith("19 indicators could not be read and are not in this report: EX 2.1, ")
    hints = [problem.hint for problem in report.problems]
    assert not [hint for hint in hints if any(hint in note for note in found)]


def test_notes_tell_of_missing_targets_marks_and_comments() -> None:
    report = report_of(
        {"target": None}, {"code": "CP 2", "value": "80"}, {"code": "CP 3", "value": "95*"}
    )
    assert page(report).notes == [
        "There is no target for CP 1.1, so that nothing tells how that goes.",
        'The figure of CP 3 is marked "*".',
        "No comment was given on CP 2.",
    ]
    assert page(report, is_earlier=True).notes[-1].startswith("Comments are those of the latest")


def test_a_name_stands_for_a_code_and_without_what_it_is_measured_by() -> None:
    name = "Homes built [Cumulative YTD]"
    found = page(report_of({"code": name, "short_name": name, "value": None}))
    (item,) = (item for aim in found.aims for item in aim.items)
    assert (item.code, item.name, item.called) == (None, "Homes built", "Homes built")
    assert found.notes[0] == "There is no figure yet for Homes built."
    assert not found.has_codes


def test_a_cumulative_indicator_is_drawn_as_this_year_over_last() -> None:
    name = "Checks made [Cumulative YTD]"
    months = ("2017-04", "2017-05", "2018-03", "2018-04", "2018-05")
    past = tuple(reading("CP 9", each, str(100 * n + 50), "90") for n, each in enumerate(months))
    report = report_of(
        {"code": "CP 9", "short_name": name, "value": "700", "target": "900", "annual": "1200"},
        history=past,
    )
    (item,) = (item for aim in page(report).aims for item in aim.items)
    assert item.chart
    assert item.chart.title == "Since April, 2018/19, beside 2017/18"
    assert [label.text for label in item.chart.names] == ["Year-end target 1200", "2017/18: 250"]
    assert item.chart.latest
    assert item.chart.latest.text == "2018/19: 700"
    assert item.chart.said == (
        "700 in 2018/19 up to January 2019, and 250 by March 2018. The target was met in 2 of 3"
        " months of 2018/19. There is no figure for June 2018, July 2018, August 2018 and 4 more."
    )
    assert [label.text for label in item.chart.periods][-1] == "Mar"
    rows = {row.name: row.texts for row in item.table.rows}
    assert item.table.years == ("2017/18", "2018/19")
    assert rows["April"] == ("50", "90", "350", "90")
    assert rows["January"] == ("", "", "700", "900")


def test_without_history_there_is_no_chart_but_a_table() -> None:
    (item,) = (item for aim in page(report_of({"value": "80"})).aims for item in aim.items)
    assert (item.chart, item.sparkline) == (None, None)
    assert [(row.name, row.texts) for row in item.table.rows] == [("January", ("80", "90"))]
