"""Lines of an indicator's own (domain: Thresholds): where each colour begins, and the reasons."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import Band, Line, Target, Tolerance, Value, ends
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Rating, Settings
from kpi_cli.rating import rate_indicator
from tests.builders import indicator, line, value

RED, AMBER, GREEN = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE
NO_TARGET = Outcome.NO_TARGET
MAXIMISE, MINIMISE, GOLDILOCKS = Polarity.MAXIMISE, Polarity.MINIMISE, Polarity.GOLDILOCKS
ORDER = [RED, AMBER, NO_TARGET, GREEN]


def rated(
    value_text: str,
    target: str | None,
    green: str | Line | None = None,
    red: str | Line | None = None,
    *,
    polarity: Polarity = MAXIMISE,
    settings: Settings | None = None,
    last_year: str | None = None,
    tolerance: Tolerance | None = None,
) -> Rating:
    own = indicator(
        value_text,
        target,
        polarity=polarity,
        green_line=line(green, "Green Threshold") if isinstance(green, str) else green,
        red_line=line(red) if isinstance(red, str) else red,
        last_year=value(last_year),
        tolerance=tolerance,
    )
    return rate_indicator(own, settings or Settings())


@pytest.mark.parametrize(
    ("polarity", "target", "green", "red", "outcomes"),
    [
        # a floor under a target: at it is amber
        (MAXIMISE, "80%", None, "70%", {"80%": GREEN, "79.99%": AMBER, "70%": AMBER,
                                        "69.99%": RED, "120%": GREEN}),
        (MINIMISE, "85", None, "120", {"85": GREEN, "86": AMBER, "120": AMBER, "121": RED}),
        # far closer or further than any tolerance
        (MAXIMISE, "100", None, "99", {"99": AMBER, "98.99": RED}),
        (MAXIMISE, "100", None, "20", {"20": AMBER, "19.99": RED}),
        # both lines: the target itself decides nothing
        (MAXIMISE, "95", "92", "90", {"92": GREEN, "91.99": AMBER, "90": AMBER, "89.99": RED}),
        (MINIMISE, "3", "4", "6", {"4": GREEN, "4.1": AMBER, "6": AMBER, "6.1": RED}),
        # a red line at the target leaves no amber
        (MAXIMISE, "90", None, "90", {"90": GREEN, "89.99": RED}),
        (MAXIMISE, "90", "90", "90", {"90": GREEN, "89.99": RED}),
        (MINIMISE, "0", None, "0", {"0": GREEN, "1": RED}),
        # a green line alone: red from the tolerance, 5% of the target
        (MAXIMISE, "100", "98", None, {"98": GREEN, "97.99": AMBER, "95.01": AMBER, "95": RED}),
        (MAXIMISE, "100", "90", None, {"90": GREEN, "89.99": RED}),
        # the gauge of CP 1.1 in the real report
        (GOLDILOCKS, "38-48", "34.3-41.7", "28-48", {"34.3": GREEN, "41.7": GREEN, "33.49": AMBER,
                                                     "28": AMBER, "48": AMBER, "45": AMBER,
                                                     "27.99": RED, "48.01": RED}),
        (GOLDILOCKS, "38-48", None, "28-58", {"38": GREEN, "37": AMBER, "58": AMBER, "59": RED}),
        (GOLDILOCKS, "38-48", "36-50", None, {"36": GREEN, "35": AMBER, "28": RED, "58": RED}),
        # inside the target, though not within a narrower green line
        (GOLDILOCKS, "38-48", "40-46", None, {"40": GREEN, "39": AMBER, "48": AMBER}),
        # no target: lines suffice
        (MAXIMISE, None, "80", "70", {"80": GREEN, "75": AMBER, "70": AMBER, "69": RED}),
        (MAXIMISE, None, "80", None, {"80": GREEN, "76.1": AMBER, "76": RED}),
        (GOLDILOCKS, None, "38-48", None, {"38": GREEN, "37": AMBER, "28": RED}),
        (MAXIMISE, None, None, "70", {"70": NO_TARGET, "71": NO_TARGET, "69": RED}),
    ],
)  # fmt: skip
def test_where_each_colour_begins(
    polarity: Polarity,
    target: str | None,
    green: str | None,
    red: str | None,
    outcomes: dict[str, Outcome],
) -> None:
    found = {text: rated(text, target, green, red, polarity=polarity).outcome for text in outcomes}
    assert found == outcomes


@pytest.mark.parametrize(
    ("green_at", "red_at", "outcomes"),
    [
        (True, True, [GREEN, AMBER]),  # Green >=95, Red <90
        (True, False, [GREEN, RED]),  # Green >=95, Red <=90
        (False, True, [AMBER, AMBER]),  # Green >95, Red <90
    ],
)
@pytest.mark.parametrize("limit", [None, RED, AMBER])
def test_a_condition_decides_what_is_exactly_at_its_end_whatever_the_setting(
    green_at: bool, red_at: bool, outcomes: list[Outcome], limit: Outcome | None
) -> None:
    green = line("95", "Green", is_good_at_it=green_at)
    red = line("90", "Red", is_good_at_it=red_at)
    settings = Settings(at_the_limit=limit)
    found = [rated(text, None, green, red, settings=settings).outcome for text in ("95", "90")]
    assert found == outcomes


@pytest.mark.parametrize(
    ("limit", "at_the_tolerance", "at_the_line"),
    [(None, RED, AMBER), (AMBER, AMBER, AMBER), (RED, RED, RED)],
)
def test_at_the_limit(
    limit: Outcome | None, at_the_tolerance: Outcome, at_the_line: Outcome
) -> None:
    """CP 5.4: (6.18 - 5.82) / 7.20 is exactly 5%."""
    settings = Settings(at_the_limit=limit)
    boundary = indicator("6.18", "5.82", "7.20", polarity=MINIMISE)
    assert rate_indicator(boundary, settings).outcome is at_the_tolerance
    assert rated("58", "38-48", polarity=GOLDILOCKS, settings=settings).outcome is at_the_tolerance
    assert rated("70", "80", None, "70", settings=settings).outcome is at_the_line
    assert rated("48", "38-48", "34-41", "28-48", polarity=GOLDILOCKS, settings=settings).outcome \
        is at_the_line  # fmt: skip


@pytest.mark.parametrize("limit", [None, RED, AMBER])
def test_a_target_that_is_met_is_green_though_the_red_line_is_there_too(
    limit: Outcome | None,
) -> None:
    settings = Settings(at_the_limit=limit)
    assert rated("90", "90", None, "90", settings=settings).outcome is GREEN
    assert rated("90", "95", "90", "90", settings=settings).outcome is GREEN


def test_a_line_goes_before_every_tolerance() -> None:
    wide = Settings(green_tolerance=Decimal(50), amber_tolerance=Decimal(60))
    assert rated("89", "100", None, "90", settings=wide).outcome is RED
    assert rated("90", "100", None, "90", settings=wide).outcome is GREEN  # tolerated
    own = Tolerance(amount=Decimal(30), is_percent=False)
    assert rated("89", "100", None, "90", tolerance=own).outcome is RED
    strict = Settings(green_tolerance=Decimal(50), at_the_limit=RED)
    assert rated("90", "100", None, "90", settings=strict).outcome is RED


def test_improving_is_amber_spares_what_is_red_by_a_line() -> None:
    settings = Settings(improving_is_amber=True)
    rating = rated("68%", "80%", None, "70%", settings=settings, last_year="66%")
    assert (rating.outcome, rating.direction) == (AMBER, Direction.BETTER)
    assert rating.reason == (
        "68% is under the red line of 70% (Floor), but no worse than the 66% of a year ago"
    )
    assert rated("68%", "80%", None, "70%", settings=settings, last_year="69%").outcome is RED


def test_without_a_target_goldilocks_is_better_closer_to_its_green_line() -> None:
    rating = rated("36", None, "38-48", polarity=GOLDILOCKS, last_year="30")
    assert rating.direction is Direction.BETTER


CONDITION = line("95%", "Green", is_good_at_it=False)


@pytest.mark.parametrize(
    ("rating", "reason"),
    [
        (rated("68%", "80%", None, "70%"), "68% is under the red line of 70% (Floor)"),
        (
            rated("143", "85", None, line("120", "2022/23 Amber value"), polarity=MINIMISE),
            "143 is over the red line of 120 (2022/23 Amber value)",
        ),
        (
            rated("50", "38-48", None, "28-48", polarity=GOLDILOCKS),
            "50 is outside the red line of 28-48 (Floor)",
        ),
        (
            rated("60%", "70%", None, "60%"),
            "10 percentage points under the target of 70%, and exactly the red line of 60%"
            " (Floor), at which it"
            " counts as slippage",
        ),
        (
            rated("60%", "70%", None, "60%", settings=Settings(at_the_limit=RED)),
            "60% is exactly the red line of 60% (Floor), at which it is at risk",
        ),
        (
            rated("28", "38-48", "34-41", "28-48", polarity=GOLDILOCKS),
            "28 is outside the green line of 34-41 (Green Threshold), and at the edge of the red"
            " line of 28-48 (Floor), at which it counts as slippage",
        ),
        (
            rated("11.3", "10.5", None, "11.5", polarity=MINIMISE),
            "0.8 over the target of 10.5, but not over the red line of 11.5 (Floor)",
        ),
        (
            rated("91%", "95%", "92%", "90%"),
            "91% is under the green line of 92% (Green Threshold), but not under the red line of"
            " 90% (Floor)",
        ),
        (
            rated("33.49", "38-48", "34.3-41.7", "28-48", polarity=GOLDILOCKS),
            "33.49 is outside the green line of 34.3-41.7 (Green Threshold), but not outside the"
            " red line of 28-48 (Floor)",
        ),
        (
            rated("95%", "96%", CONDITION, "90%"),
            "95% is exactly the green line of 95% (Green), which it has to be over, but not under"
            " the red line of 90% (Floor)",
        ),
        (
            rated("5%", "4%", line("5%", "Green", is_good_at_it=False), "10%", polarity=MINIMISE),
            "5% is exactly the green line of 5% (Green), which it has to be under, but not over"
            " the red line of 10% (Floor)",
        ),
        (
            rated(
                "38",
                "40-46",
                line("38-48", "Green", is_good_at_it=False),
                "28-58",
                polarity=GOLDILOCKS,
            ),
            "38 is at the edge of the green line of 38-48 (Green), which it has to be inside, but"
            " not outside the red line of 28-58 (Floor)",
        ),
        (
            rated("92%", "95%", "92%", "90%"),
            "92% is exactly the green line of 92% (Green Threshold)",
        ),
        (
            rated("93%", "95%", "92%", "90%"),
            "93% is over the green line of 92% (Green Threshold), and higher is better",
        ),
        (
            rated("3", "4", "5", polarity=MINIMISE),
            "3 is under the green line of 5 (Green Threshold), and lower is better",
        ),
        (
            rated("40", "38-48", "34-41", polarity=GOLDILOCKS),
            "40 is inside the green line of 34-41 (Green Threshold)",
        ),
        (
            rated("95.8%", "95%", None, "90%"),
            "0.8 percentage points over the target of 95%, and higher is better",
        ),
        (
            rated("71", "80", "78"),
            "71 is under the green line of 78 (Green Threshold), and 9 under the target of 80,"
            " more than the 4 (5% of the month's target) that counts as slippage",
        ),
        (
            rated("76", "80", "78"),
            "76 is under the green line of 78 (Green Threshold), and 4 under the target of 80,"
            " exactly the 4 (5% of the month's target) from which it is at risk",
        ),
        (
            rated("76", "80", "78", settings=Settings(at_the_limit=AMBER)),
            "76 is under the green line of 78 (Green Threshold), and 4 under the target of 80,"
            " within the 4 (5% of the month's target) that counts as slippage",
        ),
        (
            rated("39", "38-48", "40-46", polarity=GOLDILOCKS),
            "39 is outside the green line of 40-46 (Green Threshold), though inside the band of"
            " 38-48",
        ),
        (
            rated("82%", None, "80%", "70%"),
            "there is no target, and 82% is over the green line of 80% (Green Threshold), and"
            " higher is better",
        ),
        (
            rated("69%", None, "80%", "70%"),
            "there is no target, and 69% is under the red line of 70% (Floor)",
        ),
        (
            rated("71%", None, "80%"),
            "there is no target, and 9 percentage points under the green line of 80% (Green"
            " Threshold), more than"
            " the 4 (5% of the green line) that counts as slippage",
        ),
        (
            rated("75%", None, None, "70%"),
            "no target for the month, and none for the year; 75% is over the red line of 70%"
            " (Floor)",
        ),
    ],
)
def test_the_reason_names_the_line_and_its_heading(rating: Rating, reason: str) -> None:
    assert rating.reason == reason


numbers = st.decimals(-10_000, 10_000, places=2)
positive = st.decimals(Decimal("0.01"), 10_000, places=2)
percentages = st.decimals(0, 100, places=1)
settings = st.builds(
    Settings,
    amber_tolerance=percentages,
    green_tolerance=percentages,
    improving_is_amber=st.booleans(),
    at_the_limit=st.sampled_from([None, RED, AMBER]),
)


def lined(amount: Target, is_good_at_it: bool | None) -> Line:
    return Line(amount=amount, heading="Line", is_good_at_it=is_good_at_it)


@st.composite
def indicators(draw: st.DrawFn, polarities: list[Polarity]) -> Indicator:
    """Return an indicator with lines: red, green and target in this order, from bad to good."""
    polarity = draw(st.sampled_from(polarities))
    worst, middle, best = sorted(draw(st.lists(numbers, min_size=3, max_size=3)))
    if polarity is MINIMISE:
        worst, best = best, worst
    amounts: list[Target] = [Value(number=number) for number in (worst, middle, best)]
    if polarity is GOLDILOCKS:
        centre, steps = draw(numbers), sorted(draw(st.lists(positive, min_size=3, max_size=3)))
        amounts = [
            Band(low=Value(number=centre - step), high=Value(number=centre + step))
            for step in reversed(steps)
        ]
    red, green, target = amounts
    at_it = st.sampled_from([None, True, False])
    return indicator(polarity=polarity).model_copy(
        update={
            "value": Value(number=draw(numbers)),
            "red_line": draw(st.none() | st.just(lined(red, draw(at_it)))),
            "green_line": draw(
                st.none() | st.just(lined(green, draw(st.sampled_from([None, True]))))
            ),
            "target": draw(st.none() | st.just(target)),
        }
    )


def with_value(given_indicator: Indicator, number: Decimal) -> Indicator:
    return given_indicator.model_copy(update={"value": Value(number=number)})


@given(indicators([MAXIMISE, MINIMISE]), settings, numbers, positive)
def test_a_better_value_is_never_rated_worse(
    worse: Indicator, settings: Settings, last_year: Decimal, gain: Decimal
) -> None:
    assert worse.value
    number = worse.value.number
    worse = worse.model_copy(update={"last_year": Value(number=last_year)})
    step = gain if worse.polarity is MAXIMISE else -gain
    pair = worse, with_value(worse, number + step)
    outcomes = [rate_indicator(each, settings).outcome for each in pair]
    assert ORDER.index(outcomes[0]) <= ORDER.index(outcomes[1])


@given(indicators(list(Polarity)), settings, st.sampled_from(["0.01", "0.5", "3", "1000"]))
def test_scaling_changes_nothing(
    given_indicator: Indicator, settings: Settings, factor: str
) -> None:
    def scaled(amount: Target | Line | None) -> Target | Line | None:
        if isinstance(amount, Line):
            inner = scaled(amount.amount)
            assert isinstance(inner, Value | Band)
            return lined(inner, amount.is_good_at_it)
        if isinstance(amount, Band):
            low, high = (Value(number=end * Decimal(factor)) for end in ends(amount))
            return Band(low=low, high=high)
        return None if amount is None else Value(number=amount.number * Decimal(factor))

    fields = ("value", "target", "green_line", "red_line")
    larger = given_indicator.model_copy(
        update={name: scaled(getattr(given_indicator, name)) for name in fields}
    )
    first, second = (rate_indicator(each, settings) for each in (given_indicator, larger))
    assert (first.outcome, first.direction) == (second.outcome, second.direction)


@given(indicators(list(Polarity)), settings, st.booleans())
def test_exactly_at_the_red_line_is_as_the_condition_or_the_setting_says(
    given_indicator: Indicator, settings: Settings, is_high: bool
) -> None:
    red = given_indicator.red_line
    if red is None or (given_indicator.target is None and given_indicator.green_line is None):
        return
    own = with_value(given_indicator, ends(red.amount)[is_high])
    rating = rate_indicator(own, settings)
    if red.is_good_at_it is False:
        assert rating.outcome is RED
    elif red.is_good_at_it or settings.at_the_limit is not RED:
        assert rating.outcome in (AMBER, GREEN)
    assert rating.reason
    assert "\n" not in rating.reason


@given(indicators(list(Polarity)), settings, st.booleans())
def test_exactly_at_the_green_line_is_green_unless_red_says_otherwise(
    given_indicator: Indicator, settings: Settings, is_high: bool
) -> None:
    green, red = given_indicator.green_line, given_indicator.red_line
    if green is None or (red and set(ends(red.amount)) & set(ends(green.amount))):
        return
    own = with_value(given_indicator, ends(green.amount)[is_high])
    assert rate_indicator(own, settings).outcome is GREEN
