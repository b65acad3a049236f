"""Documents over http and https.

No request for a document carries a credential or a cookie: none of ours, none of its URL, none of a file on this
machine (`.netrc`). Proxies of the environment are used, but not where addresses are to be judged (`Egress`): a proxy
looks names up itself. Redirects are followed here and not by the client library, so that each place is judged before it
is asked: http and https only, never from https back to http, and only where the caller allows.

A server that drips uses up no limit of a single read. So the whole of a fetch has one limit, kept by whoever waits for
it: looking up a name and opening a connection count too.
"""

from __future__ import annotations

import threading
from time import monotonic
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

from arazzo_runner._version import USER_AGENT
from arazzo_runner.sources.egress import OPEN, Egress, Refused
from arazzo_runner.sources.egress.connecting import AddressRefused, guard
from arazzo_runner.sources.egress.hosts import PORTS
from arazzo_runner.sources.egress.policy import DENY_PRIVATE
from arazzo_runner.sources.location import scheme_of, shown
from arazzo_runner.sources.retrieval import MAX_SOURCE_BYTES, Retrieval, RetrievalFailure, Retrieved, too_large

if TYPE_CHECKING:
    import httpx2

FETCH_TIMEOUT: Final = 30.0
"""Seconds for the whole of one fetch, redirects included."""

MAX_REDIRECTS: Final = 5
"""How many redirects of one document are followed."""

ACCEPT: Final = (
    "application/yaml, application/json, application/openapi+json, application/openapi+yaml, text/yaml, */*;q=0.5"
)
_REDIRECTS: Final = (301, 302, 303, 307, 308)
_VALIDATORS: Final = ("etag", "last-modified")


def fetch(
    uri: str, known: Retrieved | None = None, transport: httpx2.BaseTransport | None = None, egress: Egress = OPEN
) -> Retrieval:
    """Fetch a document, within `FETCH_TIMEOUT` seconds, `MAX_REDIRECTS` redirects and `MAX_SOURCE_BYTES`.

    `egress` says which hosts and addresses may be asked, redirects included.

    `known` is what an earlier fetch brought: where the server says that this is still so, it is returned, the same
    object. `transport` takes the place of the network.
    """
    if urlsplit(uri).username is not None:
        return RetrievalFailure(shown(uri), "its URL holds a user name or password: none is sent for a document")
    ends = monotonic() + FETCH_TIMEOUT
    found: list[Retrieval] = []
    crash: list[BaseException] = []

    def work() -> None:
        try:
            found.append(_fetched(uri, known, transport, ends, egress))
        except BaseException as fault:  # it belongs to the thread that waits
            crash.append(fault)

    worker = threading.Thread(target=work, name="fetch", daemon=True)
    worker.start()
    worker.join(FETCH_TIMEOUT)
    if crash:
        raise crash[0]
    return found[0] if found else _too_late(uri)


def _fetched(
    uri: str, known: Retrieved | None, transport: httpx2.BaseTransport | None, ends: float, egress: Egress
) -> Retrieval:
    import httpx2

    at = uri
    try:
        with _client(transport, egress) as client:
            for _ in range(MAX_REDIRECTS + 1):
                client.cookies.clear()
                refused = _not_allowed(at, egress)
                if refused is not None:
                    return _of_egress(uri, at, refused)
                found = _asked(client, at, known, ends)
                if isinstance(found, Retrieved | RetrievalFailure):
                    return found
                refusal = _refusal(at, found)
                if refusal:
                    return RetrievalFailure(shown(uri), refusal)
                at = found
            return RetrievalFailure(shown(uri), f"it redirects more than {MAX_REDIRECTS} times")
    except AddressRefused as fault:
        return _of_egress(uri, at, fault.refused)
    except (httpx2.TimeoutException, TimeoutError):
        return _too_late(uri)
    except httpx2.ConnectError as problem:
        return RetrievalFailure(shown(uri), f"no connection to {urlsplit(shown(at)).netloc}: {problem}")
    except OSError as problem:
        return RetrievalFailure(shown(uri), f"no connection to {urlsplit(shown(at)).netloc}: {problem}")
    except (httpx2.HTTPError, httpx2.InvalidURL, ValueError) as problem:
        return RetrievalFailure(shown(uri), str(problem) or type(problem).__name__)


