"""The indicators asked for, by name, expected outcome or variation; and their order."""

import difflib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import Enum
from typing import NamedTuple

from kpi_cli.insight import Insight
from kpi_cli.models import Indicator, Outcome, Rating, Report, UnratedRow
from kpi_cli.names import fold, is_as_asked, natural_order
from kpi_cli.sentences import listed
from kpi_cli.terms import Variation

_MOST_NEAR = 3
_LETTERS = "abcdefghijklmnopqrstuvwxyz-_/ "  # of the prefix of a code


class Selection(NamedTuple):
    """What was asked for; within one filter any name may match, and every filter must."""

    committees: tuple[str, ...] = ()
    aims: tuple[str, ...] = ()
    responsible_ous: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    variations: tuple[Variation, ...] = ()  # what the latest figure is on its control chart

    def takes(self, indicator: Indicator) -> bool:
        """Whether every filter by a name lets an indicator through."""
        return all(
            not asked or _matches(what, asked, names_of(indicator))
            for what, asked, names_of in _filters(self)
        )

    def takes_code(self, code: str) -> bool:
        """Whether a code that no indicator has is asked for; nothing else is known of it."""
        others = (self.committees, self.aims, self.responsible_ous, self.outcomes, self.variations)
        return not any(others) and (not self.codes or _matches("code", self.codes, [code]))


class Unmatched(NamedTuple):
    """A name asked for that no indicator has, and the names that there are."""

    what: str
    name: str
    known: tuple[str, ...]

    @property
    def message(self) -> str:
        """What to say of it."""
        known = listed((f'"{name}"' for name in self.known), last="and") or "none"
        return f'no indicator has the {self.what} "{self.name}"; the workbook has {known}'


class Selected(NamedTuple):
    """The report with the ratings asked for, and the names asked for that match nothing."""

    report: Report
    unmatched: tuple[Unmatched, ...] = ()
    is_emptied_by_names: bool = False  # each name is some indicator's, and together no one's


def select(report: Report, selection: Selection, other_codes: Sequence[str] = ()) -> Selected:
    """Return the report with the ratings that every filter lets through.

    Names match as they fold ("&" is "and", case and spacing don't count); `*` stands for any
    characters. Other codes are those that what is shown has beside the report's.
    """
    ratings = tuple(rating for rating in report.ratings if selection.takes(rating.indicator))
    unmatched: list[Unmatched] = []
    for what, asked, names_of in _filters(selection):
        unmatched += _unmatched(what, asked, names_of, report, other_codes)
    is_emptied = not (ratings or unmatched or any(map(selection.takes_code, other_codes)))
    if selection.outcomes:
        ratings = tuple(rating for rating in ratings if rating.outcome in selection.outcomes)
    if selection.variations:
        wanted = selection.variations
        ratings = tuple(each for each in ratings if Insight(each, report).chart.variation in wanted)
    left_out = len(report.ratings) - len(ratings)
    selected = replace(report, ratings=ratings, left_out=left_out)
    return Selected(selected, tuple(unmatched), is_emptied and bool(report.ratings))


_BY_VARIATION = (
    Variation.CONCERN, Variation.HIGH, Variation.LOW, Variation.IMPROVEMENT,
    Variation.COMMON_CAUSE, None,
)  # fmt: skip


class Order(Enum):
    """The order in which ratings stand."""

    WORKBOOK = "workbook"
    OUTCOME = "outcome"
    VARIATION = "variation"
    CODE = "code"


def in_order(report: Report, order: Order) -> Report:
    """Return the report with its ratings in an order.

    By outcome the worst are first, and by variation the concerns; those that are alike stand in the
    workbook's order. CP 3.2 is before CP 3.10.
    """
    ratings: Iterable[Rating] = report.ratings
    if order is Order.OUTCOME:
        ratings = sorted(ratings, key=lambda rating: list(Outcome).index(rating.outcome))
    elif order is Order.VARIATION:
        ratings = sorted(
            ratings, key=lambda rating: _BY_VARIATION.index(Insight(rating, report).chart.variation)
        )
    elif order is Order.CODE:
        ratings = sorted(ratings, key=lambda rating: natural_order(rating.indicator.code))
    return replace(report, ratings=tuple(ratings))


