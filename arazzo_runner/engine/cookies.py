"""The cookies of one run (RFC 6265), if the caller asks for them: state of the engine, never kept from run to run.

What an answer sets is sent along to the hosts, paths and schemes that it is for, until it expires by the clock of the
outcomes. A cookie that the document or a credential sets itself wins over a kept one of its name. A Domain counts if
it is the host itself or a parent of it with a dot inside; there is no list of public suffixes here, so a Domain of
`co.uk` is believed. A cookie marked Secure is set and sent over https alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeAlias
from urllib.parse import urlsplit

from arazzo_runner.engine.cookie_dates import seconds_of
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.limits import MAX_COOKIE_LENGTH, MAX_COOKIES, MAX_COOKIES_OF_A_DOMAIN

_LONGEST_ATTRIBUTE: Final = 1024
_CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_AGE: Final = re.compile(r"-?[0-9]+", re.ASCII)
_OLDEST: Final = 400 * 24 * 60 * 60.0


@dataclass(frozen=True, slots=True)
class Cookie:
    """One cookie. `expires` is in seconds since the Unix epoch, None at the end of the run."""

    name: str
    value: str
    domain: str
    host_only: bool
    path: str
    secure: bool
    expires: float | None

    def fits(self, place: Place, now: float) -> bool:
        """Tell whether a request to a place takes the cookie along (RFC 6265, section 5.4)."""
        if (self.secure and not place.secure) or (self.expires is not None and self.expires <= now):
            return False
        return _path_matches(place.path, self.path) and (not self.host_only or place.host == self.domain)


@dataclass(frozen=True, slots=True)
class Place:
    """What of a URL counts for cookies."""

    host: str
    path: str
    secure: bool


_Key: TypeAlias = tuple[str, str]


class CookieJar:
    """The cookies of a run; the oldest go where there are too many."""

    def __init__(self) -> None:
        self._domains: dict[str, dict[_Key, Cookie]] = {}
        self._count = 0

    def keep(self, url: str, headers: tuple[tuple[str, str], ...], now: float) -> None:
        """Take in what an answer of this URL sets; `now` is in seconds since the Unix epoch."""
        place = _place(url)
        for name, text in headers:
            if name.lower() == "set-cookie":
                cookie = read_cookie(text, place, now)
                if cookie is not None:
                    self._put(cookie, place, now)

    def added_to(self, request: Request, now: float) -> Request:
        """Return the request with the cookies that it takes along, behind those that it has."""
        written = [value for name, value in request.headers if name.lower() == "cookie"]
        own = {pair.partition("=")[0].strip() for value in written for pair in value.split(";")}
        kept = [f"{one.name}={one.value}" for one in self._fitting(_place(request.url), now) if one.name not in own]
        if not kept:
            return request
        others = tuple(header for header in request.headers if header[0].lower() != "cookie")
        return replace(request, headers=(*others, ("Cookie", "; ".join((*written, *kept)))))

    def _fitting(self, place: Place, now: float) -> list[Cookie]:
        """Return the cookies for a place: longer paths first, then in the order in which they were set."""
        found = [cookie for name in _parents(place.host) for cookie in self._domains.get(name, {}).values()]
        return sorted((one for one in found if one.fits(place, now)), key=lambda one: -len(one.path))

    def _put(self, cookie: Cookie, place: Place, now: float) -> None:
        held = self._domains.setdefault(cookie.domain, {})
        key = (cookie.path, cookie.name)
        before = held.get(key)
        if before is not None and before.secure and not place.secure:
            return
        if cookie.expires is not None and cookie.expires <= now:
            self._count -= held.pop(key, None) is not None
            return
        self._count += before is None
        held[key] = cookie
        if len(held) > MAX_COOKIES_OF_A_DOMAIN:
            self._drop_oldest(held, now)
        if self._count > MAX_COOKIES:
            self._drop_oldest(next(each for each in self._domains.values() if each), now)

    def _drop_oldest(self, held: dict[_Key, Cookie], now: float) -> None:
        old = (key for key, cookie in held.items() if cookie.expires is not None and cookie.expires <= now)
        del held[next(old, None) or next(iter(held))]
        self._count -= 1


def read_cookie(text: str, place: Place, now: float) -> Cookie | None:
    """Read a `Set-Cookie` of an answer from a place (RFC 6265, sections 5.2 and 5.3); None where it sets nothing."""
    if _CONTROL.search(text):
        return None
    pair, *rest = text.split(";")
    name, equals, value = (part.strip(" \t") for part in pair.partition("="))
    if not equals or not name or len(name) + len(value) > MAX_COOKIE_LENGTH:
        return None
    attributes = dict(_attributes(rest))
    domain = _domain(attributes.get("domain", ""), place.host)
    secure, path = "secure" in attributes, attributes.get("path", "")
    if domain is None or (secure and not place.secure) or not _prefix_holds(name, attributes, secure):
        return None
    if not path.startswith("/"):
        path = _default_path(place.path)
    return Cookie(name, value, domain[0], domain[1], path, secure, _expiry(attributes, now))


def _attributes(parts: list[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        name, _, value = (piece.strip(" \t") for piece in part.partition("="))
        if len(value) <= _LONGEST_ATTRIBUTE:
            yield name.lower(), value


def _prefix_holds(name: str, attributes: Mapping[str, str], secure: bool) -> bool:
    """Tell whether a cookie is what the prefix of its name promises."""
    lowered = name.lower()
    if lowered.startswith("__host-"):
        return secure and attributes.get("path") == "/" and not attributes.get("domain")
    return secure or not lowered.startswith("__secure-")


def _domain(written: str, host: str) -> tuple[str, bool] | None:
    """Return the domain of a cookie and whether it is for that host alone; None where the host may not set it."""
    domain = written.removeprefix(".").lower()
    if not domain:
        return host, True
    if domain == host:
        return host, "." not in domain or _is_address(host)
    if "." not in domain.strip(".") or _is_address(host) or not host.endswith(f".{domain}"):
        return None
    return domain, False


def _is_address(host: str) -> bool:
    from ipaddress import ip_address  # only a run that keeps cookies needs it

    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _expiry(attributes: Mapping[str, str], now: float) -> float | None:
    age = attributes.get("max-age", "")
    if _AGE.fullmatch(age):
        return now + min(float(age), _OLDEST) if not age.startswith("-") else now
    return seconds_of(attributes.get("expires", ""))


def _place(url: str) -> Place:
    split = urlsplit(url)
    return Place((split.hostname or "").lower(), split.path or "/", split.scheme == "https")


def _parents(host: str) -> Iterator[str]:
    """Yield a host and the domains above it."""
    yield host
    if not _is_address(host):
        labels = host.split(".")
        yield from (".".join(labels[start:]) for start in range(1, len(labels)))


def _default_path(path: str) -> str:
    """Return the folder of a path (RFC 6265, section 5.1.4)."""
    return path[: path.rfind("/")] or "/" if path.startswith("/") else "/"


def _path_matches(path: str, wanted: str) -> bool:
    if path == wanted:
        return True
    return path.startswith(wanted) and (wanted.endswith("/") or path[len(wanted)] == "/")
