"""`kpi help`: a page of the manual, from what is installed."""

from importlib.resources import files
from typing import Annotated, Any

import typer

from kpi_cli.commands import PAGES
from kpi_cli.commands.ending import clear_end
from kpi_cli.commands.options import Debug
from kpi_cli.commands.output import standard_output
from kpi_cli.names import nearest
from kpi_cli.sentences import listed
from kpi_cli.writing.manual import write_page
from kpi_cli.writing.ratings.formats import RatingsFormat

NOTES = """\b
Examples:
  kpi help rules
  kpi help exceptions

\b
Exit codes:
  0  done
  2  there is no such page
  4  the page could not be written"""


def help(
    context: typer.Context,
    page: Annotated[
        str,
        typer.Argument(
            metavar="PAGE",
            help=f"Which one: {listed(PAGES)}; or a command, whose options are shown.",
            autocompletion=lambda: list(PAGES),
        ),
    ],
    debug: Debug = False,
) -> None:
    """Show a page of the manual, which needs no network."""
    name = page.strip().lower().removesuffix(".md")
    if name not in PAGES:
        commands: Any = context.parent.command if context.parent else None
        meant = nearest(name, [*PAGES, *commands.list_commands(context)])
        hint = f'is "{meant}" meant?' if meant else f"there are {listed(PAGES, last='and')}"
        raise typer.BadParameter(f'there is no page "{page}"; {hint}', param_hint="PAGE")
    with clear_end(debug):
        text = (files("kpi_cli") / "docs" / f"{name}.md").read_text("utf-8")
        write_page(text, standard_output(RatingsFormat.TABLE.value))
