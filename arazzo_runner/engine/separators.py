"""Doubts about values that a text of form fields takes in as they are (BOD-13, PAR-27).

Text that the author wrote is sent as written, with the values of its expressions put in. A value that holds what parts
fields from each other then becomes fields of its own, and nobody can tell whether that was meant.
"""

from __future__ import annotations

import re

from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import CompiledValue, Template
from arazzo_runner.values import Nothing

_SEPARATOR = re.compile(r"[&=#+%;]")


def separator_doubts(compiled: CompiledValue | None, scope: Scope, place: str) -> tuple[str, ...]:
    """Return a remark for each expression in a text whose value holds a separator; `place` names the text."""
    if not isinstance(compiled, Template):
        return ()
    found = []
    for part in compiled.parts:
        value = None if isinstance(part, str) else evaluate(part, scope)
        separator = _SEPARATOR.search(value) if isinstance(value, str) and not isinstance(value, Nothing) else None
        if separator is not None and not isinstance(part, str):
            found.append(
                f"the value of {part.text} goes into {place} as it is, and it holds '{separator.group()}', which has a "
                "meaning there: write the fields as an object, or give the value percent-encoded"
            )
    return tuple(dict.fromkeys(found))
