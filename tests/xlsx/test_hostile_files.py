"""Broken and hostile files: one line that says what to do, exit code 3, bounded time and memory."""

import io
import os
import re
import struct
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi_cli.xlsx import limits
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
    parts,
    relations,
    save_parts,
    worksheet,
)
from tests.running import kpi

AGAIN = "open it in Excel, and save it again as .xlsx"
DAMAGED = f"it is damaged, or not a workbook; {AGAIN}"
DAMAGED_SHEET = f'it is damaged: its sheet "Indicators" can\'t be read; {AGAIN}'
NO_WORKBOOK = "it is not an Excel workbook; save it in Excel as .xlsx"
TEXT = "it is a file of text, such as CSV; open it in Excel, and save it as .xlsx"
OLD = "it is in the format of Excel 97-2003; save it in Excel as .xlsx, without a password"
OUTSIDE = f'it is damaged: its sheet "Indicators" has a cell outside of every sheet; {AGAIN}'
DOCTYPE = f"it is damaged: its XML has a document type, which Excel never writes; {AGAIN}"
DEEP = f"it is damaged: its XML is nested too deeply; {AGAIN}"
ENDLESS = f"it is damaged: its XML has a tag or a text without an end; {AGAIN}"
LONG = f"it is damaged: a cell has more than the 32,767 characters that Excel allows; {AGAIN}"
NO_TABLE = (
    "no sheet has a table of indicators, with headings such as Code, Indicator, Target and"
    " Actual (kpi map writes a profile in which to say what each heading means); the sheets"
    " found: "
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CELLS = ROW_XML.removeprefix('<row r="2">').removesuffix("</row>")


def zipped(other: dict[str, str] | None = None, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip file: a workbook's, or one with these other parts."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, part in (other or parts()).items():
            archive.writestr(name, part)
    return content.getvalue()


def changed(old: bytes, new: bytes, content: bytes | None = None) -> bytes:
    """Return a workbook with these bytes changed everywhere."""
    content = content or zipped(method=zipfile.ZIP_STORED)
    assert old in content
    return content.replace(old, new)


def header_changed(offset: int, form: str, number: int) -> bytes:
    """Return a workbook in which each part's two headers hold another number."""
    content = bytearray(zipped())
    for mark, start in ((b"PK\3\4", offset), (b"PK\1\2", offset + 2)):
        at = -1
        while (at := content.find(mark, at + 1)) >= 0:
            struct.pack_into(form, content, at + start, number)
    return bytes(content)


def cut(share: float) -> bytes:
    whole = zipped()
    return whole[: int(len(whole) * share)]


FILES: dict[str, tuple[bytes, str]] = {
    "empty.xlsx": (b"", "the file is empty; save the workbook again"),
    "noise.xlsx": (bytes(range(256)) * 20, NO_WORKBOOK),
    "picture.xlsx": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NO_WORKBOOK),
    "zip.xlsx": (zipped({"figures.xml": "<a/>"}), DAMAGED),
    "only_pk.xlsx": (b"PK", DAMAGED),
    "cut_1.xlsx": (cut(0.05), DAMAGED),
    "cut_2.xlsx": (cut(0.5), DAMAGED),
    "cut_3.xlsx": (cut(0.99), DAMAGED),
    "old.xls": (OLE + bytes(504), OLD),
    "old.xlsx": (OLE + bytes(504), OLD),
    "locked.xlsx": (
        OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"),
        "it is encrypted; save it in Excel without a password",
    ),
    "binary.xlsb": (
        zipped({"xl/workbook.bin": "", "_rels/.rels": relations(("officeDocument", BOOK))}),
        "it is a binary workbook (.xlsb); save it in Excel as .xlsx",
    ),
    "open.ods": (
        zipped({"mimetype": "application/vnd.oasis", "content.xml": "<a/>"}),
        "it is in the OpenDocument format (.ods); save it in Excel or LibreOffice as .xlsx",
    ),
    "letter.docx": (zipped({"word/document.xml": "<a/>"}), NO_WORKBOOK),
    "figures.csv": (b"MPR Code,Short Name\nCP 1.1,Visits\n", TEXT),
    "utf16.csv": ("MPR Code\tShort Name\n".encode("utf-16"), NO_WORKBOOK),
    "page.xls": (b"<html><table><tr><td>MPR Code</td></tr></table></html>", TEXT),
    "password.xlsx": (
        header_changed(6, "<H", 1),
        "it has a password; save it in Excel without one",
    ),
    "method.xlsx": (
        header_changed(8, "<H", 14),
        f"it is damaged: its part _rels/.rels is packed in a way that Excel doesn't use; {AGAIN}",
    ),
    "checksum.xlsx": (header_changed(14, "<I", 1), DAMAGED),
    "claims_much.xlsx": (
        header_changed(22, "<I", 1 << 30),
        "it unpacks to 6,144 MiB, more than the 512 MiB that are allowed; if it is known to be"
        " good, add --max-size 6144MiB",
    ),
    "claims_little.xlsx": (header_changed(22, "<I", 1), DAMAGED),
    "one_byte_off.xlsx": (changed(b"<v>95</v>", b"<v>96</v>"), DAMAGED_SHEET),
}


@pytest.mark.parametrize(
    ("name", "content", "message"), [(n, *c) for n, c in FILES.items()], ids=FILES
)
def test_a_file_that_is_no_workbook(
    tmp_path: Path, name: str, content: bytes, message: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    refused(path, message)


def refused(path: Path, message: str) -> None:
    """Check that the command says only this of a workbook, and ends with 3."""
    run = kpi("rate", path)
    assert (run.exit_code, run.stderr, run.stdout) == (3, f"{path}: {message}\n", "")


def one_cell(cell: str) -> str:
    return worksheet(HEADINGS_XML + ROW_XML + f"<row r='3'>{cell}</row>")


COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
ALTERNATE = f'<mc:AlternateContent xmlns:mc="{COMPATIBILITY}">{{}}</mc:AlternateContent>'
CHOICE = '<mc:Choice Requires="x14">'
ALTERNATIVES = (
    f'it is damaged: its sheet "Indicators" has cells that only some programs see; {AGAIN}'
)
ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
LAUGHS = f'<!DOCTYPE a [<!ENTITY e0 "ha">{ENTITIES}]>'
SECRET = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
PARAMETER = '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://localhost:9/"> %x;]>'
PARTS: dict[str, tuple[dict[str, str | bytes | None], str]] = {
    "billion laughs": ({SHEET: LAUGHS + one_cell("<c><v>&e9;</v></c>")}, DOCTYPE),
    "billion laughs in texts": ({TEXTS: f"{LAUGHS}<sst><si><t>&e9;</t></si></sst>"}, DOCTYPE),
    "external entity": ({SHEET: SECRET + one_cell("<c><v>&x;</v></c>")}, DOCTYPE),
    "external entity in styles": ({STYLES: f"{SECRET}<styleSheet>&x;</styleSheet>"}, DOCTYPE),
    "parameter entity": ({BOOK: PARAMETER + book("Indicators")}, DOCTYPE),
    "unknown entity": ({SHEET: one_cell("<c><v>&x;</v></c>")}, DAMAGED_SHEET),
    "mismatched tag": ({SHEET: INDICATORS.replace("</row>", "</c>", 1)}, DAMAGED_SHEET),
    "cut sheet": ({SHEET: INDICATORS[:400]}, DAMAGED_SHEET),
    "empty sheet": ({SHEET: ""}, DAMAGED_SHEET),
    "wrong encoding": (
        {SHEET: '<?xml version="1.0" encoding="UTF-16"?>' + INDICATORS},
        DAMAGED_SHEET,
    ),
    "unknown encoding": (
        {SHEET: '<?xml version="1.0" encoding="x-y"?>' + INDICATORS},
        DAMAGED_SHEET,
    ),
    "no text encoding": (
        {SHEET: '<?xml version="1.0" encoding="zlib"?>' + INDICATORS},
        DAMAGED_SHEET,
    ),
    "bytes that are no UTF-8": (
        {SHEET: INDICATORS.encode().replace(b"Visits", b"\xff")},
        DAMAGED_SHEET,
    ),
    "a sheet that is something else": (
        {SHEET: "<html/>"},
        f'it is damaged: its sheet "Indicators" is none; {AGAIN}',
    ),
    "missing sheet": (
        {SHEET: None},
        f"it is damaged: its part {SHEET} is missing; {AGAIN}",
    ),
    "missing relationship": (
        {BOOK_RELATIONS: None},
        f'it is damaged: its sheet "Indicators" is missing; {AGAIN}',
    ),
    "external sheet": (
        {
            BOOK_RELATIONS: relations(("worksheet", "file:///etc/passwd")).replace(
                "/></", ' TargetMode="External"/></'
            )
        },
        f'it is damaged: its sheet "Indicators" is missing; {AGAIN}',
    ),
    "a path out of the file": (
        {BOOK_RELATIONS: relations(("worksheet", "../../../../etc/passwd"))},
        f"it is damaged: its part etc/passwd is missing; {AGAIN}",
    ),
    "no sheets": ({BOOK: book()}, NO_TABLE + "none"),
    "a chart sheet only": (
        {BOOK_RELATIONS: relations(("chartsheet", "chartsheets/sheet1.xml"))},
        NO_TABLE + "none",
    ),
    "two sheets of one name": (
        {BOOK: book("Indicators", "INDICATORS")},
        f'it is damaged: it has two sheets with the name "INDICATORS"; {AGAIN}',
    ),
    "too many sheets": (
        {BOOK: book(*map(str, range(1001)), identifier="rId1")},
        f"it is damaged: it has more than 1,000 sheets; {AGAIN}",
    ),
    "a sheet named in two lines": (
        {BOOK: book("a&#10;b&#13;c"), SHEET: "<html/>"},
        f'it is damaged: its sheet "a b c" is none; {AGAIN}',
    ),
    "column 16,385": ({SHEET: one_cell('<c r="XFE3"><v>1</v></c>')}, OUTSIDE),
    "column AAAA": ({SHEET: one_cell('<c r="AAAA3"><v>1</v></c>')}, OUTSIDE),
    "column AAAAAAAAA": ({SHEET: one_cell('<c r="AAAAAAAAA3"><v>1</v></c>')}, DAMAGED_SHEET),
    "no column": ({SHEET: one_cell('<c r="3"><v>1</v></c>')}, OUTSIDE),
    "a cell that says nothing of its place": (
        {SHEET: one_cell('<c r=""><v>1</v></c>')},
        DAMAGED_SHEET,
    ),
    "no row": ({SHEET: one_cell('<c r="A"><v>1</v></c>')}, DAMAGED_SHEET),
    "row 0": ({SHEET: one_cell('<c r="A0"><v>1</v></c>')}, OUTSIDE),
    "row 1,048,577": ({SHEET: one_cell('<c r="A1048577"><v>1</v></c>')}, OUTSIDE),
    "a giant row": ({SHEET: one_cell('</row><row r="99999999999">')}, OUTSIDE),
    "a row before the first": ({SHEET: one_cell('</row><row r="-1">')}, OUTSIDE),
    "a row with 5,000 digits": ({SHEET: one_cell(f'<c r="A{"9" * 5000}"/>')}, DAMAGED_SHEET),
    "cells past the last column": ({SHEET: one_cell("<c/>" * 16_385)}, OUTSIDE),
    "a cell twice": (
        {SHEET: one_cell('<c r="A3"><v>1</v></c><c r="A3"><v>2</v></c>')},
        f"it is damaged: it has the cell Indicators!A3 twice; {AGAIN}",
    ),
    "an unknown text": ({SHEET: one_cell('<c t="s"><v>1</v></c>')}, DAMAGED_SHEET),
    "a text before the first": ({SHEET: one_cell('<c t="s"><v>-1</v></c>')}, DAMAGED_SHEET),
    "a style before the first": ({SHEET: one_cell('<c s="-1"><v>1</v></c>')}, DAMAGED_SHEET),
    "shared texts that are missing": (
        {TEXTS: None, SHEET: one_cell('<c t="s"><v>0</v></c>')},
        DAMAGED_SHEET,
    ),
    "an unknown kind": (
        {SHEET: one_cell('<c t="x"><v>1</v></c>')},
        f'it is damaged: its sheet "Indicators" has a cell of the unknown kind "x"; {AGAIN}',
    ),
    **{
        f"digits that are no ASCII in {where}": ({SHEET: one_cell(cell)}, DAMAGED_SHEET)
        for where, cell in {
            "a row": '</row><row r="٤"><c><v>1</v></c>',
            "a cell": '<c r="A٣"><v>1</v></c>',
            "a number": "<c><v>٣</v></c>",
            "a style": '<c s="٠"><v>1</v></c>',
            "the number of a text": '<c t="s"><v>٠</v></c>',
        }.items()
    },
    "digits in groups": ({SHEET: one_cell('<c s="0_0"><v>1</v></c>')}, DAMAGED_SHEET),
    "digits in groups in a row": ({SHEET: one_cell('</row><row r="1_0">')}, DAMAGED_SHEET),
    "two lists of rows": (
        {
            SHEET: INDICATORS.replace(
                "</sheetData>", '</sheetData><sheetData><row r="9"/></sheetData>'
            )
        },
        f'it is damaged: its sheet "Indicators" has its rows twice; {AGAIN}',
    ),
    **{
        f"{what} within alternate content": ({SHEET: one_cell(cell)}, ALTERNATIVES)
        for what, cell in {
            "rows to choose": "</row>" + ALTERNATE.format(f"{CHOICE}<row/></mc:Choice>") + "<row>",
            "rows to fall back on": "</row>"
            + ALTERNATE.format("<mc:Fallback><row/></mc:Fallback>")
            + "<row>",
            "cells": ALTERNATE.format("<mc:Fallback><c><v>1</v></c></mc:Fallback>"),
            "a value": f"<c>{ALTERNATE.format(f'{CHOICE}<v>1</v></mc:Choice>')}</c>",
        }.items()
    },
    "a number that is none": ({SHEET: one_cell("<c><v>many</v></c>")}, DAMAGED_SHEET),
    "not a number": ({SHEET: one_cell("<c><v>nan</v></c>")}, DAMAGED_SHEET),
    "infinite": ({SHEET: one_cell("<c><v>1e999</v></c>")}, DAMAGED_SHEET),
    "a date that is none": ({SHEET: one_cell('<c t="d"><v>2019-02-30</v></c>')}, DAMAGED_SHEET),
    "merged past the end": (
        {SHEET: worksheet(HEADINGS_XML, after='<mergeCell ref="A1:A1048577"/>')},
        OUTSIDE,
    ),
    "merged backwards": (
        {SHEET: worksheet(HEADINGS_XML, after='<mergeCell ref="B2:A1"/>')},
        DAMAGED_SHEET,
    ),
    "deep": ({SHEET: one_cell("<c>" * 100_000)}, DEEP),
    "deep in texts": ({TEXTS: "<sst>" * 100_000}, DEEP),
    "a long text": ({SHEET: one_cell(f'<c t="str"><v>{"x" * 32_768}</v></c>')}, LONG),
    "a long shared text": ({TEXTS: f"<sst><si><t>{'x' * 32_768}</t></si></sst>"}, LONG),
    "a text of many pieces": (
        {SHEET: one_cell(f'<c t="inlineStr"><is>{"<r><t/></r>" * 300_000}</is></c>')},
        f"it is damaged: its XML has an element that is too large; {AGAIN}",
    ),
    "many formats": (
        {STYLES: f"<styleSheet><cellXfs>{'<xf/>' * 200_001}</cellXfs></styleSheet>"},
        f"it is damaged: its part xl/styles.xml has more than 200,000 entries; {AGAIN}",
    ),
    "a long number format": (
        {
            STYLES: f"<styleSheet><numFmts><numFmt numFmtId='164' formatCode='{'[' * 256}'/>"
            "</numFmts><cellXfs><xf numFmtId='164'/></cellXfs></styleSheet>"
        },
        "it is damaged: a number format has more than the 255 characters that Excel allows;"
        f" {AGAIN}",
    ),
    "many names": (
        {SHEET: one_cell("".join(f"<x{number}/>" for number in range(10_001)))},
        f"it is damaged: its XML has too many names; {AGAIN}",
    ),
}


@pytest.mark.parametrize(("changes", "message"), PARTS.values(), ids=PARTS)
def test_a_workbook_with_a_part_that_is_wrong(
    tmp_path: Path, changes: dict[str, str | bytes | None], message: str
) -> None:
    start = time.process_time()
    refused(save_parts(tmp_path / "x.xlsx", changes), message)
    assert time.process_time() - start < 10


GOOD: dict[str, dict[str, str | bytes | None]] = {
    "as it is": {},
    "UTF-16": {SHEET: ('<?xml version="1.0" encoding="UTF-16"?>' + INDICATORS).encode("utf-16")},
    "a byte order mark": {SHEET: b"\xef\xbb\xbf" + INDICATORS.encode()},
    "Latin 1": {
        SHEET: ('<?xml version="1.0" encoding="iso-8859-1"?>' + INDICATORS).encode("latin-1")
    },
    "the last column and row": {SHEET: one_cell('</row><row><c r="XFD1048576"><v>1</v></c>')},
    "a claim of a million columns": {
        SHEET: worksheet(
            HEADINGS_XML + ROW_XML,
            before='<dimension ref="A1:AAAA9999999"/><cols><col min="1" max="1000000"/></cols>',
        )
    },
    "merged everywhere": {
        SHEET: worksheet(HEADINGS_XML + ROW_XML, after='<mergeCell ref="A4:XFD1048576"/>')
    },
    "200,000 shared texts": {TEXTS: f"<sst>{'<si><t>x</t></si>' * 200_000}</sst>"},
    "a text of 32,767 characters": {TEXTS: f"<sst><si><t>{'_x0041_' * 32_767}</t></si></sst>"},
    "an unused part that is damaged": {"xl/theme/theme1.xml": "<"},
    "shared texts that nobody uses are missing": {TEXTS: None},
    "merged whole columns and rows": {
        SHEET: worksheet(
            HEADINGS_XML + ROW_XML, after='<mergeCell ref="$H:$I"/><mergeCell ref="4:6"/>'
        )
    },
    "small letters in addresses": {
        SHEET: worksheet(
            re.sub('r="[A-F][12]"', lambda found: found[0].lower(), HEADINGS_XML + ROW_XML),
            after='<mergeCell ref="a5:b6"/>',
        )
    },
    "a folder": {"xl/worksheets/": "", "XL/worksheets/": ""},
    "alternate content beside the cells": {
        SHEET: INDICATORS.replace(
            "</sheetData>", f"</sheetData>{ALTERNATE.format(f'{CHOICE}<controls/></mc:Choice>')}"
        )
    },
}


@pytest.mark.parametrize("changes", GOOD.values(), ids=GOOD)
def test_what_is_unusual_is_no_reason_to_refuse(
    tmp_path: Path, changes: dict[str, str | bytes | None]
) -> None:
    start = time.process_time()
    run = kpi("rate", save_parts(tmp_path / "x.xlsx", changes), "--format", "csv")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout.splitlines()[1].startswith("x.xlsx,CP 1.1,Visits [Monthly Snapshot],")
    assert time.process_time() - start < 10


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize(
    "name",
    [SHEET, SHEET.upper(), SHEET.replace("/", "\\"), f"/{SHEET}", f"xl/./{SHEET[3:]}", f"{SHEET}?"],
)
def test_two_parts_of_one_name_are_refused(tmp_path: Path, name: str) -> None:
    """Which of them counts is different from program to program, so that one could hide figures."""
    path = save_parts(tmp_path / "x.xlsx")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr(name, INDICATORS)
    path.write_bytes(path.read_bytes().replace(b".xml?", b".xml\0"))
    refused(path, f"it is damaged: it has the part {SHEET} twice; {AGAIN}")


def folder(path: Path) -> None:
    path.mkdir()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither pipes nor devices here")
@pytest.mark.parametrize(
    ("make", "message"),
    [
        (folder, "it is a folder; give the workbook's own path"),
        (pipe, "it is no file that is stored; save it to one first"),
        (device, "it is no file that is stored; save it to one first"),
        (loop, "it can't be opened: Too many levels of symbolic links"),
    ],
)
def test_a_path_to_something_else(
    tmp_path: Path, make: Callable[[Path], None], message: str
) -> None:
    make(tmp_path / "x.xlsx")
    refused(tmp_path / "x.xlsx", message)


@pytest.mark.parametrize("call", ["open", "read"])
def test_a_file_that_the_system_keeps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    class Refusing(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            raise PermissionError(13, "Permission denied")

    def opened(*_: object, **__: object) -> io.BytesIO:
        return Refusing() if call == "read" else Refusing(Refusing().read())

    path = save_parts(tmp_path / "x.xlsx")
    monkeypatch.setattr(Path, "open", opened)
    refused(path, f"it can't be {call if call == 'read' else 'opened'}: Permission denied")


@pytest.mark.parametrize(
    ("command", "options"),
    [
        ("rate", []),
        ("check", []),
        ("exceptions", ["--output", "e.xlsx", "--force"]),
        ("batch", ["--output", "results", "--force", "--quiet"]),
    ],
)
def test_max_size_raises_and_lowers_what_may_be_unpacked(
    command: str, options: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = save_parts(tmp_path / "x.xlsx", {"xl/media/film": bytes(2 * 1024**2)})
    assert kpi(command, path, *options, "--max-size", "3MiB").exit_code == 0
    run = kpi(command, path, *options, "--max-size", "2MiB")
    assert run.exit_code == 3
    assert run.stderr == (
        f"{path}: it unpacks to 3 MiB, more than the 2 MiB that are allowed; if it is known to be"
        " good, add --max-size 3MiB\n"
    )


@pytest.mark.parametrize(
    ("limit", "most", "message"),
    [
        (
            "MOST_CELLS",
            12,
            "it has more than 12 filled cells; leave in it only the sheets that are to be rated;"
            " or, if it is known to be good, add --max-size ",
        ),
        (
            "MOST_CHARACTERS",
            140,
            "its cells have more than 140 characters of text; leave in it only the sheets that are"
            " to be rated; or, if it is known to be good, add --max-size ",
        ),
        (
            "MOST_ELEMENTS",
            45,
            "it has more than 45 cells, rows and the like, filled or empty; delete the empty rows"
            " and columns after the data, and save it again; or, if it is known to be good, add"
            " --max-size ",
        ),
    ],
)
def test_the_limits_are_those_of_the_whole_workbook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, message: str
) -> None:
    path = save_parts(
        tmp_path / "x.xlsx",
        {
            BOOK: book("Notes", "Indicators"),
            BOOK_RELATIONS: relations(
                ("worksheet", "worksheets/sheet2.xml"), ("worksheet", "worksheets/sheet1.xml")
            ),
            "xl/worksheets/sheet2.xml": worksheet('<row><c t="str"><v>a note</v></c></row>'),
        },
    )
    monkeypatch.setattr(limits, limit, most)
    run = kpi("rate", path)
    assert run.exit_code == 3
    assert run.stderr.startswith(f"{path}: {message}")
    advice = re.search(r"--max-size \S+$", run.stderr)
    assert advice
    assert kpi("rate", path, *advice[0].split()).exit_code == 0
    monkeypatch.setattr(limits, limit, most * 2)
    assert kpi("rate", path).exit_code == 0


def test_a_zip_file_of_too_many_parts(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(70):
            archive.writestr(f"{number}".zfill(60_000), "")
    refused(path, f"it is damaged: it has too many parts; {AGAIN}")
