"""The mock as an ASGI application: any server of ASGI can carry it, and any client of ASGI can call it.

A request that comes again, the same to the byte, is not answered anew as long as nothing that is remembered has
changed. What is kept is bounded.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Awaitable, Callable, MutableMapping
from time import perf_counter
from typing import Any, Final, TypeAlias

from arazzo_runner.mock.server.browsers import is_preflight, preflight, shared_headers
from arazzo_runner.mock.server.exchange import Exchanged, Incoming, Reply, problem
from arazzo_runner.mock.server.hosts import answers_to
from arazzo_runner.mock.server.limits import MAX_KEPT_ANSWERS, MAX_KEPT_BYTES, MAX_REQUEST_BODY
from arazzo_runner.mock.server.responder import Responder, without_body

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]
OnExchange: TypeAlias = Callable[[Exchanged], None]

_ABSOLUTE: Final = re.compile(r"https?://([^/?#]*)(.*)", re.IGNORECASE)
_UNSENDABLE: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")


class Application:
    """Answers for the operations of a `Responder`.

    `loopback_only` refuses requests whose Host is none of this machine's own names. `on_exchange` is told of each
    request when it is answered.
    """

    def __init__(
        self, responder: Responder, *, loopback_only: bool = False, on_exchange: OnExchange | None = None
    ) -> None:
        self._responder = responder
        self._loopback_only = loopback_only
        self._on_exchange = on_exchange
        self._kept: OrderedDict[Any, tuple[Reply, list[tuple[bytes, bytes]]]] = OrderedDict()
        self._kept_at = responder.version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one scope of ASGI 3: http and lifespan; a websocket is closed."""
        match scope["type"]:
            case "http":
                await self._http(scope, receive, send)
            case "lifespan":
                await _lifespan(receive, send)
            case "websocket":
                await receive()
                await send({"type": "websocket.close", "code": 1000})

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = await _body(receive)
        if body is None:
            return
        began = perf_counter()
        method = scope["method"]
        if isinstance(body, Reply):
            reply, fields = body, _fields(_incoming(scope, b""), body)
        else:
            reply, fields = self._reply(scope, body)
        content = b"" if without_body(method, reply.status) else reply.body
        # Told before it is sent: who has the answer can rely on it.
        if self._on_exchange is not None:
            self._on_exchange(_exchanged(scope, reply, began))
        await send({"type": "http.response.start", "status": reply.status, "headers": fields})
        await send({"type": "http.response.body", "body": content})

    def _reply(self, scope: Scope, body: bytes) -> tuple[Reply, list[tuple[bytes, bytes]]]:
        target = scope.get("raw_path") or b""
        key = (scope["method"], target, scope["path"], scope["query_string"], tuple(map(tuple, scope["headers"])), body)
        before = self._responder.version
        self._keep_of(before)
        kept = self._kept.get(key)
        if kept is not None:
            self._kept.move_to_end(key)
            return kept
        incoming = _incoming(scope, body)
        reply = self.reply(incoming)
        made = reply, _fields(incoming, reply)
        size = len(body) + len(reply.body) + len(target) + len(scope["query_string"])
        # What was read is remembered, and read the same again; what was written is another thing next time.
        is_same = scope["method"] in ("GET", "HEAD") or self._responder.version == before
        if is_same and size <= MAX_KEPT_BYTES:
            self._keep_of(self._responder.version)
            self._kept[key] = made
            if len(self._kept) > MAX_KEPT_ANSWERS:
                self._kept.popitem(last=False)
        return made

    def _keep_of(self, version: int) -> None:
        """Forget the answers that were made when something else was remembered."""
        if self._kept_at != version:
            self._kept.clear()
            self._kept_at = version

    def answer(self, incoming: Incoming) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
        """Answer a request without ASGI: the status, the headers and the body."""
        began = perf_counter()
        reply = self.reply(incoming)
        if self._on_exchange is not None:
            elapsed = (perf_counter() - began) * 1000
            told = reply.status, reply.operation, elapsed, reply.breaches, reply.remarks
            self._on_exchange(Exchanged(incoming.method, incoming.target, *told))
        return reply.status, _fields(incoming, reply), reply.body

    def reply(self, incoming: Incoming) -> Reply:
        """Answer a request, browsers' own questions included."""
        absolute = _ABSOLUTE.fullmatch(incoming.path)
        authority = absolute[1] if absolute else incoming.header("host")
        if absolute:  # RFC 9112, section 3.2.2: it goes before the Host header
            incoming = Incoming(incoming.method, absolute[2] or "/", incoming.query, incoming.headers, incoming.body)
        if self._loopback_only and not answers_to(authority):
            detail = f"this server answers to the names of this machine alone, such as localhost, not to {authority!r}"
            return problem(403, "not for that host", detail)
        if is_preflight(incoming):
            return preflight(incoming)
        try:
            return self._responder.reply(incoming)
        except Exception as fault:  # a fault of ours, which must not end the server
            said = f"{type(fault).__name__}: a fault of arazzo itself, which answered nothing; please report it"
            return Reply(500, remarks=(said,), body=b"", operation="")


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


async def _body(receive: Receive) -> bytes | Reply | None:
    """Read the body of a request: an answer where it can't be had, None where the client has gone."""
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        part: bytes = message.get("body", b"")
        size += len(part)
        if size > MAX_REQUEST_BODY:
            detail = f"the body has more than {MAX_REQUEST_BODY} bytes (max_request_body)"
            return problem(413, "too large", detail, headers=[("connection", "close")])
        parts.append(part)
        if not message.get("more_body"):
            return parts[0] if len(parts) == 1 else b"".join(parts)


def _incoming(scope: Scope, body: bytes) -> Incoming:
    raw = scope.get("raw_path") or scope["path"].encode("utf-8", "replace")
    headers = tuple((name.decode("latin-1").lower(), text.decode("latin-1")) for name, text in scope["headers"])
    path = raw.partition(b"?")[0].decode("latin-1")
    root = scope.get("root_path") or ""
    path = path.removeprefix(root) if root and path.startswith(f"{root}/") else path
    return Incoming(scope["method"], path, scope["query_string"].decode("latin-1"), headers, body)


def _fields(incoming: Incoming, reply: Reply) -> list[tuple[bytes, bytes]]:
    """Return the headers of an answer as they are sent; what would break the message is left out."""
    names = {name.lower() for name, _ in reply.headers}
    bodiless = reply.status < 200 or reply.status in (204, 304)
    length = () if bodiless or "content-length" in names else (("content-length", str(len(reply.body))),)
    found: list[tuple[bytes, bytes]] = []
    for name, text in (*reply.headers, *shared_headers(incoming, reply), *length):
        lower = name.lower()
        if lower in ("transfer-encoding", "content-encoding") or (lower == "content-length" and bodiless):
            continue  # invented, these would say what is not so
        if lower == "content-length":
            text = str(len(reply.body))
        found.append((lower.encode("latin-1", "replace"), _UNSENDABLE.sub(" ", text).strip().encode("utf-8")))
    return found


def _exchanged(scope: Scope, reply: Reply, began: float) -> Exchanged:
    raw = (scope.get("raw_path") or scope["path"].encode("utf-8", "replace")).decode("latin-1")
    query = scope["query_string"].decode("latin-1")
    target = f"{raw}?{query}" if query else raw
    elapsed = (perf_counter() - began) * 1000
    return Exchanged(scope["method"], target, reply.status, reply.operation, elapsed, reply.breaches, reply.remarks)
