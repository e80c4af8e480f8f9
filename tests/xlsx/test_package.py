"""The zip file that a workbook is: its parts by their names, and how much of them is unpacked."""

import io
import zipfile

import pytest

from kpi_cli.xlsx.package import Package
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError


def package(parts: dict[str, str], max_size: int = 10_000) -> Package:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return Package(content, max_size)


@pytest.mark.parametrize("stored", ["xl/workbook.xml", "/xl/workbook.xml", "XL\\WorkBook.XML"])
@pytest.mark.parametrize("asked", ["xl/workbook.xml", "/xl/workbook.xml", "Xl\\workbook.xml"])
def test_all_spellings_of_a_name_agree(stored: str, asked: str) -> None:
    found = package({stored: "content"})
    assert found.names == {"xl/workbook.xml"}
    assert asked in found
    assert b"".join(found.pieces(asked)) == b"content"


def test_a_part_comes_in_pieces() -> None:
    text = "x" * 150_000
    pieces = list(package({"part": text}, 10**6).pieces("part"))
    assert len(pieces) == 3
    assert b"".join(pieces) == text.encode()


def test_a_part_that_is_missing() -> None:
    found = package({"a": ""})
    assert "b" not in found
    with pytest.raises(UnreadableWorkbookError, match="its part b is missing"):
        list(found.pieces("b"))


def test_all_parts_together_may_be_as_large_as_allowed() -> None:
    assert package({"a": "12345", "b": "67890"}, 10).names == {"a", "b"}
    with pytest.raises(UnreadableWorkbookError, match="more than the 1 MiB that are allowed"):
        package({"a": "12345", "b": "67890"}, 9)


def test_a_part_that_is_read_again_counts_again() -> None:
    found = package({"a": "12345"}, 10)
    assert [b"".join(found.pieces("a")) for _ in range(2)] == [b"12345", b"12345"]
    with pytest.raises(UnreadableWorkbookError, match="it unpacks to"):
        list(found.pieces("a"))
