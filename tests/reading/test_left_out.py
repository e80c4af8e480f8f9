"""Workbooks damaged in part: the rest is read, and what is left out is told, or nothing is."""

from pathlib import Path

import pytest

from kpi_cli import UnreadableWorkbookError, read_workbook
from tests.builders import found
from tests.parts import (
    BOOK,
    BOOK_RELATIONS,
    HEADINGS_XML,
    INDICATORS,
    ROW_XML,
    SHEET,
    STYLES,
    TEXTS,
    book,
    relations,
    save_parts,
    worksheet,
)

NOTES = "xl/worksheets/sheet2.xml"
BROKEN = "<row><c><v>many</v></c></row>"
PERCENT = ROW_XML.replace('<c r="E2">', '<c r="E2" s="7">')
AGAIN = "open it in Excel, and save it again as .xlsx"


def save(folder: Path, notes: str, **changes: str | None) -> Path:
    """Save a workbook whose second sheet, Notes, is this one."""
    sheets = ("worksheet", "worksheets/sheet1.xml"), ("worksheet", "worksheets/sheet2.xml")
    names = {"indicators": SHEET, "texts": TEXTS, "styles": STYLES}
    more = {names[name]: part for name, part in changes.items()}
    others = ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
    relating = relations(*sheets, *others)
    parts = {BOOK: book("Indicators", "Notes"), BOOK_RELATIONS: relating, NOTES: notes, **more}
    return save_parts(folder / "x.xlsx", parts)


@pytest.mark.parametrize(
    "notes",
    [
        worksheet(BROKEN),
        worksheet(f'<row><c t="str"><v>See overleaf</v></c></row>{BROKEN}'),
        worksheet('<row><c t="s"><v>7</v></c></row>'),
        worksheet("<row>")[:-30],
        "",
    ],
)
def test_a_damaged_sheet_without_a_table_is_left_out(tmp_path: Path, notes: str) -> None:
    workbook = read_workbook(save(tmp_path, notes))
    assert [indicator.code for indicator in workbook.indicators] == ["CP 1.1"]
    assert found(workbook.problems) == [("warning", "Notes!A1")]
    assert workbook.problems[0].message == (
        "this sheet is damaged, and is left out; no table was seen on it"
    )


def test_shared_texts_that_are_missing_leave_out_the_sheets_that_need_them(tmp_path: Path) -> None:
    path = save(tmp_path, worksheet('<row><c t="s"><v>0</v></c></row>'), texts=None)
    assert found(read_workbook(path).problems) == [("warning", "Notes!A1")]


HISTORY_XML = "".join(
    f'<c t="inlineStr"><is><t>{heading}</t></is></c>' for heading in ("Code", "Month", "Value")
)
SETTING_XML = '<c t="str"><v>Organisation</v></c><c t="str"><v>X</v></c>'
OTHER_SETTING_XML = '<c t="str"><v>Amber Tolerance</v></c><c t="str"><v>5%</v></c>'


@pytest.mark.parametrize(
    "before",
    [
        HEADINGS_XML,
        f"<row>{HISTORY_XML}</row>",
        f"<row>{SETTING_XML}</row><row>{OTHER_SETTING_XML}</row>",
    ],
)
def test_a_damaged_sheet_with_a_table_is_not_passed_by(tmp_path: Path, before: str) -> None:
    path = save(tmp_path, worksheet(f'{before}<row r="9"/>{BROKEN}'))
    with pytest.raises(UnreadableWorkbookError) as raised:
        read_workbook(path)
    assert str(raised.value) == f'it is damaged: its sheet "Notes" can\'t be read; {AGAIN}'


def test_nor_is_one_that_was_asked_for(tmp_path: Path) -> None:
    path = save(tmp_path, worksheet(BROKEN))
    assert read_workbook(path, sheets=["Indicators"]).problems
    with pytest.raises(UnreadableWorkbookError, match='its sheet "Notes" can\'t be read'):
        read_workbook(path, sheets=["notes"])


def test_nor_one_where_no_other_sheet_has_a_table(tmp_path: Path) -> None:
    path = save(tmp_path, worksheet(BROKEN), indicators=worksheet(""))
    with pytest.raises(UnreadableWorkbookError, match='its sheet "Notes" can\'t be read'):
        read_workbook(path)


@pytest.mark.parametrize("styles", [None, "<styleSheet/>"])
def test_a_number_whose_style_is_missing(tmp_path: Path, styles: str | None) -> None:
    indicators = worksheet(HEADINGS_XML + PERCENT)
    notes = worksheet('<row><c s="4"><v>1</v></c></row>')
    workbook = read_workbook(save(tmp_path, notes, indicators=indicators, styles=styles))
    assert [indicator.value_text for indicator in workbook.indicators] == ["95"]
    assert found(workbook.problems) == [("warning", "Indicators!E2")]
    assert workbook.problems[0].message == (
        "the workbook lacks the style of this cell, the first such one: a percentage of 95% is read"
        " as 0.95, and a date as a number"
    )


def test_missing_styles_that_no_number_has_are_no_matter(tmp_path: Path) -> None:
    texts = worksheet(INDICATORS.partition("<sheetData>")[2].partition("</sheetData>")[0])
    styled = texts.replace('t="inlineStr"', 's="3" t="inlineStr"')
    path = save(tmp_path, worksheet(""), indicators=styled, styles=None)
    assert read_workbook(path).problems == ()
