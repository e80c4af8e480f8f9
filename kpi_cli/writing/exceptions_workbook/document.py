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
from kpi_cli.writing.exceptions_workbook.sections import Sections


def exceptions_workbook(sections: Sections) -> bytes:
    """Return the exceptions workbook of a report, as the bytes of an .xlsx file."""
    book = StyledWorkbook()
    book.properties = _properties(sections)
    alt_texts = summary_sheet.write_summary(book.create_sheet(summary_sheet.NAME), sections)
    exceptions_sheet.write_exceptions(book.create_sheet(exceptions_sheet.NAME), sections)
    all_indicators_sheet.write_all_indicators(
        book.create_sheet(all_indicators_sheet.NAME), sections
    )
    alt_texts += detail_sheet.write_detail(book.create_sheet(detail_sheet.NAME), sections)
    notes_sheet.write_notes(book.create_sheet(notes_sheet.NAME), sections)
    return finished(book, alt_texts)


def _properties(sections: Sections) -> DocumentProperties:
    group = f", {sections.group}" if sections.group else ""
    title = f"{sections.title}, {sections.period.label}: exceptions{group}"
    report = sections.report
    return properties(report.settings, title, sections.made, source=report.workbook)
