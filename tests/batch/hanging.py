"""Run `kpi batch` where a workbook, hang.xlsx, has its worker hang and run no Python any more."""

import re
from pathlib import Path

from kpi_cli.__main__ import main
from kpi_cli.batch.task import Result, Task
from kpi_cli.batch.work import work
from kpi_cli.commands import batch as command

HUNG = "hung"
"""The file that is there as soon as a worker hangs, in the folder where the batch was started."""


def work_or_hang(task: Task) -> Result:
    """Rate a workbook, or hang."""
    if task.name == "hang.xlsx":
        Path(HUNG).touch()
        re.match("(a+)+$", "a" * 64 + "b")  # would take years
    return work(task)


if __name__ == "__main__":
    vars(command)["WORK"] = "tests.batch.hanging:work_or_hang"
    main()
