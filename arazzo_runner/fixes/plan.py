"""Which edits of the text make the changes that a fix wants.

A node that has an anchor or a tag is left alone, and what stands below an anchor too: other places may mean it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from arazzo_runner.diagnostics import Change, Diagnostic, Edit, Fix, Removal, Rename, Span, Splice, has_errors
from arazzo_runner.document.page import Page
from arazzo_runner.document.source import Source
from arazzo_runner.document.spelling import behind_properties
from arazzo_runner.fixes.expected import Unfit, expected
from arazzo_runner.fixes.limits import MAX_FIXES, MAX_MENDED_LENGTH, MAX_MENDED_STRING
from arazzo_runner.fixes.scalars import Scalar
from arazzo_runner.values import JSON, Path

_BREAK = re.compile(r"\r\n|\r|\n")
_GAP = re.compile(r"[\s,]*")
_COLON = re.compile(r"\s*:\s*")


def planned(found: Iterable[Diagnostic], source: Source) -> tuple[Diagnostic, ...]:
    """Return findings about a document with the edits of their fixes; a fix that can't be written is left out.

    Findings about other documents lose their fix: no file is changed but the one that is judged.
    """
    plan = Plan(source)
    count = 0
    told = []
    for one in found:
        if one.fix is not None:
            count += 1
            one = replace(one, fix=plan.written(one.fix) if count <= MAX_FIXES and plan.is_about(one) else None)
        told.append(one)
    return tuple(told)


class Plan:
    """Makes edits for one document; made once, for it remembers where lines begin and what it has looked at."""

    __slots__ = ("_page", "_source", "_spans", "_starts", "_unmendable")

    def __init__(self, source: Source) -> None:
        self._source = source
        self._page = Page(source.text, source.uri, source.name)
        self._starts: list[int] = []
        self._spans: dict[tuple[Path, bool], tuple[int, int]] = {}
        broken = has_errors(source.diagnostics)
        self._unmendable = broken or len(source.text) > MAX_MENDED_LENGTH or bool(source.base or source.enclosed)

    def is_about(self, found: Diagnostic) -> bool:
        """Tell whether a finding is about this document."""
        return found.span is None or found.span.uri == self._source.uri

    def written(self, fix: Fix) -> Fix | None:
        """Return the fix with its edits, or None where one of its changes can't be written."""
        if self._unmendable:
            return None
        edits = []
        gone = frozenset(change.at for change in fix.changes if isinstance(change, Removal))
        for change in fix.changes:
            edit = self._edit(change, gone)
            if edit is None:
                return None
            start, end, text = edit
            edits.append(Edit(self._page.span(start, end), text))
        try:
            expected(self._source.data, fix.changes)
        except Unfit:
            return None
        return replace(fix, edits=tuple(edits))

    def stretch(self, span: Span) -> tuple[int, int]:
        """Return from where to where in the text a span is."""
        return self._index(span.line, span.column), self._index(span.end_line, span.end_column)

    def _edit(self, change: Change, gone: frozenset[Path]) -> tuple[int, int, str] | None:
        match change:
            case Splice(at, start, end, text):
                scalar = self._scalar(at)
                return None if scalar is None else scalar.spliced(start, end, text)
            case Rename(at, key):
                scalar = self._key(at)
                return None if scalar is None else scalar.rewritten(key)
            case Removal(at):
                return self._removed(at, gone)

    def _scalar(self, at: Path) -> Scalar | None:
        value = self._node(at)
        if not isinstance(value, str) or len(value) > MAX_MENDED_STRING or self._is_shared(at):
            return None
        start, end = self._place(at)
        if behind_properties(self._source.text, start, end) != start or self._source.text[start : start + 1] == "*":
            return None
        return Scalar(self._source.text, start, end, value, self._in_flow(at))

    def _key(self, at: Path) -> Scalar | None:
        name = at[-1] if at else None
        if not isinstance(name, str) or self._node(at) is _ABSENT or self._is_shared(at[:-1]):
            return None
        start, end = self._place(at, key=True)
        text = self._source.text
        if behind_properties(text, start, end) != start or text[start : start + 1] in ("*", "?", "|", ">", ""):
            return None
        return Scalar(text, start, end, name, self._in_flow(at), key=True)

    def _removed(self, at: Path, gone: frozenset[Path]) -> tuple[int, int, str] | None:
        """Take a member out: up to the next one, or from the end of the one before where all that follow go too."""
        parent, name = self._node(at[:-1]), at[-1] if at else ""
        if not isinstance(parent, dict) or name not in parent or len(parent) < 2 or self._is_shared(at[:-1]):
            return None
        members = sorted(((*at[:-1], key) for key in parent), key=lambda each: self._place(each, key=True))
        places = [(self._place(each, key=True), self._place(each)) for each in members]
        index = members.index(at)
        (start, key_end), (value_start, value_end) = places[index]
        if value_start < key_end or not _COLON.fullmatch(self._source.text, key_end, value_start):
            return None  # an alias, a tag or a comment stands between
        if not gone.issuperset(members[index:]):
            following = places[index + 1][0][0]
            return (start, following, "") if self._is_gap(value_end, following) else None
        if index == 0:
            return None
        before = places[index - 1][1][1]
        return (before, value_end, "") if self._is_gap(before, start) else None

    def _is_gap(self, start: int, end: int) -> bool:
        return start <= end and _GAP.fullmatch(self._source.text, start, end) is not None

    def _is_shared(self, at: Path) -> bool:
        """Tell whether the node at a path, or one above it, has an anchor: an alias may mean it elsewhere."""
        return any(self._first(at[:depth]) in tuple("&*!") for depth in range(1, len(at) + 1))

    def _in_flow(self, at: Path) -> bool:
        return any(self._first(at[:depth]) in tuple("[{") for depth in range(len(at)))

    def _first(self, at: Path) -> str:
        start, _ = self._place(at)
        return self._source.text[start : start + 1]

    def _place(self, at: Path, *, key: bool = False) -> tuple[int, int]:
        place = self._spans.get((at, key))
        if place is None:
            place = self._spans[at, key] = self.stretch(self._source.span(at, key=key))
        return place

    def _node(self, at: Path) -> JSON | _Absent:
        value = self._source.data
        for token in at:
            match value, token:
                case dict(), str() if token in value:
                    value = value[token]
                case list(), int() if 0 <= token < len(value):
                    value = value[token]
                case _:
                    return _ABSENT
        return value

    def _index(self, line: int, column: int) -> int:
        if not self._starts:
            self._starts = [0, *(found.end() for found in _BREAK.finditer(self._source.text))]
        return self._starts[min(line, len(self._starts)) - 1] + column - 1


class _Absent:
    """Stands for a node that is not there."""


_ABSENT = _Absent()
