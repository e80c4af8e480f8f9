"""What is known of a workbook before its tables are looked for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kpi_cli.period_words import period_named
from kpi_cli.periods import Period
from kpi_cli.reading.definitions import Definitions
from kpi_cli.reading.headings import Reader
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

if TYPE_CHECKING:  # loaded where there is one
    from kpi_cli.reading.profile import Given


class Guide(NamedTuple):
    """What is known of a workbook before its tables: its file's name, and what was asked for."""

    name: str = ""
    year_starts: int = 4  # the month that the financial year starts with
    period: Period | str | None = None  # of all rows that don't tell their own
    profile: "Given | None" = None
    definitions: Definitions | None = None
    is_definitions: bool = False  # the workbook itself

    @property
    def reader(self) -> Reader:
        """What headings are read with."""
        told = self.profile.profile.headings if self.profile else {}
        return Reader(self.year_starts, told=told, fewest=2 if self.is_definitions else 3)

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """What the profile says that words mean, by the field that they stand in."""
        if self.profile is None:
            return {}
        profile = self.profile.profile
        return {
            "polarity": profile.polarities,
            "published_outcome": profile.outcomes,
            "published_direction": profile.directions,
        }

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that the profile gives, by their keys."""
        return self.profile.profile.settings if self.profile else {}

    def asked(self) -> Period | None:
        """Return the period asked for; raises UnreadableWorkbookError where that is unclear."""
        if isinstance(self.period, Period):
            return self.period._replace(year_starts=self.year_starts)
        try:
            return period_named(self.period, self.year_starts) if self.period else None
        except ValueError as unclear:
            raise UnreadableWorkbookError(f"the period asked for: {unclear}") from unclear
