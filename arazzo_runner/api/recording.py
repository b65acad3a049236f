"""Beginning a journal: what the run is made from, so that it can be made again."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, Final, get_type_hints

from arazzo_runner._version import VERSION as RUNNER
from arazzo_runner.api.options import Options
from arazzo_runner.api.preparing import Prepared
from arazzo_runner.document.model import Description
from arazzo_runner.document.source import Source
from arazzo_runner.engine.outcomes import Clock
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from arazzo_runner.errors import ArazzoError
from arazzo_runner.journal.codec import decode, encode
from arazzo_runner.journal.records import VERSION, Header, Held, Text
from arazzo_runner.journal.sealing import Sealer
from arazzo_runner.journal.vault import SecretsFile, Vault
from arazzo_runner.journal.writer import JournalFile, Recorder
from arazzo_runner.sources.openapi.document import OpenApiDocument
from arazzo_runner.sources.security import Credential, Credentials
from arazzo_runner.values import Value

NOT_KEPT: Final = frozenset(
    "credentials auth environ client_cert_password profile ask show_secrets interactive access".split()
)
"""Options that a journal does not keep: what they came to stands in its settings, or is the caller's own."""

_FILES: Final = frozenset({"cacert", "client_cert"})

_LOGIN = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*://)([^/?#]+)@(.*)", re.DOTALL)
"""A URL that begins with who calls: a user, mostly with a password."""


def record(prepared: Prepared, run: Run, where: str | os.PathLike[str], clock: Clock) -> Recorder:
    """Begin the journal of a run. ``{run}`` and ``{time}`` in its name are the id and the time of the run.

    Raises:
        UsageError: the file is there already, or it can't be made.
        CannotContinue: its first line can't be written.
    """
    path = Path(filled(os.fspath(where), prepared.settings.run_id))
    file = JournalFile.create(path)
    secrets = SecretsFile(path)
    try:
        sealer = Sealer(run.redactor, secrets.create())
        recorder = Recorder(file, sealer, secrets)
        recorder.begin(header_of(prepared, run, sealer, time.time() if not prepared.options.mock else clock.wall))
    except ArazzoError:
        file.close()
        secrets.close()
        path.unlink(missing_ok=True)
        secrets.path.unlink(missing_ok=True)
        raise
    return recorder


def filled(name: str, run_id: str) -> str:
    """Return the name of a journal with what it leaves to the run filled in."""
    return name.replace("{run}", run_id).replace("{time}", time.strftime("%Y%m%dT%H%M%SZ", time.gmtime()))


def header_of(prepared: Prepared, run: Run, sealer: Sealer, made: float) -> Header:
    """Return the head of the journal of a run."""
    return Header(
        version=VERSION,
        runner=RUNNER,
        made=made,
        document=_text(prepared.description.source, sealer),
        sources=tuple(_sources(prepared, sealer)),
        workflow=prepared.program.entry.workflow_id,
        inputs=sealed_inputs(run.inputs, sealer),
        inputs_for={name: sealed_inputs(inputs, sealer) for name, inputs in run.inputs_for.items()},
        settings=_without_secrets(run.settings, sealer),
        credentials=tuple(_held(run.settings.credentials, sealer)),
        options=_kept(prepared.options, sealer),
    )


def sealed_inputs(inputs: Mapping[str, Value], sealer: Sealer) -> dict[str, Value]:
    """Return inputs with stand-ins in the place of secrets."""
    sealed = sealer.value(dict(inputs))
    assert isinstance(sealed, dict), "an object stays one"
    return sealed


def _text(source: Source, sealer: Sealer, name: str = "") -> Text:
    content = source.text.encode("utf-8", "surrogatepass")
    return Text(_url(source.uri, sealer), sealer.text(name or source.name), hashlib.sha256(content).hexdigest())


