"""Two reports compared: of the real workbook, and of two files in which everything may differ."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.amounts import Tolerance
from kpi_cli.comparison.compared import Compared, Kind, compare
from kpi_cli.comparison.standings import Standings, standings
from kpi_cli.history import History, Reading
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Settings, UnratedRow, Workbook
from kpi_cli.selection import Selection
from tests.builders import indicator, line, period, reading
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND

COUNT = "Quits [Cumulative YTD]"
DECEMBER = period("December 2018")


def book(
    *indicators: Indicator, history: list[Reading] | None = None, name: str = "x.xlsx", **more: Any
) -> Workbook:
    fields = {"name": name, "indicators": indicators, "history": History(history or [])}
    return Workbook.model_validate(fields | more)


def side(workbook: Workbook, asked: str | None = None) -> Standings:
    return standings(workbook, rate(workbook), asked)


def of_files(before: Workbook, after: Workbook) -> Compared:
    return compare(side(before), side(after))


def of_periods(workbook: Workbook, before: str, after: str) -> Compared:
    return compare(side(workbook, before), side(workbook, after))


def one(before: Indicator, after: Indicator, **settings: Any) -> tuple[Kind, str | None, str]:
    """Return kind, cause and the words for it of one indicator in two files."""
    (pair,) = of_files(book(before), book(after, settings=Settings(**settings))).pairs
    if pair.reason is None:
        return pair.kind, None, ""
    return pair.kind, pair.reason.cause.value, pair.reason.words


def counts(compared: Compared) -> dict[str, int]:
    """Return the counts that aren't nil."""
    return {name: count for name, count in vars(compared.counts).items() if count}


# The real report


def test_december_and_january_of_the_real_report() -> None:
    compared = of_periods(read_workbook(SOUTHEND), "2018-12", "2019-01")
    assert counts(compared) == {"worse": 1, "better": 1, "unchanged": 11, "not_known": 16}
    changes = [
        (pair.code, pair.kind, pair.before.outcome, pair.after.outcome, pair.reason)
        for pair in compared.pairs
        if pair.kind is not Kind.UNCHANGED
    ]
    assert [change[:4] for change in changes] == [
        ("CP 3.11", Kind.WORSE, Outcome.ON_COURSE, Outcome.SLIPPAGE),
        ("CP 1.4", Kind.BETTER, Outcome.AT_RISK, Outcome.SLIPPAGE),
    ]
    assert [(change[4].cause.value, change[4].words) for change in changes if change[4]] == [
        ("period", "46 in the month, 107 needed"),
        ("value", "88.4% → 92.1%, against 95%"),
    ]
    assert [list(each.values())[:3] for each in compared.outcomes] == [[7, 4, 2], [6, 6, 1]]
    assert (compared.settings, compared.history, compared.notes) == ((), (), ())
    assert {each.not_known for each in compared.not_compared} == {(DECEMBER,)}
    (september,) = (pair for pair in compared.pairs if pair.code == "CP 2.3")
    assert september.before.indicator.period == period("September 2018")
    assert september.before.indicator is september.after.indicator


def test_a_month_before_the_figures_of_september_does_not_have_them() -> None:
    compared = of_periods(read_workbook(SOUTHEND), "2018-08", "2018-09")
    (september,) = (each for each in compared.not_compared if each.code == "CP 2.3")
    assert september.not_known == (period("August 2018"),)
    assert september.words == "no figure for August 2018 in southend_january_2019.xlsx"


def test_quarters_of_a_monthly_report_are_those_of_their_last_months() -> None:
    workbook = read_workbook(SOUTHEND)
    quarters = of_periods(workbook, "Q2 2018/19", "Q3 2018/19")
    months = of_periods(workbook, "2018-09", "2018-12")
    assert [(p.code, p.kind) for p in quarters.pairs] == [(p.code, p.kind) for p in months.pairs]


def test_what_is_after_the_report_is_not_known() -> None:
    compared = of_periods(read_workbook(SOUTHEND), "2019-01", "2019-02")
    assert counts(compared) == {"not_known": 29}
    assert compared.notes == (
        "southend_january_2019.xlsx has nothing for February 2019; it has April 2017 to January"
        " 2019",
    )


@pytest.mark.parametrize("name", ["as_published", "wide_history", PUBLISHED.stem])
def test_other_layouts_of_one_report_do_not_differ(name: str) -> None:
    other, ours = read_workbook(SAMPLES / f"{name}.xlsx"), read_workbook(SOUTHEND)
    for compared in (of_files(other, ours), of_files(ours, other)):
        assert counts(compared) == {"unchanged": 29}
        assert not compared.is_changed
        assert (compared.settings, compared.history, compared.notes) == ((), (), ())


