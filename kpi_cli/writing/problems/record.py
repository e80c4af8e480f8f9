"""Problems as records with stable field names, for the formats that programs read."""

from typing import Literal

from pydantic import BaseModel

from kpi_cli.models import Problem
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.record import SCHEMA_VERSION


class FoundRecord(BaseModel):
    """One problem: the check that found it (null where reading did), its place, what to do."""

    check: str | None
    severity: Literal["error", "warning"]
    cell: str | None
    message: str
    hint: str


class CheckedRecord(BaseModel):
    """A workbook's problems, and how many there are."""

    workbook: str
    indicators: int
    errors: int
    warnings: int
    problems: list[FoundRecord]


class ChecksRecord(BaseModel):
    """The problems of all workbooks that were checked."""

    schema_version: int
    workbooks: list[CheckedRecord]


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
