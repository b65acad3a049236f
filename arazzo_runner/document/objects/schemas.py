"""The places of JSON Schemas in a document: `inputs` of workflows and of components (Arazzo 1.1, Workflow Object)."""

from __future__ import annotations

from arazzo_runner.document.objects.fields import Reading
from arazzo_runner.document.objects.findings import told
from arazzo_runner.values import JSON, Path


def read_schema(reading: Reading, value: JSON, at: Path, label: str) -> JSON:
    """Return a JSON Schema as written if it is one by its type; what it says is judged elsewhere."""
    if not isinstance(value, dict | bool):
        message = f"{label}: found {told(value)}, expected a JSON Schema"
        reading.findings.error("structure-wrong-type", message, at, "write an object with 'type: object'")
        return None
    if isinstance(value, dict) and isinstance(value.get("reference"), str) and "$ref" not in value:
        message = f"{label}: a schema is reused by '$ref', not by 'reference'"
        help = "write '$ref: \"#/components/inputs/<name>\"'"
        reading.findings.error("structure-reference-form", message, (*at, "reference"), help, key=True)
    return value
