"""Text from outside, made such that it can do nothing to a terminal."""

import re

# C0 and C1 control characters (a terminal obeys some of them) and those that reverse text.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    r"""Return the text with control characters made visible, as "\x1b"; line breaks stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], text)
