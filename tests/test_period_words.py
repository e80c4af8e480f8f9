"""The words for periods (domain 11), as people write them in cells, headings, titles and names."""

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.period_words import (
    find_periods,
    month_marks,
    noun_named,
    parse_month,
    parse_period,
    parse_periods,
    period_named,
)
from kpi_cli.periods import LENGTHS, Meaning, Month, Period, UnclearPeriod, YearlessPeriod

APRIL = 4
MONTHS = st.builds(Month, st.integers(1931, 2198), st.integers(1, 12))
FIRST_MONTHS = st.integers(1, 12)
PERIODS = st.builds(Period, MONTHS, st.sampled_from(LENGTHS), FIRST_MONTHS)
WORDS = (
    "Q3", "qtr", "quarter", "1st", "half", "H1", "M10", "month", "period", "P9", "3", "10", "18",
    "31", "2018", "2019", "18/19", "2018/19", "2018-19", "2010-11", "201811", "Jan", "may", "March",
    "December", "FY", "year", "to", "ended", "-", "–", "/", "(", ")", ",", "'", "of", "12 months",
    "Target", "Actual", "31/12/2018", "2019-02-29", "95%", "10:31", "_", "\n", "rolling",
)  # fmt: skip


def brief(what: Meaning | None) -> str | None:
    """Return "2018-12/3" for a period, "12/3" for one without its year, "unclear" or None."""
    match what:
        case Period():
            return f"{what.last}/{what.length}"
        case YearlessPeriod():
            return f"{what.number}/{what.length}"
        case UnclearPeriod():
            return "unclear"
    return None