def test_a_code_in_two_rows_and_rows_that_cannot_be_read_are_told_and_not_compared() -> None:
    mistakes = read_workbook(MISTAKES)
    compared = of_files(mistakes, mistakes)
    words = Counter(each.words for each in compared.not_compared)
    assert words == {
        "EX 1.1 stands in 2 rows of with_mistakes.xlsx": 1,
        "the row in with_mistakes.xlsx can't be read": 19,
    }
    assert counts(compared)["not_compared"] == 20
    assert "new" not in counts(compared)


def test_quarters() -> None:
    past = [
        reading("CP 1.1", "Q3 2018/19", "91", "90"),
        reading("CP 1.1", "Q2 2018/19", "80", "90"),
    ]
    workbook = book(indicator("95", "90", period=period("Q4 2018/19")), history=past)
    (pair,) = of_periods(workbook, "Q2 2018/19", "Q3 2018/19").pairs
    assert (pair.kind, pair.before.indicator.period.label) == (Kind.BETTER, "Q2 2018/19")
    (pair,) = of_periods(workbook, "December 2018", "March 2019").pairs
    assert (pair.kind, pair.before.indicator.period.label) == (Kind.UNCHANGED, "Q3 2018/19")
    (pair,) = of_periods(workbook, "November 2018", "February 2019").pairs
    periods = [each.indicator.period.label for each in (pair.before, pair.after)]
    assert periods == ["Q2 2018/19", "Q3 2018/19"]


def test_no_history_at_all() -> None:
    compared = of_periods(book(indicator()), "2018-12", "2019-01")
    assert counts(compared) == {"not_known": 1}
    (note,) = compared.notes
    assert note == "x.xlsx has nothing for December 2018; it has January 2019"


def test_no_value_is_an_outcome_only_where_the_month_has_a_cell_for_it() -> None:
    past = [reading("CP 1.1", "December 2018", None, "90")]
    (pair,) = of_periods(book(indicator(), history=past), "2018-12", "2019-01").pairs
    assert (pair.kind, pair.before.outcome) == (Kind.OTHER, Outcome.NO_VALUE)
    place = past[0].place
    columns = {key: number for key, number in place.columns.items() if key != "value"}
    planned = [past[0]._replace(place=place._replace(columns=columns))]
    compared = of_periods(book(indicator(), history=planned), "2018-12", "2019-01")
    assert counts(compared) == {"not_known": 1}


def test_a_month_that_contradicts_itself_is_not_compared() -> None:
    past = [
        reading("CP 1.1", "December 2018", value, "90", row) for row, value in ((2, "1"), (3, "2"))
    ]
    (apart,) = of_periods(book(indicator(), history=past), "2018-12", "2019-01").not_compared
    assert apart.words == "the history of x.xlsx contradicts itself for December 2018"
    assert not apart.not_known


def test_a_target_that_does_not_go_with_the_polarity_is_told() -> None:
    past = [reading("CP 1.1", "December 2018", "91", "80-90")]
    (apart,) = of_periods(book(indicator(), history=past), "2018-12", "2019-01").not_compared
    assert apart.words.startswith("the target is a band, 80-90")


# Two files: states


def test_new_gone_and_a_hint_where_a_code_changed() -> None:
    before = book(indicator(), indicator(code="CP 2"), indicator(code="CP 3", short_name="Litter"))
    after = book(indicator(code="cp  1.1"), indicator(code="CP 4", short_name="LITTER"))
    compared = of_files(before, after)
    assert counts(compared) == {"unchanged": 1, "new": 1, "gone": 2}
    assert compared.renumbered == {"CP 4": "CP 3"}
    assert compared.is_changed


def test_no_code_in_common_is_told_first() -> None:
    compared = of_files(book(indicator(code="A")), book(indicator(code="B"), name="y.xlsx"))
    assert compared.notes == ("x.xlsx and y.xlsx have no code in common",)


def test_a_row_that_could_not_be_read_is_not_gone() -> None:
    row = UnratedRow(code="CP 1.1", short_name="Visits", place=indicator().place)
    compared = of_files(book(indicator()), book(indicator(code="X"), unrated=(row,)))
    assert counts(compared) == {"not_compared": 1, "new": 1}


