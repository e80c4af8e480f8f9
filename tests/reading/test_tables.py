"""Tables are found by their headings, wherever they stand; addresses are those of Excel."""

from pathlib import Path
from typing import Any

import pytest

from kpi_cli import rate, read_workbook
from kpi_cli.models import Outcome, Polarity, Problem, Severity, Workbook
from tests.builders import HEADINGS, found, row, save_workbook

HISTORY = ("Code", "Month", "Value", "Target")
READINGS = [HISTORY, ("CP 1.1", "January 2018", 93, 90), ("CP 1.1", "December 2018", "x", 90)]


def read(folder: Path, **sheets: list[Any]) -> Workbook:
    """Save and read a workbook with these sheets."""
    return read_workbook(save_workbook(folder / "x.xlsx", **sheets))


def headings(**changes: str | None) -> list[str]:
    """Return HEADINGS with changes to some: MPR_Code="Ref"; None leaves a heading out."""
    changed = {name.replace("_", " "): heading for name, heading in changes.items()}
    named = [changed.get(name.replace("'", ""), name) for name in HEADINGS]
    return [name for name in named if name]


def only(problems: tuple[Problem, ...]) -> Problem:
    """Return the one problem that there is."""
    (problem,) = problems
    return problem


@pytest.mark.parametrize(
    ("rows", "cell"),
    [
        pytest.param([HEADINGS, row(value="x")], "E2", id="at the top"),
        pytest.param([(), (), HEADINGS, row(value="x")], "E4", id="under blank rows"),
        pytest.param(
            [
                ("Monthly Performance Report",),
                ("January 2019", "of", "3"),
                HEADINGS,
                row(value="x"),
            ],
            "E4",
            id="under a title",
        ),
        pytest.param([HEADINGS, (), (), row(value="x")], "E4", id="blank rows between"),
        pytest.param(
            [(None, None, *HEADINGS), (None, None, *row(value="x"))], "G2", id="from column C"
        ),
        pytest.param([HEADINGS[::-1], row(value="x")[::-1]], "C2", id="in another order"),
        pytest.param(
            [("Unit", *HEADINGS), ("%", *row(value="x"))], "F2", id="beside a column of its own"
        ),
        pytest.param(
            [(*[None] * 26, *HEADINGS), (*[None] * 26, *row(value="x"))], "AE2", id="from column AA"
        ),
    ],
)
def test_a_cell_has_the_address_that_excel_shows(
    tmp_path: Path, rows: list[Any], cell: str
) -> None:
    workbook = read(tmp_path, Indicators=rows)
    assert found(workbook.problems) == [("error", f"Indicators!{cell}")]


@pytest.mark.parametrize(
    ("sheet", "cell"),
    [
        ("Indicators", "Indicators!E2"),
        ("Year_1", "'Year 1'!E2"),
        ("People's_KPIs", "'People''s KPIs'!E2"),
        ("2018", "'2018'!E2"),
        ("A-B", "'A-B'!E2"),
        ("Été", "Été!E2"),
    ],
)
def test_a_sheets_name_is_quoted_where_excel_quotes_it(
    tmp_path: Path, sheet: str, cell: str
) -> None:
    workbook = read(tmp_path, **{sheet: [HEADINGS, row(value="x")]})
    assert found(workbook.problems) == [("error", cell)]


def test_sheets_are_known_by_their_headings_not_by_name_or_order(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        Cover=[("Performance",), ("January 2019",)],
        Indicators=[("Setting", "Value"), ("Amber Tolerance", "7%")],
        Settings=[("Ref", "Period", "Actual", "Profile"), ("CP 1.1", "Jan-18", 93, 90)],
        History=[HEADINGS, row()],
    )
    assert [i.place.sheet for i in workbook.indicators] == ["History"]
    assert [r.place.sheet for r in workbook.history] == ["Settings"]
    assert workbook.settings.amber_tolerance == 7
    assert workbook.problems == ()


