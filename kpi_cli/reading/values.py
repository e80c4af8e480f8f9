"""What a cell says: a value, a band, a month, a tolerance, or a problem with the text found.

Each reader takes a cell and returns what it holds, None where it says that there is nothing, or a
Problem. A reader never guesses (domain: anything else is a problem, reported with its cell).
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from kpi_cli.amounts import LARGEST, Band, Target, Tolerance, Unit, Value, exact, parse_amount
from kpi_cli.conditions import Condition, condition_of, parse_condition
from kpi_cli.fields import Kind
from kpi_cli.models import Direction, Outcome, Polarity, Problem
from kpi_cli.names import RAISED, UNSEEN, fold
from kpi_cli.period_words import noun_named, parse_period
from kpi_cli.periods import Period, UnclearPeriod, YearlessPeriod
from kpi_cli.reading.absence import Absence, absence_in
from kpi_cli.reading.number_formats import look_of
from kpi_cli.reading.problems import error, of_word, warning
from kpi_cli.reading.vocabulary import (
    is_without_outcome,
    is_without_polarity,
    parse_direction,
    parse_outcome,
    parse_polarity,
)
from kpi_cli.reading.wording import in_one_form
from kpi_cli.reading.written_targets import parse_written_target, why_unrateable
from kpi_cli.reading.written_values import parse_written_value
from kpi_cli.sentences import listed
from kpi_cli.xlsx.sheet import Cell, Fault

NO_VALUE_WORDS = {"", "-", "–", "—", "tbc", "tba", "n/a", "no data"}
"""What stands for nothing in a tolerance or a setting, folded."""

_NOT_AVAILABLE = "#N/A"  # the Excel error that charts leave out

_VALUE_HINT = "Write a number, a percentage such as 67.5%, or leave the cell empty."
_TARGET_HINT = "Write a number, a percentage such as 95%, a band such as 38-48, or leave it empty."
_MONTH_HINT = "Write a date, or a month such as January 2019."
_PERIOD_HINT = "Write a date, a month such as January 2019, or a period such as Q3 2018/19."
_THRESHOLD_HINT = (
    "Write a number, a percentage such as 90%, a band such as 38-48, or leave it empty."
)
_TOLERANCE_END_HINT = "Write the value itself, such as 70% below a target of 80%."
_CONDITION_HINT = "Write a condition such as >=95%, 90-95% or <90%, or leave it empty."
_SCALE_HINT = "Write a number: it is for pictures alone."
_TOLERANCE_HINT = (
    "Write a percentage of the target such as 3%, or a number of the indicator's units."
)


def read_text(cell: Cell) -> str | Problem | None:
    """Return the text that the cell shows; a number keeps its format: 3.1 as `0.00` is "3.10"."""
    if problem := _fault(cell):
        return problem
    value = cell.value
    if isinstance(value, str):
        return value.replace("\xa0", " ").strip() or None
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        number = exact(value)
        return look_of(cell.number_format, number).text(number)
    if isinstance(value, datetime):
        value = value.date()
    return None if value is None else str(value)


def read_code(cell: Cell) -> str | Problem | None:
    """Return an indicator's code, without a footnote and the characters in it that nobody sees.

    A date is a problem, for Excel makes one of a code like 3-10.
    """
    if isinstance(cell.value, date):
        hint = "Format the cell as text, and type the code again."
        return error(cell, f"the code is {_shown(cell)}", hint)
    text = read_text(cell)
    return (
        UNSEEN.sub("", text).strip().rstrip(RAISED).strip() or None
        if isinstance(text, str)
        else text
    )


def unseen_in_code(cell: Cell) -> Problem | None:
    """Return a warning where a code has characters that nobody sees; they don't count."""
    text = cell.value
    unseen = UNSEEN.findall(text) if isinstance(text, str) and not text.isascii() else []
    if not unseen:
        return None
    named = listed(sorted({f"U+{ord(each):04X}" for each in unseen}), last="and")
    code = _in_short(UNSEEN.sub("", str(text)))
    message = (
        f'the code "{code}" has characters in it that nobody sees, {named}, which don\'t count'
    )
    return warning(cell, message, "Clear the cell, and type the code again.")


