"""Rate performance indicators kept in a workbook: `read_workbook`, then `rate` or `check`.

    >>> from kpi_cli import rate, read_workbook
    >>> report = rate(read_workbook("sample_workbooks/southend_january_2019.xlsx"))
    >>> rating = next(r for r in report.ratings if r.indicator.code == "CP 5.4")
    >>> print(rating.outcome.label, rating.direction.label, rating.reason, sep="; ")
    At risk of missing target; Worse; 0.36 over the target of 5.82, exactly the 0.36 (5% of the \
annual target) from which it is at risk

All of it may be used from any number of threads. What comes back are immutable models; amounts are
exact decimals in display units (67.5 for 67.5%). A `Workbook` is dumped to JSON by its
`model_dump_json`, and loaded again by `Workbook.model_validate_json`.

The names are loaded when they are first used, so that `kpi --version` stays quick.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpi_cli.amounts import Band, Line, Tolerance, Unit, Value
    from kpi_cli.comparison.compared import compare
    from kpi_cli.comparison.standings import standings
    from kpi_cli.history import History, Reading, Series
    from kpi_cli.insight import Insight, insights
    from kpi_cli.models import (
        Direction,
        Indicator,
        Outcome,
        Polarity,
        Problem,
        Rating,
        Report,
        Settings,
        Severity,
        Workbook,
    )
    from kpi_cli.periods import Month
    from kpi_cli.reading.workbook import read_workbook
    from kpi_cli.report import check, rate
    from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

__version__ = "0.2.0"
_AT = {
    "read_workbook": "reading.workbook",
    **dict.fromkeys(("check", "rate"), "report"),
    **dict.fromkeys(("Band", "Line", "Tolerance", "Unit", "Value"), "amounts"),
    **dict.fromkeys(("History", "Reading", "Series"), "history"),
    **dict.fromkeys(("Insight", "insights"), "insight"),
    "compare": "comparison.compared",
    "standings": "comparison.standings",
    **dict.fromkeys(
        ("Direction", "Indicator", "Outcome", "Polarity", "Problem", "Rating", "Report",
         "Settings", "Severity", "Workbook"),
        "models",
    ),
    "Month": "periods",
    "UnreadableWorkbookError": "xlsx.unreadable",
}  # fmt: skip
__all__ = [
    "Band",
    "Direction",
    "History",
    "Indicator",
    "Insight",
    "Line",
    "Month",
    "Outcome",
    "Polarity",
    "Problem",
    "Rating",
    "Reading",
    "Report",
    "Series",
    "Settings",
    "Severity",
    "Tolerance",
    "Unit",
    "UnreadableWorkbookError",
    "Value",
    "Workbook",
    "__version__",
    "check",
    "compare",
    "insights",
    "rate",
    "read_workbook",
    "standings",
]


def __getattr__(name: str) -> Any:
    if name not in _AT:
        raise AttributeError(f"module 'kpi_cli' has no attribute {name!r}")
    return getattr(import_module(f"kpi_cli.{_AT[name]}"), name)