def test_several_sheets_of_indicators_are_read_in_their_order(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        People=[HEADINGS, row(code="CP 1.1"), row(code="CP 1.2", value="x")],
        Place=[("Place",), HEADINGS[::-1], row(code="CP 2.1")[::-1]],
        History=READINGS,
        Old_history=READINGS,
    )
    assert [i.code for i in workbook.indicators] == ["CP 1.1", "CP 2.1"]
    assert [i.place.cell("value") for i in workbook.indicators] == ["People!E2", "Place!C3"]
    assert len(workbook.history) == 2
    assert found(workbook.problems) == [
        ("error", "People!E3"),
        ("error", "History!C3"),
        ("error", "'Old history'!C3"),
    ]


@pytest.mark.parametrize(
    "history",
    [
        pytest.param(HISTORY, id="as made by kpi new"),
        pytest.param(("Target", "Value", "Month", "Code"), id="in another order"),
        pytest.param(("PI Code", "Period", "Actual"), id="synonyms, without target"),
        pytest.param(("Code", "Short Name", "Month", "Value"), id="with the indicators' names"),
    ],
)
def test_a_history_is_no_table_of_indicators(tmp_path: Path, history: tuple[str, ...]) -> None:
    cells = {
        "Code": "CP 1.1", "PI Code": "CP 1.1", "Month": "Jan-18", "Period": "Jan-18",
        "Value": 93, "Actual": 93, "Target": 90, "Short Name": "Visits made",
    }  # fmt: skip
    past = [history, tuple(cells[heading] for heading in history)]
    workbook = read(tmp_path, Past=past, Indicators=[HEADINGS, row()])
    assert [(r.code, str(r.month)) for r in workbook.history] == [("CP 1.1", "2018-01")]
    assert len(workbook.indicators) == 1
    assert workbook.problems == ()


def test_indicators_that_lost_their_polarity_are_no_history(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        Indicators=[headings(Minimise_or_Maximise=None), row()[:2] + row()[3:]],
        History=READINGS[:2],
    )
    assert [r.code for r in workbook.history] == ["CP 1.1"]
    assert found(workbook.problems) == [("error", "Indicators!A1")]
    assert only(workbook.problems).message == (
        "no column says which way is good; CP 1.1 is not rated"
    )
    assert [unrated.code for unrated in workbook.unrated] == ["CP 1.1"]


NO_POLARITY = "no column says which way is good"
NO_PERIOD = "nothing says which period the figures are of"


def without(*names: str) -> list[Any]:
    """Return a sheet of two rows from B2 on that lacks columns, and their cells too."""
    columns = [column for column, heading in enumerate(HEADINGS) if heading not in names]
    rows = (HEADINGS, row(), row(code="CP 1.2", short_name="Calls answered"))
    return [(), *([None, *(cells[column] for column in columns)] for cells in rows)]


@pytest.mark.parametrize(
    ("name", "message", "hint"),
    [
        (
            "Month's Value",
            "no column has the values; none of the 2 rows below is read",
            'Head it "Actual" or "Value"; or say it in a profile: kpi map writes one.',
        ),
        (
            "Minimise or Maximise",
            f"{NO_POLARITY}; none of the 2 rows below is rated",
            'Name a column "Polarity" that says so, give it in --definitions, or say it for all:'
            " --polarity maximise.",
        ),
        (
            "Latest Month",
            f"{NO_PERIOD}; none of the 2 rows below is rated",
            'Name a column "Latest Month", write it above the table, such as Quarter 3 2018/19,'
            ' or add --period "Q3 2018/19".',
        ),
    ],
)
def test_what_no_column_tells_is_one_error_of_the_table(
    tmp_path: Path, name: str, message: str, hint: str
) -> None:
    workbook = read(tmp_path, Indicators=without(name))
    problem = only(workbook.problems)
    assert found([problem]) == [("error", "Indicators!B2")]
    assert (problem.message, problem.hint, workbook.indicators) == (message, hint, ())
    lost = [] if name == "Month's Value" else ["CP 1.1", "CP 1.2"]
    assert [unrated.code for unrated in workbook.unrated] == lost


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("MPR Code", [(row()[1], row()[1]), ("Calls answered", "Calls answered")]),
        ("Short Name", [("CP 1.1", "CP 1.1"), ("CP 1.2", "CP 1.2")]),
    ],
)
def test_code_and_name_stand_in_for_each_other(
    tmp_path: Path, name: str, expected: list[tuple[str, str]]
) -> None:
    workbook = read(tmp_path, Indicators=without(name))
    assert [(i.code, i.short_name) for i in workbook.indicators] == expected
    assert [i.value_text for i in workbook.indicators] == ["95", "95"]
    assert workbook.problems == ()


