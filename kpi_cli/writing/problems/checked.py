"""A workbook that was checked, with its problems and how many there are."""

from dataclasses import dataclass

from kpi_cli.models import Problem, ReadAs, Severity
from kpi_cli.sentences import counted


@dataclass(frozen=True)
class Checked:
    """A workbook's name, how many indicators it has, and all its problems in their order."""

    workbook: str
    indicators: int
    problems: tuple[Problem, ...]
    read_as: tuple[ReadAs, ...] = ()  # what was understood of its tables

    @property
    def errors(self) -> int:
        """How many problems are errors."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems)

    @property
    def warnings(self) -> int:
        """How many problems are warnings."""
        return len(self.problems) - self.errors

    @property
    def summary(self) -> str:
        """The counts in a line: "x.xlsx: 29 indicators, 8 warnings"."""
        counts = ((self.errors, "error"), (self.warnings, "warning"))
        found = ", ".join(counted(number, noun) for number, noun in counts if number)
        indicators = counted(self.indicators, "indicator")
        return f"{self.workbook}: {indicators}, {found or 'no problems'}"
