"""How the reports of one call are to be shown, and the words that every report for people has."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.changes import Previous, accumulates, figures_text, was_text
from kpi_cli.insight import Insight
from kpi_cli.models import Direction, Outcome, Rating, Report, count_outcomes
from kpi_cli.names import fold
from kpi_cli.published import Tally
from kpi_cli.selection import Order
from kpi_cli.sentences import counted, sentence

if TYPE_CHECKING:  # what is in these is loaded for those who ask for it
    from kpi_cli.forecast import Forecast
    from kpi_cli.spc import ControlChart


class View(NamedTuple):
    """What to show beside the ratings."""

    explain: bool = False  # the reason under each indicator
    compare: bool = False  # how the published ratings compare
    several: bool = False  # more than one workbook was asked for
    brief: bool = False  # a line for each indicator
    order: Order = Order.WORKBOOK
    spc: bool = False  # the verdicts of control charts
    forecast: bool = False  # where the year ends
    series: bool = False  # the figures of all periods, where programs read them
    backtest: bool = False  # what forecasts would have been worth


EVERYTHING = View(spc=True, forecast=True)
"""What there is to show of a single indicator."""


def in_groups(report: Report, order: Order) -> dict[str, list[Rating]]:
    """Return the ratings of a report in the groups that its order has: aims, outcomes, or one."""
    if order is Order.OUTCOME:
        return _grouped(report.ratings, lambda rating: rating.outcome.short_label)
    if order is Order.CODE:
        return {"By code": list(report.ratings)} if report.ratings else {}
    if order is Order.VARIATION:
        return _grouped(report.ratings, lambda rating: _variation_label(rating, report))
    return by_aim(report.ratings)


def _variation_label(rating: Rating, report: Report) -> str:
    variation = Insight(rating, report).chart.variation
    return variation.label if variation else "No control chart"


def by_aim(ratings: Iterable[Rating]) -> dict[str, list[Rating]]:
    """Return the ratings by their aim."""
    return _grouped(ratings, lambda rating: rating.indicator.aim or "No aim given")


def aims(report: Report) -> list[str]:
    """Return the aims of a report in its order, each in its first spelling."""
    named = [rating for rating in report.ratings if rating.indicator.aim]
    return list(by_aim(named))


def priorities_of(report: Report, aim: str) -> tuple[str, ...]:
    """Return the priorities of an aim; none where the workbook tells none."""
    return report.priorities.get(fold(aim), ())


def by_committee(ratings: Iterable[Rating]) -> dict[str, list[Rating]]:
    """Return the ratings by their scrutiny committee."""
    return _grouped(ratings, lambda rating: rating.indicator.committee or "No committee given")


def by_ous(ratings: Iterable[Rating]) -> dict[str, list[Rating]]:
    """Return the ratings by their responsible OUs; those responsible together are one group."""
    return _grouped(ratings, ous)


def ous(rating: Rating) -> str:
    """Return the responsible OUs as the report names them: "People; Public Health"."""
    return "; ".join(rating.indicator.responsible_ous) or "No OU given"


def _grouped(
    ratings: Iterable[Rating], name_of: Callable[[Rating], str]
) -> dict[str, list[Rating]]:
    """Return ratings in groups, in the order in which these first appear.

    A name spelt in several ways is one group, under its first spelling.
    """
    names: dict[str, str] = {}
    groups: dict[str, list[Rating]] = {}
    for rating in ratings:
        name = name_of(rating)
        groups.setdefault(names.setdefault(fold(name), name), []).append(rating)
    return groups


def titles(report: Report) -> list[str]:
    """Return the lines above a report: organisation, title and month, file."""
    settings = report.settings
    month = f" · {report.period.label}" if report.period else ""
    lines = [settings.organisation, f"{settings.title}{month}", report.workbook]
    inferred = dict.fromkeys(table.inferred for table in report.read_as if table.inferred)
    lines += [f"Read as: {each}" for each in inferred]
    return [line for line in lines if line]


def summary(ratings: list[Rating]) -> str:
    """Return the counts that aren't nil: "At risk 6 · Some slippage 6 · On course 16"."""
    counts = count_outcomes(ratings)
    shown = [f"{outcome.short_label} {counts[outcome]}" for outcome in Outcome if counts[outcome]]
    return " · ".join(shown) or "no indicators"


def group_summary(ratings: list[Rating], order: Order) -> str:
    """Return the counts of a group; where it is one of an outcome, only how many it has."""
    return counted(len(ratings), "indicator") if order is Order.OUTCOME else summary(ratings)


