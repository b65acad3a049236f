"""Reading an answer into what expressions see (RES-07 to RES-10), by its Content-Type.

JSON (`application/json`, `+json`) becomes data, and so do sequences of JSON texts, as arrays (OpenAPI 3.2, sequential
media types). Other text becomes a string by its charset: XML too, which is parsed by whoever asks for a part of it. The
rest stays bytes. A body that is not what it says it is stays text, and the step is told.
"""

from __future__ import annotations

from typing import Final

from arazzo_runner.engine.decoding import Decoded, decode, strictly, xml_encoding
from arazzo_runner.engine.json_answers import Parsed, Unparsed, read_json, read_lines, read_records
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.expressions.scope import Received
from arazzo_runner.sources.openapi import media
from arazzo_runner.values import Nothing, Value

_TEXT_TYPES: Final = frozenset(
    f"application/{name}"
    for name in "ecmascript graphql javascript jwt pem-certificate-chain sql toml typescript x-httpd-php x-javascript "
    "x-pem-file x-sh x-tex x-www-form-urlencoded".split()
)


def receive(response: Response) -> tuple[Received, str]:
    """Return the answer as expressions see it, and a doubt about its body in words (empty for none)."""
    content_type = response.header("content-type") or ""
    body, doubt = _body(response.body, content_type)
    return Received(response.status, response.headers, body, content_type), doubt


def _body(content: bytes, content_type: str) -> tuple[Value | Nothing, str]:
    if not content:
        return Nothing("the response has no body"), ""
    essence, charset = _media_type(content_type)
    if not essence:
        return _untyped(content)
    if media.is_json(essence) or media.is_json_lines(essence) or media.is_json_sequence(essence):
        return _json(essence, _json_text(content, charset))
    if media.is_xml(essence):
        return _told(decode(content, charset or xml_encoding(content)))
    if essence.startswith("text/") or media.is_yaml(essence) or essence in _TEXT_TYPES or essence.endswith("+text"):
        return _told(decode(content, charset))
    if media.is_multipart(essence):
        charset = "utf-8"  # each part has its own; as long as all is text, it can be looked into
    found = strictly(content, charset) if charset else None
    return (content if found is None else found), ""


def _media_type(content_type: str) -> tuple[str, str]:
    """Split a Content-Type into its type in lower case and its charset, if one is given."""
    essence, *parameters = content_type.split(";")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return _first(essence), value.strip().strip("\"'")
    return _first(essence), ""


def _first(essence: str) -> str:
    """Return the type where a server sends the field twice, which comes as one with a comma."""
    return essence.partition(",")[0].strip().lower()


def _told(decoded: Decoded) -> tuple[Value, str]:
    return decoded.text, decoded.doubt


def _json_text(content: bytes, charset: str) -> Decoded:
    """Read JSON as text: without a charset it is UTF-8, or UTF-16 or UTF-32 by its first bytes."""
    if not charset and content[:4].count(0):
        import json  # knows the zeros of each encoding

        charset = json.detect_encoding(content)
    return decode(content, charset)


def _json(essence: str, decoded: Decoded) -> tuple[Value, str]:
    if media.is_json(essence):
        found = read_json(decoded.text)
    elif media.is_json_lines(essence):
        found = read_lines(decoded.text)
    else:
        found = read_records(decoded.text)
    match found:
        case Parsed(value, doubt):
            return value, _joined(decoded.doubt, doubt)
        case Unparsed(reason):
            return decoded.text, _joined(decoded.doubt, reason)


def _joined(*doubts: str) -> str:
    return "; ".join(doubt for doubt in doubts if doubt)


def _untyped(content: bytes) -> tuple[Value | Nothing, str]:
    """Read a body without Content-Type: as JSON if it is an object or array, else as text, else bytes."""
    text = strictly(content, "utf-8-sig")
    if text is None:
        return content, ""
    if text.lstrip()[:1] in ("{", "["):
        found = read_json(text)
        if isinstance(found, Parsed):
            told = "the response has no Content-Type; its body is read as JSON"
            return found.value, _joined(told, found.doubt)
    return text, ""
