"""Gauges as charts: what all share is made once, and each has names and numbers of its own."""

from decimal import Decimal
from xml.etree.ElementTree import Element, fromstring

import pytest

from kpi_cli.amounts import Value
from kpi_cli.gauge import Gauge, Zone
from kpi_cli.models import Outcome
from kpi_cli.writing.excel.bullet_bar import BulletBar

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"


def _gauge(low: str, edge: str, high: str, text: str) -> Gauge:
    red = Zone(Outcome.AT_RISK, Decimal(low), Decimal(edge))
    green = Zone(Outcome.ON_COURSE, Decimal(edge), Decimal(high))
    return Gauge(Value(number=Decimal(edge)), (red, green), (Outcome.ON_COURSE,), (text,))


def _tree(gauge: Gauge) -> Element:
    return fromstring(BulletBar(gauge).as_xml())


def _named(tree: Element) -> list[tuple[str | None, list[str | None]]]:
    """Return the name of each line, and where its points are along the bar."""
    return [
        (series.findtext(f"{C}tx/{C}v"), [x.text for x in series.iterfind(f"{C}xVal//{C}v")])
        for series in tree.iter(f"{C}ser")
    ]


def test_each_has_its_own_names_and_numbers() -> None:
    assert _named(_tree(_gauge("0", "80", "100.5", "<80> & {more}"))) == [
        ("", ["0", "100.5"]),
        ("At risk", ["0", "40", "80"]),
        ("On course", ["80", "90.25", "100.5"]),
        ("<80> & {more}", ["80", "80"]),
        ("Result 80", ["80", "80"]),
    ]


def test_each_has_its_own_ends_and_its_lines_in_order() -> None:
    tree = _tree(_gauge("-5", "2", "7", "2"))
    ends = [
        (
            axis.findall(f"{C}scaling/{C}min")[0].get("val"),
            axis.findall(f"{C}scaling/{C}max")[0].get("val"),
        )
        for axis in tree.iter(f"{C}valAx")
    ]
    assert ends == [("-5", "7"), ("0", "1")]
    for part in ("idx", "order"):
        places = [series.findall(f"{C}{part}")[0].get("val") for series in tree.iter(f"{C}ser")]
        assert places == ["0", "1", "2", "3", "4"]


def test_what_all_share_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    first = _named(_tree(_gauge("0", "8", "10", "8")))
    monkeypatch.delattr("kpi_cli.writing.excel.bullet_bar.ScatterChart")
    assert _named(_tree(_gauge("0", "8", "10", "8"))) == first
