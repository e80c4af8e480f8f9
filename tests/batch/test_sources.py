"""Which workbooks a batch reads: each once, in order, and under which name."""

import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.batch.sources import STATE, Sources, find_sources
from kpi_cli.writing.files import OutputError


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder, empty and current."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


DENIED = "it can't be opened: Permission denied"


def touch(*names: str) -> None:
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()


def find(*paths: str, output: str = "out") -> Sources:
    return find_sources([Path(path) for path in paths], Path(output))


def found(*paths: str, output: str = "out") -> list[tuple[str, str | None]]:
    """Return what a batch reads, and what is wrong with it."""
    return [(s.name, s.fault) for s in find(*paths, output=output).workbooks]


def named(*paths: str, output: str = "out") -> list[str]:
    sources = find(*paths, output=output).workbooks
    assert [source.fault for source in sources] == [None] * len(sources)
    return [source.name for source in sources]


TREE = (
    "in/10.xlsx", "in/9.xlsx", "in/a/Jan.XLSX", "in/a/b/Feb.xlsm", "in/a/notes.txt",
    "in/~$9.xlsx", "in/a/._Jan.xlsx", "in/old.xls", "in/.git/x.xlsx", "in/10.xlsx.bak",
)  # fmt: skip


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("paths", "expected", "passed_over"),
    [
        (["in"], ["9.xlsx", "10.xlsx", "a/b/Feb.xlsm", "a/Jan.XLSX"], 5),
        (["in/a"], ["b/Feb.xlsm", "Jan.XLSX"], 2),
        (["in/10.xlsx", "in/9.xlsx"], ["10.xlsx", "9.xlsx"], 0),
        (["in/10.xlsx", "in"], ["10.xlsx", "9.xlsx", "a/b/Feb.xlsm", "a/Jan.XLSX"], 5),
        (["in", "in", "in/a", "./in/../in/9.xlsx"],
         ["9.xlsx", "10.xlsx", "a/b/Feb.xlsm", "a/Jan.XLSX"], 5),
        (["in/*.xlsx"], ["9.xlsx", "10.xlsx"], 1),
        (["in/*"], ["9.xlsx", "10.xlsx", "a/b/Feb.xlsm", "a/Jan.XLSX"], 5),
        (["in/**/*.xlsm"], ["a/b/Feb.xlsm"], 0),
        (["in/?.xlsx", "in/[0-9]*.xlsx"], ["9.xlsx", "10.xlsx"], 0),
        (["*/9.xlsx"], ["in/9.xlsx"], 0),
        (["in/a/b", "in/9.xlsx"], ["a/b/Feb.xlsm", "9.xlsx"], 0),
    ],
)  # fmt: skip
def test_files_folders_and_patterns(
    paths: list[str], expected: list[str], passed_over: int
) -> None:
    touch(*TREE)
    assert named(*paths) == expected
    assert find(*paths).passed_over == passed_over


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("none/*.xlsx", "no workbook (.xlsx, .xlsm) matches; check the path"),
        ("in/*.csv", "no workbook (.xlsx, .xlsm) matches; check the path"),
        ("in/a", "there is no workbook (.xlsx, .xlsm) in this folder"),
    ],
)
def test_where_there_is_no_workbook_that_is_told(path: str, fault: str) -> None:
    touch("in/x.csv", "in/a/x.csv", "in/x.xlsx")
    assert [f for _, f in found("in/x.xlsx", path)] == [None, fault]
    assert find("in/x.xlsx", path).workbooks[1].path == Path(path)


@pytest.mark.usefixtures("place")
def test_what_is_given_by_name_is_read_whatever_it_is() -> None:
    touch("in/notes.txt", "in/~$x.xlsx")
    assert named("in/notes.txt", "in/~$x.xlsx", "missing.xlsx") == [
        "in/notes.txt", "in/~$x.xlsx", "missing.xlsx",
    ]  # fmt: skip


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("name", ["in/a[1].xlsx", "in[1]/a.xlsx"])
def test_a_file_whose_name_looks_like_a_pattern_is_that_file(name: str) -> None:
    touch(name, "in/a1.xlsx", "in1/a.xlsx")
    assert named(name) == [Path(name).name]
    if "in[1]" in name:
        assert named("in[1]/*.xlsx") == ["a.xlsx"]


