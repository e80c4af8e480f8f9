"""What a shell is offered: the codes and names of the workbook that the line names."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kpi_cli.commands import completing
from kpi_cli.commands.completing import aims, codes, committees, offered, responsible_ous
from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, SOUTHEND, environment

PEOPLE = ["Department for People", "Department for Place"]


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    """Return what sets the environment, in which the line typed so far is given."""
    for name in ("COMP_WORDS", "_TYPER_COMPLETE_ARGS", "_KPI_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    return monkeypatch


@pytest.mark.parametrize(
    ("names_of", "begun", "found"),
    [
        (codes, "cp 4.1", ["CP 4.10"]),
        (codes, "CP 1.", ["CP 1.1", "CP 1.2", "CP 1.4", "CP 1.5"]),
        (committees, "policy and", ["Policy & Resources Scrutiny"]),  # spelt in two ways there
        (aims, "", ["CLEAN", "EXCELLENT", "HEALTHY", "PROSPEROUS", "SAFE"]),
        (responsible_ous, "dep", PEOPLE),
        (codes, "XY", []),
    ],
)
def test_what_is_offered_of_the_workbook_typed(
    typed: pytest.MonkeyPatch,
    names_of: Callable[..., tuple[str, ...]],
    begun: str,
    found: list[str],
) -> None:
    typed.setenv("_TYPER_COMPLETE_ARGS", f'kpi rate "{SOUTHEND}" --quiet --code ')
    assert offered(names_of)(begun) == found


@pytest.mark.parametrize(
    ("shell", "shown"),
    [
        ("complete_bash", r"Policy\ \&\ Resources\ Scrutiny"),
        ("complete_zsh", "Policy & Resources Scrutiny"),
        ("complete_fish", "Policy & Resources Scrutiny"),
        ("complete_powershell", "'Policy & Resources Scrutiny'"),
        ("complete_pwsh", "'Policy & Resources Scrutiny'"),
    ],
)
def test_each_shell_gets_it_as_it_is_typed_there(
    typed: pytest.MonkeyPatch, shell: str, shown: str
) -> None:
    typed.setenv("_KPI_COMPLETE", shell)
    typed.setenv("COMP_WORDS", f"kpi\nrate\n{SOUTHEND}\n--committee\nPol")
    assert offered(committees)("Pol") == [shown]


def test_an_open_quotation_hides_no_workbook_before_it(typed: pytest.MonkeyPatch) -> None:
    typed.setenv("COMP_WORDS", f"kpi show {SOUTHEND} 'CP 4.1")
    assert offered(codes)("CP 4.1") == ["CP 4.10"]


def test_of_several_workbooks_each_name_is_offered_once(
    typed: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    other = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(code="cp 1.1"), row()])
    typed.setenv("COMP_WORDS", f"kpi rate {other} {SOUTHEND} --code ")
    assert offered(codes)("cp 1.1") == ["cp 1.1"]


@pytest.mark.parametrize("line", ["kpi rate nope.xlsx --code ", "kpi rate --code ", ""])
def test_without_a_workbook_nothing_is(typed: pytest.MonkeyPatch, line: str) -> None:
    typed.setenv("COMP_WORDS", line)
    assert offered(codes)("") == []


def test_what_is_no_workbook_or_a_large_one_is_left_alone(
    typed: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 and no more")
    typed.setenv("COMP_WORDS", f"kpi rate {broken} --code ")
    assert offered(codes)("") == []
    typed.setenv("COMP_WORDS", f"kpi rate {MISTAKES} --code ")
    assert offered(codes)("")
    typed.setattr(completing, "_LARGEST", MISTAKES.stat().st_size - 1)
    assert offered(codes)("") == []


def test_a_real_shell_is_answered() -> None:
    line = f"kpi show {SOUTHEND} CP\\ 4.1"
    asked = {"_KPI_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": "3"}
    program = "import sys; from kpi_cli.cli import app; app(prog_name='kpi')"
    run = subprocess.run(
        [sys.executable, "-c", program], env=environment(asked), capture_output=True, timeout=60
    )
    assert (run.returncode, run.stdout.decode()) == (0, "CP\\ 4.10\n")
