"""The sheet Detail, compared with Section 3 of the report: a block for each exception."""

import pytest

from kpi_cli.models import Direction, Outcome, Polarity, Rating
from kpi_cli.periods import Month, Period
from tests.builders import indicator, line, period, reading
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.reading_back import (
    Written,
    figures,
    first_spelling,
    shown,
    written,
)

CODES = ["CP 1.2", "CP 3.2", "CP 3.10", "CP 4.8", "CP 5.4", "CP 5.5"]
CODES += ["CP 1.1", "CP 1.4", "CP 3.9", "CP 3.11", "CP 4.3", "CP 4.4"]
BY_AIM = {
    "SAFE: At risk 1 · Some slippage 2": ["CP 1.1", "CP 1.2", "CP 1.4"],
    "HEALTHY: At risk 2 · Some slippage 2": ["CP 3.2", "CP 3.9", "CP 3.10", "CP 3.11"],
    "PROSPEROUS: At risk 1 · Some slippage 2": ["CP 4.3", "CP 4.4", "CP 4.8"],
    "EXCELLENT: At risk 2": ["CP 5.4", "CP 5.5"],
}
BANDS = ("CP 1.2", "CP 1.1")
BY_YEAR = ("CP 3.10", "CP 5.4", "CP 5.5", "CP 3.9", "CP 3.11", "CP 4.3", "CP 4.4")
MONTH_BY_MONTH = tuple(code for code in CODES if code not in BY_YEAR)
YEAR = ["April", "May", "June", "July", "August", "September", "October", "November"]
YEAR += ["December", "January", "February", "March"]


def test_there_is_a_block_for_each_exception_by_aim(
    sample: Written, by_code: dict[str, Block]
) -> None:
    names = {row["code"]: row["short_name"] for row in figures("indicators.csv")}
    headings = [f"{code}  {names[code]}" for codes in BY_AIM.values() for code in codes]
    assert [block.heading for block in by_code.values()] == headings
    sheet = sample.sheet("Detail")
    assert {
        str(sheet.cell(by_code[codes[0]].first_row - 1, 1).value): codes
        for codes in BY_AIM.values()
    } == BY_AIM


def test_where_no_indicator_has_an_aim_none_is_named() -> None:
    book = written(indicator("50"))
    assert blocks(book)[0].first_row == 4
    assert "aim" not in str(book.sheet("Detail")["A4"].value).lower()


def test_its_gauge_is_told_and_drawn(by_code: dict[str, Block]) -> None:
    said = "At risk up to 28, some slippage below 38, on course up to 48,"
    said = f"{said} some slippage below 58, at risk from 58."
    block = by_code["CP 1.1"]
    assert block.said["Gauge"] == said
    (gauge,) = block.gauges
    assert gauge.alt_text == f"Gauge of CP 1.1: result 33.49. {said}"
    (chart,) = block.charts
    assert gauge.row < chart.row


def test_a_block_says_what_the_indicator_is_and_why_it_is_rated_so(
    by_code: dict[str, Block],
) -> None:
    assert by_code["CP 5.4"].said == {
        "Expected Outcome": "● At risk of missing target",
        "Than last year": "↓ Worse",
        "Latest Month": "January 2019",
        "Month's Value": "6.18",
        "Month's Target": "5.82",
        "Annual Target": "7.20",
        "Polarity": "Aim to Minimise",
        "Managed By": "Human Resources",
        "Year Introduced": "2009",
        "Responsible OUs": "Strategic Services",
        "Committee": "Policy & Resources Scrutiny",
        "Aim": "EXCELLENT",
        "Reason": "0.36 over the target of 5.82, exactly the 0.36 (5% of the annual target)"
        " from which it is at risk. Worse: 6.18, against 6.08 in January 2018; lower is better.",
        "Gauge": "On course up to 5.82, some slippage below 6.18, at risk from 6.18.",
        "Month Before": "Was At risk in December 2018: 5.45 of 4.99, now better against the"
        " target.",
    }


def test_every_block_has_what_the_figures_say(by_code: dict[str, Block]) -> None:
    printed = {row["code"]: row for row in figures("indicators.csv")}
    labels = {
        "Latest Month": "latest_month",
        "Month's Value": "value",
        "Month's Target": "months_target",
        "Annual Target": "annual_target",
        "Polarity": "polarity",
        "Managed By": "managed_by",
        "Year Introduced": "year_introduced",
        "Responsible OUs": "responsible_ous",
        "Aim": "aim",
    }
    for code, block in by_code.items():
        expected = {label: printed[code][name] or "-" for label, name in labels.items()}
        expected["Year Introduced"] = expected["Year Introduced"].replace("200809", "2008/09")
        assert {label: block.said[label] for label in labels} == expected
        committee = first_spelling(printed[code]["scrutiny_committee"])
        assert block.said["Committee"] == committee
        assert block.comment == [printed[code]["comment"]]