def test_moves_from_month_to_month_are_no_change_and_other_figures_of_one_month_are() -> None:
    december = indicator("91", "90", period=DECEMBER)
    assert one(december, indicator("95", "90")) == (Kind.UNCHANGED, None, "")
    assert one(indicator("91", "90"), indicator("95", "90"))[0] is Kind.REVISED
    assert one(indicator("86.60%", "80%"), indicator("86.6%", "80%"))[0] is Kind.UNCHANGED
    assert one(indicator("£5", "£4"), indicator("5", "4"))[0] is Kind.UNCHANGED


def test_changes_of_outcome_stand_worst_first() -> None:
    values = [("1", "95", "50"), ("2", "88", "50"), ("3", "95", "88"), ("10", "50", "95"),
              ("4", "50", "88"), ("5", None, "95"), ("6", "95", "95")]  # fmt: skip
    before = book(*(indicator(then, code=code) for code, then, _ in values))
    after = book(*(indicator(now, code=code) for code, _, now in values))
    pairs = of_files(before, after).pairs
    assert [(pair.code, pair.kind.value) for pair in pairs] == [
        ("1", "worse"),
        ("2", "worse"),
        ("3", "worse"),
        ("10", "better"),
        ("4", "better"),
        ("5", "other"),
        ("6", "unchanged"),
    ]


def test_a_workbook_without_codes_is_matched_by_its_names() -> None:
    past = [reading("Visits", "May 2018", "91", "90")]
    named = book(indicator(code="Visits", short_name="Visits"),
                 indicator(code="Litter", short_name="Litter"), history=past)  # fmt: skip
    past = [reading("2", "May 2018", "81", "90")]
    coded = book(
        indicator("50", code="2", short_name="VISITS"),
        indicator(code="3", short_name="Fires"),
        indicator(code="4", short_name="Fires"),
        history=past,
        name="y.xlsx",
    )
    compared = of_files(named, coded)
    assert counts(compared) == {"worse": 1, "new": 2, "gone": 1, "rewritten": 1}
    assert [pair.code for pair in compared.pairs] == ["2"]
    assert compared.notes == ("x.xlsx has no codes: indicators are matched by their names",)
    assert counts(of_files(coded, named)) == {"better": 1, "new": 1, "gone": 2, "rewritten": 1}
    assert counts(of_files(named, named)) == {"unchanged": 2}


def test_a_history_without_targets_does_not_tell_the_outcome_of_then() -> None:
    past = [reading("CP 1.1", "December 2018", "91")]
    workbook = book(indicator("95", "90"), history=past)
    compared = of_periods(workbook, "2018-12", "2019-01")
    assert counts(compared) == {"not_known": 1}
    assert compared.notes == ()
    (apart,) = compared.not_compared
    assert apart.words == "no target for December 2018 in x.xlsx"
    assert apart.value_change is Direction.BETTER
    assert apart.before
    assert apart.before.indicator.value_text == "91"
    kept = [*past, reading("CP 1.1", "May 2018", "91", "90", 3)]  # then December has none
    (pair,) = of_periods(book(indicator(), history=kept), "2018-12", "2019-01").pairs
    assert (pair.kind, pair.before.outcome) == (Kind.OTHER, Outcome.NO_TARGET)
    without = book(indicator("95", None), history=past)  # nor has it one now
    (pair,) = of_periods(without, "2018-12", "2019-01").pairs
    assert pair.kind is Kind.UNCHANGED


# Why


def test_the_value_or_the_target_or_both() -> None:
    assert one(indicator("84", "90"), indicator("95", "90")) == (
        Kind.BETTER, "value", "84 → 95, against 90",
    )  # fmt: skip
    assert one(indicator("84", "90"), indicator("84", "80")) == (
        Kind.BETTER, "target", "the target 90 → 80",
    )  # fmt: skip
    assert one(indicator("84", "90"), indicator("85", "80")) == (
        Kind.BETTER, "target", "the target 90 → 80",
    )  # fmt: skip
    assert one(indicator("84", "90"), indicator("86", "86")) == (
        Kind.BETTER, "value_and_target", "84 → 86, and the target 90 → 86",
    )  # fmt: skip


def test_a_value_that_comes_or_goes() -> None:
    tbc = indicator(None, no_value_text="TBC")
    assert one(tbc, indicator("95")) == (Kind.OTHER, "value", "TBC → 95")
    assert one(indicator("95"), tbc) == (Kind.OTHER, "value", "95 → TBC")
    assert one(indicator("95", None), indicator("95", "90")) == (
        Kind.OTHER, "target", "the target none → 90",
    )  # fmt: skip


