"""Files are written whole or not at all, and never in place of what was not meant."""

import os
import stat
import sys
from pathlib import Path

import pytest

from kpi_cli.writing.files import (
    OutputError,
    check_output,
    remove_parts,
    whole_file,
    write_whole,
)

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


@pytest.mark.parametrize(("failure", "message"), FAILURES)
@pytest.mark.parametrize(
    ("step", "exists"),
    [
        ("os.fsync", True),
        ("os.fsync", False),
        ("pathlib.Path.replace", True),
        ("pathlib.Path.replace", False),
        pytest.param("pathlib.Path.chmod", True, marks=posix_only),
    ],
)
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


@pytest.mark.parametrize("length", [120, 253, 255])
def test_a_long_name_is_no_obstacle(length: int, tmp_path: Path) -> None:
    path = tmp_path / ("n" * length)
    write_whole(path, NEW, force=False)
    assert path.read_bytes() == NEW


@posix_only
def test_a_name_that_is_too_long_is_told(tmp_path: Path) -> None:
    path = tmp_path / ("n" * 256)
    with pytest.raises(OutputError) as error:
        check_output(path, force=False)
    assert str(error.value) == f"{path} can't be written: File name too long"


def test_a_path_that_is_too_long_for_windows_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    monkeypatch.setattr(Path, "open", fail)
    monkeypatch.setattr("kpi_cli.writing.files._LONGEST", 259)
    for name, why in (
        ("r.json", "No such file or directory"),
        ("n" * 255, "its path is longer than the 259 characters that Windows takes"),
    ):
        with pytest.raises(OutputError, match=f"can't be written: {why}$"):
            write_whole(tmp_path / name, NEW, force=False)


def no_links(*_: object) -> None:
    raise PermissionError(1, "Operation not permitted")


@pytest.fixture(params=[True, False], ids=["links", "no links"])
def file_system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have a file system with or without links."""
    if not request.param:
        monkeypatch.setattr(os, "link", no_links)


@pytest.mark.usefixtures("file_system")
def test_of_two_writers_the_second_does_not_replace_what_the_first_wrote(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    with pytest.raises(OutputError) as error, whole_file(path, force=False) as _:
        write_whole(path, OLD, force=False)
    assert str(error.value) == f"{path} exists already; give another name, or --force to replace it"
    assert path.read_bytes() == OLD
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.usefixtures("file_system")
def test_without_force_a_file_is_new_and_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    write_whole(path, NEW, force=False)
    assert (path.read_bytes(), path.stat().st_nlink) == (NEW, 1)
    assert list(tmp_path.iterdir()) == [path]


def test_what_can_not_take_its_place_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(5, "Input/output error")

    for step in ("os.link", "pathlib.Path.rename", "pathlib.Path.replace"):
        monkeypatch.setattr(step, fail)
    with pytest.raises(OutputError, match="Input/output error"):
        write_whole(tmp_path / "r.json", NEW, force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_another_program_holds_for_a_moment_is_tried_again(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a virus scanner does."""
    tries: list[str] = []
    replace = Path.replace

    def held(part: Path, place: Path) -> Path:
        tries.append(place.name)
        if len(tries) < 3:
            raise PermissionError(13, "Permission denied")
        return replace(part, place)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("kpi_cli.writing.files._WAITS", (0, 0))
    write_whole(old, NEW, force=True)
    assert (old.read_bytes(), len(tries)) == (NEW, 3)


def test_a_file_that_is_read_only_is_told(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where such a file can't be replaced."""
    monkeypatch.setattr(Path, "replace", no_links)
    monkeypatch.setattr(os, "access", lambda _, asked: asked != os.W_OK)
    with pytest.raises(OutputError) as error:
        write_whole(old, NEW, force=True)
    assert str(error.value) == f"{old} is read-only; allow it to be written, or give another name"
    assert list(old.parent.iterdir()) == [old]


def test_what_a_killed_program_left_is_removed_where_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in (".kpi-1.part", ".kpi-2.part", "mine.part"):
        (tmp_path / name).touch()
    unlink = Path.unlink

    def held(path: Path, missing_ok: bool = False) -> None:
        if path.name == ".kpi-1.part":
            raise PermissionError(13, "Permission denied")
        unlink(path, missing_ok)

    monkeypatch.setattr(Path, "unlink", held)
    remove_parts(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".kpi-1.part", "mine.part"]
