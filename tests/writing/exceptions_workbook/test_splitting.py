"""`--split`: a workbook for each group, under a name that any system takes, and an index."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli import rate, read_workbook
from kpi_cli.writing.exceptions_workbook.sections import sections_of
from kpi_cli.writing.exceptions_workbook.splitting import Split, file_names, groups_of, index_of
from tests.running import MISTAKES, SOUTHEND, kpi
from tests.writing.exceptions_workbook.reading_back import MADE, SHEETS, Written, table, texts
from tests.writing.exceptions_workbook.test_detail_sheet import CODES

HEADINGS = "group,file,indicators,exceptions,at_risk,slippage,on_course,no_value,no_target"
INDEX = {
    "committee": [
        "People Scrutiny,people-scrutiny.xlsx,15,7,3,4,7,1,0",
        "Place Scrutiny,place-scrutiny.xlsx,8,0,0,0,8,0,0",
        "Policy & Resources Scrutiny,policy-and-resources-scrutiny.xlsx,6,5,3,2,1,0,0",
    ],
    "ou": [
        "Department for People,department-for-people.xlsx,10,6,4,2,4,0,0",
        "No OU given,no-ou-given.xlsx,12,0,0,0,11,1,0",
        "Department for Place,department-for-place.xlsx,1,0,0,0,1,0,0",
        "Department for People; Public Health,department-for-people-public-health.xlsx"
        ",2,2,0,2,0,0,0",
        "Strategic Services,strategic-services.xlsx,4,4,2,2,0,0,0",
    ],
    "aim": [
        "SAFE,safe.xlsx,4,3,1,2,1,0,0",
        "CLEAN,clean.xlsx,3,0,0,0,3,0,0",
        "HEALTHY,healthy.xlsx,10,4,2,2,5,1,0",
        "PROSPEROUS,prosperous.xlsx,8,3,1,2,5,0,0",
        "EXCELLENT,excellent.xlsx,4,2,2,0,2,0,0",
    ],
}


def index(folder: Path) -> list[str]:
    """Return the lines of the index; it starts with the mark by which Excel knows UTF-8."""
    content = (folder / "index.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    return content.decode("utf-8-sig").splitlines()


def codes(path: Path, sheet: str = "Exceptions", name: str = "Exceptions") -> list[str]:
    """Return the codes of a table that are red or amber."""
    written = Written(path.read_bytes())
    if sheet not in written.book.sheetnames:
        return []  # there is none
    found = written.sheet(sheet)
    rows = table(found, name)
    return [
        str(row["MPR Code"].value)
        for row in rows
        if "On course" not in str(row["Expected Outcome"].value)
    ]


@pytest.mark.no_cover
@pytest.mark.parametrize("split", INDEX)
def test_every_exception_is_in_exactly_one_workbook(split: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run = kpi("exceptions", SOUTHEND, "-o", folder, "--split", split)
    assert (run.exit_code, run.stderr) == (0, "")
    assert index(folder) == [HEADINGS, *INDEX[split]]
    named = [line.split(",")[1] for line in INDEX[split]]
    assert sorted(path.name for path in folder.iterdir()) == sorted([*named, "index.csv"])
    listed = [codes(folder / name) for name in named]
    assert sorted(code for codes_of in listed for code in codes_of) == sorted(CODES)
    assert [len(codes_of) for codes_of in listed] == [
        int(line.split(",")[3]) for line in INDEX[split]
    ]


def test_what_was_written_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run = kpi("exceptions", SOUTHEND, "-o", folder, "--split", "committee")
    assert run.stdout.splitlines() == [
        f"Wrote {folder / 'people-scrutiny.xlsx'}: 7 exceptions among 15 of 29 indicators:"
        " At risk 3 · Some slippage 4 · On course 7 · No value 1",
        f"Wrote {folder / 'place-scrutiny.xlsx'}: 0 exceptions among 8 of 29 indicators:"
        " On course 8",
        f"Wrote {folder / 'policy-and-resources-scrutiny.xlsx'}: 5 exceptions among 6 of 29"
        " indicators: At risk 3 · Some slippage 2 · On course 1",
        f"Wrote {folder / 'index.csv'}: 3 workbooks",
    ]


def test_each_workbook_is_whole_and_says_for_whom_it_is(tmp_path: Path) -> None:
    kpi("exceptions", SOUTHEND, "-o", tmp_path, "--split", "committee")
    book = Written((tmp_path / "policy-and-resources-scrutiny.xlsx").read_bytes())
    assert book.book.sheetnames == SHEETS
    assert texts(book.sheet("Summary"))[0] == (
        "Monthly Performance Report: Policy & Resources Scrutiny"
    )
    assert len(book.charts("Detail")) == 10
    assert "ByScrutinycommittee" not in book.sheet("Summary").tables  # it is the only one


def test_filters_are_for_all_the_groups(tmp_path: Path) -> None:
    committee = "policy and resources scrutiny"
    asked = ("--split", "aim", "--committee", committee, "--outcome", "red")
    run = kpi("exceptions", SOUTHEND, "-o", tmp_path / "out", *asked)
    assert run.exit_code == 0
    assert index(tmp_path / "out") == [
        HEADINGS,
        "PROSPEROUS,prosperous.xlsx,4,1,1,2,1,0,0",
        "EXCELLENT,excellent.xlsx,2,2,2,0,0,0,0",
    ]


def test_files_that_exist_are_replaced_only_by_force(tmp_path: Path) -> None:
    (tmp_path / "safe.xlsx").write_bytes(b"old")
    run = kpi("exceptions", SOUTHEND, "-o", tmp_path, "--split", "aim")
    path = tmp_path / "safe.xlsx"
    assert (run.exit_code, run.stdout) == (4, "")
    assert run.stderr == (
        f"kpi: {path} exists already; give another name, or --force to replace it\n"
    )
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {"safe.xlsx": b"old"}
    assert kpi("exceptions", SOUTHEND, "-o", tmp_path, "--split", "aim", "--force").exit_code == 0
    assert codes(path) == ["CP 1.2", "CP 1.1", "CP 1.4"]


@pytest.mark.parametrize("name", ["excellent.xlsx", "index.csv"])
def test_nothing_is_written_if_any_of_them_could_not_be(name: str, tmp_path: Path) -> None:
    (tmp_path / f"~${name}").touch()  # open in Excel
    run = kpi("exceptions", SOUTHEND, "-o", tmp_path, "--split", "aim")
    assert (run.exit_code, run.stdout) == (4, "")
    assert f"{tmp_path / name} is open in Excel; close it there first" in run.stderr
    assert [file.name for file in tmp_path.iterdir()] == [f"~${name}"]


def test_a_folder_that_can_not_be_made(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"old")
    missing = tmp_path / "missing" / "folder"
    for folder, message in (
        (file, "kpi: {} is a file; with --split, --output is a folder\n"),
        (missing, "kpi: the folder {} can't be made: No such file or directory\n"),
    ):
        run = kpi("exceptions", SOUTHEND, "-o", folder, "--split", "aim")
        assert (run.exit_code, run.stdout) == (4, "")
        assert run.stderr == message.format(folder)
    assert (list(tmp_path.iterdir()), file.read_bytes()) == ([file], b"old")


def test_errors_in_the_data_write_no_folder_and_with_keep_going_all_of_it(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    run = kpi("exceptions", MISTAKES, "-o", folder, "--split", "aim")
    assert (run.exit_code, run.stdout, folder.exists()) == (1, "", False)
    run = kpi("exceptions", MISTAKES, "-o", folder, "--split", "aim", "--keep-going")
    assert (run.exit_code, index(folder)) == (1, [HEADINGS, "FAIR,fair.xlsx,13,5,2,3,6,1,1"])


@pytest.mark.parametrize(
    ("group", "name"),
    [
        ("People Scrutiny", "people-scrutiny"),
        ("Policy & Resources", "policy-and-resources"),
        ('a/b\\c:d*e?f"g<h>i|j', "a-b-c-d-e-f-g-h-i-j"),
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "con-"),
        ("Lpt1", "lpt1-"),
        ("Console", "console"),
        ("con.fidential", "con-fidential"),
        ("", "group"),
        (" . ", "group"),
        ("=1+1", "1-1"),
        ("Комитет по делам", "комитет-по-делам"),
        ("Pwyllgor Tŷ", "pwyllgor-tŷ"),
        ("x" * 300, "x" * 80),
    ],
)
def test_file_names(group: str, name: str) -> None:
    assert file_names([group]) == {group: f"{name}.xlsx"}


def test_groups_whose_names_are_alike_get_numbers() -> None:
    assert file_names(["A/B", "A:B", "a-b-2", "a b", "CON", "con?"]) == {
        "A/B": "a-b.xlsx",
        "A:B": "a-b-2.xlsx",
        "a-b-2": "a-b-2-2.xlsx",
        "a b": "a-b-3.xlsx",
        "CON": "con-.xlsx",
        "con?": "con--2.xlsx",
    }


@given(st.lists(st.text(), unique=True))
def test_any_names_give_files_that_any_system_takes(groups: list[str]) -> None:
    names = file_names(groups)
    assert list(names) == groups
    assert len({name.casefold() for name in names.values()}) == len(groups)
    for name in names.values():
        assert re.fullmatch(r'[^\x00-\x1f/\\:*?"<>|.\s][^\x00-\x1f/\\:*?"<>|.\s]*\.xlsx', name)
        assert not re.fullmatch(r"(con|prn|aux|nul|com\d|lpt\d)\.xlsx", name)
        assert len(name) <= 90


@pytest.mark.parametrize("split", Split)
def test_each_rating_is_in_exactly_one_group(split: Split) -> None:
    report = rate(read_workbook(SOUTHEND))
    groups = groups_of(report, split)
    together = [rating for group in groups.values() for rating in group.ratings]
    assert sorted(r.indicator.code for r in together) == sorted(
        r.indicator.code for r in report.ratings
    )
    assert {len(group.ratings) + group.left_out for group in groups.values()} == {29}


def test_a_group_that_excel_would_calculate_is_text_in_the_index() -> None:
    sections = sections_of(rate(read_workbook(SOUTHEND)), MADE)
    names = {"=1+1": "1-1.xlsx", "One, two": "one-two.xlsx"}
    written = index_of(names, dict.fromkeys(names, sections)).decode("utf-8-sig")
    assert written.splitlines() == [
        HEADINGS,
        "'=1+1,1-1.xlsx,29,12,6,6,16,1,0",
        '"One, two",one-two.xlsx,29,12,6,6,16,1,0',
    ]
