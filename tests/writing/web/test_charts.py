"""Scales, paths and labels of charts."""

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.writing.web.charts import SIDE, Label, Scale, areas, dots, level, line, spread, steps


@pytest.mark.parametrize(
    ("numbers", "ticks"),
    [
        (("6.18", "7.20"), ["6", "6.2", "6.4", "6.6", "6.8", "7", "7.2"]),  # 0 would waste most
        (("0.5", "7.2"), ["0", "2", "4", "6", "8"]),
        (("50", "100"), ["0", "20", "40", "60", "80", "100"]),  # exactly half is not more
        (("-3", "4"), ["-4", "-2", "0", "2", "4"]),
        (("-10", "-2"), ["-10", "-8", "-6", "-4", "-2", "0"]),
        (("0", "0"), ["0.0", "0.2", "0.4", "0.6", "0.8", "1.0"]),
    ],
)
def test_an_axis_starts_at_0_unless_that_wastes_more_than_half(
    numbers: tuple[str, ...], ticks: list[str]
) -> None:
    assert Scale(map(Decimal, numbers)).ticks == list(map(Decimal, ticks))


def test_a_percentage_of_a_whole_never_has_an_axis_past_100() -> None:
    assert Scale(map(Decimal, ("97", "98", "100")), is_percent=True).ticks[-1] == 100
    assert Scale([Decimal(99), Decimal("99.9")], is_percent=True).high <= 100
    assert Scale([Decimal(99), Decimal(104)], is_percent=True).high > 100


def test_an_axis_without_0_says_so() -> None:
    assert Scale([Decimal(70), Decimal(79)]).leaves_out_zero
    assert not Scale([Decimal(7), Decimal(79)]).leaves_out_zero


@given(st.lists(st.decimals(-(10**15), 10**15, places=4), min_size=1, max_size=8))
def test_every_number_is_inside_an_axis_of_at_most_seven_ticks(numbers: list[Decimal]) -> None:
    made = Scale(numbers)
    assert all(made.low <= number <= made.high for number in numbers)
    assert 1 <= len(made.ticks) <= 7
    assert all(0 <= made.down(number) <= SIDE for number in numbers)


def test_paths_have_gaps_where_there_is_no_figure() -> None:
    assert line([(0, 5), (10, 6), None, (30, 7), None, (50, 8), (60, 9)]) == "M0 5L10 6M50 8L60 9"
    assert dots([(0, 5), None, (30, 7)]) == "M0 5h0M30 7h0"
    assert steps([10, 10, None, 20], 4) == "M0 10V10H250V10H500M750 20V20H1000"
    assert areas([(1, 9), (1, 9), None, (2, 8)], 4) == "M0 1H500V9H0ZM750 2H1000V8H750Z"
    assert level(400) == "M0 400H1000"


def test_labels_at_one_side_do_not_stand_on_each_other() -> None:
    found = spread([Label("a", 0, 50), Label("b", 0, 51), Label("c", 0, 99), Label("d", 0, 100)])
    tops = [each.top for each in found]
    assert all(two - one >= 8.5 for one, two in pairwise(tops))
    assert tops[-1] <= 100
    (one, two) = spread([Label("A target of two lines 10", 0, 50), Label("Another of them", 0, 50)])
    assert two.top - one.top > 15
