"""Known secrets, found in a text: in every form that they take, in time that does not grow with their number."""

from __future__ import annotations

import html
import json
import re
from base64 import b64encode
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, quote_plus

from arazzo_runner.redact.escapes import View, unescaped, views
from arazzo_runner.redact.fields import Fields
from arazzo_runner.redact.names import REDACTED
from arazzo_runner.redact.needles import MIN_SEARCHED, Needles

MAX_LEARNT: Final = 10_000
"""Secret values that are remembered; the ones after them are hidden by name only."""

PIECE: Final = 4096
"""Characters of a longer secret that are looked for at a time."""

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
    if not secret.isascii():  # read in the wrong encoding
        forms.add(secret.encode("utf-8", "surrogatepass").decode("latin-1"))
    read = unescaped(secret)  # what is left of one that looks escaped itself, where a text is read without escapes
    forms |= {read, unescaped(read)}
    return {form for form in forms if len(form) >= MIN_SEARCHED and form not in REDACTED}


def _pieces(secret: str) -> Iterator[str]:
    """Cut a very long secret up, so that looking for it stays cheap; the last piece reaches back to be long enough."""
    for start in range(0, len(secret), PIECE):
        yield secret[min(start, max(0, len(secret) - MIN_SEARCHED)) : start + PIECE]


def _worth_hiding(secret: str) -> Iterator[tuple[str, bool]]:
    """Yield what of a secret value is secret by itself, and whether pieces of it are.

    That is the value, also without blanks around it, and without `Bearer` before it.
    """
    stripped = secret.strip()
    scheme = _WITH_SCHEME.fullmatch(stripped)
    for found in {secret, stripped} if stripped else ():
        yield found, scheme is None
    if scheme:
        yield scheme[1], True


class Search:
    """The secrets to look for; remembering one more is as cheap with ten thousand as with ten.

    What to look for is made when something is looked at: a run that shows nothing does not pay for it.
    """

    __slots__ = ("_fields", "_known", "_needles", "_short", "_waiting")

    def __init__(self) -> None:
        self._known: set[tuple[str, bool]] = set()
        self._short: set[str] = set()
        self._needles = Needles()
        self._fields = Fields()
        self._waiting: list[tuple[str, bool]] = []

    def add(self, value: str, *, cut: bool = True) -> None:
        """Remember a secret value; without `cut`, pieces of it are none (it begins as other texts do)."""
        if (value, cut) in self._known or len(self._known) >= MAX_LEARNT:
            return
        self._known.add((value, cut))
        self._waiting.append((value, cut))

    def _prepare(self) -> None:
        """Make what is looked for of what was added last."""
        waiting, self._waiting = self._waiting, []
        for value, cut in waiting:
            for secret, in_pieces in _worth_hiding(value):
                if len(secret) < MIN_SEARCHED:
                    self._short.add(secret)
                    self._fields.add(secret)
                else:
                    for piece in _pieces(secret):
                        self._needles.add(_forms(piece), cut=cut and in_pieces)

    def is_whole(self, text: str) -> bool:
        """Tell whether the text is a short secret and nothing else."""
        if self._waiting:
            self._prepare()
        return text in self._short

    def holds(self, text: str) -> bool:
        """Tell whether a secret stands in a text, whole and in any form."""
        if self._waiting:
            self._prepare()
        if not self._needles or len(text) < MIN_SEARCHED:
            return False
        return self._needles.whole(text) or any(self._needles.whole(view.text) for view in views(text))

    @property
    def known(self) -> frozenset[str]:
        """The values that are remembered, as they were learnt."""
        return frozenset(value for value, _ in self._known)

    def places(self, text: str) -> tuple[tuple[int, int], ...]:
        """Return where secrets that are long enough stand in a text, in order; places that touch or overlap are one."""
        if self._waiting:
            self._prepare()
        if not self._needles or len(text) < MIN_SEARCHED:
            return ()
        return tuple(_joined(self._spans(text)))

    def hide(self, text: str) -> str:
        """Return the text with every secret in it replaced; short ones stay."""
        if self._waiting:
            self._prepare()
        if not self._needles or len(text) < MIN_SEARCHED:
            return text
        return _without(text, self._spans(text))

    def hide_pairs(self, text: str) -> str:
        """Return the text with short secrets replaced where one is a value of a query, a form or a cookie."""
        if self._waiting:
            self._prepare()
        return self._fields.hide_pairs(text)

    def hide_fields(self, text: str) -> str:
        """Return a body with short secrets replaced where one is the whole of a field."""
        if self._waiting:
            self._prepare()
        return self._fields.hide(text)

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield where secrets stand, in any order; the spans may overlap."""
        yield from self._needles.spans(text)
        above: list[View] = []
        for view in views(text):
            above.append(view)
            for span in self._needles.spans(view.text):
                for outer in reversed(above):
                    span = outer.original(*span)
                yield span


def _joined(spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield the spans in order, those that touch or overlap as one."""
    begun, done = -1, -1
    for start, end in sorted(spans):
        if start > done:
            if done >= 0:
                yield begun, done
            begun = start
        done = max(done, end)
    if done >= 0:
        yield begun, done


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Return the text with each span replaced; spans that touch or overlap are one."""
    pieces: list[str] = []
    done = -1
    for start, end in sorted(spans):
        if start > done:
            pieces += (text[max(done, 0) : start], REDACTED)
        done = max(done, end)
    return "".join((*pieces, text[max(done, 0) :])) if pieces else text
