"""The table of fields, and that a column's one line there leads it to every output."""

import csv
import json
from pathlib import Path

import pytest

from kpi_cli.fields import HISTORY_FIELDS, INDICATOR_FIELDS, SETTINGS, Kind
from kpi_cli.history import Reading
from kpi_cli.models import Indicator, Settings
from kpi_cli.reading.headings import fold_heading
from tests.builders import HEADINGS, row, save_workbook
from tests.running import kpi
from tests.writing.exceptions_workbook.blocks import blocks
from tests.writing.exceptions_workbook.reading_back import Written


def test_every_field_is_an_attribute_of_its_model() -> None:
    own = {key for key, field in INDICATOR_FIELDS.items() if not field.kind.makes_lines}
    assert own <= set(Indicator.model_fields)
    assert set(HISTORY_FIELDS) <= set(Reading._fields)
    assert [setting.key for setting in SETTINGS] == list(Settings.model_fields)


def test_no_heading_means_two_fields() -> None:
    headings = [h for field in INDICATOR_FIELDS.values() for h in field.headings]
    assert len({fold_heading(heading) for heading in headings}) == len(headings)


@pytest.mark.parametrize("key", [k for k, f in INDICATOR_FIELDS.items() if f.decides])
def test_what_decides_is_no_text_but_the_names(key: str) -> None:
    assert key in ("code", "short_name") or INDICATOR_FIELDS[key].kind is not Kind.TEXT


def test_a_data_source_comes_from_its_column_to_every_output(tmp_path: Path) -> None:
    """C008 is where the report's CP 1.4 comes from."""
    rows = [(*HEADINGS, "Data source"), row(value=50, data_source="C008")]
    path = save_workbook(tmp_path / "x.xlsx", Indicators=rows)
    (rating,) = json.loads(kpi("rate", path, "-f", "json").stdout)["ratings"]
    assert rating["data_source"] == "C008"
    (line,) = csv.DictReader(kpi("rate", path, "-f", "csv").stdout.splitlines())
    assert line["data_source"] == "C008"
    assert kpi("exceptions", path, "-o", tmp_path / "e.xlsx").exit_code == 0
    (block,) = blocks(Written((tmp_path / "e.xlsx").read_bytes()))
    assert block.said["Data Source"] == "C008"


def test_without_a_data_source_there_is_no_line_for_it(tmp_path: Path) -> None:
    path = save_workbook(tmp_path / "x.xlsx", Indicators=[HEADINGS, row(value=50)])
    assert kpi("exceptions", path, "-o", tmp_path / "e.xlsx").exit_code == 0
    (block,) = blocks(Written((tmp_path / "e.xlsx").read_bytes()))
    assert "Data Source" not in block.said


def test_lines_come_from_their_columns_to_every_output(tmp_path: Path) -> None:
    goldilocks = row(
        code="CP 1.2", polarity="Goldilocks", value=33.49, target="38-48", annual_target=None,
        green="34.3-41.7", red="28-48",
    )  # fmt: skip
    rows = [(*HEADINGS, "Green Threshold", "Floor"), row(value=80, green=88, red=85.5), goldilocks]
    path = save_workbook(tmp_path / "x.xlsx", Indicators=rows)
    keys = ("green_line", "green_line_text", "red_line", "red_line_text")
    ratings = json.loads(kpi("rate", path, "-f", "json").stdout)["ratings"]
    assert [[rating[key] for key in keys] for rating in ratings] == [
        [88, "88", 85.5, "85.5"],
        [{"low": 34.3, "high": 41.7}, "34.3-41.7", {"low": 28, "high": 48}, "28-48"],
    ]
    lines = list(csv.DictReader(kpi("rate", path, "-f", "csv").stdout.splitlines()))
    ends = ("red_line", "red_line_low", "red_line_high", "red_line_text")
    assert [[line[key] for key in ends] for line in lines] == [
        ["85.5", "", "", "85.5"],
        ["", "28", "48", "28-48"],
    ]
    why = "Why: 80 is under the red line of 85.5 (Floor)"
    assert why in kpi("rate", path, "--explain").stdout
    assert kpi("exceptions", path, "-o", tmp_path / "e.xlsx").exit_code == 0
    first, second = blocks(Written((tmp_path / "e.xlsx").read_bytes()))
    assert (first.said["Green Line"], first.said["Red Line"]) == ("88", "85.5")
    assert second.said["Red Line"] == "28-48"
