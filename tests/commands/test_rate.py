"""`kpi rate --fail-on`: what a script may take for a failure."""

from pathlib import Path

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, PUBLISHED, SOUTHEND, kpi, written


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("conditions", "code", "exit_code"),
    [
        (["red"], "CP 1.2", 1),
        (["red"], "CP 1.1", 0),  # amber
        (["red"], "CP *", 1),
        (["amber"], "CP 1.1", 1),
        (["amber"], "CP 1.2", 1),  # red is worse than amber
        (["amber"], "CP 2.2", 0),  # green
        (["amber"], "CP 3.1", 0),  # no value
        (["no-value"], "CP 3.1", 1),
        (["no-value"], "CP 2.2", 0),
        (["no-target"], "CP *", 0),
        (["worse"], "CP 3.2", 1),
        (["worse"], "CP 3.9", 0),  # better
        (["worse"], "CP 2.2", 0),  # no value a year ago
        (["difference"], "CP *", 0),  # nothing was published
        (["warning"], "CP *", 0),
        (["error"], "CP *", 0),
        (["red", "no-value"], "CP 3.1", 1),
        (["no-value", "red"], "CP 1.1", 0),
    ],
)
def test_fail_on(conditions: list[str], code: str, exit_code: int) -> None:
    options = [text for condition in conditions for text in ("--fail-on", condition)]
    run = kpi("rate", SOUTHEND, "--code", code, "--format", "jsonl", *options)
    assert (run.exit_code, run.stderr) == (exit_code, "")
    assert run.stdout == written("rate", SOUTHEND, "--code", code, "--format", "jsonl")


@pytest.mark.parametrize(
    ("cells", "condition", "exit_code"),
    [
        ({"target": None, "annual_target": None}, "no-target", 1),
        ({"published": "Green"}, "difference", 0),
        ({"published": "Red"}, "difference", 1),
        ({"published": "Purple"}, "warning", 1),
        ({"published": "Purple"}, "error", 0),
        ({"published": "Purple"}, "red", 0),
    ],
)
def test_fail_on_what_the_real_report_has_not(
    cells: dict[str, str | None], condition: str, exit_code: int, tmp_path: Path
) -> None:
    rows = [(*HEADINGS, "Expected Outcome"), row(**cells)]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=rows)
    assert kpi("rate", book).exit_code == 0
    assert kpi("rate", book, "--fail-on", condition).exit_code == exit_code


def test_the_published_report_has_no_difference() -> None:
    assert kpi("rate", PUBLISHED, "--fail-on", "difference").exit_code == 0


@pytest.mark.parametrize("condition", ["red", "no-target", "error"])
def test_errors_in_the_data_fail_whatever_is_asked_for(condition: str) -> None:
    assert kpi("rate", MISTAKES, "--aim", "fair", "--fail-on", condition).exit_code == 1
