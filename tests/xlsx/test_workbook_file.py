"""Excel files: one that can't be read says why in a line; of others, what their cells hold."""

import time
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook as ExcelWorkbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kpi_cli import UnreadableWorkbookError, read_workbook
from kpi_cli.models import Workbook
from kpi_cli.periods import Month
from tests.builders import HEADINGS, found, row, save_workbook

SHEET = "xl/worksheets/sheet1.xml"


def replace(path: Path, old: str, new: str, part: str = SHEET) -> Path:
    """Replace text in one part of a workbook, as no library would write it."""
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert old.encode() in parts[part]
    parts[part] = parts[part].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as book:
        for name, content in parts.items():
            book.writestr(name, content)
    return path


def read_value_cell(folder: Path, xml: str) -> Workbook:
    """Read a workbook with one indicator, whose value, E2, is written with this XML."""
    path = save_workbook(folder / "x.xlsx", Indicators=[HEADINGS, row(value=12345)])
    return read_workbook(replace(path, '<c r="E2" t="n"><v>12345</v></c>', xml))


def missing(path: Path) -> None:
    """Leave no file."""


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("MPR Code,Short Name\nCP 1.1,Visits\n", encoding="utf-8")


def excel_97(path: Path) -> None:
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))


def encrypted(path: Path) -> None:
    mark = "EncryptedPackage".encode("utf-16-le")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + mark + bytes(64))


def truncated(path: Path) -> None:
    save_workbook(path, Indicators=[HEADINGS, row()])
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])


def other_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("figures.csv", "code,value")


DAMAGED = "it is damaged, or not a workbook; open it in Excel, and save it again as .xlsx"
OLD = "it is in the format of Excel 97-2003; save it in Excel as .xlsx, without a password"
ENCRYPTED = "it is encrypted; save it in Excel without a password"
TEXT = "it is a file of text, such as CSV; open it in Excel, and save it as .xlsx"


@pytest.mark.parametrize(
    ("name", "write", "message"),
    [
        ("missing.xlsx", missing, "there is no such file; check the path"),
        ("no/such/folder.xlsx", missing, "there is no such file; check the path"),
        ("folder.xlsx", folder, "it is a folder; give the workbook's own path"),
        ("empty.xlsx", empty, "the file is empty; save the workbook again"),
        ("text.xlsx", text, TEXT),
        ("figures.csv", text, TEXT),
        ("old.xls", excel_97, OLD),
        ("encrypted.xlsx", encrypted, ENCRYPTED),
        ("truncated.xlsx", truncated, DAMAGED),
        ("zip.xlsx", other_zip, DAMAGED),
        (
            "~$january.xlsx",
            text,
            "it is the lock file that Excel keeps while a workbook is open; give the workbook's"
            " own path, without the ~$: january.xlsx",
        ),
    ],
)
def test_a_file_that_cannot_be_read(
    tmp_path: Path, name: str, write: Callable[[Path], None], message: str
) -> None:
    write(tmp_path / name)
    with pytest.raises(UnreadableWorkbookError) as raised:
        read_workbook(tmp_path / name)
    assert str(raised.value) == message


def test_a_workbook_without_a_table_of_indicators(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "x.xlsx", Notes=[("See", "the", "other file")], My_sheet=[], History=[("Code",)]
    )
    with pytest.raises(UnreadableWorkbookError) as raised:
        read_workbook(path)
    assert str(raised.value) == (
        "no sheet has a table of indicators, with headings such as Code, Indicator, Target and"
        " Actual (kpi map writes a profile in which to say what each heading means); the sheets"
        " found: Notes (See, the, other file);"
        " 'My sheet' (empty); History (Code)"
    )


def test_only_the_start_of_a_sheet_is_told(tmp_path: Path) -> None:
    top = ["x" * 31, *"bcdefghij"]
    path = save_workbook(tmp_path / "x.xlsx", Notes=[(), top, ("below",)])
    with pytest.raises(
        UnreadableWorkbookError, match=rf"Notes \({'x' * 30}, b, c, d, e, f, g, h\)$"
    ):
        read_workbook(path)


def test_of_many_sheets_the_first_are_told(tmp_path: Path) -> None:
    sheets = {f"Notes{number}": [("See",)] for number in range(1, 24)}
    path = save_workbook(tmp_path / "x.xlsx", **sheets)
    with pytest.raises(UnreadableWorkbookError, match=r"; Notes5 \(See\); and 18 more$"):
        read_workbook(path)


def test_a_path_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWorkbookError, match=r"^it can't be opened: .*null"):
        read_workbook(tmp_path / "a\0b.xlsx")


