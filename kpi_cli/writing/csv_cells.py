"""CSV files of records: bands laid flat, and nothing that Excel takes for a formula."""

import csv
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TextIO

_FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
_WITHIN = re.compile(r"([;\t][^\S\t]*+)([=+\-@＝＋－＠][^;\t]*)")
_NUMBER = re.compile(r"-?[£$€¥]?[\d,]+(\.\d+)?%?|-")  # Excel reads these as a number, or a dash


def columns_of(fields: Iterable[str], bands: Collection[str] = ()) -> list[str]:
    """Return the columns of records: their fields, and beside those of bands the two ends."""
    names: list[str] = []
    for name in fields:
        names += [name, f"{name}_low", f"{name}_high"] if name in bands else [name]
    return names


def flat(record: Mapping[str, Any], fields: Iterable[str]) -> dict[str, Any]:
    """Return a record's fields: those of a record in it as "previous_value", lists in one cell."""
    laid = dict(record)
    for name, inner in record.items():
        if isinstance(inner, Mapping):
            laid |= {f"{name}_{key}": value for key, value in inner.items()}
    cells = {field: laid.get(field) for field in fields}
    return {
        field: "; ".join(cell) if isinstance(cell, list) else cell for field, cell in cells.items()
    }


def write_records(
    records: Iterable[Mapping[str, Any]],
    stream: TextIO,
    fields: Iterable[str],
    bands: Collection[str] = (),
) -> None:
    """Write one row for each record, below one row of field names.

    Where one of the bands has two ends, they stand in columns of their own beside its empty one.
    """
    rows = csv.DictWriter(stream, columns_of(fields, bands), lineterminator="\n")
    rows.writeheader()
    for record in records:
        flat = dict(record)
        for name in bands:
            if isinstance(band := record.get(name), dict):
                flat |= {name: None, f"{name}_low": band["low"], f"{name}_high": band["high"]}
        rows.writerow({name: safe_cell(value) for name, value in flat.items()})


def safe_cell(value: Any) -> Any:
    """Return a text with an apostrophe before what would start a formula.

    Excel divides a file at semicolons where the system's lists have these, and at tabs where it is
    asked to, whatever is quoted: what stands after them may be a cell of its own.
    """
    if not isinstance(value, str):
        return value
    start = "'" if _FORMULA.match(value) and not _NUMBER.fullmatch(value) else ""
    return start + _WITHIN.sub(_safe_part, value)


def _safe_part(part: re.Match[str]) -> str:
    before, text = part.groups()
    return part[0] if _NUMBER.fullmatch(text.strip()) else f"{before}'{text}"
