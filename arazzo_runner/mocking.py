"""The mock as a server, for programs and tests: answers for any client, from an Arazzo document or API descriptions.

    from arazzo_runner.mocking import mock_server

    with mock_server("openapi.yml") as server:
        httpx2.get(f"{server.url}/orders/7")

Without a socket, `mock_transport` stands for the network in a client of httpx2 or httpx, and `mock_application` is an
application of ASGI.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Final, TypeAlias

from arazzo_runner.api import Options, load
from arazzo_runner.api.profiles import sources_of
from arazzo_runner.diagnostics import Diagnostic, Severity, has_errors
from arazzo_runner.document.model import Description
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.mock.server.application import Application, OnExchange
from arazzo_runner.mock.server.exchange import Exchanged, Incoming
from arazzo_runner.mock.server.responder import Responder, without_body
from arazzo_runner.mock.server.routes import Api
from arazzo_runner.program.compile import Compilation
from arazzo_runner.program.model import BoundWorkflow, WorkflowKey
from arazzo_runner.sources.documents import Documents
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.identity import identity_of
from arazzo_runner.sources.location import locate
from arazzo_runner.sources.openapi.document import OpenApiDocument, version_of
from arazzo_runner.sources.registry import VERSIONS, type_of
from arazzo_runner.sources.retrieval import Policy, RetrievalFailure
from arazzo_runner.sources.search import files_named

Named: TypeAlias = str | os.PathLike[str]

LOOPBACK: Final = "127.0.0.1"


@dataclass(frozen=True, slots=True)
class Mocked:
    """What is served: the APIs, and the workflows that shape their answers.

    `warnings` are findings that stop nothing: a workflow that can't run shapes no answer.
    """

    apis: tuple[Api, ...]
    workflows: tuple[BoundWorkflow, ...] = field(default=(), repr=False)
    warnings: tuple[Diagnostic, ...] = ()

    def application(
        self,
        *,
        seed: int = 0,
        lenient: bool = False,
        stateless: bool = False,
        loopback_only: bool = False,
        on_exchange: OnExchange | None = None,
    ) -> Application:
        """Return the application that answers for them."""
        responder = Responder(self.apis, self.workflows, seed=seed, lenient=lenient, stateless=stateless)
        return Application(responder, loopback_only=loopback_only, on_exchange=on_exchange)


@dataclass(frozen=True, slots=True)
class MockServer:
    """A server that runs. `url` is its base URL, `urls` that of each API by the name of its source.

    `exchanges` are the requests answered so far, with what was wrong with each; it grows while the server runs.
    """

    url: str
    urls: dict[str, str]
    exchanges: list[Exchanged] = field(repr=False)


def read_mocked(files: Named | Description | Sequence[Named | Description], options: Options | None = None) -> Mocked:
    """Read what is to be served: Arazzo documents, with the sources that they name, and API descriptions.

    `options` says how documents are read (`sources`, `base_dir`, `documents`, `access`, `strict`).

    Raises:
        UsageError: a file can't be read, is neither kind of document, or no API is left to serve.
        DocumentError: an API description has no sound syntax.
    """
    options = options or Options()
    given = [files] if isinstance(files, str | os.PathLike | Description) else [*files]
    reading = _Reading(options)
    for each in given:
        reading.take(each)
    if not reading.apis:
        if has_errors(reading.found):
            raise DocumentError(tuple(one for one in reading.found if one.severity is Severity.ERROR))
        raise UsageError("there is no API to serve", "name an Arazzo document with sources, or an OpenAPI description")
    return Mocked(tuple(reading.apis.values()), tuple(reading.workflows), tuple(dict.fromkeys(reading.found)))


def urls_of(url: str, mocked: Mocked) -> dict[str, str]:
    """Return the base URL of each API: that of the server where it is alone, else one below its own name."""
    from urllib.parse import quote

    if len(mocked.apis) == 1:
        return {mocked.apis[0].name: url}
    return {api.name: f"{url}/{quote(api.name, safe='')}" for api in mocked.apis}


@contextmanager
def mock_server(
    files: Named | Description | Sequence[Named],
    *,
    port: int = 0,
    host: str = LOOPBACK,
    seed: int = 0,
    lenient: bool = False,
    stateless: bool = False,
    options: Options | None = None,
) -> Iterator[MockServer]:
    """Serve an Arazzo document, or API descriptions, over HTTP while the block runs.

    The server answers when the block begins, and is gone when it ends. `port` 0 is any that is free. `lenient` answers
    requests that break the description all the same; `MockServer.exchanges` tells of them either way. What clients
    create, change and delete is so for all of them, unless the server is `stateless`.

    Raises:
        UsageError: a file can't be read or served, or the port is taken.
        DocumentError: an API description has no sound syntax.
    """
    from arazzo_runner.mock.server.hosts import is_loopback
    from arazzo_runner.mock.server.listening import Listening, bind, url_of

    mocked = read_mocked(files, options)
    seen: list[Exchanged] = []
    application = mocked.application(
        seed=seed, lenient=lenient, stateless=stateless, loopback_only=is_loopback(host), on_exchange=seen.append
    )
    bound = bind(host, port)
    url = url_of(bound, host)
    with Listening(application, bound).in_thread():
        yield MockServer(url, urls_of(url, mocked), seen)


def mock_application(
    files: Named | Description | Sequence[Named],
    *,
    seed: int = 0,
    lenient: bool = False,
    stateless: bool = False,
    on_exchange: OnExchange | None = None,
    options: Options | None = None,
) -> Application:
    """Return an ASGI application that answers for an Arazzo document, or API descriptions; raises as `mock_server`."""
    mocked = read_mocked(files, options)
    return mocked.application(seed=seed, lenient=lenient, stateless=stateless, on_exchange=on_exchange)


def mock_transport(
    files: Named | Description | Sequence[Named],
    *,
    seed: int = 0,
    lenient: bool = False,
    stateless: bool = False,
    on_exchange: OnExchange | None = None,
    options: Options | None = None,
) -> Any:
    """Return a transport for `Client` and `AsyncClient` of httpx2 and httpx; raises as `mock_server`.

    The client may call the servers that the description names: their host does not count, their path does. It is a
    `MockTransport`; the two libraries want a class of their own each, so its type is left open.
    """
    application = mock_application(
        files, seed=seed, lenient=lenient, stateless=stateless, on_exchange=on_exchange, options=options
    )
    return MockTransport(application)


class MockTransport:
    """Answers the requests of a client by an application, without a socket; for httpx2 and httpx alike."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def handle_request(self, request: Any) -> Any:
        """Answer a request with a response of the library that the request is of."""
        return self._answer(request, request.read())

    async def handle_async_request(self, request: Any) -> Any:
        """Answer a request of an asynchronous client."""
        return self._answer(request, await request.aread())

    def _answer(self, request: Any, content: bytes) -> Any:
        raw = request.extensions.get("target", request.url.raw_path)
        path, _, query = raw.decode("ascii", "replace").partition("?")
        headers = tuple((name.decode("latin-1").lower(), text.decode("latin-1")) for name, text in request.headers.raw)
        status, fields, body = self._application.answer(Incoming(request.method, path, query, headers, content))
        library = sys.modules[type(request).__module__.partition(".")[0]]
        kept = b"" if without_body(request.method, status) else body
        return library.Response(status, headers=fields, content=kept, request=request)

    def close(self) -> None:
        """Close nothing: there is no connection."""

    async def aclose(self) -> None:
        """Close nothing."""

    def __enter__(self) -> MockTransport:
        """Return the transport itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close nothing."""

    async def __aenter__(self) -> MockTransport:
        """Return the transport itself."""
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close nothing."""


@dataclass(slots=True)
class _Reading:
    """The APIs and workflows that were read so far."""

    options: Options
    apis: dict[str, Api] = field(default_factory=dict)
    workflows: list[BoundWorkflow] = field(default_factory=list)
    found: list[Diagnostic] = field(default_factory=list)
    documents: Documents | None = None

    def take(self, given: Named | Description) -> None:
        if isinstance(given, Description):
            self._flows(given)
            return
        location = locate(os.fspath(given), Path.cwd())
        documents = self.documents = self.documents or Documents(self.options.access, identity_of)
        source = documents.open(location.uri, Policy(allow_files=True), trusted=True)
        if isinstance(source, RetrievalFailure):
            raise UsageError(f"cannot read {location.name}: {source.reason}", source.help)
        kind = type_of(source.data)
        if kind == "arazzo":
            self._flows(load(given, access=self.options.access))
        elif has_errors(source.diagnostics):
            raise DocumentError(source.diagnostics)
        elif kind == "openapi" and version_of(source.data) in VERSIONS:
            self._add(Path(location.name.rstrip("/")).name, OpenApiDocument(source, version_of(source.data), documents))
        else:
            what = f"it is '{kind} {version_of(source.data)}'".rstrip(" '") + "'" if kind else "it is neither"
            hint = f"OpenAPI {', '.join(VERSIONS)} and Arazzo can be served"
            raise UsageError(f"{location.name} can't be served: {what}", hint)

    def _add(self, name: str, document: OpenApiDocument) -> None:
        """Take in an API, named as its file is without its ending; with a number where that is taken."""
        stem = name.split(".")[0] or "api"
        name = next(each for number in range(1, 10_000) if (each := _numbered(stem, number)) not in self.apis)
        self.apis[name] = Api(name, document)

    def _flows(self, description: Description) -> None:
        options = self.options
        registry = gather(
            description,
            overrides=sources_of(options, description),
            base_dir=options.base_dir,
            supplied=options.documents,
            retrieve=options.access,
            find=None if options.strict else files_named,
        )
        self.found += [*description.diagnostics, *registry.diagnostics]
        for scope in registry.scopes.values():
            for source in scope.values():
                if isinstance(source.document, OpenApiDocument):
                    self.apis.setdefault(source.name, Api(source.name, source.document))
        compilation = Compilation(description, registry, strict=options.strict)
        for uri, document in compilation.documents.items():
            for workflow in document.workflows:
                if workflow.workflow_id:
                    bound = compilation.bound(WorkflowKey(uri, workflow.workflow_id))
                    self.found += [replace(one, severity=Severity.WARNING) for one in bound.diagnostics]
                    self.workflows += [bound.workflow] if bound.workflow is not None else []


def _numbered(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


__all__ = [
    "MockServer",
    "MockTransport",
    "Mocked",
    "mock_application",
    "mock_server",
    "mock_transport",
    "read_mocked",
    "urls_of",
]
