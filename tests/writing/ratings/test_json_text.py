"""JSON and JSON Lines: the specification's fields, in ASCII, that any program reads back."""

import io
import json
from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.models import Direction, Outcome, Report, Settings, Workbook
from kpi_cli.report import rate
from kpi_cli.writing.ratings.json_text import write_json, write_json_lines
from kpi_cli.writing.view import View
from tests.builders import indicator, reading
from tests.running import PUBLISHED, SOUTHEND, expected, kpi
from tests.writing.ratings.test_record_fields import RATING_FIELDS, REPORT_FIELDS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def as_json(*reports: Report, view: View = View()) -> str:  # noqa: B008
    stream = io.StringIO()
    write_json(reports, stream, view)
    return stream.getvalue()


def as_json_lines(*reports: Report) -> str:
    stream = io.StringIO()
    write_json_lines(reports, stream, View())
    return stream.getvalue()


def report_of(*indicators: object, name: str = "x.xlsx", title: str | None = None) -> Report:
    fields = {"name": name, "indicators": indicators, "settings": Settings(report_title=title)}
    return rate(Workbook.model_validate(fields))


def objects(lines: Iterable[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in lines]


def test_an_aim_of_the_real_report() -> None:
    text = kpi("rate", SOUTHEND, "--aim", "clean", "--format", "json").stdout
    assert text == expected("clean.json", text)


def test_an_aim_of_the_real_report_as_lines() -> None:
    text = kpi("rate", SOUTHEND, "--aim", "safe", "--format", "jsonl").stdout
    assert text == expected("safe.jsonl", text)


def test_the_whole_real_report() -> None:
    report = json.loads(kpi("rate", SOUTHEND, "--format", "json").stdout)
    assert list(report) == REPORT_FIELDS
    assert list(report["summary"].items()) == [
        ("at_risk", 6),
        ("slippage", 6),
        ("on_course", 16),
        ("no_value", 1),
        ("no_target", 0),
    ]
    assert {tuple(rating) for rating in report["ratings"]} == {tuple(RATING_FIELDS)}
    assert len(report["ratings"]) == 29


def test_lines_are_the_ratings_with_their_workbook() -> None:
    report = json.loads(kpi("rate", SOUTHEND, "--format", "json").stdout)
    lines = objects(kpi("rate", SOUTHEND, "--format", "jsonl").stdout.splitlines())
    assert [list(line) for line in lines] == [["workbook", *RATING_FIELDS]] * 29
    assert lines == [{"workbook": SOUTHEND.name, **rating} for rating in report["ratings"]]


def test_several_workbooks_are_a_list() -> None:
    several = json.loads(kpi("rate", SOUTHEND, PUBLISHED, "--format", "json").stdout)
    alone = json.loads(kpi("rate", PUBLISHED, "--format", "json").stdout)
    assert [report["workbook"] for report in several] == [SOUTHEND.name, PUBLISHED.name]
    assert several[1] == alone


def test_several_workbooks_as_lines_follow_each_other() -> None:
    lines = objects(kpi("rate", PUBLISHED, SOUTHEND, "--format", "jsonl").stdout.splitlines())
    assert [line["workbook"] for line in lines] == [PUBLISHED.name] * 29 + [SOUTHEND.name] * 29


def test_one_of_several_that_can_be_read_is_a_list_too() -> None:
    """Whoever asks for several gets a list, whatever becomes of them."""
    report = report_of(indicator())
    assert json.loads(as_json(report, view=View(several=True))) == [json.loads(as_json(report))]
    assert json.loads(as_json(view=View(several=True))) == []


def test_a_comparison_comes_last_and_only_when_asked_for() -> None:
    report = json.loads(kpi("rate", PUBLISHED, "--format", "json", "--compare-published").stdout)
    assert list(report) == [*REPORT_FIELDS, "comparison"]
    assert report.pop("comparison") == {
        "expected_outcome": {"agree": 29, "differ": 0, "not_comparable": 0},
        "direction": {"agree": 4, "differ": 0, "not_comparable": 5},
        "differences": [],
    }
    assert report == json.loads(kpi("rate", PUBLISHED, "--format", "json").stdout)


def test_differences_from_what_was_published_are_counted_and_placed() -> None:
    own = indicator(
        "95", "90", published_outcome=Outcome.AT_RISK, published_direction=Direction.WORSE
    )
    history = (reading("CP 1.1", "January 2018", "80"),)
    report = rate(Workbook(name="x.xlsx", indicators=(own,), history=history))
    comparison = json.loads(as_json(report, view=View(compare=True)))["comparison"]
    assert comparison["expected_outcome"] == {"agree": 0, "differ": 1, "not_comparable": 0}
    assert comparison["direction"] == {"agree": 0, "differ": 1, "not_comparable": 0}
    # how the difference itself names the ratings is in question; where it stands is not
    assert [(one["code"], one["cell"]) for one in comparison["differences"]] == [
        ("CP 1.1", "Indicators!A4"),
        ("CP 1.1", "Indicators!A4"),
    ]
    assert {one["reason"] for one in comparison["differences"]} == {
        "5 over the target of 90, and higher is better",
        "95, against 80 in January 2018; higher is better",
    }


@given(TEXTS, TEXTS, TEXTS)
def test_any_text_is_ascii_and_reads_back(name: str, comment: str, title: str) -> None:
    report = report_of(indicator(short_name=name, comment=comment), name=name, title=title)
    text = as_json(report)
    assert text.isascii()
    read = json.loads(text)
    assert (read["workbook"], read["title"]) == (name, title)
    assert (read["ratings"][0]["short_name"], read["ratings"][0]["comment"]) == (name, comment)


@given(TEXTS, TEXTS)
def test_any_text_is_one_line_of_json_lines(name: str, comment: str) -> None:
    text = as_json_lines(report_of(indicator(short_name=name, comment=comment), name=name))
    assert text.isascii()
    assert text.count("\n") == 1
    assert text.endswith("}\n")
    read = json.loads(text)
    assert (read["workbook"], read["short_name"], read["comment"]) == (name, name, comment)
