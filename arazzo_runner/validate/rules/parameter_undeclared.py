"""reading-P16: a step sends a parameter that its operation does not declare.

parameter-refused-header: a step sets a header that belongs to the connection.

What: no parameter of that name and place stands in the API description. Authorization, Accept and Content-Type are
left alone: OpenAPI keeps them out of `parameters`. Host, Content-Length, Connection and their like are refused.
Why: mostly a slip of the pen (PAR-01: names count with case), sometimes a gap in the description; so it is sent. A
header of the connection says how the message is framed and where it goes: another value would break it, or smuggle.
Example: `{name: petid, in: query, value: 1}` for an operation that declares `petId`; `{name: Host, in: header, ...}`.
Instead: write the name as the API description does, or add it there. For another host, name another server.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic, near_matches
from arazzo_runner.sources.openapi.headers import refused_header
from arazzo_runner.validate.subject import Subject

_USUAL = frozenset(("authorization", "accept", "content-type"))


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find parameters that the operation does not declare (P16, PAR-01, PAR-20), and headers that can't be set."""
    for _, _, call in subject.calls():
        for parameter in call.parameters:
            refused = refused_header(parameter.name) if parameter.location == "header" else None
            if refused:
                yield subject.error("parameter-refused-header", refused, subject.named(parameter), "remove it")
                continue
            usual = parameter.location == "header" and parameter.name.lower() in _USUAL
            if parameter.is_declared or usual or call.operation.path.find(f"{{{parameter.name}}}") >= 0:
                continue
            message = (
                f"{call.operation.method} {call.operation.path} declares no {parameter.location} parameter "
                f"'{parameter.name}'; it is sent as it is"
            )
            declared = [one.name for one in call.operation.parameters if one.location == parameter.location]
            close = near_matches(parameter.name, declared, 1)
            help = f"did you mean '{close[0]}'?" if close else "check its name and place, or add it to the description"
            yield subject.warning("reading-P16", message, subject.named(parameter), help)
