"""The columns to fill in: what may be typed there, and the look that it takes."""

from collections.abc import Mapping
from dataclasses import dataclass

from openpyxl.styles import Alignment

from kpi_cli.fields import Kind
from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.writing.excel.styles import FIGURE, WRAPPED, WRAPPED_LEFT
from kpi_cli.writing.template.allowed import MONTH, Allowed, one_of

_AS_TYPED = "@"  # Excel would make a date of a code such as 3-10, and 3.1 of 3.10


@dataclass(frozen=True)
class Column:
    """What may be typed into a column, and the format and alignment that it takes there."""

    allowed: Allowed | None = None
    number_format: str = "General"
    alignment: Alignment = WRAPPED


_FIGURE = Column(alignment=FIGURE)
COLUMNS: Mapping[Kind, Column] = {
    Kind.CODE: Column(number_format=_AS_TYPED),
    Kind.TEXT: Column(),
    Kind.NAME: Column(),
    Kind.NAMES: Column(),
    Kind.YEAR: Column(None, _AS_TYPED, WRAPPED_LEFT),
    Kind.POLARITY: Column(one_of([polarity.label for polarity in Polarity])),
    Kind.MONTH: Column(MONTH, "mmmm yyyy", WRAPPED_LEFT),
    Kind.VALUE: _FIGURE,
    Kind.TARGET: _FIGURE,
    Kind.TOLERANCE: _FIGURE,
    Kind.OUTCOME: Column(one_of([outcome.label for outcome in Outcome])),
    Kind.DIRECTION: Column(one_of([direction.label for direction in Direction])),
}
"""The columns by what their cells hold."""
