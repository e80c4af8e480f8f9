"""Settings: every one in every form; one that can't be read keeps its default, and that is said."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import read_workbook
from kpi_cli.models import Outcome, Settings, ToleranceBasis, Workbook
from tests.builders import HEADINGS, found, row, save_workbook

DEFAULTS = Settings(
    organisation=None,
    report_title=None,
    financial_year_starts=4,
    amber_tolerance=Decimal(5),
    green_tolerance=Decimal(0),
    tolerance_basis=ToleranceBasis.ANNUAL_TARGET,
    improving_is_amber=False,
    at_the_limit=None,
)
HEADING = ("Setting", "Value")
ANNUAL, MONTHS = ToleranceBasis.ANNUAL_TARGET, ToleranceBasis.MONTHS_TARGET


def read(folder: Path, *rows: tuple[Any, ...], **sheets: list[Any]) -> Workbook:
    """Save and read a workbook with these settings below their heading, and these sheets."""
    all_sheets = {"Indicators": [HEADINGS, row()], "Settings": [HEADING, *rows], **sheets}
    return read_workbook(save_workbook(folder / "x.xlsx", **all_sheets))


def test_without_settings_the_defaults_hold(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row()])
    workbook = read_workbook(path)
    assert (workbook.settings, workbook.problems) == (DEFAULTS, ())


def test_a_sheet_may_have_no_settings(tmp_path: Path) -> None:
    workbook = read(tmp_path)
    assert (workbook.settings, workbook.problems) == (DEFAULTS, ())


def test_all_settings_at_once(tmp_path: Path) -> None:
    """The council that allows 10% of the month's target, and spares what is no worse."""
    workbook = read(
        tmp_path,
        ("Organisation", "Example Borough Council"),
        ("Report Title", "Corporate scorecard"),
        ("Financial Year Starts", "January"),
        ("Amber Tolerance", (0.1, "0%")),
        ("Green Tolerance", "10%"),
        ("Tolerance Basis", "Month's target"),
        ("Improving Is Amber", "Yes"),
        ("At The Limit", "Amber"),
    )
    assert workbook.problems == ()
    assert workbook.settings == Settings(
        organisation="Example Borough Council",
        report_title="Corporate scorecard",
        financial_year_starts=1,
        amber_tolerance=Decimal(10),
        green_tolerance=Decimal(10),
        tolerance_basis=MONTHS,
        improving_is_amber=True,
        at_the_limit=Outcome.SLIPPAGE,
    )


@pytest.mark.parametrize("name", ["Amber Tolerance", "amber tolerance", " AMBER  TOLERANCE "])
def test_names_of_settings_are_folded(tmp_path: Path, name: str) -> None:
    assert read(tmp_path, (name, "7%")).settings.amber_tolerance == 7


@pytest.mark.parametrize("name", ["Amber Tolerance", "Green Tolerance"])
@pytest.mark.parametrize(
    ("content", "percent"),
    [
        ("7%", "7"),
        ("2.5%", "2.5"),
        ("0.5%", "0.5"),
        ((0.07, "0%"), "7"),
        ((0.025, "0.0%"), "2.5"),
        ((7, '0"%"'), "7"),
        (7, "7"),  # a bare number can only be a percentage
        ("7.5", "7.5"),
        (0, "0"),
        ("0%", "0"),
        (1, "1"),
        (100, "100"),
    ],
)
def test_a_tolerance_is_a_percentage(
    tmp_path: Path, name: str, content: object, percent: str
) -> None:
    workbook = read(tmp_path, (name, content))
    field = name.lower().replace(" ", "_")
    assert workbook.settings == DEFAULTS.model_copy(update={field: Decimal(percent)})
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("content", "number"),
    [
        *[("April", 4), ("apr", 4), ("OCTOBER", 10), ("Sept", 9), ("January", 1)],
        *[(7, 7), ("7", 7), (12, 12), (date(2018, 4, 1), 4)],
    ],
)
def test_the_first_month_of_the_financial_year(
    tmp_path: Path, content: object, number: int
) -> None:
    workbook = read(tmp_path, ("Financial Year Starts", content))
    assert (workbook.settings.financial_year_starts, workbook.problems) == (number, ())


