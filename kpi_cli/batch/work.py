"""The work on one workbook: its content in, all that is made of it out; no file is touched."""

import gzip
import io
import time
import traceback
from collections.abc import Iterable
from dataclasses import replace

from kpi_cli import __version__
from kpi_cli.batch.task import Product, Result, Row, Status, Task, Wanted, failed, failed_by_itself
from kpi_cli.history import History
from kpi_cli.models import Report, Severity, count_outcomes
from kpi_cli.periods import month_of
from kpi_cli.reading.workbook import read_workbook
from kpi_cli.report import rate
from kpi_cli.writing.messages import counted
from kpi_cli.writing.ratings.json_text import write_json, write_json_lines
from kpi_cli.writing.view import View
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

_QUICK = 1  # compression that costs next to no time, and is all but as good as the best here


def work(task: Task) -> Result:
    """Rate a workbook, and make what is wanted of it; what goes wrong is part of the result."""
    if task.wanted.version != __version__:
        return failed(
            f"the worker has kpi {__version__}, not {task.wanted.version}; install the same on all"
        )
    started = time.perf_counter()
    try:
        result = _rate(task)
    except UnreadableWorkbookError as error:
        return failed(str(error), traceback.format_exc())
    except Exception as error:  # one workbook never stops the rest
        return failed_by_itself(error, traceback.format_exc())
    if task.wanted.is_reproducible:
        return result
    seconds = round(time.perf_counter() - started, 3)
    return replace(result, row=replace(result.row, seconds=seconds))


def _rate(task: Task) -> Result:
    wanted = task.wanted
    workbook = read_workbook(
        task.content, task.name, sheets=wanted.sheets, max_size=wanted.max_size
    )
    history = History(workbook.history)
    report = rate(workbook, wanted.month, today=month_of(wanted.made), history=history)
    files: dict[Product, bytes] = {}
    message = None
    if Product.RATINGS in wanted.products:
        files[Product.RATINGS] = _ratings(report)
    if Product.EXCEPTIONS in wanted.products:
        message = _why_no_exceptions(report, wanted)
        if message is None:
            files[Product.EXCEPTIONS] = _exceptions(history, report, wanted)
    return Result(_row(report, message, files), files, _lines(report))


def _row(report: Report, message: str | None, files: Iterable[Product]) -> Row:
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    status = Status.INCOMPLETE if message else Status.ERRORS if errors else Status.RATED
    return Row(
        status=status,
        message=message,
        report_month=str(report.month) if report.month else None,
        counts={outcome.key: n for outcome, n in count_outcomes(report.ratings).items()},
        not_rated=len(report.unrated),
        errors=errors,
        warnings=len(report.problems) - errors,
        products=tuple(product.folder for product in files),
    )


def _ratings(report: Report) -> bytes:
    text = io.StringIO()
    write_json([report], text, View())
    return text.getvalue().encode()


def _lines(report: Report) -> bytes:
    text = io.StringIO()
    write_json_lines([report], text, View())
    return gzip.compress(text.getvalue().encode(), _QUICK, mtime=0)


def _why_no_exceptions(report: Report, wanted: Wanted) -> str | None:
    """Return why no exceptions workbook can be made, as `kpi exceptions` would; None if it can."""
    from kpi_cli.writing.exceptions_workbook.sections import nothing_in

    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    if errors and not wanted.keep_going:
        found = counted(errors, "error")
        return f"no exceptions workbook for {found} in the data; mend them, or add --keep-going"
    if reason := nothing_in(report, wanted.month):
        return f"no exceptions workbook; {reason}"
    return None


def _exceptions(history: History, report: Report, wanted: Wanted) -> bytes:
    from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
    from kpi_cli.writing.exceptions_workbook.sections import contents_of

    contents = contents_of(
        report,
        history,
        wanted.made,
        with_charts=wanted.with_charts,
        is_earlier=wanted.month is not None,
    )
    return exceptions_workbook(contents)
