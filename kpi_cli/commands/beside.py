"""What stands beside workbooks and explains them: a profile, and a workbook of definitions.

The batch asks for it too, which loads no reading: that is named here, and loaded where there is
something to read.
"""

import errno
from dataclasses import dataclass, field
from pathlib import Path
from pkgutil import resolve_name
from typing import TYPE_CHECKING, NamedTuple

from kpi_cli.commands.options import Opening
from kpi_cli.xlsx.unreadable import UnreadableWorkbookError

if TYPE_CHECKING:
    from kpi_cli.reading.definitions import DefinitionsFile
    from kpi_cli.reading.profile import Given, Profile

PROFILE_NAME = "kpi.toml"
_OF_WORKBOOK = {errno.EACCES, errno.ENAMETOOLONG}  # of its folders: whoever opens it will be told
_READ_PROFILE = "kpi_cli.reading.profile:read_profile"
_GIVEN = "kpi_cli.reading.profile:Given"
_READ_DEFINITIONS = "kpi_cli.reading.definitions:read_definitions"


class Explained(NamedTuple):
    """What a workbook is read with."""

    profile: "Given | None" = None
    definitions: "DefinitionsFile | None" = None


@dataclass
class Beside:
    """The profiles and definitions of a run: each file is read once."""

    opening: Opening
    _profiles: "dict[Path, Profile]" = field(default_factory=dict)
    _definitions: "dict[Path, DefinitionsFile]" = field(default_factory=dict)

    def of(self, workbook: Path, top: Path | None = None) -> Explained:
        """Return what a workbook is read with; its profile may stand above it, up to a folder.

        Raises UnreadableWorkbookError, which names the file, where either can't be read.
        """
        path = self._path(workbook, top)
        profile = self._profile(path) if path else None
        definitions = self._definitions_by(profile)
        given = resolve_name(_GIVEN)(profile, path.name) if path and profile else None
        return Explained(given, self._defined(definitions) if definitions else None)

    def definitions_of(self, workbook: Path, top: Path | None = None) -> Path | None:
        """Return the path of a workbook's definitions, if it has any that its profile can name."""
        path = self._path(workbook, top)
        try:
            return self._definitions_by(self._profile(path) if path else None)
        except UnreadableWorkbookError:
            return None  # whoever reads the workbook will be told

    def profile_of(self, workbook: Path) -> str:
        """Return the text of the profile that a workbook was read with; "" without one."""
        path = self._path(workbook)
        return path.read_text("utf-8-sig") if path else ""

    def _path(self, workbook: Path, top: Path | None = None) -> Path | None:
        if self.opening.profile or self.opening.no_profile:
            return self.opening.profile
        return find_profile(workbook, top)

    def _profile(self, path: Path) -> "Profile":
        if path not in self._profiles:
            self._profiles[path] = resolve_name(_READ_PROFILE)(path)
        return self._profiles[path]

    def _definitions_by(self, profile: "Profile | None") -> Path | None:
        path = self.opening.definitions or (profile and profile.definitions)
        return Path(path) if path else None

    def _defined(self, path: Path) -> "DefinitionsFile":
        if path not in self._definitions:
            self._definitions[path] = resolve_name(_READ_DEFINITIONS)(path)
        return self._definitions[path]


def find_profile(workbook: Path, top: Path | None = None) -> Path | None:
    """Return the profile beside a workbook, or else above it up to a folder; None without one."""
    folder = workbook.absolute().parent
    highest = top.absolute() if top else folder
    for each in (folder, *folder.parents):
        try:
            if (each / PROFILE_NAME).is_file():
                return each / PROFILE_NAME
        except OSError as error:
            return None if error.errno in _OF_WORKBOOK else each / PROFILE_NAME
        if each == highest or not each.is_relative_to(highest):
            return None
    return None
