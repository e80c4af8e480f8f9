"""What stands beside workbooks and explains them: which profile and which definitions count."""

import csv
import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from kpi_cli.batch.results import attempt, results
from kpi_cli.batch.task import WORK, Status, Task, Wanted
from kpi_cli.batch.workers import Processes
from kpi_cli.clock import time_now
from kpi_cli.commands.beside import Beside, find_profile
from kpi_cli.commands.options import Opening
from kpi_cli.reading.definitions import read_definitions
from kpi_cli.reading.profile import Given, read_profile
from tests.builders import save_workbook
from tests.running import kpi, kpi_program

ROWS = [
    ("Ref", "Indicator", "Target", "Our result", "Comment"),
    ("CP 1", "Visits", 90, 95, "x"),
    ("CP 2", "Crime", 10, 12, "y"),
]
PROFILE = 'period = "Q3 2018/19"\npolarity = "{}"\n[headings]\n"Our result" = "value"\n'
MAXIMISE, MINIMISE = PROFILE.format("maximise"), PROFILE.format("minimise")
UP, DOWN = ["on_course", "on_course"], ["slippage", "at_risk"]
BAD = "headings = 3\n"


def save(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return save_workbook(path, KPIs=ROWS)


def save_profile(folder: Path, text: str = MAXIMISE) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "kpi.toml"
    path.write_text(text)
    return path


def save_definitions(path: Path, *polarities: str) -> Path:
    rows = [("Code", "Polarity"), *zip(("CP 1", "CP 2"), polarities, strict=True)]
    return save_workbook(path, All=rows)


def reports(*arguments: object) -> Any:
    run = kpi("rate", *arguments, "--format", "json")
    assert run.exit_code in (0, 1), run.stderr
    told = json.loads(run.stdout)
    return told if isinstance(told, list) else [told]


def outcomes(report: Any) -> list[str]:
    return [rating["expected_outcome"] for rating in report["ratings"]]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "kpis.xlsx")


def test_the_profile_beside_a_workbook_is_used_and_told(book: Path) -> None:
    without = kpi("rate", book)
    assert without.exit_code in (1, 3)
    save_profile(book.parent)
    run = kpi("rate", book)
    assert run.exit_code == 0
    shown = " ".join(run.stdout.split())
    assert "Q3 2018/19, from kpi.toml; polarity from kpi.toml for 2; with kpi.toml" in shown
    (report,) = reports(book)
    assert len(outcomes(report)) == 2
    (read_as,) = report["read_as"]
    assert read_as["profile"] == "kpi.toml"
    assert (read_as["period"], read_as["period_from"]) == ("Q3 2018/19", "kpi.toml")
    assert read_as["polarity_from"] == {"kpi.toml": 2}
    assert read_as["how"]["value"] == "profile"
    assert "Profile      kpi.toml\n" in kpi("check", book).stdout


def test_a_profile_above_a_workbook_is_not_its_own(tmp_path: Path) -> None:
    save_profile(tmp_path)
    assert kpi("rate", save(tmp_path / "in" / "kpis.xlsx")).exit_code in (1, 3)


def test_a_profile_that_is_given_goes_before_and_none_counts_if_so_asked(
    book: Path, tmp_path: Path
) -> None:
    save_profile(tmp_path, MINIMISE)
    other = save_profile(tmp_path / "other").rename(tmp_path / "other" / "ours.toml")
    (report,) = reports(book, "--profile", other)
    assert report["read_as"][0]["profile"] == "ours.toml"
    assert report["read_as"][0]["polarity_from"] == {"ours.toml": 2}
    assert outcomes(report) != outcomes(reports(book)[0])
    assert kpi("rate", book, "--no-profile").exit_code in (1, 3)
    save_profile(tmp_path, BAD)  # which nobody asks for
    assert reports(book, "--profile", other) == [report]


