"""The pages of the samples."""

from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.models import Report
from tests.builders import HEADINGS, HOSTILE, row, save_workbook
from tests.running import SAMPLES, SOUTHEND
from tests.writing.web.reading_pages import Page, page_of


@pytest.fixture(scope="session")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


@pytest.fixture(scope="session")
def sample(southend: Report) -> Page:
    return page_of(southend)


@pytest.fixture(scope="session")
def full(southend: Report) -> Page:
    """Return the page with all that can be asked for."""
    return page_of(southend, with_spc=True, with_forecast=True)


@pytest.fixture(scope="session")
def quarters() -> Page:
    scorecard = SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"
    return page_of(rate(read_workbook(scorecard)), with_spc=True, with_forecast=True)


@pytest.fixture(scope="session")
def hostile_report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Return the report of a workbook with hostile text in every field that takes text."""
    evil = f"{HOSTILE} \"'><script>alert(1)</script><img src=//x.y onerror=z>&amp;{{{{7*7}}}}{{%"
    texts = (
        "Managed By", "Scrutiny Committee", "Aim", "Responsible OUs", "Comment", "Data Source",
        "Year Introduced",
    )  # fmt: skip
    rows = [(*HEADINGS, *texts)]
    for number, amount in enumerate((80, 89, 95, "95 <b>", None)):
        code = f"{evil}{number}"
        rows.append(
            (*row(code=code, short_name=evil, value=amount), *[f"{evil}{number % 2}"] * len(texts))
        )
    settings = [("Setting", "Value"), ("Organisation", evil), ("Report Title", evil)]
    history: list[tuple[Any, ...]] = [("MPR Code", "Month", "Value", "Target")]
    history += [(f"{evil}{n}", f"{m} 2018", 80 + n, 90) for n in range(3) for m in ("May", "June")]
    folder = tmp_path_factory.mktemp("hostile")
    book = save_workbook(folder / "<b>'&.xlsx", Indicators=rows, History=history, Settings=settings)
    return rate(read_workbook(book))


@pytest.fixture(scope="session")
def hostile(hostile_report: Report) -> Page:
    return page_of(hostile_report, with_spc=True, with_forecast=True)
