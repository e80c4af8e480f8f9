"""What would stop a batch is held back while a worker is half started."""

import signal
import sys

import pytest

from kpi_cli.batch.signals import interruption_held


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_what_ends_a_program_waits_until_a_worker_has_started(name: str) -> None:
    number = getattr(signal, name)
    received: list[int] = []
    before = signal.signal(number, lambda number, _: received.append(number))
    try:
        with interruption_held():
            signal.raise_signal(number)
            assert received == []
        assert received == [number]
    finally:
        signal.signal(number, before)
