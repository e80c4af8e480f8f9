"""The sheet Settings: every setting with its value, what it does, and what may be chosen."""

from collections.abc import Mapping
from decimal import Decimal

from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Unit, Value
from kpi_cli.fields import SETTINGS, SettingKind
from kpi_cli.models import Outcome, Settings, ToleranceBasis
from kpi_cli.periods import NAMES, Period
from kpi_cli.writing.excel.cells import Content, put
from kpi_cli.writing.excel.filtered_tables import write_headings
from kpi_cli.writing.excel.pages import set_widths
from kpi_cli.writing.excel.styles import BOLD, PROSE, TYPED_HEADING, TYPED_LEFT
from kpi_cli.writing.excel.text import height, lines_of
from kpi_cli.writing.template.allowed import PERCENTAGE, Allowed, one_of
from kpi_cli.writing.template.table_sheet import add_note

_HEADINGS = {
    "Setting": "The settings that kpi knows. Leave their names as they are.",
    "Value": "What holds for all indicators. Where it is empty, kpi has a default.",
    "What it does": "For you to read: kpi does not.",
}
_WIDTHS = (24, 34, 76)


_ANSWERS = {True: "Yes", False: "No"}
_COLOURS = {Outcome.SLIPPAGE: "Amber", Outcome.AT_RISK: "Red"}
_ALLOWED: Mapping[SettingKind, Allowed] = {
    SettingKind.MONTH: one_of(NAMES),
    SettingKind.PERCENTAGE: PERCENTAGE,
    SettingKind.ANSWER: one_of(list(_ANSWERS.values())),
    SettingKind.COLOUR: one_of(list(_COLOURS.values())),
}


def write_settings(sheet: Worksheet, settings: Settings, period: Period) -> None:
    """Write every setting with its value; the period is as long as those of the workbook."""
    bases = _bases(period)
    allowed = {**_ALLOWED, SettingKind.BASIS: one_of(list(bases.values()))}
    set_widths(sheet, _WIDTHS)
    write_headings(sheet, 1, list(_HEADINGS), alignment=TYPED_HEADING)
    for column, note in enumerate(_HEADINGS.values(), start=1):
        add_note(sheet.cell(1, column), note)
    for row, setting in enumerate(SETTINGS, start=2):
        put(sheet, row, 1, setting.name, BOLD, PROSE)
        put(sheet, row, 2, _content(getattr(settings, setting.key), bases), alignment=TYPED_LEFT)
        put(sheet, row, 3, setting.meaning, alignment=PROSE)
        sheet.row_dimensions[row].height = height(lines_of(setting.meaning, _WIDTHS[2]))
        if answers := allowed.get(setting.kind):
            answers.apply(sheet, f"B{row}")


def _bases(period: Period) -> dict[ToleranceBasis, str]:
    """Return the answers of the tolerances' basis: "Annual target", "Quarter's target"."""
    noun = "period" if period.length == 12 else period.noun
    periods_target = f"{noun.capitalize()}'s target"
    return {
        ToleranceBasis.ANNUAL_TARGET: ToleranceBasis.ANNUAL_TARGET.value.capitalize(),
        ToleranceBasis.MONTHS_TARGET: periods_target,
    }


def _content(value: object, bases: Mapping[ToleranceBasis, str]) -> Content:
    """Return what a cell has for a setting: a percentage, a name, an answer, a text."""
    match value:
        case Decimal():
            return Value(number=value, unit=Unit.PERCENT, decimals=1)
        case bool():
            return _ANSWERS[value]
        case int():
            return NAMES[value - 1]
        case ToleranceBasis():
            return bases[value]
        case Outcome():
            return _COLOURS[value]
    return value if isinstance(value, str) else None
