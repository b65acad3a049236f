"""What may stand in a header field (RFC 9110, section 5; RFC 6265, section 4.1.1; practical reading P16).

Policy: a header's value goes out as its text in UTF-8, without percent-encoding. A line break or another control
character is refused, never removed: it could begin a header of its own (request splitting). Blanks around the value
are no part of it (RFC 9110, 5.5) and are dropped. Text outside ASCII is legal as opaque bytes, so it is sent, as UTF-8.
"""

from __future__ import annotations

import re

from arazzo_runner.sources.openapi.scalars import Unserialisable, encodable

_TOKEN = re.compile(r"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_COOKIE_BREAK = re.compile(r"[\x00-\x1f\x7f;]")

FRAMING = frozenset(
    {"connection", "content-length", "host", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"}
)
"""Headers that the transport alone decides on; a document that sets one could smuggle a request."""


def refused_header(name: str) -> str | None:
    """Return why a document may not set the header, or None where it may (P16)."""
    if not _TOKEN.fullmatch(name):
        return f"{name!r} can't be the name of a header"
    lowered = name.lower()
    if lowered in FRAMING or lowered.startswith("proxy-"):
        return f"the header {name} belongs to the connection and can't be set by a document"
    return None


def header_text(text: str) -> str | Unserialisable:
    """Return the text as it goes into a header field, or why it can't."""
    found = _CONTROL.search(text)
    if found:
        return Unserialisable(f"a header can't hold {_name(found.group())}")
    return encodable(text.strip(" \t"))


def cookie_pair(pair: str) -> str | Unserialisable:
    """Return a `name=value` as it goes into the Cookie header, or why it can't."""
    name, _, _ = pair.partition("=")
    found = _COOKIE_BREAK.search(pair)
    if found:
        return Unserialisable(f"a cookie can't hold {_name(found.group())}")
    if not _TOKEN.fullmatch(name):
        return Unserialisable(f"{name!r} can't be the name of a cookie")
    return encodable(pair)


def _name(character: str) -> str:
    names = {"\r": "a line break", "\n": "a line break", ";": "a semicolon"}
    return names.get(character, f"the control character U+{ord(character):04X}")