@pytest.mark.usefixtures("place")
def test_what_a_batch_wrote_is_not_read_again() -> None:
    touch("in/x.xlsx", "in/out/exceptions/x.xlsx", f"in/before/{STATE}/lock")
    touch("in/before/exceptions/x.xlsx", f"in/deep/er/{STATE}/lock", "in/deep/er/exceptions/y.xlsx")
    for paths in (["in"], ["in/**/*.xlsx"], ["in/*"], ["**/x.xlsx"]):
        assert [Path(n).name for n in named(*paths, output="in/out")] == ["x.xlsx"]
    Path("in/link.xlsx").symlink_to(Path("in/out/exceptions/x.xlsx").resolve())
    assert named("in", output="in/out") == ["x.xlsx"]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    "path", ["out", ".", "out/x.xlsx", "out/*.xlsx", "out/exceptions", "link.xlsx"]
)
def test_the_output_folder_is_no_place_for_inputs(path: str, place: Path) -> None:
    touch("out/x.xlsx", "out/exceptions/y.xlsx")
    Path("link.xlsx").symlink_to("out/x.xlsx")
    output = "." if path == "." else "out"
    with pytest.raises(OutputError) as error:
        find(path, output=output)
    assert str(error.value) == (
        f"{Path(path)} is in the output folder, {(place / output).resolve()}; give the results a"
        " folder of their own"
    )


@pytest.mark.usefixtures("place")
def test_links_are_followed_and_each_file_is_read_once() -> None:
    touch("in/a/x.xlsx", "else/y.xlsx")
    Path("in/a/loop").symlink_to("..")
    Path("in/b").symlink_to("a")
    Path("in/c").symlink_to(Path("else").resolve())
    Path("in/z.xlsx").symlink_to("a/x.xlsx")
    for path in ("in", "in/*", "in/**"):
        assert named(path) == ["a/x.xlsx", "c/y.xlsx"]


