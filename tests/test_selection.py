"""Which indicators the filters let through, on the real figures."""

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Outcome, Report, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Selection, Unmatched, find_codes, select
from kpi_cli.terms import Variation
from tests.builders import indicator
from tests.running import MISTAKES, SOUTHEND

SAFE = "CP 1.1, CP 1.2, CP 1.4, CP 1.5"
CLEAN = "CP 2.2, CP 2.3, CP 2.4"
POLICY_AND_RESOURCES = "CP 4.3, CP 4.4, CP 4.8, CP 4.10, CP 5.4, CP 5.5"
PUBLIC_HEALTH = "CP 3.9, CP 3.11"
STRATEGIC = "CP 4.3, CP 4.4, CP 5.4, CP 5.5"
REDS = "CP 1.2, CP 3.2, CP 3.10, CP 4.8, CP 5.4, CP 5.5"
AMBERS = "CP 1.1, CP 1.4, CP 3.9, CP 3.11, CP 4.3, CP 4.4"


@pytest.fixture(scope="module")
def report() -> Report:
    return rate(read_workbook(SOUTHEND))


def codes(report: Report) -> str:
    return ", ".join(rating.indicator.code for rating in report.ratings)


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        # one committee, spelled two ways in the report
        (Selection(committees=("Policy & Resources Scrutiny",)), POLICY_AND_RESOURCES),
        (Selection(committees=("Policy and Resources Scrutiny",)), POLICY_AND_RESOURCES),
        (Selection(committees=("policy  &Resources   SCRUTINY ",)), POLICY_AND_RESOURCES),
        (Selection(committees=("*resources*",)), POLICY_AND_RESOURCES),
        (Selection(committees=("Policy &*",)), POLICY_AND_RESOURCES),
        (Selection(aims=("clean",)), CLEAN),
        (Selection(aims=("C*N",)), CLEAN),
        (Selection(aims=("SAFE", "Clean")), f"{SAFE}, {CLEAN}"),
        (Selection(aims=("Clean", "SAFE")), f"{SAFE}, {CLEAN}"),  # the workbook's order
        # an indicator of two departments belongs to both
        (Selection(responsible_ous=("public health",)), PUBLIC_HEALTH),
        (Selection(responsible_ous=("Strategic Services", "Public *")), "CP 3.9, CP 3.11, CP 4.3,"
         " CP 4.4, CP 5.4, CP 5.5"),
        (Selection(codes=("CP 3.1",)), "CP 3.1"),
        (Selection(codes=("cp  3.10",)), "CP 3.10"),
        (Selection(codes=("CP 2.*",)), CLEAN),
        (Selection(codes=("CP 3.1*",)), "CP 3.1, CP 3.10, CP 3.11, CP 3.13"),
        (Selection(codes=("*.10", "CP 1.?")), "CP 3.10, CP 4.10"),  # only * is a wildcard
        (Selection(codes=("CP 3.10", "CP 3.10")), "CP 3.10"),
        (Selection(outcomes=(Outcome.AT_RISK,)), REDS),
        (Selection(outcomes=(Outcome.SLIPPAGE,)), AMBERS),
        (Selection(outcomes=(Outcome.NO_VALUE,)), "CP 3.1"),
        (Selection(outcomes=(Outcome.NO_TARGET,)), ""),
        (Selection(outcomes=(Outcome.NO_TARGET, Outcome.NO_VALUE)), "CP 3.1"),
        # every filter must let an indicator through
        (Selection(committees=("policy*",), outcomes=(Outcome.AT_RISK,)), "CP 4.8, CP 5.4, CP 5.5"),
        (Selection(committees=("policy*",), aims=("excellent",)), "CP 5.4, CP 5.5"),
        (Selection(aims=("healthy",), codes=("CP 3.*",), responsible_ous=("Public Health",),
         committees=("People Scrutiny",), outcomes=(Outcome.SLIPPAGE,)), PUBLIC_HEALTH),
        (Selection(aims=("clean",), outcomes=(Outcome.AT_RISK,)), ""),
    ],
)  # fmt: skip
def test_filters(report: Report, selection: Selection, expected: str) -> None:
    selected = select(report, selection)
    assert codes(selected.report) == expected
    assert len(selected.report.ratings) + selected.report.left_out == 29
    assert {unmatched.name for unmatched in selected.unmatched} <= {"CP 1.?"}


def test_nothing_asked_for_is_everything(report: Report) -> None:
    selected = select(report, Selection())
    assert selected.report == report
    assert selected.report.left_out == 0


def test_selection_keeps_problems_and_period_of_the_report(report: Report) -> None:
    selected = select(report, Selection(codes=("CP 2.3",))).report
    assert (selected.period, selected.problems) == (report.period, report.problems)


