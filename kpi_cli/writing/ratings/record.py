"""A report as records with stable field names, for the formats that programs read.

`RatingRecord`, `ProblemRecord` and `ReportRecord` are the specification's section "Outputs": what
is missing is null, numbers are in display units, a band has two ends. What the fields mean is
said here once; `kpi schema` prints it, and `record_fields` fills them.
"""

from typing import Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from kpi_cli.writing.ratings.insight_record import (
    ControlChartRecord,
    ForecastRecord,
    PreviousRecord,
    SeriesRecord,
)
from kpi_cli.writing.records import (
    BandRecord,
    Count,
    DirectionKey,
    MonthText,
    NamedWorkbook,
    Number,
    OutcomeKey,
    ProblemRecord,
    ReadAsRecord,
    Record,
    WorkbookName,
)


class RatedRecord(Record):
    """One indicator, its figures, its rating and the reason, and the period before."""

    code: str = Field(description='The indicator\'s code, such as "CP 3.10".')
    short_name: str = Field(description="The indicator's name.")
    aim: str | None = Field(description="The corporate aim; null where none is named.")
    responsible_ous: list[str] = Field(
        description="The responsible department or departments; empty where none is named."
    )
    managed_by: str | None = Field(description="Who manages it; null where nobody is named.")
    committee: str | None = Field(description="The scrutiny committee; null where none is named.")
    data_source: str | None = Field(
        description="Where the figures come from; null where nothing is named."
    )
    polarity: Literal["maximise", "minimise", "goldilocks"] = Field(
        description="Which way is good: higher, lower, or inside a band."
    )
    basis: str | None = Field(
        description="The reporting basis, such as Cumulative YTD: the last square bracket of the"
        " short name; null where it has none."
    )
    month: MonthText = Field(
        description="The month that is rated, or the last one of a longer period, as year and"
        " month: 2019-01."
    )
    period: str = Field(
        description="The period that is rated, in words: January 2019, Q3 2018/19, 2018/19."
    )
    period_months: Literal[1, 3, 6, 12] = Field(
        description="How many months the period has: 1 for a month, 3 for a quarter."
    )
    unit: Literal["percent", "number", "currency"] | None = Field(
        description="What the value counts in or, where there is none, its target; null where"
        " there is neither."
    )
    value: Number | None = Field(
        description="The period's value in display units (67.5 for 67.5%); null for no value."
    )
    value_text: str | None = Field(
        description="The value as the workbook shows it, or what stands in its place, such as"
        " TBC; null where nothing stands there."
    )
    value_note: str | None = Field(
        description='What the workbook says with the value: a unit or a mark, such as "kg" or'
        ' "prov"; null where it is the figure alone.'
    )
    target: Number | BandRecord | None = Field(
        description="The period's target in display units, for Goldilocks also as a band; null"
        " where there is none, and the annual target counts."
    )
    target_text: str | None = Field(
        description="The period's target as the workbook shows it; null where there is none."
    )
    annual_target: Number | BandRecord | None = Field(
        description="The target for the financial year in display units, for Goldilocks also as a"
        " band; null where there is none."
    )
    annual_target_text: str | None = Field(
        description="The annual target as the workbook shows it; null where there is none."
    )
    green_line: Number | BandRecord | None = Field(
        description="Its own green line, at which or better it is on course, in display units, for"
        " Goldilocks also as a band; null where it has none, and its target counts."
    )
    green_line_text: str | None = Field(
        description="The green line as the workbook shows it; null where it has none."
    )
    red_line: Number | BandRecord | None = Field(
        description="Its own red line, worse than which it is at risk, in display units, for"
        " Goldilocks also as a band; null where it has none, and a tolerance counts."
    )
    red_line_text: str | None = Field(
        description="The red line as the workbook shows it; null where it has none."
    )
    expected_outcome: OutcomeKey = Field(
        description="The rating: at risk of missing target (red), some slippage against target"
        " (amber), on course to achieve target (green), no value, or no target."
    )
    direction: DirectionKey | None = Field(
        description="The value against the same period last year; null where it can't be told."
    )
    last_year: Number | None = Field(
        description="The value of the same period last year in display units; null where it isn't"
        " known."
    )
    reason: str = Field(description="Why the rating is what it is, in one sentence with figures.")
    published_outcome: OutcomeKey | None = Field(
        description="The rating that the workbook says was published; null where it says none. It"
        " never decides the rating."
    )
    published_direction: DirectionKey | None = Field(
        description="The direction that the workbook says was published; null where it says none,"
        " or a dash."
    )
    comment: str | None = Field(description="The comment; null where there is none.")
    cell: str = Field(description='Where the indicator\'s code stands: "Indicators!A26".')
    previous: PreviousRecord | None = Field(
        description="The period just before, as it stood then; null where its value isn't known."
    )


