"""Documents are fetched here and nowhere else: from a file, or over http and https.

The policy, in one place: only these three schemes; nothing larger than `MAX_SOURCE_BYTES`; a document that came over
the network makes us read no local file; and no request for a document carries a credential or a cookie. Proxies of
the environment are used, `.netrc` never. A failure is data (`RetrievalFailure`): whoever asked makes a diagnostic of
it, with the place that named the document.
"""

from __future__ import annotations

import stat
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias
from urllib.parse import urlsplit

from arazzo_runner.sources.location import file_path, is_local, scheme_of, shown

if TYPE_CHECKING:
    import httpx2

MAX_SOURCE_BYTES = 64 * 1024 * 1024
FETCH_TIMEOUT = 30.0
"""Seconds for the whole of one fetch, redirects included."""
MAX_REDIRECTS = 5
SCHEMES = ("file", "http", "https")

ACCEPT = "application/yaml, application/json, application/openapi+json, application/openapi+yaml, text/yaml, */*;q=0.5"


@dataclass(frozen=True, slots=True)
class Retrieved:
    """The bytes of a document. `uri` is where they came from in the end, redirects followed."""

    content: bytes
    uri: str
    content_type: str = ""


@dataclass(frozen=True, slots=True)
class RetrievalFailure:
    """Why a document could not be had. `reason` is a clause ("there is no such file"), `help` what to do."""

    uri: str
    reason: str
    help: str = ""


Retrieval: TypeAlias = Retrieved | RetrievalFailure


class Retrieve(Protocol):
    """Fetches the document of an absolute URI. A caller may put its own in the place of `retrieve`."""

    def __call__(self, uri: str, /) -> Retrieval:
        """Return the document, or why it could not be had; raises nothing."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What a document may make us read. `allow_files` is false for a document that came over the network."""

    allow_files: bool

    @classmethod
    def of(cls, referrer: str) -> Policy:
        """Return the policy for what the document at the URI `referrer` refers to."""
        return cls(allow_files=is_local(referrer))

    def refusal(self, uri: str) -> RetrievalFailure | None:
        """Return why `uri` must not be read, or None where it may."""
        if scheme_of(uri) not in SCHEMES:
            return RetrievalFailure(shown(uri), f"'{scheme_of(uri)}' is not one of the schemes {', '.join(SCHEMES)}")
        if is_local(uri) and not self.allow_files:
            return RetrievalFailure(shown(uri), "a document from the network may not read a local file")
        return None


def retrieve(uri: str) -> Retrieval:
    """Fetch the document at an absolute `file:`, `http:` or `https:` URI."""
    match scheme_of(uri):
        case "file":
            return no_web_page(read_file(uri))
        case "http" | "https":
            return no_web_page(fetch(uri))
        case other:
            return RetrievalFailure(shown(uri), f"'{other}' is not one of the schemes {', '.join(SCHEMES)}")


def read_file(uri: str) -> Retrieval:
    """Read the file of a `file:` URI. Folders and devices are refused."""
    try:
        path = Path(file_path(uri))
        mode = path.stat().st_mode
        if stat.S_ISDIR(mode):
            return RetrievalFailure(uri, "it is a folder, not a file")
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode)):
            return RetrievalFailure(uri, "it is not a regular file")
        with path.open("rb") as file:
            content = file.read(MAX_SOURCE_BYTES + 1)
    except FileNotFoundError:
        return RetrievalFailure(uri, "there is no such file")
    except PermissionError:
        return RetrievalFailure(uri, "it may not be read (permission denied)")
    except OSError as problem:
        return RetrievalFailure(uri, (problem.strerror or str(problem)).lower())
    except ValueError as problem:
        return RetrievalFailure(uri, str(problem))
    return _too_large(uri) if len(content) > MAX_SOURCE_BYTES else Retrieved(content, uri)


def fetch(uri: str, transport: httpx2.BaseTransport | None = None) -> Retrieval:
    """Fetch a document over http or https, without credentials or cookies.

    `transport` takes the place of the network. At most `MAX_SOURCE_BYTES` after decompression, `FETCH_TIMEOUT`
    seconds, `MAX_REDIRECTS` redirects.
    """
    import httpx2

    try:
        if urlsplit(uri).username is not None:
            return RetrievalFailure(shown(uri), "its URL holds a user name or password: none is sent for a document")
        return _stream(uri, transport)
    except httpx2.TimeoutException:
        return RetrievalFailure(uri, f"the server did not answer within {FETCH_TIMEOUT:g} seconds")
    except httpx2.TooManyRedirects:
        return RetrievalFailure(uri, f"it redirects more than {MAX_REDIRECTS} times")
    except httpx2.ConnectError as problem:
        return RetrievalFailure(uri, f"no connection to {urlsplit(uri).netloc}: {problem}")
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as problem:
        return RetrievalFailure(uri, str(problem) or type(problem).__name__)


def _stream(uri: str, transport: httpx2.BaseTransport | None) -> Retrieval:
    from http.cookiejar import DefaultCookiePolicy

    import httpx2

    begun = time.monotonic()
    client = httpx2.Client(
        transport=transport, timeout=FETCH_TIMEOUT, follow_redirects=True, max_redirects=MAX_REDIRECTS, auth=None
    )
    client.cookies.jar.set_policy(DefaultCookiePolicy(allowed_domains=()))
    chunks: list[bytes] = []
    size = 0
    with client, client.stream("GET", uri, headers={"Accept": ACCEPT}) as response:
        if not response.is_success:
            return _refused(uri, response)
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_SOURCE_BYTES:
                return _too_large(uri)
            if time.monotonic() - begun > FETCH_TIMEOUT:
                return RetrievalFailure(uri, f"it did not arrive within {FETCH_TIMEOUT:g} seconds")
        return Retrieved(b"".join(chunks), str(response.url), response.headers.get("Content-Type", ""))


def _refused(uri: str, response: httpx2.Response) -> RetrievalFailure:
    reason = f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
    if response.status_code in (401, 403):
        return RetrievalFailure(uri, reason, "no credential is sent for a document: download it first")
    return RetrievalFailure(uri, reason)


def _too_large(uri: str) -> RetrievalFailure:
    return RetrievalFailure(shown(uri), f"it is larger than {MAX_SOURCE_BYTES // (1024 * 1024)} MiB")


def no_web_page(found: Retrieval) -> Retrieval:
    """Turn HTML into a failure: it is a login or an error page, or the page about a description."""
    if isinstance(found, RetrievalFailure) or not _is_web_page(found):
        return found
    return RetrievalFailure(found.uri, "it is a web page (HTML), not a description", "name the raw YAML or JSON file")


def _is_web_page(retrieved: Retrieved) -> bool:
    start = retrieved.content[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start.startswith(b"<"):
        return False
    return "html" in retrieved.content_type.lower() or start.startswith((b"<!doctype html", b"<html"))
