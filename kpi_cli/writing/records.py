"""What several outputs have in their records: numbers, bands, problems, what was understood."""

from dataclasses import asdict
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from kpi_cli.amounts import Target
from kpi_cli.models import Problem, ReadAs
from kpi_cli.writing.json_objects import number_fields, problem_fields

Count = Annotated[int, Field(ge=0)]
DirectionKey = Literal["better", "worse", "same"]
MonthText = Annotated[str, Field(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$")]
Number = Annotated[int | float, WithJsonSchema({"type": "number"})]
OutcomeKey = Literal["at_risk", "slippage", "on_course", "no_value", "no_target"]
WorkbookName = Annotated[
    str, Field(description="The workbook's file name; its path where several have the same name.")
]


class Record(BaseModel):
    """An object of the output: these fields, and no others."""

    model_config = ConfigDict(extra="forbid", defer_build=True)  # of many only one format is needed


class BandRecord(Record):
    """A target or a line of a Goldilocks indicator: both ends are inside."""

    low: Number = Field(description="The lower end, in display units.")
    high: Number = Field(description="The upper end, in display units; never under the lower.")


class NamedWorkbook(Record):
    """The workbook that something is from."""

    workbook: WorkbookName


class ProblemRecord(Record):
    """Something wrong in the workbook: where, what, and what to do about it."""

    severity: Literal["error", "warning"] = Field(
        description="How bad it is: with an error, something could not be used as it stands."
    )
    cell: str | None = Field(
        description='The cell, "Indicators!E14"; null where it is the whole workbook.'
    )
    message: str = Field(description="What is wrong, with the text that was found.")
    hint: str = Field(description="What to do about it.")


class ReadAsRecord(Record):
    """What was understood of a table of indicators."""

    cell: str = Field(description="The first of its headings.")
    period: str | None = Field(
        description="The period of rows that don't tell their own; null where it was not needed."
    )
    period_from: str | None = Field(
        description="Where that period was found, such as: the title in A1; or null. Periods that"
        " groups tell stand behind it, each with its place."
    )
    fields: dict[str, str] = Field(
        description="The heading taken for each field, with its cell, by the key of the field."
    )
    periods: list[str] = Field(description="The headings of columns of periods, which are history.")
    not_read: list[str] = Field(description="The headings of columns that are not read.")
    how: dict[str, str] = Field(
        description="By the key of a field, how its heading was understood: by its name, its words,"
        " or a profile."
    )
    dated: list[str] = Field(description="The keys of the fields whose headings name a period.")
    unknown_words: dict[str, list[str]] = Field(
        description="The words that are not understood, by the key of the field that they stand in."
    )
    rows: int = Field(description="How many indicators it has, rated or not.")
    polarity_from: dict[str, int] = Field(
        description="What told which way is good, and of how many indicators: a heading with its"
        " cell, thresholds, a workbook of definitions, an option."
    )
    definitions: str | None = Field(
        description="The workbook of definitions that was used; null where there was none."
    )
    defined: dict[str, int] = Field(
        description="By the key of a field, of how many indicators the definitions gave it."
    )
    profile: str | None = Field(description="The profile that was used; null without one.")
    settings_from: str | None = Field(
        description="Where the settings are: a cell, or a profile; null where kpi's own count."
    )
    priorities_from: str | None = Field(
        description="The first cell that tells the aims' priorities, of a sheet of aims or of a row"
        " that names an aim; null where nothing does."
    )
    earlier: int = Field(
        description="How many more rows are of earlier periods, in a table with a row for each"
        " period of an indicator: they are history."
    )


def number_record(amount: Target | None) -> int | float | BandRecord | None:
    """Return an amount in display units as a number, or as a band with its ends."""
    fields = number_fields(amount)
    return BandRecord.model_validate(fields) if isinstance(fields, dict) else fields


def problem_record(problem: Problem) -> ProblemRecord:
    """Return a problem as a record."""
    return ProblemRecord.model_validate(problem_fields(problem))


def read_as_record(table: ReadAs) -> ReadAsRecord:
    """Return what was understood of a table as a record."""
    return ReadAsRecord.model_validate(asdict(table))
