"""`kpi map`: what it shows of a workbook, and the profile that says it."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli import rate
from kpi_cli.models import ReadAs, Report
from kpi_cli.reading.profile import Given, Profile, read_profile
from kpi_cli.reading.workbook import read_workbook
from kpi_cli.writing.profile_file import profile_text
from tests.builders import HEADINGS, row, save_hostile_workbook, save_workbook
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND, kpi, kpi_in_terminal

ROWS = [
    ("Q3 2018/19 performance",),
    ("Ref", "Indicator", "Good is", "Target", "Actual", "RAG", "Weather"),
    ("CP 1", "Visits", "High", 90, 95, "Purple", "fine"),
    ("CP 2", "Crime", "Sideways", 10, 12, "Red", "wet"),
]
SHOWN = """\
kpis.xlsx

Table        KPIs!A2, 2 indicators
Period       Q3 2018/19, from the title in A1
Polarity     from "Good is" in C2 (1)
Not read     "Weather" in G2
Settings     kpi's own: amber to 5% off the annual target

Field              Heading            Understood
code               "Ref" in A2        by its name
short name         "Indicator" in B2  by its name
polarity           "Good is" in C2    by its name
value              "Actual" in E2     by its name
target             "Target" in D2     by its name
published outcome  "RAG" in F2        by its name
Unknown as published outcome: "Purple"
Unknown as polarity: "Sideways"

1 of 2 indicators can be rated; kpi check says what keeps the others from it
"""
WRITTEN = """\
# How kpi reads workbooks such as kpis.xlsx.
# What stands behind a # is not in force: complete it.
# definitions = "definitions.xlsx"

[headings]
Ref = "code"
Indicator = "short_name"
"Good is" = "polarity"
Actual = "value"
Target = "target"
RAG = "published_outcome"
# "Weather" = "ignore"

[outcomes]
# "Purple" = "at_risk, slippage, on_course, no_value or no_target"

[polarities]
# "Sideways" = "maximise, minimise or goldilocks"
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save_workbook(tmp_path / "kpis.xlsx", KPIs=ROWS)


def test_it_shows_what_was_understood(book: Path) -> None:
    run = kpi("map", book)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == SHOWN
    assert in_terminal(book, width=80) == SHOWN


def in_terminal(book: Path, width: int) -> str:
    """Return what a terminal shows, without weights and what is blank at the ends of lines."""
    shown = re.sub(r"\x1b\[\d*m", "", kpi_in_terminal("map", book, width=width))
    assert max(map(len, shown.splitlines())) <= width
    return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


@pytest.mark.parametrize("width", [40, 80])
def test_it_is_as_wide_as_the_terminal(width: int) -> None:
    assert "13 of 32 indicators can be rated" in " ".join(in_terminal(MISTAKES, width).split())


