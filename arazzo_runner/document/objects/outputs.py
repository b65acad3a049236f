"""The maps of outputs of steps and workflows (Arazzo 1.1, Step Object and Workflow Object: outputs)."""

from __future__ import annotations

from arazzo_runner.document.objects.expression_types import SELECTOR_TYPES, flat_version, read_expression_type
from arazzo_runner.document.objects.fields import Fields, open_object, quoting
from arazzo_runner.document.objects.findings import short, told
from arazzo_runner.document.objects.names import check_key
from arazzo_runner.document.objects.shapes import SELECTOR
from arazzo_runner.values import JSON, Path


def read_outputs(fields: Fields) -> dict[str, JSON]:
    """Read the outputs: each an expression, or in 1.1 a Selector Object.

    What is neither, and has been told, is declared all the same: it is null, so that no reference to it is a fault.
    """
    outputs: dict[str, JSON] = {}
    for name, value, at in fields.members("outputs"):
        check_key(fields.reading.findings, name, at, "output name")
        label = f"{fields.label}: output '{short(name)}'"
        meant = _as_meant(fields, label, value, at)
        outputs[name] = meant if isinstance(value, str) or _is_selector(fields, label, meant, at) else None
    return outputs


def _as_meant(fields: Fields, label: str, value: JSON, at: Path) -> JSON:
    """Read a version that stands beside the type of a selector as the version of that type."""
    if not isinstance(value, dict) or not fields.reading.features.v1_1:
        return value
    version = flat_version(fields.reading, value, at, label)
    if version is None:
        return value
    others = {name: member for name, member in value.items() if name != "version"}
    return {**others, "type": {"type": value["type"], "version": version}}


def _is_selector(fields: Fields, label: str, value: JSON, at: Path) -> bool:
    if isinstance(value, dict) and fields.reading.features.v1_1:
        selector = open_object(fields.reading, value, at, SELECTOR, label)
        if selector is None or any(field not in value for field in SELECTOR.required):
            return False
        texts = selector.text("context"), selector.text("selector")
        return read_expression_type(selector, "type", SELECTOR_TYPES) is not None and None not in texts
    help = quoting(value)
    if value is None:
        help = "give it an expression; if it begins with '#', quote it: an unquoted ' #' starts a comment"
    if isinstance(value, dict):
        help = "Selector Objects came with Arazzo 1.1; in 1.0 write an expression"
    expected = "an expression or a Selector Object" if fields.reading.features.v1_1 else "an expression"
    message = f"{label} is {told(value)}, expected {expected}"
    fields.reading.findings.error("structure-wrong-type", message, at, help)
    return False
