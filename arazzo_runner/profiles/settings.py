"""What a profile can say, with every part left out that it does not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, TypeAlias

from arazzo_runner.values import Value

Secret: TypeAlias = str | Mapping[str, str]
"""The reference to a secret, or one for each field of a credential, by its name (TOKEN, USERNAME, ...)."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one profile or more. Paths are absolute, names are as in the file.

    A source of the empty name in `servers` is every source. `auth` and `inputs` with secret names hold references to
    secrets, never values. `limits` are numbers by the names that the options of a run have for them.
    """

    servers: Mapping[str, str] = field(default_factory=dict)
    server_variables: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    base_dir: Path | None = None
    documents: tuple[str, ...] | None = None
    inputs: Mapping[str, Value] = field(default_factory=dict)
    inputs_for: Mapping[str, Mapping[str, Value]] = field(default_factory=dict)
    auth: Mapping[str, Secret] = field(default_factory=dict)
    auth_hosts: tuple[str, ...] | None = None
    limits: Mapping[str, int | float] = field(default_factory=dict)
    strict: bool | None = None
    follow_redirects: bool | None = None
    cookies: bool | None = None
    check: str | None = None
    check_level: str | None = None
    tls: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)
    proxy: str | None = None
    no_proxy: tuple[str, ...] | None = None
    allow_hosts: tuple[str, ...] | None = None
    allow_methods: tuple[str, ...] | None = None
    deny_private: bool | None = None

    def over(self, lower: Settings) -> Settings:
        """Return both together; where both say something, this one counts. Tables are put together name by name."""
        both = {each.name: _over(getattr(self, each.name), getattr(lower, each.name)) for each in fields(self)}
        both["inputs_for"] = {
            flow: _over(self.inputs_for.get(flow), lower.inputs_for.get(flow, {})) for flow in both["inputs_for"]
        }
        return Settings(**both)


def _over(upper: Any, lower: Any) -> Any:
    if isinstance(upper, Mapping) and isinstance(lower, Mapping):
        return {**lower, **upper}
    return lower if upper is None else upper
