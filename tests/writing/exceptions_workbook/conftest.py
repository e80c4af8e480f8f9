"""The exceptions workbook of the main sample, written once by the command."""

from pathlib import Path

import pytest

from tests.running import SOUTHEND, kpi_program
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.reading_back import MADE, Written


@pytest.fixture(scope="session")
def sample_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("exceptions") / "out.xlsx"
    made = {"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"}
    run = kpi_program("exceptions", SOUTHEND, "-o", path, env=made)
    assert (run.returncode, run.stderr) == (0, b"")
    return path


@pytest.fixture(scope="session")
def sample(sample_file: Path) -> Written:
    return Written(sample_file.read_bytes())


@pytest.fixture(scope="session")
def full_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the workbook with all that can be asked for."""
    path = tmp_path_factory.mktemp("exceptions") / "full.xlsx"
    made = {"SOURCE_DATE_EPOCH": f"{MADE.timestamp():.0f}"}
    run = kpi_program("exceptions", SOUTHEND, "-o", path, "--spc", "--forecast", env=made)
    assert (run.returncode, run.stderr) == (0, b"")
    return path


@pytest.fixture(scope="session")
def full(full_file: Path) -> Written:
    return Written(full_file.read_bytes())


@pytest.fixture(scope="session")
def full_by_code(full: Written) -> dict[str, Block]:
    """Return the blocks of its sheet Detail, by their codes."""
    return {block.heading.split("  ")[0]: block for block in blocks(full)}


@pytest.fixture(scope="session")
def by_code(sample: Written) -> dict[str, Block]:
    """Return the blocks of the sheet Detail, by their codes."""
    return {block.heading.split("  ")[0]: block for block in blocks(sample)}
