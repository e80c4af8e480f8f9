"""Long texts, which Excel allows in any cell: reading and showing one takes time in proportion.

They are tried at rising lengths, so that what takes far too long fails and doesn't hold up.
"""

import io
import time
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.addresses import quoted_sheet
from kpi_cli.names import fold, natural_order
from kpi_cli.periods import month_number
from kpi_cli.reading.groups import groups_named
from kpi_cli.reading.heading_words import is_of_keys, words_of
from kpi_cli.reading.headings import deciding_field_like, is_like_a_month, known_field, series_of
from kpi_cli.reading.indicator_tables import first_lead_row
from kpi_cli.reading.number_formats import look_of
from kpi_cli.reading.report_period import told_by_lines, told_by_name
from kpi_cli.reading.sheets_asked import unknown_sheets
from kpi_cli.reading.values import read_names, read_no_value, read_period, read_target
from kpi_cli.reading.vocabulary import is_no_code, parse_direction, parse_outcome, parse_polarity
from kpi_cli.report import check
from kpi_cli.selection import Selection, select
from kpi_cli.writing.csv_cells import safe_cell
from kpi_cli.writing.excel.text import lines_of, parts_of, safe
from kpi_cli.writing.markdown_text import escaped
from kpi_cli.writing.problems.checked import Checked
from kpi_cli.writing.problems.formats import ProblemsFormat
from kpi_cli.writing.ratings.formats import RatingsFormat
from kpi_cli.writing.view import View
from kpi_cli.xlsx.dates import what_is_shown
from kpi_cli.xlsx.limits import LONGEST_FORMAT
from kpi_cli.xlsx.sheet import Cell, Content, Sheet
from kpi_cli.xlsx.workbook_part import unescaped
from tests.builders import HEADINGS, row, save_workbook

pytestmark = pytest.mark.no_cover  # it would be timed, and takes longer than the reading

STARTS = (
    "", "5", "1-", "(", "£", "CP ", "Jan", "Aim:", "Expected Outcome ", "Responsible OUs ", "Total",
    "Note", "Comment", "Target", "2018", "No Value",
)  # fmt: skip
REPEATED = (
    " ", "\xa0", "\u200b", "\n", "\t", "9", "0", "a", "é", "-", "–", ".", ",", "(", ")", "[", '"',
    "'", "’", "%", ";", ":", "*", "_", "|", "a-", "a ", "(1", "1,", "1 ", "38-48 ", "Jan ",
    "Jan-19 ", "Target ", "Aim: ", "Aim\n", "No Value ", "2018/19 ", "fy ", "a\n", "Aa;AA;", "& ",
)  # fmt: skip
ENDS = ("", "x", ")", "%", "1", " Target")

LENGTHS = (125, 500, 2_000, 32_000)
SHORT, LONG = LENGTHS[-2:]
MOST_TIMES = 20  # as long as the short text takes: in proportion, it is 16
UNNOTICED = 0.25  # seconds of processor time that any text may take
UNNOTICED_SHORT = UNNOTICED / (LONG / SHORT) ** 2  # less goes unnoticed, grown by its square
MOST_TIME = 1  # seconds of it that no text may take


def repeated(start: str, text: str, end: str, length: int) -> str:
    """Return a text of a length: a start, the same again and again, and an end."""
    times = (length - len(start) - len(end)) // len(text)
    return f"{start}{text * times}{end}"


def cell(text: str) -> Cell:
    return Cell("Indicators", 2, 1, text)


def is_title(text: str) -> bool:
    """Whether a text above headings is a title, and no code."""
    sheet = Sheet("Indicators", {1: {1: Content(text)}, 2: {1: Content("Code")}})
    return first_lead_row(sheet, 0, 2, (1, 9), ()) == 1


PATTERNS: dict[str, Callable[[str], object]] = {
    "amount": lambda text: read_target(cell(text)),
    "month": lambda text: read_period(cell(text)),
    "first month": month_number,
    "no code": is_no_code,
    "title": is_title,
    "group": lambda text: groups_named([cell(text)]),
    "count": lambda text: groups_named([cell("Expected Outcome"), cell(text)]),
    "heading": known_field,
    "heading of keys": is_of_keys,
    "series": series_of,
    "words of a heading": words_of,
    "title's period": lambda text: told_by_lines([cell(text)], 4),
    "name's period": lambda text: told_by_name(text, "sheet", cell(text), 4),
    "like a month": is_like_a_month,
    "like a target": deciding_field_like,
    "sheet asked for": lambda text: unknown_sheets([Sheet(text, {})], ["*a*1*x*", "*-* *y"]),
}
WORDS: dict[str, Callable[[str], object]] = {
    "names": lambda text: read_names(cell(text)),
    "no value": lambda text: read_no_value(cell(text)),
    "polarity": parse_polarity,
    "outcome": parse_outcome,
    "direction": parse_direction,
    "folded": fold,
    "in order": natural_order,
    "sheet": quoted_sheet,
    "as Excel keeps it": unescaped,
    "CSV": safe_cell,
    "Markdown": escaped,
    "Excel": safe,
    "lines": lambda text: lines_of(text, 65),
    "rows": lambda text: parts_of(text, 65, 27),
}


