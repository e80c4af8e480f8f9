"""The formulas of the outturn: cases worked by hand, and what holds for any figures."""

import fractions
from fractions import Fraction
from itertools import accumulate
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kpi_cli.forecasting.outturn import Outturn, outturn
from kpi_cli.forecasting.outturn_kinds import Basis, Kind, Refusal, Why, kind_of
from kpi_cli.forecasting.year_profiles import largest_of_most, on_profile, pace
from kpi_cli.forecasting.year_to_date import YearToDate
from tests.builders import reading
from tests.running import calls_within

QUARTER = Fraction(3)  # of a year, in months
MONTHS = [f"{name} 2018" for name in ("April", "May", "June", "July", "August", "September")]
MONTHS += ["October 2018", "November 2018", "December 2018"]
MONTHS += ["January 2019", "February 2019", "March 2019"]
QUARTERS = ["Q1 2018/19", "Q2 2018/19", "Q3 2018/19", "Q4 2018/19"]


def numbered(*figures: Any) -> dict[int, Fraction]:
    """Return figures by their numbers from 1 on; None leaves one out."""
    return {n: Fraction(each) for n, each in enumerate(figures, start=1) if each is not None}


def known(
    *values: str | None,
    targets: tuple[str | None, ...] = (),
    annual: Any = None,
    last: tuple[str | None, ...] = (),
    last_targets: tuple[str | None, ...] = (),
    periods: list[str] = MONTHS,
) -> YearToDate:
    """Return a year of which these values and targets are known, and of last year those."""
    length = len(periods)

    def at(figures: tuple[str | None, ...], number: int) -> str | None:
        return figures[number] if number < len(figures) else None

    readings = {
        n + 1 - back: reading("CP 1.1", period, at(these, n), at(those, n))
        for back, these, those in ((length, last, last_targets), (0, values, targets))
        for n, period in enumerate(periods)
        if at(these, n) or at(those, n)
    }
    number = None if annual is None else Fraction(annual)
    now = max(n + 1 for n, value in enumerate(values) if value)
    return YearToDate(readings, number, number, length, now, length)


def made(found: Outturn | Refusal) -> Outturn:
    """Return a forecast that was not refused."""
    assert isinstance(found, Outturn), found
    return found


def span(found: Outturn) -> tuple[object, ...]:
    """Return a forecast and the ends of its range."""
    return found.value, found.low, found.high


def refused(found: Outturn | Refusal | Kind) -> tuple[Why, str]:
    """Return why there is no forecast."""
    assert isinstance(found, Refusal), found
    return found.why, found.reason


# Worked by hand


def test_pace_and_profile_agree_on_a_straight_year() -> None:
    values, profile = numbered(10, 20, 30), numbered(*range(10, 130, 10))
    assert pace(values, 3, 12, step=3) == 120
    assert on_profile(values, profile, 3, 12, QUARTER) == 120


def test_half_of_a_profile_in_september() -> None:
    """The weight is 6/9: 30 + 60 × (1 + 2/3 × (30/60 − 1)) = 70."""
    profile = numbered(*range(10, 130, 10))
    assert on_profile({6: Fraction(30)}, profile, 6, 12, QUARTER) == 70


def test_council_tax_in_january_on_the_targets_profile() -> None:
    """The weight is 10/13: 86.60 + 10.80 × (1 + (86.60/86.70 − 1) × 10/13)."""
    profile = {10: Fraction("86.70"), 12: Fraction("97.50")}
    found = on_profile({10: Fraction("86.60")}, profile, 10, 12, QUARTER)
    assert round(found, 4) == Fraction("97.3904")


@pytest.mark.parametrize(
    ("values", "at", "comes_to"),
    [
        (numbered(10, 30, 60, 100), 4, 340),  # 30 a month since April
        (numbered(10, 30, None, 100), 4, 340),
        (numbered(None, 30, 60, 100, 130), 5, Fraction(1090, 3)),  # 100/3 a month since May
        (numbered(None, None, 60, 100), 4, 300),  # 25 a month since the year began
        (numbered(10, 30), 2, 180),
    ],
)
def test_the_pace_is_that_of_three_months(
    values: dict[int, Fraction], at: int, comes_to: Fraction
) -> None:
    assert pace(values, at, 12, step=3) == comes_to


