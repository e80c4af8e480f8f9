"""The schemas that `kpi schema` prints: whole, valid, and true of every output."""

import csv
import io
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from kpi_cli.writing.csv_cells import safe_cell
from kpi_cli.writing.json_schema import Output, schema_of
from tests.builders import HEADINGS, row, save_hostile_workbook, save_workbook
from tests.running import MISTAKES, PUBLISHED, SAMPLES, SOUTHEND, expected, kpi, written
from tests.writing.ratings.test_record_fields import RATING_FIELDS, REPORT_FIELDS

BOOKS = sorted(SAMPLES.glob("*.xlsx"))
OPTIONS = [
    [],
    ["--month", "2018-10"],
    ["--month", "1999-01"],  # nobody has a value
    ["--aim", "clean"],
    ["--code", "* 1.1"],  # a band, in the real report
    ["--outcome", "no target"],
    ["--explain", "--fail-on", "red"],
]
PREVIOUS_FIELDS = list(schema_of(Output.RATE_JSON)["$defs"]["PreviousRecord"]["properties"])
ASKED_FOR = ["spc", "forecast", "series"]
FORMATS = [Output.RATE_JSON, Output.RATE_JSONL]


def printed(output: Output) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads(kpi("schema", output.value.name).stdout)
    return schema


def instances(output: Output, text: str) -> list[Any]:
    """Return what a text of an output holds: one object or list, or an object a line."""
    parts = text.splitlines() if "jsonl" in output.value.name else [text]
    return [json.loads(part) for part in parts]


@cache
def validator(output: Output) -> Draft202012Validator:
    return Draft202012Validator(printed(output))


def faults(output: Output, instance: object) -> list[str]:
    """Return what the printed schema of an output finds wrong with an instance of it."""
    return [fault.message for fault in validator(output).iter_errors(instance)]


