"""Which proxy a request goes through: the environment's (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, `NO_PROXY`).

The standard library reads it, with the system's own settings on macOS and Windows. `NO_PROXY` may also name networks
(`10.0.0.0/8`). It is decided here and not in the client library, so that a failure can say which proxy was asked.
"""

from __future__ import annotations

from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit


def proxy_of(url: str) -> str | None:
    """Return the URL of the proxy for requests to this URL, or None where they go straight to their host."""
    from urllib.request import getproxies, proxy_bypass  # brings the machinery of HTTP with it

    split = urlsplit(url)
    proxies = getproxies()
    found = proxies.get(split.scheme) or proxies.get("all")
    if not found or not split.hostname:
        return None
    port = f":{split.port}" if split.port else ""
    if proxy_bypass(f"{split.hostname}{port}") or _is_excepted(split.hostname, proxies.get("no", "")):
        return None
    return found if "://" in found else f"http://{found}"


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
