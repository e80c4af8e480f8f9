"""The filters: which indicators of a workbook are asked for."""

from typing import Annotated

import typer

from kpi_cli.models import Outcome
from kpi_cli.reading.vocabulary import parse_outcome
from kpi_cli.selection import Selection
from kpi_cli.sentences import listed

Committees = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Only this scrutiny committee. Filters can be repeated, and combine; case,"
        ' spacing and "&" or "and" make no difference; * stands for anything.',
    ),
]
Aims = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this corporate aim.")]
OUs = Annotated[list[str] | None, typer.Option(metavar="NAME", help="Only this responsible OU.")]
Codes = Annotated[
    list[str] | None, typer.Option(metavar="CODE", help='Only this code, or "CP 3.*".')
]


def selection_of(
    committees: list[str] | None,
    aims: list[str] | None,
    ous: list[str] | None,
    codes: list[str] | None,
    outcomes: list[str] | None = None,
) -> Selection:
    """Return the selection that the filters ask for; None where one was not given."""
    return Selection(
        committees=tuple(committees or ()),
        aims=tuple(aims or ()),
        responsible_ous=tuple(ous or ()),
        codes=tuple(codes or ()),
        outcomes=outcomes_asked(outcomes),
    )


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
