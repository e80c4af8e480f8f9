"""The plot: where values, targets and limits stand, what the axes say, and gaps that are gaps."""

import re
from decimal import Decimal
from itertools import pairwise, takewhile

import pytest
from rich.cells import cell_len

from kpi_cli import read_workbook
from kpi_cli.models import Polarity, Report
from kpi_cli.report import rate
from kpi_cli.selection import Selection, select
from kpi_cli.writing.one_indicator.plot import Plot, plotted
from tests.running import SOUTHEND
from tests.writing.one_indicator.showing import has_braille, insight_of, with_past, wobbling


@pytest.fixture(scope="module")
def southend() -> Report:
    return rate(read_workbook(SOUTHEND))


def rows(report: Report, width: int = 80, height: int = 12) -> list[str]:
    return [row.plain.rstrip() for row in Plot(insight_of(report), width, height).rows()]


def only(report: Report, code: str) -> Report:
    return select(report, Selection(codes=(code,))).report


def grid(lines: list[str]) -> list[str]:
    """Return the inside of a plot, without what stands at the left and at the right."""
    inside = [line.partition("│")[2] for line in lines if "│" in line]
    across = next(line.count("─") for line in lines if "└" in line)
    return [f"{line[:across]:<{across}}" for line in inside]


def columns_with(lines: list[str], mark: str) -> list[int]:
    """Return the columns, from the left, that have a mark in any row."""
    return sorted(at for line in grid(lines) for at, found in enumerate(line) if found == mark)


def rows_with(lines: list[str], mark: str) -> list[int]:
    """Return the rows, from the top, of the marks from left to right."""
    found = [
        (at, n) for n, line in enumerate(grid(lines)) for at, c in enumerate(line) if c == mark
    ]
    return [row for _, row in sorted(found)]


# Values


def test_higher_values_stand_higher() -> None:
    lines = rows(with_past(["10", "20", "30", "40", "50"], targets=None))
    heights = rows_with(lines, "•")
    assert len(heights) == 5
    assert heights == sorted(heights, reverse=True)
    assert heights[0] >= 10
    assert heights[-1] <= 1


def test_values_stand_at_even_distances() -> None:
    at = columns_with(rows(with_past(["1", "2", "1", "2", "1", "2"], targets=None)), "•")
    steps = {second - first for first, second in pairwise(at)}
    assert len(at) == 6
    assert max(steps) - min(steps) <= 1


def test_neighbours_are_joined_and_a_gap_is_not() -> None:
    joined = rows(with_past(["90", "90"], targets=None), height=6)
    (row,) = [line for line in grid(joined) if "•" in line]
    assert has_braille(row.strip("⠀").strip("•"))
    apart = rows(with_past(["90", None, "90"], targets=None), height=6)
    (row,) = [line for line in grid(apart) if "•" in line]
    assert row.replace("⠀", "").strip() == "••"


def test_a_total_is_not_joined_to_the_next_years() -> None:
    count = {"short_name": "Visits [Cumulative YTD]", "targets": None, "last": "April 2018"}
    lines = rows(with_past(["80", "90", "10"], **count))  # type: ignore[arg-type]
    second, third = columns_with(lines, "•")[1:]
    between = [line[second + 1 : third] for line in grid(lines)]
    marks = [re.sub("[⠀⡀⠂⠐⢀⠁⠄⠠⠈⠅⡂⢐⢂⡐]", "", text) for text in between]  # where the year starts
    assert "".join(marks) == ""


def test_a_signal_has_a_mark_of_its_own(southend: Report) -> None:
    lines = rows(only(southend, "CP 4.8"))
    assert lines[-1].strip() == "• value   ◆ a signal"
    assert rows_with(lines, "◆")[-1] == 0  # the latest is the highest
    count = rows(only(southend, "CP 3.9"))  # its chart is of amounts, which a total doesn't show
    assert count[-1].strip() == "• value"
    assert columns_with(count, "◆") == []


