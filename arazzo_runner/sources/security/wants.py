"""What operations want, and how to give it, for a person."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from arazzo_runner.sources.operations import Operation, SecurityScheme
from arazzo_runner.sources.security.credential import (
    API_KEY,
    CERTIFICATE,
    CLIENT_ID,
    PASSWORD,
    REFRESH_TOKEN,
    TOKEN,
    USERNAME,
)
from arazzo_runner.sources.security.names import variable_name
from arazzo_runner.sources.security.ways import Way, ways_of

_VALUES: Final = {
    (TOKEN,): "=TOKEN",
    (API_KEY,): "=KEY",
    (USERNAME, PASSWORD): "=USER:PASSWORD",
    (CLIENT_ID,): ".client_id=ID",
    (REFRESH_TOKEN,): ".refresh_token=TOKEN",
}
"""What stands behind the scheme in a flag, by the fields that it gives; others are for the environment."""


@dataclass(frozen=True, slots=True)
class HowTo:
    """One way to give a credential: a flag (empty: none is fit), or the environment variables, all of them.

    `name` says which flow then fetches the token; it is empty where what is given is the credential.
    """

    name: str
    flag: str
    variables: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The way in words."""
        return " or ".join(
            part for part in (self.flag, f"set {' and '.join(self.variables)}" * bool(self.variables)) if part
        )


@dataclass(frozen=True, slots=True)
class Want:
    """One scheme that an operation asks for, and how to give its credential.

    `variables` are the environment variables, `flag` the command's option; `flows` are the ways to have a token
    fetched. All are empty, and `unsupported` says why, where no credential of ours can satisfy the scheme.
    """

    source: str
    scheme: str
    description: str
    variables: tuple[str, ...] = ()
    flag: str = ""
    unsupported: str = ""
    flows: tuple[HowTo, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways to give it, each in a line; or the one line that says why there is none."""
        if self.unsupported:
            return (self.unsupported,)
        first = HowTo("", self.flag, self.variables).text.replace(" or set ", ", or set ")
        return (first, *(f"or, for the flow '{flow.name}': {flow.text}" for flow in self.flows))


class Holder(Protocol):
    """Tells which names a document sets itself."""

    def has(self, location: str, name: str) -> bool:
        """Tell whether the document sets the header, query parameter or cookie of that name."""


def requirements(operation: Operation) -> tuple[tuple[Want, ...], ...]:
    """Return the alternatives of an operation's `security`; each needs all of its wants, an empty one nothing."""
    return tuple(tuple(_want(operation, key) for key in alternative) for alternative in operation.security)


def placed(operation: Operation, present: Holder) -> tuple[tuple[str, str], ...]:
    """Return location and name of what the document sets itself where a credential of the operation would go."""
    keys = dict.fromkeys(key for alternative in operation.security for key in alternative if key in operation.schemes)
    targets = dict.fromkeys(target(operation.schemes[key]) for key in keys)
    return tuple((location, name) for location, name in targets if name and present.has(location, name))


def target(scheme: SecurityScheme) -> tuple[str, str]:
    """Return where the scheme's credential goes: the location and the name there (empty: nowhere in the request)."""
    if scheme.type == "apiKey":
        return scheme.location, scheme.parameter
    return ("header", "" if scheme.type == "mutualTLS" else "Authorization")


def explanation(operation: Operation) -> str:
    """Return which credentials an operation wants, and how to give each, in lines."""
    where = f"{operation.method} {operation.path} of source '{operation.source}'"
    lines = [f"{where} wants credentials that were not given" + (", one of:" if len(operation.security) > 1 else ":")]
    for alternative in requirements(operation):
        lines += _lines(alternative)
    return "\n".join(lines)


def _lines(alternative: tuple[Want, ...]) -> Iterator[str]:
    for index, want in enumerate(alternative):
        first, *others = want.ways
        yield f"  {'- ' if index == 0 else '  and '}{want.scheme} ({want.description}): {first}"
        yield from (f"      {other}" for other in others)


def unsupported(scheme: SecurityScheme) -> str:
    """Return why no credential can satisfy a scheme that has no way."""
    what = f"http {scheme.scheme}" if scheme.type == "http" else scheme.type
    return f"security schemes of type {what} are not supported"


def _want(operation: Operation, key: str) -> Want:
    source, scheme = operation.source, operation.schemes.get(key)
    if scheme is None:
        return Want(source, key, "not declared", unsupported=f"the description declares no security scheme '{key}'")
    ways = ways_of(scheme)
    if not ways:
        return Want(source, key, _description(scheme), unsupported=unsupported(scheme))
    first, *flows = (_how(source, key, way) for way in ways)
    return Want(source, key, _description(scheme), first.variables, first.flag, flows=tuple(flows))


def _how(source: str, key: str, way: Way) -> HowTo:
    if way.needs == (CERTIFICATE,):
        return HowTo("", "--client-cert FILE")
    variables = tuple(variable_name(source, key, wanted) for wanted in way.needs)
    # A user and a password of a flow may stand in a flag, but with the client they are three: the environment it is.
    value = _VALUES.get(way.needs, "") if way.flow is None or len(way.needs) == 1 else ""
    return HowTo(way.flow.label if way.flow else "", f"--auth {key}{value}" if value else "", variables)


def _description(scheme: SecurityScheme) -> str:
    match scheme.type:
        case "apiKey":
            return f"API key in the {scheme.location} '{scheme.parameter}'"
        case "http":
            return f"http {scheme.scheme}"
        case "oauth2" | "openIdConnect":
            return f"{scheme.type} (its access token, sent as a bearer token)"
        case "mutualTLS":
            return "a certificate of the client, in the TLS handshake"
    return scheme.type
