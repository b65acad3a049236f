"""What can be told of a pattern by its tree."""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.query.regex.syntax import (
    BackReference,
    Boundary,
    Char,
    Choice,
    Group,
    Look,
    Modified,
    Node,
    Property,
    Range,
    Repeat,
    Sequence,
    Set,
)

_PROPERTY_SIZE = 200


def nodes(tree: Node) -> Iterator[Node]:
    """Yield a tree's nodes, each before what is in it."""
    waiting = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        waiting += _inside(node)


def _inside(node: Node) -> tuple[Node, ...]:
    match node:
        case Group(inner) | Modified(inner) | Look(inner) | Repeat(inner):
            return (inner,)
        case Sequence(parts) | Choice(parts):
            return parts[::-1]
        case _:
            return ()


def size(node: Node) -> int:
    """Return about how many states the pattern has once its repetitions are written out."""
    match node:
        case Set(items):
            return 1 + sum(_PROPERTY_SIZE if isinstance(item, Property) else 1 for item in items)
        case Repeat(inner, least, most):
            return size(inner) * max(1, least + 1 if most is None else most)
        case _:
            return 1 + sum(map(size, _inside(node)))


def needs_backtracking(tree: Node) -> bool:
    """Tell whether the pattern has what no automaton does: lookarounds, references, ``^`` and ``$`` for lines."""
    return any(map(_goes_back, nodes(tree)))


def _goes_back(node: Node) -> bool:
    return isinstance(node, Look | BackReference) or (isinstance(node, Modified) and "m" in node.add)


def has_boundaries(tree: Node) -> bool:
    r"""Tell whether the pattern asks for the edges of words (``\b``)."""
    return any(isinstance(node, Boundary) for node in nodes(tree))


def sees_ascii_only(tree: Node) -> bool:
    """Tell whether the pattern makes no difference between any two characters beyond ASCII, but for white space."""
    for node in nodes(tree):
        match node:
            case Char(code) if code > 0x7F:
                return False
            case Set(items) if any(_beyond_ascii(item) for item in items):
                return False
            case Modified(_, add, _) if "i" in add:
                return False
    return True


def _beyond_ascii(item: object) -> bool:
    return isinstance(item, Property) or (isinstance(item, Range) and item.last > 0x7F)


def properties(tree: Node) -> tuple[Property, ...]:
    """Return the Unicode properties that a pattern names, in their order."""
    return tuple(
        item for node in nodes(tree) if isinstance(node, Set) for item in node.items if isinstance(item, Property)
    )
