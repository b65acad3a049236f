"""Credentials of a profile are bound to the hosts that the user named for them.

A profile is found or named for a whole project, and a document of any kind may be run below it. So what it gives goes
to its `auth-hosts`, the hosts of its own servers and those of `--auth-host`, and nowhere else: neither with a request
nor to fetch a token. The refusal comes before any request.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from urllib.parse import urlsplit

from arazzo_runner.diagnostics import Diagnostic, error
from arazzo_runner.engine.request import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.model import OperationCall, Program
from arazzo_runner.sources.operations import SecurityScheme
from arazzo_runner.sources.security import TOKEN, Credentials
from arazzo_runner.sources.servers import Unreachable

_PORTS = {"http": 80, "https": 443}


def unbound(program: Program, settings: Settings, own: Credentials, hosts: Collection[str]) -> Iterator[Diagnostic]:
    """Yield an error for each step that wants a profile's credential (`own`) for a host that is none of `hosts`."""
    named = {host.strip().lower() for host in hosts}
    for workflow in program.workflows.values():
        for step in workflow.steps:
            if own and isinstance(step.call, OperationCall):
                for key, url in _ways(step.call, settings, own):
                    if not _spellings(url) & named:
                        host = urlsplit(url).netloc.rpartition("@")[2]
                        yield error(
                            "credential-unnamed-host",
                            f"step '{step.step_id}' would send the credential '{key}' of the profile to {host}, "
                            "which is none of its auth-hosts",
                            step.span,
                            f'if it may have it: auth-hosts = ["{host}"] in the profile, or --auth-host {host}',
                        )


def schemes_wanted(call: OperationCall) -> Iterator[tuple[str, SecurityScheme]]:
    """Yield each scheme that a call may want a credential for; not where the document sets it itself."""
    operation = call.operation
    for key in dict.fromkeys(key for wants in operation.security for key in wants):
        scheme = operation.schemes.get(key)
        if scheme is None:
            continue
        is_key = scheme.type == "apiKey"
        location, name = (scheme.location, scheme.parameter) if is_key else ("header", "Authorization")
        own = (each.name for each in call.parameters if each.location == location)
        if not any(_same(location, name, each) for each in own):
            yield key, scheme


def _same(location: str, name: str, other: str) -> bool:
    return name.lower() == other.lower() if location == "header" else name == other


def _ways(call: OperationCall, settings: Settings, own: Credentials) -> Iterator[tuple[str, str]]:
    """Yield each scheme that a profile's credential is for, with each URL that it would be sent to."""
    server = find_server(call.operation, settings)
    for key, scheme in schemes_wanted(call):
        credential = own.get((call.operation.source, key)) or own.get((None, key))
        if credential is None:
            continue
        if not isinstance(server, Unreachable):
            yield key, server.url
        if scheme.type in ("oauth2", "openIdConnect") and set(credential.fields) - {TOKEN}:
            urls = [scheme.discovery_url]
            urls += [url for flow in scheme.flows for url in (flow.token_url, flow.refresh_url, flow.device_url)]
            yield from ((key, url) for url in dict.fromkeys(urls) if url and urlsplit(url).hostname)


def _spellings(url: str) -> set[str]:
    """Return how a user may write the host of a URL: alone, or with its port."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    shown = f"[{host}]" if ":" in host else host
    return {host, shown, f"{shown}:{parts.port or _PORTS.get(parts.scheme, 0)}"}