def _sources(prepared: Prepared, sealer: Sealer) -> Iterator[Text]:
    for source in prepared.registry.sources(prepared.description).values():
        match source.document:
            case OpenApiDocument() | Description():
                yield _text(source.document.source, sealer, source.name)


def _without_secrets(settings: Settings, sealer: Sealer) -> Settings:
    servers = {name: _url(url, sealer) for name, url in settings.servers.items()}
    variables = {name: sealer.text(value) for name, value in settings.server_variables.items()}
    return replace(settings, credentials={}, servers=servers, server_variables=variables)


def _held(credentials: Credentials, sealer: Sealer) -> Iterator[Held]:
    for (source, scheme), given in credentials.items():
        values = {name: str(sealer.value(text)) for name, text in given.fields.items()}
        yield Held(source, scheme, values, given.supplied)


def _kept(options: Options, sealer: Sealer) -> dict[str, Value]:
    """Return the options that a second run needs, those left out that have their defaults."""
    plain = Options()
    kept: dict[str, Value] = {}
    for one in fields(options):
        value = getattr(options, one.name)
        if one.name in NOT_KEPT or value == getattr(plain, one.name):
            continue
        if isinstance(value, Path) or one.name in _FILES:
            value = _certificate(str(value)) if one.name == "client_cert" else str(Path(value).absolute())
        elif one.name == "sources":
            value = {name: _absolute(where) for name, where in value.items()}
        elif one.name == "documents":
            value = tuple(map(_absolute, value))
        plain_value: Any = encode(value)
        kept[one.name] = _sealed(plain_value, sealer)
    return kept


def _sealed(value: Value, sealer: Sealer) -> Value:
    """Return a value with stand-ins in the place of secrets; who calls by a URL in it is one."""
    match value:
        case str():
            return _url(value, sealer)
        case list():
            return [_url(item, sealer) if isinstance(item, str) else sealer.value(item) for item in value]
        case dict():
            return {name: _sealed(member, sealer) for name, member in value.items()}
    return sealer.value(value)


def _url(text: str, sealer: Sealer) -> str:
    found = _LOGIN.fullmatch(text)
    if found is None:
        return sealer.text(text)
    caller = sealer.value(found[2], "password")
    assert isinstance(caller, str), "a text stays one"
    return f"{found[1]}{caller}@{sealer.text(found[3])}"


def _certificate(where: str) -> str:
    """Return ``FILE`` or ``FILE:KEY`` with whole paths."""
    file, colon, key = where.rpartition(":")
    if not colon or not file or Path(where).is_file():
        return str(Path(where).absolute())
    return f"{Path(file).absolute()}:{Path(key).absolute()}"


def _absolute(where: str) -> str:
    """Return a file by its whole path, so that it is found from another folder too; a URL as it is."""
    return str(Path(where).absolute()) if Path(where).exists() else where


def options_of(header: Header, vault: Vault) -> Options:
    """Return the options that a journal was recorded under, as far as it keeps them.

    Raises:
        Undecodable: one is not what an option can be.
    """
    hints: dict[str, Any] = get_type_hints(Options)
    known: dict[str, Any] = {}
    for name, sealed in header.options.items():
        if name not in hints or name in NOT_KEPT:
            continue  # a newer version has it
        value: Any = vault.opened_value(sealed)
        known[name] = Path(str(value)) if name == "base_dir" else decode(hints[name], value)
    return Options(**known)


def settings_of(header: Header, vault: Vault) -> Settings:
    """Return what the engine was told when a journal was recorded."""
    held: dict[tuple[str | None, str], Credential] = {
        (one.source, one.scheme): Credential(
            {name: vault.opened(text) for name, text in one.fields.items()}, one.supplied
        )
        for one in header.credentials
    }
    settings = header.settings
    servers = {name: vault.opened(url) for name, url in settings.servers.items()}
    variables = {name: vault.opened(value) for name, value in settings.server_variables.items()}
    return replace(settings, credentials=held, servers=servers, server_variables=variables)
