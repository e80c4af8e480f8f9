"""The figures of all periods as records with stable field names, for formats that programs read.

What the fields mean is said here once; `kpi schema history-json` prints it. Where a field is one of
a rating too, it says the same of the same period: `kpi rate --month` has it.
"""

from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from kpi_cli.all_periods import AllPeriods, CodeHistory, Figures
from kpi_cli.writing.json_objects import SCHEMA_VERSION
from kpi_cli.writing.records import (
    BandRecord,
    DirectionKey,
    MonthText,
    NamedWorkbook,
    Number,
    OutcomeKey,
    ProblemRecord,
    Record,
    WorkbookName,
    number_record,
    problem_record,
)


class FiguresRecord(Record):
    """The figures of one indicator in one period, and the rating as it was then."""

    code: str = Field(description='The indicator\'s code, such as "CP 3.10".')
    name: str | None = Field(
        description="The indicator's name; null where the history alone has the code."
    )
    period: str = Field(description="The period in words: January 2019, Q3 2018/19, 2018/19.")
    month: MonthText = Field(
        description="The month, or the last one of a longer period, as year and month: 2019-01."
    )
    period_months: Literal[1, 3, 6, 12] = Field(
        description="How many months the period has: 1 for a month, 3 for a quarter."
    )
    value: Number | None = Field(
        description="The period's value in display units (67.5 for 67.5%); null for no value."
    )
    target: Number | BandRecord | None = Field(
        description="The period's own target in display units, for Goldilocks also as a band; null"
        " where there is none, and the annual target counts."
    )
    unit: Literal["percent", "number", "currency"] | None = Field(
        description="What the value counts in or, where there is none, its target; null where"
        " there is neither."
    )
    expected_outcome: OutcomeKey | None = Field(
        description="The rating as kpi rate --month gives it for this period; null where no"
        " indicator has the code, or it can't be rated."
    )
    direction: DirectionKey | None = Field(
        description="The value against the same period a year earlier; null where it can't be told."
    )
    cell: str = Field(description='Where the code stands beside these figures: "History!A26".')


class FiguresLineRecord(FiguresRecord, NamedWorkbook):  # the fields of the last base come first
    """The figures of one indicator in one period, with their workbook."""


class HistoryRecord(Record):
    """The figures of all periods of a workbook."""

    schema_version: Literal[1] = Field(
        description="The version of this shape: it rises when a field goes or changes its meaning."
    )
    workbook: WorkbookName
    title: str | None = Field(description="The report's title; null where the workbook sets none.")
    figures: list[FiguresRecord] = Field(
        description="A line for each indicator and period: indicators in the workbook's order, each"
        " from its first period to its last; then the codes that only the history has."
    )
    problems: list[ProblemRecord] = Field(
        description="Everything wrong in the workbook; rows that could not be rated are named here."
    )


HistoriesRecord = HistoryRecord | list[HistoryRecord]
"""What `--format json` writes: an object for one workbook, a list of them for several."""


def history_record(periods: AllPeriods) -> HistoryRecord:
    """Return the figures of all periods of a workbook as a record."""
    report = periods.report
    return HistoryRecord(
        schema_version=SCHEMA_VERSION,
        workbook=report.workbook,
        title=report.settings.report_title,
        figures=list(figures_records(periods)),
        problems=[problem_record(problem) for problem in report.problems],
    )


def figures_records(periods: AllPeriods) -> Iterator[FiguresRecord]:
    """Yield a record for each code and period."""
    for history in periods.histories:
        for figures in history.figures:
            yield _figures_record(history, figures)


def _figures_record(history: CodeHistory, figures: Figures) -> FiguresRecord:
    rating = figures.rating
    return FiguresRecord.model_validate(
        {
            "code": history.code,
            "name": history.name,
            "period": figures.period.label,
            "month": str(figures.period.last),
            "period_months": figures.period.length,
            "value": number_record(figures.value),
            "target": number_record(figures.target),
            "unit": figures.unit.value if figures.unit else None,
            "expected_outcome": rating.outcome.key if rating else None,
            "direction": rating.direction.key if rating else None,
            "cell": figures.place.cell("code"),
        }
    )
