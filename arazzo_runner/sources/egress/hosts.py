"""Hosts as a caller names them (`api.example.com`, `*.example.com:8443`, `[::1]`), and the host of a URL.

Both are compared in one form: lower case, the ASCII form of an international name, no dot at the end, an address in
its usual form however it was written. A host that has no such form is allowed by no rule.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress.addresses import literal

PORTS: Final = {"http": 80, "https": 443}
_DOTS: Final = str.maketrans("\u3002\uff0e\uff61", "...")
_IN_NO_NAME: Final = frozenset(' \t\r\n/\\?#@%*<>^`{|}[]:"')


@dataclass(frozen=True, slots=True, order=True)
class HostRule:
    """A host that a caller named. `port` is 0 for all ports; `below` allows the names below `host`, not itself.

    The host `*` is every host.
    """

    host: str
    port: int = 0
    below: bool = False

    def covers(self, host: str, port: int) -> bool:
        """Tell whether a host in its usual form, at a port, is meant."""
        if self.port not in (0, port):
            return False
        if self.host == "*":
            return True
        return host.endswith(f".{self.host}") and literal(host) is None if self.below else host == self.host


def read_rules(texts: Iterable[str], flag: str = "--allow-host") -> frozenset[HostRule]:
    """Read hosts, each `HOST`, `HOST:PORT`, `*.HOST` or `*`.

    Raises:
        UsageError: one is none of these, such as a URL.
    """
    return frozenset(_rule(text.strip(), flag) for text in texts)


def _rule(text: str, flag: str) -> HostRule:
    below = text.startswith("*.")
    bare = text[2:] if below else text
    if bare.count(":") > 1 and not bare.startswith("["):
        bare = f"[{bare}]"
    try:
        split = urlsplit(f"//{bare}")
        port = split.port
        whole = split.netloc == bare and not bare.endswith(":")
    except ValueError:
        port, whole = None, False
    name = bare.rpartition(":")[0] if port is not None else bare
    host = "*" if name == "*" and not below else normal_host(name)
    if not whole or not host or port == 0 or (below and literal(host) is not None):
        hint = "write HOST, HOST:PORT or *.HOST, without a scheme: api.example.com, localhost:8080, [::1]:8080"
        raise UsageError(f"{flag} '{text}': that is no host", hint)
    return HostRule(host, port or 0, below)


def normal_host(host: str) -> str:
    """Return a host in the form in which hosts are compared; empty where it has none."""
    bare = unicodedata.normalize("NFKC", host).translate(_DOTS).lower()
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1]
        return (literal(bare) or "") if ":" in bare and "%" not in bare else ""
    if ":" in bare:
        return (literal(bare) or "") if "%" not in bare else ""
    bare = bare.removesuffix(".")
    if not bare or not _IN_NO_NAME.isdisjoint(bare):
        return ""
    if not bare.isascii():
        try:
            bare = bare.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return ""
    return literal(bare) or bare


def place_in(url: str) -> tuple[str, int]:
    """Return the host of a URL in its usual form (empty where it has none that can be compared), and the port."""
    try:
        split = urlsplit(url)
        port = split.port
    except ValueError:
        return "", 0
    netloc = split.netloc.rpartition("@")[2]
    name = netloc.rpartition(":")[0] if port is not None or netloc.endswith(":") else netloc
    return normal_host(name), port if port is not None else PORTS.get(split.scheme, 0)


def named(host: str, port: int, scheme: str = "") -> str:
    """Return a host as a flag names it: with its port, unless that is the scheme's own."""
    shown = f"[{host}]" if ":" in host else host
    return shown if PORTS.get(scheme) == port else f"{shown}:{port}"
