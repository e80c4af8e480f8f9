"""What a workbook may hold at the most: so much is read, and one more is refused."""

import pytest

from kpi_cli.xlsx.limits import Room
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


def test_elements_alone_take_no_cells() -> None:
    found = room()
    found.take(10)
    assert (found.elements, found.cells, found.characters) == (0, 20, 30)
