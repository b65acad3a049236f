"""Text measured and broken by the columns it takes on a terminal, where it is not the number of its characters."""

from __future__ import annotations

import unicodedata

from arazzo_runner.reports.escape import visible


def columns(text: str) -> int:
    """Return how many columns `text` takes: two for a wide character, none for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_columns_of, text))


def _columns_of(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def pad(text: str, width: int) -> str:
    """Return `text` filled up with spaces to `width` columns."""
    return text + " " * (width - columns(text))


def fit(text: str, width: int) -> str:
    """Return the longest beginning of `text` that takes at most `width` columns."""
    if text.isascii():
        return text[:width]
    taken = 0
    for index, character in enumerate(text):
        taken += _columns_of(character)
        if taken > width:
            return text[:index]
    return text


def cut(text: str, width: int, mark: str) -> str:
    """Return `text`, visible, in at most `width` columns; where something is left out it ends with `mark`."""
    shown = visible(text[: width + 1])
    if len(text) <= width and columns(shown) <= width:
        return shown
    return fit(shown, width - columns(mark)) + mark


def wrap(text: str, width: int) -> list[str]:
    """Return `text`, visible, as lines of at most `width` columns, broken at spaces.

    A word that is longer (an address) stays whole, so that it can be copied. There is at least one line.
    """
    lines: list[str] = []
    line = ""
    for word in visible(text).split(" "):
        longer = f"{line} {word}" if line else word
        if line and columns(longer) > width:
            lines.append(line)
            longer = word
        line = longer
    return [*lines, line]


def chop(text: str, width: int) -> list[str]:
    """Return one line of foreign text, visible, as pieces of at most `width` columns, broken anywhere."""
    rest = visible(text.replace("\t", "    "))
    pieces = []
    while True:
        piece = fit(rest, max(width, 2))
        pieces.append(piece)
        rest = rest[len(piece) :]
        if not rest:
            return pieces
