"""What no reader in Python goes below: each part unzipped, and its XML gone through in C.

unzip_and_expat.py WORKBOOK. Nothing is done with what is found.
"""

import sys
import zipfile
from xml.parsers import expat

with zipfile.ZipFile(sys.argv[1]) as package:
    for name in package.namelist():
        expat.ParserCreate().Parse(package.read(name), True)
