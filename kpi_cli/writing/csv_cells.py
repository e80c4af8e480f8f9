"""Cells of CSV files: nothing that Excel takes for a formula."""

import re
from typing import Any

_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_NUMBER = re.compile(r"-?[£$€¥]?[\d,]+(\.\d+)?%?|-")  # Excel reads these as a number, or a dash


def safe_cell(value: Any) -> Any:
    """Return a text that would start a formula with an apostrophe before it."""
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value
