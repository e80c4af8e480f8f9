"""Problems with the address of the cell that they are in, and words that are told of once."""

from collections.abc import Callable, Iterable, Sequence

from kpi_cli.models import Problem, Severity
from kpi_cli.xlsx.sheet import Cell


class WordProblem(Problem):
    """A problem with a word that other rows may have too."""

    word: str  # what it is: 'the published outcome "Purple" is unknown'
    so: str  # how the message goes on: ", and is not compared"


def error(cell: Cell, message: str, hint: str) -> Problem:
    """Return the error that a cell holds."""
    return Problem(severity=Severity.ERROR, cell=cell.address, message=message, hint=hint)


def warning(cell: Cell, message: str, hint: str) -> Problem:
    """Return a warning of what a cell holds."""
    return Problem(severity=Severity.WARNING, cell=cell.address, message=message, hint=hint)


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
