"""What got worse and what got better since the period before, in words: counts, a line for each."""

from typing import NamedTuple

from kpi_cli.insight import Insight
from kpi_cli.models import Direction, Rating
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
    found = [
        Changed(
            rating,
            insight.previous.outcome_change,
            _outcomes(insight, sections.period),
            _text(insight),
        )
        for rating in in_order(sections.report.ratings)
        if (insight := sections.insight(rating)).previous
    ]
    ways = (Direction.WORSE, Direction.BETTER)
    return [each for way in ways for each in found if each.way is way]


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


def _outcomes(insight: Insight, report: Period) -> tuple[str, str]:
    assert insight.previous
    then, now = insight.previous.rating, insight.rating
    period = now.indicator.period
    of = f" ({period.label})" if period != report else ""
    was = f" ({then.indicator.period.label})" if period != report else ""
    return f"{_named(now)}{of}", f"{_named(then)}{was}"


def _text(insight: Insight) -> str:
    assert insight.previous
    then, now = insight.previous.rating, insight.rating
    was = f"{then.outcome.short_label} in {then.indicator.period.label}"
    return f"{was}, now {now.outcome.short_label}"


def _named(rating: Rating) -> str:
    return f"{OUTCOME_LOOKS[rating.outcome].icon} {rating.outcome.short_label}"
