"""Draw the pictures of the README: `python sample_workbooks/pictures.py`.

They are pages of the exceptions workbook of the main sample, printed to PDF by LibreOffice
(`soffice`) and drawn by poppler (`pdftoppm`).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
PAGES = {"summary": 1, "exceptions": 3, "all-indicators": 5, "detail": 9, "data-notes": 14}


def main() -> None:
    """Write a picture of each sheet into the folder `pictures`."""
    (HERE / "pictures").mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder, "exceptions.xlsx")
        source = HERE / "southend_january_2019.xlsx"
        run([sys.executable, "-m", "kpi_cli", "exceptions", source, "-o", book])
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        run(["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, book])
        for name, page in PAGES.items():
            numbers = ["-f", str(page), "-l", str(page), "-singlefile"]
            picture = HERE / "pictures" / name
            pdf = book.with_suffix(".pdf")
            run(["pdftoppm", "-png", "-r", "80", *numbers, pdf, picture])


def run(command: list[str | Path]) -> None:
    """Run a command, the report being made at the time that is printed in the original."""
    environment = os.environ | {"SOURCE_DATE_EPOCH": "1550831460"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)


if __name__ == "__main__":
    main()
