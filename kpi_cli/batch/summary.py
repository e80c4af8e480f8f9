"""What a batch comes to: `summary.csv` with a row for each workbook, and the ratings of all."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from kpi_cli.batch.sources import Source
from kpi_cli.batch.store import LINES, SUMMARY, Store
from kpi_cli.batch.task import Product, Row, Status, failed
from kpi_cli.sentences import visible
from kpi_cli.terms import Outcome
from kpi_cli.writing.csv_cells import safe_cell
from kpi_cli.writing.files import OutputError, whole_file, write_whole

COLUMNS = (
    "workbook", "path", "status", *(outcome.key for outcome in Outcome), "not_rated",
    "report_month", "errors", "warnings", "seconds", *(p.folder for p in Product), "message",
)  # fmt: skip


def write_results(store: Store, rows: Iterable[tuple[Source, Row]]) -> list[Row]:
    """Write the ratings of all workbooks and then the summary, both in the order of the rows.

    Return the rows as they were written: a workbook whose ratings are gone meanwhile has failed.
    Raises OutputError where the two files can't be written.
    """
    written = []
    text = io.StringIO()
    summary = csv.DictWriter(text, COLUMNS, lineterminator="\n")
    summary.writeheader()
    with whole_file(store.folder / LINES, force=True) as lines:
        for source, known in rows:
            ratings, row = _ratings(store, source, known)
            lines.write(ratings)
            summary.writerow({name: safe_cell(v) for name, v in _cells(store, source, row)})
            written.append(row)
    write_whole(store.folder / SUMMARY, text.getvalue().encode("utf-8-sig"), force=True)
    return written


def _ratings(store: Store, source: Source, row: Row) -> tuple[bytes, Row]:
    """Return the ratings of a workbook, and its row: another where they are gone."""
    if row.status is Status.FAILED:
        return b"", row
    try:
        return store.lines(source), row
    except OutputError as error:
        return b"", failed(str(error)).row


def _cells(store: Store, source: Source, row: Row) -> Iterator[tuple[str, Any]]:
    yield "workbook", source.name
    yield "path", visible(str(source.path))
    yield "status", row.status.value
    yield from row.counts.items()
    yield "report_month", row.report_month
    yield "seconds", row.seconds
    yield "message", row.message and visible(row.message)
    if row.status is not Status.FAILED:
        yield from (("not_rated", row.not_rated), ("errors", row.errors))
        yield "warnings", row.warnings
    for product in Product:
        if product.folder in row.products:
            path = store.output(source, product).relative_to(store.folder)
            yield product.folder, visible(path.as_posix())
