"""Control charts of indicators: what is charted, the verdicts, and why there is none."""

import csv
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli import rate, read_workbook
from kpi_cli.amounts import Value
from kpi_cli.history import History
from kpi_cli.models import Indicator, Polarity, Report
from kpi_cli.periods import Month, Period
from kpi_cli.spc import ControlChart, control_chart
from kpi_cli.terms import Assurance, Charted, Rule, Variation
from tests.builders import indicator, period, reading

SAMPLE = Path(__file__).parent.parent / "sample_workbooks" / "southend_january_2019.xlsx"
OUTSIDE = "the limits describe the months before; the latest month is outside them"
ROLLING = "rolling figures overlap, so this chart signals too often"
NOISE = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8, 9, 7, 9, 3, 2, 3, 8, 4, 6, 2, 6, 4]


@pytest.fixture(scope="module")
def report() -> Report:
    return rate(read_workbook(SAMPLE))


def chart_in(report: Report, code: str) -> ControlChart:
    rating = next(each for each in report.ratings if each.indicator.code == code)
    return control_chart(rating.indicator, rating.series)


def chart(
    values: Sequence[str | int | None],
    *,
    basis: str | None = "Monthly Snapshot",
    first: Period | None = None,
    targets: Sequence[str | None] = (),
    target: str | None = None,
    annual: str | None = None,
    polarity: Polarity = Polarity.MAXIMISE,
    later: Sequence[str] = (),
) -> ControlChart:
    """Return the chart of values from April 2017 on, the last one being the indicator's own."""
    start = first or period("April 2017")
    texts = [None if each is None else str(each) for each in values]
    periods = [start.after(number) for number in range(len(texts) + len(later))]
    past_targets = [*targets, *[None] * len(periods)]
    history = History(
        reading("CP 1.1", "April 2017", text, past_targets[number])._replace(period=when)
        for number, (when, text) in enumerate(zip(periods, [*texts, *later], strict=True))
        if number != len(texts) - 1
    )
    own: Indicator = indicator(
        texts[-1],
        target or past_targets[len(texts) - 1],
        annual,
        polarity=polarity,
        short_name=f"Visits [{basis}]" if basis else "Visits",
        period=periods[len(texts) - 1],
    )
    return control_chart(own, history.series(own.reading))


def totals(amounts: Sequence[int], year: int = 12) -> list[str | int | None]:
    """Return the totals to date that amounts make, which start again after so many."""
    return [sum(amounts[number - number % year : number + 1]) for number in range(len(amounts))]


def by_code() -> dict[str, dict[str, str]]:
    path = Path(__file__).parent / "referee" / "expected_sample.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: row for row in csv.DictReader(file)}


EXPECTED = by_code()
CHARTED = sorted(code for code, row in EXPECTED.items() if row["mean"])


@pytest.mark.parametrize("code", CHARTED)
def test_the_sample_is_charted_as_the_package_charts_it(report: Report, code: str) -> None:
    found, row = chart_in(report, code), EXPECTED[code]
    assert found.reason is None
    assert found.count == len(found.points) == int(row["points"])
    for number, theirs in (
        (found.mean, row["mean"]),
        (found.lower_limit, row["lpl"]),
        (found.upper_limit, row["upl"]),
    ):
        assert f"{number:.6g}" == f"{float(theirs):.6g}"
    assert found.variation
    assert found.variation.key == row["variation"]
    assert found.assurance
    assert found.assurance.key == row["assurance"]
    assert found.target
    if isinstance(found.target, Value):
        assert round(found.target.number, 3) == Decimal(row["target"])
    else:
        assert found.target.text == row["target"]
    flagged = sum(point.rule is not None for point in found.points)
    rule = found.rule.key if found.rule else None
    assert row["detail"] == f"{flagged} flagged; last: {rule}"


