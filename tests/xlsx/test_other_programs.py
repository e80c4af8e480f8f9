"""Workbooks as other programs write them, each small and made by hand: all say the same.

What is special of each program is what it was seen to write, in as few lines as show it.
"""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi_cli import read_workbook
from kpi_cli.periods import Month, Period
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

HEADINGS = (
    "MPR Code",
    "Short Name",
    "Minimise or Maximise",
    "Latest Month",
    "Month's Value",
    "Month's Target",
    "Comment",
)
ROW = ("CP 1.1", "Visits & calls", "Aim to Maximise", 43466, 0.95, 0.9, "Fine")
ROWS: tuple[tuple[str | float, ...], ...] = (HEADINGS, ROW)
DATE, PERCENT = 1, 2  # styles, by their numbers
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
STRICT_DOCUMENT = "http://purl.oclc.org/ooxml/officeDocument/relationships"
X14AC = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

Parts = dict[str, str | bytes | None]
OfCell = Callable[[str, str | float], str]  # the XML of a cell, from its address and what it holds


def styles(date: str = "mmm\\-yy", percent: str = "0.0%") -> str:
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts count="2">'
        f'<numFmt numFmtId="164" formatCode="{date}"/>'
        f'<numFmt numFmtId="165" formatCode="{percent}"/></numFmts><cellXfs count="3">'
        '<xf numFmtId="0"/><xf numFmtId="164" applyNumberFormat="1"/><xf numFmtId="165"/></cellXfs>'
        "</styleSheet>"
    )


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


TOLD = [str(text) for row in ROWS for text in row if isinstance(text, str)]
SHARED = (
    f'<sst xmlns="{MAIN}" count="{len(TOLD)}" uniqueCount="{len(TOLD)}">'
    + "".join(f"<si><t>{escaped(text)}</t></si>" for text in TOLD)
    + "</sst>"
)


def style_of(held: str | float) -> int:
    return 0 if isinstance(held, str) else DATE if held > 1 else PERCENT


def shared(address: str, held: str | float) -> str:
    """Return a cell as Excel writes it: texts by their numbers, styles only where they are set."""
    if isinstance(held, str):
        return f'<c r="{address}" t="s"><v>{TOLD.index(held)}</v></c>'
    return f'<c r="{address}" s="{style_of(held)}"><v>{held}</v></c>'


def inline(address: str, held: str | float) -> str:
    """Return a cell as writers of streams do: a text stands in its cell."""
    if isinstance(held, str):
        return f'<c r="{address}" t="inlineStr"><is><t>{escaped(held)}</t></is></c>'
    return shared(address, held)


def typed(address: str, held: str | float) -> str:
    """Return a cell that always says its style and its kind."""
    cell = shared(address, held)
    if isinstance(held, str):
        return cell.replace(' t="s"', ' s="0" t="s"')
    return cell.replace("><v>", ' t="n"><v>')


def of_formula(address: str, held: str | float) -> str:
    """Return a cell whose result a formula gave."""
    if isinstance(held, str):
        return f'<c r="{address}" t="str"><f>Data!{address}&amp;""</f><v>{escaped(held)}</v></c>'
    return shared(address, held).replace("<v>", f"<f>Data!{address}</f><v>")


def plain(address: str, held: str | float) -> str:
    """Return a cell whose text is written as that of a formula, without one."""
    return re.sub("<f>.*</f>", "", of_formula(address, held))


def iso(address: str, held: str | float) -> str:
    """Return a cell of which a date is written as one."""
    if held == 43466:
        return f'<c r="{address}" s="{DATE}" t="d"><v>2019-01-01T00:00:00.000Z</v></c>'
    return shared(address, held)


def nowhere(address: str, held: str | float) -> str:
    """Return a cell that doesn't say where it stands."""
    return shared(address, held).replace(f' r="{address}"', "")


def rich(address: str, held: str | float) -> str:
    """Return a cell whose text has several fonts."""
    if not isinstance(held, str):
        return shared(address, held)
    start, rest = escaped(held[:3]), escaped(held[3:])
    runs = f"<r><rPr><b/></rPr><t>{start}</t></r><r><t xml:space='preserve'>{rest}</t></r>"
    return f'<c r="{address}" t="inlineStr"><is>{runs}</is></c>'


def prefixed(xml: str) -> str:
    """Return XML all of whose elements have a prefix."""
    xml = re.sub(r"<(/?)(?=\w)", r"<\1x:", xml)
    return xml.replace(" xmlns=", " xmlns:x=")


def rows_of(cell: OfCell = shared, attributes: str = ' r="{}"', more: str = "") -> str:
    """Return the rows, each cell as a program writes it; more stands at the end of each row."""
    written = []
    for number, row in enumerate(ROWS, start=1):
        cells = "".join(cell(f"{'ABCDEFG'[n]}{number}", held) for n, held in enumerate(row))
        written.append(f"<row{attributes.format(number)}>{cells}{more.format(number)}</row>")
    return "".join(written)


