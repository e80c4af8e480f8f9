"""Names as they are compared, sorted and asked for, and texts too long to be read as figures."""

import pytest

from kpi_cli.names import fold, in_short, is_as_asked, natural_order


@pytest.mark.parametrize(
    ("name", "asked", "is_it"),
    [
        ("people scrutiny", "people scrutiny", True),
        ("people scrutiny", "people", False),
        ("people scrutiny", "people*", True),
        ("people scrutiny", "*scrutiny", True),
        ("people scrutiny", "*scrut*", True),
        ("people scrutiny", "p*s*y", True),
        ("people scrutiny", "p*y*s", False),
        ("people\nscrutiny", "people*scrutiny", True),
        ("people scrutiny", "*", True),
        ("people scrutiny", "**e**", True),
        ("", "*", True),
        ("", "", True),
        ("", "*a*", False),
        ("aba", "ab*ba", False),  # one "b" is not two
        ("abba", "ab*ba", True),
        ("aba", "*ab*ba*", False),
        ("a.c", "a.c", True),
        ("abc", "a.c", False),
    ],
)
def test_a_star_stands_for_anything(name: str, asked: str, is_it: bool) -> None:
    assert is_as_asked(name, asked) is is_it


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\ufeff", "\xad", "\u2060", "\u200e", "\ufe0f", "\u3164"]
)
def test_characters_that_nobody_sees_make_no_other_name(unseen: str) -> None:
    for name in (f"CP {unseen}3.1", f"{unseen}CP 3.1", f"cp{unseen} 3.1{unseen}"):
        assert fold(name) == fold("CP 3.1")
        assert natural_order(name) == natural_order("CP 3.1")


def test_an_accent_is_one_however_it_is_put_on_its_letter() -> None:
    assert fold("Caf\u00e9") == fold("Cafe\u0301") != fold("Cafe")


def test_numbers_in_codes_count_however_long() -> None:
    long = f"CP {'9' * 30_000}"
    codes = [long, "CP 3.10", "CP 10", "CP", "PI 1", "CP 3.2", "12a", "CP 03.2.1"]
    in_order = ["12a", "CP", "CP 3.2", "CP 03.2.1", "CP 3.10", "CP 10", long, "PI 1"]
    assert sorted(codes, key=natural_order) == in_order
    assert natural_order("CP 007.0") == natural_order("cp 7.00")


@pytest.mark.parametrize(
    ("text", "short"),
    [
        ("  38 \n to\xa0  48 ", "38 to 48"),
        (f"5{' ' * 32_000}%", "5 %"),
        ("9" * 100, "9" * 100),
        ("9" * 101, ""),
    ],
)
def test_what_is_short_but_for_its_blanks(text: str, short: str) -> None:
    assert in_short(text) == short
