"""What the columns that other periods fill mean, in words for those who read the tables."""

from kpi_cli.terms import Assurance, Variation
from kpi_cli.writing.exceptions_workbook.sections import Sections

WAS, VARIATION, TARGET_MET = "Was", "Variation", "Target met"
FORECAST, RANGE, OUTTURN = "Forecast", "Range", "Outturn"


def column_key(
    sections: Sections, notes: str = "Data notes say", detail: str = "Detail"
) -> dict[str, str]:
    """Return what each of the columns that are shown means, by its heading.

    The notes say what is refused, and the detail is where more is said of each exception.
    """
    key = {WAS: _was(sections.noun)}
    if sections.with_spc:
        key |= {VARIATION: _variation(sections.noun, notes), TARGET_MET: _target_met()}
    if sections.with_forecast:
        key |= {FORECAST: _forecast(notes, detail)} | _OUTTURN
    return key


def _forecast(notes: str, detail: str) -> str:
    return (
        f"Where the year ends, by what the figures did before; how it was made is on {detail}."
        f' "-": it can\'t be told, and {notes} why.'
    )


_OUTTURN = {
    RANGE: "Four in five past errors of such a forecast would have stayed within it.",
    OUTTURN: "How the forecast is rated against the annual target; in brackets the best and the"
    " worst that the range holds, where it holds several.",
}


def _was(noun: str) -> str:
    return (
        f"The expected outcome in the {noun} just before the indicator's latest, by the same rules"
        ' and the target of that time. "-": nothing is known of it.'
    )


def _variation(noun: str, notes: str) -> str:
    named = {each: each.label for each in Variation}
    return (
        f"Whether the latest figure is more than chance, by a control chart of all {noun}s, as the"
        f" NHS draws it. {named[Variation.CONCERN]} and {named[Variation.IMPROVEMENT]}: it is, to"
        f" the worse or to the better; {named[Variation.HIGH]} or"
        f" {named[Variation.LOW].split()[-1]}, where neither way is good."
        f" {named[Variation.COMMON_CAUSE]}: figures vary so anyway."
        f' "-": there is no chart, and {notes} why.'
    )


def _target_met() -> str:
    named = {each: each.label for each in Assurance}
    return (
        "Whether the target would be met if figures went on to vary as they did before, whatever"
        f" the latest is rated. {named[Assurance.PASSES]} or {named[Assurance.FAILS].split()[-1]}:"
        f" chance alone would not change it. {named[Assurance.HIT_AND_MISS]}: the target is within"
        ' what they vary by. "-": there is no chart or no target.'
    )
