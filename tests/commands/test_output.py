"""`--output`: one whole file in the format that its name tells, or the old one as it was."""

import shutil
from pathlib import Path

import pytest

from tests.running import MISTAKES, PUBLISHED, SOUTHEND, kpi

FORMATS = ("table", "json", "jsonl", "csv", "markdown")


@pytest.mark.parametrize("format", FORMATS)
def test_the_file_has_what_the_screen_would_have(format: str, tmp_path: Path) -> None:
    path = tmp_path / "r.out"
    run = kpi("rate", SOUTHEND, "--format", format, "--output", path)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    mark = b"\xef\xbb\xbf" if format == "csv" else b""
    assert path.read_bytes() == mark + kpi("rate", SOUTHEND, "--format", format).stdout_bytes
    assert list(tmp_path.iterdir()) == [path]


def test_several_workbooks_go_into_one_file(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    kpi("rate", SOUTHEND, PUBLISHED, "--format", "json", "-o", path)
    both = kpi("rate", SOUTHEND, PUBLISHED, "--format", "json")
    assert path.read_bytes() == both.stdout_bytes


def test_problems_go_to_standard_error_and_what_can_be_rated_into_the_file(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    run = kpi("rate", MISTAKES, "--format", "jsonl", "-o", path)
    assert (run.exit_code, run.stdout) == (1, "")
    assert run.stderr == kpi("rate", MISTAKES).stderr
    assert len(path.read_text().splitlines()) == 13


def test_a_file_that_exists_is_replaced_only_by_force(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("old")
    run = kpi("rate", SOUTHEND, "--format", "json", "--output", path)
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == (
        f"kpi: {path} exists already; give another name, or --force to replace it\n"
    )
    assert path.read_text() == "old"
    assert kpi("rate", SOUTHEND, "--format", "json", "--output", path, "--force").exit_code == 0
    assert path.read_bytes() == kpi("rate", SOUTHEND, "--format", "json").stdout_bytes


@pytest.mark.parametrize("force", [[], ["--force"]])
@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("folder", "{path} is a folder; give the name of a file in it"),
        ("missing/r.json", "there is no folder {path.parent}; make it first"),
        ("book.xlsx", "{path} is a workbook that is read; give another name"),
        ("open.json", "{path} is open in Excel; close it there first (if it isn't, delete"
         " ~$open.json)"),
    ],
)  # fmt: skip
def test_where_nothing_may_be_written(
    name: str, reason: str, force: list[str], tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "~$open.json").touch()
    book = Path(shutil.copy(SOUTHEND, tmp_path / "book.xlsx"))
    before = book.read_bytes()
    path = tmp_path / name
    run = kpi("rate", PUBLISHED, book, "--format", "json", "--output", path, *force)
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == f"kpi: {reason.format(path=path)}\n"
    assert book.read_bytes() == before
    assert sorted(found.name for found in tmp_path.iterdir()) == [
        "book.xlsx", "folder", "~$open.json",
    ]  # fmt: skip


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace"])
def test_a_failure_leaves_the_old_file(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "r.json"
    path.write_text("old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(step, fail)
    run = kpi("rate", SOUTHEND, "--format", "json", "--output", path, "--force")
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == f"kpi: {path.resolve()} can't be written: No space left on device\n"
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_nothing_is_written_where_nothing_could_be_read(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    path.write_text("old")
    missing = tmp_path / "missing.xlsx"
    run = kpi("rate", missing, "--format", "json", "--output", path, "--force")
    assert run.exit_code == 3
    assert run.stderr == f"{missing}: there is no such file; check the path\n"
    assert path.read_text() == "old"


def test_what_could_be_read_is_written(tmp_path: Path) -> None:
    path = tmp_path / "r.jsonl"
    missing = tmp_path / "missing.xlsx"
    run = kpi("rate", missing, SOUTHEND, "--format", "jsonl", "--output", path)
    assert run.exit_code == 3
    assert path.read_bytes() == kpi("rate", SOUTHEND, "--format", "jsonl").stdout_bytes


@pytest.mark.parametrize(
    ("name", "format"),
    [
        ("r.txt", "table"),
        ("r", "table"),
        ("r.json", "json"),
        ("r.JSONL", "jsonl"),
        ("r.csv", "csv"),
        ("r.md", "markdown"),
    ],
)
def test_the_ending_of_the_file_tells_the_format(name: str, format: str, tmp_path: Path) -> None:
    asked, told = tmp_path / "asked.out", tmp_path / name
    kpi("rate", SOUTHEND, "--output", asked, "--format", format)
    run = kpi("rate", SOUTHEND, "--output", told)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    assert told.read_bytes() == asked.read_bytes()


@pytest.mark.parametrize(
    ("command", "known"),
    [
        ("rate", ".txt (the table), .json, .jsonl, .csv or .md"),
        ("check", ".txt (the table), .json or .csv"),
    ],
)
@pytest.mark.parametrize("ending", [".html", ".ods", ".tsv", ".2019"])
def test_an_ending_that_tells_no_format_is_wrong_usage(
    command: str, known: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"r{ending}"
    run = kpi(command, SOUTHEND, "--output", path)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == (
        f"Error: Invalid value for --output: kpi {command} writes no {ending} files; end its name"
        f" in {known}, or give --format"
    )
    assert not path.exists()
    assert kpi(command, SOUTHEND, "--output", path, "--format", "json").exit_code == 0
    assert path.exists()


@pytest.mark.parametrize("ending", [".html", ".ods", ".tsv", ".pdf"])
@pytest.mark.parametrize(
    ("arguments", "known"),
    [
        (["show", SOUTHEND, "4.8"], ".txt (the table), .json or .csv"),
        (["history", SOUTHEND], ".txt (the table), .json, .jsonl, .csv or .md"),
        (["forecast", SOUTHEND], ".txt (the table), .json, .jsonl, .csv or .md"),
        (["compare", SOUTHEND, PUBLISHED], ".txt (the table), .json, .csv or .md"),
        (["exceptions", SOUTHEND], ".xlsx"),
        (["map", SOUTHEND], ".toml"),
        (["schema"], ".json"),
    ],
)
def test_no_command_writes_a_file_of_a_kind_that_it_does_not_know(
    arguments: list[str | Path], known: str, ending: str, tmp_path: Path
) -> None:
    path = tmp_path / f"r{ending}"
    run = kpi(*arguments, "--output", path)
    assert (run.exit_code, run.stdout) == (2, "")
    last = run.stderr.splitlines()[-1]
    assert last.startswith("Error: Invalid value for --output: ")
    assert known in last or ending == ".pdf"  # which is answered with what writes a workbook
    assert not path.exists()
