"""The report of a workbook as those who read it get it, where it is worth one."""

from kpi_cli.batch.task import NotMade, Wanted
from kpi_cli.models import Report, count_errors
from kpi_cli.sentences import counted
from kpi_cli.writing.exceptions_workbook.sections import Sections, nothing_in, sections_of


def sections_for(report: Report, wanted: Wanted, what: str) -> Sections | NotMade:
    """Return the sections of what is to be made, or why there is none."""
    errors = count_errors(report.problems)
    if errors and not wanted.keep_going:
        found = counted(errors, "error")
        return NotMade(f"no {what} for {found} in the data; mend them, or add --keep-going")
    if reason := nothing_in(report, is_earlier=wanted.month is not None):
        return NotMade(f"no {what}; {reason}")
    return sections_of(
        report,
        wanted.made,
        with_charts=wanted.with_charts,
        with_spc=wanted.with_spc,
        with_forecast=wanted.with_forecast,
        is_earlier=wanted.month is not None,
    )
