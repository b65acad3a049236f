"""Copies of fetched documents, on a shelf of the user (`shelf`).

One file a document, named by the digest of its URL: a line of JSON about it, then its bytes. What is read is checked
against its digest.
"""

from __future__ import annotations

import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arazzo_runner.sources.retrieval import MAX_SOURCE_BYTES, Retrieved
from arazzo_runner.sources.shelf import Shelf

MAX_CACHE_BYTES: Final = 256 * 1024 * 1024
"""How many bytes of documents are kept; the ones that were used longest ago go first."""

MAX_CACHE_FILES: Final = 1_000
"""How many documents are kept."""

_SUFFIX: Final = ".document"


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that is kept, and when it came (seconds of the wall clock)."""

    document: Retrieved
    stored: float


@dataclass(frozen=True, slots=True)
class Cache:
    """The copies in a folder, by the URL that was asked for. Nothing of it raises."""

    folder: Path

    @property
    def shelf(self) -> Shelf:
        """The files of the copies."""
        return Shelf(self.folder, _SUFFIX, MAX_CACHE_BYTES, MAX_CACHE_FILES)

    def get(self, url: str) -> Kept | None:
        """Return the copy of a URL; None where there is none that is whole."""
        name = _name(url)
        content = self.shelf.read(name, MAX_SOURCE_BYTES + 64 * 1024)
        if content is None:
            return None
        try:
            kept = _unpacked(content, url)
        except (ValueError, KeyError, TypeError):
            return None
        if kept is None:
            self.shelf.remove(name)
        return kept

    def put(self, url: str, document: Retrieved) -> None:
        """Keep the copy of a URL, and let go of old ones."""
        self.shelf.write(_name(url), _packed(url, document))


def _name(url: str) -> str:
    return hashlib.sha256(url.encode("utf-8", "surrogatepass")).hexdigest()


def _packed(url: str, document: Retrieved) -> bytes:
    about = {
        "url": url,
        "uri": document.uri,
        "type": document.content_type,
        "validators": document.validators or (),
        "stored": time.time(),
    }
    head = json.dumps(about).encode()
    return b"%s %s\n%s" % (_digest(head, document.content), head, document.content)


def _unpacked(content: bytes, url: str) -> Kept | None:
    """Return what a file of the cache holds; None where it is not what was written, or of another URL."""
    line, _, body = content.partition(b"\n")
    digest, _, head = line.partition(b" ")
    if digest != _digest(head, body):
        return None
    about = json.loads(head)
    if about["url"] != url:
        return None
    validators = tuple((str(name), str(value)) for name, value in about["validators"])
    return Kept(Retrieved(body, str(about["uri"]), str(about["type"]), validators), float(about["stored"]))


def _digest(head: bytes, body: bytes) -> bytes:
    return hashlib.sha256(b"%d %s%s" % (len(head), head, body)).hexdigest().encode()
