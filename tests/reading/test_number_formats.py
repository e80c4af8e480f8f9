"""A cell's number format decides what its number means (domain 3), and how it is shown."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import Unit, Value, parse_amount
from kpi_cli.models import Problem
from kpi_cli.reading.number_formats import look_of
from kpi_cli.reading.values import read_value
from kpi_cli.reading.written_values import parse_written_value
from kpi_cli.xlsx.sheet import Cell

PERCENT, NUMBER, CURRENCY = Unit.PERCENT, Unit.NUMBER, Unit.CURRENCY


def value_of(number: float, number_format: str) -> Value:
    """Return what a cell with this number and format holds."""
    value = read_value(Cell("Indicators", 14, 5, number, number_format))
    assert isinstance(value, Value)
    return value


@pytest.mark.parametrize(
    ("number_format", "cell", "number", "unit", "shown"),
    [
        # percentages: the cell holds a fraction
        ("0.0%", 0.675, "67.5", PERCENT, "67.5%"),
        ("0.00%", 0.675, "67.5", PERCENT, "67.50%"),
        ("0%", 0.675, "67.5", PERCENT, "68%"),  # shown rounded, but exactly 67.5
        ("0%", 0.95, "95", PERCENT, "95%"),
        ("0%", 1, "100", PERCENT, "100%"),
        ("0.00%", 0.866, "86.6", PERCENT, "86.60%"),
        ("0.0 %", 0.675, "67.5", PERCENT, "67.5%"),
        ("#,##0.0%", 12.345, "1234.5", PERCENT, "1,234.5%"),
        ("0.0%;[Red]-0.0%", -0.675, "-67.5", PERCENT, "-67.5%"),
        ("[Red]0.0%", 0.675, "67.5", PERCENT, "67.5%"),
        # a percent sign that is a label: the cell holds the percentage
        ('0.0"%"', 67.5, "67.5", PERCENT, "67.5%"),
        ('0.0" %"', 67.5, "67.5", PERCENT, "67.5%"),
        (r"0.0\%", 67.5, "67.5", PERCENT, "67.5%"),
        ('General"%"', 67.5, "67.5", PERCENT, "67.5%"),
        # plain numbers
        ("General", 79, "79", NUMBER, "79"),
        ("General", 33.49, "33.49", NUMBER, "33.49"),
        ("General", 0.675, "0.675", NUMBER, "0.675"),
        ("@", 3.1, "3.1", NUMBER, "3.1"),
        ("0", 79, "79", NUMBER, "79"),
        # a language, a colour, and the width of a character are nothing of the number
        ("[$-809]0.00", 6.1, "6.1", NUMBER, "6.10"),
        ("[Color10]0.0", 3.1, "3.1", NUMBER, "3.1"),
        ('[Color10]"CP "0.00', 3.1, "3.1", NUMBER, "CP 3.10"),
        ("0_%", 3, "3", NUMBER, "3"),
        ("* #,##0_0", 1234, "1234", NUMBER, "1,234"),
        ("0.00", 6.1, "6.1", NUMBER, "6.10"),
        ("0.00", 0.675, "0.675", NUMBER, "0.68"),
        ("#,##0", 35852, "35852", NUMBER, "35,852"),
        ("#,##0", 852, "852", NUMBER, "852"),
        ("#,##0.00", 1234.5, "1234.5", NUMBER, "1,234.50"),
        (f"0.{'0' * 253}", 1.5, "1.5", NUMBER, f"1.5{'0' * 29}"),  # Excel shows 30 decimals
        ("0.##", 1.5, "1.5", NUMBER, "1.5"),
        ("0.##", 1.555, "1.555", NUMBER, "1.56"),
        ("0.0#", 2, "2", NUMBER, "2.0"),
        ("0.00_);(0.00)", -1.5, "-1.5", NUMBER, "-1.50"),
        ("#,##0;(#,##0)", -12, "-12", NUMBER, "-12"),
        ('0 "days"', 32, "32", NUMBER, "32 days"),
        ('#,##0" kg"', 1512, "1512", NUMBER, "1,512 kg"),
        ('"≥"0', 95, "95", NUMBER, "≥95"),
        ("0.00E+00", 12345, "12345", NUMBER, "12345"),
        ("# ?/?", 0.5, "0.5", NUMBER, "0.5"),
        # money
        ("£#,##0.00", 1234.5, "1234.5", CURRENCY, "£1,234.50"),
        ('"£"#,##0', 1234, "1234", CURRENCY, "£1,234"),
        (r"\£#,##0", 1234, "1234", CURRENCY, "£1,234"),
        ("[$£-809]#,##0.00", 1234.5, "1234.5", CURRENCY, "£1,234.50"),
        ("[$$-409]#,##0.00", 1234.5, "1234.5", CURRENCY, "$1,234.50"),
        ("#,##0.00 [$€-407]", 1234.5, "1234.5", CURRENCY, "€1,234.50"),
        ('_-"£"* #,##0.00_-;-"£"* #,##0.00_-', 1234.5, "1234.5", CURRENCY, "£1,234.50"),
        ('_-"£"* #,##0.00_-;-"£"* #,##0.00_-', -1234.5, "-1234.5", CURRENCY, "-£1,234.50"),
        (
            '_-[$£-809]* #,##0.00_-;-[$£-809]* #,##0.00_-;_-[$£-809]* "-"??_-;_-@_-',
            1234.5,
            "1234.5",
            CURRENCY,
            "£1,234.50",
        ),
        ('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', 35852, "35852", NUMBER, "35,852"),
        # binary noise is gone before anything is shown
        ("General", 0.1 + 0.2, "0.3", NUMBER, "0.3"),
        ("General", 0.07 * 3, "0.21", NUMBER, "0.21"),
        ("0%", 0.07 * 3, "21", PERCENT, "21%"),
        ("0.0%", 0.07 * 3, "21", PERCENT, "21.0%"),
        ("0.0%", 0.58, "58", PERCENT, "58.0%"),  # 0.58 * 100 is 57.99999999999999
    ],
)
def test_what_a_cell_holds(
    number_format: str, cell: float, number: str, unit: Unit, shown: str
) -> None:
    value = value_of(cell, number_format)
    assert (value.number, value.unit) == (Decimal(number), unit)
    assert value.text == shown


@pytest.mark.parametrize(
    ("number_format", "cell", "number", "unit", "shown"),
    [
        # a first section with a condition, for numbers that this one isn't
        ('[=0]"-";0.0%', 0.95, "95", PERCENT, "95.0%"),
        ('[<0]"";0%', 0.95, "95", PERCENT, "95%"),
        ('[Red][<0]"";0%', 0.95, "95", PERCENT, "95%"),
        ("[< 0.5 ]0.00;0%", 0.95, "95", PERCENT, "95%"),
        ("[>=1]0%;0.0", 0.95, "0.95", NUMBER, "1.0"),
        ("[>=1]0%;0.0", 1.2, "120", PERCENT, "120%"),
        ("[<>0]0%;0.0", 0.95, "95", PERCENT, "95%"),
        ("[>1E+3]0.0;0%", 0.95, "95", PERCENT, "95%"),
        ("[>=1000000]#,##0.0;[>=1000]#,##0;0%", 0.95, "95", PERCENT, "95%"),
        ("[>=1000000]#,##0.0;[>=1000]#,##0;0%", 1234, "1234", NUMBER, "1,234"),
        ("[>100]0;0.0%;0.00", -0.5, "-50", PERCENT, "-50.0%"),  # the second: what is negative
        ("[>100]0;0.0%;0.00", 0.5, "0.5", NUMBER, "0.50"),
        # a second section with a condition
        ('0.0%;[=0]"-"', 0.95, "95", PERCENT, "95.0%"),
        ('0.0%;[=0]"-"', -0.95, "-95", PERCENT, "-95.0%"),
        ("0.00;[>=1]0%", 1.2, "120", PERCENT, "120%"),
        # without conditions: positive, negative, zero
        ("0;0.0%", -0.5, "-50", PERCENT, "-50.0%"),
        ("0;0.0%", 0, "0", NUMBER, "0"),
        ("0.0%;-0.0%;0.00", 0, "0", PERCENT, "0.00%"),  # zero: in the unit of the others
        ('_(* #,##0_);_(* (#,##0);_(* "-"??_);_(@_)', 0, "0", NUMBER, "0"),
        ("0.0%;-0.0%;#", 0, "0", PERCENT, "0.0%"),
        ("0.0%;-0.0%;0.00", 0.5, "50", PERCENT, "50.0%"),
        ('0" kg";"("0" kg)"', -12, "-12", NUMBER, "-12 kg"),
        ('"▲ "0;"▼ "0', -12, "-12", NUMBER, "-12"),
        # a section that shows nothing of the number: it is what the others would show
        ('[=0]"-";0.0%', 0, "0", PERCENT, "0.0%"),
        ('[<0]"";0%', -0.5, "-50", PERCENT, "-50%"),
        ('"n/a";0.0%', 0.95, "95", PERCENT, "95.0%"),
        # a section of texts is none of numbers, and a semicolon in a text divides nothing
        ("0%;@", -0.5, "-50", PERCENT, "-50%"),
        ('"a;b"0%;0', 0.95, "95", PERCENT, "95%"),
        # no number is like this: Excel shows it as #####
        ("[<0]0.0;[>=1]0%", 0.5, "0.5", NUMBER, "0.5"),
        ("[>5]0%", 0.95, "95", PERCENT, "95%"),
    ],
)
def test_the_section_of_a_format_is_chosen_by_the_number(
    number_format: str, cell: float, number: str, unit: Unit, shown: str
) -> None:
    value = value_of(cell, number_format)
    assert (value.number, value.unit) == (Decimal(number), unit)
    assert value.text == shown


@pytest.mark.parametrize(
    ("number_format", "cell", "number", "shown", "note"),
    [
        ('"£"0.00"m"', 1.3, "1300000", "£1.30m", ""),
        ('"£"0.00" m"', 1.3, "1300000", "£1.30 m", ""),
        ('[$£-809]#,##0"k"', 1250, "1250000", "£1,250k", ""),
        (r"\£0.0\b\n", 1.25, "1250000000", "£1.3bn", ""),
        ('"£"0.0"M";-"£"0.0"M"', -1.3, "-1300000", "-£1.3M", ""),
        ('"£"0.0"m";("£"0.0"m)"', -1.3, "-1300000", "-£1.3m", ""),
        ('0.0"m €"', 1.3, "1300000", "€1.3m", ""),
        ('"£"0.0"k p.a."', 12.34, "12340", "£12.3k p.a.", "p.a."),
        ('0.0"k"', 12.5, "12500", "12.5k", ""),
        ('0" mn"', 2, "2000000", "2 mn", ""),
        ('General" thousand"', 12.5, "12500", "12.5 thousand", ""),
        # what the format divides by first is whole in the cell
        ('0.0,,"m"', 1_300_000, "1300000", "1.3m", ""),
        ('"£"0.00,,"m"', 1_254_321, "1254321", "£1.25m", ""),
        ('0.0,"k"', 12_345, "12345", "12.3k", ""),
        ('0,.0"k"', 12_345, "12345", "12.3k", ""),
        ('"£"#,##0.0,"m"', 1_300, "1300000", "£1.3m", ""),
        ('[>=1000000]0.0,,"m";[>=1000]0.0,"k";0', 1_500, "1500", "1.5k", ""),
        ('[>=1000000]0.0,,"m";[>=1000]0.0,"k";0', 15, "15", "15", ""),
        # metres, and other units
        ('0.0" m"', 5.2, "5.2", "5.2 m", "m"),
        ('0" mm"', 5, "5", "5 mm", "mm"),
        ('0" kg"', 5, "5", "5 kg", "kg"),
        # no scale without a word for it, and none of a percentage
        ("#,##0,", 1_234_567, "1234567", "1,234,567", ""),
        ('"£"0.00" each"', 1.3, "1.3", "£1.30", ""),
        ('"m "0', 5, "5", "m 5", ""),
        ('0.0%"k"', 0.5, "50", "50.0%", ""),
    ],
)
def test_a_format_that_shows_thousands_or_millions(
    number_format: str, cell: float, number: str, shown: str, note: str
) -> None:
    value = value_of(cell, number_format)
    assert (value.number, value.text, value.note) == (Decimal(number), shown, note)


@pytest.mark.parametrize("words", ["k", "m", "M", " m", "mn", " mn", "bn", " million", " kg", "mm"])
@pytest.mark.parametrize("symbol", ["", "£"])
def test_a_format_with_a_word_means_what_the_text_means_that_it_shows(
    symbol: str, words: str
) -> None:
    shown = parse_written_value(f"{symbol}1.5{words}")
    value = value_of(1.5, f'"{symbol}"0.0"{words}"')
    if shown:
        assert value == shown
    else:
        assert value.number == Decimal("1.5")


def test_millions_past_what_is_exact_are_a_problem() -> None:
    assert value_of(1e9, '0"m"').number == 10**15
    problem = read_value(Cell("Indicators", 14, 5, 1.1e9, '0"m"'))
    assert isinstance(problem, Problem)
    assert problem.message == "the value 1100000000 is too large to be exact"


@pytest.mark.parametrize(
    ("number_format", "cell", "shown"),
    [
        ("0", 0.5, "1"),
        ("0", 1.5, "2"),
        ("0", 2.5, "3"),  # not 2, as with banker's rounding
        ("0", -2.5, "-3"),
        ("0.0", 0.25, "0.3"),
        ("0.00", 1.005, "1.01"),  # not 1.00, as the binary number would be
        ("0.0%", 0.6755, "67.6%"),
        ("0.0%", 0.67549, "67.5%"),
        ("0%", 0.995, "100%"),
        ("#,##0", 999.5, "1,000"),
        ("0", -0.4, "0"),  # not -0
    ],
)
def test_a_half_is_shown_rounded_away_from_zero_as_excel_does(
    number_format: str, cell: float, shown: str
) -> None:
    assert value_of(cell, number_format).text == shown


PERCENTAGES = st.tuples(st.integers(-(10**8), 10**8), st.integers(0, 4)).map(
    lambda parts: (Decimal(parts[0]).scaleb(-parts[1]), parts[1])
)


@given(PERCENTAGES)
def test_a_percentage_is_the_same_from_text_and_from_a_cell(
    percentage: tuple[Decimal, int],
) -> None:
    number, decimals = percentage
    number_format = f"0.{'0' * decimals}%" if decimals else "0%"
    cell = float(number / 100)
    assert value_of(cell, number_format) == parse_amount(f"{number:.{decimals}f}%")


@given(PERCENTAGES)
def test_a_labelled_percentage_is_the_same_as_one_that_is_kept_as_a_fraction(
    percentage: tuple[Decimal, int],
) -> None:
    number, decimals = percentage
    digits = f"0.{'0' * decimals}" if decimals else "0"
    assert value_of(float(number), f'{digits}"%"') == value_of(float(number / 100), f"{digits}%")


@given(st.text(alphabet='0#?.,%;"\\£$€[]()_*- EG@/', max_size=30), st.integers(-999, 999))
def test_no_format_changes_the_number_but_to_a_percentage(number_format: str, cell: int) -> None:
    value = look_of(number_format, Decimal(cell)).value(Decimal(cell))
    if value.unit is not PERCENT:
        assert value.number == cell
    assert value.number in (cell, cell * 100)
