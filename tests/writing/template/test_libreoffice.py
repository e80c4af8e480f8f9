"""What LibreOffice makes of a new workbook: it prints, and is the same when it is saved there."""

from pathlib import Path

import pytest

from kpi_cli import rate, read_workbook
from tests.writing.exceptions_workbook.libreoffice import (
    convert,
    needs_libreoffice,
    printed,
    together,
)
from tests.writing.exceptions_workbook.reading_back import Written, cells
from tests.writing.template.test_new_workbook import ALLOWED, HEADINGS, headings_of

CODE_COLUMN = 13 * 5.6  # points, where nothing is made smaller to fit

pytestmark = needs_libreoffice


@pytest.fixture(scope="module")
def saved_again(new_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return convert(new_file, "xlsx", tmp_path_factory.mktemp("saved"))


def test_it_is_rated_alike_when_libreoffice_has_saved_it(new_file: Path, saved_again: Path) -> None:
    before, after = read_workbook(new_file), read_workbook(saved_again)
    assert after == before
    assert rate(after).ratings == rate(before).ratings


def test_notes_drop_downs_and_columns_survive(new: Written, saved_again: Path) -> None:
    again = Written(saved_again.read_bytes())
    for sheet in again.sheets:
        own = new.sheet(sheet.title)
        assert headings_of(sheet) == headings_of(own)
        notes = [[cell.comment and cell.comment.text for cell in s[1]] for s in (sheet, own)]
        assert notes[0] == notes[1]
        assert {
            str(found.sqref).partition(":")[0]: (found.type, found.formula1)
            for found in sheet.data_validations.dataValidation
        } == {
            where.partition(":")[0]: (kind, first)
            for where, (kind, first, _) in ALLOWED[sheet.title].items()
        }
    months = again.sheet("Indicators").column_dimensions["D"].number_format
    assert months.replace("\\", "") == "mmmm yyyy"


def test_it_prints_in_letters_that_can_be_read(
    new: Written, new_file: Path, tmp_path: Path
) -> None:
    """The indicators take three pages side by side, each with code and name; the others one."""
    pages = printed(new_file, tmp_path)
    assert all(page.width > page.height for page in pages)
    wide, pages = pages[:3], pages[3:]
    for page in wide:
        assert all(word in together(page.body) for word in ("MPR", "Short", "EXAMPLE", "library"))
        left = {word.text: word.left for word in page.body}
        assert left["Short"] - left["MPR"] > 0.9 * CODE_COLUMN
    assert all(any(w in together(p.body) for p in wide) for h in HEADINGS for w in h.split())
    for page, sheet in zip(pages, new.sheets[1:], strict=True):
        assert page.footer.startswith(f"indicators.xlsx {sheet.title} Page ")
        words = together(page.body)
        assert "##" not in words
        texts = {str(c.value) for c in cells(sheet) if isinstance(c.value, str) and c.row > 1}
        shown = sorted(word.text for word in page.body)
        assert sorted(w for t in texts for w in t.split() if w not in shown) == []
