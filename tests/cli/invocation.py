"""How tests call the command, and what comes of it."""

from __future__ import annotations

from typing import NamedTuple, Protocol


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


class Command(Protocol):
    """Runs `arazzo` with some arguments."""

    def __call__(self, *arguments: str, stdin: bytes = b"") -> Ended: ...
