"""Headers, cookies, queries and forms as an HTTP Archive lists them: names and values."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from urllib.parse import unquote_plus

from arazzo_runner.engine.cookie_dates import seconds_of
from arazzo_runner.reports.run.moment import moment_text
from arazzo_runner.values import Value

Headers = tuple[tuple[str, str], ...]


def headers(fields: Headers) -> Value:
    """Return header fields, in their order."""
    return _pairs(fields)


def pairs_of(query: str) -> Value:
    """Return the fields of a query or an urlencoded form, decoded, in their order; empty ones too."""
    pieces = (piece.partition("=") for piece in query.split("&") if piece)
    return _pairs((_decoded(name), _decoded(value)) for name, _, value in pieces)


def _decoded(text: str) -> str:
    return unquote_plus(text, errors="replace")


def cookies_sent(fields: Headers) -> Value:
    """Return the cookies of a request (RFC 6265, section 4.2)."""
    lines = (text for name, text in fields if name.lower() == "cookie")
    pieces = (piece.strip().partition("=") for line in lines for piece in line.split(";") if piece.strip())
    return _pairs((name.strip(), value.strip()) for name, _, value in pieces)


def cookies_set(fields: Headers) -> Value:
    """Return the cookies that an answer sets, with what it says of each (RFC 6265, section 4.1)."""
    return [_cookie(text) for name, text in fields if name.lower() == "set-cookie"]


def _cookie(text: str) -> Value:
    pair, *attributes = text.split(";")
    name, _, value = pair.strip().partition("=")
    cookie: dict[str, Value] = {"name": name.strip(), "value": value.strip()}
    said = {key.strip().lower(): said.strip() for key, _, said in (one.partition("=") for one in attributes)}
    cookie |= {key: said[key] for key in ("path", "domain") if said.get(key)}
    expires = seconds_of(said["expires"]) if "expires" in said else None
    if expires is not None:
        cookie["expires"] = moment_text(expires)
    return cookie | {"httpOnly": "httponly" in said, "secure": "secure" in said}


def encoded(body: bytes) -> str:
    """Return bytes in base64."""
    return b64encode(body).decode("ascii")


def _pairs(pairs: Iterable[tuple[str, str]]) -> Value:
    return [{"name": name, "value": value} for name, value in pairs]
