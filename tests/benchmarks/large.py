"""A large organisation's workbook, the same each time: python -m tests.benchmarks.large 2000 FILE.

Of every 20 indicators 3 are red, 3 amber, 13 green, and one has no value. Each has 36 months of
history; with --earlier it is the workbook of the month before.
"""

import argparse
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MONTHS = 36  # of history, the latest being January 2019; the last one is the indicators' own
_LATEST = 2019 * 12 + 0  # that January, in months

_HEADINGS = (
    "MPR Code", "Short Name", "Aim", "Minimise or Maximise", "Latest Month", "Month's Value",
    "Month's Target", "Annual Target 2018/19", "Expected Outcome",
    "Better or worse than last year", "Comment", "Managed By", "Scrutiny Committee",
    "Responsible OUs", "Year Introduced", "Tolerance",
)  # fmt: skip
_SETTINGS = (
    ("Setting", "Value"),
    ("Organisation", "Large Borough Council"),
    ("Report Title", "Monthly Performance Report"),
    ("Amber Tolerance", "5%"),
)
_AIMS = ("SAFE", "CLEAN", "HEALTHY", "PROSPEROUS", "EXCELLENT", "FAIR")
_OUS = (
    "Department for People", "Department for Place", "Strategic Services", "Finance and Resources",
    "Legal and Democratic Services", "Public Health", "Housing", "Culture and Tourism",
    "Customer Services",
)  # fmt: skip
_COMMITTEES = (
    "People Scrutiny", "Place Scrutiny", "Policy and Resources Scrutiny", "Health Scrutiny",
)  # fmt: skip
_SERVICES = (
    "library visits", "missed waste collections", "care assessments", "planning decisions",
    "council tax collected", "calls answered", "housing repairs", "apprenticeships started",
    "food inspections", "school places offered", "parking appeals", "street lights mended",
    "foster placements",
)  # fmt: skip
_SENTENCES = (
    "The result follows the plan that the service agreed in the spring.",
    "Two posts were vacant for most of the quarter, and both are filled from February on.",
    "Demand rose after the new estate was opened, as it did at the same time last year.",
    "The contractor has been asked for a timetable, and will report to the next meeting.",
    "Officers will sample the cases that took longest, and say what held them up.",
    "The figure is provisional until the returns of the last week are in.",
    "We expect to be back at the target by the end of the financial year.",
)
_MISSED = ("red",) * 3 + ("amber",) * 3 + ("green",) * 13 + ("none",)


@dataclass(frozen=True)
class Kind:
    """A kind of indicator: which way is good, how large it is, and how its cells show it."""

    polarity: str
    number_format: str
    decimals: int  # of what the cell holds, which is a fraction for a percentage
    smallest: Decimal
    largest: Decimal
    band: Decimal | None = None  # a band's width, as a part of its midpoint


_MAXIMISE, _MINIMISE, _GOLDILOCKS = "Aim to Maximise", "Aim to Minimise", "Goldilocks"
_KINDS = (
    Kind(_MAXIMISE, "0.0%", 3, Decimal("0.6"), Decimal("0.9")),
    Kind(_MAXIMISE, "#,##0", 0, Decimal(2_000), Decimal(90_000)),
    Kind(_MINIMISE, "0.00%", 4, Decimal("0.02"), Decimal("0.3")),
    Kind(_MAXIMISE, "0.0%", 3, Decimal("0.5"), Decimal("0.95")),
    Kind(_MINIMISE, "0.00", 2, Decimal(5), Decimal(80)),
    Kind(_GOLDILOCKS, "0.0", 1, Decimal(40), Decimal(90), band=Decimal("0.2")),
    Kind(_MINIMISE, '"£"#,##0.00', 2, Decimal(150), Decimal(900)),
)


@dataclass(frozen=True)
class Series:
    """An indicator's target, and its values up to the latest month."""

    kind: Kind
    target: Decimal | str  # a band is a text
    values: tuple[Decimal | None, ...]


