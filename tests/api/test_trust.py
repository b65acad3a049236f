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