def _client(transport: httpx2.BaseTransport | None, egress: Egress) -> httpx2.Client:
    """Return a client that follows nothing by itself; where addresses are to be judged, one that judges them."""
    import httpx2

    if transport is not None or not egress.deny_private:
        return httpx2.Client(transport=transport, follow_redirects=False, auth=None)
    own = httpx2.HTTPTransport()
    guard(own, egress)
    return httpx2.Client(transport=own, follow_redirects=False, auth=None, trust_env=False)


def _not_allowed(at: str, egress: Egress) -> Refused | None:
    """Return why a place is not asked: by its URL, as we and as the client library read it, or for its proxy."""
    import httpx2

    refused = egress.refusal(at)
    if refused is not None or egress == OPEN:
        return refused
    url = httpx2.URL(at)
    host, port = url.raw_host.decode("ascii", "replace"), url.port or PORTS.get(url.scheme, 0)
    refused = egress.refusal_at(host, port)
    if refused is None and egress.checks(host, port) and _has_proxy(url.scheme, host):
        reason = "the proxy of the environment looks names up itself, so its address can't be judged"
        return Refused(DENY_PRIVATE, reason, "unset the proxy's variable, or download the document")
    return refused


def _has_proxy(scheme: str, host: str) -> bool:
    from urllib import request

    proxies = request.getproxies()
    return bool(proxies.get(scheme) or proxies.get("all")) and not request.proxy_bypass(host)


def _of_egress(uri: str, at: str, refused: Refused) -> RetrievalFailure:
    """Return the failure of a document that the caller's policy does not let be fetched."""
    way = "" if at == uri else f"it redirects to {shown(at)}, and "
    return RetrievalFailure(shown(uri), f"{way}{refused.reason}", refused.help)


def _asked(client: httpx2.Client, uri: str, known: Retrieved | None, ends: float) -> Retrieval | str:
    """Ask one place: return the document, why there is none, or where it redirects to."""
    conditions = _conditions(known) if known and known.uri == uri else {}
    headers = {"Accept": ACCEPT, "User-Agent": USER_AGENT, **conditions}
    chunks: list[bytes] = []
    size = 0
    with client.stream("GET", uri, headers=headers, timeout=max(ends - monotonic(), 0.001), auth=None) as response:
        if response.status_code == 304 and known is not None and known.uri == uri:
            return known
        if response.status_code in _REDIRECTS and "Location" in response.headers:
            return urljoin(uri, response.headers["Location"])
        if not response.is_success:
            return _refused(uri, response)
        for chunk in response.iter_bytes():
            chunks.append(chunk)
            size += len(chunk)
            if size > MAX_SOURCE_BYTES:
                return too_large(uri)
            if monotonic() > ends:
                return _too_late(uri)
        kind = response.headers.get("Content-Type", "")
        return Retrieved(b"".join(chunks), str(response.url), kind, _validators(response))


def _refusal(at: str, target: str) -> str:
    """Return why a redirect is not followed, as a clause; empty where it is."""
    scheme = scheme_of(target)
    if scheme not in ("http", "https"):
        return f"it redirects to {shown(target)}, and a redirect may lead to http and https alone"
    if scheme_of(at) == "https" and scheme == "http":
        return f"it redirects from https to {shown(target)}, where anybody on the way could change it"
    if urlsplit(target).username is not None:
        return "it redirects to a URL with a user name or password: none is sent for a document"
    return ""


def _conditions(known: Retrieved) -> dict[str, str]:
    names = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
    return {names[name]: value for name, value in known.validators or () if name in names}


def _validators(response: httpx2.Response) -> tuple[tuple[str, str], ...] | None:
    """Return what tells later whether the answer still holds; None where its server forbids to keep it."""
    if response.status_code != 200 or "no-store" in response.headers.get("Cache-Control", "").lower():
        return None
    return tuple((name, response.headers[name]) for name in _VALIDATORS if name in response.headers)


def _refused(uri: str, response: httpx2.Response) -> RetrievalFailure:
    reason = f"the server answered {response.status_code} {response.reason_phrase}".rstrip()
    if response.status_code in (401, 403):
        return RetrievalFailure(shown(uri), reason, "no credential is sent for a document: download it first")
    return RetrievalFailure(shown(uri), reason)


def _too_late(uri: str) -> RetrievalFailure:
    return RetrievalFailure(shown(uri), f"it did not arrive within {FETCH_TIMEOUT:g} seconds")
