"""Where an operation is served: Server Objects of OpenAPI 3.x."""

from __future__ import annotations

from collections.abc import Iterable

from arazzo_runner.sources.location import is_local
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.operations import Server, ServerVariable
from arazzo_runner.values import JSON


def servers_of(operation: Node, items: Iterable[Node], root: Node, faults: Faults) -> tuple[Server, ...]:
    """Return the servers of the operation, else of its path item, else of the document.

    None declared means ``/`` where the description came from (OpenAPI 3.1, OpenAPI Object: servers), and for a file,
    which no host serves, no server at all.

    The URLs stay as written. They are relative to where the document that holds them was retrieved from, whatever
    its `$self` says (OpenAPI 3.2, Server Object).
    """
    for owner in (operation, *items, root):
        written = owner.member("servers")
        if written is None:
            continue
        if not isinstance(written.data, list):
            faults.unexpected(written, "an array of Server Objects")
            continue
        servers = [server for each in written.elements() if (server := _server(each, faults)) is not None]
        if servers:
            return tuple(servers)
    return () if is_local(root.document.place) else (Server("/", base_uri=root.document.place, document=root.document),)


def _server(node: Node, faults: Faults) -> Server | None:
    url = node.text("url")
    if url is None:
        faults.add("openapi-server", "this server has no url", node)
        return None
    variables = node.member("variables")
    return Server(
        url=url,
        variables={name: _variable(name, each, faults) for name, each in variables.members()} if variables else {},
        base_uri=node.document.place,
        document=node.document,
    )


def _variable(name: str, node: Node, faults: Faults) -> ServerVariable:
    enum = node.member("enum")
    allowed = tuple(_text(each.data) for each in enum.elements()) if enum is not None else ()
    default = node.member("default")
    if default is None:
        faults.add("openapi-server", f"server variable '{name}' has no default", node)
        return ServerVariable(allowed[0] if allowed else "", allowed)
    return ServerVariable(_text(default.data), allowed)


def _text(value: JSON) -> str:
    # Ports are written as numbers, although the specification wants text.
    if isinstance(value, bool):
        return "true" if value else "false"
    return value if isinstance(value, str) else str(value)
