"""The servers that a workflow calls, and who chose each: the caller, a profile or the description."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Final, TypeAlias

from arazzo_runner.api.options import Options
from arazzo_runner.api.profiles import server_variables_of, servers_of
from arazzo_runner.engine.server import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.reports.doctor.readiness import ServerFact, VariableFact
from arazzo_runner.sources.location import shown
from arazzo_runner.sources.operations import Operation, Server
from arazzo_runner.sources.servers import Unreachable
from arazzo_runner.transports.failures import place_of
from arazzo_runner.transports.proxies import ProxyOptions, proxy_of

Resolves: TypeAlias = Callable[[str], bool]
"""Tells whether the host of a URL has an address."""

DESCRIPTION: Final = "the API description"
_VARIABLE = re.compile(r"\{([^{}]*)\}")


def server_facts(
    operations: Iterable[Operation], options: Options, resolves: Resolves | None = None
) -> tuple[ServerFact, ...]:
    """Return the servers of the operations, each once; `resolves` is asked for those that are reached straight."""
    called = tuple(operations)
    choices = _Choices(called, options)
    facts: dict[tuple[str, str, str], ServerFact] = {}
    for operation in called:
        fact = choices.fact(operation)
        facts.setdefault((fact.source, fact.url, fact.calls), fact)
    told = facts.values() if resolves is None else (_resolved(fact, resolves) for fact in facts.values())
    return tuple(replace(fact, url=shown(fact.url), calls=shown(fact.calls)) for fact in told)


def _resolved(fact: ServerFact, resolves: Resolves) -> ServerFact:
    if not fact.calls or fact.proxy:
        return fact
    if resolves(fact.calls):
        return replace(fact, resolves=True)
    remedy = f"check the name and the network, or call another server: --server {fact.source}=URL"
    return replace(fact, resolves=False, problem="its host has no address that this machine can find", remedy=remedy)


class _Choices:
    """What the caller and a profile decide about servers, for the operations that are called."""

    def __init__(self, called: tuple[Operation, ...], options: Options) -> None:
        self._options = options
        self._servers = servers_of(options, called)
        self._variables = server_variables_of(options, called)
        self._settings = Settings(servers=self._servers, server_variables=self._variables)
        self._proxies = ProxyOptions(options.proxy, None if options.no_proxy is None else ",".join(options.no_proxy))

    def fact(self, operation: Operation) -> ServerFact:
        found = find_server(operation, self._settings)
        written = operation.servers[0] if operation.servers else Server("")
        overridden = operation.source in self._servers or "" in self._servers
        fact = ServerFact(
            operation.source,
            written.url,
            "" if isinstance(found, Unreachable) else found.url,
            self._chooser(operation.source) if overridden else DESCRIPTION,
            () if overridden else tuple(self._filled(written)),
        )
        if isinstance(found, Unreachable):
            return replace(fact, problem=found.reason, remedy=found.help)
        proxy = proxy_of(found.origin, self._proxies)
        return replace(fact, proxy=place_of(proxy) if proxy else "")

    def _chooser(self, source: str) -> str:
        given: Mapping[str, str] = self._options.servers
        if source in given or ("" in given and source not in self._servers):
            return "--server"
        return "--server" if "" in given else self._profile()

    def _profile(self) -> str:
        profile = self._options.profile
        return f"{profile.file}" if profile is not None else DESCRIPTION

    def _filled(self, server: Server) -> Iterator[VariableFact]:
        for name in dict.fromkeys(_VARIABLE.findall(server.url)):
            declared = server.variables.get(name)
            choices = declared.enum if declared else ()
            if name in self._options.server_variables:
                yield VariableFact(name, self._variables[name], "--server-variable", choices)
            elif name in self._variables:
                yield VariableFact(name, self._variables[name], self._profile(), choices)
            else:
                yield VariableFact(name, declared.default if declared else None, "default", choices)
