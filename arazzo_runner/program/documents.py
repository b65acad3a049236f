"""The Arazzo documents that a description leads to (Arazzo 1.1, Source Description Object; SRC-13)."""

from __future__ import annotations

from collections.abc import Mapping

from arazzo_runner.document.model import Description
from arazzo_runner.sources.registry import Registry
from arazzo_runner.values import JSON


def arazzo_documents(description: Description, registry: Registry) -> dict[str, Description]:
    """Return a document and every Arazzo document that its sources lead to, by URI, each once."""
    documents: dict[str, Description] = {}
    queue = [description]
    for one in queue:
        if one.source.uri not in documents:
            documents[one.source.uri] = one
            queue += arazzo_sources(one, registry).values()
    return documents


def arazzo_sources(description: Description, registry: Registry) -> dict[str, Description]:
    """Return the sources of a document that are Arazzo documents, by their names."""
    sources = registry.sources(description).items()
    return {name: source.document for name, source in sources if isinstance(source.document, Description)}


def source_fields(description: Description) -> Mapping[str, Mapping[str, JSON]]:
    """Return the fields of each Source Description as written: what `$sourceDescriptions.name.url` reads (RES-16)."""
    written = description.source.data
    listed = written.get("sourceDescriptions") if isinstance(written, dict) else None
    objects = [item for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    return {str(item.get("name")): dict(item) for item in objects}
