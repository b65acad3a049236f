"""The API descriptions behind a workflow: where they are, what they declare, which operation a step calls."""

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
