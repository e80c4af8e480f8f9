"""What a shell is offered while options are typed: the codes and names of the workbook given."""

import os
import re
import shlex
from collections.abc import Callable, Iterable
from contextlib import suppress
from itertools import chain
from pathlib import Path

from kpi_cli.commands.beside import Beside
from kpi_cli.commands.opening import read_explained
from kpi_cli.commands.options import Opening
from kpi_cli.models import Indicator
from kpi_cli.names import fold, natural_order
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

_LARGEST = 300_000  # bytes; a larger workbook takes longer to read than a shell should wait
_ASKED_BY = "_KPI_COMPLETE"  # the variable in which typer's scripts name the shell
_TYPED = ("COMP_WORDS", "_TYPER_COMPLETE_ARGS")  # and those in which they give the line


class _Offered(str):
    """A text that is offered though it doesn't begin, letter by letter, as what is typed does."""

    def startswith(self, *_: object) -> bool:
        """Whether typer is to offer it."""
        return True


def offered(names_of: Callable[[Indicator], Iterable[str]]) -> Callable[..., list[str]]:
    """Return what offers the names that the indicators of the workbooks typed so far have."""

    def offer(incomplete: str) -> list[str]:
        indicators = chain.from_iterable(map(_indicators, _files_typed()))
        names: dict[str, str] = {}
        for indicator in indicators:
            for name in names_of(indicator):
                names.setdefault(fold(name), name)
        begun = fold(incomplete)
        found = [name for key, name in names.items() if key.startswith(begun)]
        return [_Offered(_typed(name)) for name in sorted(found, key=natural_order)]

    return offer


def _files_typed() -> list[Path]:
    """Return the files that the line typed so far names.

    A line that ends with an option without its value can't be parsed as that of a command.
    """
    line = next(filter(None, map(os.environ.get, _TYPED)), "")
    words = shlex.shlex(line, posix=True, punctuation_chars=False)
    words.whitespace_split, words.commenters = True, ""
    found: list[str] = []
    with suppress(ValueError):  # a quotation that is not closed yet
        found += words
    return [path for path in map(Path, found[1:]) if path.is_file()]


def _indicators(path: Path) -> Iterable[Indicator]:
    """Return the indicators of a workbook; none where reading it fails, or would take long."""
    with suppress(UnreadableWorkbookError, OSError, ValueError):
        if path.stat().st_size <= _LARGEST:
            return read_explained(path, path.name, Beside(Opening())).indicators
    return ()


def _typed(name: str) -> str:
    """Return a name as it is typed in the shell that asks; zsh and fish quote it themselves."""
    shell = os.environ.get(_ASKED_BY, "")
    if "bash" in shell:
        return re.sub(r"([^\w.,:/@%+=-])", r"\\\1", name)
    if ("powershell" in shell or "pwsh" in shell) and not name.isalnum():
        return "'" + name.replace("'", "''") + "'"
    return name


def codes(indicator: Indicator) -> tuple[str, ...]:
    """Return an indicator's code, to be offered."""
    return (indicator.code,)


def committees(indicator: Indicator) -> tuple[str, ...]:
    """Return its committee."""
    return (indicator.committee,) if indicator.committee else ()


def aims(indicator: Indicator) -> tuple[str, ...]:
    """Return its aim."""
    return (indicator.aim,) if indicator.aim else ()


def responsible_ous(indicator: Indicator) -> tuple[str, ...]:
    """Return its responsible OUs."""
    return indicator.responsible_ous
