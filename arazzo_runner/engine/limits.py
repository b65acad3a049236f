"""The bounds of a run, by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

REQUEST_TIMEOUT: Final = 30.0
"""Seconds that a request may take unless the caller says otherwise."""

MAX_STEPS: Final = 1000
"""Attempts and activations that a run may use unless the caller says otherwise (P21)."""

MAX_RECORDED: Final = 1000
"""Activations of steps that the result of a run keeps: the first hundred and the last ones. Events tell of all."""

MAX_DEPTH: Final = 50
"""Workflows that may call each other unless the caller says otherwise; retries that run a reference count too."""

DEEPEST: Final = 100
"""The most that a caller may allow as `max_depth`: what Python's own stack is sure to bear."""

MAX_WAIT: Final = 300.0
"""Seconds that a `Retry-After` may ask for unless the caller says otherwise."""

MAX_BODY_BYTES: Final = 64 * 1024 * 1024
"""Bytes of an answer's body, decompressed, that are read unless the caller says otherwise."""

MAX_BODY_DEPTH: Final = 256
"""How deep values may stand in each other in a JSON answer, as in a document; what is deeper is read as text."""

MAX_REDIRECTS: Final = 10
"""Redirects of one request that are followed, where the caller has them followed."""

MAX_LOCATION_LENGTH: Final = 16_384
"""Characters of a `Location` that is followed."""

MAX_COOKIES: Final = 3000
"""Cookies that a run keeps, where the caller has them kept; the oldest go first."""

MAX_COOKIES_OF_A_DOMAIN: Final = 180
"""Cookies of one domain that a run keeps."""

MAX_COOKIE_LENGTH: Final = 4096
"""Characters of the name and value of a cookie; a longer one is not kept."""

LONGEST_WAIT: Final = 10.0**9
"""The most seconds of a `retryAfter` that count: some thirty years, what clocks can count."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may use. Reaching one that belongs to the whole run ends it with `LimitReached`.

    `max_steps` is the one budget of a run (practical reading P21): every attempt of a step and every activation of a
    workflow counts, in called workflows too. `max_depth` bounds workflows that call workflows. `run_timeout` and
    `request_timeout` are seconds; `max_wait` clamps what a `Retry-After` header may ask for, in seconds.
    `max_redirects` bounds the redirects of one request, `max_bytes` what the whole run sends and receives: requests and
    answers, their headers and decompressed bodies, tokens included (None: as much as it takes).
    """

    max_steps: int = MAX_STEPS
    max_depth: int = MAX_DEPTH
    request_timeout: float = REQUEST_TIMEOUT
    run_timeout: float | None = None
    max_wait: float = MAX_WAIT
    max_redirects: int = MAX_REDIRECTS
    max_bytes: int | None = None
