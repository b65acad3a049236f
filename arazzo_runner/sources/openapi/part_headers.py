"""The headers of a part of a multipart body (OpenAPI 3.2, Encoding Object: headers).

A description says which headers a part has, not always with which value, and Arazzo has no words for it. So a header
is sent where its schema leaves one value: `const`, `default` or an `enum` of one. A required one that has none is told.
"""

from __future__ import annotations

from dataclasses import dataclass

from arazzo_runner.sources.openapi.headers import header_text, refused_header
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable, scalar_text
from arazzo_runner.values import JSON, Value

TRANSFERS = frozenset({"base64", "quoted-printable", "7bit", "8bit", "binary"})
"""The values of Content-Transfer-Encoding (RFC 2045, section 6.1)."""


@dataclass(frozen=True, slots=True)
class PartHeaders:
    """Header fields in the order written; `transfer` is the Content-Transfer-Encoding among them, in lower case."""

    fields: tuple[tuple[str, str], ...] = ()
    transfer: str = ""
    remarks: tuple[Remark, ...] = ()


def of_encoding(encoding: JSON) -> PartHeaders | Unserialisable:
    """Return the headers that an Encoding Object gives its part; Content-Type and -Disposition are not among them."""
    declared = encoding.get("headers") if isinstance(encoding, dict) else None
    fields: list[tuple[str, str]] = []
    remarks: list[Remark] = []
    for name, header in (declared if isinstance(declared, dict) else {}).items():
        if name.lower() in ("content-type", "content-disposition"):
            continue
        value = _only_value(header)
        if value is None:
            remarks += _missing(name, header)
            continue
        text = _text(name, value)
        if isinstance(text, Unserialisable):
            return Unserialisable(f"header {name}: {text.reason}")
        fields.append((name, text))
    transfer = next((text.lower() for name, text in fields if name.lower() == "content-transfer-encoding"), "")
    return PartHeaders(tuple(fields), transfer, tuple(remarks))


def _text(name: str, value: Value) -> str | Unserialisable:
    refused = refused_header(name)
    if refused is not None:
        return Unserialisable(refused)
    text = scalar_text(value)
    return text if isinstance(text, Unserialisable) else header_text(text)


def _only_value(header: JSON) -> Value:
    schema = header.get("schema") if isinstance(header, dict) else None
    if not isinstance(schema, dict):
        return None
    values = schema.get("enum")
    only = values[0] if isinstance(values, list) and len(values) == 1 else None
    found: Value = schema.get("const", schema.get("default", only))  # type: ignore[assignment]  # dict is invariant
    return found


def _missing(name: str, header: JSON) -> list[Remark]:
    if not isinstance(header, dict) or header.get("required") is not True:
        return []
    message = f"the header {name} is required, and the description leaves its value open: it was not sent"
    return [Remark("body-part-header", message)]
