"""What is known, laid over an answer that was invented without it.

What comes out is a proposal: whatever of it the schema, the criteria or later uses have no room for is invented anew.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from arazzo_runner.mock.demands.demand import ANYTHING
from arazzo_runner.mock.demands.parts import marked, member
from arazzo_runner.mock.state.identity import folded
from arazzo_runner.mock.state.store import Item
from arazzo_runner.values import JSON, Path, Value

_COUNTS: Final = frozenset(("total", "count", "totalcount", "totalitems", "totalresults", "totalelements"))
_SECRET: Final = frozenset(("password", "passwd", "passphrase"))
_MAX_DEPTH: Final = 32
_MAX_SENT_DEPTH: Final = 64


def laid(invented: JSON, item: Item, schema: JSON) -> dict[str, JSON]:
    """Return an object with what is known of an item; `schema` is that of the object, self-contained.

    Members that the schema does not declare stay out, unless it declares none at all. Write-only members stay out, and
    read-only ones that only a client has told of.
    """
    found = {name: value for name, value in _object(invented).items() if name not in item.absent}
    closed = _declares(schema)
    for name, value in item.content.items():
        said = member(schema, name)
        if closed and said is ANYTHING and name not in _object(invented):
            continue
        if is_hidden(name, said) or (name in item.open and marked(said, "readOnly", True)):
            continue
        found[name] = _met(found.get(name), value, said, 0) if name in item.open else value
    return found


def is_hidden(name: str, schema: JSON) -> bool:
    """Tell whether a member never comes back: it is write-only, or a password by its format or its name."""
    said = marked(schema, "writeOnly", True) or marked(schema, "format", "password")
    return said or (folded(name) in _SECRET and schema is ANYTHING)


def listed(body: JSON, place: Path, items: Sequence[JSON]) -> JSON:
    """Return a body with these items in its list, and members beside it that count them made true."""
    if not place:
        return [*items]
    assert isinstance(body, dict), "the place was found in it"
    head = place[0]
    found = {**body, str(head): listed(body[str(head)], place[1:], items)}
    for name, value in body.items():
        if folded(name) in _COUNTS and isinstance(value, int) and not isinstance(value, bool):
            found[name] = len(items)
    return found


def put_at(body: JSON, place: Path, value: JSON) -> JSON:
    """Return a body with a value at a place in it."""
    if not place:
        return value
    return {**_object(body), str(place[0]): put_at(_object(body).get(str(place[0])), place[1:], value)}


def value_at(body: JSON, place: Path) -> JSON:
    """Return what stands at a place of a body; null where nothing does."""
    for token in place:
        body = body.get(str(token)) if isinstance(body, dict) else None
    return body


def plain(sent: Value, depth: int = 0) -> JSON:
    """Return what was sent without the parts of it that are bytes, which no body in JSON has, or nested too deeply."""
    if depth > _MAX_SENT_DEPTH:
        return None
    match sent:
        case dict():
            return {name: plain(value, depth + 1) for name, value in sent.items() if not isinstance(value, bytes)}
        case list():
            return [plain(value, depth + 1) for value in sent if not isinstance(value, bytes)]
        case bytes():
            return None
        case _:
            return sent


def _met(invented: JSON, sent: JSON, schema: JSON, depth: int) -> JSON:
    """Return what a client sent as the API would show it: with the members that it has put in itself."""
    if depth > _MAX_DEPTH:
        return sent
    match invented, sent:
        case dict(), dict():
            return _met_object(invented, sent, schema, depth)
        case list(), list():
            items = member(schema, 0)
            pairs = ((invented[index] if index < len(invented) else None, each) for index, each in enumerate(sent))
            return [_met(other, each, items, depth + 1) for other, each in pairs]
        case _:
            return _as(invented, sent)


def _met_object(invented: dict[str, JSON], sent: dict[str, JSON], schema: JSON, depth: int) -> JSON:
    found, closed = dict(invented), _declares(schema)
    for name, value in sent.items():
        said = member(schema, name)
        undeclared = closed and said is ANYTHING and name not in invented
        if not undeclared and not is_hidden(name, said) and not marked(said, "readOnly", True):
            found[name] = _met(invented.get(name), value, said, depth + 1)
    return found


def _as(invented: JSON, sent: JSON) -> JSON:
    """Return a scalar in the type that the answer has it in: forms send numbers as text."""
    match invented, sent:
        case bool(), "true" | "false":
            return sent == "true"
        case int(), str() if not isinstance(invented, bool) and len(sent) < 16 and sent.removeprefix("-").isdecimal():
            return int(sent)
        case str(), int() if not isinstance(sent, bool):
            return str(sent)
        case _:
            return sent


def _object(value: JSON) -> dict[str, JSON]:
    return value if isinstance(value, dict) else {}


def _declares(schema: JSON) -> bool:
    """Tell whether a schema names any member, so that others are not meant."""
    return marked(schema, "properties") or marked(schema, "additionalProperties", False)


def without_read_only(sent: Mapping[str, JSON], schema: JSON) -> dict[str, JSON]:
    """Return the members of a request that its schema does not keep for the API to set."""
    return {name: value for name, value in sent.items() if not marked(member(schema, name), "readOnly", True)}
