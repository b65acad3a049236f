"""The version of a document and what it switches on (Arazzo 1.1, Versions)."""

from __future__ import annotations

import re
from typing import Final

from arazzo_runner.document.model import FeatureSet
from arazzo_runner.document.objects.findings import Findings, short, told
from arazzo_runner.values import JSON

_VERSION: Final = re.compile(r"(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(?:0|[1-9]\d*)(?:-.+)?", re.ASCII)

SUPPORTED: Final = (FeatureSet(1, 0), FeatureSet(1, 1))
"""The feature sets that this package knows: those of 1.0.x and 1.1.x."""

_USABLE: Final = "use 1.0.0, 1.0.1 or 1.1.0"


def read_version(findings: Findings, root: dict[str, JSON]) -> tuple[str, FeatureSet | None]:
    """Return the `arazzo` field as text, and its feature set: None where it is missing, malformed or not supported."""
    value, at = root.get("arazzo"), ("arazzo",)
    if not isinstance(value, str):
        if "arazzo" in root:
            shown = f'quote it and give all three numbers: arazzo: "{value}.0"' if isinstance(value, float) else _USABLE
            message = f"'arazzo' is {told(value)}, expected a string such as 1.0.1"
            findings.error("structure-wrong-type", message, at, shown)
        return "" if value is None or isinstance(value, list | dict) else str(value), None
    found = _VERSION.fullmatch(value)
    features = FeatureSet(int(found[1]), int(found[2])) if found else None
    if features in SUPPORTED:
        return value, features
    what = "is not supported" if found else "is no version, expected three numbers"
    findings.error("document-unsupported-version", f"the version '{short(value)}' {what}", at, _USABLE)
    return value, None
