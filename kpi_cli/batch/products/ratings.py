"""The ratings of a workbook as JSON, as `kpi rate --format json` prints them."""

import io

from kpi_cli.batch.task import Wanted
from kpi_cli.models import Report
from kpi_cli.past import History
from kpi_cli.writing.json_text import write_json
from kpi_cli.writing.view import View


def ratings(report: Report, history: History, wanted: Wanted) -> bytes:
    """Return the ratings, in UTF-8."""
    text = io.StringIO()
    write_json([report], text, View())
    return text.getvalue().encode()
