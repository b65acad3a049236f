"""What a caller decides about a run: one frozen value, an input of `Run`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from arazzo_runner.engine.limits import Limits
from arazzo_runner.sources.egress import OPEN, Egress
from arazzo_runner.sources.security import Credentials


class Level(Enum):
    """What a breach of the API's contract does: it is told, or it fails the step too.

    `FLOW` fails for values that flow into the exchange (from inputs and answers); what the document itself writes out
    or leaves out is told, as a check of the document tells it. So is what was invented: inventions fit wherever the
    description and the document leave room for one that does.
    """

    WARN = "warn"
    FLOW = "flow"
    FAIL = "fail"


CHECKS: Final = ("requests", "responses", "all", "none")
"""What of an exchange is judged against the API description, as callers choose it."""

CHECK_LEVELS: Final = tuple(level.value for level in Level)
"""What a breach of the API's contract does, as callers choose it."""

NO_RUN_ID: Final = "run"
"""What a run goes by that was given no id of its own: nothing tells it from another."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The knobs of a run.

    `servers` maps a source's name (empty: every source) to the server URL that replaces the described ones;
    `server_variables` fills server templates; `run_id` and `seed` make everything derived (multipart boundaries) the
    same again in a replay. `auth_hosts` are hosts that the caller named for credentials. `fallback_server` stands in
    where the description names no server that could be called: a driver that opens no connection needs no real one.
    `follow_redirects` and `keep_cookies` are off, as for any client that is not a browser; `trusted_hosts` (`host` or
    `host:port`) may be redirected to from https to http. `check_requests` and `check_responses` judge what is sent and
    what comes back against the API description, with `check_level`. `given` are the inputs that the caller gave where
    all other values are invented (None: nothing is). `pauses` asks after each try of a step too (`Checkpoint`).
    `egress` says where anything may be sent at all. `idempotency_keys` sends a key with each request whose method is
    not idempotent. `trace` sends a `traceparent` with each request: "" one of a trace of the run's own, a text (the
    traceparent of a caller) one of that trace, None none.
    """

    run_id: str = NO_RUN_ID
    seed: int = 0
    strict: bool = False
    limits: Limits = Limits()
    servers: Mapping[str, str] = field(default_factory=dict)
    server_variables: Mapping[str, str] = field(default_factory=dict)
    credentials: Credentials = field(default_factory=dict, repr=False)
    auth_hosts: frozenset[str] = frozenset()
    fallback_server: str = ""
    follow_redirects: bool = False
    keep_cookies: bool = False
    trusted_hosts: frozenset[str] = frozenset()
    check_requests: bool = False
    check_responses: bool = False
    check_level: Level = Level.WARN
    given: frozenset[str] | None = None
    egress: Egress = OPEN
    pauses: bool = False
    idempotency_keys: bool = False
    trace: str | None = None
