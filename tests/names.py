"""A resolver that tests make up: names with the addresses that they say, and nothing that leaves this machine.

Stands in the place of `socket.getaddrinfo`, which our own look-ups, the standard library's and those of an event loop
all go through. Addresses that are written out are resolved as ever; other names don't exist.
"""

from __future__ import annotations

import socket
from typing import Any

import pytest

from arazzo_runner.sources.egress.addresses import literal


class Names:
    """The names and their addresses. `asked` has each name that was looked up, in order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self._answers: dict[str, list[tuple[str, ...]]] = {}
        self._real: Any = socket.getaddrinfo
        monkeypatch.setattr(socket, "getaddrinfo", self._look_up)

    def __setitem__(self, name: str, addresses: str | tuple[str, ...] | list[tuple[str, ...]]) -> None:
        """Give a name its addresses; with a list, one tuple for each look-up, the last for all later ones."""
        found = (addresses,) if isinstance(addresses, str) else addresses
        self._answers[name] = found if isinstance(found, list) else [found]

    def _look_up(self, host: Any, port: Any, *others: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name in self._answers:
            self.asked.append(name)
            answers = self._answers[name]
            return [_entry(one, int(port)) for one in (answers.pop(0) if len(answers) > 1 else answers[0])]
        if literal(name) is not None:
            return self._real(name, port, 0, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
        self.asked.append(name)
        name.encode("idna")  # raises for what a resolver would not take
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")


def _entry(address: str, port: int) -> tuple[Any, ...]:
    if ":" in address:
        return socket.AF_INET6, socket.SOCK_STREAM, 6, "", (address, port, 0, 0)
    return socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)