def test_a_year_that_was_not_given_is_a_dash_and_one_run_together_is_told_as_a_year(
    by_code: dict[str, Block],
) -> None:
    years = [by_code[code].said["Year Introduced"] for code in ("CP 3.11", "CP 4.8", "CP 1.2")]
    assert years == ["-", "2008/09", "2014"]


def test_every_month_of_the_history_is_there_with_its_target(by_code: dict[str, Block]) -> None:
    for code in MONTH_BY_MONTH:
        block, has_band = by_code[code], code in BANDS
        assert block.month_headings == (
            ["Month", "Value", "Target from", "Target to"]
            if has_band
            else ["Month", "Value", "Target"]
        )
        assert block.shown_months == [
            [row["month"], row["value"], *(_ends(row["target"]) if has_band else [row["target"]])]
            for row in figures("history.csv")
            if row["code"] == code
        ]


def _ends(target: str) -> list[str]:
    low, _, high = target.partition(" - ")
    return [low, high or low]


@pytest.mark.parametrize("code", BY_YEAR)
def test_what_is_cumulative_stands_beside_last_year_up_to_the_years_end(
    by_code: dict[str, Block], code: str
) -> None:
    block = by_code[code]
    past = {row["month"]: row for row in figures("history.csv") if row["code"] == code}
    (own,) = [row for row in figures("indicators.csv") if row["code"] == code]
    headings = ["Month", "2018/19", "Target 2018/19", "2017/18", "Target 2017/18"]
    has_last_year = "April 2017" in past
    assert block.month_headings == (headings if has_last_year else headings[:3])
    expected = []
    for name in YEAR:
        year = 2018 if YEAR.index(name) < 9 else 2019
        rows = [past.get(f"{name} {each}", {}) for each in (year, year - 1)]
        shown_row = [name[:3]]
        for row in rows[: 2 if has_last_year else 1]:
            shown_row += [row.get("value", ""), row.get("target", "")]
        expected.append(shown_row)
    expected[-1][2] = own["annual_target"]  # where the year is to end
    assert block.shown_months == expected


def test_the_months_begin_with_last_financial_year(by_code: dict[str, Block]) -> None:
    spans = {code: (block.shown_months[0][0], len(block.months)) for code, block in by_code.items()}
    assert spans == {
        **dict.fromkeys(MONTH_BY_MONTH, ("April 2017", 22)),
        **dict.fromkeys(BY_YEAR, ("Apr", 12)),
    }


YTD = "Visits [Cumulative YTD]"


def test_targets_after_the_latest_month_are_there_and_values_are_not() -> None:
    own = indicator("50", "90", "120", short_name=YTD, period=Period(Month(2018, 12)))
    later = [reading("CP 1.1", when, "70", "100") for when in ("January 2019", "February 2019")]
    (block,) = blocks(written(own, history=later))
    assert block.month_headings == ["Month", "2018/19", "Target 2018/19"]
    assert block.shown_months[8:] == [
        ["Dec", "50", "90"],
        ["Jan", "", "100"],
        ["Feb", "", "100"],
        ["Mar", "", "120"],
    ]
    assert block.shown_months[:8] == [[name[:3], "", ""] for name in YEAR[:8]]


@pytest.mark.parametrize(
    ("when", "names"),
    [
        ("Q3 2018/19", ["Q1", "Q2", "Q3", "Q4"]),
        ("H1 2018/19", ["H1", "H2"]),
        ("2018/19", [f"{2018}/19"]),  # a year has no others beside it
        ("November 2018 to January 2019", ["November 2018 to January 2019"]),  # no quarter of it
    ],
)
def test_so_are_quarters_and_halves_of_the_year(when: str, names: list[str]) -> None:
    (block,) = blocks(written(indicator("50", short_name=YTD, period=period(when))))
    assert [row[0] for row in block.shown_months] == names


def test_months_without_a_value_are_empty_cells(by_code: dict[str, Block]) -> None:
    gaps = {
        shown(month[0]): [cell.value for cell in month[1:]]
        for month in by_code["CP 3.2"].months
        if month[1].value is None
    }
    assert gaps == {f"{month} 2018": [None, 0.887] for month in ("May", "June", "July")}


def test_a_number_in_place_of_a_band_is_both_of_its_ends(by_code: dict[str, Block]) -> None:
    months = by_code["CP 1.2"].months
    assert [[cell.value for cell in row[1:]] for row in (months[11], months[12])] == [
        [76.7, 66, 66],
        [76.43, 57, 67],
    ]


def test_months_that_the_history_has_not_got_are_empty_too() -> None:
    history = [reading("CP 1.1", when, "50", "90") for when in ("Oct 2018", "Dec 2018")]
    (block,) = blocks(written(indicator("50"), history=history))
    assert block.shown_months == [
        ["October 2018", "50", "90"],
        ["November 2018", "", ""],
        ["December 2018", "50", "90"],
        ["January 2019", "50", "90"],
    ]


