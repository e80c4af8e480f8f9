"""New workbooks of quarters, half-years and years: headings, notes, what may be typed, example."""

import csv
import io
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli import check, rate, read_workbook
from kpi_cli.models import Direction, Outcome, Settings, ToleranceBasis
from kpi_cli.periods import month_of
from kpi_cli.reading.headings import field_of
from kpi_cli.writing.template.document import new_workbook
from kpi_cli.writing.template.rhythm import Rhythm
from tests.running import kpi
from tests.writing.exceptions_workbook.libreoffice import convert_all, needs_libreoffice
from tests.writing.exceptions_workbook.reading_back import MADE, Written
from tests.writing.template.test_new_workbook import HEADINGS

LONGER = [Rhythm.QUARTERLY, Rhythm.HALF_YEARLY, Rhythm.YEARLY]
OF_PERIODS: Mapping[Rhythm, Mapping[str, str | None]] = {
    Rhythm.MONTHLY: {},
    Rhythm.QUARTERLY: {
        "Latest Month": "Quarter",
        "Month's Value": "Quarter's Value",
        "Month's Target": "Quarter's Target",
        "Same Month Last Year": "Same Quarter Last Year",
    },
    Rhythm.HALF_YEARLY: {
        "Latest Month": "Half-Year",
        "Month's Value": "Half-Year's Value",
        "Month's Target": "Half-Year's Target",
        "Same Month Last Year": "Same Half-Year Last Year",
    },
    Rhythm.YEARLY: {
        "Latest Month": "Period",
        "Month's Value": "Value",
        "Month's Target": "Target",
        "Annual Target 2018/19": None,
        "Same Month Last Year": "Last Year",
    },
}
PERIODS = {
    (Rhythm.MONTHLY, 4): ["February 2018", "March 2018", "April 2018", "May 2018", "June 2018",
                          "July 2018", "August 2018", "September 2018", "October 2018",
                          "November 2018", "December 2018", "January 2019", "February 2019"],
    (Rhythm.QUARTERLY, 4): ["Q3 2017/18", "Q4 2017/18", "Q1 2018/19", "Q2 2018/19", "Q3 2018/19"],
    (Rhythm.QUARTERLY, 1): ["Q4 2017", "Q1 2018", "Q2 2018", "Q3 2018", "Q4 2018"],
    (Rhythm.QUARTERLY, 3): ["Q4 2017/18", "Q1 2018/19", "Q2 2018/19", "Q3 2018/19", "Q4 2018/19"],
    (Rhythm.HALF_YEARLY, 4): ["H1 2017/18", "H2 2017/18", "H1 2018/19"],
    (Rhythm.HALF_YEARLY, 1): ["H2 2017", "H1 2018", "H2 2018"],
    (Rhythm.YEARLY, 4): ["2016/17", "2017/18"],
    (Rhythm.YEARLY, 1): ["2017", "2018"],
}  # fmt: skip


def made(rhythm: Rhythm, year_starts: int = 4, when: datetime = MADE) -> Written:
    """Return a new workbook of this rhythm."""
    return Written(new_workbook(Settings(financial_year_starts=year_starts), when, rhythm))


def saved(book: Written, folder: Path) -> Path:
    path = folder / "new.xlsx"
    path.write_bytes(book.content)
    return path


def headings_and_notes(sheet: Worksheet) -> dict[str, str]:
    notes = {}
    for cell in sheet[1]:
        assert isinstance(cell.comment, Comment)
        notes[str(cell.value)] = cell.comment.text
    return notes


@pytest.mark.parametrize("rhythm", Rhythm)
def test_the_headings_are_of_its_periods_and_are_read(rhythm: Rhythm) -> None:
    book = made(rhythm)
    names = [OF_PERIODS[rhythm].get(heading, heading) for heading in HEADINGS]
    headings = list(headings_and_notes(book.sheet("Indicators")))
    assert headings == [name for name in names if name]
    read = [field_of(heading) for heading in HEADINGS]
    left_out = {"annual_target"} if rhythm is Rhythm.YEARLY else set()
    assert [field_of(heading) for heading in headings] == [f for f in read if f not in left_out]
    when = {Rhythm.MONTHLY: "Month", Rhythm.YEARLY: "Period"}.get(
        rhythm, str(OF_PERIODS[rhythm].get("Latest Month"))
    )
    assert list(headings_and_notes(book.sheet("History"))) == ["Code", when, "Value", "Target"]


