"""Reading credentials out of flags and the environment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.operations import Operation, SecurityScheme
from arazzo_runner.sources.security.credential import (
    API_KEY,
    CERTIFICATE,
    PASSWORD,
    TOKEN,
    USERNAME,
    Credential,
    Credentials,
    checked,
)
from arazzo_runner.sources.security.names import variable_name
from arazzo_runner.sources.security.wants import unsupported
from arazzo_runner.sources.security.ways import fields_of, ways_of

Schemes: TypeAlias = Mapping[tuple[str, str], SecurityScheme]
"""The security schemes that there are, by source name and scheme key."""

_EMPTY: Final = {
    TOKEN: re.compile(r"\s*(bearer)?\s*", re.IGNORECASE),
    API_KEY: re.compile(r"\s*"),
    USERNAME: re.compile(r"\s*:?\s*"),
}
"""What the value of a flag looks like that gives nothing, by the first field that it stands for."""


def schemes_of(operations: Iterable[Operation]) -> Schemes:
    """Collect the security schemes of the descriptions that the operations come from."""
    return {(operation.source, key): scheme for operation in operations for key, scheme in operation.schemes.items()}


def variables_of(schemes: Schemes) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Return the environment variable of each field that can be given for the schemes, by source and scheme key."""
    return {
        (source, key): {
            wanted: variable_name(source, key, wanted) for wanted in fields_of(scheme) if wanted != CERTIFICATE
        }
        for (source, key), scheme in schemes.items()
    }


def from_environment(environ: Mapping[str, str], schemes: Schemes) -> Credentials:
    """Read the credentials of the schemes out of environment variables; an empty one counts as not set.

    Raises UsageError for an illegal value.
    """
    found: dict[tuple[str | None, str], Credential] = {}
    for (source, key), names in variables_of(schemes).items():
        fields = {wanted: environ[name] for wanted, name in names.items() if environ.get(name, "").strip(" \t")}
        if fields:
            found[source, key] = _checked(
                schemes[source, key], fields, f"the environment variables of '{source}.{key}'", names
            )
    return found


