"""The signals that end a program are taken for Ctrl-C while a batch runs, and not afterwards."""

import signal
import threading

import pytest

from kpi_cli.batch.signals import stopped_as_by_control_c


def test_a_signal_is_taken_for_control_c_until_the_end() -> None:
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(KeyboardInterrupt), stopped_as_by_control_c():
        signal.raise_signal(signal.SIGTERM)
    assert signal.getsignal(signal.SIGTERM) is before


def test_where_no_signals_arrive_nothing_is_changed() -> None:
    found: list[object] = []

    def run() -> None:
        with stopped_as_by_control_c():
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [signal.getsignal(signal.SIGTERM)]
