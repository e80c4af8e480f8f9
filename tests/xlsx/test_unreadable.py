"""What the first bytes of a file, and the parts of another zip file, say of it."""

import io

import pytest

from kpi_cli.xlsx.unreadable import UnreadableWorkbookError, look_at_start, other_package

OLE = b"\xd0\xcf\x11\xe0"
MARK = "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (OLE, "Excel 97-2003"),
        (OLE + bytes(10_000) + MARK, "it is encrypted; save it in Excel without a password"),
        (OLE + bytes(1 << 20) + MARK, "Excel 97-2003"),
        (b"code,value", "it is a file of text"),
        (b"\xef\xbb\xbfcode", "it is a file of text"),
        (b"code" + bytes(1), "it is not an Excel workbook"),
        (b"MZ\0\0PK\3\4", "it is not an Excel workbook"),
    ],
)
def test_what_is_no_workbook(content: bytes, message: str) -> None:
    with pytest.raises(UnreadableWorkbookError, match=message):
        look_at_start(io.BytesIO(content))


def test_a_zip_file_may_be_one_and_is_read_from_its_start() -> None:
    file = io.BytesIO(b"PK\3\4 and more")
    look_at_start(file)
    assert file.read() == b"PK\3\4 and more"


@pytest.mark.parametrize(
    ("names", "message"),
    [
        ({"xl/workbook.bin", "xl/styles.bin"}, "it is a binary workbook"),
        ({"mimetype", "content.xml", "meta.xml"}, "it is in the OpenDocument format"),
        ({"word/document.xml"}, "it is not an Excel workbook"),
        ({"ppt/presentation.xml"}, "it is not an Excel workbook"),
        ({"mimetype", "meta-inf/container.xml"}, "it is damaged, or not a workbook"),
        (set(), "it is damaged, or not a workbook"),
    ],
)
def test_other_zip_files(names: set[str], message: str) -> None:
    assert str(other_package(names)).startswith(message)
