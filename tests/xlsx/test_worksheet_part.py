"""The cells of a sheet, whatever program wrote them, and what Excel hides."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import date, datetime, time, timedelta

import pytest

from kpi_cli.addresses import column_number
from kpi_cli.xlsx.dates import Shows
from kpi_cli.xlsx.limits import Room
from kpi_cli.xlsx.sheet import Area, CellValue, Fault, Sheet
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError
from kpi_cli.xlsx.workbook_part import Book, CellFormat, SheetPart
from kpi_cli.xlsx.worksheet_part import read_sheet
from tests.parts import worksheet

FORMATS = [
    CellFormat(),
    CellFormat("0.0%"),
    CellFormat("mmm-yy", Shows.DATE),
    CellFormat("[h]:mm", Shows.DURATION),
    CellFormat(";;;", may_hide=True),
    CellFormat("0;-0;", may_hide=True),
]
TEXTS = ["first", "second", " ", ""]
SAID = [field.name for field in fields(Sheet)]
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"


def read(xml: str, *, is_1904: bool = False, struck_out: Mapping[int, str] = {}) -> Sheet:
    """Read a sheet in small pieces, as it streams by; as a whole it holds the same."""
    content = xml.encode()
    pieces = [content[start : start + 7] for start in range(0, len(content), 7)]
    part, book = SheetPart("Data", "x", False), Book([], FORMATS, TEXTS, is_1904, struck_out)
    streamed, whole = (read_sheet(each, part, book, Room()) for each in (pieces, [content]))
    assert told(streamed) == told(whole) or (streamed.damage and whole.damage)
    return streamed


def told(sheet: Sheet) -> tuple[object, ...]:
    """Return all that a sheet says, as values that can be compared."""
    kept = {
        (row, column): (cell.value, type(cell.value), cell.number_format, cell.fault)
        for row, cells_in_row in sheet.rows.items()
        for column, cell in cells_in_row.items()
    }
    return list(kept.items()), *(getattr(sheet, name) for name in SAID if name != "rows")


def cells(sheet: Sheet) -> dict[str, CellValue]:
    """Return the values of a sheet by their addresses, without the sheet's name."""
    return {
        cell.address.removeprefix("Data!"): cell.value
        for row in sheet.rows
        for cell in sheet.cells(row)
    }


def of_rows(rows: str) -> dict[str, CellValue]:
    return cells(read(worksheet(rows)))


