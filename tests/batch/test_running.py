"""Tasks on workers: how many are under way, and what happens when a worker dies or stumbles."""

import os
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Executor, Future
from contextlib import contextmanager
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.batch.running import DIED, Crew, Workplace
from kpi_cli.batch.task import Result, Row, Status, Task, Wanted
from kpi_cli.batch.workers import Here, Processes

WANTED = Wanted(made=datetime(2019, 2, 1).astimezone())


def tasks(*names: str) -> Iterator[tuple[int, Task]]:
    for number, name in enumerate(names):
        yield number, Task(name, b"", WANTED)


def work(task: Task) -> Result:
    """Do what the name of a task says."""
    if "kill" in task.name:
        os._exit(9)
    if "slow" in task.name:
        time.sleep(0.3)
    if "raise" in task.name:
        raise RuntimeError(task.name)
    return Result(Row(Status.RATED, task.name))


def said(results: Iterable[tuple[int, Result]]) -> list[str | None]:
    """Return the message of each result, in the order of the tasks."""
    return [result.row.message for _, result in sorted(results, key=lambda pair: pair[0])]


class Recording(Executor):
    """An executor that does a task when it is told, out of order, and records how many wait."""

    window = 4
    died: tuple[type[Exception], ...] = ()

    def __init__(self, order: Callable[[int], int]) -> None:
        self.order = order
        self.waiting: list[tuple[Future[Result], Task]] = []
        self.most = self.taken = 0

    @contextmanager
    def executor(self, alone: bool) -> Iterator[Executor]:
        yield self

    def submit(self, fn, /, *args, **kwargs):  # type: ignore[no-untyped-def]
        future: Future[Result] = Future()
        self.waiting.append((future, args[0]))
        self.most = max(self.most, len(self.waiting))
        if len(self.waiting) == self.window:
            self.do_one()
        return future

    def do_one(self) -> None:
        future, task = self.waiting.pop(self.order(len(self.waiting)))
        future.set_result(work(task))

    def tasks(self, number: int) -> Iterator[tuple[int, Task]]:
        for key, task in tasks(*(str(n) for n in range(number))):
            self.taken += 1
            yield key, task
        while self.waiting:  # nothing more to come
            self.do_one()


@given(st.integers(0, 60), st.randoms())
def test_no_more_than_a_window_is_under_way(number: int, random) -> None:  # type: ignore[no-untyped-def]
    place = Recording(lambda waiting: random.randrange(waiting))
    done: list[int] = []
    for key, _ in Crew(work, place).results(place.tasks(number)):
        done.append(key)
        assert place.taken - len(done) < place.window + 1
    assert sorted(done) == list(range(number))
    assert place.most <= place.window


@pytest.mark.parametrize("place", [Here(), Processes(2)])
def test_an_error_is_the_result_of_its_task_alone(place: Workplace) -> None:
    assert said(Crew(work, place).results(tasks("a", "raise", "b"))) == [
        "a",
        "stopped by an error of its own (RuntimeError); --debug shows it",
        "b",
    ]


def test_a_task_that_kills_its_worker_fails_alone() -> None:
    names = ["a", "b", "kill", "c", "slow", "kill 2", *"defgh"]
    found = said(Crew(work, Processes(2)).results(tasks(*names)))
    assert found == [DIED if "kill" in name else name for name in names]


def test_a_task_that_kills_every_worker_does_not_go_on_for_ever() -> None:
    assert said(Crew(work, Processes(2)).results(tasks(*["kill"] * 6))) == [DIED] * 6


def test_a_lost_workplace_ends_the_run() -> None:
    class Lost(Recording):
        def do_one(self) -> None:
            future, _ = self.waiting.pop()
            future.cancel()
            future.set_running_or_notify_cancel()

    place = Lost(lambda waiting: 0)
    with pytest.raises(CancelledError):
        list(Crew(work, place).results(place.tasks(9)))


def test_what_is_under_way_is_dropped_when_nobody_wants_it_any_more() -> None:
    started = time.monotonic()
    results = Crew(sleep, Processes(2)).results(tasks("short", "long", "long", "long"))
    assert next(results)[0] == 0
    results.close()
    assert time.monotonic() - started < 30


def sleep(task: Task) -> Result:
    time.sleep(60 if task.name == "long" else 0)
    return work(task)


def big(task: Task) -> Result:
    return Result(Row(Status.RATED, task.name), lines=bytes(20_000_000))


def test_what_is_dropped_while_it_is_handed_over_holds_nothing_up() -> None:
    for _ in range(5):
        results = Crew(big, Processes(2)).results(tasks(*"abcdefgh"))
        assert len(next(results)[1].lines) == 20_000_000
        results.close()
