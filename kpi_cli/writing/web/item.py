"""An indicator as the page shows it: in the lists, in Section 1, and in detail."""

from functools import cached_property

from kpi_cli.amounts import Target
from kpi_cli.insight import Insight
from kpi_cli.models import Direction, Indicator, Outcome, Polarity, Rating
from kpi_cli.names import fold
from kpi_cli.rating import direction_reason
from kpi_cli.sentences import sentence
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import (
    chart_lines,
    forecast_line,
    forecast_notes,
    lag,
    other_period,
    since_last_period,
)
from kpi_cli.writing.view import ous as ous_of
from kpi_cli.writing.web.anchors import detail_of
from kpi_cli.writing.web.charts import Chart
from kpi_cli.writing.web.drawn_gauge import DrawnGauge, drawn_gauge
from kpi_cli.writing.web.exception_chart import chart_of, sparkline_of
from kpi_cli.writing.web.page_figures import Figures, Table, table_of
from kpi_cli.writing.web.page_filters import Marks

_GOOD = {
    Polarity.MAXIMISE: "Higher is better",
    Polarity.MINIMISE: "Lower is better",
    Polarity.GOLDILOCKS: "Inside the band is good",
}


class Item:
    """An indicator: each part is worked out when the page asks for it."""

    def __init__(self, rating: Rating, sections: Sections, anchor: str, marks: Marks) -> None:
        self.rating, self.sections = rating, sections
        self.anchor, self.marks = anchor, marks

    @property
    def _indicator(self) -> Indicator:
        return self.rating.indicator

    @property
    def _insight(self) -> Insight:
        return self.sections.insight(self.rating)

    @property
    def is_exception(self) -> bool:
        """Whether Section 3 has its detail."""
        return self.rating.outcome in self.sections.outcomes

    @property
    def place(self) -> str:
        """Where most is said of it: its detail, or its row among all."""
        return detail_of(self.anchor) if self.is_exception else self.anchor

    @property
    def detail(self) -> str:
        """The name of its detail."""
        return detail_of(self.anchor)

    @property
    def code(self) -> str | None:
        """Its code; None where its name stands for it."""
        return _code_of(self._indicator)

    @property
    def called(self) -> str:
        """What it is called where there is room for little: its code, or its name."""
        return called(self._indicator)

    @property
    def name(self) -> str:
        """Its name without what it is measured by, which is told apart."""
        return _name_of(self._indicator)

    @property
    def outcome(self) -> Outcome:
        """Its expected outcome."""
        return self.rating.outcome

    @property
    def direction(self) -> Direction:
        """How its value stands beside that of a year ago."""
        return self.rating.direction

    @property
    def value(self) -> str:
        """Its value, or what stands in its place."""
        return self._indicator.value_text or "-"

    @property
    def target(self) -> str:
        """The target that it is rated against."""
        return _text(self._indicator.target_in_force)

    @property
    def annual_target(self) -> str:
        """Its annual target."""
        return _text(self._indicator.annual_target)

    @property
    def period(self) -> str:
        """The period of its value."""
        return self._indicator.period.label

    @property
    def remark(self) -> str | None:
        """That its figure is of another period than the report's, where it is."""
        report = self.sections.report
        return lag(report, self.rating) or other_period(report, self.rating)

    @property
    def was(self) -> Outcome | None:
        """Its expected outcome in the period before."""
        before = self._insight.previous
        return before.outcome if before else None

    @property
    def reason(self) -> str:
        """Why it is rated so, as a sentence."""
        return sentence(self.rating.reason)

    @property
    def beside_last_year(self) -> str:
        """Why it is better or worse than last year, as a sentence."""
        return sentence(direction_reason(self.rating))

    @property
    def before(self) -> str | None:
        """How it stood in the period before, as a sentence; None where that isn't known."""
        before = self._insight.previous
        return sentence(since_last_period(before)) if before else None

    @property
    def comment(self) -> str | None:
        """Its comment."""
        return self._indicator.comment

    @property
    def ous(self) -> str:
        """Who is responsible for it."""
        return ous_of(self.rating)

    @property
    def committee(self) -> str:
        """Its committee."""
        return self.sections.committee(self.rating)

    @property
    def facts(self) -> dict[str, str]:
        """What is known of it beside its figures, by name; without what the workbook lacks."""
        indicator = self._indicator
        noun = indicator.period.noun.capitalize()
        facts = {
            f"{noun}'s target": _text(indicator.target),
            "Annual target": self.annual_target,
            **{name.capitalize(): line.named for name, line in indicator.lines.items()},
            "Good performance": _GOOD[indicator.polarity],
            "Measured": indicator.reporting_basis,
            "Responsible": "; ".join(indicator.responsible_ous),
            "Managed by": indicator.managed_by,
            "Committee": indicator.committee and self.committee,
            "Year introduced": indicator.year_introduced,
            "Data source": indicator.data_source,
            "Value is marked": indicator.value_note,
        }
        return {name: text for name, text in facts.items() if text and text != "-"}

    @cached_property
    def figures(self) -> Figures:
        """Its figures of all periods."""
        return Figures(self._insight)

    @cached_property
    def gauge(self) -> DrawnGauge | None:
        """Its gauge."""
        return drawn_gauge(self.rating, self.sections.report.settings)

    @cached_property
    def chart(self) -> Chart | None:
        """Its chart."""
        sections = self.sections
        return chart_of(self.figures, spc=sections.with_spc, forecast=sections.with_forecast)

    @cached_property
    def sparkline(self) -> Chart | None:
        """Its small chart."""
        return sparkline_of(self.figures)

    @cached_property
    def table(self) -> Table:
        """Its figures as a table."""
        return table_of(self.figures)

    @property
    def variation(self) -> str:
        """What its control chart calls its latest figure."""
        variation = self._insight.chart.variation
        return variation.label if variation else "-"

    @property
    def target_met(self) -> str | None:
        """Whether its target is met as figures vary."""
        assurance = self._insight.chart.assurance
        return assurance.label if assurance else None

    @property
    def control_chart(self) -> list[str]:
        """What its control chart says, a sentence each; the caution that goes with it is one."""
        chart = self._insight.chart
        lines = [sentence(line.removesuffix(".")) for line in chart_lines(chart)]
        return [*lines, *([sentence(chart.caution)] if chart.caution else [])]

    @property
    def forecast(self) -> str | None:
        """Where its year ends, with the range; None where that isn't told."""
        made = self._insight.forecast
        return f"{made.value.text} ({made.range_text})" if made.value else None

    @property
    def outturn(self) -> str | None:
        """How its forecast is rated."""
        return self._insight.forecast.outcome_text

    @property
    def forecast_lines(self) -> list[str]:
        """Its forecast in sentences: with the range, how that is rated, and how it was made."""
        made = self._insight.forecast
        return [sentence(forecast_line(made)), *forecast_notes(made)]


def called(indicator: Indicator) -> str:
    """Return what an indicator is called where there is room for little: its code, or its name."""
    return _code_of(indicator) or _name_of(indicator)


def _code_of(indicator: Indicator) -> str | None:
    """Return its code; None where its name stands for it."""
    code = indicator.code
    return None if fold(code) == fold(indicator.short_name) else code


def _name_of(indicator: Indicator) -> str:
    """Return its name without the last square bracket, which says what it is measured by."""
    name, basis = indicator.short_name, indicator.reporting_basis
    short = name.rstrip().removesuffix(f"[{basis}]").rstrip() if basis else name
    return short or name


def _text(amount: Target | None) -> str:
    return amount.text if amount else "-"