def from_flag(text: str, schemes: Schemes) -> Credentials:
    """Read one ``--auth scheme=VALUE``, ``--auth source.scheme=VALUE`` or ``--auth scheme.client_id=VALUE``.

    VALUE is the token, `user:password` for basic and digest, or the API key; behind the name of a field it is that
    field. Without a source it holds for every source that has the scheme. Raises UsageError (which never shows VALUE)
    for a scheme that does not exist, and where VALUE is empty: that is what a shell makes of a variable that is not
    set.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError("--auth needs a scheme and a value", "write it as --auth scheme=VALUE")
    source, key, field = _named(name, schemes)
    meant = _meant(source, key, schemes)
    if len({ways_of(scheme)[:1] for scheme in meant}) > 1:
        owners = sorted(owner for owner, at in schemes if at == key)
        raise UsageError(
            f"the sources {', '.join(owners)} mean different things by the scheme '{key}'",
            f"say which: --auth {owners[0]}.{key}=VALUE",
        )
    fields = _one_field(field, value, name) if field else _flag_fields(meant[0], value, name)
    return {(source, key): _checked(meant[0], fields, f"--auth {name}", dict.fromkeys(fields, f"--auth {name}"))}


def merged(*layers: Credentials, schemes: Schemes | None = None) -> Credentials:
    """Combine credentials; an earlier layer wins, and within a layer one for a named source does.

    What an earlier layer gives hides that of later ones for the same scheme; one without a source hides it for all
    sources. But what is no credential by itself (of the `schemes`), as a client without its secret, is filled up from
    later layers.
    """
    combined: dict[tuple[str | None, str], Credential] = {}
    for layer in layers:
        above = dict(combined)
        for (source, key), credential in layer.items():
            upper = above.get((source, key)) or above.get((None, key))
            if upper is None:
                combined[source, key] = credential
            elif more := _filling(upper, credential, _meant(source, key, schemes or {})):
                combined[source, key] = upper.over(Credential(more, origins=credential.origins))
    return combined


def united(layer: Iterable[Credentials]) -> Credentials:
    """Put together what several flags give for the same schemes, field by field; the first of a field counts."""
    found: dict[tuple[str | None, str], Credential] = {}
    for each in layer:
        for at, credential in each.items():
            found[at] = found[at].over(credential) if at in found else credential
    return found


def _meant(source: str | None, key: str, schemes: Schemes) -> list[SecurityScheme]:
    return [scheme for (owner, at), scheme in schemes.items() if at == key and source in (None, owner)]


def _filling(upper: Credential, lower: Credential, meant: list[SecurityScheme]) -> Mapping[str, str]:
    """Return the fields of a later layer that an earlier one leaves open."""
    ways = [way for scheme in meant for way in ways_of(scheme)]
    whole = [way for way in ways if all(field in upper.fields for field in way.needs)]
    if upper.supplied or lower.supplied or not ways or any(way.flow is None for way in whole):
        return {}
    hidden = {field for way in ways for field in way.needs if whole and way.flow is None}
    return {name: value for name, value in lower.fields.items() if name not in {*hidden, *upper.fields}}


def _checked(scheme: SecurityScheme, fields: Mapping[str, str], where: str, origins: Mapping[str, str]) -> Credential:
    if scheme.scheme == "basic" and ":" in fields.get(USERNAME, ""):
        raise UsageError(f"{where}: a USERNAME of basic authentication can't hold a colon")
    return checked(fields, where, {name: origins[name] for name in fields})


def _named(name: str, schemes: Schemes) -> tuple[str | None, str, str]:
    """Return the source, the key and the field that a flag names; a scheme goes before a field of the same name."""
    found = _scheme_named(name, schemes)
    if found is not None:
        return (*found, "")
    head, dot, last = name.rpartition(".")
    found = _scheme_named(head, schemes) if dot else None
    if found is None:
        known = sorted({key for _, key in schemes} | {f"{source}.{key}" for source, key in schemes})
        raise UsageError(f"no security scheme is called '{name}'", did_you_mean(name, known))
    source, key = found
    fields = dict.fromkeys(
        field for scheme in _meant(source, key, schemes) for field in fields_of(scheme) if field != CERTIFICATE
    )
    field = last.upper().replace("-", "_")
    if field not in fields:
        shown = [one.lower() for one in fields]
        raise UsageError(f"--auth {name}: the scheme '{key}' has no field '{last}'", did_you_mean(last, shown))
    return source, key, field


def _scheme_named(name: str, schemes: Schemes) -> tuple[str | None, str] | None:
    if any(key == name for _, key in schemes):
        return None, name
    return next(((source, key) for source, key in schemes if name == f"{source}.{key}"), None)


def _one_field(field: str, value: str, name: str) -> dict[str, str]:
    if not value.strip() and field != PASSWORD:
        raise _empty(name)
    return {field: value}


def _flag_fields(scheme: SecurityScheme, value: str, name: str) -> dict[str, str]:
    wanted = next((way.needs for way in ways_of(scheme)), ())
    if not wanted:
        raise UsageError(f"--auth {name}: {unsupported(scheme)}")
    if wanted == (CERTIFICATE,):
        raise UsageError(f"--auth {name}: a certificate is given by a flag of its own", "write --client-cert FILE")
    if _EMPTY[wanted[0]].fullmatch(value):
        raise _empty(name)
    if wanted != (USERNAME, PASSWORD):
        return {wanted[0]: value}
    user, colon, password = value.partition(":")
    if not colon:
        raise UsageError(
            f"--auth {name}: {scheme.scheme} authentication needs a user and a password", "write user:password"
        )
    return {USERNAME: user, PASSWORD: password}


def _empty(name: str) -> UsageError:
    return UsageError(f"--auth {name}: the value is empty", "a shell variable that is not set leaves it empty")
