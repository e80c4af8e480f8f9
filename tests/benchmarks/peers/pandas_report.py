"""The job of `kpi rate` as a script with pandas: pandas_report.py WORKBOOK ENGINE.

The same rules in floats, for workbooks that are laid out as the sample is. It doesn't tell what is
wrong in the data, nor why an indicator is rated so.
"""

import re
import sys
from typing import Any

import pandas as pd

NAMES = ("At risk", "Some slippage", "On course", "No value", "No target")
Ends = tuple[float, float]


def main(workbook: str, engine: str) -> None:
    """Print a table of the outcome and the direction of every indicator."""
    book = pd.ExcelFile(workbook, engine=engine)
    indicators = pd.read_excel(book, sheet_name="Indicators", header=2)
    history = pd.read_excel(book, sheet_name="History")
    values = history.set_index(["Code", "Month"])["Value"].to_dict()
    settings = dict(pd.read_excel(book, sheet_name="Settings").to_numpy())
    shown = indicators[["MPR Code", "Latest Month", "Month's Value", "Month's Target"]].copy()
    rows = indicators.to_dict("records")
    shown["Expected outcome"] = [outcome(row, settings) for row in rows]
    shown["Direction"] = [direction(row, values) for row in rows]
    print(shown.to_string(index=False))
    print(shown["Expected outcome"].value_counts().reindex(NAMES, fill_value=0).to_string())


def outcome(row: dict[str, Any], settings: dict[str, Any]) -> str:
    """Return the expected outcome of an indicator."""
    value, months, annual = ends_of(row)
    target = months or annual
    if value is None:
        return "No value"
    if target is None:
        return "No target"
    basis = sum(annual or target) / 2
    amber = tolerance(row, basis, settings)
    if target[0] < target[1]:
        amber = target[1] - target[0]
    missed = shortfall(value[0], target, row["Minimise or Maximise"])
    if missed <= settings["Green Tolerance"] * basis:
        return "On course"
    return "Some slippage" if missed < amber else "At risk"


def tolerance(row: dict[str, Any], basis: float, settings: dict[str, Any]) -> float:
    """Return from which shortfall on an indicator is at risk, where its target is no band."""
    own = row["Tolerance"]
    if isinstance(own, str) and own.endswith("%"):
        return float(own[:-1]) / 100 * basis
    return own if isinstance(own, float) and own == own else settings["Amber Tolerance"] * basis


def direction(row: dict[str, Any], values: dict[Any, Any]) -> str:
    """Return whether the value is better or worse than a year ago."""
    value, months, annual = ends_of(row)
    year_ago = row["Latest Month"] - pd.DateOffset(years=1)
    last_year = ends(values.get((row["MPR Code"], year_ago)))
    target = months or annual
    if value is None or last_year is None or target is None:
        return "-"
    polarity = row["Minimise or Maximise"]
    gain = shortfall(last_year[0], target, polarity) - shortfall(value[0], target, polarity)
    if gain == 0:
        return "Same"
    return "Better" if gain > 0 else "Worse"


def shortfall(value: float, target: Ends, polarity: str) -> float:
    """Return how far a value misses its target on the bad side."""
    if polarity == "Aim to Maximise":
        return target[0] - value
    if polarity == "Aim to Minimise":
        return value - target[1]
    return max(target[0] - value, value - target[1], 0)


def ends_of(row: dict[str, Any]) -> tuple[Ends | None, Ends | None, Ends | None]:
    """Return the ends of an indicator's value, of its month's target and of its annual target."""
    annual = next(content for name, content in row.items() if name.startswith("Annual Target"))
    return ends(row["Month's Value"]), ends(row["Month's Target"]), ends(annual)


def ends(content: Any) -> Ends | None:
    """Return the ends of a band, or a number twice; None where there is neither."""
    if isinstance(content, str):
        numbers = [float(number) for number in re.findall(r"\d+(?:\.\d+)?", content)]
        return (numbers[0], numbers[-1]) if numbers else None
    return None if content is None or pd.isna(content) else (float(content), float(content))


main(*sys.argv[1:])