@pytest.mark.parametrize(
    ("code", "icon", "since", "missing", "charted", "notes"),
    [
        ("CP 1.1", "common_cause", None, 0, "value", ()),
        ("CP 1.2", "neutral_high", "2019-01", 0, "value", (OUTSIDE,)),
        ("CP 1.4", "common_cause", None, 0, "value", ()),
        (
            "CP 3.2",
            "concern_low",
            "2018-12",
            3,
            "value",
            (
                ROLLING,
                "3 months missing (May–July 2018): the months beside them are treated as"
                " neighbours",
                "trial limits: 19 months, 20 make them firm",
                OUTSIDE,
            ),
        ),
        ("CP 3.9", "common_cause", None, 0, "monthly_amount", ()),
        ("CP 4.8", "concern_high", "2018-11", 0, "value", (OUTSIDE,)),
        ("CP 5.4", "common_cause", None, 0, "monthly_amount", ()),
    ],
)
def test_the_sample_says_what_a_reader_has_to_know(
    report: Report,
    code: str,
    icon: str,
    since: str | None,
    missing: int,
    charted: str,
    notes: tuple[str, ...],
) -> None:
    found = chart_in(report, code)
    assert found.variation_icon == icon
    assert (str(found.since.last) if found.since else None) == since
    assert len(found.missing) == missing
    assert found.charted.key == charted
    assert found.notes == notes


@pytest.mark.parametrize(
    ("code", "sentence", "of_the_target"),
    [
        (
            "CP 1.1",
            "33.49 is between the limits of 30.9 and 42.4, and ends no trend or run",
            "the limits of 30.9 and 42.4 are partly inside the band of 38-48",
        ),
        (
            "CP 1.2",
            "79 is over the upper limit of 78.0",
            "the limits of 70.7 and 78.0 are outside the band of 57-67",
        ),
        (
            "CP 1.4",
            "92.1% is between the limits of 67.8% and 95.3%, and ends no trend or run",
            "the target of 95% is between the limits of 67.8% and 95.3%",
        ),
        (
            "CP 3.2",
            "67.5% is under the lower limit of 72.4%",
            "the target of 88.7% is over the upper limit of 88.5%",
        ),
        (
            "CP 3.9",
            "465 is between the limits of 176 and 651, and ends no trend or run",
            "the target of 478.3 is between the limits of 176 and 651",
        ),
        (
            "CP 4.8",
            "1.95% is over the upper limit of 1.73%",
            "the target of 1.77% is over the upper limit of 1.73%",
        ),
        (
            "CP 5.4",
            "0.73 is between the limits of 0.38 and 0.83, and ends no trend or run",
            "the target of 0.60 is between the limits of 0.38 and 0.83",
        ),
    ],
)
def test_the_verdicts_of_the_sample_in_sentences(
    report: Report, code: str, sentence: str, of_the_target: str
) -> None:
    found = chart_in(report, code)
    assert (found.text, found.assurance_text) == (sentence, of_the_target)


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("CP 1.5", "1 month; a control chart needs 12"),
        ("CP 2.3", "a cumulative percentage has no monthly figure"),
        ("CP 2.4", "1 month; a control chart needs 12"),
        ("CP 3.1", "0 months; a control chart needs 12"),
        ("CP 3.10", "a cumulative percentage has no monthly figure"),
        ("CP 3.11", "10 months; a control chart needs 12"),
        (
            "CP 3.13",
            "the target is the annual one all year, as a rate's is, and a cumulative rate has no"
            " monthly figure",
        ),
        ("CP 4.3", "a cumulative percentage has no monthly figure"),
        ("CP 4.4", "a cumulative percentage has no monthly figure"),
        (
            "CP 4.10",
            "the target is the annual one all year, as a rate's is, and a cumulative rate has no"
            " monthly figure",
        ),
        (
            "CP 5.5",
            "it falls from 39,910 to 26,450 in September 2018, so it is no running count",
        ),
    ],
)
def test_what_of_the_sample_has_no_chart_says_why(report: Report, code: str, reason: str) -> None:
    found = chart_in(report, code)
    assert found == ControlChart(found.charted, found.count, reason=reason)
    assert found.text == reason
    assert found.assurance_text is None
    assert found.count == (int(EXPECTED[code]["points"] or 0) if code in EXPECTED else found.count)


def test_every_indicator_of_the_sample_has_a_chart_or_a_reason(report: Report) -> None:
    charts = [control_chart(each.indicator, each.series) for each in report.ratings]
    assert len(charts) == 29
    assert sum(each.reason is None for each in charts) == len(CHARTED) == 7
    assert all((each.variation is None) is (each.reason is not None) for each in charts)


