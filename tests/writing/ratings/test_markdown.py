"""Markdown: a table for each aim, and nothing in a name that Markdown would take for its own."""

import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.addresses import Place
from kpi_cli.models import Direction, Outcome, Report, Settings, UnratedRow, Workbook
from kpi_cli.report import rate
from kpi_cli.writing.markdown_text import escaped
from kpi_cli.writing.ratings.markdown import write_markdown
from kpi_cli.writing.view import View
from tests.builders import indicator, period, reading, save_hostile_workbook
from tests.running import PUBLISHED, SOUTHEND, expected, kpi, kpi_program
from tests.writing.ratings.test_table import OBEYED


def as_markdown(*reports: Report, view: View = View()) -> str:  # noqa: B008
    stream = io.StringIO()
    write_markdown(reports, stream, view)
    return stream.getvalue()


def report_of(*indicators: object, **fields: object) -> Report:
    return rate(
        Workbook.model_validate({"name": "x.xlsx", "indicators": indicators, **fields}),
    )


def cells_of(line: str) -> list[str]:
    """Return the cells of a row of a table, as GitHub divides it: at pipes that aren't escaped."""
    assert line.startswith("| ")
    assert line.endswith(" |")
    return [cell[1:-1] for cell in re.findall(r"((?:\\.|[^|\\])+)", line)]


def test_the_real_report() -> None:
    text = kpi("rate", SOUTHEND, "--format", "markdown").stdout
    assert text == expected("report.md", text)


def test_the_published_ratings_beside_the_computed_ones_with_reasons() -> None:
    arguments = ("--aim", "clean", "--format", "markdown", "--explain", "--compare-published")
    text = kpi("rate", PUBLISHED, *arguments).stdout
    assert text == expected("clean_compared.md", text)


def test_a_file_has_what_the_screen_has(tmp_path: Path) -> None:
    path = tmp_path / "r.md"
    kpi("rate", SOUTHEND, "--format", "markdown", "--output", path)
    assert path.read_bytes() == kpi("rate", SOUTHEND, "--format", "markdown").stdout_bytes


HEADING = """\
| Code | Short name | Polarity | Value | Target | Annual target | Expected outcome |\
 Than last year |
| --- | --- | --- | ---: | ---: | ---: | --- | --- |
"""


def test_a_report_with_all_that_there_can_be() -> None:
    report = report_of(
        indicator(
            "85", "90", "90", aim="SAFE & sound", code="CP_1", short_name="Half|way *there*",
            published_outcome=Outcome.ON_COURSE, published_direction=Direction.BETTER,
        ),
        indicator(None, None, code="CP 2", no_value_text="TBC", period=period("November 2018")),
        history=(reading("CP_1", "January 2018", "95"),),
        settings=Settings(organisation="A_council", report_title="Title <b>"),
        unrated=(
            UnratedRow(code="CP_3", short_name=None, place=Place("S", 3, {"code": 1})),
            UnratedRow(code=None, short_name=None, place=Place("S", 4, {"code": 1})),
        ),
    )  # fmt: skip
    assert as_markdown(report, view=View(compare=True)) == (
        "# A\\_council\n"
        "\n"
        "Title \\<b\\> · January 2019\n"
        "\n"
        "x.xlsx\n"
        "\n"
        "## SAFE \\& sound\n"
        "\n"
        "At risk 1\n"
        "\n"
        f"{HEADING}"
        "| CP\\_1 | Half\\|way \\*there\\* | Maximise | 85 | 90 | 90 | ● At risk | ↓ Worse |\n"
        "\n"
        "## No aim given\n"
        "\n"
        "No value 1\n"
        "\n"
        f"{HEADING}"
        "| CP 2 | Visits made \\[Monthly Snapshot\\]"
        " *(November 2018, 2 months behind the report)* |"
        " Maximise | TBC | - | - | ○ No value | - |\n"
        "\n"
        "**2 indicators: At risk 1 · No value 1**\n"
        "\n"
        "Not rated, for errors in the workbook: 2 (CP\\_3, S!A4)\n"
        "\n"
        "## Compared with what was published\n"
        "\n"
        "- Expected outcome: 0 of 1 agree, 1 differs\n"
        "- Direction: 0 of 1 agree, 1 differs\n"
        "\n"
        "| Code | What | Published | Computed | Reason |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| CP\\_1 | expected outcome | On course to achieve target | At risk of missing target |"
        " 5 under the target of 90, more than the 4.5 (5% of the annual target) that counts as"
        " slippage |\n"
        "| CP\\_1 | direction | Better | Worse |"
        " 85, against 95 in January 2018; higher is better |\n"
    )


