"""The Components Object (Arazzo 1.1, Components Object)."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from arazzo_runner.document.model import Components
from arazzo_runner.document.objects.actions import read_failure_action, read_success_action
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.names import check_key
from arazzo_runner.document.objects.parameters import read_parameter
from arazzo_runner.document.objects.schemas import read_schema
from arazzo_runner.document.objects.shapes import COMPONENTS
from arazzo_runner.values import JSON, Path

Item = TypeVar("Item")


def read_components(root: Fields) -> Components:
    """Read the components of a document; each section is a map by name, in which `x-` has no meaning of its own."""
    if not root.has("components"):
        return Components()
    fields = open_object(root.reading, root.data["components"], root.path("components"), COMPONENTS)
    if fields is None:
        return Components()
    return Components(
        inputs=_section(fields, "inputs", _read_input),
        parameters=_section(fields, "parameters", read_parameter),
        success_actions=_section(fields, "successActions", read_success_action),
        failure_actions=_section(fields, "failureActions", read_failure_action),
    )


def _section(fields: Fields, name: str, read: Callable[[Reading, JSON, Path], Item | None]) -> dict[str, Item]:
    found: dict[str, Item] = {}
    for key, value, at in fields.members(name):
        check_key(fields.reading.findings, key, at, "component name")
        if name != "inputs" and isinstance(value, dict) and "reference" in value:
            message = f"components.{name}: '{key[:60]}' is a reference, expected the object itself"
            help = "write the object here and the reference where it is used"
            fields.reading.findings.error("structure-reference-form", message, (*at, "reference"), help, key=True)
            continue
        item = read(fields.reading, value, at)
        if item is not None:
            found[key] = item
    return found


def _read_input(reading: Reading, value: JSON, at: Path) -> JSON:
    return read_schema(reading, value, at, f"components.inputs '{str(at[-1])[:60]}'")
