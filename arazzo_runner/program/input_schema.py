"""Reading the `inputs` of a workflow (Arazzo 1.1, Workflow Object: a JSON Schema 2020-12; INP-01 to INP-09).

References start at the root of the Arazzo document (`#/components/inputs/x`, INP-05), so the schema is compiled with
the document's components beside it. Fetching is off: a reference that leads out of the document is a fault here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from urllib.parse import unquote

from arazzo_runner.diagnostics import Diagnostic, error
from arazzo_runner.document.model import Description, Workflow
from arazzo_runner.expressions.pointer import decode, resolve
from arazzo_runner.program.model import InputSchema
from arazzo_runner.redact import is_secret_name
from arazzo_runner.values import JSON, Nothing, Value

MAX_REFERENCES = 64
"""References and combined schemas that are followed while the declared inputs are collected."""


def read_input_schema(description: Description, workflow: Workflow) -> tuple[InputSchema, tuple[Diagnostic, ...]]:
    """Compile the `inputs` of a workflow; a schema that is none is a diagnostic, and then anything is accepted."""
    written = workflow.inputs
    if written is None or written is True:
        return InputSchema(True, opens=written is True), ()
    root: JSON = _rooted(description, written)
    faults: list[Diagnostic] = []
    validator: Any = None
    try:
        validator = _compile(root)
    except ValueError as fault:
        headline = str(fault).split("\n", 1)[0]
        span = description.span((*workflow.at, "inputs"))
        message = f"the inputs of workflow '{workflow.workflow_id}' are no valid JSON Schema 2020-12: {headline}"
        faults.append(
            error("inputs-schema", message, span, "correct the schema; references start with '#/components/'")
        )
    return _describe(root, validator), tuple(faults)


def describe_inputs(description: Description, workflow: Workflow) -> InputSchema:
    """Read what the `inputs` of a workflow declare, without judging the schema or making it ready to judge."""
    if workflow.inputs is None or workflow.inputs is True:
        return InputSchema(True, opens=workflow.inputs is True)
    return _describe(_rooted(description, workflow.inputs), None)


def _rooted(description: Description, written: JSON) -> JSON:
    """Return the schema with the document's components beside it, where references of the document find them."""
    if not isinstance(written, dict):
        return written
    components: JSON = {"inputs": dict(description.components.inputs)}
    return {**written, "components": components} if description.components.inputs else written


def _compile(schema: Any) -> Any:
    import jsonschema_rs  # only workflows with inputs pay for it

    return jsonschema_rs.Draft202012Validator(schema, offline=True, validate_formats=False)


def _describe(root: JSON, validator: Any) -> InputSchema:
    properties: dict[str, JSON] = {}
    required: list[str] = []
    closed = opens = False
    for part in parts(root, root):
        named = part.get("properties")
        if isinstance(named, dict):
            for name, schema in named.items():
                properties.setdefault(name, schema)
        wanted = part.get("required")
        required += [name for name in wanted if isinstance(name, str)] if isinstance(wanted, list) else []
        for keyword in ("additionalProperties", "unevaluatedProperties"):
            closed = closed or part.get(keyword) is False
            opens = opens or bool(part.get(keyword)) or part.get(keyword) == {}
        opens = opens or "patternProperties" in part
    secret = frozenset(name for name, schema in properties.items() if is_secret(name, schema, root))
    return InputSchema(root, properties, tuple(dict.fromkeys(required)), closed, opens, secret, validator)


def is_secret(name: str, schema: JSON, root: JSON) -> bool:
    """Tell whether an input is a secret: by its name, or by `format: password` (DOC-29)."""
    return is_secret_name(name) or any(part.get("format") == "password" for part in parts(schema, root))


def parts(schema: JSON, root: JSON) -> Iterator[dict[str, JSON]]:
    """Yield the schema and those that it takes in by `$ref` or `allOf`; references that circle are followed once."""
    queue, seen = [schema], 0
    while queue and seen < MAX_REFERENCES:
        part = queue.pop(0)
        seen += 1
        if not isinstance(part, dict):
            continue
        yield part
        reference = part.get("$ref")
        if isinstance(reference, str) and reference.startswith("#"):
            found = resolve(cast(Value, root), decode(unquote(reference[1:])))
            queue += [] if isinstance(found, Nothing) else [cast(JSON, found)]
        combined = part.get("allOf")
        queue += combined if isinstance(combined, list) else []
