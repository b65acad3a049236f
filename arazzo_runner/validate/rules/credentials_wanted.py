"""credentials-wanted: operations of a source ask for credentials, which the document can't hold.

What: an operation that a step calls has `security` in the API description, none of its alternatives asks for nothing,
and the step does not set the header, parameter or cookie itself.
Why: without credentials the API will refuse the request. They come from flags, the environment or a profile, never from
the document. It is a note: the document is as it should be.
Example: `security: [{token: []}]` with `token: {type: http, scheme: bearer}`.
Instead: give them to the run: `--auth token=...`, or `ARAZZO_AUTH_<SOURCE>_<SCHEME>_TOKEN` in the environment.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.operations import Operation, SecurityScheme
from arazzo_runner.sources.security import Flow, requirements
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find the schemes that the operations of each source want, each once a document."""
    for _, _, call in subject.calls():
        operation = call.operation
        alternatives = operation.security
        if not alternatives or any(_is_met(one, call) for one in alternatives):
            continue
        source = next((one for one in subject.description.source_descriptions if one.name == operation.source), None)
        if source is None:
            continue
        wanted = " or ".join(" and ".join(_shown(key, operation.schemes) for key in one) for one in alternatives)
        message = f"operations of source '{operation.source}' ask for credentials: {wanted}"
        help = f"give them to the run: --auth {next(iter(alternatives[0]))}=...{_client(operation)}"
        yield subject.note("credentials-wanted", message, (*source.at, "name"), help)


def _client(operation: Operation) -> str:
    """Return how to give a client that fetches the token of the scheme that the help names, where there is a way."""
    flows = requirements(operation)[0][0].flows
    found = next((flow for flow in flows if flow.name == Flow.CLIENT.label), None)
    return f", or, for the flow '{found.name}': {found.text}" if found else ""


def _is_met(alternative: Mapping[str, object], call: OperationCall) -> bool:
    """Tell whether the step itself sends what an alternative asks for; one that asks for nothing is met."""
    given = {(one.location, one.name.lower()) for one in call.parameters}
    for key in alternative:
        scheme = call.operation.schemes.get(key)
        if scheme is None:
            continue
        place = (scheme.location, scheme.parameter.lower()) if scheme.type == "apiKey" else ("header", "authorization")
        if place not in given:
            return False
    return True


def _shown(key: str, schemes: Mapping[str, SecurityScheme]) -> str:
    scheme = schemes.get(key)
    kind = " ".join(part for part in (scheme.type, scheme.scheme) if part) if scheme is not None else ""
    return f"'{key}'" + (f" ({kind})" if kind else "")
