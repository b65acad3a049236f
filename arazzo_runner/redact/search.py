"""Known secrets, found in a text: in every form that they take, in time that does not grow with their number."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, quote_plus

from arazzo_runner.redact.escapes import views
from arazzo_runner.redact.names import REDACTED

MIN_SEARCHED: Final = 8
"""Secrets of fewer characters are hidden by name only."""

MAX_LEARNT: Final = 10_000
"""Secret values that are remembered; the ones after them are hidden by name only."""

PIECE: Final = 4096
"""Characters of a longer secret that are looked for at a time."""

FEW: Final = 128
"""So many forms are looked for one after another, which is quickest; more of them by the places in the text."""

NESTED_ESCAPES: Final = 2

_WITH_SCHEME = re.compile(r"(?:bearer|basic|token|apikey)[ \t]+(\S+)", re.IGNORECASE)


def _base64_forms(secret: bytes) -> set[str]:
    """Return the parts of a base64 text that stand for the secret, wherever in the encoded bytes it begins."""
    forms = {b64encode(secret).decode().rstrip("=")}
    for shift in range(3):
        encoded = b64encode(b"\0" * shift + secret).decode().rstrip("=")
        head = 0 if shift == 0 else shift + 1
        forms.add(encoded[head : len(encoded) - (1 if (len(secret) + shift) % 3 else 0)])
    return forms | {form.replace("+", "-").replace("/", "_") for form in forms}


def _forms(secret: str) -> set[str]:
    """Return the texts that stand for a secret; `escapes` finds those that mix or nest escapes."""
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
    return {found for found in (secret, stripped, scheme[1] if scheme else "") if found.strip()}


class Search:
    """The secrets to look for; remembering one more is as cheap with ten thousand as with ten."""

    __slots__ = ("_by_head", "_known", "_needles", "_short")

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._short: set[str] = set()
        self._needles: set[str] = set()
        self._by_head: dict[str, list[str]] = {}

    def add(self, value: str) -> None:
        """Remember a secret value."""
        if value in self._known or len(self._known) >= MAX_LEARNT:
            return
        self._known.add(value)
        for secret in _worth_hiding(value):
            if len(secret) < MIN_SEARCHED:
                self._short.add(secret)
            else:
                for piece in _pieces(secret):
                    self._look_for(_forms(piece))

    def _look_for(self, needles: Iterable[str]) -> None:
        for needle in needles:
            if needle not in self._needles and needle not in REDACTED:
                self._needles.add(needle)
                self._by_head.setdefault(needle[:MIN_SEARCHED], []).append(needle)

    def is_whole(self, text: str) -> bool:
        """Tell whether the text is a short secret and nothing else."""
        return text in self._short

    def hide(self, text: str) -> str:
        """Return the text with every secret in it replaced; short ones stay."""
        if not self._needles or len(text) < MIN_SEARCHED:
            return text
        return _without(text, self._spans(text, NESTED_ESCAPES))

    def _spans(self, text: str, depth: int) -> Iterator[tuple[int, int]]:
        """Yield where secrets stand, in any order; the spans may overlap."""
        yield from self._one_by_one(text) if len(self._needles) <= FEW else self._by_place(text)
        for view in views(text) if depth else ():
            for span in self._spans(view.text, depth - 1):
                yield view.original(*span)

    def _one_by_one(self, text: str) -> Iterator[tuple[int, int]]:
        for needle in self._needles:
            start = text.find(needle)
            while start >= 0:
                end = start + len(needle)
                yield start, end
                start = text.find(needle, end)

    def _by_place(self, text: str) -> Iterator[tuple[int, int]]:
        for start in range(len(text) - MIN_SEARCHED + 1):
            for needle in self._by_head.get(text[start : start + MIN_SEARCHED], ()):
                if text.startswith(needle, start):
                    yield start, start + len(needle)


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with each span replaced; spans that touch or overlap are one."""
    pieces: list[str] = []
    done = -1
    for start, end in sorted(spans):
        if start > done:
            pieces += (text[max(done, 0) : start], REDACTED)
        done = max(done, end)
    return "".join((*pieces, text[max(done, 0) :])) if pieces else text
