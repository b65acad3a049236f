"""Two values that differ, cut to where they do: what is the same before and after, and what differs between."""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.journal.comparison.record import Difference, Kind
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.plain import shown
from arazzo_runner.values import Value

HIDDEN = "[redacted]"
"""What stands in the place of a secret that differs."""

_BEFORE = 24
_CUT = "..."


@dataclass(frozen=True, slots=True)
class Shown:
    """A value in three pieces: the middle is what differs. The first and the last end at what was cut off."""

    before: str
    middle: str
    after: str = ""

    @property
    def whole(self) -> str:
        """The value as one text."""
        return self.before + self.middle + self.after


def contrast(difference: Difference, width: int) -> tuple[Shown | None, Shown | None]:
    """Return both values of a difference, each in about `width` characters at most; None for one that is not there."""
    match difference.kind:
        case Kind.LEFT:
            return Shown("", _clipped(_text(difference.left), width)), None
        case Kind.RIGHT:
            return None, Shown("", _clipped(_text(difference.right), width))
        case Kind.SECRET | Kind.UNKNOWN:
            return Shown("", HIDDEN), Shown("", HIDDEN)
    left, right = _text(difference.left), _text(difference.right)
    head, tail = _shared(left, right)
    return _pieces(left, head, tail, width), _pieces(right, head, tail, width)


def _text(value: Value) -> str:
    return visible(shown(value))


def _shared(left: str, right: str) -> tuple[int, int]:
    """Return how many characters are the same at the beginning, and how many of the rest at the end."""
    shorter = min(len(left), len(right))
    head = next((at for at in range(shorter) if left[at] != right[at]), shorter)
    rest = shorter - head
    return head, next((at for at in range(rest) if left[-1 - at] != right[-1 - at]), rest)


def _pieces(text: str, head: int, tail: int, width: int) -> Shown:
    before, middle, after = text[:head], text[head : len(text) - tail], text[len(text) - tail :]
    if len(text) > width and len(before) > _BEFORE:
        before = _CUT + before[-_BEFORE:]
    room = max(width - len(before), _BEFORE)
    if len(middle) >= room:
        return Shown(before, _clipped(middle + after, room))
    return Shown(before, middle, _clipped(after, room - len(middle)))


def _clipped(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    return text[: max(width - len(_CUT), 0)] + _CUT
