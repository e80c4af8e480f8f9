"""The exceptions workbook of a workbook, where `kpi exceptions` would make one."""

from kpi_cli.batch.task import NotMade, Wanted
from kpi_cli.models import Report, Severity
from kpi_cli.past import History
from kpi_cli.writing.exceptions.book import exceptions_workbook
from kpi_cli.writing.exceptions.contents import contents_of, nothing_in
from kpi_cli.writing.view import counted


def exceptions(report: Report, history: History, wanted: Wanted) -> bytes | NotMade:
    """Return the content of the .xlsx file, or why there is none."""
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    if errors and not wanted.keep_going:
        found = counted(errors, "error")
        return NotMade(
            f"no exceptions workbook for {found} in the data; mend them, or add --keep-going"
        )
    if reason := nothing_in(report, wanted.month):
        return NotMade(f"no exceptions workbook; {reason}")
    contents = contents_of(
        report,
        history,
        wanted.made,
        with_charts=wanted.with_charts,
        is_earlier=wanted.month is not None,
    )
    return exceptions_workbook(contents)