def of_cell(cell: str) -> CellValue:
    """Return the value of the only cell of a sheet; None where none is kept."""
    found = of_rows(f"<row>{cell}</row>")
    assert set(found) <= {"A1"}
    return found.get("A1")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        # numbers
        ("<c><v>95</v></c>", 95),
        ('<c t="n"><v>95</v></c>', 95),
        ("<c><v>-0.675</v></c>", -0.675),
        ("<c><v>1.5E3</v></c>", 1500),
        ("<c><v>0</v></c>", 0),
        ("<c><v> 7 </v></c>", 7),
        ("<c><v>9007199254740993</v></c>", 9007199254740992.0),
        # texts
        ('<c t="s"><v>1</v></c>', "second"),
        ('<c t="s"><v>2</v></c>', None),
        ('<c t="s"><v>3</v></c>', None),
        ('<c t="str"><v>67.5%</v></c>', "67.5%"),
        ('<c t="str"><v>a &amp; b &lt;&#233;&gt;</v></c>', "a & b <é>"),
        ('<c t="str"><v><![CDATA[a & b]]></v></c>', "a & b"),
        ('<c t="str"><v>a<!-- no -->b<?no?>c</v></c>', "abc"),
        ('<c t="str"><v>one_x000D_\ntwo_x005F_x000D_</v></c>', "one\ntwo_x000D_"),
        ('<c t="str"><v>_x001B_[31m</v></c>', "\\x1b[31m"),
        ('<c t="inlineStr"><is><t>text</t></is></c>', "text"),
        ('<c t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>', " a "),
        ('<c t="inlineStr"><is><r><rPr><b/></rPr><t>a</t></r><r><t> b</t></r></is></c>', "a b"),
        (
            '<c t="inlineStr"><is><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></is></c>',
            "課",
        ),
        ('<c t="inlineStr"><is>\n  <t>a</t>\n</is></c>', "a"),
        ('<c t="inlineStr"><is/></c>', None),
        # truth, dates
        ('<c t="b"><v>1</v></c>', True),
        ('<c t="b"><v>0</v></c>', False),
        ('<c t="b"><v>true</v></c>', True),
        ('<c t="d"><v>2019-01-31</v></c>', datetime(2019, 1, 31)),
        ('<c t="d"><v>2019-01-31T12:30:00Z</v></c>', datetime(2019, 1, 31, 12, 30)),
        ('<c t="d"><v>12:30:00</v></c>', time(12, 30)),
        ('<c s="2"><v>43466</v></c>', datetime(2019, 1, 1)),
        ('<c s="2"><v>43466.75</v></c>', datetime(2019, 1, 1, 18)),
        ('<c s="2"><v>1e9</v></c>', 1_000_000_000),
        ('<c s="3"><v>1.5</v></c>', timedelta(hours=36)),
        ('<c s="2" t="s"><v>0</v></c>', "first"),
        # nothing
        ("<c/>", None),
        ('<c s="99"/>', None),
        ('<c t="e"/>', None),
        ('<c t="inlineStr"><is><r><r><t>a</t></r><t>b</t></r></is></c>', "b"),
        ('<c s="1"/>', None),
        ("<c><v/></c>", None),
        ("<c><v></v></c>", None),
        ('<c t="str"><v>   </v></c>', None),
        ('<c t="s"><v/></c>', None),
        # formulas with their results
        ("<c><f>1/4</f><v>0.25</v></c>", 0.25),
        ('<c><f t="shared" si="0"/><v>3</v></c>', 3),
        ('<c><f t="array" ref="A1">SUM(B1:B2)</f><v>3</v></c>', 3),
        ('<c t="str"><f>B1&amp;""</f><v/></c>', None),
        ('<c t="str"><f>B1</f></c>', None),
        ("<c><v>3</v><f>1+2</f></c>", 3),
    ],
)
def test_each_kind_of_cell(cell: str, value: CellValue) -> None:
    found = of_cell(cell)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("cell", "fault", "value"),
    [
        ('<c t="e"><v>#DIV/0!</v></c>', Fault.ERROR, "#DIV/0!"),
        ('<c t="e"><f>1/0</f><v>#DIV/0!</v></c>', Fault.ERROR, "#DIV/0!"),
        ('<c t="e"><v/></c>', Fault.ERROR, None),
        ("<c><f>1/4</f></c>", Fault.NO_RESULT, None),
        ("<c><f>1/4</f><v/></c>", Fault.NO_RESULT, None),
        ('<c t="n"><f t="shared" si="0"/></c>', Fault.NO_RESULT, None),
        ('<c><f t="array" ref="A1:A3">B1:B3</f></c>', Fault.NO_RESULT, None),
        ('<c t="b"><f>TRUE()</f></c>', Fault.NO_RESULT, None),
    ],
)
def test_a_cell_without_a_usable_value(cell: str, fault: Fault, value: CellValue) -> None:
    found = read(worksheet(f"<row>{cell}</row>")).rows[1][1]
    assert (found.fault, found.value) == (fault, value)


def test_how_a_text_is_read_aloud_is_no_part_of_it() -> None:
    cell = '<c t="inlineStr"><is><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh></is></c>'
    assert of_rows(f"<row>{cell}{cell}</row>") == {"A1": "課", "B1": "課"}


