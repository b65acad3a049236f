"""What a caller allows to be sent, and where: one frozen value, decided without a network."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlsplit

from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress.addresses import literal, private_kind
from arazzo_runner.sources.egress.hosts import HostRule, named, normal_host, place_in, read_rules

ALLOW_HOSTS: Final = "allow_hosts"
ALLOW_METHODS: Final = "allow_methods"
DENY_PRIVATE: Final = "deny_private"
MAX_BYTES: Final = "max_bytes"

_METHOD: Final = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]+")
_LOCAL: Final = ("localhost", "localhost.localdomain", "ip6-localhost", "ip6-loopback")


@dataclass(frozen=True, slots=True)
class Refused:
    """Why something is not sent: the name of the limit, a clause for a person, and the flag that would allow it."""

    limit: str
    reason: str
    help: str


@dataclass(frozen=True, slots=True)
class Egress:
    """Where requests may go. `hosts` None allows every host, `methods` None every method.

    With `deny_private` no address but a public one is connected to, except for `private_hosts`.
    """

    hosts: frozenset[HostRule] | None = None
    methods: frozenset[str] | None = None
    deny_private: bool = False
    private_hosts: frozenset[HostRule] = frozenset()

    def refusal(self, url: str) -> Refused | None:
        """Return why nothing may be sent to a URL, as far as the URL tells; None where it may."""
        if self.hosts is None and not self.deny_private:
            return None
        host, port = place_in(url)
        if not host:
            return self._of_no_host()
        return self._of_place(host, port, urlsplit(url).scheme)

    def refusal_at(self, host: str, port: int) -> Refused | None:
        """Return why nothing may be sent to a host, as it is about to be connected to."""
        if self.hosts is None and not self.deny_private:
            return None
        found = normal_host(host)
        if not found:
            return self._of_no_host()
        return self._of_place(found, port, "")

    def _of_no_host(self) -> Refused:
        limit = DENY_PRIVATE if self.hosts is None else ALLOW_HOSTS
        return Refused(limit, "its host has no form that could be compared", "write the host plainly")

    def _of_place(self, host: str, port: int, scheme: str) -> Refused | None:
        shown = named(host, port, scheme)
        if self.hosts is not None and not any(rule.covers(host, port) for rule in self.hosts):
            return Refused(ALLOW_HOSTS, f"{shown} is not among the hosts that are allowed", f"--allow-host {shown}")
        address = literal(host)
        kind = private_kind(address) if address else _LOOPBACK if _is_local(host) else ""
        return self.refusal_of_address(host, port, address or host, kind) if kind else None

    def refusal_of_address(self, host: str, port: int, address: str, kind: str) -> Refused | None:
        """Return why an address of a kind that is not public is not connected to; None where it may be."""
        host = normal_host(host) or host
        if not self.checks(host, port):
            return None
        shown = named(host, port)
        what = f"{shown} is {kind}" if address == host else f"{shown} leads to {address}, {kind}"
        return Refused(DENY_PRIVATE, what, f"--allow-private {shown}")

    def checks(self, host: str, port: int) -> bool:
        """Tell whether the address behind a host has to be looked at."""
        found = normal_host(host)
        return self.deny_private and not any(rule.covers(found, port) for rule in self.private_hosts)

    def refusal_of_method(self, method: str) -> Refused | None:
        """Return why a method is not sent; None where it may be."""
        if self.methods is None or method.upper() in self.methods:
            return None
        allowed = ", ".join(sorted(self.methods)) or "none"
        return Refused(
            ALLOW_METHODS, f"the method {method} is not allowed (allowed: {allowed})", f"--allow-method {method}"
        )

    def and_host_of(self, url: str) -> Egress:
        """Return the policy with the host of a URL among those that are allowed."""
        host, port = place_in(url)
        if self.hosts is None or not host:
            return self
        return replace(self, hosts=self.hosts | {HostRule(host, port)})


_LOOPBACK: Final = "a loopback address"
OPEN: Final = Egress()
"""Everything may be sent anywhere."""


def _is_local(host: str) -> bool:
    return host in _LOCAL or host.endswith(".localhost")


def read_methods(texts: Iterable[str]) -> frozenset[str]:
    """Read methods, each text one or several with commas between them.

    Raises:
        UsageError: one is no method that HTTP could have.
    """
    found = [one.strip() for text in texts for one in text.split(",")]
    check_methods(found)
    return frozenset(one.upper() for one in found)


def check_methods(methods: Iterable[str]) -> None:
    """See that each is a method.

    Raises:
        UsageError: one is none.
    """
    for method in methods:
        if not _METHOD.fullmatch(method):
            raise UsageError(f"--allow-method '{method}': that is no method", "write --allow-method GET,POST")


def egress_for(
    hosts: Iterable[str] | None = None,
    methods: Iterable[str] | None = None,
    private_hosts: Iterable[str] = (),
    *,
    deny_private: bool = False,
) -> Egress:
    """Return the policy that texts stand for.

    Raises:
        UsageError: one is no host, or no method.
    """
    return Egress(
        None if hosts is None else read_rules(hosts),
        None if methods is None else read_methods(methods),
        deny_private,
        read_rules(private_hosts, "--allow-private"),
    )
