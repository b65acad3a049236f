"""A canvas of characters: lines that join where they meet, and text upon them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.layout import columns
from arazzo_runner.reports.page import Ink, Line

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8

_JOINTS: Final = {
    UP: "│", DOWN: "│", UP | DOWN: "│", LEFT: "─", RIGHT: "─", LEFT | RIGHT: "─",
    DOWN | RIGHT: "┌", DOWN | LEFT: "┐", UP | RIGHT: "└", UP | LEFT: "┘",
    UP | DOWN | RIGHT: "├", UP | DOWN | LEFT: "┤", DOWN | LEFT | RIGHT: "┬", UP | LEFT | RIGHT: "┴",
    UP | DOWN | LEFT | RIGHT: "┼",
}  # fmt: skip

SIGNS: Final = {"▼": "v", "◄": "<", "↻": "@", "✓": "+", "✗": "x", "…": "~", **dict.fromkeys("┌┐└┘├┤┬┴┼", "+")} | {
    "│": "|",
    "─": "-",
    "→": ">",
}
"""Each sign that drawings use, and what stands for it where the encoding lacks it."""


@dataclass(slots=True)
class Canvas:
    """What is drawn so far, by row and column. Text hides the lines below it."""

    lines: dict[int, dict[int, int]] = field(default_factory=dict)
    texts: dict[int, dict[int, tuple[str, Ink]]] = field(default_factory=dict)
    inks: dict[tuple[int, int], Ink] = field(default_factory=dict)

    def level(self, row: int, start: int, end: int, ink: Ink = Ink.PLAIN) -> None:
        """Draw a level line from one column to another, both included."""
        start, end = min(start, end), max(start, end)
        for column in range(start, end + 1):
            self._join(row, column, (LEFT if column > start else 0) | (RIGHT if column < end else 0), ink)

    def upright(self, column: int, start: int, end: int, ink: Ink = Ink.PLAIN) -> None:
        """Draw an upright line from one row to another, both included."""
        start, end = min(start, end), max(start, end)
        for row in range(start, end + 1):
            self._join(row, column, (UP if row > start else 0) | (DOWN if row < end else 0), ink)

    def box(self, row: int, column: int, height: int, width: int, ink: Ink = Ink.PLAIN) -> None:
        """Draw a frame; the sizes count its lines."""
        for one in (row, row + height - 1):
            self.level(one, column, column + width - 1, ink)
        for one in (column, column + width - 1):
            self.upright(one, row, row + height - 1, ink)

    def text(self, row: int, column: int, text: str, ink: Ink = Ink.PLAIN) -> int:
        """Write a text, visible, and return the column behind it."""
        cells = self.texts.setdefault(row, {})
        for character in visible(text):
            width = columns(character)
            if width == 0 and column - 1 in cells:
                cells[column - 1] = (cells[column - 1][0] + character, ink)
            for part in range(width):
                cells[column + part] = ("" if part else character, ink)
            column += width
        return column

    def rows(self, signs: bool = True) -> Iterator[Line]:
        """Yield the rows as lines of a page; without `signs` in ASCII, but for text of the document."""
        last = max((*self.lines, *self.texts), default=-1)
        for row in range(last + 1):
            cells = [self._cell(row, column) for column in range(self._end(row))]
            yield tuple(
                ink.of("".join(_plain(text, signs) for text, _ in run))
                for ink, run in groupby(cells, lambda cell: cell[1])
            )

    def _end(self, row: int) -> int:
        return max((*self.lines.get(row, ()), *self.texts.get(row, ())), default=-1) + 1

    def _cell(self, row: int, column: int) -> tuple[str, Ink]:
        written = self.texts.get(row, {}).get(column)
        if written is not None:
            return written
        joint = self.lines.get(row, {}).get(column, 0)
        return _JOINTS.get(joint, " "), self.inks.get((row, column), Ink.PLAIN)

    def _join(self, row: int, column: int, directions: int, ink: Ink) -> None:
        cells = self.lines.setdefault(row, {})
        cells[column] = cells.get(column, 0) | directions
        self.inks[row, column] = ink


def _plain(text: str, signs: bool) -> str:
    return text if signs else SIGNS.get(text, text)