def test_several_workbooks_have_each_the_profile_beside_it(tmp_path: Path) -> None:
    books = [save(tmp_path / name / f"{name}.xlsx") for name in ("up", "down")]
    for path, text in zip(books, (MAXIMISE, MINIMISE), strict=True):
        save_profile(path.parent, text)
    both = reports(*books)
    assert outcomes(both[0]) != outcomes(both[1])
    assert both == [*reports(books[0]), *reports(books[1])]


def test_options_go_before_the_profile(book: Path) -> None:
    save_profile(book.parent)
    (report,) = reports(book, "--polarity", "minimise", "--period", "Q2 2018/19")
    (read_as,) = report["read_as"]
    assert read_as["polarity_from"] == {"--polarity": 2}
    assert (read_as["period"], read_as["period_from"]) == ("Q2 2018/19", "--period")


def test_definitions_that_are_given_go_before_those_of_the_profile(
    book: Path, tmp_path: Path
) -> None:
    text = PROFILE.format("maximise").replace('polarity = "maximise"', 'definitions = "d/own.xlsx"')
    save_profile(tmp_path, text)
    (tmp_path / "d").mkdir()
    save_definitions(tmp_path / "d" / "own.xlsx", "Maximise", "Minimise")
    other = save_definitions(tmp_path / "other.xlsx", "Minimise", "Maximise")
    (own,) = reports(book)
    assert own["read_as"][0]["definitions"] == "own.xlsx"
    (asked,) = reports(book, "--definitions", other)
    assert asked["read_as"][0]["definitions"] == "other.xlsx"
    assert outcomes(own) != outcomes(asked)
    assert "polarity from own.xlsx for 2" in " ".join(kpi("rate", book).stdout.split())
    # That of the profile need not be there, then.
    (tmp_path / "d" / "own.xlsx").unlink()
    assert reports(book, "--definitions", other) == [asked]
    run = kpi("rate", book)
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr == (
        f"{book}: the definitions {tmp_path / 'd' / 'own.xlsx'}: there is no such file; check the"
        " path\n"
    )


def test_definitions_that_are_no_workbook_are_named(book: Path, tmp_path: Path) -> None:
    text = tmp_path / "definitions.csv"
    text.write_text("Code,Polarity\n")
    run = kpi("rate", book, "--definitions", text)
    assert (run.exit_code, run.stdout) == (3, "")
    assert run.stderr.startswith(f"{book}: the definitions definitions.csv: it is a file of text")


def test_a_bad_profile_is_a_line_for_each_workbook_beside_it(tmp_path: Path) -> None:
    good = save(tmp_path / "good" / "good.xlsx")
    save_profile(good.parent)
    bad = save(tmp_path / "bad" / "kpis.xlsx")
    profile = save_profile(bad.parent, BAD)
    run = kpi("rate", bad, good)
    assert run.exit_code == 3
    assert run.stdout == kpi("rate", good).stdout
    assert run.stderr == (
        f"{bad}: the profile {profile}: headings: 3 is no table; write a line [headings], and below"
        " it what it says\n"
    )


def test_each_file_is_read_once(tmp_path: Path) -> None:
    save_profile(tmp_path, f'definitions = "all.xlsx"\n{MAXIMISE}')
    definitions = save_definitions(tmp_path / "all.xlsx", "Maximise", "Minimise")
    beside = Beside(Opening())
    first = beside.of(tmp_path / "a.xlsx")
    definitions.unlink()
    (tmp_path / "kpi.toml").write_text(BAD)
    assert beside.of(tmp_path / "b.xlsx") == first


def test_a_folder_that_may_not_be_looked_into_has_no_profile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_file", refused)
    assert find_profile(tmp_path / "x.xlsx") is None
    assert find_profile(tmp_path / ("x" * 5000) / "x.xlsx") is None


