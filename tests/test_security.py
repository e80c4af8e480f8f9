"""SECURITY names tests that there are: no threat is left without the test that covers it."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

from tests.running import ROOT

PAGE = (ROOT / ".github" / "SECURITY.md").read_text("utf-8")
ROWS = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ")][2:]
COVERED_BY = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")


@cache
def names_of_tests(path: Path) -> set[str]:
    """Return the names of the tests of a file, without loading it: some need a browser."""
    tree = ast.parse(path.read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("cells", ROWS, ids=lambda cells: cells[0].strip()[:40])
def test_every_threat_is_covered_by_a_test(cells: list[str]) -> None:
    assert len(cells) == 3
    tests = COVERED_BY.findall(cells[2])
    assert tests
    assert re.sub(r"[\s,]", "", COVERED_BY.sub("", cells[2])) == ""  # nothing else stands there
    for path, name in tests:
        assert name in names_of_tests(ROOT / path), f"{path}::{name}"


@pytest.mark.parametrize(
    "word",
    ["zip bomb", "entities", "CSV", "terminal", "script", "batch", "profile", "link", "one name"],
)
def test_no_kind_of_threat_is_left_out(word: str) -> None:
    assert [cells for cells in ROWS if word in cells[0]]


def test_it_gives_no_address_to_write_to() -> None:
    assert not re.search(r"@\w+\.|https?://|mailto:", PAGE)
