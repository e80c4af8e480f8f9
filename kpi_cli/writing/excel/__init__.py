"""What workbooks are written with: cells and their looks, tables, charts, pages, the file.

Whatever is in here has openpyxl loaded by what stands below, without what openpyxl takes where it
finds it, and is not needed here: numpy takes longer to load than a workbook to write, Pillow is for
pictures, and by lxml a part that charts share would be in the last of them alone.
"""

import sys
from importlib import import_module

_NOT_NEEDED = ("numpy", "PIL", "lxml")


def _load_openpyxl() -> None:
    """Load openpyxl as if those were not installed; one that is loaded already stays as it is."""
    kept_out = [name for name in _NOT_NEEDED if name not in sys.modules]
    sys.modules.update(dict.fromkeys(kept_out))  # type: ignore[arg-type]  # None: not installed
    try:
        import_module("openpyxl")
    finally:
        for name in kept_out:
            del sys.modules[name]


_load_openpyxl()
