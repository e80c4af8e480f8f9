"""Indicators with a history for tests, and the screens that are shown of them."""

import io
import os
import re
from collections.abc import Iterable, Sequence
from unittest import mock

from kpi_cli.insight import Insight, insights
from kpi_cli.models import Indicator, Report, Workbook
from kpi_cli.report import rate
from kpi_cli.writing.one_indicator.table import write_table
from tests.builders import indicator, period, reading

COLOUR = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.TextIOWrapper):
    """What a terminal of some encoding gets."""

    def isatty(self) -> bool:
        return True


def printed(
    report: Report, *, width: int = 80, encoding: str = "utf-8", no_color: bool = False
) -> str:
    """Return what a terminal of this width and encoding gets, colours and all."""
    terminal = Terminal(io.BytesIO(), encoding=encoding, newline="\n")
    with mock.patch.dict(os.environ, {"COLUMNS": str(width), "TERM": "xterm"}):
        os.environ.pop("NO_COLOR", None)
        if no_color:
            os.environ["NO_COLOR"] = "1"
        write_table([report], terminal)
    terminal.seek(0)
    return terminal.read()


def seen(report: Report, *, width: int = 80, encoding: str = "utf-8") -> str:
    """Return what can be read in a terminal of this width and encoding."""
    lines = COLOUR.sub("", printed(report, width=width, encoding=encoding)).splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


def with_past(
    values: Sequence[str | None],
    *,
    last: str = "January 2019",
    targets: Sequence[str | None] | str | None = "90",
    **fields: object,
) -> Report:
    """Return the report of an indicator with these values, of which the last one is its own.

    They are of periods that follow each other; None is a period without a row.
    """
    own = period(last)
    wanted = [targets] * len(values) if isinstance(targets, str | None) else list(targets)
    periods = [own.after(number - len(values) + 1) for number in range(len(values))]
    rows = list(zip(periods, values, wanted, strict=True))
    history = tuple(
        reading("CP 1.1", when.label, text, target, row=row)
        for row, (when, text, target) in enumerate(rows[:-1], start=2)
        if text is not None
    )
    made: Indicator = indicator(values[-1], wanted[-1], **({"period": own} | fields))  # type: ignore[arg-type]
    return rate(Workbook(name="x.xlsx", indicators=(made,), history=history))


def wobbling(count: int, around: int = 95, unit: str = "{}") -> list[str | None]:
    """Return so many values that go up and down without a rule that a chart would find."""
    steps = (0, 6, -5, 3, -7, 8, -2, 5, -8, 1, -3)
    return [unit.format(around + steps[number % len(steps)]) for number in range(count)]


def insight_of(report: Report) -> Insight:
    """Return the only insight of a report."""
    (insight,) = insights(report)
    return insight


def plot_of(page: str) -> list[str]:
    """Return the rows of the plot on a page, from the top to its axis."""
    return [line for line in page.splitlines() if "│" in line]


def has_braille(text: Iterable[str] | str) -> bool:
    """Whether a text has dots of a plot in it."""
    return re.search(r"[\u2801-\u28ff]", "".join(text)) is not None