@pytest.mark.parametrize(
    ("count", "rank"), [(1, 1), (3, 3), (4, 4), (8, 8), (9, 8), (10, 9), (15, 13), (29, 24)]
)
def test_four_in_five_errors_are_no_larger(count: int, rank: int) -> None:
    errors = [Fraction(number) for number in range(count, 0, -1)]
    assert largest_of_most(errors) == rank


def test_errors_are_put_in_order_as_whole_numbers() -> None:
    """A fraction takes many times as long to compare."""
    errors = [Fraction(number * 37 % 100, 7) for number in range(100)]
    assert largest_of_most(errors) == Fraction(80, 7)
    assert 0 < calls_within(fractions, largest_of_most, errors) <= 4 * len(errors)


def test_a_forecast_worked_by_hand() -> None:
    """Along the targets every month's miss is 0 where the pace misses: the profile alone counts."""
    targets = ("10", "30", "60", "100")
    found = made(outturn(known("10", "30", "60", "100", targets=targets, annual=300), _ADDS))
    assert span(found) == (300, 300, 300)
    assert (found.method, found.past_errors) == ("on the target's profile", 3)
    assert found.on_target == 300
    assert found.on_last_year is None


def test_a_range_worked_by_hand() -> None:
    """Values twice a straight profile, in June and an error of each of two years' months.

    April: weight 1/4, so 20 + 10 × (1 + 1/4) = 32.5 on the profile and 40 at the pace: 36.25 for
    40, off by 3.75, 0.375 of the 10. May: weight 2/5, so 40 + 14 = 54 and 60: 57 for 60, off by
    0.3. June: weight 1/2, so 60 + 15 = 75 and 80: 77.5 for 80, off by 0.25. The largest of three
    errors counts.
    """
    straight = tuple(str(number) for number in range(10, 50, 10))
    found = made(outturn(known("20", "40", "60", "80", targets=straight, annual=120), _ADDS))
    on = 80 + 80 * (1 + Fraction(4, 7))
    assert found.value == (on + 240) / 2
    assert found.high - found.value == Fraction("0.375") * 80
    assert found.method == "on the target's profile with the pace of the last three months"
    assert found.past_errors == 3


def test_both_profiles_count_for_half_each() -> None:
    last = tuple(str(number) for number in range(10, 130, 10))
    found = made(
        outturn(
            known("20", "40", "60", "80", targets=("5", "10", "20", "40"), annual=160, last=last),
            _ADDS,
        )
    )
    assert found.on_last_year is not None
    assert found.on_target is not None
    assert found.value == (found.on_last_year + found.on_target) / 2
    assert found.past_errors == 6


def test_last_years_figures_are_no_trial_of_targets_that_fell() -> None:
    options: Any = {"targets": ("10", "30", "60", "100"), "annual": 300, "last": ("9", "29", "60")}
    values = ("10", "30", "60", "100")
    rising = made(outturn(known(*values, last_targets=("10", "30", "60"), **options), _ADDS))
    falling = made(outturn(known(*values, last_targets=("10", "30", "20"), **options), _ADDS))
    assert (rising.past_errors, falling.past_errors) == (5, 3)


def test_a_running_total_goes_on_at_its_pace() -> None:
    """3 a month since October; guesses two months ahead were off by 0, 0, 0, 0 and lastly by 3."""
    values = ("100", "102", "104", "106", "108", "110", "112", "114", "116", "121")
    found = made(outturn(known(*values), Kind.RUNNING_TOTAL))
    assert span(found) == (127, 124, 130)
    assert found.past_errors == 5
    assert found.method == "running total, which goes on at the pace of the last three months"


def test_a_level_stays() -> None:
    """Pairs two months apart moved by 1, 1, 5, 2: four errors, of which the largest counts."""
    found = made(outturn(known("50", "52", "51", "53", "56", "51", *(None,) * 3, "51"), _STAYS))
    assert span(found) == (51, 46, 56)
    assert found.past_errors == 4
    assert found.method == "stays where it is, give or take what it moved in 2 months before"


