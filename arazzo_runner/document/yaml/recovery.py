"""What can still be read of a text that is broken: an editor shows the rest of the document while a line is typed.

Lines are blanked, never removed, so every place in what is left is a place in the text. The first guess that gives a
tree is taken: the guesses begin with the line of the fault alone and end with all that follows it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from yaml import Node
from yaml.error import YAMLError

from arazzo_runner.document.limits import TooDeep, TooMany
from arazzo_runner.document.page import Page
from arazzo_runner.document.yaml.faults import Fault
from arazzo_runner.document.yaml.nodes import compose

MAX_RECOVERED = 2 * 1024 * 1024
"""The longest text that is recovered, in characters: each guess reads the text again."""

_BREAK = re.compile(r"\r\n?|\n")
_VISIBLE = re.compile(r"[^\r\n]")


def recover_yaml(page: Page, fault: Fault) -> Node | None:
    """Return the tree of what can be read around a syntax error, or None."""
    if len(page.text) > MAX_RECOVERED:
        return None
    for start, end in _guesses(page.text, fault):
        try:
            root = compose(page.text[:start] + _VISIBLE.sub(" ", page.text[start:end]) + page.text[end:])
        except (YAMLError, TooDeep, TooMany):
            continue
        if root is not None and not isinstance(root.value, str):
            return root
    return None


def _guesses(text: str, fault: Fault) -> Iterator[tuple[int, int]]:
    """Yield the stretches to blank, at most a dozen."""
    if fault.final:
        yield fault.offset, len(text)
        return
    starts = [0, *(found.end() for found in _BREAK.finditer(text)), len(text)]
    last = len(starts) - 2
    at, context = (bisect_right(starts, offset, hi=last + 1) - 1 for offset in (fault.offset, fault.context))
    before = next((line for line in range(at - 1, -1, -1) if text[starts[line] : starts[line + 1]].strip()), 0)
    seen = set[tuple[int, int]]()
    for first, final in (
        (at, at),
        (before, before),
        (before, at),
        (context, context),
        (context, at),
        (at, last),
        (before, last),
        (context, last),
        (at // 2, last),
        (at // 4, last),
    ):
        stretch = starts[first], starts[final + 1]
        if stretch not in seen:
            seen.add(stretch)
            yield stretch
