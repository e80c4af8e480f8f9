"""One exceptions workbook for each group: the groups, their file names, and the index of them."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from enum import Enum

from kpi_cli.models import Outcome, Rating, Report, count_outcomes
from kpi_cli.names import untaken
from kpi_cli.writing.csv_cells import safe_cell
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.view import by_aim, by_committee, by_ous

INDEX = "index.csv"
_LONGEST = 80  # bytes of a file's name


class Split(Enum):
    """By what there is a workbook for each."""

    COMMITTEE = "committee"
    OU = "ou"
    AIM = "aim"


_GROUPS: Mapping[Split, Callable[[Iterable[Rating]], dict[str, list[Rating]]]] = {
    Split.COMMITTEE: by_committee,
    Split.OU: by_ous,
    Split.AIM: by_aim,
}


def groups_of(report: Report, split: Split) -> dict[str, Report]:
    """Return a report for each committee, aim or group of OUs; each rating is in exactly one."""
    everything = len(report.ratings) + report.left_out
    return {
        name: replace(report, ratings=tuple(ratings), left_out=everything - len(ratings))
        for name, ratings in _GROUPS[split](report.ratings).items()
    }


def file_names(groups: Iterable[str], suffix: str = ".xlsx") -> dict[str, str]:
    """Return a file name for each group that any system takes, and no two of them alike."""
    taken: set[str] = set()
    names = {}
    for group in groups:
        stem = re.sub(r"\W+", "-", group.replace("&", " and ").casefold()).strip("-_")
        stem = stem.encode()[:_LONGEST].decode(errors="ignore")
        names[group] = f"{untaken(stem or 'group', taken)}{suffix}"
    return names


def index_of(names: Mapping[str, str], parts: Mapping[str, Sections]) -> bytes:
    """Return the index as CSV: each group with its file and its counts."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["group", "file", "indicators", "exceptions", *(o.key for o in Outcome)])
    for group, sections in parts.items():
        ratings = sections.report.ratings
        numbers = [len(ratings), len(sections.exceptions), *count_outcomes(ratings).values()]
        rows.writerow([safe_cell(group), names[group], *numbers])
    return text.getvalue().encode("utf-8-sig")