@pytest.mark.parametrize(
    ("content", "basis"),
    [
        *[("Annual target", ANNUAL), ("ANNUAL TARGET", ANNUAL), ("annual", ANNUAL)],
        *[("Month's target", MONTHS), ("Month’s Target", MONTHS), ("months  target", MONTHS)],
    ],
)
def test_what_tolerances_are_a_percentage_of(
    tmp_path: Path, content: str, basis: ToleranceBasis
) -> None:
    workbook = read(tmp_path, ("Tolerance Basis", content))
    assert (workbook.settings.tolerance_basis, workbook.problems) == (basis, ())


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        *[("Yes", True), ("YES", True), ("y", True), ("true", True), (True, True)],
        *[("No", False), ("n", False), ("FALSE", False), (False, False)],
    ],
)
def test_whether_improving_is_amber(tmp_path: Path, content: object, answer: bool) -> None:
    workbook = read(tmp_path, ("Improving Is Amber", content))
    assert (workbook.settings.improving_is_amber, workbook.problems) == (answer, ())


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        *[("Amber", Outcome.SLIPPAGE), ("amber ", Outcome.SLIPPAGE), ("A", Outcome.SLIPPAGE)],
        *[("Red", Outcome.AT_RISK), ("RED", Outcome.AT_RISK), ("🔴", Outcome.AT_RISK)],
    ],
)
def test_what_is_exactly_at_a_limit(tmp_path: Path, content: str, outcome: Outcome) -> None:
    workbook = read(tmp_path, ("At The Limit", content))
    assert (workbook.settings.at_the_limit, workbook.problems) == (outcome, ())


@pytest.mark.parametrize(
    "name",
    [
        "Organisation",
        "Report Title",
        "Financial Year Starts",
        "Amber Tolerance",
        "Green Tolerance",
        "Tolerance Basis",
        "Improving Is Amber",
        "At The Limit",
    ],
)
def test_a_setting_left_empty_keeps_its_default(tmp_path: Path, name: str) -> None:
    workbook = read(tmp_path, (name, None), (), (None, None))
    assert (workbook.settings, workbook.problems) == (DEFAULTS, ())


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("Amber Tolerance", "lots", 'the percentage "lots" cannot be read; the default, 5%,'),
        ("Amber Tolerance", "-5%", '"-5%" is no percentage; the default, 5%,'),
        ("Amber Tolerance", "£5", '"£5" is no percentage; the default, 5%,'),
        ("Amber Tolerance", "3-5%", '"3%-5%" is no percentage; the default, 5%,'),
        ("Amber Tolerance", True, "the percentage is TRUE, which is no number; the default, 5%,"),
        ("Amber Tolerance", "#N/A", "the cell shows the Excel error #N/A; the default, 5%,"),
        (
            "Amber Tolerance",
            "=1/20",
            "the cell has a formula that was saved without its result; the default, 5%,",
        ),
        # is it 0.05%, or 5% in a cell that lost its format?
        ("Amber Tolerance", 0.05, "0.05 could mean 0.05% or 5.00%; the default, 5%,"),
        (
            "Green Tolerance",
            "a little",
            'the percentage "a little" cannot be read; the default, 0%,',
        ),
        ("Financial Year Starts", "Smarch", '"Smarch" is no month; the default, April,'),
        ("Financial Year Starts", 13, '"13" is no month; the default, April,'),
        (
            "Financial Year Starts",
            "#REF!",
            "the cell shows the Excel error #REF!; the default, April,",
        ),
        (
            "Tolerance Basis",
            "Whatever",
            'the basis "Whatever" is unknown; the default, annual target,',
        ),
        ("Improving Is Amber", "maybe", '"maybe" is neither Yes nor No; the default, No,'),
        ("Improving Is Amber", 1, '"1" is neither Yes nor No; the default, No,'),
        (
            "At The Limit",
            "Green",
            '"Green" is neither Amber nor Red; the default, Red at a tolerance and Amber at a'
            " threshold,",
        ),
        ("Organisation", "#N/A", "the cell shows the Excel error #N/A; the default, none,"),
    ],
)
def test_a_setting_that_cannot_be_read(
    tmp_path: Path, name: str, content: object, message: str
) -> None:
    workbook = read(tmp_path, (name, content), ("Report Title", "Still read"))
    assert found(workbook.problems) == [("error", "Settings!B2")]
    assert workbook.problems[0].message == f"{name}: {message} is used"
    assert workbook.settings == DEFAULTS.model_copy(update={"report_title": "Still read"})


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Amber Tolerence", 'If "Amber Tolerance" is meant, write it so.'),
        ("Organization", 'If "Organisation" is meant, write it so.'),
        (
            "Colour",
            "Known are: Organisation, Report Title, Financial Year Starts, Amber Tolerance,"
            " Green Tolerance, Tolerance Basis, Improving Is Amber, At The Limit.",
        ),
    ],
)
def test_a_setting_that_is_unknown(tmp_path: Path, name: str, hint: str) -> None:
    workbook = read(tmp_path, (name, "7%"))
    assert found(workbook.problems) == [("warning", "Settings!A2")]
    assert workbook.problems[0].message == f'the setting "{name}" is unknown, and is not used'
    assert workbook.problems[0].hint == hint
    assert workbook.settings == DEFAULTS


