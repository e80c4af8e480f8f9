"""The output folder: what is known to be done, what is removed, and one batch at a time."""

import errno
import gzip
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kpi_cli.batch.sources import STATE, Source
from kpi_cli.batch.store import LINES, SUMMARY, Store
from kpi_cli.batch.task import Product, Result, Row, Status, failed
from kpi_cli.writing.files import OutputError
from tests.batch.folders import names
from tests.running import ROOT

BOOK = Source(Path("in/a/x.xlsx"), "a/x.xlsx", "a/x")
ROW = Row(
    Status.ERRORS,
    report_month="2019-01",
    counts={"at_risk": 1, "on_course": 2},
    not_rated=3,
    errors=4,
    warnings=5,
    products=("ratings", "exceptions", "report"),
    seconds=0.25,
)
FILES = {Product.RATINGS: b"{}", Product.EXCEPTIONS: b"PK", Product.REPORT: b"<p>"}
LINE = b'{"workbook": "a/x.xlsx"}\n'
MADE = Result(ROW, FILES, gzip.compress(LINE * 2))


def store(folder: Path, settings: str = "settings") -> Store:
    return Store(folder / "out", settings)


@pytest.fixture
def kept(tmp_path: Path) -> Store:
    """Return the store of a batch that did BOOK, whose content was "1"."""
    done = store(tmp_path)
    with done.opened(resume=False, force=False):
        done.keep(BOOK, "1", MADE)
        assert done.done(BOOK, "1") == ROW
    return done


def test_outputs_stand_as_the_inputs_do(kept: Store) -> None:
    assert names(kept.folder) == ["exceptions/a/x.xlsx", "ratings/a/x.json", "report/a/x.html"]
    assert kept.output(BOOK, Product.EXCEPTIONS).read_bytes() == b"PK"
    assert kept.lines(BOOK) == LINE * 2


def test_what_is_unchanged_is_done(kept: Store, tmp_path: Path) -> None:
    assert store(tmp_path).done(BOOK, "1") == ROW


@pytest.mark.parametrize(
    ("settings", "source", "content"),
    [
        ("other", BOOK, "1"),
        ("settings", BOOK, "2"),
        ("settings", Source(BOOK.path, BOOK.name, "x"), "1"),
    ],
)
def test_what_has_changed_is_not_done(
    kept: Store, settings: str, source: Source, content: str, tmp_path: Path
) -> None:
    assert store(tmp_path, settings).done(source, content) is None


@pytest.mark.parametrize("product", Product)
def test_an_output_that_is_gone_or_has_changed_is_not_done(kept: Store, product: Product) -> None:
    kept.output(BOOK, product).write_bytes(b"edited")
    assert kept.done(BOOK, "1") is None
    kept.output(BOOK, product).write_bytes(FILES[product])
    assert kept.done(BOOK, "1") == ROW
    kept.output(BOOK, product).unlink()
    assert kept.done(BOOK, "1") is None


def test_what_vouches_for_it_cut_short_vouches_for_nothing(kept: Store) -> None:
    (state,) = (kept.folder / STATE).glob("*.gz")
    content = state.read_bytes()
    for end in range(len(content)):
        state.write_bytes(content[:end])
        assert kept.done(BOOK, "1") is None
    state.write_bytes(content)
    assert kept.done(BOOK, "1") == ROW


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]\n", b'{"row": {}}\n', b"\xff\n"])
def test_nor_does_what_is_something_else(kept: Store, content: bytes) -> None:
    (state,) = (kept.folder / STATE).glob("*.gz")
    state.write_bytes(gzip.compress(content))
    assert kept.done(BOOK, "1") is None


@pytest.mark.parametrize(
    "changes",
    [
        {"counts": []},
        {"counts": {"at_risk": "1"}},
        {"counts": {"nonsense": 1}},
        {"message": 5},
        {"errors": None},
        {"products": 7},
        {"seconds": "soon"},
        {"status": "fine"},
        {"more": 1},
    ],
    ids=str,
)
def test_nor_does_a_row_that_somebody_has_changed(kept: Store, changes: dict[str, object]) -> None:
    rewrite(kept, lambda known: known["row"].update(changes))
    assert kept.done(BOOK, "1") is None


@pytest.mark.parametrize(
    "changes", [{"files": []}, {"row": []}, {"files": {"nonsense": ""}}, {"lines": None}], ids=str
)
def test_nor_does_anything_else_that_somebody_has_changed(
    kept: Store, changes: dict[str, object]
) -> None:
    rewrite(kept, lambda known: known.update(changes))
    assert kept.done(BOOK, "1") is None
    kept.keep(BOOK, "1", MADE)
    assert kept.done(BOOK, "1") == ROW


