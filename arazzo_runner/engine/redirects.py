"""Where a redirect leads, and what goes along (RFC 9110, section 15.4). It is off unless the caller asks for it.

Policy. 303 makes a GET of everything but HEAD, 301 and 302 of POST; 307 and 308 repeat the request as it was. To
another origin (scheme, host or port) nothing secret goes along: no Authorization, no cookie, no header or query
parameter that a credential put in, that an apiKey scheme of the description names (whoever put it in), whose name says
that it is a secret, or whose value is known to be one. What can't be taken out (a secret in a body or in a path) keeps
the redirect from being followed. From https to http only a host is followed to whose certificate the caller trusts
unseen anyway.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import SplitResult, unquote_plus, urljoin, urlsplit

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.limits import MAX_LOCATION_LENGTH
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.redact import Redactor, is_secret_name
from arazzo_runner.sources.openapi.percent import literal_path, whole_query
from arazzo_runner.sources.servers import ServerUrl

_STATUSES: Final = frozenset((301, 302, 303, 307, 308))
_SECRET_HEADERS: Final = frozenset(("authorization", "proxy-authorization", "cookie"))
_OF_BODIES: Final = ("content-", "digest", "repr-digest")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_IN_NO_HOST: Final = re.compile(r"[\x00-\x20\x7f\\<>\"^`{|}%@]")


@dataclass(frozen=True, slots=True)
class Hop:
    """The request that a redirect leads to; `remarks` tell what was left behind."""

    request: Request
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotFollowed:
    """Why a redirect is not followed, in a clause for a person."""

    reason: str


def is_redirect(response: Response) -> bool:
    """Tell whether an answer sends its request elsewhere; one without a Location is an answer like any other."""
    return response.status in _STATUSES and bool((response.header("location") or "").strip())


def follow(request: Request, response: Response, redactor: Redactor, trusted: frozenset[str]) -> Hop | NotFollowed:
    """Return the request that comes after a redirect.

    `redactor` knows the secrets of the run. `trusted` are hosts (`host` or `host:port`) that may be followed to from
    https to http.
    """
    target = _target(request.url, response)
    if isinstance(target, NotFollowed):
        return target
    if urlsplit(request.url).scheme == "https" and urlsplit(target).scheme == "http" and not _names(target) & trusted:
        return NotFollowed(f"it leads from https to http, at {ServerUrl(target).origin}")
    repeated = _repeated(request, response.status)
    if ServerUrl(request.url).origin == ServerUrl(target).origin:
        return Hop(replace(repeated, url=target, segments=frozenset()))
    return _elsewhere(repeated, target, redactor.unrevealing())


def _target(url: str, response: Response) -> str | NotFollowed:
    """Resolve the Location against the URL that was asked, and write it as a request needs it."""
    given = {value.strip() for name, value in response.headers if name.lower() == "location"}
    location = given.pop()
    if given:
        return NotFollowed("its answer has several Locations")
    if len(location) > MAX_LOCATION_LENGTH:
        return NotFollowed(f"its Location has more than {MAX_LOCATION_LENGTH:,} characters (max_location_length)")
    if _CONTROL.search(location):
        return NotFollowed("its Location has characters that no URL has")
    try:
        split = urlsplit(urljoin(url, location))
        split.port  # noqa: B018 -- raises where the port is no number
    except ValueError:
        return NotFollowed("its Location is no URL")
    return _checked(split)


def _checked(split: SplitResult) -> str | NotFollowed:
    if split.scheme not in ("http", "https"):
        return NotFollowed("its Location is neither http nor https")
    if not split.hostname or _IN_NO_HOST.search(split.netloc):
        return NotFollowed("its Location has no host, user information, or characters that no host has")
    query = whole_query(split.query)
    return f"{split.scheme}://{split.netloc}{literal_path(split.path) or '/'}" + (f"?{query}" if query else "")


def _names(url: str) -> set[str]:
    """Return how a caller may write the host of a URL: alone, or with its port."""
    split = urlsplit(url)
    host = (split.hostname or "").lower()
    shown = f"[{host}]" if ":" in host else host
    return {host, shown, f"{shown}:{split.port or {'http': 80, 'https': 443}[split.scheme]}"}


def _repeated(request: Request, status: int) -> Request:
    """Return the request with the method and the body that the status asks for."""
    becomes_get = (status == 303 and request.method != "HEAD") or (status in (301, 302) and request.method == "POST")
    if not becomes_get:
        return request
    headers = tuple(one for one in request.headers if not one[0].lower().startswith(_OF_BODIES))
    return replace(request, method="GET", headers=headers, body=None)


def _elsewhere(request: Request, target: str, redactor: Redactor) -> Hop | NotFollowed:
    """Return the request to another origin, without its secrets."""
    kept = tuple(header for header in request.headers if not _is_secret(header, request, redactor))
    left = {name for name, _ in request.headers} - {name for name, _ in kept}
    url, dropped = _without_secrets(target, request, redactor)
    where = ServerUrl(target).origin
    if redactor.holds_secret(url):
        return NotFollowed(f"it leads to another origin, {where}, and its address carries a secret")
    if request.body is not None and redactor.body(request.body) != request.body:
        return NotFollowed(f"it leads to another origin, {where}, and the body holds a secret")
    remarks = [f"the redirect to another origin, {where}, goes without the header '{name}'" for name in sorted(left)]
    remarks += [f"the redirect to another origin, {where}, goes without '{name}' in its query" for name in dropped]
    moved = replace(request, url=url, headers=kept, login=None, segments=frozenset())
    return Hop(moved, tuple(remarks))


def _is_secret(header: tuple[str, str], request: Request, redactor: Redactor) -> bool:
    name, value = header
    lowered = name.lower()
    by_name = lowered in _SECRET_HEADERS or lowered in request.credentials or is_secret_name(name)
    return by_name or redactor.is_secret(value)


def _without_secrets(target: str, request: Request, redactor: Redactor) -> tuple[str, list[str]]:
    """Return the URL without what it carries of ours in its query, and the names of that.

    What the server put there itself (the signature of a link) stays, though its name may say that it is a secret.
    """
    head, mark, query = target.partition("?")
    ours = {_decoded(piece) for piece in request.url.partition("?")[2].split("&")}
    dropped = [piece for piece in query.split("&") if _is_ours(piece, _decoded(piece) in ours, request, redactor)]
    if not dropped:
        return target, []
    kept = "&".join(piece for piece in query.split("&") if piece not in dropped)
    return head + (mark + kept if kept else ""), list(dict.fromkeys(_shown(dropped)))


def _shown(pieces: list[str]) -> Iterator[str]:
    return (_decoded(piece)[0] for piece in pieces)


def _decoded(piece: str) -> tuple[str, str]:
    """Return name and value of a piece of a query: a server may encode them in its own way."""
    name, _, value = piece.partition("=")
    return unquote_plus(name), unquote_plus(value)


def _is_ours(piece: str, was_sent: bool, request: Request, redactor: Redactor) -> bool:
    name, value = _decoded(piece)
    named = name in {unquote_plus(known) for known in request.credentials}
    if was_sent and (named or is_secret_name(name) or redactor.is_secret(value)):
        return True
    return redactor.holds_secret(value) or redactor.holds_secret(piece.partition("=")[2])
