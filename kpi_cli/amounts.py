"""Amounts: values, bands and tolerances, always exact decimals in display units.

67.5 stands for 67.5%. Amounts are immutable, and there is one for every period of every indicator:
they are dataclasses with slots, which take a fifth of a model's time and memory.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import Enum
from fractions import Fraction
from math import lcm

from kpi_cli.names import in_short

LARGEST = 10**15  # beyond it Excel itself loses digits

EXACT = Context(prec=2000)
"""Arithmetic that rounds nothing: with room for the digits of products of what cells hold, which
are numbers of up to 15 digits, from 1E+15 down to 1E-323. Python's own rounds to 28."""

_LONGEST = 24  # digits of a number in a text
_EVEN = str.maketrans(
    {
        **dict.fromkeys("‐‑‒–−", "-"),  # hyphens and dashes that people type, or Word puts in
        **dict.fromkeys("\u200b\u2060\ufeff", " "),  # spaces without a width
    }
)
_SYMBOLS = "£$€"
_NUMBER = re.compile(
    rf"\(? ?(?:[-+]? ?[{_SYMBOLS}]?|[{_SYMBOLS}] ?-)"
    r" ?(?:\d{1,3}(?:,\d{3})+|\d+|(?=\.\d))(?:\.\d+)? ?%? ?\)?",
    re.ASCII,
)
_TO = re.compile(r" ?(?:[-—]|\b[Tt][Oo]\b) ?")  # between the ends of a band
# Spaces that don't break a line, and thin ones, between groups of three digits are separators of
# thousands: nobody types them for anything else. A plain space there could be a slip.
_GROUPED = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")


class Unit(Enum):
    """What a value counts in."""

    PERCENT = "percent"
    NUMBER = "number"
    CURRENCY = "currency"


def exact(number: float) -> Decimal:
    """Return a cell's number without binary noise: to 15 significant digits, as Excel keeps it."""
    return Decimal(f"{number:.15g}")


