"""Tasks → results, on whatever workers there are: bounded, and none lost where a worker dies."""

from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, CancelledError, Executor, Future, wait
from contextlib import AbstractContextManager
from itertools import islice
from typing import Protocol, TypeVar

from kpi_cli.batch.task import Result, Task, failed, failed_by_itself

K = TypeVar("K")

DIED = "the worker died while rating it; it may be too large for the memory there"


class Workplace(Protocol):
    """Where tasks are done."""

    @property
    def window(self) -> int:
        """How many tasks may be handed over whose results are not there yet."""

    @property
    def died(self) -> tuple[type[Exception], ...]:
        """What a task raises whose worker has died, and those beside it."""

    def executor(self, alone: bool) -> AbstractContextManager[Executor]:
        """Give an executor: of all workers, or for one task at a time.

        Where the block is left early, what its workers are doing is dropped.
        """


class Crew:
    """A function and the workplace where it is done for one task after another."""

    def __init__(self, function: Callable[[Task], Result], place: Workplace) -> None:
        self.function = function
        self.place = place

    def results(self, tasks: Iterable[tuple[K, Task]]) -> Generator[tuple[K, Result], None, None]:
        """Yield the result of each task under its key, as they come; tasks are taken as needed.

        Where a worker dies, the tasks under way are done again, each alone; one that has its
        worker die again has failed. Raises CancelledError where the workplace is lost.
        """
        rest = iter(tasks)
        while suspects := (yield from self._until_one_dies(rest)):
            yield from self._each_alone(suspects)

    def _until_one_dies(
        self, tasks: Iterator[tuple[K, Task]]
    ) -> Generator[tuple[K, Result], None, list[tuple[K, Task]]]:
        """Yield results; return the tasks that were under way when a worker died."""
        under_way: dict[Future[Result], tuple[K, Task]] = {}
        suspects: list[tuple[K, Task]] = []
        with self.place.executor(alone=False) as executor:
            while True:
                if not suspects:
                    suspects += self._submit(tasks, executor, under_way)
                if not under_way:
                    return suspects
                for future in wait(under_way, return_when=FIRST_COMPLETED).done:
                    key, task = under_way.pop(future)
                    result = self._result(future)
                    if result:
                        yield key, result
                    else:
                        suspects.append((key, task))

    def _submit(
        self,
        tasks: Iterator[tuple[K, Task]],
        executor: Executor,
        under_way: dict[Future[Result], tuple[K, Task]],
    ) -> list[tuple[K, Task]]:
        """Fill the window; return the task that could not be handed over, if a worker has died."""
        for key, task in islice(tasks, self.place.window - len(under_way)):
            try:
                under_way[executor.submit(self.function, task)] = key, task
            except self.place.died:
                return [(key, task)]
        return []

    def _each_alone(self, suspects: list[tuple[K, Task]]) -> Iterator[tuple[K, Result]]:
        while suspects:
            with self.place.executor(alone=True) as executor:
                result: Result | None = failed(DIED)
                while suspects and result:
                    key, task = suspects.pop(0)
                    result = self._result(executor.submit(self.function, task))
                    yield key, result or failed(DIED)

    def _result(self, future: Future[Result]) -> Result | None:
        """Return what a task gave, or None where its worker has died."""
        try:
            return future.result()
        except self.place.died:
            return None
        except CancelledError:
            raise
        except Exception as error:
            return failed_by_itself(error)
