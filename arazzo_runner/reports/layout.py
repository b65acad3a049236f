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


def wrap_lines(text: str, width: int) -> list[str]:
    """Return a text of several lines, visible, each wrapped; how far a line is indented holds for all that it becomes.

    The item of a list (``- ...``) stays beside its mark. There is at least one line.
    """
    lines = []
    for line in text.split("\n"):
        words = line.lstrip(" ")
        indent = min(len(line) - len(words), width // 2)
        hanging = indent + 2 * words.startswith("- ")
        first, *rest = wrap(words, width - hanging)
        lines += [" " * indent + first, *(" " * hanging + part for part in rest)]
    return lines


def chop(text: str, width: int) -> list[str]:
    """Return one line of foreign text, visible, as pieces of at most `width` columns that lose nothing.

    It is broken behind a space, or anywhere where that would leave most of a line empty.
    """
    rest = visible(text.replace("\t", "    "))
    pieces = []
    while rest != (piece := fit(rest, max(width, 2))):
        space = piece.rfind(" ") + 1
        piece = piece[:space] if 2 * space > len(piece) else piece
        pieces.append(piece)
        rest = rest[len(piece) :]
    return [*pieces, rest]


def shorten(text: str, length: int, mark: str) -> str:
    """Return `text` in about `length` characters: of a longer one the beginning and the end, `mark` between them."""
    if len(text) <= length:
        return text
    start, end = text[: length // 2], text[-(length // 2) :]
    return f"{start.rpartition(' ')[0] or start} {mark} {end.partition(' ')[2] or end}"
