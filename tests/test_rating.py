"""The rules of the rating: the published report, the boundaries, and what holds in general."""

from decimal import Decimal, localcontext
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli import rate, read_workbook
from kpi_cli.amounts import Band, Target, Tolerance, Value
from kpi_cli.history import Series
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Rating, Settings, ToleranceBasis
from kpi_cli.rating import direction_of, direction_reason, outcome_of, rate_indicator
from tests.builders import amount, indicator, period, reading, value

SAMPLE = Path(__file__).parent.parent / "sample_workbooks" / "southend_january_2019.xlsx"
RED, AMBER, GREEN = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE
MAXIMISE, MINIMISE, GOLDILOCKS = Polarity.MAXIMISE, Polarity.MINIMISE, Polarity.GOLDILOCKS
BETTER, WORSE = Direction.BETTER, Direction.WORSE
SAME, UNKNOWN = Direction.SAME, Direction.UNKNOWN

PUBLISHED = {
    "CP 1.1": AMBER, "CP 1.2": RED, "CP 1.4": AMBER, "CP 1.5": GREEN, "CP 2.2": GREEN,
    "CP 2.3": GREEN, "CP 2.4": GREEN, "CP 3.1": Outcome.NO_VALUE, "CP 3.2": RED, "CP 3.4": GREEN,
    "CP 3.5": GREEN, "CP 3.6": GREEN, "CP 3.7": GREEN, "CP 3.9": AMBER, "CP 3.10": RED,
    "CP 3.11": AMBER, "CP 3.13": GREEN, "CP 4.3": AMBER, "CP 4.4": AMBER, "CP 4.5": GREEN,
    "CP 4.6": GREEN, "CP 4.7": GREEN, "CP 4.8": RED, "CP 4.9": GREEN, "CP 4.10": GREEN,
    "CP 5.1": GREEN, "CP 5.4": RED, "CP 5.5": RED, "CP 5.6": GREEN,
}  # fmt: skip
# Computed by hand from the history: this January beside the one before.
DIRECTIONS = {
    "CP 1.1": BETTER,  # 33.49 is nearer to 38-48 than 31.2
    "CP 1.2": WORSE,  # 79 is further from 57-67 than 73.8
    "CP 1.4": BETTER, "CP 3.2": WORSE, "CP 3.9": BETTER, "CP 3.10": BETTER, "CP 4.3": WORSE,
    "CP 4.4": WORSE, "CP 4.8": WORSE, "CP 5.4": WORSE, "CP 5.5": BETTER,
}  # fmt: skip


def test_the_published_report() -> None:
    report = rate(read_workbook(SAMPLE))
    assert {r.indicator.code: r.outcome for r in report.ratings} == PUBLISHED
    known = {r.indicator.code: r.direction for r in report.ratings if r.direction is not UNKNOWN}
    assert known == DIRECTIONS


def rated(
    indicator: Indicator, settings: Settings | None = None, last_year: str | None = None
) -> Rating:
    return beside(indicator, settings or Settings(), value(last_year))


def beside(indicator: Indicator, settings: Settings, last_year: Value | None) -> Rating:
    """Rate an indicator beside its value of a year ago."""
    compared = indicator.model_copy(update={"last_year": last_year})
    rating = rate_indicator(compared, settings)
    assert outcome_of(compared, settings, rating.series) is rating.outcome
    other = compared.model_copy(update={"value": value("7")})
    assert compared.value is None or rating.outcome is outcome_of(
        other, settings, rating.series, compared.value
    )
    return rating


