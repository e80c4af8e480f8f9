"""The sheet Settings: every setting with its value, what it does, and what may be chosen."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Unit, Value
from kpi_cli.models import Settings, ToleranceBasis
from kpi_cli.periods import NAMES
from kpi_cli.reading.headings import SETTING_NAMES
from kpi_cli.writing.excel.cells import Content, put
from kpi_cli.writing.excel.filtered_tables import write_headings
from kpi_cli.writing.excel.pages import set_widths
from kpi_cli.writing.excel.styles import BOLD, WRAPPED_LEFT
from kpi_cli.writing.excel.text import height, lines_of
from kpi_cli.writing.template.allowed import PERCENTAGE, Allowed, one_of
from kpi_cli.writing.template.notes import add_note

_HEADINGS = {
    "Setting": "The settings that kpi knows. Leave their names as they are.",
    "Value": "What holds for all indicators. Where it is empty, kpi has a default.",
    "What it does": "For you to read: kpi does not.",
}
_WIDTHS = (24, 34, 76)


@dataclass(frozen=True)
class _Setting:
    meaning: str
    allowed: Allowed | None = None


_ANSWERS = {True: "Yes", False: "No"}
_BASES = {basis: basis.value.capitalize() for basis in ToleranceBasis}
_SETTINGS: Mapping[str, _Setting] = {
    "organisation": _Setting("Stands above every report."),
    "report_title": _Setting("The title of every report."),
    "financial_year_starts": _Setting("The first month of the financial year.", one_of(NAMES)),
    "amber_tolerance": _Setting(
        "A target that is missed by less than this is some slippage (amber); by this or more, it is"
        " at risk (red). A Goldilocks band has its own width instead.",
        PERCENTAGE,
    ),
    "green_tolerance": _Setting(
        "A target that is missed by no more than this is still on course (green).", PERCENTAGE
    ),
    "tolerance_basis": _Setting(
        "The target that the tolerances are percentages of.", one_of(list(_BASES.values()))
    ),
    "improving_is_amber": _Setting(
        "Yes: what would be at risk is some slippage, if it is no worse than a year ago.",
        one_of(list(_ANSWERS.values())),
    ),
}


def write_settings(sheet: Worksheet, settings: Settings) -> None:
    """Write every setting with its value."""
    set_widths(sheet, _WIDTHS)
    write_headings(sheet, 1, list(_HEADINGS))
    for column, note in enumerate(_HEADINGS.values(), start=1):
        add_note(sheet.cell(1, column), note)
    for row, (name, field) in enumerate(zip(SETTING_NAMES, _SETTINGS, strict=True), start=2):
        put(sheet, row, 1, name, BOLD)
        put(sheet, row, 2, _content(getattr(settings, field)), alignment=WRAPPED_LEFT)
        put(sheet, row, 3, _SETTINGS[field].meaning)
        sheet.row_dimensions[row].height = height(lines_of(_SETTINGS[field].meaning, _WIDTHS[2]))
        if allowed := _SETTINGS[field].allowed:
            allowed.apply(sheet, f"B{row}")


def _content(value: object) -> Content:
    """Return what a cell has for a setting: a percentage, a month's name, an answer, a text."""
    match value:
        case Decimal():
            return Value(number=value, unit=Unit.PERCENT, decimals=1)
        case bool():
            return _ANSWERS[value]
        case int():
            return NAMES[value - 1]
        case ToleranceBasis():
            return _BASES[value]
    return value if isinstance(value, str) else None