class _Words(NamedTuple):
    """How the texts of a column are taken that have numbers in it."""

    says_nothing: Callable[[str], object]
    parse: Callable[[str], Target | None]
    why_not: Callable[[str], str | None]  # of a text that is no amount, where that is known
    are_many: bool = True  # other rows may have the same text


def _why_no_value(text: str) -> str | None:
    return "a limit, not a figure" if in_one_form(text)[:1] in {*"<>≤≥"} else None


_ALONE = _Words(
    lambda text: fold(text) in NO_VALUE_WORDS, parse_amount, lambda text: None, are_many=False
)
_OF_OTHERS = _ALONE._replace(are_many=True)
_OF_VALUES = _Words(absence_in, parse_written_value, _why_no_value)
_OF_THRESHOLDS = _OF_OTHERS._replace(says_nothing=absence_in)
_OF_TARGETS = _Words(absence_in, parse_written_target, why_unrateable)


def read_value(cell: Cell) -> Value | Problem | None:
    """Return the value in display units (67.5 for 67.5%), exact to Excel's 15 digits.

    None where the cell is blank or says that there is no value (`read_no_value` has its words).
    A unit, a scale and a mark are read with the figure: "512 kg", "£1.2m", "78% (prov)".
    """
    if _is_not_available(cell):
        return None
    amount = read_amount(cell, "value", _VALUE_HINT, _OF_VALUES)
    if isinstance(amount, Band):
        message = f'the value "{_shown(cell)}" is a band, and a value is one number'
        return error(cell, message, _VALUE_HINT)
    return amount


def read_amount(
    cell: Cell, what: str, hint: str, words: _Words = _ALONE
) -> Target | Problem | None:
    """Return the value or the band in a cell; what and hint name it in the message of a problem."""
    if problem := _fault(cell):
        return problem
    value = cell.value
    if isinstance(value, str):
        return _read_amount_text(cell, value, what, hint, words)
    if value is None:
        return None
    if isinstance(value, bool):
        return error(cell, f"the {what} is {_shown(cell)}, which is no number", hint)
    if isinstance(value, int | float):
        return _read_amount_number(cell, value, what, hint)
    return error(
        cell,
        f"the {what} is {_shown(cell)}, where a number is expected",
        "Excel may have turned a band such as 3-5 into a date: format the cell as text, and type"
        f" it again. {hint}",
    )


def read_no_value(cell: Cell) -> str | None:
    """Return the words in place of a value or a target, "TBC" or "Monitor"; None for a dash."""
    if _is_not_available(cell):
        return _NOT_AVAILABLE
    if not isinstance(cell.value, str) or absence_in(cell.value) in (None, Absence.DASH):
        return None
    return " ".join(cell.value.split())


def read_target(cell: Cell) -> Target | Problem | None:
    """Return the target in display units: a value, or a band as in "38-48" or "38 to 48".

    None where the cell is blank or says that there is no target (`read_no_value` has its words).
    A sign or words for the side are read with it: "≥95%", "5 or fewer". What can't be rated, such
    as "Reduce by 5%" and "Top quartile", is a problem that says what it is.
    """
    return read_amount(cell, "target", _TARGET_HINT, _OF_TARGETS)


def read_tolerance(cell: Cell) -> Tolerance | Problem | None:
    """Return a tolerance: "3%" is a percentage of the basis, a bare number the own units."""
    amount = read_amount(cell, "tolerance", _TOLERANCE_HINT, _OF_OTHERS)
    if amount is None or isinstance(amount, Problem):
        return amount
    if isinstance(amount, Band):
        return error(cell, f'the tolerance "{_shown(cell)}" is not one number', _TOLERANCE_HINT)
    if amount.number < 0:
        return error(cell, f"the tolerance {amount.text} is below zero", _TOLERANCE_HINT)
    return Tolerance(amount=amount.number, is_percent=amount.unit is Unit.PERCENT)


def read_threshold(cell: Cell) -> Target | Condition | Problem | None:
    """Return a threshold: a value, a band, or a condition such as "<90%"."""
    condition = parse_condition(cell.value) if isinstance(cell.value, str) else None
    amount = read_amount(cell, "threshold", _THRESHOLD_HINT, _OF_THRESHOLDS)
    return condition if condition and isinstance(amount, Problem) else amount