def duration(read: Callable[[str], object], text: str, times: int = 1) -> float:
    """Return the seconds of processor time that a text takes, the least of several times."""
    took = []
    for _ in range(times):
        start = time.process_time()
        read(text)
        took.append(time.process_time() - start)
    return min(took)


def check_time(read: Callable[[str], object], start: str, text: str, end: str) -> None:
    """Check that a text takes little time, and in proportion to its length."""
    texts = {length: repeated(start, text, end, length) for length in LENGTHS}
    took: dict[int, float] = {}
    for length in LENGTHS:
        if length == LONG and end != "x" and took[SHORT] < UNNOTICED_SHORT:
            return
        took[length] = duration(read, texts[length])
        assert took[length] < MOST_TIME, (start, text, end, took)
    if took[LONG] > max(UNNOTICED, MOST_TIMES * took[SHORT]):  # or was it something else?
        short, long = (duration(read, texts[n], times=5) for n in (SHORT, LONG))
        assert long <= max(UNNOTICED, MOST_TIMES * short), (start, text, end, short, long)


@pytest.mark.parametrize("name", PATTERNS)
def test_a_long_text_is_held_against_patterns_in_time(name: str) -> None:
    for start, text, end in product(STARTS, REPEATED, ENDS):
        check_time(PATTERNS[name], start, text, end)


@pytest.mark.parametrize("name", WORDS)
def test_a_long_text_is_looked_up_and_shown_in_time(name: str) -> None:
    for start, text in product(("", "5"), REPEATED):
        check_time(WORDS[name], start, text, "1")


def save_everywhere(path: Path, text: str) -> Path:
    """Save a workbook that has a text in each place, with the rest of its row as it should be."""
    more = {
        "Tolerance": "3%",
        "Same Month Last Year": 80,
        "Aim": "SAFE",
        "Responsible OUs": "People",
        "Managed By": "Public Health",
        "Scrutiny Committee": "People Scrutiny",
        "Year Introduced": "2016",
        "Expected Outcome": "Green",
        "Better or Worse": "Better",
        "Comment": "Fine",
    }
    good = row(**more)
    bad = [(*good[:column], text, *good[column + 1 :]) for column in range(len(good))]
    groups = [(text,), (f"Aim: {text}",), (f"Expected Outcome {text}",), ("Responsible OUs", text)]
    history = ("CP 1.1", "January 2018", 90, 90)
    settings = (
        "Organisation", "Report Title", "Financial Year Starts", "Amber Tolerance",
        "Green Tolerance", "Tolerance Basis", "Improving Is Amber", text,
    )  # fmt: skip
    sheets: dict[str, list[Any]] = {
        "Indicators": [*groups, (*HEADINGS, *more, text), good, *groups, *bad, (text,)],
        "History": [
            (text,),
            ("Code", "Month", "Value", "Target"),
            *[(*history[:column], text, *history[column + 1 :]) for column in range(4)],
        ],
        "Wide": [
            (text,),
            (text, None, text),
            ("Code", "Series", "Apr-17", text, "May-17"),
            ("CP 1.1", text, 1, text, 2),
            (text, "Target", 3, 4, 5),
        ],
        "Settings": [("Setting", "Value"), *[(name, text) for name in settings], (text, "Yes")],
    }
    named = "".join(c for c in text[:31] if c not in "[]:*?/\\'_") or "x"
    return save_workbook(path, **sheets, **{named: [("Code", text), ("CP 1.1", text)]})


def whole_run(path: Path, name: str) -> None:
    """Read, check, rate, filter and write a workbook in every format."""
    workbook = read_workbook(path.read_bytes(), name)
    report = rate(workbook)
    assert report.problems
    select(report, Selection(committees=("*a*1*x*",), aims=("S*",), codes=("*-* *y",)))
    for form in RatingsFormat:
        form.value.writer()([report], io.StringIO(), View(explain=True, compare=True))
    found = Checked(workbook.name, len(workbook.indicators), tuple(check(workbook)))
    for problem_form in ProblemsFormat:
        problem_form.value.writer()([found], io.StringIO())


def test_a_workbook_of_long_texts_is_read_checked_and_written_in_time(tmp_path: Path) -> None:
    for text, start in zip(REPEATED[::3], cycle(STARTS), strict=False):
        took: dict[int, float] = {}
        for length in LENGTHS[1:]:
            long = repeated(start, text, "x", length)
            path = save_everywhere(tmp_path / "x.xlsx", long)
            took[length] = duration(partial(whole_run, path), long[:200])
            assert took[length] < max(3, MOST_TIMES * took.get(SHORT, 0)), (start, text, took)


@pytest.mark.parametrize(
    "text", [*'0#?.,%[]$£-_*\\";hd/E ', '"a"', "[$", "[$£", "[$-", "[]", "0.", "0,"]
)
def test_a_long_number_format_is_read_in_time(text: str) -> None:
    def read(code: str) -> None:
        what_is_shown(code)
        look_of(code, Decimal("95.25")).text(Decimal("95.25"))

    for start in ("", "0.", "0,", "[$", '"'):
        assert duration(read, repeated(start, text, "", LONGEST_FORMAT)) < UNNOTICED
