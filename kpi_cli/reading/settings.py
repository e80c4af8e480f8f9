"""Rows of a table of settings → `Settings`; a setting that can't be read keeps its default."""

from collections.abc import Callable, Container, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from kpi_cli.amounts import Band, Unit
from kpi_cli.fields import SETTINGS, SettingKind
from kpi_cli.models import EXCEPTIONS, Outcome, Problem, Settings, ToleranceBasis
from kpi_cli.names import fold, nearest
from kpi_cli.periods import NAMES, month_number, month_of
from kpi_cli.reading.problems import error, warning
from kpi_cli.reading.tables import Table
from kpi_cli.reading.values import NO_VALUE_WORDS, read_amount, read_text
from kpi_cli.reading.vocabulary import parse_outcome
from kpi_cli.xlsx.sheet import Cell

_BASES = {
    "annual target": ToleranceBasis.ANNUAL_TARGET,
    "annual": ToleranceBasis.ANNUAL_TARGET,
    **{
        form: ToleranceBasis.MONTHS_TARGET
        for noun in ("month", "quarter", "half-year", "half year", "period")
        for form in (f"{noun}'s target", f"{noun}s target", f"{noun} target", noun)
    },
}
_ANSWERS = {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False}
_PERCENTAGE_HINT = "Write a percentage such as 5%."


def _read_percentage(cell: Cell) -> Decimal | Problem | None:
    """Return a percentage; a bare 5 is 5%, but a bare 0.05 could be 0.05% or 5%: a problem."""
    amount = read_amount(cell, "percentage", _PERCENTAGE_HINT)
    if amount is None or isinstance(amount, Problem):
        return amount
    if isinstance(amount, Band) or amount.unit is Unit.CURRENCY or amount.number < 0:
        return error(cell, f'"{amount.text}" is no percentage', _PERCENTAGE_HINT)
    if amount.unit is Unit.NUMBER and 0 < amount.number < 1:
        doubt = f"{amount.text} could mean {amount.text}% or {amount.number * 100:f}%"
        return error(cell, doubt, _PERCENTAGE_HINT)
    return amount.number


def _read_first_month(cell: Cell) -> int | Problem | None:
    if isinstance(cell.value, date):
        return month_of(cell.value).number
    text = read_text(cell)
    if not isinstance(text, str):
        return text
    hint = f"Write a month's name, such as {NAMES[3]}."
    return month_number(text) or error(cell, f'"{text}" is no month', hint)


def _read_basis(cell: Cell) -> ToleranceBasis | Problem | None:
    text = read_text(cell)
    if not isinstance(text, str):
        return text
    hint = "Write Annual target or Month's target."
    found = _BASES.get(fold(text.replace("’", "'")))
    return found or error(cell, f'the basis "{text}" is unknown', hint)


def _read_answer(cell: Cell) -> bool | Problem | None:
    text = read_text(cell)
    if not isinstance(text, str):
        return text
    answer = _ANSWERS.get(fold(text))
    return (
        error(cell, f'"{text}" is neither Yes nor No', "Write Yes or No.")
        if answer is None
        else answer
    )


def _read_colour(cell: Cell) -> Outcome | Problem | None:
    text = read_text(cell)
    if not isinstance(text, str):
        return text
    if (outcome := parse_outcome(text)) in EXCEPTIONS:
        return outcome
    return error(cell, f'"{text}" is neither Amber nor Red', "Write Amber or Red.")


_READERS: Mapping[SettingKind, Callable[[Cell], Any]] = {
    SettingKind.TEXT: read_text,
    SettingKind.MONTH: _read_first_month,
    SettingKind.PERCENTAGE: _read_percentage,
    SettingKind.BASIS: _read_basis,
    SettingKind.ANSWER: _read_answer,
    SettingKind.COLOUR: _read_colour,
}
_BY_NAME = {fold(setting.name): setting for setting in SETTINGS}
_NAMES = [setting.name for setting in SETTINGS]


