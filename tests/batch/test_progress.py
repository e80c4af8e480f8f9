"""What a batch says: lines in the order of the workbooks, and the closing table."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.batch.progress import InOrder, Tally, closing_table
from kpi_cli.batch.task import Row, Status


def test_lines_are_said_when_their_turn_has_come(capsys: pytest.CaptureFixture[str]) -> None:
    lines = InOrder()
    said = []
    for number in (2, 0, 4, 1):
        lines.ready(number, [f"line {number}"] if number != 1 else [], None)
        said.append(capsys.readouterr().err)
    assert said == ["", "line 0\n", "", "line 2\n"]
    lines.rest()
    assert capsys.readouterr().err == "line 4\n"


@given(st.permutations(range(8)))
def test_whatever_is_ready_first_the_order_is_the_same(order: list[int]) -> None:
    said: list[int] = []

    class Recording(InOrder):
        def _say(self, number: int) -> None:
            self._ready.pop(number)
            said.append(number)

    lines = Recording()
    for number in order:
        lines.ready(number, [], None)
    assert said == list(range(8))


def test_the_closing_table_has_no_more_rows_than_it_needs() -> None:
    rows = [Row(Status.RATED, counts={"at_risk": 1_000, "on_course": 234})] * 2
    table = closing_table(Tally(rows, unchanged=0, passed_over=0, left=0), Path("out"))
    assert table.splitlines() == [
        "Workbooks                                 2",
        "  rated                                   2",
        "  rated, with errors in the data          0",
        "  failed                                  0",
        "Indicators                            2,468",
        "  At risk                             2,000",
        "  Some slippage                           0",
        "  On course                             468",
        "  No value                                0",
        "  No target                               0",
        f"Results: {Path('out/summary.csv')}, {Path('out/ratings.jsonl')}",
    ]
    full = closing_table(Tally([*rows, Row(Status.INCOMPLETE)], 1, 2, 3), Path("out"))
    assert [line.split("  ")[0] for line in full.splitlines() if line[0] != " "] == [
        "Workbooks",
        "Indicators",
        "Passed over: lock files and what is no workbook",
        "Left from earlier: workbooks that are not in this batch",
        f"Results: {Path('out/summary.csv')}, {Path('out/ratings.jsonl')}",
    ]
    assert "  rated, but not all was made  " in full
    assert "  of all these, unchanged and not done again  " in full
