"""What a profile says, in pairs of a dotted name and a text; secrets only as the references that stand for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, Final

from arazzo_runner.profiles.settings import Settings
from arazzo_runner.reports.plain import shown
from arazzo_runner.values import Value

_LEVELS: Final = {"inputs_for": 2, "auth": 2}
"""How many names lead to a value, where it is not one."""


def profile_entries(settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield each setting that is there, in the order of the keys."""
    for each in fields(settings):
        value = getattr(settings, each.name)
        if each.name in ("limits", "tls"):
            value = _as_written(value)
        elif each.name == "auth":
            value = {name: _as_written(given) if isinstance(given, Mapping) else given for name, given in value.items()}
        yield from _entries(each.name.replace("_", "-"), value, _LEVELS.get(each.name, 1))


def _as_written(settings: Mapping[str, Any]) -> dict[str, Any]:
    return {name.lower().replace("_", "-"): value for name, value in settings.items()}


def _entries(name: str, value: Any, levels: int) -> Iterator[tuple[str, str]]:
    if levels and isinstance(value, Mapping):
        for key, member in value.items():
            yield from _entries(f"{name}.{key or '*'}", member, levels - 1)
    elif value is not None:
        yield name, _text(value)


def _text(value: Any) -> str:
    match value:
        case str() | Path():
            return str(value)
        case tuple():
            return ", ".join(value)
    plain: Value = value
    return shown(plain)
