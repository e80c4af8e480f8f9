"""A cell's text in the one form in which words, signs and figures are looked for in it."""

from kpi_cli.names import in_short

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("‘’‛`´", "'"),
        **dict.fromkeys("“”„", '"'),
        **dict.fromkeys("≧⩾", "≥"),
        **dict.fromkeys("≦⩽", "≤"),
        **dict.fromkeys("\u200b\u200d\u2060\ufeff\ufe0e\ufe0f"),  # unseen, and kinds of an icon
    }
)
_SIGNS = {
    **dict.fromkeys(("> or =", ">/=", ">=", "=>"), "≥"),
    **dict.fromkeys(("< or =", "</=", "<=", "=<"), "≤"),
}

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_YEARS = "|".join(f"{year:02}/{year + 1:02}" for year in range(50))  # 18/19
PERIOD = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)? )?(?:{_MONTHS})(?:[ '-](?:20)?\d\d)?"
    r"|(?:q|qtr|quarter) ?[1-4]|h[12]|month \d{1,2}"
    rf"|\d{{1,2}}/\d{{1,2}}/(?:20)?\d\d|(?:fy ?)?20\d\d(?: ?[/-] ?(?:20)?\d\d)?"
    rf"|(?:{_YEARS}))(?![%.,]?\d|%)"
)
"""A pattern for a period or a date inside a text: "May", "March 2019", "Q3", "2018/19"."""


def in_one_form(text: str) -> str:
    """Return a text in one line, with one kind of dash, quote and sign; "" where it is long."""
    line = in_short(text.translate(_ALIKE))
    for written, sign in _SIGNS.items():
        line = line.replace(written, sign)
    return line


def wording(text: str) -> str:
    """Return a text `in_one_form` and in lower case."""
    return in_one_form(text).casefold()


def one_of(words: str) -> str:
    """Return a pattern for one of the words in a text, each a pattern too; `_` is a blank."""
    return f"(?:{'|'.join(words.split())})".replace("_", " ")


def all_of(words: str) -> frozenset[str]:
    """Return the words in a text."""
    return frozenset(words.split())
