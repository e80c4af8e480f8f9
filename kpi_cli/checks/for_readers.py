"""What readers of a report should know of an indicator's figures, of what the checks find."""

from collections.abc import Iterator, Sequence

from kpi_cli.checks.base import Data
from kpi_cli.checks.figures import cumulative_falls
from kpi_cli.checks.targets import target_changes
from kpi_cli.checks.timeliness import months_missing
from kpi_cli.history import History, Reading
from kpi_cli.models import Rating, Report, Workbook

_FIND = (cumulative_falls, months_missing, target_changes)


def for_readers(rating: Rating, readings: Sequence[Reading], report: Report) -> Iterator[str]:
    """Yield what a reader of an indicator's figures of some periods should know, without cells.

    It is that a cumulative figure fell, that periods are missing, or that the target changed.
    """
    indicator = rating.indicator
    known = [reading for reading in readings if reading.period != indicator.period]
    shown = Workbook(
        name=report.workbook,
        indicators=(indicator,),
        history=History(reading for reading in known if reading.value or reading.target),
        settings=report.settings,
    )
    data = Data(shown, report, indicator.month)
    for find in _FIND:
        yield from (finding.message for finding in find(data))
