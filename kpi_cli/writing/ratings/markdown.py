"""Reports as Markdown: a heading, and a table for each group."""

from collections.abc import Iterable, Iterator
from typing import TextIO

from kpi_cli.insight import Insight, insights
from kpi_cli.models import Direction, Rating, Report
from kpi_cli.published import compare_published
from kpi_cli.rating import direction_reason
from kpi_cli.selection import Order
from kpi_cli.writing.markdown_text import escaped, list_item, table_row, title_lines
from kpi_cli.writing.script import Script
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS, POLARITY_WORDS
from kpi_cli.writing.view import (
    View,
    chart_lines,
    forecast_line,
    forecast_notes,
    group_summary,
    in_groups,
    lag,
    other_period,
    priorities_of,
    since_last_period,
    tally,
    total,
    unrated,
    value_note,
)

_HEADINGS = (
    "Code", "Short name", "Polarity", "Value", "Target", "Annual target", "Expected outcome",
    "Than last year",
)  # fmt: skip
_NUMERIC = {"Value", "Target", "Annual target"}


def write_markdown(reports: Iterable[Report], stream: TextIO, view: View) -> None:
    """Write the reports one after the other."""
    script = Script(stream.encoding or "utf-8")
    for number, report in enumerate(reports):
        gap = "\n" if number else ""
        stream.write(gap + script.text("\n".join(_report(report, view, script)) + "\n"))


def _report(report: Report, view: View, script: Script) -> Iterator[str]:
    yield from title_lines(report)
    for group, ratings in in_groups(report, view.order).items():
        yield ""
        yield f"## {escaped(group)}"
        yield ""
        if view.order is Order.WORKBOOK and (priorities := priorities_of(report, group)):
            yield from map(list_item, priorities)
            yield ""
        yield group_summary(ratings, view.order)
        yield ""
        yield from _table(report, ratings, view, script)
    yield ""
    yield f"**{total(report)}**"
    if rows := unrated(report):
        yield ""
        yield escaped(rows)
    if view.compare:
        yield from _comparison(report)


def _table(report: Report, ratings: list[Rating], view: View, script: Script) -> Iterator[str]:
    shown = insights(report, ratings)
    was = any(each.previous for each in insights(report))
    headings = list(_HEADINGS) + ["Was"] * was
    headings += ["Variation", "Target met"] * view.spc + ["Forecast"] * view.forecast
    headings += ["Reason"] * view.explain
    yield table_row(headings)
    yield table_row(["---:" if heading in _NUMERIC else "---" for heading in headings])
    for insight in shown:
        rating, indicator = insight.rating, insight.rating.indicator
        note = lag(report, rating) or other_period(report, rating)
        name = (
            f"{escaped(indicator.short_name)} *({note})*" if note else escaped(indicator.short_name)
        )
        cells = [
            escaped(indicator.code),
            name,
            POLARITY_WORDS[indicator.polarity],
            escaped(indicator.value_text or "-"),
            escaped(indicator.target.text if indicator.target else "-"),
            escaped(indicator.annual_target.text if indicator.annual_target else "-"),
            script.look(OUTCOME_LOOKS[rating.outcome]),
            script.look(DIRECTION_LOOKS[rating.direction]),
        ]
        cells += [_was(insight, script)] if was else []
        cells += _verdicts(insight) if view.spc else []
        cells += [escaped(forecast_line(insight.forecast))] if view.forecast else []
        yield table_row([*cells, _why(insight, view)] if view.explain else cells)


def _was(insight: Insight, script: Script) -> str:
    outcome = insight.previous.outcome if insight.previous else None
    return script.look(OUTCOME_LOOKS[outcome]) if outcome else "-"


def _verdicts(insight: Insight) -> list[str]:
    chart = insight.chart
    if why := chart.why_no_verdict:
        return [escaped(f"- ({why})"), "-"]
    assert chart.variation
    caution = f" ({chart.caution})" if chart.caution else ""
    met = chart.assurance.label + caution if chart.assurance else "-"
    return [escaped(chart.variation.label), escaped(met)]


def _why(insight: Insight, view: View) -> str:
    rating = insight.rating
    parts = [rating.reason, value_note(rating)]
    if rating.direction is not Direction.UNKNOWN:
        parts.append(f"{rating.direction.label}: {direction_reason(rating)}")
    if insight.previous:
        parts.append(since_last_period(insight.previous))
    if view.spc:
        parts += [*chart_lines(insight.chart), insight.chart.caution]
    parts += forecast_notes(insight.forecast) if view.forecast else []
    return escaped("; ".join(part for part in parts if part))


def _comparison(report: Report) -> Iterator[str]:
    comparison = compare_published(report)
    yield ""
    yield "## Compared with what was published"
    yield ""
    yield f"- {tally(comparison.outcomes, 'Expected outcome', '')}"
    yield f"- {tally(comparison.directions, 'Direction', 'no value a year ago')}"
    if comparison.differences:
        yield ""
        yield table_row(("Code", "What", "Published", "Computed", "Reason"))
        yield table_row(["---"] * 5)
        for pair in comparison.differences:
            indicator = pair.rating.indicator
            texts = [
                indicator.code,
                pair.what,
                pair.published.label,
                pair.computed.label,
                pair.reason,
            ]
            yield table_row([escaped(text) for text in texts])
