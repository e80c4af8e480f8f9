"""What makes a value or a band."""

from decimal import Decimal

import pytest

from kpi_cli.amounts import Band, Value


def test_a_band_is_the_right_way_round() -> None:
    with pytest.raises(ValueError, match="the band 5-3 is the wrong way round"):
        Band(low=Value(number=Decimal(5)), high=Value(number=Decimal(3)))
