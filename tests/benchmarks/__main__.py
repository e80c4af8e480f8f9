"""Measure how fast kpi is beside other programs: python -m tests.benchmarks.

It needs the packages that it is compared with: pip install -e '.[benchmarks]'.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from kpi_cli.sentences import counted, listed
from tests.benchmarks.comparisons import COMPARISONS
from tests.benchmarks.inputs import Inputs
from tests.benchmarks.measuring import LONG, Measure, is_here, medians, run
from tests.benchmarks.table import Row, machine, renewed, table

README = Path(__file__).with_name("README.md")


def measured(
    inputs: Inputs, names: list[str], runs: int, measure: Measure
) -> tuple[list[Row], list[str]]:
    """Return the rows of the comparisons of these names, and what others can't run without."""
    rows: list[Row] = []
    lacking: list[str] = []
    for name in names:
        print(f"{name}: preparing", file=sys.stderr)
        for number, measurement in enumerate(COMPARISONS[name](inputs), 1):
            if missing := [needed for needed in measurement.needs if not is_here(needed)]:
                print(f"{name} {number}: left out for want of {missing[0]}", file=sys.stderr)
                lacking.append(missing[0])
                continue
            turns = min(runs, measurement.most_runs or runs)
            print(f"{name} {number}: {counted(turns, 'run')}", file=sys.stderr)
            rows += measurement.rows(medians(measurement.commands, turns, measure))
    return rows, sorted(set(lacking))


def figures_of(rows: list[Row], lacking: list[str], runs: int) -> str:
    """Return what the README says: the table, what isn't in it, and how it was measured."""
    left_out = (
        f"Left out, for they can't run here, are rows with {listed(lacking, last='and')}.\n\n"
    )
    fewer = f" (of at most {LONG} where they take long)" if runs > LONG else ""
    return (
        f"{table(rows)}\n{left_out if lacking else ''}"
        f"Medians of {counted(runs, 'run')}{fewer}, on: {machine()}\n"
    )


def main() -> None:
    """Measure what the command line asks for, and print it."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks", description="Measure how fast kpi is."
    )
    parser.add_argument("--runs", type=int, default=7, help="of each program; 7 if not given")
    parser.add_argument(
        "--only", action="append", choices=COMPARISONS, help="measure this; can be repeated"
    )
    parser.add_argument(
        "--quick", action="store_true", help="one run of each, of small workbooks: does it work?"
    )
    parser.add_argument("--readme", action="store_true", help="write the figures into the README")
    asked = parser.parse_args()
    if asked.runs < 1:
        parser.error("--runs: at least 1")
    if asked.readme and (asked.quick or asked.only):
        parser.error("--readme: the README has the figures of a whole run")
    with tempfile.TemporaryDirectory() as folder:
        inputs = Inputs(Path(folder))
        if asked.quick:
            inputs = Inputs(
                Path(folder), indicators=50, batch=4, loop=2, growth=(20, 40, 80), many=40
            )
        runs = 1 if asked.quick else asked.runs
        found = measured(inputs, asked.only or list(COMPARISONS), runs, run)
    figures = figures_of(*found, runs)
    if asked.readme:
        README.write_text(renewed(README.read_text("utf-8"), figures), "utf-8")
    print(figures)


if __name__ == "__main__":
    main()