def test_everything_that_no_column_tells_is_reported(tmp_path: Path) -> None:
    workbook = read(tmp_path, Indicators=without("Minimise or Maximise", "Latest Month"))
    assert sorted(problem.message for problem in workbook.problems) == [
        f"{NO_POLARITY}; none of the 2 rows below is rated",
        f"{NO_PERIOD}; none of the 2 rows below is rated",
    ]


def test_a_history_without_its_value_column(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        Indicators=[HEADINGS, row()],
        History=[("Code", "Month", "Target"), ("CP 1.1", "Jan-18", 90)],
    )
    assert len(workbook.indicators) == 1
    assert found(workbook.problems) == [("error", "History!A1")]
    assert (
        only(workbook.problems).message == 'there is no column "Value"; the row below is not read'
    )


@pytest.mark.parametrize("name", ["Months_Target", "Annual_Target_2018/19"])
def test_an_optional_column_may_be_missing(tmp_path: Path, name: str) -> None:
    kept = headings(**{name: None})
    workbook = read(tmp_path, Indicators=[kept, row()[: len(kept)]])
    assert len(workbook.indicators) == 1
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("heading", "meant"),
    [
        ("Committe", "Committee"),
        ("Manged By", "Managed By"),
        ("Tolerence", "Tolerance"),
        ("Expected Outcomes", "Expected Outcome"),
        ("Same Month Last Yaer", "Same Month Last Year"),
    ],
)
def test_a_heading_nearly_right_is_not_read_but_said(
    tmp_path: Path, heading: str, meant: str
) -> None:
    workbook = read(tmp_path, Indicators=[(*HEADINGS, heading), row(more="3%")])
    problem = only(workbook.problems)
    assert found([problem]) == [("warning", "Indicators!H1")]
    assert problem.message == f'the heading "{heading}" is unknown, and the column is not read'
    assert problem.hint == f'If "{meant}" is meant, write it so.'
    assert len(workbook.indicators) == 1


def test_a_target_of_another_period_is_told_where_there_is_no_other(tmp_path: Path) -> None:
    kept = headings(**{"Months_Target": None, "Annual_Target_2018/19": None})
    rows = [(*kept, "Target Q2", "2019/20 Target"), (*row()[:5], 80, 85)]
    workbook = read(tmp_path, Indicators=rows)
    assert rate(workbook).ratings[0].outcome is Outcome.NO_TARGET
    assert [(p.severity, p.cell, p.message, p.hint) for p in workbook.problems] == [
        (
            Severity.WARNING,
            cell,
            f'the heading "{text}" is of {of}, and is not used for January 2019',
            "If it is meant for January 2019, say so in the heading.",
        )
        for cell, text, of in (
            ("Indicators!G1", "2019/20 Target", "2019/20"),
            ("Indicators!F1", "Target Q2", "Q2 2018/19"),
        )
    ]
    rows = [(*HEADINGS, "Target Q2", "2019/20 Target"), row(more=80, another=85)]
    assert read(tmp_path, Indicators=rows).problems == ()


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Target (Month)", "target"),
        ("YTD Target", "target"),
        ("Target year to date", "target"),
        ("Target - January", "target"),  # the report's own month
        ("Target Jan-19", "target"),
        ("Monthly Profile", "target"),
        ("Target (annual)", "annual_target"),
        ("2018/19 Target", "annual_target"),
    ],
)
def test_a_heading_that_means_a_target_with_words_around_it_is_read(
    tmp_path: Path, heading: str, field: str
) -> None:
    lost = "Month's Target" if field == "target" else HEADINGS[6]
    kept = [(h, cell) for h, cell in zip(HEADINGS, row(), strict=True) if h != lost]
    rows = [(*(h for h, _ in kept), heading), (*(cell for _, cell in kept), 77)]
    workbook = read(tmp_path, Indicators=rows)
    (indicator,) = workbook.indicators
    target = getattr(indicator, field)
    assert target is not None
    assert (target.text, indicator.place.cell(field)) == ("77", "Indicators!G2")
    assert workbook.problems == ()


