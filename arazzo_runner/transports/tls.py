"""How servers prove who they are: verified by the system's certificates, unless the caller says otherwise by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from arazzo_runner.errors import UsageError

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True, slots=True)
class ClientCertificate:
    """The certificate that says who we are: `file` and `key` in PEM form (the key may stand in the file too).

    It is shown to `hosts` alone, each `host` (all its ports) or `host:port`. `password` opens the key.
    """

    file: str
    key: str | None = None
    password: str = field(default="", repr=False)
    hosts: frozenset[str] = frozenset()

    @classmethod
    def of(cls, text: str, password: str = "", hosts: frozenset[str] = frozenset()) -> ClientCertificate:
        """Read ``FILE`` or ``FILE:KEY``; a colon that belongs to the name of a file is no division."""
        file, colon, key = text.rpartition(":")
        if not colon or not file or Path(text).is_file():
            return cls(text, None, password, hosts)
        return cls(file, key, password, hosts)


@dataclass(frozen=True, slots=True)
class TlsOptions:
    """Whom to trust beyond the system's authorities.

    `insecure_hosts` are hosts whose certificates are not checked, each written `host` (all its ports) or `host:port`.
    `cacert` is a PEM file of authorities to trust too, `client` the certificate for servers that ask for one.
    """

    insecure_hosts: frozenset[str] = frozenset()
    cacert: str | None = None
    client: ClientCertificate | None = None


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


def is_shown(options: TlsOptions, host: str, port: int) -> bool:
    """Tell whether a host at a port may see the certificate of the client."""
    named = {_split(name) for name in options.client.hosts} if options.client else set()
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


def certified(options: TlsOptions, *, verified: bool) -> ssl.SSLContext:
    """Return what shows the certificate of the client, and verifies the server or not.

    Raises:
        UsageError: the certificate or its key can't be read, or they do not belong together.
    """
    import ssl

    import httpx2

    client = options.client
    if client is None:
        raise AssertionError("there is no certificate to show")
    found = context_for(options)
    context = found if verified and isinstance(found, ssl.SSLContext) else httpx2.create_ssl_context(verify=verified)
    for path in (client.file, client.key):
        if path is not None and not Path(path).is_file():
            raise _unfit(path, "there is no such file")
    try:
        context.load_cert_chain(client.file, client.key, lambda: client.password)
    except ssl.SSLError as fault:
        raise _unfit(client.file, _reason(fault, client)) from fault
    except (OSError, ValueError) as fault:
        raise _unfit(client.file, getattr(fault, "strerror", None) or "it can't be read") from fault
    return context


def _reason(fault: ssl.SSLError, client: ClientCertificate) -> str:
    if fault.reason == "KEY_VALUES_MISMATCH":
        return "the key does not belong to it"
    if fault.reason in ("BAD_DECRYPT", "BAD_PASSWORD_READ", "EMPTY_PASSWORD"):
        return "the password does not open its key (ARAZZO_CLIENT_CERT_PASSWORD)"
    return "no certificate with its key in PEM form is there, or the password does not open the key"


def _unfit(path: str, reason: str) -> UsageError:
    message = f"the certificate of the client, '{path}', can't be used: {reason}"
    return UsageError(message, "write --client-cert FILE:KEY, both in PEM form, or FILE where it holds the key too")


def _unusable(path: str, reason: str) -> UsageError:
    message = f"the certificates of '{path}' can't be used: {reason}"
    return UsageError(message, "name a PEM file with one or more certificates")