def found(text: str, *, is_name: bool = False, first_month: int = APRIL) -> list[str | None]:
    meanings = find_periods(text, first_month, is_name=is_name).meanings
    return [brief(meaning) for meaning in meanings]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        # months
        ("January 2019", "2019-01/1"),
        ("JANUARY 2019", "2019-01/1"),
        ("January 1930", "1930-01/1"),
        ("January 2199", "2199-01/1"),
        ("january  2019", "2019-01/1"),
        (" Jan 2019 ", "2019-01/1"),
        ("Jan\u00a02019", "2019-01/1"),
        ("Jan\n2019", "2019-01/1"),
        ("Jan. 2019", "2019-01/1"),
        ("January, 2019", "2019-01/1"),
        ("Jan-2019", "2019-01/1"),
        ("December-2018", "2018-12/1"),
        ("2019 January", "2019-01/1"),
        ("Jan-19", "2019-01/1"),
        ("Jan/19", "2019-01/1"),
        ("Jan'19", "2019-01/1"),
        ("Jan ’19", "2019-01/1"),
        ("Jan19", "2019-01/1"),
        ("Jan\u201319", "2019-01/1"),  # a dash, which Word makes of a hyphen
        ("Jan\u201119", "2019-01/1"),
        ("Dec-18", "2018-12/1"),
        ("Dec'18", "2018-12/1"),
        ("Sep-18", "2018-09/1"),
        ("Sept-18", "2018-09/1"),
        ("Sept 2018", "2018-09/1"),
        ("may 2018", "2018-05/1"),
        ("2019-01", "2019-01/1"),
        ("2019/01", "2019-01/1"),
        ("2019-1", "2019-01/1"),
        ("2018-12", "2018-12/1"),
        ("01/2019", "2019-01/1"),
        ("1/2019", "2019-01/1"),
        ("12-2018", "2018-12/1"),
        ("201901", "2019-01/1"),
        ("201812", "2018-12/1"),
        ("YTD Dec 2018", "2018-12/1"),
        ("Dec 2018 YTD", "2018-12/1"),
        ("Month 10 2018/19", "2019-01/1"),
        ("M10 2018/19", "2019-01/1"),
        ("2018-19 M10", "2019-01/1"),
        ("P9 2018/19", "2018-12/1"),
        ("Period 9 2018/19", "2018-12/1"),
        ("January 2018/19", "2019-01/1"),
        ("January 2019 (Month 10)", "2019-01/1"),
        ("Month 10 – January 2019", "2019-01/1"),
        # a year of two digits, as Excel reads it
        ("Dec-00", "2000-12/1"),
        ("Dec-29", "2029-12/1"),
        ("Dec-30", "1930-12/1"),
        ("Dec-99", "1999-12/1"),
        # days count as their month
        ("31/12/2018", "2018-12/1"),
        ("31-12-2018", "2018-12/1"),
        ("31.12.2018", "2018-12/1"),
        ("31/12/18", "2018-12/1"),
        ("03/04/2019", "2019-04/1"),  # the third of April
        ("2018-12-31", "2018-12/1"),
        ("2018-12-31 00:00:00", "2018-12/1"),
        ("2018-12-31T00:00:00", "2018-12/1"),
        ("20181231", "2018-12/1"),
        ("31 December 2018", "2018-12/1"),
        ("1 December 2018", "2018-12/1"),
        ("31st December 2018", "2018-12/1"),
        ("31st of December, 2018", "2018-12/1"),
        ("31-Dec-2018", "2018-12/1"),
        ("31-Dec-18", "2018-12/1"),
        ("Dec 31, 2018", "2018-12/1"),
        ("29 February 2020", "2020-02/1"),
        ("As at 31 Dec 2018", "2018-12/1"),
        ("as at end of December 2018", "2018-12/1"),
        ("Period ending 31 December 2018", "2018-12/1"),
        ("Month ended 31/12/2018", "2018-12/1"),
        # quarters
        ("Q3 2018/19", "2018-12/3"),
        ("q3 2018/19", "2018-12/3"),
        ("Q3 18/19", "2018-12/3"),
        ("Q3 18-19", "2018-12/3"),
        ("Q3 1819", "2018-12/3"),
        ("Q3 201819", "2018-12/3"),
        ("Q3 2018-19", "2018-12/3"),
        ("Q3 2018–19", "2018-12/3"),
        ("Q3 2018 - 19", "2018-12/3"),
        ("Q3 2018/2019", "2018-12/3"),
        ("Q3, 2018/19", "2018-12/3"),
        ("Q3 - 2018/19", "2018-12/3"),
        ("Q3: 2018/19", "2018-12/3"),
        ("Q3 of 2018/19", "2018-12/3"),
        ("Q3\n2018/19", "2018-12/3"),
        ("Q3 FY19", "2018-12/3"),
        ("FY19 Q3", "2018-12/3"),
        ("Q3 FY 2018/19", "2018-12/3"),
        ("Q4 (2021/22)", "2022-03/3"),
        ("Q1 2023-24", "2023-06/3"),
        ("Quarter 3 2018/19", "2018-12/3"),
        ("Quarter 2, 2022/23", "2022-09/3"),
        ("Quarter 3 (2018/19)", "2018-12/3"),
        ("Quarter three 2018/19", "2018-12/3"),
        ("Qtr 3 2018/19", "2018-12/3"),
        ("Qtr. 3 2018/19", "2018-12/3"),
        ("2018/19 Q3", "2018-12/3"),
        ("2018-19-Q3", "2018-12/3"),
        ("2018/19 - Quarter 3", "2018-12/3"),
        ("3rd Quarter 2018/19", "2018-12/3"),
        ("Third quarter of 2018/19", "2018-12/3"),
        ("3Q 2018/19", "2018-12/3"),
        ("Q3 2010-11", "2010-12/3"),
        ("Oct-Dec 2018", "2018-12/3"),
        ("Oct - Dec 18", "2018-12/3"),
        ("October to December 2018", "2018-12/3"),
        ("Oct-Dec 2018/19", "2018-12/3"),
        ("Jan-Mar 2018/19", "2019-03/3"),
        ("2018/19 Oct-Dec", "2018-12/3"),
        ("Oct 18 to Dec 18", "2018-12/3"),
        ("Jan-19 to Mar-19", "2019-03/3"),
        ("1 October to 31 December 2018", "2018-12/3"),
        ("1 Oct-31 Dec 2018", "2018-12/3"),
        ("01/10/2018 - 31/12/2018", "2018-12/3"),
        ("Q3 (Oct-Dec) 2018/19", "2018-12/3"),
        ("Q3 2018/19 (Oct-Dec)", "2018-12/3"),
        ("Q3 2018/19 (December 2018)", "2018-12/3"),
        ("Quarter 4 (January – March) 2021/22", "2022-03/3"),
        ("Quarter ending December 2018", "2018-12/3"),
        ("Quarter to 31 December 2018", "2018-12/3"),
        ("3 months ended 31 December 2018", "2018-12/3"),
        ("QE 31/12/2018", "2018-12/3"),
        ("End of Q3 2018/19", "2018-12/3"),
        ("Q3 2018/19 YTD", "2018-12/3"),
        ("Nov 18 - Jan 19", "2019-01/3"),  # three months that are no quarter
        ("Nov 2018 - Jan 2019", "2019-01/3"),
        ("Nov-Jan 2019", "2019-01/3"),
        # half-years
        ("H1 2018/19", "2018-09/6"),
        ("H2 2018/19", "2019-03/6"),
        ("2018/19 H2", "2019-03/6"),
        ("Half 1 2018/19", "2018-09/6"),
        ("Half-year 1 2018/19", "2018-09/6"),
        ("First half 2018/19", "2018-09/6"),
        ("2nd half-year 2018/19", "2019-03/6"),
        ("Apr-Sep 2018", "2018-09/6"),
        ("April to September 2018", "2018-09/6"),
        ("6 months to September 2018", "2018-09/6"),
        ("Half year to 30 September 2018", "2018-09/6"),
        ("Q1-Q2 2018/19", "2018-09/6"),
        # years
        ("2018/19", "2019-03/12"),
        ("2018-19", "2019-03/12"),
        ("2018/2019", "2019-03/12"),
        ("2018 - 2019", "2019-03/12"),
        ("2018 / 19", "2019-03/12"),
        ("201819", "2019-03/12"),
        ("18/19", "2019-03/12"),
        ("1999/00", "2000-03/12"),
        ("2018/19 Outturn", "2019-03/12"),
        ("2018/19 (full year)", "2019-03/12"),
        ("Year end 2018/19", "2019-03/12"),
        ("FY 2018/19", "2019-03/12"),
        ("FY19", "2019-03/12"),
        ("FY 2019", "2019-03/12"),
        ("FY18/19", "2019-03/12"),
        ("Financial year 2018/19", "2019-03/12"),
        ("Apr 18 – Mar 19", "2019-03/12"),
        ("Q1 to Q4 2018/19", "2019-03/12"),
        ("Year ended 31 March 2019", "2019-03/12"),
        ("YE March 2019", "2019-03/12"),
        ("Y/E 31/03/2019", "2019-03/12"),
        ("12 months to March 2019", "2019-03/12"),
        ("Year to December 2018", "2018-12/12"),
        ("Rolling year to Dec 2018", "2018-12/12"),
        ("Rolling 12 months to Dec-18", "2018-12/12"),
        ("Twelve months ending December 2018", "2018-12/12"),
        ("January to December 2018", "2018-12/12"),
        # the year so far is told by its last month, as "YTD Dec 2018" is
        ("April to December 2018", "2018-12/1"),
        ("Q1-Q3 2018/19", "2018-12/1"),
        ("M1-M9 2018/19", "2018-12/1"),
        ("9 months to December 2018", "2018-12/1"),
        ("April to December 2018 (Q3)", "2018-12/3"),
    ],
)
def test_a_text_that_is_a_period(text: str, period: str) -> None:
    assert brief(parse_period(text, APRIL)) == period