@pytest.mark.usefixtures("place")
def test_a_folder_that_can_not_be_opened_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    touch("in/x.xlsx", "in/secret/y.xlsx")
    open_folder = os.scandir

    def scandir(folder: str) -> Any:
        if Path(folder).name == "secret":
            raise PermissionError(13, "Permission denied", folder)
        return open_folder(folder)

    monkeypatch.setattr(os, "scandir", scandir)
    assert found("in") == [("secret", "it can't be opened: Permission denied"), ("x.xlsx", None)]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("in", [("secret", DENIED), ("x.xlsx", None)]),
        ("in/**/*.xlsx", [("secret", DENIED), ("x.xlsx", None)]),
        ("in/*/*.xlsx", [("secret", DENIED)]),
        ("in/secret/*.xlsx", [("*.xlsx", DENIED)]),
        ("in/secret/y.xlsx", [("y.xlsx", DENIED)]),
        ("in/secret/deep/*.xlsx", [("*.xlsx", DENIED)]),
    ],
)
def test_a_folder_that_may_not_be_entered_is_told(
    path: str, expected: list[tuple[str, str | None]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may enter any: so it is the calls that are made to fail."""
    touch("in/x.xlsx", "in/secret/y.xlsx")
    for name in ("stat", "lstat", "scandir", "listdir"):
        monkeypatch.setattr(os, name, denied_below("secret", getattr(os, name), name[-3:] == "dir"))
    assert found(path) == expected


def denied_below(secret: str, call: Any, itself: bool) -> Any:
    """Return a system call that fails below a folder, or on the folder itself, too."""

    def denied(path: Any = ".", *arguments: Any, **named: Any) -> Any:
        parts = Path(path).parts if isinstance(path, str | Path) else ()
        if secret in parts and (itself or parts[-1] != secret):
            raise PermissionError(13, "Permission denied", str(path))
        return call(path, *arguments, **named)

    return denied


@pytest.mark.usefixtures("place")
def test_a_path_that_is_too_long_is_told() -> None:
    touch("in/x.xlsx")
    for path in ("n" * 300, f"{'n' * 300}/*.xlsx", "a/" * 3000 + "*.xlsx"):
        assert [fault for _, fault in found("in", path)] == [
            None, "it can't be opened: File name too long",
        ]  # fmt: skip


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("in/a**.xlsx", ["ab.xlsx"]),
        ("in/[z-a]*", None),
        ("in/[", None),
        ("in/***/x.xlsx", ["d/x.xlsx"]),
        ("in/**/**/x.xlsx", ["d/x.xlsx"]),
        ("in/.h/*.xlsx", ["x.xlsx"]),
        ("in/*/.h/*.xlsx", None),
        ("in/.*/*.xlsx", None),
    ],
)
def test_every_pattern_can_be_searched(pattern: str, expected: list[str] | None) -> None:
    touch("in/ab.xlsx", "in/d/x.xlsx", "in/.h/x.xlsx", "in/d/.h/x.xlsx")
    names = [str(source.path) for source in find(pattern).workbooks if not source.fault]
    base = "in/.h/" if pattern.startswith("in/.h") else "in/"
    assert names == [base + name for name in expected or []]


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize(
    ("names", "stems"),
    [
        (["a/é.xlsx", "a/e\u0301.xlsx"], ["é", "e\u0301-2"]),
        (
            ["a/CON.xlsx", "a/nul/x.xlsx", "a/com1.2019.xlsx", "a/b.xlsx"],
            ["CON-", "nul-/x", "com1-.2019", "b"],
        ),
        (["a/x.xlsx", "b/x.xlsx"], ["a/x", "b/x"]),
        (["a/x.xlsx", "a/x.xlsm", "a/x"], ["x", "x.xlsm", "x-2"]),
        (["a/x.xlsx", "a/X.xlsx", "a/x-2.xlsx"], ["x", "X-2", "x-2-2"]),
        (["a/x.xlsm.xlsx", "a/x.xlsm"], ["x.xlsm", "x.xlsm-2"]),
    ],
)
def test_no_two_have_outputs_of_the_same_name(names: list[str], stems: list[str]) -> None:
    touch(*names)
    assert [source.stem for source in find(*names).workbooks] == stems


@given(
    st.lists(
        st.from_regex(r"([abA]/){0,2}[xX](-2){0,2}\.(xlsx|xlsm|XLSX)", fullmatch=True), min_size=1
    )
)
def test_names_are_unique_and_outputs_differ_in_more_than_case(names: list[str]) -> None:
    sources = find(*names, output="nowhere").workbooks
    given = list(dict.fromkeys(name for name in names))
    assert len(sources) == len({source.name for source in sources}) == len(given)
    assert len({source.stem.casefold() for source in sources}) == len(given)
    common = {str(s.path).removesuffix(s.name) for s in sources}
    assert len(common) == 1


class _NoNameError(OSError):
    winerror = 123


@pytest.mark.usefixtures("place")
@pytest.mark.parametrize("pattern", ["in/*.xlsx", "in/?.xlsx", "*/x.xlsx", "**/x.xlsx"])
def test_a_pattern_is_searched_where_it_can_be_no_name(
    pattern: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows lets nobody ask for a file with such a name."""
    look = Path.stat

    def stat(path: Path, **named: Any) -> os.stat_result:
        if set(str(path)) & set("*?"):
            raise _NoNameError(22, "The filename or directory name is incorrect")
        return look(path, **named)

    touch("in/x.xlsx")
    monkeypatch.setattr(Path, "stat", stat)
    assert named(pattern) == ["in/x.xlsx" if pattern.startswith("*") else "x.xlsx"]
