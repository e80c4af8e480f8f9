"""Months and financial years (domain 3: Months), in every form that a report may use."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.periods import Month, month_number, month_of, parse_month

MONTHS = st.builds(Month, st.integers(1000, 9999), st.integers(1, 12))


@pytest.mark.parametrize(
    ("text", "month"),
    [
        # the forms of the specification
        ("January 2019", "2019-01"),
        ("Jan 2019", "2019-01"),
        ("Jan-19", "2019-01"),
        ("2019-01", "2019-01"),
        ("01/2019", "2019-01"),
        # the same, as people write them
        ("JANUARY 2019", "2019-01"),
        ("january  2019", "2019-01"),
        (" Jan 2019 ", "2019-01"),
        ("Jan\u00a02019", "2019-01"),
        ("Jan\n2019", "2019-01"),
        ("Jan. 2019", "2019-01"),
        ("January, 2019", "2019-01"),
        ("Jan-2019", "2019-01"),
        ("Jan/19", "2019-01"),
        ("Jan '19", "2019-01"),
        ("Jan ’19", "2019-01"),
        ("Jan19", "2019-01"),
        ("Jan\u201319", "2019-01"),  # a dash, which Word makes of a hyphen
        ("Jan\u201119", "2019-01"),
        ("2019/01", "2019-01"),
        ("2019-1", "2019-01"),
        ("1/2019", "2019-01"),
        ("Sep-18", "2018-09"),
        ("Sept 2018", "2018-09"),
        ("September 2018", "2018-09"),
        ("12/2018", "2018-12"),
        # a year of two digits, as Excel reads it
        ("Dec-00", "2000-12"),
        ("Dec-29", "2029-12"),
        ("Dec-30", "1930-12"),
        ("Dec-99", "1999-12"),
    ],
)
def test_text_that_names_a_month(text: str, month: str) -> None:
    assert str(parse_month(text)) == month


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "TBC",
        "January",
        "2019",
        "Febtober 2019",
        "Januaryy 2019",
        "Jan 019",
        "00/2019",
        "13/2019",
        "2019-13",
        "2018/19",  # a financial year
        "2009/10",
        "2000/01",
        "2018-19",
        "Q4 2018/19",
        "January 0000",
        "01/19",  # could be a day
        "01/01/2019",
        "31 January 2019",
        "43466",
        "Jan-19 to Mar-19",
    ],
)
def test_text_that_names_no_month(text: str) -> None:
    assert parse_month(text) is None


@given(MONTHS)
def test_a_month_is_read_back_from_each_of_its_names(month: Month) -> None:
    names = (str(month), month.label, month.label[:3] + month.label[-5:])
    assert [parse_month(name) for name in names] == [month] * 3


@pytest.mark.parametrize(
    ("month", "label"),
    [
        (Month(2019, 1), "January 2019"),
        (Month(2018, 9), "September 2018"),
        (Month(2017, 12), "December 2017"),
    ],
)
def test_a_month_in_words(month: Month, label: str) -> None:
    assert month.label == label


def test_months_sort_by_time() -> None:
    texts = ["2018-12", "2019-01", "2018-02", "2018-10"]
    months = sorted(month for text in texts if (month := parse_month(text)))
    assert [str(month) for month in months] == ["2018-02", "2018-10", "2018-12", "2019-01"]


@pytest.mark.parametrize(
    ("later", "earlier", "months"),
    [
        ("2019-01", "2019-01", 0),
        ("2019-01", "2018-09", 4),  # CP 2.3, four months older than the rest
        ("2019-01", "2018-01", 12),
        ("2018-12", "2019-01", -1),
    ],
)
def test_how_many_months_lie_between(later: str, earlier: str, months: int) -> None:
    to, since = parse_month(later), parse_month(earlier)
    assert to
    assert since
    assert to.months_after(since) == months


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
        ("2019-01", 4, "2019-03"),  # 2018/19
        ("2019-03", 4, "2019-03"),
        ("2018-04", 4, "2019-03"),
        ("2018-12", 4, "2019-03"),
        ("2019-04", 4, "2020-03"),
        ("2019-01", 1, "2019-12"),  # the calendar year
        ("2019-12", 1, "2019-12"),
        ("2018-09", 10, "2018-09"),
        ("2018-10", 10, "2019-09"),
    ],
)
def test_last_month_of_the_financial_year(month: str, first_month: int, last: str) -> None:
    parsed = parse_month(month)
    assert parsed
    assert str(parsed.last_of_financial_year(first_month)) == last


@pytest.mark.parametrize(
    ("month", "first_month", "name"),
    [
        ("2018-04", 4, "2018/19"),
        ("2019-01", 4, "2018/19"),
        ("2019-04", 4, "2019/20"),
        ("1999-04", 4, "1999/00"),
        ("2018-10", 10, "2018/19"),
        ("2019-01", 1, "2019"),  # the calendar year
    ],
)
def test_how_a_financial_year_is_written(month: str, first_month: int, name: str) -> None:
    parsed = parse_month(month)
    assert parsed
    assert parsed.financial_year(first_month) == name


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
        ("", None),
    ],
)
def test_the_number_of_a_month(text: str, number: int | None) -> None:
    assert month_number(text) == number