SHORT = {
    "2018-12/1": "31-12-18|2018/12/31|31 December 2018 00:00|2018-12-31T10:31:00.000Z|Mth 9 2018/19"
    "|Pd 9 2018/19|M9FY19|22nd December 2018|3rd December 2018|5th December 2018|1st December 2018"
    "|Year to date December 2018",
    "2018-12/3": "Q3FY19|Qtr to December 2018|3 months up to December 2018"
    "|October until December 2018|October till December 2018|October through December 2018"
    "|The quarter to the end of December 2018|Period 1 October 2018 to 31 December 2018",
    "2018-09/3": "2nd Qtr 2018/19|2nd q 2018/19",
    "2018-06/3": "1st quarter 2018/19",
    "2019-03/3": "4th q 2018/19",
    "2018-09/6": "H1FY19|H one 2018/19|1st half 2018/19",
    "2019-03/6": "Half two 2018/19|Second half 2018/19|2nd half 2018/19",
    "2018-12/12": "Yr to December 2018",
    "2019-03/12": "Fiscal year 2018/19|Fin yr 2018/19|FYE 2019|Year end 2018/19|Full year 2018/19",
    "2018-10/1": "Month 10/2018",
    "2019-12/1": "31 December 2019 20:15",  # a time, and not 2019/20
}


@pytest.mark.parametrize(
    ("text", "period"), [(text, period) for period in SHORT for text in SHORT[period].split("|")]
)
def test_what_is_written_shorter_or_longer(text: str, period: str) -> None:
    assert brief(parse_period(text, APRIL)) == period


@pytest.mark.parametrize(
    ("number", "ordinal", "last"),
    [
        ("one", "First", "2018-06"),
        ("two", "Second", "2018-09"),
        ("three", "Third", "2018-12"),
        ("four", "Fourth", "2019-03"),
    ],
)
def test_quarters_are_counted_in_words_too(number: str, ordinal: str, last: str) -> None:
    for text in (f"Quarter {number} 2018/19", f"{ordinal} quarter 2018/19"):
        assert brief(parse_period(text, APRIL)) == f"{last}/3"


