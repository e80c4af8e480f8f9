"""Words that stand in a cell where there is nothing: no value, no target, not yet, not due.

A text is one of these where it begins with a known form ("not" and what was not done, "awaiting",
what the data are, how often or when they come) and has no figure in it but a period's: what
follows the form only says why, until when, or for whom.
"""

import re
from collections.abc import Sequence
from enum import Enum, auto
from functools import cache

from kpi_cli.names import RAISED
from kpi_cli.reading.wording import PERIOD, one_of, wording

_LONGEST = 80  # characters; what is longer is a comment


class Absence(Enum):
    """Why nothing stands in a cell."""

    DASH = auto()  # says nothing: -, ., …
    OPEN = auto()  # says that there is nothing, and no more: n/a, TBC, None
    NO_VALUE = auto()  # no data, not available, suppressed, measured annually, due in May
    NO_TARGET = auto()  # data only, monitor, no target set, baseline year
    STOPPED = auto()  # delayed, discontinued, under review, new


_DASHES = re.compile(r"[-_ ]*")
_COMMON = {  # shorthand of official statistics, and what needs no pattern
    **dict.fromkeys((".", "..", "...", "…", ":"), Absence.OPEN),
    **dict.fromkeys(("*", "**", "***"), Absence.NO_VALUE),
    **dict.fromkeys(("tbc", "tba", "n/a"), Absence.OPEN),
    "no data": Absence.NO_VALUE,
}
_BRACKETED = re.compile(r"\[(?:[a-z]{1,2}|low|note \d{1,2})\]")  # [c], [x], [z], [low]
_PERIOD = rf"\b{PERIOD}\b|\bcovid-?19\b"
_EACH = re.compile(r"(?<=\bevery )\d(?= (?:years|months)\b)|\b\d(?=[ -]?monthly\b)")  # 6 monthly
_PERIODS = r"@(?:[ ,-]{1,3}@)+"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_DATA = one_of(
    "data figures? values? results? information info updates? outturns? returns? reports? reporting"
    " surveys? actuals? performance collection publication measurement validation submissions?"
    " statistics stats k?pi indicator measure score comparators? comparisons? readings? input"
)
_DONE = one_of(
    "avail(?:able)? reported due measured known recorded collected published provided received"
    " supplied submitted started required calculated assessed confirmed finali[sz]ed comparable"
    " relevant monitored held released completed? ready entered updated tracked verified validated"
    " surveyed captured produced reportable measurable undertaken run in_place in_use live begun"
    " commenced disclosed given stated scored returned obtained possible carried_out"
    " conducted shown agreed established determined defined developed accessible audited announced"
    " advised identified baselined compiled reviewed"
)
_BEING = r"(?: (?:is|are|was|were|has|have|been|being|be|to|still|currently|now|yet|will)){0,3}"
_LATELY = r"(?: (?:yet|currently|now|been|being|be|to be|ever|presently|due to be|able to be)){0,2}"
_NOT = rf"(?:not|never){_LATELY}"
_RHYTHM = one_of(
    "annual yearly quarterly monthly weekly half[_-]?yearly (?:six|n)[_-]?monthly bi-?annual"
    " biennial triennial termly year[_-]?end end_of_year"
)
_OFTEN = one_of(
    "annually yearly quarterly monthly half[_-]?yearly (?:six|n)[_-]?monthly bi-?annually"
    " biennially triennially termly once_a_year twice_a_year every_year"
    " every_(?:two|three|six|n)_(?:years|months)"
    " (?:at|on|after)_(?:the_)?(?:financial_|academic_)?year[_-]?end"
    " (?:at_)?(?:the_)?end_of_(?:the_)?(?:financial_|academic_)?year in_arrears"
)
_OF_RHYTHM = one_of(
    "indicators? measures? measurement measured k?pi surveys? returns? figures? data collection"
    " collected report(?:ing|ed|s)? updates? only results? calculation publication statistics?"
    " snapshot audit frequency available basis"
)
_WHEN = one_of(
    "@ next later soon shortly spring summer autumn winter year quarter month meeting arrears"
)
_UNTIL = (
    r"(?: (?:is|are|will|to|be|not|in|on|by|from|at|after|until|during|the|early|late|mid|end|of"
    r"|due|expected|available|published|reported|released|only|first|around|financial|academic"
    r"|every|each)){0,5}"
)
_OPEN = (
    r"n ?[/\\.-]? ?a|n/a(?:v|pp)|#n/a|n/r|tb[acds]|t\.b\.[acd]|none|nothing|not applicable"
    r"|none (?:set|agreed|available|provided|applicable|yet)|no rag(?: rating| status)?"
    r"|not (?:rag[ -])?rated"
    rf"|to (?:follow|come|be (?:{_DONE}|set|notified|decided|arranged|added|provided|updated))"
    r"|pending|awaited"
)
_FORMS: tuple[tuple[Absence, str, str], ...] = (  # in words of which any others may follow; alone
    (
        Absence.NO_TARGET,
        r"no (?:\w{1,15} ){0,2}?targets?|not a target"
        rf"|targets?{_BEING} (?:{_NOT} (?:{_DONE}|set|applicable)|not|tb[acd]|n/a|none"
        r"|pending|under|in development|being|set later|awaited|to be|to follow)"
        r"|not (?:yet |been |currently )?(?:set|targeted)"
        r"|(?:for )?(?:data|information|info|context|contextual|monitoring|monitor|tracking|track"
        r"|trend|trends|baseline|benchmark|benchmarking|reference|activity|volume|volumetric"
        r"|demand|workload|comparison|measure|report|reporting|count)"
        r"(?: data| information| indicator| measure| purposes?)? only"
        r"|for (?:information|monitoring|context|comparison|noting|reference|tracking)"
        r"|(?:to be |being |to )?(?:re-?)?baselin(?:ed|ing)"
        r"|(?:to )?(?:establish|set|sett|establish|develop|agree|gather|collect)(?:ing)?"
        r" (?:a |the |new |up )?base[ -]?line",
        r"monitor(?:ing|ed)?(?: (?:only|indicator|measure|purposes|trend))?"
        r"|context(?:ual)?(?: (?:indicator|measure|data|information))?"
        r"|trend(?:s|ing)?(?: (?:indicator|measure|data|based|monitoring))?"
        r"|track(?:ing|ed|er)?(?: (?:indicator|measure|trend))?"
        r"|base[ -]?line(?: (?:year|data|indicator|measure|figure|period|setting|being|to|be|is|not"
        r"|yet|established|set|agreed|tbc|required|awaited|collection|gathering|exercise|@)){0,5}"
        r"|(?:information|reference|volumetric|demand|activity|volume|workload)"
        r"(?: (?:indicator|measure|item))?|untargeted|benchmark(?:ing)?",
    ),
    (
        Absence.STOPPED,
        rf"no longer {_DONE}|no longer (?:a |an )?(?:{_DATA}|applicable)|on hold"
        r"|(?:in|under) (?:development|construction|review|consideration|consultation|discussion)"
        r"|(?:currently )?being (?:\w{1,15}ed|set|set up)|work in progress"
        r"|(?:measure|indicator|k?pi)(?: is| was)? (?:new|deleted|discontinued|withdrawn|under \w+)"
        rf"|new (?:{_DATA}|target|for|in|this|from)|first year",
        "discontinued|withdrawn|deleted|ceased|suspended|paused|deferred|delayed|postponed|new",
    ),
    (
        Absence.OPEN,
        r"to be (?:confirmed|advised|announced|agreed|determined|decided|set)|pending \w+",
        _OPEN,
    ),
    (
        Absence.NO_VALUE,
        rf"no (?:(?:new|current|comparable|recent|further|available|reliable|valid|latest|previous"
        rf"|historic|historical|trend|complete|quarterly|annual|monthly) )?{_DATA}"
        rf"|no (?:history|baseline|benchmark|previous year|prior year)|insufficient {_DATA}"
        rf"|{_NOT} {_DONE}|not enough {_DATA}"
        rf"|(?:unable to|(?:cannot|can't|can not|could not)(?: be)?) (?:{_DONE}|report|provide"
        r"|measure|collect|calculate|obtain|supply|produce|confirm|submit)"
        r"|(?:numbers? |cohort |sample )?too (?:small|low|few)"
        r"|(?:small|low) (?:numbers?|cohort|sample)"
        r"|(?:system|data(?: quality)?|technical|it|reporting) (?:issues?|problems?|errors?|down"
        r"|failure|migration)|no response|lag in \w+"
        rf"|(?:[\w@-]{{1,15}} ){{0,2}}?{_DATA}{_BEING} (?:{_NOT} {_DONE}|unavailable"
        r"|awaited|awaiting|pending|outstanding|delayed|suppressed|withheld|missing|incomplete"
        r"|unknown|tb[acd]|to follow|to come|n/a|not applicable|being \w{1,15}|lag(?:s|ged|ging)?"
        r"|late|overdue|under review|in progress|redacted|confidential|unpublished)"
        r"|await(?:ing|s|ed)? \w+"
        rf"|(?:only )?(?:is |are |to be )?(?:{_DONE}|{_DATA}|reports?)(?: is| are| only)? {_OFTEN}"
        rf"|will (?:not )?be {_DONE}|{_DATA} to be {_DONE}|@ only"
        rf"|{_OFTEN} {_DONE}"
        rf"|(?:{_DONE} )?(?:a|an|one|two|three) (?:month|quarter|year)s? in arrears"
        rf"|(?:next )?(?:{_DATA}|due|expected|available|published|reported|released|measured"
        rf"|collected|updated|starts|starting|begins|commences|commencing){_UNTIL} {_WHEN}"
        r"|(?:suppressed|withheld|redacted|unavailable) (?:due|for|because|as|to|data|by|at|in)"
        r"|(?:small numbers|low numbers|data) suppressed|not disclosed",
        rf"unavailable|unknown|unpublished|unreported|missing|suppressed|withheld|redacted"
        rf"|confidential|undisclosed|unrecorded|awaiting|{_OFTEN}"
        rf"|{_RHYTHM}(?: {_OF_RHYTHM}){{0,3}}",
    ),
)
_CONNECTED = (  # what may follow a word that says it all by itself
    r"(?: ?[^\w\s%].*| (?:@|until|till|for|this|at|in|on|as|due|because|yet|from|by|pending"
    r"|awaiting|currently|see|set|and|or|since|after|before|during|with|while|owing|now|so|required|year)"
    r"(?: .*|[^\w].*)?)?"
)


