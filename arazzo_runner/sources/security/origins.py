"""Where something secret may go: which hosts a caller named, and which URLs are fit for it at all."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from typing import Final
from urllib.parse import urlsplit

PORTS: Final = {"http": 80, "https": 443}


def normal_hosts(hosts: Collection[str]) -> frozenset[str]:
    """Return hosts as they are compared: in lower case, without spaces around them."""
    return frozenset(host.strip().lower() for host in hosts)


def spellings(url: str) -> frozenset[str]:
    """Return how a caller may write the host of a URL: alone, or with its port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return frozenset({host, shown, f"{shown}:{parts.port or PORTS.get(parts.scheme, 0)}"})


def is_named(url: str, hosts: Collection[str]) -> bool:
    """Tell whether the caller named the host of a URL."""
    return bool(spellings(url) & normal_hosts(hosts))


def origin_of(url: str) -> tuple[str, str, int]:
    """Return the origin of a URL (RFC 6454): scheme, host, port."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname or "", parts.port or PORTS.get(parts.scheme, 0)


def authority(url: str) -> str:
    """Return host and port of a URL as a flag names them, without user information."""
    return urlsplit(url).netloc.rpartition("@")[2]


def unfit(url: str, hosts: Collection[str]) -> str:
    """Return why no secret can go to a URL, or nothing.

    Tokens are asked for over TLS (RFC 6749, section 3.2); what does not leave this machine may do without, and so may
    a host that the caller named.
    """
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return "it is no URL"
    if parts.scheme not in PORTS or not parts.hostname:
        return "it is no URL of http or https"
    if "@" in parts.netloc:
        return "it has user information"
    if parts.scheme == "http" and not is_loopback(parts.hostname) and not is_named(url, hosts):
        return f"it is not encrypted (http); where that is right: --auth-host {authority(url)}"
    return ""


def is_loopback(host: str) -> bool:
    """Tell whether a host is this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