def test_a_value_with_a_mark_is_explained_with_it() -> None:
    report = report_of(
        indicator("78% (prov)", "75%"), history=(reading("CP 1.1", "January 2018", "70%*"),)
    )
    row = (
        "| 78% (prov) | 75% | - | ✔ On course | ↑ Better | 3 percentage points over the target"
        " of 75%, and higher is"
        ' better; value marked "prov"; Better: 78% (prov), against 70%\\* in January 2018; higher'
        " is better |"
    )
    assert row in as_markdown(report, view=View(explain=True))


def test_reports_stand_one_below_the_other() -> None:
    report = report_of(indicator())
    assert as_markdown(report, report) == f"{as_markdown(report)}\n{as_markdown(report)}"


def test_a_report_without_indicators_says_so() -> None:
    assert as_markdown(report_of()) == (
        "# Performance indicators\n\nx.xlsx\n\n**no indicator could be rated**\n"
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_an_encoding_without_icons_has_the_words(encoding: str) -> None:
    arguments = ("rate", SOUTHEND, "--aim", "safe", "--format", "markdown")
    run = kpi_program(*arguments, env={"PYTHONIOENCODING": encoding})
    text = run.stdout.decode(encoding).replace("\r\n", "\n")
    in_full = kpi(*arguments).stdout
    for icon in "●⚠✔↑↓":
        in_full = in_full.replace(f"{icon} ", "")
    assert text == (in_full.replace("·", "|") if encoding == "ascii" else in_full)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[red]x[/red]", r"\[red\]x\[/red\]"),
        ("a|b", r"a\|b"),
        ("<script>", r"\<script\>"),
        ("a & b &amp; c", r"a \& b \&amp; c"),
        ("*b* _i_ `c` ~s~", r"\*b\* \_i\_ \`c\` \~s\~"),
        ("# no heading", r"\# no heading"),
        ("back\\slash", r"back\\slash"),
        ("see https://a.b/c", r"see https\://a.b/c"),
        ("FTP://a.b and www.a.b", r"FTP\://a.b and www\.a.b"),
        ("MailTo:a@b.c, xmpp:a@b.c", r"MailTo\:a\@b.c, xmpp\:a\@b.c"),
        ("ask @team", r"ask \@team"),
        ("10:30, www and 1.95%: a/b", "10:30, www and 1.95%: a/b"),
        ("two\nlines\r\n  and\ttabs ", "two lines and tabs"),
    ],
)
def test_what_markdown_would_obey_is_escaped(text: str, shown: str) -> None:
    assert escaped(text) == shown


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(TEXTS, TEXTS)
def test_any_name_stays_in_its_cell(code: str, name: str) -> None:
    lines = as_markdown(report_of(indicator(code=code, short_name=name))).split("\n")
    rows = [cells_of(line) for line in lines if line.startswith("|")]
    assert [len(row) for row in rows] == [8, 8, 8]
    shown = [re.sub(r"\\(.)", r"\1", cell) for cell in rows[2][:2]]
    assert shown == [" ".join(text.split()) for text in (code, name)]


def test_hostile_text_is_shown_as_text(tmp_path: Path) -> None:
    run = kpi("rate", save_hostile_workbook(tmp_path), "--format", "markdown", "--explain")
    assert run.stdout == expected("hostile.md", run.stdout)
    assert OBEYED.findall(run.stdout) == []


def test_a_period_of_another_length_stands_with_the_name() -> None:
    when = ("Q3 2018/19", "Q3 2018/19", "December 2018", "2017/18", "Q1 2018/19")
    report = report_of(*(indicator(code=f"C {n}", period=period(w)) for n, w in enumerate(when)))
    names = [cells_of(text)[1] for text in as_markdown(report).splitlines() if "| C " in text]
    visits = r"Visits made \[Monthly Snapshot\]"
    assert names == [
        visits,
        visits,
        f"{visits} *(December 2018)*",
        f"{visits} *(2017/18)*",
        f"{visits} *(Q1 2018/19, 2 quarters behind the report)*",
    ]
