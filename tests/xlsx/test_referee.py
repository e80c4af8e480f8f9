"""openpyxl as the referee: it finds the same in every cell, whoever wrote the workbook."""

import io
import re
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook as ExcelWorkbook
from openpyxl import load_workbook

from kpi_cli.xlsx.workbook_file import read_sheets
from tests.parts import BOOK_RELATIONS, DOCUMENT, MAIN, SHEET, TEXTS
from tests.running import SAMPLES, SOUTHEND, kpi

Cells = dict[tuple[str, int, int], tuple[object, str]]


def ours(content: bytes) -> Cells:
    """Return the value and the number format of each cell that isn't blank."""
    return {
        (sheet.name, row, column): (cell.value, _format_of(cell.value, cell.number_format))
        for sheet in read_sheets(content)
        for row, cells in sheet.rows.items()
        for column, cell in cells.items()
        if cell.value is not None
    }


def referees(content: bytes) -> Cells:
    """Return the same as openpyxl sees it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of what openpyxl doesn't keep
        book = load_workbook(io.BytesIO(content), data_only=True)
    return {
        (sheet.title, cell.row, cell.column): (
            _value_of(cell.value),
            _format_of(cell.value, cell.number_format),
        )
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and not (isinstance(cell.value, str) and not cell.value.strip())
    }


def _value_of(value: object) -> object:
    return value.replace("\r\n", "\n").replace("\r", "\n") if isinstance(value, str) else value


def _format_of(value: object, number_format: str) -> str:
    """Return a cell's number format where it makes a difference."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return number_format if is_number else ""


def agree(content: bytes) -> None:
    found = ours(content)
    assert found == referees(content)
    assert found


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.name)
def test_the_sample_workbooks(path: Path) -> None:
    agree(path.read_bytes())


@pytest.mark.parametrize(
    "arguments", [("new",), ("exceptions", SOUTHEND, "-o")], ids=lambda arguments: arguments[0]
)
def test_the_workbooks_that_are_written(tmp_path: Path, arguments: tuple[object, ...]) -> None:
    assert kpi(*arguments, tmp_path / "x.xlsx").exit_code == 0
    agree((tmp_path / "x.xlsx").read_bytes())


CELLS = st.one_of(
    st.integers(-(10**14), 10**14),
    st.floats(-1e300, 1e300).filter(lambda number: number == 0 or abs(number) > 1e-300),
    st.booleans(),
    st.text(
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="=\ufffe"),
        min_size=1,
        max_size=40,
    ).filter(
        lambda text: text == text.strip() and not re.search("[\u202a-\u202e\u2066-\u2069]", text)
    ),
    st.datetimes(datetime(1900, 3, 1), datetime(9999, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
    st.dates(date(1900, 3, 1)),
    st.times().map(lambda moment: moment.replace(microsecond=0)),
    st.integers(0, 10**7).map(lambda seconds: timedelta(seconds=seconds)),
)
NUMBER_FORMATS = st.sampled_from(["General", "0", "0.0%", '"£"#,##0.00', "#,##0", '0.0"%"', "@"])
POSITIONS = st.tuples(st.integers(1, 60), st.integers(1, 40))


def written(cells: dict[tuple[int, int], tuple[Any, str]]) -> bytes:
    """Return a workbook with these values and number formats, as openpyxl writes it."""
    book = ExcelWorkbook()
    for (row, column), (value, number_format) in cells.items():
        cell = book.worksheets[0].cell(row, column, value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            cell.number_format = number_format
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def with_prefix(xml: str) -> str:
    """Return a sheet all of whose elements have a prefix."""
    return re.sub(r"<(/?)(?=[a-zA-Z])", r"<\1x:", xml).replace(
        f'xmlns="{MAIN}"', f'xmlns:x="{MAIN}"'
    )


def without_addresses(xml: str) -> str:
    """Return a sheet whose first rows and cells say no place where they follow one another."""
    xml = re.sub(r'<row r="1"', "<row", xml)
    return re.sub(r'(<row[^>]*>)<c r="A\d+"', r"\1<c", xml)


def in_lines(xml: str) -> str:
    """Return a sheet with every row and cell on a line of its own, and a comment before it."""
    return re.sub(r"(?=<(?:row|c|v)[ >])|(?=</(?:row|c)>)", "\n  <!-- here -->", xml)


def with_single_quotes(xml: str) -> str:
    return re.sub(r'([\w:]+)="([^"\']*)"', r"\1='\2'", xml)


def rewritten(content: bytes, edit: Callable[[str], str]) -> bytes:
    """Return a workbook whose sheet is edited, and whose texts are all shared."""
    result = io.BytesIO()
    texts: list[str] = []

    def share(found: re.Match[str]) -> str:
        texts.append(f"<si>{found[2]}</si>")
        return f'{found[1]}t="s"><v>{len(texts) - 1}</v></c>'

    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(result, "w") as target:
        for name in source.namelist():
            text = source.read(name).decode()
            if name == SHEET:
                pattern = r'(<c [^>]*?)t="inlineStr"[^>]*><is>(.*?)</is></c>'
                text = edit(re.sub(pattern, share, text, flags=re.DOTALL))
            if name == BOOK_RELATIONS:
                relation = (
                    f'<Relationship Id="t" Type="{DOCUMENT}/sharedStrings" Target="/{TEXTS}"/>'
                )
                text = re.sub("<Relationship Type=[^>]*sharedStrings[^>]*>", "", text)
                text = text.replace("</Relationships>", f"{relation}</Relationships>")
            if name == "[Content_Types].xml" and TEXTS not in text:
                kind = (
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
                )
                override = f'<Override PartName="/{TEXTS}" ContentType="{kind}"/>'
                text = text.replace("</Types>", f"{override}</Types>")
            if name != TEXTS:
                target.writestr(name, text)
        if not texts:
            texts.append("<si/>")
        target.writestr(TEXTS, f'<sst xmlns="{MAIN}">{"".join(texts)}</sst>')
    return result.getvalue()


@settings(max_examples=60)
@given(st.dictionaries(POSITIONS, st.tuples(CELLS, NUMBER_FORMATS), min_size=1, max_size=25))
def test_random_workbooks(cells: dict[tuple[int, int], tuple[Any, str]]) -> None:
    content = written(cells)
    assert len(ours(content)) == len(cells)
    agree(content)


@pytest.mark.parametrize("edit", [with_prefix, without_addresses, in_lines, with_single_quotes])
@settings(max_examples=15)
@given(st.dictionaries(POSITIONS, st.tuples(CELLS, NUMBER_FORMATS), min_size=1, max_size=25))
def test_random_workbooks_written_in_other_ways(
    edit: Callable[[str], str], cells: dict[tuple[int, int], tuple[Any, str]]
) -> None:
    content = written(cells)
    other = rewritten(content, edit)
    agree(other)
    assert ours(other) == ours(content)
