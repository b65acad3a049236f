r"""Patterns spelt so that the checker of values reads them.

ECMA-262 allows what its engine refuses: a class such as ``[\w-.]``, a lone ``{``, the empty class ``[]``. What of a
pattern is plain ECMA-262 is written out by our own reader of it. What other dialects have (``\A``, ``\Z``,
``(?P<name>``) is written as ECMA-262 has it. A pattern that nobody can read stays as it is: the checker says so.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from jsonschema_rs import Draft202012Validator, FancyRegexOptions, ValidationError

from arazzo_runner.mock.limits import MAX_PATTERN
from arazzo_runner.query.regex import Pattern, compile_pattern

_DIALECTS: Final = ((r"\A", "^"), (r"\Z", "$"), (r"\z", "$"), ("(?P<", "(?<"))


@lru_cache(maxsize=4096)
def spelt(pattern: str) -> str:
    """Return a pattern as the checker reads it; as it is where that can't be done."""
    if len(pattern) > MAX_PATTERN or _is_read(pattern):
        return pattern
    foreign = pattern
    for written, meant in _DIALECTS:
        foreign = foreign.replace(written, meant)
    for candidate in (pattern, foreign):
        compiled = compile_pattern(candidate)
        own = compiled.linear.spelling if isinstance(compiled, Pattern) and compiled.linear is not None else candidate
        found = next((text for text in (candidate, own) if _is_read(text)), None)
        if found is not None:
            return found
    return pattern


def _is_read(pattern: str) -> bool:
    try:
        Draft202012Validator({"pattern": pattern}, offline=True, pattern_options=FancyRegexOptions())
    except (ValidationError, ValueError):
        return False
    return True
