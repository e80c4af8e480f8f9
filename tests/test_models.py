"""What a row of history must be to become a reading."""

from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from kpi_cli.models import READING, Band, Reading, Value
from kpi_cli.months import Month
from kpi_cli.places import Place

PLACE = Place("History", 2, {"code": 1})
GOOD: dict[str, Any] = {
    "code": "CP 1.1",
    "month": Month(2019, 1),
    "value": Value(number=Decimal(7)),
    "target": Band(low=Value(number=Decimal(3)), high=Value(number=Decimal(5))),
    "place": PLACE,
}


def test_good_fields_make_a_reading() -> None:
    assert READING.validate_python(GOOD) == Reading(**GOOD)


@pytest.mark.parametrize(
    ("field", "content"),
    [
        ("code", None),
        ("code", ""),
        ("month", None),
        ("month", "January 2019"),
        ("value", "7"),
        ("value", GOOD["target"]),
        ("target", 5),
    ],
)
def test_other_fields_make_none(field: str, content: Any) -> None:
    with pytest.raises(ValidationError) as invalid:
        READING.validate_python(GOOD | {field: content})
    assert {fault["loc"][0] for fault in invalid.value.errors()} == {field}


def test_a_band_is_the_right_way_round() -> None:
    with pytest.raises(ValueError, match="the band 5-3 is the wrong way round"):
        Band(low=Value(number=Decimal(5)), high=Value(number=Decimal(3)))
