"""The scripts of the manual run as they are pasted, and print what it shows."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kpi_cli.cli import loaded
from tests.running import PUBLISHED, ROOT, SAMPLES, SOUTHEND

MANUAL = "".join(
    (ROOT / "kpi_cli" / "docs" / f"{page}.md").read_text("utf-8") for page in ("scripts", "recipes")
)
SCRIPTS = [
    (script, shown)  # the next output that is shown: scripts that do the same share one
    for script, shown in re.findall(r"```bash\n(.*?)```(?=.*?```text\n(.*?)```)", MANUAL, re.DOTALL)
]
CRON_LINES = [
    line.split(maxsplit=5)[5]
    for block in re.findall(r"```cron\n(.*?)```", MANUAL, re.DOTALL)
    for line in block.splitlines()
]
FOR_WINDOWS = [
    command
    for block in re.findall(r"```(?:powershell|bat)\n(.*?)```", MANUAL, re.DOTALL)
    for command in re.findall(r'\bkpi(?:\.exe)? (rate|exceptions|batch) ([^|"\n]*)', block)
]
not_for_windows = pytest.mark.skipif(sys.platform == "win32", reason="it has no bash, no cron")
needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="jq not installed")


def install(folder: Path) -> Path:
    """Put a program `kpi` into a folder, as an installation does."""
    folder.mkdir(parents=True)
    program = folder / "kpi"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m kpi_cli "$@"\n')
    program.chmod(0o755)
    return folder


def test_every_bash_script_has_an_output() -> None:
    assert len(SCRIPTS) == MANUAL.count("```bash\n") > 0


@not_for_windows
@pytest.mark.parametrize(
    ("script", "shown"),
    [pytest.param(*each, marks=[needs_jq] if "jq " in each[0] else []) for each in SCRIPTS],
)
def test_every_bash_script_runs(script: str, shown: str, tmp_path: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "sample_workbooks")
    run = subprocess.run(
        ["bash", "-c", script],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        env=os.environ | {"PATH": f"{install(tmp_path / 'bin')}{os.pathsep}{os.environ['PATH']}"},
        timeout=60,
    )
    assert (run.returncode, run.stdout) == (0, shown), run.stderr


@not_for_windows
@pytest.mark.parametrize("command", CRON_LINES)
def test_every_cron_line_runs_in_silence(command: str, tmp_path: Path) -> None:
    """In the little that cron gives: /bin/sh, HOME and a short PATH."""
    install(tmp_path / ".local" / "bin")
    (tmp_path / "workbooks").mkdir()
    for book in (SOUTHEND, PUBLISHED):
        shutil.copy(book, tmp_path / "workbooks")
    assert "%" not in command  # cron would make a line break of it
    run = subprocess.run(
        ["/bin/sh", "-c", command],
        cwd=tmp_path,
        capture_output=True,
        env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"},
        timeout=60,
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert (tmp_path / "ratings").is_dir()


@pytest.mark.parametrize(("name", "arguments"), FOR_WINDOWS)
def test_what_is_shown_for_windows_has_options_that_there_are(name: str, arguments: str) -> None:
    known = {option for parameter in loaded(name).params for option in parameter.opts}
    options = re.findall(r"(?<=\s)--?[a-z][a-z-]*", arguments)
    assert options
    assert set(options) <= known
