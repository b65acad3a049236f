"""What must not be shown, decided in one place.

Two rules. *By name*: the value of a member, header, query parameter, input or output whose name says that it is a
secret (`is_secret_name`) is replaced whole, however short. *By value*: a value that is known to be a secret (a
credential, an input marked `format: password`, a token that an answer brought) is replaced wherever it turns up: raw,
in base64 (also inside `user:password`), and percent-encoded, JSON- or HTML-escaped, twice over if need be. Values
shorter than eight characters would tear holes into ordinary text, so they are hidden by name only, and where they are
the whole of a text.

Names are judged by whole words: `accessToken`, `api_key` and `X-Client-Secret` are secrets; `pageToken`, `maxTokens`,
`primaryKey` and `tokenType` are not.

Hiding too much is a nuisance, hiding too little is a leak: where a secret overlaps another, or stands in a run of
escapes, the whole is replaced.
"""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from functools import lru_cache
from typing import Any, Final, Protocol, TypeVar, runtime_checkable
from urllib.parse import quote, quote_plus, unquote, unquote_plus

REDACTED: Final = "[redacted]"
MIN_SEARCHED: Final = 8
"""Secrets of fewer characters are hidden by name only."""

MAX_SEARCHED_BODY: Final = 4 * 1024 * 1024
"""A body of more bytes is searched for known values only; its members are not judged by name."""

MAX_UNESCAPED: Final = 1024 * 1024
"""In a longer text, a secret is found raw, in base64 and in the usual escapes, but not in any mixture of escapes."""

MAX_LEARNT: Final = 10_000
"""Secret values that are remembered; the ones after them are hidden by name only."""

PIECE: Final = 4096
"""Characters of a longer secret that are looked for at a time."""

_FEW: Final = 128
_NESTED_ESCAPES: Final = 2
_LONGEST_NAME: Final = 128

_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_SECRET_WORDS: Final = frozenset(
    "token secret secrets password passwords passwd pwd passphrase passcode apikey apikeys authorization bearer cookie "
    "credential credentials jwt cvv cvc otp totp sig privatekey accesskey secretkey".split()
)
_SECRET_ENDS: Final = ("password", "passwd", "passphrase", "secret", "apikey")
_SECRET_KEYS: Final = frozenset(
    "api secret private access signing encryption decryption subscription auth account master function functions "
    "shared storage session admin app application webhook hmac sas".split()
)
_SECRET_PAIRS: Final = frozenset(
    [("connection", "string"), ("client", "assertion"), ("code", "verifier"), ("auth", "code"), ("pin", "code")]
    + [(owner, "tokens") for owner in "access refresh api auth id session bearer".split()]
    + [(vendor, "signature") for vendor in ("amz", "goog")]
)
_PLAIN_TOKENS: Final = frozenset(
    "page next previous prev continuation sync cursor pagination start end resume delta skip after before marker "
    "offset list position".split()
)
_TAILS: Final = frozenset("value hash header string plain text confirmation confirm repeat again new old".split())

_PAIR = re.compile(r"([?&#;]|\A)([^=&#;?\s\"'<>]{1,128})=([^&#;\s\"'<>]+)")
_USER_INFO = re.compile(r"(://)[^/?#\s@\"'<>]+@")
_MEMBER = re.compile(r'"((?:[^"\\]|\\.){1,128}+)"(\s*:\s*)("(?:[^"\\]|\\.)*+"|[-+.0-9]++)')
_ELEMENT = re.compile(r"<((?:[\w.-]{1,64}:)?([\w.-]{1,128}))(\s[^<>]*+)?>([^<]++)</")
_WITH_SCHEME = re.compile(r"(?:bearer|basic|token|apikey)[ \t]+(\S+)", re.IGNORECASE)

_T = TypeVar("_T")


# ---------------------------------------------------------------- names


def is_secret_name(name: str) -> bool:
    """Tell whether a name (camelCase, snake_case, kebab-case, dotted) says that its value is a secret."""
    return _is_secret(name[-_LONGEST_NAME:])


