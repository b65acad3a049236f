"""Reusable Objects: references into the components of the same document (Arazzo 1.1, Reusable Object)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeVar

from arazzo_runner.document.model import Reusable
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.findings import short
from arazzo_runner.document.objects.shapes import REUSABLE
from arazzo_runner.values import JSON, Path

_REFERENCE: Final = re.compile(r"\$components\.(inputs|parameters|successActions|failureActions)\.(.+)", re.DOTALL)

Item = TypeVar("Item")


def component_name(reference: str, section: str) -> str | None:
    """Return the key that a reference names in a section of the components, or None if it names none there."""
    found = _REFERENCE.fullmatch(reference)
    return found[2] if found is not None and found[1] == section else None


def read_list(
    fields: Fields, name: str, section: str, read_item: Callable[[Reading, JSON, Path], Item | None]
) -> tuple[Item | Reusable, ...]:
    """Read a list whose items are objects of one kind or references to components of that kind."""
    found: list[Item | Reusable] = []
    for value, at in fields.items(name):
        value = _as_meant(fields.reading, value, at, section)
        if isinstance(value, dict) and "reference" in value:
            reusable = _read_reusable(fields.reading, value, at, section)
            if reusable is not None:
                found.append(reusable)
        elif isinstance(value, dict) and "$ref" in value:
            fields.reading.findings.error(
                "structure-reference-form",
                f"{fields.label}: an item of '{name}' has '$ref', which only JSON Schemas have here",
                (*at, "$ref"),
                f"write 'reference: $components.{section}.<name>'",
            )
        else:
            item = read_item(fields.reading, value, at)
            if item is not None:
                found.append(item)
    return tuple(found)


def _as_meant(reading: Reading, value: JSON, at: Path, section: str) -> JSON:
    """Read around two habits: an empty `reference` beside a full object, and a reference given as the only `name`."""
    if not isinstance(value, dict):
        return value
    if value.get("reference") in ("", None) and "reference" in value and "name" in value:
        message = "'reference' is given without a value"
        help = "remove it"
        reading.findings.stray("structure-empty-field", message, (*at, "reference"), help, key=True)
        return {name: member for name, member in value.items() if name != "reference"}
    name = value.get("name")
    if value.keys() == {"name"} and isinstance(name, str) and component_name(name, section) is not None:
        message = f"a reference is given as 'name', expected 'reference: {short(name)}'"
        help = "rename 'name' to 'reference'"
        reading.findings.stray("structure-reference-form", message, (*at, "name"), help, key=True)
        return {"reference": name}
    return value


def _read_reusable(reading: Reading, value: dict[str, JSON], at: Path, section: str) -> Reusable | None:
    fields = open_object(reading, value, at, REUSABLE)
    reference = fields.text("reference") if fields else None
    if fields is None or reference is None:
        return None
    if component_name(reference, section) is None:
        other = _REFERENCE.fullmatch(reference)
        found = f"names '{other[1]}'" if other else f"is '{short(reference)}'"
        reading.findings.error(
            "structure-reference-form",
            f"the reference {found}, expected $components.{section}.<name>",
            fields.path("reference"),
            f"write 'reference: $components.{section}.<name>'",
        )
    if section != "parameters" and fields.has("value"):
        reading.findings.warning(
            "structure-ignored-field",
            "'value' counts only for a reference to a parameter and is ignored here",
            fields.path("value"),
            "remove it",
            key=True,
        )
    has_value = fields.has("value") and section == "parameters"
    return Reusable(reference, at, fields.data.get("value") if has_value else None, has_value)
