"""Draw the pictures of the manual: `python sample_workbooks/pictures.py`.

They are of the main sample: a terminal and the web page, drawn by Chromium (`chromium`), and pages
of the exceptions workbook, printed to PDF by LibreOffice (`soffice`) and drawn by poppler
(`pdftoppm`).
"""

import io
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

HERE = Path(__file__).parent
SOURCE = HERE / "southend_january_2019.xlsx"
PICTURES = HERE / "pictures"
PAGES = {"summary": 1, "exceptions": 3, "all-indicators": 5, "detail": 9, "data-notes": 14}
KPI = [sys.executable, "-m", "kpi_cli"]
RATE = ["rate", "--brief", "--sort", "outcome", "--outcome", "red", "--outcome", "amber"]


def main() -> None:
    """Write the pictures into the folder `pictures`."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        draw_terminal(folder)
        draw_web_page(folder)
        draw_workbook(folder)


def draw_terminal(folder: Path) -> None:
    """Draw what `kpi rate` shows on a terminal."""
    shown = run([*KPI, *RATE, SOURCE], {"FORCE_COLOR": "1", "COLUMNS": "120"})
    terminal = Console(record=True, width=120, file=io.StringIO())
    terminal.print(Text.from_ansi(shown))
    drawing = terminal.export_svg(title=f"kpi {' '.join(RATE)}", theme=DIMMED_MONOKAI)
    page = folder / "terminal.html"
    page.write_text(f"<meta charset=utf-8><body style=margin:0>{drawing}", "utf-8")
    screenshot(page, "rate", "1486,542")


def draw_web_page(folder: Path) -> None:
    """Draw the beginning of the report as a web page."""
    page = folder / "report.html"
    run([*KPI, "report", SOURCE, "-o", page])
    screenshot(page, "report", "1100,1000")


def draw_workbook(folder: Path) -> None:
    """Draw a page of each sheet of the exceptions workbook."""
    book = folder / "exceptions.xlsx"
    run([*KPI, "exceptions", SOURCE, "-o", book])
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, book])
    for name, page in PAGES.items():
        numbers = ["-f", str(page), "-l", str(page), "-singlefile"]
        pdf = book.with_suffix(".pdf")
        run(["pdftoppm", "-png", "-r", "80", *numbers, pdf, PICTURES / name])


def screenshot(page: Path, name: str, size: str) -> None:
    """Draw a page as a window of this size shows it."""
    options = ["--headless", "--no-sandbox", "--hide-scrollbars", f"--window-size={size}"]
    run(["chromium", *options, f"--screenshot={PICTURES / name}.png", page.as_uri()])


def run(command: list[str | Path], more: dict[str, str] | None = None) -> str:
    """Run a command, the report being made at the time that is printed in the original."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1550831460"} | (more or {})
    return subprocess.run(
        command, check=True, capture_output=True, encoding="utf-8", env=environment
    ).stdout


if __name__ == "__main__":
    main()
