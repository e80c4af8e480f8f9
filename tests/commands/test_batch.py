"""`kpi batch`: what it writes and says, and that it can be stopped, killed and resumed."""

import csv
import io
import json
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kpi_cli.batch.task import Result, Task
from kpi_cli.batch.work import work
from tests.batch.folders import EPOCH, content, files, names, save
from tests.batch.programs import (
    Program,
    gone,
    interrupt,
    kill,
    posix_only,
    started,
    terminate,
    wait_until,
)
from tests.builders import save_workbook
from tests.running import (
    MISTAKES,
    SAMPLES,
    SOUTHEND,
    command,
    environment,
    expected,
    kpi,
    kpi_in_terminal,
    kpi_program,
)
from tests.test_cli import examples_of, help_of, options_of

DAMAGED = {
    "cut_short.xlsx": "it is damaged, or not a workbook; open it in Excel, and save it again as"
    " .xlsx",
    "empty.xlsx": "the file is empty; save the workbook again",
    "old_format.xlsx": "it is in the format of Excel 97-2003; save it in Excel as"
    " .xlsx, without a password",
    "no_table.xlsx": "no sheet has a table of indicators, with headings such as Code, Indicator,"
    " Target and Actual (kpi map writes a profile in which to say what each heading means); the"
    " sheets found: Notes (Nothing, to see)",
    "text.xlsx": "it is a file of text, such as CSV; open it in Excel, and save it as .xlsx",
}


