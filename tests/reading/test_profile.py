"""What a `kpi.toml` may say, what it means for a workbook, and how what is wrong in it is told."""

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kpi_cli.models import Direction, Outcome, Polarity, ToleranceBasis, Workbook
from kpi_cli.reading.heading_words import fold_heading
from kpi_cli.reading.profile import Given, Profile, read_profile
from kpi_cli.reading.workbook import read_workbook
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError
from tests.builders import found, save_workbook


def profile(folder: Path, text: str) -> Profile:
    path = folder / "kpi.toml"
    path.write_text(text, encoding="utf-8")
    return read_profile(path)


def fault(folder: Path, text: str | bytes) -> str:
    """Return what is said of a profile, after the path of its file."""
    path = folder / "kpi.toml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(UnreadableWorkbookError) as error:
        read_profile(path)
    said = str(error.value)
    assert said.startswith(f"the profile {path}")
    assert "\n" not in said
    return said.removeprefix(f"the profile {path}").removeprefix(": ")


def read(folder: Path, text: str, **sheets: Any) -> Workbook:
    book = save_workbook(folder / "kpis.xlsx", **sheets)
    return read_workbook(book, profile=Given(profile(folder, text)))


@pytest.mark.parametrize("text", ["", "# nothing yet\n", "[headings]\n", "\ufeff"])
def test_an_empty_profile_says_nothing(text: str, tmp_path: Path) -> None:
    assert profile(tmp_path, text) == Profile()


@pytest.mark.parametrize(
    ("line", "heading", "field"),
    [
        ('"Our Result" = "value"', "our result", "value"),
        ('"OUR  result:" = "Value"', "our result", "value"),
        ('Result = "Month\'s Value"', "result", "value"),
        ('Result = "Month\'s  TARGET"', "result", "target"),
        ('Result = "annual target"', "result", "annual_target"),
        ('Result = "Annual Target"', "result", "annual_target"),
        ('"Ignored?" = "Ignore"', "ignored", "ignore"),
        ('"Résultat" = "value"', "résultat", "value"),
    ],
)
def test_a_heading_means_a_field_by_its_key_or_one_of_its_headings(
    line: str, heading: str, field: str, tmp_path: Path
) -> None:
    assert profile(tmp_path, f"[headings]\n{line}").headings == {heading: field}


def test_words_mean_what_they_are_said_to(tmp_path: Path) -> None:
    told = profile(
        tmp_path,
        '[outcomes]\nPurple = "at_risk"\n"Not  Good" = "Amber"\n'
        '[directions]\nUpwards = "better"\nFlat = "Same"\n'
        '[polarities]\nMore = "maximise"\nBetween = "Goldilocks"\n',
    )
    assert told.outcomes == {"purple": Outcome.AT_RISK.label, "not good": Outcome.SLIPPAGE.label}
    assert told.directions == {"upwards": Direction.BETTER.label, "flat": Direction.SAME.label}
    assert told.polarities == {
        "more": Polarity.MAXIMISE.label,
        "between": Polarity.GOLDILOCKS.label,
    }


@pytest.mark.parametrize(
    ("line", "key", "value"),
    [
        ('"Amber Tolerance" = "3%"', "amber_tolerance", 3),
        ("amber_tolerance = 3", "amber_tolerance", 3),
        ('"Tolerance Basis" = "Month\'s target"', "tolerance_basis", ToleranceBasis.MONTHS_TARGET),
        ("improving_is_amber = true", "improving_is_amber", True),
        ('"improving is AMBER" = "No"', "improving_is_amber", False),
        ('at_the_limit = "amber"', "at_the_limit", Outcome.SLIPPAGE),
        ('financial_year_starts = "January"', "financial_year_starts", 1),
        ('organisation = "Southend"', "organisation", "Southend"),
    ],
)
def test_settings_have_the_names_and_values_of_settings_sheets(
    line: str, key: str, value: object, tmp_path: Path
) -> None:
    assert profile(tmp_path, f"[settings]\n{line}").settings == {key: value}


