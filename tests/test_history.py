"""The same month last year, and the report as it stood in an earlier month."""

import pytest

from kpi_cli.history import History, Series
from kpi_cli.models import Indicator, Polarity, Settings, Workbook
from kpi_cli.report import rate
from tests.builders import found, indicator, line, period, reading

HISTORY = History(
    [
        reading("CP 5.4", "October 2018", "4.14", "3.51", row=2),
        reading("CP 5.4", "October 2017", "3.95", "3.51", row=3),
        reading("CP 5.4", "March 2018", "7.14", "7.20", row=4),
        reading("CP 3.2", "May 2018", None, "88.7%", row=5),
        reading("CP 1.2", "January 2018", "73.8", "66", row=6),
        reading("CP 1.2", "January 2018", "74.8", "66", row=7),
        reading("CP 1.4", "January 2018", "89.2%", "90%", row=8),
        reading("CP 1.4", "January 2018", "89.2%", "90%", row=9),
    ]
)
SICKNESS = indicator(
    "6.18",
    "5.82",
    "7.20",
    polarity=Polarity.MINIMISE,
    code="CP 5.4",
    comment="Fewer days were lost in December.",
)


def stood(
    own: Indicator, when: str, history: History = HISTORY, settings: Settings | None = None
) -> Indicator:
    starts = (settings or Settings()).financial_year_starts
    return own.as_it_stood(period(when, starts), history.of(own.code))


def figures(found: Indicator) -> tuple[str | None, ...]:
    targets = (found.target, found.annual_target)
    return (found.value_text, *(target.text if target else None for target in targets))


def test_history_is_found_by_code_and_period() -> None:
    found = HISTORY.at("cp  5.4", period("Oct-18"))
    assert found
    assert found.value
    assert found.value.text == "4.14"
    assert HISTORY.at("CP 5.4", period("November 2018")) is None


def test_rows_that_differ_are_not_used_and_rows_that_agree_are() -> None:
    assert HISTORY.at("CP 1.2", period("January 2018")) is None
    found = HISTORY.at("CP 1.4", period("January 2018"))
    assert found
    assert found.place.row == 8
    assert [(rows[0].code, differ) for rows, differ in HISTORY.repeated()] == [
        ("CP 1.2", True),
        ("CP 1.4", False),
    ]


@pytest.mark.parametrize(
    ("code", "when", "expected"),
    [
        # no target for March 2019 yet: the month's own stands in
        ("CP 5.4", "October 2018", ("4.14", "3.51", "3.51")),
        # the financial year 2017/18 ended with a target of 7.20
        ("CP 5.4", "October 2017", ("3.95", "3.51", "7.20")),
        ("CP 5.4", "March 2018", ("7.14", "7.20", "7.20")),
        ("CP 3.2", "May 2018", (None, "88.7%", "88.7%")),
        ("CP 5.4", "June 2018", (None, None, None)),
        ("CP 9.9", "October 2018", (None, None, None)),
        # the row of the indicator is the record of its own month
        ("CP 5.4", "January 2019", ("6.18", "5.82", "7.20")),
    ],
)
def test_the_figures_of_an_earlier_month(
    code: str, when: str, expected: tuple[str | None, ...]
) -> None:
    own = SICKNESS.model_copy(update={"code": code})
    assert figures(stood(own, when)) == expected


def test_figures_up_to_a_period_have_none_of_later_and_none_of_another_length() -> None:
    months = [reading("A", f"{month} 2018", "1") for month in ("March", "May", "October")]
    quarter = reading("A", "Q1 2018/19", "1")
    series = Series(reading("A", "July 2018", "2"), (*months, quarter))
    labels = [each.period.label for each in series.up_to(period("July 2018"))]
    assert labels == ["March 2018", "May 2018", "July 2018"]
    assert len(series.up_to(period("October 2018"))) == len(series.alike) == 4


def test_the_year_may_start_in_another_month() -> None:
    calendar_year = Settings(financial_year_starts=1)
    history = History(
        [
            reading("CP 5.4", "October 2017", "3.95", "3.51", year_starts=1),
            reading("CP 5.4", "December 2017", "5.28", "4.99", year_starts=1),
            reading("CP 5.4", "March 2018", "7.14", "7.20", year_starts=1),
        ]
    )
    then = stood(SICKNESS, "October 2017", history, calendar_year)
    assert figures(then) == ("3.95", "3.51", "4.99")


def test_comment_and_address_are_those_of_the_month() -> None:
    then = stood(SICKNESS, "October 2018")
    assert (then.comment, then.place.cell("value")) == (None, "History!C2")


def test_a_band_in_the_history_needs_goldilocks() -> None:
    history = History([reading("CP 5.4", "October 2018", "4.14", "3-5")])
    with pytest.raises(ValueError, match='the target is a band, 3-5, but the polarity is "Aim to'):
        stood(SICKNESS, "October 2018", history)


@pytest.mark.parametrize(
    ("target", "then", "keeps"),
    [
        ("80%", "80%", True),
        ("80%", "80.0%", True),
        ("80%", None, True),  # nothing says that it was another
        ("80%", "78%", False),
        (None, "78%", False),
        (None, None, True),
    ],
)
def test_lines_hold_for_an_earlier_month_unless_its_target_was_another(
    target: str | None, then: str | None, keeps: bool
) -> None:
    """A floor of 4,000 in January is not one in May, where the profiled target was 800."""
    own = indicator("68%", target, green_line=line("79%"), red_line=line("70%"))
    history = History([reading("CP 1.1", "October 2018", "69%", then)])
    earlier = stood(own, "October 2018", history)
    assert earlier.lines == (own.lines if keeps else {})


def test_lines_that_are_not_used_for_an_earlier_month_are_told() -> None:
    own = indicator("4,100", "4,200", red_line=line("4,000"))
    history = History([reading("CP 1.1", "May 2018", "790", "800")])
    workbook = Workbook(name="x.xlsx", indicators=(own,), history=history)
    report = rate(workbook, period("May 2018"))
    assert report.ratings[0].reason == (
        "10 under the target of 800, within the 40 (5% of the annual target) that counts as"
        " slippage"
    )
    assert found(report.problems) == [("warning", "Indicators!A4")]
    assert report.problems[0].message == (
        "the red line of CP 1.1, 4,000 (Floor), is beside a target of 4,200, and is not used for"
        " May 2018, whose target is 800"
    )
