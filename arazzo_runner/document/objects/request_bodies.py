"""Request Body and Payload Replacement Objects (Arazzo 1.1)."""

from __future__ import annotations

import re
from typing import Final

from arazzo_runner.document.model import Replacement, RequestBody
from arazzo_runner.document.objects.expression_types import SELECTOR_TYPES, read_expression_type
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.findings import short
from arazzo_runner.document.objects.shapes import REPLACEMENT, REQUEST_BODY
from arazzo_runner.values import JSON, Path

_MEDIA_TYPE: Final = re.compile(r"[\w!#$&^.+\-]+/[\w!#$&^.+\-]+\s*(?:;.*)?", re.ASCII | re.DOTALL)


def read_request_body(fields: Fields) -> RequestBody | None:
    """Read the `requestBody` of a step."""
    if not fields.has("requestBody"):
        return None
    at = fields.path("requestBody")
    body = open_object(fields.reading, fields.data["requestBody"], at, REQUEST_BODY, f"{fields.label}: requestBody")
    if body is None:
        return None
    replacements = tuple(
        found
        for value, place in body.items("replacements")
        if (found := _read_replacement(body.reading, value, place)) is not None
    )
    _check_targets(body.reading, replacements)
    return RequestBody(at, _content_type(body), body.data.get("payload"), body.has("payload"), replacements)


def _content_type(body: Fields) -> str | None:
    """Read the content type; a range (``*/*``) or other text is told, and left to whoever knows the operation (P17)."""
    content_type = body.text("contentType")
    if content_type is None or "{$" in content_type or content_type.startswith("$"):
        return content_type
    if "*" in content_type or not _MEDIA_TYPE.fullmatch(content_type.strip()):
        told, then = f"{body.label}: '{short(content_type)}' is no media type", ""
        if "*" in content_type:
            told = f"{body.label}: '{short(content_type)}' is a range of media types, which can't be sent"
            then = ": the operation's own type is sent, else one that fits the payload"
        help = "name one media type, such as application/json"
        body.reading.findings.stray("structure-media-type", told, body.path("contentType"), help, then=then)
    return content_type


def _read_replacement(reading: Reading, value: JSON, at: Path) -> Replacement | None:
    fields = open_object(reading, value, at, REPLACEMENT)
    if fields is None:
        return None
    selector_type = None
    if fields.has("targetSelectorType"):
        selector_type = read_expression_type(fields, "targetSelectorType", SELECTOR_TYPES)
    return Replacement(fields.text("target") or "", fields.data.get("value"), at, selector_type)


def _check_targets(reading: Reading, replacements: tuple[Replacement, ...]) -> None:
    seen: dict[str, Path] = {}
    for replacement in replacements:
        if seen.setdefault(replacement.target, replacement.at) is not replacement.at:
            message = f"the target '{short(replacement.target)}' is replaced twice; the last one counts"
            at = (*replacement.at, "target")
            reading.findings.warning("structure-duplicate-target", message, at, "remove one of the two")
