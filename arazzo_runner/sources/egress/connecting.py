"""Connections to public addresses alone.

Stands before a network backend of httpcore2. The name is looked up once, every address that it has is judged, and the
connection goes to an address that was judged: a name that changes between the two gains nothing. One address that is
not public is enough to refuse all. The name itself stays what TLS and the `Host` header say, for the pool above knows
nothing of it. A connection that is kept open was judged when it was opened.
"""

from __future__ import annotations

from typing import Any

from arazzo_runner.sources.egress.addresses import private_kind
from arazzo_runner.sources.egress.policy import Egress, Refused


class AddressRefused(Exception):
    """Nothing was sent, nothing was connected to; `refused` says why."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.refused = refused


def guard(transport: Any, egress: Egress) -> None:
    """Have a transport of httpx2 open connections to addresses alone that the policy allows.

    The library has no public way to hand a network backend in. Should it keep it elsewhere one day, nothing is sent.
    """
    pool = transport._pool
    if not hasattr(pool, "_network_backend"):
        raise AssertionError("the client library keeps its network backend elsewhere, so no address can be judged")
    kind = AsyncGuardedBackend if hasattr(transport, "handle_async_request") else GuardedBackend
    pool._network_backend = kind(pool._network_backend, egress)


class GuardedBackend:
    """Makes connections as the backend that it stands before, to addresses that the policy allows."""

    def __init__(self, backend: Any, egress: Egress) -> None:
        self._backend, self._egress = backend, egress

    def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> Any:
        """Connect to a host.

        Raises:
            AddressRefused: the policy does not allow it, or one of its addresses.
        """
        if not _is_checked(self._egress, host, port):
            return self._backend.connect_tcp(host, port, timeout=timeout, **options)
        found = _look_up(host, port)
        addresses = _allowed(self._egress, host, port, found)
        for address in addresses[:-1]:
            try:
                return self._backend.connect_tcp(address, port, timeout=timeout, **options)
            except Exception as fault:
                if not _may_try_next(fault):
                    raise
        return self._backend.connect_tcp(addresses[-1], port, timeout=timeout, **options)

    def connect_unix_socket(self, path: str, timeout: float | None = None, **options: Any) -> Any:
        """Connect to a socket of this machine."""
        raise AssertionError(f"no request names a socket of this machine, such as {path}")

    def sleep(self, seconds: float) -> None:
        """Wait."""
        self._backend.sleep(seconds)


class AsyncGuardedBackend:
    """`GuardedBackend` for an event loop."""

    def __init__(self, backend: Any, egress: Egress) -> None:
        self._backend, self._egress = backend, egress

    async def connect_tcp(self, host: str, port: int, timeout: float | None = None, **options: Any) -> Any:
        """Connect to a host; raises as `GuardedBackend.connect_tcp` does."""
        if not _is_checked(self._egress, host, port):
            return await self._backend.connect_tcp(host, port, timeout=timeout, **options)
        found = await _look_up_async(host, port)
        addresses = _allowed(self._egress, host, port, found)
        for address in addresses[:-1]:
            try:
                return await self._backend.connect_tcp(address, port, timeout=timeout, **options)
            except Exception as fault:
                if not _may_try_next(fault):
                    raise
        return await self._backend.connect_tcp(addresses[-1], port, timeout=timeout, **options)

    async def connect_unix_socket(self, path: str, timeout: float | None = None, **options: Any) -> Any:
        """Connect to a socket of this machine."""
        raise AssertionError(f"no request names a socket of this machine, such as {path}")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._backend.sleep(seconds)


def _is_checked(egress: Egress, host: str, port: int) -> bool:
    """Judge what the name alone tells; return whether its addresses have to be judged too."""
    refused = egress.refusal_at(host, port)
    if refused is not None:
        raise AddressRefused(refused)
    return egress.checks(host, port)


# What only a connection needs is loaded with the first one: documents are read by commands that open none.


def _look_up(host: str, port: int) -> tuple[str, ...]:
    import socket

    try:
        return _addresses(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except UnicodeError as fault:
        raise _unknown() from fault


async def _look_up_async(host: str, port: int) -> tuple[str, ...]:
    import asyncio
    import socket

    try:
        return _addresses(await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except UnicodeError as fault:
        raise _unknown() from fault


def _addresses(found: list[Any]) -> tuple[str, ...]:
    addresses = tuple(dict.fromkeys(str(entry[4][0]) for entry in found))
    if not addresses:
        raise _unknown()
    return addresses


def _unknown() -> OSError:
    import socket

    return socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _allowed(egress: Egress, host: str, port: int, addresses: tuple[str, ...]) -> tuple[str, ...]:
    for address in addresses:
        kind = private_kind(address)
        refused = egress.refusal_of_address(host, port, address, kind) if kind else None
        if refused is not None:
            raise AddressRefused(refused)
    return addresses


def _may_try_next(fault: Exception) -> bool:
    """Tell whether a connection failed in a way that another address of the host may not: httpcore2 names it so."""
    return type(fault).__name__ in ("ConnectError", "ConnectTimeout") or isinstance(fault, OSError)
