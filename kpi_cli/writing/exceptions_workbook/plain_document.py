"""The accessible data workbook: the same figures by the Analysis Function's rules for them.

A cover, contents and notes, then one table a sheet, whose cells are never merged and never blank;
nothing is told by colour or place.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Font, NamedStyle
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli import __version__
from kpi_cli.amounts import Target, Value
from kpi_cli.models import Outcome, Rating, count_outcomes
from kpi_cli.rating import direction_reason
from kpi_cli.rules_in_words import meanings, other_rules
from kpi_cli.sentences import counted, sentence
from kpi_cli.writing.excel.finished_file import finished
from kpi_cli.writing.excel.styles import (
    FONT,
    Style,
    StyledWorkbook,
    dress,
    excel_number,
    number_format,
)
from kpi_cli.writing.excel.text import safe
from kpi_cli.writing.exceptions_workbook.document import document_properties
from kpi_cli.writing.exceptions_workbook.notes_sheet import notes_of
from kpi_cli.writing.exceptions_workbook.sections import NO_COMMENT, Sections
from kpi_cli.writing.exceptions_workbook.summary_sentences import exceptions_named
from kpi_cli.writing.view import by_aim, by_committee, ous

NOT_AVAILABLE, NOT_APPLICABLE = "[x]", "[z]"
_SIZE = 12  # points
_BODY = Font(name=FONT, size=_SIZE)
_BOLD = Font(name=FONT, size=_SIZE, bold=True)
_LINK = Font(name=FONT, size=_SIZE, underline="single", color="0563C1")
_LEFT = Alignment(wrap_text=True, vertical="top", horizontal="left")
_PLAIN = Alignment(vertical="top", horizontal="left")
_NUMBER = Alignment(vertical="top", horizontal="right")
_TITLE = "Heading 1"
_HEADING_ROW = 4
_WORDS = 60  # width of a column of sentences, in Excel's unit

Content = str | int | Value
Row = Sequence[Content]


class _Sheet(NamedTuple):
    """A sheet with a table: its name, what it has, its headings with their widths, its rows."""

    name: str
    what: str
    columns: Mapping[str, float]
    rows: Sequence[Row]
    links: Mapping[str, str] = {}  # from what a cell of the first column says, to a sheet


def plain_workbook(sections: Sections) -> bytes:
    """Return the accessible data workbook of a report, as the bytes of an .xlsx file."""
    book = StyledWorkbook()
    book.properties = document_properties(sections)
    book._fonts[0] = _BODY  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = _BODY  # type: ignore[attr-defined]
    title = NamedStyle(_TITLE, font=Font(name=FONT, size=16, bold=True), builtinId=16)
    book.add_named_style(title)
    tables = _tables(sections)
    _write_cover(book.create_sheet("Cover"), sections, tables)
    for sheet in (_contents(tables), *tables):
        _write_table(book.create_sheet(sheet.name), sheet)
    return finished(book, ())


def _tables(sections: Sections) -> list[_Sheet]:
    report = sections.report
    found = [_notes(sections)]
    if data_notes := notes_of(sections):
        columns = {"About": 25.0, "What readers should know": 100.0}
        what = "What readers should know of the figures."
        found.append(_Sheet("Data notes", what, columns, [tuple(note) for note in data_notes]))
    found += [
        _counts("Counts by aim", "Aim", by_aim(report.ratings)),
        _counts("Counts by committee", "Scrutiny committee", by_committee(report.ratings)),
    ]
    if sections.exceptions:
        what = f"The {counted(len(sections.exceptions), 'exception')}, worst first, with comments."
        found.append(_ratings("Exceptions", what, sections.exceptions, sections))
    what = f"All {counted(len(report.ratings), 'indicator')}, in the order of the data."
    found.append(_ratings("All indicators", what, report.ratings, sections))
    if sections.exceptions:
        found.append(_figures(sections))
    return found


def _write_cover(sheet: Worksheet, sections: Sections, tables: Sequence[_Sheet]) -> None:
    """Write what the workbook is: a line a row, in one column."""
    report = sections.report
    title = f"{sections.title}: {sections.group}" if sections.group else sections.title
    made = f"{sections.made.day} {sections.made:%B %Y}"
    lines = [
        f"{title}, {sections.period.label}",
        *([report.settings.organisation] if report.settings.organisation else []),
        f"This workbook has data on {counted(len(report.ratings), 'performance indicator')}.",
        *exceptions_named(sections),
        f"It was made on {made} by kpi {__version__} from {report.workbook}.",
        f"It has {counted(len(tables) + 2, 'sheet')}; each but this one has one table.",
        f"Some cells have {NOT_AVAILABLE}, which means not available, or {NOT_APPLICABLE}, which"
        " means not applicable.",
    ]
    for row, text in enumerate(lines, start=1):
        _write(sheet, row, 1, text)
    _write_link(sheet, len(lines) + 1, "Contents: the sheets of this workbook", "Contents")
    _write_link(sheet, len(lines) + 2, "Notes: what the words mean", "Notes")
    sheet.cell(1, 1).style = _TITLE
    sheet.column_dimensions["A"].width = 100


def _contents(tables: Sequence[_Sheet]) -> _Sheet:
    rows = [(sheet.name, sheet.what) for sheet in tables]
    links = {sheet.name: sheet.name for sheet in tables}
    columns = {"Sheet": 25.0, "What it has": 80.0}
    return _Sheet("Contents", "The sheets of this workbook.", columns, rows, links)


def _notes(sections: Sections) -> _Sheet:
    """Return the notes: what the shorthand and the outcomes mean, and the rules applied."""
    settings, noun = sections.report.settings, sections.noun
    rows = [
        (NOT_AVAILABLE, "Not available: there is no such figure, or no such text."),
        (NOT_APPLICABLE, "Not applicable: a target of one number has no upper end."),
        *((outcome.label, meaning) for outcome, meaning in meanings(settings).items()),
        ("Was", f"The expected outcome in the {noun} before, by the same rules."),
        *(("Rule", rule) for rule in other_rules(sections.report.ratings, settings)),
    ]
    columns = {"Note": 35.0, "What it means": 100.0}
    return _Sheet("Notes", "What the words and the signs mean.", columns, rows)


def _counts(name: str, heading: str, groups: Mapping[str, Sequence[Rating]]) -> _Sheet:
    columns = {heading: 40.0, **{each.short_label: 14.0 for each in Outcome}, "All": 10.0}
    rows: list[Row] = [
        (group, *count_outcomes(ratings).values(), len(ratings))
        for group, ratings in groups.items()
    ]
    what = f"How many indicators have each expected outcome, by {heading.lower()}."
    return _Sheet(name, what, columns, rows)


def _ratings(name: str, what: str, ratings: Sequence[Rating], sections: Sections) -> _Sheet:
    noun = sections.noun
    made: dict[str, tuple[float, Callable[[Rating], Content]]] = {
        "Code": (14, lambda x: x.indicator.code),
        "Name": (_WORDS, lambda x: x.indicator.short_name),
        "Aim": (25, lambda x: _text(x.indicator.aim)),
        "Scrutiny committee": (25, lambda x: _text(x.indicator.committee)),
        "Responsible organisational units": (28, ous),
        "Managed by": (25, lambda x: _text(x.indicator.managed_by)),
        "Which way is good": (20, lambda x: x.indicator.polarity.label),
        f"Latest {noun}": (20, lambda x: x.indicator.period.label),
        "Value": (16, lambda x: x.indicator.value or _text(x.indicator.no_value_text)),
        "Target": (16, lambda x: _low(x.indicator.target)),
        "Target, upper end of a band": (18, lambda x: _high(x.indicator.target)),
        f"Annual target {sections.financial_year}": (16, lambda x: _low(x.indicator.annual_target)),
        "Annual target, upper end of a band": (
            18,
            lambda x: _high(x.indicator.annual_target),
        ),
        "Expected outcome": (30, lambda x: x.outcome.label),
        f"Expected outcome in the {noun} before": (30, lambda x: _was(sections, x)),
        "Value last year": (16, lambda x: x.last_year or NOT_AVAILABLE),
        "Better or worse than last year": (22, lambda x: _text(x.direction.label.strip("-"))),
        "Reason for the outcome": (_WORDS, lambda x: sentence(x.reason)),
        "Reason for better or worse": (_WORDS, lambda x: sentence(direction_reason(x))),
        "Comment": (80, lambda x: _comment(sections.comment(x))),
    }
    columns = {heading: width for heading, (width, _) in made.items()}
    rows = [[entry(rating) for _, entry in made.values()] for rating in ratings]
    return _Sheet(name, what, columns, rows)


def _figures(sections: Sections) -> _Sheet:
    columns = {"Code": 14.0, "Period": 24.0, "Value": 16.0, "Target": 16.0}
    columns["Target, upper end of a band"] = 18.0
    rows = [
        (
            rating.indicator.code,
            reading.period.label,
            reading.value or NOT_AVAILABLE,
            _low(reading.target),
            _high(reading.target),
        )
        for rating in sections.exceptions
        for reading in sections.periods(rating)
    ]
    what = (
        f"The exceptions' figures of each {sections.noun} since the start of last financial year."
    )
    return _Sheet("Figures", what, columns, rows)


def _text(text: str | None) -> str:
    return text or NOT_AVAILABLE


def _comment(comment: str) -> str:
    return NOT_AVAILABLE if comment in (NO_COMMENT, "-") else comment


def _was(sections: Sections, rating: Rating) -> str:
    previous = sections.previous(rating)
    return previous.outcome.label if previous and previous.outcome else NOT_AVAILABLE


def _low(target: Target | None) -> Content:
    if target is None:
        return NOT_AVAILABLE
    return target if isinstance(target, Value) else target.low


def _high(target: Target | None) -> Content:
    if target is None:
        return NOT_AVAILABLE
    return NOT_APPLICABLE if isinstance(target, Value) else target.high


def _write_table(sheet: Worksheet, made: _Sheet) -> None:
    """Write a title in A1, what stands below, and the table."""
    _write(sheet, 1, 1, made.name, is_wrapped=False)
    sheet.cell(1, 1).style = _TITLE
    _write(sheet, 2, 1, f"{made.what} This sheet has one table.", is_wrapped=False)
    text = "Contents" if made.name != "Contents" else "Cover"
    _write_link(sheet, 3, f"Back to {text.lower()}", text)
    for column, (heading, width) in enumerate(made.columns.items(), start=1):
        _write(sheet, _HEADING_ROW, column, heading, _BOLD)
        sheet.column_dimensions[get_column_letter(column)].width = width
    for row, contents in enumerate(made.rows, start=_HEADING_ROW + 1):
        for column, content in enumerate(contents, start=1):
            if column == 1 and content in made.links:
                _write_link(sheet, row, str(content), made.links[str(content)])
            else:
                _write(sheet, row, column, content)
    last = get_column_letter(len(made.columns))
    name = "".join(word.capitalize() for word in made.name.split())
    table = Table(displayName=name, ref=f"A{_HEADING_ROW}:{last}{_HEADING_ROW + len(made.rows)}")
    table._initialise_columns()  # type: ignore[attr-defined]
    for each, heading in zip(table.tableColumns, made.columns, strict=True):
        each.name = heading
    table.autoFilter = None
    sheet.add_table(table)


def _write_link(sheet: Worksheet, row: int, text: str, to: str) -> None:
    cell = _write(sheet, row, 1, text, _LINK, is_wrapped=False)
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{to}'!A1")


def _write(
    sheet: Worksheet,
    row: int,
    column: int,
    content: Content,
    font: Font = _BODY,
    is_wrapped: bool = True,
) -> Cell:
    """Write a figure as a number with the precision of its source, and a text as text."""
    cell = sheet.cell(row, column)
    assert isinstance(cell, Cell)
    if isinstance(content, Value):
        cell.value, look = excel_number(content), number_format(content)
        dress(cell, Style(font, _NUMBER, number_format=look))
    elif isinstance(content, int):
        cell.value = content
        dress(cell, Style(font, _NUMBER))
    else:
        cell.value = safe(content)
        cell.data_type = "s"
        is_quoted = content[:1] in "=+-@" and len(content) > 1
        dress(cell, Style(font, _LEFT if is_wrapped else _PLAIN, is_quoted=is_quoted))
    return cell
