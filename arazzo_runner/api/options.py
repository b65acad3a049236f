"""What a caller decides about reading and running documents: one frozen value, passed down."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, TypeAlias

from arazzo_runner.engine.limits import (
    DEEPEST,
    MAX_BODY_BYTES,
    MAX_DEPTH,
    MAX_REDIRECTS,
    MAX_STEPS,
    MAX_WAIT,
    REQUEST_TIMEOUT,
)
from arazzo_runner.engine.settings import CHECK_LEVELS, CHECKS
from arazzo_runner.engine.trace_parent import TraceParent, parse
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.profiles.references import Ask
from arazzo_runner.sources.access import Access
from arazzo_runner.sources.security import Credential

Given: TypeAlias = Mapping[tuple[str | None, str], Credential | Callable[[], Any]]
"""Credentials by source name (None: every source) and scheme, or callables that give them."""


@dataclass(frozen=True, slots=True)
class Options:
    """The knobs of a run; the defaults are right for most.

    `strict` reads every construct literally, as the specification says. `servers` maps a source's name (empty: every
    source) to the URL to call in place of the described one; `server_variables` fills the templates of server URLs.
    `sources` maps a source's name to the file or URL to read in place of the written one; `base_dir` is a folder where
    relative source urls are looked for first. `documents` are files or URLs of further documents, which references mean
    by their `$self`. `access` says how documents are read: within a folder, without the network, with copies kept.

    Credentials come from `credentials`, then from `auth` (texts ``scheme=VALUE`` as for `--auth`), then from the
    variables of `environ` named ``ARAZZO_AUTH_<SOURCE>_<SCHEME>_<FIELD>``; nothing else of the environment is read.
    A callable in the place of a `Credential` is called when a request wants it; it returns a `Credential`, or the
    token or key as a text. `auth_hosts` are hosts (`host` or `host:port`) that may get credentials where the document
    or the API description came from the network, or was found by its file's name (P13). `client_cert` is the
    certificate for mutual TLS, ``FILE`` or ``FILE:KEY`` in PEM form, and `client_cert_password` opens its key; it is
    shown to servers that want it by their description, and to `auth_hosts`. `interactive` is False where no person can
    log in.

    `insecure_hosts` are hosts whose certificates are not checked, each `host` (all its ports) or `host:port`; `cacert`
    is a PEM file of authorities to trust too.
    `mock` answers every request from the API description, the same for one `seed`, and opens no connection. What a
    run created, changed or deleted is so when it is read, unless the mock is `stateless`.
    `scenario` chooses outcomes of its steps (``step=failure``, ``step.action``, ``step*2=429``; docs/mock.md).
    `proxy` is the URL of the proxy for all requests ("" for none), `no_proxy` the hosts that are reached without it;
    None leaves both to the environment. `follow_redirects` follows at most `max_redirects` a request, and `cookies`
    keeps what answers set for the rest of the run; both are off. `check` says what is judged against the API
    description ("requests", "responses", "all" or "none"), `check_level` whether a breach is a warning ("warn") or
    fails its step ("fail"; "flow": only for values that come from inputs and answers, not for what the document writes
    out or leaves out). None is "flow" for a mocked run and "warn" for others. A mock's own answers are not judged.

    `idempotency_keys` sends an `Idempotency-Key` with each request whose method is not idempotent: the same again where
    a request is sent again because nobody knows what became of it. `traceparent` sends a header of that name (W3C Trace
    Context) with each request: True of a trace of the run's own, a text (the `traceparent` of your span) of your trace.

    `timeout` is seconds a request, `run_timeout` seconds a run (None: as long as it takes), `max_wait` the most seconds
    that a `Retry-After` can ask for. `max_steps` is the budget of a run, `max_depth` how deep workflows call each
    other, `max_body` the bytes of an answer that are read, `max_bytes` those that a run sends and receives in all.
    `show_secrets` leaves events unredacted.

    `allow_hosts` are the only hosts that anything is sent to (`host`, `host:port`, `*.host`; None: all), requests,
    redirects, tokens and documents alike; `allow_methods` the only methods of steps (None: all). `deny_private` opens
    connections to public addresses alone, but for the hosts of `allow_private`. `untrusted` is for documents of
    others: the strict set at once (docs/untrusted.md).

    `profile` is what `load_profile` read: the servers, sources, inputs and credentials that it gives count where
    neither the options nor `environ` give them. `ask` is called with the name of a secret that a profile wants asked
    for.

    Raises:
        UsageError: a field is of another kind than it should be, or a number out of its range. No value is shown.
    """

    strict: bool = False
    servers: Mapping[str, str] = field(default_factory=dict)
    server_variables: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    base_dir: Path | None = None
    documents: tuple[str, ...] = ()
    access: Access = field(default_factory=Access)
    credentials: Given = field(default_factory=dict, repr=False)
    auth: tuple[str, ...] = field(default=(), repr=False)
    environ: Mapping[str, str] = field(default_factory=dict, repr=False)
    auth_hosts: frozenset[str] = frozenset()
    insecure_hosts: frozenset[str] = frozenset()
    cacert: str | None = None
    client_cert: str | None = None
    client_cert_password: str | None = field(default=None, repr=False)
    interactive: bool = True
    mock: bool = False
    seed: int = 0
    stateless: bool = False
    scenario: tuple[str, ...] = ()
    proxy: str | None = field(default=None, repr=False)
    no_proxy: tuple[str, ...] | None = None
    follow_redirects: bool = False
    check: str = "all"
    check_level: str | None = None
    max_redirects: int = MAX_REDIRECTS
    cookies: bool = False
    idempotency_keys: bool = False
    traceparent: bool | str = False
    timeout: float = REQUEST_TIMEOUT
    run_timeout: float | None = None
    max_wait: float = MAX_WAIT
    max_steps: int = MAX_STEPS
    max_depth: int = MAX_DEPTH
    max_body: int = MAX_BODY_BYTES
    max_bytes: int | None = None
    show_secrets: bool = False
    allow_hosts: tuple[str, ...] | None = None
    allow_methods: tuple[str, ...] | None = None
    allow_private: tuple[str, ...] = ()
    deny_private: bool = False
    untrusted: bool = False
    profile: Profile | None = None
    ask: Ask | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        for name, (fits, wanted) in _FIELDS.items():
            value = getattr(self, name)
            if not fits(value):
                given = f"{value:g}" if isinstance(value, float) else f"of type {type(value).__name__}"
                given = str(value) if isinstance(value, int) and abs(value) < 10**9 else given
                given = f"'{value}'" if isinstance(value, str) and name in _WORDS else given
                raise UsageError(f"the option '{name}' is {given}, which it can't be", f"give {wanted}")
        if self.scenario and not self.mock:
            raise UsageError("a scenario chooses what a mock answers, and this run is none", "mock it too (--mock)")


Check: TypeAlias = Callable[[object], bool]


def _texts(value: object) -> bool:
    return isinstance(value, tuple | list | frozenset | set) and all(isinstance(each, str) for each in value)


def _text_by_name(value: object) -> bool:
    return isinstance(value, Mapping) and all(isinstance(part, str) for pair in value.items() for part in pair)


def _seconds(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= MAX_TIMEOUT


def _wait(value: object) -> bool:
    return _seconds(value) or (value == 0 and not isinstance(value, bool))


def _whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _steps(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value > 0


def _depth(value: object) -> bool:
    return isinstance(value, int) and _steps(value) and value <= DEEPEST


def _gives_credential(value: object) -> bool:
    return isinstance(value, Credential) or callable(value)


def _either(value: object) -> bool:
    return isinstance(value, bool)


def _traces(value: object) -> bool:
    return isinstance(value, bool) or (isinstance(value, str) and parse(value) is not None)


_EXAMPLE: Final = TraceParent("4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7")


MAX_TIMEOUT: Final = 10.0**9
"""The most seconds that a request may be given: what clocks and sockets can count."""

_WORDS: Final = ("check", "check_level")
"""Fields whose wrong value may be shown: it is a word of the caller's, and no secret."""

