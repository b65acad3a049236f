"""Putting a value at a JSON Pointer: what a payload replacement does (Arazzo 1.1, Payload Replacement Object).

The final member is made where its parent exists; `-`, or the index after the last, appends (RPL-12). A value that has
no shape of its own yet (`grow`) gets the objects on the way too (RPL-11), but never an array: which of its elements
would be meant nobody knows. Values are not changed but copied along the path.
"""

from __future__ import annotations

import re

from arazzo_runner.expressions.grammar import Tokens
from arazzo_runner.expressions.pointer import encode
from arazzo_runner.values import Nothing, Value, kind

_INDEX = re.compile(r"0|[1-9][0-9]{0,14}")


def assign(value: Value, tokens: Tokens, new: Value, *, grow: bool = False) -> Value | Nothing:
    """Return the value with `new` at the pointer; a `Nothing` says why there is no such place.

    An empty pointer replaces the whole (RPL-14); a numeric token names a member of an object and an element of an
    array (RPL-13).
    """
    return _assign(value, tokens, 0, new, grow)


def _assign(value: Value, tokens: Tokens, depth: int, new: Value, grow: bool) -> Value | Nothing:
    if depth == len(tokens):
        return new
    token, last = tokens[depth], depth == len(tokens) - 1
    match value:
        case dict():
            return _into_object(value, tokens, depth, new, grow)
        case list():
            index = _index(token, len(value), last)
            if isinstance(index, Nothing):
                return Nothing(f"'{encode(tokens)}' names no place: {index.reason}")
            inner = _assign(value[index] if index < len(value) else None, tokens, depth + 1, new, grow)
            return inner if isinstance(inner, Nothing) else [*value[:index], inner, *value[index + 1 :]]
    where = f"'{encode(tokens[:depth])}'" if depth else "the body"
    return Nothing(f"'{encode(tokens)}' names no place: {where} is {_article(value)}, not an object or array")


def _into_object(value: dict[str, Value], tokens: Tokens, depth: int, new: Value, grow: bool) -> Value | Nothing:
    token, last = tokens[depth], depth == len(tokens) - 1
    if token not in value and not last:
        following = tokens[depth + 1]
        if not grow or following == "-" or following.isdigit():
            return Nothing(f"'{encode(tokens)}' names no place: there is no '{encode(tokens[: depth + 1])}'")
        inner = _assign({}, tokens, depth + 1, new, grow)
    else:
        inner = _assign(value.get(token), tokens, depth + 1, new, grow)
    return inner if isinstance(inner, Nothing) else {**value, token: inner}


def _index(token: str, length: int, last: bool) -> int | Nothing:
    if token == "-" and last:
        return length
    if not _INDEX.fullmatch(token):
        return Nothing(f"'{token}' is no index of an array")
    index = int(token)
    if index < length or (last and index == length):
        return index
    return Nothing(f"the array has {length} elements, and none at {index}")


def _article(value: Value) -> str:
    name = kind(value)
    return name if name in ("null", "bytes") else f"{'an' if name[0] in 'aeio' else 'a'} {name}"
