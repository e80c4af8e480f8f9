"""The arithmetic of control charts: limits, the four rules, and what a signal means."""

import fractions
from collections.abc import Callable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.terms import Assurance, Polarity, Rule, Variation
from kpi_cli.xmr import Judged, Limits, assurance_of, icon_of, judge, limits_of
from tests.running import calls_within

ZERO_LIMITS = Limits(Fraction(0), Fraction(100))  # limits of -266 and 266, near ones of ±177.33


def numbers(text: str) -> list[Fraction]:
    return [Fraction(word) for word in text.split()]


def judged(text: str) -> Sequence[Judged]:
    return judge(numbers(text))


def signs(text: str, fact: Callable[[Judged], object]) -> str:
    """Return an x for each point of which the fact holds, a dot for each other."""
    return "".join("x" if fact(point) else "." for point in judged(text))


def test_an_unusual_moving_range_is_screened_out_once() -> None:
    """The package's own example: the ranges of 8 and 9 are not less than 3.267 × 32/17."""
    example = numbers("1 2 1 2 10 1 2 1 2 1 2 1 2 1 2 1 2 1")
    screened, all_of_them = limits_of(example), limits_of(example, screen=False)
    assert screened.mean == Fraction(35, 18)
    assert screened.average_moving_range == 1
    assert all_of_them.average_moving_range == Fraction(32, 17)
    assert [round(float(limit or 0), 3) for limit in (screened.lower, screened.upper)] == [
        -0.716, 4.604
    ]  # fmt: skip
    both = (all_of_them.lower, all_of_them.upper)
    assert [round(float(limit or 0), 3) for limit in both] == [-3.063, 6.952]


def test_a_moving_range_equal_to_the_cut_goes() -> None:
    # The average of 999 ranges of 1 and one of r is r/3.267 where r = 3.267 × 999 / 996.733.
    steps = [Fraction(n % 2) for n in range(1000)]
    at_cut = steps[-1] + Fraction("3.267") * 999 / (1000 - Fraction("3.267"))
    assert limits_of([*steps, at_cut]).average_moving_range == 1
    assert limits_of([*steps, at_cut - Fraction(1, 10**9)]).average_moving_range != 1


def test_on_a_limit_is_inside_and_on_a_near_limit_is_not_close() -> None:
    near = Fraction(532, 3)
    assert [ZERO_LIMITS.is_outside(Fraction(n)) for n in (266, -266)] == [False, False]
    assert [ZERO_LIMITS.is_outside(n) for n in numbers("266.001 -266.001")] == [True, True]
    assert [ZERO_LIMITS.is_close(n) for n in (near, -near)] == [False, False]
    assert [ZERO_LIMITS.is_close(n) for n in numbers("177.34 -177.34 266")] == [True] * 3
    assert not ZERO_LIMITS.is_close(Fraction(267))  # what is outside is not close


@pytest.mark.parametrize(
    ("figures", "in_trend"),
    [
        ("1 2 3 4 5 6", "......"),
        ("1 2 3 4 5 6 7", "xxxxxxx"),
        ("9 1 2 3 4 5 6 7 7", ".xxxxxxx."),
        ("1 2 3 4 4 5 6 7 8", "........."),  # an equal neighbour ends a trend
        ("8 7 6 5 4 3 2 1 1", "xxxxxxxx."),
    ],
)
def test_a_trend_is_seven_in_a_row_that_only_rise_or_only_fall(figures: str, in_trend: str) -> None:
    assert signs(figures, lambda point: point.in_trend) == in_trend


@pytest.mark.parametrize(
    ("figures", "in_run"),
    [
        ("6 6 6 6 6 6 6 -6 -6 -6 -6 -6 -6 -6", "x" * 14),
        ("6 6 6 6 6 6 -6 -6 -6 -6 -6 -6", "." * 12),
        ("7 5 6 7 5 6 0 6 7 -7 -6 -7 -6 -7 -6 -7 -3", "." * 9 + "x" * 8),  # a tie in a run of nine
        ("2 1 2 1 2 1 0 1 2 1 2 1 2 -18", "." * 14),  # six, a tie, six
    ],
)
def test_a_run_is_seven_on_one_side_and_a_point_on_the_mean_ends_it(
    figures: str, in_run: str
) -> None:
    assert sum(numbers(figures)) == 0
    assert signs(figures, lambda point: point.in_one_side) == in_run


