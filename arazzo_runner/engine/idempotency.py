"""Keys by which a server sees that an unsafe request is the same one again (draft-ietf-httpapi-idempotency-key-header).

A key follows from the run's id, the step and how many answers the step has had. So a request that is sent again because
nobody knows what became of it has the key that it had; one that follows an answer has another.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import Final

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.state import RunState

HEADER: Final = "Idempotency-Key"

IDEMPOTENT: Final = frozenset({"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE", "QUERY"})
"""Methods whose requests may be sent again without asking (RFC 9110, section 9.2.2)."""


def may_repeat(request: Request) -> bool:
    """Tell whether a request may be sent again although nobody knows what became of it."""
    return request.method.upper() in IDEMPOTENT or request.header(HEADER) is not None


def with_key(state: RunState, path: tuple[str, ...], request: Request) -> Request:
    """Return the request with a key, where the settings want one and it needs one and has none."""
    if not state.settings.idempotency_keys or may_repeat(request):
        return request
    text = "\n".join((state.settings.run_id, *path, str(state.answers.get(path, 0))))
    digits = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    key = "-".join((digits[:8], digits[8:12], f"8{digits[12:15]}", f"a{digits[15:18]}", digits[18:30]))
    return replace(request, headers=(*request.headers, (HEADER, key)))