@pytest.mark.parametrize(
    "heading",
    [
        "Trigger point",
        "Threshold",
        "RAG thresholds",
        "Red zone",
        "Amber level at or above",
        "Minimum level",
        "Ceiling",
        "Lower limit",
    ],
)
def test_a_heading_that_may_be_a_threshold_is_told_with_what_that_may_do(
    tmp_path: Path, heading: str
) -> None:
    """A floor of 70% that was called a tolerance would allow 70% of the target."""
    workbook = read(tmp_path, Indicators=[(*HEADINGS, heading), row(more="70%")])
    problem = only(workbook.problems)
    assert found([problem]) == [("warning", "Indicators!H1")]
    assert problem.message == (
        f'the heading "{heading}" may be of a threshold, and is unknown: the column is not read,'
        " and the ratings may be wrong"
    )
    assert problem.hint == (
        "If it is the worst value that is still amber, write Red Threshold; if it is the worst that"
        " is still green, write Green Threshold."
    )


def test_where_a_heading_speaks_of_tolerance_it_may_be_one(tmp_path: Path) -> None:
    rows = [(*HEADINGS, "Tolerance", "Tolerance +/- level"), row(tolerance="3%", more="70%")]
    problem = only(read(tmp_path, Indicators=rows).problems)
    assert found([problem]) == [("warning", "Indicators!I1")]
    assert "the ratings may be wrong" in problem.message
    assert problem.hint.endswith("If it is how far off the target is still amber, write Tolerance.")


@pytest.mark.parametrize("heading", ["Red flags raised", "Ground floor area", "Green spaces"])
def test_a_heading_with_a_word_of_thresholds_among_others_is_no_problem(
    tmp_path: Path, heading: str
) -> None:
    workbook = read(tmp_path, Indicators=[(*HEADINGS, heading), row(more="70%")])
    assert workbook.problems == ()


@pytest.mark.parametrize(
    "heading",
    ["Variance from target", "Target met?", "% of target", "Target owner", "Stretch target"],
)
def test_a_heading_that_only_speaks_of_a_target_is_no_problem(tmp_path: Path, heading: str) -> None:
    kept = headings(Months_Target=None)
    workbook = read(tmp_path, Indicators=[(*kept, heading), row()[: len(kept)]])
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("heading", "said"),
    [
        ("#REF!", "the cell shows the Excel error #REF!"),
        ('="Month\'s "&"Target"', "the cell has a formula that was saved without its result"),
    ],
)
def test_a_heading_without_its_text_is_an_error(tmp_path: Path, heading: str, said: str) -> None:
    kept = headings(Months_Target=heading)
    workbook = read(tmp_path, Indicators=[kept, row()])
    problem = only(workbook.problems)
    assert found([problem]) == [("error", "Indicators!F1")]
    assert problem.message == f"{said}, where a heading is expected; the column is not read"
    assert problem.hint == "Type the heading as text."


def test_another_target_beside_those_that_are_read_is_no_problem(tmp_path: Path) -> None:
    workbook = read(tmp_path, Indicators=[(*HEADINGS, "YTD Target"), row(more=5)])
    assert workbook.problems == ()


def test_a_required_heading_nearly_right_is_named_in_the_hint(tmp_path: Path) -> None:
    workbook = read(tmp_path, Indicators=[headings(Latest_Month="Lastest Month"), row()])
    assert found(workbook.problems) == [("warning", "Indicators!D1"), ("error", "Indicators!A1")]
    assert workbook.problems[0].hint == 'If "Latest Month" is meant, write it so.'
    assert (workbook.problems[1].hint or "").startswith('Name a column "Latest Month", ')


