"""Where a credential may go.

Whoever names an API description on this machine trusts the servers and the token URLs that it names. A description or
an Arazzo document from the network is somebody else's, and one that was only found by the name of its file (practical
reading P13) could have been planted: what they name gets a credential only if the caller named the host, or the
server itself. A token is asked for over TLS, wherever the description comes from. The refusal comes before any request.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from arazzo_runner.diagnostics import Diagnostic, error
from arazzo_runner.engine.request import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.model import BoundStep, OperationCall, Program
from arazzo_runner.sources.location import name_of, scheme_of
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.registry import ApiSource, Registry
from arazzo_runner.sources.security import apply
from arazzo_runner.sources.security.origins import authority, is_named, normal_hosts, origin_of, spellings, unfit
from arazzo_runner.sources.servers import Unreachable


@dataclass(frozen=True, slots=True)
class _Destination:
    """Where something secret would go: what is sent there, in words, and the URL."""

    what: str
    url: str


def untrusted(program: Program, registry: Registry, settings: Settings, hosts: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield an error for each place that a step would send something secret to and may not; each place once."""
    named = normal_hosts(tuple(hosts))
    told: set[_Destination] = set()
    for key, workflow in program.workflows.items():
        for step in workflow.steps:
            if not isinstance(step.call, OperationCall):
                continue
            operation = step.call.operation
            source = registry.scopes.get(key.document, {}).get(operation.source)
            for destination in dict.fromkeys(_destinations(operation, settings)):
                if destination in told:
                    continue
                told.add(destination)
                yield from _refusals(step, operation, destination, _stranger(key.document, source, operation), named)


def certificate_hosts(program: Program, settings: Settings, hosts: Iterable[str]) -> frozenset[str]:
    """Return the hosts that are shown the certificate of the client, each with its port or as the caller wrote it."""
    found = set(normal_hosts(tuple(hosts)))
    for workflow in program.workflows.values():
        for step in workflow.steps:
            if isinstance(step.call, OperationCall) and _is_mutual(step.call.operation):
                server = find_server(step.call.operation, settings)
                if not isinstance(server, Unreachable):
                    found |= {name for name in spellings(server.url) if name.rpartition(":")[2].isdigit()}
    return frozenset(found)


def _refusals(
    step: BoundStep, operation: Operation, place: _Destination, stranger: str, named: frozenset[str]
) -> Iterator[Diagnostic]:
    is_server = place.what == "a credential"
    reason = "" if is_server else unfit(place.url, named)
    if reason:
        message = f"step '{step.step_id}' would send {place.what} to {place.url}: {reason}"
        yield error("credential-unfit-url", message, step.span, "correct the security scheme of the API description")
    elif stranger and not is_named(place.url, named):
        host = authority(place.url)
        message = f"step '{step.step_id}' would send {place.what} to {host}, which nobody named: {stranger}"
        other = f"; or --source {operation.source}=FILE" if "found by" in stranger else ""
        yield error("credential-unnamed-host", message, step.span, f"if both are right: --auth-host {host}{other}")


def _stranger(document: str, source: ApiSource | None, operation: Operation) -> str:
    """Return why what is named is not the caller's own word, or nothing."""
    if source is not None and source.moved:
        return f"the description of source '{source.name}' was found by its file's name, {name_of(source.uri)}"
    if _is_remote(document):
        return f"the Arazzo document came from the network, {name_of(document)}"
    if (source is not None and _is_remote(source.uri)) or _is_remote(operation.document.uri):
        return (
            f"the description of source '{operation.source}' came from the network, {name_of(operation.document.uri)}"
        )
    return ""


def _is_remote(uri: str) -> bool:
    return scheme_of(uri) in ("http", "https")


def _destinations(operation: Operation, settings: Settings) -> Iterator[_Destination]:
    """Yield where the credentials of an operation would go, but for a server that the caller named."""
    applied = apply(operation, settings.credentials)
    shown = bool(applied.headers or applied.query or applied.cookies or applied.login or applied.grants)
    server = find_server(operation, settings)
    if isinstance(server, Unreachable):
        return
    is_own = operation.source in settings.servers or "" in settings.servers
    if (shown or _shows_certificate(operation, settings)) and not is_own:
        yield _Destination("a credential", server.url)
    for grant in (*applied.grants, *applied.renewals):
        for name, url in grant.at(server.url).urls:
            if unfit(url, ()) or not (is_own and origin_of(url) == origin_of(server.url)):
                yield _Destination(f"what a token is asked for with ({name})", url)


def _shows_certificate(operation: Operation, settings: Settings) -> bool:
    keys = (key for key, scheme in operation.schemes.items() if scheme.type == "mutualTLS")
    return _is_mutual(operation) and any((operation.source, key) in settings.credentials for key in keys)


def _is_mutual(operation: Operation) -> bool:
    """Tell whether one of the alternatives of an operation wants a certificate of the client."""
    keys = {key for alternative in operation.security for key in alternative}
    return any(key in keys and scheme.type == "mutualTLS" for key, scheme in operation.schemes.items())
