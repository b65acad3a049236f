"""Where a description says what a validator found: the way through a bundled schema, walked in the original."""

from __future__ import annotations

from arazzo_runner.sources.operations import Document, Schema
from arazzo_runner.values import JSON, Path


def keyword_place(schema: Schema, way: Path) -> tuple[Document, Path]:
    """Return the document and the place that a way through the schema leads to.

    The way follows references as the validator did. Where the bundle says it in other words than the description
    (an older version of OpenAPI is translated), the nearest place above is returned.
    """
    document, at, node = schema.document, schema.at, schema.node
    for step in way:
        if step == "$ref":
            found = document.follow(Schema(node, document, at))
            if found is None:
                break
            document, at, node = found.document, found.at, found.node
            continue
        inner = _member(node, step)
        if inner is _ABSENT:
            break
        at, node = (*at, step), inner  # type: ignore[assignment]  # not _ABSENT, so JSON
    return document, at


_ABSENT = object()


def _member(node: JSON, step: str | int) -> object:
    if isinstance(node, dict) and isinstance(step, str) and step in node:
        return node[step]
    if isinstance(node, list) and isinstance(step, int) and step < len(node):
        return node[step]
    return _ABSENT