def test_the_annual_target_that_tolerances_are_measured_from() -> None:
    kind, cause, words = one(indicator("84", "90", "100"), indicator("84", "90", "200"))
    assert (kind, cause, words) == (Kind.BETTER, "target", "the annual target 100 → 200")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"tolerance": Tolerance(amount=Decimal(10), is_percent=True)},
         "the tolerance changed from none to 10%"),
        ({"polarity": Polarity.MINIMISE},
         "the polarity changed from Aim to Maximise to Aim to Minimise"),
        ({"red_line": line("80")}, "the red line changed from none to 80"),
        ({"green_line": line("84")}, "the green line changed from none to 84"),
    ],
)  # fmt: skip
def test_rules_of_its_own(fields: dict[str, Any], words: str) -> None:
    kind, cause, said = one(indicator("84", "90"), indicator("84", "90", **fields))
    assert (kind, cause, said) == (Kind.BETTER, "rules", words)
    unchanged = {"before": indicator("95", "90"), "after": indicator("95", "90", **fields)}
    if "polarity" not in fields:
        (pair,) = of_files(book(unchanged["before"]), book(unchanged["after"])).pairs
        assert (pair.kind, [each.words for each in pair.differences]) == (Kind.REDEFINED, [words])


def test_settings_explain_many_changes_in_one_line() -> None:
    before = book(*(indicator("84", "90", code=code) for code in "abc"))
    after = book(
        *(indicator("84", "90", code=code) for code in "ab"),
        indicator("95", "90", code="c"),
        settings=Settings(amber_tolerance=Decimal(10), report_title="Other"),
    )
    compared = of_files(before, after)
    words = "the setting Amber Tolerance changed from 5% to 10%"
    assert [each.words for each in compared.settings] == [words]
    assert compared.explained_by_settings() == 2
    assert [pair.reason.words for pair in compared.pairs if pair.reason] == [
        "84 → 95, against 90", words, words,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("improving_is_amber", True, "the setting Improving Is Amber changed from No to Yes"),
        (
            "financial_year_starts",
            1,
            "the setting Financial Year Starts changed from April to January",
        ),
        (
            "at_the_limit",
            Outcome.SLIPPAGE,
            "the setting At The Limit changed from none to Some slippage",
        ),
        ("organisation", "X", "the setting Organisation changed from none to X"),
    ],
)
def test_each_setting_in_words(key: str, value: Any, words: str) -> None:
    compared = of_files(book(), book(settings=Settings(**{key: value})))
    assert [each.words for each in compared.settings] == [words]


def test_settings_and_rules_together() -> None:
    own = Tolerance(amount=Decimal(1), is_percent=False)
    kind, cause, words = one(
        indicator("84", "90"),
        indicator("84", "90", red_line=line("80"), tolerance=own),
        amber_tolerance=Decimal(3),
    )
    assert (kind, cause) == (Kind.BETTER, "rules")
    assert words == (
        "the tolerance changed from none to 1 and the red line changed from none to 80"
    )


def test_last_years_value_where_improving_is_amber() -> None:
    settings = Settings(improving_is_amber=True)
    before, after = (
        book(indicator("80", "90", last_year=value), settings=settings)
        for value in (indicator("85").value, indicator("75").value)
    )
    (pair,) = of_files(before, after).pairs
    assert pair.reason
    assert (pair.reason.cause.value, pair.reason.words) == (
        "last_year", "last year's value: 85 → 75",
    )  # fmt: skip


def test_a_count_over_the_year_goes_on() -> None:
    def count(value: str, target: str, when: str) -> Indicator:
        return indicator(value, target, short_name=COUNT, period=period(when))

    december = count("570", "546", "December 2018")
    assert one(december, count("616", "653", "January 2019"))[1:] == (
        "period", "46 in the month, 107 needed",
    )  # fmt: skip
    assert one(december, count("616", "670", "February 2019"))[2] == ("46 in 2 months, 124 needed")
    assert one(december, count("30", "60", "April 2019"))[2] == (
        "570 of 546 → 30 of 60; the financial year began anew"
    )
    minimised = [
        indicator(value, target, short_name=COUNT, period=period(when), polarity=Polarity.MINIMISE)
        for value, target, when in (("5", "6", "December 2018"), ("9", "7", "January 2019"))
    ]
    assert one(*minimised)[2] == "4 in the month, 1 allowed"


