"""The words that the changes between two reports have in every format for people."""

from collections import Counter
from collections.abc import Iterator

from kpi_cli.changes import accumulates, figures_text
from kpi_cli.comparison.compared import Compared
from kpi_cli.comparison.standings import Standings
from kpi_cli.models import Indicator, Outcome
from kpi_cli.sentences import counted, listed

ARROW = " → "


def title(compared: Compared) -> str:
    """Return what is compared: "December 2018 → January 2019", or a period's two versions."""
    before, after = (_label(each) for each in (compared.before, compared.after))
    if compared.is_one_period:
        return f"{after}: two versions"
    return f"{before}{ARROW}{after}"


def _label(standings: Standings) -> str:
    return standings.period.label if standings.period else standings.workbook.name


def workbooks(compared: Compared) -> str:
    """Return the workbooks that are compared: the earlier and the later, or the one."""
    if compared.is_one_workbook:
        return compared.after.workbook.name
    return f"{compared.before.workbook.name}{ARROW}{compared.after.workbook.name}"


def sides(compared: Compared) -> tuple[str, str]:
    """Return what tells the two reports apart: their periods, or else their workbooks."""
    if compared.is_one_period:
        return compared.before.workbook.name, compared.after.workbook.name
    return _label(compared.before), _label(compared.after)


def answer(compared: Compared) -> str:
    """Return the answer in one line: "1 worse, 1 better, 11 unchanged · 16 not known for …"."""
    counts = compared.counts
    outcomes = [
        f"{number:,} {word}"
        for number, word in (
            (counts.worse, "worse"),
            (counts.better, "better"),
            (counts.other, "changed otherwise"),
        )
        if number
    ]
    others = [
        f"{number:,} {word}"
        for number, word in (
            (counts.revised, "with another figure"),
            (counts.redefined, "defined otherwise"),
            (counts.unchanged, "unchanged"),
        )
        if number
    ]
    first = ", ".join([*(outcomes or ["no change of outcome"]), *others])
    parts = [first, *_not_known(compared)]
    parts += [f"{counts.not_compared:,} not compared"] if counts.not_compared else []
    parts += [f"{counts.new:,} new"] if counts.new else []
    parts += [f"{counts.gone:,} gone"] if counts.gone else []
    past = counts.rewritten + counts.removed
    parts += [f"{counted(past, 'figure')} of the past rewritten or gone"] if past else []
    return " · ".join(parts)


def _not_known(compared: Compared) -> Iterator[str]:
    """Yield how many indicators aren't known, by the periods of which they aren't."""
    numbers = Counter(each.not_known for each in compared.not_compared if each.not_known)
    for periods, number in numbers.items():
        labels = listed(dict.fromkeys(period.label for period in periods), last="and")
        yield f"{number:,} not known for {labels}"


def figures(before: Indicator, after: Indicator) -> str:
    """Return the figures of an indicator in both: "570 of 546 → 616 of 653"."""
    if accumulates(after):
        return f"{figures_text(before)}{ARROW}{figures_text(after)}"
    old, new = before.target_in_force, after.target_in_force
    values = before.value_text or "no value", after.value_text or "no value"
    if old and new and old.measure == new.measure:
        return f"{ARROW.join(values)} against {new.text}"
    if not old:
        return ARROW.join(values) + (f" against {new.text}" if new else "")
    targets = [target.text if target else "no target" for target in (old, new)]
    return ARROW.join(f"{v} against {t}" for v, t in zip(values, targets, strict=True))


def outcomes(before: Outcome | None, after: Outcome | None) -> str:
    """Return the expected outcomes: "On course → Some slippage", and only one that stayed."""
    texts = [each.short_label if each else "not rated" for each in (before, after)]
    return ARROW.join(dict.fromkeys(texts))


def outcome_counts(compared: Compared) -> list[list[str]]:
    """Return how many there are of each outcome in both reports: a row of headings, and of each.

    They are of the indicators that are known in both; outcomes that there are none of are left out.
    """
    counts = compared.outcomes
    shown = [each for each in Outcome if any(count[each] for count in counts)]
    rows = [["", *(outcome.short_label for outcome in shown)]]
    for side, count in zip(sides(compared), counts, strict=True):
        rows.append([side, *(f"{count[outcome]:,}" for outcome in shown)])
    return rows


def known_in_both(compared: Compared) -> str:
    """Return of how many indicators the counts are."""
    number = len(compared.pairs)
    return f"of the {counted(number, 'indicator')} known in both"
