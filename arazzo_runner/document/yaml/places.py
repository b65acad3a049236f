"""Where the nodes of a YAML text stand: the composed tree, walked on demand."""

from __future__ import annotations

from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.error import YAMLError

from arazzo_runner.diagnostics import Span
from arazzo_runner.document.limits import TooDeep, TooMany
from arazzo_runner.document.page import Page
from arazzo_runner.document.yaml.nodes import compose
from arazzo_runner.values import Path


class YamlPlaces:
    """The `Places` of a YAML text.

    `root` may be left out: then the text is composed again when the first place is asked for, which costs nothing
    for a big API description that nobody has a complaint about.
    """

    __slots__ = ("_members", "_page", "_root")

    def __init__(self, page: Page, root: Node | None = None) -> None:
        self._page, self._root = page, root
        self._members: dict[int, dict[str, tuple[Node, Node]]] = {}

    def span(self, path: Path, *, key: bool = False) -> Span:
        """Return the span of the node at `path`, or of its key; of the nearest node above where there is none."""
        node = self._tree()
        if node is None:
            return self._page.span(0)
        found_key: Node | None = None
        for token in path:
            below = self._child(node, token)
            if below is None:
                found_key = None
                break
            found_key, node = below
        if key and found_key is not None:
            return self._page.span(found_key.start_mark.index, found_key.end_mark.index)
        return self._page.span(node.start_mark.index, self._end(node))

    def _tree(self) -> Node | None:
        if self._root is None:
            try:
                self._root = compose(self._page.text)
            except (YAMLError, TooDeep, TooMany):
                return None
        return self._root

    def _child(self, node: Node, token: str | int) -> tuple[Node | None, Node] | None:
        if isinstance(node, SequenceNode):
            inside = isinstance(token, int) and 0 <= token < len(node.value)
            return (None, node.value[token]) if inside else None
        if isinstance(node, MappingNode) and isinstance(token, str):
            return self._table(node).get(token)
        return None

    def _table(self, node: MappingNode) -> dict[str, tuple[Node, Node]]:
        """Return the members of a mapping by key, those of merged mappings included; made once a mapping."""
        table = self._members.get(id(node))
        if table is None:
            table = self._members[id(node)] = {}  # known before it is full: a merge of itself ends here
            own: dict[str, tuple[Node, Node]] = {}
            for key, value in node.value:
                if not isinstance(key, ScalarNode):
                    continue
                if key.value == "<<" and not key.style:
                    for part in value.value if isinstance(value, SequenceNode) else [value]:
                        if isinstance(part, MappingNode):
                            table.update({k: v for k, v in self._table(part).items() if k not in table})
                own[key.value] = key, value
            table.update(own)
        return table

    def _end(self, node: Node) -> int:
        """Return where a node ends: a block collection ends with its last child, not where the next key begins."""
        start: int = node.start_mark.index
        while (last := _last(node, self._page.text)) is not None:
            node = last
        end: int = max(node.end_mark.index, start)
        return start + len(self._page.text[start:end].rstrip()) if end > start else end


def _last(node: Node, text: str) -> Node | None:
    first = text[node.start_mark.index : node.start_mark.index + 1]
    if isinstance(node, ScalarNode) or not node.value or first in "{[":
        return None
    last = node.value[-1]
    below: Node
    before, below = last if isinstance(last, tuple) else (node.value[-2] if len(node.value) > 1 else node, last)
    # An alias is the node that it names, which stands further up: then only the collection's own end is known.
    return below if below.start_mark.index > before.start_mark.index else None
