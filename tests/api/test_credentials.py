"""Credentials from end to end: raw requests at an API and at token endpoints, on loopback."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, aexecute, execute, load, prepare
from arazzo_runner.api.credentials import flag_value, given_credentials
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.sources.security import Credential
from tests import wire
from tests.authorization_server import SECRET, Home
from tests.canaries import spelled
from tests.sources.security.schemes import ALL

FLOW = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: '%s', type: openapi}]
workflows: [{workflowId: w, steps: [{stepId: s, operationId: ping}, {stepId: t, operationId: ping}]}]
"""
API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: '%(server)s'}]
components:
  securitySchemes:
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: '%(token)s', scopes: {}}}}
    oidc: {type: openIdConnect, openIdConnectUrl: '%(token)s'}
    key: {type: apiKey, in: header, name: X-Key}
security: [%(security)s]
paths: {/ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}}
"""
CLIENT = {"ARAZZO_AUTH_API_OAUTH_CLIENT_ID": "app", "ARAZZO_AUTH_API_OAUTH_CLIENT_SECRET": SECRET}
OPENID = {name.replace("OAUTH", "OIDC"): value for name, value in CLIENT.items()}


@pytest.fixture
def api() -> Iterator[wire.Wire]:
    with wire.Wire(wire.answer(200)) as server:
        yield server


def write(folder: Path, server: str, token: str, security: str = "{oauth: []}", source: str = "api.yml") -> Path:
    (folder / "api.yml").write_text(API % {"server": server, "token": token, "security": security})
    (folder / "flow.yml").write_text(FLOW % source)
    return folder / "flow.yml"


def run(flow: Path | str, events: list[Any] | None = None, **options: Any) -> RunResult:
    kept = events if events is not None else []
    return execute(prepare(load(str(flow)), options=Options(**options)), on_event=kept.append)


def test_a_token_is_fetched_and_used(tmp_path: Path, api: wire.Wire) -> None:
    with Home() as home:
        events: list[Any] = []
        result = run(write(tmp_path, api.url, f"{home.url}/token"), events, environ=CLIENT)
        token = home.tokens[0].access_token
    assert result.succeeded
    assert [request.values("Authorization") for request in api.received] == [[f"Bearer {token}"]] * 2
    assert len(home.forms) == 1
    for secret in (token, SECRET):
        assert secret not in spelled(events)


def test_a_token_in_a_loop(tmp_path: Path, api: wire.Wire) -> None:
    with Home() as home:
        flow = write(tmp_path, api.url, f"{home.url}/token")
        prepared = prepare(load(flow), options=Options(environ=CLIENT))
        assert asyncio.run(aexecute(prepared)).succeeded
        assert api.received[0].values("Authorization") == [f"Bearer {home.tokens[0].access_token}"]


def test_a_mock_invents_tokens_and_asks_nobody(tmp_path: Path) -> None:
    flow = write(tmp_path, "https://api.example", "https://id.example/token")
    assert run(flow, environ=CLIENT, mock=True).succeeded


def test_a_callable_is_called_when_it_is_wanted(tmp_path: Path, api: wire.Wire) -> None:
    flow, calls = write(tmp_path, api.url, "", "{key: []}"), []

    def give() -> str:
        calls.append(1)
        return "k3y-from-a-vault"

    prepared = prepare(load(flow), options=Options(credentials={("api", "key"): give}))
    assert calls == []
    assert execute(prepared).succeeded
    assert (len(calls), api.received[1].values("X-Key")) == (1, ["k3y-from-a-vault"])


# ---------------------------------------------------------------- hostile


def refused(flow: Path | str, **options: Any) -> str:
    with pytest.raises(DocumentError) as caught:
        prepare(load(str(flow)), options=Options(**options))
    assert SECRET not in str(caught.value)
    return "\n".join(f"{found.code}: {found.message}: {found.help}" for found in caught.value.diagnostics)


def served(folder: Path, flow: Path) -> wire.Wire:
    """Serve the two documents from loopback, as if from the network."""

    def answer(peer: wire.Peer, request: wire.Received) -> bool:
        name = request.target.rpartition("/")[2]
        return wire.answer(200, (folder / name).read_bytes(), ("Content-Type", "application/yaml"))(peer)

    return wire.Wire(by_request=answer)


def test_a_description_from_the_network_gets_no_credential_unasked(tmp_path: Path, api: wire.Wire) -> None:
    with Home() as home, served(tmp_path, tmp_path) as host:
        flow = write(tmp_path, api.url, f"{home.url}/token", source=f"{host.url}/api.yml")
        told = refused(flow, environ=CLIENT)
        assert f"--auth-host 127.0.0.1:{api.port}" in told
        assert "came from the network" in told
        assert len(told.splitlines()) == 2  # the server and the token URL, each once
        hosts = frozenset({f"127.0.0.1:{api.port}"})
        assert f"--auth-host 127.0.0.1:{home.port}" in refused(flow, environ=CLIENT, auth_hosts=hosts)
        assert f"--auth-host 127.0.0.1:{home.port}" in refused(flow, environ=CLIENT, servers={"": api.url})
        assert (api.received, home.forms) == ([], [])
        assert run(flow, environ=CLIENT, auth_hosts=hosts | {f"127.0.0.1:{home.port}"}).succeeded


def test_a_document_from_the_network_gets_none_either(tmp_path: Path, api: wire.Wire) -> None:
    write(tmp_path, api.url, "", "{key: []}")
    with served(tmp_path, tmp_path) as host:
        assert "the Arazzo document came from" in refused(f"{host.url}/flow.yml", auth=("key=s3cret",))
        assert run(f"{host.url}/flow.yml", auth=("key=s3cret",), servers={"api": api.url}).succeeded


def test_a_token_url_that_is_not_encrypted_is_refused_before_anything_is_sent(tmp_path: Path, api: wire.Wire) -> None:
    flow = write(tmp_path, api.url, "http://id.example/token")
    assert "credential-unfit-url" in refused(flow, environ=CLIENT)
    assert api.received == []


@pytest.mark.parametrize("security", ["{oauth: []}", "{oidc: []}"])
def test_a_redirect_of_an_authorization_server_is_not_followed(tmp_path: Path, api: wire.Wire, security: str) -> None:
    with wire.Wire(wire.answer(200)) as evil:
        away = wire.answer(307, b"", ("Location", f"http://localhost:{evil.port}/token"))
        with wire.Wire(away) as server:
            flow = write(tmp_path, api.url, f"{server.url}/x", security)
            result = run(flow, environ={**CLIENT, **OPENID}, follow_redirects=True)
        assert "it redirects to localhost" in result.reason
        assert (evil.received, api.received) == ([], [])


def test_metadata_that_name_another_origin_get_no_secret(tmp_path: Path, api: wire.Wire) -> None:
    with wire.Wire(wire.json_answer({"access_token": "x"})) as evil:
        with wire.Wire(wire.json_answer({"token_endpoint": f"{evil.url}/token"})) as server:
            result = run(write(tmp_path, api.url, f"{server.url}/x", "{oidc: []}"), environ=OPENID)
            assert SECRET.encode() not in server.received[0].raw
        assert f"--auth-host 127.0.0.1:{evil.port}" in result.reason
        assert (evil.received, api.received) == ([], [])


# ---------------------------------------------------------------- references


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("key=@env:MINE", "key=s3cret"),
        ("key=@file:{folder}/secret", "key=from a file"),
        ("key=plain", "key=plain"),
        ("key=@someone", "key=@someone"),
        ("key", "key"),
    ],
)
def test_references_in_a_flag(tmp_path: Path, text: str, expected: str) -> None:
    (tmp_path / "secret").write_text("from a file\n")
    assert flag_value(text.format(folder=tmp_path), {"MINE": "s3cret"}) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("key=@env:GONE", "GONE, which is not set"),
        ("key=@file:/nowhere/at/all", "can't be read"),
        ("key=@keyring:x", "is not complete"),
        ("key=@env:", "is not complete"),
    ],
)
def test_references_that_lead_nowhere(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        flag_value(text, {})
    assert message in str(caught.value)


def test_the_keyring_of_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from types import SimpleNamespace

    kept = {("arazzo", "shop.key"): "k3y"}
    fake = SimpleNamespace(get_password=lambda service, user: kept.get((service, user)))
    monkeypatch.setitem(sys.modules, "keyring", fake)
    assert flag_value("shop.key=@keyring", {}) == "shop.key=k3y"
    monkeypatch.setitem(sys.modules, "keyring", None)
    with pytest.raises(UsageError, match="keyring"):
        flag_value("shop.key=@keyring", {})


def test_layers_and_certificates() -> None:
    options = Options(
        auth=("oauth.client_id=me",),
        environ={"ARAZZO_AUTH_SHOP_OAUTH_CLIENT_SECRET": "s"},
        client_cert="me.pem",
        credentials={("shop", "key"): lambda: "k"},
    )
    found = given_credentials(ALL, options)
    assert found["shop", "oauth"].fields == {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}
    assert found["shop", "mtls"].fields == {"CERTIFICATE": "me.pem"}
    assert found["shop", "key"] == Credential(supplied=True)
