"""Headings as people write them (domain 6): case, punctuation, breaks, years, synonyms folded."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.reading.heading_words import is_of_keys, unit_of
from kpi_cli.reading.headings import SETTING, field_of, fold_heading, known_field, rank_of


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        # the headings of the report
        ("code", "MPR Code"),
        ("short_name", "Short Name"),
        ("polarity", "Minimise or Maximise"),
        ("period", "Latest Month"),
        ("value", "Month's Value"),
        ("target", "Month's Target"),
        ("annual_target", "Annual Target 2018/19"),
        ("published_outcome", "Expected Outcome"),
        ("published_direction", "Better or worse than last year"),
        (
            "comment",
            "Comment - explanation of current performance, actions to improve performance and"
            " anticipated future performance",
        ),
        ("managed_by", "Managed By"),
        ("committee", "Scrutiny Committee"),
        # the columns that may be added to them
        ("aim", "Aim"),
        ("responsible_ous", "Responsible OUs"),
        ("year_introduced", "Year Introduced"),
        ("tolerance", "Tolerance"),
        ("last_year", "Same Month Last Year"),
    ],
)
def test_the_headings_of_the_specification(field: str, heading: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("code", "PI Code"),
        ("code", "KPI Ref"),
        ("short_name", "Indicator"),
        ("short_name", "Performance Indicator"),
        ("polarity", "Polarity"),
        ("polarity", "Good Performance Is"),
        ("polarity", "Maximise or Minimise"),
        ("period", "Period"),
        ("value", "Actual"),
        ("value", "Result"),
        ("target", "Target"),
        ("target", "Profiled Target"),
        ("annual_target", "Year End Target"),
        ("published_outcome", "RAG Status"),
        ("published_direction", "Direction of Travel"),
        ("comment", "Commentary"),
        ("comment", "Notes"),
        ("managed_by", "Owner"),
        ("managed_by", "Lead Officer"),
        ("committee", "Committee"),
        ("committee", "Scrutny Committee"),  # the word that counts is right
        ("aim", "Corporate Priority"),
        ("responsible_ous", "Department"),
        ("last_year", "Previous Year"),
    ],
)
def test_common_synonyms(field: str, heading: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("code", "mpr code"),
        ("code", "MPR\nCode"),
        ("code", "  MPR   Code "),
        ("code", "MPR-Code:"),
        ("code", "Ref."),
        ("polarity", "Minimise or\r\nMaximise?"),
        ("polarity", "Good performance is..."),
        ("value", "MONTH'S VALUE"),
        ("value", "Month’s Value"),
        ("value", "Months value"),
        ("value", "Month's\u00a0Value"),
        ("published_direction", "Better or Worse?"),
        ("comment", "Comments: what is being done"),
        ("comment", "Comment (200 words at most)"),
        ("committee", "Scrutiny\nCommittee"),
        ("managed_by", "Managed by:"),
        ("value", "Actual¹"),
        ("target", "Month's Target ¹²"),
        ("annual_target", "Target 2018/19³"),
    ],
)
def test_case_punctuation_and_line_breaks_are_folded(field: str, heading: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("annual_target", "Annual Target"),
        ("annual_target", "Annual Target 2018/19"),
        ("annual_target", "Annual Target 2018-19"),
        ("annual_target", "Annual Target 2018–19"),
        ("annual_target", "Annual Target 2018/2019"),
        ("annual_target", "Annual Target (2018/19)"),
        ("annual_target", "Annual Target\n2018/19"),
        ("annual_target", "Annual Target FY 2018/19"),
        ("annual_target", "Annual Target 2019"),
        ("annual_target", "Annual Target 1999/00"),
        ("value", "Actual 2018/19"),
        ("last_year", "Previous Year (2017/18)"),
    ],
)
def test_a_trailing_year_is_folded(field: str, heading: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize("heading", ["Target 2018/19", "Target (2018/19)", "Target 2019"])
def test_a_target_with_a_year_is_the_one_for_the_year(heading: str) -> None:
    assert field_of(heading) == "annual_target"
    assert field_of("Target") == "target"


@pytest.mark.parametrize(
    "heading",
    [
        "",
        " ",
        "2018/19",
        "Unit",
        "Committe",  # nearly: for the message, never for the reading
        "Months Vallue",
        "Commentator",
        "Aim: SAFE: Children are safe",
    ],
)
def test_a_heading_that_means_no_field(heading: str) -> None:
    assert field_of(heading) is None


def test_no_heading_means_two_fields() -> None:
    folded = [fold_heading(name) for field in INDICATOR_FIELDS.values() for name in field.headings]
    assert sorted(folded) == sorted(set(folded))


def test_the_columns_without_which_nothing_can_be_rated() -> None:
    assert [field.heading for field in INDICATOR_FIELDS.values() if field.is_required] == [
        "MPR Code",
        "Short Name",
        "Minimise or Maximise",
        "Latest Month",
        "Month's Value",
    ]


@pytest.mark.parametrize(
    "headings",
    [
        ["Comment", "Comments", "Commentary", "Narrative"],
        ["comment", "COMMENTS", "Comment - explanation of current performance"],
        ["Managed By", "Owner", "Lead Officer"],
        ["Expected Outcome", "RAG Status"],
    ],
)
def test_the_nearer_to_the_reports_own_heading_the_lower_its_rank(headings: list[str]) -> None:
    ranks = [rank_of(heading) for heading in headings]
    assert ranks == sorted(set(ranks))


@given(
    st.sampled_from(
        [(key, name) for key, field in INDICATOR_FIELDS.items() for name in field.headings]
    ),
    st.sampled_from([str.upper, str.lower, str.title]),
    st.sampled_from([" ", "  ", "\n", "\r\n", "\u00a0", " - "]),
    st.sampled_from(["", " ", ":", "?", "*", "..."]),
)
def test_a_known_heading_is_known_however_it_is_written(
    known: tuple[str, str], case: Callable[[str], str], between: str, after: str
) -> None:
    field, name = known
    written = between.join(case(word) for word in name.split())
    assert field_of(f"{written}{after}") == field


@pytest.mark.parametrize("field", ["code", "short_name"])
@pytest.mark.parametrize("written", ["{}", "  {}", "2018/19 {}", "(FY 2018/19) {}", "*{}*"])
def test_every_heading_of_codes_and_names_may_be_one(field: str, written: str) -> None:
    for heading in INDICATOR_FIELDS[field].headings:
        dotted = ".".join(heading)
        for text in (heading, heading.upper(), dotted):
            assert is_of_keys(written.format(text)), text


@given(st.text(max_size=20))
def test_what_is_known_may_be_one(text: str) -> None:
    known = known_field(text) in ("code", "short_name", SETTING)
    assert is_of_keys(text) or not known


@pytest.mark.parametrize("text", ["some text", "Aim", "", "Value", "A comment", "-"])
def test_most_texts_are_told_apart_at_once(text: str) -> None:
    assert not is_of_keys(text)


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("value", "Actual (days)"),
        ("value", "Actual (number)"),
        ("value", "Actual (provisional)"),
        ("value", "Actual (1)"),
        ("target", "Target [2]"),
        ("target", "Target (weeks)"),
        ("target", "Target (agreed by Cabinet)"),
        ("value", "Actual as at 30/09/2024"),
        ("tolerance", "Tolerance (% of target)"),
    ],
)
def test_a_note_in_brackets_leaves_a_heading_what_it_is(field: str, heading: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    "heading",
    [
        *("Target (stretch)", "Target (national)", "Target (previous)", "Actual (England)"),
        *("Actual (forecast)", "Actual (last)", "Actual (variance)", "Actual (£m)", "Target (£k)"),
        *("Target year", "Target year 2026", "Target date", "Next year target"),
        *("Target (next year)", "Q2 24/25 Target next year", "Target for next year 2025/26"),
        *("% of target", "Percentage of target achieved", "Performance year", "Result date"),
        *("RAG criteria", "RAG key", "Rating scale"),
    ],
)
def test_what_changes_the_meaning_of_a_heading_is_not_passed_over(heading: str) -> None:
    assert field_of(heading) is None


@pytest.mark.parametrize(
    ("field", "heading"),
    [
        ("annual_target", "Year Target"),
        ("annual_target", "Target full year"),
        ("value", "Actual year to date"),
        ("value", "Value to date"),
        ("published_outcome", "Key RAG"),
        ("comment", "Actions"),
    ],
)
def test_other_words_of_time_and_colours_mean_what_they_did(field: str, heading: str) -> None:
    assert field_of(heading) == field


@pytest.mark.parametrize(
    ("unit", "heading"),
    [("days", "Actual (days)"), ("working days", "Target (working days)"), ("", "Actual (%)"),
     ("", "Actual (provisional)"), ("", "Days lost"), ("", "Actual (days")],
)  # fmt: skip
def test_a_heading_tells_the_unit_of_its_figures(unit: str, heading: str) -> None:
    assert unit_of(heading) == unit