@pytest.mark.parametrize(
    ("profiles", "workbook", "top", "found"),
    [
        (["."], "x.xlsx", ".", "."),
        (["."], "a/b/x.xlsx", ".", "."),
        ([".", "a"], "a/b/x.xlsx", ".", "a"),
        ([".", "a", "a/b"], "a/b/x.xlsx", ".", "a/b"),
        ([".", "c"], "a/b/x.xlsx", "a", None),
        (["a"], "a/b/x.xlsx", "a", "a"),
        (["a"], "a/b/x.xlsx", "a/b", None),
        (["a"], "a/b/x.xlsx", None, None),
        (["a"], "a/../a/b/x.xlsx", "a/../a", "a/../a"),
        (["a"], "c/x.xlsx", "a", None),
    ],
)
def test_the_nearest_profile_counts_up_to_the_folder_given(
    profiles: list[str], workbook: str, top: str | None, found: str | None, tmp_path: Path
) -> None:
    for folder in profiles:
        save_profile(tmp_path / folder)
    (tmp_path / "a" / "b").mkdir(parents=True, exist_ok=True)
    (tmp_path / "a" / "b" / "kpi.toml.d").mkdir()
    path = find_profile(tmp_path / workbook, tmp_path / top if top else None)
    assert path == (tmp_path / found / "kpi.toml" if found is not None else None)


def test_a_folder_of_that_name_is_no_profile(tmp_path: Path) -> None:
    (tmp_path / "kpi.toml").mkdir()
    assert find_profile(tmp_path / "x.xlsx") is None


# The batch -------------------------------------------------------------------------------------


def batch(folder: Path, *more: object) -> tuple[int, dict[str, dict[str, str]]]:
    """Run a batch over a folder; return its exit code, and the summary by the workbook's name."""
    out = folder.parent / "out"
    run = kpi("batch", folder, "-o", out, *more)
    with (out / "summary.csv").open(encoding="utf-8-sig", newline="") as file:
        return run.exit_code, {line["workbook"]: line for line in csv.DictReader(file)}


@pytest.fixture
def returns(tmp_path: Path) -> Path:
    """Return a folder with workbooks at several depths."""
    folder = tmp_path / "returns"
    for name in ("top.xlsx", "a/one.xlsx", "a/deep/two.xlsx", "b/three.xlsx"):
        save(folder / name)
    return folder


def rated(summary: dict[str, dict[str, str]]) -> dict[str, int]:
    """Return how many indicators of each workbook are on course; -1 where it failed."""
    return {
        name: int(line["on_course"]) if line["status"] != "failed" else -1
        for name, line in summary.items()
    }


ALL = ("a/deep/two.xlsx", "a/one.xlsx", "b/three.xlsx", "top.xlsx")


@pytest.mark.parametrize("jobs", [1, 2])
def test_one_profile_explains_all_workbooks_below_it(returns: Path, jobs: int) -> None:
    save_profile(returns)
    exit_code, summary = batch(returns, "--jobs", jobs)
    assert exit_code == 0
    assert rated(summary) == dict.fromkeys(ALL, 2)


def test_the_nearest_profile_wins(returns: Path) -> None:
    save_profile(returns)
    save_profile(returns / "a", MINIMISE)
    _, summary = batch(returns, "--jobs", 1)
    assert rated(summary) == {**dict.fromkeys(ALL, 2), "a/deep/two.xlsx": 0, "a/one.xlsx": 0}


def test_a_profile_above_the_folder_is_not_looked_at(returns: Path) -> None:
    save_profile(returns.parent, BAD)
    save_profile(returns)
    assert batch(returns, "--jobs", 1)[0] == 0
    (returns / "kpi.toml").unlink()
    _, summary = batch(returns, "--jobs", 1, "--force")
    assert not any("profile " in line["message"] for line in summary.values())
    assert set(rated(summary).values()) <= {0, -1}