def absence_in(text: str) -> Absence | None:
    """Return why a text says that there is nothing; None where it says something, or is unknown.

    "Not yet available", "Data due in May", "N/A - measured annually" say so. A text with a
    figure in it that is no period never does: "N/A (was 78%)" is none of these.
    """
    line = wording(text).rstrip(RAISED).rstrip()
    if _DASHES.fullmatch(line):
        return None if text.strip() and not line else Absence.DASH
    if line in _COMMON:
        return _COMMON[line]
    if _BRACKETED.fullmatch(line):
        return Absence.NO_VALUE
    line = _EACH.sub("n", line.strip("()[]<>\"' ").rstrip(".*!… "))
    if not any(character.isalpha() for character in line):
        return None  # a figure or an icon: the patterns, which are large, are of words
    if _has_digit(line) or any(month in line for month in _MONTHS):  # else it names no period
        line = re.sub(_PERIOD, "@", line)
    line = re.sub(_PERIODS, "@", line)
    if len(line) > _LONGEST or _has_digit(line):
        return None
    return next((kind for kind, form in _kinds() if form.fullmatch(line)), None)


def _has_digit(text: str) -> bool:
    return any(character.isdigit() for character in text)


@cache
def _kinds() -> Sequence[tuple[Absence, re.Pattern[str]]]:
    """Return the pattern of each kind; they are large, and most workbooks need none."""
    return [
        (kind, re.compile(rf"(?:{openings})(?![\w%]).*|(?:{words}){_CONNECTED}"))
        for kind, openings, words in _FORMS
    ]
