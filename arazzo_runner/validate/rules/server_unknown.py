"""server-unknown: the API description does not say where its operations are served.

What: the operation that a step calls has no server with an absolute http or https URL, or a variable of its server has
no value.
Why: a run needs to be told the server, and refuses otherwise. It is a note: `--server` tells it, `--mock` needs none.
Example: an API description on disk without `servers`.
Instead: add `servers` to the API description, or run with `--server NAME=https://...`.
"""

from __future__ import annotations

from collections.abc import Iterator

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.sources.servers import Unreachable, resolve_server
from arazzo_runner.validate.subject import Subject


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find the sources whose operations have no server, each once (OPR-19)."""
    told: set[str] = set()
    for _, _, call in subject.calls():
        name = call.operation.source
        found = resolve_server(call.operation) if name not in told else None
        source = next((one for one in subject.description.source_descriptions if one.name == name), None)
        if isinstance(found, Unreachable) and source is not None:
            told.add(name)
            message = f"nothing says where the operations of source '{name}' are served"
            help = found.help or f"name its server: --server {name}=https://..."
            yield subject.note("server-unknown", message, (*source.at, "name"), help)
