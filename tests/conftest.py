"""How the properties are tried: no time limit for an example, and the same ones each time in CI."""

import os

from hypothesis import settings

settings.register_profile("kpi", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("kpi")
