"""Control charts agree with the R package NHSRplotthedots 0.2.2, in every field of every point.

The files in `referee/` are series, the package's points of each and its verdicts. Where it meets a
row without a value it stops, or computes around it: what is charted here has none.
"""

import csv
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import groupby
from math import isclose, isnan
from pathlib import Path

import pytest

from kpi_cli.terms import Polarity, Rule, Variation
from kpi_cli.xmr import Judged, assurance_of, icon_of, judge

REFEREE = Path(__file__).parent / "referee"
POLARITIES = {
    "increase": Polarity.MAXIMISE,
    "decrease": Polarity.MINIMISE,
    "neutral": Polarity.GOLDILOCKS,
}
SIGNALS = {
    "Above UCL": (Rule.OUTSIDE, 1),
    "Below LCL": (Rule.OUTSIDE, -1),
    "7 Point Trend (Increasing)": (Rule.TREND, 1),
    "7 Point Trend (Decreasing)": (Rule.TREND, -1),
    "2 in 3 Above CL": (Rule.TWO_OF_THREE, 1),
    "2 in 3 Below CL": (Rule.TWO_OF_THREE, -1),
    "7 Points Above CL": (Rule.ONE_SIDE, 1),
    "7 Points Below CL": (Rule.ONE_SIDE, -1),
    "Common Cause": None,
}
STOPPED = {"missing as NA in the middle", "NA every other", "all NA",
           "rising with NA in the middle", "CP 3.2 gaps as NA"}  # fmt: skip
"""The package stops at a row without a value."""
SURVIVED = {"NA last", "NA first", "NA in five points", "constant run with NA after six"}
"""The package loses the moving ranges on both sides of a row without a value."""
REFUSED = {"duplicate dates", "fix 11 is refused"}
"""A period has one figure in kpi, and the other is refused below."""
TIE = "fixed limits: points exactly near upl"
"""A point 17 digits long that is meant to be on 5.32/3 + 2, and is just over it: exact arithmetic
says so, and the package's binary fractions don't."""

Row = Mapping[str, str]


def rows(name: str) -> list[Row]:
    with (REFEREE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def by_series(name: str) -> dict[str, list[Row]]:
    ordered = sorted(rows(name), key=lambda row: row["series"])
    return {
        name: sorted(group, key=lambda row: row["x"])
        for name, group in groupby(ordered, key=lambda row: row["series"])
    }


INPUTS = by_series("facts.csv") | by_series("edge.csv")
POINTS = by_series("facts_points.csv") | by_series("edge_points.csv")
SERIES = {row["series"]: row for name in ("facts", "edge") for row in rows(f"{name}_series.csv")}
COMPARED = sorted(SERIES.keys() - STOPPED - SURVIVED - REFUSED - {TIE})


def judged(inputs: Sequence[Row]) -> Sequence[Judged]:
    """Return the points that a series of the referee's has."""
    first = inputs[0]
    return judge(
        [Fraction(row["y"]) for row in inputs],
        rebase={position for position, row in enumerate(inputs) if row["rebase"] == "1"},
        fix_after=int(first["fix_after"]) if first["fix_after"] else None,
        screen=first["screen"] == "TRUE",
    )


def is_number(ours: Fraction | Decimal | None, theirs: str) -> bool:
    """Whether both are one number to nine digits, or both none."""
    if ours is None or isnan(float(theirs)):
        return ours is None and isnan(float(theirs))
    return isclose(ours, float(theirs), rel_tol=1e-9, abs_tol=1e-9)


@pytest.mark.parametrize("name", COMPARED)
def test_every_point_is_as_the_package_has_it(name: str) -> None:
    polarity = POLARITIES[SERIES[name]["direction"]]
    points = judged(INPUTS[name])
    assert len(points) == len(POINTS[name])
    for ours, theirs in zip(points, POINTS[name], strict=True):
        limits, signal = ours.limits, ours.signal
        assert is_number(ours.number, theirs["y"])
        assert is_number(limits.mean, theirs["mean"])
        assert is_number(limits.average_moving_range, theirs["average_moving_range"])
        assert is_number(limits.lower, theirs["lpl"])
        assert is_number(limits.upper, theirs["upl"])
        assert is_number(limits.near_lower, theirs["near_lpl"])
        assert is_number(limits.near_upper, theirs["near_upl"])
        facts = {  # without limits the package leaves some blank: nothing is outside
            "outside_limits": ours.is_outside,
            "close_to_limits": ours.is_close,
            "part_of_trend": ours.in_trend,
            "part_of_two_in_three": ours.in_two_of_three,
            "part_of_one_side": ours.in_one_side,
            "special_cause_flag": signal is not None,
        }
        assert facts == {key: theirs[key] == "TRUE" for key in facts}, theirs["x"]
        assert ours.side == int(theirs["relative_to_mean"])
        assert (signal and tuple(signal)) == SIGNALS[theirs["special_cause_type"]], theirs["x"]
        variation = signal.means(polarity) if signal else Variation.COMMON_CAUSE
        assert variation.key == theirs["point_type"]


@pytest.mark.parametrize("name", COMPARED)
def test_every_verdict_is_as_the_package_has_it(name: str) -> None:
    theirs = SERIES[name]
    polarity = POLARITIES[theirs["direction"]]
    points = judged(INPUTS[name])
    latest = points[-1]
    types = [
        point.signal.means(polarity) if point.signal else Variation.COMMON_CAUSE for point in points
    ]
    assert is_number(latest.limits.mean, theirs["mean"])
    assert is_number(latest.limits.lower, theirs["lpl"])
    assert is_number(latest.limits.upper, theirs["upl"])
    assert types[-1].key == theirs["variation"]
    assert icon_of(types[-1], polarity) == theirs["variation_icon"]
    counts = Counter(types)
    assert [
        counts[each] for each in (Variation.COMMON_CAUSE, Variation.IMPROVEMENT, Variation.CONCERN)
    ] == [int(theirs[key]) for key in ("common_cause", "improvement", "concern")]
    if theirs["target"] and polarity is not Polarity.GOLDILOCKS:
        target = Fraction(INPUTS[name][0]["target"])
        assert assurance_of(latest.limits, target, target, polarity).key == theirs["assurance"]
    else:  # of a band the package says nothing
        assert theirs["assurance"] == ""


def test_what_is_not_compared_is_what_the_package_or_kpi_refuses() -> None:
    with_error = {name for name, row in SERIES.items() if row["error"]}
    assert with_error == STOPPED | (REFUSED & SERIES.keys())
    with_gaps = {name for name, row in SERIES.items() if row["n_missing"] != "0"}
    assert with_gaps == STOPPED | SURVIVED


def test_a_point_just_over_a_near_limit_is_close_to_it() -> None:
    differing = [
        (ours.number, theirs["close_to_limits"])
        for ours, theirs in zip(judged(INPUTS[TIE]), POINTS[TIE], strict=True)
        if ours.is_close is not (theirs["close_to_limits"] == "TRUE")
    ]
    assert differing == [(Fraction("5.5466666666666669"), "FALSE")]
    assert differing[0][0] > 2 + Fraction("5.32") / 3


def test_limits_are_not_fixed_after_fewer_than_twelve() -> None:
    with pytest.raises(ValueError, match="after 12 points or more"):
        judged(INPUTS["fix 11 is refused"])