def test_a_setting_that_is_blank_is_not_set(tmp_path: Path) -> None:
    told = profile(tmp_path, '[settings]\nfinancial_year_starts = ""\norganisation = " "\n')
    assert (told.settings, told.year_starts) == ({}, 4)


def test_definitions_are_found_from_the_folder_of_the_profile(tmp_path: Path) -> None:
    told = profile(tmp_path, 'definitions = "known/all.xlsx"')
    assert told.definitions == str(tmp_path / "known" / "all.xlsx")
    elsewhere = tmp_path / "elsewhere.xlsx"
    assert profile(tmp_path, f"definitions = '{elsewhere}'").definitions == str(elsewhere)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('headngs = "x"', '"headngs" is unknown; is "headings" meant?'),
        (
            "xyz = 1",
            '"xyz" is unknown; known are period, polarity, definitions, headings, outcomes,'
            " directions, polarities or settings",
        ),
        ("amber_tolerance = 5", '"amber_tolerance" is unknown; a setting stands below [settings]'),
        ("headings = 3", "headings: 3 is no table; write a line [headings], and below it what it"
         " says"),
        ("outcomes = []", "outcomes: a list is no table; write a line [outcomes], and below it"
         " what it says"),
        ("settings = true", "settings: true is no table; write a line [settings], and below it"
         " what it says"),
        ("period = 3", "period: 3 is no text; write it between quotes"),
        ("period = 2018-10-01", "period: 2018-10-01 is no text; write it between quotes"),
        ("polarity = {}", "polarity: a table is no text; write it between quotes"),
        ("definitions = 1.5", "definitions: 1.5 is no text; write it between quotes"),
        ("[headings]\nA = 3", "[headings] A: 3 is no text; write it between quotes"),
        ('[headings.A]\nB = "value"', "[headings] A: a table is no text; write it between quotes"),
        (
            "[settings]\namber_tolerance = []",
            "[settings] amber_tolerance: a list is no value of a setting; write a text, a number,"
            " or true or false",
        ),
        (
            "[settings]\namber_tolerance = 2018-10-01",
            "[settings] amber_tolerance: 2018-10-01 is no value of a setting; write a text, a"
            " number, or true or false",
        ),
        ('[headings]\nA = "valeu"', 'headings: "valeu", for "A", is no field; is "value" meant?'),
        (
            '[headings]\n"%" = "value"',
            'headings: "%" has no letter or digit to tell a heading by; leave it out',
        ),
        (
            '[headings]\n"A b" = "value"\n"a  B" = "target"',
            'headings: "a B" is there twice, as value and as target; leave one of the two',
        ),
        (
            '[outcomes]\nX = "at risc"',
            'outcomes: "at risc", for "X", is no expected outcome; write at_risk, slippage,'
            " on_course, no_value or no_target",
        ),
        (
            '[directions]\nX = "up"',
            'directions: "up", for "X", is no direction; write better, worse, same or -',
        ),
        (
            '[polarities]\nX = "sideways"',
            'polarities: "sideways", for "X", is no polarity; write maximise, minimise or'
            " goldilocks",
        ),
        ('polarity = "up"', 'polarity: "up" is no polarity for all; write maximise or minimise'),
        (
            'period = "soon"',
            'period: "soon" is no month or other period; write 2018-10, or "Q3 2018/19"',
        ),
        (
            '[settings]\n"Amber Tolerence" = 5',
            'settings: the setting "Amber Tolerence" is unknown; is "Amber Tolerance" meant?',
        ),
        (
            "[settings]\namber_tolerance = 0.05",
            "settings: Amber Tolerance: 0.05 could mean 0.05% or 5.00%. Write a percentage such as"
            " 5%.",
        ),
        (
            "[settings]\namber_tolerance = nan",
            'settings: "amber_tolerance" is nan; write a number',
        ),
        (
            '[settings]\namber_tolerance = 5\n"Amber Tolerance" = 6',
            'settings: "Amber Tolerance" is set a second time; leave one of the two',
        ),
        (f"period = {'9' * 4301}", " has a number that is too long; correct it there"),
        (f"period = 0x{'f' * 4301}",
         "period: a very large number is no text; write it between quotes"),
        (f"[settings]\namber_tolerance = 0x{'f' * 4301}",
         'settings: "amber_tolerance" is a very large number; write a smaller number'),
        ("x = = 3", " is no TOML: Invalid value (at line 1, column 5); correct it there"),
        (f"x = {'[' * 5000}", " is no TOML: it is nested too deeply; correct it there"),
        (b"\xff\xfe", " is no text in UTF-8; save it as that"),
        (b"#" * (1024**2 + 1), " is larger than 1 MiB, and none; check the path"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_with_what_to_do(
    text: str | bytes, said: str, tmp_path: Path
) -> None:
    assert fault(tmp_path, text) == said


def test_an_unknown_field_that_is_like_none_is_told_with_all(tmp_path: Path) -> None:
    said = fault(tmp_path, '[headings]\nA = "qqqq"')
    assert said.startswith('headings: "qqqq", for "A", is no field; known are code, short_name, ')
    assert said.endswith(" or ignore")


@pytest.mark.parametrize("key", ["period", "polarity", "{x}", "[headings]\nA", "[outcomes]\nA"])
def test_what_is_wrong_and_long_is_cut(key: str, tmp_path: Path) -> None:
    assert len(fault(tmp_path, f'{key.format(x="x" * 5000)} = "{"y" * 5000}"')) < 700


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    for path, said in (
        (missing, "can't be opened: No such file or directory; check the path"),
        (tmp_path, "is a folder; give the path of a file"),
    ):
        with pytest.raises(UnreadableWorkbookError) as error:
            read_profile(path)
        assert str(error.value) == f"the profile {path} {said}"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    pipe = tmp_path / "kpi.toml"
    os.mkfifo(pipe)
    with pytest.raises(UnreadableWorkbookError, match="is no file that is stored"):
        read_profile(pipe)


_TOML_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner),
    max_leaves=5,
)