def test_a_run_may_reach_from_the_first_point_to_the_last_of_twelve() -> None:
    figures = "1 1 1 1 1 1 1 -2 -2 1 1 -5"
    assert sum(numbers(figures)) == 0
    assert signs(figures, lambda point: point.in_one_side) == "xxxxxxx....."
    backwards = " ".join(reversed(figures.split()))
    assert signs(backwards, lambda point: point.in_one_side) == ".....xxxxxxx"


BASE = "1 -1 " * 12  # a mean of 0 with ranges of 2: limits of 5.32, near ones of 3.55


@pytest.mark.parametrize(
    ("three", "flagged"),
    [
        ("4 1 4", "x.x"),  # close, the same side, close: never the third
        ("4 4 1", "xx."),
        ("1 4 4", ".xx"),
        ("4 4 4", "xxx"),
        ("4 -1 4", "..."),  # the other side
        ("4 0 4", "..."),  # on the mean
        ("9 4 1", "..."),  # outside does not count as close
        ("9 4 4", ".xx"),
        ("-4 -1 -4", "x.x"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_two_of_three_close_to_a_limit(three: str, flagged: str, is_first: bool) -> None:
    """Fixed limits keep the three from moving them, as the window moves to the series' ends."""
    between = "0 0"  # so that no neighbour is on the side of the three
    window, base = numbers(three), numbers(BASE)
    if is_first:  # limits of the stretch before hold for nothing after a rebase
        points = judge([*base, *window], fix_after=24)[-3:]
    else:
        points = judge([*base, *numbers(between), *window, *numbers(between)], fix_after=24)[-5:-2]
    assert "".join("x" if point.in_two_of_three else "." for point in points) == flagged


def test_the_first_rule_that_holds_counts() -> None:
    rising = judged("1 2 3 4 5 6 7 8 9 10 11 12 13 14")
    assert {point.signal and point.signal.rule for point in rising if point.is_outside} == {
        Rule.OUTSIDE
    }
    inside = [point.signal for point in rising if not point.is_outside]
    assert {signal and (signal.rule, signal.way) for signal in inside} == {(Rule.TREND, 1)}
    # The low end of the rise is below the limits, and so goes down.
    assert rising[0].signal == (Rule.OUTSIDE, -1)


@pytest.mark.parametrize(
    "figures",
    [
        ".1 .2 .3 .4 .5 .6 .7 .6 .5 .4 .3 .2 .1",  # the peak that two trends share
        ".1 .2 .3 .4 .5 .6 .7 .2 .3 .4 .5 .6 .7 .8",  # the top of a saw's tooth
        ".1 .2 .3 .4 .5 .6 .7 .7 .8 .9 1 1.1 1.2 1.3",  # the first of two equals
    ],
)
def test_between_two_trends_the_step_to_the_next_point_decides(figures: str) -> None:
    """As the package has it: the seventh point goes down, though it is the top of a rise."""
    points = judge([*numbers(BASE), *numbers(figures)], fix_after=24)[24:]
    assert [point.signal for point in points][5:7] == [(Rule.TREND, 1), (Rule.TREND, -1)]


def test_points_are_judged_as_whole_numbers() -> None:
    """A fraction takes many times as long to compare, and a point is compared with much."""
    few, many = (
        calls_within(fractions, judge, [Fraction(n * n % 11, 4) for n in range(count)])
        for count in (100, 200)
    )
    assert 0 < many - few <= 3 * 100


def test_runs_and_limits_begin_anew_at_a_rebase() -> None:
    whole = judge(numbers("1 2 3 4 5 6 7"))
    split = judge(numbers("1 2 3 4 5 6 7"), rebase={3})
    assert all(point.in_trend for point in whole)
    assert not any(point.in_trend for point in split)
    assert [point.limits.mean for point in split] == [2] * 3 + [Fraction(11, 2)] * 4


def test_equal_figures_have_no_limits_and_no_signals() -> None:
    points = judged("10 " * 12)
    assert {(point.limits.lower, point.limits.average_moving_range) for point in points} == {
        (None, None)
    }
    assert not any(point.signal for point in points)
    for target in (9, 10, 11):
        given_target = Fraction(target)
        found = assurance_of(points[0].limits, given_target, given_target, Polarity.MAXIMISE)
        assert found is Assurance.HIT_AND_MISS


@pytest.mark.parametrize(
    ("target", "maximise", "minimise"),
    [
        ("267", Assurance.FAILS, Assurance.PASSES),
        ("266", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),  # equal to a limit
        ("0", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ("-266", Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ("-267", Assurance.PASSES, Assurance.FAILS),
    ],
)
def test_a_target_is_held_against_the_limits(
    target: str, maximise: Assurance, minimise: Assurance
) -> None:
    number = Fraction(target)
    assert assurance_of(ZERO_LIMITS, number, number, Polarity.MAXIMISE) is maximise
    assert assurance_of(ZERO_LIMITS, number, number, Polarity.MINIMISE) is minimise


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (-300, 300, Assurance.PASSES),
        (-300, 0, Assurance.HIT_AND_MISS),
        (0, 300, Assurance.HIT_AND_MISS),
        (-10, 10, Assurance.HIT_AND_MISS),
        (300, 400, Assurance.FAILS),
        (-400, -300, Assurance.FAILS),
        (300, 300, Assurance.FAILS),
        (0, 0, Assurance.HIT_AND_MISS),  # of no width: it can only fail, or be hit and miss
    ],
)
def test_a_band_is_two_targets(low: int, high: int, expected: Assurance) -> None:
    found = assurance_of(ZERO_LIMITS, Fraction(low), Fraction(high), Polarity.GOLDILOCKS)
    assert found is expected


@pytest.mark.parametrize(
    ("polarity", "up", "down", "icons"),
    [
        (Polarity.MAXIMISE, Variation.IMPROVEMENT, Variation.CONCERN,
         ("improvement_high", "concern_low")),
        (Polarity.MINIMISE, Variation.CONCERN, Variation.IMPROVEMENT,
         ("concern_high", "improvement_low")),
        (Polarity.GOLDILOCKS, Variation.HIGH, Variation.LOW, ("neutral_high", "neutral_low")),
    ],
)  # fmt: skip
def test_what_a_signal_means_depends_on_which_way_is_good(
    polarity: Polarity, up: Variation, down: Variation, icons: tuple[str, str]
) -> None:
    rising, falling = judged("1 2 3 4 5 6 7")[3].signal, judged("7 6 5 4 3 2 1")[3].signal
    assert rising
    assert falling
    assert (rising.means(polarity), falling.means(polarity)) == (up, down)
    assert (icon_of(up, polarity), icon_of(down, polarity)) == icons
    assert icon_of(Variation.COMMON_CAUSE, polarity) == "common_cause"


few_digits = st.decimals(-20, 20, places=1, allow_nan=False).map(Fraction)
series = st.lists(few_digits, min_size=1, max_size=40)
SWAPPED = {
    Variation.IMPROVEMENT: Variation.CONCERN,
    Variation.CONCERN: Variation.IMPROVEMENT,
    Assurance.PASSES: Assurance.FAILS,
    Assurance.FAILS: Assurance.PASSES,
    Assurance.HIT_AND_MISS: Assurance.HIT_AND_MISS,
}


def facts(point: Judged) -> tuple[object, ...]:
    return (
        point.is_outside, point.is_close, point.side, point.in_trend, point.in_two_of_three,
        point.in_one_side, point.signal,
    )  # fmt: skip


@given(series, few_digits, st.fractions(Fraction(1, 1000), 1000))
def test_shift_and_scale_change_no_verdict(
    figures: list[Fraction], shift: Fraction, scale: Fraction
) -> None:
    moved = judge([figure * scale + shift for figure in figures])
    assert [facts(point) for point in moved] == [facts(point) for point in judge(figures)]


@given(series, few_digits)
def test_the_other_polarity_swaps_good_and_bad(figures: list[Fraction], target: Fraction) -> None:
    points = judge(figures)
    for point in points:
        if point.signal:
            up = point.signal.means(Polarity.MAXIMISE)
            assert point.signal.means(Polarity.MINIMISE) is SWAPPED[up]
    limits = points[-1].limits
    up_verdict = assurance_of(limits, target, target, Polarity.MAXIMISE)
    assert assurance_of(limits, target, target, Polarity.MINIMISE) is SWAPPED[up_verdict]


@given(series)
def test_a_signal_is_of_the_first_rule_that_holds(figures: list[Fraction]) -> None:
    for point in judge(figures):
        holding = [
            rule
            for rule, holds in {
                Rule.OUTSIDE: point.is_outside,
                Rule.TREND: point.in_trend,
                Rule.TWO_OF_THREE: point.in_two_of_three,
                Rule.ONE_SIDE: point.in_one_side,
            }.items()
            if holds
        ]
        assert (point.signal.rule if point.signal else None) == (holding[0] if holding else None)
        assert not (point.is_close and point.is_outside)
        assert point.is_close or not point.in_two_of_three


@given(series, st.integers(0, 40))
def test_stretches_are_judged_as_if_each_were_alone(figures: list[Fraction], at: int) -> None:
    at = min(at, len(figures))
    alone = [*judge(figures[:at]), *judge(figures[at:])]
    assert judge(figures, rebase={at}) == alone
