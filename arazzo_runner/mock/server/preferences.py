"""What a client prefers: `Prefer: code=404, example=name` (RFC 7240) picks the status and the named example."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from arazzo_runner.mock.plans import Plan
from arazzo_runner.mock.server.exchange import Incoming
from arazzo_runner.mock.statuses import candidates
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import followed
from arazzo_runner.sources.operations import MediaType, Operation, OperationResponse
from arazzo_runner.values import JSON, Path

_PIECE: Final = re.compile(r'([!#$%&\'*+\-.^_`|~0-9A-Za-z]+)[ \t]*(?:=[ \t]*(?:"([^"]*)"|([^\s,;"]*)))?')
_CODE: Final = re.compile(r"[2-5][0-9]{2}")


@dataclass(frozen=True, slots=True)
class Preference:
    """What a client wants: a status (None: any) and the name of an example (empty: any)."""

    status: int | None = None
    example: str = ""

    @property
    def text(self) -> str:
        """What `Preference-Applied` says."""
        code = f"code={self.status}" if self.status is not None else ""
        return ", ".join(part for part in (code, f'example="{self.example}"' if self.example else "") if part)


@dataclass(frozen=True, slots=True)
class Unmet:
    """Why a preference can't be met, in a clause for a person."""

    reason: str


def preference_of(incoming: Incoming) -> Preference | Unmet:
    """Read the `Prefer` headers of a request; preferences of other names count for nothing."""
    found: dict[str, str] = {}
    for text in incoming.all("prefer"):
        for piece in _PIECE.finditer(text):
            found.setdefault(piece[1].lower(), piece[2] or piece[3] or "")
    code = found.get("code", "")
    if code and not _CODE.fullmatch(code):
        return Unmet(f"Prefer: code={code} names no status from 200 to 599")
    return Preference(int(code) if code else None, found.get("example", ""))


def preferred(operation: Operation, wanted: Preference) -> Operation | Unmet:
    """Return the operation with one response left, under its status; itself where nothing is preferred."""
    if wanted.status is not None:
        response = described(operation, wanted.status)
        if response is None:
            declared = ", ".join(operation.responses) or "none"
            return Unmet(f"{operation.method} {operation.path} declares no response {wanted.status}, only: {declared}")
        operation = replace(operation, responses={str(wanted.status): response})
    return _with_example(operation, wanted) if wanted.example else operation


def described(operation: Operation, status: int) -> OperationResponse | None:
    """Return the response that describes a status: its own, that of its class, or the default one."""
    responses = operation.responses
    names = (str(status), f"{status // 100}XX", f"{status // 100}xx", "default")
    return next((responses[name] for name in names if name in responses), None)


def _with_example(operation: Operation, wanted: Preference) -> Operation | Unmet:
    known: dict[str, None] = {}
    for status, response in _by_rank(operation):
        content: dict[str, MediaType] = {}
        for name, described_by in response.content.items():
            for example, value in _named_examples(operation, described_by):
                known[example] = None
                if example == wanted.example:
                    # The example is what was asked for, so no schema has a say.
                    content[name] = replace(described_by, examples=(value,), schema=None, item_schema=None)
        if content:
            return replace(operation, responses={str(status): replace(response, content=content)})
    there = f"there are: {', '.join(known)}" if known else "there is none"
    return Unmet(f"{operation.method} {operation.path} has no example named '{wanted.example}'; {there}")


def _by_rank(operation: Operation) -> Iterator[tuple[int, OperationResponse]]:
    """Yield the responses with the status that each is likely to have, success first."""
    for candidate in candidates(operation, Plan()):
        if candidate.response is not None:
            yield candidate.status, candidate.response


def _named_examples(operation: Operation, described_by: MediaType) -> Iterator[tuple[str, JSON]]:
    """Yield the `examples` of a media type by name, as the description has them; references are followed."""
    schema = described_by.schema
    # A response of another file says so by its schema; without one, the operation's own document is taken.
    document = schema.document if schema is not None and _is_below(schema.at, described_by.at) else operation.document
    if not isinstance(document, OpenApiDocument):
        return
    data = _at(document.root.data, described_by.at)
    examples = data.get("examples") if isinstance(data, dict) else None
    if not isinstance(examples, dict):
        return
    faults = Faults()
    for name, written in examples.items():
        example = followed(Node(written, document, (*described_by.at, "examples", name)), faults)
        for member in ("dataValue", "value") if example is not None and isinstance(example.data, dict) else ():
            if example is not None and isinstance(example.data, dict) and member in example.data:
                yield str(name), example.data[member]
                break


def _is_below(at: Path, above: Path) -> bool:
    return at[: len(above)] == above


def _at(data: JSON, at: Path) -> JSON:
    for step in at:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data
