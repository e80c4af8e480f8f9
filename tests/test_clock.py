"""What time it is: SOURCE_DATE_EPOCH where that is set."""

from datetime import UTC, datetime

import pytest

from kpi_cli.clock import ClockError, this_month, time_now
from kpi_cli.periods import Month, month_of
from tests.running import SOUTHEND, kpi


def test_source_date_epoch_counts_as_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1546300799")
    assert time_now() == datetime(2018, 12, 31, 23, 59, 59, tzinfo=UTC)
    assert this_month() == Month(2018, 12)
    run = kpi("rate", SOUTHEND, "--format", "csv")
    assert run.stderr.splitlines()[-1] == "southend_january_2019.xlsx: 40 warnings"


def test_without_it_the_clock_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    before, now, after = datetime.now(UTC), time_now(), datetime.now(UTC)
    assert before <= now <= after
    assert month_of(now) in (this_month(), this_month().after(-1))


@pytest.mark.parametrize("epoch", ["soon", "9" * 30, ""])
@pytest.mark.parametrize("command", ["rate", "check"])
def test_one_that_is_no_time_is_wrong_usage(
    epoch: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ClockError):
        time_now()
    run = kpi(command, SOUTHEND)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == f"kpi: SOURCE_DATE_EPOCH is '{epoch}', which is no number of seconds\n"