def test_an_indicator_without_history_has_its_own_month() -> None:
    (block,) = blocks(written(indicator("£50.00", "£90.00")))
    assert block.shown_months == [["January 2019", "£50.00", "£90.00"]]


def test_the_row_is_the_record_of_its_own_month_and_what_is_later_is_left_out() -> None:
    late = indicator("50", period=Period(Month(2018, 11)))
    months = ("October 2018", "November 2018", "December 2018")
    history = [reading("CP 1.1", when, "60", "80") for when in months]
    (block,) = blocks(written(late, history=history))
    assert block.shown_months == [["October 2018", "60", "80"], ["November 2018", "50", "90"]]


def test_a_value_that_is_missing_is_shown_as_it_stands() -> None:
    tbc = indicator(None, None, no_value_text="TBC", polarity=Polarity.GOLDILOCKS)
    (block,) = blocks(written(tbc, outcomes=[Outcome.NO_VALUE]))
    assert (block.said["Month's Value"], block.said["Month's Target"]) == ("TBC", "-")
    assert block.said["Than last year"] == Direction.UNKNOWN.value
    assert block.shown_months == [["January 2019", "", ""]]


def test_the_mark_of_a_value_stands_below_it() -> None:
    (block,) = blocks(written(indicator("50% (prov)", "90%")))
    assert (block.said["Month's Value"], block.said["Value is marked"]) == ("50%", "prov")
    (block,) = blocks(written(indicator("50 kg", "90 kg", data_source="SAP")))
    assert (block.said["Data Source"], block.said["Value is marked"]) == ("SAP", "kg")
    (block,) = blocks(written(indicator("50", "90")))
    assert "Value is marked" not in block.said


def test_an_exception_without_a_comment_is_marked() -> None:
    (block,) = blocks(written(indicator("50")))
    assert block.comment == ["⚠ No comment given"]


@pytest.mark.parametrize("length", [100, 3_000, 10_000])
def test_a_long_comment_is_divided_over_rows_and_nothing_of_it_is_lost(length: int) -> None:
    comment = " ".join(f"word-{number}" for number in range(length))[:length].strip()
    book = written(indicator("50", comment=comment))
    (block,) = blocks(book)
    assert " ".join(block.comment) == comment
    assert len(block.comment) == (1 if length <= 3_000 else 3)
    heights = [book.sheet("Detail").row_dimensions[row].height for row in block.comment_rows]
    assert max(heights) < 409  # Excel's limit


def test_lines_of_its_own_stand_in_the_block_and_beside_the_months() -> None:
    history = [reading("CP 1.1", "December 2018", "71%", "80%")]
    own = indicator("66.1%", "80%", green_line=line("78%"), red_line=line("70%"))
    (block,) = blocks(written(own, history=history))
    assert (block.said["Green Line"], block.said["Red Line"]) == ("78%", "70%")
    assert block.said["Reason"] == "66.1% is under the red line of 70% (Floor)."
    assert block.month_headings == ["Month", "Value", "Target", "Green line", "Red line"]
    assert block.shown_months == [
        ["December 2018", "71%", "80%", "78%", "70%"],
        ["January 2019", "66.1%", "80%", "78%", "70%"],
    ]


def test_a_red_line_alone_has_one_column() -> None:
    (block,) = blocks(written(indicator("60", "80", red_line=line("70"))))
    assert (block.said["Green Line"], block.said["Red Line"]) == ("-", "70")
    assert block.month_headings == ["Month", "Value", "Target", "Red line"]


def test_lines_of_goldilocks_have_two_columns_each() -> None:
    own = indicator(
        "33.49",
        "38-48",
        polarity=Polarity.GOLDILOCKS,
        green_line=line("34.3-41.7"),
        red_line=line("28-48"),
    )
    (block,) = blocks(written(own))
    assert (block.said["Green Line"], block.said["Red Line"]) == ("34.3-41.7", "28-48")
    assert block.month_headings == [
        "Month", "Value", "Target from", "Target to", "Green line from", "Green line to",
        "Red line from", "Red line to",
    ]  # fmt: skip
    assert block.shown_months == [["January 2019", "33.49", "38", "48", "34.3", "41.7", "28", "48"]]


def test_without_an_exception_there_is_no_such_sheet() -> None:
    assert "Detail" not in written(indicator("95")).book.sheetnames


def test_exceptions_are_not_compared_with_one_another(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many, that would take longer than to write them."""
    compared: list[object] = []
    monkeypatch.setattr(Rating, "__eq__", lambda *both: compared.append(both))
    book = written(indicator("50"), indicator("51", code="CP 1.2"))
    assert [block.heading[:6] for block in blocks(book)] == ["CP 1.1", "CP 1.2"]
    assert compared == []
