"""The page as a whole: its template filled in, as the bytes of an HTML file."""

import base64
import hashlib
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from kpi_cli.models import Direction, Outcome
from kpi_cli.sentences import visible
from kpi_cli.writing.exceptions_workbook.sections import Sections
from kpi_cli.writing.web.page import Page


def web_page(sections: Sections) -> bytes:
    """Return the report as the bytes of an HTML file that needs nothing else."""
    template = _environment().get_template("page.html.j2")
    text = template.render(page=Page(sections), Outcome=Outcome, Direction=Direction)
    return text.encode()


@cache
def _environment() -> Environment:
    """Return what fills in templates: every text is escaped, wherever it stands.

    What a browser would obey rather than show, such as characters that turn the reading direction,
    is made visible.
    """
    environment = Environment(
        loader=PackageLoader("kpi_cli.writing.web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    script = environment.get_template("filter.js").render()
    environment.globals |= {"script": Markup(script), "script_hash": _hash_of(script)}
    return environment


def _visible(content: object) -> object:
    if isinstance(content, str) and not isinstance(content, Markup):
        return visible(content)
    return content


def _hash_of(script: str) -> str:
    """Return the hash by which the page lets its own script run, and no other."""
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
