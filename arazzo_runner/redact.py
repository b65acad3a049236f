"""What must not be shown, decided in one place.

Two rules. *By name*: the value of a member, header, query parameter, input or output whose name says that it is a
secret (`is_secret_name`) is replaced whole, however short. *By value*: a value that is known to be a secret (a
credential, an input marked `format: password`, a token that an answer brought) is replaced wherever it turns up, raw,
percent-encoded, base64 (also inside `user:password`), JSON- or HTML-escaped. Values shorter than eight characters
would tear holes into ordinary text, so they are hidden by name only, and where they are the whole of a text.

Names are judged by whole words: `accessToken`, `api_key` and `X-Client-Secret` are secrets; `pageToken`, `maxTokens`,
`primaryKey` and `tokenType` are not.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from collections.abc import Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from html import escape
from typing import Any, Final, Protocol, TypeVar, runtime_checkable
from urllib.parse import quote, quote_plus

REDACTED: Final = "[redacted]"
MIN_SEARCHED: Final = 8
"""Secrets of fewer characters are hidden by name only."""

MAX_SEARCHED_BODY: Final = 4 * 1024 * 1024
"""A body of more bytes is searched for known values only; its members are not judged by name."""

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SECRET_WORDS: Final = frozenset(
    "token secret password passwd pwd passphrase passcode apikey authorization cookie credential credentials jwt "
    "cvv cvc otp accesstoken clientsecret privatekey accesskey secretkey authtoken refreshtoken idtoken".split()
)
_SECRET_KEYS: Final = frozenset(
    "api secret private access signing encryption subscription auth account master function shared storage".split()
)
_PLAIN_TOKENS: Final = frozenset(
    "page next previous prev continuation sync cursor pagination start end resume delta skip after before marker "
    "offset list position".split()
)
_TAILS: Final = frozenset(("value", "hash", "header", "string", "plain", "text"))

_T = TypeVar("_T")


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Tell whether a name (camelCase, snake_case, kebab-case, dotted) says that its value is a secret."""
    words = [word.lower() for word in _WORDS.findall(name)]
    while len(words) > 1 and (words[-1] in _TAILS or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last == "key":
        return before in _SECRET_KEYS
    if last == "token":
        return before not in _PLAIN_TOKENS
    return last in _SECRET_WORDS


@runtime_checkable
class Redactable(Protocol):
    """A value that knows best which of its parts are secret."""

    def redacted(self, redactor: Redactor) -> Any:
        """Return a copy of the same type with nothing secret in it."""


def _base64_forms(secret: bytes) -> set[str]:
    """Return the parts of a base64 text that stand for the secret, wherever in the encoded bytes it begins."""
    forms = {b64encode(secret).decode().rstrip("=")}
    for shift in range(3):
        encoded = b64encode(b"\0" * shift + secret).decode().rstrip("=")
        head = 0 if shift == 0 else shift + 1
        whole = encoded[head : len(encoded) - (1 if (len(secret) + shift) % 3 else 0)]
        if len(whole) >= MIN_SEARCHED:
            forms.add(whole)
    return forms | {form.replace("+", "-").replace("/", "_") for form in forms}


def _forms(secret: str) -> set[str]:
    forms = {secret, quote(secret, safe=""), quote(secret), quote_plus(secret), escape(secret)}
    forms |= {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1]}
    return forms | _base64_forms(secret.encode("utf-8", "surrogatepass"))


class Redactor:
    """Knows the secrets of one run, and takes them out of whatever is shown.

    With `reveal=True` it hides nothing: the caller asked to see secrets.
    """

    __slots__ = ("_forms", "_pattern", "_short", "reveal")

    def __init__(self, reveal: bool = False) -> None:
        self.reveal = reveal
        self._forms: set[str] = set()
        self._short: set[str] = set()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, value: object) -> None:
        """Remember a secret value; the strings inside arrays and objects count too. Other types are no secrets."""
        match value:
            case str() if len(value) >= MIN_SEARCHED:
                if value not in self._forms:
                    self._forms |= _forms(value)
                    self._pattern = None
            case str() if value:
                self._short.add(value)
            case bytes():
                self.learn(value.decode("utf-8", "replace"))
            case list() | tuple():
                for item in value:
                    self.learn(item)
            case dict():
                for item in value.values():
                    self.learn(item)

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

    def text(self, text: str) -> str:
        """Return the text with every known secret replaced."""
        if self.reveal:
            return text
        if text in self._short:
            return REDACTED
        if not self._forms:
            return text
        if self._pattern is None:
            longest_first = sorted(self._forms, key=len, reverse=True)
            self._pattern = re.compile("|".join(re.escape(form) for form in longest_first))
        return self._pattern.sub(REDACTED, text)

    def named(self, name: str, value: _T) -> _T | str:
        """Return the value as it may be shown beside this name."""
        if self.reveal or value is None:
            return value
        return REDACTED if is_secret_name(name) else self.scrub(value)

    def url(self, url: str) -> str:
        """Return a URL with the values of secret query parameters, and known secrets, replaced."""
        if self.reveal or "?" not in url:
            return self.text(url)
        head, _, query = url.partition("?")
        pairs = (pair.partition("=") for pair in query.split("&"))
        shown = "&".join(f"{n}={REDACTED}" if eq and is_secret_name(n) else n + eq + v for n, eq, v in pairs)
        return self.text(f"{head}?{shown}")

    def headers(self, headers: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        """Return header fields as they may be shown."""
        return tuple((name, str(self.named(name, value))) for name, value in headers)

    def body(self, body: bytes) -> bytes:
        """Return a body as it may be shown; members of JSON are judged by their names too."""
        if self.reveal:
            return body
        text = body.decode("utf-8", "surrogateescape")
        if text[:1] in ("{", "[") and len(body) <= MAX_SEARCHED_BODY:
            text = self._json_text(text)
        return self.text(text).encode("utf-8", "surrogateescape")

    def _json_text(self, text: str) -> str:
        try:
            data = json.loads(text)
        except (ValueError, RecursionError):
            return text
        shown = self.scrub(data)
        return text if shown == data else json.dumps(shown, ensure_ascii=False, separators=(",", ":"))

    def scrub(self, value: _T) -> _T:
        """Return a copy of a plain value or frozen record with nothing secret in it; what is clean stays as it is."""
        return value if self.reveal else self._scrub(value)

    def _scrub(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case bytes():
                return self.body(value)
            case Redactable():
                return value.redacted(self)
            case Mapping():
                return {name: self.named(str(name), member) for name, member in value.items()}
            case list():
                return [self._scrub(item) for item in value]
            case tuple():
                return tuple(self._scrub(item) for item in value)
            case _ if is_dataclass(value) and not isinstance(value, type):
                changed = {}
                for field in fields(value):
                    before = getattr(value, field.name)
                    after = self._scrub(before)
                    if after is not before:
                        changed[field.name] = after
                return replace(value, **changed) if changed else value
            case _:
                return value