@lru_cache(maxsize=4096)
def _is_secret(name: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    if tuple(words[-2:]) in _SECRET_PAIRS:
        return True
    while len(words) > 1 and (words[-1] in _TAILS or words[-1].isdigit()):
        words.pop()
    if not words:
        return False
    last, before = words[-1], words[-2] if len(words) > 1 else ""
    if last in ("key", "keys"):
        return before in _SECRET_KEYS
    if last.endswith("token"):
        return not (last.removesuffix("token") or before).endswith(tuple(_PLAIN_TOKENS))
    return last in _SECRET_WORDS or last.endswith(_SECRET_ENDS) or (before, last) in _SECRET_PAIRS


@runtime_checkable
class Redactable(Protocol):
    """A value that knows best which of its parts are secret."""

    def redacted(self, redactor: Redactor) -> Any:
        """Return a copy of the same type with nothing secret in it."""


# ---------------------------------------------------------------- values


def _base64_forms(secret: bytes) -> set[str]:
    """Return the parts of a base64 text that stand for the secret, wherever in the encoded bytes it begins."""
    forms = {b64encode(secret).decode().rstrip("=")}
    for shift in range(3):
        encoded = b64encode(b"\0" * shift + secret).decode().rstrip("=")
        head = 0 if shift == 0 else shift + 1
        forms.add(encoded[head : len(encoded) - (1 if (len(secret) + shift) % 3 else 0)])
    return forms | {form.replace("+", "-").replace("/", "_") for form in forms}


def _forms(secret: str) -> set[str]:
    """Return the texts that stand for a secret, but for mixtures of escapes (`_View`)."""
    forms = {secret, secret.replace(" ", "+"), quote(secret, safe=""), quote(secret), quote_plus(secret)}
    forms |= {json.dumps(secret)[1:-1], json.dumps(secret, ensure_ascii=False)[1:-1], html.escape(secret)}
    forms |= _base64_forms(secret.encode("utf-8", "surrogatepass"))
    return {form for form in forms if len(form) >= MIN_SEARCHED}


def _pieces(secret: str) -> Iterator[str]:
    """Cut a very long secret up, so that looking for it stays cheap; the last piece reaches back to be long enough."""
    for start in range(0, len(secret), PIECE):
        yield secret[min(start, max(0, len(secret) - MIN_SEARCHED)) : start + PIECE]


def _worth_hiding(secret: str) -> set[str]:
    """Return what of a secret value is secret by itself: without blanks around it, without `Bearer` before it."""
    stripped = secret.strip()
    scheme = _WITH_SCHEME.fullmatch(stripped)
    return {found for found in (secret, stripped, scheme[1] if scheme else "") if found}


class _Needles:
    """The texts to look for. Adding one and looking for all of them cost the same for ten and for ten thousand."""

    __slots__ = ("_all", "_by_head")

    def __init__(self) -> None:
        self._all: set[str] = set()
        self._by_head: dict[str, list[str]] = {}

    def __bool__(self) -> bool:
        return bool(self._all)

    def add(self, needles: Iterable[str]) -> None:
        for needle in needles:
            if needle not in self._all and needle not in REDACTED:
                self._all.add(needle)
                self._by_head.setdefault(needle[:MIN_SEARCHED], []).append(needle)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where the needles stand, in any order; the spans may overlap."""
        return self._one_by_one(text) if len(self._all) <= _FEW else self._by_position(text)

    def _one_by_one(self, text: str) -> Iterator[tuple[int, int]]:
        for needle in self._all:
            start = text.find(needle)
            while start >= 0:
                end = start + len(needle)
                yield start, end
                start = text.find(needle, end)

    def _by_position(self, text: str) -> Iterator[tuple[int, int]]:
        for start in range(len(text) - MIN_SEARCHED + 1):
            for needle in self._by_head.get(text[start : start + MIN_SEARCHED], ()):
                if text.startswith(needle, start):
                    yield start, start + len(needle)


# ---------------------------------------------------------------- escapes

_Escape = tuple[str, re.Pattern[str], Callable[[str], str]]
_ESCAPES: Final[tuple[_Escape, ...]] = (
    ("%", re.compile(r"(?:%[0-9A-Fa-f]{2})+"), lambda run: unquote(run, errors="replace")),
    ("\\", re.compile(r'(?:\\(?:u[0-9A-Fa-f]{4}|["\\/bfnrt]))+'), lambda run: str(json.loads(f'"{run}"'))),
    ("&", re.compile(r"(?:&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});)+"), html.unescape),
)


class _View:
    """A text with its escapes read, which knows where each of its parts stands in the original."""

    __slots__ = ("_ends", "_places", "_starts", "text")

    def __init__(self, text: str, pattern: re.Pattern[str], read: Callable[[str], str]) -> None:
        pieces: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []
        self._places: list[tuple[int, int]] = []
        size = done = 0
        for run in pattern.finditer(text):
            plain, meant = text[done : run.start()], read(run.group())
            pieces += (plain, meant)
            size += len(plain)
            self._starts.append(size)
            size += len(meant)
            self._ends.append(size)
            self._places.append(run.span())
            done = run.end()
        self.text = "".join((*pieces, text[done:]))

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the original text that a span of this one stands for; a run of escapes counts whole."""
        at = bisect_right(self._starts, start) - 1
        if at >= 0:
            start = self._places[at][0] if start < self._ends[at] else self._places[at][1] + start - self._ends[at]
        at = bisect_left(self._starts, end) - 1
        if at >= 0:
            end = self._places[at][1] + max(0, end - self._ends[at])
        return start, end


def _views(text: str) -> Iterator[_View]:
    if len(text) > MAX_UNESCAPED:
        return
    for marker, pattern, read in _ESCAPES:
        if marker in text and pattern.search(text):
            yield _View(text, pattern, read)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with each span replaced; spans that touch or overlap are one."""
    pieces: list[str] = []
    done = -1
    for start, end in sorted(spans):
        if start > done:
            pieces += (text[max(done, 0) : start], REDACTED)
        done = max(done, end)
    return "".join((*pieces, text[max(done, 0) :])) if pieces else text


# ---------------------------------------------------------------- names inside texts


def _hide_pairs(text: str) -> str:
    """Hide what a URL or a form carries under secret names, and the user information of a URL."""
    if "=" in text:
        text = _PAIR.sub(_pair, text)
    return _USER_INFO.sub(rf"\1{REDACTED}@", text) if "://" in text and "@" in text else text


def _pair(found: re.Match[str]) -> str:
    mark, name, _ = found.groups()
    return f"{mark}{name}={REDACTED}" if is_secret_name(unquote_plus(name)) else found.group()


def _member(found: re.Match[str]) -> str:
    name, colon, _ = found.groups()
    return f'"{name}"{colon}"{REDACTED}"' if is_secret_name(name) else found.group()


def _element(found: re.Match[str]) -> str:
    whole, name, attributes, _ = found.groups()
    return f"<{whole}{attributes or ''}>{REDACTED}</" if is_secret_name(name) else found.group()


# ---------------------------------------------------------------- the redactor


class Redactor:
    """Knows the secrets of one run, and takes them out of whatever is shown.

    With `reveal=True` it hides nothing: the caller asked to see secrets.
    """

    __slots__ = ("_known", "_needles", "_short", "reveal")

    def __init__(self, reveal: bool = False) -> None:
        self.reveal = reveal
        self._needles = _Needles()
        self._known: set[str] = set()
        self._short: set[str] = set()

    def learn(self, value: object) -> None:
        """Remember a secret value; the strings inside arrays and objects count too. Other types are no secrets."""
        stack = [value]
        while stack:
            match stack.pop():
                case str() as text:
                    self._remember(text)
                case bytes() as content:
                    self._remember(content.decode("utf-8", "replace"))
                case list() | tuple() | set() | frozenset() as items:
                    stack.extend(items)
                case Mapping() as members:
                    stack.extend(members.values())

    def _remember(self, text: str) -> None:
        if text in self._known or len(self._known) >= MAX_LEARNT:
            return
        self._known.add(text)
        for secret in _worth_hiding(text):
            if len(secret) < MIN_SEARCHED:
                self._short.add(secret)
            else:
                for piece in _pieces(secret):
                    self._needles.add(_forms(piece))

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
        """Return the text with every known secret, and what URLs in it carry under secret names, replaced."""
        if self.reveal:
            return text
        return REDACTED if text in self._short else self._known_out(_hide_pairs(text))

    def _known_out(self, text: str) -> str:
        if not self._needles or len(text) < MIN_SEARCHED:
            return text
        return _without(text, self._spans(text, _NESTED_ESCAPES))

    def _spans(self, text: str, depth: int) -> Iterator[tuple[int, int]]:
        yield from self._needles.spans(text)
        for view in _views(text) if depth else ():
            for span in self._spans(view.text, depth - 1):
                yield view.original(*span)

    def named(self, name: str, value: _T) -> _T | str:
        """Return the value as it may be shown beside this name. True, false and null give nothing away."""
        if self.reveal or value is None or isinstance(value, bool):
            return value
        return REDACTED if is_secret_name(name) else self.scrub(value)

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
        if len(body) <= MAX_SEARCHED_BODY:
            text = self._names_out(text)
        elif text not in self._short:
            return self._known_out(text).encode("utf-8", "surrogateescape")
        return self.text(text).encode("utf-8", "surrogateescape")

    def _names_out(self, text: str) -> str:
        start = text.lstrip("\ufeff \t\r\n")[:1]
        if start in ("{", "["):
            return self._json_text(text)
        return _ELEMENT.sub(_element, text) if start == "<" else _MEMBER.sub(_member, text)

    def _json_text(self, text: str) -> str:
        try:
            data = json.loads(text.lstrip("\ufeff"))
            shown = self.scrub(data)
            return text if shown == data else json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
        except (ValueError, RecursionError):
            return _MEMBER.sub(_member, text)

    def scrub(self, value: _T) -> _T:
        """Return a copy of any plain value or frozen record with nothing secret in it."""
        return value if self.reveal else self._scrub(value)

    def _scrub(self, value: Any) -> Any:
        match value:
            case str():
                return self.text(value)
            case bytes():
                return self.body(value)
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
        open_places: list[tuple[Any, Any]] = [(whole, 0)]
        while open_places:
            holder, place = open_places.pop()
            found = holder[place]
            if isinstance(found, Mapping):
                holder[place] = copy = {self._known_out(str(n)): self._unless_secret(str(n), v) for n, v in found.items()}
                open_places += ((copy, name) for name in copy)
            elif isinstance(found, list):
                holder[place] = items = list(found)
                open_places += ((items, index) for index in range(len(items)))
            else:
                holder[place] = self._scrub(found)
        return whole[0]

    def _unless_secret(self, name: str, value: Any) -> Any:
        hidden = value is not None and not isinstance(value, bool) and is_secret_name(name)
        return REDACTED if hidden else value

    def _record(self, value: Any) -> Any:
        changed = {}
        for field in fields(value):
            before = getattr(value, field.name)
            after = self._scrub(before)
            if after is not before:
                changed[field.name] = after
        return replace(value, **changed) if changed else value
