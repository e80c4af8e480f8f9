"""The exceptions workbook as a whole: its sheets, its properties, its bytes."""

from openpyxl.packaging.core import DocumentProperties

from kpi_cli.writing.excel.finished_file import finished, properties
from kpi_cli.writing.excel.styles import StyledWorkbook
from kpi_cli.writing.exceptions_workbook import (
    all_indicators_sheet,
    detail_sheet,
    exceptions_sheet,
    notes_sheet,
    summary_sheet,
)
from kpi_cli.writing.exceptions_workbook.sections import Contents


def exceptions_workbook(contents: Contents) -> bytes:
    """Return the exceptions workbook of a report, as the bytes of an .xlsx file."""
    book = StyledWorkbook()
    book.properties = _properties(contents)
    alt_texts = summary_sheet.write_summary(book.create_sheet(summary_sheet.NAME), contents)
    exceptions_sheet.write_exceptions(book.create_sheet(exceptions_sheet.NAME), contents)
    all_indicators_sheet.write_all_indicators(
        book.create_sheet(all_indicators_sheet.NAME), contents
    )
    alt_texts += detail_sheet.write_detail(book.create_sheet(detail_sheet.NAME), contents)
    notes_sheet.write_notes(book.create_sheet(notes_sheet.NAME), contents)
    return finished(book, alt_texts)


def _properties(contents: Contents) -> DocumentProperties:
    group = f", {contents.group}" if contents.group else ""
    title = f"{contents.title}, {contents.month.label}: exceptions{group}"
    report = contents.report
    return properties(report.settings, title, contents.made, source=report.workbook)