def read_tolerance_end(cell: Cell) -> Value | Problem | None:
    """Return the value up to which what is better or worse than the target is tolerated."""
    return _read_number(cell, "tolerance", _TOLERANCE_END_HINT)


def read_condition(cell: Cell) -> Condition | Problem | None:
    """Return where a colour holds: ">=95%", "90-95%"; a number alone may be anything else."""
    if isinstance(cell.value, str) and (found := parse_condition(cell.value)):
        return found
    amount = read_amount(cell, "condition", _CONDITION_HINT, _OF_THRESHOLDS)
    return condition_of(amount) if isinstance(amount, Value | Band) else amount


def read_scale(cell: Cell) -> Value | Problem | None:
    """Return an end of the scale of a picture."""
    return _read_number(cell, "scale", _SCALE_HINT)


def named_period(cell: Cell, year_starts: int, around: Period | None = None) -> Period | None:
    """Return the period that a cell names, of the year around it where it has none; or None."""
    period = read_period(cell, year_starts)
    if isinstance(period, Period):
        return period
    meaning = parse_period(cell.value, year_starts) if isinstance(cell.value, str) else None
    return meaning.with_year(around) if isinstance(meaning, YearlessPeriod) and around else None


def read_period(cell: Cell, year_starts: int = 4) -> Period | Problem | None:
    """Return the period of a date, or of a text such as "January 2019", "Q3 2018/19" or "2018/19".

    The year starts with the month of that number. A day counts as its month.
    """
    if problem := _fault(cell):
        return problem
    value = cell.value
    if isinstance(value, date):
        return Period.of(value, year_starts)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if not isinstance(value, str):
        hint = f"{_PERIOD_HINT} Where it is a date, give the cell a date format."
        return error(cell, f"{_shown(cell)} is not a month", hint)
    match parse_period(value, year_starts):
        case Period() as period:
            return period
        case UnclearPeriod(why, hint):
            return error(cell, why, hint)
        case YearlessPeriod():
            fault = "has no year"
        case _:
            fault = "cannot be read"
    return error(cell, f'the {noun_named(value)} "{_shown(cell)}" {fault}', _PERIOD_HINT)


def no_period(heading: str | None) -> tuple[str, str]:
    """Return what to say of a period that is missing below a heading, and what to do about it."""
    noun = noun_named(heading)
    form = {"quarter": "Q3 2018/19", "half-year": "H1 2018/19"}.get(noun)
    hint = f"Write a {noun} such as {form}." if form else _MONTH_HINT
    return f"the {noun} is missing", hint


def read_polarity(cell: Cell) -> Polarity | Problem | None:
    """Return which way is good, from "Aim to Maximise", "Low", "Goldilocks" and the like.

    None where the cell is blank or says that there is no polarity: n/a, Neutral, Data only.
    """
    text = read_text(cell)
    if not isinstance(text, str):
        return text
    if polarity := parse_polarity(text):
        return polarity
    if is_without_polarity(text):
        return None
    hint = "Write Aim to Maximise, Aim to Minimise or Goldilocks."
    word = f'the polarity "{_in_short(text)}" is unknown'
    return of_word(error(cell, word, hint), word)


def read_published_outcome(cell: Cell) -> Outcome | Problem | None:
    """Return the outcome that someone published; a dash, n/a and TBC say nothing."""
    text = read_text(cell)
    if not isinstance(text, str) or is_without_outcome(text):
        return text if isinstance(text, Problem) else None
    hint = f"Write {Outcome.AT_RISK.label}, Red, R, and so on; it does not decide the rating."
    return parse_outcome(text) or _not_compared(cell, "outcome", text, hint)


def read_published_direction(cell: Cell) -> Direction | Problem | None:
    """Return the direction that someone published; a dash says that it can't be told."""
    text = read_text(cell)
    if not isinstance(text, str):
        return text
    hint = "Write Better, Worse, Same, or an arrow; it does not decide the rating."
    return parse_direction(text) or _not_compared(cell, "direction", text, hint)


