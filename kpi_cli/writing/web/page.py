"""The page as its template shows it: every number, sentence and group of a report, in order."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from kpi_cli import __version__
from kpi_cli.models import EXCEPTIONS, Direction, Outcome, Rating, count_outcomes
from kpi_cli.names import fold
from kpi_cli.rules_in_words import a_year_ago, meanings, other_rules
from kpi_cli.sentences import counted, listed
from kpi_cli.writing.exceptions_workbook.changed_outcomes import (
    Changed,
    changed,
    counts,
    period_before,
)
from kpi_cli.writing.exceptions_workbook.column_key import (
    FORECAST,
    OUTTURN,
    RANGE,
    TARGET_MET,
    VARIATION,
    WAS,
    column_key,
)
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import by_aim, by_committee
from kpi_cli.writing.view import ous as ous_of
from kpi_cli.writing.web.anchors import anchors
from kpi_cli.writing.web.item import Item
from kpi_cli.writing.web.notes import notes_of
from kpi_cli.writing.web.page_filters import Filter, Marking

_SAID = {  # how many are what, of one and of several
    Outcome.AT_RISK: ("is at risk", "are at risk"),
    Outcome.SLIPPAGE: ("has some slippage", "have some slippage"),
    Outcome.ON_COURSE: ("is on course", "are on course"),
    Outcome.NO_VALUE: ("has no value yet", "have no value yet"),
    Outcome.NO_TARGET: ("has no target", "have no target"),
}
_COLUMNS = {  # what the page has in one column that a workbook has in several
    VARIATION: "Control chart",
    TARGET_MET: "Control chart, target met",
    FORECAST: "Forecast of the year's end",
    RANGE: "Forecast, in brackets",
    OUTTURN: "Forecast, how it is rated",
}
_WAYS = (  # how those stand beside last year that can be compared, of one and of several
    (Direction.BETTER, ("is better", "are better")),
    (Direction.WORSE, ("is worse", "are worse")),
    (Direction.SAME, ("is the same", "are the same")),
)


@dataclass(frozen=True)
class Bar:
    """How many indicators have each outcome; those that none has are left out."""

    counts: Mapping[Outcome, int]

    @property
    def total(self) -> int:
        """How many there are."""
        return sum(self.counts.values())

    @property
    def said(self) -> str:
        """The counts in words: "3 at risk, 7 on course"."""
        return ", ".join(f"{n} {each.short_label.lower()}" for each, n in self.counts.items())


@dataclass(frozen=True)
class State:
    """What is said in a state of the filters: the sentence, and the bar below it."""

    key: str
    named: str  # the choices that are made
    sentence: str
    bar: Bar


@dataclass(frozen=True)
class Group:
    """Indicators under one heading."""

    name: str
    marks: str  # in which states of the filters any of it is shown
    items: Sequence[Item]
    bar: Bar
    mark: str = ""  # its own, where it is what a filter goes by
    outcome: Outcome | None = None
    priorities: tuple[str, ...] = ()
    groups: Sequence["Group"] = ()


@dataclass(frozen=True)
class Change:
    """An indicator whose expected outcome changed since the period before."""

    item: Item
    way: Direction
    text: str


class Page:
    """What the template shows of a report."""

    def __init__(self, sections: Sections) -> None:
        self.sections, self.report = sections, sections.report
        ratings = self.report.ratings
        self._by_committee, self._by_aim = by_committee(ratings), by_aim(ratings)
        self.marking = Marking(ratings, self._by_committee, self._by_aim)
        names = anchors(rating.indicator.code for rating in ratings)
        self._items = {
            id(rating): Item(rating, sections, name, self.marking.of(rating))
            for rating, name in zip(ratings, names, strict=True)
        }

    @property
    def organisation(self) -> str | None:
        """Whose report it is."""
        return self.report.settings.organisation

    @property
    def title(self) -> str:
        """Its title."""
        return self.sections.title

    @property
    def period(self) -> str:
        """The reporting period."""
        return self.sections.period.label

    @property
    def document_title(self) -> str:
        """What stands in the browser's tab, and on paper."""
        named = (f"{self.title}, {self.period}", self.sections.group, self.organisation)
        return ": ".join(name for name in named if name)

    @property
    def filters(self) -> list[Filter]:
        """The filters that there is a choice for."""
        return self.marking.filters

    @property
    def part_shown(self) -> str | None:
        """That the page is of some of the indicators alone, where it is."""
        left, shown = self.report.left_out, len(self.report.ratings)
        return f"This page is of {shown} of {counted(shown + left, 'indicator')}." if left else None

    @property
    def said(self) -> State:
        """What is said of all of them."""
        ratings = self.report.ratings
        return State("all", "", _lead(ratings), _bar(ratings))

    @property
    def states(self) -> Iterator[State]:
        """What is said in each state of the filters in which any of the indicators is shown."""
        names = {mark: name for each in self.filters for mark, name in each.choices.items()}
        shown: dict[str, list[Rating]] = {}
        known = set(self.marking.states)
        for rating in self.report.ratings:
            for state in self.marking.of(rating).states:
                if state in known:
                    shown.setdefault(state, []).append(rating)
        for state in self.marking.states:
            named = ", ".join(names[part] for part in state.split("-"))
            yield State(state, named, _lead(shown[state]), _bar(shown[state]))

    @property
    def directions(self) -> str:
        """How many are better or worse than last year, as a sentence."""
        ratings = self.report.ratings
        ways = [rating.direction for rating in ratings]
        then = a_year_ago(rating.indicator for rating in ratings)
        known = len(ways) - ways.count(Direction.UNKNOWN)
        if not known:
            return f"None can be compared with {then}."
        parts = [f"{n} {said[n != 1]}" for way, said in _WAYS if (n := ways.count(way))]
        return f"{known} can be compared with {then}: {listed(parts, last='and')}."

    @property
    def since(self) -> str:
        """How many changed since the period before, as a sentence."""
        said = counts(self.sections)
        if said.startswith("Nothing"):
            return said
        return f"Since {period_before(self.sections)}: {said}."

    @property
    def changes(self) -> list[Change]:
        """What got worse, then what got better."""
        return [self._change(each) for each in changed(self.sections)]

    def _change(self, change: Changed) -> Change:
        return Change(self._item(change.rating), change.way, change.text)

    @property
    def committees(self) -> list[Group]:
        """The committees; none where there is only one."""
        groups = self._groups(self._by_committee, self.marking.committee)
        return groups if len(groups) > 1 else []

    @property
    def aims(self) -> list[Group]:
        """The aims with their priorities, and all indicators of each."""
        return self._groups(self._by_aim, self.marking.aim)

    @property
    def exceptions(self) -> list[Item]:
        """The exceptions, worst first."""
        return [self._item(rating) for rating in self.sections.exceptions]

    @property
    def exceptions_said(self) -> str:
        """What counts as an exception: "at risk and some slippage"."""
        names = (outcome.short_label.lower() for outcome in self.sections.outcomes)
        return listed(names, last="and")

    @cached_property
    def by_outcome(self) -> list[Group]:
        """The exceptions by outcome, and within by responsible OUs; then commented greens."""
        together = (self.sections.exceptions, self.sections.commented)
        return [
            self._outcome_group(outcome, list(of_outcome))
            for ratings in together
            for outcome, of_outcome in groupby(ratings, key=lambda rating: rating.outcome)
        ]

    def _outcome_group(self, outcome: Outcome, ratings: list[Rating]) -> Group:
        within = [
            self._group(ous_of(of_ous[0]), of_ous)
            for of_ous in _runs(ratings, lambda rating: fold(ous_of(rating)))
        ]
        name = outcome.label
        if ratings[0] not in self.sections.exceptions:
            name += ", with a comment"
        return self._group(name, ratings, outcome=outcome, groups=within)

    @property
    def details(self) -> list[Group]:
        """The exceptions by aim, in the report's order."""
        return [self._group(name, ratings) for name, ratings in self.sections.details.items()]

    @cached_property
    def has_codes(self) -> bool:
        """Whether any indicator has a code beside its name."""
        return any(item.code for item in self._items.values())

    @cached_property
    def noun(self) -> str:
        """What its periods are called."""
        return self.sections.noun

    @property
    def notes(self) -> list[str]:
        """What readers should know of the data."""
        return notes_of(self.sections)

    @property
    def meanings(self) -> dict[Outcome, str]:
        """What each outcome means."""
        return meanings(self.report.settings)

    @property
    def rules(self) -> list[str]:
        """The rules that no single outcome tells."""
        return other_rules(self.report.ratings, self.report.settings)

    @property
    def columns(self) -> dict[str, str]:
        """What the columns that other periods fill mean."""
        key = column_key(self.sections, "the notes on the data say", "its detail in Section 3")
        names = _COLUMNS | {WAS: f"{self.noun.capitalize()} before"}
        return {names[heading]: meaning for heading, meaning in key.items()}

    @property
    def made(self) -> str:
        """When it was made, from what and by what."""
        made = self.sections.made
        when = f"{made.day} {made:%B %Y, %H:%M}"
        return f"Made on {when} by kpi {__version__} from {self.report.workbook}."

    def _item(self, rating: Rating) -> Item:
        return self._items[id(rating)]

    def _groups(
        self, groups: Mapping[str, list[Rating]], mark_of: Callable[[str], str]
    ) -> list[Group]:
        return [
            self._group(
                name,
                ratings,
                mark=mark_of(name),
                priorities=self.report.priorities.get(fold(name), ()),
            )
            for name, ratings in groups.items()
        ]

    def _group(
        self,
        name: str,
        ratings: Sequence[Rating],
        *,
        mark: str = "",
        outcome: Outcome | None = None,
        priorities: tuple[str, ...] = (),
        groups: Sequence[Group] = (),
    ) -> Group:
        items = [self._item(rating) for rating in ratings]
        marks = self.marking.has(ratings)
        return Group(name, marks, items, _bar(ratings), mark, outcome, priorities, groups)


def _bar(ratings: Iterable[Rating]) -> Bar:
    return Bar({each: n for each, n in count_outcomes(ratings).items() if n})


def _lead(ratings: Sequence[Rating]) -> str:
    """Return the sentence that says it: how many miss their targets, and what the others do."""
    found = count_outcomes(ratings)
    said = {each: f"{n} {_SAID[each][n != 1]}" for each, n in found.items() if n}
    missing = [text for each, text in said.items() if each in EXCEPTIONS]
    others = [text for each, text in said.items() if each not in EXCEPTIONS]
    rest = f" {listed(others, last='and')}." if others else ""
    total = counted(len(ratings), "indicator")
    if len(said) == 1:
        (outcome,) = said
        return f"{total} {_SAID[outcome][len(ratings) != 1]}."
    missed = sum(found[each] for each in EXCEPTIONS)
    if not missed:
        return f"None of {total} misses its target.{rest}"
    verb = "misses its target" if missed == 1 else "miss their target"
    return f"{missed} of {total} {verb}: {listed(missing, last='and')}.{rest}"


def _runs(ratings: list[Rating], key: Callable[[Rating], str]) -> Iterator[list[Rating]]:
    for _, run in groupby(ratings, key=key):
        yield list(run)
