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

_SHEETS = [
    sheet.NAME
    for sheet in (summary_sheet, exceptions_sheet, all_indicators_sheet, detail_sheet, notes_sheet)
]


def exceptions_workbook(sections: Sections) -> bytes:
    """Return the exceptions workbook of a report, as the bytes of an .xlsx file."""
    book = StyledWorkbook()
    book.properties = _properties(sections)
    summary, exceptions, everything, detail, notes = map(book.create_sheet, _SHEETS)
    exceptions_sheet.write_exceptions(exceptions, sections)
    in_table = all_indicators_sheet.write_all_indicators(everything, sections)
    texts, in_detail = detail_sheet.write_detail(detail, sections)
    notes_sheet.write_notes(notes, sections)
    places = {
        **{code: f"'{everything.title}'!{cell}" for code, cell in in_table.items()},
        **{code: f"'{detail.title}'!{cell}" for code, cell in in_detail.items()},
    }
    alt_texts = summary_sheet.write_summary(summary, sections, places)
    return finished(book, [*alt_texts, *texts])


def _properties(sections: Sections) -> DocumentProperties:
    group = f", {sections.group}" if sections.group else ""
    title = f"{sections.title}, {sections.period.label}: exceptions{group}"
    report = sections.report
    return properties(report.settings, title, sections.made, source=report.workbook)
