"""How names are compared: with case, spacing and "&"/"and" folded."""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

_LONGEST = 100  # characters; a band of two numbers that can be read, with signs and all, has 90
_SPACE = re.compile(r"\s+")


@lru_cache(maxsize=8192)
def fold(name: str) -> str:
    """Return the form in which two spellings of one name are equal.

    "Policy & Resources Scrutiny" and "policy and  resources scrutiny" are one committee.
    """
    return _SPACE.sub(" ", name.replace("&", " and ")).strip().casefold()


def natural_order(code: str) -> list[tuple[int, int, str]]:
    """Return what codes sort by so that numbers count: CP 3.2 before CP 3.10."""
    parts = re.findall(r"[0-9]+|[^0-9]+", fold(code))
    return [(0, int(part), "") if part.isdigit() else (1, 0, part) for part in parts]


def in_short(text: str) -> str:
    """Return a text with single spaces between its words, and "" where it is long even then.

    Numbers, months and the like are never long: no pattern for one sees thousands of blanks or
    digits, with which it could be busy for minutes.
    """
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else ""


def nearest(name: str, known: Iterable[str], likeness: float = 0.75) -> str | None:
    """Return the known name most like this one (1 is equal), or None where none is near."""
    by_fold = {fold(candidate): candidate for candidate in known}
    found = difflib.get_close_matches(fold(name), by_fold, n=1, cutoff=likeness)
    return by_fold[found[0]] if found else None
