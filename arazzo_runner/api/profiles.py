"""Profiles (`arazzo.toml`) as options of a run, and what they give where nothing else does.

Options of the caller go before the environment, that before a profile, and that before the document. A file is often
shared by several documents, so a name in it that this document does not have says nothing here; an option of the
caller names exactly, and a wrong name is an error. References to secrets are resolved when a run wants the secret.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from arazzo_runner.api.binding import schemes_wanted
from arazzo_runner.api.options import Options
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.profiles.profile import Profile, choose
from arazzo_runner.profiles.references import FORMS, is_reference, resolve
from arazzo_runner.profiles.search import find, read_found, read_named
from arazzo_runner.profiles.settings import Secret
from arazzo_runner.profiles.toml import read
from arazzo_runner.program.model import BoundWorkflow, InputSchema, OperationCall, Program
from arazzo_runner.redact import is_secret_name
from arazzo_runner.sources.location import file_uri, name_of
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.security import Credential, Credentials, Schemes, from_flag, way_for
from arazzo_runner.values import Value

InputsFor = Mapping[str, Mapping[str, Value]]


def load_profile(
    path: str | os.PathLike[str], name: str | None = None, *, environ: Mapping[str, str] | None = None
) -> Options:
    """Return the options that a file of profiles (`arazzo.toml`) makes: its profile `name`, or its defaults alone.

    Change them with `dataclasses.replace`, which then counts more. `environ` is what references to variables and
    `ARAZZO_AUTH_...` are looked up in; the environment of the process where it is left out.

    Raises:
        UsageError: the file can't be read, has no such profile, or is not as it should be; the message has the place.
    """
    profile = named_profile(Path(path), name)
    return options_under(profile, environ=dict(os.environ) if environ is None else environ)


def named_profile(path: Path, name: str | None) -> Profile:
    """Return a profile of a file that the user named.

    Raises:
        UsageError: as `load_profile`.
    """
    path = Path.cwd() / path.expanduser()
    return choose(read(read_named(path), name_of(file_uri(path)), path.parent), name, is_named=True)


def found_profile(folder: Path, name: str | None) -> Profile | None:
    """Return a profile of the file that is found for a folder; None where there is no file.

    Raises:
        UsageError: as `load_profile`; or somebody else could have put the file there.
    """
    path = find(folder)
    if path is None:
        return None
    return choose(read(read_found(path), name_of(file_uri(path)), path.parent), name, is_named=False)


def options_under(profile: Profile | None, **given: Any) -> Options:
    """Return the options that were given, over those of a profile; one that is None was not given."""
    given = {name: value for name, value in given.items() if value is not None}
    if profile is None:
        return Options(**given)
    found = profile.settings
    own: dict[str, Any] = {
        "base_dir": found.base_dir,
        "documents": found.documents,
        "strict": found.strict,
        "follow_redirects": found.follow_redirects,
        "cookies": found.cookies,
        "check": found.check,
        "check_level": found.check_level,
        "proxy": found.proxy,
        "no_proxy": found.no_proxy,
        "allow_hosts": found.allow_hosts,
        "allow_methods": found.allow_methods,
        "deny_private": found.deny_private,
        **found.limits,
        **_certificates(profile, given),
    }
    hosts = frozenset(given.pop("auth_hosts", ())) | profile.hosts()
    own = {name: value for name, value in own.items() if value is not None}
    options = Options(profile=profile, auth_hosts=hosts, **(own | given))
    return replace(options, insecure_hosts=frozenset(options.insecure_hosts))


def _certificates(profile: Profile, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options that a profile makes for certificates; a certificate that was given is not mixed with its."""
    found: dict[str, Any] = dict(profile.settings.tls)
    key, password = found.pop("client_key", None), found.pop("client_cert_password", None)
    if "client_cert" in given or "client_cert" not in found:
        found.pop("client_cert", None)
        return found
    if key is not None:
        found["client_cert"] += f":{key}"
    sends = "environ" in given and not given.get("mock")  # who only looks at a document names no environment
    if password is not None and sends and "client_cert_password" not in given:
        what = f"the password of the certificate's key of {profile.file}"
        found["client_cert_password"] = resolve(password, what, given["environ"], given.get("ask"))
    return found


# ---------------------------------------------------------------- names that a document has


def sources_of(options: Options, description: Description) -> Mapping[str, str]:
    """Return the sources to read in place of those that a description names."""
    if options.profile is None:
        return options.sources
    declared = [each.name for each in description.source_descriptions]
    return {**_known(options.profile.settings.sources, declared), **options.sources}


def servers_of(options: Options, called: Iterable[Operation]) -> Mapping[str, str]:
    """Return the servers to call in place of those of the operations; one for all, if given, hides the profile's."""
    if options.profile is None or "" in options.servers:
        return options.servers
    return {**_known(options.profile.settings.servers, ["", *(each.source for each in called)]), **options.servers}


