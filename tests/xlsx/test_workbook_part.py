"""What sheets share: their names and parts, the number formats, the shared texts."""

from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.styles.numbers import BUILTIN_FORMATS

from kpi_cli.reading.number_formats import look_of
from kpi_cli.xlsx.dates import Shows, what_is_shown
from kpi_cli.xlsx.package import Package
from kpi_cli.xlsx.workbook_file import read_sheets
from kpi_cli.xlsx.workbook_part import Book, CellFormat, SheetPart, read_book
from tests.parts import (
    BOOK,
    BOOK_RELATIONS,
    DOCUMENT,
    MAIN,
    SHEET,
    STYLES,
    TEXTS,
    book,
    relations,
    save_parts,
    worksheet,
)

COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/relationships"


def read(folder: Path, **changes: str | None) -> Book:
    """Read a workbook in which these parts, named as in tests.parts, are changed."""
    names = {"book": BOOK, "relations": BOOK_RELATIONS, "styles": STYLES, "texts": TEXTS}
    path = save_parts(folder / "x.xlsx", {names[name]: part for name, part in changes.items()})
    with path.open("rb") as file:
        return read_book(Package(file))


def test_the_sheets_stand_in_their_order(tmp_path: Path) -> None:
    sheets = book("Cover", "Chart", "Data", "Macros", "Old").replace(
        'name="Old"', 'state="veryHidden" name="Old"'
    )
    targets = relations(
        ("worksheet", "worksheets/sheet9.xml"),
        ("chartsheet", "chartsheets/sheet1.xml"),
        ("worksheet", "worksheets/sheet1.xml"),
        ("xlMacrosheet", "macrosheets/sheet1.xml"),
        ("worksheet", "worksheets/sheet2.xml"),
    )
    assert read(tmp_path, book=sheets, relations=targets).sheets == [
        SheetPart("Cover", "xl/worksheets/sheet9.xml", False),
        SheetPart("Data", "xl/worksheets/sheet1.xml", False),
        SheetPart("Old", "xl/worksheets/sheet2.xml", True),
    ]


@pytest.mark.parametrize(
    "target",
    [
        "worksheets/sheet1.xml",
        "/xl/worksheets/sheet1.xml",
        "./worksheets/../worksheets/sheet1.xml",
        "worksheets\\sheet1.xml",
        "..\\xl\\worksheets\\sheet1.xml",
        "../../xl/worksheets/sheet1.xml",
    ],
)
def test_where_a_sheet_is(tmp_path: Path, target: str) -> None:
    found = read(tmp_path, relations=relations(("worksheet", target)))
    assert found.sheets == [SheetPart("Indicators", "xl/worksheets/sheet1.xml", False)]


def test_there_may_be_a_thousand_sheets(tmp_path: Path) -> None:
    found = read(tmp_path, book=book(*map(str, range(1000)), identifier="rId1"))
    assert len(found.sheets) == 1000


def test_the_letters_of_a_part_may_be_large_or_small(tmp_path: Path) -> None:
    path = save_parts(
        tmp_path / "x.xlsx",
        {
            SHEET: None,
            "XL\\Worksheets\\SHEET1.XML": worksheet("<row><c><v>1</v></c></row>"),
        },
    )
    assert read_sheets(path)[0].rows[1][1].value == 1


def test_the_strict_form_of_the_standard(tmp_path: Path) -> None:
    path = save_parts(
        tmp_path / "x.xlsx",
        {
            "_rels/.rels": relations(("officeDocument", "xl/workbook.xml"), namespace=STRICT),
            BOOK: book("Data").replace(DOCUMENT, STRICT),
            BOOK_RELATIONS: relations(("worksheet", "worksheets/sheet1.xml"), namespace=STRICT),
        },
    )
    assert [sheet.name for sheet in read_sheets(path)] == ["Data"]


def test_a_workbook_whose_part_has_another_name(tmp_path: Path) -> None:
    path = save_parts(
        tmp_path / "x.xlsx",
        {
            "_rels/.rels": relations(("officeDocument", "book/main.xml")),
            BOOK: None,
            BOOK_RELATIONS: None,
            "book/main.xml": book("Data"),
            "book/_rels/main.xml.rels": relations(("worksheet", "../xl/worksheets/sheet1.xml")),
        },
    )
    assert [sheet.name for sheet in read_sheets(path)] == ["Data"]


def test_a_workbook_that_no_relationship_names(tmp_path: Path) -> None:
    path = save_parts(tmp_path / "x.xlsx", {"_rels/.rels": None})
    assert [sheet.name for sheet in read_sheets(path)] == ["Indicators"]


