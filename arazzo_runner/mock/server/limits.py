"""The named limits of the mock server: none of them is ever a crash, and the client is told (docs/limits.md)."""

from __future__ import annotations

from typing import Final

MAX_REQUEST_BODY: Final = 16 * 1024 * 1024
"""Bytes of the body of a request; answered with 413."""

MAX_REQUEST_HEAD: Final = 64 * 1024
"""Bytes of the request line and the header fields; answered with 400."""

MAX_SEGMENTS: Final = 256
"""Parts of a path between slashes; answered with 404."""

MAX_FIELDS: Final = 10_000
"""Pairs of a query, a form or a Cookie header, and parts of a multipart body; answered with 400."""

MAX_ROUTE_STEPS: Final = 10_000
"""Parts of path templates that are tried for one request; answered with 404."""

MAX_CONNECTIONS: Final = 1_000
"""Connections that are open at once; with one more, the older ones that wait for nothing are closed."""

HEAD_TIMEOUT: Final = 10.0
"""Seconds for the head of a request to arrive in; the connection is closed."""

BODY_TIMEOUT: Final = 30.0
"""Seconds for the body of a request to arrive in; the connection is closed."""

IDLE_TIMEOUT: Final = 15
"""Seconds that a connection without a request stays open."""

MAX_KEPT_ANSWERS: Final = 1_024
"""Answers that are kept for requests that come again; the ones used longest ago go."""

MAX_KEPT_BYTES: Final = 64 * 1024
"""Bytes of a request or of an answer that is kept."""

MAX_TOLD: Final = 20
"""Breaches of one request that are told."""
