"""What reading finds wrong: problems with the address of their cell, and words told of once."""

from collections.abc import Callable, Iterable, Sequence

from pydantic import ConfigDict

from kpi_cli.models import Problem, Severity
from kpi_cli.xlsx.sheet import Cell

_LONGEST_NOTE = 60  # characters of it that a message has


class WordProblem(Problem):
    """A problem with a word that other rows may have too."""

    model_config = ConfigDict(defer_build=True)  # most workbooks have none

    word: str  # what it is: 'the published outcome "Purple" is unknown'
    so: str  # how the message goes on: ", and is not compared"


def error(cell: Cell, message: str, hint: str) -> Problem:
    """Return the error that a cell holds."""
    return Problem(severity=Severity.ERROR, cell=cell.address, message=message, hint=hint)


def warning(cell: Cell, message: str, hint: str) -> Problem:
    """Return a warning of what a cell holds."""
    return Problem(severity=Severity.WARNING, cell=cell.address, message=message, hint=hint)


def taken_for_note(cell: Cell, unused: str, hint: str) -> Problem:
    """Return a warning that a text makes no row of its own: it "is not rated", or "is not used"."""
    text = " ".join(str(cell.value).split())
    if len(text) > _LONGEST_NOTE:
        text = f"{text[:_LONGEST_NOTE].rstrip()} …"
    return warning(cell, f'the row "{text}" is taken for a note, and {unused}', hint)


FOUND_IN_READING: tuple[tuple[Severity, str], ...] = (
    (Severity.ERROR, "A required column that is missing; the nearest heading found is named."),
    (Severity.ERROR, "Two columns that could both be the value, a target or another that decides."),
    (Severity.ERROR, "A code, short name, polarity or period that is missing in a row."),
    (
        Severity.ERROR,
        "A value, target, tolerance or period that can't be read: words that are not known, TRUE,"
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
    (
        Severity.WARNING,
        "A published outcome or direction that is unknown: a word is told once, with its rows.",
    ),
    (
        Severity.WARNING,
        "A target whose sign contradicts the polarity, such as ≤5 where higher is better; and one"
        " such as <5 where the value is exactly 5, which counts as met.",
    ),
    (
        Severity.WARNING,
        "An aim in the sheet Aims that no indicator has, and priorities that differ from those of"
        " the row that names the aim.",
    ),
    (
        Severity.WARNING,
        "What is read though Excel hides it: a sheet, rows, columns, figures whose number format"
        " shows nothing of them; and what is not read, as a merged cell covers it, or it is"
        " struck out.",
    ),
    (Severity.WARNING, "A code with characters that nobody sees, which don't count."),
    (Severity.WARNING, "A row that is taken for a note, and a sheet of codes that is not read."),
    (Severity.WARNING, "A damaged sheet on which no table was seen: it is left out."),
    (Severity.WARNING, "A number whose style is missing: it may be a percentage or a date."),
)
"""For the list of everything that is checked."""


def of_word(problem: Problem, word: str, so: str = "") -> WordProblem:
    """Return a problem as one of a word that may stand in many rows; their number goes between."""
    return WordProblem(**{**dict(problem), "message": f"{word}{so}"}, word=word, so=so)


def told_once(
    found: Iterable[tuple[str, Problem, str | None]],
    noun: str,
    outcome: Callable[[Sequence[str]], str],
) -> list[Problem]:
    """Return problems in their order, with each word of a column told once, at its first cell.

    Each comes with its column's field, and with the name of what can't be used for it, if
    anything; the outcome says what becomes of these. The noun is what the words are counted in.
    """
    same: dict[object, list[tuple[Problem, str | None]]] = {}
    for number, (field, problem, name) in enumerate(found):
        is_word = isinstance(problem, WordProblem)
        key = (field, problem.word, problem.so) if is_word else number  # type: ignore[attr-defined]
        same.setdefault(key, []).append((problem, name))
    return [_told(problems, noun, outcome) for problems in same.values()]


def _told(
    same: Sequence[tuple[Problem, str | None]], noun: str, outcome: Callable[[Sequence[str]], str]
) -> Problem:
    first = same[0][0]
    message = first.message
    if isinstance(first, WordProblem) and len(same) > 1:
        message = f"{first.word} in {len(same):,} {noun}s (first here){first.so}"
    if names := [name for _, name in same if name]:
        message += f"; {outcome(names)}"
    return Problem(
        severity=first.severity,
        cell=first.cell,
        message=message,
        hint=first.hint,
        check=first.check,
    )
