"""A piece of an API description: its data, the document it stands in, and its place there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from arazzo_runner.diagnostics import Diagnostic, Span, warning
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON, Path, kind

if TYPE_CHECKING:
    from arazzo_runner.sources.openapi.document import OpenApiDocument


@dataclass(frozen=True, slots=True)
class Node:
    """Any value of a description. Members of the wrong type are as if they were not written; the readers say so."""

    data: JSON = field(repr=False)
    document: OpenApiDocument = field(repr=False)
    at: Path

    def member(self, name: str) -> Node | None:
        """Return the member of an object, or None."""
        if isinstance(self.data, dict) and name in self.data:
            return Node(self.data[name], self.document, (*self.at, name))
        return None

    def members(self) -> Iterator[tuple[str, Node]]:
        """Yield the members of an object, in the order written."""
        for name, value in self.data.items() if isinstance(self.data, dict) else ():
            yield name, Node(value, self.document, (*self.at, name))

    def fields(self) -> Iterator[tuple[str, Node]]:
        """Yield the members of an object that can have extensions (``x-``), without these."""
        return ((name, node) for name, node in self.members() if not name.startswith("x-"))

    def elements(self) -> Iterator[Node]:
        """Yield the elements of an array."""
        for index, value in enumerate(self.data if isinstance(self.data, list) else ()):
            yield Node(value, self.document, (*self.at, index))

    def text(self, name: str) -> str | None:
        """Return the member `name` if it is a string."""
        value = self.data.get(name) if isinstance(self.data, dict) else None
        return value if isinstance(value, str) else None

    def flag(self, name: str, default: bool = False) -> bool:
        """Return the member `name` if it is a boolean, else `default`."""
        value = self.data.get(name) if isinstance(self.data, dict) else None
        return value if isinstance(value, bool) else default

    def schema(self) -> Schema:
        """Return the node as a schema."""
        return Schema(self.data, self.document, self.at)

    def span(self, *, key: bool = False) -> Span:
        """Return where the node stands in the text."""
        return self.document.span(self.at, key=key)


class Faults:
    """Collects what is wrong with a description while a piece of it is read; each finding once."""

    __slots__ = ("_found",)

    def __init__(self) -> None:
        self._found: dict[Diagnostic, None] = {}

    def add(self, code: str, message: str, node: Node, help: str = "") -> None:
        """Note a fault at a node. It is a warning: a description is not the runner's to refuse."""
        self._found[warning(code, message, node.span(), help)] = None

    def unexpected(self, node: Node, expected: str) -> None:
        """Note that a node is of the wrong type; `expected` says what the specification has there."""
        self.add("openapi-type", f"{expected} was expected here, not {kind(node.data)}", node)

    def found(self) -> tuple[Diagnostic, ...]:
        """Return the findings in the order made."""
        return tuple(self._found)