def test_a_name_that_is_an_excel_error(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("#N/A", "7%"), ("Green Tolerance", "1%"))
    assert found(workbook.problems) == [("error", "Settings!A2")]
    assert workbook.settings == DEFAULTS.model_copy(update={"green_tolerance": Decimal(1)})


def test_a_setting_given_twice(tmp_path: Path) -> None:
    workbook = read(tmp_path, ("Amber Tolerance", "7%"), (), ("amber tolerance", "8%"))
    assert found(workbook.problems) == [("error", "Settings!A4")]
    assert workbook.problems[0].message == (
        "Amber Tolerance is set a second time; the first one counts"
    )
    assert workbook.settings.amber_tolerance == 7


def test_settings_in_two_sheets(tmp_path: Path) -> None:
    more = [HEADING, ("Amber Tolerance", "8%"), ("Green Tolerance", "1%")]
    workbook = read(tmp_path, ("Amber Tolerance", "7%"), More_settings=more)
    assert found(workbook.problems) == [("error", "'More settings'!A2")]
    assert workbook.settings.amber_tolerance == 7
    assert workbook.settings.green_tolerance == 1


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("Amber Tolerance", "7%"), ("Colour", "red")], id="no heading row"),
        pytest.param([(), ("Amber Tolerance", "7%"), ("Colour", "red")], id="under a blank row"),
        pytest.param(
            [("Our settings",), HEADING, ("Amber Tolerance", "7%"), ("Colour",)], id="title"
        ),
        pytest.param([("SETTING", " value "), ("Amber Tolerance", "7%"), ("Colour",)], id="case"),
        pytest.param(
            [("Setting", "Note", "Value"), ("Amber Tolerance", "a note", "7%"), ("Colour",)],
            id="a column between",
        ),
    ],
)
def test_where_settings_may_stand(tmp_path: Path, rows: list[tuple[Any, ...]]) -> None:
    workbook = read(tmp_path, Settings=rows)
    assert workbook.settings.amber_tolerance == 7
    assert found(workbook.problems) == [("warning", f"Settings!A{len(rows)}")]


def test_all_problems_are_reported_in_one_run(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        ("Amber Tolerance", "lots"),
        ("Green Tolerance", "1%"),
        ("Colour", "red"),
        ("Green Tolerance", "2%"),
        ("Tolerance Basis", "Whatever"),
    )
    assert found(workbook.problems) == [
        ("error", "Settings!B2"),
        ("warning", "Settings!A4"),
        ("error", "Settings!A5"),
        ("error", "Settings!B6"),
    ]
    assert workbook.settings == DEFAULTS.model_copy(update={"green_tolerance": Decimal(1)})