@pytest.mark.parametrize("name", ["january.xlsx", "JANUARY.XLSX", "january.xlsm", "année £.xlsx"])
def test_a_workbook_carries_its_name(tmp_path: Path, name: str) -> None:
    path = save_workbook(tmp_path / name, Indicators=[HEADINGS, row()])
    assert read_workbook(path).name == name
    assert read_workbook(str(path), "People/january.xlsx").name == "People/january.xlsx"


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ('<c r="E2"><f>1/4</f><v>0.25</v></c>', "0.25"),
        ('<c r="E2"><f>SUM(Z1:Z9)</f><v>35852</v></c>', "35852"),
        ('<c r="E2" t="str"><f>TEXT(0.675,"0.0%")</f><v>67.5%</v></c>', "67.5%"),
        ('<c r="E2"><f t="array" ref="E2">SUM(Z1:Z9*2)</f><v>12</v></c>', "12"),
        ('<c r="E2"><f>0.07*3</f><v>0.21000000000000002</v></c>', "0.21"),
        ('<c r="E2" t="inlineStr"><is><r><t>67</t></r><r><t>.5%</t></r></is></c>', "67.5%"),
        ('<c r="E2"/>', None),
    ],
)
def test_a_formula_counts_as_the_result_that_was_saved(
    tmp_path: Path, xml: str, value: str | None
) -> None:
    workbook = read_value_cell(tmp_path, xml)
    assert workbook.problems == ()
    assert [i.value_text for i in workbook.indicators] == [value]


@pytest.mark.parametrize(
    ("xml", "message"),
    [
        ('<c r="E2"><f>1/4</f></c>', "the cell has a formula that was saved without its result"),
        (
            '<c r="E2"><f t="array" ref="E2">SUM(Z1:Z9)</f></c>',
            "the cell has a formula that was saved without its result",
        ),
        (
            '<c r="E2" t="e"><f>1/0</f><v>#DIV/0!</v></c>',
            "the cell shows the Excel error #DIV/0!",
        ),
        ('<c r="E2" t="e"><f>1/0</f></c>', "the cell shows an Excel error"),
        ('<c r="E2" t="b"><f>1=1</f><v>1</v></c>', "the value is TRUE, which is no number"),
    ],
)
def test_a_formula_without_a_usable_result(tmp_path: Path, xml: str, message: str) -> None:
    workbook = read_value_cell(tmp_path, xml)
    assert found(workbook.problems) == [("error", "Indicators!E2")]
    assert workbook.problems[0].message == f"{message}; CP 1.1 is not rated"


def test_what_a_terminal_would_obey_is_shown(tmp_path: Path) -> None:
    name, value = "95\u202e%09\nnext line\x85", "\x9b31m95"
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(short_name=name), row()])
    replace(path, "<v>95</v>", "<v>96</v>")
    workbook = read_workbook(path)
    assert workbook.indicators[0].short_name == "95\\u202e%09\nnext line\\x85"
    save_workbook(path, Indicators=[HEADINGS, row(value=value)])
    message = read_workbook(path).problems[0].message
    assert message == 'the value "\\x9b31m95" cannot be read; CP 1.1 is not rated'


def test_a_cell_at_the_far_end_of_a_sheet_costs_nothing(tmp_path: Path) -> None:
    book = ExcelWorkbook()
    sheet = book.worksheets[0]
    sheet.append(HEADINGS)
    sheet.append(row())
    sheet["XFD1048576"] = "=1/3"  # with a formula, the sheet is looked at twice
    book.save(tmp_path / "x.xlsx")
    start = time.process_time()
    workbook = read_workbook(tmp_path / "x.xlsx")
    assert time.process_time() - start < 5  # a walk over the 17 billion cells would never end
    assert [i.code for i in workbook.indicators] == ["CP 1.1"]
    assert workbook.problems == ()


def test_dates_that_count_from_1904(tmp_path: Path) -> None:
    book = ExcelWorkbook()
    book.epoch = CALENDAR_MAC_1904
    book.worksheets[0].append(HEADINGS)
    book.worksheets[0].append(row(month=date(2019, 1, 1)))
    book.save(tmp_path / "x.xlsx")
    assert [i.month for i in read_workbook(tmp_path / "x.xlsx").indicators] == [Month(2019, 1)]


def test_hidden_rows_columns_and_sheets_are_read_at_their_addresses(tmp_path: Path) -> None:
    book = ExcelWorkbook()
    book.worksheets[0].title = "Cover"
    sheet = book.create_sheet("Indicators")
    for cells in (HEADINGS, row(), row(code="CP 1.2", value="x"), row(code="CP 1.3", target="y")):
        sheet.append(cells)
    sheet.row_dimensions[2].hidden = True
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet.sheet_state = "hidden"
    book.save(tmp_path / "x.xlsx")
    workbook = read_workbook(tmp_path / "x.xlsx")
    assert [i.code for i in workbook.indicators] == ["CP 1.1"]
    assert found(workbook.problems) == [
        ("warning", "Indicators!A1"),
        ("warning", "Indicators!A2"),
        ("warning", "Indicators!B1"),
        ("error", "Indicators!E3"),
        ("error", "Indicators!F4"),
    ]
    assert [problem.message for problem in workbook.problems[:2]] == [
        "the sheet is hidden, and is read",
        "rows 2 to 3 are hidden, and are read",
    ]
