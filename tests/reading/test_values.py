"""What one cell says (domain 3): a value, a band, a month, a tolerance, text, or a problem."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.amounts import Band, Tolerance, Unit, Value
from kpi_cli.conditions import Condition
from kpi_cli.models import Direction, Outcome, Polarity, Problem, Severity
from kpi_cli.periods import Month, Period
from kpi_cli.reading.problems import WordProblem
from kpi_cli.reading.values import (
    named_period,
    no_period,
    read_amount,
    read_code,
    read_condition,
    read_names,
    read_no_value,
    read_period,
    read_polarity,
    read_published_direction,
    read_published_outcome,
    read_scale,
    read_target,
    read_text,
    read_threshold,
    read_tolerance,
    read_tolerance_end,
    read_value,
    unseen_in_code,
)
from kpi_cli.xlsx.sheet import Cell, CellValue, Fault

Reader = Callable[[Cell], object]

READERS: tuple[Reader, ...] = (
    read_code,
    read_condition,
    read_period,
    read_names,
    read_polarity,
    read_published_direction,
    read_published_outcome,
    read_scale,
    read_target,
    read_text,
    read_threshold,
    read_tolerance,
    read_tolerance_end,
    read_value,
)
AMOUNT_READERS: tuple[Reader, ...] = (read_value, read_target, read_tolerance)

NO_VALUE = [
    "", " ", "\u00a0", "-", " - ", "–", "—", "TBC", "tbc", "TBA", "tba", "N/A", "n/a", " N/A ",
    "no data", "No Data", "no  data", "no\u00a0data",
]  # fmt: skip
UNREADABLE = ["about 50", "1,23", "12.5.1", "x", "see note", "TBC 5", "0 to be confirmed"]


def cell(value: CellValue, number_format: str = "General", fault: Fault | None = None) -> Cell:
    """Return the cell E14 of Indicators."""
    return Cell("Indicators", 14, 5, value, number_format, fault)


def error(result: object) -> Problem:
    """Return the error that a reader gave, at the cell that it read."""
    assert isinstance(result, Problem)
    assert (result.severity, result.cell) == (Severity.ERROR, "Indicators!E14")
    return result


@pytest.mark.parametrize("text", [None, *NO_VALUE])
def test_words_for_no_value(text: str | None) -> None:
    assert [reader(cell(text)) for reader in AMOUNT_READERS] == [None, None, None]


@pytest.mark.parametrize("text", UNREADABLE)
def test_anything_else_is_a_problem_with_the_text_that_was_found(text: str) -> None:
    assert error(read_value(cell(text))).message == f'the value "{text}" cannot be read'
    assert error(read_target(cell(text))).message == f'the target "{text}" cannot be read'
    assert error(read_tolerance(cell(text))).message == f'the tolerance "{text}" cannot be read'


@pytest.mark.parametrize("text", ["TBC", "tba", "N/A", "no data"])
def test_words_that_say_why_there_is_no_value_are_kept(text: str) -> None:
    assert read_no_value(cell(f" {text} ")) == text


@pytest.mark.parametrize("content", [None, "", "-", "–", "67.5%", "about 50", 67.5])
def test_a_dash_gives_no_reason_for_there_being_no_value(content: CellValue) -> None:
    assert read_no_value(cell(content)) is None


def test_a_value_is_one_number() -> None:
    problem = error(read_value(cell("38-48")))
    assert problem.message == 'the value "38-48" is a band, and a value is one number'


def test_a_target_may_be_a_band() -> None:
    target = read_target(cell("50.4 – 55.7"))
    assert not isinstance(target, Problem)
    assert target
    assert target.text == "50.4-55.7"


@pytest.mark.parametrize("reader", [read_value, read_target])
def test_a_band_the_wrong_way_round(reader: Reader) -> None:
    problem = error(reader(cell("48-38")))
    assert problem.message.endswith('"48-38" is a band that is the wrong way round')
    assert problem.hint == "Write the lower end first, as in 38-48."


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (date(2019, 5, 3), "the date 2019-05-03"),
        (datetime(2019, 5, 3), "the date 2019-05-03"),
        (time(1, 30), "the time 01:30:00"),
        (timedelta(hours=3), "the time 3:00:00"),
    ],
)
def test_a_date_for_a_number_may_have_been_a_band(content: CellValue, shown: str) -> None:
    for reader, what in zip(AMOUNT_READERS, ("value", "target", "tolerance"), strict=True):
        problem = error(reader(cell(content)))
        assert problem.message == f"the {what} is {shown}, where a number is expected"
        assert problem.hint.startswith("Excel may have turned a band such as 3-5 into a date")


@pytest.mark.parametrize(("content", "shown"), [(True, "TRUE"), (False, "FALSE")])
def test_true_and_false_are_no_numbers(content: bool, shown: str) -> None:
    for reader, what in zip(AMOUNT_READERS, ("value", "target", "tolerance"), strict=True):
        message = error(reader(cell(content))).message
        assert message == f"the {what} is {shown}, which is no number"


@pytest.mark.parametrize("number", [10**15, -(10**15), 1e15])
def test_the_largest_number_that_is_exact(number: float) -> None:
    value = read_value(cell(number))
    assert value
    assert not isinstance(value, Problem)
    assert abs(value.number) == Decimal(10) ** 15


@pytest.mark.parametrize("number", [10**15 + 1, -1e16, 1e300])
def test_a_number_too_large_to_be_exact(number: float) -> None:
    assert error(read_value(cell(number))).message.endswith("is too large to be exact")


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("shown", ["#DIV/0!", "#NULL!", "#REF!", "#VALUE!", "#NAME?", "#NUM!"])
def test_an_excel_error_is_a_problem_whatever_the_column(reader: Reader, shown: str) -> None:
    problem = error(reader(cell(shown, fault=Fault.ERROR)))
    assert problem.message == f"the cell shows the Excel error {shown}"


@pytest.mark.parametrize("reader", READERS)
def test_a_formula_without_its_result_is_a_problem_whatever_the_column(
    reader: Reader,
) -> None:
    problem = error(reader(cell(None, fault=Fault.NO_RESULT)))
    assert problem.message == "the cell has a formula that was saved without its result"
    assert problem.hint == "Open the workbook in Excel, let it calculate, and save it."


@pytest.mark.parametrize(
    ("content", "number_format", "amount", "is_percent"),
    [
        ("3%", "General", "3", True),
        ("2.5%", "General", "2.5", True),
        (0.03, "0%", "3", True),
        (0.025, "0.0%", "2.5", True),
        (3, '0"%"', "3", True),
        (2, "General", "2", False),
        ("2.5", "General", "2.5", False),
        (0.5, "0.0", "0.5", False),
        ("£5", "General", "5", False),
        ("1,000", "General", "1000", False),
        (0, "General", "0", False),
        ("0%", "General", "0", True),
    ],
)
def test_a_tolerance_is_a_percentage_or_own_units(
    content: CellValue, number_format: str, amount: str, is_percent: bool
) -> None:
    expected = Tolerance(amount=Decimal(amount), is_percent=is_percent)
    assert read_tolerance(cell(content, number_format)) == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("-5%", "the tolerance -5% is below zero"),
        (-1, "the tolerance -1 is below zero"),
        ("3-5", 'the tolerance "3-5" is not one number'),
    ],
)
def test_a_tolerance_that_makes_no_sense(content: CellValue, message: str) -> None:
    assert error(read_tolerance(cell(content))).message == message


@pytest.mark.parametrize(
    "content",
    [date(2019, 1, 31), datetime(2019, 1, 1, 12, 30), "January 2019", "Jan-19", "2019-01"],
)
def test_a_month_is_a_date_or_its_name(content: CellValue) -> None:
    assert read_period(cell(content)) == Period(Month(2019, 1))


@pytest.mark.parametrize(
    ("content", "year_starts", "label"),
    [
        ("2018/19", 4, "2018/19"),
        ("Q3 2018/19", 4, "Q3 2018/19"),
        ("October to December 2018", 4, "Q3 2018/19"),
        ("Oct-Dec 2018", 1, "Q4 2018"),
        ("H1 2018/19", 4, "H1 2018/19"),
        ("Year to December 2018", 4, "year to December 2018"),
        ("As at 31 Dec 2018", 4, "December 2018"),
        ("Q3 2018/19¹²", 4, "Q3 2018/19"),
    ],
)
def test_a_quarter_a_half_or_a_year_is_a_period(content: str, year_starts: int, label: str) -> None:
    found = read_period(cell(content), year_starts)
    assert isinstance(found, Period)
    assert (found.label, found.year_starts) == (label, year_starts)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("Febtober 2019", 'the month "Febtober 2019" cannot be read'),
        ("Q3", 'the quarter "Q3" has no year'),
        (
            "Q3 2018",
            '"Q3 2018" can mean Q3 2018/19 or Q3 2017/18: the financial year starts in April',
        ),
        ("TBC", 'the month "TBC" cannot be read'),
        (43466, "43466 is not a month"),  # 1 January 2019, without its date format
        (True, "TRUE is not a month"),
        (time(1, 30), "the time 01:30:00 is not a month"),
    ],
)
def test_a_month_that_cannot_be_read(content: CellValue, message: str) -> None:
    assert error(read_period(cell(content))).message == message


@pytest.mark.parametrize(
    ("content", "label"),
    [
        ("January 2019", "January 2019"),
        ("Q3", "Q3 2018/19"),  # the year is that around it
        ("Dec", "December 2018"),
        (date(2019, 1, 31), "January 2019"),
        ("Q3 2018", None),  # of two financial years
        ("Target", None),
        (43466, None),
        (None, None),
    ],
)
def test_a_cell_that_names_a_period_may_leave_the_year_to_what_is_around(
    content: CellValue, label: str | None
) -> None:
    found = named_period(cell(content), 4, Period(Month(2019, 1)))
    assert (found and found.label) == label
    has_year = content not in ("Q3", "Dec")
    assert named_period(cell(content), 4) == (found if has_year else None)


@pytest.mark.parametrize(
    ("heading", "noun", "hint"),
    [
        ("Latest Month", "month", "Write a date, or a month such as January 2019."),
        (None, "month", "Write a date, or a month such as January 2019."),
        ("Latest Period", "period", "Write a date, or a month such as January 2019."),
        ("Qtr", "quarter", "Write a quarter such as Q3 2018/19."),
        ("Half", "half-year", "Write a half-year such as H1 2018/19."),
    ],
)
def test_a_period_that_is_missing_is_called_as_its_heading_does(
    heading: str | None, noun: str, hint: str
) -> None:
    assert no_period(heading) == (f"the {noun} is missing", hint)


@pytest.mark.parametrize(
    ("content", "number_format", "code"),
    [
        ("CP 3.10", "General", "CP 3.10"),
        (3.1, "0.00", "3.10"),
        ("\u200bCP\u200b 3.10 \u2060", "General", "CP 3.10"),
        ("\u200b", "General", None),
        ("CP 3.1¹", "General", "CP 3.1"),
        ("CP 3.1 ²\n\u200b", "General", "CP 3.1"),
        (None, "General", None),
    ],
)
def test_a_code_is_without_what_nobody_sees(
    content: CellValue, number_format: str, code: str | None
) -> None:
    assert read_code(cell(content, number_format)) == code


def test_a_date_for_a_code_is_told() -> None:
    problem = error(read_code(cell(datetime(2019, 10, 3))))
    assert problem.message == "the code is the date 2019-10-03"
    assert problem.hint == "Format the cell as text, and type the code again."


@pytest.mark.parametrize("content", ["CP 3.10", "Größe 3", 3.1, None])
def test_a_code_that_is_all_seen_has_no_warning(content: CellValue) -> None:
    assert unseen_in_code(cell(content)) is None


def test_what_nobody_sees_in_a_code_is_told_once_each() -> None:
    problem = unseen_in_code(cell("CP\u2060 3\u200b.\u200b1"))
    assert problem
    assert (problem.severity, problem.cell) == (Severity.WARNING, "Indicators!E14")
    assert problem.message == (
        'the code "CP 3.1" has characters in it that nobody sees, U+200B and U+2060, which don\'t'
        " count"
    )
    assert problem.hint == "Clear the cell, and type the code again."


@pytest.mark.parametrize(
    ("reader", "content", "what", "hint"),
    [
        (
            read_value,
            "x",
            'the value "x" cannot be read',
            "Write a number, a percentage such as 67.5%, or leave the cell empty.",
        ),
        (
            read_target,
            "x",
            'the target "x" cannot be read',
            "Write a number, a percentage such as 95%, a band such as 38-48, or leave it empty.",
        ),
        (
            read_tolerance,
            "x",
            'the tolerance "x" cannot be read',
            "Write a percentage of the target such as 3%, or a number of the indicator's units.",
        ),
        (
            read_threshold,
            "about 90",
            'the threshold "about 90" cannot be read',
            "Write a number, a percentage such as 90%, a band such as 38-48, or leave it empty.",
        ),
        (
            read_condition,
            "near 95",
            'the condition "near 95" cannot be read',
            "Write a condition such as >=95%, 90-95% or <90%, or leave it empty.",
        ),
        (
            read_scale,
            "0-80",
            'the scale "0-80" is a band, and a scale is one number',
            "Write a number: it is for pictures alone.",
        ),
        (
            read_tolerance_end,
            "70-75%",
            'the tolerance "70-75%" is a band, and a tolerance is one number',
            "Write the value itself, such as 70% below a target of 80%.",
        ),
        (
            read_period,
            "Febtober",
            'the month "Febtober" cannot be read',
            "Write a date, a month such as January 2019, or a period such as Q3 2018/19.",
        ),
    ],
)
def test_what_cannot_be_read_says_what_to_do(
    reader: Reader, content: str, what: str, hint: str
) -> None:
    problem = error(reader(cell(content)))
    assert (problem.message, problem.hint) == (what, hint)


@pytest.mark.parametrize(
    "reader",
    [read_value, read_target, read_tolerance, read_threshold, read_condition, read_scale,
     read_tolerance_end],
)  # fmt: skip
def test_a_word_may_stand_in_many_rows_and_a_figure_is_its_own(reader: Reader) -> None:
    assert isinstance(error(reader(cell("see policy"))), WordProblem)
    assert not isinstance(error(reader(cell("see policy 7"))), WordProblem)


def test_a_setting_stands_alone() -> None:
    alone = error(read_amount(cell("see policy"), "percentage", "Write a percentage."))
    assert not isinstance(alone, WordProblem)


@pytest.mark.parametrize("reader", [read_threshold, read_condition])
@pytest.mark.parametrize("content", ["<90%", ">=95%", "≤ 5"])
def test_a_threshold_may_be_a_condition(reader: Reader, content: str) -> None:
    assert isinstance(reader(cell(content)), Condition)


def test_a_band_is_a_condition_where_colours_stand() -> None:
    assert isinstance(read_condition(cell("90% - 94.9%")), Condition)


@pytest.mark.parametrize(("content", "text"), [("90%", "90%"), (0.5, "0.5"), ("38-48", "38-48")])
def test_a_threshold_is_an_amount_where_it_can_be_one(content: CellValue, text: str) -> None:
    found = read_threshold(cell(content))
    assert isinstance(found, Value | Band)
    assert found.text == text


def test_a_figure_alone_is_a_bare_condition() -> None:
    for content in (90, "90"):
        found = read_condition(cell(content))
        assert isinstance(found, Condition)
        assert (found.text, found.is_bare) == ("90", True)


@pytest.mark.parametrize("reader", [read_scale, read_tolerance_end])
def test_an_end_of_a_scale_or_of_what_is_tolerated_is_one_number(reader: Reader) -> None:
    found = reader(cell(0.8, "0%"))
    assert isinstance(found, Value)
    assert found.text == "80%"


def test_a_number_for_a_month_may_be_a_date_without_its_format() -> None:
    hint = error(read_period(cell(43466))).hint
    assert hint.endswith("Where it is a date, give the cell a date format.")


@pytest.mark.parametrize(
    ("content", "number_format", "text"),
    [
        ("CP 3.10", "General", "CP 3.10"),
        ("  CP 3.10\n", "General", "CP 3.10"),
        ("CP\u00a03.10", "General", "CP 3.10"),
        (3.1, "0.00", "3.10"),
        (3.1, "General", "3.1"),
        (2014, "General", "2014"),
        (200809, "0", "200809"),  # the year introduced of CP 4.8
        (0.5, "0%", "50%"),
        (1e15, "0", "1000000000000000"),
        (1e20, "0.00", "1E+20"),  # past Excel's digits
        (-1e20, "0%", "-1E+20"),
        (True, "General", "TRUE"),
        (" ", "General", None),
        (None, "General", None),
    ],
)
def test_the_text_that_a_cell_shows(
    content: CellValue, number_format: str, text: str | None
) -> None:
    assert read_text(cell(content, number_format)) == text


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Department for People", ("Department for People",)),
        ("Department for People; Public Health", ("Department for People", "Public Health")),
        ("Department for People\nPublic Health;", ("Department for People", "Public Health")),
        ("Parks, Leisure & Culture", ("Parks, Leisure & Culture",)),  # one name with a comma
        ("", ()),
        (None, ()),
    ],
)
def test_names_are_divided_by_semicolons_or_lines(text: str | None, names: tuple[str, ...]) -> None:
    assert read_names(cell(text)) == names


def test_polarity_is_never_guessed() -> None:
    assert read_polarity(cell("Aim to Minimise")) is Polarity.MINIMISE
    assert error(read_polarity(cell("Sideways"))).message == 'the polarity "Sideways" is unknown'
    assert read_polarity(cell(" ")) is None


def test_what_was_published_is_at_worst_a_warning() -> None:
    assert read_published_outcome(cell("Red")) is Outcome.AT_RISK
    assert read_published_direction(cell("↓")) is Direction.WORSE
    outcome = read_published_outcome(cell("Purple"))
    direction = read_published_direction(cell("Sideways"))
    assert isinstance(outcome, Problem)
    assert isinstance(direction, Problem)
    assert outcome.message == 'the published outcome "Purple" is unknown, and is not compared'
    assert direction.message == 'the published direction "Sideways" is unknown, and is not compared'
    assert (outcome.severity, direction.severity) == (Severity.WARNING, Severity.WARNING)


@pytest.mark.parametrize("text", ["-", "–", "N/A", "TBC", "Not applicable"])
def test_a_dash_in_place_of_what_was_published(text: str) -> None:
    assert read_published_outcome(cell(text)) is None
    assert read_published_direction(cell(text)) is Direction.UNKNOWN


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("see\nnote  below", "see note below"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 57 + "..."),
        ("word " * 400, "word " * 11 + "wo..."),
    ],
)
def test_what_was_found_is_told_in_one_short_line(text: str, shown: str) -> None:
    assert error(read_value(cell(text))).message == f'the value "{shown}" cannot be read'


def test_a_value_may_have_a_unit_or_a_mark() -> None:
    value = read_value(cell("78% (prov)"))
    assert isinstance(value, Value)
    assert (value.number, value.text, value.note) == (Decimal(78), "78% (prov)", "prov")


def test_a_unit_in_the_format_and_one_that_is_typed_are_the_same() -> None:
    typed, shown = read_value(cell("1,512 kg")), read_value(cell(1512, '#,##0" kg"'))
    assert isinstance(typed, Value)
    assert isinstance(shown, Value)
    assert typed == shown
    assert (typed.text, typed.note) == (shown.text, shown.note) == ("1,512 kg", "kg")


def test_the_excel_error_for_not_available_is_no_value_and_others_are_errors() -> None:
    not_available = cell("#N/A", fault=Fault.ERROR)
    assert (read_value(not_available), read_no_value(not_available)) == (None, "#N/A")
    assert (read_value(cell("#N/A")), read_no_value(cell("#N/A"))) == (None, "#N/A")
    target = error(read_target(not_available))
    assert target.message == "the cell shows the Excel error #N/A"


@pytest.mark.parametrize("text", ["<5", "> 95%", "≥95%", "<=3"])
def test_a_limit_is_no_value(text: str) -> None:
    message = f'the value "{text}" is a limit, not a figure, and cannot be rated'
    assert error(read_value(cell(text))).message == message


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Reduce by 5%", "a change, not a figure"),
        ("Top quartile", "a place among others, not a figure"),
        ("95%/90%", "more than one figure"),
    ],
)
def test_a_target_that_cannot_be_rated_says_what_it_is(text: str, what: str) -> None:
    message = f'the target "{text}" is {what}, and cannot be rated'
    assert error(read_target(cell(text))).message == message


def test_a_target_keeps_its_sign_in_what_is_shown() -> None:
    target = read_target(cell("≥ 95%"))
    assert isinstance(target, Value)
    assert (target.measure, target.text) == ((Decimal(95), Unit.PERCENT), "≥ 95%")


@pytest.mark.parametrize("text", ["n/a", "Neutral", "Data only", "-"])
def test_no_polarity_is_none_and_no_problem(text: str) -> None:
    assert read_polarity(cell(text)) is None


@pytest.mark.parametrize(
    ("text", "outcome"), [("No data", Outcome.NO_VALUE), ("Data only", Outcome.NO_TARGET)]
)
def test_an_outcome_may_be_that_there_is_none(text: str, outcome: Outcome) -> None:
    assert read_published_outcome(cell(text)) is outcome


@pytest.mark.parametrize("text", ["12 kg", "n/a until May", "≥5", "none"])
def test_a_tolerance_and_a_setting_are_read_as_narrowly_as_ever(text: str) -> None:
    assert error(read_tolerance(cell(text))).message == f'the tolerance "{text}" cannot be read'


@given(st.text(max_size=40))
def test_no_text_raises_in_any_column(text: str) -> None:
    for reader in (*READERS, read_no_value):
        reader(cell(text))
