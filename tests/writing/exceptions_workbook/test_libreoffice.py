"""What LibreOffice makes of the workbook: nothing is lost when it saves it, and notes are whole."""

from pathlib import Path

import pytest
from openpyxl.worksheet.header_footer import _HeaderFooterPart
from openpyxl.worksheet.worksheet import Worksheet

from tests.running import MISTAKES, kpi
from tests.writing.exceptions_workbook.libreoffice import (
    cell_text,
    convert,
    needs_libreoffice,
    printed,
    solid,
    table_rows,
    together,
)
from tests.writing.exceptions_workbook.reading_back import NAMESPACES, SHEETS, Written, table, texts

pytestmark = needs_libreoffice


@pytest.fixture(scope="module")
def saved_again(sample_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    return Written(convert(sample_file, "xlsx", tmp_path_factory.mktemp("saved")).read_bytes())


def _footer(sheet: Worksheet) -> list[_HeaderFooterPart]:
    assert sheet.oddFooter
    return [sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right]


def print_settings(book: Written) -> dict[str, list[object]]:
    return {
        sheet.title: [
            sheet.print_area,
            sheet.print_title_rows,
            sheet.page_setup.orientation,
            sheet.page_setup.paperSize,
            sheet.sheet_properties.pageSetUpPr and sheet.sheet_properties.pageSetUpPr.fitToPage,
            [int(page_break.id) for page_break in sheet.row_breaks.brk],
            *[solid(part.text or "") for part in _footer(sheet)],
        ]
        for sheet in book.sheets
    }


def test_sheets_print_settings_and_tables_survive(sample: Written, saved_again: Written) -> None:
    assert saved_again.book.sheetnames == SHEETS
    assert print_settings(saved_again) == print_settings(sample)
    names = [sorted(sheet.tables) for sheet in saved_again.sheets]
    assert names == [sorted(sheet.tables) for sheet in sample.sheets]


def test_charts_survive(saved_again: Written) -> None:
    # their alternative texts do not: LibreOffice 7.4 drops those of charts
    drawings = sorted(part for part in saved_again.parts if part.startswith("xl/drawings/d"))
    charts = [saved_again.xml(part).findall(".//c:chart", NAMESPACES) for part in drawings]
    assert [len(found) for found in charts] == [2, 24]


def test_every_cell_survives_as_what_it_was(sample: Written, saved_again: Written) -> None:
    for sheet, again in zip(sample.sheets, saved_again.sheets, strict=True):
        for name in sheet.tables:
            kept = [
                [(cell.data_type, cell.value) for cell in row.values()]
                for row in table(again, name)
            ]
            assert kept == [
                [(cell.data_type, cell.value) for cell in row.values()]
                for row in table(sheet, name)
            ]


def test_the_notes_on_a_workbook_with_mistakes_are_whole_on_paper(tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    assert kpi("exceptions", MISTAKES, "-o", path, "--keep-going").exit_code == 1
    book, pages = Written(path.read_bytes()), printed(path, tmp_path)
    sheet = book.sheet("Data notes")
    rows = table(sheet, "DataNotes")
    (first,) = [n for n, page in enumerate(pages) if page.first_line.startswith("Data notes, ")]
    on_paper = [table_rows(page, sheet, list(rows[0])) for page in pages[first:]]
    assert [[together(cell) for cell in row] for page in on_paper for row in page[1:]] == [
        [cell_text(cell) for cell in row.values()] for row in rows
    ]
    assert [word.text for page in pages for word in page.words if "##" in word.text] == []
    (errors,) = [text for text in texts(book.sheet("Summary")) if "see Data notes" in text]
    assert solid(errors) in together(pages[0].body)
