"""What differs between two reports in sections, as every format for people has them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kpi_cli.amounts import same_amount
from kpi_cli.comparison.causes import Cause, Reason
from kpi_cli.comparison.compared import Compared, Kind, NotCompared, Pair
from kpi_cli.comparison.rewritten import Rewrite, Rewriting
from kpi_cli.history import Reading
from kpi_cli.models import Direction, Outcome, Rating
from kpi_cli.sentences import counted
from kpi_cli.writing.changes.words import ARROW, figures, outcomes

_OF_KINDS = {
    Kind.WORSE: "Worse",
    Kind.BETTER: "Better",
    Kind.OTHER: "Another outcome",
    Kind.REVISED: "Another figure, the same outcome",
}


@dataclass(frozen=True)
class Item:
    """One thing that differs: whose it is, its figures, its outcome, and what else to say."""

    code: str
    name: str
    outcomes: str = ""
    figures: str = ""
    note: str = ""
    colour_of: Outcome | None = None  # the outcome whose colour it has

    @property
    def key(self) -> str:
        """Its code; "" where its name is its code, and stands once."""
        return "" if self.code == self.name else self.code


@dataclass(frozen=True)
class Section:
    """Things of one kind below a heading."""

    heading: str
    items: Sequence[Item]


def sections(compared: Compared, everything: bool) -> list[Section]:
    """Return what differs, in the order in which it matters; everything has the unchanged too.

    Of two versions of one report the past comes first, of two periods the changes of outcome.
    """
    now, past = list(_now(compared)), list(_past(compared))
    found = [*past, *now] if compared.is_one_period else [*now, *past]
    if moved := [each for each in compared.not_compared if each.not_known and each.value_change]:
        found.append(Section("Not rated then, for want of a target", list(map(_moved, moved))))
    if apart := [each for each in compared.not_compared if not each.not_known]:
        found.append(Section("Not compared", [_not_compared(each) for each in apart]))
    if everything:
        pairs = [pair for pair in compared.pairs if pair.kind is Kind.UNCHANGED]
        found.append(Section("Unchanged", [_pair(pair, compared) for pair in pairs]))
        unknown = [n for n in compared.not_compared if n.not_known and not n.value_change]
        found.append(Section("Not known", [_not_compared(each) for each in unknown]))
    return [section for section in found if section.items]


def _now(compared: Compared) -> Iterator[Section]:
    for kind, heading in _OF_KINDS.items():
        pairs = [pair for pair in compared.pairs if pair.kind is kind]
        yield Section(heading, [_pair(pair, compared) for pair in pairs])
    renumbered = compared.renumbered
    yield Section("New", [_alone(each, renumbered) for each in compared.new])
    yield Section("Gone", [_alone(each, {}) for each in compared.gone])
    defined = [pair for pair in compared.pairs if pair.differences]
    yield Section("Defined otherwise", [_definition(pair) for pair in defined])
    yield Section("Settings", list(_settings(compared)))


def _past(compared: Compared) -> Iterator[Section]:
    by_kind: dict[Rewriting, list[Rewrite]] = {kind: [] for kind in Rewriting}
    for rewrite in compared.history:
        by_kind[rewrite.kind].append(rewrite)
    yield Section("The past rewritten", [_rewrite(r) for r in by_kind[Rewriting.REWRITTEN]])
    yield Section("Late figures", [_rewrite(r) for r in by_kind[Rewriting.LATE]])
    yield Section("Only in the later history", list(_in_short(by_kind[Rewriting.ADDED])))
    yield Section("Only in the earlier history", list(_in_short(by_kind[Rewriting.REMOVED])))


def _pair(pair: Pair, compared: Compared) -> Item:
    before, after = pair.before.indicator, pair.after.indicator
    shown = figures(before, after)
    why = _why(pair.reason, shown)
    said = [why] if why else []
    if pair.kind is Kind.UNCHANGED and not pair.is_same_period:
        said += _moved_to(pair.value_change)
    if before.period == after.period != compared.after.period:
        said.append(f"both of {after.period.label}")
    elif after.period != compared.after.period:
        said.append(f"of {before.period.label} and {after.period.label}")
    return Item(
        pair.code,
        after.short_name,
        outcomes(pair.before.outcome, pair.after.outcome),
        shown,
        "; ".join(said),
        pair.after.outcome,
    )


def _why(reason: Reason | None, shown: str) -> str:
    """Return why an outcome is another, as far as the figures that are shown don't say it."""
    if reason is None or reason.cause in (Cause.VALUE, Cause.VALUE_AND_TARGET):
        return ""
    if reason.cause is Cause.TARGET:
        return f"because of {reason.words}"
    return reason.words.removeprefix(shown).removeprefix("; ")


