"""CONTRIBUTING is true: every change that it shows is made in a copy of the program, and works."""

import csv
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from kpi_cli.reading.workbook import read_workbook
from tests.builders import HEADINGS, row, save_workbook
from tests.running import ROOT, SOUTHEND, environment
from tests.writing.exceptions_workbook.reading_back import Written

PAGE = (ROOT / ".github" / "CONTRIBUTING.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^## (.*?)\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL))
NEW = re.compile(r"```(?:python|markdown)\n# (kpi_cli/\S+)\n(.*?)```", re.DOTALL)
CHANGED = re.compile(r"```diff\n--- (kpi_cli/\S+)\n(.*?)```", re.DOTALL)
PLACES = {  # the files that are there already and are changed
    "Add a check": ["kpi_cli/checks/__init__.py"],
    "Add a field": [
        "kpi_cli/fields.py",
        "kpi_cli/models.py",
        "kpi_cli/writing/ratings/record.py",
        "kpi_cli/writing/ratings/record_fields.py",
    ],
    "Add a format": ["kpi_cli/writing/ratings/formats.py"],
    "Add a method of forecasting": ["kpi_cli/forecasting/outturn.py"],
    "Add a command": ["kpi_cli/cli.py"],
    "Add a page of the manual": ["kpi_cli/commands/__init__.py"],
}


class Copy(NamedTuple):
    """A copy of the program, with everything in it that the page adds."""

    folder: Path

    def run(self, *command: object) -> str:
        """Return what a program of its own prints there."""
        done = subprocess.run(
            [sys.executable, "-B", "-m", *map(str, command)],
            cwd=self.folder,
            env=environment({"PYTHONPATH": str(self.folder), "COLUMNS": "120"}),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
        )
        assert "Traceback" not in done.stderr, done.stderr
        return done.stdout

    def kpi(self, *arguments: object) -> str:
        """Return what the changed command prints."""
        return self.run("kpi_cli", *arguments)


def applied(text: str, change: str) -> str:
    """Return a text with a change made, whose lines have to be found there once."""
    for hunk in change.split("@@\n"):
        lines = hunk.splitlines(keepends=True)
        before = "".join(line[1:] for line in lines if line[0] in " -")
        after = "".join(line[1:] for line in lines if line[0] in " +")
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Copy:
    folder = tmp_path_factory.mktemp("copy")
    shutil.copytree(
        ROOT / "kpi_cli", folder / "kpi_cli", ignore=shutil.ignore_patterns("__pycache__")
    )
    shutil.copy(ROOT / "pyproject.toml", folder)
    for name, text in NEW.findall(PAGE):
        (folder / name).write_text(text, "utf-8")
    for name, change in CHANGED.findall(PAGE):
        path = folder / name
        path.write_text(applied(path.read_text("utf-8"), change), "utf-8")
    return Copy(folder)


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "x.xlsx"
    return save_workbook(path, Indicators=[(*HEADINGS, "Ward"), row(value=50, ward="Thorpe")])


@pytest.mark.parametrize(("title", "places"), PLACES.items())
def test_a_change_is_in_one_place(title: str, places: Sequence[str]) -> None:
    """A field is in two, and in two more for what programs read: the page says why."""
    changed = [name for name, _ in CHANGED.findall(SECTIONS[title])]
    new = [name for name, _ in NEW.findall(SECTIONS[title])]
    assert changed == places
    assert len(new) <= 1
    assert not [name for name in new if (ROOT / name).exists()]


def test_every_way_to_add_something_is_tried() -> None:
    assert [title for title in SECTIONS if title.startswith("Add ")] == list(PLACES)


def test_a_new_check_is_listed_and_finds(copy: Copy, workbook: Path) -> None:
    assert "of which nobody is named as the manager" in copy.kpi("check", "--list")
    problems = csv.DictReader(copy.kpi("check", workbook, "--format", "csv").splitlines())
    found = [problem for problem in problems if problem["check"] == "manager-missing"]
    assert [(each["cell"], each["hint"]) for each in found] == [
        ("Indicators!A2", "Name who manages it.")
    ]


def test_a_new_field_is_offered_by_kpi_new_and_read(copy: Copy, workbook: Path) -> None:
    copy.kpi("new", "new.xlsx")
    written = Written((copy.folder / "new.xlsx").read_bytes()).sheet("Indicators")
    assert "Ward" in [cell.value for cell in written[1]]
    (line,) = csv.DictReader(copy.kpi("rate", workbook, "--format", "csv").splitlines())
    assert line["ward"] == "Thorpe"


def test_a_new_format_is_offered_and_written(copy: Copy, workbook: Path) -> None:
    assert "list" in copy.kpi("rate", "--help").partition("--format")[2].partition("]")[0]
    copy.kpi("rate", workbook, "--output", "ratings.list")
    text = (copy.folder / "ratings.list").read_text("utf-8")
    assert text == "CP 1.1: At risk of missing target\n"


def test_a_new_method_of_forecasting_is_used(copy: Copy) -> None:
    printed = copy.kpi("forecast", SOUTHEND, "--format", "csv")
    methods = {line["forecast_method"] for line in csv.DictReader(printed.splitlines())}
    assert "the mean of the last three" in methods
    assert not [method for method in methods if method.startswith("stays where it is")]


def test_a_new_command_is_listed_and_runs(copy: Copy) -> None:
    assert "codes" in copy.kpi("--help")
    codes = [indicator.code for indicator in read_workbook(SOUTHEND).indicators]
    assert copy.kpi("codes", SOUTHEND).splitlines() == codes


def test_a_new_page_is_shown(copy: Copy) -> None:
    assert "which ward the figures of an indicator are of" in copy.kpi("help", "wards")


def test_what_is_added_reads_as_the_rest_does(copy: Copy) -> None:
    new = [name for name, _ in NEW.findall(PAGE) if name.endswith(".py")]
    changed = [name for name, _ in CHANGED.findall(PAGE)]
    for command in (["ruff", "check"], ["ruff", "format", "--check"]):
        printed = copy.run(*command, *dict.fromkeys((*new, *changed)))
        assert "passed" in printed or "already formatted" in printed, printed


def test_the_tools_of_the_page_are_those_of_the_project() -> None:
    ran = (ROOT / ".ci" / "run").read_text("utf-8")
    hooks = (ROOT / ".pre-commit-config.yaml").read_text("utf-8")
    for tool in ("ruff check", "ruff format --check", "mypy"):
        assert tool in ran
        assert tool in PAGE
        assert tool in hooks
    named = re.findall(r"`((?:tests|kpi_cli)/[\w/]+(?:\.\w+)?)`", PAGE)
    assert named
    added = [name for name, _ in NEW.findall(PAGE)]
    assert [name for name in named if name not in added and not (ROOT / name).exists()] == []