def test_a_cell_carries_its_number_format() -> None:
    rows = read(worksheet('<row><c s="1"><v>0.675</v></c><c><v>1</v></c></row>')).rows
    assert [cell.number_format for cell in rows[1].values()] == ["0.0%", "General"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ('<row r="3"><c r="B3"><v>1</v></c></row>', {"B3": 1}),
        ("<row><c><v>1</v></c></row><row><c/><c><v>2</v></c></row>", {"A1": 1, "B2": 2}),
        ('<row r="5"><c><v>1</v></c></row><row><c><v>2</v></c></row>', {"A5": 1, "A6": 2}),
        ('<row><c r="C1"><v>1</v></c><c><v>2</v></c></row>', {"C1": 1, "D1": 2}),
        ('<row><c r="B1"><v>2</v></c><c r="A1"><v>1</v></c></row>', {"A1": 1, "B1": 2}),
        ('<row r="2"><c><v>2</v></c></row><row r="1"><c><v>1</v></c></row>', {"A1": 1, "A2": 2}),
        ('<row r="1"><c r="XFD1"><v>1</v></c></row>', {"XFD1": 1}),
        ('<row r="1048576"><c><v>1</v></c></row>', {"A1048576": 1}),
        ("<row r='2'><c t='s' r='A2'><v>0</v></c></row>", {"A2": "first"}),
        ('<row r=""><c><v>1</v></c></row>', {"A1": 1}),
        ("<row/><row/><row><c><v>1</v></c></row>", {"A3": 1}),
    ],
)
def test_the_place_of_a_cell(rows: str, expected: dict[str, CellValue]) -> None:
    found = of_rows(rows)
    assert found == expected
    assert list(found) == list(expected)  # in the order of rows and columns


@pytest.mark.parametrize(
    "xml",
    [
        worksheet("<row><c><v>1</v></c></row>", namespace=STRICT),
        worksheet("<row><c><v>1</v></c></row>", before='<dimension ref="A5:B6"/>'),
        worksheet("<row><c><v>1</v></c></row>", before='<dimension ref="what"/><cols/>'),
        '<x:worksheet xmlns:x="urn:a"><x:row><x:c><x:v>1</x:v></x:c></x:row></x:worksheet>',
        "<worksheet><row><c><v>1</v></c></row></worksheet>",
        "<worksheet>\n <row>\n  <c>\n   <v>1</v>\n  </c>\n </row>\n</worksheet>",
        "<?xml version='1.0'?><!-- a --><worksheet><row><!-- b --><c><v>1</v></c><?c?></row>"
        "</worksheet>",
        '<worksheet xmlns:x="other"><row><c><v>1</v><x:v>2</x:v><x:c><x:f/></x:c></c></row>'
        "<x:row><x:c/></x:row></worksheet>",
        f'<worksheet xmlns="{STRICT}"><row><c><v>1</v><v xmlns="">2</v></c><c xmlns=""><v>3</v></c>'
        '</row><row xmlns=""><c><v>4</v></c></row></worksheet>',
        "<worksheet><row><c><v>1</v></c></row><headerFooter><oddHeader>Page 2</oddHeader>"
        "</headerFooter></worksheet>",
    ],
)
def test_how_the_xml_is_written_makes_no_difference(xml: str) -> None:
    assert cells(read(xml)) == {"A1": 1}


def test_what_excel_hides() -> None:
    sheet = read(
        worksheet(
            '<row hidden="1"><c><v>1</v></c></row><row hidden="0"><c><v>2</v></c></row>'
            '<row hidden="true"><c><v>3</v></c></row><row hidden="1"/>',
            after='<mergeCells><mergeCell ref="A3:B4"/><mergeCell ref="$D$4"/></mergeCells>',
        )
    )
    assert cells(sheet) == {"A1": 1, "A2": 2, "A3": 3}
    assert sheet.hidden_rows == {1, 3}
    assert sheet.merged == (Area(3, 1, 4, 2), Area(4, 4, 4, 4))


def test_rows_and_columns_without_a_size_are_hidden() -> None:
    columns = (
        '<cols><col min="2" max="3" hidden="1"/><col min="3" max="5" width="0"/>'
        '<col min="7" max="7" width="9.1"/><col min="16383" max="99999" hidden="true"/>'
        '<col hidden="1"/><col min="x" max="-1" hidden="1"/></cols>'
    )
    rows = (
        '<row ht="0"><c><v>1</v></c></row><row ht="0.0" customHeight="1"><c><v>2</v></c></row>'
        '<row ht="10.5"><c><v>3</v></c></row><row ht=""><c><v>4</v></c></row>'
    )
    sheet = read(worksheet(rows, before=columns))
    assert sheet.hidden_rows == {1, 2}
    assert sheet.hidden_columns == {2, 3, 4, 5, 16_383, 16_384}


