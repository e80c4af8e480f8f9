"""The names by which links lead to an indicator: "cp-1-2" in the list, "detail-cp-1-2" beyond."""

import re
from collections.abc import Iterable

PARTS = ("summary", "exceptions", "section-1", "section-2", "section-3", "notes", "ratings", "top")
"""The names of the page's own parts, which no indicator gets."""

_DETAIL = "detail-"
_LONGEST = 60  # characters; a code can be a whole name


def anchors(codes: Iterable[str]) -> list[str]:
    """Return a name for each code, such that neither it nor that of its detail is another's."""
    taken = set(PARTS)
    return [_free(_slug(code), taken) for code in codes]


def detail_of(anchor: str) -> str:
    """Return the name of the detail of an indicator."""
    return f"{_DETAIL}{anchor}"


def _slug(code: str) -> str:
    """Return a code in letters, digits and single hyphens; the page's own ids have double ones."""
    slug = re.sub(r"[^a-z0-9]+", "-", code.casefold())[:_LONGEST].strip("-")
    return slug or "indicator"


def _free(slug: str, taken: set[str]) -> str:
    number, name = 1, slug
    while name in taken or detail_of(name) in taken:
        number += 1
        name = f"{slug}-{number}"
    taken |= {name, detail_of(name)}
    return name
