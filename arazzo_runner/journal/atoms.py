"""The secrets of a run that are not made of others, and where they stand in a text.

A run knows a token, the header `Bearer TOKEN` that it went into, the pair ``key=TOKEN`` of a query and the base64 of
``user:TOKEN``. A replay makes the others of the token again, so only the token gets a stand-in.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode
from collections.abc import Iterable, Iterator
from typing import Final, TypeAlias
from urllib.parse import unquote_plus

from arazzo_runner.redact import MIN_SEARCHED, REDACTED
from arazzo_runner.redact.search import Search

Place: TypeAlias = tuple[int, int, str]
"""Where a secret stands in a text (the end is exclusive), and which it is."""

_CUTS: Final = tuple(map(re.compile, (r"\s+", r"[\s=;&?,\"]+", r"[\s=;:&?/,\"]+")))
"""At what texts are cut into words: a token may hold some of these marks itself."""

_BASE64: Final = re.compile(r"[A-Za-z0-9+/_-]+=*")
_BASE64_HEAD: Final = re.compile(r"[A-Za-z0-9+/_-]*\Z")
_BASE64_TAIL: Final = re.compile(r"[A-Za-z0-9+/_-]*=*")


class Atoms:
    """The smallest secrets. One that is long enough is found wherever it stands and in whatever form."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._atoms: dict[str, frozenset[str]] = {}
        self._all = Search()
        self._each: dict[str, Search] = {}

    def learn(self, values: Iterable[str]) -> None:
        """Remember secrets; those that are made of others, known before or with them, are none."""
        new = {form for value in values for form in (value, value.strip())} - self._known - {"", REDACTED}
        new = {value for value in new if value.strip()}
        if not new:
            return
        self._known |= new
        self._atoms = {atom: parts for atom, parts in self._atoms.items() if parts.isdisjoint(new)}
        for value in sorted(new):
            parts = _parts(value)
            if parts.isdisjoint(self._known):
                self._atoms[value] = parts
                if len(value) >= MIN_SEARCHED:
                    self._all.add(value)

    def __contains__(self, text: object) -> bool:
        return text in self._atoms

    def places(self, text: str) -> Iterator[Place]:
        """Yield where long secrets stand in a text, in order; within base64, the whole run of base64."""
        done = 0
        for place in self._all.places(text):
            start, end = self._whole_base64(text, *place)
            if start < done:
                continue
            done = end
            for first, last, secret in self._inside(text[start:end]):
                yield start + first, start + last, secret

    def _inside(self, piece: str) -> list[Place]:
        """Return the secrets of a piece of text that holds nothing else, or is base64."""
        plain = unquote_plus(piece)
        if piece in self._atoms or plain in self._atoms:
            return [(0, len(piece), piece if piece in self._atoms else plain)]
        found: list[Place] = []
        for atom in sorted((one for one in self._atoms if len(one) >= MIN_SEARCHED), key=lambda one: (-len(one), one)):
            for start, end in self._search(atom).places(piece):
                if all(end <= first or last <= start for first, last, _ in found):
                    found.append((start, end, atom))
        if _BASE64.fullmatch(piece) and not any(atom in piece for _, _, atom in found):
            return [(0, len(piece), found[0][2])] if found else []
        return sorted(found)

    def _search(self, atom: str) -> Search:
        search = self._each.get(atom)
        if search is None:
            search = self._each[atom] = Search()
            search.add(atom)
        return search

    def _whole_base64(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Return the whole run of base64 where a secret was found within one; else the place as it is."""
        found = text[start:end]
        if found in self._atoms or unquote_plus(found) in self._atoms or not _BASE64.fullmatch(found):
            return start, end
        if any(atom in found for atom in self._atoms if len(atom) >= MIN_SEARCHED):
            return start, end
        head, tail = _BASE64_HEAD.search(text[:start]), _BASE64_TAIL.match(text, end)
        return head.start() if head else start, tail.end() if tail else end


def decoded(text: str) -> str:
    """Return the text that base64 stands for, if it stands for one; else nothing."""
    if len(text) < 4 or not _BASE64.fullmatch(text):
        return ""
    try:
        return b64decode(text.replace("-", "+").replace("_", "/") + "=" * (-len(text) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""


def _parts(secret: str) -> frozenset[str]:
    """Return what a secret may be made of."""
    forms = {form for word in _words(secret) for form in (word, unquote_plus(word))}
    return frozenset(forms - {secret, secret.strip(), ""})


def _words(text: str) -> Iterator[str]:
    for word in {word for cut in _CUTS for word in cut.split(text)}:
        yield word
        plain = decoded(word)
        if plain:
            yield plain
            yield from plain.split(":", 1)
