"""A request judged against the operation that it calls: parameters, body, content type, and who may call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote_plus

from arazzo_runner.contract import Breach, Contract
from arazzo_runner.expressions.scope import Sent
from arazzo_runner.mock.server.bodies import ReadBody, read_body
from arazzo_runner.mock.server.exchange import Incoming, Told
from arazzo_runner.mock.server.limits import MAX_TOLD
from arazzo_runner.mock.server.parameters import Given, TooMany, read_parameters
from arazzo_runner.mock.server.routes import Route
from arazzo_runner.sources.openapi.media import media_for
from arazzo_runner.sources.operations import Operation, SecurityScheme
from arazzo_runner.values import Nothing, Value

UNJUDGED: Final = "contract-unjudged"
"""The code of what could not be judged: a fault of the description, not of the request."""

CONTENT_TYPE: Final = "contract-request-content-type"
_BODY: Final = "contract-request-body"
_REALM: Final = 'realm="mock"'


@dataclass(frozen=True, slots=True)
class Judged:
    """What a request says, and what is wrong with it. `challenges` are for one that lacks credentials (else empty)."""

    sent: Sent
    breaches: tuple[Told, ...] = ()
    remarks: tuple[str, ...] = ()
    challenges: tuple[str, ...] = ()


def judge(route: Route, incoming: Incoming, contract: Contract) -> Judged:
    """Read a request and judge it; nothing that a client sends makes it raise."""
    operation = route.operation
    content_type = incoming.header("content-type") or ""
    read = read_body(incoming.body, content_type, media_for(operation.body, content_type))
    try:
        given = read_parameters(operation, route.values, incoming)
    except TooMany as fault:
        return Judged(_sent(incoming, Given(), read), (Told("contract-request-parameter", str(fault)),))
    found = [_told(each) for each in _breaches(operation, given, read, content_type, contract)]
    told = tuple(dict.fromkeys(each for each in found if each.code != UNJUDGED))[:MAX_TOLD]
    remarks = tuple(each.message for each in found if each.code == UNJUDGED)
    keys = {scheme.parameter for scheme in operation.schemes.values() if scheme.location == "query"}
    undeclared = (name for name in given.undeclared if name not in keys)
    odd = tuple(f"the query parameter '{name}' is not declared" for name in undeclared)[:MAX_TOLD]
    return Judged(_sent(incoming, given, read), told, (*remarks, *odd), challenges(operation, incoming))


def _breaches(
    operation: Operation, given: Given, read: ReadBody, content_type: str, contract: Contract
) -> Iterator[Breach]:
    body = read.value
    if read.fault:
        at = operation.body.at if operation.body is not None else operation.at
        yield Breach(_BODY, f"the body can't be read: {read.fault}", operation.document, at)
        body = Nothing("it can't be read")
    for breach in contract.request(operation, given.values, body, content_type):
        if not (read.fault and breach.code == _BODY):
            yield breach


def _told(breach: Breach) -> Told:
    return Told(breach.code, breach.message, breach.span.place())


def _sent(incoming: Incoming, given: Given, read: ReadBody) -> Sent:
    values: dict[str, dict[str, Value]] = {"path": {}, "query": {}, "header": dict(incoming.headers), "cookie": {}}
    for parameter, value in given.values:
        name = parameter.name.lower() if parameter.location == "header" else parameter.name
        values.setdefault(parameter.location, {})[name] = value
    return Sent(
        incoming.method, incoming.target, values["header"], values["query"], values["path"], read.value
    )  # what a workflow's criteria see of it


def challenges(operation: Operation, incoming: Incoming) -> tuple[str, ...]:
    """Return what to challenge a client with that shows no credential at all; nothing where it need not, or does.

    Credentials are looked for and never checked: any value will do.
    """
    alternatives = operation.security
    if not alternatives or any(_shown(operation, each, incoming) for each in alternatives):
        return ()
    wanted = dict.fromkeys(key for alternative in alternatives for key in alternative)
    schemes = (operation.schemes[key] for key in wanted if key in operation.schemes)
    return tuple(dict.fromkeys(_challenge(scheme) for scheme in schemes))


def _shown(operation: Operation, alternative: Iterable[str], incoming: Incoming) -> bool:
    return all(_has(operation.schemes.get(key), incoming) for key in alternative)


def _has(scheme: SecurityScheme | None, incoming: Incoming) -> bool:
    if scheme is None or scheme.type == "mutualTLS":
        return True  # nothing that an HTTP request could carry
    if scheme.type == "apiKey":
        match scheme.location:
            case "header":
                return bool((incoming.header(scheme.parameter.lower()) or "").strip())
            case "query":
                return any(_gives(piece, scheme.parameter) for piece in incoming.query.split("&"))
            case _:
                cookies = (piece for text in incoming.all("cookie") for piece in text.split(";"))
                return any(_gives(piece, scheme.parameter) for piece in cookies)
    named = (incoming.header("authorization") or "").partition(" ")
    wanted = scheme.scheme if scheme.type == "http" else "bearer"
    return named[0].lower() == wanted and bool(named[2].strip())


def _gives(pair: str, wanted: str) -> bool:
    """Tell whether a pair of a query or of cookies gives a credential that is wanted; an empty one is none."""
    name, _, text = pair.partition("=")
    return unquote_plus(name).strip() == wanted and bool(text.strip())


def _challenge(scheme: SecurityScheme) -> str:
    """Return a challenge (RFC 9110, section 11.6.1); an API key has no scheme of its own, so one is made up."""
    if scheme.type == "apiKey":
        return f'ApiKey {_REALM}, in="{scheme.location}", name="{_quotable(scheme.parameter)}"'
    if scheme.type == "http" and scheme.scheme == "digest":
        return f'Digest {_REALM}, qop="auth", algorithm=SHA-256, nonce="6d6f636b"'
    name = scheme.scheme.capitalize() if scheme.type == "http" else "Bearer"
    return f"{_token(name)} {_REALM}"


def _token(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and (letter.isalnum() or letter in "-_")) or "Bearer"


def _quotable(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isprintable() and letter not in '"\\')
