"""What time it is: SOURCE_DATE_EPOCH where that is set."""

import time
from datetime import UTC, datetime, timedelta

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


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "epoch",
    [
        "soon",
        "9" * 30,
        "",
        "1_0",
        " 5 ",
        "5\n",
        "\u0663\u0664",
        "1.5",
        "0x10",
        "1e3",
        "253402300800",
        "-62135596801",
    ],
)
@pytest.mark.parametrize("command", ["rate", "check"])
def test_one_that_is_no_time_is_wrong_usage(
    epoch: str, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(ClockError):
        time_now()
    run = kpi(command, SOUTHEND)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr == f"kpi: SOURCE_DATE_EPOCH is {epoch!r}, which is no number of seconds\n"


@pytest.mark.parametrize("epoch", ["-62135596800", "-5", "+5", "0", "253402300799"])
def test_the_first_and_the_last_second_that_are_dates(
    epoch: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert time_now().timestamp() == int(epoch)
    assert kpi("rate", SOUTHEND, "--format", "json").exit_code == 0


def test_one_of_thousands_of_digits_is_told_in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "9" * 4301)
    with pytest.raises(ClockError) as error:
        time_now()
    assert len(str(error.value)) < 160


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has zones of its own")
@pytest.mark.parametrize("zone", ["UTC+25", "UTC-25", "UTC+99999999999", "XXX-24:60:60", "", ":"])
def test_a_time_zone_that_is_none_is_no_error(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    with monkeypatch.context() as changed:
        changed.setenv("TZ", zone)
        time.tzset()
        now = time_now()
        month = this_month()
    time.tzset()
    assert abs(now - datetime.now(UTC)) < timedelta(minutes=5)
    assert month in (month_of(now), month_of(now).after(1))