_NamesOf = Callable[[Indicator], Iterable[str | None]]


def _filters(selection: Selection) -> tuple[tuple[str, tuple[str, ...], _NamesOf], ...]:
    return (
        ("committee", selection.committees, lambda indicator: [indicator.committee]),
        ("aim", selection.aims, lambda indicator: [indicator.aim]),
        ("responsible OU", selection.responsible_ous, lambda indicator: indicator.responsible_ous),
        ("code", selection.codes, lambda indicator: [indicator.code]),
    )


def _folded(what: str, name: str) -> str:
    """Return a name as it is compared; in a code, spaces don't count at all."""
    return fold(name).replace(" ", "") if what == "code" else fold(name)


def _matches(what: str, asked: Iterable[str], names: Iterable[str | None]) -> bool:
    folded = [_folded(what, name) for name in asked]
    found = (_folded(what, name or "") for name in names)
    return any(is_as_asked(name, each) for name in found for each in folded)


def _unmatched(
    what: str,
    asked: tuple[str, ...],
    names_of: _NamesOf,
    report: Report,
    other_codes: Sequence[str],
) -> Iterator[Unmatched]:
    if not asked:
        return
    found = [name for rating in report.ratings for name in names_of(rating.indicator) if name]
    known = {fold(name): name for name in reversed(found)}  # the first spelling of each
    spellings = tuple(dict.fromkeys(known[fold(name)] for name in found))
    unrated = [row.code for row in report.unrated if row.code]
    others = [*unrated, *other_codes] if what == "code" else []
    for name in dict.fromkeys(asked):
        if not _matches(what, [name], [*known.values(), *others]):
            yield Unmatched(what, name, spellings)


class FoundCodes(NamedTuple):
    """The indicators that codes name, and the codes that name none, with those most like them."""

    ratings: tuple[Rating, ...]
    unrated: tuple[UnratedRow, ...]
    unknown: Mapping[str, tuple[str, ...]]


def find_codes(report: Report, codes: Iterable[str]) -> FoundCodes:
    """Return what codes name, in natural order: "CP 4.8", "cp4.8", "4.8" without the prefix.

    `*` stands for any characters.
    """
    asked = list(codes)

    def is_asked(code: str | None) -> bool:
        return code is not None and any(_is_code(each, code) for each in asked)

    ratings = [each for each in report.ratings if is_asked(each.indicator.code)]
    unrated = [row for row in report.unrated if is_asked(row.code)]
    there = [*(each.indicator.code for each in ratings), *(row.code or "" for row in unrated)]
    unknown = {
        code: _nearest_codes(code, report)
        for code in asked
        if not any(_is_code(code, each) for each in there)
    }
    ratings.sort(key=lambda rating: natural_order(rating.indicator.code))
    return FoundCodes(tuple(ratings), tuple(unrated), unknown)


def _is_code(asked: str, code: str) -> bool:
    """Whether a code is the one asked for, whose prefix may be left out where a number follows."""
    wanted, whole = _folded("code", asked), _folded("code", code)
    return is_as_asked(whole, wanted) or (
        wanted[:1].isdigit() and is_as_asked(_number(whole), wanted)
    )


def _number(code: str) -> str:
    """Return a folded code without its prefix: "4.8"."""
    return code.lstrip(_LETTERS)


def _nearest_codes(asked: str, report: Report) -> tuple[str, ...]:
    """Return codes that may have been meant: those most like it, and those with it in the name."""
    names = {rating.indicator.code: rating.indicator.short_name for rating in report.ratings}
    words, wanted = fold(asked).replace("*", ""), _folded("code", asked)
    named = [code for code, name in names.items() if words and words in fold(name)]
    spelt: dict[str, str] = {}
    for code in names:
        whole = _folded("code", code)
        spelt.setdefault(_number(whole) if wanted[:1].isdigit() else whole, code)
    alike = difflib.get_close_matches(wanted, spelt, _MOST_NEAR, 0.6)
    return tuple(dict.fromkeys([*named, *(spelt[each] for each in alike)]))[:_MOST_NEAR]
