"""Excel's dates: which formats show one, and which moment a number is."""

from datetime import datetime, time, timedelta

import pytest

from kpi_cli.xlsx.dates import Shows, iso_moment, moment, what_is_shown, what_is_shown_of


@pytest.mark.parametrize(
    ("number_format", "shows"),
    [
        ("General", Shows.NUMBER),
        ("GENERAL", Shows.NUMBER),
        ("0.0%", Shows.NUMBER),
        ("#,##0.00;[Red]-#,##0.00", Shows.NUMBER),
        ('0 "days"', Shows.NUMBER),
        (r"0\d", Shows.NUMBER),
        ("0_m", Shows.NUMBER),
        ("0*h", Shows.NUMBER),
        ("[Magenta]0", Shows.NUMBER),
        ("[$-809]0", Shows.NUMBER),
        ("0;d", Shows.NUMBER),
        ("@", Shows.NUMBER),
        ("0.00E+00", Shows.NUMBER),
        ("mmm-yy", Shows.DATE),
        ("MMMM YYYY", Shows.DATE),
        ("[$-809]d mmmm yyyy;@", Shows.DATE),
        ("h:mm AM/PM", Shows.DATE),
        ("mm:ss.0", Shows.DATE),
        ("[h]:mm", Shows.DURATION),
        ("[MM]:ss", Shows.DURATION),
        ("[ss].00", Shows.DURATION),
        ("[Red][h]:mm", Shows.DURATION),
        ('[=0]"-";mmm-yy', Shows.DATE),
        ('[<1]"none";[h]:mm', Shows.DURATION),
    ],
)
def test_what_a_format_shows(number_format: str, shows: Shows) -> None:
    assert what_is_shown(number_format) is shows


@pytest.mark.parametrize(
    ("number_format", "serial", "shows"),
    [
        ("mmm-yy", 43466, Shows.DATE),
        ('[=0]"-";mmm-yy', 43466, Shows.DATE),
        ("[<1]0.0%;mmm-yy", 43466, Shows.DATE),
        ("[<1]0.0%;mmm-yy", 0.95, Shows.NUMBER),
        ("[>=30000]mmm-yy;0", 95, Shows.NUMBER),
        ("[>=30000]mmm-yy;[h]:mm", 95, Shows.DURATION),
        ("mmm-yy;;;", 43466, Shows.DATE),
        (";;;", 43466, Shows.NUMBER),
    ],
)
def test_what_a_format_shows_of_a_number(number_format: str, serial: float, shows: Shows) -> None:
    assert what_is_shown_of(serial, number_format) is shows


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        (0, time(0)),
        (0.5, time(12)),
        (0.999999999999, datetime(1900, 1, 1)),
        (1, datetime(1900, 1, 1)),
        (59, datetime(1900, 2, 28)),
        (60, datetime(1900, 2, 28)),  # 29 February 1900, which never was
        (61, datetime(1900, 3, 1)),
        (43466, datetime(2019, 1, 1)),
        (43466.5, datetime(2019, 1, 1, 12)),
        (43465.9999999999, datetime(2019, 1, 1)),
        (43466.000011574075, datetime(2019, 1, 1, 0, 0, 1)),
        (2958465, datetime(9999, 12, 31)),
    ],
)
def test_the_moment_of_a_number(serial: float, shown: datetime | time) -> None:
    assert moment(serial, Shows.DATE, is_1904=False) == shown


@pytest.mark.parametrize(
    ("serial", "shown"),
    [
        (0, time(0)),
        (1, datetime(1904, 1, 2)),
        (60, datetime(1904, 3, 1)),
        (42004.25, datetime(2019, 1, 1, 6)),
    ],
)
def test_the_moment_of_a_number_from_1904(serial: float, shown: datetime | time) -> None:
    assert moment(serial, Shows.DATE, is_1904=True) == shown


def test_a_duration_has_no_day() -> None:
    assert moment(1.5, Shows.DURATION, is_1904=False) == timedelta(hours=36)
    assert moment(-0.25, Shows.DURATION, is_1904=True) == timedelta(hours=-6)


@pytest.mark.parametrize("serial", [2958466, 1e9, 1e300, -1, -1e300])
@pytest.mark.parametrize("is_1904", [True, False])
def test_a_number_past_all_days(serial: float, is_1904: bool) -> None:
    with pytest.raises(OverflowError):
        moment(serial, Shows.DATE, is_1904)


def test_a_duration_past_all_time() -> None:
    with pytest.raises(OverflowError):
        moment(1e300, Shows.DURATION, is_1904=False)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2019-01-31", datetime(2019, 1, 31)),
        ("2019-01-31T08:15:30", datetime(2019, 1, 31, 8, 15, 30)),
        ("2019-01-31T08:15:30.250Z", datetime(2019, 1, 31, 8, 15, 30, 250_000)),
        ("2019-01-31T08:15:30+02:00", datetime(2019, 1, 31, 8, 15, 30)),
        ("08:15", time(8, 15)),
    ],
)
def test_a_date_in_iso_8601(text: str, shown: datetime | time) -> None:
    assert iso_moment(text) == shown


@pytest.mark.parametrize("text", ["", "January 2019", "2019-02-29", "25:00"])
def test_a_text_that_is_no_date(text: str) -> None:
    with pytest.raises(ValueError):
        iso_moment(text)
