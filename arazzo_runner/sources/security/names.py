"""The names of the environment variables that give credentials."""

from __future__ import annotations

import re


def variable_name(source: str, scheme: str, wanted: str) -> str:
    """Return the environment variable for a field: ``ARAZZO_AUTH_<SOURCE>_<SCHEME>_<FIELD>``."""
    return "_".join(("ARAZZO_AUTH", *(re.sub(r"[^A-Z0-9]", "_", part.upper()) for part in (source, scheme)), wanted))
