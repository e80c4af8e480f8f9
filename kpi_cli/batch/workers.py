"""Workers on this machine: processes, or none but this one."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from typing import Any, ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

_MOST_ON_WINDOWS = 61  # processes that it can wait for
_FORK_SERVER = "forkserver"  # a process that others are copied from, where there is such a thing
_AHEAD = 2  # tasks for each worker: the one that it does, and the next


def cores() -> int:
    """Return how many processors this program may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Here:
    """This process, one task after another."""

    window = 1
    died: tuple[type[Exception], ...] = ()

    @contextmanager
    def executor(self, alone: bool) -> Iterator[Executor]:
        """Give an executor that does a task at once, when it is handed over."""
        yield _AtOnce()


class _AtOnce(Executor):
    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        done: Future[R] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except Exception as error:
            done.set_exception(error)
        return done


def prepare(jobs: int | None, modules: Sequence[str]) -> None:
    """Begin to load the modules that so many processes will need, once for all of them.

    It goes on beside what this process does, and is worth the while as early as can be.
    """
    if (jobs or cores()) > 1 and _FORK_SERVER in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver, resource_tracker

        resource_tracker.ensure_running()  # as it starts, it ends the holding of interruptions
        forkserver.set_forkserver_preload(list(modules))
        with _interruption_held():
            forkserver.ensure_running()


class Processes:
    """Processes of this machine, which end with this one however it ends."""

    died: tuple[type[Exception], ...] = (BrokenExecutor,)

    def __init__(self, jobs: int) -> None:
        """Take so many processes."""
        self.jobs = min(jobs, _MOST_ON_WINDOWS) if sys.platform == "win32" else jobs
        self.window = _AHEAD * self.jobs

    @contextmanager
    def executor(self, alone: bool) -> Iterator[Executor]:
        """Give a pool of fresh processes: as many as there are to be, or one."""
        context = _context()
        tidings, tell = context.Pipe(duplex=False)
        pool = _Pool(1 if alone else self.jobs, context, _start_worker, (tidings,))
        try:
            with _interruption_held():
                pool.submit(os.getpid)  # the processes start with the first task
            yield pool
        except BaseException:
            tell.close()
            pool.shutdown(cancel_futures=True)
            raise
        finally:
            tell.close()
            tidings.close()
        pool.shutdown()


def _context() -> Any:
    """Return how processes are started: never as copies of this one, which has threads."""
    has_server = _FORK_SERVER in multiprocessing.get_all_start_methods()
    return multiprocessing.get_context(_FORK_SERVER if has_server else "spawn")


class _Pool(ProcessPoolExecutor):
    """Processes that can be told to drop what they do."""

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        return super().submit(_do, fn, *args, **kwargs)


class _Duty:
    """What a worker is at: one that hands over a result must not end, or all would wait for it."""

    def __init__(self) -> None:
        self._changing = threading.Lock()
        self._is_at_work = False
        self._is_over = False

    def begin(self) -> None:
        with self._changing:
            if self._is_over:
                os._exit(1)
            self._is_at_work = True

    def end(self) -> None:
        with self._changing:
            self._is_at_work = False

    def drop(self) -> None:
        """End this process while it is at work, or else before it is so again."""
        with self._changing:
            self._is_over = True
            if self._is_at_work:
                os._exit(1)


_DUTY = _Duty()  # of the process that this is


def _do(function: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
    _DUTY.begin()
    try:
        return function(*args, **kwargs)
    finally:
        _DUTY.end()


def _start_worker(tidings: Connection) -> None:
    """Leave interruptions to the parent, and end when it says so or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    threading.Thread(target=_listen, args=(tidings,), daemon=True).start()


def _listen(tidings: Connection) -> None:
    tidings.poll(None)  # until the other end is closed
    _DUTY.drop()
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


@contextmanager
def _interruption_held() -> Iterator[None]:
    """Hold back what would stop this program while its workers are half started.

    They inherit that: no Ctrl-C ever reaches them.
    """
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
