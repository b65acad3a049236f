"""The receiving side: an ASGI application on loopback that reads each request with openapi-core.

The application does what a framework does before it asks openapi-core: it finds the path, takes the path's values out
and decodes them, parses the query and the cookies. Everything after that (splitting by style, casting, validating) is
openapi-core's.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, unquote

import uvicorn
from openapi_core import OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict, MultiDict
from werkzeug.http import parse_cookie

from arazzo_runner.values import JSON

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]


@dataclass(frozen=True)
class Raw:
    """A request as the server got it: nothing decoded."""

    method: str
    path: str
    query: str
    headers: tuple[tuple[str, bytes], ...]
    body: bytes

    def header(self, name: str) -> bytes | None:
        """Return the one header field of that name, or None."""
        found = [value for key, value in self.headers if key == name.lower()]
        assert len(found) <= 1, found
        return found[0] if found else None


@dataclass
class Asked:
    """A request in the form that openapi-core wants (its protocol `Request`)."""

    raw: Raw
    template: str
    parameters: RequestParameters = field(init=False)

    def __post_init__(self) -> None:
        cookies = (self.raw.header("cookie") or b"").decode()
        self.parameters = RequestParameters(
            query=ImmutableMultiDict(parse_qsl(self.raw.query, keep_blank_values=True)),
            header=Headers([(name, value.decode()) for name, value in self.raw.headers]),
            cookie=parse_cookie(cookies, cls=MultiDict),
            path=path_values(self.template, self.raw.path),
        )

    @property
    def host_url(self) -> str:
        return "http://" + (self.raw.header("host") or b"").decode()

    @property
    def path(self) -> str:
        return self.raw.path

    @property
    def method(self) -> str:
        return self.raw.method.lower()

    @property
    def body(self) -> bytes | None:
        return self.raw.body or None

    @property
    def content_type(self) -> str:
        return (self.raw.header("content-type") or b"application/octet-stream").decode()


def path_values(template: str, path: str) -> dict[str, str]:
    """Return the decoded values of a path template.

    openapi-core looks the values of label and matrix up under names that only a template of RFC 6570 would have
    (`{;color*}`), so each value is there under these names too.
    """
    pattern = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]*)", re.escape(template))
    found = re.fullmatch(pattern, path)
    assert found is not None, (template, path)
    values = {name: unquote(text) for name, text in found.groupdict().items()}
    forms = ("{}", ".{}", ".{}*", ";{}", ";{}*")
    return {form.format(name): value for name, value in values.items() for form in forms}


class Receiver:
    """A server that keeps the last request."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._last: Raw | None = None
        config = uvicorn.Config(
            self._app, log_config=None, lifespan="off", http="h11", interface="asgi3", proxy_headers=False
        )
        self._server = _Announced(config)
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def origin(self) -> str:
        """The URL that the server is reached at."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def taken(self) -> Raw:
        """Return the request that came last, and forget it."""
        assert self._last is not None, "no request has come"
        raw, self._last = self._last, None
        return raw

    def _serve(self) -> None:
        asyncio.run(self._server.serve(sockets=[self._socket]))

    async def _app(self, scope: Scope, receive: Receive, send: Send) -> None:
        body = b""
        more = True
        while more:
            message = await receive()
            body += message.get("body", b"")
            more = message.get("more_body", False)
        headers = tuple((name.decode("ascii"), value) for name, value in scope["headers"])
        self._last = Raw(scope["method"], scope["raw_path"].decode(), scope["query_string"].decode(), headers, body)
        await send({"type": "http.response.start", "status": 204, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    def __enter__(self) -> Receiver:
        self._thread.start()
        assert self._server.ready.wait(10)
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, _: TracebackType | None) -> None:
        self._server.should_exit = True
        self._thread.join(10)


class _Announced(uvicorn.Server):
    """A server that tells when it listens."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()


@dataclass(frozen=True)
class Unmarshalled:
    """What openapi-core makes of a request."""

    parameters: dict[str, dict[str, Any]]
    body: Any
    errors: tuple[str, ...]


def unmarshal(description: dict[str, JSON], template: str, raw: Raw) -> Unmarshalled:
    """Read a request by a description of OpenAPI 3.0 to 3.2."""
    found = OpenAPI.from_dict(description).unmarshal_request(Asked(raw, template))
    parameters = {place: dict(getattr(found.parameters, place)) for place in ("path", "query", "header", "cookie")}
    errors = tuple(f"{error!r} from {error.__cause__!r}" for error in found.errors)
    return Unmarshalled(parameters, found.body, errors)
