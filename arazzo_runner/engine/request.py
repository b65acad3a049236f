"""Building the request of a step: values evaluated, serialised as the API description says, credentials added.

Whatever can't be built is no exception but an `Unbuildable`: the step fails before anything is sent, and its failure
actions see it. The order of the document is the order on the wire, for query pieces as for headers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from arazzo_runner.engine.api_keys import api_key_names
from arazzo_runner.engine.authorization_header import without_credentials
from arazzo_runner.engine.body import Body, build_body
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.gaps import gap_doubts
from arazzo_runner.engine.separators import separator_doubts
from arazzo_runner.engine.server import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.scope import Scope, Sent
from arazzo_runner.expressions.template import Selected, Whole, fill
from arazzo_runner.program.model import BoundParameter, OperationCall
from arazzo_runner.sources.openapi.media import accept
from arazzo_runner.sources.openapi.parameters import cookie_header, serialise
from arazzo_runner.sources.openapi.paths import expand_path
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable
from arazzo_runner.sources.operations import Operation, OperationParameter
from arazzo_runner.sources.security import Applied, Grant, Present, Tokens, apply
from arazzo_runner.sources.servers import ServerUrl, Unreachable, join
from arazzo_runner.values import Nothing, Value


@dataclass(frozen=True, slots=True)
class Unbuildable:
    """Why no request can be sent, in a clause for a person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    """A request, what expressions see of it, and doubts about it in words.

    `wanted` says which credentials the operation asks for, where none were given and the document sets none. `grants`
    are what has to be fetched before the request can be sent, `renewals` what can be fetched should it be refused.
    `given` are the declared parameters with their values before serialisation, `present` the names and places that
    credentials fill.
    """

    request: Request
    sent: Sent
    remarks: tuple[str, ...] = ()
    wanted: str = ""
    grants: tuple[Grant, ...] = ()
    renewals: tuple[Grant, ...] = ()
    given: tuple[tuple[OperationParameter, Value], ...] = field(default=(), repr=False)
    present: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was fetched so far, and the schemes whose given tokens were refused (source and key)."""

    tokens: Tokens = field(default_factory=dict, repr=False)
    spent: frozenset[tuple[str, str]] = frozenset()


@dataclass(slots=True)
class _Pieces:
    """The parts of a request while it is put together; `values` holds them by location before serialisation."""

    values: dict[str, dict[str, Value]] = field(
        default_factory=lambda: {"path": {}, "query": {}, "header": {}, "cookie": {}, "querystring": {}}
    )
    path: dict[str, str] = field(default_factory=dict)
    query: list[str] = field(default_factory=list)
    headers: list[tuple[str, str]] = field(default_factory=list)
    cookies: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    secrets: set[str] = field(default_factory=set)
    secret_in_path: set[str] = field(default_factory=set)
    given: list[tuple[OperationParameter, Value]] = field(default_factory=list)

    def header(self, name: str) -> str | None:
        return next((text for known, text in self.headers if known.lower() == name), None)


def build_request(
    call: OperationCall, scope: Scope, settings: Settings, seed: str = "", fetched: Fetched | None = None
) -> Built | Unbuildable:
    """Build the request of an operation call in a scope.

    `seed` makes what has to be invented (multipart boundaries) the same in a replay.
    """
    pieces = _Pieces()
    for parameter in call.parameters:
        problem = _add_parameter(pieces, parameter, scope)
        if problem:
            return Unbuildable(problem)
    body = build_body(call, scope, f"{settings.seed}/{seed}", pieces.header("content-type"))
    if isinstance(body, Unserialisable):
        return Unbuildable(body.reason)
    path = expand_path(call.operation.path, pieces.path)
    server = find_server(call.operation, settings)
    if isinstance(path, Unserialisable) or isinstance(server, Unreachable):
        return Unbuildable(path.reason if isinstance(path, Unserialisable) else server.reason)  # type: ignore[union-attr]  # one of the two is, and mypy can't pair them
    applied = _authenticate(pieces, call.operation, settings, fetched or Fetched())
    url = join(server, path, (*pieces.query, *applied.query))
    headers = tuple(_headers(pieces, call.operation, body, applied))
    names = _names(applied) | pieces.secrets | api_key_names(call.operation, url, headers)
    request = Request(
        call.operation.method,
        url,
        headers,
        body.content,
        names,
        applied.login,
        members=frozenset() if call.body is None else call.body.secret,
        segments=_segments(call.operation.path, pieces.secret_in_path),
    )
    return Built(
        request,
        _sent(request, pieces, body),
        (*pieces.remarks, *body.remarks, *applied.remarks),
        applied.missing,
        _placed(applied.grants, server, settings),
        _placed(applied.renewals, server, settings),
        tuple(pieces.given),
        _filled_places(applied),
    )


def _filled_places(applied: Applied) -> frozenset[tuple[str, str]]:
    """Return the names and places that credentials fill; header names in lower case."""
    headers = ((name.lower(), "header") for name, _ in applied.headers)
    query = ((piece.partition("=")[0], "query") for piece in applied.query)
    cookies = ((piece.partition("=")[0], "cookie") for piece in applied.cookies)
    return frozenset((*headers, *query, *cookies))


def _placed(grants: tuple[Grant, ...], server: ServerUrl, settings: Settings) -> tuple[Grant, ...]:
    """Return the grants with URLs that are whole, and the hosts that may be asked."""
    return tuple(replace(grant.at(server.url), named_hosts=settings.auth_hosts) for grant in grants)


def _add_parameter(pieces: _Pieces, parameter: BoundParameter, scope: Scope) -> str:
    """Evaluate and serialise one parameter; return why it can't be sent, or nothing (PAR-22, P14)."""
    value = _value(parameter, scope)
    if isinstance(value, Nothing):
        if value.optional and parameter.location != "path" and not parameter.declared.required:
            return ""
        return f"{parameter.location} parameter '{parameter.name}' has no value: {value.reason}"
    done = serialise(parameter.declared, value, from_whole_expression=isinstance(parameter.value, Whole | Selected))
    if isinstance(done, Unserialisable):
        return done.reason
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    pieces.values[parameter.location][name] = value
    if parameter.is_declared:
        pieces.given.append((parameter.declared, value))
    pieces.remarks += _texts(done.remarks)
    pieces.remarks += gap_doubts(parameter.value, scope)
    if parameter.location == "querystring":
        pieces.remarks += separator_doubts(parameter.value, scope, "a query string")
    if parameter.secret:
        _note_secret(pieces, parameter, name, done.pieces)
    match parameter.location:
        case "path":
            pieces.path[parameter.name] = done.pieces[0]
        case "query" | "querystring":
            pieces.query += done.pieces
        case "header":
            pieces.headers += [(parameter.name, text) for text in done.pieces]
        case "cookie":
            pieces.cookies += done.pieces
    return ""


