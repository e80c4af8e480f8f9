"""The zones of a gauge are those of the rating."""

from decimal import Decimal
from typing import Any

import pytest

from kpi_cli.history import Series
from kpi_cli.models import Outcome, Polarity, Rating, Settings
from kpi_cli.rating import rate_indicator
from kpi_cli.writing.web.gauge import Gauge, gauge_of
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
    assert [edge.text for edge in found.edges] == edges
    assert found.zones[0].left == 0
    assert found.zones[-1].right == 1000
    assert 0 <= found.value.left <= 100
    assert found.value.text == value


def test_the_zone_of_the_value_is_its_own_rating() -> None:
    for number in range(80, 101):
        found = gauge(f"{number}%", "95%", Settings(green_tolerance=Decimal(1)))
        assert found
        place = found.value.left * 10
        inside = {each.outcome for each in found.zones if each.left < place < each.right}
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
    assert found.said == (
        "Result 92.1%. From low to high: at risk up to 90.3%, some slippage up to 95%, on course"
        " above."
    )
