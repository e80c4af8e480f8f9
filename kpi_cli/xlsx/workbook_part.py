"""What a workbook says of all its sheets: their names, the number formats, the shared texts."""

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from kpi_cli.sentences import visible
from kpi_cli.xlsx.dates import Shows, what_is_shown
from kpi_cli.xlsx.format_sections import may_hide
from kpi_cli.xlsx.limits import LONGEST_FORMAT, LONGEST_TEXT, MOST_ENTRIES, MOST_SHEETS, too_long
from kpi_cli.xlsx.package import Package
from kpi_cli.xlsx.unreadable import damaged, other_package
from kpi_cli.xlsx.xml import TRUE, Document, Found, Names, local_name, whole_number

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how Excel keeps what XML can't: _x000D_
_FALSE = {"0", "false"}
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_RAISED_LETTERS = str.maketrans("kmbnKMBN", "ᵏᵐᵇⁿᴷᴹᴮᴺ")
_SCALE = re.compile(r"\s*[kmb]n?\s*", re.IGNORECASE)  # letters that multiply a figure before them
_GENERAL = "General"
_BUILT_IN = {  # the formats that a workbook need not spell out, by their numbers
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00",
    5: '"$"#,##0', 6: '"$"#,##0', 7: '"$"#,##0.00', 8: '"$"#,##0.00',
    9: "0%", 10: "0.00%", 11: "0.00E+00", 12: "# ?/?", 13: "# ??/??",
    14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm",
    37: "#,##0", 38: "#,##0", 39: "#,##0.00", 40: "#,##0.00",
    41: "#,##0", 42: '"$"#,##0', 43: "#,##0.00", 44: '"$"#,##0.00',
    45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd"),  # dates of East Asia
}  # fmt: skip


class CellFormat(NamedTuple):
    """How cells of a style show numbers."""

    code: str = _GENERAL
    shows: Shows = Shows.NUMBER
    may_hide: bool = False  # some of what cells hold, as `;;;` and `0;-0;` do


class SheetPart(NamedTuple):
    """A worksheet: its name, and the part of the package that holds its cells."""

    name: str
    part: str
    is_hidden: bool


class Book(NamedTuple):
    """What the sheets of a workbook share."""

    sheets: list[SheetPart]
    formats: list[CellFormat]  # by the number that cells name as their style
    texts: list[str]  # by the number that cells give instead of a text
    is_1904: bool  # whether dates count from 1904
    struck_out: Mapping[int, str] = {}  # what is struck out of texts, by the number of the text


def read_book(package: Package) -> Book:
    """Return what a workbook says of its sheets; raises UnreadableWorkbookError for other files."""
    start = _relations(package, "")
    workbook = next(
        (r.part for r in start.values() if r.kind == "officeDocument"), "xl/workbook.xml"
    )
    if workbook not in package or workbook.endswith(".bin"):
        raise other_package(package.names)
    relations = _relations(package, workbook)
    sheets, is_1904 = _read_workbook_part(package, workbook, relations)
    of_kind = {relation.kind: relation.part for relation in relations.values()}
    formats = _read_formats(package, _existing(package, of_kind.get("styles")))
    texts, struck_out = _read_texts(package, _existing(package, of_kind.get("sharedStrings")))
    return Book(sheets, formats, texts, is_1904, struck_out)


def _existing(package: Package, part: str | None) -> str | None:
    """Return a part; None where a workbook names one that it doesn't have: it may do without."""
    return part if part and part in package else None


def unescaped(text: str) -> str:
    """Return a text as Excel shows it, with nothing in it that a terminal would obey.

    Raises UnreadableWorkbookError where it is longer than any text in Excel.
    """
    if "_x" in text:
        text = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    if len(text) > LONGEST_TEXT:
        raise too_long()
    return visible(text)


def text_of(element: Element, names: Names) -> tuple[str, str]:
    """Return the text that an element holds, and what is struck out of it.

    It is one piece, or in runs that each have their font: what is raised is a footnote, and no part
    of the figure before it. What is struck out as a whole is the text. How it is read aloud, as
    Japanese may say, is no part of it.
    """
    if len(element) == 1 and names[element[0].tag] == "t":  # as it mostly is
        return element[0].text or "", ""
    runs = [run for child in element if (run := _run(child, names))]
    said = "".join(run.text for run in runs if not run.is_struck_out)
    if not said.strip():
        return "".join(run.text for run in runs), ""
    return said, "".join(run.text for run in runs if run.is_struck_out)


class _Run(NamedTuple):
    """A piece of a text that has one font."""

    text: str
    is_struck_out: bool = False


