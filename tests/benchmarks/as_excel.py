"""A workbook of openpyxl's as Excel writes it: as_excel.py WORKBOOK RESULT.

The cells are the same. Excel keeps each text once, in a part of its own, and says in a cell its
number there; openpyxl's writer puts every text into its cell.
"""

import re
import sys
import zipfile

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PART = "xl/sharedStrings.xml"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
_INLINE = re.compile(r't="inlineStr"><is>(.*?)</is>', re.DOTALL)
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


class Texts:
    """The texts of a workbook by their numbers, in the order in which they are first used."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}
        self.uses = 0

    def shared(self, sheet: str) -> str:
        """Return the XML of a sheet with the numbers of its texts; a number is no type to tell."""
        return _INLINE.sub(self._cell, sheet).replace(' t="n"', "")

    def _cell(self, found: re.Match[str]) -> str:
        self.uses += 1
        number = self.numbers.setdefault(found[1], len(self.numbers))
        return f't="s"><v>{number}</v>'

    @property
    def part(self) -> str:
        """The part that holds them."""
        items = "".join(f"<si>{text}</si>" for text in self.numbers)
        counts = f'count="{self.uses}" uniqueCount="{len(self.numbers)}"'
        return f'{_DECLARATION}<sst xmlns="{_MAIN}" {counts}>{items}</sst>'


def main(workbook: str, result: str) -> None:
    """Write the workbook again."""
    texts = Texts()
    with (
        zipfile.ZipFile(workbook) as source,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            part = source.read(name).decode()
            if name.startswith("xl/worksheets/"):
                part = _DECLARATION + texts.shared(part)
            elif name == "[Content_Types].xml":
                told = f'<Override PartName="/{_PART}" ContentType="{_TYPE}" /></Types>'
                part = part.replace("</Types>", told)
            elif name == "xl/_rels/workbook.xml.rels":
                told = f'<Relationship Id="texts" Type="{_RELATION}" Target="/{_PART}" />'
                part = part.replace("</Relationships>", f"{told}</Relationships>")
            target.writestr(name, part)
        target.writestr(_PART, texts.part)


if __name__ == "__main__":
    main(*sys.argv[1:])
