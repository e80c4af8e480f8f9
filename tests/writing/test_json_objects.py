import io
import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from kpi_cli.writing.json_objects import write_objects
from kpi_cli.writing.records import Record

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_NUMBERS = st.integers(-(10**15), 10**15) | st.floats(0.0001, 1e15) | st.floats(-1e15, -0.0001)


class _Told(Record):
    text: str
    number: int | float | None
    names: list[str]
    by_name: dict[str, list[str]]


def _written(*records: Record, several: bool = False) -> str:
    stream = io.StringIO()
    write_objects(records, stream, several)
    return stream.getvalue()


def _told(**fields: Any) -> _Told:
    return _Told(**({"text": "", "number": None, "names": [], "by_name": {}} | fields))


@given(_TEXTS, _NUMBERS, st.lists(_TEXTS), st.dictionaries(_TEXTS, st.lists(_TEXTS)))
def test_a_record_is_written_as_python_writes_json(
    text: str, number: float, names: list[str], by_name: dict[str, list[str]]
) -> None:
    record = _told(text=text, number=number, names=names, by_name=by_name)
    assert _written(record) == json.dumps(record.model_dump(), indent=2) + "\n"


def test_no_character_garbles_a_console() -> None:
    text = _written(_told(text="\x7f\x1b £ \u2028 \U0001f600"))
    assert text.isascii()
    assert text.replace("\n", "").isprintable()


def test_small_numbers_are_exact() -> None:
    for number in (0.00005, -1e-7, 1e-300):
        assert json.loads(_written(_told(number=number)))["number"] == number


def test_several_are_a_list() -> None:
    one, other = _told(text="one"), _told(text="other")
    assert json.loads(_written(one, other, several=True)) == [one.model_dump(), other.model_dump()]