@given(
    st.dictionaries(
        st.sampled_from([*Profile.model_fields, "x"]),
        _TOML_VALUES
        | st.dictionaries(
            st.sampled_from(["Amber Tolerance", "at_the_limit", "A", "%", ""]), _TOML_VALUES
        ),
    )
)
def test_any_value_anywhere_is_taken_or_told_and_never_stumbled_over(told: dict[str, Any]) -> None:
    with suppress(ValidationError):
        Profile.model_validate(told)


@given(st.text())
def test_a_heading_is_known_by_its_words(heading: str) -> None:
    if fold_heading(heading):
        told = Profile(headings={heading: "value"}).headings
        assert told == {fold_heading(heading): "value"}


OWN_WORDS = [
    ("Thing", "Which Way", "Our result Q3", "Wanted", "Light", "Arrow", "Secret"),
    ("Visits", "More please", 95, 90, "Purple", "Upwards", "hush"),
    ("Crime", "Less please", 12, 10, "Purple", "Upwards", "hush"),
]
OWN_PROFILE = """
period = "Q3 2018/19"
[headings]
Thing = "short_name"
"Which way" = "polarity"
"Our result" = "value"
Wanted = "target"
Light = "Expected Outcome"
Arrow = "published_direction"
Secret = "ignore"
[outcomes]
Purple = "at_risk"
[directions]
Upwards = "better"
[polarities]
"More please" = "maximise"
"Less please" = "minimise"
"""


def test_a_workbook_with_words_of_its_own_is_read(tmp_path: Path) -> None:
    book = read(tmp_path, OWN_PROFILE, KPIs=OWN_WORDS)
    assert found(book.problems) == []
    visits, crime = book.indicators
    assert (visits.short_name, visits.polarity) == ("Visits", Polarity.MAXIMISE)
    assert (crime.short_name, crime.polarity) == ("Crime", Polarity.MINIMISE)
    assert [i.value and i.value.text for i in book.indicators] == ["95", "12"]
    assert [i.target and i.target.text for i in book.indicators] == ["90", "10"]
    assert visits.period
    assert visits.period.label == "Q3 2018/19"
    assert visits.published_outcome is Outcome.AT_RISK
    assert visits.published_direction is Direction.BETTER
    (read_as,) = book.read_as
    assert read_as.profile == "kpi.toml"
    assert set(read_as.how.values()) == {"profile"}


