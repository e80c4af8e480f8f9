"""Large workbooks: reading, rating and checking takes time in proportion to what is in them.

Each is tried at two sizes, small ones: what grows with their square shows when they are compared.
"""

import io
import time
import tracemalloc
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.addresses import column_letters
from kpi_cli.models import Problem, Severity
from kpi_cli.reading import history_tables
from kpi_cli.reading.indicator_rows import IndicatorRows
from kpi_cli.reading.repeats import settle_repeats
from kpi_cli.reading.tables import Section, Table, TableKind, rows_between
from kpi_cli.reading.values import read_period
from kpi_cli.report import check
from kpi_cli.writing.problems.lines import say_problems_of
from kpi_cli.xlsx.sheet import Cell, Content, Sheet
from tests.builders import HEADINGS, indicator, period
from tests.checks.finding import problems_of, row
from tests.parts import BOOK, BOOK_RELATIONS, SHEET, book, parts, relations, worksheet

pytestmark = pytest.mark.no_cover  # it would be timed too

TIMES_LARGER = 4
MOST_TIMES = 8  # as long as the small one takes: in proportion it is 4, with the square 16
TRIES = 4  # for something else may be busy just then

GOOD = ("Visits made [Monthly Snapshot]", "Aim to Maximise", "January 2019", 95, 90)
Rows = Iterable[Sequence[object]]


def saved(**sheets: Rows) -> bytes:
    """Return a workbook whose sheets have these rows; it is made faster than a library could."""
    changes: dict[str, str | bytes | None] = {
        BOOK: book(*sheets),
        BOOK_RELATIONS: relations(*[("worksheet", f"worksheets/{name}.xml") for name in sheets]),
        SHEET: None,
    }
    for name, rows in sheets.items():
        changes[f"xl/worksheets/{name}.xml"] = worksheet("".join(rows_xml(rows)))
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts(changes).items():
            archive.writestr(name, part)
    return content.getvalue()


def rows_xml(rows: Rows) -> Iterator[str]:
    """Yield rows; what is blank isn't there."""
    for number, cells in enumerate(rows, start=1):
        filled = [
            (column, value) for column, value in enumerate(cells, start=1) if value is not None
        ]
        yield "<row>"
        for column, value in filled:
            kind = "n" if isinstance(value, int) else "str"
            place = f"{column_letters(column)}{number}"
            yield f'<c r="{place}" t="{kind}"><v>{value}</v></c>'
        yield "</row>"


def repeated_headings(size: int) -> bytes:
    return saved(Indicators=[HEADINGS, ("CP 1.1", *GOOD)] * size)


def side_by_side(size: int) -> bytes:
    indicators = [(f"CP {number}", *GOOD, None, None) for number in range(size)]
    below = [cell for cells in indicators for cell in cells]
    return saved(Indicators=[(*HEADINGS, None) * size, below, below])


def staggered(size: int) -> bytes:
    """Return tables each of which stands one row further down and further to the right."""
    return saved(Indicators=[(*[None] * 4 * number, *HEADINGS) for number in range(size)])


def below_titles(size: int) -> bytes:
    """Return tables side by side, below as many titles."""
    return saved(Indicators=[*[("A title",)] * size, (*HEADINGS, None) * size])


def comment_rows(size: int) -> bytes:
    rest = [(*[None] * 7, "x" * 3_000)] * size
    return saved(Indicators=[(*HEADINGS, "Comment"), ("CP 1.1", *GOOD, 90, "Fine"), *rest])


GROWING: dict[str, tuple[Callable[[int], bytes], int]] = {
    "repeated headings": (repeated_headings, 100),
    "side by side": (side_by_side, 60),
    "staggered": (staggered, 60),
    "below titles": (below_titles, 60),
    "comment rows": (comment_rows, 700),
}


def whole_run(content: bytes) -> None:
    workbook = read_workbook(content)
    rate(workbook)
    check(workbook)


def duration(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def check_growth(small: Callable[[], object], large: Callable[[], object]) -> None:
    """Check that something four times as large takes about four times as long."""
    took = [(duration(small), duration(large))]
    while took[-1][1] > MOST_TIMES * took[-1][0] and len(took) < TRIES:
        took.append((duration(small), duration(large)))
    assert took[-1][1] <= MOST_TIMES * took[-1][0], took


@pytest.mark.parametrize("name", GROWING)
def test_time_grows_with_what_a_workbook_holds(name: str) -> None:
    make, size = GROWING[name]
    small, large = make(size), make(size * TIMES_LARGER)
    check_growth(lambda: whole_run(small), lambda: whole_run(large))


def test_a_few_rows_of_a_long_sheet_are_found_at_once() -> None:
    few, many = (Sheet("Data", {n: {1: Content(n)} for n in range(size)}) for size in (500, 50_000))

    def look(sheet: Sheet) -> None:
        for first in range(400):
            assert [number for number, _ in rows_between(sheet, first, first + 1)]

    check_growth(lambda: look(few), lambda: look(many))


def test_a_period_is_read_once_however_many_rows_have_it(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Cell] = []

    def counted(cell: Cell, year_starts: int) -> object:
        asked.append(cell)
        return read_period(cell, year_starts)

    monkeypatch.setattr(history_tables, "read_period", counted)
    workbook = read_workbook(
        saved(
            Indicators=[HEADINGS, ("CP 1", *GOOD)],
            History=[("Code", "Month", "Value"), *[("CP 1", "January 2300", 95)] * 50],
        )
    )
    places = {problem.cell for problem in workbook.problems}
    assert ("History!B2" in places, len(asked)) == (True, 1)  # no report is of the year 2300


def test_rows_that_stand_in_several_sheets_are_settled_in_time() -> None:
    for years in ((2018, 2019), (2019, 2019)):  # a history, and a copy
        small, large = (in_sheets(years, size) for size in (1_200, 1_200 * TIMES_LARGER))
        check_growth(partial(settle_repeats, small), partial(settle_repeats, large))


def in_sheets(years: Sequence[int], size: int) -> list[tuple[Table, IndicatorRows]]:
    """Return the same indicators in a sheet for each of the years."""
    section = Section(1, 1, 2, 9)
    return [
        (
            Table(TableKind.INDICATORS, Sheet(f"{number}", {}), (section,), (1, 9), {}),
            IndicatorRows(
                [indicator(code=f"CP {n}", period=period(f"January {year}")) for n in range(size)]
            ),
        )
        for number, year in enumerate(years)
    ]


def test_long_names_that_are_all_different_take_little_memory() -> None:
    words = [chr(97 + n % 26) * 5 + chr(97 + n // 26) * 5 for n in range(400)]
    names = [f"{word} {'Service ' * 9}{word}" for word in words]
    indicators = [row(number, committee=name) for number, name in enumerate(names, start=2)]
    tracemalloc.start()
    try:
        assert problems_of("name-spelt-two-ways", *indicators) == []
        assert tracemalloc.get_traced_memory()[1] < 5_000 * len(names)
    finally:
        tracemalloc.stop()


def test_problems_of_other_rows_are_counted_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    workbook = read_workbook(saved(Indicators=[HEADINGS, ("CP 1", *GOOD)]))
    report = rate(workbook)

    def said(count: int) -> None:
        problems = tuple(
            Problem(severity=Severity.WARNING, cell="Indicators!A2", message=f"{n}", hint="Look.")
            for n in range(count)
        )
        say_problems_of(replace(report, problems=problems), report.ratings)

    check_growth(lambda: said(250), lambda: said(250 * TIMES_LARGER))
    assert "other problem" not in capsys.readouterr().err
