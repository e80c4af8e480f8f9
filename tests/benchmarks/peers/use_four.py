"""The four libraries that kpi is made with, and of each what any use of it loads."""

import openpyxl  # noqa: F401
import typer
from pydantic import BaseModel  # noqa: F401
from rich.console import Console  # noqa: F401
from rich.table import Table  # noqa: F401

app = typer.Typer(add_completion=False)


@app.command()
def nothing() -> None:
    """Do nothing."""


app()