def test_a_workbook_without_a_period_or_polarity_has_those_of_the_profile(tmp_path: Path) -> None:
    rows = [("Ref", "Indicator", "Target", "Actual", "Comment"), ("CP 1", "Visits", 90, 95, "x")]
    book = read(tmp_path, 'period = "2018-10"\npolarity = "minimise"', KPIs=rows)
    (visits,) = book.indicators
    assert visits.period
    assert visits.period.label == "October 2018"
    assert visits.polarity is Polarity.MINIMISE
    (read_as,) = book.read_as
    assert (read_as.period_from, read_as.polarity_from) == ("kpi.toml", {"kpi.toml": 1})


def test_an_ignored_column_is_not_read(tmp_path: Path) -> None:
    rows = [
        ("Code", "Indicator", "Polarity", "Target", "Actual", "Comment"),
        ("CP 1", "Visits", "Maximise", 90, 95, "hush"),
    ]
    book = read(tmp_path, 'period = "2018-10"\n[headings]\nComment = "ignore"', KPIs=rows)
    assert [i.comment for i in book.indicators] == [None]


SETTINGS = [("Setting", "Value"), ("Amber Tolerance", "3%")]
ROWS = [
    ("Code", "Indicator", "Polarity", "Month", "Target", "Actual"),
    ("CP 1", "Visits", "Maximise", "January 2019", 90, 95),
]


def test_settings_are_those_of_the_profile_where_the_workbook_has_none(tmp_path: Path) -> None:
    told = '[settings]\n"Amber Tolerance" = "2%"\norganisation = "Southend"'
    book = read(tmp_path, told, KPIs=ROWS)
    assert book.settings.amber_tolerance == 2
    assert book.settings.organisation == "Southend"
    assert book.read_as[0].settings_from == "kpi.toml"
    assert found(book.problems) == []


def test_the_settings_of_the_workbook_go_before_and_the_difference_is_told(tmp_path: Path) -> None:
    told = '[settings]\n"Amber Tolerance" = "2%"\norganisation = "Southend"'
    book = read(tmp_path, told, KPIs=ROWS, Settings=SETTINGS)
    assert book.settings.amber_tolerance == 3
    assert book.settings.organisation == "Southend"
    assert found(book.problems) == [("warning", "Settings!A2")]
    assert book.problems[0].message == (
        "Amber Tolerance is set here, and otherwise in the profile; the workbook's own counts"
    )
    alike = read(tmp_path, '[settings]\n"Amber Tolerance" = "3%"', KPIs=ROWS, Settings=SETTINGS)
    assert found(alike.problems) == []


def test_where_the_workbooks_setting_cannot_be_read_the_profiles_is_used(tmp_path: Path) -> None:
    sheet = [("Setting", "Value"), ("Amber Tolerance", "a little")]
    told = '[settings]\n"Amber Tolerance" = "2%"'
    book = read(tmp_path, told, KPIs=ROWS, Settings=sheet)
    assert book.settings.amber_tolerance == 2
    assert found(book.problems) == [("error", "Settings!B2")]
    assert book.problems[0].message.endswith("; that of the profile is used")


def test_the_target_that_a_profile_names_is_not_told_beside_others(tmp_path: Path) -> None:
    headings = ("Ref", "Indicator", "Polarity", "Local Target", "National Target", "Actual")
    rows = [("January 2019",), headings, ("A1", "Calls", "High", 90, 80, 88)]
    assert len(read(tmp_path, "", KPIs=rows).problems) == 1
    told = read(tmp_path, '[headings]\n"Local Target" = "target"\n', KPIs=rows)
    assert told.problems == ()
    target = told.indicators[0].target
    assert target
    assert target.text == "90"
