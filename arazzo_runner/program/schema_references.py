"""References of `inputs` that lead out of their schema: into other files, or elsewhere in the document (INP-07).

Each is resolved here, once, before anything is compiled: against the base URI of the document (Arazzo 1.1, Base URI)
or the `$id` around it (JSON Schema 2020-12, section 8.2.1), fetched under the policy of whoever refers. A reference
that leads out becomes `URI#/pointer` with a URI that is known, so that neither the validator nor whoever reads a
schema for its names has to look for anything. What stays inside a schema keeps its own meaning, `$dynamicRef` included.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import quote, unquote

from arazzo_runner.diagnostics import Span
from arazzo_runner.document.model import Description
from arazzo_runner.document.source import Source
from arazzo_runner.expressions.pointer import encode
from arazzo_runner.program.schema_files import WHOLE, File, Resource, at_path, below
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.location import resolve as resolve_uri
from arazzo_runner.values import JSON, Nothing, Path

MAX_SCHEMA_NODES = 200_000
"""Arrays and objects of schemas that are looked at for references."""

_REFERENCES = ("$ref", "$dynamicRef")


@dataclass(frozen=True, slots=True)
class Broken:
    """A reference that leads nowhere: its `text` and the reason, as a clause.

    `at` is its place in the schema; where it stands in another file, `span` is its place there.
    """

    text: str
    reason: str
    at: Path
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """A schema in another file, or one of the document with an `$id`."""

    schema: JSON
    source: Source
    at: Path


@dataclass(frozen=True, slots=True)
class Linked:
    """A schema with its references out of it resolved, the `documents` that they lead into by URI, and the faults.

    `targets` are the schemas that they lead to, as written. `excess` tells that there was more than is looked at.
    """

    schema: JSON
    documents: Mapping[str, JSON] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    broken: tuple[Broken, ...] = ()
    excess: bool = False


@dataclass(frozen=True, slots=True)
class _Node:
    file: File
    at: Path
    resource: Resource

    @property
    def key(self) -> tuple[str, Path]:
        return self.file.uri, self.at

    @property
    def data(self) -> JSON:
        found = at_path(self.file.data, self.at)
        return None if isinstance(found, Nothing) else found


_Found: TypeAlias = "_Node | str"


def link(description: Description, root: JSON, documents: Documents) -> Linked:
    """Resolve the references that lead out of a schema of a description; `root` has the components beside it."""
    linking = _Linking(description, root, documents)
    linking.walk()
    return linking.linked()


def _places(source: Source) -> tuple[str, str]:
    return source.uri, source.base_uri


class _Linking:
    def __init__(self, description: Description, root: JSON, documents: Documents) -> None:
        self.description, self.documents = description, documents
        self.root = File("", description.base_uri, root, description.source.uri)
        source = description.source
        self.whole = File(WHOLE, description.base_uri, source.data, source.uri, source)
        self.files: dict[str, File] = {}
        self._used = {"": self.root}
        self.resources: dict[str, tuple[File, Path]] = {}
        self.broken: list[Broken] = []
        self.targets: dict[tuple[str, Path], Target] = {}
        self._waiting = [self._node(self.root, ())]
        self._seen: set[tuple[str, Path]] = set()
        self._straight: set[tuple[str, Path]] = set()
        self.excess = False

    def walk(self) -> None:
        """Look at every schema that the root leads to, each once."""
        while self._waiting and not self.excess:
            node = self._waiting.pop()
            if node.key not in self._seen:
                self._seen.add(node.key)
                self.excess = len(self._seen) > MAX_SCHEMA_NODES
                self._visit(node)

    def linked(self) -> Linked:
        """Return what came of it."""
        data = {uri: file.with_references() for uri, file in self._used.items()}
        documents = {uri: whole for uri, whole in data.items() if uri}
        for uri, (file, at) in self.resources.items():
            schema = at_path(data[file.uri], at)
            assert isinstance(schema, dict)
            documents[uri] = {**schema, "$id": uri}
        return Linked(data[""], documents, tuple(self.targets.values()), tuple(self.broken), self.excess)

    def _node(self, file: File, at: Path) -> _Node:
        return _Node(file, at, file.resource(at))

    def _visit(self, node: _Node) -> None:
        data, file = node.data, node.file
        if isinstance(data, dict):
            for name in _REFERENCES:
                if isinstance(text := data.get(name), str):
                    self._refer(_Node(file, (*node.at, name), node.resource), text)
        for step, _ in below(data, node.at):
            # The document's components are beside the schema, and count only where something refers to them.
            if file is not self.root or node.at or step != "components":
                self._waiting.append(self._node(file, (*node.at, step)))

    def _refer(self, node: _Node, text: str) -> None:
        reached = self._target(node, text)
        if isinstance(reached, str):
            if not text.startswith("#") or node.file is not self.root or node.resource.at:
                self._fault(node, text, reached)
            return  # what is not there in the schema itself is told when it is compiled
        here = node.file is reached.file and node.resource == reached.resource
        anchor = unquote(text.partition("#")[2]) if node.at[-1] == "$dynamicRef" else ""
        stays = here and ((node.file is self.root and not node.resource.at) or (anchor and not anchor.startswith("/")))
        if not stays and self._circles(reached):
            self._fault(node, text, "it leads in a circle")
            return
        self._waiting.append(reached)
        if stays:
            return
        self._point(node, reached, "" if anchor.startswith("/") else anchor)
        if reached.file.source is not None or reached.at[:2] == ("components", "inputs"):
            source = reached.file.source or self.description.source
            self.targets.setdefault(reached.key, Target(reached.data, source, reached.at))

    def _target(self, node: _Node, text: str) -> _Found:
        """Return the schema that a reference leads to, or why there is none."""
        written, _, fragment = text.partition("#")
        fragment = unquote(fragment)
        if not written:
            return self._inside(node, fragment)
        try:
            uri = resolve_uri(node.resource.base, written)
        except ValueError as problem:
            return str(problem)
        file, resource = self._named(uri) or (None, None)
        if file is None or resource is None:
            opened = self._open(uri, node)
            if isinstance(opened, str):
                return opened
            file, resource = opened, opened.resource(())
        target = file.place_of(fragment, resource)
        return target.reason if isinstance(target, Nothing) else self._node(file, target)

    def _inside(self, node: _Node, fragment: str) -> _Found:
        """Return what a fragment alone leads to: in the resource around it, for the schema also in its document."""
        target = node.file.place_of(fragment, node.resource)
        if not isinstance(target, Nothing):
            return self._node(node.file, target)
        if node.file is self.root and not node.resource.at:
            # References start at the root of the Arazzo document, of which the schema is a part (INP-05).
            at = self.whole.place_of(fragment, self.whole.resource(()))
            if not isinstance(at, Nothing):
                return self._node(self.whole, at)
        return target.reason

    def _named(self, uri: str) -> tuple[File, Resource] | None:
        """Return the schema of the document that calls itself so: in this schema, else in another one."""
        for file in (self.root, self.whole):
            if found := file.names.resources.get(uri):
                return file, found
        return None

    def _point(self, node: _Node, reached: _Node, anchor: str) -> None:
        resource, file = reached.resource, reached.file
        uri = file.uri
        self._used.setdefault(uri, file)
        if resource.at or (file is self.root and resource.base != file.base):
            uri = resource.base
            if resource.at:
                self.resources.setdefault(uri, (file, resource.at))
                self._waiting.append(self._node(file, resource.at))
        fragment = anchor or encode(tuple(map(str, reached.at[len(resource.at) :])))
        node.file.rewritten[node.at] = uri + "#" + quote(fragment, safe="/~!$&'()*+,;=:@")

    def _circles(self, node: _Node) -> bool:
        """Tell whether the references from a node on lead back to one of them, with no schema between."""
        passed: set[tuple[str, Path]] = set()
        while node.key not in self._straight:
            if node.key in passed:
                return True
            passed.add(node.key)
            data = node.data
            text = data.get("$ref") if isinstance(data, dict) else None
            reached = self._target(node, text) if isinstance(text, str) else ""
            if isinstance(reached, str):
                break
            node = reached
        self._straight |= passed
        return False

    def _open(self, uri: str, node: _Node) -> File | str:
        """Return the file that a URI names, or why there is none."""
        if uri in (self.description.base_uri, self.description.source.uri):
            return self.whole
        read = self.files.values()
        known = next((file for file in read if file.source and uri in (file.uri, *_places(file.source))), None)
        if known is not None:
            return known
        source = self.documents.referred(uri, node.file.place)
        if isinstance(source, str):
            return source
        base = File("", source.base_uri, source.data, source.uri).resource(()).base
        return self.files.setdefault(base, File(base, source.base_uri, source.data, source.uri, source))

    def _fault(self, node: _Node, text: str, reason: str) -> None:
        source = node.file.source
        span = None if source is None else source.span(node.at)
        self.broken.append(Broken(text, reason, () if source else node.at, span))
