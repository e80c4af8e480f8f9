"""The sample workbooks: built from the figures beside them, and read back as exactly those."""

import csv
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from kpi_cli import rate, read_workbook
from kpi_cli.amounts import Target, Value
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Workbook
from tests.running import expected, kpi

SAMPLES = Path(__file__).parent.parent / "sample_workbooks"
SOUTHEND = "southend_january_2019.xlsx"
PUBLISHED = "southend_january_2019_published.xlsx"
MISTAKES = "with_mistakes.xlsx"
AS_PUBLISHED = "as_published.xlsx"
WIDE_HISTORY = "wide_history.xlsx"
SCORECARD = "quarterly/quarterly_scorecard.xlsx"
DEFINITIONS = "quarterly/definitions.xlsx"
HEADING_OF_COMMENTS = (
    "Comment - explanation of current performance, actions to improve performance and"
    " anticipated future performance"
)
README = (SAMPLES / "README.md").read_text(encoding="utf-8")


def figures(name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV file of figures."""
    with (SAMPLES / "figures" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cells(path: Path) -> dict[str, dict[str, tuple[object, str]]]:
    """Return each sheet's cells that have content: by address, the value and its number format."""
    return {
        sheet.title: {
            cell.coordinate: (cell.value, cell.number_format)
            for row in sheet.iter_rows()
            for cell in row
            if cell.value is not None
        }
        for sheet in load_workbook(path).worksheets
    }


def as_printed(amount: Target | None) -> str:
    """Return an amount as figures/ has it, where bands are spelled "38-48" or "38 - 48"."""
    return amount.text if amount else ""


def without_spaces(text: str) -> str:
    return text.replace(" ", "")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which the samples were built afresh."""
    folder = tmp_path_factory.mktemp("built")
    subprocess.run([sys.executable, SAMPLES / "build.py", folder], check=True)
    return folder


@pytest.fixture(scope="module", params=[SOUTHEND, PUBLISHED])
def southend(request: pytest.FixtureRequest) -> Workbook:
    return read_workbook(SAMPLES / str(request.param))


@pytest.fixture(scope="module")
def published() -> Workbook:
    return read_workbook(SAMPLES / PUBLISHED)


@pytest.fixture(scope="module")
def mistakes() -> Workbook:
    return read_workbook(SAMPLES / MISTAKES)


def test_every_sample_is_built_and_described(built: Path) -> None:
    committed = [path.relative_to(SAMPLES).as_posix() for path in SAMPLES.rglob("*.xlsx")]
    committed.append("quarterly/kpi.toml")
    files = [path.relative_to(built).as_posix() for path in built.rglob("*") if path.is_file()]
    assert sorted(files) == sorted(committed)
    described = re.findall(r"^\| `([\w/]+\.(?:xlsx|toml))` \|", README, re.MULTILINE)
    assert sorted(described) == sorted(committed)


def test_the_profile_is_built_as_it_is(built: Path) -> None:
    name = "quarterly/kpi.toml"
    assert (built / name).read_bytes() == (SAMPLES / name).read_bytes()


@pytest.mark.parametrize(
    "name",
    [SOUTHEND, PUBLISHED, MISTAKES, AS_PUBLISHED, WIDE_HISTORY, SCORECARD, DEFINITIONS],
)
def test_the_samples_are_what_build_makes_of_the_figures(built: Path, name: str) -> None:
    assert cells(SAMPLES / name) == cells(built / name)


def test_southend_has_all_its_indicators_and_history_and_no_problem(southend: Workbook) -> None:
    assert len(southend.indicators) == 29
    assert len(southend.history) == 252
    assert (southend.unrated, southend.problems) == ((), ())


def test_every_figure_of_an_indicator_is_read_back(southend: Workbook) -> None:
    for printed, indicator in zip(figures("indicators.csv"), southend.indicators, strict=True):
        assert _figures_of(indicator) == {
            name: "" if name == "months_target" and text == "-" else text
            for name, text in printed.items()
            if not name.startswith("published_")
        }


def _figures_of(indicator: Indicator) -> dict[str, str]:
    return {
        "code": indicator.code,
        "short_name": indicator.short_name,
        "aim": indicator.aim or "",
        "polarity": indicator.polarity.label,
        "latest_month": indicator.month.label,
        "value": indicator.value_text or "",
        "months_target": as_printed(indicator.target),
        "annual_target": as_printed(indicator.annual_target),
        "comment": indicator.comment or "",
        "managed_by": indicator.managed_by or "",
        "scrutiny_committee": indicator.committee or "",
        "responsible_ous": "; ".join(indicator.responsible_ous),
        "year_introduced": indicator.year_introduced or "",
    }


def test_every_figure_of_the_history_is_read_back(southend: Workbook) -> None:
    for printed, reading in zip(figures("history.csv"), southend.history, strict=True):
        assert _figures_of_month(reading) == printed | {
            "target": without_spaces(printed["target"])  # bands are printed as "38 - 48"
        }


def _figures_of_month(reading: Reading) -> dict[str, str]:
    return {
        "code": reading.code,
        "month": reading.month.label,
        "value": as_printed(reading.value),
        "target": as_printed(reading.target),
    }


def test_the_latest_month_of_the_history_is_the_indicators_own(southend: Workbook) -> None:
    history = {(reading.code, reading.month): reading for reading in southend.history}
    both = [
        (indicator, history[indicator.code, indicator.month])
        for indicator in southend.indicators
        if (indicator.code, indicator.month) in history
    ]
    assert len(both) == 12
    assert [(i.code, i.value, i.target) for i, _ in both] == [
        (reading.code, reading.value, reading.target) for _, reading in both
    ]


def test_what_was_published_is_read_back(published: Workbook) -> None:
    for printed, indicator in zip(figures("indicators.csv"), published.indicators, strict=True):
        outcome, direction = indicator.published_outcome, indicator.published_direction
        assert outcome
        assert outcome.label == printed["published_expected_outcome"]
        assert (direction.value.title() if direction else "") == printed["published_direction"]


def test_the_other_southend_sample_says_nothing_of_what_was_published() -> None:
    indicators = read_workbook(SAMPLES / SOUTHEND).indicators
    assert {(i.published_outcome, i.published_direction) for i in indicators} == {(None, None)}


def test_the_mistakes_are_found_where_the_readme_says_and_nowhere_else(mistakes: Workbook) -> None:
    described = re.findall(r"^\| `([^`]+![A-Z]+\d+)` \|", README, re.MULTILINE)
    found = [problem.cell for problem in rate(mistakes).problems]
    assert len(described) > 30
    assert sorted(str(cell) for cell in found) == sorted(described)


def test_the_good_rows_beside_the_mistakes_are_rated(mistakes: Workbook) -> None:
    sentence = re.search(r"The good rows are [^.]*\.1` to [^:]*? in rows ([\d, and]+)", README)
    assert sentence
    rows = [int(number) for number in re.findall(r"\d+", sentence[1])]
    rated = {r.indicator.place.row: r.indicator.code for r in rate(mistakes).ratings}
    assert [rated[row] for row in rows] == [f"EX 1.{number}" for number in range(1, 9)]


def test_every_row_with_mistakes_is_rated_or_listed_as_unrated(mistakes: Workbook) -> None:
    places = [indicator.place.row for indicator in mistakes.indicators]
    places += [unrated.place.row for unrated in mistakes.unrated]
    assert sorted(places) == list(range(4, 36))


@pytest.mark.parametrize(
    ("code", "value", "target", "last_year"),
    [
        ("EX 1.2", "1,148", "1,200", "1,090"),
        ("EX 1.3", "£212.40", "£198.00", "£205.10"),  # from the column Same Month Last Year
        ("EX 1.4", "52.6", "48-58", "60.3"),
        ("EX 1.5", "6", "8", "7"),  # November against last November
        ("EX 1.6", "TBC", "70%", None),
        ("EX 1.7", "21,904", None, None),
    ],
)
def test_good_rows_have_their_figures(
    mistakes: Workbook, code: str, value: str, target: str | None, last_year: str | None
) -> None:
    (rating,) = [r for r in rate(mistakes).ratings if r.indicator.code == code]
    assert rating.indicator.value_text == value
    assert as_printed(rating.indicator.target) == (target or "")
    assert (rating.last_year.text if isinstance(rating.last_year, Value) else None) == last_year


def as_json(name: str) -> dict[str, Any]:
    """Return what `kpi rate --format json` writes of a sample, the ratings by code."""
    run = kpi("rate", SAMPLES / name, "--format", "json")
    assert (run.exit_code, run.stderr) == (0, "")
    report: dict[str, Any] = json.loads(run.stdout)
    return report | {"ratings": {rating["code"]: rating for rating in report["ratings"]}}


def differing(name: str, other: str) -> dict[str, list[str]]:
    """Return what differs in the JSON of two samples: each field, and the codes that differ in it.

    The order of the ratings counts.
    """
    one, two = as_json(name), as_json(other)
    ratings, others = one.pop("ratings"), two.pop("ratings")
    assert list(ratings) == list(others)
    for rating in (*ratings.values(), *others.values()):
        if rating["previous"]:
            del rating["previous"]["cell"]  # the history stands elsewhere
    fields: dict[str, list[str]] = {field: [] for field in one if one[field] != two[field]}
    for code, rating in ratings.items():
        for field in rating:
            if rating[field] != others[code][field]:
                fields.setdefault(field, []).append(code)
    return fields


def test_the_wide_history_is_rated_exactly_as_the_canonical_sample() -> None:
    assert differing(WIDE_HISTORY, SOUTHEND) == {"workbook": []}


def test_the_report_as_published_is_rated_exactly_as_the_canonical_sample() -> None:
    everyone = [row["code"] for row in figures("indicators.csv")]
    fields = differing(AS_PUBLISHED, PUBLISHED)
    # The report has a dash in place of the outcome that is published as No Value.
    elsewhere = {"workbook": [], "read_as": [], "cell": everyone}
    assert fields == elsewhere | {"published_outcome": ["CP 3.1"]}
    fields = differing(AS_PUBLISHED, SOUTHEND)
    published = ["published_direction", "published_outcome"]
    assert sorted(fields) == sorted([*elsewhere, *published])


def test_the_wide_history_has_the_readings_of_the_canonical_one() -> None:
    wide, canonical = (read_workbook(SAMPLES / name) for name in (WIDE_HISTORY, SOUTHEND))
    assert len(wide.history) == 252
    assert {(r.code, r.month): (r.value, r.target) for r in wide.history} == {
        (r.code, r.month): (r.value, r.target) for r in canonical.history
    }


def test_the_report_as_published_has_what_makes_the_layout() -> None:
    """Headings on each page, groups in rows of their own, comments over two rows, no columns."""
    sheet = load_workbook(SAMPLES / AS_PUBLISHED)["Performance Report"]
    first = [str(row[0].value or "") for row in sheet.iter_rows()]
    headings = [str(cell.value) for cell in sheet[first.index("MPR Code") + 1]]
    comments = [row[headings.index(HEADING_OF_COMMENTS)].value for row in sheet.iter_rows()]
    assert first.count("MPR Code") == 19
    assert sum(text.startswith("Expected Outcome ") for text in first) == 7
    assert sum(text.startswith("Responsible OUs ") for text in first) == 7
    assert sum(text.startswith("Aim: ") for text in first) == 5
    assert sum(bool(c) and not code for c, code in zip(comments, first, strict=True)) == 4
    assert not {"Aim", "Responsible OUs"} & set(headings)
    assert len([code for code in first if code.startswith("CP ")]) == 29 + 17


RED, AMBER, GREEN = "at_risk", "slippage", "on_course"


@pytest.mark.parametrize(
    ("row", "name", "polarity", "period", "outcome", "direction", "reason"),
    [
        (6, "Homelessness prevented [YTD Snapshot]", "maximise", "Q3 2018/19", GREEN, "better",
         "1.4 percentage points over the target of 60.0%, and higher is better"),
        (7, "Average days to re-let a council home [YTD Snapshot]", "minimise", "Q3 2018/19",
         AMBER, "worse", "1.9 over the target of 24.0, but not over the red line of 28.0 (Floor)"),
        (8, "Affordable homes completed [Cumulative YTD]", "maximise", "Q3 2018/19", RED, "worse",
         "8 under the target of 60, more than the 4.5 (5% of the annual target) that counts as"
         " slippage"),
        (9, "Major planning applications decided in time", "maximise", "Q3 2018/19", GREEN,
         "better", "4.1 percentage points over the target of ≥90%, and higher is better"),
        (10, "Town centre parking spaces in use at midday", "goldilocks", "Q3 2018/19", AMBER,
         "worse", "3 percentage points over the band of 75%-85%, but not outside the red line of"
                  " 70%-90% ("),
        (12, "Household waste recycled [YTD Snapshot]", "maximise", "Q3 2018/19", AMBER, "worse",
         "3 percentage points under the target of 46.0%, and exactly the red line of 43.0%"
         " (Floor), at which it"
         " counts as slippage"),
        (13, "Missed collections per 100,000 bins", "minimise", "Q3 2018/19", GREEN, "worse",
         "6 under the target of 50, and lower is better"),
        (14, "Fly-tips cleared within two working days", "maximise", "Q3 2018/19", RED, "worse",
         "81.0% is under the red line of 85.0% (Floor)"),
        (15, "Streets found clean on inspection", "maximise", "Q2 2018/19", GREEN, None,
         "1.5 percentage points over the target of 92.0%, and higher is better"),
        (17, "Calls answered within a minute", "maximise", "Q3 2018/19", AMBER, "worse",
         "5.5 percentage points under the target of 75.0%, but not under the red line of 65.0% ("),
        (18, "Working days lost to sickness per FTE [Cumulative YTD]", "minimise", "Q3 2018/19",
         AMBER, "worse", "0.3 over the target of 6.0, within the 0.4 (5% of the annual target)"
         " that counts as slippage"),
        (19, "Council tax collected [Cumulative YTD]", "maximise", "Q3 2018/19", GREEN, "better",
         "0.2 percentage points over the target of 85.0%, and higher is better"),
        (20, "Invoices paid within 30 days", "maximise", "Q3 2018/19", GREEN, "same",
         "2.2 percentage points over the target of 95.0%, and higher is better"),
        (21, "Residents satisfied with the council", "maximise", "Q3 2018/19", "no_value",
         None, 'no value for Q3 2018/19: the workbook says "Awaiting data"'),
        (22, "Visits to the website", "maximise", "Q3 2018/19", "no_target", "better",
         'no target for the quarter, and none for the year: the workbook says "Monitor"'),
    ],
)  # fmt: skip
def test_the_scorecard_is_rated(
    scorecard: dict[str, Any],
    row: int,
    name: str,
    polarity: str,
    period: str,
    outcome: str,
    direction: str | None,
    reason: str,
) -> None:
    """Every row, worked out by hand; a line is named by the workbook that it stands in."""
    rating = scorecard["ratings"][name]
    keys = ("cell", "polarity", "period", "expected_outcome", "direction")
    found = [rating[key] for key in keys]
    assert found == [f"Scorecard!A{row}", polarity, period, outcome, direction]
    assert rating["reason"].startswith(reason)
    assert rating["reason"] == reason or reason.endswith("(")


@pytest.fixture(scope="module")
def scorecard() -> dict[str, Any]:
    run = kpi("rate", SAMPLES / SCORECARD, "--format", "json", "--quiet")
    assert (run.exit_code, run.stderr) == (0, "")
    report: dict[str, Any] = json.loads(run.stdout)
    return report | {"ratings": {rating["code"]: rating for rating in report["ratings"]}}


def test_the_scorecard_has_no_other_rows_and_its_own_words_are_understood(
    scorecard: dict[str, Any],
) -> None:
    ratings = scorecard["ratings"].values()
    assert len(ratings) == 15
    assert scorecard["summary"] == {
        RED: 2, AMBER: 5, GREEN: 6, "no_value": 1, "no_target": 1,
    }  # fmt: skip
    rated = [r for r in ratings if r["expected_outcome"] in (RED, AMBER, GREEN)]
    assert [r["published_outcome"] for r in rated] == [r["expected_outcome"] for r in rated]
    assert {r["aim"] for r in ratings} == {
        "Homes and town",
        "Clean and green",
        "The council itself",
    }
    assert {r["committee"] for r in ratings} == {"Homes and Town", "Environment", "Resources"}


def test_the_scorecard_needs_its_profile_and_its_definitions() -> None:
    run = kpi("rate", SAMPLES / SCORECARD, "--no-profile")
    assert run.exit_code == 1
    assert "7 rows not rated" in run.stderr
    assert '"Stormy" is unknown' in run.stderr


@pytest.mark.parametrize("command", ["check", "map", "history"])
def test_every_command_reads_the_scorecard(command: str) -> None:
    assert kpi(command, SAMPLES / SCORECARD).exit_code == 0


def test_the_scorecards_exceptions_are_written(tmp_path: Path) -> None:
    run = kpi("exceptions", SAMPLES / SCORECARD, "-o", tmp_path / "e.xlsx")
    assert run.exit_code == 0
    assert "7 exceptions among 15 indicators" in run.stdout


def test_a_batch_rates_the_scorecard_and_not_its_definitions(tmp_path: Path) -> None:
    run = kpi("batch", SAMPLES / "quarterly", "--output", tmp_path / "results", "--jobs", "1")
    assert run.exit_code == 0, run.stderr
    ratings = (tmp_path / "results" / "ratings").iterdir()
    assert [path.name for path in ratings] == ["quarterly_scorecard.json"]


def test_all_of_what_is_printed_of_the_scorecard() -> None:
    run = kpi("rate", SAMPLES / SCORECARD)
    assert run.stdout == expected("scorecard.txt", run.stdout)


def test_definitions_alone_are_a_workbook_like_any(tmp_path: Path) -> None:
    run = kpi("batch", SAMPLES / DEFINITIONS, "--output", tmp_path / "results", "--jobs", "1")
    assert run.exit_code == 1
    assert "Passed over" not in run.stdout


def test_a_profile_that_cannot_be_read_is_told_once_and_stops_no_batch(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "kpi.toml").write_text("definitions = ", "utf-8")
    (tmp_path / "in" / "one.xlsx").write_bytes((SAMPLES / SCORECARD).read_bytes())
    run = kpi("batch", tmp_path / "in", "--output", tmp_path / "results", "--jobs", "1")
    assert run.exit_code == 3
    assert run.stderr.count("is no TOML") == 1
