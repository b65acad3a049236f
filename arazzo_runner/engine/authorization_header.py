"""An Authorization header that says how to authenticate and not with what (practical reading P14).

``Bearer {$inputs.token}`` without the optional token is no header with a gap, but none at all: so the credential that
the caller gave by its own channel takes the place.
"""

from __future__ import annotations

import re
from typing import Final

from arazzo_runner.expressions.evaluate import evaluate
from arazzo_runner.expressions.scope import Scope
from arazzo_runner.expressions.template import CompiledValue, Template
from arazzo_runner.values import Nothing

_SCHEME: Final = re.compile(r"\s*(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+\s+)?\Z")
"""Nothing, or the name of an authentication scheme and the space behind it (RFC 9110, section 11.1)."""


def without_credentials(compiled: CompiledValue, scope: Scope) -> Nothing | None:
    """Return the first absent optional input, where such inputs and the word of a scheme are all that a header has."""
    if not isinstance(compiled, Template):
        return None
    found = [evaluate(part, scope) for part in compiled.parts if not isinstance(part, str)]
    absent = [value for value in found if isinstance(value, Nothing) and value.optional]
    rest = "".join(part for part in compiled.parts if isinstance(part, str))
    return absent[0] if absent and len(absent) == len(found) and _SCHEME.match(rest) else None
