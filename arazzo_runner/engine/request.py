"""Building the request of a step: values evaluated, serialised as the API description says, credentials added.

Whatever can't be built is no exception but an `Unbuildable`: the step fails before anything is sent, and its failure
actions see it. The order of the document is the order on the wire, for query pieces as for headers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.settings import Settings
from arazzo_runner.expressions.scope import Scope, Sent
from arazzo_runner.expressions.template import Selected, Template, Whole, fill, fill_as_json
from arazzo_runner.program.model import BoundBody, BoundParameter, OperationCall
from arazzo_runner.sources.openapi.bodies import encode_body
from arazzo_runner.sources.openapi.media import choose_content_type, is_json, media_for
from arazzo_runner.sources.openapi.parameters import cookie_header, serialise
from arazzo_runner.sources.openapi.paths import expand_path
from arazzo_runner.sources.openapi.scalars import Remark, Unserialisable
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.security import Applied, Present, apply
from arazzo_runner.sources.servers import ServerUrl, Unreachable, join, resolve_server
from arazzo_runner.values import Nothing, Value


@dataclass(frozen=True, slots=True)
class Unbuildable:
    """Why no request can be sent, in a clause for a person."""

    reason: str


@dataclass(frozen=True, slots=True)
class Built:
    """A request, what expressions see of it, and doubts about it in words.

    `wanted` says which credentials the operation asks for, where none were given and the document sets none.
    """

    request: Request
    sent: Sent
    remarks: tuple[str, ...] = ()
    wanted: str = ""


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

    def header(self, name: str) -> str | None:
        return next((text for known, text in self.headers if known.lower() == name), None)


def build_request(call: OperationCall, scope: Scope, settings: Settings, seed: str = "") -> Built | Unbuildable:
    """Build the request of an operation call in a scope.

    `seed` makes what has to be invented (multipart boundaries) the same in a replay.
    """
    pieces = _Pieces()
    for parameter in call.parameters:
        problem = _add_parameter(pieces, parameter, scope)
        if problem:
            return Unbuildable(problem)
    body = _body(call, scope, f"{settings.seed}/{seed}", pieces.header("content-type"))
    if isinstance(body, Unbuildable):
        return body
    path = expand_path(call.operation.path, pieces.path)
    server = find_server(call.operation, settings)
    if isinstance(path, Unserialisable) or isinstance(server, Unreachable):
        return Unbuildable(path.reason if isinstance(path, Unserialisable) else server.reason)  # type: ignore[union-attr]  # one of the two is, and mypy can't pair them
    applied = _authenticate(pieces, call.operation, settings)
    url = join(server, path, (*pieces.query, *applied.query))
    headers = tuple(_headers(pieces, call.operation, body, applied))
    request = Request(call.operation.method, url, headers, body.content, _names(applied) | pieces.secrets)
    return Built(request, _sent(request, pieces, body), (*pieces.remarks, *body.remarks), applied.missing)


def find_server(operation: Operation, settings: Settings) -> ServerUrl | Unreachable:
    """Return the server that an operation's requests go to: the caller's, else the description's (OPR-19, OPR-20)."""
    override = settings.servers.get(operation.source, settings.servers.get(""))
    found = resolve_server(operation, override=override, variables=settings.server_variables)
    if isinstance(found, Unreachable) and settings.fallback_server:
        return ServerUrl(settings.fallback_server)
    return found


def _add_parameter(pieces: _Pieces, parameter: BoundParameter, scope: Scope) -> str:
    """Evaluate and serialise one parameter; return why it can't be sent, or nothing (PAR-22, P14)."""
    value = fill(parameter.value, scope)
    if isinstance(value, Nothing):
        if value.optional and parameter.location != "path" and not parameter.declared.required:
            return ""
        return f"{parameter.location} parameter '{parameter.name}' has no value: {value.reason}"
    done = serialise(parameter.declared, value, from_whole_expression=isinstance(parameter.value, Whole | Selected))
    if isinstance(done, Unserialisable):
        return done.reason
    name = parameter.name.lower() if parameter.location == "header" else parameter.name
    pieces.values[parameter.location][name] = value
    pieces.remarks += _texts(done.remarks)
    if parameter.secret:
        pieces.secrets |= {name, *(piece.partition("=")[0] for piece in done.pieces if parameter.location == "query")}
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