def test_a_heading_of_the_councils_own_is_no_problem(tmp_path: Path) -> None:
    workbook = read(tmp_path, Indicators=[(*HEADINGS, "Data source"), row(more="Carefirst")])
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("heading", "name", "first"),
    [
        ("Actual", "Month's Value", "E1"),
        ("Target", "Month's Target", "F1"),
        ("Target 2018/19", "Annual Target", "G1"),
    ],
)
def test_two_columns_that_could_both_decide_are_never_chosen_from(
    tmp_path: Path, heading: str, name: str, first: str
) -> None:
    workbook = read(tmp_path, Indicators=[(*HEADINGS, heading), row(more=5)])
    problem = only(workbook.problems)
    assert found([problem]) == [("error", f"Indicators!{first}")]
    assert problem.message == (
        f'the column "{name}" could be this one or Indicators!H1; no row is read'
    )
    assert workbook.indicators == ()


@pytest.mark.parametrize(
    ("heading", "name", "first", "meaning"),
    [
        ("PI Code", "MPR Code", "A1", "code"),
        ("Title", "Short Name", "B1", "short name"),
        ("Polarity", "Minimise or Maximise", "C1", "polarity"),
        ("Period", "Latest Month", "D1", "month"),
    ],
)
def test_of_two_columns_of_one_meaning_the_better_named_is_read(
    tmp_path: Path, heading: str, name: str, first: str, meaning: str
) -> None:
    others = {"PI Code": "X", "Title": "X", "Polarity": "Low", "Period": "May 2015"}
    workbook = read(tmp_path, Indicators=[(*HEADINGS, heading), row(more=others[heading])])
    problem = only(workbook.problems)
    assert found([problem]) == [("warning", f"Indicators!{first}")]
    assert problem.message == (
        f'"{name}" here, and "{heading}" in Indicators!H1, mean the {meaning};'
        f" Indicators!{first} is used"
    )
    (indicator,) = workbook.indicators
    assert (indicator.code, indicator.short_name) == row()[:2]
    assert (indicator.polarity, indicator.period.label) == (Polarity.MAXIMISE, "January 2019")


def test_of_two_columns_that_decide_nothing_the_better_named_is_read(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        Indicators=[
            (*HEADINGS, "Commentary", "Comments", "Comment"),
            row(narrative="a", comments="b", comment="c"),
        ],
    )
    assert workbook.indicators[0].comment == "c"
    problem = only(workbook.problems)
    assert found([problem]) == [("warning", "Indicators!H1")]
    assert problem.message == (
        '"Commentary" here, and "Comments" in Indicators!I1 and "Comment" in Indicators!J1, mean'
        " the comment; Indicators!J1 is used"
    )


def test_sheets_without_a_table_are_passed_over(tmp_path: Path) -> None:
    workbook = read(
        tmp_path,
        Notes=[("How to use this workbook",), ("1. Fill in the values.",)],
        Empty=[],
        Numbers=[(1, 2, 3), (4, 5, 6)],
        Indicators=[HEADINGS, row()],
    )
    assert len(workbook.indicators) == 1
    assert workbook.problems == ()


@pytest.mark.parametrize(
    ("headings", "message"),
    [
        (
            ("Code", "Apr", "May"),
            "this table has codes, but is none that is known; it is not read",
        ),
        (
            ("Reff", "Month", "Value", "Target"),
            "this sheet has months and values, but no column of codes; it is not read",
        ),
    ],
)
def test_a_history_that_is_not_known_as_one_is_told(
    tmp_path: Path, headings: tuple[str, ...], message: str
) -> None:
    history = [headings, ("CP 1.1", "Apr-18", 5, 4)]
    workbook = read(tmp_path, Indicators=[HEADINGS, row()], Data=history)
    assert [problem.message for problem in workbook.problems] == [message]
    assert "with its year, such as Apr-17" in (workbook.problems[0].hint or "")
