"""Which servers may get a credential where nobody named their description (P13)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, load, prepare
from arazzo_runner.errors import DocumentError

FLOW = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: gone/api.yml, type: openapi}]
workflows: [{workflowId: w, steps: [{stepId: s, operationId: ping}]}]
"""
API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: 'https://planted.example/v1'}]
components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}
security: [{key: []}]
paths: {/ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}}
"""


@pytest.fixture
def flow(tmp_path: Path) -> Path:
    (tmp_path / "api.yml").write_text(API)
    (tmp_path / "flow.yml").write_text(FLOW)
    return tmp_path / "flow.yml"


@pytest.mark.parametrize("hosts", [frozenset[str](), frozenset({"api.example"}), frozenset({"planted.example:80"})])
def test_a_credential_does_not_go_to_a_server_that_nobody_named(flow: Path, hosts: frozenset[str]) -> None:
    with pytest.raises(DocumentError) as refusal:
        prepare(load(flow), options=Options(auth=("key=s3cret-value",), auth_hosts=hosts))
    (found,) = refusal.value.diagnostics
    assert found.code == "credential-unnamed-host"
    assert "planted.example" in found.message
    assert "--auth-host planted.example" in found.help
    assert "s3cret-value" not in str(refusal.value)


@pytest.mark.parametrize(
    "fields",
    [
        {"auth_hosts": frozenset({"planted.example"})},
        {"auth_hosts": frozenset({"Planted.example:443"})},
        {"servers": {"": "https://mine.example"}},
        {"servers": {"api": "https://mine.example"}},
        {"mock": True},
    ],
)
def test_it_goes_where_the_caller_said(flow: Path, fields: dict[str, Any]) -> None:
    assert prepare(load(flow), options=Options(auth=("key=s3cret-value",), **fields)).program is not None


def test_a_description_that_the_caller_named_is_trusted(flow: Path) -> None:
    options = Options(auth=("key=s3cret-value",), sources={"api": str(flow.with_name("api.yml"))})
    assert prepare(load(flow), options=options).program is not None


def test_without_a_credential_there_is_nothing_to_keep_back(flow: Path) -> None:
    assert prepare(load(flow)).program is not None


def test_a_token_url_that_nobody_named_is_told_once_with_all_steps_and_its_place(flow: Path) -> None:
    oauth = "{type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://login.example/t', scopes: {}}}}"
    described = API.replace("{type: apiKey, in: header, name: X-Key}", oauth)
    flow.with_name("api.yml").write_text(described)
    flow.write_text(
        FLOW.replace(
            "[{stepId: s, operationId: ping}]", "[{stepId: s, operationId: ping}, {stepId: t, operationId: ping}]"
        )
    )
    with pytest.raises(DocumentError) as refusal:
        prepare(
            load(flow),
            options=Options(auth=("key.client-id=a", "key.client-secret=b"), servers={"": "https://m.example"}),
        )
    (found,) = refusal.value.diagnostics
    assert found.message.startswith(
        "steps 's', 't' would send what a token is asked for with (token URL) to login.example,"
    )
    (place,) = found.related
    assert (place.message, place.span.line) == ("the tokenUrl", 5)
    assert found.help == "if both are right: --auth-host login.example; or --source api=FILE"


def test_a_file_where_a_document_with_a_self_was_read_is_named_by_nobody_either(flow: Path) -> None:
    flow.write_text(FLOW.replace("1.0.1", "1.1.0\n$self: file:///nowhere/flow.yml").replace("gone/api", "api"))
    with pytest.raises(DocumentError) as refusal:
        prepare(load(flow), options=Options(auth=("key=s3cret-value",)))
    (found,) = refusal.value.diagnostics
    assert "was found by its place beside the document" in found.message
    assert found.help.endswith("; or --source api=FILE")
