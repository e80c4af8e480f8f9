"""The page in a real browser: for everybody, filtered, by keyboard, apart from the world, printed.

What drives the browser is Playwright; it is the system's. axe-core and the Nu checker stand in a
folder that `KPI_PAGE_CHECKERS` names, as npm installs them.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from kpi_cli import rate, read_workbook
from kpi_cli.models import Report
from kpi_cli.writing.web.document import web_page
from tests.running import SAMPLES
from tests.writing.web.reading_pages import sections

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHECKERS = Path(os.environ.get("KPI_PAGE_CHECKERS", "-"))
AXE = CHECKERS / "axe-core" / "axe.min.js"
NU = CHECKERS / "vnu-jar" / "build" / "dist" / "vnu.jar"
QUARTERLY = SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
needs_axe = pytest.mark.skipif(not AXE.exists(), reason="axe-core is not installed")
needs_nu = pytest.mark.skipif(
    not NU.exists() or shutil.which("java") is None, reason="the Nu checker is not installed"
)


@pytest.fixture(scope="module")
def folder(
    southend: Report, hostile_report: Report, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a folder with pages: of the samples, with all there is, and of a hostile workbook."""
    folder = tmp_path_factory.mktemp("pages")
    everything = {"with_spc": True, "with_forecast": True}
    for name, report, options in (
        ("report", southend, {}),
        ("full", southend, everything),
        ("quarters", rate(read_workbook(QUARTERLY)), everything),
        ("hostile", hostile_report, everything),
    ):
        (folder / f"{name}.html").write_bytes(web_page(sections(report, **options)))
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield chromium
        chromium.close()


def opened(
    browser: Browser, folder: Path, name: str, query: str = "", *, wide: int = 1280, **options: Any
) -> Page:
    """Return a page of the folder, as a window of this width shows it."""
    options = {"viewport": {"width": wide, "height": 800}} | options
    page = browser.new_page(**options)
    page.goto(f"{(folder / name).as_uri()}.html{query}")
    return page


# For everybody


@needs_axe
@pytest.mark.parametrize(
    ("wide", "scheme", "names"),
    [
        (1280, "light", ["full"]),
        (375, "light", ["full"]),
        (320, "light", ["full", "quarters"]),
        (1280, "dark", ["full", "quarters"]),  # which changes nothing but colours
    ],
)
def test_axe_finds_nothing(
    browser: Browser, folder: Path, wide: int, scheme: str, names: list[str]
) -> None:
    for name in names:
        page = opened(browser, folder, name, wide=wide, color_scheme=scheme, bypass_csp=True)
        page.add_script_tag(path=AXE)
        found = page.evaluate("axe.run().then(found => found.violations)")
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == [], name
        page.close()


@needs_nu
def test_the_nu_checker_finds_nothing(folder: Path) -> None:
    pages = [folder / f"{name}.html" for name in ("report", "full", "quarters", "hostile")]
    checked = subprocess.run(
        ["java", "-jar", str(NU), "--format", "json", *map(str, pages)],
        capture_output=True, timeout=120,
    )  # fmt: skip
    assert json.loads(checked.stderr)["messages"] == []


