"""What a browser wants to hear before a page of another origin may call (Fetch Standard, CORS protocol).

Every origin may: the answers are invented, and no credential is checked.
"""

from __future__ import annotations

from typing import Final

from arazzo_runner.mock.server.exchange import Incoming, Reply

_DAY: Final = "86400"
_SAFE: Final = frozenset({"cache-control", "content-language", "content-length", "content-type", "expires"})


def is_preflight(incoming: Incoming) -> bool:
    """Tell whether a browser asks if it may send what comes next."""
    wants = incoming.header("access-control-request-method")
    return incoming.method == "OPTIONS" and wants is not None and incoming.header("origin") is not None


def preflight(incoming: Incoming) -> Reply:
    """Allow what a browser asks for."""
    method = incoming.header("access-control-request-method") or ""
    headers = incoming.header("access-control-request-headers")
    allowed = [
        ("access-control-allow-methods", method),
        ("access-control-max-age", _DAY),
        *([("access-control-allow-headers", headers)] if headers else []),
    ]
    return Reply(204, (*allowed, *_origin(incoming)))


def shared_headers(incoming: Incoming, reply: Reply) -> tuple[tuple[str, str], ...]:
    """Return the headers that let a page of another origin read an answer; none where no browser says its origin."""
    if incoming.header("origin") is None:
        return ()
    names = dict.fromkeys(name.lower() for name, _ in reply.headers if name.lower() not in _SAFE)
    exposed = (("access-control-expose-headers", ", ".join(names)),) if names else ()
    own = {name for name, _ in reply.headers if name.lower().startswith("access-control-")}
    return () if own else (*_origin(incoming), *exposed)


def _origin(incoming: Incoming) -> tuple[tuple[str, str], ...]:
    origin = incoming.header("origin") or "*"
    return (
        ("access-control-allow-origin", origin),
        ("access-control-allow-credentials", "true"),
        ("vary", "Origin"),
    )
