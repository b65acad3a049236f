"""An endpoint read into an `Operation`: what the Operation Object says, its path item and its document add."""

from __future__ import annotations

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.sources.openapi import swagger
from arazzo_runner.sources.openapi.contents import body_of, responses_of
from arazzo_runner.sources.openapi.declarations import parameters_of
from arazzo_runner.sources.openapi.endpoints import Endpoint
from arazzo_runner.sources.openapi.hosts import servers_of
from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.schemes import requirements_of, schemes_for
from arazzo_runner.sources.operations import Operation


def read_operation(endpoint: Endpoint, root: Node, source: str) -> tuple[Operation, tuple[Diagnostic, ...]]:
    """Read an endpoint, with the findings about what it is made of. `root` is the entry document of the description."""
    faults = Faults()
    node = endpoint.node
    requirements = requirements_of(node, root, faults)
    if root.document.version == "2.0":
        parameters, body = swagger.parameters_of(endpoint, root, faults)
        responses = swagger.responses_of(node, root, faults)
        servers = swagger.servers_of(node, root)
    else:
        parameters, body = parameters_of(node, endpoint.items, faults), body_of(node, faults)
        responses = responses_of(node, faults)
        servers = servers_of(node, endpoint.items, root, faults)
    operation = Operation(
        source=source,
        operation_id=endpoint.operation_id,
        method=endpoint.method,
        path=endpoint.path,
        at=node.at,
        document=node.document,
        parameters=parameters,
        body=body,
        responses=responses,
        servers=servers,
        security=requirements,
        schemes=schemes_for(requirements, node, root, faults),
    )
    return operation, faults.found()
