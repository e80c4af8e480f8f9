"""The work on one workbook: what comes back, whatever goes in."""

import gzip
import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.batch.task import Product, Status, Task, Wanted
from kpi_cli.batch.work import work
from kpi_cli.periods import Month, Period
from tests.batch.folders import content
from tests.running import MISTAKES, SOUTHEND, kpi

WANTED = Wanted(made=datetime(2019, 2, 1, tzinfo=UTC))
BOTH = (Product.RATINGS, Product.EXCEPTIONS)


def test_a_result_has_all_that_there_is_to_write() -> None:
    result = work(Task(SOUTHEND.name, SOUTHEND.read_bytes(), replace(WANTED, products=BOTH)))
    row = result.row
    assert (row.status, row.message, row.report_month) == (Status.RATED, None, "2019-01")
    assert row.counts == {
        "at_risk": 6, "slippage": 6, "on_course": 16, "no_value": 1, "no_target": 0,
    }  # fmt: skip
    assert row.products == ("ratings", "exceptions")
    assert row.seconds
    assert set(result.files) == set(BOTH)
    assert (
        gzip.decompress(result.lines).decode() == kpi("rate", SOUTHEND, "--format", "jsonl").stdout
    )
    assert pickle.loads(pickle.dumps(result)) == result


def test_errors_in_the_data_are_counted_and_the_rest_is_rated() -> None:
    row = work(Task("x.xlsx", MISTAKES.read_bytes(), WANTED)).row
    assert (row.status, row.errors, row.warnings, row.not_rated) == (Status.ERRORS, 29, 8, 19)
    assert sum(row.counts.values()) == 13


@pytest.mark.parametrize(
    ("book", "changes", "message"),
    [
        (
            MISTAKES.read_bytes(),
            {},
            "no exceptions workbook for 29 errors in the data; mend them, or add --keep-going",
        ),
        (MISTAKES.read_bytes(), {"keep_going": True}, None),
        (
            content("about 5"),
            {"keep_going": True},
            "no exceptions workbook; no indicator could be rated",
        ),
        (
            SOUTHEND.read_bytes(),
            {"month": Period(Month(2010, 10))},
            "no exceptions workbook; no indicator has a value for October 2010",
        ),
    ],
)
def test_where_there_is_no_exceptions_workbook_that_is_told(
    book: bytes, changes: dict[str, object], message: str | None
) -> None:
    wanted = Wanted(made=WANTED.made, products=BOTH, **changes)  # type: ignore[arg-type]
    result = work(Task("x.xlsx", book, wanted))
    assert result.row.message == message
    assert result.row.status is (Status.INCOMPLETE if message else Status.ERRORS)
    assert set(result.files) == ({Product.RATINGS} if message else set(BOTH))


def test_another_version_of_the_program_is_not_used() -> None:
    row = work(Task("x.xlsx", content(), replace(WANTED, version="9.9"))).row
    assert row.status is Status.FAILED
    assert row.message
    assert row.message.endswith(", not 9.9; install the same on all")


def test_an_error_of_the_program_fails_one_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr("kpi_cli.batch.work.rate", broken)
    result = work(Task("x.xlsx", content(), WANTED))
    assert result.row.message == "stopped by an error of its own (RuntimeError); --debug shows it"
    assert result.trace
    assert result.trace.endswith("RuntimeError: boom\n")


@given(st.binary(max_size=200) | st.integers(0, len(content())).map(lambda n: content()[:n]))
def test_no_content_makes_it_stumble(book: bytes) -> None:
    row = work(Task("x.xlsx", book, WANTED)).row
    assert (row.status is Status.RATED) == (book == content())
    assert "error of its own" not in (row.message or "")


FINGERPRINTS = [
    WANTED,
    replace(WANTED, products=BOTH),
    replace(WANTED, month="2019-01"),
    replace(WANTED, keep_going=True),
    replace(WANTED, with_charts=False),
    replace(WANTED, with_spc=True),
    replace(WANTED, with_forecast=True),
    replace(WANTED, version="9.9"),
    replace(WANTED, is_reproducible=True),
    replace(WANTED, is_reproducible=True, made=datetime(2020, 2, 1, tzinfo=UTC)),
]


def test_what_could_change_the_results_changes_the_fingerprint() -> None:
    assert len({wanted.fingerprint() for wanted in FINGERPRINTS}) == len(FINGERPRINTS)


def test_the_time_alone_does_not() -> None:
    later = replace(WANTED, made=datetime(2020, 2, 1, tzinfo=UTC))
    assert later.fingerprint() == WANTED.fingerprint()
