"""The past in two workbooks: rewritten, late, added or gone; and what of it is natural."""

from collections.abc import Sequence
from typing import Any

import pytest

from kpi_cli.comparison.compared import compare
from kpi_cli.comparison.rewritten import Rewrite
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Settings
from tests.builders import indicator, period, reading
from tests.comparison.test_compared import book, side

DECEMBER = period("December 2018")


def of(
    before: Sequence[Reading],
    after: Sequence[Reading],
    old: Indicator | None = None,
    new: Indicator | None = None,
    **more: Any,
) -> list[Rewrite]:
    """Return what differs in the past of two workbooks with one indicator."""
    first = book(old or indicator(), history=list(before))
    second = book(new or indicator(), history=list(after), **more)
    return list(compare(side(first), side(second)).history)


def told(*found: Rewrite) -> list[tuple[Any, ...]]:
    """Return kind, period, values, outcomes, and whether the outcome is another."""
    return [
        (
            each.kind.value,
            each.period.label,
            *(past and past.reading.value and past.reading.value.text
              for past in (each.before, each.after)),
            *(past and past.outcome and past.outcome.short_label
              for past in (each.before, each.after)),
            each.changes_outcome,
        )
        for each in found
    ]  # fmt: skip


def may(value: str | None, target: str | None = "90", row: int = 2) -> list[Reading]:
    return [reading("CP 1.1", "May 2018", value, target, row)]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (may("91"), may("91", row=9), []),  # rows may move
        (may("91%"), may("91.0%"), []),
        (may("91"), may("92"), [("rewritten", "91", "92", "On course", "On course", False)]),
        (may("91"), may("80"), [("rewritten", "91", "80", "On course", "At risk", True)]),
        (may("91"), may("91", "95"), [("rewritten", "91", "91", "On course", "Some slippage",
                                       True)]),
        (may("91"), may(None), [("rewritten", "91", None, "On course", "No value", True)]),
        (may(None), may("91"), [("late", None, "91", "No value", "On course", True)]),
        (may("91"), [], [("removed", "91", None, None, None, False)]),
        ([], may("91"), [("added", None, "91", None, None, False)]),
        ([], may(None), []),  # a target planned ahead
        (may("91"), may("91", None), []),  # a history without a column for targets
        (may("91", None), may("91"), []),
    ],
)  # fmt: skip
def test_each_kind(
    before: list[Reading], after: list[Reading], expected: list[tuple[Any, ...]]
) -> None:
    found = of(before, after)
    assert told(*found) == [(kind, "May 2018", *rest) for kind, *rest in expected]


def test_a_target_that_is_gone_where_others_are_kept() -> None:
    june = [reading("CP 1.1", "June 2018", "91", "90")]
    (found,) = of([*may("91"), *june], [*may("91", None), *june])
    assert (found.kind.value, found.period.label) == ("rewritten", "May 2018")


def test_the_row_of_december_beside_the_history_of_january() -> None:
    december = indicator("95", "90", period=DECEMBER)
    same = [reading("CP 1.1", "December 2018", "95", "90")]
    assert of([], same, december, indicator()) == []
    other = [reading("CP 1.1", "December 2018", "85", "90", 7)]
    (found,) = of([], other, december, indicator())
    assert told(found)[0][:4] == ("rewritten", "December 2018", "95", "85")
    cells = [past.reading.place.cell("value") for past in (found.before, found.after) if past]
    assert cells == ["Indicators!E4", "History!C7"]
    tbc = indicator(None, no_value_text="TBC", period=DECEMBER)
    (found,) = of([], same, tbc, indicator())
    assert found.kind.value == "late"


def test_workbooks_without_a_history_have_nothing_removed() -> None:
    assert of([], [], indicator("95", "90", period=DECEMBER), indicator()) == []
    assert of([], [], indicator(), indicator("95", "90", period=DECEMBER)) == []


def test_the_reports_in_the_other_order() -> None:
    """The later one has December in its history, and January, which the other can't have."""
    past = [reading("CP 1.1", "December 2018", "85", "90")]
    (found,) = of(past, [], indicator(), indicator("95", "90", period=DECEMBER))
    assert told(found) == [("rewritten", "December 2018", "85", "95", "At risk", "On course", True)]


def test_the_period_that_is_compared_is_no_past() -> None:
    assert of([], [], indicator("95", "90"), indicator("85", "90")) == []


def test_both_are_rated_by_the_rules_of_the_later_workbook() -> None:
    found = of(
        may("84"), may("85"), settings=Settings(improving_is_amber=False, amber_tolerance=10)
    )
    assert told(*found)[0][4:] == ("Some slippage", "Some slippage", False)


def test_a_history_that_contradicts_itself_is_not_there() -> None:
    (found,) = of(may("91"), [*may("91"), *may("92", row=3)])
    assert found.kind.value == "removed"


def test_codes_that_no_indicator_has() -> None:
    before, after = ([reading("XY 9", "May 2018", value, "90")] for value in ("91", "92"))
    (found,) = of(before, after)
    assert (found.code, found.short_name, found.kind.value) == ("XY 9", None, "rewritten")
    assert of(before, []) == []  # that no code is there is the history's own affair


def test_a_target_that_cannot_be_rated_has_no_outcome() -> None:
    (found,) = of(may("91"), may("91", "80-90"))
    assert told(found)[0][4:] == ("On course", None, False)


def test_a_history_that_keeps_no_targets_is_rated_by_those_of_the_other() -> None:
    (found,) = of(may("91"), may("80", None))
    assert told(found)[0][4:] == ("On course", "At risk", True)
    (found,) = of(may("91", None), may("80"))
    assert told(found)[0][4:] == ("On course", "At risk", True)


def test_quarters_have_a_past_of_their_own() -> None:
    own = indicator("95", "90", period=period("Q4 2018/19"))
    before, after = ([reading("CP 1.1", "Q2 2018/19", value, "90")] for value in ("91", "80"))
    (found,) = of(before, after, own, own)
    assert told(found)[0][:2] == ("rewritten", "Q2 2018/19")
