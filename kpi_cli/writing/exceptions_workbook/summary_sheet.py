"""The sheet Summary: what the report is, the counts with charts, the key and the rules."""

from collections.abc import Mapping, Sequence

from openpyxl.styles import Font
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli import __version__
from kpi_cli.models import Direction, Outcome, Rating, Severity, count_outcomes
from kpi_cli.rules_in_words import a_year_ago, meanings, other_rules
from kpi_cli.sentences import counted
from kpi_cli.writing.excel.cells import Content, merge, outcome_text, put
from kpi_cli.writing.excel.charts import Area, outcome_bars
from kpi_cli.writing.excel.filtered_tables import add_table, write_headings
from kpi_cli.writing.excel.pages import (
    break_before,
    height_of,
    row_below,
    set_up_page,
    set_widths,
    write_subtitle,
    write_title,
)
from kpi_cli.writing.excel.styles import BODY, BOLD, CELL_BORDER, LINK, MISSING, font
from kpi_cli.writing.excel.text import height, lines_of
from kpi_cli.writing.exceptions_workbook.changed_outcomes import (
    Changed,
    changed,
    counts,
    period_before,
)
from kpi_cli.writing.exceptions_workbook.column_key import column_key
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.symbols import DIRECTION_LOOKS
from kpi_cli.writing.view import by_aim, by_committee, summary, total, unrated

NAME = "Summary"
_WIDTHS = (33, 9, 15, 11.5, 10, 10.5, 7, 2, *[10] * 6)  # a table, a gap, and room for a chart
_CHANGE = ((2, 7), (8, len(_WIDTHS)))  # columns of a name, and of how its outcome changed
_CHART_COLUMN = "I"
_PAGE = 520.0  # points that a page has
_CHART_WIDTH, _CHART_HEIGHT = 11, 6  # centimetres


