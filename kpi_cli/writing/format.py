"""A format that something is written in: a row of the table of formats of that thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from pkgutil import resolve_name
from typing import Generic, TypeVar, cast

Writer = TypeVar("Writer")


@dataclass(frozen=True)
class Format(Generic[Writer]):
    """A format: its name, where the function is that writes it, and how its files end.

    Where the function is, is told as packages tell it in their entry points: "module:function".
    """

    name: str
    written_by: str
    suffix: str
    is_for_people: bool = False  # they read it in their terminal's own encoding
    file_encoding: str = "utf-8"

    def __str__(self) -> str:
        """Return its name, by which the command line offers it."""
        return self.name

    def writer(self) -> Writer:
        """Return the function that writes it.

        It is loaded here and only now, for one run uses one format: the tables of all would load
        what draws tables for those who want JSON, and the records for those who want a table.
        """
        return cast("Writer", resolve_name(self.written_by))


def format_of_suffix(suffix: str, formats: Iterable[Format[Writer]]) -> Format[Writer] | None:
    """Return the format whose files end so, such as ".csv"; None where there is none."""
    return next((format for format in formats if format.suffix == suffix.lower()), None)