@pytest.mark.parametrize(
    ("when", "code", "count", "sentence"),
    [
        ("June 2018", "CP 1.4", 15, "the last 8 figures, since November 2017, are all over the"
         " mean of 78.71%"),
        ("June 2018", "CP 5.5", 14, "2 of the last 3 figures are close to the lower limit of 563:"
         " 610 in May 2018 and 651 in June 2018"),
        ("June 2018", "CP 3.2", 13, "86.2% is between the limits of 74.7% and 90.2%, and ends no"
         " trend or run"),
    ],
)  # fmt: skip
def test_a_chart_ends_with_the_reports_period(
    when: str, code: str, count: int, sentence: str
) -> None:
    found = chart_in(rate(read_workbook(SAMPLE), when), code)
    assert (found.count, found.text) == (count, sentence)


def test_a_total_that_goes_on_from_year_to_year_is_charted_by_its_steps() -> None:
    """CP 5.5 until June 2018: 21,250 in April is 61% of the 35,000 of the year."""
    found = chart_in(rate(read_workbook(SAMPLE), "June 2018"), "CP 5.5")
    amounts = [point.value.text for point in found.points[-5:]]
    assert amounts == ["832", "873", "844", "610", "651"]
    assert found.points[0].period.label == "May 2017"
    assert (found.target, found.assurance) == (None, None)


@pytest.mark.parametrize(
    ("count", "reason", "notes"),
    [
        (11, "11 months; a control chart needs 12", ()),
        (12, None, ("trial limits: 12 months, 20 make them firm",)),
        (19, None, ("trial limits: 19 months, 20 make them firm",)),
        (20, None, ()),
    ],
)
def test_few_points_make_no_limits_or_trial_ones(
    count: int, reason: str | None, notes: tuple[str, ...]
) -> None:
    found = chart(NOISE[:count])
    assert (found.count, found.reason, found.notes) == (count, reason, notes)
    assert (found.variation is None) is (reason is not None)


@pytest.mark.parametrize(
    ("values", "note"),
    [
        (
            [*NOISE[:9], None, *NOISE[9:]],
            "1 month missing (January 2018): the months beside it are treated as neighbours",
        ),
        (
            [*NOISE[:8], None, None, *NOISE[8:15], None, *NOISE[15:]],
            "3 months missing (December 2017–January 2018 and September 2018): the months beside"
            " them are treated as neighbours",
        ),
    ],
)
def test_missing_months_are_left_out_and_told(values: list[int | None], note: str) -> None:
    found, whole = chart(values), chart(NOISE)
    assert found.notes == (note,)
    assert (found.mean, found.upper_limit) == (whole.mean, whole.upper_limit)


def test_a_gap_before_the_first_value_is_not_missing() -> None:
    assert chart([None, None, *NOISE]).notes == ()


def test_later_figures_and_those_of_other_lengths_are_not_charted() -> None:
    assert chart(NOISE, later=["99", "99"]) == chart(NOISE)
    own = indicator("4", "5", period=period("March 2019"))
    year = reading("CP 1.1", "2017/18", "99")
    assert control_chart(own, History([year]).series(own.reading)).count == 1


def test_without_a_value_of_its_own_the_verdict_is_of_the_latest() -> None:
    found = chart([*NOISE, None, None], target="5")
    assert found.notes == ("no value for May 2019: the verdict is of March 2019",)
    assert found.missing == ()
    assert found.assurance is Assurance.HIT_AND_MISS


@pytest.mark.parametrize(
    "values", [["67.5%"] * 20, [*["67.5%"] * 20, "67.6%"]], ids=["constant", "nearly"]
)
def test_without_variation_both_verdicts_are_withheld(values: list[str]) -> None:
    found = chart(values, target="70%")
    assert found.count == len(values)
    assert (found.variation, found.variation_icon, found.assurance) == (None, None, None)
    assert (found.rule, found.since) == (None, None)
    assert found.notes == ("no month-to-month variation; a chart says nothing",)
    assert found.text == found.notes[0]
    assert found.mean
    assert round(found.mean, 1) == Decimal("67.5")


def run(rising: Sequence[str], before: int = 12) -> list[str]:
    return [*["40", "60"] * before, *rising]


