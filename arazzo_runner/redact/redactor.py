"""What is shown of values, headers, URLs, bodies and whole records, once names and known secrets are looked at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from operator import is_not
from typing import Any, Final, Protocol, TypeVar, runtime_checkable

from arazzo_runner.redact.members import hide_members
from arazzo_runner.redact.names import REDACTED, gives_away, hide_elements, hide_pairs, hide_parts, is_secret_name
from arazzo_runner.redact.search import Search

MAX_SEARCHED_BODY: Final = 4 * 1024 * 1024
"""A body of more bytes is searched for known values only; its members are not judged by name, escapes not read."""

_T = TypeVar("_T")

_PLAIN: Final = frozenset({type(None), bool, int, float})
_FIELDS: Final[dict[type, tuple[str, ...]]] = {}
"""The fields of the records that were looked at, by class."""
_RECORDS: Final[set[type]] = set()
"""The classes among them that say nothing of themselves."""
_SPEAKING: Final[set[type]] = set()
"""The classes that say themselves what is secret: to ask each value whether it does takes long."""


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

    def learn(self, value: object, *, cut: bool = True) -> None:
        """Remember a secret value; so is what is inside arrays and objects. True, false and null are none.

        Without `cut` it is looked for whole only: it begins or ends as texts do that are no secret (a URL).
        """
        stack = [value]
        while stack:
            match stack.pop():
                case "true" | "false" | "null":
                    continue  # it would hide every other value of that form, and gives as little away
                case str() as text:
                    self._search.add(text, cut=cut)
                case bytes() as content:
                    self._search.add(content.decode("utf-8", "replace"), cut=cut)
                case int() | float() as number if not isinstance(number, bool):
                    self._search.add(str(number), cut=cut)
                case list() | tuple() as items:
                    stack.extend(items)
                case Mapping() as members:
                    stack.extend(members.values())

    def learn_members(self, value: object, names: frozenset[str] = frozenset()) -> None:
        """Remember the values of those members, at any depth, whose names say so or are in `names`.

        With the empty name in it, the whole value is a secret.
        """
        if "" in names:
            self.learn(value)
        stack = [value]
        while stack:
            match stack.pop():
                case dict() as members:
                    for name, member in members.items():
                        secret = name in names or is_secret_name(str(name))
                        (self.learn if secret else stack.append)(member)
                case list() as items:
                    stack.extend(items)

    @property
    def known(self) -> frozenset[str]:
        """The secret values that are remembered, in the clear: for whoever puts something else in their place."""
        return self._search.known

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
        return self._search.holds(text)

    def text(self, text: str) -> str:
        """Return the text with every known secret, and what URLs in it carry under secret names, replaced."""
        if self.reveal:
            return text
        if self._search.is_whole(text):
            return REDACTED
        known = self._search.hide(text)  # before pairs are looked for: a token may hold their marks
        return self._search.hide_pairs(hide_pairs(known))

    def named(self, name: str, value: _T) -> _T | str:
        """Return the value as it may be shown beside this name. True, false and null give nothing away."""
        if self.reveal:
            return value
        return REDACTED if gives_away(name, value) or self._is_secret_number(value) else self.scrub(value)

    def _is_secret_number(self, value: object) -> bool:
        return isinstance(value, int | float) and not isinstance(value, bool) and self.is_secret(str(value))

    def members(self, members: Mapping[str, _T], hidden: frozenset[str]) -> Mapping[str, _T | str]:
        """Return an object without the values of the members in `hidden`; true, false and null are no secrets."""
        if self.reveal:
            return members
        return {
            name: REDACTED if name in hidden and value is not None and not isinstance(value, bool) else value
            for name, value in members.items()
        }

    def url(self, url: str) -> str:
        """Return a URL with the values of secret query parameters, and known secrets, replaced."""
        return self.text(url)

    def headers(self, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Return header fields as they may be shown."""
        return tuple((name, str(self.named(name, value))) for name, value in headers)

    def body(self, body: bytes, hidden: frozenset[str] = frozenset()) -> bytes:
        """Return a body as it may be shown; members of JSON, fields of forms and elements are judged by name too.

        Those that `hidden` names are secrets, whatever the names say; with the empty name in it, the whole body is one.
        """
        if self.reveal:
            return body
        if "" in hidden:
            return REDACTED.encode()
        text = body.decode("utf-8", "surrogateescape")
        if len(body) > MAX_SEARCHED_BODY:
            shown = self._search.hide(text)
        elif self._search.is_whole(text):
            shown = REDACTED
        else:
            shown = self._search.hide_fields(hide_pairs(_by_names(text, hidden), hidden))
            shown = self._search.hide(shown)
        return shown.encode("utf-8", "surrogateescape")

    def scrub(self, value: _T) -> _T:
        """Return a copy of any plain value or frozen record with nothing secret in it."""
        return value if self.reveal else self._scrub(value)

    def _scrub(self, value: Any) -> Any:
        kind = type(value)
        if kind is str:
            return self.text(value)
        if kind in _PLAIN:
            return value
        if kind in _RECORDS:
            return self._record(value)
        if kind in _SPEAKING:
            return value.redacted(self)
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
                items = [self._scrub(item) for item in value]
                return tuple(items) if any(map(is_not, items, value)) else value
            case Redactable():
                _SPEAKING.add(kind)
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
                holder[place] = REDACTED if self._is_secret_number(found) else self._scrub(found)
        return whole[0]

    def record(self, value: _T) -> _T:
        """Return a copy of a frozen record with nothing secret in its fields, whatever it says of itself."""
        return value if self.reveal else self._record(value)

    def _record(self, value: Any) -> Any:
        kind = type(value)
        if kind not in _FIELDS:
            _FIELDS[kind] = tuple(field.name for field in fields(value))
            if not isinstance(value, Redactable | Mapping | tuple | list):
                _RECORDS.add(kind)
        changed = {}
        for name in _FIELDS[kind]:
            before = getattr(value, name)
            after = self._scrub(before)
            if after is not before:
                changed[name] = after
        return replace(value, **changed) if changed else value


def _by_names(text: str, hidden: frozenset[str]) -> str:
    """Hide what stands under secret names in a body of any form."""
    match text.lstrip("\ufeff \t\r\n")[:1]:
        case "<":
            return hide_elements(text, hidden)
        case "-":
            return hide_parts(text, hidden)
        case _:
            return hide_members(text, lambda name: name in hidden or is_secret_name(name))