def total(report: Report) -> str:
    """Return the summary of the whole report, with how many indicators it is of."""
    shown = len(report.ratings)
    if not shown and not report.left_out:
        return "no indicator could be rated"
    everything = counted(shown + report.left_out, "indicator")
    indicators = f"{shown} of {everything}" if report.left_out else everything
    return f"{indicators}: {summary(list(report.ratings))}" if shown else indicators


def unrated(report: Report) -> str | None:
    """Return how many rows could not be rated, and which; None where all were."""
    rows = report.unrated
    if not rows:
        return None
    named = ", ".join(row.code or row.place.cell("code") for row in rows)
    return f"Not rated, for errors in the workbook: {len(rows)} ({named})"


def value_note(rating: Rating) -> str | None:
    """Return what the workbook says with the value, as a note: 'Value marked "prov"', or None."""
    note = rating.indicator.value_note
    return f'value marked "{note}"' if note else None


def lag(report: Report, rating: Rating) -> str | None:
    """Return a note on an indicator whose latest month is behind the report's, or None."""
    period, behind = rating.indicator.period, report.periods_behind(rating.indicator)
    if behind <= 0:
        return None
    return f"{period.label}, {counted(behind, period.noun)} behind the report"


def other_period(report: Report, rating: Rating) -> str | None:
    """Return the period of an indicator, as a note, where it isn't the report's nor behind it."""
    period = rating.indicator.period
    if report.period in (None, period) or lag(report, rating):
        return None
    return period.label


def since_last_period(previous: Previous) -> str:
    """Return what the outcome was, and what became of the value, in words with the figures."""
    now = {
        Direction.BETTER: ", now better",
        Direction.WORSE: ", now worse",
        Direction.SAME: ", now the same",
        Direction.UNKNOWN: "",
    }[previous.change]
    then = previous.indicator
    measure = " against the target" if now and accumulates(then) else ""
    if previous.outcome is None:
        was = f"was {figures_text(then)} in {then.period.label}{now}{measure}"
        return f"{was}; the history has no target for it"
    return f"{was_text(previous)}: {figures_text(then)}{now}{measure}"


def chart_lines(chart: "ControlChart") -> list[str]:
    """Return what a control chart says: verdict, assurance and notes; or why there is none.

    The caution, which stands apart, is not among the notes.
    """
    if chart.reason:
        return [f"No control chart: {chart.reason}"]
    since = f", since {chart.since.label}" if chart.since else ""
    rule = f" ({chart.rule.label}{since})" if chart.rule else ""
    verdict = chart.variation.label if chart.variation else "No verdict"
    lines = [f"{verdict}: {chart.text}{rule}"]
    if chart.assurance:
        lines.append(f"{chart.assurance.label}: {chart.assurance_text}")
    said = {chart.text, chart.caution}
    lines.append(" ".join(sentence(note) for note in chart.notes if note not in said))
    return [line for line in lines if line]


def forecast_line(forecast: "Forecast") -> str:
    """Return where the year ends, with the range and how it is rated: or why that isn't told."""
    if forecast.refused or not forecast.value:
        return f"No forecast: {forecast.refused}"
    figures = f"{forecast.value.text} ({forecast.range_text})"
    target = f" against {forecast.annual_target.text}" if forecast.annual_target else ""
    rated = f": {forecast.outcome_text}" if forecast.outcome_text else ""
    return f"Forecast for {forecast.year.label}: {figures}{target}{rated}"


def forecast_notes(forecast: "Forecast") -> list[str]:
    """Return how a forecast was made, and what is to be known of it, a sentence each."""
    if not forecast.method:
        return []
    errors = f"the range holds four in five of {forecast.past_errors} past errors"
    return [f"Method: {forecast.method}; {errors}.", *map(sentence, forecast.notes)]


def tally(tally: Tally, what: str, why_not: str) -> str:
    """Return a line that says how the published ones compare: "Outcome: 29 of 29 agree"."""
    compared = tally.agree + tally.differ
    if not compared + tally.not_comparable:
        return f"{what}: none was published"
    line = f"{what}: {tally.agree} of {compared} agree"
    if tally.differ:
        line += f", {tally.differ} differ{'s' * (tally.differ == 1)}"
    if tally.not_comparable:
        line += f"; {tally.not_comparable} cannot be compared ({why_not})"
    return line
