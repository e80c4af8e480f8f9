"""What is said on standard error: one line a message, which no terminal obeys."""

import pytest

from kpi_cli.writing.messages import say
from tests.builders import HOSTILE
from tests.running import MISTAKES, kpi, kpi_program


@pytest.mark.parametrize(
    ("message", "shown"),
    [
        ("two\nlines\r\nand  spaces", "two lines and spaces"),
        ("\x1b[2J\x07 and \x9b", r"\x1b[2J\x07 and \x9b"),
        ("[red]markup[/red] [/]", "[red]markup[/red] [/]"),
        (HOSTILE, r"[red]x[/red] [/] \x9b2J\x7f \u202ey\u2066z a :smile: [link=https://a.b]c"
         " <b>|`_*~ {{x}}"),
    ],
)  # fmt: skip
def test_a_message_is_one_line_that_no_terminal_obeys(
    message: str, shown: str, capsys: pytest.CaptureFixture[str]
) -> None:
    say(message)
    assert capsys.readouterr() == ("", f"{shown}\n")


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_messages_are_whole_in_any_encoding(encoding: str) -> None:
    run = kpi_program("rate", MISTAKES, env={"PYTHONIOENCODING": encoding})
    lines = run.stderr.decode(encoding).splitlines()
    in_utf_8 = kpi("rate", MISTAKES).stderr.splitlines()
    assert lines == [line.replace("●", r"\u25cf") for line in in_utf_8]