def test_a_bad_profile_fails_the_workbooks_below_it_alone(returns: Path) -> None:
    save_profile(returns)
    bad = save_profile(returns / "a", BAD)
    run = kpi("batch", returns, "-o", returns.parent / "out", "--jobs", 1)
    assert run.exit_code == 1
    assert run.stderr.splitlines() == [
        f"{returns / name}: the profile {bad}: headings: 3 is no table; write a line [headings],"
        " and below it what it says"
        for name in ALL[:2]
    ]
    bad.write_text(MAXIMISE)
    exit_code, summary = batch(returns, "--resume", "--jobs", 1)
    assert exit_code == 0
    assert rated(summary) == dict.fromkeys(ALL, 2)


def unchanged(folder: Path, *more: object) -> int:
    run = kpi("batch", folder, "-o", folder.parent / "out", "--resume", "--jobs", 1, *more)
    told = [line for line in run.stdout.splitlines() if "unchanged" in line]
    return int(told[0].split()[-1]) if told else 0


def test_what_is_explained_otherwise_is_done_again(returns: Path) -> None:
    save_profile(returns, f'definitions = "../all.xlsx"\n{MAXIMISE}')
    definitions = save_definitions(returns.parent / "all.xlsx", "Maximise", "Maximise")
    save_profile(returns / "b")
    batch(returns, "--jobs", 1)
    assert unchanged(returns) == 4
    save_profile(returns / "b", MINIMISE)
    assert unchanged(returns) == 3
    save_definitions(definitions, "Minimise", "Minimise")
    assert unchanged(returns) == 1
    assert unchanged(returns) == 4
    save_profile(returns / "a")
    assert unchanged(returns) == 2
    assert unchanged(returns, "--no-profile") == 0


def test_a_comment_in_a_profile_changes_nothing(returns: Path) -> None:
    path = save_profile(returns)
    batch(returns, "--jobs", 1)
    path.write_text(f"# why\n{MAXIMISE}")
    assert unchanged(returns) == 4


def test_definitions_for_all_are_read_once_and_go_to_each(returns: Path) -> None:
    save_profile(returns, MAXIMISE.replace('polarity = "maximise"\n', ""))
    definitions = save_definitions(returns.parent / "all.xlsx", "Maximise", "Maximise")
    exit_code, summary = batch(returns, "--jobs", 2, "--definitions", definitions)
    assert exit_code == 0
    assert rated(summary) == dict.fromkeys(ALL, 2)
    missing = returns.parent / "missing.xlsx"
    exit_code, summary = batch(returns, "--force", "--definitions", missing)
    assert exit_code == 3
    assert {line["message"] for line in summary.values()} == {
        f"the definitions {missing}: there is no such file; check the path"
    }


def test_workbooks_given_by_a_pattern_have_the_profile_that_it_starts_from(
    returns: Path, tmp_path: Path
) -> None:
    save_profile(returns)
    out = tmp_path / "results"
    run = kpi_program("batch", "returns/**/*.xlsx", "-o", out, "--jobs", 1, cwd=tmp_path)
    assert (run.returncode, run.stderr) == (0, b"")


def test_a_task_travels_with_what_explains_it(book: Path, tmp_path: Path) -> None:
    text = f'definitions = "all.xlsx"\n{MAXIMISE}[settings]\nat_the_limit = "Red"\n'
    given = Given(read_profile(save_profile(tmp_path, text)))
    definitions = read_definitions(save_definitions(tmp_path / "all.xlsx", "Maximise", "Maximise"))
    (tmp_path / "all.xlsx").unlink()  # a worker has no file
    task = Task("x", book.read_bytes(), Wanted(made=time_now()), given, definitions)
    assert pickle.loads(pickle.dumps(task)) == task
    here = attempt(WORK, task).row
    assert (here.status, here.counts["on_course"]) == (Status.RATED, 2)
    place = Processes(2, WORK)
    done = [result.row for _, result in results(enumerate([task] * 3), place)]
    assert [(row.status, row.counts) for row in done] == [(here.status, here.counts)] * 3


def test_a_profile_that_can_not_be_looked_for_is_not_left_out_in_silence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> bool:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "is_file", fail)
    assert find_profile(tmp_path / "x.xlsx") == tmp_path / "kpi.toml"