_FLAG: Final = (_either, "True or False")
_FIELDS: Final[Mapping[str, tuple[Check, str]]] = {
    "strict": _FLAG,
    "servers": (_text_by_name, 'URLs by the names of sources, "" for all: {"": "http://localhost:8080"}'),
    "server_variables": (_text_by_name, 'values by the names of variables: {"region": "eu"}'),
    "sources": (_text_by_name, 'files or URLs by the names of sources: {"api": "api.yml"}'),
    "base_dir": (lambda value: value is None or isinstance(value, Path), "a pathlib.Path, or None"),
    "documents": (_texts, 'a tuple of files or URLs: ("shared.yml",)'),
    "access": (lambda value: isinstance(value, Access), "an Access, such as Access(offline=True)"),
    "credentials": (
        lambda value: isinstance(value, Mapping) and all(map(_gives_credential, value.values())),
        "values of the type Credential, or callables, by source and scheme",
    ),
    "auth": (_texts, 'a tuple of texts: ("scheme=VALUE",)'),
    "environ": (_text_by_name, "a mapping of texts, such as os.environ"),
    "auth_hosts": (_texts, 'a set of hosts: frozenset({"api.example.com"})'),
    "insecure_hosts": (_texts, 'a set of hosts: frozenset({"localhost"})'),
    "cacert": (lambda value: value is None or isinstance(value, str | os.PathLike), "the path of a file, or None"),
    "client_cert": (
        lambda value: value is None or isinstance(value, str),
        'a path: "client.pem", "client.pem:key.pem"',
    ),
    "client_cert_password": (lambda value: value is None or isinstance(value, str), "a text, or None"),
    "interactive": _FLAG,
    "mock": _FLAG,
    "seed": (_whole, "a whole number"),
    "stateless": _FLAG,
    "scenario": (_texts, 'a tuple of texts: ("step=failure",)'),
    "proxy": (lambda value: value is None or isinstance(value, str), 'a URL: "http://localhost:3128"'),
    "no_proxy": (lambda value: value is None or _texts(value), 'a tuple of hosts: ("localhost", ".internal")'),
    "follow_redirects": _FLAG,
    "check": (lambda value: value in CHECKS, "one of " + ", ".join(CHECKS)),
    "check_level": (lambda value: value is None or value in CHECK_LEVELS, "one of " + ", ".join(CHECK_LEVELS)),
    "max_redirects": (_steps, "a whole number above 0"),
    "cookies": _FLAG,
    "idempotency_keys": _FLAG,
    "traceparent": (_traces, f'True, False or a traceparent: "{_EXAMPLE}"'),
    "timeout": (_seconds, "a number of seconds above 0, a billion at most"),
    "run_timeout": (lambda value: value is None or _seconds(value), "a number of seconds above 0, or None"),
    "max_wait": (_wait, "a number of seconds, a billion at most"),
    "max_steps": (_steps, "a whole number above 0"),
    "max_depth": (_depth, f"a whole number from 1 to {DEEPEST}"),
    "max_body": (_steps, "a whole number of bytes above 0"),
    "max_bytes": (lambda value: value is None or _steps(value), "a whole number of bytes above 0, or None"),
    "show_secrets": _FLAG,
    "allow_hosts": (lambda value: value is None or _texts(value), 'a tuple of hosts: ("api.example.com",), or None'),
    "allow_methods": (lambda value: value is None or _texts(value), 'a tuple of methods: ("GET", "POST"), or None'),
    "allow_private": (_texts, 'a tuple of hosts: ("localhost:8080",)'),
    "deny_private": _FLAG,
    "untrusted": _FLAG,
    "profile": (lambda value: value is None or isinstance(value, Profile), "what load_profile reads, or None"),
    "ask": (lambda value: value is None or callable(value), "a callable that gets a name and returns a text, or None"),
}
"""What each field may be, and how that is said."""
