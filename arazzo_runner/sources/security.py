"""Credentials for operations (OpenAPI 3.2, Security Scheme Object and Security Requirement Object).

A credential is given by a flag, by the environment or by a caller of the library, never by the document. The first
alternative of `security` that the credentials satisfy as a whole is applied; one that asks for nothing comes last, so
that a credential that was given is used. Where none is satisfied, nothing is added, and the caller is told what is
wanted. What the document sets itself (a header, a query parameter, a cookie) is never overruled and never doubled.
Secret values show in no repr, no message and no exception.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from arazzo_runner.diagnostics import did_you_mean
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.openapi.headers import cookie_pair, header_text, refused_header
from arazzo_runner.sources.openapi.percent import unreserved
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import Operation, SecurityScheme

TOKEN, API_KEY, USERNAME, PASSWORD = "TOKEN", "API_KEY", "USERNAME", "PASSWORD"

_BEARER_TYPES = ("oauth2", "openIdConnect")
_BEARER_PREFIX = re.compile(r"\Abearer\s+", re.IGNORECASE)
_EMPTY = {
    TOKEN: re.compile(r"\s*(bearer)?\s*", re.IGNORECASE),
    API_KEY: re.compile(r"\s*"),
    USERNAME: re.compile(r"\s*:?\s*"),
}
"""What the value of a flag looks like that gives nothing, by the first field that it stands for."""


@dataclass(frozen=True, slots=True)
class Credential:
    """What was given for one scheme: field names (TOKEN, API_KEY, USERNAME, PASSWORD) to secret values."""

    fields: Mapping[str, str] = field(repr=False)


Credentials: TypeAlias = Mapping[tuple[str | None, str], Credential]
"""Credentials by source name and scheme key; a source of None stands for every source that has the scheme."""

Schemes: TypeAlias = Mapping[tuple[str, str], SecurityScheme]
"""The security schemes that there are, by source name and scheme key."""


@dataclass(frozen=True, slots=True)
class Want:
    """One scheme that an operation asks for, and how to give its credential.

    `variables` are the environment variables, `flag` the command's option. Both are empty, and `unsupported` says
    why, where no credential of ours can satisfy the scheme.
    """

    source: str
    scheme: str
    description: str
    variables: tuple[str, ...] = ()
    flag: str = ""
    unsupported: str = ""


@dataclass(frozen=True, slots=True)
class Present:
    """The names that the document sets itself in a request; header names count without case."""

    headers: frozenset[str] = frozenset()
    query: frozenset[str] = frozenset()
    cookies: frozenset[str] = frozenset()

    def has(self, location: str, name: str) -> bool:
        """Tell whether the document sets the header, query parameter or cookie of that name."""
        if location == "header":
            return name.lower() in {header.lower() for header in self.headers}
        return name in (self.query if location == "query" else self.cookies)


@dataclass(frozen=True, slots=True)
class Applied:
    """What credentials add to a request, encoded: headers, query pieces and cookie pieces.

    `missing` is empty, or explains in lines for a person which credentials are wanted and how to give each.
    """

    headers: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    query: tuple[str, ...] = field(default=(), repr=False)
    cookies: tuple[str, ...] = field(default=(), repr=False)
    missing: str = ""


def schemes_of(operations: Iterable[Operation]) -> Schemes:
    """Collect the security schemes of the descriptions that the operations come from."""
    return {(operation.source, key): scheme for operation in operations for key, scheme in operation.schemes.items()}


def variable_name(source: str, scheme: str, wanted: str) -> str:
    """Return the environment variable for a field: ``ARAZZO_AUTH_<SOURCE>_<SCHEME>_<FIELD>``."""
    return "_".join(("ARAZZO_AUTH", *(re.sub(r"[^A-Z0-9]", "_", part.upper()) for part in (source, scheme)), wanted))


def requirements(operation: Operation) -> tuple[tuple[Want, ...], ...]:
    """Return the alternatives of an operation's `security`; each needs all of its wants, an empty one nothing."""
    return tuple(tuple(_want(operation, key) for key in alternative) for alternative in operation.security)


def placed(operation: Operation, present: Present) -> tuple[tuple[str, str], ...]:
    """Return location and name of what the document sets itself where a credential of the operation would go."""
    keys = dict.fromkeys(key for alternative in operation.security for key in alternative if key in operation.schemes)
    targets = dict.fromkeys(_target(operation.schemes[key]) for key in keys)
    return tuple((location, name) for location, name in targets if name and present.has(location, name))


