"""Rows that no parser reads: what is taken for one, and that a parser would read the same."""

from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.xlsx import worksheet_part
from kpi_cli.xlsx.limits import LAST_ROW, LONGEST_PIECE, Room
from kpi_cli.xlsx.sheet import Sheet
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError
from kpi_cli.xlsx.workbook_file import read_sheets
from kpi_cli.xlsx.workbook_part import Book, SheetPart
from kpi_cli.xlsx.worksheet_part import read_sheet
from tests.parts import MAIN, worksheet
from tests.running import SAMPLES
from tests.xlsx.test_worksheet_part import FORMATS, TEXTS, told

HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'
END = "</sheetData></worksheet>"
CELL = '<c r="A1"><v>1</v></c>'
ROW = f'<row r="1">{CELL}</row>'
DESCENT = f'<worksheet xmlns="{MAIN}" xmlns:x14ac="u"><sheetData>'


def row(cells: str, attributes: str = "") -> str:
    """Return a sheet of one row."""
    return f'{HEAD}<row r="1"{attributes}>{cells}</row>{END}'


def read(pieces: Iterable[bytes], room: Room | None = None) -> Sheet:
    book = Book([], FORMATS, TEXTS, is_1904=False, struck_out={1: "out"})
    return read_sheet(pieces, SheetPart("Data", "x", is_hidden=False), book, room or Room())


def outcome(pieces: Sequence[bytes]) -> tuple[object, ...]:
    """Return what a sheet says, and how much room it takes; what it says when it can't be read."""
    room = Room()
    try:
        sheet = read(pieces, room)
    except UnreadableWorkbookError:
        return ("not read",)
    return ("not read",) if sheet.damage else (*told(sheet), room.elements, room.characters)


def parsed(content: bytes) -> tuple[object, ...]:
    """Return the same of what a parser reads from the first to the last."""
    return outcome([b"", content])


