"""Amounts written as text, and numbers without binary noise: always exact decimals."""

import re
from dataclasses import replace
from decimal import Decimal

from kpi_cli.models import Band, Target, Unit, Value
from kpi_cli.names import in_short

LARGEST = 10**15  # beyond it Excel itself loses digits

_LONGEST = 24  # digits of a number: with these all arithmetic is exact
_MINUS = "-‐‑‒–−"  # hyphens and dashes that people type, or Word puts in
_SIGN = rf"(?:[{_MINUS}+]? ?[£$€]?|[£$€] ?[{_MINUS}])"
_NUMBER = rf"\(? ?{_SIGN} ?(?:\d{{1,3}}(?:,\d{{3}})+|\d+|(?=\.\d))(?:\.\d+)? ?%? ?\)?"
_ONE_NUMBER = re.compile(_NUMBER, re.ASCII)
_TWO_NUMBERS = re.compile(rf"({_NUMBER}) ?(?:[{_MINUS}—]|\bto\b) ?({_NUMBER})", re.I | re.A)
# Spaces that don't break a line, and thin ones, between groups of three digits are separators of
# thousands: nobody types them for anything else. A plain space there could be a slip.
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")
_UNSEEN = "\u200b\u2060\ufeff"  # spaces without a width


def exact(number: float) -> Decimal:
    """Return a cell's number without binary noise: to 15 significant digits, as Excel keeps it."""
    return Decimal(f"{number:.15g}")


def parse_amount(text: str) -> Target | None:
    """Return the value or the band that a text states, or None where it states neither.

    The forms are those of the specification: 67.5%, 35,852, £1,234.50, (12), 1.95 %, 38-48,
    50.4 – 55.7, 38 to 48. Raises ValueError for a band that is the wrong way round.
    """
    text = _GROUPED.sub(",", text)
    for character in _UNSEEN:
        text = text.replace(character, " ")
    text = in_short(text)
    if _ONE_NUMBER.fullmatch(text):
        return _parse_value(text)
    found = _TWO_NUMBERS.fullmatch(text)
    if not found:
        return None
    low, high = _parse_value(found[1]), _parse_value(found[2])
    if not low or not high:
        return None
    units = {(end.unit, end.symbol) for end in (low, high) if end.unit is not Unit.NUMBER}
    if len(units) > 1:
        return None
    if low.unit is not high.unit:  # "3-5%" and "£3-5": the one unit is meant for both ends
        marked = high if low.unit is Unit.NUMBER else low
        low, high = (replace(end, unit=marked.unit, symbol=marked.symbol) for end in (low, high))
    return Band(low=low, high=high)


def _parse_value(text: str) -> Value | None:
    is_bracketed = text.startswith("(") and text.endswith(")")
    if ("(" in text or ")" in text) and not is_bracketed:
        return None
    digits = re.sub(r"[^\d.]", "", text)
    is_negative = is_bracketed or re.search(f"[{_MINUS}]", text) is not None
    symbol = re.search(r"[£$€]", text)
    number = Decimal(digits)
    if number > LARGEST or len(digits) > _LONGEST or ("%" in text and symbol):
        return None
    unit = Unit.PERCENT if "%" in text else Unit.CURRENCY if symbol else Unit.NUMBER
    return Value(
        number=number.copy_negate() if is_negative else number,
        unit=unit,
        decimals=len(digits.partition(".")[2]),
        grouped="," in text,
        symbol=symbol[0] if symbol else "",
    )
