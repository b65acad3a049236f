"""Stand-ins for values that nobody has yet, and the placeholders that are shown in their place.

A stand-in is a text of ASCII letters and digits: percent-encoding, forms, JSON, XML and headers leave it as it is. It
holds a number that is made of the document, so that no document can hold one of its own.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from xml.sax.saxutils import escape

from arazzo_runner.engine.effects import Request
from arazzo_runner.redact import STAND_IN
from arazzo_runner.values import Nothing, Value

Escape: TypeAlias = Callable[[str], str]
"""Writes a placeholder so that the text around it keeps its form."""


@dataclass(slots=True)
class StandIns:
    """The stand-ins of one preview. `labels` are what they stand for, by their numbers."""

    mark: str
    labels: list[str] = field(default_factory=list)
    _known: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, text: str) -> StandIns:
        """Return stand-ins that the text can't hold."""
        return cls(hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16])

    def make(self, label: str) -> str:
        """Return the stand-in for what the label names: ``$steps.login.outputs.token``."""
        if label not in self._known:
            self._known[label] = f"arazzoStandIn{self.mark}n{len(self.labels)}z"
            self.labels.append(label)
        return self._known[label]

    def label(self, value: Value | Nothing) -> str | None:
        """Return the label of a value that is a stand-in and nothing else; None for any other value."""
        found = STAND_IN.fullmatch(value) if isinstance(value, str) else None
        return self._label(found) if found else None

    def stand_in(self, value: Value | Nothing) -> bool:
        """Tell whether a stand-in is in the value, at any depth."""
        waiting: list[Value | Nothing] = [value]
        while waiting:
            match waiting.pop():
                case str() as text if self.mark in text:
                    return True
                case list() as items:
                    waiting += items
                case dict() as members:
                    waiting += members.values()
        return False

    def placeholders(self, text: str) -> tuple[str, ...]:
        """Return the placeholders for the stand-ins in a text, each once."""
        found = (self._label(one) for one in STAND_IN.finditer(text))
        return tuple(dict.fromkeys(f"{{{label}}}" for label in found if label is not None))

    def readable(self, text: str, escaped: Escape = str) -> str:
        """Return the text with a placeholder for each stand-in."""
        if self.mark not in text:
            return text
        return STAND_IN.sub(lambda found: self._placeholder(found, escaped), text)

    def readable_request(self, request: Request) -> Request:
        """Return the request with a placeholder for each stand-in; one without any is returned as it is."""
        if not self.stand_in(_whole(request)):
            return request
        headers = tuple((name, self.readable(value)) for name, value in request.headers)
        return replace(request, url=self.readable(request.url), headers=headers, body=self._body(request))

    def of_request(self, request: Request) -> tuple[str, ...]:
        """Return the placeholders of a request, each once."""
        return self.placeholders(_whole(request))

    def _body(self, request: Request) -> bytes | None:
        if request.body is None:
            return None
        text = request.body.decode("utf-8", "surrogateescape")
        whole = STAND_IN.fullmatch(text.strip('"'))
        if whole is not None:  # whatever the body will be, it is not known to be a string
            return self.readable(text.strip('"')).encode("utf-8", "surrogateescape")
        return self.readable(text, _escape_for(text)).encode("utf-8", "surrogateescape")

    def _placeholder(self, found: re.Match[str], escaped: Escape) -> str:
        label = self._label(found)
        return found[0] if label is None else escaped(f"{{{label}}}")

    def _label(self, found: re.Match[str]) -> str | None:
        mark, _, number = found[0].removeprefix("arazzoStandIn").rstrip("z").partition("n")
        if mark != self.mark or len(number) > 9 or int(number) >= len(self.labels):
            return None
        return self.labels[int(number)]


def _whole(request: Request) -> str:
    body = b"" if request.body is None else request.body
    headers = "\n".join(value for _, value in request.headers)
    return f"{request.url}\n{headers}\n{body.decode('utf-8', 'surrogateescape')}"


def _escape_for(text: str) -> Escape:
    match text.lstrip("\ufeff \t\r\n")[:1]:
        case "{" | "[" | '"':
            return lambda placeholder: json.dumps(placeholder, ensure_ascii=False)[1:-1]
        case "<":
            return escape
        case _:
            return str
