"""The exceptions workbook, written by a process that has the report at hand.

    python tests/benchmarks/parts/writing.py take WORKBOOK REPORT
    python tests/benchmarks/parts/writing.py write REPORT EXCEPTIONS.xlsx [--charts]

The second is timed.
"""

import argparse
import gc
import pickle
from datetime import datetime
from pathlib import Path


def take(workbook: Path, report: Path) -> None:
    """Keep a workbook's report."""
    from kpi_cli import rate, read_workbook

    report.write_bytes(pickle.dumps(rate(read_workbook(workbook))))


def write(report: Path, result: Path, with_charts: bool) -> None:
    """Write the exceptions workbook of a report that was kept."""
    from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
    from kpi_cli.writing.exceptions_workbook.sections import sections_of

    gc.set_threshold(200_000, 20, 100)  # as `kpi` does
    rated = pickle.loads(report.read_bytes())
    sections = sections_of(rated, datetime(2019, 2, 28), with_charts=with_charts)
    result.write_bytes(exceptions_workbook(sections))


def main() -> None:
    """Take or write, as the command line asks."""
    parser = argparse.ArgumentParser(description="Write the exceptions workbook of a report.")
    parser.add_argument("what", choices=("take", "write"))
    parser.add_argument("source", type=Path)
    parser.add_argument("result", type=Path)
    parser.add_argument("--charts", action="store_true")
    asked = parser.parse_args()
    if asked.what == "take":
        take(asked.source, asked.result)
    else:
        write(asked.source, asked.result, asked.charts)
        gc.freeze()  # as `kpi` does at its end


if __name__ == "__main__":
    main()
