"""The four libraries that kpi is made with, imported and nothing more.

pydantic and rich load what they consist of when it is first used: here that is never.
"""

import openpyxl  # noqa: F401
import pydantic  # noqa: F401
import rich  # noqa: F401
import typer  # noqa: F401
