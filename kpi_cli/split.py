"""What the exceptions can be split by: `--split`."""

from enum import Enum


class Split(Enum):
    """By what there is a workbook for each."""

    COMMITTEE = "committee"
    OU = "ou"
    AIM = "aim"