class RatingRecord(RatedRecord):
    """One indicator, its figures, its rating and the reason."""

    spc: ControlChartRecord | SkipJsonSchema[None] = Field(
        default=None,
        description="What its control chart says; only with --spc.",
    )
    forecast: ForecastRecord | SkipJsonSchema[None] = Field(
        default=None,
        description="Where its year ends; only with --forecast.",
    )
    series: list[SeriesRecord] | SkipJsonSchema[None] = Field(
        default=None,
        description="The figures of all periods up to the rated one; only with --series.",
    )


class LineRecord(RatingRecord, NamedWorkbook):  # the fields of the last base come first
    """One indicator with its workbook, its figures, its rating and the reason."""


class SummaryRecord(Record):
    """How many of the ratings have each expected outcome."""

    at_risk: Count = Field(description="At risk of missing target: red.")
    slippage: Count = Field(description="Some slippage against target: amber.")
    on_course: Count = Field(description="On course to achieve target: green.")
    no_value: Count = Field(description="Without a value.")
    no_target: Count = Field(description="Without a target.")


class TallyRecord(Record):
    """How many of what was published agree with what was computed; blanks aren't counted."""

    agree: Count = Field(description="Published and computed are the same.")
    differ: Count = Field(description="Published and computed differ.")
    not_comparable: Count = Field(
        description="A direction was published, and there is no value a year ago to tell it by."
    )


class DifferenceRecord(Record):
    """An outcome or direction that was published, and differs from the computed one."""

    code: str = Field(description="The indicator's code.")
    what: Literal["expected_outcome", "direction"] = Field(description="What differs.")
    published: OutcomeKey | DirectionKey | None = Field(
        description="What was published; null for a direction given as a dash."
    )
    computed: OutcomeKey | DirectionKey = Field(description="What was computed.")
    reason: str = Field(description="Why the computed one is what it is.")
    cell: str = Field(description="Where the published one stands.")


class ComparisonRecord(Record):
    """How the ratings compare with those that the workbook says were published."""

    expected_outcome: TallyRecord = Field(description="The expected outcomes.")
    direction: TallyRecord = Field(description="The directions.")
    differences: list[DifferenceRecord] = Field(description="Those that differ, one by one.")


class AimRecord(Record):
    """A corporate aim, and what it is to achieve."""

    aim: str = Field(description="The aim's name, as the ratings have it.")
    priorities: list[str] = Field(
        description="Its priorities, in the workbook's order; empty where none are told."
    )


class ReportRecord(Record):
    """A workbook's report."""

    schema_version: Literal[1] = Field(
        description="The version of this shape: it rises when a field goes or changes its meaning."
    )
    workbook: WorkbookName
    title: str | None = Field(description="The report's title; null where the workbook sets none.")
    report_month: MonthText | None = Field(
        description="The last month of the period asked for, or else of the latest that any has;"
        " null where there is no indicator."
    )
    summary: SummaryRecord = Field(description="How many of the ratings have each outcome.")
    ratings: list[RatingRecord] = Field(
        description="The indicators that were asked for, in the workbook's order."
    )
    aims: list[AimRecord] = Field(
        description="The aims of these indicators with their priorities, in the same order."
    )
    problems: list[ProblemRecord] = Field(
        description="Everything wrong in the workbook; rows that could not be rated are named here."
    )
    read_as: list[ReadAsRecord] = Field(
        description="What was understood of each table of indicators."
    )
    comparison: ComparisonRecord | SkipJsonSchema[None] = Field(
        default=None,
        description="Only with --compare-published.",
    )


ReportsRecord = ReportRecord | list[ReportRecord]
"""What `--format json` writes: an object for one workbook, a list of them for several."""