_ADDS, _STAYS = Kind.ACCUMULATES, Kind.LEVEL


# Which kind a series is


@pytest.mark.parametrize(
    ("values", "options", "kind"),
    [
        (("27.3", "26.5"), {"targets": ("90", "90"), "annual": 90}, _STAYS),  # a rate to date
        (("27.3",), {"targets": ("88.2",), "annual": 90}, _STAYS),  # just within 2%
        (("27.3",), {"targets": ("88.19",), "annual": 90}, Kind.RUNNING_TOTAL),
        # up to January; later even the targets of what adds up are near the annual one
        (("27.3",), {"targets": ("90",) * 10 + ("70",), "annual": 90}, _STAYS),
        (("27.3",), {"targets": ("90",) * 9 + ("70",), "annual": 90}, Kind.RUNNING_TOTAL),
        (("379",), {"targets": ("414",), "annual": 5740}, _ADDS),
        (("1",), {"targets": ("1913",), "annual": 5740}, _ADDS),  # under 4/12 of the annual target
        (("1",), {"targets": ("1914",), "annual": 5740}, Kind.RUNNING_TOTAL),
        ((None, None, "1"), {"targets": (None, None, "50"), "annual": 100}, _ADDS),  # 6/12
        ((None, None, "1"), {"targets": (None, None, "51"), "annual": 100}, Kind.RUNNING_TOTAL),
        (("37549",), {"targets": ("35833",), "annual": 45000}, Kind.RUNNING_TOTAL),
        (("10",), {"last": ("9",) * 11 + ("30",)}, _ADDS),
        (("11",), {"last": ("9",) * 11 + ("30",)}, _STAYS),
        # Targets of 0 tell nothing of a count that there should be none of: last year does.
        (("1", "2"), {"targets": ("0", "0"), "annual": 0, "last": ("1",) * 11 + ("9",)}, _ADDS),
    ],
)
def test_targets_and_last_year_tell_the_kind(
    values: tuple[str | None, ...], options: dict[str, Any], kind: Kind
) -> None:
    assert kind_of(known(*values, **options), Basis.CUMULATIVE) is kind


@pytest.mark.parametrize(
    ("options", "kind"),
    [
        ({}, _STAYS),
        ({"targets": ("90",), "annual": 90}, _STAYS),
        ({"targets": ("80",), "annual": 90}, _STAYS),
        ({"targets": ("9",), "annual": 90}, _ADDS),  # such as a tax collected
        ({"targets": (None,) * 8 + ("80",), "annual": 90}, _STAYS),  # late targets tell nothing
    ],
)
def test_a_rate_without_a_basis_stays_unless_its_targets_add_up(
    options: dict[str, Any], kind: Kind
) -> None:
    assert kind_of(known("50", **options), Basis.RATE) is kind


def test_a_level_is_one_whatever_its_targets_say() -> None:
    assert kind_of(known("1", targets=("1",), annual=12), Basis.LEVEL) is _STAYS


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"annual": 100},
        {"targets": ("9",)},
        {"targets": ("0",), "annual": 0},
        {"last": ("0",) * 12},
        {"last": ("1",) * 11},
    ],
)
def test_a_count_of_which_nothing_is_known_is_refused(options: dict[str, Any]) -> None:
    assert refused(kind_of(known("50", **options), Basis.CUMULATIVE)) == (
        Why.UNTOLD,
        "neither targets of its months beside an annual one nor the whole of last year tell how its"
        " figures add up",
    )


def test_a_count_whose_name_does_not_tell_is_refused() -> None:
    assert refused(kind_of(known("50", targets=("9",), annual=90), Basis.UNTOLD)) == (
        Why.UNTOLD,
        "its short name does not say whether its figures add up over the year, as"
        ' "[Cumulative YTD]" or "[Monthly Snapshot]" at its end would',
    )


# What is refused

_RISING = tuple(str(number) for number in range(10, 130, 10))