@pytest.mark.parametrize(
    "words",
    ["as at", "for", "in", "to", "the end of", "month ended", "period ending", "position at",
     "outturn", "YTD", "cumulative"],
)  # fmt: skip
def test_words_beside_a_period_change_nothing(words: str) -> None:
    for text in (f"{words} 31 December 2018", f"31 December 2018 {words}"):
        assert brief(parse_period(text, APRIL)) == "2018-12/1"


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Latest Month", "month"),
        ("Qtr 3 Actual", "quarter"),
        ("Quarter", "quarter"),
        ("q3", "quarter"),
        ("H1", "half-year"),
        ("Half Year", "half-year"),
        ("Reporting Period", "period"),
        ("Actual", "month"),
        ("", "month"),
        (None, "month"),
    ],
)
def test_what_a_heading_calls_its_periods(text: str | None, noun: str) -> None:
    assert noun_named(text) == noun


def test_a_longer_text_is_more_than_a_period_and_a_longer_one_no_title() -> None:
    assert brief(parse_period("Q3 2018/19".ljust(60), APRIL)) == "2018-12/3"
    assert parse_period("Q3 2018/19".ljust(61), APRIL) is None
    assert found("Q3 2018/19".ljust(300)) == ["2018-12/3"]
    assert found("Q3 2018/19".ljust(301)) == []


def test_a_period_that_is_asked_for_by_name() -> None:
    assert brief(period_named("Q3 2018/19", APRIL)) == "2018-12/3"
    assert brief(period_named("2018-10", APRIL)) == "2018-10/1"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Q3", '"Q3" is no month or other period; write 2018-10, or "Q3 2018/19"'),
        ("soon", '"soon" is no month or other period; write 2018-10, or "Q3 2018/19"'),
        (
            "Q3 2018",
            '"Q3 2018" can mean Q3 2018/19 or Q3 2017/18: the financial year starts in April.'
            " Write Q3 2018/19 or Q3 2017/18.",
        ),
    ],
)
def test_a_name_of_no_one_period_says_what_to_write(text: str, message: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(message)}$"):
        period_named(text, APRIL)


@pytest.mark.parametrize(
    ("words", "length"),
    [
        ("Three months", 3),
        ("Six months", 6),
        ("Nine months", 1),  # the year so far is told by its last month
        ("Twelve months", 12),
        ("Quarter", 3),
        ("Half-year", 6),
        ("Year", 12),
        ("Rolling year", 12),
    ],
)
def test_how_long_a_period_is_in_words(words: str, length: int) -> None:
    assert brief(parse_period(f"{words} to December 2018", APRIL)) == f"2018-12/{length}"


@pytest.mark.parametrize(
    ("text", "first_month", "period"),
    [
        ("Q3 2018", 1, "2018-09/3"),
        ("Quarter 4 (2018)", 1, "2018-12/3"),
        ("2018 Q1", 1, "2018-03/3"),
        ("H2 2018", 1, "2018-12/6"),
        ("2018", 1, "2018-12/12"),
        ("FY19", 1, "2019-12/12"),
        ("Month 10 2018", 1, "2018-10/1"),
        ("Q1 2018/19", 7, "2018-09/3"),
        ("Q3 2018/19", 7, "2019-03/3"),
        ("2018/19", 7, "2019-06/12"),
        ("M1 2018/19", 7, "2018-07/1"),
        ("Q1 2018/19", 10, "2018-12/3"),
        ("H2 2018/19", 10, "2019-09/6"),
        ("September 2018/19", 10, "2019-09/1"),
        ("April to December 2018", 10, "unclear"),
        ("October 2018 to February 2019", 10, "2019-02/1"),
    ],
)
def test_the_financial_year_may_start_in_another_month(
    text: str, first_month: int, period: str
) -> None:
    assert brief(parse_period(text, first_month)) == period


