"""What a workbook may hold at the most: so much is read, and one more is refused."""

import pytest

from kpi_cli.commands.options import parse_size
from kpi_cli.xlsx.limits import MAX_SIZE, MOST_CELLS, MOST_CHARACTERS, MOST_ELEMENTS, Room
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError


def room() -> Room:
    """Return a room with little space."""
    found = Room()
    found.elements, found.cells, found.characters = 10, 20, 30
    return found


@pytest.mark.parametrize("taken", [(10, 0, 0), (0, 20, 0), (0, 0, 30), (10, 20, 30)])
def test_what_fits_is_counted_down(taken: tuple[int, int, int]) -> None:
    found = room()
    found.check(*taken)
    found.take(*taken)
    left = (found.elements, found.cells, found.characters)
    assert left == tuple(most - much for most, much in zip((10, 20, 30), taken, strict=True))


@pytest.mark.parametrize(
    ("taken", "message"),
    [
        ((11, 0, 0), "cells, rows and the like"),
        ((0, 21, 0), "filled cells"),
        ((0, 0, 31), "characters of text"),
    ],
)
def test_one_more_is_refused(taken: tuple[int, int, int], message: str) -> None:
    with pytest.raises(UnreadableWorkbookError, match=message):
        room().check(*taken)
    with pytest.raises(UnreadableWorkbookError, match=message):
        room().take(*taken)


@pytest.mark.parametrize("size", [0, 15_000_000, 40_000_000])
def test_what_a_refusal_says_to_do_gives_room_enough(size: int) -> None:
    """A workbook of so many bytes, all of them cells, has room when it is done."""
    asked = MAX_SIZE
    for cells, elements in ((size // 11, 0), (0, size // 4), (MOST_CELLS + 1, 0)):
        with pytest.raises(UnreadableWorkbookError) as refused:
            Room(asked, size).check(MOST_ELEMENTS + 1, MOST_CELLS + 1, MOST_CHARACTERS + 1)
        words = str(refused.value).split()
        assert words[-2] == "--max-size"
        Room(parse_size(words[-1]) or 0, size).check(elements, cells, MOST_CHARACTERS + 1)


@pytest.mark.parametrize(
    ("asked", "times"), [(1, 1), (MAX_SIZE, 1), (MAX_SIZE * 3 // 2, 1.5), (4 * MAX_SIZE, 4)]
)
def test_the_room_is_as_large_as_the_size_that_is_allowed(asked: int, times: float) -> None:
    found = Room(asked)
    assert (found.elements, found.cells, found.characters) == (
        MOST_ELEMENTS * times,
        MOST_CELLS * times,
        MOST_CHARACTERS * times,
    )


def test_elements_alone_take_no_cells() -> None:
    found = room()
    found.take(10)
    assert (found.elements, found.cells, found.characters) == (0, 20, 30)
