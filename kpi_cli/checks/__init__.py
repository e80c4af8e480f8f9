"""What looks wrong in the data of a workbook: one function per check, listed here in order."""

from collections.abc import Iterable

from kpi_cli.checks.base import Check, Data
from kpi_cli.checks.codes import (
    code_used_twice,
    example_left,
    history_contradicts,
    history_of_unknown_code,
    history_repeated,
)
from kpi_cli.checks.completeness import (
    comment_missing,
    published_differs,
    year_is_none,
    year_missing,
)
from kpi_cli.checks.figures import (
    cumulative_falls,
    history_differs,
    last_year_differs,
    value_missing,
)
from kpi_cli.checks.percentages import (
    percentage_hundredfold,
    percentage_impossible,
)
from kpi_cli.checks.spelling import name_spelt_two_ways
from kpi_cli.checks.targets import (
    lines_and_tolerance,
    red_line_far,
    target_changes,
    target_missing,
    tolerance_doubtful,
)
from kpi_cli.checks.timeliness import month_in_future, month_stale, months_missing
from kpi_cli.checks.units import units_mixed
from kpi_cli.models import Problem, Severity

__all__ = ["CHECKS", "Check", "Data", "run"]

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
CHECKS: tuple[Check, ...] = (
    Check("code-used-twice", _ERROR, code_used_twice, bears_on_rating=True),
    Check("example-left", _WARNING, example_left, bears_on_rating=True),
    Check("history-contradicts", _ERROR, history_contradicts, bears_on_rating=True),
    Check("history-repeated", _WARNING, history_repeated, bears_on_rating=True),
    Check("history-unknown-code", _WARNING, history_of_unknown_code, bears_on_rating=True),
    Check("units-mixed", _WARNING, units_mixed, bears_on_rating=True),
    Check("percentage-hundredfold", _WARNING, percentage_hundredfold, bears_on_rating=True),
    Check("percentage-impossible", _WARNING, percentage_impossible),
    Check("tolerance-doubtful", _WARNING, tolerance_doubtful, bears_on_rating=True),
    Check("red-line-far", _WARNING, red_line_far, bears_on_rating=True),
    Check("line-and-tolerance", _WARNING, lines_and_tolerance, bears_on_rating=True),
    Check("last-year-differs", _WARNING, last_year_differs, bears_on_rating=True),
    Check("history-differs", _WARNING, history_differs, bears_on_rating=True),
    Check("month-in-future", _WARNING, month_in_future, bears_on_rating=True),
    Check("month-stale", _WARNING, month_stale),
    Check("months-missing", _WARNING, months_missing),
    Check("value-missing", _WARNING, value_missing),
    Check("cumulative-falls", _WARNING, cumulative_falls),
    Check("target-missing", _WARNING, target_missing),
    Check("target-changes", _WARNING, target_changes),
    Check("comment-missing", _WARNING, comment_missing),
    Check("name-spelt-two-ways", _WARNING, name_spelt_two_ways),
    Check("year-no-year", _WARNING, year_is_none),
    Check("year-missing", _WARNING, year_missing),
    Check("published-differs", _WARNING, published_differs),
)


def run(checks: Iterable[Check], data: Data) -> list[Problem]:
    """Return everything that these checks find in the data, check by check."""
    return [problem for check in checks for problem in check.problems(data)]
