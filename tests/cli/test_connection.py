"""Redirects, cookies, proxies and limits through the command, judged by the raw requests that come out of it."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from arazzo_runner.engine.limits import DEEPEST
from tests import wire
from tests.cli.invocation import Command, Ended
from tests.wire import Peer, Received, Wire

OPENAPI = """\
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://nowhere.invalid'}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    basic: {type: http, scheme: basic}
    head: {type: apiKey, in: header, name: X-Subscription}
    query: {type: apiKey, in: query, name: subscription}
    cookie: {type: apiKey, in: cookie, name: subscription}
    plain: {type: apiKey, in: header, name: X-Foo}
paths:
  /bearer: {post: {operationId: bearer, security: [{bearer: []}], responses: {'200': {description: ok}}}}
  /basic: {post: {operationId: basic, security: [{basic: []}], responses: {'200': {description: ok}}}}
  /head: {post: {operationId: head, security: [{head: []}], responses: {'200': {description: ok}}}}
  /query: {post: {operationId: query, security: [{query: []}], responses: {'200': {description: ok}}}}
  /cookie: {post: {operationId: cookie, security: [{cookie: []}], responses: {'200': {description: ok}}}}
  /both: {post: {operationId: both, security: [{bearer: [], basic: []}], responses: {'200': {description: ok}}}}
  /plain: {post: {operationId: plain, responses: {'200': {description: ok}}}}
  /next: {get: {operationId: next, responses: {'200': {description: ok}}}}