@pytest.mark.parametrize(
    ("polarity", "value_text", "target", "annual", "outcome"),
    [
        # CP 5.4: (6.18 - 5.82) / 7.20 is exactly 5%, which binary floats make less
        (MINIMISE, "6.18", "5.82", "7.20", RED),
        (MINIMISE, "6.17", "5.82", "7.20", AMBER),
        (MINIMISE, "5.83", "5.82", "7.20", AMBER),
        (MINIMISE, "5.82", "5.82", "7.20", GREEN),
        (MINIMISE, "5.81", "5.82", "7.20", GREEN),
        (MAXIMISE, "95%", "95%", "95%", GREEN),
        (MAXIMISE, "94.99%", "95%", "95%", AMBER),
        (MAXIMISE, "90.26%", "95%", "95%", AMBER),
        (MAXIMISE, "90.25%", "95%", "95%", RED),
        (MAXIMISE, "40", None, "50", RED),
        (MAXIMISE, "48", None, "50", AMBER),
        (MAXIMISE, "48", "50", None, AMBER),
        (MAXIMISE, None, "50", "50", Outcome.NO_VALUE),
        (MAXIMISE, None, None, None, Outcome.NO_VALUE),
        (MAXIMISE, "48", None, None, Outcome.NO_TARGET),
        # a band: both ends inside, one band's width of slippage on either side
        (GOLDILOCKS, "38", "38-48", "38-48", GREEN),
        (GOLDILOCKS, "48", "38-48", "38-48", GREEN),
        (GOLDILOCKS, "37.99", "38-48", "38-48", AMBER),
        (GOLDILOCKS, "28.01", "38-48", "38-48", AMBER),
        (GOLDILOCKS, "28", "38-48", "38-48", RED),
        (GOLDILOCKS, "57.99", "38-48", "38-48", AMBER),
        (GOLDILOCKS, "58", "38-48", "38-48", RED),
        # one number is a band of no width: 5% of 66 is 3.3
        (GOLDILOCKS, "66", "66", "66", GREEN),
        (GOLDILOCKS, "69.29", "66", "66", AMBER),
        (GOLDILOCKS, "69.3", "66", "66", RED),
        (GOLDILOCKS, "62.7", "66-66", None, RED),
        # for Goldilocks the percentage is of the target in force, never of the year's beside it
        (GOLDILOCKS, "62.71", "66", "100", AMBER),
        (GOLDILOCKS, "62.7", "66", "100", RED),  # 5% of 66 is 3.3
        (GOLDILOCKS, "62.7", "66", "90-110", RED),
        (GOLDILOCKS, "62.71", "66-66", "50", AMBER),
        (GOLDILOCKS, "62.7", None, "66", RED),
        # nothing is tolerated of a target of nought
        (MINIMISE, "0", "0", "0", GREEN),
        (MINIMISE, "1", "0", "0", RED),
        # the size of a negative target counts, not its sign
        (MAXIMISE, "-104", "-100", "-100", AMBER),
        (MAXIMISE, "-105", "-100", "-100", RED),
    ],
)
def test_expected_outcome_at_the_boundaries(
    polarity: Polarity, value_text: str | None, target: str | None, annual: str | None,
    outcome: Outcome,
) -> None:  # fmt: skip
    assert rated(indicator(value_text, target, annual, polarity=polarity)).outcome is outcome


@pytest.mark.parametrize(
    ("settings", "value_text", "target", "annual", "outcome"),
    [
        ({"amber_tolerance": 10}, "90.1", "100", "100", AMBER),
        ({"amber_tolerance": 10}, "90", "100", "100", RED),
        ({"green_tolerance": 1}, "99", "100", "100", GREEN),
        ({"green_tolerance": 1}, "98.9", "100", "100", AMBER),
        ({"tolerance_basis": ToleranceBasis.MONTHS_TARGET}, "47.5", "50", "100", RED),
        ({"tolerance_basis": ToleranceBasis.ANNUAL_TARGET}, "47.5", "50", "100", AMBER),
        ({"tolerance_basis": ToleranceBasis.MONTHS_TARGET}, "95", None, "100", RED),
        ({"tolerance_basis": ToleranceBasis.MONTHS_TARGET}, "95.1", None, "100", AMBER),
    ],
)
def test_settings_change_the_defaults(
    settings: dict[str, object], value_text: str, target: str, annual: str, outcome: Outcome
) -> None:
    assert rated(indicator(value_text, target, annual), Settings(**settings)).outcome is outcome


TINY = Decimal("1E-23")
LARGE = Decimal(10**15)


