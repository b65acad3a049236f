"""The API descriptions behind a workflow: where they are, what they declare, which operation a step calls."""

from __future__ import annotations

from typing import TYPE_CHECKING

from arazzo_runner.doors import door

if TYPE_CHECKING:
    from arazzo_runner.sources.access import Access, retrieve
    from arazzo_runner.sources.documents import Documents
    from arazzo_runner.sources.gathering import gather
    from arazzo_runner.sources.location import Location, locate
    from arazzo_runner.sources.lookup import Found, find_operation
    from arazzo_runner.sources.openapi.document import OpenApiDocument
    from arazzo_runner.sources.operations import Operation, Schema
    from arazzo_runner.sources.reach import sources_in_reach
    from arazzo_runner.sources.registry import ApiSource, Registry
    from arazzo_runner.sources.retrieval import MAX_SOURCE_BYTES, Policy, RetrievalFailure, Retrieve, Retrieved
else:
    __getattr__ = door(
        __name__,
        {
            "Access": "arazzo_runner.sources.access",
            "ApiSource": "arazzo_runner.sources.registry",
            "Documents": "arazzo_runner.sources.documents",
            "Found": "arazzo_runner.sources.lookup",
            "Location": "arazzo_runner.sources.location",
            "MAX_SOURCE_BYTES": "arazzo_runner.sources.retrieval",
            "OpenApiDocument": "arazzo_runner.sources.openapi.document",
            "Operation": "arazzo_runner.sources.operations",
            "Policy": "arazzo_runner.sources.retrieval",
            "Registry": "arazzo_runner.sources.registry",
            "RetrievalFailure": "arazzo_runner.sources.retrieval",
            "Retrieve": "arazzo_runner.sources.retrieval",
            "Retrieved": "arazzo_runner.sources.retrieval",
            "Schema": "arazzo_runner.sources.operations",
            "find_operation": "arazzo_runner.sources.lookup",
            "gather": "arazzo_runner.sources.gathering",
            "locate": "arazzo_runner.sources.location",
            "retrieve": "arazzo_runner.sources.access",
            "sources_in_reach": "arazzo_runner.sources.reach",
        },
    )

__all__ = [
    "MAX_SOURCE_BYTES",
    "Access",
    "ApiSource",
    "Documents",
    "Found",
    "Location",
    "OpenApiDocument",
    "Operation",
    "Policy",
    "Registry",
    "RetrievalFailure",
    "Retrieve",
    "Retrieved",
    "Schema",
    "find_operation",
    "gather",
    "locate",
    "retrieve",
    "sources_in_reach",
]
