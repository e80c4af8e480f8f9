"""The new workbook as a whole: its sheets, its properties, its bytes."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from kpi_cli.fields import AIM_FIELDS, HISTORY_FIELDS, OFFERED_FIELDS, Field
from kpi_cli.models import Settings
from kpi_cli.periods import Period, month_of
from kpi_cli.writing.excel.finished_file import finished, properties
from kpi_cli.writing.excel.pages import set_up_paper
from kpi_cli.writing.excel.styles import StyledWorkbook
from kpi_cli.writing.template.allowed import columns_of
from kpi_cli.writing.template.example import example_history, example_indicator
from kpi_cli.writing.template.rhythm import Rhythm
from kpi_cli.writing.template.settings_sheet import write_settings
from kpi_cli.writing.template.table_sheet import write_table_sheet

if TYPE_CHECKING:  # what is above has openpyxl loaded in its own way
    from openpyxl.worksheet.worksheet import Worksheet

_PAGES_WIDE = 3  # of the indicators: on one, letters would be half as large


def new_workbook(settings: Settings, made: datetime, rhythm: Rhythm = Rhythm.MONTHLY) -> bytes:
    """Return a workbook to fill in, with these settings, as the bytes of an .xlsx file.

    Its example is of the month in which it is made, or of the last longer period that has ended by
    then, and its annual target of that financial year.
    """
    period = rhythm.latest(month_of(made), settings.financial_year_starts)
    columns = columns_of(rhythm, period)
    book = StyledWorkbook()
    book.properties = properties(settings, settings.title, made)
    indicators = book.create_sheet("Indicators")
    fields = rhythm.fields(OFFERED_FIELDS, period)
    example = example_indicator(period, rhythm)
    write_table_sheet(indicators, fields, columns, _indicator_headings(fields, period), [example])
    history = book.create_sheet("History")
    fields = rhythm.fields(HISTORY_FIELDS, period)
    headings = [field.heading for field in fields.values()]
    write_table_sheet(history, fields, columns, headings, example_history(period))
    write_settings(book.create_sheet("Settings"), settings, period)
    aims = [field.heading for field in AIM_FIELDS.values()]
    write_table_sheet(book.create_sheet("Aims"), AIM_FIELDS, columns, aims, [])
    for sheet in book.worksheets:
        sheet.freeze_panes = "A2"
        sheet.print_options.gridLines = True
        set_up_paper(sheet, "&F", "&A", heading_row=1)
    indicators.freeze_panes = "C2"  # the sheet is wide: code and name stay in sight
    _spread_over_pages(indicators, _PAGES_WIDE, "A:B")
    return finished(book, alt_texts=())


def _spread_over_pages(sheet: "Worksheet", pages: int, columns: str) -> None:
    """Print a sheet over some pages side by side, with these columns on each of them."""
    sheet.page_setup.fitToWidth = pages
    sheet.page_setup.pageOrder = "overThenDown"
    sheet.print_title_cols = columns


def _indicator_headings(fields: Mapping[str, Field], period: Period) -> list[str]:
    """Return the heading of each field, with the financial year on that of the annual target."""
    years = {"annual_target": f" {period.financial_year.label}"}
    return [field.heading + years.get(key, "") for key, field in fields.items()]
