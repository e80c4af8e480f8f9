"""The sheet Summary: what the report is, the exceptions, what changed, the counts, the rules."""

from collections.abc import Mapping, Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli import __version__
from kpi_cli.models import Outcome, Rating, Severity, count_outcomes
from kpi_cli.rules_in_words import meanings, other_rules
from kpi_cli.sentences import counted
from kpi_cli.writing.excel.cells import Content, merge, outcome_text, put
from kpi_cli.writing.excel.charts import Area, outcome_bars
from kpi_cli.writing.excel.filtered_tables import add_table, lines_in, write_headings
from kpi_cli.writing.excel.pages import (
    break_before,
    height_of,
    row_below,
    set_up_page,
    set_widths,
    write_subtitle,
    write_title,
)
from kpi_cli.writing.excel.styles import BODY, BOLD, CELL_BORDER, LINK, MISSING, PROSE, font
from kpi_cli.writing.excel.text import height, lines_of
from kpi_cli.writing.exceptions_workbook.changed_outcomes import changed, counts, period_before
from kpi_cli.writing.exceptions_workbook.column_key import column_key
from kpi_cli.writing.exceptions_workbook.notes_sheet import Note
from kpi_cli.writing.exceptions_workbook.sections import Sections, named
from kpi_cli.writing.exceptions_workbook.summary_sentences import (
    directions,
    exceptions_named,
    not_rated,
)
from kpi_cli.writing.symbols import DIRECTION_LOOKS, OUTCOME_LOOKS
from kpi_cli.writing.view import by_aim, by_committee, summary, total

NAME = "Summary"
_WIDTHS = (66, *[16] * 6, 2, *[10] * 5)  # a table, a gap, and room for a chart
_INDENT = 1.5  # of a cell, in Excel's unit
_CHART_COLUMN = "I"
_PAGE = 730.0  # points that a page has
_CHART_WIDTH, _CHART_HEIGHT = 9, 6  # centimetres
_QUOTE = "'"  # around the name of a sheet
_LONGEST_CODE = 8  # that a link has room for
_MOST_LISTED = 30  # exceptions; the sheet Exceptions has all of them


