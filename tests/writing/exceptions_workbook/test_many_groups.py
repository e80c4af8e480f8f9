"""A large organisation: many aims and committees, and a title that is too long for a footer."""

import io
from datetime import UTC, datetime

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli import rate
from kpi_cli.models import Settings, Workbook
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.sections import sections_of
from tests.builders import indicator

MADE = datetime(2019, 2, 22, 10, 31, tzinfo=UTC)


def summary_of(groups: int, title: str = "Report") -> Worksheet:
    indicators = tuple(
        indicator(code=f"CP {n}", aim=f"Aim {n}", committee=f"Committee {n}") for n in range(groups)
    )
    workbook = Workbook(name="x.xlsx", indicators=indicators, settings=Settings(report_title=title))
    sections = sections_of(rate(workbook), MADE)
    return load_workbook(io.BytesIO(exceptions_workbook(sections)))["Summary"]


def row_of(sheet: Worksheet, text: str) -> int:
    first_column = [row[0].value for row in sheet.iter_rows(max_col=1)]
    return first_column.index(text) + 1


def test_few_groups_share_a_page_and_many_have_each_their_own() -> None:
    parts = ["Expected outcomes by aim", "Expected outcomes by scrutiny committee"]
    parts.append("Key, and the rules that were applied")
    few, many = summary_of(2), summary_of(30)
    assert len(few.row_breaks.brk) <= 1
    assert [each.id for each in many.row_breaks.brk] == [row_of(many, part) - 1 for part in parts]


def test_a_chart_grows_with_its_groups() -> None:
    charts = [vars(summary_of(groups))["_charts"][0] for groups in (3, 20, 40)]
    heights = [chart.anchor.ext.height for chart in charts]
    assert heights[0] < heights[1] < heights[2]


def test_a_footer_cuts_a_long_title_before_it_doubles_an_ampersand() -> None:
    footer = summary_of(1, title="x" * 79 + "&yyy").oddFooter
    assert footer
    assert footer.left.text == "x" * 79 + "&&"
    assert footer.center.text == "January 2019"


def test_a_chart_beside_few_months_is_printed_whole() -> None:
    red = indicator("50", "90", code="CP 1.1")
    workbook = Workbook(name="x.xlsx", indicators=(red,))
    sections = sections_of(rate(workbook), MADE)
    sheet = load_workbook(io.BytesIO(exceptions_workbook(sections)))["Detail"]
    anchor = vars(sheet)["_charts"][0].anchor
    last = int(sheet.print_area.rsplit("$", 1)[1])
    room = sum(
        sheet.row_dimensions[r].height or 12.75 for r in range(anchor._from.row + 1, last + 1)
    )
    assert room * 12_700 >= anchor.ext.height
