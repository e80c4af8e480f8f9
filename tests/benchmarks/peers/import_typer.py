"""The library of the command line, imported and nothing more."""

import typer  # noqa: F401
