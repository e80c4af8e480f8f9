"""The chart of an exception's figures on Detail, and what is said of it."""

from collections.abc import Iterator, Sequence

from openpyxl.chart import LineChart
from openpyxl.worksheet.worksheet import Worksheet

from kpi_cli.amounts import Unit
from kpi_cli.models import Rating
from kpi_cli.periods import Period
from kpi_cli.sentences import listed
from kpi_cli.writing.excel.axes import axis_of
from kpi_cli.writing.excel.charts import Area, Curve, Drawn, curves_over_periods
from kpi_cli.writing.excel.styles import number_format
from kpi_cli.writing.exceptions_workbook.detail_figures import FigureColumn, FigureRow, Figures

LEVELS_COLUMN = 12  # of the mean and the limits: outside what is printed
_FIRST_COLUMN = 2  # of the figures; the periods stand in the one before


def chart_of_figures(
    sheet: Worksheet,
    heading_row: int,
    rating: Rating,
    figures: Figures,
    levels: Sequence[FigureColumn] = (),
) -> LineChart:
    """Return the chart of the columns that have any figure; its headings stand in this row.

    The levels stand out of the way, right of what is printed.
    """
    indicator = rating.indicator
    values = (row.reading.value for row in reversed(figures.rows))
    shown = next(value for value in (*values, *figures.of(figures.columns)) if value)
    drawn = [
        *_drawn(figures.rows, figures.columns, _FIRST_COLUMN),
        *_drawn(figures.rows, levels, LEVELS_COLUMN),
    ]
    curves = {each.curve for each in drawn}
    what = ["value"] + ["target"] * (Curve.TARGET in curves) + ["lines"] * bool(indicator.lines)
    what += ["mean", "limits"] * bool(levels)
    what += ["last year"] * (Curve.LAST_YEAR in curves)
    return curves_over_periods(
        sheet,
        Area(
            heading_row,
            heading_row + len(figures.rows),
            labels=_FIRST_COLUMN - 1,
            first=_FIRST_COLUMN,
            last=len(figures.columns) + 1,
        ),
        drawn,
        noun=figures.noun,
        title=f"{indicator.code}: {listed(what, last='and')}",
        axis_title="Percent" if shown.unit is Unit.PERCENT else "Value",
        axis=axis_of(
            [*figures.of(figures.columns), *figures.of(levels), shown],
            (indicator.scale_from, indicator.scale_to),
        ),
        number_format=number_format(shown),
        are_dates=all(
            isinstance(row.label, Period) and row.label.length == 1 for row in figures.rows
        ),
    )


def _drawn(
    rows: Sequence[FigureRow], columns: Sequence[FigureColumn], first: int
) -> Iterator[Drawn]:
    """Yield what the chart draws of the columns: one without any figure would only be named."""
    for number, column in enumerate(columns, start=first):
        figures = {n for n, row in enumerate(rows) if column.figure(row) is not None}
        if figures and column.curve:
            alone = sorted(n for n in figures if not {n - 1, n + 1} & figures)
            yield Drawn(number, column.curve, alone)


def said_of_chart(rating: Rating, figures: Figures, levels: Sequence[FigureColumn] = ()) -> str:
    """Return the alternative text of an exception's chart."""
    indicator = rating.indicator
    first, last = figures.rows[0].reading.period, figures.rows[-1].reading.period
    span = f"{first.label} to {last.label}"
    if figures.years and any(column.curve is Curve.LAST_YEAR for column in figures.columns):
        span += f" beside {figures.years[1]}"
    beside = {"target": indicator.target, **indicator.lines}
    if figures.years:
        beside["annual target"] = indicator.annual_target
    said = "".join(f", {name} {amount.text}" for name, amount in beside.items() if amount)
    said += "".join(f", {level.heading.lower()}" for level in levels)
    latest = f"{indicator.value_text or 'no value'} in {indicator.period.label}{said}"
    return f"Line chart of {indicator.code}, {span}: {latest}. {rating.outcome.label}."
