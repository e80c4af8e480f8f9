"""The words that the figures of all periods have in every format for people."""

from collections import Counter

from kpi_cli.all_periods import AllPeriods, CodeHistory
from kpi_cli.models import Outcome
from kpi_cli.sentences import counted, some


def title_of(history: CodeHistory) -> str:
    """Return what stands beside the code: the name, or that no indicator has the code."""
    unrated = "" if history.indicator else "not rated: no row of an indicator could be read"
    name = history.name if history.name != history.code else ""
    return "; ".join(part for part in (name, unrated) if part)


def total(periods: AllPeriods) -> str:
    """Return the counts: "269 lines of 29 indicators: At risk 60 · Some slippage 58".

    After them stand the codes that are not rated, as no indicator has them.
    """
    report = periods.report
    shown = len(report.ratings)
    everything = counted(shown + report.left_out, "indicator")
    indicators = f"{shown} of {everything}" if report.left_out else everything
    ratings = [figures.rating for figures in periods.figures]
    counts = Counter(rating.outcome if rating else None for rating in ratings)
    parts = [f"{each.short_label} {counts[each]}" for each in Outcome if counts[each]]
    parts += [f"Not rated {counts[None]}"] if counts[None] else []
    lines = counted(len(ratings), "line")
    line = f"{lines} of {indicators}" + (f": {' · '.join(parts)}" if parts else "")
    codes = periods.other_codes
    are = "is" if len(codes) == 1 else "are"
    return f"{line}; {some(codes)} {are} no indicator's" if codes else line