@pytest.mark.parametrize(
    ("text", "yearless"),
    [
        ("Dec", "12/1"),
        ("Apr", "4/1"),
        ("may", "5/1"),
        ("December", "12/1"),
        ("31 December", "12/1"),
        ("As at 31 March", "3/1"),
        ("29 Feb", "2/1"),
        ("Month 9", "12/1"),
        ("M9", "12/1"),
        ("Period 9", "12/1"),
        ("P12", "3/1"),
        ("Q3", "12/3"),
        ("Qtr 3", "12/3"),
        ("Quarter 3", "12/3"),
        ("3rd quarter", "12/3"),
        ("Q3 (Oct-Dec)", "12/3"),
        ("Q3: October to December", "12/3"),
        ("Oct-Dec", "12/3"),
        ("Quarter to December", "12/3"),
        ("Nov – Jan", "1/3"),
        ("H1", "9/6"),
        ("First half", "9/6"),
        ("Apr-Sep", "9/6"),
        ("Apr-Mar", "3/12"),
        ("Year to March", "3/12"),
    ],
)
def test_a_text_that_is_a_period_without_its_year(text: str, yearless: str) -> None:
    assert brief(parse_period(text, APRIL)) == yearless


@pytest.mark.parametrize(
    "text",
    [
        "",
        "-",
        "TBC",
        "12",
        "2.5",
        "95%",
        "43466",
        "35,852",
        "1.234",
        "CP 3.10",
        "Annual",
        "Year End",
        "Year to date",
        "Quarter",
        "Month",
        "Febtober 2019",
        "Januaryy 2019",
        "Jan 019",
        "January 0000",
        "00/2019",
        "13/2019",
        "2019-13",
        "01/19",  # could be a day
        "2018-20",
        "2016-2020",
        "2016/17 to 2019/20",
        "12/31/2018",  # no day of a British calendar
        "2018-13-31",
        "1889-90",  # before the years of any workbook
        "188912",
        "January 1929",
        "January 2200",
        "31/12",
        "Q5 2018/19",
        "Q0",
        "H3",
        "M13",
        "Month 0 2018/19",
        "Week ending 4 Jan 2019",
        "w/e 4 Jan 2019",
        "April 2018 to date",
        "Dec 2018 (prov)",
        "Jan-19 Target",
        "Q3 Actual",
        "Summer 2018",
        "£2018",
        "Performance in the third quarter of the financial year 2018/19",
        "Q3 2018/19" + " " * 60,
    ],
)
def test_a_text_that_is_no_period(text: str) -> None:
    assert parse_period(text, APRIL) is None


@pytest.mark.parametrize(
    ("text", "first_month", "why", "hint"),
    [
        (
            "Q3 2018",
            4,
            '"Q3 2018" can mean Q3 2018/19 or Q3 2017/18: the financial year starts in April',
            "Write Q3 2018/19 or Q3 2017/18.",
        ),
        (
            "Month 10, 2018",
            4,
            '"Month 10 2018" can mean January 2019 or January 2018: the financial year starts in'
            " April",
            "Write January 2019 or January 2018.",
        ),
        (
            "2018",
            4,
            '"2018" can mean 2018/19, 2017/18 or year to December 2018: the financial year starts'
            " in April",
            "Write 2018/19, 2017/18 or year to December 2018.",
        ),
        (
            "2018/19",
            1,
            '"2018/19" can mean 2018 or 2019: the financial year starts in January',
            "Write 2018 or 2019.",
        ),
        (
            "Q3 2018/19",
            1,
            '"Q3 2018/19" can mean Q3 2018 or Q3 2019: the financial year starts in January',
            "Write Q3 2018 or Q3 2019.",
        ),
        (
            "29 February 2019",
            4,
            "there is no 29 February 2019",
            "Write a day that exists, or the month alone.",
        ),
        (
            "31/11/2018",
            4,
            "there is no 31/11/2018",
            "Write a day that exists, or the month alone.",
        ),
        ("30 Feb", 4, "there is no 30 Feb", "Write a day that exists, or the month alone."),
        (
            "November 2018 to February 2019",
            4,
            '"November 2018 to February 2019" is 4 months',
            "Write a month, a quarter, a half-year or a year.",
        ),
        (
            "January 2019 (Month 9)",
            4,
            '"January 2019 (Month 9)" names 2 periods',
            "Write one of them.",
        ),
        ("Q2 to Q3", 4, '"Q2 to Q3" names 2 periods', "Write one of them."),
    ],
)
def test_a_text_that_is_unclear(text: str, first_month: int, why: str, hint: str) -> None:
    found = parse_period(text, first_month)
    assert isinstance(found, UnclearPeriod)
    assert (found.why, found.hint) == (why, hint)


def test_what_an_unclear_period_can_mean() -> None:
    found = parse_period("Q3 2018", APRIL)
    assert isinstance(found, UnclearPeriod)
    assert found.meanings == (Period(Month(2018, 12), 3), Period(Month(2017, 12), 3))