def damage(folder: Path) -> None:
    """Save five workbooks that are damaged in different ways."""
    (folder / "cut_short.xlsx").write_bytes(content()[:2000])
    (folder / "empty.xlsx").write_bytes(b"")
    (folder / "old_format.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500))
    save_workbook(folder / "no_table.xlsx", Notes=[("Nothing", "to see")])
    (folder / "text.xlsx").write_bytes(b"Code,Value\n")


def rows(folder: Path) -> list[dict[str, str]]:
    """Return the rows of a summary."""
    text = (folder / "summary.csv").read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def shown(text: str, folder: Path) -> str:
    """Return what was said, without the path of the folder of the test."""
    return text.replace(str(folder), "…")


@pytest.fixture
def council(tmp_path: Path) -> Path:
    """Return a folder with the samples, a damaged workbook, and what is no workbook."""
    folder = save(tmp_path / "in", ["Housing/January.xlsx", "Social Care/January.xlsx"])
    for book in (SOUTHEND, MISTAKES):
        shutil.copy(book, folder)
    (folder / "=damaged.xlsx").write_bytes(b"Code,Value\n")
    for name in ("~$southend_january_2019.xlsx", "notes.txt", "Housing/old.xls"):
        (folder / name).touch()
    return folder


@pytest.mark.parametrize("jobs", [["--jobs", "1"], []])
def test_everything_that_a_batch_writes_and_says(council: Path, jobs: list[str]) -> None:
    folder = council.parent
    arguments = ["batch", "in", "missing.xlsx", "*.xlsm", "--output", "out", *jobs]
    run = kpi_program(
        *arguments, "--make", "ratings,exceptions", cwd=folder, env=EPOCH | {"COLUMNS": "120"}
    )
    assert run.returncode == 1
    summary = (folder / "out" / "summary.csv").read_bytes().decode("utf-8-sig")
    assert summary == expected("batch_summary.csv", summary)
    out, err = run.stdout.decode(), run.stderr.decode()
    assert out == expected("batch.txt", out)
    assert err == expected("batch_stderr.txt", err)
    assert names(folder / "out") == [
        "exceptions/in/Housing/January.xlsx",
        "exceptions/in/Social Care/January.xlsx",
        "exceptions/in/southend_january_2019.xlsx",
        "ratings/in/Housing/January.json",
        "ratings/in/Social Care/January.json",
        "ratings/in/southend_january_2019.json",
        "ratings/in/with_mistakes.json",
        "ratings.jsonl",
        "summary.csv",
    ]


def test_what_is_made_is_what_the_other_commands_make(
    council: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH["SOURCE_DATE_EPOCH"])
    out = council.parent / "out"
    kpi("batch", council, "--output", out, "--make", "ratings,exceptions", "--keep-going")
    rated = kpi("rate", MISTAKES, "--format", "json").stdout
    assert (out / "ratings" / "with_mistakes.json").read_text("utf-8") == rated
    for book in (SOUTHEND, MISTAKES):
        kpi("exceptions", book, "-o", council.parent / book.name, "--keep-going")
        made = (out / "exceptions" / book.name).read_bytes()
        assert made == (council.parent / book.name).read_bytes()
    lines = (out / "ratings.jsonl").read_text("utf-8")
    ratings = [json.loads(line) for line in lines.splitlines()]
    order = ["Housing/January.xlsx", "Social Care/January.xlsx", SOUTHEND.name, MISTAKES.name]
    assert list(dict.fromkeys(rating["workbook"] for rating in ratings)) == order
    for book in (SOUTHEND, MISTAKES):
        assert kpi("rate", book, "--format", "jsonl").stdout in lines


def test_seconds_are_told_where_the_bytes_need_not_be_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    kpi("batch", SOUTHEND, "--output", tmp_path / "out")
    (row,) = rows(tmp_path / "out")
    assert 0 < float(row["seconds"]) < 60


@pytest.mark.parametrize("option", ["--output", "--out", "-o"])
def test_the_folder_has_a_longer_and_two_shorter_names(option: str, tmp_path: Path) -> None:
    assert kpi("batch", SOUTHEND, option, tmp_path / "out", "--jobs", "1").exit_code == 0
    assert (tmp_path / "out" / "summary.csv").exists()


def test_an_earlier_month_and_no_charts(tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = ["--month", "2018-10", "--no-charts", "--make", "exceptions", "--quiet"]
    run = kpi("batch", SOUTHEND, "--output", out, *options)
    assert (run.exit_code, run.stdout, run.stderr) == (0, "", "")
    assert names(out) == [f"exceptions/{SOUTHEND.name}", "ratings.jsonl", "summary.csv"]
    assert rows(out)[0]["report_month"] == "2018-10"
    rated = kpi("rate", SOUTHEND, "--month", "2018-10", "--format", "jsonl").stdout
    assert (out / "ratings.jsonl").read_text("utf-8") == rated
    assert b"xl/charts" not in (out / "exceptions" / SOUTHEND.name).read_bytes()


@pytest.mark.parametrize(
    ("books", "exit_code"),
    [
        (["good.xlsx"], 0),
        (["good.xlsx", "text.xlsx"], 1),
        (["good.xlsx", "errors.xlsx"], 1),
        (["errors.xlsx"], 1),
        (["errors.xlsx", "text.xlsx"], 1),
        (["text.xlsx", "missing.xlsx"], 3),
        (["*.xlsm"], 3),
    ],
)
def test_the_exit_code_says_whether_all_were_well(
    books: list[str], exit_code: int, tmp_path: Path
) -> None:
    save(tmp_path, ["good.xlsx"])
    save(tmp_path, ["errors.xlsx"], value="about 5")
    damage(tmp_path)
    paths = [tmp_path / book for book in books]
    run = kpi("batch", *paths, "--output", tmp_path / "out", "--quiet")
    assert (run.exit_code, run.stdout) == (exit_code, "")
    assert [row["status"] for row in rows(tmp_path / "out")] == [
        {"good.xlsx": "rated", "errors.xlsx": "errors"}.get(book, "failed") for book in books
    ]


def test_the_web_pages_are_those_of_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1549877400")
    out = tmp_path / "out"
    options = ["--spc", "--forecast"]
    run = kpi("batch", SOUTHEND, "--output", out, "--make", "report", "--quiet", *options)
    assert (run.exit_code, run.stderr) == (0, "")
    kpi("report", SOUTHEND, "--output", tmp_path / "alone.html", *options)
    made = out / "report" / f"{SOUTHEND.stem}.html"
    assert made.read_bytes() == (tmp_path / "alone.html").read_bytes()
    run = kpi("batch", SOUTHEND, "-o", tmp_path / "o", "--make", "report", "--month", "2010-10")
    assert "no web page; no indicator has a value for October 2010" in run.stderr


def test_a_month_that_a_workbook_has_not_is_no_exceptions_workbook(tmp_path: Path) -> None:
    run = kpi(
        "batch", SOUTHEND, "-o", tmp_path / "out", "--make", "exceptions", "--month", "2010-10"
    )
    assert run.exit_code == 1
    assert run.stderr == (
        f"{SOUTHEND}: no exceptions workbook; no indicator has a value for October 2010\n"
    )


def test_debug_shows_why_a_workbook_failed(tmp_path: Path) -> None:
    damage(tmp_path)
    run = kpi("batch", tmp_path / "text.xlsx", "--output", tmp_path / "out", "--debug")
    assert run.stderr.startswith("Traceback (most recent call last):\n")
    assert run.stderr.endswith(f"\n{tmp_path / 'text.xlsx'}: {DAMAGED['text.xlsx']}\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Missing argument 'PATH'."),
        (["x.xlsx"], "Missing option '--output' / '--out' / '-o'."),
        (["x.xlsx", "--output", "o", "--jobs", "0"], "Invalid value for '--jobs'"),
        (
            ["x.xlsx", "--output", "o", "--make", "ratings,pdf"],
            '"pdf" can\'t be made; write one or several of ratings,exceptions,report',
        ),
        (["x.xlsx", "--output", "o", "--resume", "--force"], "it is the opposite of --force"),
        (["x.xlsx", "--output", "o", "--no-charts"], "it goes with --make exceptions"),
        (["x.xlsx", "--output", "o", "--keep-going"], "it goes with --make exceptions"),
        (["x.xlsx", "--output", "o", "--spc"], "it goes with --make exceptions"),
        (["x.xlsx", "--output", "o", "--forecast"], "it goes with --make exceptions"),
        (
            ["x.xlsx", "--output", "o", "--jobs", "2", "--scheduler", "tcp://h:8786"],
            "the cluster has its own number of workers; give one or the other",
        ),
        (["x.xlsx", "--output", "o", "--scheduler", "host"], '"host" is no address; write it like'),
        (["x.xlsx", "--output", "o", "--scheduler", "::"], '"::" is no address; write it like'),
        (["x.xlsx", "--output", "o", "--month", "Octember"], '"Octember" is no month'),
    ],
)
def test_wrong_usage(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = kpi("batch", *arguments)
    assert (run.exit_code, run.stdout) == (2, "")
    assert said in run.stderr.splitlines()[-1]
    assert list(tmp_path.iterdir()) == []


def test_300_workbooks_of_which_5_are_damaged(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    for number in range(295):
        save(folder, [f"{number % 7}/{number}.xlsx"], value=80 + number % 15)
    damage(folder)
    run = kpi_program("batch", "in", "--output", "out", cwd=tmp_path)
    assert run.returncode == 1
    said = dict(line.split(": ", 1) for line in run.stderr.decode().splitlines())
    assert said == {str(Path("in", name)): why for name, why in DAMAGED.items()}
    assert len([name for name in names(tmp_path / "out") if name.startswith("ratings/")]) == 295
    found = rows(tmp_path / "out")
    statuses = [row["status"] for row in found]
    assert (statuses.count("rated"), statuses.count("failed"), len(found)) == (295, 5, 300)
    lines = (tmp_path / "out" / "ratings.jsonl").read_text("utf-8").splitlines()
    rated = [row["workbook"] for row in found if row["status"] == "rated"]
    assert [json.loads(line)["workbook"] for line in lines] == rated
    assert rated[:3] == ["0/0.xlsx", "0/7.xlsx", "0/14.xlsx"]


def test_of_files_that_are_too_long_or_too_large_each_has_failed_alone(tmp_path: Path) -> None:
    longest, longer = f"{'n' * 250}.xlsx", f"{'n' * 250}.xlsm"
    save(tmp_path / "in", ["1.xlsx", longest, longer])
    with (tmp_path / "in" / "large.xlsx").open("wb") as large:
        large.write(b"PK")
        large.truncate(1 << 40)
    with (tmp_path / "in" / "video.xlsx").open("wb") as video:
        video.write(b"\0")
        video.truncate(1 << 40)
    run = kpi("batch", tmp_path / "in", "--output", tmp_path / "out", "--jobs", "1", "--quiet")
    assert run.exit_code == 4
    assert shown(run.stderr, tmp_path) == (
        "…/in/large.xlsx: it is larger than the 512 MiB that are allowed; if it is known to be"
        " good, add --max-size\n"
        f"…/in/{longer}: …/out/ratings/{longer}.json can't be written: File name too long\n"
        "…/in/video.xlsx: it is not an Excel workbook; save it in Excel as .xlsx\n"
    )
    assert {row["workbook"] for row in rows(tmp_path / "out") if row["status"] == "rated"} == {
        "1.xlsx", longest,
    }  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("redirected", ["2>/dev/full", "2>&-"])
def test_what_can_not_be_said_stops_nothing(redirected: str, tmp_path: Path) -> None:
    save(tmp_path / "in", ["2.xlsx"])
    (tmp_path / "in" / "1.xlsx").touch()
    line = shlex.join(command("batch", "in", "--output", "out", "--jobs", "1", "--debug"))
    run = subprocess.run(
        ["sh", "-c", f"{line} {redirected}"],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        timeout=60,
    )
    assert run.returncode == 1
    assert run.stdout.startswith(b"Workbooks")
    assert [row["status"] for row in rows(tmp_path / "out")] == ["failed", "rated"]


# Again, stopped and resumed


def kills_one(task: Task) -> Result:
    """Rate a workbook; the worker that gets the second dies."""
    if task.name == "2.xlsx":
        os._exit(9)
    return work(task)


def test_a_worker_that_dies_costs_its_workbook_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kpi_cli.commands.batch.WORK", f"{__name__}:kills_one")
    folder = save(tmp_path / "in", [f"{n}.xlsx" for n in range(1, 8)])
    run = kpi("batch", folder, "--output", tmp_path / "out", "--jobs", "2", "--quiet")
    assert run.exit_code == 1
    assert shown(run.stderr, tmp_path) == (
        "…/in/2.xlsx: the worker died while rating it; it may be too large for the memory there\n"
    )
    assert [row["status"] == "rated" for row in rows(tmp_path / "out")] == [
        name != 2 for name in range(1, 8)
    ]


def counts_of(stdout: str) -> dict[str, str]:
    """Return the closing table."""
    lines = [line.rsplit("  ", 1) for line in stdout.splitlines()[:-1]]
    return {label.strip(): number.strip() for label, number in lines}


def test_only_what_has_changed_is_done_again(tmp_path: Path) -> None:
    out = tmp_path / "out"
    folder = save(tmp_path / "in", ["1.xlsx", "2.xlsx", "3.xlsx", "4.xlsx"])
    damage(folder)
    arguments = ["batch", folder, "--output", out, "--jobs", "1"]
    kpi(*arguments)
    before = {path: path.stat().st_mtime_ns for path in (out / "ratings").iterdir()}
    save(folder, ["2.xlsx"], value=80)
    save(folder, ["empty.xlsx", "5.xlsx"])
    (folder / "3.xlsx").unlink()
    (folder / "4.xlsx").write_bytes(b"")
    run = kpi(*arguments, "--resume")
    counts = counts_of(run.stdout)
    assert counts["Workbooks"] == "9"
    assert counts["of all these, unchanged and not done again"] == "1"
    assert counts["Left from earlier: workbooks that are not in this batch"] == "1"
    made = {path.name: path.stat().st_mtime_ns for path in (out / "ratings").iterdir()}
    assert sorted(made) == ["1.json", "2.json", "3.json", "5.json", "empty.json"]
    assert [path.name for path in before if made.get(path.name) == before[path]] == [
        path.name for path in before if path.name in ("1.json", "3.json")
    ]
    fresh = tmp_path / "fresh"
    kpi("batch", folder, "--output", fresh, "--jobs", "1")
    seconds = [row.pop("seconds") for row in rows(out)]
    assert len(seconds) == 9
    assert (out / "ratings.jsonl").read_bytes() == (fresh / "ratings.jsonl").read_bytes()


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "options", [["--month", "2018-10"], ["--make", "exceptions"], ["--make", "ratings,exceptions"]]
)
def test_other_settings_do_all_again(options: list[str], tmp_path: Path) -> None:
    arguments = ["batch", SOUTHEND, "--output", tmp_path / "out", "--resume"]
    kpi(*arguments)
    assert "unchanged" in kpi(*arguments).stdout
    assert "unchanged" not in kpi(*arguments, *options).stdout
    assert "unchanged" in kpi(*arguments, *options).stdout
    fresh = tmp_path / "fresh"
    kpi("batch", SOUTHEND, "--output", fresh, *options)
    assert names(tmp_path / "out") == names(fresh)


@pytest.mark.no_cover
@pytest.mark.parametrize("option", ["--spc", "--forecast"])
def test_what_was_made_without_an_option_is_made_anew_with_it(
    option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1550831460")
    arguments = ["batch", SOUTHEND, "--output", tmp_path / "out", "--make", "exceptions"]
    kpi(*arguments)
    assert "unchanged" in kpi(*arguments, "--resume").stdout
    assert "unchanged" not in kpi(*arguments, "--resume", option).stdout
    kpi("exceptions", SOUTHEND, "--output", tmp_path / "alone.xlsx", option)
    made = tmp_path / "out" / "exceptions" / SOUTHEND.name
    assert made.read_bytes() == (tmp_path / "alone.xlsx").read_bytes()


def test_results_are_replaced_only_by_a_word(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = ["batch", SOUTHEND, "--output", out]
    kpi(*arguments)
    before = files(out)
    run = kpi(*arguments)
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == (
        f"kpi: {out} has the results of an earlier batch; add --resume to do only what has changed"
        " since, or --force to do it all again\n"
    )
    assert files(out) == before
    run = kpi(*arguments, "--force")
    assert run.exit_code == 0
    assert "unchanged" not in run.stdout


def test_an_output_that_is_open_in_excel_fails_alone(tmp_path: Path) -> None:
    folder, out = save(tmp_path / "in", ["1.xlsx", "2.xlsx"]), tmp_path / "out"
    arguments = ["batch", folder, "--output", out, "--make", "exceptions", "--quiet"]
    kpi(*arguments)
    (out / "exceptions" / "~$1.xlsx").touch()
    run = kpi(*arguments, "--force")
    assert run.exit_code == 4
    assert shown(run.stderr, tmp_path) == (
        "…/in/1.xlsx: …/out/exceptions/1.xlsx is open in Excel; close it there first (if it isn't,"
        " delete ~$1.xlsx)\n"
    )
    assert [row["status"] for row in rows(out)] == ["failed", "rated"]


STUCK = """
import sys, time
from pathlib import Path
import kpi_cli.commands.batch as batch
from kpi_cli.__main__ import main

read = batch.content_of

def content_of(path, max_size):
    if path.name == "10.xlsx":
        Path("stuck").touch()
        time.sleep(60)
    return read(path, max_size)

batch.content_of = content_of
main()
"""


@contextmanager
def stuck(folder: Path, *options: str) -> Iterator[Program]:
    """Give a batch that has done some workbooks, and waits for one that takes for ever to read."""
    arguments = ["batch", "in", "--output", "out", "--make", "ratings,exceptions", *options]
    mark = folder / "stuck"
    with started([sys.executable, "-c", STUCK, *arguments], folder) as program:
        assert wait_until(mark.exists)
        yield program
    mark.unlink()


INTERRUPTED = "kpi: interrupted after {done} of 15 workbooks; run again with --resume to go on\n"


@cache
def never_stopped(jobs: str) -> dict[str, bytes]:
    """Return what a batch of fifteen workbooks makes that nobody stops."""
    with TemporaryDirectory() as name:
        folder = save(Path(name), [f"in/{number}.xlsx" for number in range(15)])
        arguments = ["in", "--make", "ratings,exceptions", "--jobs", jobs, "--output", "out"]
        kpi_program("batch", *arguments, cwd=folder, env=EPOCH)
        return files(folder / "out")


@posix_only
@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize(
    ("stop", "exit_code", "said"),
    [
        (interrupt, 130, INTERRUPTED),
        (terminate, 130, INTERRUPTED),
        (kill, -signal.SIGKILL, None),
    ],
)
def test_stopped_and_resumed_it_is_as_if_it_had_not_been_stopped(
    stop: Callable[[Program], None],
    exit_code: int,
    said: str | None,
    jobs: str,
    tmp_path: Path,
) -> None:
    save(tmp_path, [f"in/{number}.xlsx" for number in range(15)])
    out = tmp_path / "out"
    with stuck(tmp_path, "--jobs", jobs) as program:
        stop(program)
        stdout, stderr = program.communicate(timeout=60)
        assert gone(program)
    done = len(list((out / "ratings").glob("*.json")))
    assert 5 < done < 15
    assert (program.returncode, stdout) == (exit_code, b"")
    if said:  # of one that is killed, only Python itself may say that it left something behind
        assert stderr.decode() == said.format(done=done)
    assert b"Traceback" not in stderr
    assert [name for name in files(out) if name.endswith((".part", ".csv", ".jsonl"))] == []
    (out / ".kpi-left.part").touch()
    (out / "ratings" / ".kpi-left.part").touch()

    arguments = ["batch", "in", "--make", "ratings,exceptions", "--jobs", jobs]
    run = kpi_program(*arguments, "--output", "out", "--resume", cwd=tmp_path, env=EPOCH)
    assert run.returncode == 0
    unchanged = counts_of(run.stdout.decode())["of all these, unchanged and not done again"]
    assert int(unchanged) == done
    assert files(out) == never_stopped(jobs)


@posix_only
def test_the_same_batch_twice_at_once_is_refused(tmp_path: Path) -> None:
    save(tmp_path, [f"in/{number}.xlsx" for number in range(15)])
    with stuck(tmp_path) as program:
        again = kpi_program("batch", "in/1.xlsx", "--output", "out", "--resume", cwd=tmp_path)
        program.kill()
        program.communicate(timeout=60)
    assert (again.returncode, again.stdout, again.stderr) == (
        4,
        b"",
        b"kpi: another kpi batch is writing into out; wait for its end, or give another folder\n",
    )


@posix_only
def test_a_busy_batch_is_stopped_at_once_and_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for number in range(200):
        shutil.copy(SOUTHEND, tmp_path / "in" / f"{number}.xlsx")
    with started(
        command("batch", "in", "--out", "out", "--make", "ratings,exceptions"), tmp_path
    ) as program:
        assert wait_until(lambda: any((tmp_path / "out").glob("*/*.gz")))
        interrupt(program)
        stdout, stderr = program.communicate(timeout=60)
        assert gone(program)
    assert (program.returncode, stdout) == (130, b"")
    (line,) = stderr.decode().splitlines()
    assert line.startswith("kpi: interrupted after ")
    assert list((tmp_path / "out").rglob("*.part")) == []


# In the terminal


def test_a_terminal_has_a_bar_while_it_lasts(tmp_path: Path) -> None:
    folder = save(tmp_path / "in", ["1.xlsx", "2.xlsx"])
    (folder / "3.xlsx").write_bytes(b"")
    out = tmp_path / "out"
    screen = kpi_in_terminal("batch", folder, "--out", out, width=200)
    assert "━" in screen
    assert "3/3" in screen
    assert "1 failed" in screen
    assert f"{folder / '3.xlsx'}: the file is empty; save the workbook again\n" in screen
    quiet = kpi_in_terminal("batch", folder, "--output", out, "--force", "--quiet", width=200)
    assert quiet == f"{folder / '3.xlsx'}: the file is empty; save the workbook again\n"


def test_help_explains_every_option_and_its_examples_run(tmp_path: Path) -> None:
    shown_help = " ".join(help_of("batch").split())
    assert "--resume" in shown_help
    for option, told in options_of("batch").items():
        assert " ".join(told.split()) in shown_help, option
    block = help_of("batch").partition("Exit codes:\n")[2]
    assert [int(n) for n in re.findall(r"(?m)^ +(\d+)  ", block)] == [0, 1, 2, 3, 4]
    shutil.copytree(SAMPLES, tmp_path / "sample_workbooks")
    examples = examples_of("batch")
    assert len(examples) == 3
    for example in examples:
        run = kpi_program(*shlex.split(example)[1:], cwd=tmp_path)
        assert (run.returncode, run.stderr) == (0, b"")
        assert (tmp_path / "results" / "summary.csv").exists()
