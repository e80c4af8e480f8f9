"""A new workbook, written once by the command."""

from pathlib import Path

import pytest

from tests.running import kpi_program
from tests.writing.exceptions_workbook.reading_back import MADE, Written


@pytest.fixture(scope="session")
def new_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "indicators.xlsx"
    run = kpi_program("new", path, env={"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"})
    assert (run.returncode, run.stderr) == (0, b"")
    return path


@pytest.fixture(scope="session")
def new(new_file: Path) -> Written:
    return Written(new_file.read_bytes())
