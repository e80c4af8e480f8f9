"""The command line: its commands, a name and a line each, and what it says of itself."""

import glob
import inspect
import re
import sys
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from kpi_cli import __version__
from kpi_cli.commands import PAGES
from kpi_cli.sentences import visible
from kpi_cli.writing.messages import say
from kpi_cli.writing.script import Script

_WrongUsage: Any = typer.BadParameter.__base__  # what an unknown command or option is, too

COMMANDS = {
    "new": "Write an empty workbook to fill in.",
    "check": "Report everything that is wrong or odd in a workbook.",
    "map": "Show how a workbook is understood, and write a profile of it.",
    "rate": "Rate every indicator of a workbook, and show the ratings.",
    "show": "Show all that is known of single indicators, one by one.",
    "history": "Write the figures of all periods as one table, each rated.",
    "forecast": "Forecast where each indicator's year ends, and how surely.",
    "compare": "Compare two reports: what changed, why, and what isn't known.",
    "exceptions": "Write the exceptions workbook for the committees.",
    "report": "Write the report as a web page, one file to send or publish.",
    "batch": "Rate many workbooks, and write the results into a folder.",
    "help": "Show a page of the manual, which needs no network.",
    "schema": "Show the JSON Schema of an output: what each field means.",
}
"""Each is the function of that name, in the module of that name in `kpi_cli.commands`."""

_SHELL_EXPANDS = sys.platform != "win32"  # patterns: there it leaves them to the program
_PATTERN = re.compile(r".*[*?].*\.xls[xm]", re.IGNORECASE | re.DOTALL)


class _LazyGroup(TyperGroup):
    """Commands of which there are only the lines, until one is used: that one's module is loaded.

    click's documentation loads them in `get_command`; that is asked for every line of the help,
    too, which would load them all.
    """

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Take `kpi help COMMAND` for `kpi COMMAND --help`, where the manual has no page of it."""
        if not _SHELL_EXPANDS and args[:1] != ["batch"]:  # which searches for itself
            args = [name for argument in args for name in _matches(argument)]
        if args in (["help"], ["help", "help"], ["help", "--help"]):
            args = ["--help"]
        elif args[:1] == ["help"] and args[1] in COMMANDS and args[1] not in PAGES:
            args = [args[1], "--help"]
        return super().parse_args(ctx, args)

    def main(self, *args: Any, **named: Any) -> Any:
        """Run; help that nobody takes, on a full disk say, ends as a command's output does.

        On Windows typer would take every argument for a pattern of files: it would read
        report1.xlsx for report[1].xlsx, and make files of --code "CP 3*".
        """
        try:
            return super().main(*args, **named | {"windows_expand_args": False})
        except OSError as error:
            sys.exit(import_module("kpi_cli.commands.ending").unwritten(error))

    def make_context(self, *args: Any, **named: Any) -> Any:
        with _clear_usage():
            return super().make_context(*args, **named)

    def get_help(self, ctx: Any) -> str:
        return _shown(super().get_help(ctx))

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        name = args[0]
        if name in COMMANDS:
            self.commands[name] = loaded(name)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        try:
            with _clear_usage():
                return super().invoke(ctx)
        except KeyboardInterrupt:  # while a command is loaded, or works
            say("kpi: interrupted")
            raise typer.Exit(130) from None


def _matches(argument: str) -> Iterator[str]:
    """Yield the workbooks that a pattern matches, as a shell gives them; all else as it is."""
    found = []
    if _PATTERN.fullmatch(argument):
        found = sorted(glob.glob(argument.replace("[", "[[]")))  # noqa: PTH207  # as it is written
    yield from found or [argument]


def loaded(name: str) -> Any:
    """Return a command with its options."""
    module = import_module(f"kpi_cli.commands.{name}")
    alone = typer.Typer(add_completion=False, rich_markup_mode=None)
    alone.command(name, epilog=module.NOTES)(_unchecked(getattr(module, name)))
    command: Any = typer.main.get_command(alone)
    full_help = command.get_help
    command.get_help = lambda ctx: _shown(full_help(ctx))
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


def _shown(text: str) -> str:
    """Return a text as standard output can show it."""
    return Script(getattr(sys.stdout, "encoding", None) or "utf-8").text(text)


_TYPES = r" <(?:path|str|text|list\[\w+\])>$"  # of Python, which say nothing beside FILE or CODE


def _tell_without_type(argument: Any) -> None:
    """Let the help name an argument, and not the type that it has in Python."""
    record = argument.get_help_record

    def told(ctx: Any) -> tuple[str, str] | None:
        found = record(ctx)
        return found and (re.sub(_TYPES, "", found[0]), found[1])

    argument.get_help_record = told


@contextmanager
def _clear_usage() -> Iterator[None]:
    """Tell what is wrong with the usage in words, and with nothing that a terminal would obey."""
    try:
        yield
    except typer.BadParameter as wrong:
        wrong.message = visible(_without_python(wrong.message))
        raise
    except _WrongUsage as wrong:
        wrong.message = visible(wrong.message)
        raise


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
