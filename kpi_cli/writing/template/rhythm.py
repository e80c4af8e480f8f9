"""How often figures are reported, and what a workbook to fill in says of its periods."""

from collections.abc import Mapping
from enum import Enum

from kpi_cli.fields import Field
from kpi_cli.periods import Month, Period


class Rhythm(Enum):
    """How often the figures of a workbook are reported."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    HALF_YEARLY = "half-yearly"
    YEARLY = "yearly"

    @property
    def length(self) -> int:
        """How many months a period has."""
        return _LENGTHS[self]

    @property
    def snapshot(self) -> str:
        """The reporting basis of a figure that is told anew each time: "Quarterly Snapshot"."""
        return "Annual Snapshot" if self is Rhythm.YEARLY else f"{self.value.title()} Snapshot"

    def latest(self, month: Month, year_starts: int) -> Period:
        """Return the latest period that does not end after a month."""
        months_since = (month.number - (year_starts - 1)) % self.length
        return Period(month.after(-months_since), self.length, year_starts)

    def fields(self, fields: Mapping[str, Field], example: Period) -> dict[str, Field]:
        """Return fields with the headings and notes that they have beside periods of this length.

        The example is the period that notes show how to type. A year's target is the annual one:
        it needs no column beside it.
        """
        left_out = {"annual_target"} if self is Rhythm.YEARLY else set()
        return {
            key: field._replace(
                headings=(self._worded(field.heading), *field.headings[1:]),
                note=self._worded(field.note, example),
            )
            for key, field in fields.items()
            if key not in left_out
        }

    def _worded(self, text: str, example: Period | None = None) -> str:
        """Return a text of months as one of this rhythm's periods."""
        if example and self is not Rhythm.MONTHLY:
            text = text.replace("January 2019", example.label)
        for words, instead in _WORDS[self].items():
            text = text.replace(words, instead)
        return text


_LENGTHS = {
    Rhythm.MONTHLY: 1,
    Rhythm.QUARTERLY: 3,
    Rhythm.HALF_YEARLY: 6,
    Rhythm.YEARLY: 12,
}
# In place of which words others stand, in this order: the first that fit go before shorter ones.
# A column "Latest Quarter" would be read as the value of the latest quarter.
_WORDS: Mapping[Rhythm, Mapping[str, str]] = {
    Rhythm.MONTHLY: {},
    Rhythm.QUARTERLY: {
        "Latest Month": "Quarter",
        "Monthly": "Quarterly",
        "Month": "Quarter",
        "month": "quarter",
    },
    Rhythm.HALF_YEARLY: {
        "Latest Month": "Half-Year",
        "Monthly": "Half-Yearly",
        "Month": "Half-Year",
        "month": "half-year",
    },
    Rhythm.YEARLY: {
        "Latest Month": "Period",
        "Same Month Last Year": "Last Year",
        "Monthly": "Annual",
        "Month's Value": "Value",
        "Month's Target": "Target",
        "Month": "Period",
        "The same month a year earlier": "The year before",
        "the same month a year earlier": "the year before",
        "; where it is empty, the annual target counts": "",
        "month": "year",
    },
}