@pytest.mark.parametrize(
    ("values", "rule", "since", "sentence"),
    [
        (run(["117"]), Rule.OUTSIDE, "April 2019", "117 is over the upper limit of 110"),
        (run(["-19"]), Rule.OUTSIDE, "April 2019", "-19 is under the lower limit of -6"),
        (
            run(["44", "45", "46", "47", "48", "49", "50"]),
            Rule.TREND,
            "April 2019",
            "7 figures in a row rise, from 44 in April 2019 to 50 in October 2019",
        ),
        (
            run(["55", "54", "53", "52", "51", "50", "49", "48"]),
            Rule.TREND,
            "March 2019",
            "9 figures in a row fall, from 60 in March 2019 to 48 in November 2019",
        ),
        (
            run(["95", "55", "95"]),
            Rule.TWO_OF_THREE,
            "June 2019",
            "2 of the last 3 figures are close to the upper limit of 112: 95 in April 2019 and 95"
            " in June 2019",
        ),
        (
            run(["55", "56", "55", "56", "55", "56"]),
            Rule.ONE_SIDE,
            "March 2019",
            "the last 7 figures, since March 2019, are all over the mean of 51.1",
        ),
        (
            run(["45"]),
            None,
            None,
            "45 is between the limits of -3 and 102, and ends no trend or run",
        ),
    ],
)
def test_every_rule_is_told_with_its_figures(
    values: list[str], rule: Rule | None, since: str | None, sentence: str
) -> None:
    found = chart(values)
    assert found.text == sentence
    assert found.rule is rule
    assert (found.since.label if found.since else None) == since


def test_a_limit_that_looks_like_the_value_has_one_more_decimal() -> None:
    found = chart([*["1.00", "1.10"] * 24, "1.33"], target="1.33", polarity=Polarity.MINIMISE)
    assert found.upper_limit
    assert found.shown(found.upper_limit) == "1.33"
    assert found.text == "1.33 is over the upper limit of 1.329"
    assert found.assurance_text == "the target of 1.33 is over the upper limit of 1.329"


def test_a_signal_of_the_good_kind_needs_no_warning_beside_its_verdict() -> None:
    found = chart(run(["117"]), target="-20")
    assert (found.variation, found.assurance) == (Variation.IMPROVEMENT, Assurance.PASSES)
    assert found.notes == ()
    bad = chart(run(["117"]), target="200", polarity=Polarity.MINIMISE)
    assert (bad.variation, bad.assurance) == (Variation.CONCERN, Assurance.PASSES)
    assert bad.notes == (OUTSIDE,)


def test_a_concern_inside_the_limits_needs_no_warning_of_them() -> None:
    found = chart(run(["55", "54", "53", "52", "51", "50", "49", "48"]))
    assert (found.variation, found.rule, found.notes) == (Variation.CONCERN, Rule.TREND, ())


def test_a_band_never_says_improvement_and_warns_outside_it() -> None:
    inside = chart(run(["117"]), target="-100-200", polarity=Polarity.GOLDILOCKS)
    assert (inside.variation, inside.assurance) == (Variation.HIGH, Assurance.PASSES)
    assert inside.notes == ()
    outside = chart(run(["117"]), target="-100 to 110", polarity=Polarity.GOLDILOCKS)
    assert (outside.variation, outside.assurance) == (Variation.HIGH, Assurance.PASSES)
    assert outside.notes == (OUTSIDE,)
    assert outside.assurance_text == ("the limits of -5 and 110 are inside the band of -100 to 110")


def test_the_latest_target_decides() -> None:
    found = chart(NOISE, targets=["100"] * 23, target="-20")
    assert found.target
    assert (found.target.text, found.assurance) == ("-20", Assurance.PASSES)
    assert chart(NOISE, targets=["100"] * 23).assurance is None
    assert chart(NOISE, annual="100").assurance is Assurance.FAILS  # the target in force


def test_percentages_and_numbers_make_no_chart() -> None:
    found = chart([*["0.6", "0.7"] * 8, "67.5%"], target="70%")
    assert found.reason == (
        "percentages and numbers don't make one chart: 0.7 in July 2018, 67.5% in August 2018"
    )
    assert found.points == ()


def test_a_target_of_another_unit_is_not_used() -> None:
    found = chart(["0.6", "0.7", "0.6", "0.8"] * 5, target="70%")
    assert (found.target, found.assurance) == (None, None)
    assert found.notes == ("the target of 70% has another unit than the figures, and is not used",)


