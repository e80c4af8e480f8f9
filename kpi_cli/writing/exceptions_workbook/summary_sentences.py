"""What the Summary says in sentences: which are the exceptions, how many are better or worse."""

from collections.abc import Iterator, Mapping, Sequence

from kpi_cli.models import Direction, Outcome, Rating, Report
from kpi_cli.rules_in_words import a_year_ago
from kpi_cli.sentences import listed
from kpi_cli.writing.exceptions_workbook.sections import Sections

_MOST_NAMED = 20  # codes in a sentence
_ONE_AND_MANY: Mapping[Outcome, tuple[str, str]] = {
    Outcome.AT_RISK: ("is at risk of missing its target", "are at risk of missing their targets"),
    Outcome.SLIPPAGE: (
        "shows some slippage against its target",
        "show some slippage against their targets",
    ),
    Outcome.ON_COURSE: ("is on course to achieve its target", "are on course"),
    Outcome.NO_VALUE: ("has no value", "have no value"),
    Outcome.NO_TARGET: ("has no target", "have no target"),
}
_COLOURS = {Outcome.AT_RISK: " (red)", Outcome.SLIPPAGE: " (amber)", Outcome.ON_COURSE: " (green)"}


def exceptions_named(sections: Sections) -> Iterator[str]:
    """Yield a sentence for each outcome that counts as an exception, with the codes."""
    for outcome in sections.outcomes:
        codes = [r.indicator.code for r in sections.exceptions if r.outcome is outcome]
        one, many = _ONE_AND_MANY[outcome]
        colour = _COLOURS.get(outcome, "")
        if not codes:
            yield f"No indicator {one}{colour}."
        elif len(codes) == 1:
            yield f"One indicator {one}{colour}: {codes[0]}."
        else:
            yield f"{len(codes)} indicators {many}{colour}: {_some(codes)}."


def _some(codes: Sequence[str]) -> str:
    more = len(codes) - _MOST_NAMED
    return listed([*codes[:_MOST_NAMED], *([f"{more} more"] if more > 0 else ())], last="and")


def directions(ratings: Sequence[Rating]) -> str:
    """Return how many indicators are better or worse than last year."""
    ways = {way: sum(rating.direction is way for rating in ratings) for way in Direction}
    then = a_year_ago(rating.indicator for rating in ratings)
    compared = len(ratings) - ways[Direction.UNKNOWN]
    if not compared:
        return f"No indicator can be compared with {then}."
    said = (
        (Direction.BETTER, "↑ {} better"),
        (Direction.WORSE, "↓ {} worse"),
        (Direction.SAME, "→ {} the same"),
    )
    parts = ", ".join(text.format(ways[way]) for way, text in said if ways[way])
    return f"{compared} can be compared with {then}: {parts}"


def not_rated(report: Report) -> str:
    """Return how many rows could not be rated, and which; nothing where all were."""
    if not report.unrated:
        return ""
    codes = [row.code for row in report.unrated if row.code]
    without = len(report.unrated) - len(codes)
    named = ", ".join(codes)
    if without:
        more = "one without a code" if without == 1 else f"{without} without a code"
        named = f"{named} and {more}" if codes else more
    return f"Not rated, for errors in the workbook: {len(report.unrated)} ({named})"
