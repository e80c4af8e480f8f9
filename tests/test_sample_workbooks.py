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
from tests.running import kpi

SAMPLES = Path(__file__).parent.parent / "sample_workbooks"
SOUTHEND = "southend_january_2019.xlsx"
PUBLISHED = "southend_january_2019_published.xlsx"
MISTAKES = "with_mistakes.xlsx"
AS_PUBLISHED = "as_published.xlsx"
WIDE_HISTORY = "wide_history.xlsx"
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
    committed = sorted(path.name for path in SAMPLES.glob("*.xlsx"))
    assert sorted(path.name for path in built.iterdir()) == committed
    assert sorted(re.findall(r"^\| `(\w+\.xlsx)` \|", README, re.MULTILINE)) == committed


@pytest.mark.parametrize("name", [SOUTHEND, PUBLISHED, MISTAKES, AS_PUBLISHED, WIDE_HISTORY])
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
    assert fields == {"workbook": [], "cell": everyone, "published_outcome": ["CP 3.1"]}
    fields = differing(AS_PUBLISHED, SOUTHEND)
    published = ["published_direction", "published_outcome"]
    assert sorted(fields) == sorted(["workbook", "cell", *published])


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
