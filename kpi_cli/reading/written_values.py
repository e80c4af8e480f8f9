"""Figures as people write them: with a unit (512 kg), short for more (£1.2m), marked (78% (prov)).

A figure is read with the words and marks that are known to change nothing in it, and with no
others: "3 out of 5", "7 days 3 hours", "12 (YTD 34)" and "A*" are no figures.
"""

import re
from dataclasses import replace
from decimal import Decimal
from typing import NamedTuple

from kpi_cli.amounts import LARGEST, Band, Target, Unit, Value, parse_amount, with_commas
from kpi_cli.names import RAISED
from kpi_cli.reading.wording import all_of, in_one_form
from kpi_cli.unit_words import SCALES, measured_in

_LETTER = r"[A-Za-z°]"
_SCALE = rf"(?i)({'|'.join(SCALES)})(?: |$)"
_PERCENT = r"(?i)(?:per ?cent|pct\.?|pc)"

_FOOTNOTES = rf"[{RAISED}]{{1,2}}(?:, ?[{RAISED}]{{1,2}})*"
_MARK_BEHIND = (
    rf"(?i)(?:(?<=[\d%]) ?{_FOOTNOTES}|(?<=[a-z])[⁰¹⁴-⁹]"  # behind a letter, ² and ³ are of a unit
    r"|[*†‡§¶#^]{1,3}|\[[^\[\]]{1,20}\]|\([^()]{1,40}\)|(?<=%) ?[pre]|(?<=[ %)])[a-z]{3,15}\.?)$"
)
_MARK_BEFORE = r"(?i)(?:[~≈*†‡]|(?:circa|c|ca|approx|approximately|est|prov)\b\.?) ?(?=[£$€(\d.+-])"
_SIGN = (  # a mark without words
    rf"{_FOOTNOTES}|[*†‡§¶#^]{{1,3}}"
    r"|\[(?:\d{1,2}|[a-z]{1,2}|low|note \d{1,2})\]|\((?:[pre]|\*{1,3})\)|[pre]"
)
_STANDING = all_of(  # what a mark says of a figure
    "prov provisional provisionally prelim preliminary est estimate estimated rev revised audited"
    " unaudited draft interim indicative unconfirmed unvalidated unverified unpublished validated"
    " verified confirmed approx approximate approximately rounded subject ytd tbc incomplete"
    " partial"
)
_ABOUT_IT = all_of(
    "to audit be change validation confirmation verification data figure figures value result"
    " results only not yet and still pending final finalised"
)
_MOST_MARKS = 3

_TO = r"(?<=[\d%]) (?:to|TO|To) (?=[-+£$€¥]?\.?\d)"  # between the ends of a band, no unit


def parse_written_value(text: str) -> Target | None:
    """Return the figure or the band that a text states with its unit, scale and marks, or None.

    The unit and the marks are its note ("kg", "prov", "*"), and change neither number nor unit but
    for "per cent". k, m and bn multiply; a bare "5 m" could be metres, and is no figure. Raises
    ValueError for a band that is the wrong way round.
    """
    if amount := parse_amount(text):
        return amount
    line = in_one_form(with_commas(text))
    if line.casefold() == "zero":
        return Value(number=Decimal(0), written=line)
    rest, marks = _without_marks(line)
    figure, words = _parted(re.sub(_TO, "—", rest))
    amount = parse_amount(figure)
    if amount is None:
        return None
    if re.fullmatch(_PERCENT, words) and amount.unit is Unit.NUMBER:
        amount, words = _each(amount, unit=Unit.PERCENT), ""
    is_apart = figure.endswith(" ")
    if scale := scale_in(words, amount.unit, is_apart):
        amount, words = _scaled(amount, scale.places), scale.rest
    if amount is None or (words and not is_unit(words, amount.unit, is_apart)):
        return None
    if isinstance(amount, Band):
        return None if marks else amount
    note = ", ".join((words, *marks) if words else marks)
    return replace(amount, written=line, note=note)


class Scale(NamedTuple):
    """What a figure is short for: a power of ten, and the words behind its own."""

    places: int
    rest: str


def scale_in(words: str, unit: Unit, is_apart: bool) -> Scale | None:
    """Return by what the words behind a figure multiply it; None where they don't."""
    found = re.match(_SCALE, words)
    if not found or not (unit is Unit.CURRENCY or len(found[1]) > 1 or not is_apart):
        return None
    return Scale(SCALES[found[1].casefold()], words[found.end() :])


def _parted(text: str) -> tuple[str, str]:
    """Return the part of a text before its first letter, and the words that begin there."""
    first = re.search(_LETTER, text)
    start = first.start() if first else len(text)
    return text[:start], text[start:]


def _without_marks(line: str) -> tuple[str, list[str]]:
    """Return a figure without the marks around it, and these in their order."""
    before = re.match(_MARK_BEFORE, line)
    marks = [before[0].strip()] if before else []
    line = line[before.end() :] if before else line
    behind: list[str] = []
    while len(behind) < _MOST_MARKS and (found := re.search(_MARK_BEHIND, line)):
        mark = found[0].strip()
        if not _is_mark(mark, Unit.PERCENT if "%" in line else Unit.NUMBER):
            break
        behind.insert(0, mark[1:-1].strip() if mark[0] == "(" else mark)
        line = line[: found.start()].rstrip()
    return line, marks + behind


def _is_mark(text: str, counted_in: Unit) -> bool:
    text = text.casefold()
    if re.fullmatch(_SIGN, text):
        return True
    if text[0] == "(" and is_unit(text[1:-1], counted_in):
        return True
    return is_standing(text.strip("()[]."))


def is_standing(text: str) -> bool:
    """Whether words say how sure a figure is, and nothing else: "provisional", "to be audited"."""
    words = re.split(r"[^a-z]+", text.casefold())
    return any(word in _STANDING for word in words) and all(
        word in _STANDING or word in _ABOUT_IT for word in words
    )


def is_unit(text: str, counted_in: Unit = Unit.NUMBER, is_apart: bool = True) -> bool:
    """Whether words are a unit, such as "working days", "per head" or "kg/household".

    "5 m2" is an area; without a blank between it could be anything.
    """
    if counted_in is Unit.PERCENT:
        return text.casefold().split() in (["points"], ["pts"])
    last = re.split(r"[ /]", text)[-1]
    return (is_apart or last.isalpha()) and measured_in(text) is not None


def _scaled(amount: Target, places: int) -> Target | None:
    """Return an amount times a power of ten; None where that is too large, or of a percentage."""
    ends = (amount.low, amount.high) if isinstance(amount, Band) else (amount,)
    whole = [scaled(end, places) for end in ends]
    if any(end.unit is Unit.PERCENT or abs(end.number) > LARGEST for end in whole):
        return None
    return Band(low=whole[0], high=whole[1]) if isinstance(amount, Band) else whole[0]


def scaled(value: Value, places: int) -> Value:
    """Return a value times a power of ten, in its usual look: 1.25 million is 1,250,000."""
    number, decimals = value.number * 10**places, max(0, value.decimals - places)
    return replace(value, number=number, decimals=decimals, grouped=True)


def _each(amount: Target, unit: Unit) -> Target:
    """Return an amount in another unit, of a band both ends."""
    if isinstance(amount, Band):
        return Band(low=replace(amount.low, unit=unit), high=replace(amount.high, unit=unit))
    return replace(amount, unit=unit)
