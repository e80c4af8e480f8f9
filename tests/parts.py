"""Workbooks made by hand of the parts that their zip file has, as no library would write them."""

import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
BOOK_RELATIONS = "xl/_rels/workbook.xml.rels"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
HEADINGS_XML = (
    '<row r="1">'
    + "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{heading}</t></is></c>'
        for column, heading in zip(
            "ABCDEF",
            (
                "MPR Code",
                "Short Name",
                "Minimise or Maximise",
                "Latest Month",
                "Month&apos;s Value",
                "Month&apos;s Target",
            ),
            strict=True,
        )
    )
    + "</row>"
)
ROW_XML = (
    '<row r="2"><c r="A2" t="inlineStr"><is><t>CP 1.1</t></is></c>'
    '<c r="B2" t="inlineStr"><is><t>Visits [Monthly Snapshot]</t></is></c>'
    '<c r="C2" t="inlineStr"><is><t>Aim to Maximise</t></is></c>'
    '<c r="D2" t="inlineStr"><is><t>January 2019</t></is></c>'
    '<c r="E2"><v>95</v></c><c r="F2"><v>90</v></c></row>'
)


def worksheet(rows: str, *, before: str = "", after: str = "", namespace: str = MAIN) -> str:
    """Return a sheet with these rows; before and after are what stands around them."""
    return (
        f'<worksheet xmlns="{namespace}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'
    )


INDICATORS = worksheet(HEADINGS_XML + ROW_XML)


def relations(*targets: tuple[str, str], namespace: str = DOCUMENT) -> str:
    """Return relationships rId1, rId2 … of these kinds and targets."""
    return (
        f'<Relationships xmlns="{PACKAGE}">'
        + "".join(
            f'<Relationship Id="rId{number}" Type="{namespace}/{kind}" Target="{target}"/>'
            for number, (kind, target) in enumerate(targets, start=1)
        )
        + "</Relationships>"
    )


def book(*names: str, properties: str = "", identifier: str = "") -> str:
    """Return a workbook part whose sheets have these names, and the relationships."""
    sheets = "".join(
        f'<sheet name="{name}" sheetId="{number}" r:id="{identifier or f"rId{number}"}"/>'
        for number, name in enumerate(names, start=1)
    )
    return (
        f'<workbook xmlns="{MAIN}" xmlns:r="{DOCUMENT}">{properties}'
        f"<sheets>{sheets}</sheets></workbook>"
    )


def parts(changes: Mapping[str, str | bytes | None] | None = None) -> dict[str, str | bytes]:
    """Return the parts of a workbook with one indicator; None as a change leaves a part out."""
    usual: dict[str, str | bytes | None] = {
        "_rels/.rels": relations(("officeDocument", BOOK)),
        BOOK: book("Indicators"),
        BOOK_RELATIONS: relations(
            ("worksheet", "worksheets/sheet1.xml"),
            ("styles", "styles.xml"),
            ("sharedStrings", "sharedStrings.xml"),
        ),
        STYLES: f'<styleSheet xmlns="{MAIN}"/>',
        TEXTS: f'<sst xmlns="{MAIN}"><si><t>shared</t></si></sst>',
        SHEET: INDICATORS,
    }
    return {name: part for name, part in (usual | dict(changes or {})).items() if part is not None}


def save_parts(
    path: Path, changes: Mapping[str, str | bytes | None] | None = None, *, level: int = 6
) -> Path:
    """Save a workbook with one indicator, some of whose parts are changed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as archive:
        for name, part in parts(changes).items():
            archive.writestr(name, part)
    return path


def save_streamed(path: Path, name: str, pieces: Iterable[bytes]) -> Path:
    """Save a workbook with one part that is written piece by piece, so that it may be huge."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for other, part in parts({name: None}).items():
            archive.writestr(other, part)
        with archive.open(name, "w") as stream:
            for piece in pieces:
                stream.write(piece)
    return path


def read_parts(path: Path) -> dict[str, bytes]:
    """Return the parts of a workbook."""
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
