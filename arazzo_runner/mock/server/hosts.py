"""Which names a server on loopback answers to: those of loopback alone.

A page of any site can make a browser look up its own name at this machine (DNS rebinding), and would then read the
answers as its own. The name that it used stands in the Host header, so another name than those of loopback is refused.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit


def is_loopback(host: str) -> bool:
    """Tell whether a name or address, without port and brackets, is one of this machine alone."""
    name = host.rstrip(".").lower()
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def host_of(authority: str) -> str:
    """Return the host of ``host:port``, without brackets; empty where there is none, or it is none."""
    try:
        return urlsplit(f"//{authority.strip()}").hostname or ""
    except ValueError:
        return ""


def answers_to(authority: str | None) -> bool:
    """Tell whether a request with that Host header may be answered on loopback; HTTP/1.0 has none."""
    return authority is None or is_loopback(host_of(authority))
