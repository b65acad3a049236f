"""Parameter Objects (Arazzo 1.1, Parameter Object)."""

from __future__ import annotations

from typing import Final

from arazzo_runner.document.model import Parameter, Reusable
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.findings import choice, short
from arazzo_runner.document.objects.reusable import read_list
from arazzo_runner.document.objects.shapes import PARAMETER
from arazzo_runner.values import JSON, Path

_LOCATIONS: Final = ("path", "query", "header", "cookie")
_NEWER_LOCATION: Final = "querystring"


def read_parameters(fields: Fields, name: str = "parameters") -> tuple[Parameter | Reusable, ...]:
    """Read a list of Parameter Objects and references to them."""
    return read_list(fields, name, "parameters", read_parameter)


def read_parameter(reading: Reading, value: JSON, at: Path) -> Parameter | None:
    """Read one Parameter Object."""
    fields = open_object(reading, value, at, PARAMETER, _label(value))
    if fields is None:
        return None
    return Parameter(fields.text("name") or "", _location(fields), fields.data.get("value"), at)


def _location(fields: Fields) -> str | None:
    location = fields.text("in")
    known = (*_LOCATIONS, _NEWER_LOCATION) if fields.reading.features.v1_1 else _LOCATIONS
    if location is None or location in known:
        return location
    if location == _NEWER_LOCATION:
        message = f"{fields.label}: 'in: querystring' came with Arazzo 1.1, this is a 1.0 document"
        fields.reading.findings.error(
            "document-newer-feature", message, fields.path("in"), "set 'arazzo: 1.1.0' or use 'in: query'"
        )
        return None
    help = "a body is given by 'requestBody'" if location == "body" else choice(location, known)
    message = f"{fields.label}: 'in' is '{short(location)}', which is no place of a parameter"
    fields.reading.findings.error("structure-unknown-value", message, fields.path("in"), help)
    return None


def _label(value: JSON) -> str:
    name = value.get("name") if isinstance(value, dict) else None
    return f"parameter '{short(name)}'" if isinstance(name, str) else PARAMETER.noun
