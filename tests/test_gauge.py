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
        ("92.1%", "95%", {}, [RED, AMBER, GREEN], ["90.25%", "95%"]),
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
    assert found.said == ("At risk up to 90.25%, some slippage below 95%, on course from 95%.")
    everywhere = gauge("95", "0", Settings())
    assert everywhere
    assert everywhere.said == "On course everywhere."


@pytest.mark.parametrize(
    ("value", "target", "fields", "said"),
    [
        # domain: a shortfall at the tolerance is red, and CP 5.4 is exactly there
        ("6.18", "5.82", {"annual": "7.20", "polarity": Polarity.MINIMISE},
         "On course up to 5.82, some slippage below 6.18, at risk from 6.18."),
        ("616", "653", {"annual": "771"},  # 614.45 is no 614
         "At risk up to 614.45, some slippage below 653, on course from 653."),
        ("51", "50", {"polarity": Polarity.GOLDILOCKS},  # green at one number alone
         "At risk up to 47.5, some slippage below 50, on course at 50, some slippage below 52.5,"
         " at risk from 52.5."),
        ("82%", "95%", {"red_line": line("85%")},
         "At risk below 85%, some slippage below 95%, on course from 95%."),
    ],
)  # fmt: skip
def test_what_is_said_holds_at_the_edges_too(
    value: str, target: str, fields: dict[str, Any], said: str
) -> None:
    found = gauge(value, target, Settings(), **fields)
    assert found
    assert found.said == said


@pytest.mark.parametrize("at_the_limit", [Outcome.AT_RISK, Outcome.SLIPPAGE])
def test_a_value_at_an_edge_is_rated_as_the_gauge_says(at_the_limit: Outcome) -> None:
    settings = Settings(at_the_limit=at_the_limit)
    for polarity in Polarity:
        found = gauge("90", "80", settings, polarity=polarity)
        assert found
        for edge, at in zip(found.edges, found.at_edges, strict=True):
            rated = indicator(f"{edge:f}", "80", polarity=polarity)
            assert rate_indicator(rated, settings, Series(rated.reading)).outcome is at
