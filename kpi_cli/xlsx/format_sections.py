"""The sections of a number format, as in `0.0%;-0.0%;"-"`, and which of them shows a number."""

import re
from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache
from operator import eq, ge, gt, le, lt, ne
from typing import NamedTuple

_SECTION = re.compile(r'(?:"[^"]*"|\\.|[_*].|\[[^\]]*\]|[^;"\\])*')
_CONDITION = re.compile(
    r"\[ *(<=|>=|<>|<|>|=) *(-?\d{1,30}(?:\.\d{1,30})?(?:E[+-]?\d{1,3})?) *\]", re.IGNORECASE
)
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_NOT_SHOWN = re.compile(r"\[(?!h+\]|m+\]|s+\])[^\]]*\]|[_*].", re.IGNORECASE)
_SHOWS_ANY = re.compile(r"general|[0#?@dmyhs]", re.IGNORECASE)
_SHOWS_ZERO = re.compile(r"general|[0/@dmyhs]", re.IGNORECASE)
_ZERO = {"nil", "none", "zero"}
_MOST_OF_NUMBERS = 3  # a fourth section is of texts
_TESTS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "<": lt, "<=": le, "=": eq, "<>": ne, ">=": ge, ">": gt
}  # fmt: skip
_OPPOSITE = {"<": ">=", "<=": ">", "=": "<>", "<>": "=", ">=": "<", ">": "<="}


class Condition(NamedTuple):
    """Which numbers a section is for: those that compare so with a limit."""

    sign: str
    limit: Decimal

    def holds(self, number: Decimal) -> bool:
        """Whether a cell's number is one of them."""
        return _TESTS[self.sign](number, self.limit)


NEGATIVE = Condition("<", Decimal(0))
_POSITIVE, _NOT_NEGATIVE = Condition(">", Decimal(0)), Condition(">=", Decimal(0))


class Section(NamedTuple):
    """A section of a number format: its text, and which numbers it is for (None: all others)."""

    text: str
    condition: Condition | None = None

    def shows(self, number: Decimal) -> bool:
        """Whether anything of a number is to be seen: digits, or a date; of zero `#` shows none."""
        return (_SHOWS_ANY if number else _SHOWS_ZERO).search(self.bare) is not None

    def hides(self, number: Decimal) -> bool:
        """Whether nobody can tell a number from what is to be seen: of zero a dash says enough."""
        if self.shows(number):
            return False
        seen = "".join(quoted or escaped for quoted, escaped in _LITERAL.findall(self.text))
        seen = f"{seen}{self.bare}".strip(" #?,.").casefold()
        is_zero_said = bool(seen) and (seen in _ZERO or not any(map(str.isalpha, seen)))
        return bool(number) or not is_zero_said

    @property
    def bare(self) -> str:
        """Its text without literals, colours, conditions, blanks and fillers; `[h]` stays."""
        return _NOT_SHOWN.sub("", _LITERAL.sub("", self.text))


@lru_cache(maxsize=512)
def sections_of(number_format: str) -> tuple[Section, ...]:
    """Return the sections that are for numbers, each with its condition, its own or the usual.

    Without conditions the first of two is for what isn't negative, and of three they are for what
    is positive, for what is negative and for zero.
    """
    texts = _parted(number_format)
    if len(texts) > 1 and "@" in _LITERAL.sub("", texts[-1]):
        texts = texts[:-1]
    texts = texts[:_MOST_OF_NUMBERS]
    own = [_condition(text) for text in texts]
    return tuple(map(Section, texts, _with_usual(own)))


def section_for(number_format: str, number: Decimal) -> Section:
    """Return the section that shows a cell's number, as Excel chooses it.

    Where the conditions leave a number to none, which Excel shows as #####, it is the first one
    that shows numbers.
    """
    sections = sections_of(number_format)
    for section in sections:
        if section.condition is None or section.condition.holds(number):
            return section
    return first_shown(sections)


def hides(number_format: str, value: object) -> bool:
    """Whether a format lets nobody see what a cell holds, as `;;;` does."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        number = Decimal(value)
        return section_for(number_format, number).hides(number)
    texts = _parted(number_format)
    is_hidden = len(texts) > _MOST_OF_NUMBERS and not texts[_MOST_OF_NUMBERS].strip()
    return is_hidden and isinstance(value, str)


def may_hide(number_format: str) -> bool:
    """Whether a format hides anything: most have one section, or show the number in each."""
    one = Decimal(1)
    is_plain = all(section.shows(one) for section in sections_of(number_format))
    return not is_plain or hides(number_format, 0) or hides(number_format, "")


def section_shown(number_format: str, number: Decimal) -> Section:
    """Return the section by which a number is read, even where its own shows nothing of it."""
    section = section_for(number_format, number)
    return section if section.shows(number) else first_shown(sections_of(number_format))


def first_shown(sections: tuple[Section, ...]) -> Section:
    """Return the first section that shows anything of a number; the first where none does."""
    return next((section for section in sections if section.shows(Decimal(1))), sections[0])


def _parted(number_format: str) -> list[str]:
    """Return what stands between the semicolons, without those that are quoted."""
    texts, start = [], 0
    while found := _SECTION.match(number_format, start):
        texts.append(found[0])
        start = found.end() + 1
        if number_format[found.end() : start] != ";":  # the end, or a quote without its other
            break
    return texts


def _condition(text: str) -> Condition | None:
    found = _CONDITION.search(_LITERAL.sub("", text))
    return Condition(found[1], Decimal(found[2])) if found else None


def _with_usual(own: list[Condition | None]) -> list[Condition | None]:
    """Return the conditions of sections, for those without their own the usual ones."""
    first, second = (*own, None)[:2]
    if len(own) == 1:
        return own
    if len(own) == 2:
        others = Condition(_OPPOSITE[second.sign], second.limit) if second else _NOT_NEGATIVE
        return [first or others, second or (None if first else NEGATIVE)]
    return [first or _POSITIVE, second or NEGATIVE, own[2]]