@pytest.mark.parametrize(
    ("value_number", "outcome"), [(TINY, RED), (2 * TINY, AMBER), (Decimal("1E-300"), RED)]
)
@pytest.mark.parametrize("polarity", [MAXIMISE, GOLDILOCKS])
def test_no_digit_is_rounded_away(
    value_number: Decimal, outcome: Outcome, polarity: Polarity
) -> None:
    own = Tolerance(amount=Decimal("999999999999999.99999999999999999999999"), is_percent=False)
    given_indicator = indicator(polarity=polarity, tolerance=own).model_copy(
        update={"value": Value(number=value_number), "target": Value(number=LARGE)}
    )
    with localcontext(prec=5):  # whatever the caller's own arithmetic is
        assert rated(given_indicator).outcome is outcome


def test_a_percentage_keeps_every_digit() -> None:
    percent = Decimal("5.00000000000000000000001")
    annual = Value(number=Decimal("1.00000000000000000000001"))
    at_it = Decimal("0.950000000000000000000009399999999999999999999999")
    for number, outcome in ((at_it, RED), (Decimal(f"{at_it}1"), AMBER)):
        given_indicator = indicator().model_copy(
            update={"value": Value(number=number), "target": annual, "annual_target": annual}
        )
        found = rated(given_indicator, Settings(amber_tolerance=percent))
        assert found.outcome is outcome


def test_the_middle_and_the_width_of_a_band_keep_every_digit() -> None:
    band = Band(low=Value(number=TINY), high=Value(number=LARGE))
    assert f"{band.width:f}" == "999999999999999.99999999999999999999999"
    assert f"{band.midpoint:f}" == "500000000000000.000000000000000000000005"


def test_a_band_allows_its_width_whatever_the_amber_tolerance() -> None:
    band = indicator("29", "38-48", polarity=GOLDILOCKS)
    assert rated(band, Settings(amber_tolerance=Decimal(0))).outcome is AMBER


def test_the_green_tolerance_of_a_band_is_of_its_midpoint() -> None:
    settings = Settings(green_tolerance=Decimal(10))  # 10% of 43 is 4.3
    inside, outside = (indicator(v, "38-48", polarity=GOLDILOCKS) for v in ("33.7", "33.69"))
    assert rated(inside, settings).outcome is GREEN
    assert rated(outside, settings).outcome is AMBER


@pytest.mark.parametrize("basis", ToleranceBasis)
@pytest.mark.parametrize(
    ("target", "annual", "at_the_edge", "beyond"),
    [
        ("38-48", "100-120", "33.7", "33.69"),  # 10% of 43
        ("38-48", "200", "33.7", "33.69"),
        ("40", "200", "36", "35.99"),
        ("40", "100-120", "36", "35.99"),
        (None, "40", "36", "35.99"),
        (None, "38-48", "33.7", "33.69"),
    ],
)
def test_tolerances_of_goldilocks_are_of_the_midpoint_of_the_target_in_force(
    basis: ToleranceBasis, target: str | None, annual: str, at_the_edge: str, beyond: str
) -> None:
    settings = Settings(green_tolerance=Decimal(10), amber_tolerance=20, tolerance_basis=basis)
    at, past = (
        rated(indicator(each, target, annual, polarity=GOLDILOCKS), settings)
        for each in (at_the_edge, beyond)
    )
    assert (at.outcome, past.outcome) == (GREEN, AMBER)
    name = "month's" if target else "annual"
    midpoint = "'s midpoint" if "-" in (target or annual) else ""
    assert f"(10% of the {name} target{midpoint}) that is tolerated" in at.reason


@pytest.mark.parametrize(
    ("tolerance", "value_text", "outcome"),
    [
        (Tolerance(amount=Decimal(3), is_percent=True), "87.31%", AMBER),  # 3% of 90 is 2.7
        (Tolerance(amount=Decimal(3), is_percent=True), "87.3%", RED),
        (Tolerance(amount=Decimal(3), is_percent=False), "87.01%", AMBER),  # 3 points
        (Tolerance(amount=Decimal(3), is_percent=False), "87%", RED),
        (Tolerance(amount=Decimal(0), is_percent=False), "89.99%", RED),
    ],
)
def test_an_own_tolerance_replaces_the_amber_one(
    tolerance: Tolerance, value_text: str, outcome: Outcome
) -> None:
    assert rated(indicator(value_text, "90%", "90%", tolerance=tolerance)).outcome is outcome


