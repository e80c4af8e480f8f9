"""What an encoding can show: text and icons, and plain text in their place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.models import Direction, Outcome
from kpi_cli.writing.script import Script
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS


@pytest.mark.parametrize(
    ("encoding", "shown"),
    [("utf-8", "● At risk"), ("ascii", "At risk"), ("cp1252", "At risk"), ("unknown", "At risk")],
)
def test_a_look_has_its_icon_where_the_encoding_has_it(encoding: str, shown: str) -> None:
    assert Script(encoding).look(OUTCOME_LOOKS[Outcome.AT_RISK]) == shown


def test_a_look_without_icon_is_its_word() -> None:
    assert Script().look(DIRECTION_LOOKS[Direction.UNKNOWN]) == "-"


@pytest.mark.parametrize(
    ("encoding", "text", "shown"),
    [
        ("utf-8", "Café – £5 · 指標 ✔", "Café – £5 · 指標 ✔"),
        ("cp1252", "Café – £5 · “x” € …", "Café – £5 · “x” € …"),
        ("ascii", "report · January", "report | January"),
        ("ascii", "50.4 – 55.7 — 3 − 2", "50.4 - 55.7 - 3 - 2"),
        ("ascii", "the ‘month’s “target”…", "the 'month's \"target\"..."),
        ("ascii", "£5 and €6", "GBP 5 and EUR 6"),
        ("ascii", "a\xa0b • c ─", "a b * c -"),
        ("cp1252", "指", r"\u6307"),
        ("ascii", "Café", r"Caf\xe9"),
    ],
)
def test_text_as_far_as_the_encoding_shows_it(encoding: str, text: str, shown: str) -> None:
    assert Script(encoding).text(text) == shown


@given(st.text(st.characters(exclude_categories=["Cs"])), st.sampled_from(["ascii", "cp1252"]))
def test_any_text_can_be_written(text: str, encoding: str) -> None:
    shown = Script(encoding).text(text)
    assert shown.encode(encoding).decode(encoding) == shown
    if text.isascii():
        assert shown == text
