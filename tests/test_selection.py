"""Which indicators the filters let through, on the real figures."""

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Outcome, Report, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Selection, Unmatched, select
from tests.builders import indicator
from tests.running import SOUTHEND

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