@pytest.mark.parametrize(
    ("properties", "is_1904"),
    [
        ("", False),
        ("<workbookPr/>", False),
        ('<workbookPr date1904="0"/>', False),
        ('<workbookPr date1904="1"/>', True),
        ('<workbookPr date1904="true"/>', True),
    ],
)
def test_from_when_dates_count(tmp_path: Path, properties: str, is_1904: bool) -> None:
    assert read(tmp_path, book=book("Data", properties=properties)).is_1904 is is_1904


def styles(formats: str, numbers: str, around: str = "{}") -> str:
    """Return styles with these formats of their own, and cells with these numbers of formats."""
    cells = "".join(f'<xf numFmtId="{number}"/>' for number in numbers.split())
    content = (
        f'<numFmts>{formats}</numFmts><cellStyleXfs><xf numFmtId="9"/></cellStyleXfs>'
        f'<cellXfs>{cells}</cellXfs><dxfs><dxf><numFmt numFmtId="1" formatCode="no"/></dxf></dxfs>'
    )
    return (
        f'<styleSheet xmlns="{MAIN}" xmlns:mc="{COMPATIBILITY}">{around.format(content)}'
        "</styleSheet>"
    )


OWN = '<numFmt numFmtId="164" formatCode="0.0&quot;%&quot;"/>'


@pytest.mark.parametrize(
    ("xml", "formats"),
    [
        (None, ["General"]),
        (f'<styleSheet xmlns="{MAIN}"/>', ["General"]),
        (styles("", "0 1 9 10 49"), ["General", "0", "0%", "0.00%", "@"]),
        (styles(OWN, "164 0"), ['0.0"%"', "General"]),
        (styles('<numFmt numFmtId="9" formatCode="0.0%"/>', "9"), ["0.0%"]),
        (styles("", "164 999"), ["General", "General"]),
        (styles("", "5 7 44"), ['"$"#,##0', '"$"#,##0.00', '"$"#,##0.00']),
        (styles(OWN, "164").replace(' numFmtId="164"/></cellXfs', "/></cellXfs"), ["General"]),
        (
            styles(
                OWN,
                "164",
                "<mc:AlternateContent><mc:Choice><cellXfs><xf numFmtId='9'/></cellXfs></mc:Choice>"
                "<mc:Fallback>{}</mc:Fallback></mc:AlternateContent>",
            ),
            ['0.0"%"'],
        ),
        (
            styles(OWN, "164")
            .replace("<", "<x:")
            .replace("<x:/", "</x:")
            .replace("xmlns=", "xmlns:x="),
            ['0.0"%"'],
        ),
    ],
)
def test_number_formats(tmp_path: Path, xml: str | None, formats: list[str]) -> None:
    targets = [("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")]
    found = read(tmp_path, styles=xml, relations=relations(*targets[: 2 if xml else 1])).formats
    assert [cell_format.code for cell_format in found] == formats
    assert all(cell_format.shows is Shows.NUMBER for cell_format in found)


@pytest.mark.parametrize(
    ("number", "cell_format"),
    [
        (14, CellFormat("mm-dd-yy", Shows.DATE)),
        (17, CellFormat("mmm-yy", Shows.DATE)),
        (22, CellFormat("m/d/yy h:mm", Shows.DATE)),
        (27, CellFormat("yyyy-mm-dd", Shows.DATE)),
        (46, CellFormat("[h]:mm:ss", Shows.DURATION)),
        (58, CellFormat("yyyy-mm-dd", Shows.DATE)),
    ],
)
def test_formats_that_need_not_be_spelt_out(
    tmp_path: Path, number: int, cell_format: CellFormat
) -> None:
    assert read(tmp_path, styles=styles("", str(number))).formats == [cell_format]


ONE = Decimal(1)


@pytest.mark.parametrize("number", set(BUILTIN_FORMATS) - {44})  # where theirs lacks semicolons
def test_formats_mean_what_they_mean_to_openpyxl(tmp_path: Path, number: int) -> None:
    code = read(tmp_path, styles=styles("", str(number))).formats[0].code
    shown, others = look_of(code, ONE), look_of(BUILTIN_FORMATS[number], ONE)
    assert what_is_shown(code) is what_is_shown(BUILTIN_FORMATS[number])
    assert (shown.unit, shown.symbol, shown.decimals, shown.integer_places) == (
        others.unit,
        others.symbol,
        others.decimals,
        others.integer_places,
    )


