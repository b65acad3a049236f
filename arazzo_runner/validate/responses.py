"""What the description of an operation says of the body that its answers have."""

from __future__ import annotations

import re
from typing import Final

from arazzo_runner.document.model import Criterion, Step
from arazzo_runner.sources.openapi.media import is_json
from arazzo_runner.sources.operations import MediaType, Operation, OperationResponse, Schema
from arazzo_runner.validate.shapes import ANYTHING, Inner, at_place
from arazzo_runner.values import Path

BODILESS: Final = frozenset(("204", "205", "304"))
"""Statuses whose answers have no body (RFC 9110, section 15)."""

_STATUS: Final = "$statusCode"
_ERROR: Final = re.compile(
    r"""\$statusCode\s*(?:==|>=?)\s*["']?(?:[45](?:\d\d|XX)|399)(?!\d)"""
    r"""|(?<!\d)(?:[45](?:\d\d|XX)|399)["']?\s*(?:==|<=?)\s*\$statusCode"""
    r"""|\$statusCode\s*!=\s*["']?2(?:\d\d|XX)""",
    re.IGNORECASE,
)


def in_answers(operation: Operation, tokens: Path) -> Inner:
    """Return what is at a place of the body of an operation's answers.

    A member that an error alone has is taken as found; but an error of which nothing is said leaves nothing open.
    """
    way = [token if isinstance(token, str) else str(token) for token in tokens]
    good = [one for status, one in operation.responses.items() if _is_good(status, operation)]
    found: list[Inner] = [_in_answer(one, way) for one in good if one.status not in BODILESS]
    if not good or any(one.anything for one in found):
        return ANYTHING
    schemas = [schema for one in found for schema in one.schemas]
    if schemas:
        return Inner(tuple(schemas))
    others = [_in_answer(one, way) for status, one in operation.responses.items() if not _is_good(status, operation)]
    if any(one.schemas for one in others):
        return ANYTHING
    deepest = [one for one in found if one.missing == min(each.missing for each in found)]
    names = dict.fromkeys(name for one in deepest for name in one.names)
    return Inner(names=tuple(names), missing=deepest[0].missing if deepest else len(way))


def in_json(operation: Operation, tokens: Path) -> tuple[Schema, ...]:
    """Return what the JSON among the successful answers says of a place; nothing where one of them leaves it open."""
    way = [token if isinstance(token, str) else str(token) for token in tokens]
    good = (one for status, one in operation.responses.items() if _is_good(status, operation))
    found = [_in_content(media, way) for one in good for media in one.content.values() if is_json(media.name)]
    return () if any(one.anything for one in found) else tuple(schema for one in found for schema in one.schemas)


def in_errors(operation: Operation, tokens: Path) -> tuple[Schema, ...]:
    """Return what the answers that are no success say of a place of their body."""
    way = [token if isinstance(token, str) else str(token) for token in tokens]
    others = [one for status, one in operation.responses.items() if not _is_good(status, operation)]
    return tuple(schema for one in others for schema in _in_answer(one, way).schemas)


def expects_error(step: Step) -> bool:
    """Tell whether the success of a step is an answer of failure, of which descriptions say little."""
    return any(_is_of_error(one) for one in step.success_criteria)


def _is_of_error(criterion: Criterion) -> bool:
    if criterion.context is not None and criterion.context.strip() == _STATUS:
        return criterion.condition.strip().lstrip("^$(?=:[ '\"@")[:1] in ("4", "5")
    return bool(_ERROR.search(criterion.condition))


def _is_good(status: str, operation: Operation) -> bool:
    """Tell whether a status is one of success; `default` where no other is."""
    if status == "default":
        return not any(_is_good(other, operation) for other in operation.responses if other != "default")
    return status[:1] in "123"


def _in_answer(response: OperationResponse, way: list[str]) -> Inner:
    if not response.content:
        return ANYTHING
    found = [_in_content(media, way) for media in response.content.values()]
    if any(one.anything for one in found):
        return ANYTHING
    schemas = tuple(schema for one in found for schema in one.schemas)
    names = dict.fromkeys(name for one in found for name in one.names)
    return Inner(schemas, names=tuple(names), missing=min(one.missing for one in found))


def _in_content(media: MediaType, way: list[str]) -> Inner:
    if media.schema is None or not (is_json(media.name) or media.name == "*/*"):
        return ANYTHING
    return at_place((media.schema,), way)
