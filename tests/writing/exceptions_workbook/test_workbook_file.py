"""The file as a whole: its sheets, its tables, its properties, and nothing that reaches out."""

import io
import re
import zipfile
from xml.etree import ElementTree

import pytest
from openpyxl.worksheet.cell_range import CellRange

from kpi_cli import __version__
from kpi_cli.models import Settings
from tests.builders import indicator
from tests.writing.exceptions_workbook.reading_back import (
    MADE,
    NAMESPACES,
    SHEETS,
    Written,
    written,
)

PROPERTY = "{http://purl.org/dc/elements/1.1/}%s"
TIME = "{http://purl.org/dc/terms/}%s"


def properties(book: Written) -> dict[str, str | None]:
    """Return the document's properties, as its XML has them."""
    core = book.xml("docProps/core.xml")
    names = [PROPERTY % name for name in ("title", "subject", "creator", "description")]
    names += [TIME % name for name in ("created", "modified")]
    return {name.split("}")[1]: core.findtext(name) for name in names}


def test_the_sheets(sample: Written) -> None:
    assert sample.book.sheetnames == SHEETS
    assert {sheet.sheet_state for sheet in sample.sheets} == {"visible"}


def test_every_part_is_well_formed(sample: Written) -> None:
    with zipfile.ZipFile(io.BytesIO(sample.content)) as file:
        assert file.testzip() is None
    roots = [ElementTree.fromstring(content) for content in sample.parts.values()]
    assert len(roots) > 25


def test_the_documents_properties(sample: Written) -> None:
    assert properties(sample) == {
        "title": "Monthly Performance Report, January 2019: exceptions",
        "subject": "Performance indicators",
        "creator": "Southend-on-Sea Borough Council",
        "description": f"Made by kpi {__version__} from southend_january_2019.xlsx",
        "created": "2019-02-22T10:31:00Z",
        "modified": "2019-02-22T10:31:00Z",
    }


def test_the_documents_properties_without_settings_and_with_a_group() -> None:
    book = written(indicator(), group="People & Place")
    found = properties(book)
    assert found["title"] == "Performance indicators, January 2019: exceptions, People & Place"
    assert found["creator"] == f"kpi {__version__}"
    settings = Settings(report_title="A < B & C", organisation="D & E")
    found = properties(written(indicator(), settings=settings))
    assert (found["title"], found["creator"]) == ("A < B & C, January 2019: exceptions", "D & E")


def test_the_same_contents_give_the_same_bytes() -> None:
    assert written(indicator("50")).content == written(indicator("50")).content


def test_no_part_has_a_time_but_that_at_which_it_was_made(sample: Written) -> None:
    with zipfile.ZipFile(io.BytesIO(sample.content)) as file:
        assert {info.date_time for info in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    years = {
        year
        for name, content in sample.parts.items()
        if name.startswith("docProps")
        for year in re.findall(r"\b20\d\d-\d\d-\d\dT\d\d", content.decode())
    }
    assert years == {f"{MADE:%Y-%m-%dT%H}"}


WITH_FILTERS = {
    "Exceptions": ("Exceptions", 13),
    "AllIndicators": ("All indicators", 13),
    "DataNotes": ("Data notes", 2),
}
WITHOUT = {
    "RedsAndAmbers": ("Summary", 7),
    "Changes": ("Summary", 5),
    "ByAim": ("Summary", 7),
    "ByScrutinycommittee": ("Summary", 7),
    **{f"Figures{number}": ("Detail", None) for number in range(1, 13)},
}


def test_every_block_of_rows_is_a_table_of_a_name_with_headings_that_differ(
    sample: Written,
) -> None:
    columns = {}
    for sheet in sample.sheets:
        for table in sheet.tables.values():
            is_filtered = table.displayName in WITH_FILTERS
            assert (table.autoFilter is not None) is is_filtered
            if is_filtered:
                assert table.autoFilter.ref == table.ref
            assert table.headerRowCount == 1
            headings = [cell.value for cell in sheet[table.ref][0]]
            assert [column.name for column in table.tableColumns] == headings
            assert len({str(heading).casefold() for heading in headings}) == len(headings)
            width = None if sheet.title == "Detail" else len(headings)
            columns[table.displayName] = (sheet.title, width)
    assert columns == WITH_FILTERS | WITHOUT


def test_names_and_numbers_of_tables_differ(sample: Written) -> None:
    tables = [sample.xml(part) for part in sample.parts if part.startswith("xl/tables/")]
    assert len(tables) == len(WITH_FILTERS | WITHOUT)
    for attribute in ("id", "displayName"):
        assert len({table.attrib[attribute] for table in tables}) == len(tables)


def test_no_merged_cells_lie_in_a_table(sample: Written) -> None:
    merged = {sheet.title: sheet.merged_cells.ranges for sheet in sample.sheets}
    assert merged["Summary"]  # paragraphs
    assert merged["Detail"]
    for sheet in sample.sheets:
        for table in sheet.tables.values():
            overlapping = [m.coord for m in merged[sheet.title] if _overlap(m, table.ref)]
            assert overlapping == []


def _overlap(merged: CellRange, reference: str) -> bool:
    return not merged.isdisjoint(CellRange(reference))


def test_nothing_reaches_out_of_the_file_and_no_text_becomes_a_link(sample: Written) -> None:
    book = written(
        indicator("50", short_name="https://example.org", comment="mailto:a@example.org"),
        settings=Settings(report_title="http://example.org", organisation="www.example.org"),
    )
    for file in (sample, book):
        for name, content in file.parts.items():
            assert b"TargetMode" not in content
            assert b"r:id" not in b"".join(re.findall(rb"<hyperlink [^>]*>", content))
            assert "external" not in name.casefold()
        assert not [part for part in file.parts if part.endswith((".bin", ".vml"))]
    links = [
        each for part in book.parts.values() for each in re.findall(rb"<hyperlink [^>]*>", part)
    ]
    assert links
    assert [link for link in links if b"location=" not in link] == []


@pytest.mark.parametrize("name", SHEETS)
def test_no_cell_is_a_formula_or_an_error(sample: Written, name: str) -> None:
    sheet = sample.sheet_xml(name)
    assert sheet.findall(".//s:f", NAMESPACES) == []
    kinds = {cell.get("t") for cell in sheet.findall(".//s:c", NAMESPACES)}
    assert kinds <= {None, "n", "inlineStr", "s"}