def read_settings(
    tables: list[Table], profile: Mapping[str, Any] | None = None
) -> tuple[Settings, list[Problem]]:
    """Return the settings of all tables of settings, and every problem met.

    A setting that can't be read is an error, and its default is used; an unknown one is a warning.
    Those that no table has are the profile's, by their keys; one that both have is told where they
    differ.
    """
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    profile = profile or {}
    for _, cells in (row for table in tables for row in table.rows()):
        field, value = _read_setting(cells["setting"], cells["value"], values, profile)
        if isinstance(value, Problem):
            problems.append(value)
        if field:
            values[field] = None if isinstance(value, Problem) else value
            if values[field] not in (None, profile.get(field, value)):
                problems.append(_set_otherwise(cells["setting"]))
    given = {field: value for field, value in values.items() if value is not None}
    return Settings(**{**profile, **given}), problems


def parse_setting(name: str, value: str | bool | int | float) -> tuple[str, Any]:
    """Return the key of a setting and its value, as a profile gives them.

    Raises ValueError, with what to do, for an unknown name, and for a value that can't be read.
    """
    folded = fold(name.replace("_", " "))
    if folded not in _BY_NAME:
        near = nearest(folded, _NAMES, likeness=0.6)
        known = f'is "{near}" meant?' if near else f"known are {', '.join(_NAMES)}"
        raise ValueError(f'the setting "{name}" is unknown; {known}')
    setting = _BY_NAME[folded]
    answers = {True: "Yes", False: "No"}
    text = answers[value] if isinstance(value, bool) else value
    parsed = _READERS[setting.kind](Cell("", 1, 1, text))
    if isinstance(parsed, Problem):
        raise ValueError(f"{setting.name}: {parsed.message}. {parsed.hint}")
    return setting.key, parsed


def _set_otherwise(cell: Cell) -> Problem:
    message = f"{cell.value} is set here, and otherwise in the profile; the workbook's own counts"
    return warning(cell, message, "Leave one of the two.")


def _read_setting(
    name_cell: Cell, cell: Cell, seen: Container[str], profile: Container[str]
) -> tuple[str | None, Any]:
    """Return the field that a row sets, None where it sets none, and its value or a problem."""
    name = read_text(name_cell)
    if isinstance(name, Problem):
        return None, name
    if name is None:
        message = "a setting without a name is not used"
        return None, warning(name_cell, message, f"Known are: {', '.join(_NAMES)}.")
    if fold(name) not in _BY_NAME:
        return None, _unknown(name_cell, name)
    setting = _BY_NAME[fold(name)]
    if setting.key in seen:
        message = f"{setting.name} is set a second time; the first one counts"
        return None, error(name_cell, message, "Leave one of the two.")
    if isinstance(cell.value, str) and fold(cell.value) in NO_VALUE_WORDS:
        return setting.key, None
    value = _READERS[setting.kind](cell)
    if isinstance(value, Problem):
        default = f"the default, {_default_text(setting.key)},"
        instead = "that of the profile" if setting.key in profile else default
        used = f"{setting.name}: {value.message}; {instead} is used"
        value = value.model_copy(update={"message": used})
    return setting.key, value


def _unknown(cell: Cell, name: str) -> Problem:
    near = nearest(name, _NAMES)
    hint = f'If "{near}" is meant, write it so.' if near else f"Known are: {', '.join(_NAMES)}."
    return warning(cell, f'the setting "{name}" is unknown, and is not used', hint)


def _default_text(field: str) -> str:
    if field == "at_the_limit":
        return "Red at a tolerance and Amber at a threshold"
    default = Settings.model_fields[field].default
    if isinstance(default, ToleranceBasis):
        return default.value
    if isinstance(default, Decimal):
        return f"{default}%"
    if isinstance(default, bool):
        return "Yes" if default else "No"
    return NAMES[default - 1] if isinstance(default, int) else "none"
