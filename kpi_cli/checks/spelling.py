"""Checks of names: one committee, aim, OU or service that is spelt in two ways."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from kpi_cli.checks.base import Data, Finding, says_nothing
from kpi_cli.fields import INDICATOR_FIELDS
from kpi_cli.models import Indicator
from kpi_cli.names import fold
from kpi_cli.sentences import some

_FIELDS = {k: f.name for k, f in INDICATOR_FIELDS.items() if f.kind.is_shared_name}
_LONGEST_NAME = 100  # what is longer is no name, and not held against the others
_SHORTEST_WORD = 5  # of shorter words, such as East and West, one letter makes another word
_LONGEST_WORD = 40  # what is longer is none, and has too many letters that may be left out

Rows = Mapping[str, Sequence[Indicator]]


def name_spelt_two_ways(data: Data) -> Iterator[Finding]:
    """An aim, responsible OU, committee or manager whose name is spelt in two ways.

    They differ in "&" and "and", in capitals, or in one letter; the rarer one is named.
    """
    for field, what in _FIELDS.items():
        rows = _rows_of(data.workbook.indicators, field)
        for spelling, usual in _spellings(rows):
            indicators = rows[spelling]
            others = f"{len(rows[usual])} other row{'s' * (len(rows[usual]) > 1)}"
            name = f'the {what} "{spelling}" ({some([indicator.code for indicator in indicators])})'
            if fold(spelling) == fold(usual):
                message = f'{name} is spelt "{usual}" in {others}'
                hint = f'Write "{usual}" everywhere.'
            else:
                message = f'{name} is nearly "{usual}", which stands in {others}'
                hint = f'If it is the same, write "{usual}".'
            yield Finding(indicators[0].place.cell(field), message, hint)


def _rows_of(indicators: Iterable[Indicator], field: str) -> Rows:
    """Return the indicators that have each spelling of a name; spaces more or less are no other."""
    rows: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        names = getattr(indicator, field) or ()
        for name in (names,) if isinstance(names, str) else names:
            if not says_nothing(name):
                rows[" ".join(name.split())].append(indicator)
    return rows


def _spellings(rows: Rows) -> Iterator[tuple[str, str]]:
    """Yield each rarer spelling of a name with the usual one: the one that most rows have."""
    usual: dict[str, str] = {}  # by the folded name
    by_variant: dict[str, str] = {}
    alike = Counter(rest for name in rows for _, rest in _rests(name))
    for spelling in sorted(rows, key=lambda name: -len(rows[name])):  # equals keep their order
        same = usual.setdefault(fold(spelling), spelling)
        if same != spelling:
            yield spelling, same
        elif len(spelling) <= _LONGEST_NAME:
            variants = list(_variants(spelling, alike))
            near = dict.fromkeys(by_variant.get(variant, spelling) for variant in variants)
            if twin := next((name for name in near if _is_nearly(spelling, name)), None):
                yield spelling, twin
            for variant in variants:
                by_variant.setdefault(variant, spelling)


def _rests(name: str) -> Iterator[tuple[int, int]]:
    """Yield the number of each long word of a name, and what stands for the name without it."""
    if len(name) > _LONGEST_NAME:
        return
    words = _words(name)
    for number, word in enumerate(words):
        if _SHORTEST_WORD <= len(word) <= _LONGEST_WORD and word.isalpha():
            yield number, hash((number, word[0], *words[:number], *words[number + 1 :]))


def _variants(name: str, alike: Mapping[int, int]) -> Iterator[str]:
    """Yield a name, and what is left when any one letter of a long word is left out.

    Names that are one slip apart have one of these in common, and so needn't all be compared. The
    words are those without which the name is like others, of which there are so many alike.
    """
    words = _words(name)
    yield " ".join(words)
    for number, rest in _rests(name):
        for letter in range(len(words[number])) if alike[rest] > 1 else ():
            shorter = words[number][:letter] + words[number][letter + 1 :]
            yield " ".join([*words[:number], shorter, *words[number + 1 :]])


def _is_nearly(name: str, other: str) -> bool:
    """Whether two names differ in punctuation, or in one letter of one long word but its first."""
    if name == other:
        return False
    pairs = [(a, b) for a, b in zip(_words(name), _words(other), strict=True) if a != b]
    if not pairs:
        return True
    shorter, longer = sorted(pairs[0], key=len)
    is_likely = len(shorter) >= _SHORTEST_WORD and shorter[0] == longer[0]
    return len(pairs) == 1 and is_likely and _is_one_slip(shorter, longer)


def _words(name: str) -> list[str]:
    return "".join(c if c.isalnum() else " " * (c not in "'’") for c in fold(name)).split()


def _is_one_slip(shorter: str, longer: str) -> bool:
    """Whether one letter was added, or another written, or two neighbours exchanged."""
    start = next((i for i, c in enumerate(shorter) if c != longer[i]), len(shorter))
    rest, other = shorter[start:], longer[start:]
    if len(rest) < len(other):
        return rest == other[1:]
    return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
