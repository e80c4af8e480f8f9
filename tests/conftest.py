"""How the tests are run: what is traced, what is compiled once, and how properties are tried.

Properties have no time limit for an example, and the same ones each time in CI.
"""

import os
import signal
import sys
from collections.abc import Generator

import pytest
from hypothesis import settings

settings.register_profile("kpi", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("kpi")

# A shell that runs this in the background has it, and what it starts, ignore interruptions.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# The programs that tests start keep what Python compiles; else each start compiles it all again.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


@pytest.hookimpl(trylast=True)  # hypothesis has marked its own by then
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Don't trace the properties: it takes longer than they do, and their cases run the lines."""
    for item in items:
        if item.get_closest_marker("hypothesis"):
            item.add_marker("no_cover")


@pytest.hookimpl(wrapper=True, trylast=True)  # within that of pytest-cov
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Don't trace what is not to be traced.

    With xdist pytest-cov begins twice in each worker, and ends one of the two for such a test.
    """
    tracer = sys.gettrace() if item.get_closest_marker("no_cover") else None
    if tracer is None:
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option for a longer run of the fuzz test."""
    parser.addoption(
        "--fuzz", type=int, default=10, metavar="N", help="rate N workbooks damaged at random"
    )


@pytest.fixture
def fuzz(pytestconfig: pytest.Config) -> range:
    """Return the seeds of the workbooks that the longer run damages."""
    return range(1000, 1000 + pytestconfig.getoption("--fuzz"))
