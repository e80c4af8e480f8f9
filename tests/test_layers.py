"""The house: data flows one way, nothing imports backwards, and each library has its place."""

import ast
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from tests.running import ROOT

PACKAGE = ROOT / "kpi_cli"
FLOW = (
    "__init__", "names", "sentences", "addresses", "periods", "period_tokens", "period_forms",
    "period_words", "terms", "unit_words", "amounts", "conditions", "fields", "history", "models",
    "clock", "collector", "thresholds", "contradictions", "own_lines", "tolerances", "rating",
    "gauge", "xmr", "charted", "spc", "forecasting", "forecast", "changes", "insight",
    "rules_in_words", "published", "selection", "checks", "report", "outlook", "all_periods",
    "comparison", "xlsx", "reading", "writing", "batch", "commands", "cli", "__main__",
)  # fmt: skip
"""The parts of the package in the order in which data passes them: each imports from earlier."""

APART: Mapping[str, tuple[str, ...]] = {
    "xlsx": ("addresses", "sentences"),  # the file format, and nothing of indicators
    "changes": ("history", "models", "amounts", "periods", "rating", "terms"),
    "rating": ("history", "models", "amounts", "periods", "terms", "tolerances"),  # read out
    "gauge": ("amounts", "models", "rating", "sentences", "tolerances"),
    "xmr": ("amounts", "terms"),
    "charted": ("history", "models", "amounts", "periods", "terms"),
    "spc": (
        "history", "models", "amounts", "periods", "terms", "sentences", "charted", "xmr",
    ),
    "forecasting": ("amounts", "history", "models", "periods", "sentences"),
    "forecast": (
        "amounts", "forecasting", "history", "models", "periods", "rating", "sentences",
    ),
}  # fmt: skip
"""What may import nothing else of the package."""

AT_HOME: Mapping[str, tuple[str, ...]] = {
    "typer": ("cli", "commands"),
    "rich": ("writing", "batch"),
    "openpyxl": ("writing",),
    "plotille": ("writing",),
    "jinja2": ("writing",),
    "markupsafe": ("writing",),
    "pydantic": ("models", "history", "reading", "writing"),
    "filelock": ("batch",),
    "distributed": ("batch",),
    "dask": ("batch",),
}
"""The libraries, and the parts of the package that know them."""


ONE_NAME = {"history.py", "forecast.py", "report.py"}  # a command, and what it is of
"""Files of one name in several parts of the package. Outputs are in one part, `writing`; the file
of a command has the command's name, whatever else has it."""


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def part_of(path: Path) -> str:
    """Return the module of the package's own floor, or the folder, that a file is in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@cache
def imported(path: Path) -> frozenset[str]:
    """Return the full names of what a module imports, but for what only a type checker sees."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return frozenset(found)


def own_parts(path: Path) -> set[str]:
    """Return the parts of the package that a module imports from."""
    names = (name.split(".") for name in imported(path) if name.startswith("kpi_cli"))
    return {name[1] if len(name) > 1 and name[1] in FLOW else "__init__" for name in names}


def test_every_part_has_its_place_in_the_flow() -> None:
    assert {part_of(path) for path in modules()} == set(FLOW)


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_nothing_imports_backwards(path: Path) -> None:
    own = part_of(path)
    if own == "__init__":  # the names that programs use: each is loaded when it is used
        return
    later = FLOW[FLOW.index(own) + 1 :]
    assert not own_parts(path) & set(later)


@pytest.mark.parametrize("part", APART)
def test_some_parts_know_next_to_nothing_of_the_rest(part: str) -> None:
    known = {*APART[part], part, "__init__"}
    for path in modules():
        if part_of(path) == part:
            assert own_parts(path) <= known


@pytest.mark.parametrize("library", AT_HOME)
def test_a_library_is_known_where_it_is_at_home(library: str) -> None:
    for path in modules():
        if library in {name.split(".")[0] for name in imported(path)}:
            assert part_of(path) in AT_HOME[library], path


def test_no_two_files_have_one_name_unless_they_do_one_job_for_several_outputs() -> None:
    folders: dict[str, set[str]] = {}
    for path in modules():
        if path.name != "__init__.py":
            folders.setdefault(path.name, set()).add(part_of(path))
    assert {name for name, parts in folders.items() if len(parts) > 1} <= ONE_NAME
