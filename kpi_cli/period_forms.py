"""What tokens mean together: the forms in which months, quarters, halves and years are written.

The kinds of a text's tokens, a letter each, make a short string; a form is a pattern in it. What
matches becomes one token, form after form, until the periods that the text names are left.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from kpi_cli.period_tokens import (
    Manner,
    Token,
    calendar_year,
    day,
    evened,
    financial_year,
    follows,
    full_year,
    tokens,
)
from kpi_cli.periods import (
    LENGTHS,
    NAMES,
    Meaning,
    Month,
    Period,
    UnclearPeriod,
    YearlessPeriod,
    financial_year_ending,
)

_BESIDE = ("", *"-/:,;|()[]")  # what stands beside a word that stands alone


class Mention(NamedTuple):
    """A period that a text names, and the places in the text that name it."""

    what: Meaning
    places: tuple[tuple[int, int], ...]


class Sentence:
    """A text whose tokens are joined, form after form, until its periods are left."""

    def __init__(self, text: str, manner: Manner) -> None:
        self.text = text
        self.manner = manner
        self.first_month = manner.first_month
        self.said: list[Mention] = []

    def mentions(self) -> tuple[Mention, ...]:
        """Return the different periods that the text names, in its order."""
        left = list(tokens(self.text, self.manner))
        if all(token.kind in "w-t" for token in left):
            return ()
        for form, join in _FORMS:
            left = self._joined(left, form, join)
        for token in left:
            if token.what:
                self._say(token.what, token)
        years = [token for token in left if token.kind in "Fy"]
        for token in left:
            if token.kind in "MPQHS":
                self._say_part(token, years)
        for year in years:
            self._say_year(year)
        found = (Mention(self._told(each.what), each.places) for each in self.said)
        return tuple(sorted(found, key=lambda mention: mention.places))

    def _told(self, what: Meaning) -> Meaning:
        """Return a meaning whose periods know the month that the financial year starts with."""
        if isinstance(what, Period):
            return what._replace(year_starts=self.first_month)
        if isinstance(what, UnclearPeriod):
            known = (period._replace(year_starts=self.first_month) for period in what.meanings)
            return what._replace(meanings=tuple(known))
        return what

    def _joined(self, left: list[Token], form: re.Pattern[str], join: "_Join") -> list[Token]:
        done: list[Token] = []
        at = 0
        for found in form.finditer("".join(token.kind for token in left)):
            parts = left[found.start() : found.end()]
            if token := join(self, parts):
                whole = token._replace(start=parts[0].start, end=parts[-1].end)
                done += [*left[at : found.start()], whole]
                at = found.end()
        return done + left[at:]

    def _say(self, what: Meaning, token: Token) -> None:
        """Add a period, to what is said already where it ends with the same month."""
        for index, known in enumerate(self.said):
            if same := _longer(known.what, what):
                places = sorted({*known.places, self._place(token)})
                self.said[index] = Mention(same, tuple(places))
                return
        self.said.append(Mention(what, (self._place(token),)))

    def _say_part(self, token: Token, years: list[Token]) -> None:
        """Add a period without its year, which may stand elsewhere in the text."""
        whole = (known.what for known in self.said if isinstance(known.what, Period))
        if twin := next((known for known in whole if known.last.number == token.part.number), None):
            self._say(Period(twin.last, token.part.length), token)
        elif token.kind == "M" and not self.manner.is_name and not self._stands_alone(token):
            return
        elif len({year.ends for year in years}) == 1:
            self._say(self._in_year(token, years[0]), token)
        else:
            self._say(token.part, token)

    def _say_year(self, year: Token) -> None:
        """Add a year, to a period that is in it where there is one."""
        wholes = [financial_year_ending(end, self.first_month) for end in year.ends]
        if year.kind == "y" and len(wholes) > 1:
            wholes.append(Period(Month(year.number, 12), 12))
        for known in self.said:
            inner = known.what.meanings if isinstance(known.what, UnclearPeriod) else (known.what,)
            if any(isinstance(p, Period) and w.contains(p.last) for p in inner for w in wholes):
                self._say(known.what, year)
                return
        if year.kind == "F" or self.manner.is_name or self._beside(year)[1] in _BESIDE:
            self._say(self._one_of(wholes, year), year)

    def _stands_alone(self, token: Token) -> bool:
        return all(beside in _BESIDE for beside in self._beside(token))

    def _beside(self, token: Token) -> tuple[str, str]:
        """Return the characters before and after a token, "" where the text begins or ends."""
        even = evened(self.text)
        return even[: token.start].rstrip()[-1:], even[token.end :].lstrip()[:1]

    def _place(self, token: Token) -> tuple[int, int]:
        """Return where a token is, with the other one of a pair of brackets."""
        start, end = token.start, token.end
        for opening, closing in ("()", "[]"):
            lacking = self.text.count(opening, start, end) - self.text.count(closing, start, end)
            if lacking > 0 and self.text[end : end + 1] == closing:
                end += 1
            elif lacking < 0 and self.text[:start].endswith(opening):
                start -= 1
        return start, end

    # What tokens beside each other are together; None where they stay what they are

    def join_years(self, parts: list[Token]) -> Token | None:
        """2018 - 19, 2018 - 2019; in a name 2018 19."""
        first, last = parts[0], parts[-1]
        if follows(first.number, last.number % 100) and (len(parts) == 3 or self.manner.is_name):
            return financial_year(first.number, self.manner)
        return Token("w") if last.kind == "y" else None

    def join_fy(self, parts: list[Token]) -> Token:
        """FY19, the year that ends in 2019; FY 2018/19."""
        year = parts[-1]
        return Token("F", ends=year.ends if year.kind in "Ff" else (full_year(year.number),))

    def join_day(self, parts: list[Token]) -> Token | None:
        """31 December 2018, 31-Dec-18, Dec 31, 2018; 31 December."""
        month = next(token for token in parts if token.kind in "Mm")
        number, *years = (token.number for token in parts if token.kind in "dny")
        if not 1 <= number <= 31:
            return None
        year = full_year(years[0]) if years else 2000  # any year that has a 29 February
        dated = day(number, Month(year, month.part.number), self._text(parts))
        return dated if years or dated.kind == "U" else month

    def join_parts(self, parts: list[Token]) -> Token | None:
        """Oct-Dec; Q1 to Q2 and M1-M9, which start with the year: Q2 to Q3 is a comparison."""
        first, last = parts[0].part, parts[-1].part
        months = (last.number - first.number) % 12 + first.length
        if parts[0].kind != "M" and (last.number - months) % 12 + 1 != self.first_month:
            return None
        return self._span(last, months, parts)

    def join_part_and_year(self, parts: list[Token]) -> Token | None:
        """Q3 2018/19, 2018/19 Q3, Month 9 2018/19, Dec 2018, Dec-18, Oct-Dec 2018; Q3 2018."""
        part, year = sorted((parts[0], parts[-1]), key=lambda token: token.kind in "Ffyn")
        if part.kind in "QHP" and year.kind == "n" and not self.manner.is_name:
            return None
        what = self._in_year(part, year)
        return Token("I" if isinstance(what, Period) else "U", what=what)

    def join_from_and_to(self, parts: list[Token]) -> Token | None:
        """Nov 2018 - Jan 2019, 1 October to 31 December 2018."""
        first, last = parts[0], parts[-1].what
        if not isinstance(last, Period):
            return None
        if isinstance(first.what, Period):
            months = last.last.months_after(first.what.first) + 1
            is_span = first.what.length == last.length <= months
        else:
            months = (last.last.number - first.part.number) % 12 + 1
            is_span = last.length == 1
        return self._span(last, months, parts) if is_span else None

    def join_to_none(self, _: list[Token]) -> Token:
        """2016/17 - 2019/20, which are no one period."""
        return Token("w")

    def join_lasting(self, parts: list[Token]) -> Token:
        """Year to December 2018, 3 months ending 31 December; year ended 2018/19."""
        months, token = parts[0].number, parts[-1]
        if token.kind in "Fy":
            return token
        end = token.what if isinstance(token.what, Period) else token.part
        return self._span(end, months, parts)

    def _span(self, end: Period | YearlessPeriod, months: int, parts: list[Token]) -> Token:
        """Return so many months up to an end; those since the year began count as its last one."""
        last_number = end.last.number if isinstance(end, Period) else end.number
        is_to_date = (last_number - months) % 12 + 1 == self.first_month
        if months not in LENGTHS and not (is_to_date and months < 12):
            why = f'"{self._text(parts)}" is {months} months'
            hint = "Write a month, a quarter, a half-year or a year."
            return Token("U", what=UnclearPeriod(why, hint))
        length = months if months in LENGTHS else 1
        if isinstance(end, Period):
            return Token("I", what=Period(end.last, length))
        return Token("S", part=YearlessPeriod(end.number, length))

    def _in_year(self, part: Token, year: Token) -> Period | UnclearPeriod:
        if year.kind == "n":
            calendar = calendar_year(full_year(year.number), self.manner)
            year = calendar._replace(start=year.start, end=year.end)
        if year.kind == "y" and part.kind in "MmS":
            return Period(Month(year.number, part.part.number), part.part.length)
        wholes = [financial_year_ending(end, self.first_month) for end in year.ends]
        meanings = [part.part.with_year(whole) for whole in wholes]
        return self._one_of(meanings, *sorted((part, year), key=lambda token: token.start))

    def _one_of(self, meanings: Sequence[Period], *tokens: Token) -> Period | UnclearPeriod:
        if len(meanings) == 1:
            return meanings[0]
        *others, last = (
            meaning._replace(year_starts=self.first_month).label for meaning in meanings
        )
        either = f"{', '.join(others)} or {last}"
        text = " ".join(self._text([token]) for token in tokens)
        starts = f"the financial year starts in {NAMES[self.first_month - 1]}"
        why = f'"{text}" can mean {either}: {starts}'
        return UnclearPeriod(why, f"Write {either}.", tuple(meanings))

    def _text(self, parts: list[Token]) -> str:
        return " ".join(self.text[parts[0].start : parts[-1].end].split())


_Join = Callable[[Sentence, list[Token]], Token | None]
_FORMS: tuple[tuple[re.Pattern[str], _Join], ...] = tuple(
    (re.compile(form), join)
    for form, join in (
        (r"y-y|y-?n(?![Mm])", Sentence.join_years),
        (r"Z-?[Ffyn]", Sentence.join_fy),
        (r"(?<!M)(?<!M-)[dn]-?[Mm]-?(?:y|n(?![Mm]))|M[dn]y", Sentence.join_day),
        (r"(?<!M)[dn]M|(?<!M)(?<!M-)[dn]-M", Sentence.join_day),
        (r"([MQHP])[-t]\1", Sentence.join_parts),
        (r"[MmSQHPp]-?[Ff]|[MmSQHP]-?y|[MSQHP]-?n(?![Mm])", Sentence.join_part_and_year),
        (r"[Ffy]-?[MSQHP]|[Ff]-?p", Sentence.join_part_and_year),
        (r"[MI][-t]I", Sentence.join_from_and_to),
        (r"F[-t]F|y[-t]y", Sentence.join_to_none),
        (r"L[IMSQHPFy]", Sentence.join_lasting),
    )
)


def _longer(one: Meaning, other: Meaning) -> Meaning | None:
    """Return the longer of two that end with the same month, or None where they don't."""
    if isinstance(one, Period) and isinstance(other, Period):
        return max(one, other) if one.last == other.last else None
    if isinstance(one, YearlessPeriod) and isinstance(other, YearlessPeriod):
        return max(one, other) if one.number == other.number else None
    return one if one == other else None