@pytest.mark.parametrize("values", [["90"] * 5, ["0"] * 5, ["-3", "-3"], ["0.001"] * 3])
def test_values_that_are_all_equal_are_a_line(values: list[str | None]) -> None:
    lines = rows(with_past(values, targets=None))
    assert len(set(rows_with(lines, "•"))) == 1


def test_a_thousandfold_value_keeps_all_inside() -> None:
    lines = rows(with_past(["95", "96", "95000", "97"], targets="90"))
    assert len(rows_with(lines, "•")) == 4
    assert min(rows_with(lines, "•")) == 0


# Target and limits


def names_of(lines: list[str]) -> list[str]:
    across = next(line.count("─") for line in lines if "└" in line)
    return [name for line in lines if "│" in line
            if (name := line.partition("│")[2][across:].strip())]  # fmt: skip


def test_lines_have_their_names_in_their_order(southend: Report) -> None:
    assert names_of(rows(only(southend, "CP 4.8"))) == [
        "target 1.77%", "upper limit 1.73%", "lower limit 1.33%",
    ]  # fmt: skip
    assert names_of(rows(only(southend, "CP 3.2"))) == [
        "target 88.7%", "upper limit 88.5%", "lower limit 72.4%",
    ]  # fmt: skip


@pytest.mark.parametrize("target", ["1", "94", "95", "96", "300", "-50"])
@pytest.mark.parametrize("height", [6, 7, 14])
def test_names_keep_the_order_of_what_they_name(target: str, height: int) -> None:
    report = with_past(["96", *["95", "96"] * 6, "9500", *["96", "95"] * 5], targets=target)
    names = names_of(rows(report, height=height))
    assert len(names) == 3
    numbers = [Decimal(name.split()[-1].replace(",", "")) for name in names]
    assert numbers == sorted(numbers, reverse=True)


def test_a_band_is_two_lines_with_one_name() -> None:
    report = with_past(["95", "96", "93"], targets="90-100", polarity=Polarity.GOLDILOCKS)
    lines = rows(report)
    assert names_of(lines) == ["band 90-100"]
    dotted = [n for n, line in enumerate(grid(lines)) if sum(map(has_braille, line)) > 40]
    assert len(dotted) == 2


def test_a_target_that_moved_is_drawn_where_it_was() -> None:
    lines = rows(with_past(["10", "10", "10", "10"], targets=["20", "20", "40", "40"]))
    dotted = [[has_braille(c) for c in line] for line in grid(lines)]
    first = [n for n, line in enumerate(dotted) if sum(line[:30]) > 15]
    last = [n for n, line in enumerate(dotted) if sum(line[36:]) > 15]
    assert len(first) == len(last) == 2  # target and values
    assert first[1] == last[1] == 11
    assert last[0] == 0
    assert 5 < first[0] < 9  # a third of the way up
    assert names_of(lines) == ["target 40"]


def test_limits_are_drawn_only_with_a_verdict() -> None:
    assert not any("limit" in name for name in names_of(rows(with_past(wobbling(11)))))
    assert not any("limit" in name for name in names_of(rows(with_past(["90"] * 22))))
    assert sum("limit" in name for name in names_of(rows(with_past(wobbling(12))))) == 2


def test_a_target_in_another_unit_is_not_drawn() -> None:
    assert names_of(rows(with_past(["94%", "95%"], targets="90"))) == []


# Axes


def test_ticks_are_round_numbers_as_the_workbook_shows_them(southend: Report) -> None:
    ticks = [line.partition("│")[0].strip() for line in rows(only(southend, "CP 3.9"), height=14)]
    shown = [tick for tick in ticks[:14] if tick]
    assert shown == ["6,000", "4,000", "2,000", "0"]


@pytest.mark.parametrize(
    ("values", "looks"),
    [
        (["£1,200,000.00", "£1,300,000.00"], r"£1,\d{3},000"),
        (["1.38%", "1.95%"], r"\d\.\d+%"),
        (["-95", "-80"], r"-\d+(\.\d)?"),
        (["0.001", "0.002"], r"0\.\d+"),
        (["5", "5"], r"\d\.\d+"),
    ],
)
def test_ticks_have_the_look_of_the_values(values: list[str | None], looks: str) -> None:
    lines = rows(with_past(values, targets=None))
    ticks = [tick for line in lines[:12] if (tick := line.partition("│")[0].strip())]
    assert len(ticks) >= 2
    assert all(re.fullmatch(looks, tick) for tick in ticks), ticks