@pytest.mark.parametrize(
    ("selection", "unmatched", "message"),
    [
        (
            Selection(committees=("Planning Committee",)),
            [Unmatched("committee", "Planning Committee",
             ("People Scrutiny", "Place Scrutiny", "Policy & Resources Scrutiny"))],
            'no indicator has the committee "Planning Committee"; the workbook has'
            ' "People Scrutiny", "Place Scrutiny" and "Policy & Resources Scrutiny"',
        ),
        (
            Selection(aims=("SAFE", "FAIR"), codes=("CP 1.1",)),
            [Unmatched("aim", "FAIR", ("SAFE", "CLEAN", "HEALTHY", "PROSPEROUS", "EXCELLENT"))],
            'no indicator has the aim "FAIR"; the workbook has "SAFE", "CLEAN", "HEALTHY",'
            ' "PROSPEROUS" and "EXCELLENT"',
        ),
        (
            Selection(responsible_ous=("Housing*",)),
            [Unmatched("responsible OU", "Housing*", ("Department for People",
             "Department for Place", "Public Health", "Strategic Services"))],
            'no indicator has the responsible OU "Housing*"; the workbook has'
            ' "Department for People", "Department for Place", "Public Health" and'
            ' "Strategic Services"',
        ),
    ],
)  # fmt: skip
def test_a_name_that_matches_nothing_is_told_with_the_names_there_are(
    report: Report, selection: Selection, unmatched: list[Unmatched], message: str
) -> None:
    found = select(report, selection).unmatched
    assert list(found) == unmatched
    assert [one.message for one in found] == [message]


def test_a_name_spelled_in_several_ways_is_told_as_it_is_spelled_first() -> None:
    spellings = ("People & Place", "Audit", "PEOPLE and  place", "People and Place")
    indicators = tuple(indicator(committee=spelling) for spelling in spellings)
    report = rate(Workbook(name="x.xlsx", indicators=indicators))
    (unmatched,) = select(report, Selection(committees=("Planning",))).unmatched
    assert unmatched.known == ("People & Place", "Audit")


def test_a_workbook_without_committees_has_none() -> None:
    message = Unmatched("committee", "People*", ()).message
    assert message == 'no indicator has the committee "People*"; the workbook has none'


def test_filters_that_match_apart_but_not_together_are_no_mistake(report: Report) -> None:
    selected = select(report, Selection(aims=("clean",), codes=("CP 1.1",)))
    assert selected.report.ratings == ()
    assert selected.unmatched == ()


# Codes that are to be shown


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (["CP 4.8"], "CP 4.8"),
        (["cp4.8"], "CP 4.8"),
        (["  CP   4.8 "], "CP 4.8"),
        (["4.8"], "CP 4.8"),
        (["4.10"], "CP 4.10"),
        (["4.1"], None),
        (["3.1"], "CP 3.1"),
        (["CP 2.*"], CLEAN),
        (["2.*"], CLEAN),
        (["*.8"], "CP 4.8"),
        (["3.1*"], "CP 3.1, CP 3.10, CP 3.11, CP 3.13"),
        (["4.8", "1.1"], "CP 1.1, CP 4.8"),  # in natural order
        (["3.10", "3.2"], "CP 3.2, CP 3.10"),
        (["4.8", "CP 4.8", "*4.8"], "CP 4.8"),
        (["p 4.8"], None),
        (["8"], None),
        ([".8"], None),
    ],
)
def test_codes_are_found(report: Report, asked: list[str], expected: str | None) -> None:
    found = find_codes(report, asked)
    assert ", ".join(each.indicator.code for each in found.ratings) == (expected or "")
    assert list(found.unknown) == ([] if expected else asked)


@pytest.mark.parametrize(
    ("asked", "nearest"),
    [
        ("CP 4.88", "CP 4.8"),
        ("CP 48", "CP 4.8"),
        ("48", "CP 4.8"),
        ("CP4,8", "CP 4.8"),
        ("arrears", "CP 4.8"),  # a word of the name
        ("Council Tax", "CP 4.3"),
        ("3.99", "CP 3.9"),
    ],
)
def test_an_unknown_code_comes_with_the_nearest(report: Report, asked: str, nearest: str) -> None:
    near = find_codes(report, [asked]).unknown[asked]
    assert near[0] == nearest
    assert len(near) <= 3


@pytest.mark.parametrize("asked", ["", "*zzz*", "ZZZ", "🙂", "\x1b[2J"])
def test_what_is_like_no_code_has_no_nearest(report: Report, asked: str) -> None:
    assert find_codes(report, [asked]).unknown == {asked: ()}


def test_a_row_that_is_not_rated_is_found_and_is_no_unknown_code() -> None:
    mistakes = rate(read_workbook(MISTAKES))
    found = find_codes(mistakes, ["EX 2.1", "2.2", "EX 1.1"])
    assert [row.code for row in found.unrated] == ["EX 2.1", "EX 2.2"]
    assert [rating.indicator.code for rating in found.ratings] == ["EX 1.1", "EX 1.1"]
    assert found.unknown == {}


def test_names_that_are_the_codes_are_found_by_a_part() -> None:
    own = indicator(code="2018 visits", short_name="2018 visits")
    named = rate(Workbook(name="x", indicators=(own,)))
    assert len(find_codes(named, ["2018*"]).ratings) == 1
    assert len(find_codes(named, ["2018 VISITS"]).ratings) == 1


@pytest.mark.parametrize(
    ("variations", "expected"),
    [
        ((Variation.CONCERN,), "CP 3.2, CP 4.8"),
        ((Variation.CONCERN, Variation.HIGH), "CP 1.2, CP 3.2, CP 4.8"),
        ((Variation.IMPROVEMENT,), ""),
    ],
)
def test_by_what_the_control_chart_says(
    report: Report, variations: tuple[Variation, ...], expected: str
) -> None:
    selected = select(report, Selection(variations=variations))
    assert codes(selected.report) == expected
    assert len(selected.report.ratings) + selected.report.left_out == 29
    assert not selected.is_emptied_by_names


def test_a_code_that_no_indicator_has_is_asked_for_only_by_codes() -> None:
    assert Selection().takes_code("CP 9")
    assert not Selection(variations=(Variation.CONCERN,)).takes_code("CP 9")
