"""What a caller decides about reading and running documents: one frozen value, passed down."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from arazzo_runner.engine.limits import MAX_STEPS, REQUEST_TIMEOUT
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.security import Credential, Credentials


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

    Raises:
        UsageError: a field is of another kind than it should be, or a number out of its range. No value is shown.
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

    def __post_init__(self) -> None:
        for name, (fits, wanted) in _FIELDS.items():
            value = getattr(self, name)
            if not fits(value):
                given = f"{value:g}" if isinstance(value, float) else f"of type {type(value).__name__}"
                given = str(value) if isinstance(value, int) and abs(value) < 10**9 else given
                raise UsageError(f"the option '{name}' is {given}, which it can't be", f"give {wanted}")


Check: TypeAlias = Callable[[object], bool]


def _texts(value: object) -> bool:
    return isinstance(value, tuple | list | frozenset | set) and all(isinstance(each, str) for each in value)


def _text_by_name(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(part, str) for pair in value.items() for part in pair)


def _seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MAX_TIMEOUT


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _steps(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _either(value: object) -> bool:
    return isinstance(value, bool)


MAX_TIMEOUT: Final = 10.0**9
"""The most seconds that a request may be given: what clocks and sockets can count."""

_FLAG: Final = (_either, "True or False")
_FIELDS: Final[Mapping[str, tuple[Check, str]]] = {
    "strict": _FLAG,
    "servers": (_text_by_name, 'URLs by the names of sources, "" for all: {"": "http://localhost:8080"}'),
    "server_variables": (_text_by_name, 'values by the names of variables: {"region": "eu"}'),
    "sources": (_text_by_name, 'files or URLs by the names of sources: {"api": "api.yml"}'),
    "base_dir": (lambda value: value is None or isinstance(value, Path), "a pathlib.Path, or None"),
    "credentials": (
        lambda value: isinstance(value, Mapping) and all(isinstance(each, Credential) for each in value.values()),
        "values of the type Credential by source and scheme",
    ),
    "auth": (_texts, 'a tuple of texts: ("scheme=VALUE",)'),
    "environ": (_text_by_name, "a mapping of texts, such as os.environ"),
    "insecure_hosts": (_texts, 'a set of hosts: frozenset({"localhost"})'),
    "cacert": (lambda value: value is None or isinstance(value, str | os.PathLike), "the path of a file, or None"),
    "mock": _FLAG,
    "seed": (_whole, "a whole number"),
    "timeout": (_seconds, "a number of seconds above 0, a billion at most"),
    "max_steps": (_steps, "a whole number above 0"),
    "show_secrets": _FLAG,
}
"""What each field may be, and how that is said."""
