r"""Text from a workbook can do nothing to a terminal: what is not seen is shown as "\x1b"."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.sentences import visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Visits made", "Visits made"),
        ("£1,234.50 – 38-48 ● ⚠ ✔ ↑", "£1,234.50 – 38-48 ● ⚠ ✔ ↑"),
        (
            "Llan\u0175rin, Caf\u00e9, 東京, \U0001f7e2",
            "Llan\u0175rin, Caf\u00e9, 東京, \U0001f7e2",
        ),
        ("one\ntwo\tthree", "one\ntwo\tthree"),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("\x1b[31mred\x1b[0m", r"\x1b[31mred\x1b[0m"),
        ("\x1b]0;title\x07", r"\x1b]0;title\x07"),
        ("bell \x07, null \x00, delete \x7f", r"bell \x07, null \x00, delete \x7f"),
        ("back\x08space, form\x0cfeed", r"back\x08space, form\x0cfeed"),
        ("C1 \x9b31m, next line \x85", r"C1 \x9b31m, next line \x85"),
        ("95\u202e%09", r"95\u202e%09"),  # would turn 95 to read as 90%
        ("\u2066isolate\u2069", r"\u2066isolate\u2069"),
        ("half a pair \ud83d", r"half a pair \ud83d"),
        ("no\u00a0break", "no\u00a0break"),
        ("", ""),
    ],
)
def test_what_a_terminal_would_obey_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@given(st.text())
def test_no_control_character_is_left(text: str) -> None:
    left = {character for character in visible(text) if unicodedata.category(character) == "Cc"}
    assert left <= {"\n", "\t"}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cf", "Cs"])))
def test_text_that_is_seen_stays_as_it_is(text: str) -> None:
    assert visible(text) == text


@given(st.text())
def test_what_is_visible_stays_as_it_is(text: str) -> None:
    assert visible(visible(text)) == visible(text)