"""

HEAD = """\
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: openapi.yaml, type: openapi}]
workflows:
- workflowId: w
"""

SECRET = "s3cr3t-of-the-caller"


@pytest.fixture
def flow(tmp_path: Path) -> Callable[[str], str]:
    """Write a workflow with the given steps, and return its path."""
    (tmp_path / "openapi.yaml").write_text(OPENAPI, "utf-8")

    def write(steps: str, head: str = "") -> str:
        path = tmp_path / "arazzo.yaml"
        path.write_text(f"{HEAD}{head}  steps:\n{steps}", "utf-8")
        return str(path)

    return write


Flow = Callable[..., str]


def moved(location: str, status: int = 307, *more: tuple[str, str]) -> wire.Behaviour:
    return wire.answer(status, b"", ("Location", location), *more)


def step(operation: str, *parameters: str, body: str = "") -> str:
    listed = ", ".join(parameters)
    request = f", requestBody: {{contentType: application/json, payload: {body}}}" if body else ""
    return f"  - {{stepId: s, operationId: {operation}, parameters: [{listed}]{request}}}\n"


# ---------------------------------------------------------------- redirects


def test_redirects_are_off(arazzo: Command, flow: Flow) -> None:
    with Wire(moved("/b"), wire.answer()) as server:
        ended = arazzo("run", flow(step("plain")), "--server", server.url)
    assert (ended.code, len(server.received)) == (0, 1)
    assert "307 Temporary Redirect" in ended.err


@pytest.mark.parametrize(
    ("status", "line"),
    [(301, "GET"), (302, "GET"), (303, "GET"), (307, "POST"), (308, "POST")],
)
def test_the_method_and_the_body_after_a_redirect(arazzo: Command, flow: Flow, status: int, line: str) -> None:
    with Wire(moved("there?x=1", status), wire.answer()) as server:
        document = flow(step("plain", body="{name: Rex}"))
        ended = arazzo("run", document, "--server", server.url, "--follow-redirects", "-v")
    assert ended.code == 0
    assert server.lines == ["POST /plain HTTP/1.1", f"{line} /there?x=1 HTTP/1.1"]
    assert server.received[1].body == (b'{"name":"Rex"}' if line == "POST" else b"")
    assert server.received[1].values("content-type") == (["application/json"] if line == "POST" else [])
    assert f"> {line} {server.url}/there?x=1" in ended.err
    assert "2 requests" in ended.err


def test_the_record_of_a_run_has_each_hop(arazzo: Command, flow: Flow) -> None:
    with Wire(moved(f"/b?api_key={SECRET}", 302), moved("/c"), wire.answer()) as server:
        ended = arazzo("run", flow(step("plain")), "--server", server.url, "--follow-redirects", "--json")
    record = json.loads(ended.out)
    (attempt,) = record["steps"][0]["attempts"]
    assert [one["method"] for one in (*attempt["redirects"], attempt["request"])] == ["POST", "GET", "GET"]
    assert [one["url"].removeprefix(server.url) for one in (*attempt["redirects"], attempt["request"])] == [
        "/plain",
        "/b?api_key=[redacted]",
        "/c",
    ]
    assert (attempt["statusCode"], record["requests"]) == (200, 3)


KINDS = {
    "bearer": (step("bearer"), ("--auth", f"bearer={SECRET}")),
    "basic": (step("basic"), ("--auth", f"basic=user:{SECRET}")),
    "head": (step("head"), ("--auth", f"head={SECRET}")),
    "head-short": (step("head"), ("--auth", "head=k7")),
    "query": (step("query"), ("--auth", f"query={SECRET}")),
    "cookie": (step("cookie"), ("--auth", f"cookie={SECRET}")),
    "document-header": (step("plain", f"{{name: Authorization, in: header, value: Bearer {SECRET}}}"), ()),
    "document-named": (step("plain", f"{{name: X-Api-Key, in: header, value: {SECRET}}}"), ()),
    "document-query": (step("plain", f"{{name: api_key, in: query, value: {SECRET}}}"), ()),
    "document-scheme-header": (step("plain", f"{{name: x-foo, in: header, value: {SECRET}}}"), ()),
    "document-scheme-query": (step("query", f"{{name: subscription, in: query, value: {SECRET}}}"), ()),
    "document-scheme-cookie": (step("cookie", f"{{name: subscription, in: cookie, value: {SECRET}}}"), ()),
    "document-x-auth": (step("plain", f"{{name: X-Auth, in: header, value: {SECRET}}}"), ()),
    "document-cookie": (step("plain", f"{{name: sid, in: cookie, value: {SECRET}}}"), ()),
    "input-in-a-header": (step("plain", "{name: X-Trace, in: header, value: $inputs.pin}"), ("-i", f"pin={SECRET}")),
    "input-within": (step("plain", "{name: X-Trace, in: header, value: 'a {$inputs.pin}'}"), ("-i", f"pin={SECRET}")),
}
INPUTS = "  inputs: {type: object, properties: {pin: {type: string, format: password}}}\n"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("status", [302, 307])
@pytest.mark.parametrize("show", [(), ("--show-secrets",)])
def test_nothing_secret_goes_to_another_origin(
    arazzo: Command, flow: Flow, kind: str, status: int, show: tuple[str, ...]
) -> None:
    steps, flags = KINDS[kind]
    secret = "k7" if kind == "head-short" else SECRET
    with Wire(wire.answer()) as other:

        def echo(peer: Peer, request: Received) -> bool:
            query = request.target.partition("?")[2]
            return moved(f"{other.url}/taken" + (f"?{query}" if query else ""), status)(peer)

        with Wire(by_request=echo) as server:
            document = flow(steps, INPUTS)
            ended = arazzo("run", document, "--server", server.url, "--follow-redirects", *flags, *show)
    assert ended.code == 0, ended.err
    encoded = (secret, base64.b64encode(f"user:{secret}".encode()).decode())
    assert any(form.encode() in server.received[0].raw for form in encoded)
    assert len(other.received) == 1
    assert not any(form.encode() in other.received[0].raw for form in encoded), other.received[0].raw
    assert "another origin" in ended.err
    assert show or SECRET not in ended.err


@pytest.mark.parametrize("location", ["{url}/b?subscription=k%37", "{url}/b?subscription=k7&x=1", "{url}/b"])
def test_a_key_of_the_document_is_known_by_its_scheme(arazzo: Command, flow: Flow, location: str) -> None:
    """The names say nothing, and the values are too short to be looked for."""
    parameters = ("{name: X-Foo, in: header, value: k8}", "{name: subscription, in: query, value: k7}")
    with Wire(wire.answer()) as other, Wire(moved(location.format(url=other.url))) as server:
        ended = arazzo("run", flow(step("query", *parameters)), "--server", server.url, "--follow-redirects", "-v")
    assert ended.code == 0, ended.err
    assert server.received[0].target == "/query?subscription=k7"
    assert "subscription" not in other.received[0].target
    assert (server.received[0].values("x-foo"), other.received[0].values("x-foo")) == (["k8"], [])
    assert "k7" not in ended.err
    assert "k8" not in ended.err
    assert "subscription=[redacted]" in ended.err


@pytest.mark.parametrize("value", ["$inputs.t", "Bearer $inputs.t", "'Bearer {$inputs.t}'", "'{$inputs.t}{$inputs.u}'"])
@pytest.mark.parametrize("name", ["Authorization", "authorization"])
def test_a_header_without_its_token_leaves_the_place_to_the_credential(
    arazzo: Command, flow: Flow, name: str, value: str
) -> None:
    inputs = "  inputs: {type: object, properties: {t: {type: string}, u: {type: string}}}\n"
    document = flow(step("bearer", f"{{name: {name}, in: header, value: {value}}}"), inputs)
    run = ("run", document, "--auth", f"bearer={SECRET}")
    with Wire(wire.answer()) as server:
        assert arazzo(*run, "--server", server.url).code == 0
        assert arazzo(*run, "--server", server.url, "-i", "t=own", "-i", "u=").code == 0
        assert arazzo("run", document, "--server", server.url).code == 0
    own = "Bearer own" if "Bearer" in value else "own"
    assert [one.values("authorization") for one in server.received] == [[f"Bearer {SECRET}"], [own], []]


def test_two_credentials_for_one_header_are_told_of(arazzo: Command, flow: Flow) -> None:
    with Wire(wire.answer()) as server:
        run = ("run", flow(step("both")), "--server", server.url, "--auth", "basic=user:pw")
        ended = arazzo(*run, "--auth", f"bearer={SECRET}")
    assert ended.code == 0
    assert server.received[0].values("authorization") == [f"Bearer {SECRET}"]
    assert "'bearer' and 'basic' both set the header 'Authorization'" in ended.err
    assert SECRET not in ended.err


def test_a_secret_in_the_body_does_not_go_to_another_origin(arazzo: Command, flow: Flow) -> None:
    with Wire() as other, Wire(moved(f"{other.url}/")) as server:
        document = flow(step("plain", body="{login: me, password: 'pw-of-the-document'}"))
        ended = arazzo("run", document, "--server", server.url, "--follow-redirects")
    assert (ended.code, other.received) == (1, [])
    assert "is not followed: it leads to another origin" in ended.err
    assert "the body holds a secret" in ended.err


def test_what_was_left_behind_does_not_come_back(arazzo: Command, flow: Flow) -> None:
    with Wire() as server, Wire(moved(f"{server.url}/back")) as other:
        server._behaviours = (moved(f"{other.url}/"), wire.answer())
        ended = arazzo(
            "run", flow(step("head")), "--server", server.url, "--follow-redirects", "--auth", f"head={SECRET}"
        )
    assert ended.code == 0
    assert [request.values("x-subscription") for request in server.received] == [[SECRET], []]


@pytest.mark.parametrize("most", [None, 3])
def test_a_loop_ends(arazzo: Command, flow: Flow, most: int | None) -> None:
    flags = () if most is None else ("--max-redirects", str(most))
    with Wire(moved("/a"), moved("/b")) as server:
        ended = arazzo("run", flow(step("plain")), "--server", server.url, "--follow-redirects", *flags)
    assert ended.code == 1
    assert f"redirected more than {most or 10} times (max_redirects)" in ended.err
    assert len(server.received) == (most or 10) + 1


def test_from_https_to_http_only_where_the_host_is_trusted_unseen(arazzo: Command, flow: Flow) -> None:
    with Wire() as plain, Wire(moved(f"{plain.url}/p"), secure=True) as secure:
        run = ("run", flow(step("plain")), "--server", secure.url, "--follow-redirects")
        ended = arazzo(*run, "--cacert", str(wire.CERTIFICATE))
        assert (ended.code, plain.received) == (1, [])
        assert "leads from https to http" in ended.err
        assert arazzo(*run, "--insecure", "127.0.0.1").code == 0
    assert plain.lines == ["POST /p HTTP/1.1"]


HOSTILE = {
    "line-breaks": wire.raw(b"HTTP/1.1 302 X\r\nLocation: /a\rX-Injected: 1\r\nContent-Length: 0\r\n\r\n"),
    "nul": wire.raw(b"HTTP/1.1 302 X\r\nLocation: /a\x00b\r\nContent-Length: 0\r\n\r\n"),
    "scheme": moved("gopher://127.0.0.1/"),
    "file": moved("file:///etc/passwd"),
    "user-information": moved("http://user:pass@127.0.0.1/"),
    "backslash": moved("http:\\\\127.0.0.1/"),
    "two": moved("/a", 302, ("Location", "/b")),
    "no-port": moved("http://127.0.0.1:x/"),
    "long": moved("/" + "a" * 20_000),
    "huge-headers": wire.raw(b"HTTP/1.1 302 X\r\nLocation: /\r\n" + b"X-A: " + b"b" * 10_000_000 + b"\r\n\r\n"),
    "many-headers": wire.raw(b"HTTP/1.1 302 X\r\nLocation: /\r\n" + b"X-A: b\r\n" * 1_000_000 + b"\r\n"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_redirect_fails_the_step_and_sends_nothing_more(arazzo: Command, flow: Flow, name: str) -> None:
    with Wire(HOSTILE[name], wire.answer()) as server:
        ended = arazzo("run", flow(step("plain")), "--server", server.url, "--follow-redirects")
    injected = [request for request in server.received[1:] if name != "backslash"]
    assert injected == []
    assert "Traceback" not in ended.err
    assert ended.code == (0 if name == "backslash" and len(server.received) > 1 else 1), ended.err


# ---------------------------------------------------------------- cookies

SESSION = "  - {stepId: a, operationId: next}\n  - {stepId: b, operationId: next}\n"


def cookies(server: Wire) -> list[list[str]]:
    return [request.values("cookie") for request in server.received]


def test_cookies_are_off_and_never_outlive_a_run(arazzo: Command, flow: Flow) -> None:
    with Wire(wire.answer(200, b"", ("Set-Cookie", f"sid={SECRET}; Path=/; HttpOnly"))) as server:
        run = ("run", flow(SESSION), "--server", server.url, "-v")
        assert arazzo(*run).code == 0
        kept = arazzo(*run, "--cookies")
        assert arazzo(*run, "--cookies").code == 0
    assert cookies(server) == [[], [], [], [f"sid={SECRET}"], [], [f"sid={SECRET}"]]
    assert SECRET not in kept.err
    assert "Cookie: [redacted]" in kept.err


def test_foreign_and_malformed_cookies_are_not_kept(arazzo: Command, flow: Flow) -> None:
    fields = [
        "foreign=1; Domain=example.com; Path=/",
        "top=1; Domain=1; Path=/",
        "secure=1; Secure; Path=/",
        "gone=1; Max-Age=0; Path=/",
        "elsewhere=1; Path=/other",
        "noname",
        "=novalue",
        "good=1; Path=/",
    ]
    with Wire(wire.answer(200, b"", *(("Set-Cookie", field) for field in fields))) as server:
        assert arazzo("run", flow(SESSION), "--server", server.url, "--cookies").code == 0
    assert cookies(server) == [[], ["good=1"]]


def test_ten_thousand_cookies_are_bounded(arazzo: Command, flow: Flow) -> None:
    steps = "".join(f"  - {{stepId: s{number}, operationId: next}}\n" for number in range(11))
    count = iter(range(11))

    def flood(peer: Peer, request: Received) -> bool:
        first = next(count) * 1000
        fields = [("Set-Cookie", f"c{number}={number}; Path=/") for number in range(first, first + 1000)]
        return wire.answer(200, b"", *fields)(peer)

    with Wire(by_request=flood) as server:
        assert arazzo("run", flow(steps), "--server", server.url, "--cookies").code == 0
    sent = [len(values[0].split("; ")) if values else 0 for values in cookies(server)]
    assert sent == [0] + [180] * 10


def test_a_cookie_of_the_document_wins(arazzo: Command, flow: Flow) -> None:
    own = "  - {stepId: b, operationId: next, parameters: [{name: sid, in: cookie, value: own}]}\n"
    first = "  - {stepId: a, operationId: next}\n"
    with Wire(wire.answer(200, b"", ("Set-Cookie", "sid=kept; Path=/"), ("Set-Cookie", "b=2; Path=/"))) as server:
        assert arazzo("run", flow(first + own), "--server", server.url, "--cookies").code == 0
    assert cookies(server) == [[], ["sid=own; b=2"]]


# ---------------------------------------------------------------- limits


def run_one(arazzo: Command, flow: Flow, server: Wire, *flags: str) -> Ended:
    return arazzo("run", flow(step("plain")), "--server", server.url, *flags)


@pytest.mark.parametrize("name", ["plain", "gzip"])
def test_the_largest_body(arazzo: Command, flow: Flow, name: str) -> None:
    behaviour = wire.bomb(1) if name == "gzip" else wire.answer(200, b"x" * 1_048_576)
    with Wire(behaviour) as server:
        assert run_one(arazzo, flow, server, "--max-body", "1048576").code == 0
        ended = run_one(arazzo, flow, server, "--max-body", "1048575")
    assert ended.code == 1
    assert "the answer is larger than 1048575 bytes" in ended.err


def test_the_time_of_a_run(arazzo: Command, flow: Flow) -> None:
    with Wire(wire.hang()) as server:
        ended = run_one(arazzo, flow, server, "--run-timeout", "0.3", "--json")
    assert (ended.code, json.loads(ended.out)["limit"], len(server.received)) == (3, "run_timeout", 1)
    assert "the run took longer than its 0.3 seconds" in ended.err


def test_a_run_within_its_time(arazzo: Command, flow: Flow) -> None:
    with Wire(wire.answer()) as server:
        assert run_one(arazzo, flow, server, "--run-timeout", "600").code == 0


WAITING = """\
  - stepId: s
    operationId: next
    onFailure: [{name: again, type: retry, retryLimit: 1}]