def test_shared_texts(tmp_path: Path) -> None:
    xml = f"""<sst xmlns="{MAIN}" count="9">
        <si><t>one</t></si><si/><si><t/></si>
        <si><t xml:space="preserve"> two </t></si>
        <si><r><rPr><b/></rPr><t>th</t></r> <r><t>ree</t></r></si>
        <si>{"<r>" * 2000}<t>no</t>{"</r>" * 2000}<r><t>four</t></r></si>
        <si><t>課</t><rPh sb="0" eb="1"><t>カ</t></rPh><phoneticPr fontId="1"/></si>
        <si><t>a_x000D_
b_x0009_c&amp;<![CDATA[<d>]]></t></si></sst>"""
    texts = read(tmp_path, texts=xml).texts
    assert texts == ["one", "", "", " two ", "three", "four", "課", "a\nb\tc&<d>"]


RAISED, STRUCK = '<vertAlign val="superscript"/>', "<strike/>"


def run(text: str, font: str = "") -> str:
    return f"<r><rPr><b/>{font}</rPr><t>{text}</t></r>"


@pytest.mark.parametrize(
    ("runs", "text", "struck_out"),
    [
        # what is raised is a footnote, and no digits or scale of the figure before it
        (run("85") + run("1", RAISED), "85¹", ""),
        ("<t>85</t>" + run("2, 30", RAISED), "85², ³⁰", ""),
        (run("456789", RAISED), "⁴⁵⁶⁷⁸⁹", ""),
        (run("85%") + run("p*", RAISED), "85%p*", ""),
        (run("£1.2") + run("m", RAISED), "£1.2ᵐ", ""),
        (run("85") + run("K", RAISED) + run("2") + run("nd", RAISED), "85ᴷ2nd", ""),
        (run("CO") + run("2", '<vertAlign val="subscript"/>'), "CO2", ""),
        (run("8") + run("5", '<vertAlign val="baseline"/>'), "85", ""),
        # what is struck out is no longer said
        (run("9", STRUCK) + run("85"), "85", "9"),
        (run("8") + run("9", STRUCK) + run("5") + run("%", STRUCK), "85", "9%"),
        (run("85") + run("9", '<strike val="1"/>'), "85", "9"),
        (run("85") + run("9", '<strike val="0"/>'), "859", ""),
        (run("85") + run("9", '<strike val="false"/>'), "859", ""),
        (run("85") + run("1", STRUCK + RAISED), "85", "¹"),
        # all of it: it is the text
        (run("9", STRUCK), "9", ""),
        (run("9", STRUCK) + run(" ") + run("5", STRUCK), "9 5", ""),
    ],
)
def test_texts_whose_runs_are_raised_or_struck_out(
    tmp_path: Path, runs: str, text: str, struck_out: str
) -> None:
    xml = f'<sst xmlns="{MAIN}"><si><t>0</t></si><si>{runs}</si></sst>'
    found = read(tmp_path, texts=xml)
    assert found.texts == ["0", text]
    assert found.struck_out == ({1: struck_out} if struck_out else {})


def test_a_workbook_without_shared_texts(tmp_path: Path) -> None:
    targets = relations(("worksheet", "worksheets/sheet1.xml"))
    assert read(tmp_path, texts=None, relations=targets).texts == []


def test_a_text_that_a_terminal_would_obey(tmp_path: Path) -> None:
    xml = "<sst><si><t>\u202e_x001b_[31m\x9b</t></si></sst>"
    assert read(tmp_path, texts=xml).texts == ["\\u202e\\x1b[31m\\x9b"]


@pytest.mark.parametrize(
    "changes",
    [
        {"styles": styles("", "many")},
        {"styles": styles('<numFmt numFmtId="164"/>', "0")},
        {"book": book("Data").replace(' name="Data"', "")},
        {"relations": relations(("worksheet", "x")).replace(' Target="x"', "")},
    ],
)
def test_what_is_damaged_is_refused(tmp_path: Path, changes: dict[str, str]) -> None:
    with pytest.raises(LookupError if "many" not in str(changes) else ValueError):
        read(tmp_path, **changes)


def test_a_workbook_without_parts_that_it_names(tmp_path: Path) -> None:
    found = read(tmp_path, styles=None, texts=None)
    assert (found.formats, found.texts) == ([CellFormat()], [])


def test_what_stands_in_the_wrong_place_is_nothing(tmp_path: Path) -> None:
    sheets = book("Data").replace("<sheet ", '<workbookPr date1904="1"/><sheet ', 1)
    xml = styles(OWN + '<xf numFmtId="10"/>', "164").replace("<cellXfs>", f"<cellXfs>{OWN}")
    targets = relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml"))
    found = read(tmp_path, book=sheets, styles=xml, relations=targets)
    assert (found.is_1904, [sheet.name for sheet in found.sheets]) == (False, ["Data"])
    assert [cell_format.code for cell_format in found.formats] == ['0.0"%"']
