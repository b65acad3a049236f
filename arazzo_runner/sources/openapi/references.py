"""References inside API descriptions: `$ref` with a JSON Pointer or an anchor, in this document or another one.

(OpenAPI 3.1, Reference Object; RFC 6901.) A reference that leads nowhere is a finding, not a failure: the rest of the
description can still be used.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote

from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.values import JSON, Path

MAX_CHAIN = 64
"""How many references may follow each other before somebody is joking."""
MAX_DETOURS = 8
"""How many pointers may lead through a reference whose pointer leads through a reference."""


@dataclass(frozen=True, slots=True)
class Dangling:
    """Why a reference leads nowhere, as a clause."""

    reason: str


def reference_of(data: JSON) -> str | None:
    """Return the `$ref` of an object, or None."""
    value = data.get("$ref") if isinstance(data, dict) else None
    return value if isinstance(value, str) else None


def tokens(pointer: str) -> tuple[str, ...]:
    """Return the reference tokens of a JSON Pointer, decoded: ``~1`` first, then ``~0`` (RFC 6901, section 4)."""
    return tuple(token.replace("~1", "/").replace("~0", "~") for token in pointer.split("/")[1:])


def step_into(data: JSON, token: str) -> tuple[JSON, str | int] | None:
    """Take one step of a pointer: return the child and its key or index, or None where there is no such child."""
    if isinstance(data, dict):
        return (data[token], token) if token in data else None
    if isinstance(data, list) and token.isascii() and token.isdecimal() and len(token) < 10:
        index = int(token)
        return (data[index], index) if index < len(data) else None
    return None


def at_pointer(root: Node, fragment: str, depth: int = 0) -> Node | Dangling:
    """Return the node that the fragment of a reference names: percent-decoded as it should be, else as written."""
    found = _walk(root, tokens(unquote(fragment)), depth)
    if isinstance(found, Dangling) and "%" in fragment:
        literal = _walk(root, tokens(fragment), depth)
        return found if isinstance(literal, Dangling) else literal
    return found


def _walk(root: Node, steps: tuple[str, ...], depth: int) -> Node | Dangling:
    node = root
    for count, token in enumerate(steps):
        step = step_into(node.data, token)
        if step is None and reference_of(node.data) is not None:
            # Pointers through a reference are frowned upon, and written.
            beyond = follow(node, depth + 1)
            node = beyond if isinstance(beyond, Node) else node
            step = step_into(node.data, token)
        if step is None:
            return Dangling(f"there is no '{token}' below '#/{'/'.join(steps[:count])}'")
        node = Node(step[0], node.document, (*node.at, step[1]))
    return node


def follow(node: Node, depth: int = 0) -> Node | Dangling:
    """Follow the `$ref` of a node, and the next, until something else stands there.

    `depth` counts the references whose own pointers are being followed just now.
    """
    seen: set[tuple[str, Path]] = set()
    while (reference := reference_of(node.data)) is not None:
        if (node.document.uri, node.at) in seen or len(seen) >= MAX_CHAIN or depth > MAX_DETOURS:
            return Dangling("it leads in a circle")
        seen.add((node.document.uri, node.at))
        target = node.document.resolve(reference, node.at, depth)
        if isinstance(target, Dangling):
            return target
        node = target
    return node


def followed(node: Node, faults: Faults) -> Node | None:
    """Follow the references of a node; None, and a finding, where they lead nowhere."""
    found = follow(node)
    if isinstance(found, Node):
        return found
    where = Node(node.data, node.document, (*node.at, "$ref"))
    faults.add("openapi-reference", f"the reference '{reference_of(node.data)}' leads nowhere: {found.reason}", where)
    return None
