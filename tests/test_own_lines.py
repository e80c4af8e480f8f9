"""The columns of thresholds → polarity and lines (domain: Thresholds), and what can't be right."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import Target, Unit, Value, parse_amount
from kpi_cli.conditions import Condition, parse_condition
from kpi_cli.contradictions import Contradiction, Facts, Lines
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Outcome, Polarity, Settings
from kpi_cli.own_lines import lines_from
from kpi_cli.rating import rate_indicator
from kpi_cli.thresholds import Thresholds, polarity_told_by
from tests.builders import amount, indicator, value

MAXIMISE, MINIMISE, GOLDILOCKS = Polarity.MAXIMISE, Polarity.MINIMISE, Polarity.GOLDILOCKS
COLOURS = {"Green": "green_condition", "Amber": "amber_condition", "Red": "red_condition"}


def thresholds(**cells: str) -> Thresholds:
    """Return what a row says: conditions below `green=`, `amber=`, `red=`, else by their fields."""
    said: dict[str, Target | Condition] = {}
    headings = {}
    for name, text in cells.items():
        field = COLOURS.get(name.title(), name)
        headings[field] = INDICATOR_FIELDS[field].heading
        condition, stated = parse_condition(text), parse_amount(text)
        what = condition if field.endswith("condition") or stated is None else stated
        assert what
        said[field] = what
    return Thresholds(said, headings)


def lines(
    polarity: Polarity, target: str | None = None, value_text: str | None = None, **cells: str
) -> Lines | Contradiction:
    facts = Facts(polarity, amount(target), value(value_text))
    return lines_from(thresholds(**cells), facts)


def shown(found: Lines | Contradiction) -> tuple[str | None, str | None]:
    """Return both lines, with the heading of each."""
    assert isinstance(found, Lines), found
    green, red = (each.line.named if each else None for each in found)
    return green, red


@pytest.mark.parametrize(
    ("polarity", "target", "cells", "green", "red"),
    [
        (MAXIMISE, "80%", {"red_threshold": "70%"}, None, "70% (Red Threshold)"),
        (MAXIMISE, "80%", {"amber_threshold": "70%"}, None, "70% (Amber Threshold)"),
        (MINIMISE, "85", {"amber_threshold": "120"}, None, "120 (Amber Threshold)"),
        # as in Pentana: worse than the amber one is amber, worse than the red one red
        (MAXIMISE, "95", {"amber_threshold": "92", "red_threshold": "90"},
         "92 (Amber Threshold)", "90 (Red Threshold)"),
        (MAXIMISE, "95", {"green_threshold": "92", "amber_threshold": "90"},
         "92 (Green Threshold)", "90 (Amber Threshold)"),
        (MAXIMISE, "95", {"green_threshold": "93", "amber_threshold": "91", "red_threshold": "90"},
         "93 (Green Threshold)", "90 (Red Threshold)"),
        (MAXIMISE, None, {"green_threshold": "92"}, "92 (Green Threshold)", None),
        # tolerances as values: the one on the bad side
        (MAXIMISE, "80%", {"lower_tolerance": "70%", "upper_tolerance": "90%"},
         None, "70% (Lower Tolerance)"),
        (MINIMISE, "20", {"lower_tolerance": "10", "upper_tolerance": "30"},
         None, "30 (Upper Tolerance)"),
        (MINIMISE, "20", {"lower_tolerance": "10"}, None, None),
        (GOLDILOCKS, "38-48", {"lower_tolerance": "28", "upper_tolerance": "58"},
         None, "28-58 (Lower Tolerance and Upper Tolerance)"),
        # the gauge of CP 1.1 in the real report
        (GOLDILOCKS, "38-48", {"green_threshold": "34.3-41.7", "red_threshold": "28-48"},
         "34.3-41.7 (Green Threshold)", "28-48 (Red Threshold)"),
        # a scorecard of a hospital
        (MAXIMISE, "95%", {"green": ">=95%", "amber": "90-95%", "red": "<90%"},
         "95% (Green)", "90% (Red)"),
        (MINIMISE, "1%", {"green": "<=1%", "amber": "1-2%", "red": ">2%"},
         "1% (Green)", "2% (Red)"),
        (MINIMISE, "0", {"green": "0", "red": ">0"}, "0 (Green)", "0 (Red)"),
        (MINIMISE, "3", {"green": "<=3", "amber": "4", "red": ">4"}, "3 (Green)", "4 (Red)"),
        (MAXIMISE, None, {"green": "95-100%", "amber": "90-95%", "red": "0-90%"},
         "95% (Green)", "90% (Red)"),
        (MAXIMISE, None, {"green": ">=95", "amber": ">=90", "red": "<90"},
         "95 (Green)", "90 (Red)"),
        (MAXIMISE, None, {"green": ">=95", "amber": "<95", "red": "<90"}, "95 (Green)", "90 (Red)"),
        (MAXIMISE, None, {"green": ">=95", "amber": "90-94.9"}, "95 (Green)", "90 (Amber)"),
        (MAXIMISE, None, {"green": ">=95", "amber": "<95"}, "95 (Green)", None),
        (MAXIMISE, "95", {"red": "below 90"}, None, "90 (Red)"),
        (GOLDILOCKS, "40", {"green": "38-48", "red": "<28 or >58"}, "38-48 (Green)", "28-58 (Red)"),
        # a condition below a threshold
        (MAXIMISE, None, {"green_threshold": ">=95%", "amber_threshold": "90-95%",
                          "red_threshold": "<90%"}, "95% (Green Threshold)", "90% (Red Threshold)"),
        (MAXIMISE, "95", {"red_threshold": "90", "red": "<90"}, None, "90 (Red)"),
        # a red line at the target, and a green one at the red one
        (MAXIMISE, "90", {"green_threshold": "90", "red_threshold": "90"},
         "90 (Green Threshold)", "90 (Red Threshold)"),
    ],
)  # fmt: skip
def test_the_lines_of_a_row(
    polarity: Polarity, target: str | None, cells: dict[str, str], green: str | None,
    red: str | None,
) -> None:  # fmt: skip
    assert shown(lines(polarity, target, **cells)) == (green, red)


@pytest.mark.parametrize(
    ("cells", "green_at", "red_at"),
    [
        ({"green": ">=95", "red": "<90"}, True, True),
        ({"green": ">=95", "red": "<=90"}, True, False),
        ({"green": ">95", "red": "<90"}, False, True),
        ({"green": "95-100", "red": "80-90"}, True, False),
        ({"green": ">=95", "amber": "90-95"}, True, True),
        ({"green": ">=95", "amber": ">90"}, True, False),
        ({"green_threshold": "95", "red_threshold": "90"}, None, None),
    ],
)
def test_what_holds_exactly_at_a_line(
    cells: dict[str, str], green_at: bool | None, red_at: bool | None
) -> None:
    found = lines(MAXIMISE, **cells)
    assert isinstance(found, Lines)
    assert found.green
    assert found.red
    assert (found.green.line.is_good_at_it, found.red.line.is_good_at_it) == (green_at, red_at)


@pytest.mark.parametrize(
    ("value_text", "green", "text", "unit"),
    [
        ("84.3%", ">=95", "95%", Unit.PERCENT),
        ("84.3%", ">=0", "0%", Unit.PERCENT),
        ("84.3%", ">=0.95", "0.95", Unit.NUMBER),  # it could be 95%: a check tells of it
        ("£84", ">=95", "£95", Unit.CURRENCY),
        ("84", ">=95", "95", Unit.NUMBER),
        ("84", ">=95%", "95%", Unit.PERCENT),
    ],
)
def test_a_bare_number_in_a_condition_has_the_unit_of_the_indicator(
    value_text: str, green: str, text: str, unit: Unit
) -> None:
    found = lines(MAXIMISE, None, value_text, green=green)
    assert isinstance(found, Lines)
    assert found.green
    assert (found.green.line.text, found.green.line.amount.unit) == (text, unit)


@pytest.mark.parametrize(
    ("polarity", "target", "cells", "fields", "words"),
    [
        # the wrong side of the target
        (MAXIMISE, "90", {"red_threshold": "95"}, ("red_threshold", "target"),
         "the red line of 95 (Red Threshold) is over the target of 90"),
        (MINIMISE, "90", {"amber_threshold": "85"}, ("amber_threshold", "target"),
         "the red line of 85 (Amber Threshold) is under the target of 90"),
        (MAXIMISE, "90", {"green_threshold": "95"}, ("green_threshold", "target"),
         "the green line of 95 (Green Threshold) is over the target of 90"),
        (GOLDILOCKS, "38-48", {"red_threshold": "40-60"}, ("red_threshold", "target"),
         "the red line of 40-60 (Red Threshold) does not contain the target of 38-48"),
        (GOLDILOCKS, "38-48", {"red_threshold": "28"}, ("red_threshold", "target"),
         "the red line of 28 (Red Threshold) does not contain the target of 38-48"),
        (GOLDILOCKS, "38-48", {"green_threshold": "50-60"}, ("green_threshold", "target"),
         "the green line of 50-60 (Green Threshold) has nothing of the target of 38-48"),
        # green and red
        (MAXIMISE, None, {"green_threshold": "80", "red_threshold": "90"},
         ("green_threshold", "red_threshold"),
         "the green line of 80 (Green Threshold) is under the red line of 90 (Red Threshold)"),
        (MINIMISE, None, {"green": "<=5", "red": ">4"}, ("green_condition", "red_condition"),
         "the green line of 5 (Green) is over the red line of 4 (Red)"),
        (GOLDILOCKS, None, {"green": "38-48", "red": "<40 or >58"},
         ("green_condition", "red_condition"),
         "the green line of 38-48 (Green) goes beyond the red line of 40-58 (Red)"),
        (MAXIMISE, None, {"green": ">=90", "red": "<=90"}, ("green_condition", "red_condition"),
         '">=90" (Green) and "<=90" (Red) have a value in common'),
        # amber
        (MAXIMISE, None, {"green": ">=95", "amber": "85-95", "red": "<90"},
         ("amber_condition", "red_condition"),
         '"85-95" (Amber) is worse than the red line of 90 (Red)'),
        (MINIMISE, None, {"green": "<=3", "amber": "2-4", "red": ">4"},
         ("amber_condition", "green_condition"),
         '"2-4" (Amber) is better than the green line of 3 (Green)'),
        (MAXIMISE, None, {"green_threshold": "95", "amber_threshold": "96", "red_threshold": "90"},
         ("amber_threshold", "green_threshold"),
         "96 (Amber Threshold) is better than the green line of 95 (Green Threshold)"),
        # the polarity
        (MAXIMISE, None, {"green": "<=3"}, ("green_condition", "polarity"),
         '"<=3" (Green) goes against Aim to Maximise'),
        (MINIMISE, None, {"green": "<=3", "red": "<2"}, ("red_condition", "polarity"),
         '"<2" (Red) goes against Aim to Minimise'),
        (GOLDILOCKS, None, {"green": ">=95"}, ("green_condition", "polarity"),
         '">=95" (Green) goes against Goldilocks'),
        (GOLDILOCKS, None, {"green": "38-48", "red": "<28"}, ("red_condition", "polarity"),
         '"<28" (Red) goes against Goldilocks'),
        (MAXIMISE, None, {"green": ">=95", "red": "<80 or >100"}, ("red_condition", "polarity"),
         '"<80 or >100" (Red) goes against Aim to Maximise'),
        # two red lines
        (MAXIMISE, None, {"red_threshold": "70", "red": "<65"}, ("red_threshold", "red_condition"),
         "the red line is 70 (Red Threshold) here, and 65 (Red)"),
        (MAXIMISE, "80", {"amber_threshold": "70", "lower_tolerance": "60"},
         ("lower_tolerance", "amber_threshold"),
         "the red line is 60 (Lower Tolerance) here, and 70 (Amber Threshold)"),
        # tolerances
        (MAXIMISE, "80%", {"lower_tolerance": "5%", "upper_tolerance": "5%"},
         ("lower_tolerance", "target"),
         "5% (Lower Tolerance) and 5% (Upper Tolerance) are not on both sides of the target of"
         " 80%"),
        (GOLDILOCKS, "38-48", {"upper_tolerance": "58"}, ("upper_tolerance", "polarity"),
         "58 (Upper Tolerance) alone makes no band for Goldilocks"),
        (GOLDILOCKS, None, {"lower_tolerance": "58", "upper_tolerance": "28"},
         ("lower_tolerance", "upper_tolerance"),
         "58 (Lower Tolerance) is over 28 (Upper Tolerance)"),
    ],
)  # fmt: skip
def test_thresholds_that_cannot_be_right(
    polarity: Polarity, target: str | None, cells: dict[str, str], fields: tuple[str, str],
    words: str,
) -> None:  # fmt: skip
    found = lines(polarity, target, **cells)
    assert isinstance(found, Contradiction)
    assert (found.field, found.other, found.words) == (*fields, words)
    assert found.hint.endswith(".")


@pytest.mark.parametrize(
    ("target", "cells", "polarity", "words"),
    [
        (None, {"green": ">=95%"}, MAXIMISE, '">=95%" (Green)'),
        (None, {"green": "95% or more"}, MAXIMISE, '"95% or more" (Green)'),
        (None, {"green": "<=3"}, MINIMISE, '"<=3" (Green)'),
        (None, {"green": "0", "red": ">0"}, MINIMISE, '">0" (Red)'),
        (None, {"green": "100%", "red": "<100%"}, MAXIMISE, '"<100%" (Red)'),
        (None, {"red": "below 90"}, MAXIMISE, '"below 90" (Red)'),
        (None, {"green": "38-48"}, GOLDILOCKS, '"38-48" (Green)'),
        (None, {"green": "38-48", "red": "<28 or >58"}, GOLDILOCKS, '"<28 or >58" (Red)'),
        (None, {"green": "95-100%", "red": "0-90%"}, MAXIMISE,
         '"0-90%" (Red) is under "95-100%" (Green)'),
        (None, {"green": "0-5", "amber": "5-8", "red": "8-100"}, MINIMISE,
         '"8-100" (Red) is over "0-5" (Green)'),
        ("80%", {"red_threshold": "70%"}, MAXIMISE,
         "70% (Red Threshold) is under the target of 80%"),
        ("85", {"amber_threshold": "120"}, MINIMISE,
         "120 (Amber Threshold) is over the target of 85"),
        (None, {"amber_threshold": "92", "red_threshold": "90"}, MAXIMISE,
         "90 (Red Threshold) is under 92 (Amber Threshold)"),
        ("38-48", {"red_threshold": "28-58"}, GOLDILOCKS,
         "28-58 (Red Threshold) is around the target of 38-48"),
    ],
)  # fmt: skip
def test_thresholds_tell_the_polarity(
    target: str | None, cells: dict[str, str], polarity: Polarity, words: str
) -> None:
    told = polarity_told_by(thresholds(**cells), amount(target))
    assert told
    assert (told.polarity, told.words) == (polarity, words)


@pytest.mark.parametrize(
    ("target", "cells"),
    [
        ("80", {}),
        ("80", {"red_threshold": "80"}),
        (None, {"red_threshold": "70"}),
        (None, {"green": "95"}),
        ("80", {"lower_tolerance": "70", "upper_tolerance": "90"}),
    ],
)
def test_some_thresholds_tell_no_polarity(target: str | None, cells: dict[str, str]) -> None:
    assert polarity_told_by(thresholds(**cells), amount(target)) is None


numbers = st.decimals(-1000, 1000, places=1)
signs = st.sampled_from([("{} or more", "<{}"), (">{}", "<{}"), ("{} or more", "<={}")])


@given(signs, numbers, numbers, numbers, st.booleans())
def test_conditions_keep_their_meaning(
    sign: tuple[str, str], one: Decimal, other: Decimal, number: Decimal, is_mirrored: bool
) -> None:
    """Green where Green's holds, red where Red's holds, or else amber."""
    red, green = sorted([one, other])
    texts = sign[0].format(green), sign[1].format(red)
    if is_mirrored:
        swap = str.maketrans("<>", "><")
        texts = sign[0].format(red).replace("more", "less"), sign[1].format(green)
        texts = texts[0].translate(swap), texts[1].translate(swap)
    cells = thresholds(green=texts[0], red=texts[1])
    told = polarity_told_by(cells, None)
    assert told
    assert told.polarity is (MINIMISE if is_mirrored else MAXIMISE)
    found = lines_from(cells, Facts(told.polarity))
    conditions = [parse_condition(text) for text in texts]
    is_green, is_red = (bool(each and each.holds(number)) for each in conditions)
    if isinstance(found, Contradiction):
        assert red == green
        return
    assert found.green
    assert found.red
    own = indicator(
        str(number), None, polarity=told.polarity,
        green_line=found.green.line, red_line=found.red.line,
    )  # fmt: skip
    outcome = rate_indicator(own, Settings()).outcome
    assert not (is_green and is_red)
    assert outcome is (
        Outcome.ON_COURSE if is_green else Outcome.AT_RISK if is_red else Outcome.SLIPPAGE
    )


@given(numbers, numbers, numbers, st.sampled_from([MAXIMISE, MINIMISE]))
def test_lines_are_never_on_the_wrong_side_of_each_other_or_of_the_target(
    green: Decimal, red: Decimal, target: Decimal, polarity: Polarity
) -> None:
    cells = {"green_threshold": green, "red_threshold": red}
    said = {field: Value(number=number) for field, number in cells.items()}
    own = Thresholds(said, {field: field for field in cells})
    found = lines_from(own, Facts(polarity, Value(number=target)))
    order = [red, green, target] if polarity is MAXIMISE else [target, green, red]
    assert isinstance(found, Lines) is (order == sorted(order))