def in_parts(numbers: Iterable[Decimal | Fraction]) -> tuple[list[int], int]:
    """Return numbers as whole ones of a part that all are made of, and how many parts are 1.

    They are as exact as fractions, and many times as fast.
    """
    ratios = [number.as_integer_ratio() for number in numbers]
    size = lcm(*[denominator for _, denominator in ratios])
    return [numerator * (size // denominator) for numerator, denominator in ratios], size


def decimal_places(number: Decimal) -> int:
    """Return how many decimals a number needs: 1 for 0.50, none for 36.00."""
    exponent = number.normalize(EXACT).as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """An amount in display units, with the precision and look that the workbook gave it."""

    number: Decimal
    unit: Unit = Unit.NUMBER
    decimals: int = 0
    grouped: bool = False  # thousands separated by commas
    symbol: str = ""  # of a currency
    written: str = field(default="", compare=False)  # the cell's text, where it says more: "512 kg"
    note: str = field(default="", compare=False)  # what else it says: "kg", "prov", "*"

    @property
    def measure(self) -> tuple[Decimal | Unit, ...]:
        """What is compared: 7 and 7.0 are the same amount, 7 and 7% are not."""
        return (self.number, self.unit)

    @property
    def text(self) -> str:
        """The amount as the workbook shows it: "67.5%", "35,852", "£1,234.50", "512 kg"."""
        return self.written or self.shown(self.number)

    def shown(self, number: Decimal, decimals: int | None = None) -> str:
        """Return another number in this value's look, with these decimals or this value's."""
        places = self.decimals if decimals is None else decimals
        shown = number.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=EXACT)
        digits = f"{shown.copy_abs():{',' if self.grouped else ''}f}"
        sign = "-" if shown < 0 else ""
        return f"{sign}{self.symbol}{digits}{'%' if self.unit is Unit.PERCENT else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A Goldilocks target; both ends are inside."""

    low: Value
    high: Value

    def __post_init__(self) -> None:
        if self.low.number > self.high.number:
            raise ValueError(f"the band {self.text} is the wrong way round")

    @property
    def measure(self) -> tuple[Decimal | Unit, ...]:
        """What is compared: both ends, and their unit."""
        return (self.low.number, self.high.number, self.unit)

    @property
    def text(self) -> str:
        """The band as a report shows it: "38-48"."""
        low, high = self.low.text, self.high.text
        return f"{low} to {high}" if "-" in low + high else f"{low}-{high}"

    @property
    def unit(self) -> Unit:
        """The unit of both ends."""
        return self.high.unit

    @property
    def width(self) -> Decimal:
        """How far apart the ends are."""
        return EXACT.subtract(self.high.number, self.low.number)

    @property
    def midpoint(self) -> Decimal:
        """The number in the middle of the band."""
        return EXACT.divide(EXACT.add(self.low.number, self.high.number), Decimal(2))


Target = Value | Band


def ends(target: Target) -> tuple[Decimal, Decimal]:
    """Return both ends of a band; of a single number, that number twice."""
    if isinstance(target, Band):
        return target.low.number, target.high.number
    return target.number, target.number


def same_amount(amount: Target | None, other: Target | None) -> bool:
    """Whether two cells state one amount, however they show it: 86.6% and 86.60%, 5 and £5.

    7 and 7% are not the same, and neither are £7 and €7.
    """
    if amount is None or other is None:
        return amount is other
    is_percent = {each.unit is Unit.PERCENT for each in (amount, other)}
    symbols = {_symbol(each) for each in (amount, other)} - {""}
    return ends(amount) == ends(other) and len(is_percent) == 1 and len(symbols) < 2


def _symbol(amount: Target) -> str:
    return (amount.high if isinstance(amount, Band) else amount).symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Tolerance:
    """An indicator's own amber tolerance: a percentage of the basis, or its own units."""

    amount: Decimal
    is_percent: bool

    def __post_init__(self) -> None:
        if self.amount < 0:
            raise ValueError(f"the tolerance {self.amount} is below zero")

    @property
    def text(self) -> str:
        """The tolerance as people write it: "3%", or "3" of its own units."""
        return f"{self.amount:f}{'%' if self.is_percent else ''}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an indicator's own, in its own units: of a band both ends, for Goldilocks.

    A value exactly at a green line is green, and at a red line it is as the setting At The Limit
    says, unless the condition that the line comes from says on which side that is.
    """

    amount: Target
    heading: str  # of the column that it comes from
    is_good_at_it: bool | None = None

    @property
    def measure(self) -> tuple[object, ...]:
        """What is compared: the amount, and what holds exactly at it."""
        return (*self.amount.measure, self.is_good_at_it)

    @property
    def text(self) -> str:
        """The amount as the workbook shows it."""
        return self.amount.text

    @property
    def named(self) -> str:
        """The amount and where it comes from: "70% (Floor)"."""
        return f"{self.text} ({self.heading})"


def with_commas(text: str) -> str:
    """Return a text with commas between thousands that thin or non-breaking spaces divide."""
    return _GROUPED.sub(",", text)


def parse_amount(text: str) -> Target | None:
    """Return the value or the band that a text states, or None where it states neither.

    The forms are those of the specification: 67.5%, 35,852, £1,234.50, (12), 1.95 %, 38-48,
    50.4 – 55.7, 38 to 48. Raises ValueError for a band that is the wrong way round.
    """
    text = in_short(with_commas(text).translate(_EVEN))
    first = _NUMBER.match(text)
    if first is None:
        return None
    if first.end() == len(text):
        return _parse_value(text)
    to = _TO.match(text, first.end())
    second = _NUMBER.fullmatch(text, to.end()) if to else None
    if second is None:
        return None
    low, high = _parse_value(first[0]), _parse_value(second[0])
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
    is_negative = is_bracketed or "-" in text
    symbol = next((character for character in text if character in _SYMBOLS), "")
    number = Decimal(digits)
    if number > LARGEST or len(digits) > _LONGEST or ("%" in text and symbol):
        return None
    unit = Unit.PERCENT if "%" in text else Unit.CURRENCY if symbol else Unit.NUMBER
    return Value(
        number=number.copy_negate() if is_negative else number,
        unit=unit,
        decimals=len(digits.partition(".")[2]),
        grouped="," in text,
        symbol=symbol,
    )
