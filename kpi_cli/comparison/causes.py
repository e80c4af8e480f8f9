"""What decides on outcomes and differs, and why an outcome is another than it was."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

from kpi_cli.amounts import EXACT, Target, Value, same_amount
from kpi_cli.changes import accumulates, figures_text, is_cumulative
from kpi_cli.fields import SETTINGS
from kpi_cli.models import Indicator, Outcome, Polarity, Rating, Settings, ToleranceBasis
from kpi_cli.names import fold
from kpi_cli.periods import NAMES
from kpi_cli.rating import outcome_of
from kpi_cli.sentences import counted, listed

_RULES = ("polarity", "tolerance", "green_line", "red_line")
_TARGETS = ("target", "annual_target")
_TO_BE = {
    Polarity.MAXIMISE: "needed",
    Polarity.MINIMISE: "allowed",
    Polarity.GOLDILOCKS: "expected",
}


class Cause(Enum):
    """What made the difference."""

    VALUE = "value"
    TARGET = "target"
    VALUE_AND_TARGET = "value_and_target"
    RULES = "rules"  # the indicator's polarity, tolerance or lines
    SETTINGS = "settings"
    PERIOD = "period"  # a count or amount over the year went on, and so did its target
    LAST_YEAR = "last_year"


@dataclass(frozen=True)
class Difference:
    """Something that differs between two workbooks: its key, its name and what it is in both."""

    key: str
    name: str
    before: str
    after: str

    @property
    def words(self) -> str:
        """The difference as a clause: "the tolerance changed from none to 10%"."""
        return f"the {self.name} changed from {self.before} to {self.after}"


@dataclass(frozen=True)
class Reason:
    """The cause of a change of outcome, and a clause with the figures of both."""

    cause: Cause
    words: str


def settings_that_differ(before: Settings, after: Settings) -> tuple[Difference, ...]:
    """Return the settings that differ; the report's title is none that matters."""
    return tuple(
        Difference(field.key, f"setting {field.name}", _setting_text(here), _setting_text(there))
        for field in SETTINGS
        if field.key != "report_title"
        and (here := getattr(before, field.key)) != (there := getattr(after, field.key))
    )


def _setting_text(setting: object) -> str:
    match setting:
        case None:
            return "none"
        case bool():
            return "Yes" if setting else "No"
        case int():  # the month that the year starts with
            return NAMES[setting - 1]
        case ToleranceBasis():
            return setting.value
        case Outcome():
            return setting.short_label
        case str():
            return setting
    return f"{setting:f}%"


def rules_that_differ(before: Indicator, after: Indicator) -> Iterator[Difference]:
    """Yield what else than figures decides on an indicator's outcome, and differs."""
    for key in _RULES:
        here, there = getattr(before, key), getattr(after, key)
        if getattr(here, "measure", here) != getattr(there, "measure", there):
            yield Difference(key, key.replace("_", " "), _text(here), _text(there))


def _text(rule: Any) -> str:
    if rule is None:
        return "none"
    return rule.label if isinstance(rule, Polarity) else str(rule.text)


def differences(
    here: Indicator, there: Indicator, rows: tuple[Indicator, Indicator]
) -> Iterator[Difference]:
    """Yield what differs but the value: of the rows in both workbooks names and rules; targets.

    The target of what accumulates goes on with every period, and is none that changed.
    """
    if fold(rows[0].short_name) != fold(rows[1].short_name):
        yield Difference("short_name", "name", rows[0].short_name, rows[1].short_name)
    yield from rules_that_differ(*rows)
    are_rows = here is rows[0] and there is rows[1]
    has_both = bool(here.target and there.target)
    is_comparable = has_both or (are_rows and here.period == there.period)
    if is_comparable and not goes_on(here, there) and not same_amount(here.target, there.target):
        yield _target("target", f"{there.period.noun}'s target", here, there)
    if not same_amount(rows[0].annual_target, rows[1].annual_target):
        yield _target("annual_target", "annual target", *rows)


def _target(key: str, name: str, here: Indicator, there: Indicator) -> Difference:
    targets = getattr(here, key), getattr(there, key)
    return Difference(key, name, *(target.text if target else "none" for target in targets))


