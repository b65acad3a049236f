"""Running documents of others: what they may read, and where anything may be sent.

Policy of `untrusted`, the strict set at once. Files are read below the folder of the document alone (or below the root
that the caller names), links resolved; documents and requests go to hosts that the caller named, at public addresses;
no file is searched for by its name; no credential goes to a host that was not named for credentials, whoever wrote the
document (`trust`); and every budget is tighter, unless the caller set another. Hosts and methods are judged before the
first request, all at once, so that a person can read the list and decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from pathlib import Path
from typing import Any, Final

from arazzo_runner.api.options import Options
from arazzo_runner.api.senders import steps_named
from arazzo_runner.diagnostics import Diagnostic, error
from arazzo_runner.document.model import Description
from arazzo_runner.engine.server import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.model import BoundStep, OperationCall, Program
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.egress import OPEN, Egress, Refused
from arazzo_runner.sources.egress.policy import ALLOW_HOSTS, ALLOW_METHODS, DENY_PRIVATE, egress_for
from arazzo_runner.sources.location import file_path, is_local
from arazzo_runner.sources.security import apply
from arazzo_runner.sources.servers import Unreachable

BUDGETS: Final[Mapping[str, int | float]] = {
    "max_steps": 200,
    "max_depth": 10,
    "max_redirects": 5,
    "run_timeout": 300.0,
    "max_wait": 30.0,
    "max_body": 8 * 1024 * 1024,
    "max_bytes": 64 * 1024 * 1024,
}
"""The limits of a run of documents of others, where the caller set no other."""

_CODES: Final = {ALLOW_HOSTS: "egress-host", ALLOW_METHODS: "egress-method", DENY_PRIVATE: "egress-private"}


def egress_of(options: Options) -> Egress:
    """Return where anything may be sent, as the options say.

    Raises:
        UsageError: one of them names no host, or no method.
    """
    hosts = options.allow_hosts
    if hosts is None and options.untrusted:
        hosts = ()
    private = options.deny_private or options.untrusted
    return egress_for(hosts, options.allow_methods, options.allow_private, deny_private=private)


def confined(options: Options, description: Description) -> Options:
    """Return the options with what they say together drawn out: how documents are read, and tighter budgets.

    Raises:
        UsageError: one of them names no host, or no method.
    """
    access = access_of(options)
    if access is not options.access:
        options = replace(options, access=access)
    if not options.untrusted:
        return options
    if access.root is None:
        access = replace(access, root=_folder(description))
    return replace(options, access=access, **tighter(options))


def access_of(options: Options) -> Access:
    """Return how the document that the caller names is read: from wherever it is, at addresses that are allowed.

    Raises:
        UsageError: an option names no host, or no method.
    """
    egress = egress_of(options)
    if egress in (OPEN, options.access.egress):
        return options.access
    return replace(options.access, egress=egress)


def tighter(options: Options) -> dict[str, Any]:
    """Return the budgets for documents of others, but for those that the caller set."""
    defaults = {each.name: each.default for each in fields(Options) if each.default is not MISSING}
    return {name: most for name, most in BUDGETS.items() if getattr(options, name) == defaults[name]}


def _folder(description: Description) -> Path:
    """Return the folder of a document; the working folder for one that has none."""
    uri = description.source.uri
    try:
        return Path(file_path(uri)).parent.resolve() if is_local(uri) else Path.cwd()
    except ValueError:
        return Path.cwd()


@dataclass(frozen=True, slots=True)
class _Stopped:
    """What would be sent and may not be: what it is, in words, and why."""

    what: str
    refused: Refused


def forbidden(program: Program, settings: Settings) -> Iterator[Diagnostic]:
    """Yield an error for each host and method that steps would use and that is not allowed; each once."""
    found: dict[_Stopped, list[BoundStep]] = {}
    for workflow in program.workflows.values():
        for step in workflow.steps:
            if isinstance(step.call, OperationCall):
                for stopped in _stopped(step.call, settings):
                    found.setdefault(stopped, []).append(step)
    flags = list(dict.fromkeys(stopped.refused.help for stopped in found))
    for stopped, steps in found.items():
        message = f"{steps_named(step.step_id for step in steps)} would {stopped.what}: {stopped.refused.reason}"
        yield error(_CODES[stopped.refused.limit], message, steps[0].span, _help(stopped.refused, flags))


def _help(refused: Refused, flags: Iterable[str]) -> str:
    if not refused.help.startswith("--"):
        return refused.help
    every = [flag for flag in flags if flag.startswith("--")]
    rest = f" (all that this workflow needs: {' '.join(every)})" if len(every) > 1 else ""
    return f"if that is right: {refused.help}{rest}"


def _stopped(call: OperationCall, settings: Settings) -> Iterator[_Stopped]:
    operation, egress = call.operation, settings.egress
    method = egress.refusal_of_method(operation.method)
    if method is not None:
        yield _Stopped(f"send {operation.method}", method)
    server = find_server(operation, settings)
    if isinstance(server, Unreachable):
        return
    for refused in _refusals(egress, server.url):
        yield _Stopped("call the API", refused)
    for grant in apply(operation, settings.credentials).grants:
        for name, url in grant.at(server.url).urls:
            for refused in _refusals(egress, url):
                yield _Stopped(f"ask for a token ({name})", refused)


def _refusals(egress: Egress, url: str) -> Iterator[Refused]:
    """Yield why nothing may be sent to a URL, and what would be in the way once its host is allowed."""
    refused = egress.refusal(url)
    if refused is None:
        return
    yield refused
    further = egress.and_host_of(url).refusal(url) if refused.limit == ALLOW_HOSTS else None
    if further is not None and further.limit != ALLOW_HOSTS:
        yield further
