"""What reading finds wrong: problems with the address of their cell, and what they are about."""

from kpi_cli.models import Problem, Severity
from kpi_cli.xlsx.sheet import Cell


def error(cell: Cell, message: str, hint: str) -> Problem:
    """Return the error that a cell holds."""
    return Problem(severity=Severity.ERROR, cell=cell.address, message=message, hint=hint)


def warning(cell: Cell, message: str, hint: str) -> Problem:
    """Return a warning of what a cell holds."""
    return Problem(severity=Severity.WARNING, cell=cell.address, message=message, hint=hint)


FOUND_IN_READING: tuple[tuple[Severity, str], ...] = (
    (Severity.ERROR, "A required column that is missing; the nearest heading found is named."),
    (Severity.ERROR, "Two columns that could both be the value, a target or another that decides."),
    (Severity.ERROR, "A code, short name, polarity or month that is missing in a row."),
    (
        Severity.ERROR,
        "A value, target, tolerance or month that can't be read: words, TRUE, an Excel error, a"
        " number that Excel turned into a date, a day that does not exist such as 29 February"
        " 2019.",
    ),
    (Severity.ERROR, "A formula that was saved without its result."),
    (Severity.ERROR, "A band that is reversed, such as 48-38, or one where it has no place."),
    (Severity.ERROR, "A polarity that is unknown."),
    (
        Severity.ERROR,
        "Thresholds that contradict each other, the polarity or the target, such as a red line over"
        " the target where higher is better; both cells are named.",
    ),
    (Severity.ERROR, "A setting that can't be read or is given twice."),
    (Severity.WARNING, "A heading or a setting that is unknown, and nearly one that is known."),
    (Severity.WARNING, "A heading that may be of a threshold, and is unknown."),
    (Severity.WARNING, "Columns Green, Amber and Red that hold no conditions such as >=95%."),
    (Severity.WARNING, "A polarity that is blank, and is taken from the thresholds."),
    (Severity.WARNING, "A published outcome or direction that is unknown."),
    (Severity.WARNING, "A row that is taken for a note, and a sheet of codes that is not read."),
)
"""For the list of everything that is checked."""
