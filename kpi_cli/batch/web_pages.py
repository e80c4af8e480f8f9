"""The report of a workbook as a web page, where `kpi report` would make one."""

from kpi_cli.batch.readers_reports import sections_for
from kpi_cli.batch.task import NotMade, Wanted
from kpi_cli.models import Report
from kpi_cli.writing.web.document import web_page


def report(report: Report, wanted: Wanted) -> bytes | NotMade:
    """Return the content of the .html file, or why there is none."""
    sections = sections_for(report, wanted, "web page")
    return sections if isinstance(sections, NotMade) else web_page(sections)
