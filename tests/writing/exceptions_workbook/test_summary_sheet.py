"""The sheet Summary: what the report is, the counts, the key and the rules in words."""

from decimal import Decimal
from typing import Any

import pytest

from kpi_cli import __version__
from kpi_cli.amounts import Line, Tolerance
from kpi_cli.models import Outcome, Problem, Settings, Severity, ToleranceBasis
from kpi_cli.periods import Month, Period
from tests.builders import indicator, line, reading
from tests.writing.exceptions_workbook.reading_back import Written, shown, table, texts, written
from tests.writing.exceptions_workbook.test_detail_sheet import CODES

COUNTED = ["At risk", "Some slippage", "On course", "No value", "No target", "All"]
BY_AIM = {
    "SAFE": [1, 2, 1, 0, 0, 4],
    "CLEAN": [0, 0, 3, 0, 0, 3],
    "HEALTHY": [2, 2, 5, 1, 0, 10],
    "PROSPEROUS": [1, 2, 5, 0, 0, 8],
    "EXCELLENT": [2, 0, 2, 0, 0, 4],
}
BY_COMMITTEE = {
    "People Scrutiny": [3, 4, 7, 1, 0, 15],
    "Place Scrutiny": [0, 0, 8, 0, 0, 8],
    "Policy & Resources Scrutiny": [3, 2, 1, 0, 0, 6],  # one, though it is spelt in two ways
}
RED = "● At risk of missing target"
AMBER = "⚠ Some slippage against target"
GREEN = "✔ On course to achieve target"
KEY = [RED, AMBER, GREEN, "○ No Value", "□ No Target"]


def rules(book: Written) -> dict[str, str]:
    """Return the key: what each outcome is said to mean."""
    sheet = book.sheet("Summary")
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(max_col=2)]
    return {str(name): str(meaning) for name, meaning in rows if name in KEY}


def with_settings(**settings: Any) -> Written:
    return written(indicator(), settings=Settings(**settings))


def test_what_the_report_is(sample: Written) -> None:
    assert texts(sample.sheet("Summary"))[:9] == [
        "Monthly Performance Report",
        "Southend-on-Sea Borough Council, January 2019",
        f"Made on 22 February 2019, 10:31 by kpi {__version__} from southend_january_2019.xlsx",
        "29 indicators: At risk 6 · Some slippage 6 · On course 16 · No value 1",
        "11 can be compared with the same month last year: ↑ 5 better, ↓ 6 worse",
        "The exceptions",
        "6 indicators are at risk of missing their targets (red): CP 1.2, CP 3.2, CP 3.10, CP 4.8,"
        " CP 5.4 and CP 5.5.",
        "6 indicators show some slippage against their targets (amber): CP 1.1, CP 1.4, CP 3.9,"
        " CP 3.11, CP 4.3 and CP 4.4.",
        "Indicator",
    ]


def test_the_exceptions_are_a_short_list_with_links_to_their_page(sample: Written) -> None:
    rows = table(sample.sheet("Summary"), "RedsAndAmbers")
    assert [str(row["More"].value) for row in rows] == [f"{code} on Detail" for code in CODES]
    for row, code in zip(rows, CODES, strict=True):
        link = row["More"].hyperlink
        assert link
        name, _, place = str(link.location).partition("!")
        assert str(sample.sheet(name.strip("'"))[place].value).startswith(f"{code}  ")
    assert [shown(cell) for cell in rows[0].values()] == [
        "CP 1.2 Rate of Looked After Children per 10,000 population under the age of 18. [Monthly"
        " Snapshot]",
        "● At risk",
        "● At risk",
        "79",
        "57-67",
        "↓ Worse",
        "CP 1.2 on Detail",
    ]


@pytest.mark.no_cover
def test_a_long_list_is_cut_and_says_so() -> None:
    many = [indicator("50", code=f"CP {number}", comment="Rain.") for number in range(40)]
    sheet = written(*many).sheet("Summary")
    assert len(table(sheet, "RedsAndAmbers")) == 30
    said = texts(sheet)
    assert "And 10 more, on the sheet Exceptions." in said
    named = next(text for text in said if text.startswith("40 indicators are at risk"))
    assert named.endswith("CP 18, CP 19 and 20 more.")


@pytest.mark.parametrize(
    ("value", "lines"),
    [
        (
            "95",
            [
                "No indicator is at risk of missing its target (red).",
                "No indicator shows some slippage against its target (amber).",
            ],
        ),
        (
            "50",
            [
                "One indicator is at risk of missing its target (red): CP 1.1.",
                "No indicator shows some slippage against its target (amber).",
            ],
        ),
    ],
)
def test_one_exception_and_none_are_told_as_people_would(value: str, lines: list[str]) -> None:
    said = texts(written(indicator(value)).sheet("Summary"))
    place = said.index("The exceptions")
    assert said[place + 1 : place + 3] == lines


