"""The words, colours and icons in which people write polarities, outcomes and directions.

A text is read word by word: each word that bears on the meaning has one, others are known to
change nothing, and any other word, or two meanings that contradict each other, make it unknown.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from kpi_cli.models import Direction, Outcome, Polarity
from kpi_cli.names import fold
from kpi_cli.reading.absence import Absence, absence_in
from kpi_cli.reading.wording import one_of, wording

_WORD = r"[a-z]+\d?|\d+(?:\.\d+)?%?|[^\w\s.,:;()\[\]'\"!&|/*-]|%"
_NO_CODE = r"(?i)\s*+(?:(?:notes?|source)\b|\D*+$)"

_UP_ICONS, _DOWN_ICONS = "↑▲⬆⇧⇑△🔺🔼⏫▴🡅🠅⮝", "↓▼⬇⇩⇓▽🔻🔽⏬▾🡇🠇⮟"
_LEVEL_ICONS = "→►▶⇨⇒➡➔➜➞➝▸↔⇔⟷⬌◄◀=▬━➖⮞🡆"


def _words(text: str) -> list[str]:
    """Return the words and the icons of a text, in lower case and without punctuation."""
    return re.findall(_WORD, wording(text))


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(one_of(words))


def _kinds_of(words: Iterable[str], kinds: Mapping[str, str]) -> list[str]:
    """Return what each word is of these kinds, by the first that fits; "unknown" for others."""
    return [
        next((kind for kind, of in kinds.items() if _pattern(of).fullmatch(word)), "unknown")
        for word in words
    ]


# Polarities ------------------------------------------------------------------------------------

_OF_POLARITY = {
    "more": (
        r"hi(?:gh(?:er|est)?)? big(?:ger|gest)? larg(?:e|er|est) great(?:er|est)? more most"
        r" up(?:wards?)? upper increas(?:e|es|ed|ing) ris(?:e|es|ing) rais(?:e|es|ing) max(?:imum)?"
        r" maximi[sz](?:e|es|ed|ing|ation) grow(?:s|th|ing)? ascend(?:s|ing) positive above over"
        rf" exceed(?:s|ing)? h [{_UP_ICONS}>≥] [hbumg][it]b"
    ),
    "less": (
        r"lo(?:w(?:er|est)?)? small(?:er|est)? less(?:er)? least few(?:er|est)? down(?:wards?)?"
        r" decreas(?:e|es|ed|ing) reduc(?:e|es|ed|ing|tion) declin(?:e|es|ing) min(?:imum)?"
        r" minimi[sz](?:e|es|ed|ing|ation) fall(?:s|ing)? drop(?:s|ping)? descend(?:s|ing)"
        rf" negative below under l [{_DOWN_ICONS}<≤] [lsfd][it]b"
    ),
    "band": (
        "goldilocks band(?:ed|s)? range between corridor limits optim(?:al|um) nominal [ptn][it]b"
    ),
    "aim": ("targets? plan profile trajectory"),
    "near": ("on close(?:r|st)? near(?:er|est)? best"),
    "bad": ("bad worse worst poor adverse"),
    "nothing": (
        r"is are be being the an? to for of it its as at in within inside than possible better good"
        r" aim(?:s|ing)? perform(?:ance|ing) values? figures? numbers? results? scores? percentage"
        r" rate % should we want(?:ed)? preferred preferable desired desirable desire and polarity"
        r" direction trend outcome means indicator measure set agreed keep"
        r" stay(?:ing)? remain if when ="
    ),
}
_POLARITY_NAMES = {name.casefold(): each for each in Polarity for name in (each.label, each.value)}
_NEITHER = (
    "neutral neither either no_polarity non-polar none no_direction not_polari[sz]ed no_preference"
)


def parse_polarity(text: str) -> Polarity | None:
    """Return which way is good, from words, arrows, signs or letters; None where it is unknown.

    "Higher is better", "Aim to reduce", "Good to be high", "As low as possible", ↑, ≤, L and LTB
    say it with a word for more or for less, "Low is bad" by what is bad; "Plan is best", "Within
    range" and "As close as possible to target" are Goldilocks. "Higher/lower" is unknown.
    """
    line = wording(text).strip("() ")
    if line in _POLARITY_NAMES:
        return _POLARITY_NAMES[line]
    if line in ("+", "+ve", "-ve"):
        return Polarity.MAXIMISE if line[0] == "+" else Polarity.MINIMISE
    kinds = set(_kinds_of(_words(text), _OF_POLARITY))
    meant = kinds & {"more", "less", "band"}
    if "unknown" in kinds or len(meant) > 1:
        return None
    if meant == {"band"} or (not meant and {"aim", "near"} <= kinds):
        return None if "bad" in kinds else Polarity.GOLDILOCKS
    if not meant:
        return None
    return Polarity.MAXIMISE if ("more" in meant) != ("bad" in kinds) else Polarity.MINIMISE


def is_without_polarity(text: str) -> bool:
    """Whether a text in place of a polarity says that there is none: n/a, Neutral, Data only."""
    return bool(absence_in(text) or _pattern(_NEITHER).fullmatch(wording(text)))


# Outcomes --------------------------------------------------------------------------------------

_OUTCOME_ICONS = {
    icon: outcome
    for outcome, icons in {
        Outcome.AT_RISK: "●🔴🟥❌✘✗✖✕×⛔🛑👎",
        Outcome.SLIPPAGE: "⚠🟠🟡🟧🟨❗",
        Outcome.ON_COURSE: "✔✓✅☑🟢🟩🔵🟦★⭐👍",
        Outcome.NO_VALUE: "⚪⬜",
    }.items()
    for icon in icons
}
_BULLETS = "●■▲▼◆⬤•○□"  # beside words they say nothing: who printed them saw a colour
_COLOURS = {
    **dict.fromkeys(("red", "r"), Outcome.AT_RISK),
    **dict.fromkeys(("amber", "yellow", "y", "orange", "o"), Outcome.SLIPPAGE),
    **dict.fromkeys(("green", "g", "g1", "g2", "blue", "b"), Outcome.ON_COURSE),
    **dict.fromkeys(("grey", "gray"), Outcome.NO_VALUE),
}
_OF_OUTCOME = {
    "good place": ("on at above over ahead within inside in better"),
    "bad place": ("off below under behind short outside beyond out worse"),
    "aim": (
        "targets? track plan(?:ned)? course schedule profile trajectory standard goal"
        " expect(?:ed|ations?) perform(?:ed|ing)"
    ),
    "leeway": (r"tolerances? thresholds? limits? variance margin \d+(?:\.\d+)?%"),
    "good": (
        r"met meet(?:s|ing)? achiev(?:e|ed|es|ing) exceed(?:s|ed|ing)? hit(?:s|ting)?"
        r" reach(?:es|ed|ing)? attain(?:ed|ing)? surpass(?:es|ed|ing)? deliver(?:ed|ing)"
        r" complet(?:e|ed) pass(?:ed|ing)? success(?:ful)? succeed(?:ed|ing) ok(?:ay)?"
        r" (?:out|over)perform(?:ed|ing)? overachiev(?:ed|ing) compliant"
    ),
    "bad": (
        r"risk miss(?:es|ed|ing)? fail(?:s|ed|ing|ure)? alert critical danger unmet unachieved"
        r" breach(?:ed)? under(?:perform|achiev)(?:ed|ing)"
    ),
    "near": (
        "slip(?:s|ped|ping|page)? warning caution almost near(?:ly)? close part(?:ial|ially|ly)"
        " mostly approaching"
    ),
    "slight": ("slight(?:ly)? just marginal(?:ly)? narrow(?:ly)? minor some"),
    "quite": ("quite fully entirely completely"),
    "not": ("not no never unlikely cannot (?:did|does|has|have|is|are|was|wo)n t"),
    "nothing": (
        "rag status rat(?:ing|ed) colou?r flag the our an? is are has have been was be did does"
        " will to of it its this that by than from with and but against line performance indicator"
        " measure currently current annual year likely forecast projected well far much way"
        " significant(?:ly)? substantially seriously considerably comfortably dark light bright"
        " pale deep"
    ),
}
_OWN_NAMES = {
    fold(name.replace("_", " ")): outcome
    for outcome in Outcome
    for name in (outcome.key, outcome.label, outcome.short_label)
}
_ABSENT = {Absence.NO_VALUE: Outcome.NO_VALUE, Absence.NO_TARGET: Outcome.NO_TARGET}


def parse_outcome(text: str) -> Outcome | None:
    """Return the outcome that a label, a colour, R/A/G, an icon or words name; None for others.

    A target that is met is on course (Met, On track, Above target, Exceeded, Blue), one that is
    nearly met slips (Close to target, Within 5%, Within tolerance, Warning), one that is not is at
    risk (Off target, Missed, Below target, Alert). "No data" and Grey are no value, "Data only" is
    no target. What names two outcomes ("Amber/Green", "✔ Red") is unknown.
    """
    line = wording(text)
    if own := _OWN_NAMES.get(line.replace("_", " ").replace("-", " ")):
        return own
    words = re.findall(_WORD, line)
    said = [word for word in words if word.isascii()]
    icons = [word for word in words if not word.isascii() and not (said and word in _BULLETS)]
    outcomes = {_OUTCOME_ICONS.get(icon) for icon in icons}
    if said:
        outcomes.add(_outcome_said(said))
    return outcomes.pop() if len(outcomes) == 1 else None


def is_without_outcome(text: str) -> bool:
    """Whether a text in place of an outcome says nothing of it: a dash, n/a, TBC."""
    is_named = wording(text) in _OWN_NAMES  # as most are: the patterns of absence are large
    return not is_named and absence_in(text) in (Absence.DASH, Absence.OPEN)


def _outcome_said(words: list[str]) -> Outcome | None:
    """Return the outcome that words name: a letter, a colour, whether the target was met."""
    if words == ["x"]:
        return Outcome.AT_RISK
    colours = {_COLOURS[word] for word in words if word in _COLOURS}
    if "a" in (words[0], words[-1]):  # amber; within a phrase it is the article
        colours.add(Outcome.SLIPPAGE)
    others = [word for word in words if word not in _COLOURS]
    kinds = _kinds_of(others, _OF_OUTCOME)
    if colours and set(kinds) <= {"nothing"}:
        return colours.pop() if len(colours) == 1 else None
    absence = absence_in(" ".join(others))
    found = _how_it_was_met(others, kinds) or (_ABSENT.get(absence) if absence else None)
    is_grey = colours == {Outcome.NO_VALUE} and found is Outcome.NO_TARGET
    return found if is_grey or colours <= {found} else None


def _how_it_was_met(words: list[str], kinds: list[str]) -> Outcome | None:
    """Return what words say of a target; None where they say nothing, or contradict themselves."""
    if "unknown" in kinds:
        return None
    told = [(word, kind) for word, kind in zip(words, kinds, strict=True) if kind != "nothing"]
    said, place = [], ""
    for number, (word, kind) in enumerate(told):
        if kind.endswith("place"):
            place = word
            continue
        is_target_of_leeway = kind == "aim" and [k for _, k in told[number + 1 :]][:1] == ["leeway"]
        if is_target_of_leeway or (kind == "aim" and not place):
            continue  # "within target tolerance", "target met"
        said.append(_placed(kind, place))
        place = ""
    if place:
        said.append({"ahead": "good", "behind": "bad"}.get(place, "unclear"))
    return _outcome_of(said)


def _placed(kind: str, place: str) -> str:
    """Return what a word of a kind says behind its place: of "below target" that it is bad."""
    is_bad = _pattern(_OF_OUTCOME["bad place"]).fullmatch(place) is not None
    if kind == "leeway":
        near, far = place in ("within", "inside", "in"), place in ("outside", "beyond", "out")
        return "near" if near else "bad" if far else "unclear"
    if kind in ("aim", "good"):  # "under-achieving" is as bad as "below target"
        return "bad" if is_bad else "good"
    return kind


def _outcome_of(said: list[str]) -> Outcome | None:
    kinds = set(said)
    is_nearly = bool(kinds & {"near", "slight", "quite"})
    if "unclear" in kinds:
        return None
    if "not" in kinds:
        if "good" not in kinds or ("bad" in kinds and said.index("bad") > said.index("not")):
            return None
        return Outcome.SLIPPAGE if is_nearly else Outcome.AT_RISK
    if "near" in kinds:
        return Outcome.SLIPPAGE
    if "bad" in kinds and "good" not in kinds:
        return Outcome.SLIPPAGE if is_nearly else Outcome.AT_RISK
    return Outcome.ON_COURSE if "good" in kinds and "bad" not in kinds else None


# Directions ------------------------------------------------------------------------------------

_OF_DIRECTION = {
    "better": (
        rf"better improv(?:e|ed|es|ing|ement) positive(?:ly)? favou?rabl[ey] [{_UP_ICONS}↗⬈⇗👍]"
    ),
    "worse": (
        r"worse(?:n|ned|ning|ns)? declin(?:e|ed|es|ing) deteriorat(?:e|ed|es|ing|ion)"
        rf" negative(?:ly)? unfavou?rabl[ey] adverse(?:ly)? weaken(?:ed|ing) [{_DOWN_ICONS}↘⬊⇘👎]"
    ),
    "same": (
        "same stable static stead(?:y|ily) maintain(?:ed|ing|s)? unchang(?:ed|ing) level flat"
        " constant consistent(?:ly)? similar equal sustained plateau(?:ed|ing)? neutral"
        f" line [{_LEVEL_ICONS}]"
    ),
    "change": ("chang(?:e|ed|es|ing) movement difference variation moved"),
    "not": ("no not little minimal without"),
    "nothing": (
        "getting slight(?:ly)? significant(?:ly)? much marginal(?:ly)? an? bit the is are has have"
        " been being remain(?:s|ed|ing)? stay(?:s|ed|ing)? continu(?:es|ed|ing) to trends?"
        " performance direction of travel long short term overall very strong(?:ly)? rapid(?:ly)?"
        " still broadly largely fairly over time status in at as real material substantial state"
    ),
}
_THAN_LAST_YEAR = (
    r"(?: (?:than|on|from|since|as|to|with|against|vs|compared (?:with|to)))? (?:the )?"
    r"(?:same (?:period|time|month|quarter|point) )?(?:last|previous|prior) year$"
)
_DIRECTION_NAMES = {name: each for each in Direction for name in (each.label, each.value)}
_LEVEL_ARROWS = ("->", "-->", "<->", "<-->", "=>", "==>", "<=>", "==", "<>")


def parse_direction(text: str) -> Direction | None:
    """Return the direction that a word or an arrow names; None where it is unknown.

    Words and arrows of one meaning go together ("▲ Improving"). ↑ and ↗ are better whatever the
    polarity. What says only how the figure moved ("Up", "Increasing") is unknown, and so is a
    contradiction ("▼ Improving"). A dash, n/a, "no data" say that the direction can't be told.
    """
    if text in _DIRECTION_NAMES:
        return _DIRECTION_NAMES[text]
    if text.strip() in _LEVEL_ARROWS:
        return Direction.SAME
    if absence_in(text):
        return Direction.UNKNOWN
    words = re.findall(_WORD, re.sub(_THAN_LAST_YEAR, "", wording(text)))
    kinds = set(_kinds_of(words, _OF_DIRECTION)) - {"nothing"}
    if kinds == {"not", "change"}:
        return Direction.SAME
    told = kinds & {"better", "worse", "same"}
    is_same = {"not", "change", "same"} == kinds
    if len(told) != 1 or (kinds - told and not is_same):
        return None
    return Direction(told.pop())


def is_no_code(text: object) -> bool:
    """Whether what stands in place of a code is a text that is none: Red, Source:, Note 1."""
    return isinstance(text, str) and re.match(_NO_CODE, text) is not None
