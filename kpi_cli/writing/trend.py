"""The year so far in a word: a block for each period, as high as its value."""

from kpi_cli.models import Rating

BLOCKS = "▁▂▃▄▅▆▇█"
_GAP = "·"  # for a period without a value
_YEAR = 12  # months
_YEARS = 10  # a year's own figures say no more than its value: those of so many years do


def trend(rating: Rating) -> str:
    """Return the values of the financial year up to the rated period, from lowest to highest.

    They are those of the last ten years where periods are years. It is "" where fewer than two
    values are known, or their units differ, and a line at half height where all are the same.
    The first place is always the year's first period, so that one trend can be read under another.
    """
    period = rating.indicator.period
    start = period.financial_year.first
    places = period.first.months_after(start) // period.length + 1
    if period.length == _YEAR:
        start = period.after(1 - _YEARS).first
    readings = rating.series.since(start)
    values = [reading.value for reading in readings if reading.value]
    if len(values) < 2 or len({value.unit for value in values}) > 1:
        return ""
    numbers = {value.number for value in values}
    low, high = min(numbers), max(numbers)
    steps = len(BLOCKS) - 1
    blocks = {
        number: BLOCKS[round((number - low) / (high - low) * steps) if high > low else steps // 2]
        for number in numbers
    }
    shown = (blocks[reading.value.number] if reading.value else _GAP for reading in readings)
    return "".join(shown).rjust(places, _GAP)
