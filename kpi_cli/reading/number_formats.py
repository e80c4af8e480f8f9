"""What an Excel number format says of a number: its unit, its decimals, its look."""

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from kpi_cli.amounts import LARGEST, Unit, Value, decimal_places
from kpi_cli.reading.written_values import Scale, scale_in, scaled
from kpi_cli.xlsx.format_sections import (
    NEGATIVE,
    first_shown,
    section_for,
    section_shown,
    sections_of,
)

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_LOCALE = re.compile(r"\[\$-[^\]]*\]")
_CURRENCY = re.compile(r"\[\$([^\]\-]++)[^\]]*+\]|([£$€¥])")
_NO_DIGITS = re.compile(r"\[[^\]]*\]|[_*].")  # conditions and colours, spaces and fillers
_DECIMALS = re.compile(r"[0#?],*\.([0#?]*)")
_PLACES = re.compile(r"[0#?]")
_MOST_DECIMALS = 30  # that Excel shows
_DIVIDES = re.compile(r"[0#?](,+)(?![0#?,])")  # each comma by a thousand
_GROUPS = re.compile(r"[0#?],[0#?]")  # a comma after the last place only scales what is shown


class Look(NamedTuple):
    """How a section of a format shows numbers."""

    unit: Unit
    is_hundredfold: bool  # a percentage kept as a fraction: 0.675 is shown as 67.5%
    decimals: tuple[int, int] | None  # the fewest and the most; None: as many as there are
    grouped: bool
    symbol: str
    integer_places: int  # the fewest: 3 for `000`
    prefix: str = ""  # what is written before the number, as in `"CP "0.00`
    suffix: str = ""
    scale: Scale | None = None  # that it writes behind the number: `"£"0.0"m"` shows millions
    divided: int = 0  # by that power of ten is what it shows with the scale: `0.0,,"m"`

    def text(self, number: Decimal) -> str:
        """Return the text that the cell shows; a number past Excel's digits is shown as it is."""
        if abs(number) > LARGEST:
            return f"{number:G}"
        shown = self._value(number.scaleb(-self.divided)).text
        whole = re.match(r"\d+", shown)
        padding = "0" * (self.integer_places - len(whole[0])) if whole else ""
        return f"{self.prefix}{padding}{shown}{self.suffix}"

    def value(self, number: Decimal) -> Value:
        """Return the cell's number as a value in display units, with the look of the format.

        What the format writes behind it, as in `0" kg"`, is its note, but for what multiplies it.
        """
        value = self._value(number.scaleb(-self.divided) if self.divided else number)
        if self.scale:
            written = self.text(number).strip()
            return replace(scaled(value, self.scale.places), written=written, note=self.scale.rest)
        if not self.prefix.strip() and not self.suffix.strip():
            return value
        return replace(value, written=self.text(number).strip(), note=self.suffix.strip(" ()"))

    def _value(self, number: Decimal) -> Value:
        shown = number.scaleb(2) if self.is_hundredfold else number
        fewest, most = self.decimals or (0, None)
        places = fewest if fewest == most else max(decimal_places(shown), fewest)
        if most is not None:
            places = min(places, most)
        return Value(
            number=shown,
            unit=self.unit,
            decimals=places,
            grouped=self.grouped,
            symbol=self.symbol,
        )


def look_of(number_format: str, number: Decimal) -> Look:
    """Return how a format such as `0.0%`, `#,##0` or `[=0]"-";0.0%` shows a cell's number.

    Where its section shows nothing of the number, it is how the first one that does shows others.
    """
    sections = sections_of(number_format)
    if len(sections) == 1:
        return _look(sections[0].text)
    section = section_for(number_format, number)
    look = _look(section_shown(number_format, number).text)
    if section.condition == NEGATIVE:  # what stands before the number is its sign, in words
        return look._replace(prefix="", suffix=look.suffix.removesuffix(")"))
    if section.condition is None and number == 0:  # zero is as much in any unit: it has the usual
        usual = _look(first_shown(sections).text)
        return look._replace(unit=usual.unit, symbol=usual.symbol)
    return look


@lru_cache(maxsize=512)
def _look(section: str) -> Look:
    """Return how a section shows numbers.

    A percent sign that is only a label, as in `0.0"%"`, makes a percentage of a number that is kept
    as 67.5.
    """
    section = _LOCALE.sub("", section)
    literal = "".join(quoted or escaped for quoted, escaped in _QUOTED.findall(section))
    bare = _QUOTED.sub("", section)
    currency = _CURRENCY.search(bare) or _CURRENCY.search(literal)
    digits = _NO_DIGITS.sub("", bare)
    is_hundredfold = "%" in digits
    unit, symbol = Unit.NUMBER, ""
    if is_hundredfold or "%" in literal:
        unit = Unit.PERCENT
    elif currency:
        unit, symbol = Unit.CURRENCY, (currency[1] or currency[2]).strip()
    prefix, suffix = _literals(section) if unit is not Unit.PERCENT else ("", "")
    if symbol:
        suffix = suffix.replace(symbol, "").rstrip()
    scale = scale_in(suffix.strip(" ()"), unit, is_apart=suffix[:1].isspace())
    is_bare = unit is Unit.CURRENCY  # of money, what is written around it is its symbol
    return Look(
        unit=unit,
        is_hundredfold=is_hundredfold,
        decimals=_decimals(digits),
        grouped=_GROUPS.search(digits) is not None,
        symbol=symbol,
        integer_places=max(1, digits.partition(".")[0].replace(",", "").count("0")),
        prefix="" if is_bare else prefix,
        suffix="" if is_bare and not scale else suffix,
        scale=scale,
        divided=3 * sum(map(len, _DIVIDES.findall(digits))) if scale else 0,
    )


def _literals(section: str) -> tuple[str, str]:
    """Return the quoted text before and after a number, with blanks between them."""
    parts = _QUOTED.split(section)  # plain, quoted, escaped, plain, quoted, escaped … plain
    if len(parts) == 1:
        return "", ""
    plain = (i for i in range(0, len(parts), 3) if _PLACES.search(_NO_DIGITS.sub("", parts[i])))
    first = next(plain, 0)
    texts = [(i, parts[i + 1] or parts[i + 2] or "") for i in range(0, len(parts) - 1, 3)]
    digits = parts[first]
    blanks = digits[: len(digits) - len(digits.lstrip())], digits[len(digits.rstrip()) :]
    prefix = "".join(text for i, text in texts if i < first)
    suffix = "".join(text for i, text in texts if i >= first)
    return prefix and prefix + blanks[0], suffix and blanks[1] + suffix


def _decimals(digits: str) -> tuple[int, int] | None:
    has_places = _PLACES.search(digits) is not None
    if not has_places or "E" in digits.upper() or "/" in digits:
        return None  # General, text, scientific, a fraction: all the number's decimals are shown
    found = _DECIMALS.search(digits)
    places = found[1][:_MOST_DECIMALS] if found else ""
    return places.count("0"), len(places)
