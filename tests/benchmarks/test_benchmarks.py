"""The benchmarks run, and make a table; how fast kpi is isn't tested here."""

import platform
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from kpi_cli import rate, read_workbook
from tests.benchmarks.__main__ import measured
from tests.benchmarks.comparisons import COMPARISONS
from tests.benchmarks.inputs import Inputs
from tests.benchmarks.measurement import Measurement
from tests.benchmarks.measuring import (
    DEBIAN,
    LONG,
    PEAK,
    Command,
    Figures,
    is_here,
    medians,
    run,
)
from tests.benchmarks.table import SECONDS, Row, machine, renewed, table


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("inputs")
    return Inputs(folder, indicators=2, batch=2, loop=1, count=1, growth=(1, 2), many=2)


@pytest.fixture(scope="module")
def measurements(inputs: Inputs) -> list[Measurement]:
    return [each for comparison in COMPARISONS.values() for each in comparison(inputs)]


@pytest.mark.parametrize(
    "needs", [(), ("sh",), ("pandas", "python_calamine"), (DEBIAN,), ("resource",)]
)
def test_every_command_runs(needs: tuple[str, ...], measurements: list[Measurement]) -> None:
    if lacking := [needed for needed in needs if not is_here(needed)]:
        pytest.skip(f"{lacking[0]} not installed")
    commands = {
        _without_workbooks(command): command
        for each in measurements
        if each.needs == needs
        for command in each.commands
    }
    with ThreadPoolExecutor(4) as pool:
        assert {figures.seconds > 0 for figures in pool.map(run, commands.values())} == {True}


def _without_workbooks(command: Command) -> Command:
    """Return a command without what it reads: another workbook is no other command."""
    return tuple(argument for argument in command if Path(argument).suffix != ".xlsx")


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match=r"nowhere\.xlsx"):
        run(next(COMPARISONS["memory"](_Nowhere(Path()))).commands[1])


class _Nowhere(Inputs):
    def large(self, indicators: int | None = None) -> Path:
        return Path("nowhere.xlsx")


def test_commands_take_turns_of_which_the_first_does_not_count() -> None:
    asked: list[Command] = []
    seconds = iter([50, 60, 3, 30, 1, 10, 2, 20, 4, 40, 5, 50])

    def stub(command: Command) -> Figures:
        asked.append(command)
        return Figures(next(seconds), 7)

    found = medians([("a",), ("b",)], 5, stub)
    assert asked == [("a",), ("b",)] * 6
    assert found == [Figures(3, 7), Figures(30, 7)]


def test_of_few_turns_each_counts() -> None:
    seconds = iter([50, 3, 1])
    assert medians([("a",)], LONG, lambda _: Figures(next(seconds), 7)) == [Figures(3, 7)]


def test_what_takes_long_takes_fewer_turns(inputs: Inputs) -> None:
    asked: list[Command] = []

    def stub(command: Command) -> Figures:
        asked.append(command)
        return Figures(1, 1)

    measured(inputs, ["start", "memory"], 7, stub)
    turns = [asked.count(command) for command in dict.fromkeys(asked)]
    assert turns[:6] == [1 + 7] * 2 + [LONG] * 4


def test_what_can_not_run_is_left_out_and_named(
    inputs: Inputs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tests.benchmarks.__main__.is_here", lambda name: False)
    rows, lacking = measured(inputs, ["report"], 1, lambda command: Figures(1, 1))
    assert len(rows) == 2
    assert lacking == ["pandas"]


def test_what_measures_loads_no_more_than_it_needs() -> None:
    """Linux counts its memory as that of each program, until that runs."""
    code = "import sys, tests.benchmarks.__main__; sys.exit('openpyxl' in sys.modules)"
    run((sys.executable, "-c", code))


def test_the_memory_of_a_program_may_be_its_own_alone() -> None:
    own = "import sys, pathlib; pathlib.Path(sys.argv[1]).write_text('5.5')"
    assert run((sys.executable, "-c", own, PEAK)).megabytes == 5.5


def test_a_batch_tells_its_own_memory_and_not_that_of_its_workers(tmp_path: Path) -> None:
    if not is_here("resource"):
        pytest.skip("this system doesn't tell")
    told = tmp_path / "told"
    code = (
        "import subprocess, sys; from tests.benchmarks.parts.itself import peak;"
        "subprocess.run([sys.executable, '-c', 'bytearray(150_000_000)']);"
        "print(peak(), file=open(sys.argv[1], 'w'))"
    )
    assert run((sys.executable, "-c", code, str(told))).megabytes > 150
    assert 5 < float(told.read_text()) < 150


def test_the_same_cells_stand_in_a_workbook_as_excel_writes_it(inputs: Inputs) -> None:
    inline, shared = inputs.large(), inputs.shared()
    written, rewritten = (rate(read_workbook(path)) for path in (inline, shared))
    assert replace(rewritten, workbook=written.workbook) == written
    assert values_by_openpyxl(shared) == values_by_openpyxl(inline)
    with zipfile.ZipFile(shared) as package:
        sheets = [package.read(name) for name in package.namelist() if "/sheet" in name]
        texts = package.read("xl/sharedStrings.xml")
    assert not any(b"inlineStr" in sheet for sheet in sheets)
    assert texts.count(b"<si>") == len(set(texts.split(b"<si>"))) - 1
    assert texts.count(b"<t>LB 1.1</t>") == 1


def values_by_openpyxl(path: Path) -> list[list[tuple[object, ...]]]:
    book = load_workbook(path, read_only=True)
    values: list[list[tuple[object, ...]]] = [
        list(sheet.iter_rows(values_only=True)) for sheet in book
    ]
    book.close()
    return values


def test_the_earlier_of_two_large_workbooks_lacks_the_latest_month(inputs: Inputs) -> None:
    earlier, later = (read_workbook(path) for path in (inputs.earlier(), inputs.large()))
    assert [found.indicators[0].period.label for found in (earlier, later)] == [
        "December 2018",
        "January 2019",
    ]


def test_the_table_has_a_row_for_every_comparison(inputs: Inputs) -> None:
    rows, _ = measured(inputs, list(COMPARISONS), 1, lambda command: Figures(len(command), 7))
    lines = table(rows).splitlines()
    assert {line.count("|") for line in lines} == {8}
    assert sum("`import typer`" in line for line in lines) == 1
    assert (
        lines[2] == "| `kpi --version` | 4.000 s | `import typer` | 2.000 s | 2.00 | 1 | **no** |"
    )


@pytest.mark.parametrize(
    ("ours", "at_most", "met"),
    [(1.19, 1.2, "yes"), (1.2, 1.2, "yes"), (1.21, 1.2, "**no**"), (9, None, "")],
)
def test_a_row_says_whether_the_ratio_is_met(ours: float, at_most: float | None, met: str) -> None:
    assert Row("this", "that", ours, 1, SECONDS, at_most).met == met


def test_the_figures_have_one_place_in_the_readme() -> None:
    place = "<!-- figures: made -->\nold\n<!-- end of figures -->"
    assert renewed(f"a\n{place}\nb", "new\n") == f"a\n{place.replace('old', 'new')}\nb"
    with pytest.raises(ValueError, match="no place"):
        renewed("a", "new\n")


def test_the_machine_is_told_without_its_name_or_paths() -> None:
    assert "openpyxl" in machine()
    assert platform.node() not in machine()
    assert str(Path.home()) not in machine()
