"""What is loaded when: help and version don't wait for the libraries that rate and write."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from kpi_cli.cli import COMMANDS

PACKAGE = Path(__file__).parent.parent / "kpi_cli"
SAMPLE = str(PACKAGE.parent / "sample_workbooks" / "southend_january_2019.xlsx")
HEAVY = ("openpyxl", "pydantic", "rich")


@cache
def loaded(*arguments: str, before: str = "") -> frozenset[str]:
    """Return the modules that a command has loaded when it ends, after what ran before it."""
    code = (
        f"import sys, runpy\n{before}\n"
        f"sys.argv = ['kpi', *{list(arguments)!r}]\n"
        "try:\n    runpy.run_module('kpi_cli', run_name='__main__')\n"
        "except SystemExit:\n    pass\n"
        "print('\\n'.join(sys.modules), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return frozenset(run.stderr.splitlines())


@pytest.mark.parametrize("argument", ["--version", "--help"])
def test_version_and_help_load_no_heavy_library(argument: str) -> None:
    modules = loaded(argument)
    assert "typer" in modules
    assert {name for name in modules if name.split(".")[0] in HEAVY} == set()


def test_help_of_a_command_loads_neither_excel_nor_tables() -> None:
    modules = loaded("rate", "--help")
    assert {name for name in modules if name.split(".")[0] in ("openpyxl", "rich")} == set()


@pytest.mark.parametrize("command", ["rate", "check", "history", "forecast"])
def test_json_needs_no_tables(command: str) -> None:
    modules = loaded(command, SAMPLE, "--format", "json")
    assert "kpi_cli.xlsx.worksheet_part" in modules
    assert "rich.table" not in modules


def test_rating_loads_nothing_that_writes_workbooks() -> None:
    modules = loaded("rate", SAMPLE)
    assert "openpyxl" not in modules
    assert not any(name.startswith("kpi_cli.writing.exceptions_workbook") for name in modules)


NOT_NEEDED = ("numpy", "PIL", "lxml")


@pytest.fixture
def installed(tmp_path: Path) -> str:
    """Return what has Python find packages that openpyxl takes where they are installed."""
    for name in NOT_NEEDED:
        (tmp_path / "lib" / name).mkdir(parents=True)
        (tmp_path / "lib" / name / "__init__.py").write_text("short = lambda number: number\n")
    return f"sys.path.insert(0, {str(tmp_path / 'lib')!r})"


@pytest.mark.parametrize(
    ("command", "product"),
    [
        (("exceptions", SAMPLE, "--output"), "x.xlsx"),
        (("new",), "x.xlsx"),
        (("batch", SAMPLE, "--make", "exceptions", "--jobs", "1", "--output"), "made"),
    ],
)
def test_workbooks_are_written_without_what_they_do_not_need(
    command: tuple[str, ...], product: str, installed: str, tmp_path: Path
) -> None:
    output = tmp_path / product
    modules = loaded(*command, str(output), before=installed)
    assert output.exists()
    assert "openpyxl" in modules
    assert not modules & {*NOT_NEEDED}


def test_what_was_loaded_before_stays_and_the_rest_can_be_loaded(
    installed: str, tmp_path: Path
) -> None:
    code = (
        f"import sys\n{installed}\n"
        "import PIL\n"
        "import kpi_cli.writing.excel.cells\n"
        "assert sys.modules['PIL'] is PIL\n"
        "import numpy\n"
        "print(numpy.short(7))\n"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert (run.stdout, run.stderr) == ("7\n", "")


def test_the_records_are_loaded_for_their_names_and_the_schema() -> None:
    """Every field's description costs a little time."""
    records = "kpi_cli.writing.ratings.record"
    assert records not in loaded("rate", SAMPLE)
    assert records not in loaded("check", SAMPLE)
    assert records not in loaded("history", SAMPLE)
    assert records not in loaded("rate", SAMPLE, "--format", "json")
    assert records in loaded("rate", SAMPLE, "--format", "csv")


def test_the_list_of_commands_loads_none_of_them() -> None:
    for arguments in (["--help"], ["nonsense"]):
        assert not any(name.startswith("kpi_cli.commands.") for name in loaded(*arguments))


@pytest.mark.parametrize("command", sorted(set(COMMANDS) - {"help"}))
def test_a_command_loads_no_other(command: str) -> None:
    modules = loaded(command, "--help")
    there = {f"kpi_cli.commands.{name}" for name in COMMANDS}
    assert there & modules == {f"kpi_cli.commands.{command}"}


def test_a_batch_loads_no_models_before_its_workers_begin_to_load_theirs() -> None:
    code = (
        "import sys\n"
        "from kpi_cli.cli import app\n"
        "import kpi_cli.commands.batch as batch\n"
        "def prepare(*_, **__):\n"
        "    sys.exit(f'{\"kpi_cli.models\" in sys.modules}')\n"
        "batch.prepare = prepare\n"
        "app(['batch', 'x.xlsx', '-o', 'x'])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert run.stderr == "False\n"


def test_what_reads_an_option_is_made_for_those_that_are_given() -> None:
    code = (
        "import sys\n"
        "from pydantic import TypeAdapter\n"
        "make, made = TypeAdapter.__init__, []\n"
        "def counting(self, *kind, **more):\n"
        "    made.append(kind)\n"
        "    make(self, *kind, **more)\n"
        "TypeAdapter.__init__ = counting\n"
        "from kpi_cli.cli import app\n"
        f"app(['rate', {SAMPLE!r}, '--code', 'CP *'], standalone_mode=False)\n"
        "print(len(made), file=sys.stderr)"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert int(run.stderr) < 14  # of more than 30 options