"""


def test_the_longest_wait_that_an_answer_can_ask_for(arazzo: Command, flow: Flow) -> None:
    busy = wire.answer(503, b"", ("Retry-After", "3600"))
    with Wire(busy, wire.answer()) as server:
        ended = arazzo("run", flow(WAITING), "--server", server.url, "--max-wait", "0.01")
    assert (ended.code, len(server.received)) == (0, 2)


@pytest.mark.parametrize("depth", [5, DEEPEST])
def test_how_deep_workflows_call_each_other(arazzo: Command, tmp_path: Path, depth: int) -> None:
    (tmp_path / "openapi.yaml").write_text(OPENAPI, "utf-8")
    path = tmp_path / "deep.yaml"
    calls = "".join(f"- {{workflowId: w{n}, steps: [{{stepId: s, workflowId: w{n + 1}}}]}}\n" for n in range(depth))
    last = f"- {{workflowId: w{depth}, steps: [{{stepId: s, operationId: next}}]}}\n"
    path.write_text(HEAD.replace("- workflowId: w\n", "") + calls + last, "utf-8")
    with Wire() as server:
        run = ("run", str(path), "-w", "w0", "--server", server.url, "--json")
        assert arazzo(*run, "--max-depth", str(depth)).code == 0
        ended = arazzo(*run, "--max-depth", str(depth - 1))
    assert (ended.code, json.loads(ended.out)["limit"]) == (3, "max_depth")


@pytest.mark.parametrize(
    "flags",
    [
        ("--max-body", "0"),
        ("--max-depth", "0"),
        ("--max-depth", "101"),
        ("--max-redirects", "0"),
        ("--run-timeout", "0"),
        ("--run-timeout", "nan"),
        ("--max-wait", "-1"),
        ("--max-wait", "inf"),
        ("--proxy", "http://"),
        ("--proxy", "ftp://proxy.example:1"),
        ("--proxy", "http://user:hidden-pw@proxy.example:x"),
    ],
)
def test_what_can_be_no_limit_or_proxy_is_refused(arazzo: Command, flow: Flow, flags: tuple[str, str]) -> None:
    with Wire() as server:
        ended = run_one(arazzo, flow, server, *flags)
    assert (ended.code, server.received) == (2, [])
    assert ended.err.startswith("error: ")
    assert "hidden-pw" not in ended.err


def test_a_content_coding_that_nobody_asked_for_has_advice_of_its_own(arazzo: Command, flow: Flow) -> None:
    with Wire(wire.answer(200, b"hello", ("Content-Encoding", "br"))) as server:
        ended = run_one(arazzo, flow, server)
    flat = " ".join(ended.err.split())
    assert ended.code == 1
    assert "can't be read, 'br'" in flat
    assert "have it heed Accept-Encoding" in flat
    assert "does not speak HTTP" not in flat


def test_swagger_is_fetched_and_what_it_produces_asked_for_under_our_name(arazzo: Command, tmp_path: Path) -> None:
    swagger = (
        b"swagger: '2.0'\ninfo: {title: T, version: '1'}\nproduces: [application/xml]\n"
        b"paths: {/a: {get: {operationId: a, responses: {'200': {description: ok}}}}}\n"
    )
    with Wire(wire.answer(200, swagger, ("Content-Type", "text/yaml")), wire.answer(200)) as server:
        document = HEAD.replace("url: openapi.yaml", f"url: '{server.url}/api.yaml'")
        (tmp_path / "arazzo.yaml").write_text(f"{document}  steps: [{{stepId: s, operationId: a}}]\n", "utf-8")
        ended = arazzo("run", str(tmp_path / "arazzo.yaml"), "--check-level", "fail")
    assert ended.code == 0, ended.err
    assert server.lines == ["GET /api.yaml HTTP/1.1", "GET /a HTTP/1.1"]
    assert server.received[1].values("Accept") == ["application/xml"]
    names = {name for request in server.received for name in request.values("User-Agent")}
    assert len(names) == 1
    assert names.pop().startswith("arazzo-flow/")


# ---------------------------------------------------------------- proxies


def test_a_proxy_gets_the_requests_whatever_the_environment_says(
    arazzo: Command, flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{wire.refusing_port()}")
    with Wire() as proxy:
        named = proxy.url.replace("://", "://user:hidden-pw@")
        run = ("run", flow(step("plain")), "--server", "http://api.invalid", "-v", "--proxy", named)
        ended = arazzo(*run)
    assert ended.code == 0, ended.err
    assert proxy.lines == ["POST http://api.invalid/plain HTTP/1.1"]
    assert proxy.received[0].values("proxy-authorization") == ["Basic " + base64.b64encode(b"user:hidden-pw").decode()]
    assert "hidden-pw" not in ended.err
    assert f"proxy: requests to http://api.invalid go through {proxy.url}\n" in ended.err


def test_the_proxy_of_the_environment_is_shown_without_its_credentials(
    arazzo: Command, flow: Flow, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = flow(step("plain"))
    assert "through the proxy" not in arazzo("show", document).out
    monkeypatch.setenv("HTTPS_PROXY", "http://user:hidden-pw@proxy.invalid:3128")
    shown = arazzo("show", document)
    assert "through the proxy http://proxy.invalid:3128" in shown.out
    assert "hidden-pw" not in shown.out
    assert json.loads(arazzo("show", document, "--json").out)["servers"][0]["proxy"] == "http://proxy.invalid:3128"
    told = "proxy: requests to https://nowhere.invalid go through http://proxy.invalid:3128"
    assert told in arazzo("run", document, "-v").err
    assert told not in arazzo("run", document).err
    assert told not in arazzo("run", document, "-v", "--mock").err


def test_hosts_are_reached_without_the_proxy(arazzo: Command, flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{wire.refusing_port()}")
    with Wire() as server:
        assert run_one(arazzo, flow, server).code == 1
        for flags in (("--no-proxy", "example.com,127.0.0.1"), ("--no-proxy", "*"), ("--proxy", "")):
            assert run_one(arazzo, flow, server, *flags).code == 0
    assert server.lines == ["POST /plain HTTP/1.1"] * 3
