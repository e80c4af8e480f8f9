"""Control charts: whether an indicator's latest figure is a signal, and whether its target is met.

The chart is an XmR chart, as the NHS uses it. What is charted is decided in charted.py, and the
arithmetic is in xmr.py.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from kpi_cli.amounts import Band, Target, Value
from kpi_cli.charted import PER, Figures, figures_of
from kpi_cli.history import Series
from kpi_cli.models import Indicator, Polarity
from kpi_cli.periods import NAMES, Period
from kpi_cli.sentences import counted, listed, some
from kpi_cli.terms import Assurance, Charted, Rule, Variation
from kpi_cli.xmr import Judged, Made, assurance_of, icon_of, judge

FEWEST = 12
"""The fewest points of a chart; the R package warns below 13, and computes from 2 on."""
FIRM = 20
"""From so many points on, another one hardly moves the limits."""

_ROUNDED = Context(prec=40)


class ChartPoint(NamedTuple):
    """A figure of one period, and what the chart says of it."""

    period: Period
    value: Value  # what is charted: of a total the amount, in the total's look
    facts: Judged
    variation: Variation

    @property
    def rule(self) -> Rule | None:
        """The rule that makes the point a signal; None where it is common cause."""
        return self.facts.signal.rule if self.facts.signal else None


@dataclass(frozen=True)
class ControlChart:
    """An indicator's control chart, up to its own period; numbers are in display units.

    Where there is none, `reason` says why, and all that a chart says is None. Without variation the
    numbers are there, and neither verdict is.
    """

    charted: Charted
    count: int  # of points that there are, or would be
    points: Sequence[ChartPoint] = ()
    values: Sequence[Value] = ()  # of the points
    missing: tuple[Period, ...] = ()  # between the first point and the latest
    mean: Decimal | None = None
    lower_limit: Decimal | None = None
    upper_limit: Decimal | None = None
    average_moving_range: Decimal | None = None
    variation: Variation | None = None  # of the latest point; earlier signals don't count
    variation_icon: str | None = None  # the package's name: "concern_high"
    rule: Rule | None = None
    since: Period | None = None  # in which the signal began: the same rule, the same way
    assurance: Assurance | None = None  # None without a target
    target: Target | None = None  # for what is charted
    notes: tuple[str, ...] = ()
    caution: str | None = None  # that of the notes without which the verdicts mislead
    reason: str | None = None

    @cached_property
    def _look(self) -> Value:
        """The look that most values have; with commas where any has."""
        is_grouped = any(value.grouped for value in self.values)
        decimals = [value.decimals for value in self.values]
        most = max(dict.fromkeys(decimals), key=decimals.count)
        return replace(self.values[-1], decimals=most, grouped=is_grouped)

    def shown(self, number: Decimal, more_decimals: int = 0) -> str:
        """Return a limit, or the mean, in the look of the charted values: "1.73%"."""
        return self._look.shown(number, self._look.decimals + more_decimals)

    @property
    def why_no_verdict(self) -> str | None:
        """Why it says nothing of the latest figure; None where it does."""
        if self.variation:
            return None
        return self.reason or _no_variation(self.points[-1].period)

    @property
    def text(self) -> str:
        """The verdict with its figures: "1.95% is over the upper limit of 1.73%"; or why none."""
        if why := self.why_no_verdict:
            return why
        return (_TOLD[self.rule] if self.rule else _common_cause)(self)

    @property
    def assurance_text(self) -> str | None:
        """Where the target lies: "the target of 95% is between the limits of 67.8% and 95.3%".

        None where the chart says nothing of a target.
        """
        return _beside_limits(self)


def control_chart(indicator: Indicator, series: Series) -> ControlChart:
    """Return the control chart of an indicator's figures, those up to its own period.

    The series is the indicator's own. Only periods as long as its own are charted.
    """
    figures = figures_of(indicator, series)
    count = len(figures.values)
    reason = figures.reason or _too_few(figures, indicator)
    if reason:
        return ControlChart(figures.charted, count, reason=reason)
    points = _points(figures, indicator.polarity)
    latest = points[-1]
    limits, signal = latest.facts.limits, latest.facts.signal
    varies = bool(limits.average_moving_range)
    ends = figures.target_ends if varies else None
    assurance = assurance_of(limits, *ends, indicator.polarity) if ends else None
    caution = _caution(latest, figures, assurance)
    return ControlChart(
        charted=figures.charted,
        count=count,
        points=points,
        values=list(figures.values.values()),
        missing=figures.missing,
        mean=_rounded(limits.mean),
        lower_limit=_rounded(limits.lower),
        upper_limit=_rounded(limits.upper),
        average_moving_range=_rounded(limits.average_moving_range),
        variation=latest.variation if varies else None,
        variation_icon=icon_of(latest.variation, indicator.polarity) if varies else None,
        rule=latest.rule if varies else None,
        since=_since(points) if signal and varies else None,
        assurance=assurance,
        target=figures.target,
        notes=(*figures.notes, *_notes(indicator, figures, points), *filter(None, [caution])),
        caution=caution,
    )


def _beside_limits(chart: ControlChart) -> str | None:
    target, lower, upper = chart.target, chart.lower_limit, chart.upper_limit
    if chart.assurance is None or target is None or lower is None or upper is None:
        return None
    limits = f"{chart.shown(lower)} and {chart.shown(upper)}"
    if isinstance(target, Band):
        where = {
            Assurance.PASSES: "inside",
            Assurance.FAILS: "outside",
            Assurance.HIT_AND_MISS: "partly inside",
        }[chart.assurance]
        return f"the limits of {limits} are {where} the band of {target.text}"
    if chart.assurance is Assurance.HIT_AND_MISS:
        return f"the target of {target.text} is between the limits of {limits}"
    way = 1 if target.number > upper else -1
    return f"the target of {target.text} is {_beside_limit(chart, target.number, way)}"


def _too_few(figures: Figures, indicator: Indicator) -> str | None:
    """Return that there are too few periods with a value or, of a total, with an amount."""
    count, known, noun = len(figures.values), figures.known, indicator.period.noun
    if known < FEWEST:
        return f"{counted(known, noun)}; a control chart needs {FEWEST}"
    if count < FEWEST:
        return (
            f"{counted(count, noun)} with an amount, of {known} with a value; a control chart needs"
            f" {FEWEST}, and an amount needs the {noun} before"
        )
    return None


def _points(figures: Figures, polarity: Polarity) -> Sequence[ChartPoint]:
    periods, values = list(figures.values), list(figures.values.values())
    judged = judge([value.number for value in values])

    def point(at: int) -> ChartPoint:
        signal = judged[at].signal
        variation = signal.means(polarity) if signal else Variation.COMMON_CAUSE
        return ChartPoint(periods[at], values[at], judged[at], variation)

    return Made(len(periods), point)


def _since(points: Sequence[ChartPoint]) -> Period:
    """Return the period in which the signal of the latest point began."""
    since = points[-1]
    for point in reversed(points):
        if point.facts.signal != since.facts.signal:
            break
        since = point
    return since.period


def _notes(indicator: Indicator, figures: Figures, points: Sequence[ChartPoint]) -> Iterator[str]:
    """Yield what a reader has to know of the chart, beside what is charted."""
    latest, noun = points[-1], indicator.period.noun
    if missing := figures.missing:
        is_amount = figures.charted is Charted.AMOUNT
        what = f"{PER[indicator.period.length]} amount" if is_amount else noun
        yield (
            f"{counted(len(missing), what)} missing ({some(_spans(missing))}): the {noun}s beside"
            f" {'it' if len(missing) == 1 else 'them'} are treated as neighbours"
        )
    if len(points) < FIRM:
        yield f"trial limits: {counted(len(points), noun)}, {FIRM} make them firm"
    if latest.period != indicator.period:
        what = "amount" if indicator.value else "value"
        yield f"no {what} for {indicator.period.label}: the verdict is of {latest.period.label}"
    if not latest.facts.limits.average_moving_range:
        yield _no_variation(latest.period)


def _caution(latest: ChartPoint, figures: Figures, assurance: Assurance | None) -> str | None:
    """Return that limits of other times say nothing of the latest figure, where that misleads.

    It does where the figure is a bad one; and where it is a good one beside a target that was
    never met before.
    """
    noun = latest.period.noun
    if not (latest.facts.limits.average_moving_range and latest.facts.is_outside):
        return None
    overtaken = latest.variation is Variation.IMPROVEMENT and assurance is Assurance.FAILS
    if not (overtaken or _is_bad(latest, figures)):
        return None
    return f"the limits describe the {noun}s before; the latest {noun} is outside them"


def _is_bad(point: ChartPoint, figures: Figures) -> bool:
    """Whether a signal is bad news; where no way is good, it is so outside the band."""
    if point.variation not in (Variation.HIGH, Variation.LOW) or not figures.target_ends:
        return point.variation is Variation.CONCERN
    low, high = figures.target_ends
    return not low <= Fraction(point.value.number) <= high


def _no_variation(period: Period) -> str:
    return f"no {period.noun}-to-{period.noun} variation; a chart says nothing"


def _spans(periods: Sequence[Period]) -> list[str]:
    """Return periods as a list of stretches without a gap: "May–July 2018"."""
    spans: list[list[Period]] = []
    for period in periods:
        if spans and period.last.months_after(spans[-1][-1].last) <= period.length:
            spans[-1].append(period)
        else:
            spans.append([period])
    return [_span(span[0], span[-1]) for span in spans]


def _span(first: Period, last: Period) -> str:
    if first == last:
        return last.label
    is_short = last.length == 1 and first.last.year == last.last.year
    return f"{NAMES[first.last.number - 1] if is_short else first.label}–{last.label}"


def _common_cause(chart: ControlChart) -> str:
    assert chart.lower_limit is not None
    assert chart.upper_limit is not None
    lower, upper = chart.shown(chart.lower_limit), chart.shown(chart.upper_limit)
    latest = chart.points[-1].value.text
    return f"{latest} is between the limits of {lower} and {upper}, and ends no trend or run"


def _outside(chart: ControlChart) -> str:
    latest = chart.points[-1]
    return f"{latest.value.text} is {_beside_limit(chart, latest.value.number, latest.facts.side)}"


def _trend(chart: ControlChart) -> str:
    numbers = [value.number for value in chart.values]
    way = 1 if numbers[-1] > numbers[-2] else -1
    steps = [(after - before) * way for before, after in pairwise(numbers)]
    count = 1 + next((n for n, step in enumerate(reversed(steps)) if step <= 0), len(steps))
    first, last = _dated(chart.points[-count]), _dated(chart.points[-1])
    return f"{count} figures in a row {'rise' if way > 0 else 'fall'}, from {first} to {last}"


def _two_of_three(chart: ControlChart) -> str:
    close = [point for point in chart.points[-3:] if point.facts.is_close]
    limit = _limit(chart, close[-1].facts.side)
    figures = listed(map(_dated, close), last="and")
    return f"{len(close)} of the last 3 figures are close to the {limit}: {figures}"


def _one_side(chart: ControlChart) -> str:
    assert chart.mean is not None
    side = chart.points[-1].facts.side
    points = enumerate(reversed(chart.points))
    count = next((n for n, point in points if point.facts.side != side), chart.count)
    since = chart.points[-count].period.label
    where = "over" if side > 0 else "under"
    mean = chart.shown(chart.mean, more_decimals=1)
    return f"the last {count} figures, since {since}, are all {where} the mean of {mean}"


_TOLD: dict[Rule, Callable[[ControlChart], str]] = {
    Rule.OUTSIDE: _outside,
    Rule.TREND: _trend,
    Rule.TWO_OF_THREE: _two_of_three,
    Rule.ONE_SIDE: _one_side,
}


def _beside_limit(chart: ControlChart, number: Decimal, way: int) -> str:
    """Return "over the upper limit of 1.73%" of a number outside the limits.

    One more decimal tells a limit from a number that looks the same.
    """
    limit = _limit(chart, way)
    if limit.endswith(f" {chart.shown(number)}"):
        limit = _limit(chart, way, more_decimals=1)
    return f"{'over' if way > 0 else 'under'} the {limit}"


def _limit(chart: ControlChart, way: int, more_decimals: int = 0) -> str:
    name, number = ("upper", chart.upper_limit) if way > 0 else ("lower", chart.lower_limit)
    assert number is not None
    return f"{name} limit of {chart.shown(number, more_decimals)}"


def _dated(point: ChartPoint) -> str:
    return f"{point.value.text} in {point.period.label}"


def _rounded(number: Fraction | None) -> Decimal | None:
    """Return a number to 40 digits, which is more than any figure has."""
    if number is None:
        return None
    return _ROUNDED.divide(Decimal(number.numerator), Decimal(number.denominator))
