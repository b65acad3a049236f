"""From YAML nodes to JSON data, by the rules of YAML 1.2 and of the profile.

Aliases share the value they name, so a text that multiplies aliases costs no memory here; since whoever walks the
data later would pay for each use, the data is measured with aliases spread out and refused beyond the limits.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import Final, cast

from yaml import Node, ScalarNode, SequenceNode

from arazzo_runner.diagnostics import Diagnostic, Related, Severity
from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH, MAX_NODES, MAX_TOLD, TooDeep, TooMany
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.yaml.scalars import resolve
from arazzo_runner.values import JSON

_TAGS: Final = "tag:yaml.org,2002:"
_MERGE: Final = "<<"


class _Unfinished:
    """Stands for a collection whose members are still being read: an alias to it names itself."""


_UNFINISHED: Final = _Unfinished()


class Construction:
    """Makes the data of one tree. `findings` collects what it meets; broken parts are left out of the data."""

    def __init__(self, page: Page, profile: Profile) -> None:
        self._page, self._profile = page, profile
        self._made: dict[int, JSON | _Unfinished] = {}
        self._shared = False
        self._merged = 0
        self._told: Counter[str] = Counter()
        self._first_keys: tuple[Node | None, dict[str, Node]] = (None, {})
        self.findings: list[Diagnostic] = []

    def data(self, root: Node) -> JSON:
        """Return the data of the tree.

        Raises:
            TooDeep, TooMany: with the aliases spread out, the data exceeds a limit.
        """
        value = self._value(root)
        if self._shared or self._merged:
            _measure(value, 1, {})
        return value

    def _value(self, node: Node) -> JSON:
        if isinstance(node, ScalarNode):
            return self._scalar(node)
        made = self._made.get(id(node))
        if made is None:
            self._tag(node)
            self._made[id(node)] = _UNFINISHED
            made = self._sequence(node) if isinstance(node, SequenceNode) else self._mapping(node)
            self._made[id(node)] = made
            return made
        self._shared = True
        if isinstance(made, _Unfinished):
            self._report(
                "syntax-recursive-alias",
                "an alias names the collection that it stands in, which has no end",
                node,
                "write the value out instead of the alias",
                severity=Severity.ERROR,
            )
            return None
        return made

    def _scalar(self, node: ScalarNode) -> JSON:
        tag: object = node.tag
        if tag is not ScalarNode:
            return self._tagged(node)
        if node.style:
            return cast(str, node.value)
        found = resolve(node.value)
        if isinstance(found, float) and not math.isfinite(found):
            return self._no_json_number(node)
        return found

    def _tag(self, node: Node) -> None:
        tag: object = node.tag
        if tag is not type(node) and tag not in (_TAGS + "map", _TAGS + "seq"):
            self._unknown_tag(node)

    def _sequence(self, node: Node) -> list[JSON]:
        items: list[JSON] = []
        for item in node.value:
            items.append(self._value(item))  # a comprehension would cost a frame more, and depth is frames here
        return items

    def _mapping(self, node: Node) -> dict[str, JSON]:
        members: dict[str, JSON] = {}
        merges: list[Node] = []
        for key_node, value_node in node.value:
            if not isinstance(key_node, ScalarNode):
                self._no_text_key(key_node)
                continue
            key: str = key_node.value
            if key == _MERGE and not key_node.style:
                merges.append(value_node)
                self._refuse_merge(key_node)
                continue
            value = self._value(value_node)
            if key in members:
                self._duplicate(node, key_node)
            members[key] = value
        return self._merge(merges, members) if merges and self._profile is Profile.SOURCE else members

    def _merge(self, merges: list[Node], members: dict[str, JSON]) -> dict[str, JSON]:
        """Put the members of the merged mappings below those of the mapping itself; the first one named wins."""
        merged: dict[str, JSON] = {}
        for node in merges:
            value = self._value(node)
            for part in value if isinstance(value, list) else [value]:
                if not isinstance(part, dict):
                    self._report("syntax-merge-key", "a merge key (<<) needs a mapping", node, "name a mapping")
                    continue
                self._merged += len(part) + 1
                if self._merged > MAX_NODES:
                    raise TooMany
                merged = {**part, **merged}
        return {**merged, **members}

    def _tagged(self, node: ScalarNode) -> JSON:
        text = cast(str, node.value)
        found = resolve(text)
        match str(node.tag).removeprefix(_TAGS):
            case "str":
                return text
            case "null" if found is None:
                return None
            case "bool" if isinstance(found, bool):
                return found
            case "int" if isinstance(found, int) and not isinstance(found, bool):
                return found
            case "float" if isinstance(found, int | float) and not isinstance(found, bool):
                return _finite(found) if math.isfinite(_finite(found)) else self._no_json_number(node)
            case "null" | "bool" | "int" | "float" as wanted:
                self._report("syntax-tag", f"the tag !!{wanted} does not fit '{text}'", node, "remove the tag")
                return text
        self._unknown_tag(node)
        return text if node.style or isinstance(found, float) else found

    def _unknown_tag(self, node: Node) -> None:
        tag = str(node.tag)
        if tag.startswith("!$"):
            self._report(
                "syntax-unquoted-expression",
                f"'{tag}' is read as a YAML tag, not as text",
                node,
                "quote this expression: an unquoted '!' starts a tag",
            )
            return
        shown = tag.replace(_TAGS, "!!")
        self._report("syntax-tag", f"unknown tag {shown}: only the tags of JSON values count", node, "remove the tag")

    def _no_json_number(self, node: ScalarNode) -> JSON:
        self._report(
            "syntax-number",
            f"'{_short(node.value)}' is a number that JSON can't hold",
            node,
            f'quote it if text is meant: "{_short(node.value)}"',
        )
        return cast(str, node.value)

    def _no_text_key(self, node: Node) -> None:
        self._report("syntax-key", "found a collection as a key, expected text", node, "use a plain name as the key")

    def _refuse_merge(self, node: Node) -> None:
        if self._profile is Profile.ARAZZO:
            self._report(
                "syntax-merge-key",
                "found a merge key (<<), which YAML 1.2 does not have",
                node,
                "write the members out, or reuse them through components",
            )

    def _duplicate(self, mapping: Node, second: ScalarNode) -> None:
        if self._first_keys[0] is not mapping:  # made once a mapping, and only for one that repeats a key
            keys = [key for key, _ in reversed(mapping.value) if isinstance(key, ScalarNode)]
            self._first_keys = mapping, {key.value: key for key in keys}
        first = self._first_keys[1][second.value]
        related = (Related("first given here", self._page.span(first.start_mark.index, first.end_mark.index)),)
        self._report(
            "syntax-duplicate-key",
            f"the key '{_short(second.value)}' is given twice in one mapping",
            second,
            "remove one of the two",
            related=related,
        )

    def _report(
        self,
        code: str,
        message: str,
        node: Node,
        help: str,
        *,
        severity: Severity | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        self._told[code] += 1
        if self._told[code] > MAX_TOLD:
            return
        if severity is None:
            severity = self._profile.severity
        end = node.end_mark.index if isinstance(node, ScalarNode) else node.start_mark.index + 1
        span = self._page.span(node.start_mark.index, end)
        self.findings.append(Diagnostic(code, severity, message, span, help, related))


def _finite(number: int | float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "..."


def _measure(value: JSON, level: int, known: dict[int, tuple[int, int]]) -> tuple[int, int]:
    """Return how many values there are and how deep they stand, counting a shared one as often as it is used."""
    if level > MAX_DOCUMENT_DEPTH:
        raise TooDeep
    if not isinstance(value, list | dict):
        return 1, 1
    size, height = known.get(id(value), (0, 0))
    if size == 0:
        size = 1
        for child in value.values() if isinstance(value, dict) else value:
            child_size, child_height = _measure(child, level + 1, known)
            size, height = size + child_size, max(height, child_height)
        height += 1
        known[id(value)] = size, height
    if level + height - 1 > MAX_DOCUMENT_DEPTH:
        raise TooDeep
    if size > MAX_NODES:
        raise TooMany
    return size, height
