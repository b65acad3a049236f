"""Texts that YAML reads as something else than their author meant, in Arazzo documents.

`{$inputs.x}` without quotes is a mapping, `$response.body #/id` ends before the `#`, `200:` is a number. All of these
are well-formed YAML, so only someone who knows expressions can tell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from yaml import MappingNode, Node, ScalarNode

from arazzo_runner.diagnostics import Diagnostic, error
from arazzo_runner.document.page import Page
from arazzo_runner.document.yaml.nodes import nodes
from arazzo_runner.document.yaml.scalars import resolve

_COMMENT = re.compile(r"[ \t]+(#/[^\r\n]*)")


def traps(root: Node, page: Page) -> Iterator[Diagnostic]:
    """Yield what a tree of an Arazzo document holds of such texts."""
    for node in nodes(root):
        if isinstance(node, MappingNode):
            yield from _keys(node, page)
            yield from _unquoted_expression(node, page)
        elif isinstance(node, ScalarNode):
            yield from _cut_expression(node, page)


def _keys(node: MappingNode, page: Page) -> Iterator[Diagnostic]:
    for key, _ in node.value:
        if not isinstance(key, ScalarNode) or key.style or key.value == "<<" or isinstance(key.tag, str):
            continue
        if not isinstance(resolve(key.value), str):
            shown = key.value or "(empty)"
            yield error(
                "syntax-key",
                f"the key {shown} is no text in YAML, expected a string",
                page.span(key.start_mark.index, key.end_mark.index),
                f'quote it: "{key.value}"',
            )


def _unquoted_expression(node: MappingNode, page: Page) -> Iterator[Diagnostic]:
    if page.text[node.start_mark.index : node.start_mark.index + 1] != "{" or len(node.value) != 1:
        return
    key, value = node.value[0]
    if isinstance(key, ScalarNode) and key.value.startswith("$") and not key.style and _nothing(value):
        written = page.text[node.start_mark.index : node.end_mark.index]
        yield error(
            "syntax-unquoted-expression",
            f"{written} without quotes is read as a YAML mapping, not as an expression",
            page.span(node.start_mark.index, node.end_mark.index),
            f'quote this expression: "{written}"',
        )


def _cut_expression(node: ScalarNode, page: Page) -> Iterator[Diagnostic]:
    """An expression, or a pointer alone, that ends where YAML sees a comment."""
    if node.style or not (node.value == "" or node.value.startswith("$")):
        return
    comment = _COMMENT.match(page.text, node.end_mark.index)
    if comment:
        yield error(
            "syntax-unquoted-expression",
            f"the value is cut off before '{comment[1].strip()}', since ' #' starts a comment",
            page.span(node.start_mark.index, comment.end()),
            "remove the space before '#', or quote the whole value",
        )


def _nothing(node: Node) -> bool:
    return isinstance(node, ScalarNode) and not node.value and not node.style
