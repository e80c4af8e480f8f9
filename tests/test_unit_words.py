"""Units as people write them: each known by its one name."""

import pytest

from kpi_cli.unit_words import Measure, currency_named, measured_in


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("days", Measure("day")),
        ("working days", Measure("day")),
        ("hrs.", Measure("hour")),
        ("sq km", Measure("km2")),
        ("cubic metres", Measure("m3")),
        ("tonnes CO2e", Measure("tonne")),
        ("companies", Measure("company")),
        ("kg/household", Measure("kg", 1, "home")),
        ("per 100,000", Measure("", 100_000)),
        ("cases per thousand people", Measure("case", 1000, "person")),
        ("per million", Measure("", 1_000_000)),
        ("per head", Measure("", 1, "person")),
        ("working", None),
        ("prov", None),
        ("days per", None),
        ("", None),
    ],
)
def test_a_unit(text: str, measure: Measure | None) -> None:
    assert measured_in(text) == measure


def test_a_currency_has_one_name_by_its_sign_and_its_code() -> None:
    assert [currency_named(symbol) for symbol in ("£", "GBP", "€", "EUR", "¥")] == [
        "pound", "pound", "euro", "euro", "¥",
    ]  # fmt: skip
