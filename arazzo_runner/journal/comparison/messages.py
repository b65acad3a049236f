"""Requests and answers, field by field: address, query parameters, headers, and the body by its kind.

What differs between any two runs is left out: header fields that tell of the moment or of the transfer, the boundary
of a multipart body.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Final
from urllib.parse import unquote, unquote_plus

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Failed, Response
from arazzo_runner.journal.comparison.limits import MAX_BODIES_PARSED, MAX_BODY_PARSED, MAX_DIFFERENCES
from arazzo_runner.journal.comparison.record import Difference, Exchange, Kind
from arazzo_runner.journal.comparison.secrecy import Told, masked, told_body
from arazzo_runner.journal.comparison.trees import Tree
from arazzo_runner.redact import REDACTED
from arazzo_runner.values import Value

LEFT_OUT: Final = tuple(
    sorted(
        "age cf-ray connection content-length date expires idempotency-key keep-alive nel ratelimit-remaining "
        "ratelimit-reset report-to server-timing traceparent tracestate transfer-encoding via x-amz-cf-id x-amz-id-2 "
        "x-amz-request-id x-amzn-requestid x-amzn-trace-id x-correlation-id x-ms-request-id x-ratelimit-remaining "
        "x-ratelimit-reset x-request-id x-response-time x-runtime x-served-by x-timer x-trace-id".split()
    )
)
"""Header fields that are not compared: they tell of the moment, the way or the length, and differ from run to run."""

_BOUNDARY = re.compile(r"(?i)\bboundary=\"?([^\";\s]+)\"?")
_HIDDEN: Final = REDACTED.encode()


@dataclass(slots=True)
class Reading:
    """How two journals are read: what makes their texts comparable, the headers left out, what may still be parsed."""

    left: Told = masked
    right: Told = masked
    left_out: frozenset[str] = frozenset(LEFT_OUT)
    budget: int = field(default=MAX_BODIES_PARSED)

    def exchanges(self, left: Exchange, right: Exchange) -> Iterator[Difference]:
        """Yield the differences of two requests and of their answers."""
        yield from self.requests(left.request, right.request)
        yield from self.answers(left, right)

    def requests(self, left: Request, right: Request) -> Iterator[Difference]:
        """Yield the differences of two requests."""
        part = "request"
        yield from Tree(part, "method").differences(left.method, right.method)
        one, other = self.left(left.url), self.right(right.url)
        yield from Tree(part, "url").differences(one.partition("?")[0], other.partition("?")[0])
        yield from _fields(part, "query parameter", _query(one), _query(other))
        yield from self._headers(part, left.headers, right.headers)
        types = left.header("content-type") or "", right.header("content-type") or ""
        yield from self._bodies(part, left.body, right.body, types)

    def answers(self, left: Exchange, right: Exchange) -> Iterator[Difference]:
        """Yield the differences of what came of two requests."""
        part, one, other = "answer", left.response, right.response
        if one is None or other is None:
            told = _ending(left), _ending(right)
            yield from Tree(part, "").differences(self.left(told[0]), self.right(told[1]))
            return
        yield from Tree(part, "status").differences(one.status, other.status)
        yield from self._headers(part, one.headers, other.headers)
        types = one.header("content-type") or "", other.header("content-type") or ""
        yield from self._bodies(part, one.body or None, other.body or None, types)

    def _headers(
        self, part: str, left: Iterable[tuple[str, str]], right: Iterable[tuple[str, str]]
    ) -> Iterator[Difference]:
        yield from _fields(part, "header", self._named(left, self.left), self._named(right, self.right))

    def _named(self, headers: Iterable[tuple[str, str]], told: Told) -> list[tuple[str, str]]:
        kept = ((name.lower(), value) for name, value in headers if name.lower() not in self.left_out)
        return [
            (name, _BOUNDARY.sub("boundary=...", told(value)) if "ype" in name else told(value)) for name, value in kept
        ]

    def _bodies(
        self, part: str, left: bytes | None, right: bytes | None, types: tuple[str, str]
    ) -> Iterator[Difference]:
        one = None if left is None else told_body(_bounded(left, types[0]), self.left)
        other = None if right is None else told_body(_bounded(right, types[1]), self.right)
        if one == other and (one is None or _HIDDEN not in one):
            return
        if one is None or other is None:
            alone = one if other is None else other
            kind = Kind.LEFT if other is None else Kind.RIGHT
            yield Tree(part, "body").only(kind, _text(alone or b""))
            return
        if max(len(one), len(other)) <= min(MAX_BODY_PARSED, self.budget):
            self.budget -= max(len(one), len(other))
            yield from _members(part, one, other, types)
        else:
            yield from Tree(part, "body").differences(_text(one), _text(other))


def _members(part: str, left: bytes, right: bytes, types: tuple[str, str]) -> Iterator[Difference]:
    if all("x-www-form-urlencoded" in each.lower() for each in types):
        yield from _fields(part, "body field", _form(_text(left)), _form(_text(right)))
        return
    tree = Tree(part, "body")
    try:
        found = list(islice(tree.differences(_json(left), _json(right)), MAX_DIFFERENCES + 1))
    except (ValueError, RecursionError):  # it is no JSON, or nests too deep
        found = list(tree.differences(_text(left), _text(right)))
    yield from found


def _json(body: bytes) -> Value:
    parsed: Value = json.loads(body.decode("utf-8-sig"), parse_constant=str)
    return parsed


def _text(body: bytes) -> str:
    """Return a body as a text; one that is none by its length and digest."""
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        text = "\0"
    return f"{len(body):,} bytes, SHA-256 {sha256(body).hexdigest()}" if "\0" in text else text


def _bounded(body: bytes, media_type: str) -> bytes:
    """Return a body with the boundary that its media type names replaced: it is drawn for each request."""
    found = _BOUNDARY.search(media_type) if "multipart/" in media_type.lower() else None
    return body if found is None else body.replace(found[1].encode("utf-8", "surrogateescape"), b"boundary")


def _query(url: str) -> list[tuple[str, str]]:
    query = url.partition("?")[2]
    pieces = (piece.partition("=") for piece in query.split("&")) if query else ()
    return [(unquote(name), unquote(value)) for name, _, value in pieces]


def _form(text: str) -> list[tuple[str, str]]:
    pieces = (piece.partition("=") for piece in text.split("&")) if text else ()
    return [(unquote_plus(name), unquote_plus(value)) for name, _, value in pieces]


def _fields(part: str, what: str, left: list[tuple[str, str]], right: list[tuple[str, str]]) -> Iterator[Difference]:
    """Compare fields by their names; of those that have a name together, the values in their order."""
    one, other = _grouped(left), _grouped(right)
    for name in (*one, *(name for name in other if name not in one)):
        tree = Tree(part, f"{what} '{name}'")
        if name not in other:
            yield tree.only(Kind.LEFT, one[name])
        elif name not in one:
            yield tree.only(Kind.RIGHT, other[name])
        else:
            yield from tree.differences(one[name], other[name])


def _grouped(fields: list[tuple[str, str]]) -> dict[str, Value]:
    found: dict[str, list[Value]] = {}
    for name, value in fields:
        found.setdefault(name, []).append(value)
    return {name: values[0] if len(values) == 1 else values for name, values in found.items()}


def _ending(exchange: Exchange) -> str:
    """Tell of an answer, or why there is none."""
    match exchange.response, exchange.failure:
        case Response() as response, _:
            return f"status {response.status}"
        case _, Failed() as failure:
            return f"no answer ({failure.kind.value}): {failure.message}"
    return "no answer is recorded"
