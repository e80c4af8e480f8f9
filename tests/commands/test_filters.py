"""`kpi rate` with filters: what is left, and what is said of a name that nothing has."""

import json
from pathlib import Path

import pytest

from tests.builders import HEADINGS, row, save_workbook
from tests.running import MISTAKES, SOUTHEND, kpi
from tests.test_selection import AMBERS, CLEAN, POLICY_AND_RESOURCES, PUBLIC_HEALTH, REDS, SAFE

GREENS = (
    "CP 1.5, CP 2.2, CP 2.3, CP 2.4, CP 3.4, CP 3.5, CP 3.6, CP 3.7, CP 3.13, CP 4.5, CP 4.6,"
    " CP 4.7, CP 4.9, CP 4.10, CP 5.1, CP 5.6"
)
ALL_CODES = (
    '"CP 1.1", "CP 1.2", "CP 1.4", "CP 1.5", "CP 2.2", "CP 2.3", "CP 2.4", "CP 3.1", "CP 3.2",'
    ' "CP 3.4", "CP 3.5", "CP 3.6", "CP 3.7", "CP 3.9", "CP 3.10", "CP 3.11", "CP 3.13",'
    ' "CP 4.3", "CP 4.4", "CP 4.5", "CP 4.6", "CP 4.7", "CP 4.8", "CP 4.9", "CP 4.10",'
    ' "CP 5.1", "CP 5.4", "CP 5.5" and "CP 5.6"'
)


def codes(*filters: str) -> str:
    """Return the codes that are left of the real report."""
    run = kpi("rate", SOUTHEND, "--format", "jsonl", *filters)
    assert (run.exit_code, run.stderr) == (0, "")
    return ", ".join(json.loads(line)["code"] for line in run.stdout.splitlines())


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (["--committee", "policy and resources scrutiny"], POLICY_AND_RESOURCES),
        (["--committee", "Policy & Resources*"], POLICY_AND_RESOURCES),
        (["--aim", "Clean"], CLEAN),
        (["--aim", "safe", "--aim", "CLEAN"], f"{SAFE}, {CLEAN}"),
        (["--ou", "Public Health"], PUBLIC_HEALTH),
        (["--code", "CP 2.*"], CLEAN),
        (["--code", "cp 3.10", "--code", "CP 1.1"], "CP 1.1, CP 3.10"),
        (["--committee", "*resources*", "--outcome", "red"], "CP 4.8, CP 5.4, CP 5.5"),
        (["--outcome", "red", "--outcome", "no value", "--aim", "healthy"],
         "CP 3.1, CP 3.2, CP 3.10"),
        (["--aim", "clean", "--ou", "Department for Place", "--code", "CP*", "--committee", "Pl*",
          "--outcome", "G"], "CP 2.4"),
    ],
)  # fmt: skip
def test_filters(filters: list[str], expected: str) -> None:
    assert codes(*filters) == expected


@pytest.mark.no_cover
@pytest.mark.parametrize(
    ("forms", "expected"),
    [
        (["red", "RED", "r", "●", "🔴", "at risk", "At-Risk", "at_risk",
          "At risk of missing target"], REDS),
        (["amber", "A", "⚠", "⚠\ufe0f", "slippage", "Some slippage", "some_slippage",
          "Some slippage against target"], AMBERS),
        (["green", "g", "✔", "✔\ufe0f", "on course", "on_course", "on-course",
          "On course to achieve target"], GREENS),
        (["no value", "No Value", "no_value", "no-value"], "CP 3.1"),
        (["no target", "No Target", "no_target", "no-target"], ""),
    ],
)  # fmt: skip
def test_an_outcome_is_named_as_people_name_it(forms: list[str], expected: str) -> None:
    assert {form: codes("--outcome", form) for form in forms} == dict.fromkeys(forms, expected)


def test_the_counts_are_those_of_what_is_shown() -> None:
    run = kpi("rate", SOUTHEND, "--format", "json", "--committee", "policy*")
    assert json.loads(run.stdout)["summary"] == {
        "at_risk": 3, "slippage": 2, "on_course": 1, "no_value": 0, "no_target": 0,
    }  # fmt: skip
    table = kpi("rate", SOUTHEND, "--committee", "policy*").stdout
    assert table.splitlines()[-1] == (
        "6 of 29 indicators: At risk 3 · Some slippage 2 · On course 1"
    )


