"""Which proxy a request goes through: the caller's, else the environment's (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`).

Hosts that the caller excepts, else those of `NO_PROXY`, are reached straight. The standard library reads the
environment, with the system's own settings on macOS and Windows. Exceptions may also name networks (`10.0.0.0/8`). It
is decided here and not in the client library, so that a failure can say which proxy was asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from ipaddress import ip_address, ip_network
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.errors import UsageError

SCHEMES: Final = ("http", "https", "socks5", "socks5h")
_SCHEME: Final = re.compile(r"([A-Za-z][A-Za-z0-9+.-]{0,19})://")


@dataclass(frozen=True, slots=True)
class ProxyOptions:
    """What the caller says of proxies.

    `url` is the one for all requests, "" for none, None for the environment's; `excepted` are hosts, separated by
    commas, that are reached without one (None: those of `NO_PROXY`).
    """

    url: str | None = field(default=None, repr=False)
    excepted: str | None = None


def check_proxy(url: str | None) -> None:
    """See that a proxy that the caller names can be one.

    Raises:
        UsageError: it can't; nothing of the URL is shown, since it may hold a password.
    """
    if not url:
        return
    scheme = _SCHEME.match(url)
    if scheme is not None and scheme[1].lower() not in SCHEMES:
        raise UsageError(f"a proxy can't have the scheme '{scheme[1]}'", f"its scheme may be {', '.join(SCHEMES)}")
    try:
        split = urlsplit(_whole(url))
        usable = split.scheme in SCHEMES and bool(split.hostname) and split.port != 0
    except ValueError:
        usable = False
    if not usable:
        message = "the proxy that was given has no URL that one could have"
        raise UsageError(message, f"write http://host:port; its scheme may be {', '.join(SCHEMES)}")


def proxy_of(url: str, options: ProxyOptions | None = None) -> str | None:
    """Return the URL of the proxy for requests to this URL, or None where they go straight to their host."""
    from urllib import request  # brings the machinery of HTTP with it

    options = options or ProxyOptions()
    split = urlsplit(url)
    proxies = request.getproxies()
    found = options.url if options.url is not None else proxies.get(split.scheme) or proxies.get("all")
    if not found or not split.hostname:
        return None
    host = f"{split.hostname}:{split.port}" if split.port else split.hostname
    if options.excepted is None:
        is_excepted, excepted = bool(request.proxy_bypass(host)), proxies.get("no", "")
    else:
        excepted = options.excepted
        is_excepted = request.proxy_bypass_environment(host, {"no": excepted})  # type: ignore[attr-defined]  # typeshed leaves it out
    return None if is_excepted or _is_excepted(split.hostname, excepted) else _whole(found)


def _whole(proxy: str) -> str:
    return proxy if "://" in proxy else f"http://{proxy}"


def _is_excepted(host: str, excepted: str) -> bool:
    """Tell whether an address is one of, or lies in one of the networks of, a `NO_PROXY`."""
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(_covers(entry.strip().strip("[]"), address) for entry in excepted.split(","))


def _covers(entry: str, address: object) -> bool:
    try:
        return address in ip_network(entry, strict=False)
    except (ValueError, TypeError):
        return False
