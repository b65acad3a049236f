"""Lines for a person: what they are made of, how they look, and the page they are written on.

Reports make `Line` values, which are plain data; a page makes characters of them. So the same lines go to a pipe, to
a file and to a terminal, and escaping, colour and encoding have one home.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple, TextIO, TypeAlias

from arazzo_runner.reports.escape import encodable, visible

_CODES = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33", "blue": "34", "cyan": "36"}


class Ink(Enum):
    """What a piece of a line means; its value says how it looks, in words."""

    PLAIN = ""
    STRONG = "bold"
    FAINT = "dim"
    GOOD = "green"
    BAD = "bold red"
    DOUBT = "bold yellow"
    NOTE = "bold cyan"
    PLACE = "blue"

    def of(self, text: str) -> Inked:
        """Return the text in this ink."""
        return Inked(text, self)

    @property
    def code(self) -> str:
        """The parameters of the terminal's sequence for this ink (ECMA-48, SGR); empty for plain."""
        return ";".join(_CODES[word] for word in self.value.split())


class Inked(NamedTuple):
    """A text and what it means."""

    text: str
    ink: Ink


Piece: TypeAlias = str | Inked
Line: TypeAlias = tuple[Piece, ...]


class Verbosity(Enum):
    """How much a person is told.

    `QUIET` is nothing but what went wrong. `BRIEF` adds the warnings, one a line; `NORMAL` the steps while they run and
    all that there is to say at the end; `VERBOSE` headers and bodies.
    """

    QUIET = "quiet"
    BRIEF = "brief"
    NORMAL = "normal"
    VERBOSE = "verbose"

    @property
    def follows(self) -> bool:
        """Whether the steps are told while they run."""
        return self in (Verbosity.NORMAL, Verbosity.VERBOSE)


@dataclass(frozen=True, slots=True)
class Marks:
    """The signs that stand before a line, and those that stand for something left out."""

    start: str
    succeeded: str
    failed: str
    waiting: str
    action: str
    pending: str
    cut: str


UNICODE = Marks("▸", "✓", "✗", "◷", "↪", "·", "…")
ASCII = Marks(">", "+", "x", "~", "=", ".", "...")


@dataclass(frozen=True, slots=True)
class Look:
    """How a report for a person looks. `width` is the number of columns that it should stay within."""

    verbosity: Verbosity = Verbosity.NORMAL
    colour: bool = False
    width: int = 80
    marks: Marks = UNICODE

    def fitting(self, stream: TextIO) -> Look:
        """Return this look with the signs that the stream's encoding has."""
        return replace(self, marks=marks_for(encoding_of(stream)))


def encoding_of(stream: TextIO) -> str:
    """Return the encoding that a stream writes in; UTF-8 for one in memory, which has none."""
    return getattr(stream, "encoding", None) or "utf-8"


def marks_for(encoding: str) -> Marks:
    """Return the signs that an encoding can carry."""
    signs = "".join(getattr(UNICODE, name) for name in UNICODE.__slots__)
    return UNICODE if encodable(signs, encoding) == signs else ASCII


def plain_text(line: Line) -> str:
    """Return the characters of a line without its inks, safe to show."""
    return "".join(visible(piece if isinstance(piece, str) else piece.text) for piece in line)


class Page:
    """A text stream that lines are written on, each at once: whoever reads a pipe sees it when it happens."""

    def __init__(self, stream: TextIO, look: Look) -> None:
        self._stream = stream
        self._colour = look.colour
        self._encoding = encoding_of(stream)

    def write(self, lines: Iterable[Line]) -> None:
        """Write the lines and flush; OSError is the caller's (a pipe that was closed)."""
        for line in lines:
            text = "".join(map(self._coloured, line)) if self._colour else plain_text(line)
            self._stream.write(encodable(text.rstrip(), self._encoding) + "\n")
        self._stream.flush()

    def _coloured(self, piece: Piece) -> str:
        if isinstance(piece, str):
            return visible(piece)
        code, text = piece.ink.code, visible(piece.text)
        return f"\x1b[{code}m{text}\x1b[0m" if code and text else text
