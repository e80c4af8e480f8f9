"""The manual's page on Windows tells of every place where the program does something else there."""

import re

import pytest

from kpi_cli.batch.workers import _MOST_ON_WINDOWS
from tests.running import ROOT

PAGE = (ROOT / "kpi_cli" / "docs" / "windows.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if line.startswith("| ")]
OF_A_SYSTEM = re.compile(
    r"sys\.platform|\bos\.name\b|winerror|SIGBREAK|EINVAL|_DEVICE = |utf-8-sig\"\)|\.drive\b"
)
TOLD = {
    "__main__.py": ["Ctrl-C, Ctrl-Break"],
    "batch/signals.py": ["Ctrl-C during the start of a worker", "workers when the batch is killed"],
    "batch/sources.py": ["`*` and `?` in a path", "workbooks on several drives"],
    "batch/workers.py": [f"at most {_MOST_ON_WINDOWS} at once"],
    "batch/summary.py": ["CSV files"],
    "cli.py": ["`*` and `?` in a path", "and other options"],
    "commands/beside.py": ["profiles (`kpi.toml`)"],
    "commands/ending.py": ["left before its end"],
    "names.py": ["names that are devices"],
    "reading/profile.py": ["profiles (`kpi.toml`)"],
    "writing/exceptions_workbook/splitting.py": ["CSV files"],
    "writing/files.py": [
        "0.05, 0.1, 0.2 and 0.4 seconds",
        "more than 259 characters",
        "permissions",
    ],
    "writing/formats.py": ["CSV files"],
}
"""What the page has to say for each file; all formats are told at once."""


def test_every_place_is_told() -> None:
    package = ROOT / "kpi_cli"
    places = {
        "writing/formats.py" if path.name == "formats.py" else path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if OF_A_SYSTEM.search(path.read_text("utf-8"))
    }
    assert places == set(TOLD)


@pytest.mark.parametrize("words", [words for told in TOLD.values() for words in told])
def test_the_page_has_a_row_that_says_so(words: str) -> None:
    assert [row for row in ROWS if words in row]


def test_the_seconds_and_the_length_are_the_programs() -> None:
    text = (ROOT / "kpi_cli" / "writing" / "files.py").read_text("utf-8")
    assert "_WAITS = (0.05, 0.1, 0.2, 0.4) if" in text
    assert "_LONGEST = 259 if" in text
