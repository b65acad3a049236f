"""Whether the hosts of URLs have addresses, asked of the system."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit


def has_address(url: str) -> bool:
    """Tell whether the host of a URL has an address that this machine can find; no connection is opened to it."""
    split = urlsplit(url)
    try:
        return bool(socket.getaddrinfo(split.hostname, split.port or 443, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError):
        return False
