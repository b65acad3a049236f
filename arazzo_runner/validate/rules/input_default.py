"""input-default: a default that the schema of its own input does not accept.

What: `default` of an input is of another type than its `type`, none of its `enum`, or otherwise not as its schema says.
Why: defaults are filled in before the inputs are judged (INP-11), so a run without that input is refused.
Example: `inputs: {properties: {limit: {type: integer, default: '10'}}}`.
Instead: write a default that fits (`default: 10`), or correct the schema.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.validate.subject import Subject
from arazzo_runner.values import JSON, Path

MAX_FAULTS: Final = 50
"""Faults of an input that are looked at."""


def check(subject: Subject) -> Iterator[Diagnostic]:
    """Find defaults that do not fit (INP-11)."""
    inputs = subject.bound.inputs
    if inputs.validator is None:
        return
    for name, schema in inputs.properties.items():
        if not isinstance(schema, dict) or "default" not in schema:
            continue
        for fault in islice(inputs.validator.iter_errors({name: schema["default"]}), MAX_FAULTS):
            if list(fault.instance_path)[:1] == [name]:
                message = f"the default of input '{name}' is not what its own schema accepts: {fault.message}"
                help = "write a default that fits, or correct the schema"
                yield subject.warning("input-default", message, _place(subject, name), help)
                break


def _place(subject: Subject, name: str) -> Path:
    at: Path = (*subject.workflow.at, "inputs")
    written: JSON = subject.workflow.inputs
    properties = written.get("properties") if isinstance(written, dict) else None
    own = properties.get(name) if isinstance(properties, dict) else None
    return (*at, "properties", name, "default") if isinstance(own, dict) and "default" in own else at
