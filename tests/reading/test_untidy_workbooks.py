"""What real workbooks have in them besides tidy cells."""

import sys
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import UnreadableWorkbookError, check, rate, read_workbook
from kpi_cli.amounts import Unit, parse_amount
from kpi_cli.models import Workbook
from kpi_cli.reading.headings import field_of
from kpi_cli.reading.number_formats import look_of
from tests.builders import HEADINGS, found, row, save_workbook


def read(
    folder: Path, *rows: tuple[Any, ...], headings: tuple[str, ...] = HEADINGS, **sheets: list[Any]
) -> Workbook:
    return read_workbook(save_workbook(folder / "x.xlsx", Indicators=[headings, *rows], **sheets))


def with_xml(path: Path, old: str, new: str) -> Path:
    """Change the XML of a workbook's first sheet."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = "xl/worksheets/sheet1.xml"
    assert old.encode() in parts[sheet]
    parts[sheet] = parts[sheet].replace(old.encode(), new.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_an_error_in_a_column_of_names_is_told_and_the_row_is_rated(tmp_path: Path) -> None:
    workbook = read(tmp_path, (*row(), "#N/A"), headings=(*HEADINGS, "Responsible OUs"))
    assert found(workbook.problems) == [("error", "Indicators!H2")]
    assert workbook.indicators[0].responsible_ous == ()


def test_a_formula_whose_result_is_an_empty_text_is_blank(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(value=12345)])
    formula = '<c r="E2" t="str"><f>IF(Z1="","",Z1)</f><v></v></c>'
    workbook = read_workbook(with_xml(path, '<c r="E2" t="n"><v>12345</v></c>', formula))
    assert workbook.problems == ()
    assert workbook.indicators[0].value is None


def test_a_name_that_no_file_can_have(tmp_path: Path) -> None:
    with pytest.raises(UnreadableWorkbookError):
        read_workbook(tmp_path / f"{'n' * 300}.xlsx")


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lists the files that are open")
def test_a_damaged_workbook_is_not_kept_open(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()])
    with pytest.raises(UnreadableWorkbookError):
        read_workbook(with_xml(path, "</sheetData>", "</sheetDat>"))
    handles = Path("/proc/self/fd")
    links = [str(handle.readlink()) for handle in handles.iterdir() if handle.exists()]
    assert str(path) not in links


def test_a_workbook_under_another_ending_is_read(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()])
    assert len(read_workbook(path.rename(tmp_path / "x.xls")).indicators) == 1


@pytest.mark.parametrize("text", ["3%-£5", "£3-$5", "3%-$5"])
def test_the_ends_of_a_band_have_one_unit(text: str) -> None:
    assert parse_amount(text) is None


def test_a_hyphen_from_a_word_processor() -> None:
    band = parse_amount("38\u201148")
    assert band
    assert band.text == "38-48"


def test_text_has_at_most_the_digits_that_stay_exact() -> None:
    amount = parse_amount("-0.1234567890123456789012")
    assert amount
    assert amount.text == "-0.1234567890123456789012"
    assert parse_amount("0.1234567890123456789012345") is None


@pytest.mark.parametrize("number_format", ["[$-409]0.0", "[$-809]#,##0", "[$-1010409]General"])
def test_a_locale_is_no_currency(number_format: str) -> None:
    value = look_of(number_format, Decimal(5)).value(Decimal(5))
    assert (value.unit, value.symbol) == (Unit.NUMBER, "")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ((7, "000"), "007"),
        ((3.1, '"CP "0.00'), "CP 3.10"),
        ((12, '0" (old)"'), "12 (old)"),
        ((1e70, "General"), "1E+70"),
        ((1234, "#,##0"), "1,234"),
    ],
)
def test_a_code_is_what_the_cell_shows(
    tmp_path: Path, content: tuple[float, str], code: str
) -> None:
    assert read(tmp_path, row(code=content)).indicators[0].code == code


def test_a_code_that_excel_made_a_date_of(tmp_path: Path) -> None:
    workbook = read(tmp_path, row(code=date(2019, 10, 3)))
    assert found(workbook.problems) == [("error", "Indicators!A2")]
    assert workbook.problems[0].message == "the code is the date 2019-10-03; this row is not rated"


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Month's Target 2018/19", "target"),
        ("Profiled Target 2018/19", "target"),
        ("Target 2018/19", "annual_target"),
        ("2018/19 Target", "annual_target"),
        ("Annual Target 18/19", "annual_target"),
        ("Annual Target (FY 2018-19)", "annual_target"),
        ("MPR_Code", "code"),
        ("R.A.G.", "published_outcome"),
        ("Commentary - explanation of performance", "comment"),
    ],
)
def test_headings_with_years_and_dots(heading: str, field: str) -> None:
    assert field_of(heading) == field


def test_line_breaks_as_excel_keeps_them(tmp_path: Path) -> None:
    workbook = read(tmp_path, row(short_name="Visits_x000D_\nmade_x001B_[2J and _x005F_x0041_"))
    assert workbook.indicators[0].short_name == "Visits\nmade\\x1b[2J and _x0041_"


@pytest.mark.parametrize("heading", ["Settings", "setting"])
def test_settings_under_another_heading_or_name(tmp_path: Path, heading: str) -> None:
    rows = [(heading, "Value"), ("Amber Tolerance", "7%")]
    assert read(tmp_path, row(), Config=rows).settings.amber_tolerance == 7
    named = [("Organisation", "Example"), ("Amber Tolerance", "7%")]
    assert read(tmp_path, row(), Setings=named).settings.amber_tolerance == 7


def test_the_first_of_two_settings_counts_even_if_it_is_unreadable(tmp_path: Path) -> None:
    rows = [("Setting", "Value"), ("Amber Tolerance", "lots"), ("Amber Tolerance", "7%")]
    workbook = read(tmp_path, row(), Settings=rows)
    assert workbook.settings.amber_tolerance == 5
    assert found(workbook.problems) == [("error", "Settings!B2"), ("error", "Settings!A3")]


def test_a_setting_without_a_name_and_one_without_a_value(tmp_path: Path) -> None:
    rows = [("Setting", "Value"), (None, "7%"), ("Organisation", "-"), ("Amber Tolerance", "TBC")]
    workbook = read(tmp_path, row(), Settings=rows)
    assert found(workbook.problems) == [("warning", "Settings!A2")]
    assert workbook.settings.organisation is None
    assert workbook.settings.amber_tolerance == 5


@pytest.mark.parametrize(
    "sheet",
    [
        [("Code", "Quarter 1", "Quarter 2"), ("CP 1.1", 3, 4)],
        [("Code", "Name", "Aim"), ("CP 1.1", "Visits", "SAFE")],
    ],
)
def test_a_sheet_with_codes_that_is_not_read_is_named(tmp_path: Path, sheet: list[Any]) -> None:
    workbook = read(tmp_path, row(), Other=sheet)
    assert found(workbook.problems) == [("warning", "Other!A1")]
    assert len(workbook.indicators) == 1


def test_codes_that_look_alike_are_one_code_and_are_named(tmp_path: Path) -> None:
    path = save_workbook(
        tmp_path / "x.xlsx",
        Indicators=[HEADINGS, row(code="CP 3\u200b.1"), row(code="\ufeffCP 3.1\xad")],
        History=[
            ("Code", "Month", "Value"),
            *[("CP\u200b 3.1", month, 80) for month in ("Jan-18", "Dec-18", "Nov-18")],
        ],
    )
    workbook = read_workbook(path)
    assert [indicator.code for indicator in workbook.indicators] == ["CP 3.1", "CP 3.1"]
    assert [(p.severity.value, p.cell, p.message) for p in workbook.problems] == [
        ("warning", cell, f'the code "CP 3.1" has characters in it that nobody sees, {named},'
         " which don't count")
        for cell, named in (
            ("Indicators!A2", "U+200B"),
            ("Indicators!A3", "U+00AD and U+FEFF"),
            ("History!A2", "U+200B"),
        )
    ]  # fmt: skip
    (twice,) = (problem for problem in check(workbook) if problem.check == "code-used-twice")
    assert twice.cell == "Indicators!A3"
    first, _ = rate(workbook).ratings
    assert first.last_year
    assert first.last_year.text == "80"


def test_a_code_that_nobody_sees_is_none(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(code="\u200b")])
    assert ("error", "Indicators!A2") in found(read_workbook(path).problems)


def test_a_name_that_is_the_key_counts_without_what_nobody_sees(tmp_path: Path) -> None:
    rows = [HEADINGS[1:], row(short_name="Visits\u200b made")[1:]]
    (indicator,) = (
        workbook := read_workbook(save_workbook(tmp_path / "x.xlsx", S=rows))
    ).indicators
    assert (indicator.code, indicator.short_name) == ("Visits made", "Visits\u200b made")
    assert found(workbook.problems) == [("warning", "S!A2")]
