"""How names and other short texts are compared: with case, spacing and "&"/"and" folded."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufff8\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that take no room and show nothing, as Unicode has them: soft hyphens, spaces without
a width, marks of the direction and the like."""

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
"""The digits of footnotes, which are no part of a code, a heading or a figure."""

_LONGEST = 100  # characters; a band of two numbers that can be read, with signs and all, has 90

_DEVICE = r"(?i)(?<![^/])(con|prn|aux|nul|(?:com|lpt)[0-9])(?=[./ ]|$)"


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return the form in which two spellings of one name are equal.

    "Policy & Resources Scrutiny" and "policy and  resources scrutiny" are one committee. Characters
    that nobody sees make no other name, and neither does how an accent is put on a letter.
    """
    if not name.isascii():
        name = unicodedata.normalize("NFC", UNSEEN.sub("", name))
    return " ".join(name.replace("&", " and ").split()).casefold()


def natural_order(code: str) -> list[tuple[int, int, str]]:
    """Return what codes sort by so that numbers count: CP 3.2 before CP 3.10."""
    # Digits sort as a number does by how many they are, and then as text: at any length.
    parts = re.findall(r"0*([0-9]+)|([^0-9]+)", fold(code))
    return [(0, len(digits), digits) if digits else (1, 0, text) for digits, text in parts]


def in_short(text: str) -> str:
    """Return a text with single spaces between its words, and "" where it is long even then.

    Numbers, months and the like are never long: no pattern for one sees thousands of blanks or
    digits, with which it could be busy for minutes.
    """
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else ""


def is_as_asked(name: str, asked: str) -> bool:
    """Whether a name is the one asked for, in which `*` stands for any characters; both folded."""
    first, *others = asked.split("*")
    if not others:
        return name == first
    *parts, last = others
    start, end = len(first), len(name) - len(last)
    if start > end or not name.startswith(first) or not name.endswith(last):
        return False
    for part in parts:  # the first place where each fits leaves most room for the rest
        found = name.find(part, start, end)
        if found < 0:
            return False
        start = found + len(part)
    return True


def untaken(name: str, taken: set[str]) -> str:
    """Return the name of a file that no other has on any system, and take it: "safe", "safe-2".

    To some systems case is nothing, or whether an accent is a character of its own. What is a
    device to Windows gets a hyphen: "con-", "com1-.2019".
    """
    name = re.sub(_DEVICE, r"\1-", name)
    number, free = 1, name
    while (folded := _same_file(free)) in taken:
        number += 1
        free = f"{name}-{number}"
    taken.add(folded)
    return free


def _same_file(name: str) -> str:
    composed = unicodedata.normalize("NFC", name)
    return unicodedata.normalize("NFC", composed.casefold())


def nearest(name: str, known: Iterable[str], likeness: float = 0.75) -> str | None:
    """Return the known name most like this one (1 is equal), or None where none is near."""
    by_fold = {fold(candidate): candidate for candidate in known}
    found = difflib.get_close_matches(fold(name), by_fold, n=1, cutoff=likeness)
    return by_fold[found[0]] if found else None
