"""The changes between two reports as CSV: one row for each, its kind first."""

from collections.abc import Iterator
from typing import Any, TextIO

from kpi_cli.comparison.compared import Compared
from kpi_cli.writing.changes.record import change_records, not_compared_record
from kpi_cli.writing.csv_cells import flat, write_records

_STATE = (
    "period", "month", "value", "value_text", "target", "target_text", "expected_outcome", "cell",
)  # fmt: skip
_SIDES = ("before", "after")
_FIELDS = (
    "kind", "code", "short_name", "before_workbook", "after_workbook",
    *(f"{side}_{field}" for field in _STATE for side in _SIDES),
    "value_change", "cause", "cause_text", "differences", "name_of", "reason",
)  # fmt: skip
_BANDS = tuple(f"{side}_target" for side in _SIDES)


def write_csv(compared: Compared, stream: TextIO, everything: bool) -> None:
    """Write one row for each change, below one row of field names.

    Settings that differ are rows of the kind "setting", and what can't be compared has its reason;
    with everything there are rows for what is unchanged, and for what isn't known.
    """
    names = {f"{side}_workbook": getattr(compared, side).workbook.name for side in _SIDES}
    rows = (flat({**names, **row}, _FIELDS) for row in _rows(compared, everything))
    write_records(rows, stream, _FIELDS, _BANDS)


def _rows(compared: Compared, everything: bool) -> Iterator[dict[str, Any]]:
    for change in change_records(compared, everything):
        row = change.model_dump()
        differ = (
            f"{each['what']}: {each['before']} → {each['after']}" for each in row["differences"]
        )
        yield row | {"differences": "; ".join(differ) or None}
    for setting in compared.settings:
        words = f"{setting.key}: {setting.before} → {setting.after}"
        yield {"kind": "setting", "differences": words}
    for each in compared.not_compared:
        if everything or not each.not_known:
            yield not_compared_record(each).model_dump()
