"""What looks wrong in the data of a workbook: one function per check, each yielding problems."""

from collections.abc import Callable, Iterator

from kpi_cli.models import Indicator, Problem, Severity, Target, Unit, Workbook
from kpi_cli.names import fold
from kpi_cli.past import History

Check = Callable[[Workbook, History], Iterator[Problem]]


def check(workbook: Workbook, history: History) -> list[Problem]:
    """Return everything that the checks find in a workbook."""
    return [problem for find in CHECKS for problem in find(workbook, history)]


def code_used_twice(workbook: Workbook, history: History) -> Iterator[Problem]:
    """An indicator's code that stands in two rows: both are rated, and one of them is wrong."""
    first: dict[str, Indicator] = {}
    for indicator in workbook.indicators:
        earlier = first.setdefault(fold(indicator.code), indicator)
        if earlier is not indicator:
            yield Problem(
                severity=Severity.ERROR,
                cell=indicator.place.cell("code"),
                message=f"{indicator.code} is also in {earlier.place.cell('code')};"
                " both rows are rated",
                hint="Leave one row, or give the other indicator its own code.",
            )


def history_repeated(workbook: Workbook, history: History) -> Iterator[Problem]:
    """A code and month with several rows of history: where they differ, none can be used."""
    for readings, differ in history.repeated():
        earlier, *others = readings
        for reading in others:
            outcome = "they differ, and neither is used" if differ else "they are the same"
            yield Problem(
                severity=Severity.ERROR if differ else Severity.WARNING,
                cell=reading.place.cell("code"),
                message=f"{reading.code} has another row for {reading.month.label},"
                f" {earlier.place.cell('code')}; {outcome}",
                hint="Leave the row that is right.",
            )


def history_of_unknown_code(workbook: Workbook, history: History) -> Iterator[Problem]:
    """History whose code is no indicator's: named once, at its first row."""
    codes = [indicator.code for indicator in workbook.indicators]
    codes += [row.code for row in workbook.unrated if row.code]
    named = {fold(code) for code in codes}
    for reading in workbook.history:
        if fold(reading.code) not in named:
            named.add(fold(reading.code))
            near = next((code for code in codes if _bare(code) == _bare(reading.code)), None)
            yield Problem(
                severity=Severity.WARNING,
                cell=reading.place.cell("code"),
                message=f"the history has {reading.code}, but no indicator has that code",
                hint=f"If {near} is meant, write it so." if near else "Add the indicator's row.",
            )


def units_mixed(workbook: Workbook, history: History) -> Iterator[Problem]:
    """A percentage beside a target or an earlier value that is none."""
    for indicator in workbook.indicators:
        others: dict[str, Target | None] = {
            "target": indicator.target,
            "annual target": indicator.annual_target,
            "value of last year": indicator.last_year,
        }
        for name, other in others.items():
            if indicator.value and other and _differ(indicator.value.unit, other.unit):
                yield Problem(
                    severity=Severity.WARNING,
                    cell=indicator.place.cell("value"),
                    message=f"the value of {indicator.code} is {indicator.value.text},"
                    f" and the {name} is {other.text}: they are rated as they stand",
                    hint="Show both as percentages, or neither.",
                )
                break


def last_year_differs(workbook: Workbook, history: History) -> Iterator[Problem]:
    """Same Month Last Year that isn't what the history has; the history counts."""
    for indicator in workbook.indicators:
        reading = history.at(indicator.code, indicator.month.year_before)
        stated = indicator.last_year
        if stated and reading and reading.value and stated.number != reading.value.number:
            yield Problem(
                severity=Severity.WARNING,
                cell=indicator.place.cell("last_year"),
                message=f"the value of {indicator.code} last year is {stated.text} here, and"
                f" {reading.value.text} in {reading.place.cell('value')}, which counts",
                hint="Correct the one that is wrong.",
            )


CHECKS: tuple[Check, ...] = (
    code_used_twice,
    history_repeated,
    history_of_unknown_code,
    units_mixed,
    last_year_differs,
)


def _bare(code: str) -> str:
    """Return a code without spaces and punctuation, in which "CP3.2" is like "CP 3.2"."""
    return "".join(character for character in fold(code) if character.isalnum())


def _differ(unit: Unit, other: Unit) -> bool:
    return (unit is Unit.PERCENT) != (other is Unit.PERCENT)