def _run(element: Element, names: Names) -> _Run | None:
    """Return the run that an element is; None for what is no part of a text."""
    if names[element.tag] == "t":
        return _Run(element.text or "")
    if names[element.tag] != "r":
        return None
    text = "".join(part.text or "" for part in element if names[part.tag] == "t")
    font = {
        names[each.tag]: each.get("val")
        for part in element
        if names[part.tag] == "rPr"
        for each in part
    }
    if font.get("vertAlign") == "superscript":
        text = text.translate(_RAISED_LETTERS if _SCALE.fullmatch(text) else _RAISED)
    return _Run(text, "strike" in font and font["strike"] not in _FALSE)


class _Relation(NamedTuple):
    kind: str  # "worksheet", "styles" …
    part: str


def _relations(package: Package, part: str) -> Mapping[str, _Relation]:
    """Return the parts that a part refers to, by the identifiers that it uses for them."""
    folder, name = posixpath.split(part)
    found: dict[str, _Relation] = {}
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    for *_, element in _elements(package, source if source in package else None, "Relationship"):
        if element.get("TargetMode") != "External":
            target = posixpath.normpath(
                posixpath.join("/", folder, element.attrib["Target"].replace("\\", "/"))
            )
            kind = element.attrib["Type"].rpartition("/")[2]
            found[element.attrib["Id"]] = _Relation(kind, target.lstrip("/"))
    return found


def _elements(package: Package, part: str | None, *wanted: str) -> Iterator[Found]:
    """Yield the elements of a part that are wanted, if there is a part."""
    if part is None:
        return
    elements = Document(package.room).elements(package.pieces(part), *wanted)
    for number, found in enumerate(elements, start=1):
        if number > MOST_ENTRIES:
            raise damaged(f"its part {part} has more than {MOST_ENTRIES:,} entries")
        yield found


def _read_workbook_part(
    package: Package, part: str, relations: Mapping[str, _Relation]
) -> tuple[list[SheetPart], bool]:
    """Return the worksheets in their order, and whether dates count from 1904.

    Chart sheets have no cells, and sheets of macros need not have a part.
    """
    sheets: list[SheetPart] = []
    titles: set[str] = set()
    is_1904 = False
    for parent, name, element in _elements(package, part, "workbookPr", "sheet"):
        if (parent, name) == ("workbook", "workbookPr"):
            is_1904 = element.get("date1904") in TRUE
        if (parent, name) != ("sheets", "sheet"):
            continue
        attributes = {local_name(key): value for key, value in element.items()}
        title, identifier = visible(attributes["name"]), attributes["id"]
        relation = relations.get(identifier)
        if title.casefold() in titles:
            raise damaged(f'it has two sheets with the name "{title}"')
        titles.add(title.casefold())
        if len(titles) > MOST_SHEETS:
            raise damaged(f"it has more than {MOST_SHEETS:,} sheets")
        if identifier and relation is None:
            raise damaged(f'its sheet "{title}" is missing')
        if relation and relation.kind == "worksheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            sheets.append(SheetPart(title, relation.part, is_hidden))
    return sheets, is_1904


def _read_formats(package: Package, part: str | None) -> list[CellFormat]:
    codes = dict(_BUILT_IN)
    numbers: list[int] = []
    for parent, name, element in _elements(package, part, "numFmt", "xf"):
        if (parent, name) == ("numFmts", "numFmt"):
            codes[whole_number(element.attrib["numFmtId"])] = element.attrib["formatCode"]
        elif (parent, name) == ("cellXfs", "xf"):
            numbers.append(whole_number(element.get("numFmtId", "0")))
    used = {number: codes.get(number, _GENERAL) for number in {0, *numbers}}
    if any(len(code) > LONGEST_FORMAT for code in used.values()):
        raise damaged(
            f"a number format has more than the {LONGEST_FORMAT} characters that Excel allows"
        )
    formats = {number: _cell_format(code) for number, code in used.items()}
    return [formats[number] for number in numbers or [0]]


def _cell_format(code: str) -> CellFormat:
    return CellFormat(code, what_is_shown(code), may_hide(code))


def _read_texts(package: Package, part: str | None) -> tuple[list[str], dict[int, str]]:
    """Return the shared texts, and what is struck out of them by their numbers."""
    texts: list[str] = []
    struck_out: dict[int, str] = {}
    if part is None:
        return texts, struck_out
    document = Document(package.room)
    for *_, element in document.elements(package.pieces(part), "si"):
        text, struck = text_of(element, document.names)
        if struck:
            struck_out[len(texts)] = unescaped(struck)
        texts.append(unescaped(text))
        package.room.take(0, characters=len(text) + len(struck))
    return texts, struck_out
