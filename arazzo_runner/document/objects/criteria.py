"""Criterion Objects (Arazzo 1.1, Criterion Object)."""

from __future__ import annotations

from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.document.objects.expression_types import CRITERION_TYPES, flat_version, read_expression_type
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.shapes import CRITERION
from arazzo_runner.values import JSON, Path

_SIMPLE = ExpressionType("simple")


def read_criteria(fields: Fields, name: str) -> tuple[Criterion, ...]:
    """Read a list of Criterion Objects."""
    read = (_read_criterion(fields.reading, value, at) for value, at in fields.items(name))
    return tuple(criterion for criterion in read if criterion is not None)


def _read_criterion(reading: Reading, value: JSON, at: Path) -> Criterion | None:
    version = flat_version(reading, value, at, CRITERION.noun) if isinstance(value, dict) else None
    if isinstance(value, dict) and version is not None:
        value = {name: member for name, member in value.items() if name != "version"}
    fields = open_object(reading, value, at, CRITERION)
    if fields is None:
        return None
    context = fields.text("context")
    given = fields.has("type")
    found = read_expression_type(fields, "type", CRITERION_TYPES) or _SIMPLE
    if version is not None:
        found = ExpressionType(found.type, version)
    if found.type != "simple" and not fields.has("context"):
        message = f"criterion: 'context' is missing, which a criterion of type '{found.type}' needs"
        help = "add what it looks at, such as 'context: $response.body'"
        reading.findings.missing("structure-missing-field", message, at, help)
    return Criterion(fields.text("condition") or "", at, context, found, given)
