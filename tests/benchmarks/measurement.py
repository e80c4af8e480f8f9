"""Programs to be run in turn, and the rows of the table that they make."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.benchmarks.measuring import Command, Figures
from tests.benchmarks.table import SECONDS, Row


@dataclass(frozen=True)
class Measurement:
    """Commands to run in turn, and the rows of the table that their medians make.

    It may need packages or programs that aren't there, and take long.
    """

    commands: tuple[Command, ...]
    rows: Callable[[Sequence[Figures]], list[Row]]
    needs: tuple[str, ...] = ()
    most_runs: int | None = None


@dataclass(frozen=True)
class Peer:
    """What a command of kpi's is compared with, and how many times as long kpi may take."""

    beside: str
    command: Command
    at_most: float | None = None
    times: float = 1  # how often the peer would have to run


def compared(
    what: str,
    ours: Command,
    *peers: Peer,
    needs: tuple[str, ...] = (),
    most_runs: int | None = None,
) -> Measurement:
    """Return a comparison of seconds, with a row for each peer."""

    def rows(figures: Sequence[Figures]) -> list[Row]:
        first, *others = (each.seconds for each in figures)
        return [
            Row(what, peer.beside, first, seconds * peer.times, SECONDS, peer.at_most)
            for peer, seconds in zip(peers, others, strict=True)
        ]

    return Measurement((ours, *(peer.command for peer in peers)), rows, needs, most_runs)