def axis_of(lines: list[str]) -> list[str]:
    under = next(n for n, line in enumerate(lines) if "└" in line)
    below = [line.strip() for line in lines[under + 1 :]]
    return list(takewhile(lambda line: "•" not in line, below))


@pytest.mark.parametrize(
    ("count", "last", "names", "years"),
    [
        (10, "January 2019", "Apr May Jun Jul Aug Sep Oct Nov Dec Jan", "2018/19"),
        (22, "January 2019", "Apr Jun Aug Oct Dec Feb Apr Jun Aug Oct Dec", "2017/18 2018/19"),
        # two months of the year before: its name would run into the next
        (24, "January 2019", "Feb Apr Jun Aug Oct Dec Feb Apr Jun Aug Oct Dec", "2017/18 2018/19"),
        (60, "January 2019", "Apr Oct Apr Oct Apr Oct Apr Oct Apr Oct",
         "2014/15 2015/16 2016/17 2017/18 2018/19"),
        (7, "Q3 2018/19", "Q1 Q2 Q3 Q4 Q1 Q2 Q3", "2017/18 2018/19"),
        (3, "H1 2018/19", "H1 H2 H1", "2017/18 2018/19"),
        (3, "2018/19", "2016/17 2017/18 2018/19", None),
        (14, "2018/19", "2005/06 2007/08 2009/10 2011/12 2013/14 2015/16 2017/18", None),
    ],
)  # fmt: skip
def test_periods_are_named_below(count: int, last: str, names: str, years: str | None) -> None:
    found = axis_of(rows(with_past(wobbling(count), last=last)))
    assert [" ".join(line.split()) for line in found] == [names, *[years] * bool(years)]


@pytest.mark.parametrize("width", [10, 25, 40, 60, 80, 100])
@pytest.mark.parametrize("count", [2, 5, 22, 60])
@pytest.mark.parametrize("last", ["January 2019", "Q3 2018/19", "2018/19"])
def test_names_below_never_run_together(count: int, width: int, last: str) -> None:
    axis = axis_of(rows(with_past(wobbling(count), last=last), width=width))
    assert axis
    for word in " ".join(axis).split():
        assert re.fullmatch(r"[A-Z][a-z]{2}|Q\d|\d{4}/\d\d", word), axis


# Sizes


@pytest.mark.parametrize("width", [20, 39, 60, 79, 99])
@pytest.mark.parametrize("height", [6, 14])
def test_it_is_as_large_as_asked(southend: Report, width: int, height: int) -> None:
    lines = rows(only(southend, "CP 4.8"), width, height)
    assert len(grid(lines)) == height
    assert max(cell_len(line) for line in lines[: height + 1]) <= max(width, 20)


def test_where_names_have_no_room_they_stand_below() -> None:
    report = with_past(
        [f"£{1_200_000 + step * 977}.00" for step in (0, 9, 3, 8, 1, 7, 2, 9, 4, 6, 0, 5)],
        targets="£1,300,000.00",
    )
    lines = rows(report, width=39)
    assert names_of(lines) == []
    assert lines[-1].startswith("Lines from the top: target £1,300,000.00, upper limit £12")
    assert len(grid(lines)[0]) >= 20


# Whether there is one


@pytest.mark.parametrize(
    ("values", "is_there"),
    [
        (["95"], False),
        ([None], False),
        (["94", None], False),
        (["94", "95"], True),
        (["94", None, "95"], True),
        (["94%", "95"], False),  # no common axis
        (["£94", "95"], False),
    ],
)
def test_a_plot_takes_two_values_of_one_unit(values: list[str | None], is_there: bool) -> None:
    assert plotted(insight_of(with_past(values))) is is_there
