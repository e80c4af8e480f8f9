"""The trend in a word: a block for each period of the year so far, worked out by hand."""

from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli import rate, read_workbook
from kpi_cli.models import Rating, Workbook
from kpi_cli.writing.trend import BLOCKS, trend
from tests.builders import indicator, period, reading
from tests.running import SOUTHEND

YEAR = [
    *(f"{name} 2018" for name in (
        "April", "May", "June", "July", "August", "September", "October", "November", "December",
    )),
    "January 2019", "February 2019", "March 2019",
]  # fmt: skip


def rating_of(figures: Iterable[tuple[str, str | None]], *, year_starts: int = 4) -> Rating:
    """Return the rating of an indicator with these figures, of which the last are its own."""
    *past, (when, own) = figures
    history = [reading("CP 1.1", w, v, row=n, year_starts=year_starts) for n, (w, v) in
               enumerate(past, start=2)]  # fmt: skip
    indicators = (indicator(own, period=period(when, year_starts)),)
    return rate(Workbook(name="x.xlsx", indicators=indicators, history=tuple(history))).ratings[0]


def months(*values: str | None) -> list[tuple[str, str | None]]:
    """Return figures of the months from April 2018 on."""
    return list(zip(YEAR, values, strict=False))


@pytest.mark.parametrize(
    ("values", "shown"),
    [
        (("1", "2"), "▁█"),
        (("2", "1"), "█▁"),
        (("0", "1", "2"), "▁▅█"),
        (("0", "1", "2", "3", "4", "5", "6", "7"), "▁▂▃▄▅▆▇█"),
        (("7", "0", "0", "7"), "█▁▁█"),
        (("-7", "0"), "▁█"),  # below zero is lower
        (("-1", "-2", "-8"), "█▇▁"),  # 6/7 of the height of seven steps is the sixth
        (("1", "1000"), "▁█"),
        (("1", "1000", "500"), "▁█▄"),  # 499/999 of seven steps is 3.497
        (("0.1%", "0.2%"), "▁█"),
        (("£1,000", "£2,000"), "▁█"),
        (("1", None, "2"), "▁·█"),
        (("1", None, None, "3", "2"), "▁··█▅"),
        ((None, "1", "2"), "·▁█"),  # the year's first months without a figure
        (("1", "2", None), "▁█·"),  # nor has the rated one
        (("90", "90", "90"), "▄▄▄"),
        (("0", "0"), "▄▄"),
        (("90", None, "90.0"), "▄·▄"),
        (("90",), ""),
        ((None, "90"), ""),
        (("90", None), ""),
        ((None,), ""),
        (("90", "90%"), ""),  # no common measure
        (("90", "91", "£92"), ""),
    ],
)
def test_months_of_the_year_so_far(values: tuple[str | None, ...], shown: str) -> None:
    assert trend(rating_of(months(*values))) == shown


def test_months_without_a_row_are_gaps() -> None:
    assert trend(rating_of([("June 2018", "1"), ("August 2018", "2")])) == "··▁·█"


def test_only_the_rated_year_counts() -> None:
    past = [("March 2018", "1000"), ("February 2018", "0")]
    assert trend(rating_of([*past, *months("1", "2")])) == "▁█"


def test_in_april_there_is_no_year_so_far() -> None:
    assert trend(rating_of([("March 2018", "1"), ("April 2018", "2")])) == ""


@pytest.mark.parametrize(
    ("figures", "starts", "shown"),
    [
        ([("Q1 2018/19", "1"), ("Q2 2018/19", "3"), ("Q3 2018/19", "2")], 4, "▁█▅"),
        ([("Q1 2018/19", "1"), ("Q3 2018/19", "2")], 4, "▁·█"),
        ([("Q2 2018/19", "1"), ("Q3 2018/19", "2")], 4, "·▁█"),
        ([("Q4 2017/18", "9"), ("Q1 2018/19", "1")], 4, ""),
        ([("H1 2018/19", "2"), ("H2 2018/19", "1")], 4, "█▁"),
        ([("December 2018", "9"), ("January 2019", "1"), ("February 2019", "2")], 1, "▁█"),
        ([("June 2018", "9"), ("July 2018", "1"), ("August 2018", "2")], 7, "▁█"),
    ],
)
def test_other_periods_and_years(figures: list[tuple[str, str]], starts: int, shown: str) -> None:
    assert trend(rating_of(figures, year_starts=starts)) == shown


def test_of_years_the_last_ten() -> None:
    years = [(f"{year}/{(year + 1) % 100:02}", str(year)) for year in range(2005, 2019)]
    assert trend(rating_of(years)) == "▁▂▃▃▄▅▆▆▇█"
    assert trend(rating_of(years[-2:])) == "▁█"
    assert trend(rating_of(years[-1:])) == ""


def test_months_among_quarters_are_left_out() -> None:
    quarters = [("Q1 2018/19", "1"), ("May 2018", "50"), ("Q2 2018/19", "2")]
    assert trend(rating_of(quarters)) == "▁█"


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("CP 4.8", "▁▂▃▁▃▄▄▅██"),
        ("CP 3.2", "█···█▇▅▃▂▁"),  # May to July were not published
        ("CP 3.9", "▁▁▂▃▄▅▆▇▇█"),
        ("CP 3.11", "▁▂▂▃▄▅▅▇▇█"),
        ("CP 2.2", ""),  # one month is known
        ("CP 3.1", ""),
    ],
)
def test_the_real_report(code: str, shown: str) -> None:
    (rating,) = (
        each for each in rate(read_workbook(SOUTHEND)).ratings if each.indicator.code == code
    )
    assert trend(rating) == shown


NUMBERS = st.lists(st.none() | st.decimals(-1000, 1000, places=2).map(str), min_size=1, max_size=12)


@given(NUMBERS)
def test_a_place_for_each_month_and_the_ends_are_the_lowest_and_the_highest(
    values: list[str | None],
) -> None:
    shown = trend(rating_of(months(*values)))
    known = [float(value) for value in values if value]
    if len(known) < 2:
        assert shown == ""
        return
    assert len(shown) == len(values)
    assert [mark == "·" for mark in shown] == [value is None for value in values]
    heights = [BLOCKS.index(mark) for mark in shown if mark != "·"]
    assert sorted(heights) == [height for _, height in sorted(zip(known, heights, strict=True))]
    if min(known) < max(known):
        assert heights[known.index(min(known))] == 0
        assert heights[known.index(max(known))] == 7
