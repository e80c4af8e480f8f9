"""Months, quarters, halves and years (domain 11): their order, their names, their years."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from kpi_cli.periods import (
    LENGTHS,
    Month,
    Period,
    YearlessPeriod,
    financial_year_ending,
    month_number,
    month_of,
    noun_of,
)

MONTHS = st.builds(Month, st.integers(1931, 2198), st.integers(1, 12))
FIRST_MONTHS = st.integers(1, 12)
PERIODS = st.builds(Period, MONTHS, st.sampled_from(LENGTHS))

JANUARY = Period(Month(2019, 1))
Q3 = Period(Month(2018, 12), 3)
H1 = Period(Month(2018, 9), 6)
YEAR = Period(Month(2019, 3), 12)
CALENDAR_YEAR = Period(Month(2018, 12), 12)


@pytest.mark.parametrize(
    ("month", "label"),
    [
        (Month(2019, 1), "January 2019"),
        (Month(2018, 9), "September 2018"),
        (Month(2018, 6), "June 2018"),
        (Month(2017, 12), "December 2017"),
    ],
)
def test_a_month_in_words(month: Month, label: str) -> None:
    assert month.label == label


def test_months_sort_by_time() -> None:
    months = sorted([Month(2018, 12), Month(2019, 1), Month(2018, 2), Month(2018, 10)])
    assert [str(month) for month in months] == ["2018-02", "2018-10", "2018-12", "2019-01"]


@pytest.mark.parametrize(
    ("later", "earlier", "months"),
    [
        (Month(2019, 1), Month(2019, 1), 0),
        (Month(2019, 1), Month(2018, 9), 4),  # CP 2.3, four months older than the rest
        (Month(2019, 1), Month(2018, 1), 12),
        (Month(2018, 12), Month(2019, 1), -1),
    ],
)
def test_how_many_months_lie_between(later: Month, earlier: Month, months: int) -> None:
    assert later.months_after(earlier) == months


@given(MONTHS, MONTHS)
def test_months_between_agree_with_the_order(one: Month, other: Month) -> None:
    assert one.months_after(other) == -other.months_after(one)
    assert (one.months_after(other) > 0) == (one > other)


def test_the_same_month_a_year_earlier() -> None:
    assert Month(2018, 9).year_before == Month(2017, 9)
    assert Month(2019, 1).months_after(Month(2019, 1).year_before) == 12


@pytest.mark.parametrize(
    ("month", "first_month", "last"),
    [
        (Month(2019, 1), 4, "2019-03"),  # 2018/19
        (Month(2019, 3), 4, "2019-03"),
        (Month(2018, 4), 4, "2019-03"),
        (Month(2018, 12), 4, "2019-03"),
        (Month(2019, 4), 4, "2020-03"),
        (Month(2019, 1), 1, "2019-12"),  # the calendar year
        (Month(2019, 12), 1, "2019-12"),
        (Month(2018, 9), 10, "2018-09"),
        (Month(2018, 10), 10, "2019-09"),
    ],
)
def test_last_month_of_the_financial_year(month: Month, first_month: int, last: str) -> None:
    assert str(month.last_of_financial_year(first_month)) == last


@pytest.mark.parametrize(
    ("month", "first_month", "name"),
    [
        (Month(2018, 4), 4, "2018/19"),
        (Month(2019, 1), 4, "2018/19"),
        (Month(2019, 4), 4, "2019/20"),
        (Month(1999, 4), 4, "1999/00"),
        (Month(2018, 10), 10, "2018/19"),
        (Month(2019, 1), 1, "2019"),  # the calendar year
    ],
)
def test_how_a_financial_year_is_written(month: Month, first_month: int, name: str) -> None:
    assert month.financial_year(first_month) == name


@given(MONTHS, st.integers(0, 600))
def test_so_many_months_later(month: Month, months: int) -> None:
    assert month.after(months).months_after(month) == months


@given(MONTHS, st.integers(1, 12))
def test_a_financial_year_ends_before_its_first_month(month: Month, first_month: int) -> None:
    last = month.last_of_financial_year(first_month)
    assert 0 <= last.months_after(month) <= 11
    assert last.number % 12 + 1 == first_month


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2019, 1, 31), datetime(2019, 1, 15, 9)])
def test_the_month_of_a_date(day: date) -> None:
    assert month_of(day) == Month(2019, 1)
    assert Period.of(day) == JANUARY
    assert Period.of(day, 10) == Period(Month(2019, 1), 1, 10)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("April", 4),
        ("apr", 4),
        (" APRIL ", 4),
        ("Sept", 9),
        ("1", 1),
        ("4", 4),
        ("04", 4),
        ("12", 12),
        ("0", None),
        ("13", None),
        ("Smarch", None),
        ("4.0", None),
        ("000000000004", 4),  # a format of so many places
        ("0000000000004", None),
        ("000000000004th", None),
        ("", None),
    ],
)
def test_the_number_of_a_month(text: str, number: int | None) -> None:
    assert month_number(text) == number


@pytest.mark.parametrize(
    ("period", "first_month", "label"),
    [
        (JANUARY, 4, "January 2019"),
        (Q3, 4, "Q3 2018/19"),
        (Period(Month(2019, 3), 3), 4, "Q4 2018/19"),
        (Period(Month(2000, 3), 3), 4, "Q4 1999/00"),
        (H1, 4, "H1 2018/19"),
        (Period(Month(2019, 3), 6), 4, "H2 2018/19"),
        (YEAR, 4, "2018/19"),
        (CALENDAR_YEAR, 4, "year to December 2018"),
        (Period(Month(2019, 1), 3), 4, "November 2018 to January 2019"),
        (Period(Month(2018, 10), 3), 4, "August to October 2018"),
        (Period(Month(2018, 12), 6), 4, "July to December 2018"),
        # the calendar year
        (Q3, 1, "Q4 2018"),
        (H1, 1, "April to September 2018"),
        (Period(Month(2018, 12), 6), 1, "H2 2018"),
        (CALENDAR_YEAR, 1, "2018"),
        (YEAR, 1, "year to March 2019"),
        # years that start in July and October
        (Q3, 7, "Q2 2018/19"),
        (Period(Month(2019, 6), 12), 7, "2018/19"),
        (Q3, 10, "Q1 2018/19"),
        (H1, 10, "H2 2017/18"),
    ],
)
def test_a_period_in_words(period: Period, first_month: int, label: str) -> None:
    assert period._replace(year_starts=first_month).label == label


@pytest.mark.parametrize(
    ("periods", "noun"),
    [
        ([JANUARY], "month"),
        ([Q3, Q3.before], "quarter"),
        ([H1], "half-year"),
        ([YEAR, CALENDAR_YEAR], "year"),
        ([JANUARY, Q3], "period"),  # months and quarters stand beside each other in one report
        ([], "period"),
    ],
)
def test_what_periods_are_called(periods: list[Period], noun: str) -> None:
    assert noun_of(periods) == noun


def test_periods_sort_by_the_month_they_end_in_and_the_shorter_first() -> None:
    periods = [YEAR, CALENDAR_YEAR, JANUARY, Q3, Period(Month(2018, 12)), H1]
    assert sorted(periods) == [H1, Period(Month(2018, 12)), Q3, CALENDAR_YEAR, JANUARY, YEAR]
    assert len({*periods, *periods}) == 6


@pytest.mark.parametrize(
    ("period", "first", "end"),
    [
        (JANUARY, "2019-01", date(2019, 1, 31)),
        (Q3, "2018-10", date(2018, 12, 31)),
        (H1, "2018-04", date(2018, 9, 30)),
        (Period(Month(2020, 2), 12), "2019-03", date(2020, 2, 29)),
    ],
)
def test_where_a_period_begins_and_ends(period: Period, first: str, end: date) -> None:
    assert str(period.first) == first
    assert period.end == end


def test_the_months_of_a_period() -> None:
    months = [Month(2018, 9), Month(2018, 10), Month(2018, 12), Month(2019, 1)]
    assert [Q3.contains(month) for month in months] == [False, True, True, False]


def test_the_same_period_a_year_before_and_the_one_just_before() -> None:
    assert Q3.year_before == Period(Month(2017, 12), 3)
    assert Q3.before == Period(Month(2018, 9), 3)
    assert YEAR.before == YEAR.year_before == Period(Month(2018, 3), 12)
    assert JANUARY.before == Period(Month(2018, 12))


@pytest.mark.parametrize(
    ("period", "first_month", "year"),
    [
        (JANUARY, 4, "2018/19"),
        (Q3, 4, "2018/19"),
        (YEAR, 4, "2018/19"),
        (CALENDAR_YEAR, 4, "2018/19"),  # the one that it ends in
        (Q3, 1, "2018"),
        (H1, 10, "2017/18"),
    ],
)
def test_the_financial_year_of_a_period(period: Period, first_month: int, year: str) -> None:
    whole = period._replace(year_starts=first_month).financial_year
    assert whole._replace(year_starts=first_month).label == year
    assert whole.last == period.last.last_of_financial_year(first_month)


def test_the_financial_year_that_ends_in_a_year() -> None:
    assert financial_year_ending(2019, 4) == YEAR
    assert financial_year_ending(2018, 1) == CALENDAR_YEAR._replace(year_starts=1)


@pytest.mark.parametrize(
    ("period", "report", "behind"),
    [
        (JANUARY, JANUARY, 0),
        (Period(Month(2018, 9)), JANUARY, 4),  # CP 2.3
        (Q3, JANUARY, 0),  # the next quarter has not ended in January
        (Q3, Period(Month(2019, 2)), 0),
        (Q3, Period(Month(2019, 3)), 1),
        (Q3.before, Q3, 1),
        (Q3.before, JANUARY, 1),
        (H1, Q3, 0),
        (H1, YEAR, 1),
        (YEAR.before, JANUARY, 0),
        (YEAR.before, YEAR, 1),
        (YEAR.before.before, JANUARY, 1),
        (JANUARY, Q3, 0),  # a month after the report's quarter
        (YEAR, JANUARY, 0),
    ],
)
def test_how_many_periods_behind_the_report(period: Period, report: Period, behind: int) -> None:
    assert period.behind(report) == behind
    assert period.is_late(report) is (behind > 0)


@given(PERIODS, PERIODS)
def test_a_period_is_late_where_the_next_has_ended_by_the_report(one: Period, two: Period) -> None:
    assert one.is_late(two) is (one.after(1).last <= two.last)


@given(PERIODS, st.integers(-20, 20))
def test_periods_follow_each_other_without_gaps(period: Period, count: int) -> None:
    assert period.after(count).after(-count) == period
    assert period.after(count).periods_after(period) == count
    assert period.after(1).first == period.last.after(1)
    assert period.after(12 // period.length).year_before == period
    assert period.contains(period.first)
    assert not period.contains(period.first.after(-1))


@pytest.mark.parametrize(
    ("yearless", "around", "first_month", "period"),
    [
        (YearlessPeriod(4), YEAR, 4, Period(Month(2018, 4))),  # Apr below 2018/19
        (YearlessPeriod(12), YEAR, 4, Period(Month(2018, 12))),
        (YearlessPeriod(1), YEAR, 4, JANUARY),
        (YearlessPeriod(3), YEAR, 4, Period(Month(2019, 3))),
        (YearlessPeriod(12, 3), Q3, 4, Q3),  # Q3 in a report of Q3 2018/19
        (YearlessPeriod(3, 3), Q3, 4, Period(Month(2019, 3), 3)),  # still to come
        (YearlessPeriod(12), JANUARY, 4, Period(Month(2018, 12))),
        (YearlessPeriod(9, 6), JANUARY, 4, H1),
        (YearlessPeriod(12), JANUARY, 1, Period(Month(2019, 12))),
        (YearlessPeriod(3), CALENDAR_YEAR, 4, Period(Month(2018, 3))),  # in those 12 months
    ],
)
def test_the_year_comes_from_around(
    yearless: YearlessPeriod, around: Period, first_month: int, period: Period
) -> None:
    around = around._replace(year_starts=first_month)
    assert yearless.with_year(around) == period._replace(year_starts=first_month)


@given(PERIODS, FIRST_MONTHS, MONTHS)
def test_a_period_gets_its_own_year_back(period: Period, first_month: int, month: Month) -> None:
    period = period._replace(year_starts=first_month)
    yearless = YearlessPeriod(period.last.number, period.length)
    assert yearless.with_year(period.financial_year) == period
    around = Period(month, 1, first_month)
    assert around.financial_year.contains(yearless.with_year(around).last)


def test_a_model_can_hold_a_period() -> None:
    adapter = TypeAdapter(Period)
    assert adapter.validate_python(Q3) == Q3
    assert adapter.validate_json(adapter.dump_json(Q3)) == Q3
    with pytest.raises(ValidationError):
        adapter.validate_python("Q3 2018/19")
