"""The new workbook: its headings and notes, what may be typed, how that looks, and its example."""

import io
import re
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli import __version__, rate, read_workbook
from kpi_cli.fields import HISTORY_FIELDS, INDICATOR_FIELDS, SETTINGS
from kpi_cli.models import EXCEPTIONS, Direction, Outcome, Settings, ToleranceBasis
from kpi_cli.reading.headings import field_of
from kpi_cli.writing.template.document import new_workbook
from tests.builders import month
from tests.writing.exceptions_workbook.reading_back import MADE, NAMESPACES, Written, cells

HEADINGS = [
    "MPR Code", "Short Name", "Minimise or Maximise", "Latest Month", "Month's Value",
    "Month's Target", "Annual Target 2018/19", "Expected Outcome",
    "Better or worse than last year", "Comment", "Managed By", "Scrutiny Committee", "Aim",
    "Responsible OUs", "Year Introduced", "Data Source", "Tolerance", "Green Threshold",
    "Red Threshold", "Same Month Last Year",
]  # fmt: skip
REQUIRED = {
    "MPR Code", "Short Name", "Minimise or Maximise", "Latest Month", "Month's Value",
    "Code", "Month", "Value",
}  # fmt: skip
MONTHS = "January,February,March,April,May,June,July,August,September,October,November,December"
DATES = ("date", "DATE(1990,1,1)", "DATE(2099,12,31)")
ALLOWED: Mapping[str, Mapping[str, tuple[str, str, str | None]]] = {
    "Indicators": {
        "C2:C1048576": ("list", '"Aim to Maximise,Aim to Minimise,Goldilocks"', None),
        "D2:D1048576": DATES,
        "H2:H1048576": (
            "list",
            '"At risk of missing target,Some slippage against target,On course to achieve target,'
            'No Value,No Target"',
            None,
        ),
        "I2:I1048576": ("list", '"Better,Worse,Same,-"', None),
    },
    "History": {"B2:B1048576": DATES},
    "Settings": {
        "B4": ("list", f'"{MONTHS}"', None),
        "B5": ("decimal", "0", "1"),
        "B6": ("decimal", "0", "1"),
        "B7": ("list", '"Annual target,Month\'s target"', None),
        "B8": ("list", '"Yes,No"', None),
        "B9": ("list", '"Amber,Red"', None),
    },
    "Aims": {},
}
EXCELS_LONGEST_LIST = 255
EXCELS_LONGEST_ERROR, EXCELS_LONGEST_ERROR_TITLE = 225, 32


def made_on(day: str, **settings: Any) -> Written:
    """Return a workbook made on a day, with these settings."""
    made = datetime.fromisoformat(day).replace(tzinfo=UTC)
    return Written(new_workbook(Settings(**settings), made))


def headings_of(sheet: Worksheet) -> list[str]:
    return [str(cell.value) for cell in sheet[1]]


def test_the_sheets_and_their_headings(new: Written) -> None:
    assert {sheet.title: headings_of(sheet) for sheet in new.sheets} == {
        "Indicators": HEADINGS,
        "History": ["Code", "Month", "Value", "Target"],
        "Settings": ["Setting", "Value", "What it does"],
        "Aims": ["Aim", "Priority"],
    }


def test_every_heading_that_is_offered_is_there_under_its_first_name(new: Written) -> None:
    read = [field_of(heading) for heading in headings_of(new.sheet("Indicators"))]
    assert read == [key for key, field in INDICATOR_FIELDS.items() if field.is_offered]
    assert headings_of(new.sheet("History")) == [field.heading for field in HISTORY_FIELDS.values()]
    names = [row[0] for row in new.sheet("Settings").iter_rows(min_row=2, values_only=True)]
    assert names == [setting.name for setting in SETTINGS]


@pytest.mark.parametrize(
    ("day", "first_month", "heading"),
    [
        ("2019-03-31", 4, "Annual Target 2018/19"),
        ("2019-04-01", 4, "Annual Target 2019/20"),
        ("2019-04-01", 9, "Annual Target 2018/19"),
        ("2019-12-31", 1, "Annual Target 2019"),
        ("1999-05-01", 4, "Annual Target 1999/00"),
    ],
)
def test_the_annual_target_is_of_the_current_financial_year(
    day: str, first_month: int, heading: str
) -> None:
    sheet = made_on(day, financial_year_starts=first_month).sheet("Indicators")
    assert sheet["G1"].value == heading
    assert field_of(heading) == "annual_target"


