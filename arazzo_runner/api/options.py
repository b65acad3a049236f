"""What a caller decides about reading and running documents: one frozen value, passed down."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from arazzo_runner.engine.limits import MAX_STEPS, REQUEST_TIMEOUT
from arazzo_runner.sources.security import Credentials


@dataclass(frozen=True, slots=True)
class Options:
    """The knobs of a run; the defaults are right for most.

    `strict` reads every construct literally, as the specification says. `servers` maps a source's name (empty: every
    source) to the URL to call in place of the described one; `server_variables` fills the templates of server URLs.
    `sources` maps a source's name to the file or URL to read in place of the written one; `base_dir` is a folder where
    relative source urls are looked for first.

    Credentials come from `credentials`, then from `auth` (texts ``scheme=VALUE`` as for `--auth`), then from the
    variables of `environ` named ``ARAZZO_AUTH_<SOURCE>_<SCHEME>_<FIELD>``; nothing else of the environment is read.

    `insecure_hosts` are hosts whose certificates are not checked, each `host` (all its ports) or `host:port`; `cacert`
    is a PEM file of authorities to trust too.
    `mock` answers every request from the API description, the same for one `seed`, and opens no connection.
    `timeout` is seconds a request, `max_steps` the budget of a run. `show_secrets` leaves events unredacted.
    """

    strict: bool = False
    servers: Mapping[str, str] = field(default_factory=dict)
    server_variables: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    base_dir: Path | None = None
    credentials: Credentials = field(default_factory=dict, repr=False)
    auth: tuple[str, ...] = field(default=(), repr=False)
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    insecure_hosts: frozenset[str] = frozenset()
    cacert: str | None = None
    mock: bool = False
    seed: int = 0
    timeout: float = REQUEST_TIMEOUT
    max_steps: int = MAX_STEPS
    show_secrets: bool = False
