"""From YAML text to a tree of nodes that know their places.

PyYAML's parser is used, and of its composer only what links nodes: meaning is given later, by YAML 1.2 rules that it
does not have. The C parser is taken where it is installed; the pure one gives the same tree, slowly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, Final, Protocol, cast

from yaml import Node
from yaml.composer import Composer
from yaml.parser import Parser
from yaml.reader import Reader
from yaml.scanner import Scanner, ScannerError

from arazzo_runner.document.collector import collector_paused
from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH, MAX_NODES, TooDeep, TooMany


class _Parser(Protocol):
    def get_single_node(self) -> Node | None: ...


class _PurePython(Reader, Scanner, Parser, Composer):
    def __init__(self, text: str) -> None:
        Reader.__init__(self, text)
        Scanner.__init__(self)
        Parser.__init__(self)
        Composer.__init__(self)


def _parser_class(pure: bool) -> Callable[[str], Any]:
    if not pure:
        try:
            from yaml._yaml import CParser
        except ImportError:
            return _PurePython
        # A subclass made in Python has room for the three hooks that the composer calls for each node.
        return cast("Callable[[str], Any]", type("_Compiled", (CParser,), {}))
    return _PurePython


def _parser(text: str, pure: bool) -> _Parser:
    parser = _parser_class(pure)(text)
    depth = count = 0

    def descend(parent: Node | None, index: object) -> None:
        nonlocal depth, count
        depth += 1
        count += 1
        if depth > MAX_DOCUMENT_DEPTH:
            raise TooDeep(parent.start_mark.index if parent is not None else 0)
        if count > MAX_NODES:
            raise TooMany

    def ascend() -> None:
        nonlocal depth
        depth -= 1

    parser.descend_resolver, parser.ascend_resolver = descend, ascend
    parser.resolve = _untagged
    return cast(_Parser, parser)


def _untagged(kind: type[Node], value: object, implicit: object) -> type[Node]:
    """Stand in for PyYAML's YAML 1.1 resolver: a node without a tag of its own is tagged with its class."""
    return kind


# libyaml follows YAML 1.1 in two ways that change texts: it breaks lines at NEL, LS and PS, and it refuses some
# characters that YAML 1.2 allows in quotes. They travel through it as private-use characters of plane 15.
_FOREIGN = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLANE: Final = 0xF0000
_SURROGATE = re.compile("[\ud800-\udfff]")
_TRAVELLING = re.compile("[\U000f0000-\U000fffff]")


def compose(text: str, *, pure: bool = False) -> Node | None:
    """Return the root node of the one document in the text, or None where there is none.

    Places (`start_mark.index`) are offsets in `text`. With `pure`, the parser written in Python is used.

    Raises:
        yaml.YAMLError: the text is not YAML, or holds more than one document.
        TooDeep, TooMany: a limit is reached.
    """
    root = _composed(text, pure)
    if pure:
        _refuse_surrogates(root)
    return root


def _composed(text: str, pure: bool) -> Node | None:
    foreign = _FOREIGN.search(text) is not None and _TRAVELLING.search(text) is None
    with collector_paused():
        if not foreign:
            return _parser(text, pure).get_single_node()
        root = _parser(_FOREIGN.sub(lambda found: chr(_PLANE + ord(found[0])), text), pure).get_single_node()
        _bring_home(root)
        return root


def _bring_home(root: Node | None) -> None:
    """Give the scalars of a tree their foreign characters back."""
    for node in nodes(root):
        if isinstance(node.value, str) and _TRAVELLING.search(node.value):
            node.value = _TRAVELLING.sub(lambda found: chr(ord(found[0]) - _PLANE), node.value)


def _refuse_surrogates(root: Node | None) -> None:
    """Refuse escapes that write half of a character, as the C parser does."""
    for node in nodes(root):
        if isinstance(node.value, str) and _SURROGATE.search(node.value):
            problem = "found invalid Unicode character escape code"
            raise ScannerError("while parsing a quoted scalar", node.start_mark, problem, node.start_mark)


def nodes(root: Node | None) -> Iterator[Node]:
    """Yield each node of a tree once, in the order of the text."""
    stack, seen = [root] if root is not None else [], set[int]()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        stack.extend(reversed(list(children(node))))


def children(node: Node) -> Iterator[Node]:
    """Yield the nodes right below a node: keys and values in turn for a mapping."""
    if isinstance(node.value, str):
        return
    for child in node.value:
        if isinstance(child, tuple):
            yield from child
        else:
            yield child
