"""Workers on other machines: those of a Dask cluster, whose scheduler has an address."""

import logging
import traceback
import warnings
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import contextmanager
from typing import Any

from kpi_cli import __version__
from kpi_cli.batch.results import attempt
from kpi_cli.batch.task import Result, Task, failed_by_itself

_PATIENCE = "distributed.comm.timeouts.connect"  # Dask's own setting: 30 s, unless it is changed
_AHEAD = 2  # tasks for each thread of a worker: the one that it does, and the next


class ClusterError(Exception):
    """A cluster that can't be used; says why, and what to do."""


class LostClusterError(ClusterError):
    """A cluster that can't be reached any more."""


class Cluster:
    """The workers of a Dask cluster."""

    def __init__(self, client: Any, function: str, died: type[Exception]) -> None:
        """Take the workers that are there now as the measure of the window."""
        self.window = _AHEAD * sum(client.nthreads().values())
        self._function = function
        # Dask's executor raises TypeError over a result that was lost with its worker; what a task
        # itself raises is part of its result.
        self._died = (died, TypeError)
        self._client = client
        self._executor = self._new_executor()
        self._under_way: dict[Future[Result], int] = {}

    def begin(self, number: int, task: Task) -> None:
        """Hand a task over to the scheduler."""
        self._under_way[self._executor.submit(attempt, self._function, task)] = number

    def finished(self) -> Iterator[tuple[int, Result | None]]:
        """Wait for a result, and yield those that are there; None where a worker has died.

        Raises CancelledError where the cluster is lost.
        """
        for future in wait(self._under_way, return_when=FIRST_COMPLETED).done:
            yield self._under_way.pop(future), self._result(future)

    def drop(self) -> None:
        """Have nothing done that was handed over and not begun; the workers are the cluster's."""
        self._under_way.clear()
        self._executor.shutdown(wait=False)
        self._executor = self._new_executor()

    def _new_executor(self) -> Executor:
        executor: Executor = self._client.get_executor(pure=False)  # a second try is a new task
        return executor

    def _result(self, future: Future[Result]) -> Result | None:
        try:
            return future.result()
        except self._died:
            return None
        except CancelledError:
            raise
        except Exception as error:  # such as one of a worker that can't take the task at all
            return failed_by_itself(error, traceback.format_exc())


@contextmanager
def connected(address: str, function: str) -> Iterator[Cluster]:
    """Give the cluster whose scheduler has this address, such as tcp://host:8786.

    Its workers do a task by the function, given as "module:function".

    Raises ClusterError where Dask is not installed, the scheduler doesn't answer, its workers
    don't have this program, or the connection is lost.
    """
    try:  # within, as it is an extra that need not be installed, and is slow to load
        import dask
        from dask.utils import parse_timedelta
        from distributed import Client, KilledWorker
    except ImportError as error:
        raise ClusterError(
            f"--scheduler needs Dask ({error}): pip install 'kpi-cli[distributed]'"
        ) from error
    for handler in logging.getLogger("distributed").handlers:
        handler.setLevel(logging.CRITICAL)  # what matters is said by this program
    try:
        client = Client(address, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, OverflowError) as error:
        raise ClusterError(
            f"the scheduler {address} can't be reached; check the address, and that it runs"
        ) from error
    with client, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of large workbooks: they have to be sent somehow
        _check_workers(client, address, parse_timedelta(dask.config.get(_PATIENCE)))
        try:
            yield Cluster(client, function, KilledWorker)
        except CancelledError as error:
            message = f"the connection to the scheduler {address} was lost"
            raise LostClusterError(message) from error


def _check_workers(client: Any, address: str, seconds: float) -> None:
    try:
        client.wait_for_workers(1, timeout=seconds)
    except TimeoutError as error:
        raise ClusterError(f"the scheduler {address} has no workers; start some") from error
    for worker, version in client.run(_version, on_error="return").items():
        if version != __version__:
            found = "no kpi" if isinstance(version, BaseException) else f"kpi {version}"
            raise ClusterError(
                f"the worker {worker} has {found}; install kpi-cli {__version__} on every worker"
            )


def _version() -> str:
    return __version__