@pytest.mark.parametrize(
    ("values", "options", "kind", "reason"),
    [
        (
            ("10", "20"),
            {"targets": _RISING[:2], "annual": 120},
            _ADDS,
            "only 2 months of 2018/19 have values, and it takes 3",
        ),
        (
            ("10", None, None, None, "50"),
            {"targets": _RISING[:5], "annual": 120},
            _ADDS,
            "only 2 months of 2018/19 have values, and it takes 3",
        ),
        (
            ("1,010", "2,020", "30"),
            {"targets": _RISING[:3], "annual": 120},
            _ADDS,
            "it falls from 2,020 to 30 in June 2018, so it is no running count",
        ),
        (
            ("-10", "20", "30"),
            {"targets": _RISING[:3], "annual": 120},
            _ADDS,
            "its -10 in April 2018 is below 0, so it is no running count",
        ),
        (
            ("10", "20", "30"),
            {},
            _ADDS,
            "there is no profile to go by: last year has none of its 12 months, and there is no"
            " annual target beside one for June 2018",
        ),
        (
            ("10", "20", "30"),
            {"last": _RISING[:11], "targets": _RISING[:2], "annual": 120},
            _ADDS,
            "there is no profile to go by: last year has 11 of its 12 months, and there is no"
            " annual target beside one for June 2018",
        ),
        (
            ("10", "20", "30"),
            {"last": (*_RISING[:11], "100"), "targets": ("10", "20", "120"), "annual": 120},
            _ADDS,
            "there is no profile to go by: last year's figures fall or stand still, and its targets"
            " don't rise to the annual one",
        ),
        (
            ("10", "20", "30"),
            {"targets": ("0", "0", "0"), "annual": 120},
            _ADDS,
            "there is no profile to go by: last year has none of its 12 months, and its targets"
            " don't rise to the annual one",
        ),
        (
            ("10", "20", "30"),
            {"targets": _RISING[:3], "annual": 120},
            _ADDS,
            "only 2 past errors can tell how wide the range is, and it takes 3",
        ),
        (
            ("10", None, "30", None, "50"),
            {"targets": _RISING[:5], "annual": 120},
            _ADDS,
            "no past error can tell how wide the range is, and it takes 3",
        ),
        (
            ("10", "20", "15", "30"),
            {},
            Kind.RUNNING_TOTAL,
            "it falls from 20 to 15 in June 2018, within the last twelve months",
        ),
        (
            ("10", "20", "30", "40"),
            {},
            Kind.RUNNING_TOTAL,
            "no past error can tell how wide the range is, and it takes 3",
        ),
        (
            _RISING[:8],
            {},
            Kind.RUNNING_TOTAL,
            "only 1 past error can tell how wide the range is, and it takes 3",
        ),
        (
            ("10",),
            {},
            _STAYS,
            "the history shows no move over 11 months, and a range takes 4",
        ),
        (
            _RISING[:7],
            {},
            _STAYS,
            "the history shows only 2 moves over 5 months, and a range takes 4",
        ),
        (
            ("10", "20"),
            {"periods": QUARTERS},
            _STAYS,
            "the history shows no move over 2 quarters, and a range takes 4",
        ),
        (
            ("10",),
            {"periods": QUARTERS, "targets": ("10",), "annual": 40},
            _ADDS,
            "only 1 quarter of 2018/19 has a value, and it takes 2",
        ),
    ],
)
def test_each_refusal_says_why(
    values: tuple[str | None, ...], options: dict[str, Any], kind: Kind, reason: str
) -> None:
    assert refused(outturn(known(*values, **options), kind))[1] == reason


# Where figures end


def test_a_percentage_ends_at_100_unless_one_has_been_above() -> None:
    moves = ("80%", "95%", "80%", "95%", "80%", "95%", "80%", None, None, None, "97%")
    found = made(outturn(known(*moves), _STAYS))
    assert span(found) == (97, 82, 100)
    above = made(outturn(known("101%", *moves[1:]), _STAYS))
    assert above.high > 100


def test_a_percentage_that_adds_up_ends_at_100() -> None:
    targets = ("10%", "20%", "30%", "40%")
    found = made(outturn(known("20%", "40%", "60%", "80%", targets=targets, annual=90), _ADDS))
    assert found.uncapped > 100
    assert found.value == found.high == 100


