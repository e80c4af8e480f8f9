"""What reading a workbook finds by itself, for the list of everything that is checked."""

from kpi_cli.models import Severity

READING_FINDS: tuple[tuple[Severity, str], ...] = (
    (Severity.ERROR, "A required column that is missing; the nearest heading found is named."),
    (Severity.ERROR, "Two columns that could both be the value, a target or another that decides."),
    (Severity.ERROR, "A code, short name, polarity or month that is missing in a row."),
    (
        Severity.ERROR,
        "A value, target, tolerance or month that can't be read: words that are not known, TRUE,"
        " an Excel error, a number that Excel turned into a date, a day that does not exist such"
        " as 29 February 2019. A word is told once, with the number of rows that have it.",
    ),
    (
        Severity.ERROR,
        "A target that no value can be held against: a change (Reduce by 5%), a place among"
        " others (Top quartile), two figures.",
    ),
    (Severity.ERROR, "A formula that was saved without its result."),
    (Severity.ERROR, "A band that is reversed, such as 48-38, or one where it has no place."),
    (Severity.ERROR, "A polarity that is unknown."),
    (Severity.ERROR, "A setting that can't be read or is given twice."),
    (Severity.WARNING, "A heading or a setting that is unknown, and nearly one that is known."),
    (
        Severity.WARNING,
        "A published outcome or direction that is unknown: a word is told once, with its rows.",
    ),
    (
        Severity.WARNING,
        "A target whose sign contradicts the polarity, such as ≤5 where higher is better; and one"
        " such as <5 where the value is exactly 5, which counts as met.",
    ),
    (Severity.WARNING, "A row that is taken for a note, and a sheet of codes that is not read."),
)
