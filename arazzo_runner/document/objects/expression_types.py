"""Expression Type Objects: a query language and its version (Arazzo 1.1, Expression Type Object)."""

from __future__ import annotations

from typing import Final

from arazzo_runner.document.model import ExpressionType
from arazzo_runner.document.objects.fields import Fields, Reading, open_object
from arazzo_runner.document.objects.findings import choice, short
from arazzo_runner.document.objects.shapes import EXPRESSION_TYPE
from arazzo_runner.values import JSON, Path

CRITERION_TYPES: Final = ("simple", "regex", "jsonpath", "xpath")
SELECTOR_TYPES: Final = ("jsonpath", "xpath", "jsonpointer")

_VERSIONS: Final = {
    "jsonpath": ("draft-goessner-dispatch-jsonpath-00",),
    "xpath": ("xpath-30", "xpath-20", "xpath-10"),
    "jsonpointer": (),
}
_NEWER_VERSIONS: Final = {"jsonpath": ("rfc9535",), "xpath": ("xpath-31",), "jsonpointer": ("rfc6901",)}


def read_expression_type(fields: Fields, name: str, known: tuple[str, ...]) -> ExpressionType | None:
    """Read the member that tells a language: its name, or an object of name and version."""
    if not isinstance(fields.data.get(name), dict):
        text = fields.one_of(name, known)
        return ExpressionType(text) if text is not None else None
    versioned = tuple(one for one in known if one in _VERSIONS)
    label = f"{fields.label}: '{name}'"
    inner = open_object(fields.reading, fields.data[name], fields.path(name), EXPRESSION_TYPE, label)
    language = inner.one_of("type", versioned) if inner else None
    if inner is None or language is None:
        return None
    return ExpressionType(language, _version(inner, language))


def _version(fields: Fields, language: str) -> str | None:
    version = fields.text("version")
    if version is None:
        return None
    return check_version(fields.reading, language, version, fields.path("version"), fields.label)


def check_version(reading: Reading, language: str, version: str, at: Path, label: str) -> str | None:
    """Return the version if the language has it; one that came with Arazzo 1.1 is told in a 1.0 document."""
    known: tuple[str, ...] = _VERSIONS[language]
    newer: tuple[str, ...] = _NEWER_VERSIONS[language]
    if version in newer and not reading.features.v1_1:
        message = f"{label}: the version '{version}' came with Arazzo 1.1, this is a 1.0 document"
        reading.findings.stray("document-newer-feature", message, at, "set 'arazzo: 1.1.0' or leave the version out")
    elif version not in known + newer:
        message = f"{label}: '{short(version)}' is no version of {language}"
        help = choice(version, known + newer if reading.features.v1_1 else known)
        reading.findings.error("structure-unknown-value", message, at, help)
        return None
    return version


def flat_version(reading: Reading, value: dict[str, JSON], at: Path, label: str) -> str | None:
    """Return a `version` that stands beside a `type` that is a string: an early schema had it there."""
    language, version = value.get("type"), value.get("version")
    if not isinstance(version, str) or not isinstance(language, str) or language not in _VERSIONS:
        return None
    reading.findings.stray(
        "structure-flat-version",
        f"{label}: 'version' stands beside 'type', expected both in one object",
        (*at, "version"),
        f"write 'type: {{type: {language}, version: {version}}}'",
        key=True,
    )
    return check_version(reading, language, version, (*at, "version"), label)