def test_limits_have_the_look_of_the_values() -> None:
    found = chart(["£900.50", "£1,100.50"] * 10)
    assert found.text == (
        "£1,100.50 is between the limits of £468.50 and £1,532.50, and ends no trend or run"
    )
    with_units = chart(["900 kg", "1,100 kg"] * 10)
    assert with_units.text == (
        "1,100 kg is between the limits of 468 and 1,532, and ends no trend or run"
    )


YTD: dict[str, Any] = {"basis": "Cumulative YTD"}
PROFILE = [str(number) for number in range(5, 65, 5)]  # 5 a month: 60 a year


def test_a_total_is_charted_by_its_amounts() -> None:
    found = chart(totals(NOISE), targets=PROFILE * 2, annual="60", **YTD)
    assert found.charted is Charted.AMOUNT
    assert [point.value.number for point in found.points] == NOISE
    assert (found.mean, found.upper_limit) == (chart(NOISE).mean, chart(NOISE).upper_limit)
    assert found.target
    assert (found.target.text, found.assurance) == ("5", Assurance.HIT_AND_MISS)


@pytest.mark.parametrize("basis", ["Cumulative", "cumulative ytd", "YTD", "Year to date"])
def test_a_total_is_known_by_its_basis(basis: str) -> None:
    assert chart(totals(NOISE), basis=basis).charted is Charted.AMOUNT


def test_a_month_after_a_gap_has_no_amount() -> None:
    values = totals(NOISE)
    values[2] = values[12] = None  # June 2017; April 2018, with which the year begins
    found = chart(values, **YTD)
    assert found.count == 20
    assert found.notes == (
        "4 monthly amounts missing (June–July 2017 and April–May 2018): the months beside them are"
        " treated as neighbours",
    )


def test_a_history_may_begin_within_a_year() -> None:
    found = chart(totals(NOISE)[3:], first=period("July 2017"), **YTD)
    assert (found.count, found.points[0].period.label) == (20, "August 2017")
    assert found.missing == ()


def test_too_few_amounts_are_told_apart_from_too_few_values() -> None:
    values = [value if number % 3 else None for number, value in enumerate(totals(NOISE))]
    found = chart(values, **YTD)
    assert found.reason == (
        "8 months with an amount, of 16 with a value; a control chart needs 12, and an amount needs"
        " the month before"
    )


def test_without_its_month_before_the_latest_has_no_amount() -> None:
    values = totals(NOISE)
    values[-2] = None
    assert "no amount for March 2019: the verdict is of January 2019" in chart(values, **YTD).notes


@pytest.mark.parametrize(
    ("target", "annual", "share", "assurance", "notes"),
    [
        ("60", None, "5", Assurance.HIT_AND_MISS, ()),  # March: the month's is the year's
        (None, None, None, None, ()),
        ("60", "574", "47.8", Assurance.FAILS, ()),
        (None, "0", "0", Assurance.HIT_AND_MISS, ()),
    ],
)
def test_the_target_for_amounts_is_the_annual_ones_share(
    target: str | None,
    annual: str | None,
    share: str | None,
    assurance: Assurance | None,
    notes: tuple[str, ...],
) -> None:
    found = chart(totals(NOISE), target=target, annual=annual, **YTD)
    assert (found.target.text if found.target else None) == share
    assert (found.assurance, found.notes) == (assurance, notes)


def test_the_months_target_in_place_of_the_annual_one_is_none() -> None:
    """So a report of an earlier month stands in for an annual target that isn't known yet."""
    found = chart(totals(NOISE)[:22], targets=(PROFILE * 2)[:22], annual="50", **YTD)
    assert (found.target, found.assurance) == (None, None)
    assert found.notes == ("the annual target is not known, only that of the month",)


def test_a_share_that_is_exactly_a_limit_is_hit_and_miss() -> None:
    """The upper limit, 22/15 + 2.66, has no last decimal; a twelfth of 49.52 is the same."""
    values = totals([1, 2] * 7 + [1])
    found = [
        chart(values, annual=annual, **YTD).assurance for annual in ("49.51", "49.52", "49.53")
    ]
    assert found == [Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS, Assurance.FAILS]


