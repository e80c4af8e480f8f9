"""Tasks → results, on whatever workers there are: bounded, and none lost where a worker dies."""

import traceback
from collections.abc import Generator, Iterable, Iterator
from itertools import count, islice
from pkgutil import resolve_name
from typing import Protocol, TypeVar

from kpi_cli.batch.task import Result, Task, failed, failed_by_itself

K = TypeVar("K")

DIED = "the worker died while rating it; it may be too large for the memory there"


class Workplace(Protocol):
    """Where tasks are done, each under a number."""

    @property
    def window(self) -> int:
        """How many tasks may be under way: begun, and their results not there yet."""

    def begin(self, number: int, task: Task) -> None:
        """Take a task, to be done when there is a worker for it."""

    def finished(self) -> Iterable[tuple[int, Result | None]]:
        """Wait for a task to be done, and give the results there are; None where a worker died."""

    def drop(self) -> None:
        """Forget all that is under way, and have no worker keep any memory."""


def results(
    tasks: Iterable[tuple[K, Task]], place: Workplace
) -> Generator[tuple[K, Result], None, None]:
    """Yield the result of each task under its key, as they come; tasks are taken as needed.

    A task whose worker dies is done again, alone; one that has its worker die again has failed.
    Where the results are closed early, what is under way is dropped.
    """
    rest = iter(tasks)
    try:
        while suspects := (yield from _until_one_dies(rest, place)):
            yield from _each_alone(suspects, place)
    finally:
        place.drop()


def _until_one_dies(
    tasks: Iterator[tuple[K, Task]], place: Workplace
) -> Generator[tuple[K, Result], None, list[tuple[K, Task]]]:
    """Yield results; after a worker's death begin nothing more, and return whose workers died."""
    under_way: dict[int, tuple[K, Task]] = {}
    suspects: list[tuple[K, Task]] = []
    numbers = count()
    while True:
        if not suspects:
            for key, task in islice(tasks, place.window - len(under_way)):
                number = next(numbers)
                under_way[number] = key, task
                place.begin(number, task)
        if not under_way:
            return suspects
        for number, result in place.finished():
            key, task = under_way.pop(number)
            if result:
                yield key, result
            else:
                suspects.append((key, task))


def _each_alone(suspects: Iterable[tuple[K, Task]], place: Workplace) -> Iterator[tuple[K, Result]]:
    for key, task in suspects:
        place.drop()  # a fresh worker, and no other beside it
        place.begin(0, task)
        for _, result in place.finished():
            yield key, result or failed(DIED)


def attempt(function: str, task: Task) -> Result:
    """Return what a function, given as "module:function", makes of a task; called by a worker.

    It is found there, so that what it needs is not loaded where tasks are handed out. An error
    that it raises is a failed result.
    """
    try:
        result: Result = resolve_name(function)(task)
    except Exception as error:
        return failed_by_itself(error, traceback.format_exc())
    return result