def test_a_committee_without_exceptions_has_two_sheets_and_its_name_in_the_title() -> None:
    book = written(indicator("95", committee="Place"), group="Place")
    assert book.book.sheetnames == ["Summary", "All indicators"]
    assert shown(book.sheet("Summary")["A1"]) == "Performance indicators: Place"
    assert shown(book.sheet("All indicators")["A1"]) == "All indicators, January 2019: Place"
    said = texts(book.sheet("Summary"))
    assert "No indicator can be compared with the same month last year." in said
    assert not [text for text in said if "by scrutiny committee" in text]  # it is the only one


def test_no_count_is_a_dash(sample: Written) -> None:
    (row, *_) = table(sample.sheet("Summary"), "ByAim")
    assert (row["No value"].value, row["No value"].number_format) == (0, '0;-0;"–"')


def test_the_directions_counted_are_those_of_all_indicators(sample: Written) -> None:
    rows = table(sample.sheet("All indicators"), "AllIndicators")
    directions = [row["Better or worse than last year"].value for row in rows]
    assert [directions.count(word) for word in ("↑ Better", "↓ Worse", "→ Same")] == [5, 6, 0]


@pytest.mark.parametrize(
    ("name", "heading", "expected"),
    [
        ("ByAim", "Aim", BY_AIM),
        ("ByScrutinycommittee", "Scrutiny committee", BY_COMMITTEE),
    ],
)
def test_the_counts(
    sample: Written, name: str, heading: str, expected: dict[str, list[int]]
) -> None:
    sheet = sample.sheet("Summary")
    rows = table(sheet, name)
    assert [{column: cell.value for column, cell in row.items()} for row in rows] == [
        {heading: group, **dict(zip(COUNTED, counts, strict=True))}
        for group, counts in expected.items()
    ]
    below = rows[-1][heading].row + 1
    totals = [sheet.cell(below, column).value for column in range(1, 8)]
    assert totals == ["All", 6, 6, 16, 1, 0, 29]


def test_every_outcome_is_in_the_key_and_every_rule_in_words(sample: Written) -> None:
    assert rules(sample) == {
        RED: "The target is missed by 5% of the annual target (of the period's, where that is"
        " missing) or more; a Goldilocks band by its own width or more.",
        AMBER: "The target is missed by less than 5% of the annual target (of the period's, where"
        " that is missing); a Goldilocks band by less than its own width.",
        GREEN: "The target is met; a Goldilocks value lies inside its band.",
        "○ No Value": "There is no value for the period.",
        "□ No Target": "There is no target, neither for the period nor for the year.",
    }
    assert texts(sample.sheet("Summary"))[-3:] == [
        "Aim to Maximise: higher is better. Aim to Minimise: lower is better. Goldilocks: a value"
        " inside the band is good, both ends included.",
        "Where there is no target for the period, the annual target is used.",
        "Better or worse: the value against the same month last year; for Goldilocks, closer to"
        ' this year\'s band is better. "-": there is no value a year ago.',
    ]


def test_an_amber_tolerance_of_the_months_target() -> None:
    book = with_settings(
        amber_tolerance=Decimal("7.50"), tolerance_basis=ToleranceBasis.MONTHS_TARGET
    )
    of_basis = "7.5% of the period's target (of the annual, where that is missing)"
    assert [rules(book)[outcome] for outcome in (RED, AMBER)] == [
        f"The target is missed by {of_basis} or more; a Goldilocks band by its own width or more.",
        f"The target is missed by less than {of_basis}; a Goldilocks band by less than its own"
        " width.",
    ]


def test_a_green_tolerance() -> None:
    assert rules(with_settings(green_tolerance=Decimal(2)))[GREEN] == (
        "The target is met, or missed by no more than 2% of the annual target (of the period's,"
        " where that is missing); a Goldilocks value lies inside its band, or outside by no more"
        " than 2% of its midpoint."
    )


def test_the_rules_of_a_council_where_improving_is_amber() -> None:
    # domain: "green: on or within 10% of the period's target; amber: further off, but no worse than
    # the same period last year; red: further off and worse"
    book = with_settings(
        amber_tolerance=Decimal(10),
        green_tolerance=Decimal(10),
        tolerance_basis=ToleranceBasis.MONTHS_TARGET,
        improving_is_amber=True,
    )
    of_basis = "10% of the period's target (of the annual, where that is missing)"
    assert [rules(book)[outcome] for outcome in (RED, AMBER, GREEN)] == [
        f"The target is missed by more than {of_basis}; a Goldilocks band by its own width or"
        " more; and it is worse than a year ago, or has no value to compare with.",
        "A Goldilocks band is missed by less than its own width; or it would be at risk, but is no"
        " worse than a year ago.",
        f"The target is met, or missed by no more than {of_basis}; a Goldilocks value lies inside"
        " its band, or outside by no more than 10% of its midpoint.",
    ]


