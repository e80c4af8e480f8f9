"""What an encoding of an output can show: text and icons, or plain text in their place."""

from typing import NamedTuple

_PLAIN = str.maketrans(
    {"·": "|", "–": "-", "—": "-", "−": "-", "‘": "'", "’": "'", "“": '"', "”": '"', "…": "...",
     "•": "*", "─": "-", "→": "->", "≥": ">=", "≤": "<=", "\xa0": " ", "£": "GBP ", "€": "EUR "}
)  # fmt: skip


class Look(NamedTuple):
    """An icon and a colour; the word always stands beside them."""

    icon: str
    colour: str
    word: str


class Script(NamedTuple):
    """What an output encoding can show."""

    encoding: str = "utf-8"

    def shows(self, text: str) -> bool:
        """Whether the encoding has every character of a text."""
        try:
            text.encode(self.encoding)
        except (UnicodeEncodeError, LookupError):
            return False
        return True

    def text(self, text: str) -> str:
        r"""Return the text as far as it can be shown; what can't is replaced, or named "\u20ac"."""
        if self.shows(text):
            return text
        plain = "".join(c if self.shows(c) else c.translate(_PLAIN) for c in text)
        return plain.encode(self.encoding, "backslashreplace").decode(self.encoding)

    def look(self, look: Look) -> str:
        """Return icon and word, or the word alone where there is no such icon."""
        return f"{look.icon} {look.word}" if look.icon and self.shows(look.icon) else look.word
