"""The example that a new workbook has: an indicator that slips a little, and a year of history."""

from collections.abc import Mapping

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.periods import Month
from kpi_cli.writing.excel.cells import Content

Row = Mapping[str, Content]  # by field

MARK = "EXAMPLE"  # a code that starts so is an example's
_CODE = f"{MARK} 1"
# Plain numbers in plain cells: another number, or a percentage, can be typed over them.
_VALUES = (375, 352, 341, 368, 380, 377, 371, 383, 390, 402, 396, 391, 388)
"""Of the same month last year, of those between, and of the month."""
_TARGET = 400


def example_indicator(month: Month) -> Row:
    """Return an indicator that is 12 under its target, and better than last year."""
    return {
        "code": _CODE,
        "short_name": "Example: library visits per 1,000 residents [Monthly Snapshot]",
        "polarity": Polarity.MAXIMISE.label,
        "month": month,
        "value": _VALUES[-1],
        "target": _TARGET,
        "annual_target": _TARGET,
        "published_outcome": Outcome.SLIPPAGE.label,
        "published_direction": Direction.BETTER.label,
        "comment": "This row is an example: type over it, or delete it with its rows in History.",
        "managed_by": "Example service",
        "committee": "Example scrutiny",
        "aim": "EXAMPLE",
        "responsible_ous": "Example department",
        "year_introduced": str(month.year - 1),
    }


def example_history(month: Month) -> list[Row]:
    """Return the months of the example, from the same month last year up to its own."""
    return [
        {
            "code": _CODE,
            "month": month.after(place - 12),
            "value": value,
            "target": _TARGET,
        }
        for place, value in enumerate(_VALUES)
    ]
