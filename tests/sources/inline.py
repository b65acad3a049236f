"""Descriptions written inside a test, and documents that are retrieved from a mapping."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.document import Description, Profile, describe, read
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.openapi.document import OpenApiDocument, version_of
from arazzo_runner.sources.openapi.endpoints import Endpoint
from arazzo_runner.sources.openapi.node import Node
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.retrieval import Retrieval, RetrievalFailure, Retrieved
from arazzo_runner.values import JSON, Path

FOLDER = "file:///docs/"
INFO: JSON = {"title": "Test", "version": "1"}


@dataclass(slots=True)
class Memory:
    """A `Retrieve` that knows the documents given to it, and remembers what it was asked for."""

    documents: Mapping[str, JSON] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def __call__(self, uri: str, /) -> Retrieval:
        self.asked.append(uri)
        if uri not in self.documents:
            return RetrievalFailure(uri, "there is no such file", absent=True)
        return Retrieved(text_of(self.documents[uri]).encode(), uri)


def text_of(document: JSON) -> str:
    """Return the text of a document: strings are texts already, anything else is written as JSON."""
    return document if isinstance(document, str) else json.dumps(document)


def api(
    paths: JSON = None,
    version: str = "3.1.0",
    others: Mapping[str, JSON] | None = None,
    uri: str = FOLDER + "api.json",
    root: Mapping[str, JSON] | None = None,
    **fields: JSON,
) -> OpenApiDocument:
    """Return an API description; `others` are further documents, by URI, that it can refer to.

    `root` and `fields` are further fields of its root.
    """
    key = "swagger" if version == "2.0" else "openapi"
    return document_of({key: version, "info": INFO, "paths": paths or {}, **(root or {}), **fields}, others, uri)


def document_of(
    data: JSON, others: Mapping[str, JSON] | None = None, uri: str = FOLDER + "api.json"
) -> OpenApiDocument:
    """Return an API description from its data, or from its text."""
    source = read(text_of(data), uri, uri.rpartition("/")[2], Profile.SOURCE)
    return OpenApiDocument(source, version_of(source.data), Documents(Memory(others or {})))


def node(document: OpenApiDocument, *at: str | int) -> Node:
    """Return the node at a place of a document."""
    data: JSON = document.source.data
    for step in at:
        if isinstance(data, dict) and isinstance(step, str):
            data = data[step]
        else:
            assert isinstance(data, list)
            assert isinstance(step, int)
            data = data[step]
    place: Path = at
    return Node(data, document, place)


def endpoint(document: OpenApiDocument, path: str = "/things", method: str = "GET") -> Endpoint:
    """Return an endpoint of a document."""
    return document.endpoints.by_place[path, method]


def operation(document: OpenApiDocument, path: str = "/things", method: str = "GET") -> Operation:
    """Return an operation of a document, which is read without findings."""
    read = document.operation(endpoint(document, path, method), "things")
    assert read.diagnostics == ()
    return read.operation


def findings(document: OpenApiDocument, path: str = "/things", method: str = "GET") -> list[str]:
    """Return the code and message of each finding about an operation."""
    read = document.operation(endpoint(document, path, method), "things")
    return [f"{found.code}: {found.message}" for found in read.diagnostics]


def arazzo(
    *steps: JSON,
    sources: Mapping[str, JSON] | None = None,
    uri: str = FOLDER + "flow.json",
    version: str = "1.1.0",
    **root: JSON,
) -> Description:
    """Return an Arazzo description of one workflow, ``flow``; `sources` maps names to a url or a whole object."""
    declared: list[JSON] = [
        {"name": name, **(source if isinstance(source, dict) else {"url": source, "type": "openapi"})}
        for name, source in (sources or {"things": "api.json"}).items()
    ]
    numbered: list[JSON] = [
        {"stepId": f"step{index}", **step} for index, step in enumerate(steps) if isinstance(step, dict)
    ]
    workflows: JSON = [{"workflowId": "flow", "steps": numbered or [{"stepId": "none", "operationId": "none"}]}]
    data = {"arazzo": version, "info": INFO, "sourceDescriptions": declared, "workflows": workflows, **root}
    return description_of(data, uri)


def description_of(data: JSON, uri: str = FOLDER + "flow.json") -> Description:
    """Return an Arazzo description from its data, or from its text."""
    return describe(read(text_of(data), uri, uri.rpartition("/")[2], Profile.ARAZZO), uri)
