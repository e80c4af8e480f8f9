"""The screen of one indicator: the three questions in order, on 80 columns and 40 lines."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from kpi_cli import read_workbook
from kpi_cli.models import Polarity, Report, Workbook
from kpi_cli.report import rate
from kpi_cli.selection import Selection, select
from tests.builders import HOSTILE, indicator, reading, save_hostile_workbook
from tests.running import SAMPLES, SOUTHEND, expected, kpi, kpi_in_terminal, kpi_program
from tests.writing.one_indicator.showing import (
    COLOUR,
    has_braille,
    plot_of,
    printed,
    seen,
    with_past,
    wobbling,
)
from tests.writing.ratings.test_table import OBEYED

CODES = ("CP 4.8", "CP 3.2", "CP 3.9", "CP 1.1", "CP 2.3", "CP 3.11")
QUESTIONS = ["How is it?", "Where is it heading?", "Does it mean anything?"]
QUARTERLY = SAMPLES / "quarterly" / "quarterly_scorecard.xlsx"


@pytest.fixture(scope="module")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


def only(report: Report, code: str) -> Report:
    return select(report, Selection(codes=(code,))).report


def name_of(code: str) -> str:
    return code.lower().replace(" ", "_").replace(".", "_")


# Whole screens


@pytest.mark.parametrize("code", CODES)
def test_a_screen_of_the_real_report(southend: Report, code: str) -> None:
    page = seen(only(southend, code))
    assert page == expected(f"show_{name_of(code)}.txt", page)


def test_a_screen_of_a_quarterly_workbook() -> None:
    page = COLOUR.sub("", kpi_in_terminal("show", QUARTERLY, "Council tax*", "--quiet", width=80))
    page = "".join(f"{line.rstrip()}\n" for line in page.splitlines())
    assert page == expected("show_quarterly.txt", page)


def test_a_narrow_screen(southend: Report) -> None:
    page = seen(only(southend, "CP 4.8"), width=40)
    assert page == expected("show_40.txt", page)


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "ascii"])
def test_what_a_pipe_gets(encoding: str) -> None:
    run = kpi_program("show", SOUTHEND, "CP 4.8", env={"PYTHONIOENCODING": encoding})
    assert (run.returncode, run.stderr) == (0, b"")
    page = run.stdout.decode(encoding).replace("\r\n", "\n")
    assert page == expected(f"show_{encoding}.txt", page)


def test_every_indicator_of_the_real_report_fits_a_screen(southend: Report) -> None:
    for rating in southend.ratings:
        lines = seen(only(southend, rating.indicator.code)).splitlines()
        assert len(lines) <= 40, rating.indicator.code
        assert max(map(cell_len, lines)) <= 80, rating.indicator.code
        assert [line for line in lines if line in QUESTIONS] == QUESTIONS


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 200])
def test_no_line_is_longer_than_the_terminal(southend: Report, width: int) -> None:
    for code in CODES:
        lines = seen(only(southend, code), width=width).splitlines()
        assert max(map(cell_len, lines)) <= width


def test_a_plot_has_no_use_for_more_than_100_columns(southend: Report) -> None:
    wide, enough = (seen(only(southend, "CP 4.8"), width=width) for width in (250, 100))
    assert plot_of(wide) == plot_of(enough)
    assert wide.rpartition("\n\n")[2] == enough.rpartition("\n\n")[2]


# What they say


def test_both_directions_are_named_with_what_they_compare(southend: Report) -> None:
    page = seen(only(southend, "CP 4.8"))
    assert "  Against December 2018: ↓ Worse, 1.94% → 1.95% (was At risk)\n" in page
    assert "  Against January 2018: ↓ Worse, 1.51% → 1.95%\n" in page


def test_a_count_is_compared_by_its_share_of_the_target(southend: Report) -> None:
    page = seen(only(southend, "CP 3.11"))
    assert "Against December 2018: ↓ Worse, 570 of 546 → 616 of 653 (was On course)\n" in page


def test_of_years_the_year_before_is_named_once() -> None:
    page = seen(with_past(["91", "95"], last="2018/19"))
    assert re.findall(r"Against .*", page) == ["Against 2017/18: ↑ Better, 91 → 95 (was On course)"]
    alone = seen(with_past(["95"], last="2018/19"))
    assert re.findall(r"Against .*", alone) == ["Against 2017/18: not known"]


COUNT = "Visits [Cumulative YTD]"


@pytest.mark.parametrize(
    ("report", "said"),
    [
        (
            with_past(["95"]),
            ["Against December 2018: not known", "Against January 2018: not known"],
        ),
        (
            with_past(["95%", "95"]),
            ["Against December 2018: can't be told: 95% → 95 (was On course)"],
        ),
        (
            with_past(["50", "60"], short_name=COUNT, targets=None),
            ["Against December 2018: can't be told, as there is no target to set it against: 50 →"
             " 60 (was No target)"],
        ),
        (
            with_past(["50", None], short_name=COUNT, targets="60", no_value_text="TBC"),
            ["Against December 2018: can't be told: 50 of 60 → TBC (was At risk)"],
        ),
    ],
)  # fmt: skip
def test_what_can_not_be_compared_says_so(report: Report, said: list[str]) -> None:
    page = " ".join(seen(report, width=100).split())
    for line in said:
        assert line in page


def test_the_caution_stands_under_the_verdict(southend: Report) -> None:
    lines = seen(only(southend, "CP 4.8")).splitlines()
    passes = next(n for n, line in enumerate(lines) if "Consistently passes" in line)
    assert lines[passes + 1] == (
        "  ! The limits describe the months before; the latest month is outside them."
    )


def test_limits_of_amounts_are_named_and_not_drawn(southend: Report) -> None:
    page = seen(only(southend, "CP 3.9"))
    assert "  The limits, 176 and 651, are of the amount of each month.\n" in page
    assert not any("limit" in row for row in plot_of(page))


def test_no_history_is_no_empty_section() -> None:
    lines = seen(with_past(["95"])).splitlines()
    assert lines[-2:] == [
        "Does it mean anything?",
        "  No control chart: 1 month; a control chart needs 12",
    ]
    assert not has_braille(lines)


def test_what_it_is_behind_the_report_is_marked(southend: Report) -> None:
    assert "  ! September 2018, 4 months behind the report\n" in seen(only(southend, "CP 2.3"))


def test_an_earlier_month_is_shown_as_it_stood() -> None:
    run = kpi("show", SOUTHEND, "CP 4.8", "--month", "2018-10")
    assert (run.exit_code, run.stderr) == (0, "")
    assert "  ✔ On course: 1.7% in October 2018, target 1.77%\n" in run.stdout
    assert "Against September 2018: ↓ Worse, 1.67% → 1.7% (was On course)" in run.stdout
    assert "Jan 19" not in run.stdout
    assert run.stdout.rstrip().endswith("Oct 18 1.7% ✔")


def test_lines_of_its_own_are_told() -> None:
    page = seen(with_past(["60", "52"], targets="60"))
    assert "target 60" in page


# The figures of all periods


def months_of(page: str) -> list[str]:
    return re.findall(r"([A-Z][a-z]{2} \d\d) \S", page)


def test_every_month_is_there_with_its_outcome(southend: Report) -> None:
    page = seen(only(southend, "CP 4.8"))
    assert len(months_of(page)) == 22
    assert "Oct 18 1.7% ✔   Nov 18 1.75% ✔\nDec 18 1.94% ●  Jan 19 1.95% ●\n" in page


def test_a_missing_month_is_a_dash(southend: Report) -> None:
    page = seen(only(southend, "CP 3.2"))
    assert re.search(r"Apr 18 86\.2% ⚠ +May 18 - +Jun 18 - +Jul 18 -\s+Aug 18 86\.7% ⚠", page)


def test_earlier_months_are_counted() -> None:
    page = seen(with_past(wobbling(60)))
    assert len(months_of(page)) == 24
    assert page.endswith("\n36 earlier months: see --format csv\n")
    assert len(page.splitlines()) <= 40
    one = seen(with_past(wobbling(25)))
    assert one.endswith("\n1 earlier month: see --format csv\n")


@pytest.mark.parametrize(
    ("last", "width", "columns"),
    [
        ("January 2019", 80, 6),
        ("January 2019", 40, 3),
        ("Q3 2018/19", 80, 4),
        ("Q3 2018/19", 40, 2),
        ("H1 2018/19", 80, 4),
        ("2018/19", 80, 5),
    ],
)
def test_lines_of_periods_are_years_or_even_parts_of_them(
    last: str, width: int, columns: int
) -> None:
    page = seen(with_past(["90"] * 12, last=last), width=width)
    below = page.rpartition("\n\n")[2].splitlines()
    assert below[0].count("90") == columns


# Anything that a workbook can hold


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        (wobbling(60), {}),
        (wobbling(11), {"last": "Q3 2018/19"}),
        (wobbling(9), {"last": "H1 2018/19"}),
        (wobbling(14), {"last": "2018/19"}),
        (["90"] * 22, {}),
        (["0"] * 22, {"targets": "0"}),
        (wobbling(22, -95), {"targets": "-90"}),
        (["96", *wobbling(6), "95000", *wobbling(15)], {}),
        (wobbling(22, unit="{}%"), {"targets": "90"}),
        (wobbling(22), {"targets": "90-100", "polarity": Polarity.GOLDILOCKS}),
        (wobbling(22), {"targets": "95", "polarity": Polarity.GOLDILOCKS}),
        (wobbling(22), {"targets": None}),
        ([*wobbling(21), None], {"no_value_text": "TBC"}),
        ([None, None, "95"], {}),
        (["95", *[None] * 20, "96"], {}),
        (["95", "95%", "96", "96%"] * 5, {}),
        (wobbling(22, 1234567, "£{}.89"), {"targets": "£1,300,000.00"}),
        (wobbling(22), {"short_name": COUNT}),
        ([str(5 * n) for n in range(1, 11)], {"short_name": COUNT, "targets": "60"}),
    ],
    ids=str,
)
@pytest.mark.parametrize("width", [40, 80, 100])
def test_any_history_is_a_whole_screen(
    values: list[str | None], fields: dict[str, object], width: int
) -> None:
    lines = seen(with_past(values, **fields), width=width).splitlines()  # type: ignore[arg-type]
    assert max(map(cell_len, lines)) <= width
    assert [line for line in lines if line in QUESTIONS] == QUESTIONS
    if width >= 80:
        assert len(lines) <= 40


def test_a_very_long_name_leaves_the_plot_its_least_height() -> None:
    page = seen(with_past(wobbling(22), code="CP 1.1", short_name="word " * 200))
    assert len(plot_of(page)) == 6
    assert len(months_of(page)) == 12
    assert page.count("word") == 200
    assert max(map(cell_len, page.splitlines())) <= 80


def test_a_code_without_spaces_is_broken_and_whole() -> None:
    code = "CP" + "1234567890" * 12
    page = seen(with_past(["95"], code=code))
    assert max(map(cell_len, page.splitlines())) <= 80
    assert code in "".join(page.split())


def test_names_that_are_the_keys_stand_once() -> None:
    name = "Planning applications decided in time"
    assert seen(with_past(["95"], code=name, short_name=name)).count(name) == 1


@pytest.mark.parametrize("width", [40, 80])
def test_hostile_text_is_shown_as_text(width: int) -> None:
    report = with_past(wobbling(14), short_name=HOSTILE, aim=HOSTILE, committee=HOSTILE)
    page = printed(report, width=width)
    assert "[red]x[/red]" in page
    assert ":smile:" in page
    bare = COLOUR.sub("", page)
    assert max(map(cell_len, bare.splitlines())) <= width
    assert "https://a.b]c" in "".join(bare.split())
    assert "\x1b]8" not in page  # no link


def test_line_breaks_in_a_name_are_spaces() -> None:
    page = seen(with_past(["95"], short_name="one\ntwo\r\nthree"))
    assert page.startswith("CP 1.1  one two three\n")


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200)


@settings(max_examples=40)
@given(TEXTS, TEXTS)
def test_any_name_is_shown(name: str, aim: str) -> None:
    lines = seen(with_past(["94", "95"], short_name=name, aim=aim)).splitlines()
    assert [line for line in lines if line in QUESTIONS][-3:] == QUESTIONS


AMOUNTS = st.none() | st.decimals(-(10**6), 10**6, places=2).map(str)


@settings(max_examples=40)
@given(st.lists(AMOUNTS, min_size=1, max_size=40), AMOUNTS)
def test_any_figures_are_shown(values: list[str | None], target: str | None) -> None:
    lines = seen(with_past(values, targets=target)).splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert len(lines) <= 40
    assert [line for line in lines if line in QUESTIONS] == QUESTIONS


# Colours and encodings


def test_an_outcome_has_icon_word_and_colour(southend: Report) -> None:
    page = printed(only(southend, "CP 4.8"))
    assert "  \x1b[31m● At risk\x1b[0m: 1.95% in January 2019" in page
    assert "\x1b[31m↓ Worse\x1b[0m" in page


def test_no_color_leaves_no_colour_and_all_that_it_said(southend: Report) -> None:
    plain = printed(only(southend, "CP 4.8"), no_color=True)
    assert re.findall(r"\x1b\[[0-9;]*(?:3|4|9|10)[0-9]m", plain) == []
    lines = [line.rstrip() for line in COLOUR.sub("", plain).splitlines()]
    assert lines == seen(only(southend, "CP 4.8")).splitlines()


@pytest.mark.parametrize("encoding", ["cp1252", "ascii", "cp437"])
def test_an_encoding_without_dots_has_no_plot_and_says_so(southend: Report, encoding: str) -> None:
    page = seen(only(southend, "CP 4.8"), encoding=encoding)
    assert "\nThe plot is left out: it takes an output in UTF-8.\n" in page
    assert plot_of(page) == []
    assert "Dec 18 1.94% At risk" in page
    assert max(map(cell_len, page.splitlines())) <= 80


def test_a_report_of_several_has_a_screen_for_each(southend: Report) -> None:
    page = seen(select(southend, Selection(codes=("CP 4.8", "CP 2.3"))).report)
    assert page == f"{seen(only(southend, 'CP 2.3'))}\n{seen(only(southend, 'CP 4.8'))}"


def test_a_report_of_none_is_nothing() -> None:
    assert seen(rate(Workbook(name="x.xlsx", indicators=()))) == ""


def test_a_repeated_month_that_differs_is_not_known() -> None:
    history = (
        reading("CP 1.1", "December 2018", "90", row=2),
        reading("CP 1.1", "December 2018", "91", row=3),
        reading("CP 1.1", "November 2018", "92", row=4),
    )
    page = seen(rate(Workbook(name="x.xlsx", indicators=(indicator(),), history=history)))
    assert "Against December 2018: not known\n" in page
    assert page.endswith("\n\nNov 18 92 □  Dec 18 -     Jan 19 95 ✔\n")


def test_hostile_text_in_a_file_is_not_obeyed(tmp_path: Path) -> None:
    run = kpi("show", save_hostile_workbook(tmp_path), "*")
    assert OBEYED.findall(run.stdout + run.stderr) == []
    assert run.stdout.startswith("CP[red]x[/red] [/] ")
    assert run.exit_code == 1
