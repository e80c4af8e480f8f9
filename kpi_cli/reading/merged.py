"""Merged cells: what one shows counts in every row that it covers."""

from bisect import bisect_left, bisect_right
from dataclasses import replace

from kpi_cli.xlsx.sheet import Area, Cell, Sheet


def with_cells_merged_down(sheet: Sheet) -> Sheet:
    """Return the sheet with a cell that is merged down standing in each row that it covers.

    Rows that have no cell of their own stay away.
    """
    numbers = list(sheet.rows)
    rows = dict(sheet.rows)
    covered: dict[tuple[int, int], int] = {}
    covered_to: dict[int, int] = {}  # by column, so that areas that overlap take no longer
    for area in sorted(sheet.merged, key=lambda area: (area.first_column, area.first_row)):
        content = sheet.rows.get(area.first_row, {}).get(area.first_column)
        column = area.first_column
        first = max(area.first_row + 1, covered_to.get(column, 0) + 1)
        if content is None or first > area.last_row:
            continue
        covered_to[column] = area.last_row
        for number in numbers[bisect_left(numbers, first) : bisect_right(numbers, area.last_row)]:
            if column not in rows[number]:
                rows[number] = {column: content, **rows[number]}
                covered[number, column] = area.first_row
    return replace(sheet, rows=rows, covered=covered) if covered else sheet


def is_own(cell: Cell, row: int) -> bool:
    """Whether a cell stands in the row itself, and is not merged into it from above."""
    return cell.row == row


def areas_by_corner(sheet: Sheet) -> dict[tuple[int, int], Area]:
    """Return the merged areas by row and column of their first cell."""
    return {(area.first_row, area.first_column): area for area in sheet.merged}
