"""The exceptions workbook of a workbook, where `kpi exceptions` would make one."""

from kpi_cli.batch.task import NotMade, Wanted
from kpi_cli.models import Report, count_errors
from kpi_cli.sentences import counted
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.sections import nothing_in, sections_of


def exceptions(report: Report, wanted: Wanted) -> bytes | NotMade:
    """Return the content of the .xlsx file, or why there is none."""
    errors = count_errors(report.problems)
    if errors and not wanted.keep_going:
        found = counted(errors, "error")
        return NotMade(
            f"no exceptions workbook for {found} in the data; mend them, or add --keep-going"
        )
    if reason := nothing_in(report, is_earlier=wanted.month is not None):
        return NotMade(f"no exceptions workbook; {reason}")
    sections = sections_of(
        report,
        wanted.made,
        with_charts=wanted.with_charts,
        with_spc=wanted.with_spc,
        with_forecast=wanted.with_forecast,
        is_earlier=wanted.month is not None,
    )
    return exceptions_workbook(sections)
