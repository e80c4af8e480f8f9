"""Figures, codes and years that nobody would write: read, told or rated, never an error."""

from pathlib import Path

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import kpi

LONG = "9" * 4301  # digits, of which Python makes no number
COMMANDS = [
    ["rate", "--explain"],
    ["rate", "--format", "json", "--spc", "--forecast"],
    ["check"],
    ["history", "--format", "csv"],
    ["exceptions", "--output", "x.xlsx", "--force"],
    ["report", "--output", "x.html", "--force"],
]


@pytest.fixture
def workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a workbook with the largest, the smallest and the longest of everything."""
    monkeypatch.chdir(tmp_path)
    tiny, decimals = "£General", f"0.{'0' * 59}%"
    rows = [
        (*HEADINGS, "Year Introduced"),
        (*row(code="CP 1.1", value=(1e-300, tiny), target=(90, tiny), annual_target=90), 2018),
        (*row(code="CP 1.2", value=(90, "£0"), target=(1e-300, tiny), annual_target=1e15), "x"),
        (*row(code="CP 1.3", value=(5e-324, "General"), target="38-48"), "2018/19"),
        (*row(code="CP 1.4", value=(0.95, decimals), target=(0.9, decimals)), f"2018/{LONG}"),
        (*row(code=f"CP {LONG}", short_name=LONG), LONG),
        (*row(code=LONG, month=f"Q3 {LONG}"), LONG),
        (*row(code="CP 1.5", value=LONG, target=f"1.{LONG}"), f"FY{LONG}"),
    ]
    history = [
        ("Code", "Month", "Value", "Target"),
        *[("CP 1.1", f"{month}-18", (10.0**-n, tiny), 90) for n, month in enumerate(
            ("Jan", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), start=300
        )],
        ("CP 1.2", f"Jan-{LONG}", LONG, 1),
        (LONG, "Jan-18", 1e-300, 1),
    ]  # fmt: skip
    return save_workbook(tmp_path / "in.xlsx", Indicators=rows, History=history)


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_what_nobody_would_write_is_no_error_of_the_program(
    arguments: list[str], workbook: Path
) -> None:
    name, *options = arguments
    run = kpi(name, workbook, *options)
    assert run.exit_code == 1  # the data has errors
    assert "of its own" not in run.stderr