@pytest.mark.parametrize(
    ("texts", "periods"),
    [
        (["2010-11"], ["2011-03/12"]),
        (["2009-10", "2010-11"], ["2010-03/12", "2011-03/12"]),
        (["2009-10", "2010-11", "2011-12", "2012-13"], ["2010-03/12", "2011-03/12", "2012-03/12",
                                                        "2013-03/12"]),
        (["2010-10", "2010-11", "2010-12"], ["2010-10/1", "2010-11/1", "2010-12/1"]),
        (["2011-11", "2011-12", "2012-01"], ["2011-11/1", "2011-12/1", "2012-01/1"]),
        # only what is written in the same way says how the others are meant
        (["2010/11 Outturn", "2010/11", "2010-10", "2010-11"], ["2011-03/12", "2011-03/12",
                                                                "2010-10/1", "2010-11/1"]),
        (["2010-11", "Apr-11", "May-11"], ["2011-03/12", "2011-04/1", "2011-05/1"]),
        # neighbours that contradict each other say nothing
        (["2010-10", "2010-11", "2012-13"], ["2010-10/1", "2011-03/12", "2013-03/12"]),
        # run together, it is a month unless years are written so
        (["201011"], ["2010-11/1"]),
        (["200910", "201011"], ["2009-10/1", "2010-11/1"]),
        (["201011", "201112", "201213"], ["2011-03/12", "2012-03/12", "2013-03/12"]),
        (["Indicator", "", "2010-11 Target", "2010-11"], [None, None, None, "2011-03/12"]),
    ],
)  # fmt: skip
def test_neighbours_tell_a_month_from_a_financial_year(
    texts: list[str], periods: list[str | None]
) -> None:
    assert [brief(what) for what in parse_periods(texts, APRIL)] == periods


def test_neighbours_of_another_century_tell_it_too() -> None:
    assert month_marks(["1999-10"]) == {"", "-"}
    assert month_marks(["1999-10", "1998-99"]) == {""}


def test_neighbours_tell_it_inside_a_heading_too() -> None:
    marks = month_marks(["2010-10 Actual", "2010-11 Actual"])
    meanings = find_periods("2010-11 Actual", APRIL, is_name=True, marks=marks).meanings
    assert meanings == (Period(Month(2010, 11)),)


@pytest.mark.parametrize(
    ("title", "periods", "rest"),
    [
        ("Performance Report – Quarter 3 2018/19", ["2018-12/3"], "Performance Report"),
        ("Corporate scorecard: April to December 2018 (Q3)", ["2018-12/3"], "Corporate scorecard"),
        ("KPI Report January 2019", ["2019-01/1"], "KPI Report"),
        ("Annual Report 2014/15", ["2015-03/12"], "Annual Report"),
        ("Quarter 1 Performance Update 2018/19", ["2018-06/3"], "Performance Update"),
        ("Month 10 – January 2019", ["2019-01/1"], ""),
        ("Place – Scorecard – January 2019 (Month 10)", ["2019-01/1"], "Place – Scorecard"),
        ("Report – Quarter 4 (January – March) 2021/22", ["2022-03/3"], "Report"),
        ("Indicators 2022/23 – targets and Q2 result", ["2022-09/3"],
         "Indicators – targets and result"),
        ("SDBIP 2020/21 – quarter ending 31 December 2020", ["2020-12/3"], "SDBIP"),
        ("Generated on: 22 January 2019", ["2019-01/1"], "Generated on"),
        ("Generated on: 29 February 2019 10:31", ["unclear"], "Generated on: 10:31"),
        ("Section 2: 2018- 2019 Indicators", ["2019-03/12"], "Section 2: Indicators"),
        ("Report for 2018/19 – December", ["2018-12/1"], "Report for"),
        ("Report (December) 2018/19", ["2018-12/1"], "Report"),
        ("December performance (Q3)", ["12/3"], "December performance"),
        ("Third quarter", ["12/3"], ""),  # without a digit
        ("Fourth qtr", ["3/3"], ""),
        ("Q3 Performance Report 2018", ["unclear"], "Performance Report"),
        ("Performance Report 2018", ["unclear"], "Performance Report"),
        ("Council Plan 2016-2020: Q3 2018/19", ["2018-12/3"], "Council Plan 2016-2020"),
        ("Council Plan 2016/17 to 2019/20, Q2 2018/19", ["2018-09/3"],
         "Council Plan 2016/17 to 2019/20"),
        ("Strategy 2017 - 2020, Q3 2018/19", ["2018-12/3"], "Strategy 2017 - 2020"),
        ("Q3 2017 - 2020", ["12/3"], "2017 - 2020"),  # two years are no one period
        # a month alone, between signs
        ("Scorecard: December", ["12/1"], "Scorecard"),
        ("Scorecard (December)", ["12/1"], "Scorecard"),
        ("Scorecard [December]", ["12/1"], "Scorecard"),
        ("Place | December | Scorecard", ["12/1"], "Place | | Scorecard"),
        # two that differ are both there
        ("Q3 2018/19 compared with Q3 2017/18", ["2018-12/3", "2017-12/3"], "compared with"),
        ("Report January 2019 (Cabinet, 14 February 2019)", ["2019-01/1", "2019-02/1"],
         "Report (Cabinet, )"),
        ("Outturn 2018/19 and Targets 2019/20", ["2019-03/12", "2020-03/12"],
         "Outturn and Targets"),
    ],
)  # fmt: skip
def test_periods_in_a_title(title: str, periods: list[str], rest: str) -> None:
    assert found(title) == periods
    assert find_periods(title, APRIL).rest == rest


