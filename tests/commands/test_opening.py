"""`kpi rate` with several workbooks: each in its turn, whatever becomes of the others."""

import json
import os
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.batch.failing_calls import Calls, failing
from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, PUBLISHED, SOUTHEND, kpi


def names(*workbooks: object) -> list[str]:
    run = kpi("rate", *workbooks, "--format", "json")
    return [report["workbook"] for report in json.loads(run.stdout)]


def test_they_stand_in_the_order_in_which_they_were_named() -> None:
    assert names(PUBLISHED, MISTAKES, SOUTHEND) == [PUBLISHED.name, MISTAKES.name, SOUTHEND.name]
    assert names(SOUTHEND, PUBLISHED, MISTAKES) == [SOUTHEND.name, PUBLISHED.name, MISTAKES.name]


@pytest.mark.parametrize("format", ["table", "markdown"])
def test_for_people_they_stand_one_below_the_other(format: str) -> None:
    both = kpi("rate", SOUTHEND, PUBLISHED, "--format", format).stdout
    alone = [kpi("rate", book, "--format", format).stdout for book in (SOUTHEND, PUBLISHED)]
    assert both == "\n".join(alone)


def test_one_that_cannot_be_read_does_not_stop_the_rest(tmp_path: Path) -> None:
    missing = tmp_path / "missing.xlsx"
    run = kpi("rate", SOUTHEND, missing, PUBLISHED)
    assert run.exit_code == 3
    assert run.stdout == kpi("rate", SOUTHEND, PUBLISHED).stdout
    assert run.stderr == f"{missing}: there is no such file; check the path\n"


def no_permission(*_: object) -> bool:
    return False


@pytest.mark.parametrize("command", ["rate", "check"])
def test_one_that_may_not_be_read_does_not_stop_the_rest(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may read any: so it is the calls that are made to fail."""
    secret = tmp_path / "secret.xlsx"
    secret.touch()
    plain = Path.open

    def opened(path: Path, *arguments: Any, **named: Any) -> Any:
        if path == secret:
            raise PermissionError(13, "Permission denied")
        return plain(path, *arguments, **named)

    monkeypatch.setattr(os, "access", no_permission)
    monkeypatch.setattr(Path, "open", opened)
    run = kpi(command, SOUTHEND, secret)
    assert run.exit_code == 3
    assert run.stdout == kpi(command, SOUTHEND).stdout
    assert f"{secret}: it can't be opened: Permission denied\n" in run.stderr


def test_one_that_can_not_be_read_to_its_end_is_not_called_damaged(tmp_path: Path) -> None:
    book = shutil.copy(SOUTHEND, tmp_path)
    reads = Calls(tmp_path)
    with failing(reads):
        kpi("rate", book)
    numbers = [number for number, (name, _) in enumerate(reads.made) if name == "read"]
    assert len(numbers) > 2
    for number in numbers:
        with failing(Calls(tmp_path, number)):
            run = kpi("rate", book)
        assert (run.exit_code, run.stdout) == (3, "")
        assert run.stderr == f"{book}: it can't be read: Input/output error\n"


def test_none_that_can_be_read_is_an_empty_list(tmp_path: Path) -> None:
    first, second = tmp_path / "1.xlsx", tmp_path / "2.xlsx"
    run = kpi("rate", first, second, "--format", "json")
    assert run.exit_code == 3
    assert json.loads(run.stdout) == []
    assert [line.partition(": ")[0] for line in run.stderr.splitlines()] == [
        str(first),
        str(second),
    ]


def test_the_same_name_in_two_folders_has_its_path(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "kpis.xlsx" for folder in ("people", "place")]
    for path in paths:
        path.parent.mkdir()
        shutil.copy(SOUTHEND, path)
    assert names(paths[0], PUBLISHED, paths[1]) == [str(paths[0]), PUBLISHED.name, str(paths[1])]


def test_problems_are_told_with_the_workbook_that_they_are_in(tmp_path: Path) -> None:
    paths = [tmp_path / folder / "kpis.xlsx" for folder in ("people", "place")]
    for path in paths:
        path.parent.mkdir()
        save_workbook(path, Indicators=[HEADINGS, row(value="about 50")])
    run = kpi("rate", *paths)
    assert run.exit_code == 1
    assert run.stderr == "".join(
        f'{path} Indicators!E2: error: the value "about 50" cannot be read; CP 1.1 is not rated.'
        " Write a number, a percentage such as 67.5%, or leave the cell empty.\n"
        f"{path}: 1 error; 1 row not rated\n"
        for path in paths
    )


@pytest.mark.parametrize(
    ("workbooks", "exit_code"),
    [
        ([SOUTHEND, PUBLISHED], 0),
        ([SOUTHEND, MISTAKES], 1),
        ([MISTAKES, SOUTHEND], 1),
        ([SOUTHEND, "missing.xlsx"], 3),
        ([MISTAKES, "missing.xlsx", SOUTHEND], 3),
        (["missing.xlsx", MISTAKES], 3),
    ],
)
def test_the_worst_exit_code_counts(workbooks: list[object], exit_code: int) -> None:
    assert kpi("rate", *workbooks).exit_code == exit_code


def test_fail_on_counts_in_any_of_them() -> None:
    assert kpi("rate", SOUTHEND, PUBLISHED, "--fail-on", "no-target").exit_code == 0
    assert kpi("rate", SOUTHEND, PUBLISHED, "--fail-on", "no-value").exit_code == 1
