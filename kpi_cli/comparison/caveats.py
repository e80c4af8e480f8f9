"""What has to be known of two reports before anything that differs between them is read."""

from collections.abc import Iterable, Iterator

from kpi_cli.amounts import Unit
from kpi_cli.comparison.standings import Standings
from kpi_cli.models import Indicator
from kpi_cli.sentences import some

Pairs = Iterable[tuple[Indicator, Indicator]]


def caveats(before: Standings, after: Standings, pairs: Pairs) -> Iterator[str]:
    """Yield what has to be known first: order, financial years, units, periods without figures.

    Pairs are the indicators that are in both, as they stood.
    """
    earlier, later = before.period, after.period
    if earlier and later and earlier.last > later.last:
        yield (
            f"the first report is the later one: {earlier.label} is compared with {later.label},"
            " as asked"
        )
    if earlier and later and earlier.length != later.length:
        yield f"the reports are of a {earlier.noun} and of a {later.noun}"
    starts = {each.workbook.settings.financial_year_starts for each in (before, after)}
    if earlier and later and len(starts) == 1 and earlier.financial_year != later.financial_year:
        years = f"{earlier.financial_year.label} and {later.financial_year.label}"
        yield (
            f"the reports are of two financial years, {years}: what counts over a year is compared"
            " by its target only"
        )
    yield from _without_figures(before)
    if before.workbook is not after.workbook or before.period != after.period:
        yield from _without_figures(after)
    others = [now.code for then, now in pairs if _have_other_units(then, now)]
    if others:
        differ = "the unit differs" if len(others) == 1 else "the units differ"
        yield f"{differ} of {some(others)}: values are not compared, outcomes are"
    yield from _other_codes(before, after)


def _without_figures(standings: Standings) -> Iterator[str]:
    is_known = any(standings.figures(code) for code in standings.codes)
    if is_known or not standings.is_asked or not standings.period:
        return
    name = standings.workbook.name
    own = {indicator.period for indicator in standings.workbook.indicators}
    periods = sorted({*standings.workbook.history.periods(), *own})
    labels = dict.fromkeys((periods[0].label, periods[-1].label)) if periods else ()
    span = f"it has {' to '.join(labels)}" if periods else "it is empty"
    yield f"{name} has nothing for {standings.period.label}; {span}"


def _have_other_units(then: Indicator, now: Indicator) -> bool:
    values = then.value, now.value
    return len({value.unit is Unit.PERCENT for value in values if value}) > 1


def _other_codes(before: Standings, after: Standings) -> Iterator[str]:
    """Yield that one of the workbooks has no codes, or that they have none in common."""
    lacking = [each for each in (before, after) if each.is_named]
    if len(lacking) == 1:
        yield f"{lacking[0].workbook.name} has no codes: indicators are matched by their names"
    codes = set(before.codes), set(after.codes)
    if all(codes) and not codes[0] & codes[1]:
        names = f"{before.workbook.name} and {after.workbook.name}"
        yield f"{names} have no code in common"