def _alone(rating: Rating, renumbered: dict[str, str]) -> Item:
    indicator = rating.indicator
    target = indicator.target_in_force
    value = indicator.value_text or "no value"
    shown = f"{value} against {target.text}" if target else value
    gone = renumbered.get(indicator.code)
    note = f"it has the name of {gone}, which is gone" if gone else ""
    outcome = rating.outcome
    return Item(indicator.code, indicator.short_name, outcome.short_label, shown, note, outcome)


def _definition(pair: Pair) -> Item:
    words = "; ".join(f"{each.name}: {each.before}{ARROW}{each.after}" for each in pair.differences)
    return Item(pair.code, pair.after.indicator.short_name, note=words)


def _settings(compared: Compared) -> Iterator[Item]:
    changed = sum(pair.kind.is_of_outcome for pair in compared.pairs)
    explained = compared.explained_by_settings()
    for setting in compared.settings:
        name = setting.name.removeprefix("setting ")
        yield Item("", f"{name}: {setting.before}{ARROW}{setting.after}")
    if changed and any(setting.key != "organisation" for setting in compared.settings):
        of = counted(changed, "change")
        yield Item("", f"{explained:,} of {of} of outcome come from the settings alone")


def _rewrite(rewrite: Rewrite) -> Item:
    old, new = rewrite.before, rewrite.after
    assert old
    assert new
    targets = old.reading.target, new.reading.target
    is_target = all(targets) or same_amount(old.reading.value, new.reading.value)
    has_target = is_target and not same_amount(*targets)
    amounts = [_amounts(each.reading, has_target) for each in (old, new)]
    cells = [each.reading.place.cell("value") for each in (old, new)]
    return Item(
        rewrite.code,
        rewrite.short_name or "no indicator has the code",
        outcomes(old.outcome, new.outcome) if old.outcome or new.outcome else "",
        f"{rewrite.period.label}: {ARROW.join(amounts)}",
        ARROW.join(cells),
        new.outcome if rewrite.changes_outcome else None,
    )


def _amounts(reading: Reading, has_target: bool) -> str:
    value = reading.value.text if reading.value else "no value"
    target = reading.target.text if reading.target else "no target"
    return f"{value} against {target}" if has_target else value


def _in_short(found: Sequence[Rewrite]) -> Iterator[Item]:
    """Yield in one line what only one history has: its figures can be very many."""
    if not found:
        return
    periods = sorted({each.period for each in found})
    codes = {each.code for each in found}
    span = dict.fromkeys((periods[0].label, periods[-1].label))
    text = f"{counted(len(found), 'figure')} of {counted(len(codes), 'indicator')}"
    yield Item("", f"{text}, {' to '.join(span)}")


def _moved(each: NotCompared) -> Item:
    assert each.before
    assert each.after
    before, after = each.before.indicator, each.after.indicator
    note = "; ".join(_moved_to(each.value_change))
    return Item(each.code, each.short_name or "", figures=figures(before, after), note=note)


def _moved_to(change: Direction | None) -> list[str]:
    """Return whether a value moved to the better, as a note; nothing where it can't be told."""
    return [change.label.lower()] if change and change is not Direction.UNKNOWN else []


def _not_compared(each: NotCompared) -> Item:
    return Item(each.code, each.short_name or "", note=each.words)
