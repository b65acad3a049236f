"""Markdown as GitHub shows it, of text that is not to be trusted.

Foreign text stands in two forms only, in which nothing of it can act: in ``<code>`` with every sign that Markdown,
HTML or GitHub reads written as a number (in a table, a heading or a summary alike), and in a fence that is longer than
any in it. In both, ``@names`` call nobody and ``#numbers`` refer to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.layout import shorten

MAX_CODE: Final = 200
"""Characters of a text that stands in a line."""

MAX_LINE: Final = 1_000
"""Characters of a line in a fence."""

_SIGNS: Final = re.compile(r"[!\"#$&'()*.:<>@\[\\\]^_`{|}~]")


def code(text: str, length: int = MAX_CODE) -> str:
    """Return a text as code within a line, also of a table; of a long one beginning and end."""
    if not text:
        return ""
    shown = shorten(visible(text), length, "…")
    return f"<code>{_SIGNS.sub(lambda sign: f'&#{ord(sign[0])};', shown)}</code>"


def fenced(lines: Iterable[str]) -> str:
    """Return lines as a block of text, each visible and not too long."""
    text = "\n".join(shorten(visible(line), MAX_LINE, "…") for line in lines)
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return f"{fence}text\n{text}\n{fence}\n"


def folded(summary: str, content: str) -> str:
    """Return content that is shown once a person opens it; the summary is Markdown or HTML that is safe already."""
    return f"<details><summary>{summary}</summary>\n\n{content}\n</details>\n"


def row(cells: Iterable[str]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |\n"


class Sheet:
    """A text that must not become longer than so many bytes: what does not fit is left out whole, and counted."""

    def __init__(self, room: int) -> None:
        self._pieces: list[str] = []
        self._room = room
        self.left_out = 0

    @property
    def text(self) -> str:
        """What fitted."""
        return "".join(self._pieces)

    @property
    def room(self) -> int:
        """How many bytes are left."""
        return self._room

    def add(self, piece: str) -> bool:
        """Add a piece if it fits, and tell whether it did."""
        size = len(piece.encode())
        if size > self._room:
            self.left_out += 1
            return False
        self._pieces.append(piece)
        self._room -= size
        return True