def test_it_writes_a_profile(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "kpi.toml"
    run = kpi("map", book, "-o", path)
    assert (run.exit_code, run.stderr) == (0, "")
    assert run.stdout == f"{SHOWN}\nWrote {path}: complete what stands behind a #.\n"
    assert path.read_text() == WRITTEN
    assert read_profile(path).headings["good is"] == "polarity"


def completed(text: str) -> str:
    """Return a profile in which all that was left to say is said; definitions there are none."""
    lines = re.sub(r"(?m)^# definitions = .*\n", "", text)
    lines = re.sub(r'(?m)^(# .* = "(?:at_risk|better|maximise)), .* or \w+"$', r'\1"', lines)
    return re.sub(r'(?m)^# (?=period =|polarity =|")', "", lines)


def test_a_completed_profile_counts(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "kpi.toml"
    kpi("map", book, "-o", path)
    path.write_text(completed(path.read_text()))
    shown = kpi("map", book).stdout
    assert "Unknown" not in shown
    assert '"Weather"' not in shown
    assert "Profile      kpi.toml\n" in shown
    assert shown.endswith("\n2 of 2 indicators can be rated\n")


def test_a_word_whose_meaning_is_not_chosen_is_not_taken_for_any(
    book: Path, tmp_path: Path
) -> None:
    path = tmp_path / "kpi.toml"
    kpi("map", book, "-o", path)
    path.write_text(path.read_text().replace('# "Purple"', '"Purple"'))
    run = kpi("rate", book)
    assert run.exit_code == 3
    assert 'for "Purple", is no expected outcome; write at_risk, slippage, on_course' in run.stderr


def test_what_the_workbook_does_not_say_is_there_to_be_said(tmp_path: Path) -> None:
    rows = [("Ref", "Indicator", "Target", "Actual", "Comment"), ("CP 1", "Visits", 90, 95, "x")]
    book, path = save_workbook(tmp_path / "kpis.xlsx", KPIs=rows), tmp_path / "kpi.toml"
    kpi("map", book, "-o", path)
    text = path.read_text()
    assert '# period = "Q3 2018/19"\n# polarity = "maximise"  # of indicators that' in text
    path.write_text(completed(text))
    shown = kpi("map", book).stdout
    assert "Period       Q3 2018/19, from kpi.toml\nPolarity     from kpi.toml (1)\n" in shown
    assert shown.endswith("\n1 of 1 indicator can be rated\n")


def figures(report: Report) -> list[tuple[object, ...]]:
    return [
        (r.indicator.code, r.indicator.value, r.indicator.target, r.outcome, r.direction)
        for r in report.ratings
    ]


LAYOUTS: dict[str, dict[str, list[Any]]] = {
    "months": {"Indicators": [HEADINGS, row(), row(code="CP 2", polarity="Aim to Minimise")]},
    "title": {"KPIs": ROWS},
    "dated": {
        "KPIs": [
            ("KPI Ref No.", "Measure", "Polarity", "Qtr 3 2018/19 Actual", "Q3 2018/19 Target",
             "2018/19 Target", "Notes on performance"),
            ("1", "Visits", "↑", 95, 90, 91, "well"),
        ]
    },
    "periods": {
        "KPIs": [
            ("Code", "Title", "Polarity", "Target", "Q1 2018/19", "Q2 2018/19", "Q3 2018/19"),
            ("1", "Visits", "Higher is better", 90, 93, 94, 95),
        ]
    },
    "two lines": {
        "KPIs": [
            (None, None, None, "2018/19", None, "Annual"),
            ("Code", "Title", "Polarity", "Target", "Actual", "Target"),
            ("1", "Visits", "Max", 90, 95, 91),
        ]
    },
    "names": {
        "Q3_2018-19": [
            ("Indicator", "Description", "Good Is", "Target", "Result", "%"),
            ("Visits", "How many", "Low", 90, 95, "x"),
        ]
    },
    "thresholds": {
        "Q3_2018-19": [
            ("ID", "PI", "Polarity", "Actual", "Target", "Amber Threshold", "Red Threshold"),
            ("1", "Visits", "Max", 85, 90, 88, 80),
        ]
    },
    "sheets": {
        "Q2 2018-19": [("Ref", "KPI", "Polarity", "Target", "Actual"), ("1", "V", "Max", 90, 80)],
        "Q3 2018-19": [("Ref", "KPI", "Polarity", "Target", "Actual"), ("1", "V", "Max", 90, 95)],
    },
}  # fmt: skip


@pytest.mark.parametrize("name", LAYOUTS)
def test_a_workbook_is_read_alike_with_its_profile(name: str, tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "kpis.xlsx", **LAYOUTS[name])
    assert_round_trip(path, tmp_path / "kpi.toml")


@pytest.mark.parametrize("path", [SOUTHEND, PUBLISHED, SAMPLES / "as_published.xlsx"])
def test_the_samples_are_read_alike_with_their_profiles(path: Path, tmp_path: Path) -> None:
    assert_round_trip(path, tmp_path / "kpi.toml")


def assert_round_trip(book: Path, path: Path) -> None:
    without = figures(rate(read_workbook(book)))
    assert without
    kpi("map", book, "-o", path, "--no-profile")
    text = path.read_text(encoding="utf-8")
    for each in (text, re.sub(r'(?m)^# (?=".*"ignore"$|period =)', "", text)):
        path.write_text(each, encoding="utf-8")
        with_it = read_workbook(book, profile=Given(read_profile(path)))
        assert figures(rate(with_it)) == without


EXISTING = """\
# Ours.
period = "Q2 2018/19"  # for now

[headings]  # as people write them
WEATHER = "comment"

[settings]
amber_tolerance = 3
"""


def test_a_profile_that_is_in_force_is_kept_and_completed(book: Path, tmp_path: Path) -> None:
    path = tmp_path / "kpi.toml"
    path.write_text(EXISTING)
    refused = kpi("map", book, "-o", path)
    assert (refused.exit_code, refused.stdout) == (4, "")
    assert "exists already" in refused.stderr
    assert path.read_text() == EXISTING
    assert kpi("map", book, "-o", path, "--force").exit_code == 0
    assert path.read_text() == (
        """\
# definitions = "definitions.xlsx"
# Ours.
period = "Q2 2018/19"  # for now

[headings]  # as people write them
WEATHER = "comment"
Ref = "code"
Indicator = "short_name"
"Good is" = "polarity"
Actual = "value"
Target = "target"
RAG = "published_outcome"

[settings]
amber_tolerance = 3

[outcomes]
# "Purple" = "at_risk, slippage, on_course, no_value or no_target"

[polarities]
# "Sideways" = "maximise, minimise or goldilocks"
"""
    )
    again = path.read_text()
    assert kpi("map", book, "-o", path, "--force").exit_code == 0
    assert path.read_text() == again


@pytest.mark.parametrize(
    "existing",
    [
        'headings = {Ref = "code"}\n',
        'headings.Ref = "code"\n',
        'headings.Ref = "code"\nperiod = "Q3 2018/19"\nheadings.Actual = "value"\n',
        '[headings]\r\nRef = "code"\r\n',
        "[headings]\n[outcomes]\nPurple = 'red'\n[polarities]\n",
        "# nothing\n",
    ],
)
def test_however_a_profile_is_written_it_is_completed(existing: str) -> None:
    understood = ReadAs(
        cell="K!A1",
        fields={"code": '"Ref" in K!A1', "target": '"Aim" in K!B1'},
        not_read=('"Foo" in K!C1',),
        unknown_words={"polarity": ("Up?",)},
    )
    text = profile_text("x.xlsx", [understood], (), existing)
    told = Profile.model_validate(tomllib.loads(completed(text)))
    assert told.headings.items() >= {"ref": "code", "aim": "target", "foo": "ignore"}.items()
    assert "up?" in told.polarities
    assert profile_text("x.xlsx", [understood], (), text) == text


def test_without_a_table_it_writes_the_headings_to_be_told(tmp_path: Path) -> None:
    rows = [("Wobble", "Dreams", "Wanted", "Got"), ("a", "b", 1, 2)]
    book, path = save_workbook(tmp_path / "odd.xlsx", KPIs=rows), tmp_path / "kpi.toml"
    run = kpi("map", book, "-o", path)
    assert run.exit_code == 3
    assert run.stderr.startswith(f"{book}: no sheet has a table of indicators")
    assert run.stdout == f"\nWrote {path}: complete what stands behind a #.\n"
    text = path.read_text()
    assert tomllib.loads(text) == {"headings": {}}
    assert [line for line in text.splitlines() if "ignore" in line] == [
        f'# "{heading}" = "ignore"' for heading in rows[0]
    ]
    for heading, field in zip(
        rows[0], ("short_name", "published_direction", "target", "value"), strict=True
    ):
        text = text.replace(f'# "{heading}" = "ignore"', f'"{heading}" = "{field}"')
    path.write_text(re.sub(r"(?m)^# (?=period|polarity)", "", text))
    assert kpi("map", book).exit_code == 0
    assert kpi("rate", book).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["-o", "a.txt"], 'Invalid value for --output: "a.txt" is no .toml file, as a profile is'),
        (["-o", "kpi"], 'Invalid value for --output: "kpi" is no .toml file, as a profile is'),
        (["--force"], "Invalid value for --force: it goes with --output FILE"),
        (
            ["--profile", "a.toml", "--no-profile"],
            "Invalid value for --no-profile: it is the opposite of --profile",
        ),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_a_line(arguments: list[str], said: str, book: Path) -> None:
    run = kpi("map", book, *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert run.stderr.splitlines()[-1] == f"Error: {said}"


def test_a_workbook_that_cannot_be_read_leaves_no_profile(tmp_path: Path) -> None:
    book, path = tmp_path / "kpis.xlsx", tmp_path / "kpi.toml"
    book.write_text("a,b")
    run = kpi("map", book, "-o", path)
    assert (run.exit_code, run.stdout, path.exists()) == (3, "", False)
    assert run.stderr.startswith(f"{book}: it is a file of text")
    path.write_text("headings = 3")
    run = kpi("map", save_workbook(book, KPIs=ROWS), "-o", path, "--force")
    assert (run.exit_code, run.stdout, path.read_text()) == (3, "", "headings = 3")
    assert run.stderr == (
        f"{book}: the profile {path}: headings: 3 is no table; write a line [headings], and below"
        " it what it says\n"
    )


def test_a_hostile_workbook_has_a_valid_profile(tmp_path: Path) -> None:
    book, path = save_hostile_workbook(tmp_path), tmp_path / "kpi.toml"
    run = kpi("map", book, "-o", path)
    assert run.exit_code == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", run.stdout)
    assert read_profile(path)
    path.write_text(completed(path.read_text(encoding="utf-8")), encoding="utf-8")
    assert read_profile(path)


def test_a_heading_that_is_cut_in_the_account_is_left_to_be_read_by_its_words() -> None:
    understood = ReadAs(cell="K!A1", fields={"comment": f'"{"Comment " * 7}what" in K!A1'})
    assert tomllib.loads(profile_text("x.xlsx", [understood])) == {"headings": {}}


_TEXTS = (
    st.text()
    | st.text("\"'\\=[]#%\n\r\t aA1.\x00\x1b\x7f\x85\u2028é漢🔴\ud800")
    | st.sampled_from(
        ["period", "headings", "[settings]", '"', "'''", '"""', "a" * 600, '" in K!A1', "\\u0000"]
    )
)


@given(
    name=_TEXTS,
    fields=st.dictionaries(st.sampled_from(["code", "value", "target", "aim"]), _TEXTS),
    not_read=st.lists(_TEXTS, max_size=3),
    words=st.dictionaries(
        st.sampled_from(["polarity", "published_outcome", "published_direction"]),
        st.lists(_TEXTS, max_size=3).map(tuple),
    ),
    headings=st.lists(_TEXTS, max_size=3),
)
def test_whatever_the_headings_are_it_is_a_valid_profile(
    name: str,
    fields: dict[str, str],
    not_read: list[str],
    words: dict[str, tuple[str, ...]],
    headings: list[str],
) -> None:
    """Written, completed, and completed by the program again."""

    def shown(heading: str) -> str:
        return f'"{" ".join(heading.split())[:60]}" in K!A1'

    understood = ReadAs(
        cell="K!A1",
        fields={key: shown(heading) for key, heading in fields.items()},
        not_read=tuple(map(shown, not_read)),
        unknown_words=words,
    )
    text = profile_text(name, [understood], headings)
    for each in (text, completed(text)):
        written = each.encode(errors="replace").decode()
        Profile.model_validate(tomllib.loads(written))
        again = profile_text(name, [understood], headings, written)
        Profile.model_validate(tomllib.loads(again.encode(errors="replace").decode()))


def test_rows_of_earlier_periods_are_counted_apart(tmp_path: Path) -> None:
    rows = [row(month=month) for month in ("November 2018", "December 2018", "January 2019")]
    run = kpi("map", save_workbook(tmp_path / "x.xlsx", KPIs=[HEADINGS, *rows]))
    lines = run.stdout.splitlines()
    assert "Table        KPIs!A1, 1 indicator" in lines
    assert "History      2 rows of earlier periods" in lines
