"""Text stays text, whatever it begins with and whatever it has in it."""

import re
import unicodedata
from xml.etree.ElementTree import Element

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kpi_cli.models import Settings
from kpi_cli.writing.excel.text import safe
from tests.builders import indicator
from tests.writing.exceptions_workbook.reading_back import (
    NAMESPACES,
    SHEETS,
    Written,
    cells,
    table,
    texts,
    written,
)

EXCELS_LONGEST = 32_767
CUT = " … (cut here: Excel holds no more)"
PRESERVED = "{http://www.w3.org/XML/1998/namespace}space"


def as_excel_reads(stored: str) -> str:
    """Return the text that Excel makes of a stored one: "_x0041_" is an A."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), stored)


def without_controls(text: str) -> str:
    """Return a text with what XML or a printer can't take replaced."""
    lost = ("Cc", "Cs")
    return "".join(
        "\ufffd"
        if (unicodedata.category(c) in lost and c not in "\t\n") or c in "\ufffe\uffff"
        else c
        for c in text
    )


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("plain, “quoted” – and £5", "plain, “quoted” – and £5"),
        ("a\tb\nc", "a\tb\nc"),
        ("a\x00b\x1bc\x85d\re", "a\ufffdb\ufffdc\ufffdd\ufffde"),
        ("\ud800 \ufffe \uffff", "\ufffd \ufffd \ufffd"),
        ("_x0041_", "_x005F_x0041_"),  # Excel would show "A"
        ("_x0041", "_x0041"),
        ("_x004g_ and _X0041_", "_x004g_ and _X0041_"),
        ("🙂 漢字 Ŵy", "🙂 漢字 Ŵy"),
        ("", ""),
    ],
)
def test_what_a_cell_can_hold(text: str, stored: str) -> None:
    assert safe(text) == stored


@pytest.mark.parametrize("length", [EXCELS_LONGEST, EXCELS_LONGEST + 1, 40_000])
def test_what_is_too_long_is_cut_and_says_so(length: int) -> None:
    stored = safe("x" * length)
    assert len(stored) == EXCELS_LONGEST
    assert stored.endswith(CUT) is (length > EXCELS_LONGEST)
    assert set(stored.removesuffix(CUT)) == {"x"}


@given(st.text())
def test_a_text_is_what_it_was_but_for_control_characters(text: str) -> None:
    assert as_excel_reads(safe(text)) == without_controls(text)


HOSTILE = ["=1+1", "=cmd|' /C calc'!A0", "+44 1702", "-", "-5", "@SUM(A1)", "\t=1", "'=1", "{=1}"]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_becomes_a_formula(text: str) -> None:
    book = written(
        indicator(
            "50",
            code=text,
            short_name=text,
            comment=text,
            aim=text,
            committee=text,
            managed_by=text,
            responsible_ous=(text,),
            year_introduced=text,
        ),
        settings=Settings(report_title=text, organisation=text),
        name=text,
        group=text,
    )
    (row,) = table(book.sheet("Exceptions"), "Exceptions")
    told = ("MPR Code", "Short Name", "Comment", "Responsible OUs", "Scrutiny Committee")
    assert [(row[name].value, row[name].data_type) for name in told] == [(text, "s")] * 5
    assert texts(book.sheet("Summary"))[0] == f"{text}: {text}"
    for sheet in book.sheets:
        assert {cell.data_type for cell in cells(sheet)} <= {"s", "n", "d"}
        assert book.sheet_xml(sheet.title).findall(".//s:f", NAMESPACES) == []


@pytest.mark.parametrize("text", ["=1+1", "+44 1702", "-5", "@SUM(A1)"])
def test_it_stays_text_when_it_is_edited_in_excel(text: str) -> None:
    book = written(indicator("50", comment=text), indicator("50", code="CP 1.2", comment="Sun."))
    comments = [row["Comment"] for row in table(book.sheet("Exceptions"), "Exceptions")]
    assert [bool(cell.quotePrefix) for cell in comments] == [True, False]


def test_a_dash_that_stands_for_nothing_is_no_formula_to_be_guarded() -> None:
    (row,) = table(written(indicator("50", None)).sheet("All indicators"), "AllIndicators")
    assert row["Month's Target"].value == "-"
    assert not row["Month's Target"].quotePrefix


def test_spaces_and_line_breaks_stay() -> None:
    book = written(indicator("50", comment="  one\n\n two\t "))
    (row,) = table(book.sheet("Exceptions"), "Exceptions")
    assert row["Comment"].value == "  one\n\n two\t "
    (stored,) = [
        element
        for element in book.sheet_xml("Exceptions").iterfind(".//s:is/s:t", NAMESPACES)
        if element.text and "one" in element.text
    ]
    assert stored.get(PRESERVED) == "preserve"


def test_every_sheet_takes_a_text_that_is_too_long() -> None:
    words = "performance " * 3_400
    book = written(
        indicator("50", short_name=words, comment=words, aim=words, committee=words),
        settings=Settings(report_title=words, organisation=words),
    )
    (row,) = table(book.sheet("Exceptions"), "Exceptions")
    assert (len(words), len(str(row["Short Name"].value))) == (40_800, EXCELS_LONGEST)
    for name in SHEETS:
        longest = max((str(cell.value) for cell in cells(book.sheet(name))), key=len)
        assert len(longest) <= EXCELS_LONGEST
        assert longest.endswith(CUT) or len(longest) < 10_000
    parts = [
        str(cell.value)
        for cell in cells(book.sheet("Detail"))
        if cell.column == 2 and str(cell.value).startswith("performance")
    ]
    assert " ".join(parts).split() == words.split()  # in Detail nothing of a comment is lost


def texts_of(element: Element) -> list[str]:
    return [text.text or "" for text in element.iterfind(".//s:is/s:t", NAMESPACES)]


# A title goes into the footer too, which is no cell.
TITLES = st.text(st.characters(exclude_categories=("Cc", "Cs"), exclude_characters="\ufffe\uffff"))


@settings(max_examples=40, deadline=None)
@given(
    name=st.text(min_size=1),
    comment=st.text(min_size=1),
    group=st.text(min_size=1),
    title=TITLES,
)
def test_any_text_is_in_a_file_that_can_be_read(
    name: str, comment: str, group: str, title: str
) -> None:
    book = written(
        indicator("50", short_name=name, comment=comment, committee=group, aim=group),
        settings=Settings(report_title=title, organisation=group),
        group=group,
    )
    everything = {part: book.xml(part) for part in book.parts}  # well-formed
    assert len(everything) > 15
    stored = [as_excel_reads(text) for text in texts_of(book.sheet_xml("Exceptions"))]
    assert {without_controls(text) for text in (name, comment)} <= set(stored)
    (row,) = table(book.sheet("Exceptions"), "Exceptions")
    assert {cell.data_type for cell in row.values()} == {"s", "d", "n"}
    summary = [as_excel_reads(text) for text in texts_of(book.sheet_xml("Summary"))]
    assert summary[0].startswith(without_controls(title) or "Performance indicators")
    assert summary[0].endswith(without_controls(group))


def test_what_is_written_reads_back_the_same_twice() -> None:
    book = written(indicator("50", comment="_x0041_ & <b> ]]>"))
    again = Written(book.content)
    (row,) = table(again.sheet("Exceptions"), "Exceptions")
    assert as_excel_reads(str(row["Comment"].value)) == "_x0041_ & <b> ]]>"
