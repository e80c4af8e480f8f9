"""What is published: the wheel and the sdist are whole, and what is installed of them runs."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from kpi_cli import __version__
from tests.running import ROOT, SOUTHEND, environment

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
MOST = 30_000_000  # bytes that an installation takes, but for what Python compiles of it
_NO_PARTS = ("__pycache__", ".pyc")


def files_of(*folders: str) -> set[str]:
    """Return the paths of all files of these folders, from the root on."""
    paths = (path for folder in folders for path in (ROOT / folder).rglob("*") if path.is_file())
    names = (path.relative_to(ROOT).as_posix() for path in paths)
    return {name for name in names if not any(part in name for part in _NO_PARTS)}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist, as a build makes them."""
    folder = tmp_path_factory.mktemp("built")
    if not find_spec("hatchling"):
        pytest.skip("hatchling is not installed")
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, timeout=60)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (path,) = built.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder into which the wheel alone is installed."""
    if not find_spec("pip"):
        pytest.skip("pip is not installed")
    folder = tmp_path_factory.mktemp("installed")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-index", "--no-compile"]
    command = [*pip, "--no-deps", "--target", str(folder), str(wheel)]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
    return folder


def test_the_wheel_has_the_whole_package_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as file:
        names = {name for name in file.namelist() if ".dist-info/" not in name}
        (entry_points,) = [name for name in file.namelist() if name.endswith("entry_points.txt")]
        assert "kpi = kpi_cli.__main__:main" in file.read(entry_points).decode()
    assert names == files_of("kpi_cli")
    for needed in ("py.typed", "docs/rules.md", "writing/web/templates/page.html.j2"):
        assert f"kpi_cli/{needed}" in names


def test_the_sdist_has_what_the_tests_need(built: Path) -> None:
    (path,) = built.glob("*.tar.gz")
    with tarfile.open(path) as file:
        names = {name.partition("/")[2] for name in file.getnames()}
    assert files_of("kpi_cli", "tests", "sample_workbooks", ".github", ".ci") <= names
    files = ("README.md", "CHANGELOG.md", "LICENSE", "pyproject.toml", ".pre-commit-config.yaml")
    assert {*files, "PKG-INFO"} <= names


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--version"], f"kpi {__version__}"),
        (["help", "rules"], "shortfall"),
        (["rate", str(SOUTHEND), "--code", "CP 5.4"], "1 of 29 indicators: At risk 1"),
        (["report", str(SOUTHEND), "-o", "report.html"], "Wrote report.html"),
    ],
    ids=lambda case: case[0] if isinstance(case, list) else "",
)
def test_what_is_installed_runs(
    arguments: list[str], said: str, installed: Path, tmp_path: Path
) -> None:
    """From a folder of its own, so that nothing of the project's is found by chance."""
    code = f"import sys; sys.path.insert(0, {str(installed)!r}); import kpi_cli.__main__ as program"
    program = f"{code}; assert {str(installed)!r} in program.__file__; program.main()"
    run = subprocess.run(
        [sys.executable, "-I", "-c", program, *arguments],
        cwd=tmp_path,
        env=environment({"COLUMNS": "120"}),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert said in run.stdout


def test_the_metadata_is_whole() -> None:
    for key in ("name", "description", "readme", "license", "license-files", "requires-python"):
        assert PROJECT[key], key
    told = PROJECT["classifiers"]
    versions = [each.rpartition(" ")[2] for each in told if re.search(r":: 3\.\d+$", each)]
    assert f">={versions[0]}" == PROJECT["requires-python"]
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text("utf-8")
    assert set(versions) <= set(re.findall(r'"(3\.\d+)"', workflow))  # and what is tried beyond
    assert "Typing :: Typed" in told
    assert (ROOT / "kpi_cli" / "py.typed").exists()


@pytest.mark.parametrize("extra", PROJECT["optional-dependencies"])
def test_it_is_told_what_each_need_of_an_extra_is_for(extra: str) -> None:
    text = (ROOT / "pyproject.toml").read_text("utf-8")
    for need in PROJECT["optional-dependencies"][extra]:
        assert re.search(rf'"{re.escape(need)}",? +# \w', text) or need.startswith("types-"), need
        assert Requirement(need).specifier, f"{need} has no lower bound"


def test_every_need_has_a_lower_bound() -> None:
    assert [need for need in PROJECT["dependencies"] if ">=" not in need] == []


def test_an_installation_takes_less_than_it_may() -> None:
    """As the wheels hold it; pip also compiles the modules, which nearly doubles it."""
    needed: dict[str, Distribution] = {}
    waiting = [Requirement(need) for need in PROJECT["dependencies"]]
    while waiting:
        need = waiting.pop()
        if need.name in needed or (need.marker and not need.marker.evaluate({"extra": ""})):
            continue
        try:
            found = needed[need.name] = distribution(need.name)
        except PackageNotFoundError:
            pytest.fail(f"{need.name} is needed, and not installed")
        waiting += map(Requirement, found.requires or ())
    paths = [path for each in needed.values() for path in each.files or ()]
    located = [Path(str(path.locate())) for path in paths if path.suffix != ".pyc"]
    own = sum((ROOT / name).stat().st_size for name in files_of("kpi_cli"))
    assert 10_000_000 < own + sum(p.stat().st_size for p in located if p.exists()) < MOST
