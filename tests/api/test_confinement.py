"""Documents of others: each way out is tried over real sockets, and the server behind it sees no connection."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest

from arazzo_runner.api import Options, aexecute, check, execute, load, prepare, run
from arazzo_runner.api.confinement import BUDGETS, confined, tighter
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import DocumentError, LimitReached, UsageError
from arazzo_runner.sources.access import Access
from arazzo_runner.transports.http import HttpTransport
from tests import wire
from tests.names import Names
from tests.wire import Wire

FLOW = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: URL, type: openapi}]
workflows:
- workflowId: w
  inputs: {type: object, properties: {host: {type: string}}}
  steps:
  - stepId: s
    operationId: ping
    onFailure: [{name: on, type: goto, stepId: t}]
  - {stepId: t, operationId: push}
"""
API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: 'SERVER'}]
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'TOKEN', scopes: {}}}}
paths:
  /ping: {get: {operationId: ping, SECURITY responses: {'200': {description: ok}}}}
  /push: {post: {operationId: push, responses: {'200': {description: ok}}}}
"""


@pytest.fixture(autouse=True)
def names(monkeypatch: pytest.MonkeyPatch) -> Names:
    for variable in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    return Names(monkeypatch)


def written(
    folder: Path, server: str, source: str = "api.yml", security: str = "", token: str = "https://login.example/token"
) -> Path:
    """Write a workflow and its API description; return the path of the workflow."""
    folder.mkdir(exist_ok=True)
    described = API.replace("SERVER", server).replace("TOKEN", token)
    wanted = f"security: [{{{security}: []}}]," if security else ""
    (folder / "api.yml").write_text(described.replace("SECURITY", wanted))
    (folder / "flow.yml").write_text(FLOW.replace("URL", source))
    return folder / "flow.yml"


Go = Callable[[Path, Options], RunResult]


def go(flow: Path, options: Options) -> RunResult:
    return execute(prepare(load(flow), options=options))


def go_async(flow: Path, options: Options) -> RunResult:
    return asyncio.run(aexecute(prepare(load(flow), options=options)))


posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has other links and pipes")
both = pytest.mark.parametrize("go", [go, go_async])


def codes(fault: DocumentError) -> list[str]:
    return [each.code for each in fault.diagnostics]


# ---------------------------------------------------------------- requests


@both
@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.0.0.9", "169.254.169.254", "::1", "::ffff:127.0.0.1", "64:ff9b::a9fe:a9fe", "0.0.0.0"]
)
def test_a_name_that_leads_to_a_private_address_stops_the_run(
    go: Go, tmp_path: Path, names: Names, address: str
) -> None:
    names["public.test"] = address
    with Wire() as server, pytest.raises(LimitReached) as stopped:
        go(
            written(tmp_path, f"http://public.test:{server.port}"),
            Options(untrusted=True, allow_hosts=("public.test",)),
        )
    assert stopped.value.limit == "deny_private"
    assert server.connections == 0
    assert stopped.value.result is not None
    assert stopped.value.result.requests == 0  # nor did the failure action get a turn


WRITTEN = ("127.0.0.1", "2130706433", "0x7f.1", "017700000001", "127.1", "[::1]", "[::ffff:7f00:1]", "localhost", "0")


@pytest.mark.parametrize("host", WRITTEN)
def test_an_address_of_this_machine_is_refused_before_anything_is_sent(tmp_path: Path, host: str) -> None:
    with Wire(host="::1" if "[" in host else "127.0.0.1") as server, pytest.raises(DocumentError) as refused:
        go(written(tmp_path, f"http://{host}:{server.port}"), Options(untrusted=True, allow_hosts=("*",)))
    assert codes(refused.value) == ["egress-private"]
    assert server.connections == 0


@both
@pytest.mark.parametrize("target", ["http://inner.test:PORT/", "http://127.0.0.1:PORT/", "http://0x7f.1:PORT/"])
def test_a_redirect_to_a_private_address_stops_the_run(go: Go, tmp_path: Path, names: Names, target: str) -> None:
    names["start.test"] = names["inner.test"] = "127.0.0.1"
    with Wire() as inner:
        location = ("Location", target.replace("PORT", str(inner.port)))
        with Wire(wire.answer(302, b"", location)) as start:
            place = f"start.test:{start.port}"
            options = Options(deny_private=True, allow_private=(place,), follow_redirects=True)
            with pytest.raises(LimitReached) as stopped:
                go(written(tmp_path, f"http://{place}"), options)
        assert (len(start.received), inner.connections) == (1, 0)
    assert stopped.value.limit == "deny_private"


@both
def test_a_redirect_to_a_host_that_is_not_allowed_stops_the_run(go: Go, tmp_path: Path, names: Names) -> None:
    names["start.test"] = names["other.test"] = "127.0.0.1"
    with Wire() as other:
        location = ("Location", f"http://other.test:{other.port}/")
        with Wire(wire.answer(307, b"", location)) as start:
            options = Options(allow_hosts=("start.test",), follow_redirects=True)
            with pytest.raises(LimitReached) as stopped:
                go(written(tmp_path, f"http://start.test:{start.port}"), options)
        assert (len(start.received), other.connections) == (1, 0)
    assert stopped.value.limit == "allow_hosts"


@both
def test_a_private_host_that_the_caller_names_is_called(go: Go, tmp_path: Path, names: Names) -> None:
    names["start.test"] = "127.0.0.1"
    with Wire(wire.json_answer({})) as server:
        place = f"start.test:{server.port}"
        options = Options(untrusted=True, allow_hosts=(place,), allow_private=(place,))
        assert go(written(tmp_path, f"http://{place}"), options).succeeded
    assert server.lines == ["GET /ping HTTP/1.1", "POST /push HTTP/1.1"]


def test_all_hosts_and_methods_that_are_lacking_are_told_at_once(tmp_path: Path) -> None:
    flow = written(tmp_path, "https://api.example", security="login")
    options = Options(
        untrusted=True, allow_methods=("GET",), auth=("login.client_id=a", "login.client_secret=b-secret"),
        auth_hosts=frozenset({"api.example", "login.example"}),
    )  # fmt: skip
    with pytest.raises(DocumentError) as refused:
        prepare(load(flow), options=options)
    assert codes(refused.value) == ["egress-host", "egress-host", "egress-method"]
    help = refused.value.diagnostics[0].help
    assert "--allow-host api.example --allow-host login.example --allow-method POST" in help
    fitting = replace(options, allow_hosts=("api.example", "login.example"), allow_methods=None)
    assert prepare(load(flow), options=fitting).settings.egress.deny_private


def test_what_else_is_in_the_way_of_a_host_is_told_with_it(tmp_path: Path) -> None:
    flow = written(tmp_path, "http://127.0.0.1:8080")
    with pytest.raises(DocumentError) as refused:
        prepare(load(flow), options=Options(untrusted=True))
    assert codes(refused.value) == ["egress-host", "egress-private"]
    for found in refused.value.diagnostics:
        assert "--allow-host 127.0.0.1:8080 --allow-private 127.0.0.1:8080" in found.help


def test_a_mocked_run_sends_nothing_so_nothing_is_refused(tmp_path: Path) -> None:
    assert go(written(tmp_path, "http://127.0.0.1:1"), Options(untrusted=True, mock=True)).succeeded


@both
@pytest.mark.parametrize("proxy", ["http://127.0.0.1:PORT", "socks5://127.0.0.1:PORT"])
def test_a_proxy_looks_names_up_itself_so_it_is_not_used(go: Go, tmp_path: Path, names: Names, proxy: str) -> None:
    with Wire() as server:
        options = Options(deny_private=True, proxy=proxy.replace("PORT", str(server.port)))
        with pytest.raises(LimitReached, match="looks the name up itself") as stopped:
            go(written(tmp_path, "http://public.test"), options)
    assert (stopped.value.limit, server.connections, names.asked) == ("deny_private", 0, [])


@both
def test_a_proxy_of_the_environment_is_not_used_either(go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Wire(wire.json_answer({})) as server:
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{server.port}")
        flow = written(tmp_path, "http://public.test")
        with pytest.raises(LimitReached, match="the environment's proxy"):
            go(flow, Options(deny_private=True))
        assert server.connections == 0
        assert go(flow, Options(deny_private=True, allow_private=("public.test",))).succeeded
    assert len(server.received) == 2


CLIENTS: tuple[Callable[[], Any], ...] = (
    httpx2.Client, httpx.Client, httpx2.AsyncClient, httpx.AsyncClient, HttpTransport,
    lambda: type("Own", (), {"send": lambda *_: None})(),
)  # fmt: skip


@pytest.mark.parametrize("make", CLIENTS)
@pytest.mark.parametrize("fields", [{"deny_private": True}, {"untrusted": True, "allow_hosts": ("public.test",)}])
def test_what_connects_by_itself_is_refused(tmp_path: Path, make: Callable[[], Any], fields: dict[str, Any]) -> None:
    prepared = prepare(load(written(tmp_path, "http://public.test")), options=Options(**fields))
    with pytest.raises(UsageError, match="can't be judged"):
        asyncio.run(aexecute(prepared, transport=make()))
    if not isinstance(make(), httpx2.AsyncClient | httpx.AsyncClient):
        with pytest.raises(UsageError, match="can't be judged"):
            execute(prepared, transport=make())


def test_a_client_of_the_caller_keeps_to_hosts_methods_and_bytes(tmp_path: Path) -> None:
    with Wire(wire.json_answer({})) as server, httpx2.Client() as client:
        flow = written(tmp_path, server.url)
        allowed = prepare(load(flow), options=Options(allow_hosts=("127.0.0.1",), max_bytes=10_000))
        assert execute(allowed, transport=client).succeeded
        with pytest.raises(LimitReached, match="--max-bytes"):
            execute(
                replace(
                    allowed, settings=replace(allowed.settings, limits=replace(allowed.settings.limits, max_bytes=150))
                ),
                transport=client,
            )


@both
def test_an_answer_is_read_no_further_than_the_budget(go: Go, tmp_path: Path) -> None:
    piece = b"x" * 1000
    endless = wire.drip(piece * 50, wire.head(200, [("Content-Type", "text/plain")]))
    with Wire(endless) as server, pytest.raises(LimitReached) as stopped:
        go(written(tmp_path, server.url), Options(max_bytes=60_000, timeout=20))
    assert stopped.value.limit == "max_bytes"


# ---------------------------------------------------------------- tokens and other credentials


def with_login(**fields: Any) -> Options:
    return Options(auth=("login.client_id=app", "login.client_secret=a-s3cret"), **fields)


@both
def test_a_token_url_that_leads_to_a_private_address_stops_the_run(go: Go, tmp_path: Path, names: Names) -> None:
    names["login.test"] = names["api.test"] = "127.0.0.1"
    with Wire() as server:
        token = f"http://login.test:{server.port}/token"
        flow = written(tmp_path, f"http://api.test:{server.port}", security="login", token=token)
        options = with_login(
            untrusted=True, allow_hosts=("*",), allow_private=("api.test",),
            auth_hosts=frozenset({"login.test", "api.test"}),
        )  # fmt: skip
        with pytest.raises(LimitReached) as stopped:
            go(flow, options)
    assert (stopped.value.limit, server.connections) == ("deny_private", 0)


@both
def test_a_token_is_fetched_where_the_caller_allows(go: Go, tmp_path: Path, names: Names) -> None:
    names["login.test"] = "127.0.0.1"
    answer = wire.json_answer({"access_token": "t0ken-t0ken", "token_type": "Bearer"})
    with Wire(answer, wire.json_answer({})) as server:
        token = f"http://login.test:{server.port}/token"
        flow = written(tmp_path, f"http://login.test:{server.port}", security="login", token=token)
        options = with_login(
            untrusted=True, allow_hosts=("login.test",), allow_private=("login.test",),
            auth_hosts=frozenset({"login.test"}),
        )  # fmt: skip
        assert go(flow, options).succeeded
    assert server.lines[0] == "POST /token HTTP/1.1"
    assert server.received[1].values("Authorization") == ["Bearer t0ken-t0ken"]


KEY: dict[str, Any] = {"untrusted": True, "allow_hosts": ("api.example",)}


@pytest.mark.parametrize(
    "fields",
    [
        {"auth": ("key=s3cret-value",)},
        {"environ": {"ARAZZO_AUTH_API_KEY_API_KEY": "s3cret-value"}},
        {"auth": ("key=s3cret-value",), "auth_hosts": frozenset({"other.example"})},
    ],
)
def test_a_credential_goes_to_hosts_that_were_named_for_it(tmp_path: Path, fields: dict[str, Any]) -> None:
    flow = written(tmp_path, "https://api.example", security="key")
    with pytest.raises(DocumentError) as refused:
        prepare(load(flow), options=Options(**KEY, **fields))
    assert codes(refused.value) == ["credential-unnamed-host"]
    assert "those of others (--untrusted)" in str(refused.value)
    named = {**fields, "auth_hosts": frozenset({"api.example"})}
    assert prepare(load(flow), options=Options(**KEY, **named))
    assert prepare(load(flow), options=Options(**{**fields, "allow_hosts": ("api.example",)}))
    mine = Options(untrusted=True, allow_hosts=("mine.example",), servers={"": "https://mine.example"}, **fields)
    assert prepare(load(flow), options=mine)


# ---------------------------------------------------------------- documents


def reading(flow: Path, **fields: Any) -> list[str]:
    """Return the reasons for which sources can't be read."""
    found = check(load(flow), Options(untrusted=True, **fields))
    return [each.message for each in found if each.code == "source-unreadable"]