def test_an_own_tolerance_replaces_the_width_of_a_band() -> None:
    own = Tolerance(amount=Decimal(2), is_percent=False)
    assert rated(indicator("36", "38-48", polarity=GOLDILOCKS, tolerance=own)).outcome is RED


@pytest.mark.parametrize(
    ("value_text", "last_year", "outcome"),
    [
        ("90", "99", GREEN),  # within 10% of the month's target, though worse
        ("89.9", "89.9", AMBER),  # further off, but no worse
        ("89.9", "80", AMBER),
        ("89.9", "90", RED),  # further off and worse
        ("89.9", None, RED),  # nothing says that it is no worse
    ],
)
def test_a_council_that_goes_by_last_year(
    value_text: str, last_year: str | None, outcome: Outcome
) -> None:
    settings = Settings(
        green_tolerance=Decimal(10),
        amber_tolerance=Decimal(10),
        tolerance_basis=ToleranceBasis.MONTHS_TARGET,
        improving_is_amber=True,
    )
    assert rated(indicator(value_text, "100", "1000"), settings, last_year).outcome is outcome


@pytest.mark.parametrize(
    ("polarity", "now", "last_year", "target", "direction"),
    [
        (MAXIMISE, "67.5%", "84.5%", "88.7%", WORSE),
        (MAXIMISE, "4,544", "3,648", "4,580", BETTER),
        (MAXIMISE, "50", "50", None, SAME),
        (MINIMISE, "1.95%", "1.51%", "1.77%", WORSE),
        (MINIMISE, "5", "6", None, BETTER),
        (GOLDILOCKS, "33.49", "31.2", "38-48", BETTER),
        (GOLDILOCKS, "79", "73.8", "57-67", WORSE),
        (GOLDILOCKS, "40", "47", "38-48", SAME),
        (GOLDILOCKS, "36", "50", "38-48", SAME),  # 2 outside on either side
        (GOLDILOCKS, "38", "37", "38-48", BETTER),
        (GOLDILOCKS, "36", "50", None, UNKNOWN),
        (MAXIMISE, "50", None, "50", UNKNOWN),
        (MAXIMISE, None, "50", "50", UNKNOWN),
    ],
)
def test_direction(
    polarity: Polarity, now: str | None, last_year: str | None, target: str | None,
    direction: Direction,
) -> None:  # fmt: skip
    assert direction_of(value(now), value(last_year), polarity, amount(target)) is direction


@pytest.mark.parametrize(
    ("given_indicator", "reason"),
    [
        (
            indicator("1.95%", "1.77%", "1.77%", polarity=MINIMISE),
            "0.18 percentage points over the target of 1.77%, more than the 0.0885 (5% of the"
            " annual target) that"
            " counts as slippage",
        ),
        (
            indicator("6.18", "5.82", "7.20", polarity=MINIMISE),
            "0.36 over the target of 5.82, exactly the 0.36 (5% of the annual target) from which"
            " it is at risk",
        ),
        (
            indicator("35,852", "43,333", "45,000"),
            "7,481 under the target of 43,333, more than the 2,250 (5% of the annual target) that"
            " counts as slippage",
        ),
        (
            indicator("86.60%", "86.70%", "97.50%"),
            "0.1 percentage points under the target of 86.70%, within the 4.875 (5% of the"
            " annual target) that"
            " counts as slippage",
        ),
        (
            indicator("33.49", "38-48", "38-48", polarity=GOLDILOCKS),
            "4.51 under the band of 38-48, within the 10 (one band's width) that counts as"
            " slippage",
        ),
        (
            indicator("£212.40", "£198", None, polarity=MINIMISE),
            "£14.40 over the target of £198, more than the £9.90 (5% of the month's target) that"
            " counts as slippage",
        ),
        (indicator("40", "38-48", polarity=GOLDILOCKS), "inside the band of 38-48"),
        (indicator("33%", "33%"), "exactly the target of 33%"),
        (
            indicator("98.4%", "95%"),
            "3.4 percentage points over the target of 95%, and higher is better",
        ),
        (
            indicator("6,313", "6,660", polarity=MINIMISE),
            "347 under the target of 6,660, and lower is better",
        ),
        (
            indicator("48.50%", None, "46.38%"),
            "2.12 percentage points over the annual target of 46.38% (there is none for the"
            " month), and higher is"
            " better",
        ),
        (
            indicator(None, "74%", no_value_text="TBC"),
            'no value for January 2019: the workbook says "TBC"',
        ),
        (indicator(None, "74%"), "no value for January 2019"),
        (indicator("5", None), "no target for the month, and none for the year"),
        (
            indicator("5", None, no_target_text="Monitor"),
            'no target for the month, and none for the year: the workbook says "Monitor"',
        ),
        (
            indicator("94% (prov)", "≥95%"),
            "1 percentage point under the target of ≥95%, within the 4.75 (5% of the"
            " month's target) that counts as slippage",
        ),
        (
            indicator("£1.2m", "£1.5m"),
            "£300,000 under the target of £1.5m, more than the £75,000 (5% of the month's target)"
            " that counts as slippage",
        ),
        (
            indicator("512 kg", "500 kg", polarity=MINIMISE),
            "12 over the target of 500 kg, within the 25 (5% of the month's target) that counts as"
            " slippage",
        ),
    ],
)
def test_the_reason_has_the_figures(given_indicator: Indicator, reason: str) -> None:
    assert rated(given_indicator).reason == reason