@pytest.mark.parametrize(("rhythm", "year_starts"), PERIODS)
def test_the_example_is_of_the_last_period_and_rates_as_it_says(
    rhythm: Rhythm, year_starts: int, tmp_path: Path
) -> None:
    workbook = read_workbook(saved(made(rhythm, year_starts), tmp_path))
    assert check(workbook, today=month_of(MADE)) == []
    labels = PERIODS[rhythm, year_starts]
    assert [reading.period.label for reading in workbook.history] == labels
    (rating,) = rate(workbook, today=month_of(MADE)).ratings
    indicator = rating.indicator
    assert indicator.period.label == labels[-1]
    assert (rating.outcome, rating.direction) == (Outcome.SLIPPAGE, Direction.BETTER)
    assert indicator.published_outcome is rating.outcome
    assert indicator.published_direction is rating.direction
    assert rating.last_year_of.label == labels[0]
    assert rating.reason == (
        "12 under the target of 400, within the 20 (5% of the annual target) that counts as"
        " slippage"
    )


@pytest.mark.parametrize(
    ("day", "last"),
    [("2019-03-01", "Q4 2018/19"), ("2019-04-30", "Q4 2018/19"), ("2019-06-01", "Q1 2019/20")],
)
def test_a_quarter_counts_from_its_last_month_on(day: str, last: str) -> None:
    book = made(Rhythm.QUARTERLY, when=datetime.fromisoformat(day).replace(tzinfo=UTC))
    sheet = book.sheet("Indicators")
    assert (sheet["D2"].value, sheet["G1"].value) == (last, f"Annual Target {last[3:]}")


@pytest.mark.parametrize("rhythm", LONGER)
def test_nothing_in_it_is_of_months(rhythm: Rhythm) -> None:
    book = made(rhythm)
    for name in ("Indicators", "History"):
        sheet = book.sheet(name)
        said = [*headings_and_notes(sheet).items(), *sheet.iter_rows(min_row=2, values_only=True)]
        assert "month" not in str(said).casefold()
        assert "January 2019" not in str(said)


@pytest.mark.parametrize(
    ("rhythm", "year_starts", "notes"),
    [
        (
            Rhythm.QUARTERLY,
            4,
            {
                "Quarter": "Required. The quarter that the value is for. Type it as Q3 2018/19.",
                "Same Quarter Last Year": "Optional. The value of the same quarter a year earlier,"
                " where History does not have it.",
            },
        ),
        (
            Rhythm.HALF_YEARLY,
            1,
            {"Half-Year": "Required. The half-year that the value is for. Type it as H2 2018."},
        ),
        (
            Rhythm.YEARLY,
            4,
            {
                "Period": "Required. The year that the value is for. Type it as 2017/18.",
                "Target": "Optional. The target for the year. For Goldilocks a band, such as 38-48."
                " (Type '3-5 with the apostrophe: Excel makes a date of 3-5.)",
                "Last Year": "Optional. The value of the year before, where History does not have"
                " it.",
            },
        ),
    ],
)
def test_notes_say_how_to_type_its_periods(
    rhythm: Rhythm, year_starts: int, notes: dict[str, str]
) -> None:
    found = headings_and_notes(made(rhythm, year_starts).sheet("Indicators"))
    assert {heading: found[heading] for heading in notes} == notes


@pytest.mark.parametrize(
    ("rhythm", "title", "message"),
    [
        (Rhythm.QUARTERLY, "Not a quarter", "the quarter with its year, such as Q3 2018/19."),
        (Rhythm.HALF_YEARLY, "Not a half-year", "the half-year with its year, such as H1 2018/19."),
        (Rhythm.YEARLY, "Not a year", "the year as 2017/18."),
    ],
)
def test_what_is_no_such_period_is_doubted_and_words_stay_words(
    rhythm: Rhythm, title: str, message: str
) -> None:
    book = made(rhythm)
    for name, letter in (("Indicators", "D"), ("History", "B")):
        sheet = book.sheet(name)
        (found,) = (v for v in sheet.data_validations.dataValidation if v.type == "custom")
        assert str(found.sqref) == f"{letter}2:{letter}1048576"
        assert (found.errorStyle, found.errorTitle) == ("warning", title)
        assert found.error == f"Type {message}"
        assert len(found.formula1) <= 255  # Excel's limit
        assert sheet.column_dimensions[letter].number_format == "@"  # no date is made of 2010/11
        assert {cell.number_format for cell in sheet[letter][1:]} == {"@"}