def test_a_number_that_may_add_up_and_has_one_target_is_compared_by_its_value() -> None:
    before, after = (
        indicator(value, target, short_name="Visits made", period=period(when))
        for value, target, when in (("95", "90", "December 2018"), ("50", "90", "January 2019"))
    )
    assert one(before, after)[1:] == ("value", "95 → 50, against 90")
    fell = after.model_copy(update={"target": indicator("1", "95").target})
    assert one(before, fell)[1:] == ("value", "95 → 50, against 95")  # it can't have gone on
    april = after.model_copy(update={"period": period("April 2019")})
    assert one(before, april)[1:] == (
        "period", "95 of 90 → 50 of 90; the financial year began anew",
    )  # fmt: skip


# What isn't an outcome


def test_a_name_and_targets_that_differ() -> None:
    before = indicator("95", "90", "100", short_name="Visits")
    after = indicator("95", "92", "95", short_name="Visits made")
    (pair,) = of_files(book(before), book(after)).pairs
    assert pair.kind is Kind.REDEFINED
    assert [(each.key, each.before, each.after) for each in pair.differences] == [
        ("short_name", "Visits", "Visits made"),
        ("target", "90", "92"),
        ("annual_target", "100", "95"),
    ]
    same = indicator("95", "90", "100", short_name="VISITS")
    assert one(before, same)[0] is Kind.UNCHANGED


def test_a_band_in_place_of_a_number() -> None:
    before, after = (
        indicator("60", target, polarity=Polarity.GOLDILOCKS, period=period(when))
        for target, when in (("66", "March 2018"), ("57-67", "April 2018"))
    )
    (pair,) = of_files(book(before), book(after)).pairs
    assert [each.words for each in pair.differences] == [
        "the month's target changed from 66 to 57-67"
    ]
    assert pair.reason
    assert pair.reason.words == "the target 66 → 57-67"


def test_the_target_of_a_count_goes_on_with_the_month() -> None:
    december = indicator("600", "546", "700", short_name=COUNT, period=DECEMBER)
    january = indicator("700", "653", "700", short_name=COUNT)
    assert one(december, january)[0] is Kind.UNCHANGED


# What has to be known first


@pytest.mark.parametrize(
    ("before", "after", "note"),
    [
        (
            indicator(),
            indicator(period=DECEMBER),
            "the first report is the later one: January 2019 is compared with December 2018, as"
            " asked",
        ),
        (
            indicator(period=period("Q3 2018/19")),
            indicator(),
            "the reports are of a quarter and of a month",
        ),
        (
            indicator(),
            indicator(period=period("April 2019")),
            "the reports are of two financial years, 2018/19 and 2019/20: what counts over a year"
            " is compared by its target only",
        ),
        (
            indicator("95%", "90%", period=DECEMBER),
            indicator("0.95", "0.9"),
            "the unit differs of CP 1.1: values are not compared, outcomes are",
        ),
    ],
)
def test_what_is_said_at_the_top(before: Indicator, after: Indicator, note: str) -> None:
    assert of_files(book(before), book(after)).notes == (note,)


def test_periods_of_other_lengths_are_not_compared() -> None:
    compared = of_files(book(indicator(period=period("Q3 2018/19"))), book(indicator()))
    assert counts(compared) == {"not_compared": 1}
    assert compared.not_compared[0].words == (
        "it is of Q3 2018/19 in the one, and of January 2019 in the other"
    )


# Filters


@pytest.mark.parametrize(
    ("selection", "found"),
    [
        (Selection(), {"unchanged": 1, "new": 1, "gone": 1, "not_compared": 1, "rewritten": 1}),
        (Selection(codes=("cp 1.1",)), {"unchanged": 1, "rewritten": 1}),
        (Selection(codes=("N*",)), {"new": 1}),
        (Selection(aims=("Safe",)), {"unchanged": 1, "rewritten": 1}),  # in either of the two
        (Selection(aims=("Clean",)), {"gone": 1}),
        (Selection(codes=("U",)), {"not_compared": 1}),
    ],
)
def test_filters(selection: Selection, found: dict[str, int]) -> None:
    row = UnratedRow(code="U", short_name=None, place=indicator().place)
    before = book(indicator(), indicator(code="G", aim="Clean"), unrated=(row,),
                  history=[reading("CP 1.1", "May 2018", "91", "90")])  # fmt: skip
    after = book(indicator(aim="Safe"), indicator(code="N"),
                 history=[reading("CP 1.1", "May 2018", "92", "90")])  # fmt: skip
    assert counts(of_files(before, after).selected(selection)) == found
