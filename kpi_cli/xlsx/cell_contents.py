"""What a cell holds: its value, how numbers are shown in it, and what is wrong with it."""

import math

from kpi_cli.xlsx.dates import Shows, iso_moment, moment, what_is_shown_of
from kpi_cli.xlsx.format_sections import hides
from kpi_cli.xlsx.limits import MOST_KEPT
from kpi_cli.xlsx.sheet import CellValue, Content, Fault
from kpi_cli.xlsx.unreadable import damaged
from kpi_cli.xlsx.workbook_part import Book, CellFormat, unescaped
from kpi_cli.xlsx.xml import TRUE, whole_number

_TEXTS = {"str", "inlineStr", "e"}  # kinds of cells whose text stands in the sheet

Written = tuple[str | None, str | None, str | None, bool, str]
"""A cell as the file has it: its text, its style, its kind, whether it has a formula, and what is
struck out of a text that stands in the cell itself."""


class Contents(dict[Written, Content | None]):
    """What cells hold, by what the file has; None for those in which nobody sees anything.

    Most cells say what others say too (a code, a month, a target), and each is worked out once.
    Raises UnreadableWorkbookError, ValueError or LookupError for what no cell can hold.
    """

    def __init__(self, sheet: str, book: Book) -> None:
        super().__init__()
        self.unstyled: set[Content] = set()  # numbers of a style that the workbook doesn't have
        self._sheet = sheet
        self._book = book
        self.unseen: set[Content] = set()
        """The contents that their number formats hide."""
        self.struck_out: dict[Content, str] = {}
        """What is struck out of texts, and no part of the contents."""

    def __missing__(self, written: Written) -> Content | None:
        if len(self) > MOST_KEPT:
            self.clear()
        self[written] = content = self.work_out(written)
        return content

    def work_out(self, written: Written) -> Content | None:
        """Return what a cell holds, without a look at what is kept."""
        content = self._content(written)
        is_in_runs = written[4] or self._book.struck_out  # as few are
        if is_in_runs and content and (struck_out := self._struck_out(written)):
            self.struck_out[content] = struck_out
        return content

    def _struck_out(self, written: Written) -> str:
        """Return what is struck out of a text, which stands in the cell or is shared."""
        text, _, kind, _, struck_out = written
        if kind == "s" and text and self._book.struck_out:
            return self._book.struck_out.get(_index(text), "")
        return unescaped(struck_out)

    def _content(self, written: Written) -> Content | None:
        text, style, kind, has_formula, _ = written
        if text is None and not has_formula:
            return None
        number = _index(style or "0")
        is_known = number < len(self._book.formats)
        code, shows, may_hide = self._book.formats[number] if is_known else CellFormat()
        value = self._value(kind or "n", text, code, shows) if text else None
        if kind == "e":
            return Content(value, code, Fault.ERROR)
        if value is None and has_formula and kind != "str":  # of these, "" is a result
            return Content(None, code, Fault.NO_RESULT)
        if value is None or (isinstance(value, str) and not value.strip()):
            return None
        content = Content(value, code, None)
        if not is_known and isinstance(value, int | float):
            self.unstyled.add(content)
        if may_hide and hides(code, value):
            self.unseen.add(content)
        return content

    def _value(self, kind: str, text: str, code: str, shows: Shows) -> CellValue:
        """Return what a cell of a kind ("n" for numbers, "s" for shared texts …) holds."""
        if kind == "s":
            return self._book.texts[_index(text)]
        if kind in _TEXTS:
            return unescaped(text)
        if not text.strip():
            return None
        if kind == "n":
            return _number(text) if shows is Shows.NUMBER else self._moment(text, code)
        if kind == "b":
            return text in TRUE
        if kind == "d":
            return iso_moment(text, shows, self._book.is_1904)
        raise damaged(f'its sheet "{self._sheet}" has a cell of the unknown kind "{kind}"')

    def _moment(self, text: str, code: str) -> CellValue:
        """Return the date that a number is shown as; the number itself where it is none."""
        number = _number(text)
        shows = what_is_shown_of(number, code)
        if shows is Shows.NUMBER:
            return number
        try:
            return moment(number, shows, self._book.is_1904)
        except OverflowError:  # Excel shows ##### in such a cell
            return number


def _index(number: str) -> int:
    """Return the number by which a cell names a text or a style, counted from 0."""
    index = whole_number(number)
    if index < 0:
        raise ValueError(f"{number} is no number of a text or style")
    return index


def _number(text: str) -> int | float:
    """Return the number that a cell holds; raises ValueError for what no cell can."""
    if "_" in text or not text.isascii() or not math.isfinite(number := float(text)):
        raise ValueError(f"{text!r} is no number")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number
