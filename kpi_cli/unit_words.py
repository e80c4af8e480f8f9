"""Units as people write them behind a figure: "working days", "kg/household", "per 10,000".

A unit is known with its short forms and its plural: 3 wks and 5 weeks are in one unit.
"""

import re
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

_MEASURES = (  # each in the singular, with what else it is called; a figure differs with it
    "second sec", "minute min", "hour hr", "day", "week wk", "month", "year yr annum pa", "quarter",
    "night", "mg", "gram", "kg kilo kilogram kilogramme", "tonne ton tco2 tco2e tco₂e", "kt",
    "mt", "lb", "mm", "cm", "metre", "km kilometre", "mile", "ha hectare", "acre", "m2 m² sqm",
    "m3 m³", "km2 km²", "litre", "ml", "kwh", "mwh", "gwh", "kw", "mw", "gw", "gj", "°c degree",
    "db", "ppm", "µg ug", "pound gbp", "penny pence", "euro eur", "dollar usd", "rand",
)  # fmt: skip
_COUNTED = (  # what one may be called by many names: 5 homes are 5 dwellings
    "person people head capita population resident", "home house household dwelling property",
    "staff employee fte wte worker", "child children", "pupil student learner",
    "client customer user", "point pp ppt ppts pt", "application app", "enquiry inquiry query",
    "licence license", "participant attendee", "score", "star", "shift", "session", "number",
    "unit", "item", "case", "call", "visit", "visitor", "tenancy", "tenant", "adult", "patient",
    "member", "post", "vacancy", "carer", "volunteer", "apprentice", "apprenticeship", "complaint",
    "compliment", "incident", "crime", "offence", "accident", "fire", "injury", "death", "birth",
    "request", "referral", "report", "site", "event", "meeting", "inspection", "job", "business",
    "company", "place", "bag", "bin", "collection", "test", "bed", "void", "line", "document",
    "transaction", "download", "view", "hit", "follower", "letter", "email", "contact",
    "appointment", "assessment", "review", "plan", "order", "notice", "permit", "prosecution",
    "fine", "ticket", "vehicle", "trip", "journey", "passenger", "space", "tree", "street", "road",
    "pothole", "repair", "defect", "claim", "invoice", "payment", "contract", "project", "scheme",
    "course", "class", "school", "library", "book", "issue", "saving", "loan", "attendance", "swim",
)  # fmt: skip
_SUBSTANCE = dict.fromkeys(("co2", "co2e", "co₂e"), "")  # it is measured in tonnes or kg
_NAMES = {
    **{name: row.split()[0] for row in (*_MEASURES, *_COUNTED) for name in row.split()},
    **_SUBSTANCE,
}
_IS_MEASURE = frozenset(row.split()[0] for row in _MEASURES)
_SYMBOLS = {"£": "pound", "€": "euro", "$": "dollar", "us$": "dollar", "r": "rand", "zar": "rand"}
_AREAS = {
    ("square", "metre"): "m2",
    ("cubic", "metre"): "m3",
    ("square", "km"): "km2",
    ("square", "mile"): "square mile",
}
_KINDS_OF = {  # words before a unit
    "working", "calendar", "bed", "full", "time", "equivalent", "new", "missed", "affordable",
    "net", "gross", "average", "sq", "cubic", "square", "percentage", "residual", "council",
    "staff", "digital", "online",
}  # fmt: skip
_OF_MANY = r"1(?:0{1,5}|,000|0,000|00,000)|million|thousand"  # per 100,000
_MANY = {"thousand": 10**3, "million": 10**6}
_LONGEST = 6  # words

SCALES = {"k": 3, "thousand": 3, "m": 6, "mn": 6, "mil": 6, "million": 6, "bn": 9, "billion": 9}
"""What figures are written short with, and the power of ten that it stands for: £1.2m."""


class Measure(NamedTuple):
    """What a figure counts in: "kg", of how many, and per what; "" where it doesn't say."""

    counted: str
    of_many: int = 1
    per: str = ""

    def differs(self, other: "Measure") -> bool:
        """Whether figures in the two can't be compared as bare numbers.

        Things that are counted may have many names, and only measures tell them apart for sure.
        """
        return (
            self.of_many != other.of_many
            or bool(self.per and other.per and self.per != other.per)
            or (
                bool(self.counted and other.counted and self.counted != other.counted)
                and not _IS_MEASURE.isdisjoint((self.counted, other.counted))
            )
        )


@lru_cache(maxsize=512)
def measured_in(text: str) -> Measure | None:
    """Return the unit that words are, such as "working days" or "kg/household", or None."""
    words = text.casefold().replace("/", " per ").split()
    if not 0 < len(words) <= _LONGEST:
        return None
    at = words.index("per") if "per" in words else len(words)
    above, below = words[:at], words[at + 1 :]
    many = [word for word in below if re.fullmatch(_OF_MANY, word)]
    per = [word for word in below if word not in many]
    is_unit = (
        (not above or _name(above[-1]) is not None)
        and all(_name(word) is not None or word in _KINDS_OF for word in above + per)
        and bool(below) == (at < len(words))
    )
    if not is_unit:
        return None
    of_many = _MANY.get(many[0]) or int(many[0].replace(",", "")) if many else 1
    return Measure(_counted(above), of_many, _counted(per))


def currency_named(symbol: str) -> str:
    """Return the name of a currency: "pound" for £ and for GBP."""
    symbol = symbol.casefold()
    return _SYMBOLS.get(symbol) or _NAMES.get(symbol, symbol)


def _name(word: str) -> str | None:
    """Return the one name of a unit: in the singular, in the plural or short; None for others."""
    word = word.rstrip(".")
    singulars = (word, word.removesuffix("s"), word.removesuffix("es"), f"{word[:-3]}y")
    return next((_NAMES[each] for each in singulars if each in _NAMES), None)


def _counted(words: list[str]) -> str:
    """Return what is counted in the end: days in "working days", tonnes in "tonnes CO2e"."""
    names = [(before, name) for before, word in pairwise(["", *words]) if (name := _name(word))]
    before, name = names[-1] if names else ("", "")
    return _AREAS.get(("square" if before == "sq" else before, name), name)
