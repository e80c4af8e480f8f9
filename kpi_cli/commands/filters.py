"""The filters: which indicators of a workbook are asked for."""

from dataclasses import dataclass
from typing import Annotated

import typer

from kpi_cli.commands.completing import aims, codes, committees, offered, responsible_ous
from kpi_cli.models import Outcome
from kpi_cli.reading.vocabulary import parse_outcome
from kpi_cli.selection import Selection
from kpi_cli.sentences import listed
from kpi_cli.terms import Variation


@dataclass(frozen=True)
class Filters:
    """The options that say which indicators of a workbook are asked for."""

    committee: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=offered(committees),
            help="Only this scrutiny committee. Filters can be repeated, and combine; case,"
            ' spacing and "&" or "and" make no difference; * stands for anything.',
        ),
    ] = None
    aim: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", autocompletion=offered(aims), help="Only this corporate aim."),
    ] = None
    ou: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            autocompletion=offered(responsible_ous),
            help="Only this responsible OU.",
        ),
    ] = None
    code: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE", autocompletion=offered(codes), help='Only this code, or "CP 3.*".'
        ),
    ] = None

    def selection(
        self, outcomes: list[str] | None = None, variations: list[str] | None = None
    ) -> Selection:
        """Return what they ask for, with these outcomes and variations.

        Raises BadParameter for a word that is none of them.
        """
        return Selection(
            committees=tuple(self.committee or ()),
            aims=tuple(self.aim or ()),
            responsible_ous=tuple(self.ou or ()),
            codes=tuple(self.code or ()),
            outcomes=outcomes_asked(outcomes),
            variations=variations_asked(variations),
        )


def variations_asked(texts: list[str] | None) -> tuple[Variation, ...]:
    """Return the variations that texts name; raises BadParameter where one names none."""
    return tuple(_variation_asked(text) for text in texts or ())


def _variation_asked(text: str) -> Variation:
    words = text.strip().casefold().replace("-", " ").replace("_", " ")
    for variation in Variation:
        if words in (variation.label.casefold(), variation.key.replace("_", " ")):
            return variation
    known = listed(f'"{variation.label.lower()}"' for variation in Variation)
    message = f'"{text}" is no variation of a control chart; write {known}'
    raise typer.BadParameter(message, param_hint="--variation")


def outcomes_asked(texts: list[str] | None) -> tuple[Outcome, ...]:
    """Return the outcomes that texts name; raises BadParameter where one names none."""
    return tuple(_outcome_asked(text) for text in texts or ())


def _outcome_asked(text: str) -> Outcome:
    outcome = parse_outcome(text)
    if outcome is None:
        known = listed(["red", "amber", "green", *(f'"{o.short_label}"' for o in Outcome)])
        message = f'"{text}" is no expected outcome; write {known}'
        raise typer.BadParameter(message, param_hint="--outcome")
    return outcome