def as_strict(changes: Parts) -> Parts:
    """Return parts in the strict form of the standard."""
    return {
        "_rels/.rels": relations(("officeDocument", BOOK), namespace=STRICT_DOCUMENT),
        BOOK: book("Indicators").replace(MAIN, STRICT).replace(DOCUMENT, STRICT_DOCUMENT),
        BOOK_RELATIONS: relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            namespace=STRICT_DOCUMENT,
        ),
        **{name: str(part).replace(MAIN, STRICT) for name, part in changes.items()},
    }


AS_TEXT: dict[str | float, str] = {43466: "Jan-19", 0.95: "95.0%", 0.9: "90.0%"}
USUAL: Parts = {STYLES: styles(), TEXTS: SHARED, SHEET: worksheet(rows_of())}
WRITTEN: dict[str, Parts] = {
    "Excel": {
        SHEET: worksheet(
            rows_of(attributes=' r="{}" spans="1:7" x14ac:dyDescent="0.25"'),
            before='<sheetPr filterMode="1"/><dimension ref="A1:G2"/><sheetViews><sheetView'
            ' workbookViewId="0"/></sheetViews><sheetFormatPr defaultRowHeight="15"/>',
            after='<pageMargins left="0.7"/><extLst><ext uri="{05}"/></extLst>',
        ).replace(
            f'xmlns="{MAIN}"',
            f'xmlns="{MAIN}" xmlns:mc="{COMPATIBILITY}" mc:Ignorable="x14ac" xmlns:x14ac="{X14AC}"',
        )
    },
    "Excel, rich texts read aloud": {
        TEXTS: SHARED.replace(
            "<t>Fine</t>",
            '<r><t>Fi</t></r><r><rPr><b/></rPr><t>ne</t></r><rPh sb="0" eb="1"><t>x</t></rPh>'
            '<phoneticPr fontId="1"/>',
        )
    },
    "Excel, a sheet in the strict form": as_strict(
        {STYLES: styles(), TEXTS: SHARED, SHEET: worksheet(rows_of(iso))}
    ),
    "Excel, the strict form with serial numbers": as_strict(USUAL),
    "Excel, dynamic arrays": {
        SHEET: worksheet(
            rows_of(of_formula).replace(
                "<f>Data!E2</f>", '<f t="array" aca="1" ref="E2" ca="1">_xlfn.SINGLE(Data!E2)</f>'
            )
        ).replace('r="E2"', 'r="E2" cm="1" vm="1"')
    },
    "Excel, a formula shared by rows": {
        SHEET: worksheet(
            rows_of(of_formula).replace("<f>Data!E2</f>", '<f t="shared" ref="E2:F2" si="0"/>')
        )
    },
    "Excel, saved from a Mac": {
        BOOK: book("Indicators", properties='<workbookPr date1904="1"/>'),
        SHEET: worksheet(rows_of().replace("43466", "42004")),
    },
    "Excel, with a chart sheet and a macro sheet": {
        BOOK: book("Indicators", "Chart", "Macros"),
        BOOK_RELATIONS: relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("chartsheet", "chartsheets/sheet1.xml"),
            ("xlMacrosheet", "macrosheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
    },
    "LibreOffice": {
        STYLES: styles("[$-809]mmm\\-yy", "0.0%").replace(
            '<xf numFmtId="0"/>', '<xf numFmtId="0" xfId="0"><protection hidden="false"/></xf>'
        ),
        SHEET: worksheet(
            rows_of(
                typed,
                ' r="{}" customFormat="false" ht="12.8" hidden="false" outlineLevel="0"'
                ' collapsed="false"',
                '<c r="H{}" s="0"/>',
            ),
            before='<sheetPr filterMode="false"><pageSetUpPr fitToPage="false"/></sheetPr>'
            '<cols><col collapsed="false" hidden="false" max="1025" min="1"/></cols>',
        ),
    },
    "LibreOffice, formulas": {
        SHEET: worksheet(rows_of(of_formula).replace("<f>", '<f aca="false">'))
    },
    "LibreOffice, formatted to the last row": {
        SHEET: worksheet(
            rows_of() + '<row r="1048576" hidden="false"><c r="A1048576" s="1"/></row>'
        )
    },
    "Google Sheets": {
        BOOK_RELATIONS: relations(
            ("theme", "theme/theme1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
            ("worksheet", "worksheets/sheet1.xml"),
        ),
        BOOK: book("Indicators", identifier="rId4"),
        SHEET: worksheet(
            rows_of(typed, more='<c r="H{}" s="2"/>')
            + "".join(f'<row r="{n}"><c r="A{n}" s="1"/></row>' for n in range(3, 1000)),
            before='<sheetPr><outlinePr summaryBelow="0"/></sheetPr>',
        ),
    },
    "XlsxWriter": {
        SHEET: worksheet(rows_of(), before='<dimension ref="A1:G2"/>'),
        TEXTS: SHARED.replace("<t>", '<t xml:space="preserve">'),
    },
    "XlsxWriter, constant memory": {
        TEXTS: None,
        BOOK_RELATIONS: relations(("worksheet", "worksheets/sheet1.xml"), ("styles", "styles.xml")),
        SHEET: worksheet(rows_of(inline, ' r="{}" spans="1:7"')),
    },
    "openpyxl": {SHEET: worksheet(rows_of(typed))},
    "openpyxl, write only": {SHEET: worksheet(rows_of(inline).replace("<t>", "<t >"))},
    "openpyxl, absolute targets": {
        BOOK_RELATIONS: relations(
            ("worksheet", "/xl/worksheets/sheet1.xml"),
            ("styles", "/xl/styles.xml"),
            ("sharedStrings", "/xl/sharedStrings.xml"),
        )
    },
    "Apache POI, streamed": {
        TEXTS: f'<sst xmlns="{MAIN}" count="0" uniqueCount="0"/>',
        SHEET: worksheet(rows_of(inline), before='<dimension ref="A1"/>'),
    },
    "ClosedXML": {
        STYLES: prefixed(styles()),
        TEXTS: prefixed(SHARED),
        SHEET: prefixed(worksheet(rows_of())),
        BOOK: prefixed(book("Indicators")),
    },
    "EPPlus": {
        SHEET: "\ufeff".encode() + worksheet(rows_of(), after='<mergeCells count="0"/>').encode()
    },
    "Aspose": {TEXTS: None, "xl/SharedStrings.XML": SHARED},
    "a report server": {
        SHEET: None,
        STYLES: None,
        TEXTS: None,
        "xl\\worksheets\\sheet1.xml": worksheet(rows_of(), after='<mergeCell ref="A9:G9"/>'),
        "xl\\styles.xml": styles(),
        "xl\\sharedStrings.xml": SHARED,
    },
    "SheetJS": {SHEET: worksheet(rows_of(iso), before='<dimension ref="A1:XFD1048576"/>')},
    "SheetJS, plain strings": {SHEET: worksheet(rows_of(plain))},
    "PhpSpreadsheet": {
        TEXTS: SHARED.replace("<si><t>", '<si><t xml:space="preserve">'),
        SHEET: '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        + worksheet(rows_of(attributes=' r="{}" spans="1:7" customHeight="false"')),
    },
    "axlsx": {SHEET: worksheet(rows_of(inline).replace("<t>", '<t xml:space="preserve">'))},
    "writexl": {
        STYLES: styles("yyyy\\-mm\\-dd", "0.0%"),
        SHEET: worksheet(rows_of(inline, "")),
    },
    "openxlsx": {SHEET: worksheet(rows_of(typed).replace("><v>", "  ><v>", 1))},
    "a program that numbers nothing": {SHEET: worksheet(rows_of(nowhere, ""))},
    "a program that writes bold words": {SHEET: worksheet(rows_of(rich))},
    "a program that indents": {
        name: str(part).replace("><", ">\n  <") for name, part in USUAL.items() if name != TEXTS
    },
    "a program in another encoding": {
        SHEET: ('<?xml version="1.0" encoding="UTF-16"?>' + worksheet(rows_of())).encode("utf-16")
    },
    "a program with small letters": {
        SHEET: worksheet(re.sub('r="[A-G][12]"', lambda found: found[0].lower(), rows_of()))
    },
    "a program with full paths": {
        SHEET: None,
        "/xl/worksheets/sheet1.xml": worksheet(rows_of()),
    },
    "a program without a root": {"_rels/.rels": None},
    "a program that leaves nothing out": {
        SHEET: worksheet(
            rows_of(typed, ' r="{}"', '<c r="H{0}" t="s"><v></v></c><c r="I{0}" t="str"><v/></c>')
        )
    },
    "a converter of CSV": {
        STYLES: None,
        TEXTS: None,
        BOOK_RELATIONS: relations(("worksheet", "worksheets/sheet1.xml")),
        SHEET: worksheet(rows_of(lambda address, held: inline(address, AS_TEXT.get(held, held)))),
    },
}  # fmt: skip


@pytest.mark.parametrize("program", WRITTEN)
def test_what_each_program_writes_says_the_same(tmp_path: Path, program: str) -> None:
    workbook = read_workbook(save_parts(tmp_path / "x.xlsx", USUAL | WRITTEN[program]))
    assert workbook.problems == ()
    (indicator,) = workbook.indicators
    assert (indicator.code, indicator.short_name) == ("CP 1.1", "Visits & calls")
    assert indicator.period == Period(Month(2019, 1))
    assert [amount and amount.text for amount in (indicator.value, indicator.target)] == [
        "95.0%",
        "90.0%",
    ]
    assert indicator.comment == "Fine"
