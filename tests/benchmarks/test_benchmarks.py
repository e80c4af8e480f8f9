"""The benchmarks run, and make a table; how fast kpi is isn't tested here."""

import platform
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.benchmarks.__main__ import measured
from tests.benchmarks.comparisons import COMPARISONS, Measurement
from tests.benchmarks.inputs import Inputs
from tests.benchmarks.measuring import Command, Figures, is_here, medians, run
from tests.benchmarks.table import SECONDS, Row, machine, renewed, table


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    folder = tmp_path_factory.mktemp("inputs")
    return Inputs(folder, indicators=2, batch=2, loop=1, count=1, growth=(1, 2))


@pytest.fixture(scope="module")
def measurements(inputs: Inputs) -> list[Measurement]:
    return [each for comparison in COMPARISONS.values() for each in comparison(inputs)]


@pytest.mark.parametrize("needs", [(), ("sh",), ("pandas", "python_calamine")])
def test_every_command_runs(needs: tuple[str, ...], measurements: list[Measurement]) -> None:
    if lacking := [needed for needed in needs if not is_here(needed)]:
        pytest.skip(f"{lacking[0]} not installed")
    commands = {
        command for each in measurements if each.needs == needs for command in each.commands
    }
    with ThreadPoolExecutor(4) as pool:
        assert {figures.seconds > 0 for figures in pool.map(run, commands)} == {True}


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(RuntimeError, match=r"nowhere\.xlsx"):
        run(next(COMPARISONS["memory"](_Nowhere(Path()))).commands[1])


class _Nowhere(Inputs):
    def large(self, indicators: int | None = None) -> Path:
        return Path("nowhere.xlsx")


def test_commands_take_turns_of_which_the_first_does_not_count() -> None:
    asked: list[Command] = []
    seconds = iter([50, 60, 3, 30, 1, 10, 2, 20])

    def stub(command: Command) -> Figures:
        asked.append(command)
        return Figures(next(seconds), 7)

    found = medians([("a",), ("b",)], 3, stub)
    assert asked == [("a",), ("b",)] * 4
    assert found == [Figures(2, 7), Figures(20, 7)]


def test_the_table_has_a_row_for_every_comparison(inputs: Inputs) -> None:
    rows = measured(inputs, list(COMPARISONS), 1, lambda command: Figures(len(command), 7))
    lines = table(rows).splitlines()
    assert {line.count("|") for line in lines} == {8}
    assert sum("`import typer`" in line for line in lines) == 1
    assert (
        lines[2] == "| `kpi --version` | 4.000 s | `import typer` | 2.000 s | 2.00 | 1.2 | **no** |"
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