def test_what_number_formats_hide() -> None:
    xml = worksheet(
        '<row><c s="4"><v>1</v></c><c s="5"><v>1</v></c><c s="5"><v>0</v></c></row>'
        '<row><c s="4" t="str"><v>x</v></c><c s="5" t="str"><v>x</v></c><c s="4"/></row>'
    )
    assert read(xml).unseen == {(1, 1), (1, 3), (2, 1)}


def test_what_is_struck_out_of_texts_is_told_apart() -> None:
    struck, kept = "<r><rPr><strike/></rPr><t>9</t></r>", "<t>85</t>"
    xml = worksheet(
        f'<row><c t="inlineStr"><is>{kept}</is></c><c t="inlineStr"><is>{struck}{kept}</is></c>'
        f'<c t="inlineStr"><is>{struck}</is></c></row>'
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="str"><v>1</v></c></row>'
    )
    sheet = read(xml, struck_out={1: "first"})
    assert sheet.struck_out == {(1, 2): "9", (2, 2): "first"}
    assert cells(sheet) == {
        "A1": "85", "B1": "85", "C1": "9", "A2": "first", "B2": "second", "C2": "1"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("merged", "kept", "overlaid"),
    [
        (["A1:A3"], {"A1": 1, "B1": 2, "B2": 2, "B3": 2, "C3": 3}, {"A3": 7}),  # A2 says the same
        (["A1:B2"], {"A1": 1, "A3": 7, "B3": 2, "C3": 3}, {"B1": 2, "B2": 2}),
        (["B1:C1", "B2:C3"], {"A1": 1, "A2": 1, "A3": 7, "B1": 2, "B2": 2}, {"C3": 3}),
        (["C1:C3"], {"A1": 1, "A2": 1, "A3": 7, "B1": 2, "B2": 2, "B3": 2}, {"C3": 3}),
        (["A1:C1", "A2:A3", "C3"], {"A1": 1, "A2": 1, "B2": 2, "B3": 2, "C3": 3},
         {"B1": 2, "A3": 7}),
        (["A1:XFD1048576"], {"A1": 1}, {"B1": 2, "B2": 2, "A3": 7, "B3": 2, "C3": 3}),
    ],
)  # fmt: skip
def test_a_merged_cell_counts_and_not_what_it_covers(
    merged: list[str], kept: dict[str, int], overlaid: dict[str, int]
) -> None:
    rows = (
        "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>1</v></c><c><v>2</v></c></row>"
        "<row><c><v>7</v></c><c><v>2</v></c><c><v>3</v></c></row>"
    )
    areas = "".join(f'<mergeCell ref="{each}"/>' for each in merged)
    sheet = read(worksheet(rows, after=f"<mergeCells>{areas}</mergeCells>"))
    assert cells(sheet) == kept
    found = {each.cell.address.removeprefix("Data!"): each.cell.value for each in sheet.overlaid}
    assert found == overlaid