def reason_of(before: Rating, after: Rating, old: Settings, new: Settings) -> Reason:
    """Return why the outcome of two ratings differs, the settings being those of each.

    What makes the difference alone is the cause: the settings, the indicator's own rules, the
    target, the value, in this order. Of what accumulates over the year no value is compared with
    the target of another period: there the period is the cause.
    """
    then, now, outcome = before.indicator, after.indicator, after.outcome
    if found := _of_rules(before, after, old, new):
        return found
    if then.value is None or now.value is None:
        return Reason(Cause.VALUE, f"{_value(then)} → {_value(now)}")
    if goes_on(then, now):
        return Reason(Cause.PERIOD, _went_on(then, now))
    by_new_target = now.model_copy(update={"value": then.value})
    is_other_target = not same_amount(then.target_in_force, now.target_in_force) or not same_amount(
        then.annual_target, now.annual_target
    )
    if is_other_target and outcome_of(by_new_target, new, before.series) is outcome:
        return Reason(Cause.TARGET, _targets_moved(then, now))
    if same_amount(then.value, now.value):
        return _of_last_year(before, after) or Reason(Cause.TARGET, _targets_moved(then, now))
    by_old_target = now.model_copy(update={key: getattr(then, key) for key in _TARGETS})
    if not is_other_target or outcome_of(by_old_target, new, after.series) is outcome:
        return Reason(Cause.VALUE, f"{then.value.text} → {now.value.text}{_against(now)}")
    moved = f"{then.value.text} → {now.value.text}, and {_targets_moved(then, now)}"
    return Reason(Cause.VALUE_AND_TARGET, moved)


def _of_rules(before: Rating, after: Rating, old: Settings, new: Settings) -> Reason | None:
    """Return that settings or the indicator's own rules make the difference alone, or together."""
    then, now = before.indicator, after.indicator
    settings = [each for each in settings_that_differ(old, new) if each.key != "organisation"]
    rules = list(rules_that_differ(then, now))
    by_rules = then.model_copy(update={each.key: getattr(now, each.key) for each in rules})
    for cause, differ, indicator, by in (
        (Cause.SETTINGS, settings, then, new),
        (Cause.RULES, rules, by_rules, old),
        (Cause.RULES, [*rules, *settings] if rules and settings else [], by_rules, new),
    ):
        if differ and outcome_of(indicator, by, before.series) is after.outcome:
            return Reason(cause, listed((each.words for each in differ), last="and"))
    return None


def _of_last_year(before: Rating, after: Rating) -> Reason | None:
    """Return that last year's value makes the difference, where improving is amber."""
    if same_amount(before.last_year, after.last_year):
        return None
    texts = [each.last_year.text if each.last_year else "none" for each in (before, after)]
    return Reason(Cause.LAST_YEAR, f"last year's value: {texts[0]} → {texts[1]}")


def _value(indicator: Indicator) -> str:
    return indicator.value_text or "no value"


def _against(indicator: Indicator) -> str:
    target = indicator.yardstick
    return f", against {target.text}" if target else ""


def _targets_moved(then: Indicator, now: Indicator) -> str:
    key = "target_in_force"
    if same_amount(then.target_in_force, now.target_in_force):
        key = "annual_target"
    here, there = getattr(then, key), getattr(now, key)
    name = "annual target" if key == "annual_target" else "target"
    texts = [each.text if each else "none" for each in (here, there)]
    return f"the {name} {texts[0]} → {texts[1]}"


def goes_on(then: Indicator, now: Indicator) -> bool:
    """Whether figures of two periods are of the year so far, so that one is no comparison.

    The name says so; or they may add up, and value and target grew, or a new year began.
    """
    if then.period == now.period or is_cumulative(now) or not accumulates(now):
        return then.period != now.period and is_cumulative(now)
    if then.period.financial_year != now.period.financial_year:
        return True
    is_other = not same_amount(then.target, now.target)
    return is_other and _grew(then.target, now.target) and _grew(then.value, now.value)


def _went_on(then: Indicator, now: Indicator) -> str:
    """Return how a figure over the year went on: "46 in the month, 107 needed"."""
    earlier, later, old, new = then.value, now.value, then.target, now.target
    is_one_year = then.period.financial_year == now.period.financial_year
    is_count = now.adds_up and then.period.length == now.period.length
    if not (is_one_year and is_count and _grew(earlier, later) and _grew(old, new)):
        began = "" if is_one_year else "; the financial year began anew"
        return f"{figures_text(then)} → {figures_text(now)}{began}"
    number = now.period.periods_after(then.period)
    within = f"the {now.period.noun}" if number == 1 else counted(number, now.period.noun)
    came, needed = _more(earlier, later), _more(old, new)
    return f"{came} in {within}, {needed} {_TO_BE[now.polarity]}"


def _grew(before: Target | None, after: Target | None) -> bool:
    if not isinstance(before, Value) or not isinstance(after, Value):
        return False
    return before.number <= after.number


def _more(before: Target | None, after: Target | None) -> str:
    """Return how much more an amount is than one before, in its look."""
    assert isinstance(before, Value)
    assert isinstance(after, Value)
    return after.shown(
        EXACT.subtract(after.number, before.number), max(before.decimals, after.decimals)
    )
