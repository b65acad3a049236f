"""An API description, read as little as possible.

Descriptions have up to thousands of operations, and a workflow uses a few. So nothing is read ahead: one shallow walk
finds the operations (`endpoints`), an operation is read when it is asked for, a reference is followed when somebody
stands before it, and another file is fetched when a reference leads into it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urldefrag

from arazzo_runner.diagnostics import Diagnostic, Span, has_errors
from arazzo_runner.document.source import Source
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.location import resolve
from arazzo_runner.sources.openapi.anchors import KEYWORDS, Anchors, anchors_of
from arazzo_runner.sources.openapi.bundle import bundle
from arazzo_runner.sources.openapi.endpoints import Endpoint, Endpoints, endpoints_of
from arazzo_runner.sources.openapi.node import Node
from arazzo_runner.sources.openapi.reader import read_operation
from arazzo_runner.sources.openapi.references import Dangling, at_pointer, follow
from arazzo_runner.sources.operations import Operation, Schema
from arazzo_runner.sources.retrieval import Policy, RetrievalFailure
from arazzo_runner.values import JSON, Path


@dataclass(frozen=True, slots=True)
class ReadOperation:
    """An operation, and what was found wrong with its description while it was read."""

    operation: Operation
    diagnostics: tuple[Diagnostic, ...] = ()


class OpenApiDocument:
    """A description of OpenAPI 3.x or Swagger 2.0, or a file that one refers to. What is read is kept; nothing changes.

    `version` is ``2.0``, ``3.0``, ``3.1`` or ``3.2``: a file that does not say has the version of the description that
    refers to it. `base_uri` is what references resolve against: `$self` (3.2), else where the file stands.
    """

    def __init__(
        self, source: Source, version: str, documents: Documents, family: dict[str, OpenApiDocument] | None = None
    ) -> None:
        self.source = source
        self.version = version
        self._documents = documents
        self._family = {} if family is None else family
        self._operations: dict[tuple[str, str, Path], ReadOperation] = {}
        self._family.setdefault(source.uri, self)
        self.base_uri = self._identity() or source.base_uri
        if self.base_uri != source.uri:
            documents.identify(self.base_uri, source.uri)

    def _identity(self) -> str | None:
        root = self.source.data
        identity = root.get("$self") if self.version >= "3.2" and isinstance(root, dict) else None
        if not isinstance(identity, str):
            return None
        try:
            return resolve(self.source.base_uri, identity)
        except ValueError:
            return None

    @property
    def uri(self) -> str:
        """The absolute URI that the document was retrieved from."""
        return self.source.uri

    @property
    def place(self) -> str:
        """The absolute URI that it is served at, which relative server URLs start from: its entity may say another."""
        return self.source.base_uri

    @property
    def root(self) -> Node:
        """The whole document."""
        return Node(self.source.data, self, ())

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return where a node stands in the text."""
        return self.source.span(path, key=key)

    @cached_property
    def endpoints(self) -> Endpoints:
        """The operations that the description declares under `paths`, found in one shallow walk."""
        return endpoints_of(self.root)

    def operation(self, endpoint: Endpoint, source: str) -> ReadOperation:
        """Read the operation of an endpoint; `source` is the name of the Source Description that names it."""
        key = (source, endpoint.path, endpoint.node.at)
        if key not in self._operations:
            operation, diagnostics = read_operation(endpoint, self.root, source)
            self._operations[key] = ReadOperation(operation, diagnostics)
        return self._operations[key]

    def follow(self, schema: Schema) -> Schema | None:
        """Return the schema that the `$ref` of `schema` leads to, `schema` itself where it has none, or None."""
        document = schema.document
        found = follow(Node(schema.node, document if isinstance(document, OpenApiDocument) else self, schema.at))
        return found.schema() if isinstance(found, Node) else None

    def bundle(self, schema: Schema, side: str = "") -> JSON:
        """Return the schema as one JSON Schema of draft 2020-12; see `sources.openapi.bundle`."""
        document = schema.document if isinstance(schema.document, OpenApiDocument) else self
        return bundle(Node(schema.node, document, schema.at), side).schema

    def resolve(self, reference: str, at: Path = (), depth: int = 0) -> Node | Dangling:
        """Return the node that a reference written at `at` names, in this document or another; see `references`."""
        if reference.startswith("#/") and reference.isprintable() and not self.anchors.bases:
            return at_pointer(self.root, reference[1:], depth)  # nearly all are so, and need no parsing of URIs
        try:
            uri = resolve(self._base(at), urldefrag(reference).url)
        except ValueError as problem:
            return Dangling(str(problem))
        fragment = urldefrag(reference).fragment
        resource = self._resource(uri)
        if isinstance(resource, Dangling) or not fragment:
            return resource
        if fragment.startswith("/"):
            return at_pointer(resource, fragment, depth)
        anchored = resource.document.anchors.named.get((resource.at, unquote(fragment)))
        if anchored is None:
            return Dangling(f"there is no anchor '{fragment}'")
        return Node(anchored.data, resource.document, anchored.at)

    def _resource(self, uri: str) -> Node | Dangling:
        if uri in (self.base_uri, self.source.uri):
            return self.root
        embedded = self.anchors.resources.get(uri)
        return embedded if embedded is not None else self._other(uri)

    def _other(self, uri: str) -> Node | Dangling:
        for document in tuple(self._family.values()):
            if uri == document.base_uri or uri in document.anchors.resources:
                return document._resource(uri)
        source = self._documents.open(uri, Policy.of(self.source.uri))
        if isinstance(source, RetrievalFailure):
            return Dangling(f"{uri} cannot be read: {source.reason}")
        if has_errors(source.diagnostics):
            return Dangling(f"{uri} cannot be read: {source.diagnostics[0].message}")
        known = self._family.get(source.uri)
        version = version_of(source.data) or self.version
        return (known or OpenApiDocument(source, version, self._documents, self._family)).root

    @cached_property
    def anchors(self) -> Anchors:
        """The schemas that have an `$id`, `$anchor` or `$dynamicAnchor` (OpenAPI 3.1 and later)."""
        mentioned = any(keyword in self.source.text for keyword in KEYWORDS)
        return anchors_of(self.root, self.base_uri) if self.version >= "3.1" and mentioned else Anchors()

    def _base(self, at: Path) -> str:
        bases: Mapping[Path, str] = self.anchors.bases
        if not bases:
            return self.base_uri
        return next((bases[at[:n]] for n in range(len(at), -1, -1) if at[:n] in bases), self.base_uri)


def version_of(data: JSON) -> str:
    """Return the `major.minor` that a document's `openapi` or `swagger` field names; empty where it has none."""
    if not isinstance(data, dict):
        return ""
    written = data.get("openapi", data.get("swagger"))
    if isinstance(written, bool) or not isinstance(written, str | int | float):
        return ""
    return ".".join(str(written).strip().split(".")[:2])