def rewrite(store: Store, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what is known of the only workbook of a store."""
    (state,) = (store.folder / STATE).glob("*.gz")
    known = json.loads(gzip.decompress(state.read_bytes().removesuffix(MADE.lines)))
    change(known)
    state.write_bytes(gzip.compress(json.dumps(known).encode()) + MADE.lines)


@pytest.mark.parametrize("content", [b"[" * 100_000, b" " * (1 << 26), b'{"row": 1' + b"0" * 5000])
def test_what_is_made_to_exhaust_it_is_not_read_to_its_end(kept: Store, content: bytes) -> None:
    (state,) = (kept.folder / STATE).glob("*.gz")
    state.write_bytes(gzip.compress(content))
    assert kept.done(BOOK, "1") is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes with names here")
def test_a_pipe_in_place_of_a_file_is_not_waited_for(kept: Store) -> None:
    (state,) = (kept.folder / STATE).glob("*.gz")
    for path in (kept.output(BOOK, Product.RATINGS), state):
        path.unlink()
        os.mkfifo(path)
        assert kept.done(BOOK, "1") is None


def test_a_failure_is_never_done_and_leaves_no_outputs_of_earlier(kept: Store) -> None:
    kept.keep(BOOK, "2", failed("damaged"))
    assert names(kept.folder) == []
    assert kept.done(BOOK, "2") is None


def test_what_is_not_made_any_more_is_removed(kept: Store) -> None:
    kept.keep(BOOK, "1", Result(ROW, {Product.RATINGS: b"{}"}))
    assert names(kept.folder) == ["ratings/a/x.json"]


def test_what_a_killed_run_left_is_removed_and_nothing_else(kept: Store, tmp_path: Path) -> None:
    out = kept.folder
    parts = [".kpi-1.part", f"{STATE}/.kpi-2.part", "ratings/a/.kpi-3.part"]
    others = ["notes.part", "ratings/mine.txt", "mine/.kpi-4.part"]
    (out / "mine").mkdir()
    for name in (*parts, *others, SUMMARY, LINES):
        (out / name).write_bytes(b"")
    with store(tmp_path).opened(resume=True, force=False):
        kept_files = ["exceptions/a/x.xlsx", "ratings/a/x.json", "report/a/x.html"]
        assert names(out) == sorted([*kept_files, *others])


@pytest.mark.usefixtures("kept")
def test_workbooks_that_are_not_in_the_batch_are_counted(tmp_path: Path) -> None:
    other, again = Source(Path("y.xlsx"), "y.xlsx", "y"), store(tmp_path)
    with again.opened(resume=True, force=False):
        assert (again.left([BOOK, other]), again.left([other])) == (0, 1)


def refusal(folder: Path, resume: bool = False, force: bool = False) -> str | None:
    try:
        with store(folder).opened(resume, force):
            return None
    except OutputError as error:
        return str(error).replace(str(folder), "…")


EARLIER = (
    "…/out has the results of an earlier batch; add --resume to do only what has changed since,"
    " or --force to do it all again"
)
FOREIGN = "…/out/summary.csv exists already; give another folder, or --force to replace it"


@pytest.mark.parametrize(
    ("there", "first", "resumed", "forced"),
    [
        ([], None, None, None),
        (["out/notes.txt"], None, None, None),
        (["out"], *["…/out is a file; --output is a folder"] * 3),
        ([f"out/{STATE}/lock"], None, None, None),
        ([f"out/{STATE}/1.gz", "out/ratings/x.json"], EARLIER, None, None),
        (["out/summary.csv"], FOREIGN, FOREIGN, None),
        (["out/summary.csv/x"], FOREIGN, FOREIGN,
         "…/out/summary.csv is a folder; give the name of a file in it"),
        ([f"out/{STATE}/1.gz", "out/summary.csv", "out/~$summary.csv"], EARLIER,
         *["…/out/summary.csv is open in Excel; close it there first (if it isn't, delete"
           " ~$summary.csv)"] * 2),
    ],
)  # fmt: skip
def test_a_folder_with_results_needs_a_word(
    there: list[str], first: str | None, resumed: str | None, forced: str | None, tmp_path: Path
) -> None:
    for name in there:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    assert refusal(tmp_path) == first
    assert refusal(tmp_path, resume=True) == resumed
    assert refusal(tmp_path, force=True) == forced


def test_a_folder_in_no_folder_is_not_made(tmp_path: Path) -> None:
    assert refusal(tmp_path / "missing") == (
        "the folder …/out can't be made: No such file or directory"
    )


def test_two_batches_never_write_into_one_folder(tmp_path: Path) -> None:
    with store(tmp_path).opened(resume=False, force=False):
        for force in (True, False):
            assert refusal(tmp_path, resume=not force, force=force) == (
                "another kpi batch is writing into …/out; wait for its end, or give another folder"
            )
    assert refusal(tmp_path, resume=True) is None


def test_a_lock_ends_with_the_program_that_held_it(tmp_path: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from kpi_cli.batch.store import Store\n"
        f"with Store(Path({str(tmp_path / 'out')!r}), '').opened(False, False): os._exit(9)"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60)
    assert run.returncode == 9
    assert refusal(tmp_path, resume=True) is None


def test_what_can_not_be_written_is_told(kept: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match="can't be written: No space left on device"):
        kept.keep(BOOK, "2", MADE)
    assert kept.done(BOOK, "1") == ROW
