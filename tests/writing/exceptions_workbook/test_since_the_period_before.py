"""What changed since the period before: counts, links, the column Was, the line of Detail."""

from typing import Any

import pytest

from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Outcome, Polarity
from tests.builders import indicator, period, reading
from tests.writing.exceptions_workbook.blocks import Block, blocks
from tests.writing.exceptions_workbook.reading_back import Written, shown, table, texts, written
from tests.writing.exceptions_workbook.test_looks import OUTCOMES, paper

DECEMBER = "December 2018"


def since(book: Written) -> list[list[str]]:
    """Return the part of the Summary: its heading, the counts, and each change without its name."""
    sheet = book.sheet("Summary")
    said = texts(sheet)
    (start,) = [n for n, text in enumerate(said) if text.startswith("Since ")]
    changes = table(sheet, "Changes") if "Changes" in sheet.tables else []
    rows = [[str(cell.value) for cell in row.values()] for row in changes]
    return [[said[start]], [said[start + 1]], *rows]


def links(book: Written) -> dict[str, str]:
    """Return where the links of the Summary lead: what stands in the cell there, by their text."""
    found = {}
    for row in table(book.sheet("Summary"), "Changes"):
        cell = row["More"]
        assert cell.hyperlink
        name, _, place = str(cell.hyperlink.location).rpartition("!")
        name = name.strip("'")
        target = book.sheet(name)[place]
        found[str(cell.value)] = f"{name}: {target.value}"
    return found


def was(book: Written, sheet: str = "All indicators", name: str = "AllIndicators") -> list[str]:
    return [shown(row["Was"]) for row in table(book.sheet(sheet), name)]


def past(value: str | None, code: str = "CP 1.1", when: str = DECEMBER) -> Reading:
    return reading(code, when, value, "90")


def test_what_got_worse_and_better_in_the_sample(sample: Written) -> None:
    assert since(sample) == [
        ["Since the month before"],  # CP 2.3 is of September, and would be compared with August
        ["1 worse, 1 better, 10 with the same outcome, 17 not known for the month before"],
        [
            "CP 3.11 Smoking Cessation (quits) - Number of people successfully completing 4-week"
            " stop smoking course [Cumulative YTD]",
            "↓ Worse",
            "⚠ Some slippage",
            "✔ On course",
            "CP 3.11 on Detail",
        ],
        [
            "CP 1.4 Percentage of children who have been LAC for at least 5 working days, who have"
            " had a visit in the 6 weeks (30 working days), prior to the last day of the month."
            "[Monthly Snapshot]",
            "↑ Better",
            "⚠ Some slippage",
            "● At risk",
            "CP 1.4 on Detail",
        ],
    ]


def test_the_counts_are_those_of_the_column(sample: Written) -> None:
    rows = table(sample.sheet("All indicators"), "AllIndicators")
    pairs = [(shown(row["Was"]), shown(row["Expected Outcome"])) for row in rows]
    known = [(then, now) for then, now in pairs if then != "-"]
    assert (len(pairs) - len(known), sum(then == now for then, now in known)) == (17, 10)


def test_a_change_leads_to_its_page_or_else_to_its_row(sample: Written) -> None:
    found = links(sample)
    assert list(found) == ["CP 3.11 on Detail", "CP 1.4 on Detail"]
    assert found["CP 3.11 on Detail"].startswith("Detail: CP 3.11  Smoking Cessation")
    assert found["CP 1.4 on Detail"].startswith("Detail: CP 1.4  Percentage of children")
    now_green = written(indicator("95"), history=[past("50")])
    assert links(now_green) == {"CP 1.1 on All indicators": "All indicators: CP 1.1"}


def test_what_was_is_icon_word_and_colour_and_what_is_not_known_a_dash(sample: Written) -> None:
    rows = table(sample.sheet("All indicators"), "AllIndicators")
    colours = {shown(row["Was"]): paper(row["Was"]) for row in rows}
    assert colours.pop("-") == "FFFFFF"
    assert colours == {text: OUTCOMES[text][0] for text in colours}
    assert len(colours) == 3


