"""Files are written whole or not at all, and never in place of what was not meant."""

import os
import stat
import sys
from pathlib import Path

import pytest

from kpi_cli.writing.files import OutputError, check_output, write_whole

OLD, NEW = b"old", b"new, and longer than the old"
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other permissions")


def has_links(folder: Path) -> bool:
    try:
        (folder / "trial").symlink_to(folder)
    except OSError:
        return False
    (folder / "trial").unlink()
    return True


@pytest.fixture
def old(tmp_path: Path) -> Path:
    path = tmp_path / "r.json"
    path.write_bytes(OLD)
    return path


def test_a_new_file(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_whole(path, NEW, force=False)
    assert path.read_bytes() == NEW
    assert list(tmp_path.iterdir()) == [path]


def test_an_existing_file_is_replaced_only_by_force(old: Path) -> None:
    with pytest.raises(OutputError) as error:
        write_whole(old, NEW, force=False)
    assert str(error.value) == f"{old} exists already; give another name, or --force to replace it"
    assert old.read_bytes() == OLD
    write_whole(old, NEW, force=True)
    assert old.read_bytes() == NEW
    assert list(old.parent.iterdir()) == [old]


@pytest.mark.parametrize("force", [False, True])
@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("folder", "{path} is a folder; give the name of a file in it"),
        ("missing/r.json", "there is no folder {path.parent}; make it first"),
        ("r.json/r.json", "there is no folder {path.parent}; make it first"),
        ("book.xlsx", "{path} is a workbook that is read; give another name"),
        ("folder/../book.xlsx", "{path} is a workbook that is read; give another name"),
    ],
)
def test_where_nothing_may_be_written(old: Path, name: str, message: str, force: bool) -> None:
    book = old.parent / "book.xlsx"
    book.touch()
    (old.parent / "folder").mkdir()
    path = old.parent / name
    with pytest.raises(OutputError) as error:
        check_output(path, force, (Path("other.xlsx"), book))
    assert str(error.value) == message.format(path=path)


@pytest.mark.skipif(not Path("/dev/null").exists(), reason="there is no device to write to")
def test_a_device_is_no_file() -> None:
    with pytest.raises(OutputError) as error:
        check_output(Path("/dev/null"), force=True)
    assert str(error.value) == "/dev/null is no ordinary file; redirect the output to it instead"


@pytest.mark.parametrize("force", [False, True])
def test_a_link_to_a_workbook_that_is_read_is_that_workbook(tmp_path: Path, force: bool) -> None:
    if not has_links(tmp_path):
        pytest.skip("no permission to make links here")
    book = tmp_path / "book.xlsx"
    book.touch()
    link = tmp_path / "link.xlsx"
    link.symlink_to(book)
    with pytest.raises(OutputError, match="is a workbook that is read"):
        check_output(link, force, (book,))


def test_a_link_stays_a_link(old: Path) -> None:
    if not has_links(old.parent):
        pytest.skip("no permission to make links here")
    link = old.parent / "link.json"
    link.symlink_to(old.name)
    write_whole(link, NEW, force=True)
    assert link.is_symlink()
    assert old.read_bytes() == NEW
    assert sorted(old.parent.iterdir()) == [link, old]


def test_a_link_to_a_file_that_is_yet_to_be_made(tmp_path: Path) -> None:
    if not has_links(tmp_path):
        pytest.skip("no permission to make links here")
    link, target = tmp_path / "link.json", tmp_path / "target.json"
    link.symlink_to(target)
    write_whole(link, NEW, force=False)
    assert link.is_symlink()
    assert target.read_bytes() == NEW


@posix_only
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_keeps_its_permissions(old: Path, mode: int) -> None:
    old.chmod(mode)
    write_whole(old, NEW, force=True)
    assert stat.S_IMODE(old.stat().st_mode) == mode


@posix_only
@pytest.mark.parametrize(("mask", "mode"), [(0o022, 0o644), (0o077, 0o600), (0o002, 0o664)])
def test_a_new_file_has_the_usual_permissions(tmp_path: Path, mask: int, mode: int) -> None:
    path = tmp_path / "r.json"
    before = os.umask(mask)
    try:
        write_whole(path, NEW, force=False)
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == mode


FAILURES = [
    (OSError(28, "No space left on device"), "{path} can't be written: No space left on device"),
    (
        PermissionError(13, "Permission denied"),
        "{path} can't be written; if it is open in Excel, close it there first",
    ),
]


@pytest.mark.parametrize("step", ["os.fsync", "pathlib.Path.replace", "pathlib.Path.chmod"])
@pytest.mark.parametrize(("failure", "message"), FAILURES)
@pytest.mark.parametrize("exists", [True, False])
def test_a_failure_leaves_everything_as_it_was(
    old: Path,
    step: str,
    failure: OSError,
    message: str,
    exists: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = old if exists else old.parent / "new.json"

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(step, fail)
    with pytest.raises(OutputError) as error:
        write_whole(path, NEW, force=True)
    assert str(error.value) == message.format(path=path.resolve())
    assert list(old.parent.iterdir()) == [old]
    assert old.read_bytes() == OLD


def test_an_interruption_leaves_everything_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("os.fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        write_whole(old, NEW, force=True)
    assert list(old.parent.iterdir()) == [old]
    assert old.read_bytes() == OLD


def test_a_long_name_is_no_obstacle(tmp_path: Path) -> None:
    path = tmp_path / f"{'n' * 120}.json"
    write_whole(path, NEW, force=False)
    assert path.read_bytes() == NEW
