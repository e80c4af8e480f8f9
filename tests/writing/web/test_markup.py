"""The page's markup: nothing from outside, ids, headings, tables, filters, and hostile text."""

import re
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.history import Series
from kpi_cli.models import Report, Settings
from kpi_cli.rating import rate_indicator
from kpi_cli.sentences import visible
from kpi_cli.writing.web.anchors import anchors, detail_of
from kpi_cli.writing.web.document import web_page
from tests.builders import HEADINGS, HOSTILE, JANUARY, indicator, reading, row, save_workbook
from tests.running import MISTAKES, SAMPLES, expected
from tests.writing.web.reading_pages import Page, page_of, sections

LOADING = {"src", "href", "action", "formaction", "srcset", "poster", "data", "xlink:href"}


@pytest.fixture(params=["sample", "full", "quarters", "hostile"])
def page(request: pytest.FixtureRequest) -> Page:
    found: Page = request.getfixturevalue(request.param)
    return found


def test_nothing_is_loaded_from_outside(page: Page) -> None:
    for element in page.elements:
        for name, text in element.attributes.items():
            if name in LOADING:
                assert re.match(r"#[a-z0-9_-]+$|data:,$", text), (element.tag, name, text)
            assert not name.startswith("on")
    (style,) = page.all("style")
    assert not re.search(r"@import|url\(|https?:|//", style.text)
    assert {each.tag for each in page.elements} & {
        "img", "iframe", "object", "embed", "base", "audio", "video", "font"
    } == set()  # fmt: skip
    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0]
    assert policy.attributes["content"].startswith("default-src 'none'; ")


def test_ids_are_unique_and_every_link_leads_to_one(page: Page) -> None:
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        for name in ("href", "aria-labelledby", "for"):
            text = element.attributes.get(name, "")
            assert {each.lstrip("#") for each in text.split() if text != "data:,"} <= set(ids)