def test_a_row_that_is_all_covered_is_none() -> None:
    rows = "<row><c><v>1</v></c></row><row><c><v>1</v></c></row>"
    sheet = read(worksheet(rows, after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'))
    assert (list(sheet.rows), sheet.overlaid) == ([1], ())


def test_dates_that_count_from_1904() -> None:
    xml = worksheet('<row><c s="2"><v>42004</v></c></row>')
    assert cells(read(xml, is_1904=True)) == {"A1": datetime(2019, 1, 1)}
    assert cells(read(xml)) == {"A1": datetime(2014, 12, 31)}


def test_the_same_number_under_two_formats() -> None:
    rows = '<row><c s="2"><v>1.5</v></c><c s="3"><v>1.5</v></c><c><v>1.5</v></c></row>'
    assert of_rows(rows) == {"A1": datetime(1900, 1, 1, 12), "B1": timedelta(1.5), "C1": 1.5}


@pytest.mark.parametrize(
    "cell",
    ["<c><v>1_000</v></c>", "<c><v>inf</v></c>", "<c><v>-</v></c>", '<c s="-1"><v>1</v></c>'],
)
def test_what_no_cell_holds_is_damage(cell: str) -> None:
    sheet = read(worksheet(f"<row><c><v>1</v></c></row><row>{cell}</row><row><c/></row>"))
    assert isinstance(sheet.damage, UnreadableWorkbookError)
    assert isinstance(sheet.damage.__cause__, ValueError)
    assert cells(sheet) == {"A1": 1}  # as far as it could be read


def test_the_first_number_of_a_style_that_the_workbook_lacks() -> None:
    text = '<c s="8" t="s"><v>0</v></c>'
    rows = f'<row>{text}<c s="1"><v>1</v></c></row><row>{text}<c s="9"><v>0.5</v></c></row>'
    sheet = read(worksheet(rows))
    assert (sheet.unstyled, sheet.damage) == ((2, 2), None)
    assert sheet.cell(2, 2).number_format == "General"
    assert read(worksheet('<row><c s="1"><v>1</v></c></row>')).unstyled is None


@pytest.mark.parametrize(
    ("reference", "area"),
    [
        ("A:A", Area(1, 1, 1_048_576, 1)),
        ("$B:$XFD", Area(1, 2, 1_048_576, 16_384)),
        ("3:4", Area(3, 1, 4, 16_384)),
        ("b2:c3", Area(2, 2, 3, 3)),
    ],
)
def test_areas_of_whole_columns_and_in_small_letters(reference: str, area: Area) -> None:
    found = read(worksheet("", after=f'<mergeCell ref="{reference}"/>'))
    assert (found.merged, found.damage) == ((area,), None)


@pytest.mark.parametrize(
    ("text", "style", "is_1904", "value"),
    [
        # as Excel writes them: a time is one of the day before the first, a duration counts from it
        ("1899-12-31T12:30:00.000", 2, False, time(12, 30)),
        ("1899-12-31T12:30:00", 3, False, timedelta(hours=12, minutes=30)),
        ("1900-01-01T12:00:00", 3, False, timedelta(hours=36)),
        ("1900-03-02T06:00:00", 3, False, timedelta(days=62, hours=6)),
        ("1900-01-01T12:00:00", 2, False, datetime(1900, 1, 1, 12)),
        ("1904-01-01T12:30:00", 2, True, time(12, 30)),
        ("1904-01-02T12:00:00", 3, True, timedelta(hours=36)),
        # as others do
        ("1899-12-30T12:30:00", 2, False, time(12, 30)),
        ("1899-12-30T12:30:00", 3, False, timedelta(hours=12, minutes=30)),
        ("12:30:00", 3, False, timedelta(hours=12, minutes=30)),
        ("PT36H30M", 3, False, timedelta(hours=36, minutes=30)),
        ("P1DT0.5S", 3, False, timedelta(days=1, seconds=0.5)),
        ("2019-01-31", 3, False, datetime(2019, 1, 31) - datetime(1899, 12, 30)),
    ],
)
def test_times_and_durations_of_the_strict_form(
    text: str, style: int, is_1904: bool, value: CellValue
) -> None:
    sheet = read(
        worksheet(f'<row><c s="{style}" t="d"><v>{text}</v></c></row>', namespace=STRICT),
        is_1904=is_1904,
    )
    assert (sheet.damage, cells(sheet)) == (None, {"A1": value})


def test_texts_are_counted_cell_by_cell() -> None:
    room = Room()
    room.characters = 16
    xml = worksheet('<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row>')
    book = Book([], FORMATS, TEXTS, False)
    read_sheet([xml.encode()], SheetPart("Data", "x", False), book, room)
    assert (room.characters, room.cells) == (0, limits_cells() - 3)
    with pytest.raises(UnreadableWorkbookError, match="characters of text"):
        read_sheet([xml.encode()], SheetPart("Data", "x", False), book, room)


def limits_cells() -> int:
    return Room().cells


@pytest.mark.parametrize(
    ("letters", "number"), [("A", 1), ("Z", 26), ("AA", 27), ("AZ", 52), ("XFD", 16_384)]
)
def test_a_column_by_its_letters(letters: str, number: int) -> None:
    assert column_number(letters) == number


@pytest.mark.parametrize("letters", ["a", "É", "A A", "@", "[", "ZZZZZZZZZZZZ"])
def test_letters_that_name_no_column(letters: str) -> None:
    with pytest.raises(ValueError):
        column_number(letters)


def test_a_date_is_one_of_a_day_and_a_time() -> None:
    assert isinstance(of_cell('<c s="2"><v>0.5</v></c>'), time)
    assert isinstance(of_cell('<c s="2"><v>2</v></c>'), date)
