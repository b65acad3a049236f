"""What documents may be had, and how a file is read; over the network see `fetch`, for what a caller says `access`.

The policy, in one place: only three schemes; nothing larger than `MAX_SOURCE_BYTES`; a document that came over the
network makes us read no local file, and no document one of another host. A failure is data (`RetrievalFailure`):
whoever asked makes a diagnostic of it, with the place that named the document.
"""

from __future__ import annotations

import codecs
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol, TypeAlias
from urllib.parse import urlsplit

from arazzo_runner.document.profile import Profile
from arazzo_runner.document.source import Source
from arazzo_runner.sources.location import file_path, is_local, scheme_of, shown

MAX_SOURCE_BYTES = 64 * 1024 * 1024
SCHEMES = ("file", "http", "https")


_KINDS: Final = (
    (b"\x89PNG\r\n", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "an archive (zip)"),
    (b"\x1f\x8b", "an archive (gzip)"),
)
"""How files begin that people name by mistake."""


class Reading(Protocol):
    """Makes a source of a document, as `document.read` does."""

    def __call__(self, content: bytes, uri: str, name: str, profile: Profile, content_type: str, /) -> Source:
        """Return the document as read; raises nothing."""


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The bytes of a document. `uri` is where they came from in the end, redirects followed.

    `validators` are the header fields of an answer by which its server can tell whether it is still the same (`ETag`,
    `Last-Modified`), in lower case; None where nothing may be kept of it. `reading` makes a source of it, if
    that is not simply `document.read`.
    """

    content: bytes
    uri: str
    content_type: str = ""
    validators: tuple[tuple[str, str], ...] | None = field(default=None, compare=False)
    reading: Reading | None = field(default=None, repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class RetrievalFailure:
    """Why a document could not be had. `reason` is a clause ("there is no such file"), `help` what to do.

    `absent` tells that there is no such file, which one that is there and can't be read does not say.
    """

    uri: str
    reason: str
    help: str = ""
    absent: bool = field(default=False, compare=False)


Retrieval: TypeAlias = Retrieved | RetrievalFailure


class Retrieve(Protocol):
    """Fetches the document of an absolute URI. A caller may put its own in the place of `retrieve`."""

    def __call__(self, uri: str, /) -> Retrieval:
        """Return the document, or why it could not be had; raises nothing."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a document may make us read. `allow_files` is false for a document that came over the network.

    `host` is the one whose files may be named, "" for this machine alone, None for any: Windows asks other hosts for
    files by itself (``file://host/share``), and shows them who is asking.
    """

    allow_files: bool
    host: str | None = None

    @classmethod
    def of(cls, referrer: str) -> Policy:
        """Return the policy for what the document at the URI `referrer` refers to."""
        return cls(is_local(referrer), _host(referrer))

    def refusal(self, uri: str) -> RetrievalFailure | None:
        """Return why `uri` must not be read, or None where it may."""
        if scheme_of(uri) not in SCHEMES:
            return RetrievalFailure(shown(uri), f"'{scheme_of(uri)}' is not one of the schemes {', '.join(SCHEMES)}")
        if is_local(uri) and not self.allow_files:
            return RetrievalFailure(shown(uri), "a document from the network may not read a local file")
        if is_local(uri) and self.host is not None and _host(uri) not in ("", self.host):
            return RetrievalFailure(shown(uri), f"it names a file on another host, '{_host(uri)}'")
        return None


def _host(uri: str) -> str:
    """Return the host that a `file:` URI names; "" for this machine."""
    parts = urlsplit(uri)
    host = parts.netloc or (parts.path[2:].partition("/")[0] if parts.path.startswith("//") else "")
    return "" if not is_local(uri) or host.lower() == "localhost" else host.lower()


def read_file(uri: str, root: Path | None = None) -> Retrieval:
    """Read the file of a `file:` URI. Folders and devices are refused, and with `root` what lies outside of it.

    Links are resolved before that is judged, and it is the file that they lead to which is read.
    """
    try:
        path = Path(file_path(uri))
        if root is not None:
            path = path.resolve(strict=True)
            if not path.is_relative_to(root.resolve()):
                return RetrievalFailure(uri, f"it lies outside of {root}", "no other file is read (--root)")
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return RetrievalFailure(uri, "it is a folder, not a file")
        # A pipe may wait for ever: only who reads any file has named it.
        if not (stat.S_ISREG(mode) or (stat.S_ISFIFO(mode) and root is None)):
            return RetrievalFailure(uri, "it is not a regular file")
        with path.open("rb") as file:
            content = file.read(MAX_SOURCE_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        return RetrievalFailure(uri, "there is no such file", absent=True)
    except PermissionError:
        return RetrievalFailure(uri, "it may not be read (permission denied)")
    except OSError as problem:
        return RetrievalFailure(uri, (problem.strerror or str(problem)).lower())
    except ValueError as problem:
        return RetrievalFailure(uri, str(problem))
    return too_large(uri) if len(content) > MAX_SOURCE_BYTES else Retrieved(content, uri)


def too_large(uri: str) -> RetrievalFailure:
    """Return the failure of what has more than `MAX_SOURCE_BYTES`."""
    return RetrievalFailure(shown(uri), f"it is larger than {MAX_SOURCE_BYTES // (1024 * 1024)} MiB")


def no_foreign(found: Retrieval, asked: str = "") -> Retrieval:
    """Turn what can be no description into a failure: a web page, which may be one to log in; an image, an archive.

    `asked` is the URI that was asked for, which a redirect may have led away from.
    """
    if isinstance(found, RetrievalFailure):
        return found
    moved = f", after a redirect to {shown(found.uri)}" if asked and not is_local(asked) and found.uri != asked else ""
    if _is_web_page(found):
        help = "is it behind a login? download it" if moved else "name the raw YAML or JSON file"
        return RetrievalFailure(shown(asked or found.uri), f"it is a web page (HTML), not a description{moved}", help)
    kind = _binary(found.content)
    if kind:
        help = "unpack it, and name the file" if "archive" in kind else "name a YAML or JSON file"
        return RetrievalFailure(shown(asked or found.uri), f"it is {kind}, not a description{moved}", help)
    return found


def _is_web_page(retrieved: Retrieved) -> bool:
    start = retrieved.content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.startswith(b"<"):
        return False
    return "html" in retrieved.content_type.lower() or start.startswith((b"<!doctype html", b"<html"))


def _binary(content: bytes) -> str:
    """Return what kind of binary file begins like this; empty where it may be a text in UTF-8, UTF-16 or UTF-32."""
    for mark, kind in _KINDS:
        if content.startswith(mark):
            return kind
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE))
    return "a binary file" if not is_wide and content[:512].count(0) > 1 else ""