def write_summary(
    sheet: Worksheet, sections: Sections, places: Mapping[str, str], notes: Sequence[Note]
) -> list[str]:
    """Write the summary, and return the alternative text of each of its charts.

    The places are where the workbook says more of an indicator, by its code; the notes on the data
    are those that have no sheet of their own.
    """
    set_widths(sheet, _WIDTHS)
    row = _write_top(sheet, sections)
    row = _write_exceptions(sheet, row, sections, places)
    row = _write_changes(sheet, row, sections, places)
    report = sections.report
    texts, page = [], 1
    for what, groups in (
        ("aim", by_aim(report.ratings)),
        ("scrutiny committee", by_committee(report.ratings)),
    ):
        if sections.group and len(groups) == 1:
            continue  # the whole workbook is of it
        first = row
        write_subtitle(sheet, row, f"Expected outcomes by {what}")
        row = _write_counts(sheet, row + 1, what, groups)
        if sections.with_charts and groups:
            tall = max(_CHART_HEIGHT, 4 + (len(groups) + 1) // 2)
            texts.append(_add_chart(sheet, first, row - 1, tall, what, groups))
            row = row_below(sheet, first + 1, row, tall)
        page = _on_one_page(sheet, page, first, row)
        row += 1
    first, row = row, _write_notes(sheet, row, notes)
    page = _on_one_page(sheet, page, first, row)
    first, row = row, _write_rules(sheet, row, sections)
    _on_one_page(sheet, page, first, row)
    set_up_page(sheet, sections.footer, len(_WIDTHS), last_row=row - 1)
    return texts


def _on_one_page(sheet: Worksheet, page: int, first: int, end: int) -> int:
    """Start a new page with a part that doesn't fit on the page; return where its page begins."""
    if first > page and height_of(sheet, page, end) > _PAGE:
        break_before(sheet, first)
        return first
    return page


def _write_top(sheet: Worksheet, sections: Sections) -> int:
    """Write what the report is, and return the first row below it."""
    report = sections.report
    title = f"{sections.title}: {sections.group}" if sections.group else sections.title
    said = (report.settings.organisation, sections.period.label)
    write_title(sheet, title, ", ".join(name for name in said if name))
    made = f"{sections.made.day} {sections.made:%B %Y, %H:%M}"
    lines = [
        (f"Made on {made} by kpi {__version__} from {report.workbook}", BODY),
        (total(report), BOLD),
        (directions(report.ratings), BODY),
    ]
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    if errors:
        found = f"{counted(errors, 'error')} in the data: see Data notes."
        lines.append((f"{found} {not_rated(report)}".strip(), font(bold=True, colour=MISSING)))
    row = 3
    for row, (text, look) in enumerate(lines, start=3):
        _write_paragraph(sheet, row, text, look)
    return row + 1


def _write_exceptions(
    sheet: Worksheet, row: int, sections: Sections, places: Mapping[str, str]
) -> int:
    """Write which are the exceptions, and return the first row below."""
    write_subtitle(sheet, row, "The exceptions")
    for text in exceptions_named(sections):
        row += 1
        _write_paragraph(sheet, row, text, BOLD)
    listed = sections.exceptions[:_MOST_LISTED]
    rows = [
        (
            rating,
            [
                _outcome(rating.outcome),
                _outcome(_was(sections, rating)),
                rating.indicator.value or rating.indicator.no_value_text or "-",
                rating.indicator.target or rating.indicator.annual_target or "-",
                rating.direction,
            ],
        )
        for rating in listed
    ]
    was = period_before(sections)
    headings = ["Now", f"In {was}", "Value", "Target", "Than last year"]
    row = _write_list(sheet, row + 1, "RedsAndAmbers", headings, rows, places)
    if more := len(sections.exceptions) - len(listed):
        _write_paragraph(sheet, row, f"And {more} more, on the sheet Exceptions.", BODY)
        row += 1
    return row


def _write_changes(
    sheet: Worksheet, row: int, sections: Sections, places: Mapping[str, str]
) -> int:
    """Write what changed since the period before, and return the first row below it."""
    write_subtitle(sheet, row, f"Since {period_before(sections)}")
    _write_paragraph(sheet, row + 1, counts(sections), BOLD)
    rows: list[tuple[Rating, list[Content]]] = [
        (each.rating, [DIRECTION_LOOKS[each.way].icon + " " + each.way.label, *each.outcomes])
        for each in changed(sections)
    ]
    headings = ["Outcome is", "Now", "Before"]
    return _write_list(sheet, row + 2, "Changes", headings, rows, places)


def _write_list(
    sheet: Worksheet,
    row: int,
    name: str,
    headings: Sequence[str],
    rows: Sequence[tuple[Rating, Sequence[Content]]],
    places: Mapping[str, str],
) -> int:
    """Write a table of indicators, each with a link to where more is said of it.

    Returns the first row below it: the same row, where there are none.
    """
    if not rows:
        return row
    all_headings = ["Indicator", *headings, "More"]
    write_headings(sheet, row, all_headings)
    heading_row = row
    for rating, contents in rows:
        row += 1
        place = places[rating.indicator.code]
        on_sheet = place.split("!")[0].strip(_QUOTE)
        is_short = len(rating.indicator.code) <= _LONGEST_CODE
        where = f"{rating.indicator.code} on {on_sheet}" if is_short else f"On {on_sheet}"
        lines = 1
        for column, content in enumerate((named(rating), *contents, where), start=1):
            is_link = content is where
            cell = put(sheet, row, column, content, LINK if is_link else BODY, border=CELL_BORDER)
            if is_link:
                cell.hyperlink = Hyperlink(ref=cell.coordinate, location=place)
            lines = max(lines, lines_in(cell, _WIDTHS[column - 1]))
        sheet.row_dimensions[row].height = height(lines)
    add_table(sheet, name, heading_row, row, all_headings, with_filter=False)
    return row + 1


def _was(sections: Sections, rating: Rating) -> Outcome | None:
    previous = sections.previous(rating)
    return previous.outcome if previous else None


def _outcome(outcome: Outcome | None) -> str:
    """Return icon and short label of an outcome."""
    return f"{OUTCOME_LOOKS[outcome].icon} {outcome.short_label}" if outcome else "-"


def _write_counts(
    sheet: Worksheet, row: int, what: str, groups: Mapping[str, Sequence[Rating]]
) -> int:
    """Write a table of the outcomes of each group and a line of totals; return its last row."""
    name = what.capitalize()
    headings = [name, *(outcome.short_label for outcome in Outcome), "All"]
    write_headings(sheet, row, headings)
    first = row
    everyone = [rating for ratings in groups.values() for rating in ratings]
    for group, ratings in groups.items():
        row += 1
        _write_count_row(sheet, row, group, ratings)
    if groups:
        add_table(sheet, f"By{name.replace(' ', '')}", first, row, headings, with_filter=False)
    _write_count_row(sheet, row + 1, "All", everyone, is_total=True)
    return row + 1


def _write_count_row(
    sheet: Worksheet, row: int, name: str, ratings: Sequence[Rating], is_total: bool = False
) -> None:
    by_outcome = count_outcomes(list(ratings))
    contents: list[Content] = [name, *by_outcome.values(), len(ratings)]
    for column, content in enumerate(contents, start=1):
        look = BOLD if is_total or column == 1 else BODY
        put(sheet, row, column, content, look, border=CELL_BORDER)
    lines = lines_of(name, _WIDTHS[0] - _INDENT, bold=True)
    sheet.row_dimensions[row].height = height(lines)


def _add_chart(
    sheet: Worksheet,
    row: int,
    last: int,
    tall: int,
    what: str,
    groups: Mapping[str, Sequence[Rating]],
) -> str:
    area = Area(heading_row=row + 1, last_row=last, labels=1, first=2, last=6)
    chart = outcome_bars(sheet, area, list(Outcome), f"By {what}")
    chart.width, chart.height = _CHART_WIDTH, tall
    # One row down, since its frame would be printed on the page before a page break.
    sheet.add_chart(chart, f"{_CHART_COLUMN}{row + 1}")
    said = "; ".join(f"{group}: {summary(list(ratings))}" for group, ratings in groups.items())
    return f"Stacked bars of the expected outcomes by {what}. {said}."


def _write_notes(sheet: Worksheet, row: int, notes: Sequence[Note]) -> int:
    """Write the notes on the data, if any; return the row below."""
    if not notes:
        return row
    write_subtitle(sheet, row, "Data notes")
    for below, note in enumerate(notes, start=row + 1):
        _write_paragraph(sheet, below, note.text, BODY)
    return row + 1 + len(notes)


def _write_rules(sheet: Worksheet, row: int, sections: Sections) -> int:
    """Write the key to the icons, and the rules that were applied; return the row below."""
    write_subtitle(sheet, row, "Key, and the rules that were applied")
    report = sections.report
    key: list[tuple[Outcome | str, str]] = [
        *meanings(report.settings).items(),
        *column_key(sections).items(),
    ]
    for heading, meaning in key:
        row += 1
        put(sheet, row, 1, heading, BOLD, border=CELL_BORDER)
        merge(sheet, row, 2, len(_WIDTHS))
        put(sheet, row, 2, meaning)
        name = outcome_text(heading) if isinstance(heading, Outcome) else heading
        lines = lines_of(name, _WIDTHS[0] - _INDENT, bold=True)
        sheet.row_dimensions[row].height = height(max(lines, _lines(meaning, BODY, 2)))
    for rule in other_rules(report.ratings, report.settings):
        row += 1
        _write_paragraph(sheet, row, rule, BODY)
    return row + 1


def _write_paragraph(sheet: Worksheet, row: int, text: str, look: Font) -> None:
    """Write a text over the whole width."""
    merge(sheet, row, 1, len(_WIDTHS))
    put(sheet, row, 1, text, look, PROSE)
    sheet.row_dimensions[row].height = height(_lines(text, look, 1))


def _lines(text: str, look: Font, first_column: int) -> int:
    return lines_of(text, sum(_WIDTHS[first_column - 1 :]) - _INDENT, bold=bool(look.b))
