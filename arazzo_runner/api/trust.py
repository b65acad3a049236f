"""Where a credential may go.

Whoever names an API description on this machine trusts the servers and the token URLs that it names. A description or
an Arazzo document from the network is somebody else's, and one that was only found by the name of its file (practical
reading P13) could have been planted: what they name gets a credential only if the caller named the host, or the
server itself. A token is asked for over TLS, wherever the description comes from. The refusal comes before any request.

What a `$ref` leads to is judged by the document that it stands in, not by the one that refers to it. A server of a
foreign document gets no credential. A foreign security scheme may say in which header, query parameter or cookie a key
goes, for the key still goes to the server of the operation; it may not say which other host a token is asked of.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from arazzo_runner.api.senders import steps_named, urls_of
from arazzo_runner.diagnostics import Diagnostic, Related, error
from arazzo_runner.engine.server import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.model import BoundStep, OperationCall, Program
from arazzo_runner.sources.location import name_of, scheme_of
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.registry import ApiSource, Registry
from arazzo_runner.sources.security import apply
from arazzo_runner.sources.security.origins import authority, is_named, normal_hosts, origin_of, spellings, unfit
from arazzo_runner.sources.servers import Unreachable

_OF_OTHERS: Final = "the documents are taken to be those of others (--untrusted)"


@dataclass(frozen=True, slots=True)
class _Destination:
    """Where something secret would go: what is sent there, in words, the URL, and why who named it is a stranger."""

    what: str
    url: str
    stranger: str = ""


def untrusted(
    program: Program, registry: Registry, settings: Settings, hosts: Iterable[str], *, all_strange: bool = False
) -> Iterator[Diagnostic]:
    """Yield an error for each place that a step would send something secret to and may not; each place once.

    With `all_strange`, no document is the caller's own word.
    """
    named = normal_hosts(tuple(hosts))
    for (_, destination), told in _asking(program, registry, settings, all_strange).items():
        step, operation = told[0]
        steps = steps_named(step.step_id for step, _ in told)
        for found in _refusals(steps, operation, destination, named):
            yield replace(found, span=step.span, related=tuple(_places(operation, destination)))


def unnamed_hosts(
    program: Program, registry: Registry, settings: Settings, hosts: Iterable[str], *, all_strange: bool = False
) -> Iterator[tuple[str, str]]:
    """Yield each host that something secret would go to and that has to be named for it, and who named it so far."""
    named = normal_hosts(tuple(hosts))
    for _, destination in _asking(program, registry, settings, all_strange):
        if destination.stranger and not is_named(destination.url, named):
            yield authority(destination.url), destination.stranger


def _asking(
    program: Program, registry: Registry, settings: Settings, all_strange: bool
) -> dict[tuple[str, _Destination], list[tuple[BoundStep, Operation]]]:
    """Return where something secret would go, by the source whose it is, and the steps that would send it."""
    asking: dict[tuple[str, _Destination], list[tuple[BoundStep, Operation]]] = {}
    for key, workflow in program.workflows.items():
        for step in workflow.steps:
            if not isinstance(step.call, OperationCall):
                continue
            operation = step.call.operation
            source = registry.scopes.get(key.document, {}).get(operation.source)
            stranger = _stranger(key.document, source, operation) or (_OF_OTHERS if all_strange else "")
            for destination in dict.fromkeys(_destinations(operation, settings, stranger)):
                asking.setdefault((operation.source, destination), []).append((step, operation))
    return asking


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


def _refusals(steps: str, operation: Operation, place: _Destination, named: frozenset[str]) -> Iterator[Diagnostic]:
    is_server = place.what == "a credential"
    reason = "" if is_server else unfit(place.url, named)
    if reason:
        message = f"{steps} would send {place.what} to {place.url}: {reason}"
        yield error("credential-unfit-url", message, help="correct the security scheme of the API description")
    elif place.stranger and not is_named(place.url, named):
        host = authority(place.url)
        message = f"{steps} would send {place.what} to {host}, which nobody named: {place.stranger}"
        other = f"; or --source {operation.source}=FILE" if "found by" in place.stranger else ""
        yield error("credential-unnamed-host", message, help=f"if both are right: --auth-host {host}{other}")


def _places(operation: Operation, destination: _Destination) -> Iterator[Related]:
    """Yield where the description writes the URL of a destination, a relative one too."""
    for scheme in operation.schemes.values():
        for what, url, place in urls_of(scheme):
            if place is not None and f"({what})" in destination.what and destination.url.endswith(url):
                yield place


def _stranger(document: str, source: ApiSource | None, operation: Operation) -> str:
    """Return why what is named is not the caller's own word, or nothing."""
    if source is not None and source.moved:
        return f"the description of source '{source.name}' was found by {source.found_by}, {name_of(source.uri)}"
    if _is_remote(document):
        return f"the Arazzo document came from the network, {name_of(document)}"
    if (source is not None and _is_remote(source.uri)) or _is_remote(operation.document.uri):
        return (
            f"the description of source '{operation.source}' came from the network, {name_of(operation.document.uri)}"
        )
    return ""


def _is_remote(uri: str) -> bool:
    return scheme_of(uri) in ("http", "https")


def _foreign_server(operation: Operation) -> str:
    """Return why the server of an operation was named by a stranger, or nothing."""
    document = operation.servers[0].document if operation.servers else None
    if document is None or not _is_remote(document.uri):
        return ""
    return f"the server came from the network, {name_of(document.uri)}"


def _foreign_scheme(operation: Operation, key: str) -> str:
    """Return why the URLs of a security scheme were named by a stranger, or nothing."""
    document = operation.schemes[key].document if key in operation.schemes else None
    if document is None or not _is_remote(document.uri):
        return ""
    return f"the security scheme '{key}' came from the network, {name_of(document.uri)}"


def _destinations(operation: Operation, settings: Settings, stranger: str) -> Iterator[_Destination]:
    """Yield where the credentials of an operation would go, but for a server that the caller named.

    `stranger` says why the whole description is not the caller's own word.
    """
    applied = apply(operation, settings.credentials)
    shown = bool(applied.headers or applied.query or applied.cookies or applied.login or applied.grants)
    server = find_server(operation, settings)
    if isinstance(server, Unreachable):
        return
    is_own = operation.source in settings.servers or "" in settings.servers
    if (shown or _shows_certificate(operation, settings)) and not is_own:
        yield _Destination("a credential", server.url, stranger or _foreign_server(operation))
    for grant in (*applied.grants, *applied.renewals):
        for name, url in grant.at(server.url).urls:
            at_home = not unfit(url, ()) and origin_of(url) == origin_of(server.url)
            if not (at_home and is_own):
                foreign = _foreign_server(operation) if at_home else _foreign_scheme(operation, grant.scheme)
                yield _Destination(f"what a token is asked for with ({name})", url, stranger or foreign)


def _shows_certificate(operation: Operation, settings: Settings) -> bool:
    keys = (key for key, scheme in operation.schemes.items() if scheme.type == "mutualTLS")
    return _is_mutual(operation) and any((operation.source, key) in settings.credentials for key in keys)


def _is_mutual(operation: Operation) -> bool:
    """Tell whether one of the alternatives of an operation wants a certificate of the client."""
    keys = {key for alternative in operation.security for key in alternative}
    return any(key in keys and scheme.type == "mutualTLS" for key, scheme in operation.schemes.items())
