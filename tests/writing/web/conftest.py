"""The pages of the samples."""

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.models import Report
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