def _note_secret(pieces: _Pieces, parameter: BoundParameter, name: str, written: tuple[str, ...]) -> None:
    """Note where a secret goes, so that it is hidden there however short it is."""
    if parameter.location == "path":
        pieces.secret_in_path.add(parameter.name)
    elif parameter.location in ("query", "querystring"):
        pieces.secrets |= {name, *(one.partition("=")[0] for piece in written for one in piece.split("&"))}
    else:
        pieces.secrets.add(name)


def _segments(template: str, names: set[str]) -> frozenset[int]:
    """Return which segments of a path, counted from its end, are made of one of these parameters."""
    segments = enumerate(reversed(template.split("/"))) if names else ()
    return frozenset(at for at, text in segments if any(f"{{{name}}}" in text for name in names))


def _value(parameter: BoundParameter, scope: Scope) -> Value | Nothing:
    """Evaluate a parameter; an Authorization header that names a scheme and has no credential has no value (P14)."""
    is_authorization = parameter.location == "header" and parameter.name.lower() == "authorization"
    absent = without_credentials(parameter.value, scope) if is_authorization else None
    return fill(parameter.value, scope) if absent is None else absent


def _texts(remarks: tuple[Remark, ...]) -> list[str]:
    return [remark.message for remark in remarks]


def _authenticate(pieces: _Pieces, operation: Operation, settings: Settings, fetched: Fetched) -> Applied:
    """Return what the credentials add; what the document sets itself is neither overruled nor doubled."""
    present = Present(
        frozenset(name for name, _ in pieces.headers),
        frozenset(pieces.values["query"]),
        frozenset(pieces.values["cookie"]),
    )
    return apply(operation, settings.credentials, present, fetched.tokens, fetched.spent)


def _names(applied: Applied) -> frozenset[str]:
    """Return the names that the credentials put into headers and query."""
    headers = (name.lower() for name, _ in applied.headers)
    return frozenset((*headers, *(piece.partition("=")[0] for piece in applied.query)))


def _headers(pieces: _Pieces, operation: Operation, body: Body, applied: Applied) -> Iterator[tuple[str, str]]:
    """Yield the headers of the request: the document's, the credentials', then what the request itself needs."""
    own = {"cookie"} if body.content is None else {"cookie", "content-type"}
    yield from (header for header in pieces.headers if header[0].lower() not in own)
    yield from applied.headers
    cookies = [text for text in (pieces.header("cookie"), *pieces.cookies, *applied.cookies) if text]
    if cookies:
        yield "Cookie", cookie_header(cookies)
    accept = _accept(operation)
    if accept and pieces.header("accept") is None:
        yield "Accept", accept
    if body.content is not None:
        yield "Content-Type", body.content_type


def _accept(operation: Operation) -> str:
    """Return the media types that the operation declares for its answers, each once, in their order."""
    return accept(name for response in operation.responses.values() for name in response.content or response.produces)


def _sent(request: Request, pieces: _Pieces, body: Body) -> Sent:
    values = pieces.values
    return Sent(
        method=request.method,
        url=request.url,
        header=values["header"],
        query=values["query"],
        path=values["path"],
        body=body.value,
    )