@pytest.mark.parametrize(
    ("polarity", "now", "last_year", "reason"),
    [
        (MAXIMISE, "67.5%", "84.5%", "67.5%, against 84.5% in January 2018; higher is better"),
        (MINIMISE, "1.95%", "1.51%", "1.95%, against 1.51% in January 2018; lower is better"),
        (
            GOLDILOCKS,
            "79",
            "73.8",
            "79, against 73.8 in January 2018; closer to the band is better",
        ),
        (MAXIMISE, "67.5%", None, "no value for January 2018"),
        (MAXIMISE, None, "84.5%", "no value for January 2019"),
    ],
)
def test_the_reason_of_a_direction(
    polarity: Polarity, now: str | None, last_year: str | None, reason: str
) -> None:
    rating = rated(indicator(now, "90", polarity=polarity), last_year=last_year)
    assert direction_reason(rating) == reason


@pytest.mark.parametrize(
    ("name", "now", "outturn", "direction", "told", "ending"),
    [
        # the visits of a quarter are never held against those of a year
        (
            "Visits made",
            "5,022",
            "4,900",
            UNKNOWN,
            "no value for Q3 2017/18, only 4,900 for all of 2017/18",
            "; there is no direction, as last year has only 4,900 for all of 2017/18",
        ),
        ("Average number of days", "21", "20", BETTER, "21, against 20 in 2017/18", ""),
        ("Visits answered", "67.5%", "84.5%", WORSE, "67.5%, against 84.5% in 2017/18", ""),
    ],
)
def test_last_years_outturn_is_compared_with_what_does_not_add_up(
    name: str, now: str, outturn: str, direction: Direction, told: str, ending: str
) -> None:
    quarter = indicator(now, "5", short_name=name, period=period("Q3 2018/19"))
    series = Series(quarter.reading, [reading("CP 1.1", "2017/18", outturn)])
    rating = rate_indicator(quarter, Settings(), series)
    assert rating.direction is direction
    assert direction_reason(rating).removesuffix("; higher is better") == told
    assert rating.reason.partition(", and higher is better")[2] == ending


def test_the_reason_under_other_settings() -> None:
    settings = Settings(
        green_tolerance=Decimal(10), amber_tolerance=Decimal(0), improving_is_amber=True
    )
    reasons = [
        rated(indicator(value_text, "100"), settings, last_year).reason
        for value_text, last_year in (("95", None), ("89", "90"), ("89", "88.5"))
    ]
    tolerated = "(10% of the month's target) that is tolerated"
    assert reasons == [
        f"5 under the target of 100, within the 10 {tolerated}",
        f"11 under the target of 100, more than the 10 {tolerated}",
        f"11 under the target of 100, more than the 10 {tolerated}, but no worse than the 88.5 of"
        " a year ago",
    ]