def test_a_level_ends_at_0_unless_one_has_been_below() -> None:
    moves = ("1", "9", "1", "9", "1", "9", None, None, None, None, "2")
    assert made(outturn(known(*moves), _STAYS)).low == 0
    assert made(outturn(known("-1", *moves[1:]), _STAYS)).low < 0


# Quarters and halves


def test_quarters_are_forecast_by_the_same_formulas() -> None:
    """After two quarters the weight is 2/3, as after six months; the pace is the last quarter's."""
    options: Any = {"targets": ("10", "20"), "annual": 40, "last": ("8", "16", "24", "32")}
    options |= {"last_targets": ("9", "18", "27", "36"), "periods": QUARTERS}
    found = made(outturn(known("12", "23", **options), _ADDS))
    on_last_year = 23 + 16 * (1 + Fraction(2, 3) * (Fraction(23, 16) - 1))
    on_target = 23 + 20 * (1 + Fraction(2, 3) * (Fraction(23, 20) - 1))
    at_pace = 23 + 2 * 11
    both = [(on_last_year + at_pace) / 2, (on_target + at_pace) / 2]
    assert [found.on_last_year, found.on_target] == both
    assert found.method.endswith(", with the pace of the last quarter")
    assert found.past_errors == 1 + 1 + 3


def test_a_half_year_stays_by_what_halves_moved() -> None:
    halves = ["H1 2018/19", "H2 2018/19"]
    year = known("51", last=("50", "53"), periods=halves)
    earlier = {n: reading("CP 1.1", "H1 2016/17", str(50 + n)) for n in (-2, -3)}
    long = YearToDate({**earlier, **year.readings}, None, None, 2, 1, 2)
    found = made(outturn(long, _STAYS))
    assert found.value == 51
    assert found.past_errors == 4
    assert found.method == "stays where it is, give or take what it moved in 1 half-year before"


# What holds for any figures

_amounts = st.lists(st.integers(1, 500), min_size=12, max_size=12)


def _year(
    values: list[int], targets: list[int], last: list[int], now: int, scale: int = 1
) -> YearToDate:
    """Return a year in which these amounts come to so many periods, and the whole of last year."""

    def running(amounts: list[int], to: int) -> tuple[str, ...]:
        return tuple(str(scale * sum(amounts[: number + 1])) for number in range(to))

    annual = sum(targets) * scale
    return known(
        *running(values, now), targets=running(targets, now), annual=annual, last=running(last, 12)
    )


@given(_amounts, _amounts, _amounts, st.integers(4, 11), st.integers(2, 1000))
def test_scaling_all_figures_scales_the_forecast(
    values: list[int], targets: list[int], last: list[int], now: int, scale: int
) -> None:
    one = made(outturn(_year(values, targets, last, now), _ADDS))
    other = made(outturn(_year(values, targets, last, now, scale), _ADDS))
    for name in ("value", "low", "high", "on_last_year", "on_target"):
        assert getattr(other, name) == getattr(one, name) * scale


@given(_amounts, _amounts, _amounts, st.integers(4, 11))
def test_the_range_holds_the_forecast_and_does_not_begin_below_the_value(
    values: list[int], targets: list[int], last: list[int], now: int
) -> None:
    found = made(outturn(_year(values, targets, last, now), _ADDS))
    assert sum(values[:now]) <= found.low <= found.value <= found.high


@given(st.lists(st.integers(-500, 500), min_size=12, max_size=12), st.integers(1, 11))
def test_the_range_of_a_level_holds_it(values: list[int], now: int) -> None:
    found = outturn(known(*map(str, values[:now]), last=tuple(map(str, values))), _STAYS)
    assume(isinstance(found, Outturn))
    assert made(found).low <= made(found).value <= made(found).high


@given(_amounts, st.integers(1, 11))
def test_a_year_that_is_its_profile_ends_as_the_profile(amounts: list[int], now: int) -> None:
    profile = numbered(*accumulate(amounts))
    values = {number: value for number, value in profile.items() if number <= now}
    assert on_profile(values, profile, now, 12, QUARTER) == profile[12]
