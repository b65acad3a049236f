"""Path templates in a tree, found by the path of a request (OpenAPI 3.2, Paths Object: Path Templating Matching).

A literal segment goes before a templated one, and of two templated ones that with more literal text. Segments are
told apart before they are decoded, so a `%2F` in a value is no slash. Finding costs a bounded number of steps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Generic, TypeVar
from urllib.parse import unquote

from arazzo_runner.mock.server.limits import MAX_ROUTE_STEPS

_T = TypeVar("_T")
_EXPRESSION: Final = re.compile(r"\{([^{}]*)\}")
_DELIMITER: Final = re.compile(r"%(2[CFcf57]|3[BDbd]|7[Cc]|20|09)")
"""Encoded characters that mean another thing when they are decoded: they part the pieces of a value."""


@dataclass(frozen=True, slots=True)
class Found(Generic[_T]):
    """An entry of the tree, with the text of each name of its template (what delimits pieces is still encoded)."""

    entry: _T
    values: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Segment:
    """A templated segment: literal text and names in turn, literal text first and last (perhaps empty)."""

    literals: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def weight(self) -> int:
        return sum(map(len, self.literals))

    def match(self, text: str) -> dict[str, str] | None:
        """Return the text of each name; each gets some. Names without text between them share theirs."""
        if not text.startswith(self.literals[0]):
            return None
        found: dict[str, str] = {}
        start, waiting = len(self.literals[0]), []
        for number, name in enumerate(self.names):
            waiting.append(name)
            following, is_last = self.literals[number + 1], number == len(self.names) - 1
            if not following and not is_last:
                continue
            end = len(text) - len(following) if is_last else text.find(following, start + 1)
            if end <= start or (is_last and not text.endswith(following)):
                return None
            found |= dict.fromkeys(waiting, text[start:end])
            start, waiting = end + len(following), []
        return found


@dataclass(slots=True)
class _Node(Generic[_T]):
    literals: dict[str, _Node[_T]] = field(default_factory=dict)
    templated: list[tuple[_Segment, _Node[_T]]] = field(default_factory=list)
    entries: list[_T] = field(default_factory=list)
    rest: list[tuple[str, _T]] = field(default_factory=list)


class PathTree(Generic[_T]):
    """Entries by path template. Templates come without query and fragment, and begin with a slash or not."""

    def __init__(self) -> None:
        self._root: _Node[_T] = _Node()

    def add(self, template: str, entry: _T) -> None:
        """Put an entry in; several may have one template. `{name*}`, `{name+}`, `{+name}` at the end take slashes."""
        node = self._root
        segments = segments_of(template)
        for index, text in enumerate(segments):
            names = _EXPRESSION.findall(text)
            if index == len(segments) - 1 and len(names) == 1 and _is_greedy(text):
                node.rest.append((names[0], entry))
                return
            node = _templated(node, text) if names else node.literals.setdefault(unquote(text), _Node())
        node.entries.append(entry)

    def find(self, segments: tuple[str, ...]) -> Iterator[Found[_T]]:
        """Yield the entries whose templates the segments of a path (as they came) fit, the most specific first."""
        yield from _Search(segments).below(self._root, 0, {})


def segments_of(path: str) -> tuple[str, ...]:
    """Split a path, or a template of one, at its slashes; the first one counts for nothing."""
    return tuple(path.removeprefix("/").split("/")) if path.strip("/") or "//" in path else ()


def decoded(text: str) -> str:
    """Decode what is percent-encoded, but for what parts the pieces of a value when it stands bare."""
    return unquote(_DELIMITER.sub(r"%25\1", text))


def _is_greedy(text: str) -> bool:
    inner = text[1:-1]
    return text.startswith("{") and text.endswith("}") and (inner[:1] == "+" or inner[-1:] in ("+", "*"))


def _templated(node: _Node[_T], text: str) -> _Node[_T]:
    pieces = _EXPRESSION.split(text)
    segment = _Segment(tuple(map(decoded, pieces[::2])), tuple(name.strip(" +*") for name in pieces[1::2]))
    for known, below in node.templated:
        if known == segment:
            return below
    made: _Node[_T] = _Node()
    node.templated.append((segment, made))
    node.templated.sort(key=lambda each: -each[0].weight)
    return made


class _Search:
    """One walk through the tree, with the steps that are left to it."""

    def __init__(self, segments: tuple[str, ...]) -> None:
        self._raw = segments
        self._whole = tuple(map(unquote, segments))
        self._texts = tuple(map(decoded, segments))
        self._left = MAX_ROUTE_STEPS

    def below(self, node: _Node[_T], depth: int, values: dict[str, str]) -> Iterator[Found[_T]]:
        self._left -= 1
        if self._left < 0:
            return
        if depth == len(self._raw):
            yield from (Found(entry, values) for entry in node.entries)
            return
        literal = node.literals.get(self._whole[depth])
        if literal is not None:
            yield from self.below(literal, depth + 1, values)
        for segment, templated in node.templated:
            self._left -= 1
            matched = segment.match(self._texts[depth])
            if matched is not None:
                yield from self.below(templated, depth + 1, {**values, **matched})
        for name, entry in node.rest:
            yield Found(entry, {**values, name.strip(" +*"): "/".join(self._texts[depth:])})