def server_variables_of(options: Options, called: Iterable[Operation]) -> Mapping[str, str]:
    """Return the values of the variables that the servers of the operations have."""
    if options.profile is None:
        return options.server_variables
    names = [name for operation in called for server in operation.servers for name in server.variables]
    return {**_known(options.profile.settings.server_variables, names), **options.server_variables}


def _known(found: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in found.items() if name in names}


# ---------------------------------------------------------------- credentials


def credentials_of(options: Options, program: Program, schemes: Schemes, above: Credentials) -> Credentials:
    """Return the credentials that a profile gives for a program, unless those `above` are enough; none for a mock.

    Raises:
        UsageError: a secret can't be had, or does not fit its scheme.
    """
    profile = options.profile
    if profile is None or options.mock:
        return {}
    steps = (step.call for flow in program.workflows.values() for step in flow.steps)
    calls = [call for call in steps if isinstance(call, OperationCall)]
    keys = {(call.operation.source, key) for call in calls for key, _ in schemes_wanted(call)}
    wanted = {at: scheme for at, scheme in schemes.items() if at in keys and not _is_given(at, schemes, above)}
    found: dict[tuple[str | None, str], Credential] = {}
    for name, secret in profile.settings.auth.items():
        if any(name in (key, f"{source}.{key}") for source, key in wanted):
            for at, credential in _credential(name, secret, options, profile, wanted).items():
                found[at] = credential.over(found.get(at, Credential()))
    return found


def _is_given(at: tuple[str, str], schemes: Schemes, above: Credentials) -> bool:
    given = above.get(at) or above.get((None, at[1]))
    return given is not None and way_for(schemes[at], given) is not None


def _credential(name: str, secret: Secret, options: Options, profile: Profile, schemes: Schemes) -> Credentials:
    parts = {name: secret} if isinstance(secret, str) else {f"{name}.{field}": text for field, text in secret.items()}
    fields: dict[str, str] = {}
    at: tuple[str | None, str] = (None, name)
    for label, text in parts.items():
        what = f"the credential '{label}' of {profile.file}"
        value = resolve(text, what, options.environ, options.ask) if is_reference(text) else text
        try:
            [(at, credential)] = from_flag(f"{label}={value}", schemes).items()
        except UsageError as fault:
            raise UsageError(f"{profile.file}: {fault.message.replace('--auth ', 'auth.')}", fault.hint) from None
        fields |= credential.fields
    return {at: Credential(fields, origins=dict.fromkeys(fields, f"auth.{name} of {profile.file}"))}


# ---------------------------------------------------------------- inputs


def inputs_under(
    options: Options, program: Program, inputs: Mapping[str, Value], inputs_for: InputsFor
) -> tuple[dict[str, Value], dict[str, dict[str, Value]]]:
    """Return inputs, and those for workflows that run before, filled up with what a profile gives.

    Raises:
        UsageError: the secret that an input refers to can't be had.
    """
    all_for = {flow: dict(given) for flow, given in inputs_for.items()}
    if options.profile is None:
        return dict(inputs), all_for
    entry = program.workflow
    own = {**_filling(options, entry.key.workflow_id, entry.inputs, inputs), **inputs}
    for flow in _running_before(program, entry):
        given = all_for.get(flow.key.workflow_id, {})
        shared = [name for name in own if name in flow.inputs.properties]
        if more := _filling(options, flow.key.workflow_id, flow.inputs, {*shared, *given}):
            all_for[flow.key.workflow_id] = {**more, **given}
    return own, all_for


def _running_before(program: Program, entry: BoundWorkflow) -> Iterator[BoundWorkflow]:
    waiting = list(entry.depends_on)
    for key in waiting:
        yield program.workflows[key]
        waiting += [each for each in program.workflows[key].depends_on if each not in waiting]


def _filling(options: Options, workflow: str, schema: InputSchema, have: Collection[str]) -> dict[str, Value]:
    """Return what a profile gives for a workflow that does not have it: for it by name, or for all that declare it."""
    assert options.profile is not None, "the caller has looked"
    found = options.profile.settings
    shared = {name: value for name, value in found.inputs.items() if name in schema.properties}
    offered = {**shared, **found.inputs_for.get(workflow, {})}
    return {
        name: _input(options, options.profile, name, value, schema)
        for name, value in offered.items()
        if name not in have
    }


def _input(options: Options, profile: Profile, name: str, value: Value, schema: InputSchema) -> Value:
    if not (is_secret_name(name) or name in schema.secret) or value is None or isinstance(value, bool):
        return value
    what = f"input '{name}' of {profile.file}"
    if not isinstance(value, str) or not is_reference(value):
        raise UsageError(f"{what} is a secret, and no secret stands in this file (not shown)", f"write {FORMS}")
    if not profile.is_named:
        hint = "name the profile (--profile NAME) or the file (--config FILE)"
        raise UsageError(f"{what} is a secret, which a file that was only found does not give", hint)
    return resolve(value, what, options.environ, options.ask)
