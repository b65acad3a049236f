"""How servers prove who they are: verified by the system's certificates, unless the caller says otherwise by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from arazzo_runner.errors import UsageError

if TYPE_CHECKING:
    import ssl


@dataclass(frozen=True, slots=True)
class TlsOptions:
    """`insecure_hosts`: hosts whose certificates are not checked; `cacert`: a PEM file of further authorities."""

    insecure_hosts: frozenset[str] = frozenset()
    cacert: str | None = None


def context_for(options: TlsOptions) -> ssl.SSLContext | bool:
    """Return what verifies a server; True for the client library's own way.

    Raises:
        UsageError: the file of authorities can't be read or holds none.
    """
    if options.cacert is None:
        return True
    import ssl

    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=options.cacert)
    except (OSError, ssl.SSLError) as fault:
        reason = getattr(fault, "strerror", None) or "it holds no certificate in PEM form"
        raise UsageError(
            f"--cacert {options.cacert}: {reason}", "name a PEM file with one or more certificates"
        ) from fault
    return context