def _not_compared(cell: Cell, what: str, text: str, hint: str) -> Problem:
    word = f'the published {what} "{_in_short(text)}" is unknown'
    return of_word(warning(cell, word, hint), word, ", and is not compared")


def read_names(cell: Cell) -> tuple[str, ...] | Problem:
    """Return the names in a cell that are divided by semicolons or line breaks."""
    text = read_text(cell) or ""
    if isinstance(text, Problem):
        return text
    return tuple(name.strip() for name in re.split(r"[;\n]", text) if name.strip())


READERS: Mapping[Kind, Callable[[Cell], Any]] = {
    Kind.CODE: read_code,
    Kind.TEXT: read_text,
    Kind.NAME: read_text,
    Kind.NAMES: read_names,
    Kind.YEAR: read_text,
    Kind.POLARITY: read_polarity,
    Kind.PERIOD: read_period,
    Kind.VALUE: read_value,
    Kind.TARGET: read_target,
    Kind.TOLERANCE: read_tolerance,
    Kind.THRESHOLD: read_threshold,
    Kind.CONDITION: read_condition,
    Kind.TOLERANCE_END: read_tolerance_end,
    Kind.SCALE: read_scale,
    Kind.OUTCOME: read_published_outcome,
    Kind.DIRECTION: read_published_direction,
}
"""What reads the cells of each kind of field."""


def _read_number(cell: Cell, what: str, hint: str) -> Value | Problem | None:
    amount = read_amount(cell, what, hint, _OF_OTHERS)
    if isinstance(amount, Band):
        message = f'the {what} "{_shown(cell)}" is a band, and a {what} is one number'
        return error(cell, message, hint)
    return amount


def _read_amount_number(cell: Cell, kept: float, what: str, hint: str) -> Value | Problem:
    number = exact(kept)
    look = look_of(cell.number_format, number)
    value = look.value(number) if abs(kept) <= LARGEST else None
    if value is None or (look.scale and abs(value.number) > LARGEST):
        return error(cell, f"the {what} {number:f} is too large to be exact", hint)
    return value


def _read_amount_text(
    cell: Cell, text: str, what: str, hint: str, words: _Words
) -> Target | Problem | None:
    has_figure = any(map(str.isdigit, text))
    if not has_figure and words.says_nothing(text):
        return None
    try:
        amount = words.parse(text)
    except ValueError:
        return error(
            cell,
            f'the {what} "{_shown(cell)}" is a band that is the wrong way round',
            "Write the lower end first, as in 38-48.",
        )
    if amount or words.says_nothing(text):  # "Due in May 2019" has a figure, and says nothing
        return amount
    if why := words.why_not(text):
        word = f'the {what} "{_shown(cell)}"'
        return of_word(error(cell, word, hint), word, f" is {why}, and cannot be rated")
    word = f'the {what} "{_shown(cell)}" cannot be read'
    problem = error(cell, word, hint)
    return of_word(problem, word) if words.are_many and not has_figure else problem


def _is_not_available(cell: Cell) -> bool:
    return cell.fault is Fault.ERROR and cell.value == _NOT_AVAILABLE


def _fault(cell: Cell) -> Problem | None:
    if cell.fault is Fault.ERROR:
        hint = "Mend the formula, or clear the cell if there is nothing to report."
        shown = f"the Excel error {cell.value}" if cell.value else "an Excel error"
        return error(cell, f"the cell shows {shown}", hint)
    if cell.fault is Fault.NO_RESULT:
        hint = "Open the workbook in Excel, let it calculate, and save it."
        return error(cell, "the cell has a formula that was saved without its result", hint)
    return None


def _shown(cell: Cell) -> str:
    """Return what the cell holds, in one line of at most 60 characters."""
    value = cell.value
    if isinstance(value, datetime) and value.time() == time.min:
        value = value.date()
    if isinstance(value, date):
        return f"the date {value.isoformat()}"
    if isinstance(value, time | timedelta):
        return f"the time {value}"
    return _in_short(str(value).upper() if isinstance(value, bool) else str(value))


def _in_short(text: str) -> str:
    """Return a text in one line of at most 60 characters."""
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57]}..."
