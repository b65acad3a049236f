"""Reading an answer into what expressions see (RES-07 to RES-10).

JSON (`application/json`, `+json`) becomes data, big integers kept; other text becomes a string by its charset; the
rest stays bytes. A body that claims to be JSON and is not stays text, and the step is told.
"""

from __future__ import annotations

import json

from arazzo_runner.engine.outcomes import Response
from arazzo_runner.expressions.scope import Received
from arazzo_runner.values import Nothing, Value

_TEXT_TYPES = frozenset(
    ("application/xml", "application/javascript", "application/x-www-form-urlencoded", "application/yaml")
)
_TEXT_SUFFIXES = ("+xml", "+yaml", "+text")


def receive(response: Response) -> tuple[Received, str]:
    """Return the answer as expressions see it, and a doubt about its body in words (empty for none)."""
    content_type = response.header("content-type") or ""
    body, doubt = _body(response.body, content_type)
    return Received(response.status, response.headers, body, content_type), doubt


def _body(content: bytes, content_type: str) -> tuple[Value | Nothing, str]:
    if not content:
        return Nothing("the response has no body"), ""
    essence, charset = _media_type(content_type)
    if essence == "application/json" or essence.endswith("+json"):
        return _json(content, charset)
    if not essence:
        return _untyped(content)
    if essence.startswith("text/") or essence in _TEXT_TYPES or essence.endswith(_TEXT_SUFFIXES) or charset:
        return _text(content, charset), ""
    return content, ""


def _media_type(content_type: str) -> tuple[str, str]:
    """Split a Content-Type into its type in lower case and its charset, if one is given."""
    essence, *parameters = content_type.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return essence.strip().lower(), value.strip().strip('"')
    return essence.strip().lower(), ""


def _json(content: bytes, charset: str) -> tuple[Value | Nothing, str]:
    text = _text(content, charset)
    try:
        return json.loads(text, parse_constant=_refuse), ""
    except (ValueError, RecursionError) as fault:
        return text, f"the response says it is JSON, but it is not ({fault}); it is read as text"


def _refuse(name: str) -> Value:
    raise ValueError(f"{name} is no JSON value")


def _untyped(content: bytes) -> tuple[Value | Nothing, str]:
    """Read a body without Content-Type: as JSON if it is an object or array, else as text, else bytes."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return content, ""
    if text.lstrip()[:1] in ("{", "["):
        found, doubt = _json(content, "utf-8")
        return found, "" if doubt else "the response has no Content-Type; its body is read as JSON"
    return text, ""


def _text(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset or "utf-8-sig")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", "replace")
