"""Encoding Objects, read out of a Media Type Object (OpenAPI 3.0 to 3.2, Encoding Object).

What a version does not have is dropped, and reported, so that whoever encodes needs no versions. `style`, `explode`
and `allowReserved` hold in forms: url-encoded ones in each version, multipart/form-data from 3.1 on. Headers are
given with their references followed, and with the schema of their `content` where they have one.
"""

from __future__ import annotations

from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import follow, followed
from arazzo_runner.values import JSON

STYLE_FIELDS = ("style", "explode", "allowReserved")
"""The fields of an Encoding Object that ask for a style instead of a content type."""

_NESTED = ("encoding", "prefixEncoding", "itemEncoding")
_FORM, _FORM_DATA = "application/x-www-form-urlencoded", "multipart/form-data"


def by_name(media: Node, media_type: str, faults: Faults) -> dict[str, JSON]:
    """Read `encoding`: the Encoding Object of each property, by its name."""
    written = media.member("encoding")
    if written is None:
        return {}
    return {name: _encoding(node, media_type, faults) for name, node in written.members()}


def by_position(media: Node, media_type: str, faults: Faults) -> tuple[JSON, ...]:
    """Read `prefixEncoding` (OpenAPI 3.2): the Encoding Objects of the first parts."""
    written = media.member("prefixEncoding")
    return tuple(_encoding(node, media_type, faults) for node in written.elements()) if written is not None else ()


def of_items(media: Node, media_type: str, faults: Faults) -> JSON:
    """Read `itemEncoding` (OpenAPI 3.2): the Encoding Object of all parts that follow; None where there is none."""
    written = media.member("itemEncoding")
    return _encoding(written, media_type, faults) if written is not None else None


def _encoding(node: Node, media_type: str, faults: Faults) -> JSON:
    if not isinstance(node.data, dict):
        faults.unexpected(node, "an Encoding Object")
        return {}
    read = {name: value for name, value in node.data.items() if name not in ("headers", *_NESTED)}
    asked = [name for name in STYLE_FIELDS if name in read]
    if asked and not _has_styles(node, media_type):
        for name in asked:
            del read[name]
        message = f"'{asked[0]}' means nothing for {media_type} in OpenAPI {node.document.version}: it is ignored"
        faults.add("openapi-encoding", message, node)
    headers = _headers(node, faults)
    return {**read, **({"headers": headers} if headers else {}), **_nested(node, faults)}


def _has_styles(node: Node, media_type: str) -> bool:
    essence = media_type.partition(";")[0].strip().lower()
    return essence == _FORM or (essence == _FORM_DATA and node.document.version >= "3.1")


def _nested(node: Node, faults: Faults) -> dict[str, JSON]:
    """Read what an Encoding Object says about the parts of a part that is a multipart itself (OpenAPI 3.2)."""
    if node.document.version < "3.2":
        return {}
    written = node.text("contentType") or ""
    found: dict[str, JSON] = {"encoding": by_name(node, written, faults)}
    found["prefixEncoding"] = list(by_position(node, written, faults))
    found["itemEncoding"] = of_items(node, written, faults)
    return {name: value for name, value in found.items() if value}


def _headers(node: Node, faults: Faults) -> dict[str, JSON]:
    written = node.member("headers")
    headers: dict[str, JSON] = {}
    for name, each in written.members() if written is not None else ():
        header = followed(each, faults)
        if header is not None and isinstance(header.data, dict):
            headers[name] = {"required": header.flag("required"), "schema": _schema(header)}
    return headers


def _schema(header: Node) -> JSON:
    written = header.member("schema")
    content = header.member("content")
    if written is None and content is not None:
        written = next((media.member("schema") for _, media in content.members()), None)
    found = follow(written) if written is not None else None
    return found.data if isinstance(found, Node) else None
