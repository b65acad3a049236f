"""How servers prove who they are: verified by the system's certificates, unless the caller says otherwise by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arazzo_runner.errors import UsageError

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True, slots=True)
class TlsOptions:
    """Whom to trust beyond the system's authorities.

    `insecure_hosts` are hosts whose certificates are not checked, each written `host` (all its ports) or `host:port`.
    `cacert` is a PEM file of authorities to trust too.
    """

    insecure_hosts: frozenset[str] = frozenset()
    cacert: str | None = None


def check_insecure_hosts(hosts: Iterable[str]) -> None:
    """See that each is a host, or a host and a port.

    Raises:
        UsageError: one is neither, such as a URL or a wildcard, and so could never be met.
    """
    for host in hosts:
        if _split(host) is None:
            raise UsageError(f"'{host}' is no host to trust unseen", "write host or host:port, without a scheme")


def is_insecure(options: TlsOptions, host: str, port: int) -> bool:
    """Tell whether the certificate of a host at a port is not to be checked."""
    named = {_split(name) for name in options.insecure_hosts}
    lowered = host.lower()
    return (lowered, None) in named or (lowered, port) in named


def _split(name: str) -> tuple[str, int | None] | None:
    """Split `host`, `host:port`, `::1` or `[::1]:port`; None where it is none of these."""
    text = name.strip()
    if text.count(":") > 1 and not text.startswith("["):
        text = f"[{text}]"
    try:
        split = urlsplit(f"//{text}")
        host, port = split.hostname, split.port
    except ValueError:
        return None
    if not host or split.netloc != text or "@" in text or "*" in text:
        return None
    return host.lower(), port


def context_for(options: TlsOptions) -> ssl.SSLContext | bool:
    """Return what verifies a server; True for the client library's own way, which is the system's.

    Raises:
        UsageError: the file of authorities can't be read or holds none.
    """
    if options.cacert is None:
        return True
    import ssl

    import httpx2

    context = httpx2.create_ssl_context()
    try:
        context.load_verify_locations(cafile=options.cacert)
    except (ssl.SSLError, ValueError) as fault:
        raise _unusable(options.cacert, "it holds no certificate in PEM form") from fault
    except OSError as fault:
        raise _unusable(options.cacert, fault.strerror or str(fault)) from fault
    return context


def _unusable(path: str, reason: str) -> UsageError:
    message = f"the certificates of '{path}' can't be used: {reason}"
    return UsageError(message, "name a PEM file with one or more certificates")
