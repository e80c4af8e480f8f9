"""The exceptions workbook as a whole: its sheets, its properties, its bytes."""

from typing import TYPE_CHECKING

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

if TYPE_CHECKING:  # what is above has openpyxl loaded in its own way
    from openpyxl.packaging.core import DocumentProperties


def exceptions_workbook(sections: Sections) -> bytes:
    """Return the exceptions workbook of a report, as the bytes of an .xlsx file.

    Where there is no exception it has no sheets of exceptions, and a few notes are on the Summary.
    """
    book = StyledWorkbook()
    book.properties = document_properties(sections)
    summary = book.create_sheet(summary_sheet.NAME)
    if sections.exceptions:
        exceptions_sheet.write_exceptions(book.create_sheet(exceptions_sheet.NAME), sections)
    everything = book.create_sheet(all_indicators_sheet.NAME)
    in_table = all_indicators_sheet.write_all_indicators(everything, sections)
    places = {code: f"'{everything.title}'!{cell}" for code, cell in in_table.items()}
    texts: list[str] = []
    if sections.exceptions:
        detail = book.create_sheet(detail_sheet.NAME)
        texts, in_detail = detail_sheet.write_detail(detail, sections)
        places |= {code: f"'{detail.title}'!{cell}" for code, cell in in_detail.items()}
    notes = notes_sheet.notes_of(sections)
    have_room = notes_sheet.are_on_summary(sections, notes)
    if not have_room:
        notes_sheet.write_notes(book.create_sheet(notes_sheet.NAME), sections, notes)
    on_summary = notes if have_room else ()
    alt_texts = summary_sheet.write_summary(summary, sections, places, on_summary)
    return finished(book, [*alt_texts, *texts])


def document_properties(sections: Sections) -> "DocumentProperties":
    """Return the properties of a workbook of the exceptions."""
    group = f", {sections.group}" if sections.group else ""
    title = f"{sections.title}, {sections.period.label}: exceptions{group}"
    report = sections.report
    return properties(report.settings, title, sections.made, source=report.workbook)