def _texts(remarks: tuple[Remark, ...]) -> list[str]:
    return [remark.message for remark in remarks]


@dataclass(frozen=True, slots=True)
class _Body:
    content: bytes | None = None
    content_type: str = ""
    value: Value | Nothing = Nothing("the request has no body")
    remarks: tuple[str, ...] = ()


def _body(call: OperationCall, scope: Scope, seed: str, written: str | None) -> _Body | Unbuildable:
    """Evaluate and encode the body (BOD-02 to BOD-21); no payload, or an absent optional input, is no body.

    `written` is the Content-Type that a header parameter sets: it wins over `contentType`.
    """
    if call.body is None or call.body.payload is None:
        return _Body()
    value = fill(call.body.payload, scope)
    if isinstance(value, Nothing):
        required = call.operation.body is not None and call.operation.body.required
        return _Body() if value.optional and not required else Unbuildable(f"the body has no value: {value.reason}")
    chosen = choose_content_type(written or call.body.content_type, call.operation.body, value)
    if isinstance(chosen, Unserialisable):
        return Unbuildable(chosen.reason)
    payload = _json_template(call.body, chosen.value, scope, value)
    if isinstance(payload, Nothing):
        return Unbuildable(f"the body has no value: {payload.reason}")
    encoded = encode_body(
        chosen.value,
        payload,
        media_for(call.operation.body, chosen.value),
        from_whole_expression=isinstance(call.body.payload, Whole | Selected),
        boundary_seed=seed,
    )
    if isinstance(encoded, Unserialisable):
        return Unbuildable(encoded.reason)
    remarks = [*_texts(chosen.remarks), *_texts(encoded.remarks)]
    if written and call.body.content_type and written != call.body.content_type:
        remarks.append(f"the header parameter Content-Type wins over the contentType '{call.body.content_type}'")
    return _Body(encoded.content, encoded.content_type, value, tuple(remarks))


def _json_template(body: BoundBody, content_type: str, scope: Scope, value: Value) -> Value | Nothing:
    """Fill a text that is to be JSON so that it stays JSON (BOD-08 to BOD-10); any other value is as it was filled."""
    if isinstance(body.payload, Template) and is_json(content_type):
        return fill_as_json(body.payload, scope)
    return value


def _authenticate(pieces: _Pieces, operation: Operation, settings: Settings) -> Applied:
    """Return what the credentials add; what the document sets itself is neither overruled nor doubled."""
    present = Present(
        frozenset(name for name, _ in pieces.headers),
        frozenset(pieces.values["query"]),
        frozenset(pieces.values["cookie"]),
    )
    return apply(operation, settings.credentials, present)


def _names(applied: Applied) -> frozenset[str]:
    """Return the names that the credentials put into headers and query."""
    headers = (name.lower() for name, _ in applied.headers)
    return frozenset((*headers, *(piece.partition("=")[0] for piece in applied.query)))


def _headers(pieces: _Pieces, operation: Operation, body: _Body, applied: Applied) -> Iterator[tuple[str, str]]:
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
    declared = (name for response in operation.responses.values() for name in response.content)
    return ", ".join(dict.fromkeys(declared))


def _sent(request: Request, pieces: _Pieces, body: _Body) -> Sent:
    values = pieces.values
    return Sent(
        method=request.method,
        url=request.url,
        header=values["header"],
        query=values["query"],
        path=values["path"],
        body=_seen_body(body),
    )


def _seen_body(body: _Body) -> Value | Nothing:
    """Return the body as `$request.body` reads it: JSON text of the document as the data it is (RES-06)."""
    if isinstance(body.value, str) and body.content is not None and is_json(body.content_type):
        return _parsed(body.content, body.value)
    return body.value


def _parsed(content: bytes, otherwise: str) -> Value:
    import json  # only for payloads written as JSON text

    try:
        parsed: Value = json.loads(content)
    except (ValueError, RecursionError):
        return otherwise
    return parsed