@posix
def test_files_lie_below_the_folder_of_the_document(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    outside.mkdir()
    (outside / "api.yml").write_text(API.replace("SECURITY", ""))
    flow = written(inside, "https://api.example")
    assert reading(flow) == []
    (inside / "link.yml").symlink_to(outside / "api.yml")
    (inside / "links").symlink_to(outside)
    (inside / "home.yml").symlink_to(inside / "api.yml")
    for source in ("../out/api.yml", (outside / "api.yml").as_uri(), "link.yml", "links/api.yml", "file:///etc/passwd"):
        [reason] = reading(written(inside, "https://api.example", source))
        assert "it lies outside of" in reason
    assert reading(written(inside, "https://api.example", "home.yml")) == []
    assert reading(written(inside, "https://api.example", "../out/api.yml"), access=Access(root=tmp_path)) == []


def test_references_of_a_description_stay_below_the_folder_too(tmp_path: Path) -> None:
    flow = written(tmp_path / "in", "https://api.example")
    (tmp_path / "shared.yml").write_text("description: from outside")
    described = (tmp_path / "in" / "api.yml").read_text().replace("{description: ok}", "{$ref: ../shared.yml}")
    (tmp_path / "in" / "api.yml").write_text(described)
    loose = {each.message for each in check(load(flow)) if "shared.yml" in each.message}
    strict = [each.message for each in check(load(flow), Options(untrusted=True)) if "shared.yml" in each.message]
    assert not loose
    assert any("outside of" in message for message in strict)


@posix
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    flow = written(tmp_path, "https://api.example", "pipe.yml")
    os.mkfifo(tmp_path / "pipe.yml")
    [reason] = reading(flow)
    assert "it is not a regular file" in reason


@pytest.mark.parametrize("source", ["ftp://x.test/api.yml", "data:text/yaml,a", "jar:file:/x", "gopher://x.test/"])
def test_other_schemes_are_refused(tmp_path: Path, names: Names, source: str) -> None:
    [reason] = reading(written(tmp_path, "https://api.example", source), allow_hosts=("*",))
    assert "is not one of the schemes" in reason
    assert names.asked == []


def served(body: bytes) -> Wire:
    return Wire(wire.answer(200, body, ("Content-Type", "text/yaml")))


def test_documents_come_from_hosts_that_were_named(tmp_path: Path, names: Names) -> None:
    names["docs.test"] = "127.0.0.1"
    with served(API.replace("SECURITY", "").encode()) as server:
        place = f"docs.test:{server.port}"
        flow = written(tmp_path, "https://api.example", f"http://{place}/api.yml")
        [reason] = reading(flow)
        assert "is not among the hosts that are allowed" in reason
        [reason] = reading(flow, allow_hosts=("docs.test",))
        assert "leads to 127.0.0.1, a loopback address" in reason
        assert server.connections == 0
        assert reading(flow, allow_hosts=(place,), allow_private=(place,)) == []
    assert len(server.received) == 1


@pytest.mark.parametrize(
    "target", ["http://inner.test:PORT/x.yml", "http://127.0.0.1:PORT/x.yml", "http://2130706433:PORT/"]
)
def test_a_document_is_not_fetched_by_a_redirect_to_a_private_address(
    tmp_path: Path, names: Names, target: str
) -> None:
    names["docs.test"] = names["inner.test"] = "127.0.0.1"
    with served(b"{}") as inner:
        location = ("Location", target.replace("PORT", str(inner.port)))
        with Wire(wire.answer(302, b"", location)) as docs:
            place = f"docs.test:{docs.port}"
            flow = written(tmp_path, "https://api.example", f"http://{place}/api.yml")
            [reason] = reading(flow, allow_hosts=("*",), allow_private=(place,))
            assert len(docs.received) == 1
        assert "it redirects to " in reason
        assert "loopback address" in reason
        assert inner.connections == 0


def test_the_document_that_the_caller_names_may_be_fetched(tmp_path: Path, names: Names) -> None:
    names["docs.test"] = names["other.test"] = "127.0.0.1"
    options = Options(untrusted=True, allow_private=("*",))
    flow = FLOW.replace("URL", "api.yml").encode()
    with served(flow) as server:
        access = confined(options, load(written(tmp_path, "https://api.example"))).access
        found = load(f"http://docs.test:{server.port}/flow.yml", access=access)
        [reason] = [each.message for each in check(found, options) if each.code == "source-unreadable"]
    assert len(server.received) == 1
    assert "is not among the hosts that are allowed" in reason
    location = ("Location", f"http://other.test:{server.port}/flow.yml")
    with Wire(wire.answer(302, b"", location)) as moved, pytest.raises(UsageError, match="not among the hosts"):
        load(f"http://docs.test:{moved.port}/flow.yml", access=access)


def test_the_document_itself_is_fetched_from_a_public_address_alone(names: Names) -> None:
    names["docs.test"] = "127.0.0.1"
    with served(FLOW.encode()) as server:
        where = f"http://docs.test:{server.port}/flow.yml"
        with pytest.raises(UsageError, match="leads to 127"):
            run(where, options=Options(untrusted=True))
        assert server.connections == 0
        with pytest.raises(DocumentError):  # its source can't be read: of a document from the network no file is
            run(where, options=Options(untrusted=True, allow_private=("docs.test",)))
        assert len(server.received) == 1


def test_no_file_is_searched_for_by_its_name(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    flow = written(tmp_path, "https://api.example", "gone/api.yml")
    assert [each.code for each in check(load(flow)) if each.code == "reading-P13"]
    assert reading(flow) != []


# ---------------------------------------------------------------- options


def test_budgets_are_tighter_unless_the_caller_set_them(tmp_path: Path) -> None:
    description = load(written(tmp_path, "https://api.example"))
    found = confined(Options(untrusted=True), description)
    assert {name: getattr(found, name) for name in BUDGETS} == BUDGETS
    own = confined(Options(untrusted=True, max_steps=5000, max_bytes=7), description)
    assert (own.max_steps, own.max_bytes, own.max_depth) == (5000, 7, 10)
    assert confined(found, description) == found
    assert tighter(found) == {}
    assert confined(Options(), description) == Options()


@pytest.mark.parametrize(
    "fields",
    [{"allow_hosts": ("https://x",)}, {"allow_methods": ("GET POST",)}, {"allow_private": ("a/b",)}],
)
def test_what_is_no_host_and_no_method_is_refused(tmp_path: Path, fields: dict[str, Any]) -> None:
    flow = written(tmp_path, "https://api.example")
    with pytest.raises(UsageError, match="that is no "):
        prepare(load(flow), options=Options(**fields))
