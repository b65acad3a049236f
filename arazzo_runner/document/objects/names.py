"""The names that a document gives: which characters they may have, and that none is given twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from arazzo_runner.document.objects.findings import Findings, short
from arazzo_runner.values import Path

_ID: Final = re.compile(r"[A-Za-z0-9_\-]+")
_KEY: Final = re.compile(r"[a-zA-Z0-9.\-_]+")


def check_id(findings: Findings, text: str, at: Path, noun: str) -> None:
    """Report an id that does not have the recommended form (Arazzo 1.1: SHOULD conform to ``[A-Za-z0-9_\\-]+``)."""
    if not _ID.fullmatch(text):
        findings.warning(
            "structure-name-pattern",
            f"the {noun} '{short(text)}' has other characters than letters, digits, '_' and '-'",
            at,
            "rename it: expressions can't name it safely",
        )


def check_key(findings: Findings, text: str, at: Path, noun: str) -> None:
    """Report a key that a map of outputs or components can't have (``^[a-zA-Z0-9\\.\\-_]+$``)."""
    if not _KEY.fullmatch(text):
        findings.stray(
            "structure-name-pattern",
            f"the {noun} '{short(text)}' has other characters than letters, digits, '.', '-' and '_'",
            at,
            "rename it: expressions can't name it safely",
            key=True,
        )


def check_unique(findings: Findings, names: Iterable[tuple[str, Path]], noun: str) -> None:
    """Report each name that was given before; case counts."""
    seen: dict[str, Path] = {}
    for name, at in names:
        if not name:
            continue  # missing, and reported as such
        first = seen.setdefault(name, at)
        if first is not at:
            message = f"the {noun} '{short(name)}' is given twice"
            findings.again("structure-duplicate-name", message, at, first, "give each its own name")