RIGHT_AND_WRONG = {
    (Rhythm.QUARTERLY, 4): (["Q3 2018/19", "q1 1999/00"], ["Q3 2018", "Q5 2018/19", "Q3 2018/20"]),
    (Rhythm.QUARTERLY, 1): (["Q3 2018"], ["Q3 2018/19", "Q3", "January 2019", "Q 2018"]),
    (Rhythm.HALF_YEARLY, 4): (["H1 2018/19", "H2 2010/11"], ["H3 2018/19", "Q1 2018/19"]),
    (Rhythm.YEARLY, 4): (["2018/19", "2010/11"], ["2018", "18/19", "2018-19", "Q1 2018/19"]),
    (Rhythm.YEARLY, 1): (["2018"], ["2018/19", "18", "1066", "x"]),
}  # fmt: skip


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[Rhythm, int], list[str]]:
    """Return what a spreadsheet lets be typed for a period in each new workbook."""
    folder = tmp_path_factory.mktemp("tried")
    paths = [folder / f"{rhythm.value} {starts}.xlsx" for rhythm, starts in RIGHT_AND_WRONG]
    for path, ((rhythm, starts), tried) in zip(paths, RIGHT_AND_WRONG.items(), strict=True):
        save_tried(path, made(rhythm, starts).content, [text for texts in tried for text in texts])
    answers = [
        list(csv.reader(path.read_text().splitlines()))
        for path in convert_all(paths, "csv", folder / "out")
    ]
    return {
        each: [text for text, answer in rows if answer == "TRUE"]
        for each, rows in zip(RIGHT_AND_WRONG, answers, strict=True)
    }


def save_tried(path: Path, content: bytes, texts: list[str]) -> None:
    """Save a new workbook with a first sheet on which its rule for periods is put to texts."""
    book = load_workbook(io.BytesIO(content))
    (allowed,) = (v for v in book["History"].data_validations.dataValidation if v.type == "custom")
    tried = book.create_sheet("Tried", 0)
    for row, text in enumerate(texts, start=1):
        formula = allowed.formula1.replace("B2", f"A{row}")
        tried.append([text, f"=IFERROR({formula},FALSE)"])
        tried.cell(row, 1).number_format = "@"
    book.save(path)


@needs_libreoffice
@pytest.mark.parametrize(("rhythm", "year_starts"), RIGHT_AND_WRONG)
def test_what_may_be_typed_by_the_reckoning_of_a_spreadsheet(
    rhythm: Rhythm, year_starts: int, taken: dict[tuple[Rhythm, int], list[str]]
) -> None:
    right, _ = RIGHT_AND_WRONG[rhythm, year_starts]
    assert taken[rhythm, year_starts] == right


@pytest.mark.parametrize(
    ("rhythm", "answer"),
    [
        (Rhythm.MONTHLY, "Month's target"),
        (Rhythm.QUARTERLY, "Quarter's target"),
        (Rhythm.HALF_YEARLY, "Half-year's target"),
        (Rhythm.YEARLY, "Period's target"),
    ],
)
def test_the_basis_of_tolerances_is_offered_and_read_under_the_name_of_its_periods(
    rhythm: Rhythm, answer: str, tmp_path: Path
) -> None:
    settings = Settings(tolerance_basis=ToleranceBasis.MONTHS_TARGET)
    book = Written(new_workbook(settings, MADE, rhythm))
    sheet = book.sheet("Settings")
    assert sheet["B7"].value == answer
    lists = {str(v.sqref): v.formula1 for v in sheet.data_validations.dataValidation}
    assert lists["B7"] == f'"Annual target,{answer}"'
    workbook = read_workbook(saved(book, tmp_path))
    assert (workbook.settings, workbook.problems) == (settings, ())


@pytest.mark.parametrize("rhythm", Rhythm)
def test_the_command_is_asked_for_it(rhythm: Rhythm, tmp_path: Path) -> None:
    path = tmp_path / "new.xlsx"
    assert kpi("new", path, "--periods", rhythm.value).exit_code == 0
    run = kpi("rate", path, "--compare-published", "--fail-on", "difference")
    assert (run.exit_code, run.stderr) == (0, "")
    (indicator,) = read_workbook(path).indicators
    assert indicator.period.length == rhythm.length
    assert indicator.reporting_basis == rhythm.snapshot


def test_a_rhythm_that_is_none_is_wrong_usage(tmp_path: Path) -> None:
    run = kpi("new", tmp_path / "new.xlsx", "--periods", "weekly")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1].endswith(
        "'weekly' is not one of 'monthly', 'quarterly', 'half-yearly', 'yearly'."
    )
    assert list(tmp_path.iterdir()) == []
