"""What a caller decides about a run: one frozen value, an input of `Run`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arazzo_runner.engine.limits import Limits
from arazzo_runner.sources.security import Credentials


@dataclass(frozen=True, slots=True)
class Settings:
    """The knobs of a run.

    `servers` maps a source's name (empty: every source) to the server URL that replaces the described ones;
    `server_variables` fills server templates; `run_id` and `seed` make everything derived (multipart boundaries) the
    same again in a replay. `fallback_server` stands in where the description names no server that could be called: a
    driver that opens no connection needs no real one.
    """

    run_id: str = "run"
    seed: int = 0
    strict: bool = False
    limits: Limits = Limits()
    servers: Mapping[str, str] = field(default_factory=dict)
    server_variables: Mapping[str, str] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=dict, repr=False)
    fallback_server: str = ""
