"""Where a document is: paths, URLs and `file:` URIs, the same on every system.

Inside, a document is known by its absolute URI (RFC 3986), a file by its `file:` URI (RFC 8089). Paths are turned
into URIs once, where a person typed them, and back once, where the file is opened.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

from arazzo_runner.document.uri import resolve as resolve_reference
from arazzo_runner.document.uri import without_fragment
from arazzo_runner.errors import UsageError
from arazzo_runner.redact.names import hide_pairs

STDIN_NAME = "<stdin>"

_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]+):")  # two letters at least: `C:` is a drive
_DRIVE = re.compile(r"/?([A-Za-z])[:|](?=[/\\]|$)")


@dataclass(frozen=True, slots=True)
class Location:
    """A document's absolute `uri`, and its `name` for a person: the path as typed, the URL, or ``<stdin>``."""

    uri: str
    name: str


def locate(text: str, cwd: Path) -> Location:
    """Find out what a person named: a path (relative to `cwd`; `~` is the home folder), a URL, or ``-`` (stdin).

    The document of standard input stands in `cwd` as far as its relative references are concerned.

    Raises:
        UsageError: the text is empty, or a URL that is none of http, https and file.
    """
    if not text:
        raise UsageError("no file was named", "name a path, a URL, or - for standard input")
    if text == "-":
        return Location(file_uri(cwd / STDIN_NAME), STDIN_NAME)
    scheme = scheme_of(text)
    if scheme in ("http", "https") or (scheme == "file" and text[5:6] == "/"):
        return Location(without_fragment(text), shown(text))
    if "://" in text:
        raise UsageError(f"cannot read '{shown(text)}'", "a document is named by a path or an http, https or file URL")
    return Location(file_uri(_absolute(_at_home(text), cwd)), text)


def _at_home(text: str) -> Path:
    try:
        return Path(text).expanduser()
    except RuntimeError:
        return Path(text)  # `~name` of nobody is a name like any other


def _absolute(path: Path, cwd: Path) -> Path:
    path = cwd / path
    # `..` behind a link means the folder that the link leads to; without one the path stays as it was typed.
    return path.parent.resolve() / path.name if ".." in path.parts else path


def scheme_of(address: str) -> str:
    """Return the scheme of a URI in lower case; empty for a relative reference and for a path with a drive letter."""
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


def file_uri(path: Path) -> str:
    """Return the `file:` URI of an absolute path."""
    return path.as_uri()


def file_path(uri: str, windows: bool = os.name == "nt") -> str:
    """Return the path that a `file:` URI names, on this system or as `windows` says.

    Raises:
        ValueError: the URI names another host (except as a Windows share), a query, or no path that a file can have.
    """
    parts = urlsplit(uri)
    path = unquote(parts.path, errors="surrogateescape")
    host = "" if parts.netloc.lower() == "localhost" else parts.netloc
    if parts.query:
        raise ValueError("a file: URL has no query (write ? as %3F)")
    if "\0" in path:
        raise ValueError("a path has no NUL character")
    if not windows:
        if host:
            raise ValueError(f"it names a file on another host, '{host}'")
        return path
    drive = _DRIVE.match(path)
    if drive and not host:
        path = f"{drive[1].upper()}:{path[drive.end() :] or '/'}"
    return (f"//{host}" if host else "").replace("/", "\\") + path.replace("/", "\\")


def resolve(base_uri: str, reference: str) -> str:
    """Resolve a URI reference against a base, without its fragment (RFC 3986, section 5).

    Raises:
        ValueError: the result is no absolute URI, or one that cannot be parsed.
    """
    target = without_fragment(resolve_reference(reference.strip(), base_uri))
    urlsplit(target)
    if scheme_of(target):
        return target
    if _DRIVE.match(target):
        raise ValueError("it is a Windows path, not a URL: write file:///C:/folder/file.yaml")
    raise ValueError("it is relative, and nothing says to what")


def is_local(uri: str) -> bool:
    """Tell whether a URI names a file of this machine."""
    return scheme_of(uri) == "file"


def origin(uri: str) -> tuple[str, str]:
    """Return scheme and authority of a URI, in lower case."""
    parts = urlsplit(uri)
    return parts.scheme, parts.netloc.lower()


def shown(uri: str) -> str:
    """Return a URI as it may be shown: without user name and password, and without what secret names carry in it."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return hide_pairs(uri)
    if "@" in parts.netloc:
        uri = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
    return hide_pairs(uri) if parts.query or parts.fragment else uri


def name_of(uri: str) -> str:
    """Return how a person knows the document of this URI: a path below the working folder, a path, or the URL."""
    if not is_local(uri):
        return shown(uri)
    try:
        path = Path(file_path(uri))
        return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)
    except (ValueError, OSError):
        return uri