@pytest.mark.parametrize(
    ("filters", "message"),
    [
        (["--aim", "fair"], 'aim "fair"; the workbook has "SAFE", "CLEAN", "HEALTHY", "PROSPEROUS"'
         ' and "EXCELLENT"'),
        (["--committee", "Policy and Resources"], 'committee "Policy and Resources"; the workbook'
         ' has "People Scrutiny", "Place Scrutiny" and "Policy & Resources Scrutiny"'),
        (["--ou", "Housing"], 'responsible OU "Housing"; the workbook has "Department for People",'
         ' "Department for Place", "Public Health" and "Strategic Services"'),
        (["--code", "CP 9.9"], f'code "CP 9.9"; the workbook has {ALL_CODES}'),
        # one of two names is wrong: it may be a slip that hides an indicator
        (["--code", "CP 1.1", "--code", "CP 9.*"], f'code "CP 9.*"; the workbook has {ALL_CODES}'),
    ],
)  # fmt: skip
def test_a_name_that_nothing_has_is_told_with_what_there_is(
    filters: list[str], message: str
) -> None:
    run = kpi("rate", SOUTHEND, *filters)
    assert run.exit_code == 2
    assert run.stderr == f"southend_january_2019.xlsx: no indicator has the {message}\n"


def test_every_name_that_nothing_has_is_told() -> None:
    run = kpi("rate", SOUTHEND, "--aim", "fair", "--ou", "Housing")
    assert run.exit_code == 2
    assert [line.partition(";")[0] for line in run.stderr.splitlines()] == [
        'southend_january_2019.xlsx: no indicator has the aim "fair"',
        'southend_january_2019.xlsx: no indicator has the responsible OU "Housing"',
    ]


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (["--outcome", "no target"], ""),
        (["--outcome", "red", "--aim", "clean"], ""),
        # there are both, but not together
        (
            ["--aim", "clean", "--code", "CP 1.1"],
            "southend_january_2019.xlsx: no indicator is all that was asked for\n",
        ),
    ],
)
def test_nothing_left_of_what_there_is_is_no_mistake(filters: list[str], said: str) -> None:
    run = kpi("rate", SOUTHEND, *filters)
    assert (run.exit_code, run.stderr) == (0, said)
    assert run.stdout == (
        "Southend-on-Sea Borough Council\n"
        "Monthly Performance Report · January 2019\n"
        "southend_january_2019.xlsx\n"
        "\n"
        "0 of 29 indicators\n"
    )


def test_a_name_that_one_of_several_workbooks_has_is_right(tmp_path: Path) -> None:
    headings = (*HEADINGS, "Aim")
    fair, safe = (
        save_workbook(tmp_path / f"{aim}.xlsx", Indicators=[headings, row(aim=aim)])
        for aim in ("FAIR", "SAFE")
    )
    run = kpi("rate", fair, safe, "--aim", "fair", "--format", "jsonl")
    assert run.exit_code == 0
    assert [json.loads(line)["workbook"] for line in run.stdout.splitlines()] == ["FAIR.xlsx"]
    assert run.stderr == 'SAFE.xlsx: no indicator has the aim "fair"; the workbook has "SAFE"\n'
    neither = kpi("rate", fair, safe, "--aim", "clean", "--format", "jsonl")
    assert (neither.exit_code, neither.stdout) == (2, "")


def test_a_workbook_without_the_column_has_none() -> None:
    run = kpi("rate", MISTAKES, "--committee", "Corporate Scrutiny")  # its heading is misspelt
    assert run.exit_code == 2
    assert run.stderr.splitlines()[-1] == (
        'with_mistakes.xlsx: no indicator has the committee "Corporate Scrutiny"; the workbook'
        " has none"
    )


def test_explain_gives_the_reason_of_outcome_and_direction() -> None:
    lines = kpi("rate", SOUTHEND, "--code", "CP 3.2", "--explain").stdout.splitlines()
    assert [line.strip() for line in lines[-6:-2]] == [
        "Why: 21.2 percentage points under the target of 88.7%, more than the 4.435 (5% of the"
        " annual target) that counts",
        "as slippage",
        "Worse: 67.5%, against 84.5% in January 2018; higher is better",
        "Was At risk in December 2018: 68.9%, now worse.",
    ]


@pytest.mark.parametrize("command", ["rate", "history", "forecast"])
@pytest.mark.parametrize("format", ["table", "json", "csv", "markdown"])
def test_a_name_that_nothing_has_leaves_the_message_alone(command: str, format: str) -> None:
    run = kpi(command, SOUTHEND, "--format", format, "--aim", "nonsense")
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.startswith(f'{SOUTHEND.name}: no indicator has the aim "nonsense"; ')


@pytest.mark.parametrize("format", ["table", "json"])
def test_of_several_none_is_shown_where_none_has_the_name(format: str, tmp_path: Path) -> None:
    other = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(code="XY 1")])
    neither = kpi("rate", SOUTHEND, other, "--code", "ZZ 9", "--format", format)
    assert (neither.exit_code, neither.stdout) == (2, "")
    for books in ([SOUTHEND, other], [other, SOUTHEND]):  # and all are, where one has it
        run = kpi("rate", *books, "--code", "XY 1", "--format", format)
        assert run.exit_code == 0
        assert run.stdout.index(books[0].name) < run.stdout.index(books[1].name)


def test_a_name_of_several_that_nothing_has_leaves_the_rest() -> None:
    run = kpi("rate", SOUTHEND, "--aim", "nonsense", "--aim", "clean")
    assert run.exit_code == 2
    assert "3 of 29 indicators" in run.stdout
