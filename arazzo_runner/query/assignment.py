"""Putting values into data: what a payload replacement does (Arazzo 1.1, Payload Replacement Object).

By JSON Pointer, the final member is made where its parent exists; `-`, or the index after the last, appends (RPL-12).
A value that has no shape of its own yet (`grow`) gets the objects on the way too (RPL-11), but never an array: which of
its elements would be meant nobody knows.

What is given is never changed (RES-23): a `Draft` copies each object and array on the way once, and changes its copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from arazzo_runner.expressions.grammar import Tokens
from arazzo_runner.expressions.pointer import encode
from arazzo_runner.values import Nothing, Path, Value, kind

_INDEX = re.compile(r"0|[1-9][0-9]{0,14}")

_Container: TypeAlias = "dict[str, Value] | list[Value]"


@dataclass(slots=True)
class Draft:
    """A value while values are put into it; `value` is what it has become so far."""

    value: Value
    grow: bool = False
    _own: dict[int, _Container] = field(default_factory=dict, repr=False)

    def assign(self, tokens: Tokens, new: Value) -> Nothing | None:
        """Put a value at a JSON Pointer; a `Nothing` says why there is no such place, and then the draft is void.

        An empty pointer replaces the whole (RPL-14); a numeric token names a member of an object and an element of an
        array (RPL-13).
        """
        place: _Container | None = None
        at: str | int = ""
        value = self.value
        for depth in range(len(tokens)):
            container = self._copied(place, at, value)
            last = depth == len(tokens) - 1
            step = _step(container, tokens, depth, self.grow)
            if isinstance(step, Nothing) or container is None:
                return step if isinstance(step, Nothing) else _no_container(value, tokens, depth)
            place, at = container, step
            value = {} if not last and _is_missing(container, step) else _child(container, step)
        self._put(place, at, new)
        return None

    def assign_all(self, paths: Iterable[Path], new: Value) -> Nothing | None:
        """Put a value at places that there are; what lies inside of another place is gone with it."""
        done: dict[int, set[Path]] = {}
        for path in sorted(paths, key=len):
            if any(path[:length] in outer for length, outer in done.items()):
                continue
            done.setdefault(len(path), set()).add(path)
            if not self._assign_there(path, new):
                return Nothing("it finds what is calculated, and no place")
        return None

    def _assign_there(self, path: Path, new: Value) -> bool:
        place: _Container | None = None
        at: str | int = ""
        value = self.value
        for step in path:
            container = self._copied(place, at, value)
            if container is None or isinstance(container, list) is not isinstance(step, int):
                return False
            place, at, value = container, step, _child(container, step)
        self._put(place, at, new)
        return True

    def _copied(self, place: _Container | None, at: str | int, value: Value) -> _Container | None:
        """Return an object or array as one that may be changed, standing where it stood; None for any other value."""
        if not isinstance(value, dict | list):
            return None
        if id(value) in self._own:
            return value
        copy: _Container = value.copy()
        self._own[id(copy)] = copy
        self._put(place, at, copy)
        return copy

    def _put(self, place: _Container | None, at: str | int, new: Value) -> None:
        match place:
            case None:
                self.value = new
            case dict():
                place[str(at)] = new
            case list() if at == len(place):
                place.append(new)
            case list():
                place[int(at)] = new


def _step(container: _Container | None, tokens: Tokens, depth: int, grow: bool) -> str | int | Nothing:
    """Return the name or the index that a token means in a container."""
    token, last = tokens[depth], depth == len(tokens) - 1
    if isinstance(container, list):
        index = _index(token, len(container), last)
        return Nothing(f"'{encode(tokens)}' names no place: {index.reason}") if isinstance(index, Nothing) else index
    if container is not None and token not in container and not last:
        following = tokens[depth + 1]
        if not grow or following == "-" or _INDEX.fullmatch(following):
            return Nothing(f"'{encode(tokens)}' names no place: there is no '{encode(tokens[: depth + 1])}'")
    return token


def _is_missing(container: _Container, step: str | int) -> bool:
    return isinstance(container, dict) and step not in container


def _child(container: _Container, step: str | int) -> Value:
    if isinstance(container, list):
        return container[step] if isinstance(step, int) and step < len(container) else None
    return container.get(str(step))


def _index(token: str, length: int, last: bool) -> int | Nothing:
    if token == "-" and last:
        return length
    if not _INDEX.fullmatch(token):
        return Nothing(f"'{token}' is no index of an array")
    index = int(token)
    if index < length or (last and index == length):
        return index
    return Nothing(f"the array has {length} element{'' if length == 1 else 's'}, and none at {index}")


def _no_container(value: Value, tokens: Tokens, depth: int) -> Nothing:
    where = f"'{encode(tokens[:depth])}'" if depth else "the body"
    return Nothing(f"'{encode(tokens)}' names no place: {where} is {_article(value)}, not an object or array")


def _article(value: Value) -> str:
    name = kind(value)
    return name if name in ("null", "bytes") else f"{'an' if name[0] in 'aeio' else 'a'} {name}"
