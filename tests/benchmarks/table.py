"""The figures as a Markdown table, the machine that they are of, and their place in the README."""

import os
import platform
import re
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

SECONDS, MEGABYTES = "s", "MB"
_DECIMALS = {SECONDS: 3, MEGABYTES: 0}
_PACKAGES = ("typer", "rich", "pydantic", "openpyxl", "pandas", "python-calamine")
_PLACE = re.compile(r"(<!-- figures: .*? -->\n).*?(<!-- end of figures -->)", re.DOTALL)


@dataclass(frozen=True)
class Row:
    """A comparison: what ours took, what the peer took, and how many times that ours may take."""

    what: str  # kpi does
    beside: str  # what the peer does
    ours: float
    peer: float
    unit: str
    at_most: float | None = None  # None where it is for information

    @property
    def ratio(self) -> float:
        """How many times the peer's figure ours is."""
        return self.ours / self.peer if self.peer else float("nan")

    @property
    def met(self) -> str:
        """Whether ours is what is asked for."""
        if self.at_most is None:
            return ""
        return "yes" if self.ratio <= self.at_most else "**no**"


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = [
        "| kpi | | compared with | | ratio | at most | met |",
        "| --- | ---: | --- | ---: | ---: | ---: | --- |",
    ]
    for row in rows:
        ours, peer = (f"{n:.{_DECIMALS[row.unit]}f} {row.unit}" for n in (row.ours, row.peer))
        at_most = "" if row.at_most is None else f"{row.at_most:.3g}"
        cells = (row.what, ours, row.beside, peer, f"{row.ratio:.2f}", at_most, row.met)
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def machine() -> str:
    """Return what the figures were measured on, in one sentence."""
    packages = [f"{name} {version}" for name in _PACKAGES if (version := _version(name))]
    return (
        f"{_processor()}, {os.cpu_count()} cores, {platform.system()} {platform.machine()};"
        f" {platform.python_implementation()} {platform.python_version()}, {', '.join(packages)}."
    )


def renewed(readme: str, figures: str) -> str:
    """Return the README with other figures; raises ValueError where it has no place for them."""
    text, count = _PLACE.subn(lambda found: f"{found[1]}{figures}{found[2]}", readme)
    if count != 1:
        raise ValueError("the README has no place, or several, for the figures")
    return text


def _version(package: str) -> str | None:
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


def _processor() -> str:
    """Return the processor's name: Linux tells it nowhere else."""
    told = Path("/proc/cpuinfo")
    if told.exists() and (found := re.search(r"model name\s*: (.*)", told.read_text())):
        return found[1]
    return platform.processor() or "an unknown processor"