@pytest.fixture
def to_parse(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return the rows that a parser reads, as it does."""
    rows: list[object] = []
    take = worksheet_part._Cells.take_row

    def seen(self: Any, row: Element) -> None:
        rows.append(row)
        take(self, row)

    monkeypatch.setattr(worksheet_part._Cells, "take_row", seen)
    return rows


PLAIN = {
    "openpyxl's": row(
        '<c r="A1" s="1" t="n"><v>0.5</v></c><c r="B1" t="inlineStr"><is><t>a</t></is></c>'
        '<c r="C1" s="2" /><c r="D1"><f>A1*2</f><v /></c>'
    ),
    "Excel's": f'{DESCENT}<row r="3" spans="1:3" ht="15.5" customHeight="1" x14ac:dyDescent="0.25">'
    '<c r="A3" s="1"/><c r="B3" t="s"><v>1</v></c><c r="C3" t="str" cm="1"><f t="array" ref="C3"'
    f' ca="1">A1&amp;B1</f><v>a &lt;&amp;lt; b</v></c></row>{END}',
    "LibreOffice's": row(
        '<c r="A1" s="0" t="n"><v>9</v></c><c r="B1" s="0" t="n"><f aca="false">A1</f><v>9</v></c>',
        ' customFormat="false" ht="12.8" hidden="false" outlineLevel="0" collapsed="false"',
    ),
    "with empty rows": f'{HEAD}<row r="1"/><row r="2" hidden="1"/><row r="4" ht="0">'
    f'<c r="A4"><v>1</v></c></row><row r="5"></row><row r="9" s="1" />{END}',
    "not in order": f'{HEAD}<row r="2"><c r="A2"/><c r="C2"><v>2</v></c></row>{ROW}{END}',
    "twice": f'{HEAD}{ROW}<row r="1"><c r="C1"><v>3</v></c></row>{END}',
    "with errors and truths": row(
        '<c r="A1" t="e"><v>#N/A</v></c><c r="B1" t="b"><v>1</v></c>'
        '<c r="C1" t="str"><f>""</f><v></v></c><c r="D1" s="4"><v>7</v></c>'
    ),
    "with a mark and lines": f'\ufeff<?xml version="1.0" encoding="utf-8"?>\n{HEAD}\n<row r="1">'
    '<c r="A1" t="inlineStr"><is><t xml:space="preserve"> é\n\t😀 </t></is></c></row>\n'
    f'<row r="3"></row>{END}',
    "none": HEAD + END,
}


@pytest.mark.parametrize("xml", PLAIN.values(), ids=PLAIN)
def test_plain_rows_need_no_parser(xml: str, to_parse: list[object]) -> None:
    found = outcome([xml.encode()])
    assert (len(to_parse), found) == (xml.count('<row r="9"'), parsed(xml.encode()))
    assert found != ("not read",)


OTHER = {
    "a comment": f"{HEAD}{ROW}<!-- {ROW} -->{END}",
    "a comment in a row": f'{HEAD}{ROW}<row r="2"><!-- </row> --></row>{END}',
    "rows in a comment": f'<worksheet xmlns="{MAIN}"><sheetData/><!-- <sheetData>{ROW} -->'
    "</worksheet>",
    "the end in a comment": f'<worksheet xmlns="{MAIN}"><sheetData/><!-- <sheetData>{ROW}{END} -->'
    "</worksheet>",
    "rows in an attribute": f"<worksheet xmlns='{MAIN}'><sheetData x='<sheetData>{ROW}'/>"
    "</worksheet>",
    "rows in CDATA": f'<worksheet xmlns="{MAIN}"><x><![CDATA[<sheetData>{ROW}]]></x></worksheet>',
    "rows elsewhere": f'<worksheet xmlns="{MAIN}"><x><sheetData>{ROW}</sheetData></x></worksheet>',
    "no worksheet": f'<chart xmlns="{MAIN}"><sheetData>{ROW}</sheetData></chart>',
    "CDATA": row('<c r="A1" t="str"><v><![CDATA[a]]></v></c>'),
    "an entity by its number": row('<c r="A1" t="str"><v>&#65;</v></c>'),
    "an unknown entity": row('<c r="A1" t="str"><v>&auml;</v></c>'),
    "a return": row('<c r="A1" t="str"><v>a\rb_\r\n</v></c>'),
    "a control": row('<c r="A1" t="str"><v>a\x01b</v></c>'),
    "no character": row('<c r="A1" t="str"><v>a\uffffb</v></c>'),
    "the end of CDATA": row('<c r="A1" t="str"><v>a]]>b</v></c>'),
    "runs": f'{HEAD}{ROW}<row r="2"><c r="A2" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r>'
    f'</is></c></row><row r="3"><c r="A3"><v>3</v></c></row>{END}',
    "no address": f'{HEAD}{ROW}<row><c><v>2</v></c><c><v>3</v></c></row><row/><row r="8"/>{END}',
    "the address of another row": row('<c r="A2"><v>1</v></c>'),
    "an address that ends alike": row('<c r="A11"><v>1</v></c>'),
    "small letters": row('<c r="a1"><v>1</v></c>'),
    "a column too far": row('<c r="XFE1"><v>1</v></c>'),
    "a row too far": f'{HEAD}<row r="{LAST_ROW + 1}"></row>{END}',
    "noughts before": f'{HEAD}<row r="01"><c r="A01"><v>1</v></c></row>{END}',
    "a cell twice": row(CELL + CELL),
    "cells not in order": row(f'<c r="C1"><v>3</v></c>{CELL}'),
    "a cell twice in two rows": f"{HEAD}{ROW}{ROW}{END}",
    "an attribute twice": row(CELL, ' ht="1" ht="1"'),
    "an attribute twice in a formula": row('<c r="A1"><f t="a" t="b"/><v>1</v></c>'),
    "an unknown attribute": row(CELL, ' x="1"'),
    "an unknown prefix": row(CELL, ' x14ac:dyDescent="1"'),
    "a namespace": row(CELL, ' xmlns="u"'),
    "a tag that doesn't end": f'{HEAD}<row r="1" {CELL}</row>{END}',
    "an end that is missing": row(CELL[:-4]),
    "the end of another": f'{HEAD}<row r="1">{CELL}</sheetData></row></worksheet>',
    "no end": f"{HEAD}{ROW}",
    "something after the end": f"{HEAD}{ROW}{END}{ROW}",
    "other rows once more": f"{HEAD}{ROW}</sheetData><sheetData>{ROW}{END}",
    "alternatives": f"{HEAD}{ROW}"
    '<m:AlternateContent xmlns:m="http://schemas.openxmlformats.org/markup-compatibility/2006">'
    f'<m:Fallback><row r="2"></row></m:Fallback></m:AlternateContent>{END}',
    "an unknown kind": row('<c r="A1" t="x"><v>1</v></c>'),
    "a text that is missing": row('<c r="A1" t="s"><v>99</v></c>'),
    "no number": row('<c r="A1"><v>1_0</v></c>'),
    "texts between": f'{HEAD}a<row r="1">b{CELL}c</row>d{END}',
    "lines in a row": row(f"\n {CELL}\n"),
    "single quotes": f"{HEAD}<row r='1'>{CELL}</row>{END}",
    "values twice": row('<c r="A1"><v>1</v><v>2</v></c>'),
    "a value before the formula": row('<c r="A1"><v>1</v><f/></c>'),
    "an entry that is unknown": row('<c r="A1"><v>1</v><x/></c>'),
}


@pytest.mark.parametrize("xml", OTHER.values(), ids=OTHER)
def test_other_rows_are_as_a_parser_reads_them(xml: str) -> None:
    assert outcome([xml.encode()]) == parsed(xml.encode())


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-16", "latin-1", "ascii", "cp1252", "cp037", "x"]
)
@pytest.mark.parametrize("written", ["utf-8", "utf-16", "latin-1"])
def test_encodings(encoding: str, written: str) -> None:
    xml = row('<c r="A1" t="str"><v>é</v></c>')
    content = f'<?xml version="1.0" encoding="{encoding}"?>{xml}'.encode(written)
    assert outcome([content]) == parsed(content)


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.xlsx")), ids=lambda path: path.stem)
def test_the_samples_have_plain_rows_alone(path: Path, to_parse: list[object]) -> None:
    assert any(sheet.rows for sheet in read_sheets(path))
    assert to_parse == []


def test_a_row_without_an_end_takes_no_more_memory_than_a_parser() -> None:
    pieces = [HEAD.encode() + b'<row r="1">', *[b" " * (1 << 16)] * 40]
    with pytest.raises(UnreadableWorkbookError, match="without an end"):
        read(pieces)
    assert len(pieces) * (1 << 16) > 2 * LONGEST_PIECE


@pytest.mark.parametrize(("limit", "most"), [("cells", 10), ("characters", 50), ("elements", 90)])
def test_what_is_too_much_is_refused_before_all_of_it_is_read(limit: str, most: int) -> None:
    rows = (f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c></row>'.encode() for n in range(1, 1000))
    pieces, room = chain([HEAD.encode()], rows), Room()
    setattr(room, limit, most)
    with pytest.raises(UnreadableWorkbookError):
        read(pieces, room)
    assert next(pieces).startswith(b'<row r="')


def test_rows_before_the_damage_are_kept() -> None:
    sheet = read([f'{HEAD}{ROW}<row r="2"><c r="A2"><v>x</v></c></row>{END}'.encode()])
    assert (sheet.damage is not None, list(sheet.rows)) == (True, [1])


WORDS = st.sampled_from(
    [
        *'<>&"= /A1\n', "<c", "</c>", "<row", "</row>", "<v>", "</v>", "<f>", "</f>", ' r="2"',
        ' s="1"', ' t="s"', "&amp;", "<!--", "-->", "]]>", "<is><t>", "</t></is>", "</sheetData>",
        "<sheetData>",
    ]
)  # fmt: skip


@given(st.data())
def test_what_is_changed_in_plain_rows_is_never_read_otherwise(data: st.DataObject) -> None:
    """Characters and tags are put in and left out; the pieces are cut anywhere."""
    xml = data.draw(st.sampled_from(list(PLAIN.values())))
    for _ in range(data.draw(st.integers(0, 3))):
        start = data.draw(st.integers(0, len(xml)))
        end = min(len(xml), start + data.draw(st.integers(0, 5)))
        xml = xml[:start] + data.draw(WORDS | st.just("")) + xml[end:]
    content = xml.encode()
    cuts = sorted(data.draw(st.lists(st.integers(0, len(content)), max_size=3)))
    first = content.find(b"<sheetData>") + len("<sheetData>")
    bounds = [0, *(max(cut, first) for cut in cuts), len(content)]
    pieces = [content[a:b] for a, b in pairwise(bounds)]
    found, expected = outcome(pieces), parsed(content)
    assert found[:-2] == expected[:-2]  # a cut between < and / counts as an element
    assert len(found) == len(expected)


def test_a_sheet_is_read_alike_by_either() -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c><c r="B{n}" s="1"><v>{n / 7}</v></c></row>'
        for n in range(1, 3000)
    )
    content = worksheet(rows).encode()
    pieces = [content[start : start + 5000] for start in range(0, len(content), 5000)]
    assert outcome(pieces) == parsed(content)
