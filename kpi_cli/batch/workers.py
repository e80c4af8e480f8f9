"""Workers on this machine: processes, or none but this one."""

import multiprocessing
import os
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import suppress
from multiprocessing import forkserver, resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Final

from kpi_cli.batch.results import attempt
from kpi_cli.batch.signals import interruption_held, leave_stopping_to
from kpi_cli.batch.task import Result, Task
from kpi_cli.collector import collect_latest, collect_seldom

_MOST_ON_WINDOWS = 61  # processes that it can wait for
_FORK_SERVER: Final = "forkserver"  # a process to copy others from, where there is such a thing
_AHEAD = 2  # tasks for each worker: the one that it does, and the next


def cores() -> int:
    """Return how many processors this program may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def prepare(jobs: int | None, modules: Sequence[str], at_once: bool) -> None:
    """Have the modules that so many processes will need loaded once for all of them.

    At once, it goes on beside what this process does; or else with the first task, of which there
    may be none.
    """
    if (jobs or cores()) > 1 and _has_fork_server():
        forkserver.set_forkserver_preload([__name__, *modules])
        if at_once:
            _begin_loading()


def _begin_loading() -> None:
    resource_tracker.ensure_running()  # as it starts, it ends the holding of interruptions
    with interruption_held():
        forkserver.ensure_running()


class Here:
    """This process, one task after another."""

    window = 1

    def __init__(self, function: str) -> None:
        """Take the function that does a task, as "module:function"."""
        self._function = function
        self._given: list[tuple[int, Task]] = []

    def begin(self, number: int, task: Task) -> None:
        """Take a task; it is done when its result is asked for."""
        self._given.append((number, task))

    def finished(self) -> Iterator[tuple[int, Result | None]]:
        """Do what is given, and yield its results."""
        while self._given:
            number, task = self._given.pop(0)
            yield number, _done(self._function, task)

    def drop(self) -> None:
        """Forget what was given."""
        self._given.clear()


class Processes:
    """Processes of this machine, which end with this one however it ends.

    Each has a pipe of its own, and no lock or queue is shared: one that dies, even in the middle of
    what it says, takes nothing from the others, and any can be killed at any moment.
    """

    def __init__(self, jobs: int, function: str) -> None:
        """Take so many processes, and the function that does a task, as "module:function"."""
        self.jobs = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self.window = _AHEAD * self.jobs
        self._function = function
        self._waiting: deque[tuple[int, Task]] = deque()
        self._idle: list[_Worker] = []
        self._busy: dict[Connection, tuple[_Worker, int]] = {}

    def begin(self, number: int, task: Task) -> None:
        """Give a task to a worker that has none; it waits for its turn where all have one."""
        self._waiting.append((number, task))
        self._give()

    def finished(self) -> Iterator[tuple[int, Result | None]]:
        """Wait for a result, and yield those that are there; None where a worker has died."""
        ready = wait(self._busy)
        for pipe in [pipe for pipe in self._busy if pipe in ready]:
            worker, number = self._busy.pop(pipe)
            try:
                result: Result | None = pipe.recv()
                self._idle.append(worker)
            except (EOFError, OSError):
                result = None
                _end([worker])
            self._give()
            yield number, result

    def drop(self) -> None:
        """Forget what was begun, and end the workers; fresh ones start with the next task."""
        workers = [*self._idle, *(worker for worker, _ in self._busy.values())]
        self._waiting.clear()
        self._idle.clear()
        self._busy.clear()
        _end(workers)

    def _give(self) -> None:
        while self._waiting and (self._idle or len(self._busy) < self.jobs):
            worker = self._idle.pop() if self._idle else _Worker(self._function)
            number, task = self._waiting.popleft()
            self._busy[worker.pipe] = worker, number
            with suppress(OSError):  # that it is dead is found where its result is waited for
                worker.pipe.send(task)


class _Worker:
    """A process that does one task after another."""

    def __init__(self, function: str) -> None:
        if _has_fork_server():
            _begin_loading()
        context = _context()
        self.pipe, its_pipe = context.Pipe()
        its_parent, self._alive = context.Pipe(duplex=False)  # open as long as this process lives
        self.process = context.Process(
            target=_serve, args=(its_pipe, its_parent, function), daemon=True
        )
        with interruption_held():
            self.process.start()
        its_pipe.close()
        its_parent.close()

    def close(self) -> None:
        self.process.join()
        self.pipe.close()
        self._alive.close()


def _end(workers: Sequence[_Worker]) -> None:
    """Kill workers: they touch no file, and what they are at is nobody's concern any more."""
    for worker in workers:
        if worker.process.is_alive():
            worker.process.kill()
    for worker in workers:
        worker.close()


def _serve(tasks: Connection, parent: Connection, function: str) -> None:
    """Do the tasks that come through a pipe, until it is closed."""
    leave_stopping_to(parent)
    collect_seldom()
    # Without memory for a task or its result this worker ends, which is told as that.
    with suppress(EOFError, OSError, MemoryError):
        while True:
            tasks.send(_done(function, tasks.recv()))


def _done(function: str, task: Task) -> Result:
    """Return the result of a task, and leave nothing in memory of how it came about."""
    result = attempt(function, task)
    collect_latest()
    return result


def _has_fork_server() -> bool:
    return _FORK_SERVER in multiprocessing.get_all_start_methods()


def _context() -> ForkServerContext | SpawnContext:
    """Return how processes are started: never as copies of this one, which may have threads."""
    if sys.platform != "win32" and _has_fork_server():
        return multiprocessing.get_context(_FORK_SERVER)
    return multiprocessing.get_context("spawn")
