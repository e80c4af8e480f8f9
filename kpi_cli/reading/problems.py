"""Problems with the address of the cell that they are in."""

from kpi_cli.models import Problem, Severity
from kpi_cli.xlsx.sheet import Cell


def error(cell: Cell, message: str, hint: str) -> Problem:
    """Return the error that a cell holds."""
    return Problem(severity=Severity.ERROR, cell=cell.address, message=message, hint=hint)


def warning(cell: Cell, message: str, hint: str) -> Problem:
    """Return a warning of what a cell holds."""
    return Problem(severity=Severity.WARNING, cell=cell.address, message=message, hint=hint)
