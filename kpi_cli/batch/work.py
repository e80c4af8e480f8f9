"""The work on one workbook: its content in, all that is made of it out; no file is touched."""

import gzip
import io
import time
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pkgutil import resolve_name

from kpi_cli import __version__
from kpi_cli.batch.task import (
    Product,
    Result,
    Row,
    Status,
    Task,
    Wanted,
    failed,
    failed_by_itself,
)
from kpi_cli.models import Report, count_errors, count_outcomes
from kpi_cli.periods import month_of
from kpi_cli.reading.workbook import read_workbook
from kpi_cli.report import rate
from kpi_cli.sentences import counted
from kpi_cli.writing.exceptions_workbook.sections import Sections, nothing_in, sections_of
from kpi_cli.writing.ratings.json_text import write_json, write_json_lines
from kpi_cli.writing.view import View
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

_QUICK = 1  # compression that costs next to no time, and is all but as good as the best here


@dataclass(frozen=True)
class _NotMade:
    """Why a product can't be made of a workbook; the rest of its result is there all the same."""

    why: str


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
        task.content,
        task.name,
        sheets=wanted.sheets,
        max_size=wanted.max_size,
        period=wanted.month,
        polarity=wanted.polarity,
        profile=task.profile,
        definitions=task.definitions,
    )
    report = rate(workbook, wanted.month, today=month_of(wanted.made))
    made = {product: _made(product, report, wanted) for product in wanted.products}
    files = {product: made for product, made in made.items() if isinstance(made, bytes)}
    reasons = [made.why for made in made.values() if isinstance(made, _NotMade)]
    return Result(_row(report, "; ".join(reasons) or None, files), files, _lines(report))


def _made(product: Product, report: Report, wanted: Wanted) -> bytes | _NotMade:
    """Return the content of a product, or why there is none, as the command for one has it."""
    write: Callable[[Report | Sections], bytes] = resolve_name(product.writer)
    if product.noun is None:
        return write(report)
    if reason := _why_none(report, wanted):
        return _NotMade(f"no {product.noun}{reason}")
    return write(_sections(report, wanted))


def _why_none(report: Report, wanted: Wanted) -> str | None:
    """Return why nothing is made for readers, None where something is."""
    errors = count_errors(report.problems)
    if errors and not wanted.keep_going:
        found = counted(errors, "error")
        return f" for {found} in the data; mend them, or add --keep-going"
    reason = nothing_in(report, is_earlier=wanted.month is not None)
    return reason and f"; {reason}"


def _sections(report: Report, wanted: Wanted) -> Sections:
    return sections_of(
        report,
        wanted.made,
        with_charts=wanted.with_charts,
        with_spc=wanted.with_spc,
        with_forecast=wanted.with_forecast,
        is_earlier=wanted.month is not None,
    )


def _row(report: Report, message: str | None, files: Iterable[Product]) -> Row:
    errors = count_errors(report.problems)
    status = Status.INCOMPLETE if message else Status.ERRORS if errors else Status.RATED
    return Row(
        status=status,
        message=message,
        report_month=str(report.period.last) if report.period else None,
        counts={outcome.key: n for outcome, n in count_outcomes(report.ratings).items()},
        not_rated=len(report.unrated),
        errors=errors,
        warnings=len(report.problems) - errors,
        products=tuple(product.folder for product in files),
    )


def ratings(report: Report) -> bytes:
    """Return the ratings as JSON, as `kpi rate --format json` prints them, in UTF-8."""
    text = io.StringIO()
    write_json([report], text, View())
    return text.getvalue().encode()


def _lines(report: Report) -> bytes:
    text = io.StringIO()
    write_json_lines([report], text, View())
    return gzip.compress(text.getvalue().encode(), _QUICK, mtime=0)
