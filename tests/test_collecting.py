"""The garbage collector is paused, and is afterwards as it was."""

import gc
from collections.abc import Iterator

import pytest

from kpi_cli.collecting import uncollected


@pytest.fixture(autouse=True)
def _collector_as_it_was() -> Iterator[None]:
    was_enabled = gc.isenabled()
    yield
    gc.enable() if was_enabled else gc.disable()


def test_nothing_is_collected_within() -> None:
    gc.enable()
    with uncollected():
        assert not gc.isenabled()
    assert gc.isenabled()


def test_an_error_within_changes_nothing() -> None:
    gc.enable()
    with pytest.raises(ZeroDivisionError), uncollected():
        raise ZeroDivisionError
    assert gc.isenabled()


def test_who_has_paused_it_before_keeps_it_paused() -> None:
    gc.disable()
    with uncollected():
        pass
    assert not gc.isenabled()
