"""The columns to fill in: how wide each is, the note on its heading, what may be typed there."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.styles import Alignment

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.writing.excel.styles import FIGURE, WRAPPED, WRAPPED_LEFT
from kpi_cli.writing.template.allowed import MONTH, Allowed, one_of

_AS_TYPED = "@"  # Excel would make a date of a code such as 3-10, and 3.1 of 3.10
_MONTH_FORMAT = "mmmm yyyy"


@dataclass(frozen=True)
class Column:
    """A column, its width in Excel's unit; what is typed there takes its format and alignment."""

    width: float
    note: str
    allowed: Allowed | None = None
    number_format: str = "General"
    alignment: Alignment = WRAPPED


def _month(note: str) -> Column:
    return Column(16, note, MONTH, _MONTH_FORMAT, WRAPPED_LEFT)


def _figure(note: str) -> Column:
    return Column(11, note, alignment=FIGURE)


INDICATORS: Mapping[str, Column] = {
    "code": Column(
        13,
        "The indicator's own code, such as CP 3.10. The same code stands in History.",
        number_format=_AS_TYPED,
    ),
    "short_name": Column(
        34,
        "What is measured, and at the end in square brackets the reporting basis:"
        " [Monthly Snapshot], [Cumulative YTD], [Rolling Quarter] or [YTD Snapshot].",
    ),
    "polarity": Column(
        16,
        "Which way is good: Aim to Maximise (higher is better), Aim to Minimise (lower is better)"
        " or Goldilocks (inside a band is good).",
        one_of([polarity.label for polarity in Polarity]),
    ),
    "month": _month("The month that the value is for. Type it as January 2019."),
    "value": _figure(
        "The result for the month: a number, or a percentage such as 67.5%. While there is none,"
        " leave it empty or write TBC.",
    ),
    "target": _figure(
        "The target for the month; where it is empty, the annual target counts. For Goldilocks a"
        " band, such as 38-48. (Type '3-5 with the apostrophe: Excel makes a date of 3-5.)",
    ),
    "annual_target": _figure(
        "The target for the financial year, which stands in the heading: change it each year.",
    ),
    "published_outcome": Column(
        18,
        "The rating that was published, if you want to compare it. It never decides the rating.",
        one_of([outcome.label for outcome in Outcome]),
    ),
    "published_direction": Column(
        12,
        "What was published, if you want to compare it. It never decides the rating: the history"
        " does.",
        one_of([direction.label for direction in Direction]),
    ),
    "comment": Column(
        44,
        "Why the figure is what it is, and what is being done about it. Every exception (red or"
        " amber) should have one.",
    ),
    "managed_by": Column(16, "Who answers for the indicator: a service, a team or a post."),
    "committee": Column(
        18, "The scrutiny committee that it is reported to. Spell each of them in one way."
    ),
    "aim": Column(14, "The corporate aim that the indicator belongs to."),
    "responsible_ous": Column(
        18, "The department that is responsible; put a semicolon between several."
    ),
    "year_introduced": Column(
        11,
        "The year in which the indicator was introduced, such as 2014 or 2018/19.",
        number_format=_AS_TYPED,
        alignment=WRAPPED_LEFT,
    ),
    "tolerance": _figure(
        "How far off the target still counts as some slippage, for this indicator alone: 3% means"
        " 3% of the target, and 3 means 3 of its own units. Where it is empty, Settings decide.",
    ),
    "last_year": _figure(
        "The value of the same month a year earlier, where History does not have it.",
    ),
}
HISTORY: Mapping[str, Column] = {
    "code": Column(13, "The indicator's code, as in Indicators.", number_format=_AS_TYPED),
    "month": _month(
        "One row for an indicator and a month. Type it as January 2019. The same month a year"
        " earlier tells whether an indicator is better or worse.",
    ),
    "value": _figure("The result for that month."),
    "target": _figure("The target for that month."),
}
