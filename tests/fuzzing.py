"""Damage done to a workbook at random, the same for the same seed."""

import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping

_ELEMENT = re.compile(r"<(\w+)\b[^<>]*(?:/>|>[^<>]*</\1>)")
_TAG = re.compile(r"</?[\w:]+[^<>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_NUMBER = re.compile(r"(?<![\w#])-?\d+(?:\.\d+)?")
_EXTREMES = (
    *("0", "-1", "1", "60", "1e308", "-1e-308", "1e999", "nan", "99999999999999999999", "", " "),
    *(
        "2147483648",
        "1048577",
        "0.1",
        "1_0",
        "٣",
        "1,5",
        "9" * 400,
        "0x10",
        "1e15",
        "43466",
        "true",
    ),
)
_TEXTS = (
    *("", "A1", "XFD1048576", "XFE1", "A0", "n", "s", "str", "inlineStr", "b", "e", "d", "rId1"),
    *(
        "../../x",
        "[red]\x85",
        "_x0000_",
        "_xD800_",
        "1",
        "-1",
        "hidden",
        "visible",
        "A1:XFD1048576",
    ),
    *(
        "0.0%",
        "[h]:mm",
        "yyyy",
        "&quot;",
        "&lt;",
        "\U0001f600",
        "38-48",
        "TBC",
        "Jan 2019",
        "#REF!",
    ),
)


def damaged(workbook: bytes, seed: int) -> bytes:
    """Return a workbook that is damaged in one to three ways."""
    chance = random.Random(seed)
    if chance.random() < 0.3:
        for _ in range(chance.randint(1, 3)):
            workbook = chance.choice(_OF_BYTES)(workbook, chance)
        return workbook
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    read = [name for name in parts if name.startswith("xl/w") or name.endswith(("s.xml", ".rels"))]
    for _ in range(chance.randint(1, 3)):
        if chance.random() < 0.1:
            first, second = chance.sample(read, 2)
            parts[first], parts[second] = parts[second], parts[first]
        else:
            name = chance.choice(read)
            parts[name] = chance.choice(_OF_XML)(parts[name], chance)
    return _zipped(parts)


def _zipped(parts: Mapping[str, str]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def _flip(content: bytes, chance: random.Random) -> bytes:
    """Change some bytes, most of them in a part or in the directory at the end."""
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        start = max(0, len(changed) - 1500) if chance.random() < 0.5 else 0
        changed[chance.randrange(start, len(changed))] = chance.choice(
            (0, 255, chance.randrange(256))
        )
    return bytes(changed)


def _cut(content: bytes, chance: random.Random) -> bytes:
    start, end = sorted(chance.sample(range(len(content) + 1), 2))
    return chance.choice(
        (content[:start] or b"P", content[start:] or b"P", content[:start] + content[end:])
    )


def _swap(content: bytes, chance: random.Random) -> bytes:
    a, b, c = sorted(chance.sample(range(len(content) + 1), 3))
    return content[:a] + content[b:c] + content[a:b] + content[c:]


def _one(pattern: re.Pattern[str], xml: str, chance: random.Random) -> tuple[int, int, str]:
    """Return where one of the things that match stands, and the thing; nothing where none does."""
    found = list(pattern.finditer(xml))
    if not found:
        return 0, 0, ""
    one = chance.choice(found)
    return one.start(), one.end(), one[0]


def _delete(xml: str, chance: random.Random) -> str:
    start, end, _ = _one(chance.choice((_ELEMENT, _TAG)), xml, chance)
    return xml[:start] + xml[end:]


def _repeat(xml: str, chance: random.Random) -> str:
    _, end, element = _one(_ELEMENT, xml, chance)
    return xml[:end] + element * chance.choice((1, 1, 3, 200)) + xml[end:]


def _move(xml: str, chance: random.Random) -> str:
    _, _, element = _one(_ELEMENT, xml, chance)
    start, end, other = _one(_ELEMENT, xml, chance)
    return xml[:start] + element + other + xml[end:]


def _change_attribute(xml: str, chance: random.Random) -> str:
    start, end, attribute = _one(_ATTRIBUTE, xml, chance)
    name = attribute.partition("=")[0]
    value = chance.choice((*_TEXTS, *_EXTREMES))
    changed = chance.choice((f'{name}="{value}"', f'{name}="{value}"', "", f'x{name}="{value}"'))
    return xml[:start] + changed + xml[end:]


def _change_number(xml: str, chance: random.Random) -> str:
    start, end, _ = _one(_NUMBER, xml, chance)
    return xml[:start] + chance.choice(_EXTREMES) + xml[end:]


def _change_text(xml: str, chance: random.Random) -> str:
    start, end, _ = _one(re.compile(r"(?<=>)[^<>]+(?=<)"), xml, chance)
    return xml[:start] + chance.choice((*_TEXTS, *_EXTREMES, "x" * 40_000)) + xml[end:]


_OF_BYTES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _flip, _cut, _swap)
_OF_XML: tuple[Callable[[str, random.Random], str], ...] = (
    _delete, _repeat, _move, _change_attribute, _change_attribute, _change_number, _change_text,
)  # fmt: skip
