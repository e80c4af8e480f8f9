"""Tasks on workers: how many are under way, and what happens when a worker dies or stumbles."""

import multiprocessing
import os
import random
import re
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.batch.results import DIED, Workplace, results
from kpi_cli.batch.task import Result, Row, Status, Task, Wanted
from kpi_cli.batch.workers import Here, Processes

WANTED = Wanted(made=datetime(2019, 2, 1).astimezone())
WORK = f"{__name__}:work"
BIG = 50_000_000  # bytes: more than fits into any pipe


def tasks(*names: str) -> Iterator[tuple[int, Task]]:
    for number, name in enumerate(names):
        yield number, Task(name, b"", WANTED)


def work(task: Task) -> Result:
    """Do what the name of a task says."""
    if "kill" in task.name:
        os._exit(9)
    if "slow" in task.name:
        time.sleep(0.3)
    if "hang" in task.name:
        re.match("(a+)+$", "a" * 64 + "b")  # would take years, and lets no Python run
    if "raise" in task.name:
        raise RuntimeError(task.name)
    if "choke" in task.name:
        threading.Thread(target=end_in_the_middle).start()
    return Result(
        Row(Status.RATED, task.name), lines=bytes(BIG if task.name in ("big", "choke") else 0)
    )


def end_in_the_middle() -> None:
    """End this process while it hands over a result that its parent doesn't take yet."""
    time.sleep(0.3)
    os._exit(9)


def said(found: Iterable[tuple[int, Result]]) -> list[str | None]:
    """Return the message of each result, in the order of the tasks."""
    return [result.row.message for _, result in sorted(found, key=lambda pair: pair[0])]


class Recording:
    """A workplace that does its tasks in any order, and records how many wait."""

    window = 4

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.waiting: list[tuple[int, Task]] = []
        self.most = self.taken = 0
        self.is_dropped = False

    def begin(self, number: int, task: Task) -> None:
        self.waiting.append((number, task))
        self.most = max(self.most, len(self.waiting))

    def finished(self) -> Iterator[tuple[int, Result | None]]:
        for _ in range(self.chance.randint(1, len(self.waiting))):
            number, task = self.waiting.pop(self.chance.randrange(len(self.waiting)))
            yield number, work(task)

    def drop(self) -> None:
        self.is_dropped = True

    def tasks(self, number: int) -> Iterator[tuple[int, Task]]:
        for key, task in tasks(*(str(n) for n in range(number))):
            self.taken += 1
            yield key, task


@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_no_more_than_a_window_is_under_way(number: int, chance: random.Random) -> None:
    place = Recording(chance)
    done: list[int] = []
    for key, result in results(place.tasks(number), place):
        done.append(key)
        assert result.row.message == str(key)
        assert place.taken - len(done) < place.window + 1
    assert sorted(done) == list(range(number))
    assert place.most <= place.window
    assert place.is_dropped


@pytest.mark.parametrize("place", [Here(WORK), Processes(2, WORK)])
def test_an_error_is_the_result_of_its_task_alone(place: Workplace) -> None:
    found = dict(results(tasks("a", "raise", "b"), place))
    assert [found[key].row.message for key in range(3)] == [
        "a",
        "stopped by an error of its own (RuntimeError); --debug shows it",
        "b",
    ]
    assert found[1].trace
    assert found[1].trace.endswith("RuntimeError: raise\n")


def test_a_task_that_kills_its_worker_fails_alone() -> None:
    names = ["a", "b", "kill", "c", "slow", "kill 2", *"defgh"]
    found = said(results(tasks(*names), Processes(2, WORK)))
    assert found == [DIED if "kill" in name else name for name in names]


def test_a_task_that_kills_every_worker_does_not_go_on_for_ever() -> None:
    assert said(results(tasks(*["kill"] * 6), Processes(2, WORK))) == [DIED] * 6


class Slow(Processes):
    """Processes whose results are left to wait for a while where one of them chokes on its own."""

    pause = 0.0

    def begin(self, number: int, task: Task) -> None:
        super().begin(number, task)
        self.pause = 2.0 if task.name == "choke" else self.pause

    def finished(self) -> Iterator[tuple[int, Result | None]]:
        time.sleep(self.pause)
        self.pause = 0.0
        yield from super().finished()


def test_a_worker_that_dies_while_it_hands_over_holds_nobody_up() -> None:
    names = ["a", "choke", "b", "big", "c", "d"]
    found = list(results(tasks(*names), Slow(2, WORK)))
    assert said(found) == [DIED if name == "choke" else name for name in names]


def test_a_worker_that_is_killed_once_costs_nothing(tmp_path: Path) -> None:
    mark = str(tmp_path / "killed")
    found = results(tasks("a", mark, "b", "c"), Processes(2, f"{__name__}:die_once"))
    assert said(found) == ["a", mark, "b", "c"]


def die_once(task: Task) -> Result:
    """Kill the worker, where nobody has done it yet for a task whose name is a path."""
    mark = Path(task.name)
    if mark.is_absolute() and not mark.exists():
        mark.touch()
        os._exit(9)
    return Result(Row(Status.RATED, task.name))


def test_a_lost_workplace_ends_the_run() -> None:
    class Lost(Recording):
        def finished(self) -> Iterator[tuple[int, Result | None]]:
            raise CancelledError

    place = Lost(random.Random(1))
    with pytest.raises(CancelledError):
        list(results(place.tasks(9), place))
    assert place.is_dropped


@pytest.mark.parametrize("name", ["slow", "hang", "big"])
def test_what_is_under_way_is_dropped_when_nobody_wants_it_any_more(name: str) -> None:
    for _ in range(3):
        found = results(tasks("short", *[name] * 5), Processes(2, WORK))
        next(found)
        begun = time.monotonic()
        found.close()
        assert time.monotonic() - begun < 5
        assert multiprocessing.active_children() == []
