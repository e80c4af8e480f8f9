"""Two processes that only count, and need nothing of each other.

counting.py at-once|in-turn NUMBER. No program gains more on a machine than these do at once.
"""

import subprocess
import sys

_COUNT = f"x = 0\nfor i in range({int(sys.argv[2])}):\n    x += i * i % 7"
_COUNTING = [sys.executable, "-c", _COUNT]

if sys.argv[1] == "at-once":
    processes = [subprocess.Popen(_COUNTING) for _ in range(2)]
    for process in processes:
        process.wait()
else:
    for _ in range(2):
        subprocess.run(_COUNTING, check=True)