def test_a_rates_targets_are_the_annual_one_all_year() -> None:
    rate_of = chart(totals(NOISE), targets=["3.19"] * 24, annual="3.19", **YTD)
    assert rate_of.reason == (
        "the target is the annual one all year, as a rate's is, and a cumulative rate has no"
        " monthly figure"
    )
    zero = chart(totals(NOISE), targets=["0"] * 24, annual="0", polarity=Polarity.MINIMISE, **YTD)
    assert (zero.reason, zero.assurance) == (None, Assurance.HIT_AND_MISS)
    in_january = chart(totals(NOISE)[:22], targets=["0"] * 22, annual="0", **YTD)
    assert in_january.target
    assert in_january.target.text == "0"


def test_a_flat_target_in_one_of_two_years_is_no_rates() -> None:
    """Nor does it say that the total goes on: the other year says that it starts again."""
    flat = chart(totals(NOISE), targets=[*PROFILE, *["60"] * 12], annual="60", **YTD)
    assert [point.value.number for point in flat.points] == NOISE
    growing = [*[1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 2], *[8] * 11, 9]  # April: 8 after 13 in March
    flat = chart(totals(growing), targets=[*PROFILE, *["60"] * 12], annual="60", **YTD)
    assert [point.value.number for point in flat.points] == growing


def test_a_first_target_of_much_of_the_year_does_not_hide_that_the_total_starts_again() -> None:
    lumpy = ["30", *["35"] * 10, "60"]
    found = chart(totals(NOISE), targets=lumpy * 2, annual="60", **YTD)
    assert [point.value.number for point in found.points] == NOISE


def test_a_total_that_falls_is_refused_with_both_figures() -> None:
    values = totals(NOISE)
    values[17] = 20
    assert chart(values, **YTD).reason == (
        "it falls from 30 to 20 in September 2018, so it is no running count"
    )
    values[16] = None  # the month before: what falls does so over a gap too
    assert chart(values, **YTD).reason == (
        "it falls from 28 to 20 in September 2018, so it is no running count"
    )


def test_a_total_below_zero_falls() -> None:
    negative = [f"-{value}" for value in totals(NOISE)]
    assert chart(negative, **YTD).reason == (
        "it falls from -3 to -4 in May 2017, so it is no running count"
    )


@pytest.mark.parametrize("targets", [["40"] * 1 + [None] * 11 + ["50"] + [None] * 11, []])
def test_a_total_that_never_starts_again_is_known_by_its_targets_or_values(
    targets: list[str | None],
) -> None:
    values = [100 + value for value in totals(NOISE, year=24) if isinstance(value, int)]
    found = chart(values, targets=targets, annual="120" if targets else None, **YTD)
    assert [point.value.number for point in found.points] == NOISE[1:]
    assert found.assurance is None
    note = "the total goes on from year to year, so its annual target has no monthly share"
    assert found.notes == ((note,) if targets else ())


def test_a_total_that_goes_on_falls_at_the_start_of_a_year_too() -> None:
    values = [100 + number for number in range(12)] + [80 + number for number in range(12)]
    targets = ["40", *[None] * 11]
    assert chart(values, targets=targets * 2, annual="100", **YTD).reason == (
        "it falls from 111 to 80 in April 2018, so it is no running count"
    )


QUARTER = period("Q1 2013/14")


def test_quarters_are_charted_in_their_own_words() -> None:
    found = chart(NOISE[:13], first=QUARTER, basis="Quarterly", target="20")
    assert found.notes == ("trial limits: 13 quarters, 20 make them firm",)
    assert chart(NOISE[:10], first=QUARTER).reason == "10 quarters; a control chart needs 12"
    gap: list[int | None] = [*NOISE[:5], None, None, *NOISE[5:20]]
    assert chart(gap, first=QUARTER).notes == (
        "2 quarters missing (Q2 2014/15–Q3 2014/15): the quarters beside them are treated as"
        " neighbours",
    )
    assert chart(["5"] * 20, first=QUARTER).notes == (
        "no quarter-to-quarter variation; a chart says nothing",
    )


