"""Where credentials of a profile may go."""

from pathlib import Path

import pytest

from arazzo_runner.api import load, load_profile, prepare
from arazzo_runner.api.profiles import options_under
from arazzo_runner.errors import DocumentError

ARAZZO = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: one
  steps: [{stepId: s, operationId: x}]
- workflowId: own
  steps: [{stepId: s, operationId: x, parameters: [{name: authorization, in: header, value: mine}]}]
"""
OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://evil.example:8443/v1'}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://login.example/token', scopes: {}}}}
paths: {/x: {get: {operationId: x, security: [{SCHEME: []}], responses: {}}}}
"""
REFUSED = (
    "step 's' would send the credential 'bearer' of the profile to evil.example:8443, which is none of its auth-hosts"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "api.yml").write_text(OPENAPI.replace("SCHEME", "bearer"))
    (tmp_path / "flow.yml").write_text(ARAZZO)
    return tmp_path


def refusals(folder: Path, text: str, workflow: str = "one", **given: object) -> list[str]:
    (folder / "arazzo.toml").write_text(text)
    environ = {"TOKEN": "t"}
    options = options_under(load_profile(folder / "arazzo.toml").profile, environ=environ, **given)
    try:
        prepare(load(folder / "flow.yml"), workflow, options)
    except DocumentError as refused:
        return [found.message for found in refused.diagnostics if found.code == "credential-unnamed-host"]
    return []


def auth(*hosts: str, more: str = "") -> str:
    return f"[defaults]\nauth.bearer = 'env:TOKEN'\nauth-hosts = {list(hosts)}\n{more}"


@pytest.mark.parametrize(
    ("hosts", "more", "refused"),
    [
        (("evil.example",), "", False),
        (("EVIL.example:8443",), "", False),
        (("evil.example:443",), "", True),
        (("good.example",), "", True),
        (("evil.example.good.example",), "", True),
        (("good.example",), "servers = 'https://good.example'", False),
        ((), "servers = 'https://good.example'", False),
        (("good.example",), "servers.api = 'https://good.example:444'", False),
        ((), "servers.other = 'https://good.example'", True),
    ],
)
def test_a_credential_goes_to_the_hosts_that_were_named(
    folder: Path, hosts: tuple[str, ...], more: str, refused: bool
) -> None:
    assert refusals(folder, auth(*hosts, more=more)) == ([REFUSED] if refused else [])


def test_a_flag_adds_a_host_and_a_server_of_the_caller_is_none(folder: Path) -> None:
    assert refusals(folder, auth("good.example"), auth_hosts=frozenset({"evil.example"})) == []
    assert refusals(folder, auth("evil.example"), servers={"": "http://localhost:1"}) == [
        REFUSED.replace("evil.example:8443", "localhost:1")
    ]


@pytest.mark.parametrize(
    ("value", "refused"),
    [("$inputs.t", True), ("Bearer $inputs.t", True), ("Bearer mine", False), ("$steps.a.outputs.t", False)],
)
def test_a_header_that_may_be_left_out_does_not_hide_where_the_credential_goes(
    folder: Path, value: str, refused: bool
) -> None:
    """The other operation, whose host is named, is what brings the credential in."""
    get = "get: {operationId: y, security: [{bearer: []}], responses: {}}"
    good = f"paths: {{/y: {{servers: [{{url: 'https://good.example'}}], {get}}}, /x"
    (folder / "api.yml").write_text(OPENAPI.replace("SCHEME", "bearer").replace("paths: {/x", good))
    steps = (
        "[{stepId: a, operationId: y, outputs: {t: $statusCode}}, "
        f"{{stepId: s, operationId: x, parameters: [{{name: Authorization, in: header, value: {value}}}]}}]"
    )
    head = ARAZZO.partition("workflows:")[0]
    inputs = "inputs: {type: object, properties: {t: {type: string}}}"
    (folder / "flow.yml").write_text(f"{head}workflows:\n- workflowId: one\n  {inputs}\n  steps: {steps}\n")
    assert refusals(folder, auth("good.example")) == ([REFUSED] if refused else [])


def test_what_the_profile_does_not_give_is_not_bound_by_it(folder: Path) -> None:
    assert refusals(folder, auth("good.example"), auth=("bearer=mine",)) == []
    assert refusals(folder, auth("good.example"), "own") == []
    assert refusals(folder, auth("good.example"), mock=True) == []


def test_tokens_are_fetched_from_named_hosts_alone(folder: Path) -> None:
    (folder / "api.yml").write_text(OPENAPI.replace("SCHEME", "oauth"))
    text = "[defaults]\nauth.oauth = { client-id = 'c', client-secret = 'env:TOKEN' }\nauth-hosts = ['evil.example']\n"
    [refused] = refusals(folder, text)
    assert "the credential 'oauth' of the profile to login.example (token URL)," in refused
    assert refusals(folder, text.replace("['", "['login.example', '")) == []
    token = "[defaults]\nauth.oauth = 'env:TOKEN'\nauth-hosts = ['evil.example']\n"
    assert refusals(folder, token) == []


def test_a_token_url_is_told_once_with_all_steps_and_its_place(folder: Path) -> None:
    (folder / "api.yml").write_text(OPENAPI.replace("SCHEME", "oauth"))
    steps = "[{stepId: s, operationId: x}, {stepId: t, operationId: x}]"
    (folder / "flow.yml").write_text(ARAZZO.replace("[{stepId: s, operationId: x}]", steps))
    text = "[defaults]\nauth.oauth = { client-id = 'c', client-secret = 'env:TOKEN' }\nauth-hosts = ['evil.example']\n"
    (folder / "arazzo.toml").write_text(text)
    options = options_under(load_profile(folder / "arazzo.toml").profile, environ={"TOKEN": "t"})
    with pytest.raises(DocumentError) as refused:
        prepare(load(folder / "flow.yml"), "one", options)
    (found,) = refused.value.diagnostics
    assert found.message.startswith(
        "steps 's', 't' would send the credential 'oauth' of the profile to login.example (token URL), which"
    )
    (place,) = found.related
    assert (place.message, place.span.line) == ("the tokenUrl", 8)


def test_a_host_of_both_kinds_is_told_once(folder: Path) -> None:
    (folder / "api.yml").write_text(OPENAPI.replace("SCHEME", "oauth").replace("login.example", "evil.example:8443"))
    text = "[defaults]\nauth.oauth = { client-id = 'c', client-secret = 'env:TOKEN' }\nauth-hosts = ['x.example']\n"
    [refused] = refusals(folder, text)
    assert "to evil.example:8443 (API and token URL), which" in refused
