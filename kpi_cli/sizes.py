"""Sizes in bytes, as people write them: "512 MiB", "2GB"."""

import re
from decimal import Decimal

_UNITS = {"": 1024**2, "k": 1024, "m": 1024**2, "g": 1024**3}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?", re.IGNORECASE)


def parse_size(text: str) -> int | None:
    """Return the bytes that a text names, 1024 to the kilobyte; None where it names no size.

    A number alone counts mebibytes.
    """
    found = _SIZE.fullmatch(text.strip())
    size = round(Decimal(found[1]) * _UNITS[found[2].lower()]) if found else 0
    return size or None
