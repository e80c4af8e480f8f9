"""The sheet Exceptions, compared with Section 1 of the report."""

import pytest
from openpyxl.cell import Cell

from kpi_cli.models import Outcome
from tests.builders import indicator, reading
from tests.writing.exceptions_workbook.reading_back import (
    Written,
    figures,
    first_spelling,
    shown,
    table,
    texts,
    written,
)

HEADINGS = [
    "MPR Code",
    "Short Name",
    "Minimise or Maximise",
    "Latest Month",
    "Month's Value",
    "Month's Target",
    "Annual Target 2018/19",
    "Expected Outcome",
    "Was",
    "Better or worse than last year",
    "Responsible OUs",
    "Comment",
    "Scrutiny Committee",
]
RED = "● At risk of missing target"
AMBER = "⚠ Some slippage against target"
GREEN = "✔ On course to achieve target"
# In the order of the report: by outcome, by responsible OUs, by code.
LISTED = [
    ("CP 1.2", RED, "↓ Worse"),
    ("CP 3.2", RED, "↓ Worse"),
    ("CP 3.10", RED, "↑ Better"),
    ("CP 4.8", RED, "↓ Worse"),
    ("CP 5.4", RED, "↓ Worse"),
    ("CP 5.5", RED, "↑ Better"),
    ("CP 1.1", AMBER, "↑ Better"),
    ("CP 1.4", AMBER, "↑ Better"),
    ("CP 3.9", AMBER, "↑ Better"),
    ("CP 3.11", AMBER, "-"),
    ("CP 4.3", AMBER, "↓ Worse"),
    ("CP 4.4", AMBER, "↓ Worse"),
    ("CP 1.5", GREEN, "-"),
    ("CP 3.4", GREEN, "-"),
    ("CP 3.13", GREEN, "-"),
    ("CP 4.10", GREEN, "-"),
    ("CP 2.4", GREEN, "-"),
]
# The others on course are not known in the month before.
WAS = {code: outcome for code, outcome, _ in LISTED if outcome != GREEN} | {
    "CP 1.4": RED,
    "CP 3.11": GREEN,
}
OUS = [
    *["Department for People"] * 4,
    *["Strategic Services"] * 2,
    *["Department for People"] * 2,
    *["Department for People; Public Health"] * 2,
    *["Strategic Services"] * 2,
    *["Department for People"] * 4,
    "Department for Place",
]


@pytest.fixture(scope="module")
def rows(sample: Written) -> dict[str, dict[str, Cell]]:
    """Return the table's rows by their codes."""
    listed = table(sample.sheet("Exceptions"), "Exceptions")
    return {str(row["MPR Code"].value): row for row in listed}


def test_the_whole_table_is_that_of_the_report(rows: dict[str, dict[str, Cell]]) -> None:
    printed = {row["code"]: row for row in figures("indicators.csv")}
    assert list(rows) == [code for code, _, _ in LISTED]
    for code, outcome, direction in LISTED:
        row = printed[code]
        expected = [
            code,
            row["short_name"],
            row["polarity"],
            row["latest_month"],
            row["value"],
            row["months_target"],
            row["annual_target"],
            outcome,
            WAS.get(code, "-"),
            direction,
            row["responsible_ous"],
            row["comment"],
            first_spelling(row["scrutiny_committee"]),  # by which it can be filtered
        ]
        assert {name: shown(cell) for name, cell in rows[code].items()} == dict(
            zip(HEADINGS, expected, strict=True)
        )


def test_the_groups_stand_in_the_order_of_the_report(rows: dict[str, dict[str, Cell]]) -> None:
    assert [row["Responsible OUs"].value for row in rows.values()] == OUS


@pytest.mark.parametrize(
    ("code", "value", "number_format"),
    [
        ("CP 1.2", 79, "0"),
        ("CP 3.2", 0.675, "0.0%"),
        ("CP 4.8", 0.0195, "0.00%"),
        ("CP 5.4", 6.18, "0.00"),
        ("CP 5.5", 35852, "#,##0"),
        ("CP 4.3", 0.866, "0.00%"),
        ("CP 3.4", 0.33, "0%"),
    ],
)
def test_values_are_numbers_with_the_precision_of_the_source(
    rows: dict[str, dict[str, Cell]], code: str, value: float, number_format: str
) -> None:
    cell = rows[code]["Month's Value"]
    assert (cell.data_type, cell.value, cell.number_format) == ("n", value, number_format)


def test_every_figure_but_a_band_is_a_number_and_every_month_a_date(
    rows: dict[str, dict[str, Cell]],
) -> None:
    columns = ("Latest Month", "Month's Value", "Month's Target", "Annual Target 2018/19")
    kinds = {code: [rows[code][name].data_type for name in columns] for code in rows}
    bands = ["d", "n", "s", "s"]
    assert kinds == {
        code: bands if code in ("CP 1.1", "CP 1.2") else ["d", "n", "n", "n"] for code in rows
    }


