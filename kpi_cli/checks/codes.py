"""Checks of codes: those used twice, and history that belongs to no indicator or stands twice."""

from collections.abc import Iterator

from kpi_cli.checks.base import Data, Finding
from kpi_cli.fields import EXAMPLE
from kpi_cli.models import Indicator
from kpi_cli.names import fold


def code_used_twice(data: Data) -> Iterator[Finding]:
    """An indicator's code that stands in two rows: both are rated, and one of them is wrong."""
    for earlier, *others in data.rows.values():
        for indicator in others:
            cell, first = indicator.place.cell("code"), earlier.place.cell("code")
            also = f"is also in {first}" if cell != first else _merged(indicator, earlier)
            yield Finding(
                cell,
                f"{indicator.code} {also}; both rows are rated",
                "Leave one row, or give the other indicator its own code.",
            )


def _merged(indicator: Indicator, earlier: Indicator) -> str:
    rows = f"rows {earlier.place.row} and {indicator.place.row}"
    return f"is merged down, and is the code of {rows}"


def example_left(data: Data) -> Iterator[Finding]:
    """The example of a new workbook that stands among indicators, and is rated as one of them."""
    indicators = data.workbook.indicators
    examples = [each for each in indicators if each.code.startswith(EXAMPLE)]
    for each in examples if len(examples) < len(indicators) else ():
        yield Finding(
            each.place.cell("code"),
            f"{each.code} is the example that kpi new writes, and is rated with the others",
            "Type over it, or delete it, with its rows in History.",
        )


def history_contradicts(data: Data) -> Iterator[Finding]:
    """A code and period with rows of history that differ: none of them is used."""
    yield from _repeated(data, True, "they differ, and neither is used")


def history_repeated(data: Data) -> Iterator[Finding]:
    """A code and period with several rows of history that are the same."""
    yield from _repeated(data, False, "they are the same")


def history_of_unknown_code(data: Data) -> Iterator[Finding]:
    """History whose code is no indicator's: named once, at its first row."""
    codes = [indicator.code for indicator in data.workbook.indicators]
    codes += [row.code for row in data.workbook.unrated if row.code]
    if not codes:  # no table of indicators could be read, and that is told already
        return
    named = {fold(code) for code in codes}
    alike = {_bare(code): code for code in reversed(codes)}
    for reading in data.workbook.history:
        if fold(reading.code) not in named:
            named.add(fold(reading.code))
            near = alike.get(_bare(reading.code))
            yield Finding(
                reading.place.cell("code"),
                f"the history has {reading.code}, but no indicator has that code",
                f"If {near} is meant, write it so." if near else "Add the indicator's row.",
            )


def _repeated(data: Data, differing: bool, outcome: str) -> Iterator[Finding]:
    for readings, differ in data.history.repeated():
        earlier, *others = readings
        for reading in others if differ is differing else ():
            yield Finding(
                reading.place.cell("code"),
                f"{reading.code} has another row for {reading.period.label},"
                f" {earlier.place.cell('code')}; {outcome}",
                "Leave the row that is right.",
            )


def _bare(code: str) -> str:
    """Return a code without spaces and punctuation, in which "CP3.2" is like "CP 3.2"."""
    return "".join(character for character in fold(code) if character.isalnum())