@pytest.mark.parametrize("name", ["full", "quarters", "hostile"])
def test_nothing_needs_scrolling_sideways(browser: Browser, folder: Path, name: str) -> None:
    page = opened(browser, folder, name)
    for wide in (1280, 375, 320):
        page.set_viewport_size({"width": wide, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
    page.close()


def test_forced_colours_leave_every_rating_its_shape_and_its_word(
    browser: Browser, folder: Path
) -> None:
    page = opened(browser, folder, "report", forced_colors="active")
    drawn = page.locator("#exceptions svg:visible use")
    assert drawn.count() >= 12
    strokes = page.evaluate(
        "[...document.querySelectorAll('#exceptions svg use')].map(use => {"
        " const look = getComputedStyle(use.closest('svg')); return look.fill + look.color; })"
    )
    back = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all(look.replace(" ", "") != 2 * back.replace(" ", "") for look in strokes)
    page.close()


def test_the_keyboard_reaches_the_summary_the_filters_and_the_links(
    browser: Browser, folder: Path
) -> None:
    page = opened(browser, folder, "report")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the summary"
    box = page.locator(".skip").bounding_box()
    assert box
    assert box["y"] >= 0  # it is seen once it has the focus
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        tag, name, outline = page.evaluate(
            "(active => [active.tagName, active.id, getComputedStyle(active).outlineStyle])"
            "(document.activeElement)"
        )
        reached.add((tag, name))
        assert outline != "none" or tag == "BODY"  # after the last link it begins anew
    assert {each for each in reached if each[0] == "SELECT"} == {
        ("SELECT", "f--c"), ("SELECT", "f--a"), ("SELECT", "f--o"),
    }  # fmt: skip
    page.close()


# Filtered

EVERYTHING = (
    "29 12 of 29 indicators miss their target: 6 are at risk and 6 have some slippage. 16 are on"
    " course and 1 has no value yet."
)
PLACE = "8 Place Scrutiny: 8 indicators are on course."
CASES = [
    ("", {}, EVERYTHING),
    ("?committee=place+scrutiny", {"c": "Place Scrutiny"}, PLACE),
    ("?committee=policy%20and%20resources%20scrutiny&outcome=at%20risk",
     {"c": "Policy & Resources Scrutiny", "o": "At risk"},
     "3 Policy & Resources Scrutiny, At risk: 3 indicators are at risk."),
    ("?committee=place+scrutiny&outcome=at+risk", {"c": "Place Scrutiny", "o": "At risk"},
     "0 No indicator fits every choice."),
]  # fmt: skip


def said(page: Page) -> str:
    """Return how many rows Section 2 shows, and the sentences of the summary that are seen."""
    rows = page.locator("#section-2 tbody tr:visible").count()
    sentences = page.locator(".said-of:visible p").all_inner_texts()
    return " ".join([str(rows), *sentences])


@pytest.mark.parametrize(("query", "chosen", "shown"), CASES)
def test_the_address_sets_the_filters_and_the_sentence_follows(
    query: str, chosen: dict[str, str], shown: str, browser: Browser, folder: Path
) -> None:
    page = opened(browser, folder, "report", query)
    assert said(page) == shown
    for key, name in chosen.items():
        assert page.locator(f"#f--{key} option:checked").inner_text() == name
    page.close()


@pytest.mark.parametrize("with_script", [True, False])
@pytest.mark.parametrize(("chosen", "shown"), [case[1:] for case in CASES])
def test_the_filters_work_without_a_script_too(
    chosen: dict[str, str], shown: str, with_script: bool, browser: Browser, folder: Path
) -> None:
    page = opened(browser, folder, "report", java_script_enabled=with_script)
    for key, name in chosen.items():
        page.select_option(f"#f--{key}", label=name)
    assert said(page) == shown
    page.get_by_role("button", name="Show all").click()
    assert said(page) == EVERYTHING
    page.close()


# Apart from the world


@pytest.mark.parametrize("name", ["full", "hostile"])
def test_no_request_leaves_the_page(browser: Browser, folder: Path, name: str) -> None:
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.goto((folder / f"{name}.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [page.url]
    page.close()


def test_its_own_script_is_let_run_and_no_other(browser: Browser, folder: Path) -> None:
    added = "<script>document.title='obeyed'</script></body>"
    text = (folder / "report.html").read_text("utf-8").replace("</body>", added)
    (folder / "with_another_script.html").write_text(text, "utf-8")
    page = opened(browser, folder, "with_another_script", "?committee=place+scrutiny")
    assert said(page) == PLACE
    assert page.title() != "obeyed"
    page.close()


def test_nothing_in_a_workbook_is_obeyed(browser: Browser, folder: Path) -> None:
    page = opened(browser, folder, "hostile", bypass_csp=True)
    assert page.locator("script").count() == 1
    assert page.locator("img, a[href^=http], [onerror]").count() == 0
    page.close()


# Printed


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_it_prints_tagged_with_page_numbers_and_two_details_on_a_page(
    browser: Browser, folder: Path, tmp_path: Path
) -> None:
    printed = tmp_path / "report.pdf"
    page = opened(browser, folder, "report")
    page.pdf(path=printed, prefer_css_page_size=True, tagged=True)
    page.close()
    facts = subprocess.run(["pdfinfo", printed], capture_output=True, check=True).stdout.decode()
    assert re.search(r"Tagged: +yes", facts)
    assert re.search(r"Page size: +59[45]\S* x 84[12]", facts)  # A4
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = text.split("\f")[:-1]
    assert len(pages) <= 20
    for number, each in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in each
    details = [each.count("Result for January 2019") for each in pages]
    assert sum(details) == 12
    assert max(details) >= 2
    assert len([many for many in details if many]) <= 8
