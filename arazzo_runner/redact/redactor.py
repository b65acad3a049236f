"""What is shown of values, headers, URLs, bodies and whole records, once names and known secrets are looked at."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from arazzo_runner.redact.names import REDACTED, gives_away, hide_elements, hide_members, hide_pairs, is_secret_name
from arazzo_runner.redact.search import Search

MAX_SEARCHED_BODY: Final = 4 * 1024 * 1024
"""A body of more bytes is searched for known values only; its members are not judged by name."""

_T = TypeVar("_T")


@runtime_checkable
class Redactable(Protocol):
    """A value that knows best which of its parts are secret."""

    def redacted(self, redactor: Redactor) -> Any:
        """Return a copy of the same type with nothing secret in it."""


class Redactor:
    """Knows the secrets of one run, and takes them out of whatever is shown.

    With `reveal=True` it hides nothing: the caller asked to see secrets.
    """

    __slots__ = ("_search", "reveal")

    def __init__(self, reveal: bool = False) -> None:
        self.reveal = reveal
        self._search = Search()

    def learn(self, value: object) -> None:
        """Remember a secret value; so is what is inside arrays and objects. True, false and null are none."""
        stack = [value]
        while stack:
            match stack.pop():
                case str() as text:
                    self._search.add(text)
                case bytes() as content:
                    self._search.add(content.decode("utf-8", "replace"))
                case int() | float() as number if not isinstance(number, bool):
                    self._search.add(str(number))
                case list() | tuple() as items:
                    stack.extend(items)
                case Mapping() as members:
                    stack.extend(members.values())

    def learn_members(self, value: object) -> None:
        """Remember the values of those members, at any depth, whose names say that they are secrets."""
        stack = [value]
        while stack:
            match stack.pop():
                case dict() as members:
                    for name, member in members.items():
                        (self.learn if is_secret_name(str(name)) else stack.append)(member)
                case list() as items:
                    stack.extend(items)

    def unrevealing(self) -> Redactor:
        """Return this redactor as it is where the caller did not ask to see secrets; it learns what this one does."""
        if not self.reveal:
            return self
        twin = Redactor()
        twin._search = self._search
        return twin

    def is_secret(self, text: str) -> bool:
        """Tell whether a text is a known secret, however short, or holds one; names do not count."""
        return self._search.is_whole(text) or self.holds_secret(text)

    def holds_secret(self, text: str) -> bool:
        """Tell whether a known secret that is long enough to be looked for stands in a text; names do not count."""
        return self._search.hide(text) != text

    def text(self, text: str) -> str:
        """Return the text with every known secret, and what URLs in it carry under secret names, replaced."""
        if self.reveal:
            return text
        return REDACTED if self._search.is_whole(text) else self._search.hide(hide_pairs(text))

    def named(self, name: str, value: _T) -> _T | str:
        """Return the value as it may be shown beside this name. True, false and null give nothing away."""
        if self.reveal:
            return value
        return REDACTED if gives_away(name, value) else self.scrub(value)

    def url(self, url: str) -> str:
        """Return a URL with the values of secret query parameters, and known secrets, replaced."""
        return self.text(url)

    def headers(self, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Return header fields as they may be shown."""
        return tuple((name, str(self.named(name, value))) for name, value in headers)

    def body(self, body: bytes) -> bytes:
        """Return a body as it may be shown; members of JSON, fields of forms and elements are judged by name too."""
        if self.reveal:
            return body
        text = body.decode("utf-8", "surrogateescape")
        if len(body) > MAX_SEARCHED_BODY:
            shown = self._search.hide(text)
        elif self._search.is_whole(text):
            shown = REDACTED
        else:
            shown = self.text(self._by_names(text))
        return shown.encode("utf-8", "surrogateescape")

    def _by_names(self, text: str) -> str:
        match text.lstrip("\ufeff \t\r\n")[:1]:
            case "{" | "[":
                return self._json_text(text)
            case "<":
                return hide_elements(text)
            case _:
                return hide_members(text)

    def _json_text(self, text: str) -> str:
        try:
            data = json.loads(text.lstrip("\ufeff"))
            shown = self.scrub(data)
            return text if shown == data else json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        except (ValueError, RecursionError):
            return hide_members(text)

    def scrub(self, value: _T) -> _T:
        """Return a copy of any plain value or frozen record with nothing secret in it."""
        return value if self.reveal else self._scrub(value)

    def _scrub(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case bytes():
                return self.body(value)
            case None | bool() | int() | float():
                return value
            case Mapping() | list():
                return self._container(value)
            case tuple():
                return tuple(self._scrub(item) for item in value)
            case Redactable():
                return value.redacted(self)
            case _ if is_dataclass(value) and not isinstance(value, type):
                return self._record(value)
            case _:
                return value

    def _container(self, value: Any) -> Any:
        """Copy arrays and objects, however deep: an answer may be deeper than Python's own stack."""
        whole = [value]
        waiting: list[tuple[Any, Any]] = [(whole, 0)]
        while waiting:
            holder, place = waiting.pop()
            found = holder[place]
            if isinstance(found, dict | Mapping):
                holder[place] = copy = {self._search.hide(str(name)): member for name, member in found.items()}
                for name, member in copy.items():
                    if gives_away(name, member):
                        copy[name] = REDACTED
                    else:
                        waiting.append((copy, name))
            elif isinstance(found, list):
                holder[place] = items = list(found)
                waiting.extend((items, index) for index in range(len(items)))
            else:
                holder[place] = self._scrub(found)
        return whole[0]

    def _record(self, value: Any) -> Any:
        changed = {}
        for field in fields(value):
            before = getattr(value, field.name)
            after = self._scrub(before)
            if after is not before:
                changed[field.name] = after
        return replace(value, **changed) if changed else value