def test_quarterly_totals_have_quarterly_amounts_and_targets() -> None:
    profile = ["30", "60", "75", "80"]  # 30 of 80 after a quarter is less than half
    found = chart(
        totals(NOISE[:20], year=4), first=QUARTER, targets=profile * 5, annual="80", **YTD
    )
    assert [point.value.number for point in found.points] == NOISE[:20]
    assert found.charted.key == "monthly_amount"
    assert found.target
    assert found.target.text == "20"
    growing = [1, 1, 1, 1, 3, 3, 3, 3, 9, 9, 9, 9]  # a first quarter is most of the year before
    found = chart(totals(growing, year=4), first=QUARTER, targets=profile * 3, annual="80", **YTD)
    assert [point.value.number for point in found.points] == growing
    percent = chart(["10%", "20%", "30%", "40%"] * 4, first=QUARTER, **YTD)
    assert percent.reason == "a cumulative percentage has no quarterly figure"


def test_half_years_and_years() -> None:
    half = period("H1 2000/01")
    found = chart(totals(NOISE[:14], year=2), first=half, annual="25", **YTD)
    assert [point.value.number for point in found.points] == NOISE[:14]
    assert found.target
    assert found.target.text == "12.5"
    assert "trial limits: 14 half-years, 20 make them firm" in found.notes
    years = chart(NOISE[:12], first=period("2000/01"), **YTD)  # to date of a year is the year
    assert (years.charted, years.count) == (Charted.VALUE, 12)


def test_a_year_may_start_in_another_month() -> None:
    january = Period(Month(2017, 1), 1, 1)
    found = chart(totals(NOISE), first=january, annual="60", **YTD)
    assert [point.value.number for point in found.points] == NOISE


def test_overlapping_periods_are_rolling_figures() -> None:
    starts = [Period(Month(2017, 1).after(number), 12) for number in range(24)]
    history = History(
        reading("CP 1.1", "April 2017", str(value))._replace(period=when)
        for when, value in zip(starts, NOISE, strict=True)
    )
    own = indicator("4", None, period=starts[-1], short_name="Visits")
    found = control_chart(own, history.series(own.reading))
    assert (found.count, found.missing, found.notes) == (24, (), (ROLLING,))


def test_figures_that_only_grow_may_be_totals() -> None:
    found = chart(totals(NOISE), basis=None)
    assert found.charted is Charted.VALUE
    assert found.notes == (
        "the figures only grow within a year: where they are totals to date, name them [Cumulative"
        " YTD], and their monthly amounts are charted",
    )
    assert chart(NOISE, basis=None).notes == ()


def test_a_period_whose_figures_differ_has_no_point() -> None:
    own = indicator("4", "5", period=period("March 2019"))
    start = period("April 2017")
    past = [
        reading("CP 1.1", "April 2017", str(value))._replace(period=start.after(number))
        for number, value in enumerate(NOISE[:-1])
    ]
    twice = [*past, past[5]._replace(value=past[6].value)]
    found = control_chart(own, History(twice).series(own.reading))
    assert (found.count, [each.label for each in found.missing]) == (23, ["September 2017"])


texts = st.one_of(
    st.none(),
    st.integers(-50, 50).map(str),
    st.decimals(0, 100, places=2).map(lambda number: f"{number}%"),
    st.just("12 kg"),
    st.just("£1,200"),
)


@given(
    st.lists(texts, min_size=1, max_size=30) | st.lists(st.integers(0, 9), min_size=12).map(totals),
    st.sampled_from(["Monthly Snapshot", "Rolling Quarter", "Cumulative YTD", None]),
    st.sampled_from(["January 2017", "Q2 2016/17", "H2 2001/02", "1999/00"]),
    st.sampled_from(["5", "38-48", "50%", "0", None]),
    st.sampled_from(["60", "0", None]),
)
def test_every_series_has_a_chart_that_can_be_told_or_a_reason(
    values: list[str | int | None],
    basis: str | None,
    first: str,
    target: str | None,
    annual: str | None,
) -> None:
    found = chart(
        values,
        basis=basis,
        first=period(first),
        targets=[target] * len(values),
        annual=annual,
        polarity=Polarity.GOLDILOCKS,
    )
    assert (found.reason is None) is bool(found.points) is (found.count >= 12 and not found.reason)
    assert found.text
    assert (found.assurance_text is None) is (found.assurance is None)
    assert (found.since is None) is (found.rule is None)
    numbers = [point.value.number for point in found.points]
    assert numbers == [point.facts.number for point in found.points]
    if found.variation and found.rule:
        assert found.variation in (Variation.HIGH, Variation.LOW)
        assert found.variation_icon
        assert found.variation_icon.startswith("neutral_")
