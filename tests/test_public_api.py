"""What programs use of `kpi_cli`: the names, the example, and a workbook that is kept as JSON."""

import doctest
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

import kpi_cli
from kpi_cli import Workbook, rate, read_workbook
from tests.running import ROOT, SAMPLES


@pytest.fixture
def _at_the_root() -> Iterator[None]:
    before = Path.cwd()
    os.chdir(ROOT)
    yield
    os.chdir(before)


@pytest.mark.usefixtures("_at_the_root")
def test_the_example_of_the_package_does_what_it_says() -> None:
    assert doctest.testmod(kpi_cli).attempted == 4
    assert doctest.testmod(kpi_cli).failed == 0


@pytest.mark.parametrize("name", kpi_cli.__all__)
def test_every_public_name_is_there_and_is_documented(name: str) -> None:
    found = getattr(kpi_cli, name)
    assert name == "__version__" or (found.__name__ == name and found.__doc__)


def test_there_are_no_other_names() -> None:
    with pytest.raises(AttributeError, match="no attribute 'ratings'"):
        _ = kpi_cli.ratings


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.xlsx")), ids=lambda path: path.name)
def test_a_workbook_dumped_to_json_loads_back_as_the_same(path: Path) -> None:
    workbook = read_workbook(path)
    loaded = Workbook.model_validate_json(workbook.model_dump_json())
    assert loaded == workbook
    assert loaded.model_dump_json() == workbook.model_dump_json()
    assert rate(loaded) == rate(workbook)
