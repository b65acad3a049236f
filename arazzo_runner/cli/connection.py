"""How requests reach the servers of a workflow, told before they do."""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.api import Prepared, operations
from arazzo_runner.api.worlds import proxies_of
from arazzo_runner.engine.server import find_server
from arazzo_runner.sources.servers import ServerUrl
from arazzo_runner.transports.failures import place_of
from arazzo_runner.transports.proxies import ProxyOptions, proxy_of


def proxied(prepared: Prepared) -> Iterator[str]:
    """Yield which servers of a prepared workflow are reached through a proxy; nothing where nothing is sent."""
    if prepared.options.mock:
        return
    found = (find_server(operation, prepared.settings) for operation in operations(prepared.program))
    for origin in dict.fromkeys(server.origin for server in found if isinstance(server, ServerUrl)):
        proxy = shown_proxy(origin, proxies_of(prepared.options))
        if proxy:
            yield f"proxy: requests to {origin} go through {proxy}"


def shown_proxy(url: str, options: ProxyOptions | None = None) -> str:
    """Return the proxy for requests to a URL, without its credentials; empty where they go straight."""
    proxy = proxy_of(url, options)
    return place_of(proxy) if proxy else ""