@pytest.mark.parametrize(
    "text",
    [
        "Reports may be late in March on decisions",
        "Decided by the mayor of Marchmont in Septon",
        "Data in February",
        "Water billed as at 30 June",
        "Data is a quarter late",
        "Missed twice in the first half-hour",
        "Deliver 2000 homes",
        "Participation of 16-17 year olds",
        "11/12 actions done",
        "Priority P1 incidents on the M4",
        "KPI 12, CP 3.10 and NI 192",
        "Residual waste (kg) 1,234.5",
        "Q3 2018/19 " * 30,
    ],
)
def test_words_that_only_look_like_periods(text: str) -> None:
    assert found(text) == []
    assert find_periods(text, APRIL).rest == text.strip()


def test_a_year_before_may_is_a_year() -> None:
    assert found("Indicators that in 2018/19 may be late") == ["2019-03/12"]


@pytest.mark.parametrize(
    ("heading", "periods", "rest"),
    [
        ("Q3 Actual", ["12/3"], "Actual"),
        ("Qtr 3 Target", ["12/3"], "Target"),
        ("Target (Q3)", ["12/3"], "Target"),
        ("Actual\nQ3", ["12/3"], "Actual"),
        ("RAG (Q3)", ["12/3"], "RAG"),
        ("Q3 2018/19 Actual", ["2018-12/3"], "Actual"),
        ("Q3 Target 2018/19", ["2018-12/3"], "Target"),
        ("18/19 Target", ["2019-03/12"], "Target"),
        ("18-19 Target", ["2019-03/12"], "Target"),
        ("Annual Target 2018/19", ["2019-03/12"], "Annual Target"),
        ("2022/23 Green value (target)", ["2023-03/12"], "Green value (target)"),
        ("March 2019 target", ["2019-03/1"], "target"),
        ("Target by 31/03/2019", ["2019-03/1"], "Target by"),
        ("2017/18 Actual", ["2018-03/12"], "Actual"),
        ("Last year Q3", ["12/3"], "Last year"),
        ("Last Year (2017/18)", ["2018-03/12"], "Last Year"),
        ("Jan-19", ["2019-01/1"], ""),
        ("Apr-17 Target", ["2017-04/1"], "Target"),
        ("Dec Actual", ["12/1"], "Actual"),
        ("May Target", ["5/1"], "Target"),
        ("Target 2018", ["unclear"], "Target"),
        ("DOT against 2014/15 (Q3)", ["2014-12/3"], "DOT against"),
        ("Change from Q2 to Q3", ["9/3", "12/3"], "Change from to"),
        ("Year End Target", [], "Year End Target"),
        ("12 months ago", [], "12 months ago"),
        ("Month's Target", [], "Month's Target"),
        ("Comment (what may help)", [], "Comment (what may help)"),
        ("Route of the march", [], "Route of the march"),
        ("What may mar it", [], "What may mar it"),
        ("Codec Target", [], "Codec Target"),
    ],
)
def test_a_heading_taken_apart(heading: str, periods: list[str], rest: str) -> None:
    assert found(heading, is_name=True) == periods
    assert find_periods(heading, APRIL, is_name=True).rest == rest


