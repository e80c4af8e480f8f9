"""What got worse and what got better since the period before, in words: counts, a line for each."""

from typing import NamedTuple

from kpi_cli.changes import Previous
from kpi_cli.models import Direction, Outcome, Rating
from kpi_cli.periods import Period
from kpi_cli.writing.exceptions_workbook.sections import Sections, in_order
from kpi_cli.writing.symbols import OUTCOME_LOOKS


class Changed(NamedTuple):
    """An indicator whose expected outcome is not what it was."""

    rating: Rating
    way: Direction
    outcomes: tuple[str, str]  # now and before: "⚠ Some slippage", "✔ On course"
    text: str  # "On course in December 2018, now Some slippage"


def changed(sections: Sections) -> list[Changed]:
    """Return what got worse, then what got better; each in the report's order."""
    rated = [sections.insight(rating) for rating in in_order(sections.report.ratings)]
    return [
        Changed(
            insight.rating,
            way,
            _outcomes(insight.rating, previous, sections.period),
            _text(insight.rating, previous),
        )
        for way in (Direction.WORSE, Direction.BETTER)
        for insight in rated
        if (previous := insight.previous) and previous.outcome_change is way
    ]


def counts(sections: Sections) -> str:
    """Return how many got worse and better, and of how many that isn't known, as a sentence."""
    insights, before = sections.insights, period_before(sections)
    ways = [each.previous.outcome_change for each in insights if each.previous]
    if not ways:
        return f"Nothing is known of {before}: no outcome can be compared with it."
    unknown = len(insights) - len(ways)
    others = (
        (ways.count(Direction.WORSE), "worse"),
        (ways.count(Direction.BETTER), "better"),
        (ways.count(Direction.SAME), "with the same outcome"),
        (ways.count(Direction.UNKNOWN), "with no target or no value, then or now"),
        (unknown, f"not known for {before}"),
    )
    return ", ".join(f"{number} {what}" for number, what in others if number)


def period_before(sections: Sections) -> str:
    """Return what the period before is called: "December 2018".

    Each indicator is compared with the one just before its own; where these differ it is only
    "the month before".
    """
    labels = {each.rating.indicator.period.before.label for each in sections.insights}
    return labels.pop() if len(labels) == 1 else f"the {sections.noun} before"


def _outcomes(now: Rating, previous: Previous, report: Period) -> tuple[str, str]:
    period, before = now.indicator.period, previous.indicator.period
    of = f" ({period.label})" if period != report else ""
    was = f" ({before.label})" if period != report else ""
    return f"{_named(now.outcome)}{of}", f"{_named(previous.outcome)}{was}"


def _text(now: Rating, previous: Previous) -> str:
    assert previous.outcome  # what has no outcome is neither better nor worse
    was = f"{previous.outcome.short_label} in {previous.indicator.period.label}"
    return f"{was}, now {now.outcome.short_label}"


def _named(outcome: Outcome | None) -> str:
    assert outcome
    return f"{OUTCOME_LOOKS[outcome].icon} {outcome.short_label}"
