"""The example that a new workbook has: an indicator that slips a little, and a year of history."""

from collections.abc import Mapping

from kpi_cli.fields import EXAMPLE
from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.periods import Period
from kpi_cli.writing.excel.cells import Content
from kpi_cli.writing.template.rhythm import Rhythm

Row = Mapping[str, Content]  # by field

_CODE = f"{EXAMPLE} 1"
# Plain numbers in plain cells: another number, or a percentage, can be typed over them.
_VALUES = (375, 352, 341, 368, 380, 377, 371, 383, 390, 402, 396, 391, 388)
"""Of the same month last year, of those between, and of the month; others have some of them."""
_TARGET = 400


def example_indicator(period: Period, rhythm: Rhythm) -> Row:
    """Return an indicator that is 12 under its target, and better than last year."""
    return {
        "code": _CODE,
        "short_name": f"Example: library visits per 1,000 residents [{rhythm.snapshot}]",
        "polarity": Polarity.MAXIMISE.label,
        "period": period,
        "value": _VALUES[-1],
        "target": _TARGET,
        "annual_target": _TARGET,
        "published_outcome": Outcome.SLIPPAGE.label,
        "published_direction": Direction.BETTER.label,
        "comment": "This row is an example: type over it, or delete it with its rows in History.",
        "managed_by": "Example service",
        "committee": "Example scrutiny",
        "aim": EXAMPLE,
        "responsible_ous": "Example department",
        "year_introduced": str(period.year_before.last.year),
    }


def example_history(period: Period) -> list[Row]:
    """Return the periods of the example, from the same one last year up to its own."""
    values = _VALUES[:: period.length]
    return [
        {
            "code": _CODE,
            "period": period.after(place + 1 - len(values)),
            "value": value,
            "target": _TARGET,
        }
        for place, value in enumerate(values)
    ]
