"""`kpi schema`: which schema it shows, and where it goes."""

import os
import subprocess
from pathlib import Path

import pytest

from kpi_cli.writing.json_schema import Output
from tests.running import command, environment, kpi
from tests.test_startup import loaded


def test_without_an_output_it_is_that_of_json() -> None:
    run = kpi("schema")
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == kpi("schema", "rate-json").stdout


def test_each_output_has_its_own() -> None:
    assert len({kpi("schema", output.value.name).stdout for output in Output}) == len(Output)


@pytest.mark.parametrize("output", Output)
def test_it_is_ascii_that_ends_its_last_line(output: Output) -> None:
    text = kpi("schema", output.value.name).stdout
    assert text.isascii()
    assert text.endswith("\n}\n")


def test_a_file_has_what_the_screen_would_have(tmp_path: Path) -> None:
    path = tmp_path / "line.json"
    run = kpi("schema", "rate-jsonl", "--output", path)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    assert path.read_bytes() == kpi("schema", "rate-jsonl").stdout_bytes


def test_a_file_that_exists_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text("old")
    run = kpi("schema", "-o", path)
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == (
        f"kpi: {path} exists already; give another name, or --force to replace it\n"
    )
    assert path.read_text() == "old"
    assert kpi("schema", "-o", path, "--force").exit_code == 0
    assert path.read_bytes() == kpi("schema").stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["csv"], f"'csv' is not one of {', '.join(repr(each.value.name) for each in Output)}."),
        (["--force"], "Invalid value for --force: it goes with --output FILE"),
    ],
)
def test_wrong_usage_is_told_in_a_line(arguments: list[str], said: str) -> None:
    run = kpi("schema", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert said in run.stderr.splitlines()[-1]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_full_disk_is_told() -> None:
    with Path("/dev/full").open("wb") as full:
        run = subprocess.run(
            command("schema"),
            env=environment(),
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=60,
        )
    assert run.returncode == 4
    assert run.stderr == b"kpi: the output can't be written: No space left on device\n"


@pytest.mark.skipif(os.name == "nt", reason="there is no shell that closes standard output")
def test_a_closed_standard_output_is_told() -> None:
    run = subprocess.run(
        ["/bin/sh", "-c", '"$@" >&-', "sh", *command("schema")],
        env=environment(),
        capture_output=True,
        timeout=60,
    )
    assert run.returncode == 4
    assert run.stderr == b"kpi: standard output is closed; add --output FILE\n"


def test_it_needs_neither_excel_nor_tables() -> None:
    modules = loaded("schema")
    assert "pydantic" in modules
    assert {name for name in modules if name.split(".")[0] in ("openpyxl", "rich")} == set()
