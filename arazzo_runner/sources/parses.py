"""What was read of big texts, kept between runs on a shelf of the user (`shelf`), so that none is parsed twice.

Policy. A parse is found by its text: by the SHA-256 of its bytes, with the version of this package and of the form. So
a text that has changed has none, and nobody asks whether a file is newer. Only YAML is kept: to read JSON takes as long
as to read what is kept. Only data that comes back the same is kept, of texts without any remark: nothing else than the
data is written down, and lines and columns are found by reading the text again, where somebody asks for one.

The form is MessagePack, which holds data and nothing that could be run. Each file begins with the digest of what
follows, so that half of one, or one that was changed, is not read.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from arazzo_runner._version import VERSION
from arazzo_runner.document import Profile, read
from arazzo_runner.document.collector import collector_paused
from arazzo_runner.document.formats import read_again
from arazzo_runner.document.source import Source
from arazzo_runner.sources.shelf import Shelf
from arazzo_runner.values import JSON

MIN_PARSE_BYTES: Final = 256 * 1024
"""A text of fewer bytes is parsed each time: that is faster than to look for what was kept."""

MAX_PARSES_BYTES: Final = 512 * 1024 * 1024
"""How many bytes of parses are kept; the ones that were used longest ago go first."""

MAX_PARSES: Final = 200
"""How many parses are kept."""

MAX_PARSE_BYTES: Final = 128 * 1024 * 1024
"""A parse of more bytes is not kept."""

FORM: Final = 1
"""Counts up when what is kept of the same text changes."""

_SUFFIX: Final = ".parse"
_DIGEST: Final = 32
_ALIASED: Final = re.compile(rb"""(?:^|[\s\[{,])&[^\s&;]""", re.MULTILINE)
"""An anchor of YAML: the data of an alias would be written down as often as it is named."""


@dataclass(frozen=True, slots=True)
class Parses:
    """The parses in a folder, by the texts that were parsed. Nothing of it raises."""

    folder: Path

    @property
    def shelf(self) -> Shelf:
        """The files of the parses."""
        return Shelf(self.folder, _SUFFIX, MAX_PARSES_BYTES, MAX_PARSES)

    def read(self, content: bytes, uri: str, name: str, profile: Profile, content_type: str = "") -> Source:
        """Read a document as `document.read` does: from what was kept of it, else from its text, and keep that."""
        if profile is not Profile.SOURCE or not _is_worth_it(content):
            return read(content, uri, name, profile, content_type)
        key = _key(content)
        found = self._get(key)
        if found is not None:
            return read_again(content, uri, name, found[0])
        source = read(content, uri, name, profile, content_type)
        if not (source.diagnostics or source.enclosed or source.base or _has_anchors(content)):
            self._put(key, source.data)
        return source

    def _get(self, key: str) -> tuple[JSON] | None:
        packed = self.shelf.read(key, MAX_PARSE_BYTES + _DIGEST + 1)
        if packed is None:
            return None
        from msgspec import DecodeError, msgpack

        view = memoryview(packed)
        if hashlib.sha256(view[_DIGEST:]).digest() == view[:_DIGEST]:
            try:
                with collector_paused():
                    return (msgpack.decode(view[_DIGEST:]),)
            except (DecodeError, RecursionError):
                pass
        self.shelf.remove(key)
        return None

    def _put(self, key: str, data: JSON) -> None:
        from msgspec import msgpack

        try:
            packed = msgpack.encode(data)
        except (OverflowError, UnicodeEncodeError, RecursionError, TypeError):
            return  # an integer of more than 64 bits, half a surrogate pair: no such thing comes back the same
        if len(packed) <= MAX_PARSE_BYTES:
            self.shelf.write(key, hashlib.sha256(packed).digest() + packed)


def _is_worth_it(content: bytes) -> bool:
    """Tell whether a text is big enough, and no JSON."""
    return len(content) >= MIN_PARSE_BYTES and content[:1] not in b"{["


def _has_anchors(content: bytes) -> bool:
    return b"&" in content and _ALIASED.search(content) is not None


def _key(content: bytes) -> str:
    digest = hashlib.sha256(content)
    digest.update(f"\0{VERSION}\0{FORM}".encode())
    return digest.hexdigest()