def test_what_the_table_has_is_said_above_it(sample: Written) -> None:
    assert texts(sample.sheet("Exceptions"))[:2] == [
        "Exceptions, January 2019",
        "Indicators rated at risk and some slippage, by responsible OUs;"
        " then those on course that have a comment",
    ]


def test_an_exception_without_a_comment_is_marked() -> None:
    book = written(indicator("50"), indicator("50", code="CP 1.2", comment="Rain."))
    comments = [row["Comment"].value for row in table(book.sheet("Exceptions"), "Exceptions")]
    assert comments == ["⚠ No comment given", "Rain."]


def test_a_green_without_a_comment_is_not_listed() -> None:
    red = indicator("50", code="CP 1.3")
    book = written(indicator("95"), indicator("95", code="CP 1.2", comment="Sun."), red)
    rows = table(book.sheet("Exceptions"), "Exceptions")
    assert [row["MPR Code"].value for row in rows] == ["CP 1.3", "CP 1.2"]


def test_codes_sort_naturally_and_names_as_they_fold() -> None:
    groups = (("CP 3.10", "Parks & Pools"), ("CP 3.9", "parks and  pools"), ("CP 3.11", "Art"))
    indicators = [indicator("50", code=code, responsible_ous=(ou,)) for code, ou in groups]
    rows = table(written(*indicators).sheet("Exceptions"), "Exceptions")
    assert [row["MPR Code"].value for row in rows] == ["CP 3.11", "CP 3.9", "CP 3.10"]


@pytest.mark.parametrize(
    ("outcomes", "codes"),
    [
        ([Outcome.AT_RISK], ["red", "green"]),
        ([Outcome.SLIPPAGE, Outcome.AT_RISK], ["red", "amber", "green"]),
        ([Outcome.NO_TARGET, Outcome.NO_VALUE], ["no value", "no target", "green"]),
    ],
)
def test_what_counts_as_an_exception_can_be_chosen(
    outcomes: list[Outcome], codes: list[str]
) -> None:
    book = written(
        indicator("95", code="green", comment="Sun."),
        indicator("87", code="amber"),
        indicator("50", code="red"),
        indicator("50", None, code="no target"),
        indicator(None, code="no value", no_value_text="TBC"),
        outcomes=outcomes,
    )
    rows = table(book.sheet("Exceptions"), "Exceptions")
    assert [row["MPR Code"].value for row in rows] == codes


def test_what_stands_in_place_of_a_value_is_shown_as_it_stands() -> None:
    book = written(
        indicator(None, code="CP 3.1", no_value_text="TBC"),
        indicator(None, None, code="CP 3.2"),
        outcomes=[Outcome.NO_VALUE],
    )
    rows = table(book.sheet("Exceptions"), "Exceptions")
    figures_of = [
        [row[name].value for name in ("Month's Value", "Month's Target", "Expected Outcome")]
        for row in rows
    ]
    assert figures_of == [["TBC", 90, "○ No Value"], ["-", "-", "○ No Value"]]


def test_long_words_in_place_of_a_value_are_no_figure_and_wrap() -> None:
    said = "Not available until May"
    book = written(indicator(None, no_value_text=said), outcomes=[Outcome.NO_VALUE])
    (row,) = table(book.sheet("Exceptions"), "Exceptions")
    assert row["Month's Value"].value == said
    assert row["Month's Value"].alignment.wrap_text


@pytest.mark.parametrize(
    ("value", "number", "number_format"),
    [
        ("£1,234.50", 1234.5, '"£"#,##0.00'),
        ("-3", -3, "0"),
        ("512.5 kg", 512.5, "0.0"),  # the unit is on Detail
        ("£0.05k", 50, '"£"#,##0'),
        ("(12)", -12, "0"),
        ("0.0%", 0, "0.0%"),
        ("0.10%", 0.001, "0.00%"),
        ("1,250%", 12.5, "#,##0%"),
    ],
)
def test_other_values_keep_their_look_too(value: str, number: float, number_format: str) -> None:
    target = "99,999%" if value.endswith("%") else "£9,999" if "£" in value else "9,999"
    book = written(indicator(value, target))
    (row,) = table(book.sheet("Exceptions"), "Exceptions")
    cell = row["Month's Value"]
    assert (cell.value, cell.number_format) == (number, number_format)


def test_the_direction_comes_from_the_history() -> None:
    book = written(indicator("50"), history=[reading("CP 1.1", "January 2018", "50")])
    (row,) = table(book.sheet("Exceptions"), "Exceptions")
    assert row["Better or worse than last year"].value == "→ Same"


def test_without_an_exception_there_is_no_such_sheet() -> None:
    assert written(indicator("95")).book.sheetnames == ["Summary", "All indicators"]
