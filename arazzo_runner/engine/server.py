"""Which server the requests of an operation go to."""

from __future__ import annotations

from arazzo_runner.engine.settings import Settings
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.servers import ServerUrl, Unreachable, resolve_server


def find_server(operation: Operation, settings: Settings) -> ServerUrl | Unreachable:
    """Return the server that an operation's requests go to: the caller's, else the description's (OPR-19, OPR-20)."""
    override = settings.servers.get(operation.source, settings.servers.get(""))
    found = resolve_server(operation, override=override, variables=settings.server_variables)
    if isinstance(found, Unreachable) and settings.fallback_server:
        return ServerUrl(settings.fallback_server)
    return found