@pytest.mark.parametrize(
    ("name", "periods"),
    [
        ("kpis_2018-19_q3.xlsx", ["2018-12/3"]),
        ("kpis_q3_2018_19.xlsx", ["2018-12/3"]),
        ("kpis-2018-19-q3.xlsx", ["2018-12/3"]),
        ("201819_Q3.xlsx", ["2018-12/3"]),
        ("scorecard_jan_2019.xlsx", ["2019-01/1"]),
        ("southend_january_2019.xlsx", ["2019-01/1"]),
        ("southend_may.xlsx", ["5/1"]),
        ("mpr_201901_v2.xlsx", ["2019-01/1"]),
        ("report-20181231.xlsx", ["2018-12/1"]),
        ("kpis 2018.12.31.xlsx", ["2018-12/1"]),
        ("05_annual_2014_15.xlsx", ["2015-03/12"]),
        ("20_west_lindsey_tolerances.xlsx", []),
        ("19_directorate_sheets_month_in_title.xlsx", []),
        ("Q2 2018-19", ["2018-09/3"]),
        ("2018-19 Q1", ["2018-06/3"]),
        ("KPI set 2022-23", ["2023-03/12"]),
        ("Dec 18", ["2018-12/1"]),
        ("December", ["12/1"]),
        ("P&D Q4", ["3/3"]),
        ("M9", ["12/1"]),
        ("Sheet1", []),
        ("Appendix 1", []),
    ],
)
def test_periods_in_the_names_of_sheets_and_files(name: str, periods: list[str]) -> None:
    assert found(name, is_name=True) == periods


def test_where_in_the_text_a_period_is_named() -> None:
    text = "Report – Quarter 4 (January – March) 2021/22"
    (mention,) = find_periods(text, APRIL).mentions
    places = [text[start:end] for start, end in mention.places]
    assert places == ["Quarter 4", "(January – March) 2021/22"]


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("Jan-19", Month(2019, 1)),
        ("31 January 2019", Month(2019, 1)),
        ("January", None),
        ("Q3 2018/19", None),
        ("2018/19", None),
        ("2009/10", None),
        ("29 February 2019", None),
        ("Target", None),
    ],
)
def test_a_text_that_is_a_month(text: str, month: Month | None) -> None:
    assert parse_month(text) == month


@given(PERIODS)
def test_the_label_of_a_period_is_read_as_that_period(period: Period) -> None:
    assert parse_period(period.label, period.year_starts) == period
    assert parse_period(period.label.upper().replace(" ", "\n "), period.year_starts) == period


@given(PERIODS)
def test_the_label_is_found_in_a_title(period: Period) -> None:
    found = find_periods(f"Performance Report – {period.label}", period.year_starts)
    assert found.meanings == (period,)
    assert found.rest == "Performance Report"


@given(MONTHS)
def test_a_month_is_read_from_each_of_its_names(month: Month) -> None:
    names = (month.label, month.label[:3] + month.label[-5:], f"{month.number:02}/{month.year}",
             f"{month}-28", f"28/{month.number:02}/{month.year}")  # fmt: skip
    assert [parse_period(name, APRIL) for name in names] == [Period(month)] * len(names)
    assert parse_periods([str(month), "2019-01"], APRIL) == [Period(month), Period(Month(2019, 1))]


@given(PERIODS)
def test_a_part_of_the_year_is_completed_by_the_year_above(period: Period) -> None:
    part = re.sub(r" \S+$", "", period.label)
    yearless = parse_period(part, period.year_starts)
    if isinstance(yearless, YearlessPeriod):
        assert yearless.with_year(period.financial_year) == period


@given(st.lists(st.sampled_from(WORDS), max_size=12), FIRST_MONTHS, st.booleans())
def test_whatever_is_written_is_read_without_fail(
    words: list[str], first_month: int, is_name: bool
) -> None:
    text = " ".join(words)
    found = find_periods(text, first_month, is_name=is_name)
    places = sorted(place for mention in found.mentions for place in mention.places)
    assert all(start < end for start, end in places)
    assert all(one[1] <= two[0] for one, two in pairwise(places))
    periods = [what for what in found.meanings if isinstance(what, Period)]
    assert all(period.length in LENGTHS for period in periods)
    assert len({period.last for period in periods}) == len(periods)
    parse_period(text, first_month)


@pytest.mark.parametrize(
    "piece",
    ["1-", "(", "year ", "Q1-", "Jan-", "2018/19 ", "rolling ", "half  ", "month . : ", "1,"],
)
def test_long_texts_take_no_time(piece: str) -> None:
    text = (piece * 300)[:300]
    start = time.perf_counter()
    find_periods(text, APRIL, is_name=True)
    find_periods("x " + piece * 100_000, APRIL)
    assert time.perf_counter() - start < 1
