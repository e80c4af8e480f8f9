"""A workbook from standard input: `-` in place of its file."""

import io
import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from kpi_cli.commands.beside import Beside
from kpi_cli.commands.opening import STANDARD_INPUT, read_explained
from kpi_cli.commands.options import Opening
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError
from tests.running import SOUTHEND, command, environment, kpi


def piped(*arguments: object, content: bytes) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments), input=content, env=environment(), capture_output=True, timeout=60
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("rate", "-"),
        ("rate", "-", "-f", "json"),
        ("check", "-"),
        ("show", "-", "4.8"),
        ("history", "-", "-f", "csv"),
        ("forecast", "-"),
        ("map", "-"),
    ],
)
def test_it_is_read_as_the_file_is(arguments: tuple[str, ...]) -> None:
    run = piped(*arguments, content=SOUTHEND.read_bytes())
    stored = [SOUTHEND if each == "-" else each for each in arguments]
    text = run.stdout.decode()
    assert (run.returncode, run.stderr) == (0, b"")
    assert "standard input" in text
    assert text.replace("standard input", SOUTHEND.name) == kpi(*stored).stdout


def test_it_may_stand_beside_files() -> None:
    run = piped("rate", SOUTHEND, "-", "-f", "json", content=SOUTHEND.read_bytes())
    names = [report["workbook"] for report in json.loads(run.stdout)]
    assert names == [SOUTHEND.name, "standard input"]


def test_what_is_written_there_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    run = piped("rate", "-", "-o", path, content=SOUTHEND.read_bytes())
    assert (run.returncode, run.stdout, run.stderr) == (0, b"", b"")
    assert len(path.read_text("utf-8-sig").splitlines()) == 30


@pytest.mark.parametrize("name", ["rate", "check", "history"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "standard input: nothing came in; it can be read only once"),
        (b"a,b\n1,2\n", "standard input: it is a file of text, such as CSV; open it in Excel"),
    ],
)
def test_what_is_no_workbook_is_told(name: str, content: bytes, said: str) -> None:
    run = piped(name, "-", content=content)
    assert run.returncode == 3
    assert run.stderr.decode().startswith(said)
    assert b"Traceback" not in run.stderr


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no such device here")
def test_what_never_ends_is_not_waited_for() -> None:
    with Path("/dev/zero").open("rb") as zeros:
        run = subprocess.run(
            command("rate", "-", "--max-size", "2MiB"),
            stdin=zeros,
            env=environment(),
            capture_output=True,
            timeout=60,
        )
    assert run.returncode == 3
    assert run.stderr.decode() == (
        "standard input: it is larger than the 2 MiB that are allowed; if it is known to be good,"
        " add --max-size\n"
    )


class Broken(io.BytesIO):
    """A stream that ends in an error."""

    def read(self, size: int | None = -1) -> bytes:
        if self.tell():
            raise OSError(5, "Input/output error")
        return super().read(size)


def test_what_can_not_be_read_to_its_end_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=Broken(b"PK")))
    with pytest.raises(UnreadableWorkbookError) as error:
        read_explained(STANDARD_INPUT, "standard input", Beside(Opening()))
    assert str(error.value) == "it can't be read: Input/output error"
