"""The exceptions workbook of a workbook, where `kpi exceptions` would make one."""

from kpi_cli.batch.readers_reports import sections_for
from kpi_cli.batch.task import NotMade, Wanted
from kpi_cli.models import Report
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook


def exceptions(report: Report, wanted: Wanted) -> bytes | NotMade:
    """Return the content of the .xlsx file, or why there is none."""
    sections = sections_for(report, wanted, "exceptions workbook")
    return sections if isinstance(sections, NotMade) else exceptions_workbook(sections)
