"""The filters of the page: they work by its style sheet alone, and every count follows them.

An indicator carries the names of its committee, aim and outcome, such as c1, a2 and o3: none of
these is a text of the workbook. A group of indicators carries those of all that are in it, also
together, such as c1-a2.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from kpi_cli.models import Outcome, Rating
from kpi_cli.names import fold

_MOST_STATES = 400  # of filters together; with more each filter's alone are counted
_MOST_CHOICES = 60  # of one filter


@dataclass(frozen=True)
class Filter:
    """A filter: its key, its name, and the choices with their keys."""

    key: str
    name: str  # by which an address can set it: ?committee=…
    label: str
    everything: str
    choices: Mapping[str, str]


@dataclass(frozen=True)
class Marks:
    """What an indicator carries for each filter: "c1", "a2", "o3"."""

    committee: str
    aim: str
    outcome: str

    @property
    def each(self) -> tuple[str, str, str]:
        """All of them, in the filters' order."""
        return (self.committee, self.aim, self.outcome)

    @property
    def states(self) -> Iterator[str]:
        """The states of the filters, one or more of them set, in which the indicator is shown."""
        for many in (1, 2, 3):
            yield from ("-".join(chosen) for chosen in combinations(self.each, many))


class Marking:
    """The marks of a report's indicators, and the filters that go by them."""

    def __init__(
        self, ratings: Iterable[Rating], committees: Iterable[str], aims: Iterable[str]
    ) -> None:
        """Mark these by the names of their groups."""
        ratings = list(ratings)
        self._committees, self._aims = _keys("c", committees), _keys("a", aims)
        found = {rating.outcome for rating in ratings}
        self._outcomes = {
            outcome: f"o{number}"
            for number, outcome in enumerate(Outcome, start=1)
            if outcome in found
        }
        self.filters = list(self._filters(list(committees), list(aims)))
        used = {each.key for each in self.filters}
        states = dict.fromkeys(
            state
            for rating in ratings
            for state in self.of(rating).states
            if all(part[0] in used for part in state.split("-"))
        )
        self.knows_all = len(states) <= _MOST_STATES
        self.states = [state for state in states if self.knows_all or "-" not in state]

    @property
    def otherwise(self) -> str:
        """What is said in a state of the filters that none of these is."""
        if self.knows_all:
            return "No indicator fits every choice."
        return "Below are only the indicators that fit every choice; they are not counted here."

    def of(self, rating: Rating) -> Marks:
        """Return a rating's marks."""
        indicator = rating.indicator
        return Marks(
            self.committee(indicator.committee or "No committee given"),
            self.aim(indicator.aim or "No aim given"),
            self._outcomes[rating.outcome],
        )

    def committee(self, name: str) -> str:
        """Return the mark of a committee."""
        return self._committees[fold(name)]

    def aim(self, name: str) -> str:
        """Return the mark of an aim."""
        return self._aims[fold(name)]

    def has(self, ratings: Iterable[Rating]) -> str:
        """Return the marks of a group: in which states of the filters any of it is shown."""
        known = set(self.states)
        found = dict.fromkeys(state for each in ratings for state in self.of(each).states)
        return " ".join(state for state in found if state in known)

    def rules(self) -> Iterator[str]:
        """Yield the rules of the style sheet by which the filters work."""
        for each in self.filters:
            for choice in each.choices:
                chosen = f"body:has(#f--{each.key} [value={choice}]:checked)"
                others = f"[data-{each.key}]:not([data-{each.key}={choice}])"
                yield f"{chosen} {others}{{display:none}}"
                if not self.knows_all:
                    yield f"{chosen} [data-has]:not([data-has~={choice}]){{display:none}}"
        if self.knows_all:
            yield "body:has(.filters option:not([value=all]):checked) [data-has]{display:none}"
        for state in self.states:
            parts = {part[0]: part for part in state.split("-")}
            when = "body" + "".join(
                f":has(#f--{each.key} [value={parts.get(each.key, 'all')}]:checked)"
                for each in self.filters
            )
            shown = f"{when} .is-{state}"
            if self.knows_all:
                shown += f",{when} [data-has~={state}]"
            yield f"{shown}{{display:block}}{when} .is-other{{display:none}}"

    def _filters(self, committees: list[str], aims: list[str]) -> Iterator[Filter]:
        outcomes = {key: outcome.short_label for outcome, key in self._outcomes.items()}
        by_committee = {self.committee(name): name for name in committees}
        by_aim = {self.aim(name): name for name in aims}
        for each in (
            Filter("c", "committee", "Scrutiny committee", "All committees", by_committee),
            Filter("a", "aim", "Aim", "All aims", by_aim),
            Filter("o", "outcome", "Expected outcome", "All outcomes", outcomes),
        ):
            if 1 < len(each.choices) <= _MOST_CHOICES:
                yield each


def _keys(letter: str, names: Iterable[str]) -> dict[str, str]:
    return {fold(name): f"{letter}{number}" for number, name in enumerate(names, start=1)}
