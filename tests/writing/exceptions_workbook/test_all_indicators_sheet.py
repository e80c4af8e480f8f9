"""The sheet All indicators, compared with Section 2 of the report."""

from kpi_cli import rate
from kpi_cli.models import Outcome, Workbook
from kpi_cli.names import fold
from kpi_cli.writing.exceptions_workbook.document import exceptions_workbook
from kpi_cli.writing.exceptions_workbook.sections import sections_of
from tests.builders import indicator
from tests.writing.exceptions_workbook.reading_back import (
    MADE,
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
    "Aim",
    "Minimise or Maximise",
    "Latest Month",
    "Month's Value",
    "Month's Target",
    "Annual Target 2018/19",
    "Expected Outcome",
    "Was",
    "Better or worse than last year",
    "Managed By",
    "Scrutiny Committee",
]
ICONS = {
    "At risk of missing target": "●",
    "Some slippage against target": "⚠",
    "On course to achieve target": "✔",
    "No Value": "○",
}
DIRECTIONS = {
    **dict.fromkeys(("CP 1.2", "CP 3.2", "CP 4.3", "CP 4.4", "CP 4.8", "CP 5.4"), "↓ Worse"),
    **dict.fromkeys(("CP 1.1", "CP 1.4", "CP 3.9", "CP 3.10", "CP 5.5"), "↑ Better"),
}
RED, AMBER = "● At risk of missing target", "⚠ Some slippage against target"
WAS = {
    **dict.fromkeys(("CP 1.2", "CP 1.4", "CP 3.2", "CP 3.10", "CP 4.8", "CP 5.4", "CP 5.5"), RED),
    **dict.fromkeys(("CP 1.1", "CP 3.9", "CP 4.3", "CP 4.4"), AMBER),
    "CP 3.11": "✔ On course to achieve target",
}


def test_the_whole_table_is_that_of_the_report(sample: Written) -> None:
    rows = table(sample.sheet("All indicators"), "AllIndicators")
    expected = [
        [
            row["code"],
            row["short_name"],
            row["aim"],
            row["polarity"],
            row["latest_month"],
            row["value"],
            row["months_target"],
            row["annual_target"],
            f"{ICONS[row['published_expected_outcome']]} {row['published_expected_outcome']}",
            WAS.get(row["code"], "-"),
            DIRECTIONS.get(row["code"], "-"),
            row["managed_by"],
            first_spelling(row["scrutiny_committee"]),
        ]
        for row in figures("indicators.csv")
    ]
    assert len(rows) == 29
    assert [{name: shown(cell) for name, cell in row.items()} for row in rows] == [
        dict(zip(HEADINGS, row, strict=True)) for row in expected
    ]


def test_every_figure_but_a_band_and_a_missing_one_is_a_number(sample: Written) -> None:
    rows = table(sample.sheet("All indicators"), "AllIndicators")
    columns = ("Month's Value", "Month's Target", "Annual Target 2018/19")
    figures_as_text = [
        (row["MPR Code"].value, row[name].value)
        for row in rows
        for name in columns
        if row[name].data_type != "n"
    ]
    assert figures_as_text == [
        ("CP 1.1", "38-48"),
        ("CP 1.1", "38-48"),
        ("CP 1.2", "57-67"),
        ("CP 1.2", "57-67"),
        ("CP 2.3", "-"),
        ("CP 3.1", "TBC"),
    ]


def test_each_aim_has_its_counts(sample: Written) -> None:
    said = texts(sample.sheet("All indicators"))
    assert said[:2] == [
        "All indicators, January 2019",
        "29 indicators: At risk 6 · Some slippage 6 · On course 16 · No value 1",
    ]
    below = said[said.index("The aims") + 1 :]
    assert [line for line in below if not line.startswith("• ")] == [
        "SAFE: At risk 1 · Some slippage 2 · On course 1",
        "CLEAN: On course 3",
        "HEALTHY: At risk 2 · Some slippage 2 · On course 5 · No value 1",
        "PROSPEROUS: At risk 1 · Some slippage 2 · On course 5",
        "EXCELLENT: At risk 2 · On course 2",
    ]
    assert below[3:6] == ["CLEAN: On course 3", "• Tidy streets", "• Less waste"]


def test_an_aim_is_one_group_however_it_is_spelt_and_wherever_it_stands() -> None:
    aims = {"CP 1": "Safe & Well", "CP 2": "Green", "CP 3": "SAFE and  well", "CP 4": None}
    book = written(*[indicator(code=code, aim=aim) for code, aim in aims.items()])
    rows = table(book.sheet("All indicators"), "AllIndicators")
    assert [row["MPR Code"].value for row in rows] == ["CP 1", "CP 3", "CP 2", "CP 4"]
    assert texts(book.sheet("All indicators"))[-3:] == [
        "Safe & Well: On course 2",
        "Green: On course 1",
        "No aim given: On course 1",
    ]


def test_the_outcomes_chosen_as_exceptions_leave_no_indicator_out() -> None:
    book = written(indicator("95"), indicator("50", code="CP 1.2"), outcomes=[Outcome.NO_VALUE])
    assert len(table(book.sheet("All indicators"), "AllIndicators")) == 2


def test_priorities_stand_below_their_aim() -> None:
    workbook = Workbook(
        name="figures.xlsx",
        indicators=(indicator(aim="Safe & Well"), indicator(code="CP 2", aim="Green")),
        priorities={fold("Safe & Well"): ("Look out for the vulnerable.", "Keep streets safe.")},
    )
    book = Written(exceptions_workbook(sections_of(rate(workbook), MADE)))
    assert texts(book.sheet("All indicators"))[-5:] == [
        "The aims",
        "Safe & Well: On course 1",
        "• Look out for the vulnerable.",
        "• Keep streets safe.",
        "Green: On course 1",
    ]


def test_where_there_is_no_exception_comments_stand_here() -> None:
    book = written(indicator("95", comment="Sun."), indicator("95", code="CP 1.2"))
    rows = table(book.sheet("All indicators"), "AllIndicators")
    assert [row["Comment"].value for row in rows] == ["Sun.", "-"]
    assert (
        "Comment" not in table(written(indicator("95")).sheet("All indicators"), "AllIndicators")[0]
    )
