"""How much of a document is read before it is refused."""

from __future__ import annotations

from typing import Final

from arazzo_runner.diagnostics import Diagnostic, error
from arazzo_runner.document.page import Page
from arazzo_runner.values import JSON

MAX_BYTES: Final = 128 * 1024 * 1024
"""The longest text that is read, in bytes. The longest published API descriptions known have about 60 MB."""

MAX_DOCUMENT_DEPTH: Final = 256
"""How deep values may stand in each other, the root being 1. Whoever walks data recursively relies on it."""

MAX_NODES: Final = 5_000_000
"""How many values a document may hold, with every alias counted as often as it is used."""

MAX_PARTS: Final = 1_000
"""How many documents one entity may hold (`multipart/related`)."""

MAX_HEADER_BYTES: Final = 65_536
"""How long the header fields of such an entity, or of one of its parts, may be."""

MAX_TOLD: Final = 500
"""How many findings of one kind about a text's syntax are told; the first ones lead to the others."""


class TooDeep(Exception):
    """Values stand deeper in each other than `MAX_DOCUMENT_DEPTH`. `offset` is where the excess begins."""

    def __init__(self, offset: int = 0) -> None:
        super().__init__("too deep")
        self.offset = offset


class TooMany(Exception):
    """There are more values than `MAX_NODES`."""


def too_much(page: Page, excess: TooDeep | TooMany) -> Diagnostic:
    """Report that a limit on the shape of a document is reached."""
    if isinstance(excess, TooMany):
        message = f"the document holds more than {MAX_NODES} values (aliases count at each use)"
        return error("syntax-too-many-values", message, page.span(0), "split the document")
    message = f"values stand more than {MAX_DOCUMENT_DEPTH} deep in each other (max_document_depth)"
    return error("syntax-too-deep", message, page.span(excess.offset), "make the document flatter")


def too_long(page: Page, size: int) -> Diagnostic:
    """Report a text beyond `MAX_BYTES`, which is not read at all."""
    message = f"the document has {size} bytes, more than the {MAX_BYTES} that are read"
    return error("syntax-too-long", message, page.span(0), "split the document")


def measure_tree(data: JSON) -> int:
    """Return how many members the objects of the data have in total; the data must not share parts of itself.

    Raises:
        TooDeep, TooMany: a limit is reached.
    """
    members = values = 0
    level = _below([data])
    for _ in range(MAX_DOCUMENT_DEPTH - 1):
        members += sum(len(item) for item in level if isinstance(item, dict))
        values += sum(map(len, level))
        if values > MAX_NODES:
            raise TooMany
        level = [child for item in level for child in _below(item)]
        if not level:
            break
    if any(level):  # what stands at the limit may be empty, but holds nothing
        raise TooDeep
    return members


def _below(item: dict[str, JSON] | list[JSON]) -> list[dict[str, JSON] | list[JSON]]:
    children = item.values() if isinstance(item, dict) else item
    return [child for child in children if isinstance(child, dict | list)]
