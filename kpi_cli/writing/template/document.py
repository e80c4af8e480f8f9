"""The new workbook as a whole: its sheets, its properties, its bytes."""

from datetime import datetime

from kpi_cli.fields import HISTORY_FIELDS, OFFERED_FIELDS
from kpi_cli.models import Settings
from kpi_cli.periods import Month, month_of
from kpi_cli.writing.excel.finished_file import finished, properties
from kpi_cli.writing.excel.pages import set_up_paper
from kpi_cli.writing.excel.styles import StyledWorkbook
from kpi_cli.writing.template.example import example_history, example_indicator
from kpi_cli.writing.template.settings_sheet import write_settings
from kpi_cli.writing.template.table_sheet import write_table_sheet


def new_workbook(settings: Settings, made: datetime) -> bytes:
    """Return a workbook to fill in, with these settings, as the bytes of an .xlsx file.

    Its example is of the month in which it is made, and its annual target of that financial year.
    """
    month = month_of(made)
    book = StyledWorkbook()
    book.properties = properties(settings, settings.title, made)
    indicators = book.create_sheet("Indicators")
    headings = _indicator_headings(month, settings)
    write_table_sheet(indicators, OFFERED_FIELDS, headings, [example_indicator(month)])
    headings = [field.heading for field in HISTORY_FIELDS.values()]
    history = book.create_sheet("History")
    write_table_sheet(history, HISTORY_FIELDS, headings, example_history(month))
    write_settings(book.create_sheet("Settings"), settings)
    for sheet in book.worksheets:
        sheet.freeze_panes = "A2"
        sheet.print_options.gridLines = True
        set_up_paper(sheet, "&F", "&A", heading_row=1)
    indicators.freeze_panes = "C2"  # the sheet is wide: code and name stay in sight
    return finished(book, alt_texts=())


def _indicator_headings(month: Month, settings: Settings) -> list[str]:
    """Return the heading of each field, with the financial year on that of the annual target."""
    year = month.financial_year(settings.financial_year_starts)
    years = {"annual_target": f" {year}"}
    return [field.heading + years.get(key, "") for key, field in OFFERED_FIELDS.items()]
