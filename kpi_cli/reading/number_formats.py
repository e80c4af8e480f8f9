"""What an Excel number format says of a number: its unit, its decimals, its look."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from kpi_cli.models import Unit, Value, decimal_places

_QUOTED = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]\-]+)[^\]]*\]|([£$€¥])")
_NO_DIGITS = re.compile(r"\[[^\]]*\]|[_*].")  # conditions and colours, spaces and fillers
_DECIMALS = re.compile(r"[0#?]\.([0#?]*)")
_PLACES = re.compile(r"[0#?]")


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """How a format shows numbers."""

    unit: Unit = Unit.NUMBER
    is_hundredfold: bool = False  # a percentage kept as a fraction: 0.675 is shown as 67.5%
    decimals: tuple[int, int] | None = None  # the fewest and the most; None: as many as there are
    grouped: bool = False
    symbol: str = ""

    def value(self, number: Decimal) -> Value:
        """Return the cell's number as a value in display units, with the look of the format."""
        shown = number.scaleb(2) if self.is_hundredfold else number
        places = decimal_places(shown)
        if self.decimals:
            fewest, most = self.decimals
            places = min(max(places, fewest), most)
        return Value(
            number=shown,
            unit=self.unit,
            decimals=places,
            grouped=self.grouped,
            symbol=self.symbol,
        )


@lru_cache(maxsize=512)
def parse_number_format(number_format: str) -> NumberFormat:
    """Return what a format such as `0.0%`, `#,##0` or `"£"#,##0.00` says.

    The format's first section counts. A percent sign that is only a label, as in `0.0"%"`, makes
    a percentage of a number that is kept as 67.5.
    """
    section = _first_section(number_format)
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
    return NumberFormat(
        unit=unit,
        is_hundredfold=is_hundredfold,
        decimals=_decimals(digits),
        grouped="," in digits,
        symbol=symbol,
    )


def _first_section(number_format: str) -> str:
    """Return what stands before the first semicolon that isn't quoted: positive numbers' look."""
    found = re.match(r'(?:"[^"]*"|\\.|[^;"\\])*', number_format)
    return found[0] if found else number_format


def _decimals(digits: str) -> tuple[int, int] | None:
    has_places = _PLACES.search(digits) is not None
    if not has_places or "E" in digits.upper() or "/" in digits:
        return None  # General, text, scientific, a fraction: all the number's decimals are shown
    found = _DECIMALS.search(digits)
    return (found[1].count("0"), len(found[1])) if found else (0, 0)
