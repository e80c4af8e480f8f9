"""What is said to people: lists, counts, whole sentences; nothing that a terminal would obey."""

import re
from collections.abc import Iterable, Sequence

_MOST_NAMED = 3

# C0 and C1 control characters (a terminal obeys some of them) and those that reverse text.
_UNSEEN = r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"


def listed(names: Iterable[str], last: str = "or") -> str:
    """Return names as a sentence lists them: "a, b or c"."""
    words = list(names)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def some(names: Sequence[str]) -> str:
    """Return the first names of many as a sentence lists them: "a, b, c and 4 more"."""
    more = len(names) - _MOST_NAMED
    named = [*names[:_MOST_NAMED], f"{more:,} more"] if more > 0 else names
    return listed(named, last="and")


def counted(number: int, noun: str) -> str:
    """Return a number of things: "1 error", "2 errors"."""
    return f"{number} {noun}{'s' * (number != 1)}"


def sentence(text: str) -> str:
    """Return a message or a reason as a sentence."""
    return f"{text[:1].upper()}{text[1:]}."


def visible(text: str) -> str:
    r"""Return the text with control characters made visible, as "\x1b"; line breaks stay."""
    if text.isprintable():  # as most texts are
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return re.sub(_UNSEEN, lambda found: ascii(found[0])[1:-1], text)
