"""Percent-encoding (RFC 3986, section 2.1; RFC 6570, section 3.2.1; WHATWG URL, application/x-www-form-urlencoded).

Policy: the safest set everywhere. A value travels with only the unreserved characters bare, so that whatever it holds
comes back as it was. `allowReserved` lets reserved characters through, but never one that would end the place that
the value stands in: OpenAPI leaves those to the application, and the application is us.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import TypeAlias
from urllib.parse import quote

Encoder: TypeAlias = Callable[[str], str]
"""Turns text into what may stand in one place of a URL, a form or a header."""

# Values come here checked (`scalars.encodable`). In the text of a description, half a surrogate pair becomes `%3F`.
_quote = partial(quote, errors="replace")

_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]*")
_TRIPLE = re.compile(r"(%[0-9A-Fa-f]{2})")

PATH_RESERVED = "!$&'()*+,;=:@"
"""What `allowReserved` lets through in a path: OpenAPI 3.2, Path Templating, forbids `/`, `?` and `#` there."""

QUERY_RESERVED = ":/?@!$'()*,;="
"""What `allowReserved` lets through in a query value: not `[`, `]`, `#` (RFC 3986, 3.4), nor `&`, `+` (forms)."""

COOKIE_RESERVED = ":/?#[]@!$&'()*+="
"""What `allowReserved` lets through in a cookie of style `form`: not `,` and `;`, which end a cookie's value."""


def unreserved(text: str) -> str:
    """Encode all but the unreserved characters of RFC 3986: letters, digits, `-`, `.`, `_`, `~`; a space is `%20`."""
    return text if _UNRESERVED.fullmatch(text) else _quote(text, safe="")


def form(text: str) -> str:
    """Encode for application/x-www-form-urlencoded: a space is `+`, and `~` is encoded (OpenAPI 3.2, 4.12.3)."""
    return _quote(text, safe=" ").replace(" ", "+").replace("~", "%7E")


def verbatim(text: str) -> str:
    """Leave text as it is: headers and cookies of style `cookie` know no percent-encoding."""
    return text


def reserved(safe: str) -> Encoder:
    """Return an encoder by RFC 6570's reserved expansion: `safe` and percent-encoded triples pass unchanged."""

    def encode(text: str) -> str:
        pieces = _TRIPLE.split(text)
        return "".join(piece if _TRIPLE.fullmatch(piece) else _quote(piece, safe=safe) for piece in pieces)

    return encode


whole_query = reserved("!$&'()*+,;=:@/?")
"""Encode only what can't stand in a query as it is: for a query string that is given whole."""

literal_path = reserved("!$&'()*+,;=:@/")
"""Encode only what can't stand in a path as it is: for the text of a path template."""
