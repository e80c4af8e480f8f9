"""The zones of a gauge are those of the rating."""

from decimal import Decimal
from typing import Any

import pytest

from kpi_cli.gauge import Gauge, gauge_of
from kpi_cli.history import Series
from kpi_cli.models import Outcome, Polarity, Rating, Settings
from kpi_cli.rating import rate_indicator
from tests.builders import indicator, line

RED, AMBER, GREEN = Outcome.AT_RISK, Outcome.SLIPPAGE, Outcome.ON_COURSE


def gauge(value: str | None, target: str | None, settings: Settings, **fields: Any) -> Gauge | None:
    rated = indicator(value, target, **fields)
    rating: Rating = rate_indicator(rated, settings, Series(rated.reading))
    return gauge_of(rating, settings)


@pytest.mark.parametrize(
    ("value", "target", "fields", "outcomes", "edges"),
    [
        ("6.18", "5.82", {"annual": "7.20", "polarity": Polarity.MINIMISE},
         [GREEN, AMBER, RED], ["5.82", "6.18"]),
        ("79", "57-67", {"polarity": Polarity.GOLDILOCKS},
         [RED, AMBER, GREEN, AMBER, RED], ["47", "57", "67", "77"]),
        ("92.1%", "95%", {}, [RED, AMBER, GREEN], ["90.3%", "95%"]),
        ("82%", "95%", {"red_line": line("85%")}, [RED, AMBER, GREEN], ["85%", "95%"]),
        ("95", "0", {}, [GREEN], []),
    ],
)  # fmt: skip
def test_zones_and_their_edges(
    value: str, target: str, fields: dict[str, Any], outcomes: list[Outcome], edges: list[str]
) -> None:
    found = gauge(value, target, Settings(), **fields)
    assert found
    assert [zone.outcome for zone in found.zones] == outcomes
    assert list(found.texts) == edges
    assert found.low <= found.value.number <= found.high
    assert [zone.low for zone in found.zones] == [found.low, *found.edges]
    assert [zone.high for zone in found.zones] == [*found.edges, found.high]
    assert found.value.text == value


def test_the_zone_of_the_value_is_its_own_rating() -> None:
    for number in range(80, 101):
        found = gauge(f"{number}%", "95%", Settings(green_tolerance=Decimal(1)))
        assert found
        inside = {each.outcome for each in found.zones if each.low < number < each.high}
        rated = rate_indicator(
            each := indicator(f"{number}%", "95%"),
            Settings(green_tolerance=Decimal(1)),
            Series(each.reading),
        )
        assert inside <= {rated.outcome}


@pytest.mark.parametrize(("value", "target"), [(None, "95"), ("95", None), ("0.95", "95%")])
def test_there_is_none_without_value_or_target_of_one_unit(
    value: str | None, target: str | None
) -> None:
    assert gauge(value, target, Settings()) is None


def test_it_is_told_in_words() -> None:
    found = gauge("92.1%", "95%", Settings())
    assert found
    assert found.said == ("At risk up to 90.3%, some slippage up to 95%, on course above.")
    everywhere = gauge("95", "0", Settings())
    assert everywhere
    assert everywhere.said == "On course everywhere."