def objects(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the schemas of objects in a schema."""
    yield from (part for part in [schema, *schema["$defs"].values()] if "properties" in part)


def line_of(code: str, book: Path = SOUTHEND) -> dict[str, Any]:
    line: dict[str, Any] = json.loads(written("rate", book, "--code", code, "-f", "jsonl"))
    return line


# The schemas themselves


@pytest.mark.parametrize("output", Output)
def test_the_whole_schema(output: Output) -> None:
    text = kpi("schema", output.value.name).stdout
    assert text == expected(f"schema_{output.value.name}.json", text)


@pytest.mark.parametrize("output", Output)
def test_it_is_a_schema_of_2020_12(output: Output) -> None:
    schema = printed(output)
    Draft202012Validator.check_schema(schema)
    assert list(schema)[:3] == ["$schema", "title", "schema_version"]
    assert schema["$schema"] == Draft202012Validator.META_SCHEMA["$id"]
    assert schema["schema_version"] == 1
    assert "$id" not in schema


@pytest.mark.parametrize("output", Output)
def test_every_field_is_explained_and_no_other_is_allowed(output: Output) -> None:
    found = list(objects(schema_of(output)))
    assert found
    for part in found:
        assert part["additionalProperties"] is False
        for name, field in part["properties"].items():
            assert field["description"].endswith("."), name


@pytest.mark.parametrize(
    "output", [each for each in Output if each is not Output.PROFILE], ids=str
)  # that is read
def test_every_field_is_always_there_but_what_is_to_be_asked_for(output: Output) -> None:
    for part in objects(schema_of(output)):
        optional = [name for name in part["properties"] if name not in part["required"]]
        assert optional in ([], ["comparison"], ASKED_FOR)
        assert [*part["required"], *optional] == list(part["properties"])
        if optional == ASKED_FOR:
            said = [part["properties"][name] for name in ASKED_FOR]
            assert [f"only with --{name}." in str(each) for each, name in
                    zip(said, ASKED_FOR, strict=True)] == [True] * 3  # fmt: skip


@pytest.mark.parametrize("output", Output)
def test_a_field_that_can_be_null_says_when(output: Output) -> None:
    for part in objects(schema_of(output)):
        for name, field in part["properties"].items():
            can_be_null = {"type": "null"} in field.get("anyOf", [])
            assert ("null" in field["description"]) == can_be_null, name


def test_the_fields_are_those_of_the_specification() -> None:
    report = schema_of(Output.RATE_JSON)["$defs"]
    assert list(report["ReportRecord"]["properties"]) == [*REPORT_FIELDS, "comparison"]
    assert list(report["RatingRecord"]["properties"]) == [*RATING_FIELDS, *ASKED_FOR]
    assert list(schema_of(Output.RATE_JSONL)["properties"]) == [
        "workbook", *RATING_FIELDS, *ASKED_FOR,
    ]  # fmt: skip
    shown = schema_of(Output.SHOW_JSON)["$defs"]["IndicatorRecord"]["properties"]
    assert list(shown) == [*RATING_FIELDS, "spc", "forecast", "gauge", "months"]


# What they find wrong


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("code", None),
        ("value", "94"),
        ("value", {"low": 1, "high": 2}),  # a value is no band
        ("target", {"low": 38}),
        ("target", {"low": 38, "high": 48, "width": 10}),
        ("annual_target", [38, 48]),
        ("month", "January 2019"),
        ("month", "2019-13"),
        ("period", None),
        ("period", 3),
        ("period_months", 0),
        ("period_months", "3"),
        ("period_months", None),
        ("unit", "pounds"),
        ("polarity", "Aim to Maximise"),
        ("expected_outcome", "red"),
        ("expected_outcome", None),
        ("direction", "-"),
        ("published_outcome", "green"),
        ("responsible_ous", "Public Health"),
        ("responsible_ous", None),
    ],
)
def test_a_wrong_field_is_found(field: str, wrong: object) -> None:
    line = line_of("CP 1.1")
    assert faults(Output.RATE_JSONL, line) == []
    assert faults(Output.RATE_JSONL, line | {field: wrong})


@pytest.mark.parametrize("field", ["workbook", *RATING_FIELDS])
def test_a_missing_field_is_found(field: str) -> None:
    line = line_of("CP 1.1")
    del line[field]
    assert faults(Output.RATE_JSONL, line) == [f"{field!r} is a required property"]


def test_a_field_too_many_is_found() -> None:
    assert faults(Output.RATE_JSONL, line_of("CP 1.1") | {"colour": "red"})


@pytest.mark.parametrize(
    "change",
    [
        {"schema_version": 2},
        {"summary": {"at_risk": 1}},
        {"summary": dict.fromkeys(("at_risk", "slippage", "on_course", "no_value"), 0)},
        {"problems": [{"severity": "note", "cell": None, "message": "", "hint": ""}]},
        {"comparison": None},
        {"ratings": None},
        {"report_month": "2019"},
    ],
)
def test_a_wrong_report_is_found(change: dict[str, object]) -> None:
    report = json.loads(written("rate", SOUTHEND, "-f", "json"))
    assert faults(Output.RATE_JSON, report) == []
    assert faults(Output.RATE_JSON, report | change)
    assert faults(Output.RATE_JSON, [report, report | change])


# Every output


@pytest.mark.no_cover
@pytest.mark.parametrize("output", FORMATS)
@pytest.mark.parametrize("options", OPTIONS)
@pytest.mark.parametrize("books", [[SOUTHEND], [PUBLISHED], [MISTAKES], BOOKS])
def test_outputs_are_as_the_schema_says(
    books: list[Path], options: list[str], output: Output
) -> None:
    run = kpi("rate", *books, *options, "--format", output.value.name.removeprefix("rate-"))
    if run.exit_code == 2:  # a name that none of the workbooks has leaves the message alone
        assert run.stdout == ""
        return
    found = instances(output, run.stdout)
    assert [faults(output, instance) for instance in found] == [[]] * len(found)
    assert found or options


@pytest.mark.parametrize("books", [[SOUTHEND], [PUBLISHED], [MISTAKES], BOOKS])
def test_comparisons_are_as_the_schema_says(books: list[Path]) -> None:
    text = kpi("rate", *books, "--compare-published", "--format", "json").stdout
    (report,) = instances(Output.RATE_JSON, text)
    assert faults(Output.RATE_JSON, report) == []
    assert "comparison" in (report[0] if len(books) > 1 else report)


def test_differences_are_as_the_schema_says(tmp_path: Path) -> None:
    headings = (*HEADINGS, "Same Month Last Year", "Expected Outcome", "Better or Worse")
    rows = [
        row(code=f"CP {number}", last_year=80, outcome=outcome, direction=direction)
        for number, (outcome, direction) in enumerate(
            [("Red", "Worse"), ("No Value", "-"), ("Amber", "Same"), ("Green", "Better")]
        )
    ]
    book = save_workbook(tmp_path / "x.xlsx", Indicators=[headings, *rows])
    text = kpi("rate", book, "--compare-published", "--format", "json").stdout
    (report,) = instances(Output.RATE_JSON, text)
    assert faults(Output.RATE_JSON, report) == []
    published = [each["published"] for each in report["comparison"]["differences"]]
    assert published == ["at_risk", "worse", "no_value", None, "slippage", "same"]


@pytest.mark.parametrize("output", FORMATS)
def test_hostile_text_is_as_the_schema_says(output: Output, tmp_path: Path) -> None:
    book = save_hostile_workbook(tmp_path)
    run = kpi("rate", book, "--format", output.value.name.removeprefix("rate-"))
    found = instances(output, run.stdout)
    assert [faults(output, instance) for instance in found] == [[]]


def test_none_of_several_that_can_be_read_is_as_the_schema_says() -> None:
    run = kpi("rate", "1.xlsx", "2.xlsx", "--format", "json")
    assert run.exit_code == 3
    assert faults(Output.RATE_JSON, json.loads(run.stdout)) == []


AMOUNTS = st.sampled_from(
    [
        None, 0, -3, 95, 1e14, 1e-9, 67.5, (0.675, "0.0%"), (1234.5, "£#,##0.00"), "TBC", "-",
        "38-48", "-5 to -3", "(12)", "1.95 %", "£1,234.50", "about 50", "=1/0",
    ]
)  # fmt: skip
NAMES = st.text(st.characters(exclude_categories=["Cc", "Cs"]), min_size=1, max_size=20)
TEXTS = st.none() | NAMES
ROWS = st.tuples(
    NAMES,  # code
    NAMES,  # short name
    st.sampled_from(["Aim to Maximise", "Minimise", "Goldilocks", "Goldilocks", "Sideways"]),
    st.sampled_from(["January 2019", "2018-12", "Feb-30", "13/2019"]),
    *[AMOUNTS] * 4,  # value, target, annual target, last year
    st.sampled_from(["Red", "A", "✔", "No Value", "-", "Purple", None]),
    st.sampled_from(["Better", "↓", "same", "-", "sideways", None]),
    *[TEXTS] * 4,
)


@settings(max_examples=40)
@given(st.lists(ROWS, min_size=1, max_size=6), TEXTS)
def test_any_workbook_is_as_the_schema_says(rows: list[tuple[Any, ...]], title: str | None) -> None:
    headings = (
        *HEADINGS, "Same Month Last Year", "Expected Outcome", "Better or Worse", "Comment",
        "Aim", "Responsible OUs", "Scrutiny Committee",
    )  # fmt: skip
    with TemporaryDirectory() as folder:
        book = save_workbook(
            Path(folder) / "x.xlsx",
            Indicators=[headings, *rows, row()],
            Settings=[("Setting", "Value"), ("Report Title", title)],
        )
        for output, options in [
            (Output.RATE_JSON, ["--format", "json", "--compare-published"]),
            (Output.RATE_JSONL, ["--format", "jsonl"]),
        ]:
            run = kpi("rate", book, *options)
            found = instances(output, run.stdout)
            assert found
            assert [faults(output, instance) for instance in found] == [[]] * len(found)


# CSV


@pytest.mark.no_cover
@pytest.mark.parametrize("options", OPTIONS)
def test_csv_is_the_lines_of_json_laid_flat(options: list[str]) -> None:
    """As the README says: bands as two columns, OUs divided by semicolons, null as nothing."""
    lines = kpi("rate", *BOOKS, *options, "--format", "jsonl").stdout.splitlines()
    text = kpi("rate", *BOOKS, *options, "--format", "csv").stdout
    rows = list(csv.DictReader(io.StringIO(text, newline=""), strict=True))
    assert rows == [laid_flat(json.loads(line)) for line in lines]
    (heading,) = csv.reader(text.splitlines()[:1])
    schema = schema_of(Output.RATE_JSONL)
    properties = [name for name in schema["properties"] if name not in ASKED_FOR]
    before = dict.fromkeys(schema["$defs"]["PreviousRecord"]["properties"])
    assert heading == list(laid_flat(dict.fromkeys(properties) | {"previous": before}))


def laid_flat(line: dict[str, Any]) -> dict[str, str]:
    flat: dict[str, Any] = {}
    before = line.get("previous") or dict.fromkeys(PREVIOUS_FIELDS)
    line = line | {f"previous_{name}": content for name, content in before.items()}
    for name, content in line.items():
        if name == "previous":
            continue
        band = content if isinstance(content, dict) else {}
        flat[name] = None if band else content
        if name in ("target", "annual_target", "green_line", "red_line", "previous_target"):
            flat |= {f"{name}_low": band.get("low"), f"{name}_high": band.get("high")}
        if name == "responsible_ous":
            flat[name] = "; ".join(content or [])
    return {name: "" if cell is None else str(safe_cell(cell)) for name, cell in flat.items()}


@pytest.mark.parametrize("sample", [SOUTHEND, MISTAKES])
def test_what_was_checked_fits_its_schema(sample: Path) -> None:
    run = kpi("check", sample, PUBLISHED, "--format", "json")
    checked = json.loads(run.stdout)
    assert len(checked["workbooks"]) == 2
    assert faults(Output.CHECK_JSON, checked) == []
