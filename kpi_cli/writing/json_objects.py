"""What is told of one workbook or of several, as JSON; in ASCII, so that no console garbles it."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Final, TextIO

from pydantic_core import to_json

from kpi_cli.amounts import Band, Target
from kpi_cli.models import Problem

SCHEMA_VERSION: Final = 1


def write_objects(objects: Iterable[object], stream: TextIO, several: bool) -> None:
    """Write one object for one workbook, and a list of objects where several were asked for.

    An object is a record, or what one has in its fields.
    """
    texts = map(_in_json, objects)
    if several:
        stream.write("[\n" + ",\n".join(texts) + "\n]\n")
        return
    for text in texts:
        stream.write(text + "\n")


def _in_json(told: object) -> str:
    """Return an object as JSON: pydantic writes it faster than Python, but one control as it is."""
    return to_json(told, indent=2, ensure_ascii=True).decode("ascii").replace("\x7f", r"\u007f")


def number_fields(amount: Target | None) -> Any:
    """Return an amount in display units as a number, or the fields of a band."""
    if isinstance(amount, Band):
        return {"low": plain(amount.low.number), "high": plain(amount.high.number)}
    return plain(amount.number if amount else None)


def plain(number: Decimal | None) -> int | float | None:
    """Return an exact number as JSON has it: whole where it is whole."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def problem_fields(problem: Problem) -> dict[str, Any]:
    """Return the fields of a problem."""
    return {
        "severity": problem.severity.value,
        "cell": problem.cell,
        "message": problem.message,
        "hint": problem.hint,
    }