def test_headings_are_in_order(page: Page) -> None:
    levels = [int(each.tag[1]) for each in page.elements if re.fullmatch("h[1-6]", each.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(two <= one + 1 for one, two in pairwise(levels))


def test_every_table_has_a_caption_and_its_headings_a_scope(page: Page) -> None:
    assert page.all("table")
    for table in page.all("table"):
        assert table.children[0].tag == "caption"
        assert table.children[0].text
        assert all(each.attributes.get("scope") for each in table.all("th"))
        assert not any("role" in each.attributes for each in table.all("tr"))


def test_pictures_say_what_they_show_or_are_passed_over(page: Page) -> None:
    for svg in page.all("svg"):
        is_told = "aria-label" in svg.attributes or "aria-labelledby" in svg.attributes
        assert is_told == (svg.attributes.get("role") == "img")
        assert is_told or svg.attributes["aria-hidden"] == "true"
    for figure in page.all("figure"):
        (svg,) = figure.all("svg")
        title, said = svg.all("title")[0], svg.all("desc")[0]
        assert title.text
        assert said.text == figure.all("p")[0].text


def test_no_number_of_a_picture_is_off_its_place(page: Page) -> None:
    for path in page.all("path", **{"vector-effect": "non-scaling-stroke"}):
        assert re.fullmatch(r"(?:[MLHVZh]|\d+|[ ])+", path.attributes["d"])
    for span in page.all("span"):
        for number in re.findall(r":(-?[\d.]+)%", span.attributes.get("style", "")):
            assert 0 <= float(number) <= 100


def test_hostile_text_is_only_text(hostile: Page) -> None:
    assert {each.text for each in hostile.all("script")} == {
        each.text for each in hostile.all("script")[:1]
    }
    assert not hostile.all("img")
    shown = " ".join(visible(HOSTILE).split())
    assert hostile.all("h1")[0].text.startswith(shown)
    for part in ("th", "dd", "option", "h3", "h4", "h5", "caption", "title", "li", "footer"):
        assert any("<b>" in each.text for each in hostile.all(part)), part
    assert "49" not in [each.text for each in hostile.elements]
    everything = hostile.root.text + "".join(
        text for each in hostile.elements for text in each.attributes.values()
    )
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", everything)
    for each in hostile.elements:
        assert re.fullmatch(r"([a-z0-9_]+-{0,2})*", each.attributes.get("id", ""))


def test_anchors_are_unique_for_odd_codes_too() -> None:
    codes = ["CP 1.2", "cp-1-2", "CP 1.2 2", "Notes", "detail CP 1.2", "Detail Notes", "", "…", "É"]
    codes += ["CP 1.2", "x" * 500, "x" * 600, "top", "f--c"]
    names = anchors(codes)
    assert names[0] == "cp-1-2"
    everyone = [*names, *map(detail_of, names), "notes", "top", "summary"]
    assert len(everyone) == len(set(everyone))
    assert not any("--" in name for name in names)


def test_each_indicator_has_its_place_and_each_exception_its_detail(
    sample: Page, southend: Report
) -> None:
    for rating in southend.ratings:
        anchor = rating.indicator.code.lower().replace(" ", "-").replace(".", "-")
        assert rating.indicator.code in sample.by_id(anchor).text
    details = [each.attributes["id"] for each in sample.all("article", class_="detail")]
    assert len(details) == 12
    assert "detail-cp-1-2" in details


def test_every_figure_of_the_sample_is_there(sample: Page, southend: Report) -> None:
    for rating in southend.ratings:
        indicator = rating.indicator
        anchor = indicator.code.lower().replace(" ", "-").replace(".", "-")
        cells = [cell.text for cell in sample.by_id(anchor).all("td")]
        amounts = (indicator.target_in_force, indicator.annual_target)
        wanted = [indicator.value_text, *(each.text if each else "-" for each in amounts)]
        assert cells[1:4] == wanted
        assert cells[4] == rating.outcome.short_label
    for rating in sections(southend).exceptions:
        anchor = rating.indicator.code.lower().replace(" ", "-").replace(".", "-")
        detail = sample.by_id(f"detail-{anchor}")
        shown = {cell.text for cell in detail.all("td")}
        for each in sections(southend).periods(rating):
            assert each.value is None or each.value.text in shown
            assert each.target is None or each.target.text in shown
        assert " ".join((rating.indicator.comment or "").split()) in detail.text


def test_every_rating_is_a_shape_a_word_and_a_colour(sample: Page) -> None:
    tags = sample.all("span", class_="tag")
    assert len(tags) >= 29
    for tag in tags:
        outcome = tag.attributes["class"].split()[1]
        assert tag.all("use")[0].attributes["href"] == f"#s--{outcome}"
        assert tag.text


def test_the_filters_need_no_script(sample: Page) -> None:
    assert [each.attributes["name"] for each in sample.all("select")] == [
        "committee", "aim", "outcome",
    ]  # fmt: skip
    (style,) = sample.all("style")
    for option in sample.all("option"):
        mark = option.attributes["value"]
        if mark != "all":
            letter = mark[0]
            rule = (
                f"body:has(#f--{letter} [value={mark}]:checked)"
                f" [data-{letter}]:not([data-{letter}={mark}]){{display:none}}"
            )
            assert rule in style.text
    rows = sample.by_id("section-2").all("tbody")
    marked = [each for body in rows for each in body.all("tr")]
    assert len(marked) == 29
    assert all({"data-c", "data-a", "data-o"} <= set(each.attributes) for each in marked)


def test_quarters_are_called_so(quarters: Page) -> None:
    names = [each.text for each in quarters.all("th")]
    assert "Quarter before" in names
    assert {"Q1", "Q2", "Q3"} <= set(names)


def test_the_page_of_a_small_workbook(tmp_path: Path) -> None:
    rows = [
        (*HEADINGS, "Aim", "Scrutiny Committee", "Responsible OUs", "Comment"),
        (*row(value=(0.8, "0%"), target=(0.9, "0%"), annual_target=(0.9, "0%")),
         "SAFE", "People", "Care", "Two posts are empty."),
        (*row(code="CP 2", short_name="Checks made [Cumulative YTD]", value=95),
         "CLEAN", "Place", "Streets", None),
    ]  # fmt: skip
    history: list[tuple[Any, ...]] = [("MPR Code", "Month", "Value", "Target")]
    history += [
        ("CP 1.1", f"{month} 2018", (0.8 + n / 100, "0%"), (0.9, "0%"))
        for n, month in enumerate(("October", "November", "December"))
    ]
    book = save_workbook(tmp_path / "small.xlsx", Indicators=rows, History=history)
    text = web_page(sections(rate(read_workbook(book)))).decode()
    assert text == expected("report.html", text)


def test_a_workbook_with_mistakes_has_a_page() -> None:
    page = page_of(rate(read_workbook(MISTAKES)), with_spc=True, with_forecast=True)
    codes = [each.text for each in page.by_id("section-2").all("td", class_="code-cell")]
    assert codes.count("EX 1.1") == 2


def test_a_group_alone_says_which(southend: Report) -> None:
    page = page_of(southend, group="SAFE & sound")
    assert page.all("p", class_="period")[0].text == "January 2019: SAFE & sound"


@pytest.mark.no_cover
def test_two_thousand_indicators_make_a_page_of_bounded_size_in_bounded_time() -> None:
    ratings = []
    for n in range(2000):
        made = indicator(
            f"{88 + n % 10}%",
            "90%",
            code=f"CP {n}",
            aim=f"Aim {n % 12}",
            committee=f"Committee {n % 9}",
        )
        past = [reading(made.code, f"2018-{m:02}", f"{80 + m}%", "90%") for m in range(1, 13)]
        ratings.append(rate_indicator(made, Settings(), Series(made.reading, past)))
    report = Report("in.xlsx", Settings(), JANUARY, tuple(ratings))
    started = time.perf_counter()
    content = web_page(sections(report))
    assert time.perf_counter() - started < 60
    assert len(content) < 6_000_000


def test_the_template_is_in_the_package() -> None:
    folder = SAMPLES.parent / "kpi_cli" / "writing" / "web" / "templates"
    assert {path.name for path in folder.iterdir()} == {
        "filter.js", "macros.html.j2", "page.html.j2", "style.css",
    }  # fmt: skip
