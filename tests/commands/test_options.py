"""Sizes in bytes as people write them."""

import pytest

from kpi_cli.commands.options import parse_size


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("1", 1024**2),
        ("512", 512 * 1024**2),
        ("512MiB", 512 * 1024**2),
        ("512 MB", 512 * 1024**2),
        (" 512m ", 512 * 1024**2),
        ("2GiB", 2 * 1024**3),
        ("2 gb", 2 * 1024**3),
        ("1.5G", 3 * 1024**3 // 2),
        ("10k", 10_240),
        ("10KiB", 10_240),
        (f"1{'0' * 400}", 10**400 * 1024**2),
    ],
)
def test_a_size(text: str, size: int) -> None:
    assert parse_size(text) == size


@pytest.mark.parametrize(
    "text", ["", "0", "0GB", "-1", "much", "5 TiB", "1e9", "1,000", "GiB", "1.MiB", "5 MiB or so"]
)
def test_what_is_no_size(text: str) -> None:
    assert parse_size(text) is None