def test_what_is_exactly_at_a_tolerance_may_be_some_slippage() -> None:
    book = with_settings(at_the_limit=Outcome.SLIPPAGE)
    of_basis = "5% of the annual target (of the period's, where that is missing)"
    assert [rules(book)[outcome] for outcome in (RED, AMBER)] == [
        f"The target is missed by more than {of_basis}; a Goldilocks band by more than its own"
        " width.",
        f"The target is missed by no more than {of_basis}; a Goldilocks band by no more than its"
        " own width.",
    ]


@pytest.mark.parametrize(
    ("red", "limit", "rule"),
    [
        (line("70"), None, "exactly at it is some slippage."),
        (line("70"), Outcome.SLIPPAGE, "exactly at it is some slippage."),
        (line("70"), Outcome.AT_RISK, "exactly at it is at risk."),
        (
            line("70", is_good_at_it=True),
            None,
            "exactly at it is some slippage; where the threshold is a condition, such as <90%, it"
            " decides.",
        ),
    ],
)
def test_indicators_with_thresholds_of_their_own_are_named(
    red: Line, limit: Outcome | None, rule: str
) -> None:
    own = [indicator(code=code, red_line=red) for code in ("CP 1.1", "CP 1.2")]
    settings = Settings(at_the_limit=limit)
    book = written(*own, indicator(code="CP 1.3"), settings=settings)
    assert texts(book.sheet("Summary"))[-1] == (
        "With thresholds of their own, which go before the tolerances: CP 1.1, CP 1.2. At the"
        f" green line or better is on course, worse than the red line is at risk, {rule}"
    )


def test_indicators_with_a_tolerance_of_their_own_are_named() -> None:
    own = Tolerance(amount=Decimal(3), is_percent=True)
    book = written(
        indicator(), *[indicator(code=code, tolerance=own) for code in ("CP 1.2", "CP 1.3")]
    )
    line = "With a tolerance of their own: CP 1.2, CP 1.3."
    assert texts(book.sheet("Summary"))[-1] == line
    assert line not in texts(written(indicator()).sheet("Summary"))


def test_every_direction_is_counted() -> None:
    values = {"CP 1": "94", "CP 2": "94", "CP 3": "96", "CP 4": "95"}
    book = written(
        *[indicator("95", code=code) for code in (*values, "CP 5")],
        history=[reading(code, "January 2018", value) for code, value in values.items()],
    )
    assert texts(book.sheet("Summary"))[4] == (
        "4 can be compared with the same month last year: ↑ 2 better, ↓ 1 worse, → 1 the same"
    )


def test_a_report_that_says_nothing_of_itself() -> None:
    assert texts(written(indicator()).sheet("Summary"))[:4] == [
        "Performance indicators",
        "January 2019",
        f"Made on 22 February 2019, 10:31 by kpi {__version__} from figures.xlsx",
        "1 indicator: On course 1",
    ]


def test_the_month_is_the_latest_and_the_group_is_named() -> None:
    late, latest = indicator(period=Period(Month(2018, 9))), indicator(code="CP 1.2")
    settings = Settings(organisation="Southend", report_title="Report")
    book = written(late, latest, settings=settings, group="People Scrutiny")
    assert texts(book.sheet("Summary"))[:2] == [
        "Report: People Scrutiny",
        "Southend, January 2019",
    ]
    assert shown(book.sheet("All indicators")["A1"]) == (
        "All indicators, January 2019: People Scrutiny"
    )


@pytest.mark.parametrize(
    ("errors", "line"),
    [(0, None), (1, "1 error in the data: see Data notes."), (2, "2 errors in the data: see")],
)
def test_errors_in_the_data_are_said(errors: int, line: str | None) -> None:
    warning = Problem(severity=Severity.WARNING, cell="Indicators!A5", message="odd", hint="Ask.")
    error = Problem(severity=Severity.ERROR, cell="Indicators!E5", message="bad", hint="Mend.")
    lines = texts(written(indicator(), problems=[warning, *[error] * errors]).sheet("Summary"))
    found = [text for text in lines if "see Data notes" in text]
    assert len(found) == (1 if line else 0)
    assert not line or found[0].startswith(line)


def test_without_an_aim_or_a_committee_there_are_counts_all_the_same() -> None:
    sheet = written(indicator("50"), indicator("95", code="CP 1.2")).sheet("Summary")
    counts = [
        [cell.value for cell in row.values()]
        for name in ("ByAim", "ByScrutinycommittee")
        for row in table(sheet, name)
    ]
    assert counts == [
        ["No aim given", 1, 0, 1, 0, 0, 2],
        ["No committee given", 1, 0, 1, 0, 0, 2],
    ]