def variables_of(schemes: Schemes) -> Mapping[tuple[str, str], Mapping[str, str]]:
    """Return the environment variable of each field that credentials of the schemes need, by source and scheme key."""
    return {
        (source, key): {wanted: variable_name(source, key, wanted) for wanted in _fields(scheme)}
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
            found[source, key] = _credential(fields, f"the environment variables of '{source}.{key}'")
    return found


def from_flag(text: str, schemes: Schemes) -> Credentials:
    """Read one ``--auth scheme=VALUE`` or ``--auth source.scheme=VALUE``.

    VALUE is the token, `user:password` for basic, or the API key. Without a source it holds for every source that
    has the scheme. Raises UsageError (which never shows VALUE) for a scheme that does not exist, and where VALUE is
    empty: that is what a shell makes of a variable that is not set.
    """
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError("--auth needs a scheme and a value", "write it as --auth scheme=VALUE")
    source, key = _scheme_named(name, schemes)
    meant = [scheme for (owner, at), scheme in schemes.items() if at == key and source in (None, owner)]
    if len({_fields(scheme) for scheme in meant}) > 1:
        owners = sorted(owner for owner, at in schemes if at == key)
        raise UsageError(
            f"the sources {', '.join(owners)} mean different things by the scheme '{key}'",
            f"say which: --auth {owners[0]}.{key}=VALUE",
        )
    return {(source, key): _credential(_flag_fields(meant[0], value, name), f"--auth {name}")}


def merged(*layers: Credentials) -> Credentials:
    """Combine credentials; an earlier layer wins, and within a layer one for a named source does.

    A credential without a source in an earlier layer hides those of later layers for the same scheme.
    """
    combined: dict[tuple[str | None, str], Credential] = {}
    for layer in layers:
        above = dict(combined)
        for (source, key), credential in layer.items():
            if (source, key) not in above and (None, key) not in above:
                combined[source, key] = credential
    return combined


def secrets(credentials: Credentials) -> tuple[str, ...]:
    """Return every value that must not show in any output, the forms that travel among them, longest first."""
    values: set[str] = set()
    for credential in credentials.values():
        fields = credential.fields
        # Where the password is empty, the user name is the key.
        values.update(value for name, value in fields.items() if name != USERNAME or not fields.get(PASSWORD))
        if TOKEN in fields:
            values.add(_token(credential))
        if PASSWORD in fields:
            values.add(_basic(credential))
    values |= {unreserved(value) for value in values}
    return tuple(sorted((value for value in values if value), key=len, reverse=True))


def apply(operation: Operation, credentials: Credentials, present: Present | None = None) -> Applied:
    """Choose and encode what authenticates a request (OpenAPI 3.2, Security Requirement Object).

    `present` holds the names that the document sets itself. Where no alternative is satisfied, nothing is added.
    """
    present = present or Present()
    for alternative in sorted(operation.security, key=lambda schemes: not schemes):
        added = [_addition(operation, key, credentials, present) for key in alternative]
        if all(one is not None for one in added):
            return _together(one for one in added if one is not None)
    return Applied(missing=_explanation(operation) if operation.security else "")


def _together(parts: Iterable[Applied]) -> Applied:
    """Add up the parts of an alternative; the first to set a header, query parameter or cookie has it alone."""
    headers: dict[str, tuple[str, str]] = {}
    query: dict[str, str] = {}
    cookies: dict[str, str] = {}
    for part in parts:
        for name, value in part.headers:
            headers.setdefault(name.lower(), (name, value))
        for pieces, known in ((part.query, query), (part.cookies, cookies)):
            for piece in pieces:
                known.setdefault(piece.partition("=")[0], piece)
    return Applied(tuple(headers.values()), tuple(query.values()), tuple(cookies.values()))


def _addition(operation: Operation, key: str, credentials: Credentials, present: Present) -> Applied | None:
    """Return what one scheme adds (nothing where the document does it), or None where its credential is missing."""
    scheme = operation.schemes.get(key)
    if scheme is None:
        return None
    location, name = _target(scheme)
    if name and present.has(location, name):
        return Applied()
    credential = credentials.get((operation.source, key)) or credentials.get((None, key))
    fields = credential.fields if credential else {}
    if credential is None or not _fields(scheme) or any(wanted not in fields for wanted in _fields(scheme)):
        return None
    if scheme.type != "apiKey":
        word = f"Basic {_basic(credential)}" if scheme.scheme == "basic" else f"Bearer {_token(credential)}"
        return Applied(headers=(("Authorization", word),))
    return _api_key(scheme, fields[API_KEY])


def _api_key(scheme: SecurityScheme, key: str) -> Applied | None:
    match scheme.location:
        case "header":
            return Applied(headers=((scheme.parameter, key),))
        case "query":
            return Applied(query=(f"{unreserved(scheme.parameter)}={unreserved(key)}",))
        case "cookie":
            pair = f"{scheme.parameter}={key}"
            legal = not isinstance(cookie_pair(pair), Unserialisable)
            return Applied(cookies=(pair if legal else f"{scheme.parameter}={unreserved(key)}",))
    return None


def _target(scheme: SecurityScheme) -> tuple[str, str]:
    """Return where the scheme's credential goes: the location and the name there (empty: nowhere that we know)."""
    if scheme.type == "apiKey":
        return scheme.location, scheme.parameter
    return ("header", "" if scheme.type == "mutualTLS" else "Authorization")


def _fields(scheme: SecurityScheme) -> tuple[str, ...]:
    """Return the fields that a credential for the scheme needs; none where we can't satisfy it."""
    if scheme.type == "apiKey":
        return (API_KEY,) if _places_key(scheme) else ()
    if scheme.type in _BEARER_TYPES or (scheme.type == "http" and scheme.scheme == "bearer"):
        return (TOKEN,)
    return (USERNAME, PASSWORD) if scheme.type == "http" and scheme.scheme == "basic" else ()


def _places_key(scheme: SecurityScheme) -> bool:
    if scheme.location == "header":
        return refused_header(scheme.parameter) is None
    return scheme.location in ("query", "cookie") and bool(scheme.parameter)


def _token(credential: Credential) -> str:
    """Return the bare token: people paste it with the word Bearer before it."""
    return _BEARER_PREFIX.sub("", credential.fields[TOKEN])


def _basic(credential: Credential) -> str:
    """Return the user-pass of RFC 7617, in UTF-8 and base64."""
    pair = f"{credential.fields.get(USERNAME, '')}:{credential.fields[PASSWORD]}"
    return base64.b64encode(pair.encode()).decode()


def _credential(fields: Mapping[str, str], where: str) -> Credential:
    for name, value in fields.items():
        text = header_text(value)
        if isinstance(text, Unserialisable):
            raise UsageError(f"{where}: the {name} can't be sent: {text.reason}")
        if name == USERNAME and ":" in value:
            raise UsageError(f"{where}: a USERNAME of basic authentication can't hold a colon")
    return Credential({name: value.strip(" \t") for name, value in fields.items()})


def _scheme_named(name: str, schemes: Schemes) -> tuple[str | None, str]:
    if any(key == name for _, key in schemes):
        return None, name
    for source, key in schemes:
        if name == f"{source}.{key}":
            return source, key
    known = sorted({key for _, key in schemes} | {f"{source}.{key}" for source, key in schemes})
    raise UsageError(f"no security scheme is called '{name}'", did_you_mean(name, known))


def _flag_fields(scheme: SecurityScheme, value: str, name: str) -> dict[str, str]:
    wanted = _fields(scheme)
    if not wanted:
        raise UsageError(f"--auth {name}: {_unsupported(scheme)}")
    if _EMPTY[wanted[0]].fullmatch(value):
        raise UsageError(f"--auth {name}: the value is empty", "a shell variable that is not set leaves it empty")
    if wanted != (USERNAME, PASSWORD):
        return {wanted[0]: value}
    user, colon, password = value.partition(":")
    if not colon:
        raise UsageError(f"--auth {name}: basic authentication needs a user and a password", "write user:password")
    return {USERNAME: user, PASSWORD: password}


def _unsupported(scheme: SecurityScheme) -> str:
    what = f"http {scheme.scheme}" if scheme.type == "http" else scheme.type
    return f"security schemes of type {what} are not supported yet"


def _want(operation: Operation, key: str) -> Want:
    source, scheme = operation.source, operation.schemes.get(key)
    if scheme is None:
        return Want(source, key, "not declared", unsupported=f"the description declares no security scheme '{key}'")
    wanted = _fields(scheme)
    if not wanted:
        return Want(source, key, _description(scheme), unsupported=_unsupported(scheme))
    variables = tuple(variable_name(source, key, name) for name in wanted)
    value = {TOKEN: "TOKEN", API_KEY: "KEY", USERNAME: "USER:PASSWORD"}[wanted[0]]
    return Want(source, key, _description(scheme), variables, f"--auth {key}={value}")


def _description(scheme: SecurityScheme) -> str:
    match scheme.type:
        case "apiKey":
            return f"API key in the {scheme.location} '{scheme.parameter}'"
        case "http":
            return f"http {scheme.scheme}"
        case "oauth2" | "openIdConnect":
            return f"{scheme.type} (its access token, sent as a bearer token)"
    return scheme.type


def _explanation(operation: Operation) -> str:
    where = f"{operation.method} {operation.path} of source '{operation.source}'"
    lines = [f"{where} wants credentials that were not given" + (", one of:" if len(operation.security) > 1 else ":")]
    for alternative in requirements(operation):
        lines += _lines(alternative)
    return "\n".join(lines)


def _lines(alternative: tuple[Want, ...]) -> Iterator[str]:
    for index, want in enumerate(alternative):
        how = want.unsupported or f"{want.flag}, or set {' and '.join(want.variables)}"
        yield f"  {'- ' if index == 0 else '  and '}{want.scheme} ({want.description}): {how}"