def test_each_is_compared_with_the_period_just_before_its_own() -> None:
    late = indicator("50", code="CP 1.2", period=period("November 2018"), comment="Late.")
    history = [past("95"), past("95", "CP 1.2", "October 2018"), past("50", "CP 1.2")]
    book = written(indicator("95"), late, history=history)
    assert since(book)[:2] == [
        ["Since the month before"],
        ["1 worse, 1 with the same outcome"],
    ]
    assert since(book)[2][1:4] == [
        "↓ Worse",
        "● At risk (November 2018)",
        "✔ On course (October 2018)",
    ]


def test_where_all_are_of_one_period_the_one_before_is_named() -> None:
    book = written(indicator("95"), indicator(code="CP 1.2"), history=[past("50")])
    assert since(book)[:2] == [
        ["Since December 2018"],
        ["1 better, 1 not known for December 2018"],
    ]


@pytest.mark.parametrize(
    "history", [[], [past(None)], [past("50", when="November 2018")], [past("50", "CP 1.9")]]
)
def test_where_nothing_is_known_of_it_that_is_one_sentence(history: list[Reading]) -> None:
    book = written(indicator("50"), history=history)
    assert since(book) == [
        ["Since December 2018"],
        ["Nothing is known of December 2018: no outcome can be compared with it."],
    ]
    assert was(book) == was(book, "Exceptions", "Exceptions") == ["-"]
    (block,) = blocks(book)
    assert block.said["Month Before"] == "Nothing is known of December 2018."


def test_what_had_no_target_has_no_outcome_that_could_get_worse() -> None:
    history = [reading("CP 1.1", DECEMBER, "95"), past("95", "CP 1.2")]
    book = written(
        indicator("50"), indicator(None, code="CP 1.2", no_value_text="TBC"), history=history
    )
    assert since(book)[1:] == [["2 with no target or no value, then or now"]]
    assert was(book) == ["-", "✔ On course to achieve target"]


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("CP 3.11", "Was On course in December 2018: 570 of 546, now worse against the target."),
        ("CP 1.4", "Was At risk in December 2018: 88.4%, now better."),
        ("CP 4.8", "Was At risk in December 2018: 1.94%, now worse."),
    ],
)
def test_the_line_of_detail(by_code: dict[str, Block], code: str, line: str) -> None:
    assert by_code[code].said["Month Before"] == line


def quarter(when: str = "Q3 2018/19", **fields: Any) -> Indicator:
    return indicator("50", polarity=Polarity.MAXIMISE, period=period(when), **fields)


def test_quarters_are_compared_with_the_quarter_before() -> None:
    book = written(quarter(), history=[past("95", when="Q2 2018/19"), past("50")])
    assert since(book)[:2] == [["Since Q2 2018/19"], ["1 worse"]]
    assert since(book)[2][1:4] == ["↓ Worse", "● At risk", "✔ On course"]
    (block,) = blocks(book)
    assert block.said["Quarter Before"] == "Was On course in Q2 2018/19: 95, now worse."


def test_the_key_says_what_the_column_means(sample: Written) -> None:
    rows = sample.sheet("Summary").iter_rows(max_col=2)
    assert {row[0].value: row[1].value for row in rows}["Was"] == (
        "The expected outcome in the month just before the indicator's latest, by the same rules"
        ' and the target of that time. "-": nothing is known of it.'
    )


@pytest.mark.no_cover
def test_many_changes_are_all_there_worst_first() -> None:
    many = [indicator("50", code=f"CP {number}", comment="Rain.") for number in range(60)]
    book = written(*many, history=[past("95", each.code) for each in many])
    assert len(since(book)) == 62
    assert [row[-1] for row in since(book)].count("CP 59 on Detail") == 1
    assert len(links(book)) == 60


def test_a_group_has_the_changes_of_its_own_alone() -> None:
    book = written(indicator("50"), outcomes=[Outcome.AT_RISK], history=[past("95")], group="A")
    assert [row[-1] for row in since(book)[2:]] == ["CP 1.1 on Detail"]
