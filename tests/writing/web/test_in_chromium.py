"""The page in a real browser: its filters, its address, and its printed pages."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from kpi_cli.models import Report
from kpi_cli.writing.web.document import web_page
from tests.writing.web.reading_pages import sections

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")


@pytest.fixture(scope="module")
def file(southend: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(web_page(sections(southend)))
    return path


def run(address: str, *options: str, folder: Path) -> str:
    """Run Chromium on an address, and return what it prints."""
    assert CHROMIUM
    done = subprocess.run(
        [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}",
         *options, address],
        capture_output=True, timeout=120, check=True,
    )  # fmt: skip
    return done.stdout.decode()


def measured(file: Path, script: str, query: str, folder: Path) -> str:
    """Return what a script finds in the page, which is let run it for that."""
    text = file.read_text("utf-8")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", text)
    shown = f"document.title=String((()=>{{{script}}})())"
    text = text.replace("</body>", f"<script>{shown}</script></body>")
    other = file.with_name("measured.html")
    other.write_text(text, "utf-8")
    dumped = run(f"file://{other}{query}", "--dump-dom", folder=folder)
    found = re.search(r"<title>(.*?)</title>", dumped)
    assert found
    return found[1]


ROWS = (
    "return [...document.querySelectorAll('#section-2 tbody tr')].filter(e=>e.offsetParent).length"
    "+' '+[...document.querySelectorAll('.said-of')].filter(e=>e.offsetParent)"
    ".map(e=>e.querySelector('p').innerText).join('|')"
)


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("", "29 12 of 29 indicators miss their target: 6 are at risk and 6 have some slippage. 16"
         " are on course and 1 has no value yet."),
        ("?committee=place+scrutiny", "8 Place Scrutiny: 8 indicators are on course."),
        ("?committee=policy%20and%20resources%20scrutiny&outcome=at%20risk",
         "3 Policy &amp; Resources Scrutiny, At risk: 3 indicators are at risk."),
        ("?committee=place+scrutiny&outcome=at+risk", "0 No indicator fits every choice."),
    ],
)  # fmt: skip
def test_the_address_sets_the_filters_and_the_sentence_follows(
    query: str, shown: str, file: Path, tmp_path: Path
) -> None:
    assert measured(file, ROWS, query, tmp_path) == shown


def test_its_own_script_is_let_run_and_no_other(file: Path, tmp_path: Path) -> None:
    text = file.read_text("utf-8").replace(
        "</body>", "<script>document.title='obeyed'</script></body>"
    )
    other = file.with_name("other.html")
    other.write_text(text, "utf-8")
    dumped = run(f"file://{other}?aim=safe", "--dump-dom", folder=tmp_path)
    assert "<title>obeyed</title>" not in dumped


def test_a_phone_needs_no_scrolling_sideways(file: Path, tmp_path: Path) -> None:
    frame = file.with_name("phone.html")
    text = re.sub(r'<meta http-equiv="Content[^>]*>', "", file.read_text("utf-8"))
    file.with_name("free.html").write_text(text, "utf-8")
    frame.write_text(
        '<title>-</title><iframe id="f" src="free.html" width="320" height="800"></iframe><script>'
        "onload=()=>{document.title=f.contentDocument.documentElement.scrollWidth}</script>",
        "utf-8",
    )
    dumped = run(f"file://{frame}", "--allow-file-access-from-files", "--dump-dom", folder=tmp_path)
    found = re.search(r"<title>(\d+)</title>", dumped)
    assert found
    assert int(found[1]) <= 320


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_it_prints_with_page_numbers_and_two_details_on_a_page(file: Path, tmp_path: Path) -> None:
    printed = tmp_path / "report.pdf"
    run(f"file://{file}", f"--print-to-pdf={printed}", "--no-pdf-header-footer", folder=tmp_path)
    text = subprocess.run(
        ["pdftotext", "-layout", printed, "-"], capture_output=True, check=True
    ).stdout.decode()
    pages = text.split("\f")[:-1]
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
    details = [page.count("Result for January 2019") for page in pages]
    assert sum(details) == 12
    assert max(details) >= 2
    assert len([many for many in details if many]) <= 8
