"""`kpi help`: the pages of the manual, and the help of commands that have none."""

import re

import pytest

from kpi_cli.cli import COMMANDS
from kpi_cli.commands import PAGES
from tests.running import ROOT, kpi, kpi_in_terminal, kpi_program


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_shown_whole(page: str) -> None:
    run = kpi("help", page)
    assert (run.exit_code, run.stderr) == (0, "")
    text = (ROOT / "kpi_cli" / "docs" / f"{page}.md").read_text("utf-8")
    title = text.partition("\n")[0].removeprefix("# ")
    assert run.stdout.splitlines()[0].strip() == title
    shown = "".join(run.stdout.split())
    for heading in re.findall(r"(?m)^## (.*)$", text):
        assert "".join(heading.split()) in shown
    for example in re.findall(r"(?m)^(?:\$ )?(kpi .*)$", text):
        assert "".join(example.split()) in shown
    assert "<!--" not in run.stdout
    assert not re.search(r"\.md\)|\.png", run.stdout)  # no link that leads nowhere here


def test_an_example_can_be_pasted_from_a_narrow_screen() -> None:
    shown = kpi_in_terminal("help", "compare", width=80)
    asked = "sample_workbooks/southend_january_2019.xlsx --month 2018-12 --month 2019-01 --all"
    assert f"kpi compare {asked}" in shown


def test_a_link_says_how_its_page_is_shown() -> None:
    assert "thresholds (kpi help thresholds)" in " ".join(kpi("help", "rules").stdout.split())


@pytest.mark.parametrize("name", ["Rules", " rules ", "rules.md"])
def test_a_page_is_found_however_it_is_written(name: str) -> None:
    assert kpi("help", name).stdout == kpi("help", "rules").stdout


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - set(PAGES) - {"help"}))
def test_a_command_without_a_page_shows_its_options(command: str) -> None:
    run = kpi("help", command)
    assert (run.exit_code, run.stdout, run.stderr) == (0, kpi(command, "--help").stdout, "")


def test_a_page_of_a_command_has_its_options() -> None:
    for command in set(COMMANDS) & set(PAGES):
        assert "--debug" in kpi("help", command).stdout


@pytest.mark.parametrize(
    ("name", "said"), [("rulez", 'is "rules" meant?'), ("xyz", "there are recipes, workbook,")]
)
def test_there_is_no_such_page(name: str, said: str) -> None:
    run = kpi("help", name)
    assert (run.exit_code, run.stdout) == (2, "")
    assert f'there is no page "{name}"; {said}' in " ".join(run.stderr.split())


def test_the_help_lists_the_pages() -> None:
    listed = kpi("--help").stdout.partition("kpi help PAGE:\n")[2]
    assert listed.replace("\n", " ").split() == ", ".join(PAGES).split()


def test_a_terminal_and_an_old_encoding() -> None:
    shown = re.sub(r"\x1b\[[\d;]*m", "", kpi_in_terminal("help", "limits", width=60))
    assert max(map(len, shown.split("\n"))) <= 60
    run = kpi_program("help", "rules", env={"PYTHONIOENCODING": "ascii"})
    assert (run.returncode, run.stderr) == (0, b"")
