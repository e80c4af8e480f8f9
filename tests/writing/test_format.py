"""The tables of formats: every row leads to a function, and no two have a name or an ending."""

from collections.abc import Sequence
from typing import Any

import pytest

from kpi_cli.writing.format import Format, format_of_suffix
from kpi_cli.writing.problems.formats import LIST_OF_CHECKS, ProblemsFormat
from kpi_cli.writing.ratings.formats import RatingsFormat

TABLES: list[list[Format[Any]]] = [
    [each.value for each in RatingsFormat],
    [each.value for each in ProblemsFormat],
    [LIST_OF_CHECKS],
]


@pytest.mark.parametrize("formats", TABLES)
def test_a_table_of_formats(formats: Sequence[Format[Any]]) -> None:
    assert all(callable(format.writer()) for format in formats)
    assert len({str(format) for format in formats}) == len(formats)
    assert [format_of_suffix(format.suffix.upper(), formats) for format in formats] == formats
    assert format_of_suffix(".html", formats) is None


@pytest.mark.parametrize("format", [RatingsFormat.CSV.value, ProblemsFormat.CSV.value])
def test_excel_knows_the_encoding_of_a_csv_file(format: Format[Any]) -> None:
    assert "a".encode(format.file_encoding) == b"\xef\xbb\xbfa"
