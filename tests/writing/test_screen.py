"""Colours: where there is a terminal, or where FORCE_COLOR asks for them; NO_COLOR forbids them."""

import io
from pathlib import Path

import pytest

from kpi_cli.writing.screen import paint
from tests.running import SOUTHEND, kpi_program

RATE = ("rate", SOUTHEND, "--brief", "--aim", "CLEAN")


@pytest.mark.parametrize("arguments", [RATE, ("check", SOUTHEND), ("show", SOUTHEND, "4.8")])
def test_colours_in_a_pipe_are_those_of_a_terminal_where_they_are_forced(
    arguments: tuple[object, ...],
) -> None:
    plain = kpi_program(*arguments)
    forced = kpi_program(*arguments, env={"FORCE_COLOR": "1", "TERM": "xterm"})
    assert b"\x1b[" not in plain.stdout
    assert b"\x1b[1m" in forced.stdout
    assert forced.stderr == plain.stderr


@pytest.mark.parametrize("env", [{"FORCE_COLOR": ""}, {"FORCE_COLOR": "1", "TERM": "dumb"}])
def test_without_it_or_on_a_dumb_terminal_there_are_none(env: dict[str, str]) -> None:
    assert b"\x1b[" not in kpi_program(*RATE, env=env).stdout


def test_no_color_forbids_what_force_color_asks_for() -> None:
    both = kpi_program(*RATE, env={"FORCE_COLOR": "1", "NO_COLOR": "1", "TERM": "xterm"})
    assert b"\x1b[3" not in both.stdout


def test_a_file_and_what_programs_read_have_none(tmp_path: Path) -> None:
    path = tmp_path / "r.txt"
    forced = {"FORCE_COLOR": "1", "TERM": "xterm"}
    assert kpi_program(*RATE, "-o", path, env=forced).returncode == 0
    assert b"\x1b" not in path.read_bytes()
    for format in ("json", "csv", "markdown"):
        assert b"\x1b" not in kpi_program("rate", SOUTHEND, "-f", format, env=forced).stdout


@pytest.mark.parametrize(
    ("columns", "width"), [("80", 120), ("400", 400), ("1000000", 1_000), ("9" * 30, 1_000)]
)
def test_a_page_is_as_wide_as_asked_within_reason(
    monkeypatch: pytest.MonkeyPatch, columns: str, width: int
) -> None:
    widths: list[int] = []
    with monkeypatch.context() as page:  # what reports the test has a page of its own
        page.setenv("COLUMNS", columns)
        paint(io.StringIO(), lambda _, width: widths.append(width) or [])  # type: ignore[func-returns-value]
    assert widths == [width]
