"""A text that has been read: its data, and the place of each of its nodes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from arazzo_runner.diagnostics import Diagnostic, Span
from arazzo_runner.values import JSON, Path


class Places(Protocol):
    """Finds where a node stands in its text."""

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of the node at `path`, or of its key; of the nearest node above where there is none."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A document that came with others in one entity. `base` is where it says that it stands (RFC 2557).

    `uri` tells it from the others, and whose trust it has: the entity's URI, for all but the root with a fragment.
    """

    uri: str
    base: str
    name: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Source:
    """A document as read: `data` is plain JSON data, `places` finds the line and column of each node of it.

    `uri` is where it was retrieved from (absolute), `name` how a person knows it (the path as typed). `diagnostics`
    are the faults of the syntax; where one of them is an error, `data` holds what could still be read (None if
    nothing). `base` is where the document stands if something other than its `uri` says so: the part of an entity.
    `enclosed` are the other documents of the entity whose root this is.
    """

    uri: str
    name: str
    text: str = field(repr=False)
    data: JSON = field(repr=False)
    places: Places = field(repr=False, compare=False)
    diagnostics: tuple[Diagnostic, ...] = ()
    base: str = ""
    enclosed: tuple[Enclosed, ...] = field(default=(), repr=False, compare=False)

    @property
    def base_uri(self) -> str:
        """The URI that relative references resolve against unless the document says otherwise (RFC 3986, 5.1)."""
        return self.base or self.uri

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of the node at `path` (of its key with `key=True`); never raises."""
        return self.places.span(path, key=key)
