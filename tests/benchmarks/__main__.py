"""Measure how fast kpi is beside other programs: python -m tests.benchmarks.

It needs the packages that it is compared with: pip install -e '.[benchmarks]'.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kpi_cli.sentences import counted
from tests.benchmarks.comparisons import COMPARISONS
from tests.benchmarks.inputs import Inputs
from tests.benchmarks.measuring import Measure, is_here, medians, run
from tests.benchmarks.table import Row, machine, renewed, table

README = Path(__file__).with_name("README.md")


def measured(inputs: Inputs, names: list[str], runs: int, measure: Measure) -> Iterator[Row]:
    """Yield the rows of the comparisons of these names, but for those whose peer can't run."""
    for name in names:
        print(f"{name}: preparing", file=sys.stderr)
        for number, measurement in enumerate(COMPARISONS[name](inputs), 1):
            if lacking := [needed for needed in measurement.needs if not is_here(needed)]:
                print(f"{name} {number}: left out for want of {lacking[0]}", file=sys.stderr)
                continue
            print(f"{name} {number}: {runs} runs", file=sys.stderr)
            yield from measurement.rows(medians(measurement.commands, runs, measure))


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
            inputs = Inputs(Path(folder), indicators=50, batch=4, loop=2, growth=(20, 40, 80))
        runs = 1 if asked.quick else asked.runs
        found = table(measured(inputs, asked.only or list(COMPARISONS), runs, run))
    figures = f"{found}\nMedians of {counted(runs, 'run')}, on: {machine()}\n"
    if asked.readme:
        README.write_text(renewed(README.read_text("utf-8"), figures), "utf-8")
    print(figures)


if __name__ == "__main__":
    main()
