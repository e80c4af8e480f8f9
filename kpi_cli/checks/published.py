"""The check of what was published against what is computed."""

from collections.abc import Iterator

from kpi_cli.checks.check import Data, Finding
from kpi_cli.published import compare_published


def published_differs(data: Data) -> Iterator[Finding]:
    """An expected outcome or a direction in the workbook that isn't the computed one."""
    for pair in compare_published(data.report).differences:
        yield Finding(
            pair.cell,
            f'{pair.rating.indicator.code}: the {pair.what} is "{pair.computed.label}", and'
            f' "{pair.published.label}" was published: {pair.reason}',
            "Correct what is published, or the figures and the polarity that it goes by.",
        )
