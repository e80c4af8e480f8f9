"""Problems as records with stable field names, for the formats that programs read."""

from typing import Literal

from pydantic import Field

from kpi_cli.models import Problem
from kpi_cli.writing.json_objects import SCHEMA_VERSION
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.records import (
    Count,
    ProblemRecord,
    ReadAsRecord,
    Record,
    WorkbookName,
    read_as_record,
)


class _FinderRecord(Record):
    check: str | None = Field(
        description="The check that found it, as kpi check --list names it; null where reading the"
        " workbook found it."
    )


class FoundRecord(ProblemRecord, _FinderRecord):
    """One problem: the check that found it, its place, what is wrong and what to do."""


class CheckedRecord(Record):
    """A workbook's problems, and how many there are."""

    workbook: WorkbookName
    indicators: Count = Field(
        description="How many indicators it has, those that can't be rated included."
    )
    errors: Count = Field(description="How many of the problems are errors.")
    warnings: Count = Field(description="How many of the problems are warnings.")
    problems: list[FoundRecord] = Field(description="All problems, in the workbook's order.")
    read_as: list[ReadAsRecord] = Field(
        description="What was understood of each table of indicators."
    )


class ChecksRecord(Record):
    """The problems of all workbooks that were checked."""

    schema_version: Literal[1] = Field(
        description="Rises when a field goes or changes its meaning."
    )
    workbooks: list[CheckedRecord] = Field(
        description="The workbooks that could be read, in the order given."
    )


def checks_record(workbooks: list[Checked]) -> ChecksRecord:
    """Return what was checked as a record."""
    return ChecksRecord(
        schema_version=SCHEMA_VERSION,
        workbooks=[
            CheckedRecord(
                workbook=checked.workbook,
                indicators=checked.indicators,
                errors=checked.errors,
                warnings=checked.warnings,
                problems=[found_record(problem) for problem in checked.problems],
                read_as=[read_as_record(table) for table in checked.read_as],
            )
            for checked in workbooks
        ],
    )


def found_record(problem: Problem) -> FoundRecord:
    """Return a problem as a record."""
    return FoundRecord.model_validate(
        {
            "check": problem.check,
            "severity": problem.severity.value,
            "cell": problem.cell,
            "message": problem.message,
            "hint": problem.hint,
        }
    )