def test_the_reason_names_an_own_tolerance() -> None:
    own = Tolerance(amount=Decimal(10), is_percent=True)
    assert rated(indicator("95", "100", tolerance=own)).reason == (
        "5 under the target of 100, within the 10 (its own tolerance, 10% of the month's target)"
        " that counts as slippage"
    )


numbers = st.decimals(-10_000, 10_000, places=2)
positive = st.decimals(Decimal("0.01"), 10_000, places=2)
percentages = st.decimals(0, 100, places=1)
settings = st.builds(
    Settings,
    amber_tolerance=percentages,
    green_tolerance=percentages,
    tolerance_basis=st.sampled_from(ToleranceBasis),
    improving_is_amber=st.booleans(),
)


@st.composite
def targets(draw: st.DrawFn, polarity: Polarity) -> Target:
    ends = sorted([draw(numbers), draw(numbers)])
    if polarity is GOLDILOCKS and draw(st.booleans()):
        return Band(low=Value(number=ends[0]), high=Value(number=ends[1]))
    return Value(number=ends[0])


@st.composite
def indicators(draw: st.DrawFn, polarities: list[Polarity]) -> Indicator:
    polarity = draw(st.sampled_from(polarities))
    return indicator(polarity=polarity).model_copy(
        update={
            "value": Value(number=draw(numbers)),
            "target": draw(targets(polarity)),
            "annual_target": draw(st.none() | targets(polarity)),
        }
    )


def with_value(given_indicator: Indicator, number: Decimal) -> Indicator:
    return given_indicator.model_copy(update={"value": Value(number=number)})


ORDER = [RED, AMBER, GREEN]


@given(indicators([MAXIMISE, MINIMISE]), settings, numbers, positive)
def test_a_better_value_is_never_rated_worse(
    worse: Indicator, settings: Settings, last_year: Decimal, gain: Decimal
) -> None:
    assert worse.value
    step = gain if worse.polarity is MAXIMISE else -gain
    better = with_value(worse, worse.value.number + step)
    before = Value(number=last_year)
    outcomes = [beside(each, settings, before).outcome for each in (worse, better)]
    assert ORDER.index(outcomes[0]) <= ORDER.index(outcomes[1])


@given(indicators([GOLDILOCKS]), settings, numbers, positive)
def test_goldilocks_is_symmetric(
    given_indicator: Indicator, settings: Settings, last_year: Decimal, distance: Decimal
) -> None:
    target = given_indicator.target
    assert target
    low, high = (
        (target.low.number, target.high.number)
        if isinstance(target, Band)
        else (target.number, target.number)
    )
    before = Value(number=last_year)
    under = beside(with_value(given_indicator, low - distance), settings, before)
    over = beside(with_value(given_indicator, high + distance), settings, before)
    assert (under.outcome, under.direction) == (over.outcome, over.direction)


@given(indicators(list(Polarity)), settings, numbers, st.sampled_from(["0.01", "0.5", "3", "1000"]))
def test_scaling_value_and_targets_changes_nothing(
    given_indicator: Indicator, settings: Settings, last_year: Decimal, factor: str
) -> None:
    def scaled(target: Target | None) -> Target | None:
        if isinstance(target, Band):
            ends = (Value(number=e.number * Decimal(factor)) for e in (target.low, target.high))
            return Band(low=next(ends), high=next(ends))
        return target and Value(number=target.number * Decimal(factor))

    larger = given_indicator.model_copy(
        update={
            name: scaled(getattr(given_indicator, name))
            for name in ("value", "target", "annual_target")
        }
    )
    first = beside(given_indicator, settings, Value(number=last_year))
    second = beside(larger, settings, Value(number=last_year * Decimal(factor)))
    assert (first.outcome, first.direction) == (second.outcome, second.direction)


@given(indicators(list(Polarity)), settings)
def test_a_met_target_is_on_course_and_every_rating_has_a_reason(
    given_indicator: Indicator, settings: Settings
) -> None:
    target = given_indicator.target
    assert target
    edge = target.high if isinstance(target, Band) else target
    met = rate_indicator(with_value(given_indicator, edge.number), settings)
    assert met.outcome is GREEN
    reason = rate_indicator(given_indicator, settings).reason
    assert reason
    assert "\n" not in reason
