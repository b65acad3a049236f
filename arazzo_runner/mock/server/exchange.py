"""A request as it came to the mock, what it is answered with, and what is remembered of the two."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from arazzo_runner.values import JSON

PROBLEM: Final = "application/problem+json"
"""RFC 9457."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request: `path` and `query` as they came, percent-encoded; header names in lower case."""

    method: str
    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""

    def header(self, name: str) -> str | None:
        """Return the first header of that name (lower case), or None."""
        return next((text for key, text in self.headers if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Return all headers of that name (lower case)."""
        return tuple(text for key, text in self.headers if key == name)

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Told:
    """A breach of the description by a request: in words, and the place in the description that says otherwise."""

    code: str
    message: str
    place: str = ""

    @property
    def data(self) -> dict[str, JSON]:
        """The breach as a member of a problem."""
        return {"code": self.code, "message": self.message, "place": self.place}


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer. `operation` names what was called (empty: nothing that is described), for the log.

    `remarks` are what looks odd about the request and stops nothing.
    """

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = field(default=b"", repr=False)
    operation: str = ""
    breaches: tuple[Told, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchanged:
    """One line of the request log; `target` is as it came, `milliseconds` what the answer took."""

    method: str
    target: str
    status: int
    operation: str
    milliseconds: float
    breaches: tuple[Told, ...] = ()
    remarks: tuple[str, ...] = ()


def problem(
    status: int,
    title: str,
    detail: str,
    *,
    headers: Iterable[tuple[str, str]] = (),
    more: Mapping[str, JSON] | None = None,
    operation: str = "",
    breaches: tuple[Told, ...] = (),
) -> Reply:
    """Return an answer that says what is wrong (RFC 9457)."""
    told: dict[str, JSON] = {"title": title, "status": status, "detail": detail, **(more or {})}
    body = json.dumps(told, ensure_ascii=False).encode("utf-8", "replace")
    return Reply(status, (("content-type", PROBLEM), *headers), body, operation, breaches)