def write_summary(sheet: Worksheet, sections: Sections, places: Mapping[str, str]) -> list[str]:
    """Write the summary, and return the alternative text of each of its charts.

    The places are where the workbook says more of an indicator, by its code.
    """
    set_widths(sheet, _WIDTHS)
    row = _write_changes(sheet, _write_top(sheet, sections), sections, places)
    report = sections.report
    texts, page = [], 1
    for what, groups in (
        ("aim", by_aim(report.ratings)),
        ("scrutiny committee", by_committee(report.ratings)),
    ):
        first = row
        write_subtitle(sheet, row, f"Expected outcomes by {what}")
        row = _write_counts(sheet, row + 1, what, groups)
        if sections.with_charts and groups:
            tall = max(_CHART_HEIGHT, 2 + (len(groups) + 1) // 2)
            texts.append(_add_chart(sheet, first, row - 1, tall, what, groups))
            row = row_below(sheet, first + 1, row, tall)
        if first > page and height_of(sheet, page, row) > _PAGE:
            break_before(sheet, first)
            page = first
        row += 2
    _write_rules(sheet, row, sections)
    if height_of(sheet, page, sheet.max_row + 1) > _PAGE:
        break_before(sheet, row)
    set_up_page(sheet, sections.footer, len(_WIDTHS))
    return texts


def _write_top(sheet: Worksheet, sections: Sections) -> int:
    """Write what the report is, and return the first row below it."""
    report = sections.report
    named = (report.settings.organisation, sections.period.label, sections.group)
    write_title(sheet, sections.title, ", ".join(name for name in named if name))
    made = f"{sections.made.day} {sections.made:%B %Y, %H:%M}"
    lines = [
        (f"Made on {made} by kpi {__version__} from {report.workbook}", BODY),
        (total(report), BOLD),
        (_directions(report.ratings), BODY),
    ]
    errors = sum(problem.severity is Severity.ERROR for problem in report.problems)
    if errors:
        found = f"{counted(errors, 'error')} in the data: see Data notes."
        lines.append((f"{found} {unrated(report) or ''}".strip(), font(bold=True, colour=MISSING)))
    row = 3
    for row, (text, look) in enumerate(lines, start=3):
        _write_paragraph(sheet, row, text, look)
    return row + 2


def _write_changes(
    sheet: Worksheet, row: int, sections: Sections, places: Mapping[str, str]
) -> int:
    """Write what changed since the period before, and return the first row below it."""
    write_subtitle(sheet, row, f"Since {period_before(sections)}")
    row += 1
    _write_paragraph(sheet, row, counts(sections), BOLD)
    for each in changed(sections):
        row += 1
        _write_change(sheet, row, each, places[each.rating.indicator.code])
    return row + 2


def _write_change(sheet: Worksheet, row: int, change: Changed, place: str) -> None:
    """Write a change: its code, which leads to where more is said of it, its name, and what."""
    indicator, way = change.rating.indicator, DIRECTION_LOOKS[change.way]
    code = put(sheet, row, 1, f"{way.icon} {indicator.code}", LINK, border=CELL_BORDER)
    code.hyperlink = Hyperlink(ref=code.coordinate, location=place)
    lines = lines_of(str(code.value), _WIDTHS[0], bold=True)
    for (first, last), text in zip(_CHANGE, (indicator.short_name, change.text), strict=True):
        merge(sheet, row, first, last)
        for column in range(first, last + 1):
            put(sheet, row, column, text if column == first else None, border=CELL_BORDER)
        lines = max(lines, lines_of(text, sum(_WIDTHS[first - 1 : last]), bold=True))
    sheet.row_dimensions[row].height = height(lines)


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
        add_table(sheet, f"By{name.replace(' ', '')}", first, row, len(headings))
    _write_count_row(sheet, row + 1, "All", everyone, is_total=True)
    return row + 1


def _write_count_row(
    sheet: Worksheet, row: int, name: str, ratings: Sequence[Rating], is_total: bool = False
) -> None:
    by_outcome = count_outcomes(list(ratings))
    sections: list[Content] = [name, *by_outcome.values(), len(ratings)]
    for column, content in enumerate(sections, start=1):
        look = BOLD if is_total or column == 1 else BODY
        put(sheet, row, column, content, look, border=CELL_BORDER)
    sheet.row_dimensions[row].height = height(lines_of(name, _WIDTHS[0], bold=True))


def _add_chart(
    sheet: Worksheet,
    row: int,
    last: int,
    tall: int,
    what: str,
    groups: Mapping[str, Sequence[Rating]],
) -> str:
    area = Area(heading_row=row + 1, last_row=last, labels=1, first=2, last=6)
    chart = outcome_bars(sheet, area, list(Outcome), f"Expected outcomes by {what}")
    chart.width, chart.height = _CHART_WIDTH, tall
    # One row down, since its frame would be printed on the page before a page break.
    sheet.add_chart(chart, f"{_CHART_COLUMN}{row + 1}")
    said = "; ".join(f"{group}: {summary(list(ratings))}" for group, ratings in groups.items())
    return f"Stacked bars of the expected outcomes by {what}. {said}."


def _directions(ratings: Sequence[Rating]) -> str:
    """Return how many indicators are better or worse than last year."""
    ways = {way: sum(rating.direction is way for rating in ratings) for way in Direction}
    then = a_year_ago(rating.indicator for rating in ratings)
    return (
        f"{len(ratings) - ways[Direction.UNKNOWN]} can be compared with {then}:"
        f" ↑ {ways[Direction.BETTER]} better, ↓ {ways[Direction.WORSE]} worse,"
        f" → {ways[Direction.SAME]} the same"
    )


def _write_rules(sheet: Worksheet, row: int, sections: Sections) -> None:
    """Write the key to the icons, and the rules that were applied."""
    write_subtitle(sheet, row, "Key, and the rules that were applied")
    report = sections.report
    for outcome, meaning in meanings(report.settings).items():
        row += 1
        put(sheet, row, 1, outcome, border=CELL_BORDER)
        merge(sheet, row, 2, len(_WIDTHS))
        put(sheet, row, 2, meaning)
        lines = max(
            lines_of(outcome_text(outcome), _WIDTHS[0] - 1.5, bold=True), _lines(meaning, 2)
        )
        sheet.row_dimensions[row].height = height(lines)
    for heading, meaning in column_key(sections).items():
        row += 1
        put(sheet, row, 1, heading, BOLD, border=CELL_BORDER)
        merge(sheet, row, 2, len(_WIDTHS))
        put(sheet, row, 2, meaning)
        sheet.row_dimensions[row].height = height(_lines(meaning, 2))
    for rule in other_rules(report.ratings, report.settings):
        row += 1
        _write_paragraph(sheet, row, rule, BODY)


def _write_paragraph(sheet: Worksheet, row: int, text: str, look: Font) -> None:
    """Write a text over the whole width."""
    merge(sheet, row, 1, len(_WIDTHS))
    put(sheet, row, 1, text, look)
    sheet.row_dimensions[row].height = height(_lines(text, 1))


def _lines(text: str, first_column: int) -> int:
    return lines_of(text, sum(_WIDTHS[first_column - 1 :]), bold=True)