def large_workbook(indicators: int, months: int = MONTHS) -> Workbook:
    """Return a workbook of this many indicators and months, to be saved once."""
    book = Workbook(write_only=True)
    main, history, settings = (
        book.create_sheet(name) for name in ("Indicators", "History", "Settings")
    )
    main.append(_HEADINGS)
    history.append(("Code", "Month", "Value", "Target"))
    for number in range(indicators):
        series = _series(number, months)
        code = f"LB {number // 20 + 1}.{number % 20 + 1}"
        main.append(_indicator_row(main, number, code, series))
        for row in _history_rows(history, code, series):
            history.append(row)
    for setting in _SETTINGS:
        settings.append(setting)
    return book


def _series(number: int, months: int) -> Series:
    chance = random.Random(number)
    kind = _KINDS[number % len(_KINDS)]
    middle = _rounded(kind.smallest + (kind.largest - kind.smallest) * _part(chance), kind)
    half = _rounded(middle * (kind.band or 0) / 2, kind)
    better = -1 if kind.polarity == _MINIMISE else 1
    noise = (kind.band or Decimal("0.1")) / 4
    earlier = [_rounded(middle * (1 + noise * (_part(chance) - _part(chance))), kind)
               for _ in range(MONTHS - 1)]  # fmt: skip
    missed = _MISSED[number % len(_MISSED)]
    part = {"red": Decimal("-0.12"), "amber": Decimal("-0.03"), "green": Decimal("0.02")}
    latest = None
    if missed != "none":
        latest = _rounded((middle - half) * (1 + better * part[missed]), kind)
    if kind.band and missed == "red":
        latest = middle - 4 * half
    target = f"{middle - half}-{middle + half}" if kind.band else middle
    return Series(kind, target, (*earlier, latest)[:months])


def _part(chance: random.Random) -> Decimal:
    return Decimal(chance.randrange(1000)) / 1000


def _rounded(number: Decimal, kind: Kind) -> Decimal:
    return number.quantize(Decimal(1).scaleb(-kind.decimals), ROUND_HALF_UP)


def _indicator_row(
    sheet: WriteOnlyWorksheet, number: int, code: str, series: Series
) -> tuple[Any, ...]:
    service = _SERVICES[number % len(_SERVICES)]
    ou = _OUS[number % len(_OUS)]
    value = series.values[-1]
    target = _cell(sheet, series.target, series.kind.number_format)
    return (
        code,
        f"Part {number % 50 + 1} of all {service} that were in time [Monthly Snapshot]",
        _AIMS[number % len(_AIMS)],
        series.kind.polarity,
        _cell(sheet, _month(len(series.values) - 1), "mmmm yyyy"),
        "TBC" if value is None else _cell(sheet, value, series.kind.number_format),
        target,
        target,
        None,
        None,
        _comment(number),
        f"Head of {service}",
        _COMMITTEES[number % len(_COMMITTEES)],
        ou if number % 10 else f"{ou}; {_OUS[(number + 4) % len(_OUS)]}",
        str(2010 + number % 9),
        "4%" if number % 40 == 7 else None,
    )


def _comment(number: int) -> str | None:
    """Return from one to seven sentences; every ninth indicator has no comment."""
    if number % 9 == 4:
        return None
    return " ".join(_SENTENCES[(number + i) % len(_SENTENCES)] for i in range(1 + number % 7))


def _history_rows(
    sheet: WriteOnlyWorksheet, code: str, series: Series
) -> Iterator[tuple[Any, ...]]:
    for number, value in enumerate(series.values):
        yield (
            code,
            _cell(sheet, _month(number), "mmm yyyy"),
            None if value is None else _cell(sheet, value, series.kind.number_format),
            _cell(sheet, series.target, series.kind.number_format),
        )


def _month(number: int) -> datetime:
    year, index = divmod(_LATEST - (MONTHS - 1) + number, 12)
    return datetime(year, index + 1, 1)


def _cell(
    sheet: WriteOnlyWorksheet, content: Decimal | datetime | str, number_format: str
) -> Cell | str:
    if isinstance(content, str):
        return content
    cell = WriteOnlyCell(sheet, float(content) if isinstance(content, Decimal) else content)
    cell.number_format = number_format
    return cell


def main() -> None:
    """Write the workbook that the command line asks for."""
    parser = argparse.ArgumentParser(description="Write a large organisation's workbook.")
    parser.add_argument("indicators", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--earlier", action="store_true")
    asked = parser.parse_args()
    large_workbook(asked.indicators, MONTHS - asked.earlier).save(asked.file)


if __name__ == "__main__":
    main()
