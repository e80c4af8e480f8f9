"""kpi run by a process that says its peak memory without its workers': itself.py FILE ARGUMENT...

The file gets the figure, in MB.
"""

import resource
import sys
from pathlib import Path

from kpi_cli.__main__ import main

_STATUS = Path("/proc/self/status")


def peak() -> float:
    """Return the most memory that this process has had, in MB (1,000,000).

    Linux tells it without that of the process which started this one.
    """
    if _STATUS.exists():
        (line,) = (line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) * 1024 / 1e6
    in_bytes = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * in_bytes / 1e6


if __name__ == "__main__":  # workers load this file too
    told = Path(sys.argv.pop(1))
    try:
        main()
    finally:
        told.write_text(str(peak()))
