"""Rate performance indicators kept in a workbook: `read_workbook`, then `rate` or `check`.

The names are loaded when they are first used, so that `kpi --version` stays quick.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kpi_cli.reading.workbook import read_workbook
    from kpi_cli.report import check, rate
    from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

__version__ = "0.1.0"
__all__ = ["UnreadableWorkbookError", "__version__", "check", "rate", "read_workbook"]


def __getattr__(name: str) -> Any:
    if name in {"check", "rate"}:
        from kpi_cli import report

        return getattr(report, name)
    if name == "read_workbook":
        from kpi_cli.reading.workbook import read_workbook

        return read_workbook
    if name == "UnreadableWorkbookError":
        from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

        return UnreadableWorkbookError
    raise AttributeError(f"module 'kpi_cli' has no attribute {name!r}")
