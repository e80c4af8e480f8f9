"""The command line: its commands, a name and a line each, and what it says of itself."""

import inspect
import re
import sys
import textwrap
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kpi_cli import __version__

COMMANDS = {
    "new": "Write an empty workbook to fill in.",
    "check": "Report everything that is wrong or odd in a workbook.",
    "map": "Show how a workbook is understood, and write a profile that says so.",
    "rate": "Rate every indicator of a workbook, and show the ratings.",
    "show": "Show all that is known of single indicators, a screen for each.",
    "history": "Write the figures of all periods as one long table, each rated as it was then.",
    "forecast": "Forecast where each indicator's year ends, with a range from past errors.",
    "compare": "Compare two reports: what changed, why, and what isn't known.",
    "exceptions": "Write the exceptions workbook for the committees.",
    "report": "Write the report as a web page: one file to send, publish or print.",
    "batch": "Rate many workbooks, and write the results into a folder.",
    "help": "Show a page of the manual, such as kpi help rules.",
    "schema": "Show the JSON Schema of an output: its fields, what they mean, and when they are"
    " null.",
}
"""Each is the function of that name, in the module of that name in `kpi_cli.commands`."""

PAGES = (
    "recipes", "workbook", "periods", "thresholds", "profile", "checks", "rules", "rate", "show",
    "history", "charts", "forecast", "compare", "exceptions", "report", "batch", "scripts",
    "python", "limits", "windows", "decisions",
)  # fmt: skip
"""The pages of the manual, in the order in which one would read them: files in `kpi_cli/docs`."""


class _LazyGroup(TyperGroup):
    """Commands of which there are only the lines, until one is used: that one's module is loaded.

    click's documentation loads them in `get_command`; that is asked for every line of the help,
    too, which would load them all.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take `kpi help COMMAND` for `kpi COMMAND --help`, where the manual has no page of it."""
        if args == ["help"]:
            args = ["--help"]
        elif args[:1] == ["help"] and args[1] in COMMANDS and args[1] not in PAGES:
            args = [args[1], "--help"]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name in COMMANDS:
            self.commands[name] = loaded(name)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except typer.BadParameter as wrong:
            wrong.message = _without_python(wrong.message)
            raise
        except KeyboardInterrupt:  # while a command is loaded, or works
            print("kpi: interrupted", file=sys.stderr)
            raise typer.Exit(130) from None


def loaded(name: str) -> Any:
    """Return a command with its options."""
    module = import_module(f"kpi_cli.commands.{name}")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, epilog=module.NOTES)(_unchecked(getattr(module, name)))
    command = typer.main.get_command(alone)
    for parameter in command.params:
        if parameter.param_type_name == "argument":
            _tell_without_type(parameter)
        else:
            _read_if_given(parameter)
    return command


def _unchecked(command: Any) -> Any:
    """Return a command to which any path may be given: one that can't be read is no wrong usage."""
    for parameter in inspect.signature(command).parameters.values():
        for told in getattr(parameter.annotation, "__metadata__", ()):
            told.readable = False
    return command


_TYPES = r" <(?:path|str|text|list\[\w+\])>$"  # of Python, which say nothing beside FILE or CODE


def _tell_without_type(argument: Any) -> None:
    """Let the help name an argument, and not the type that it has in Python."""
    record = argument.get_help_record

    def told(ctx: Any) -> tuple[str, str] | None:
        found = record(ctx)
        return found and (re.sub(_TYPES, "", found[0]), found[1])

    argument.get_help_record = told


def _read_if_given(option: Any) -> None:
    """Have what reads the values of an option made only for one that is given: most are not."""
    read = option.process_value

    def read_if_given(ctx: Any, value: Any) -> Any:
        if value is None and not option.required and not option.callback:
            return () if option.multiple else None
        return read(ctx, value)

    option.process_value = read_if_given


def _without_python(message: str) -> str:
    """Return what is wrong with an option in words that need no Python."""
    if "valid integer" in message:
        return "it takes a whole number, such as 4"
    return message.removeprefix("Value error, ")


app = typer.Typer(
    name="kpi",
    cls=_LazyGroup,
    add_completion=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kpi {__version__}")
        raise typer.Exit


_MANUAL = textwrap.fill(", ".join(PAGES), 78, initial_indent="  ", subsequent_indent="  ")


@app.callback(
    epilog="\b\nExample:\n  kpi rate sample_workbooks/southend_january_2019.xlsx --explain"
    f"\n\n\b\nPages of the manual, for kpi help PAGE:\n{_MANUAL}"
)
def kpi(
    version: Annotated[
        bool,
        typer.Option("--version", help="Show the version.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Rate performance indicators kept in a workbook, and say why each is rated so.

    kpi COMMAND --help shows the options and examples of a command, and kpi help PAGE a page of
    the manual: the same for rate, show and others that have one, and how all of it works.
    """


for _name, _line in COMMANDS.items():  # to be listed and suggested by
    app.command(_name, help=_line)(lambda: None)