@pytest.mark.parametrize("name", ["Indicators", "History"])
def test_every_heading_has_a_note_that_says_whether_it_is_required(new: Written, name: str) -> None:
    for cell in new.sheet(name)[1]:
        note = cell.comment
        assert isinstance(note, Comment), cell.value
        assert note.text.startswith("Required. " if cell.value in REQUIRED else "Optional. ")
        assert len(note.text) > len("Required. ") + 20


def test_every_setting_and_every_heading_of_settings_is_explained(new: Written) -> None:
    sheet = new.sheet("Settings")
    assert [bool(cell.comment) for cell in sheet[1]] == [True, True, True]
    meanings = [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert all(isinstance(meaning, str) and meaning.endswith(".") for meaning in meanings)
    assert len(set(meanings)) == len(SETTINGS)


def test_the_priorities_that_are_typed_into_aims_are_read(new_file: Path, tmp_path: Path) -> None:
    book = load_workbook(new_file)
    assert [c.comment.text[:9] for c in book["Aims"][1] if c.comment] == ["Required."] * 2
    book["Aims"]["A2"], book["Aims"]["B2"] = "Example", "Less waste\nMore care"
    book.save(tmp_path / "filled.xlsx")
    assert read_workbook(new_file).priorities == {}
    filled = read_workbook(tmp_path / "filled.xlsx")
    assert filled.priorities == {"example": ("Less waste", "More care")}
    assert filled.problems == ()


def test_a_note_has_a_box_as_large_as_its_text(new: Written) -> None:
    # 40 characters of Tahoma 9 go into a line of 260 pixels, and a line takes 15 pixels
    for part in (name for name in new.parts if name.endswith(".vml")):
        heights = [int(h) for h in re.findall(rb"width:260px;height:(\d+)px", new.parts[part])]
        number = re.findall(r"\d", part)[0]
        notes = new.xml(f"xl/comments/comment{number}.xml").iter()
        lengths = [len(note.text) for note in notes if note.text]
        lengths = [length for length in lengths if length > len("kpi")]
        assert len(heights) == len(lengths)
        assert [h for h, n in zip(heights, lengths, strict=True) if h < 15 * (n / 40)] == []


def test_the_headings_of_required_columns_are_darker(new: Written) -> None:
    fills = {
        str(cell.value): str(cell.fill.fgColor.rgb)[-6:]
        for name in ("Indicators", "History")
        for cell in new.sheet(name)[1]
    }
    assert {heading for heading, colour in fills.items() if colour == "1F3B57"} == REQUIRED
    assert set(fills.values()) == {"1F3B57", "E8EEF4"}


def test_what_may_be_typed(new: Written) -> None:
    assert {
        sheet.title: {
            str(found.sqref): (found.type, found.formula1, found.formula2)
            for found in sheet.data_validations.dataValidation
        }
        for sheet in new.sheets
    } == ALLOWED


def test_what_else_is_typed_is_refused_with_what_to_type(new: Written) -> None:
    for sheet in new.sheets:
        for found in sheet.data_validations.dataValidation:
            assert (found.showErrorMessage, found.errorStyle, found.allowBlank) == (
                True,
                "stop",
                True,
            )
            assert not found.showDropDown  # which, in the file, would hide the drop-down
            assert found.error.startswith(("Choose ", "Type "))
            assert len(found.error) <= EXCELS_LONGEST_ERROR
            assert len(found.errorTitle) <= EXCELS_LONGEST_ERROR_TITLE
            assert len(found.formula1) <= EXCELS_LONGEST_LIST + 2


def test_every_answer_that_is_offered_is_understood(tmp_path: Path) -> None:
    """Each answer of each list, chosen in row 2, is read without a problem."""
    book = load_workbook(io.BytesIO(made_on("2019-02-22").content))
    for name, allowed in ALLOWED.items():
        for where, (kind, answers, _) in allowed.items():
            for answer in answers.strip('"').split(",") if kind == "list" else []:
                cell = book[name][where.partition(":")[0]]
                before, cell.value = cell.value, answer
                book.save(tmp_path / "answered.xlsx")
                assert read_workbook(tmp_path / "answered.xlsx").problems == (), answer
                cell.value = before


@pytest.mark.parametrize(
    ("name", "heading", "number_format", "horizontal"),
    [
        ("Indicators", "MPR Code", "@", None),
        ("Indicators", "Latest Month", "mmmm yyyy", "left"),
        ("Indicators", "Month's Value", "General", "right"),
        ("Indicators", "Month's Target", "General", "right"),
        ("Indicators", "Year Introduced", "@", "left"),
        ("Indicators", "Comment", "General", None),
        ("History", "Code", "@", None),
        ("History", "Month", "mmmm yyyy", "left"),
        ("History", "Value", "General", "right"),
    ],
)
def test_a_column_has_its_look_down_to_its_end(
    new: Written, name: str, heading: str, number_format: str, horizontal: str | None
) -> None:
    sheet = new.sheet(name)
    column = sheet.column_dimensions[get_column_letter(headings_of(sheet).index(heading) + 1)]
    assert column.number_format == number_format
    assert column.alignment.horizontal == horizontal
    assert column.alignment.vertical == "top"
    assert (column.font.name, column.font.sz) == ("Arial", 10)
    assert bool(column.alignment.wrap_text) is (horizontal != "right")


def test_the_cells_of_the_example_look_like_their_columns(new: Written) -> None:
    """What is typed over them, 12 or 67.5%, becomes what it would be in an empty row."""
    for name, number in (("Indicators", 20), ("History", 4)):
        sheet = new.sheet_xml(name)
        styles = [column.attrib["style"] for column in sheet.findall("s:cols/s:col", NAMESPACES)]
        assert len(styles) == number
        _, *rows = sheet.findall("s:sheetData/s:row", NAMESPACES)
        assert rows
        assert [[cell.attrib["s"] for cell in row] for row in rows] == [styles] * len(rows)


def test_looks_for_500_rows_take_no_cells(new: Written) -> None:
    assert len(new.content) < 20_000
    assert new.sheet("Indicators").dimensions == "A1:T2"


@pytest.mark.parametrize("name", ["Indicators", "History", "Settings", "Aims"])
def test_no_word_and_no_month_is_wider_than_its_column(new: Written, name: str) -> None:
    sheet = new.sheet(name)
    for cell in cells(sheet):
        # a month is not broken into lines: without room it would show as ####
        words = ["September 2018"] if cell.is_date else str(cell.value).split()
        assert max(map(len, words)) + 1 <= sheet.column_dimensions[cell.column_letter].width


@pytest.mark.parametrize(
    ("name", "frozen", "pages_wide"),
    [("Indicators", "C2", 3), ("History", "A2", 1), ("Settings", "A2", 1), ("Aims", "A2", 1)],
)
def test_headings_stay_in_sight_and_repeat_in_print(
    new: Written, name: str, frozen: str, pages_wide: int
) -> None:
    sheet = new.sheet(name)
    assert sheet.freeze_panes == frozen
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (pages_wide, 0)
    assert sheet.print_title_cols == ("$A:$B" if pages_wide > 1 else None)
    assert sheet.sheet_properties.pageSetUpPr
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert not sheet.print_area  # or typed rows would not be printed
    assert sheet.print_options.gridLines


def test_the_example_slips_a_little_and_is_better_than_last_year(new_file: Path) -> None:
    report = rate(read_workbook(new_file))
    (rating,) = report.ratings
    assert report.problems == ()
    assert (rating.indicator.code, rating.indicator.month) == ("EXAMPLE 1", month("Feb 2019"))
    assert (rating.outcome, rating.direction) == (Outcome.SLIPPAGE, Direction.BETTER)
    assert rating.indicator.published_outcome is rating.outcome
    assert rating.indicator.published_direction is rating.direction
    assert rating.reason == (
        "12 under the target of 400, within the 20 (5% of the annual target) that counts as"
        " slippage"
    )
    assert rating.indicator.comment
    assert rating.indicator.reporting_basis == "Monthly Snapshot"


def test_the_example_has_every_month_since_the_same_one_last_year(new_file: Path) -> None:
    workbook = read_workbook(new_file)
    (indicator,) = workbook.indicators
    first = indicator.month.year_before
    assert [reading.month for reading in workbook.history] == [first.after(n) for n in range(13)]
    assert {reading.code for reading in workbook.history} == {indicator.code}
    last = workbook.history[-1]
    assert (last.value, last.target) == (indicator.value, indicator.target)


def test_months_are_real_dates(new: Written) -> None:
    found = [new.sheet("Indicators")["D2"], *new.sheet("History")["B"][1:]]
    assert len(found) == 14
    assert {(cell.is_date, cell.number_format) for cell in found} == {(True, "mmmm yyyy")}
    assert found[0].value == datetime(2019, 2, 1)


def test_the_example_looks_like_one_for_as_long_as_its_code_says_so(new: Written) -> None:
    for name, columns in (("Indicators", "A2:T1048576"), ("History", "A2:D1048576")):
        sheet = new.sheet(name)
        ((area, (rule,)),) = [(a.sqref, a.rules) for a in sheet.conditional_formatting]
        assert (str(area), rule.formula) == (columns, ['LEFT($A2,7)="EXAMPLE"'])
        assert rule.dxf.font.i
        assert rule.dxf.fill.bgColor.rgb[-6:] == "EFEFEF"
        assert str(sheet["A2"].value).startswith("EXAMPLE")
        assert not sheet["A2"].font.i


def test_a_row_that_is_typed_over_the_example_grows_with_its_text(new: Written) -> None:
    (example,) = new.sheet_xml("Indicators").findall(".//{*}row[@r='2']")
    assert float(example.attrib["ht"]) > 25  # room for two lines
    assert "customHeight" not in example.attrib


def test_without_its_example_it_says_that_there_is_no_indicator(
    new: Written, tmp_path: Path
) -> None:
    book = load_workbook(io.BytesIO(new.content))
    book["Indicators"].delete_rows(2)
    book["History"].delete_rows(2, 13)
    book.save(tmp_path / "empty.xlsx")
    (problem,) = read_workbook(tmp_path / "empty.xlsx").problems
    assert (problem.cell, problem.message, problem.hint) == (
        "Indicators!A1",
        "there is no indicator below these headings",
        "Add a row for each indicator.",
    )


@given(
    st.builds(
        Settings,
        organisation=st.sampled_from([None, "A & B < C", "=1+1", "_x0041_", "Ünï – ✔", "5%"]),
        report_title=st.sampled_from([None, "Monthly report", "@home", "'quoted'"]),
        financial_year_starts=st.integers(1, 12),
        amber_tolerance=st.decimals(0, 100, places=1),
        green_tolerance=st.decimals(0, 100, places=1),
        tolerance_basis=st.sampled_from(ToleranceBasis),
        improving_is_amber=st.booleans(),
        at_the_limit=st.sampled_from([None, *EXCEPTIONS]),
    )
)
def test_settings_are_read_back_as_they_were_given(settings: Settings) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "new.xlsx")
        path.write_bytes(new_workbook(settings, MADE))
        workbook = read_workbook(path)
    assert (workbook.settings, workbook.problems) == (settings, ())


def test_the_documents_properties(new: Written) -> None:
    found = new.book.properties
    assert (found.title, found.creator) == ("Performance indicators", f"kpi {__version__}")
    assert found.description == f"Made by kpi {__version__}"
    assert (found.created, found.modified) == (MADE.replace(tzinfo=None),) * 2
    found = made_on("2019-02-22", organisation="A & B", report_title="Report").book.properties
    assert (found.title, found.creator) == ("Report", "A & B")


def test_nothing_in_it_reaches_out_or_calculates(new: Written) -> None:
    for name, content in new.parts.items():
        assert b"TargetMode" not in content
        assert b"<f>" not in content
        assert "external" not in name.casefold()
