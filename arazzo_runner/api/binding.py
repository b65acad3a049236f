"""Credentials of a profile are bound to the hosts that the user named for them.

A profile is found or named for a whole project, and a document of any kind may be run below it. So what it gives goes
to its `auth-hosts`, the hosts of its own servers and those of `--auth-host`, and nowhere else: neither with a request
nor to fetch a token. The refusal comes before any request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from arazzo_runner.api.senders import BROWSED, steps_named, urls_of
from arazzo_runner.diagnostics import Diagnostic, Related, error
from arazzo_runner.engine.server import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.grammar import Input
from arazzo_runner.expressions.template import expressions_of
from arazzo_runner.program.model import BoundParameter, BoundStep, OperationCall, Program
from arazzo_runner.sources.operations import SecurityScheme
from arazzo_runner.sources.security import TOKEN, Credentials
from arazzo_runner.sources.security.origins import authority
from arazzo_runner.sources.servers import Unreachable

_API = "API"
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class _Way:
    """Where the credential of a scheme would go: what the URL is, in words, and its place in the description."""

    scheme: str
    what: str
    url: str
    place: Related | None = None


def unbound(program: Program, settings: Settings, own: Credentials, hosts: Collection[str]) -> Iterator[Diagnostic]:
    """Yield an error for each host that is none of `hosts` and that a profile's credential (`own`) would go to.

    Each source, scheme and host is told once, with all steps.
    """
    named = {host.strip().lower() for host in hosts}
    found: dict[tuple[str, str, str], list[tuple[BoundStep, _Way]]] = {}
    for workflow in program.workflows.values():
        for step in workflow.steps:
            if own and isinstance(step.call, OperationCall):
                for way in _ways(step.call, settings, own):
                    if not _spellings(way.url) & named:
                        told = found.setdefault((step.call.operation.source, way.scheme, authority(way.url)), [])
                        told.append((step, way))
    for (_, scheme, host), told in found.items():
        yield _refusal(scheme, host, told)


def _refusal(scheme: str, host: str, told: list[tuple[BoundStep, _Way]]) -> Diagnostic:
    kinds = list(dict.fromkeys(way.what for _, way in told))
    which = f" ({' and '.join(kinds)})" if kinds != [_API] else ""
    message = (
        f"{steps_named(step.step_id for step, _ in told)} would send the credential '{scheme}' of the profile to "
        f"{host}{which}, which is none of its auth-hosts"
    )
    help = f'if it may have it: auth-hosts = ["{host}"] in the profile, or --auth-host {host}'
    related = dict.fromkeys(way.place for _, way in told if way.place is not None)
    return replace(error("credential-unnamed-host", message, told[0][0].span, help), related=tuple(related))


def schemes_wanted(call: OperationCall) -> Iterator[tuple[str, SecurityScheme]]:
    """Yield each scheme that a call may want a credential for; not where the document sets it itself."""
    return _schemes_without(call, call.parameters)


def _schemes_without(
    call: OperationCall, parameters: Collection[BoundParameter]
) -> Iterator[tuple[str, SecurityScheme]]:
    """Yield each scheme of a call whose place none of these parameters takes."""
    operation = call.operation
    for key in dict.fromkeys(key for wants in operation.security for key in wants):
        scheme = operation.schemes.get(key)
        if scheme is None:
            continue
        is_key = scheme.type == "apiKey"
        location, name = (scheme.location, scheme.parameter) if is_key else ("header", "Authorization")
        own = (each.name for each in parameters if each.location == location)
        if not any(_same(location, name, each) for each in own):
            yield key, scheme


def _same(location: str, name: str, other: str) -> bool:
    return name.lower() == other.lower() if location == "header" else name == other


def _may_be_absent(parameter: BoundParameter) -> bool:
    read = expressions_of(parameter.value)
    return bool(read) and all(isinstance(each, Input) for each in read)


def _ways(call: OperationCall, settings: Settings, own: Credentials) -> Iterator[_Way]:
    """Yield each way that a profile's credential would take."""
    server = find_server(call.operation, settings)
    # What may be left out (P14) leaves its place to the credential.
    sure = [each for each in call.parameters if not _may_be_absent(each)]
    for key, scheme in _schemes_without(call, sure):
        credential = own.get((call.operation.source, key)) or own.get((None, key))
        if credential is None:
            continue
        if not isinstance(server, Unreachable):
            yield _Way(key, _API, server.url)
        if scheme.type in ("oauth2", "openIdConnect") and set(credential.fields) - {TOKEN}:
            for what, url, place in urls_of(scheme):
                if what != BROWSED and urlsplit(url).hostname:
                    yield _Way(key, what, url, place)


def _spellings(url: str) -> set[str]:
    """Return how a user may write the host of a URL: alone, or with its port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return {host, shown, f"{shown}:{parts.port or _PORTS.get(parts.scheme, 0)}"}
