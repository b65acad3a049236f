"""Profiles as options: what counts over what, what a document does not have, and where secrets may go."""

from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.api import Options, load, load_profile, prepare, run
from arazzo_runner.api.profiles import found_profile, named_profile, options_under
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.outcomes import Response
from arazzo_runner.errors import UsageError

ARAZZO = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions:
- {name: api, url: api.yml, type: openapi}
workflows:
- workflowId: before
  inputs: {type: object, required: [id, extra], properties: {id: {type: string}, extra: {type: string}}}
  steps:
  - {stepId: s, operationId: open, parameters: [{name: q, in: query, value: '{$inputs.id}{$inputs.extra}'}]}
- workflowId: one
  dependsOn: [before]
  inputs:
    type: object
    required: [id]
    properties: {id: {type: string}, pin: {type: string, format: password}, apiToken: {type: string}}
  steps:
  - stepId: s
    operationId: closed
    parameters:
    - {name: q, in: query, value: $inputs.id}
    - {name: pin, in: query, value: $inputs.pin}
"""
OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://{region}.example', variables: {region: {default: eu}}}]
components:
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    unused: {type: http, scheme: bearer}
    robot: {type: http, scheme: basic}
    oauth: {type: oauth2, flows: {clientCredentials: {tokenUrl: 'https://login.example/token', scopes: {}}}}
paths:
  /open: {get: {operationId: open, parameters: [{name: q, in: query, schema: {}}], responses: {}}}
  /closed:
    get:
      operationId: closed
      security: [{bearer: []}]
      parameters: [{name: q, in: query, schema: {}}, {name: pin, in: query, schema: {}}]
      responses: {}
"""


class Recorder:
    """Answers everything, and keeps what was asked."""

    def __init__(self) -> None:
        self.asked: list[Request] = []

    def send(self, request: Request, timeout: float | None) -> Response:
        self.asked.append(request)
        return Response(200, (), b"")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "api.yml").write_text(OPENAPI)
    (tmp_path / "flow.yml").write_text(ARAZZO)
    return tmp_path


def profile(folder: Path, text: str, name: str | None = None, **environ: str) -> Options:
    (folder / "arazzo.toml").write_text(text)
    return load_profile(folder / "arazzo.toml", name, environ=environ)


def asked(folder: Path, options: Options, inputs: dict[str, Any] | None = None, text: str = OPENAPI) -> list[Request]:
    (folder / "api.yml").write_text(text)
    recorder = Recorder()
    run(folder / "flow.yml", "one", inputs, options=options, transport=recorder)
    return recorder.asked


AUTH = """
[defaults]
auth.bearer = "env:TOKEN"
auth-hosts = ["eu.example"]
inputs = { id = "i", extra = "x" }
"""


def test_settings_become_options(folder: Path) -> None:
    text = '[profile.a]\nlimits = { timeout = 2, max-steps = 9, max-body = 10 }\nstrict = true\ntls = { cacert = "ca.pem", insecure-hosts = ["localhost"] }\nbase-dir = "."\ncheck = "requests"\ncheck-level = "fail"\nproxy = "http://p:1"\nno-proxy = ["x"]\ncookies = true\nfollow-redirects = true\ndocuments = ["d.yml"]\nauth-hosts = ["h"]'
    options = profile(folder, text, "a", SOME="x")
    assert (options.timeout, options.max_steps, options.max_body, options.strict) == (2, 9, 10, True)
    assert (options.cacert, options.insecure_hosts) == (str(folder / "ca.pem"), frozenset({"localhost"}))
    assert (options.base_dir, options.documents) == (folder, (str(folder / "d.yml"),))
    assert (options.proxy, options.no_proxy) == ("http://p:1", ("x",))
    assert (options.cookies, options.follow_redirects, options.auth_hosts) == (True, True, frozenset({"h"}))
    assert (options.check, options.check_level) == ("requests", "fail")
    assert options_under(options.profile, check_level="warn").check_level == "warn"
    assert options.environ == {"SOME": "x"}


def test_the_environment_of_the_process_is_the_default(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_VARIABLE", "x")
    (folder / "arazzo.toml").write_text("")
    assert load_profile(folder / "arazzo.toml").environ["SOME_VARIABLE"] == "x"


def test_what_is_given_counts_more_and_what_is_not_leaves_the_default(folder: Path) -> None:
    (folder / "arazzo.toml").write_text("[defaults]\nlimits = { timeout = 2, max-steps = 9 }\nauth-hosts = ['h']")
    found = named_profile(folder / "arazzo.toml", None)
    options = options_under(found, timeout=30.0, max_depth=None, auth_hosts=frozenset({"x"}))
    assert (options.timeout, options.max_steps, options.max_depth) == (30, 9, Options().max_depth)
    assert options.auth_hosts == {"h", "x"}
    assert options_under(None, timeout=4, strict=None) == Options(timeout=4)


def test_a_folder_without_a_file_has_none(folder: Path) -> None:
    assert found_profile(folder, None) is None
    (folder / "arazzo.toml").write_text("[defaults]\nstrict = true")
    found = found_profile(folder, None)
    assert found
    assert (found.settings.strict, found.is_named) == (True, False)


def test_credentials_and_inputs_are_filled_in(folder: Path) -> None:
    first, second = asked(folder, profile(folder, AUTH, TOKEN="s3cret"))
    assert first.url.endswith("/open?q=ix")
    assert second.url.endswith("/closed?q=i")
    assert ("Authorization", "Bearer s3cret") in second.headers
    assert not any(name == "Authorization" for name, _ in first.headers)


def test_the_environment_goes_before_a_profile_and_options_before_both(folder: Path) -> None:
    environ = {"TOKEN": "profile", "ARAZZO_AUTH_API_BEARER_TOKEN": "environment"}
    options = profile(folder, AUTH, **environ)
    assert ("Authorization", "Bearer environment") in asked(folder, options)[1].headers
    flagged = options_under(options.profile, environ=environ, auth=("bearer=flag",))
    assert ("Authorization", "Bearer flag") in asked(folder, flagged)[1].headers
    assert asked(folder, options, {"id": "given"})[1].url.endswith("q=given")


def test_a_secret_that_is_not_wanted_is_not_looked_for(folder: Path) -> None:
    unset = AUTH.replace("[defaults]", '[defaults]\nauth.unused = "env:NOT_SET"\nauth.nowhere = "env:NOT_SET"')
    assert len(asked(folder, profile(folder, unset, TOKEN="t"))) == 2
    given = profile(folder, unset, ARAZZO_AUTH_API_BEARER_TOKEN="e")
    assert ("Authorization", "Bearer e") in asked(folder, given)[1].headers
    own = ARAZZO.replace("{name: q, in: query, value: $inputs.id}", "{name: Authorization, in: header, value: own}")
    (folder / "flow.yml").write_text(own)
    assert ("Authorization", "own") in asked(folder, profile(folder, unset))[1].headers


def test_a_secret_that_is_wanted_and_not_there_ends_it_before_the_first_request(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"the credential 'bearer' of .* variable TOKEN, which is not set"):
        asked(folder, profile(folder, AUTH))
    assert prepare(load(folder / "flow.yml"), "one", options_under(profile(folder, AUTH).profile, mock=True))


def test_fields_make_a_credential(folder: Path) -> None:
    text = AUTH.replace('auth.bearer = "env:TOKEN"', 'auth."api.robot" = { username = "me", password = "prompt" }')
    (folder / "arazzo.toml").write_text(text)
    found = named_profile(folder / "arazzo.toml", None)
    options = options_under(found, ask=lambda name: "s3cret" if "'api.robot.PASSWORD'" in name else "?")
    closed = asked(folder, options, text=OPENAPI.replace("[{bearer: []}]", "[{robot: []}]"))[1]
    assert ("Authorization", "Basic bWU6czNjcmV0") in closed.headers


def test_a_credential_that_does_not_fit_names_the_file(folder: Path) -> None:
    with pytest.raises(UsageError, match=r"arazzo.toml: auth.robot: ") as refused:
        asked(folder, profile(folder, AUTH.replace("bearer", "robot"), TOKEN="s3cret"), text=OPENAPI.replace("[{bearer: []}]", "[{robot: []}]"))  # fmt: skip
    assert "s3cret" not in str(refused.value)


def test_names_that_a_document_does_not_have_say_nothing(folder: Path) -> None:
    text = """
    [defaults]
    servers = { api = "http://api.local", elsewhere = "http://other.local" }
    sources = { elsewhere = "nowhere.yml" }
    server-variables = { region = "us", planet = "mars" }
    auth.nowhere = "env:X"
    inputs = { id = "i", extra = "x", unknown = 1 }
    """
    assert [
        request.url for request in asked(folder, profile(folder, text), text=OPENAPI.replace("bearer: []", ""))
    ] == [
        "http://api.local/open?q=ix",
        "http://api.local/closed?q=i",
    ]


def test_a_server_of_the_caller_for_all_hides_those_of_the_profile(folder: Path) -> None:
    found = profile(folder, '[defaults]\nservers.api = "http://api.local"\ninputs = { id = "i", extra = "x" }').profile
    for servers, expected in (({"": "http://all"}, "http://all"), ({"api": "http://own"}, "http://own")):
        assert asked(folder, options_under(found, servers=servers))[0].url.startswith(expected)


def test_variables_of_servers_and_sources_are_filled_in(folder: Path) -> None:
    (folder / "other").mkdir()
    (folder / "other" / "api.yml").write_text(OPENAPI.replace("/open:", "/moved:"))
    text = (
        '[defaults]\nserver-variables.region = "us"\nsources.api = "other/api.yml"\ninputs = { id = "i", extra = "x" }'
    )
    assert asked(folder, profile(folder, text))[0].url == "https://us.example/moved?q=ix"


def test_inputs_for_a_workflow_count_more_than_those_for_all(folder: Path) -> None:
    text = '[defaults]\ninputs = { id = "all", extra = "all" }\ninputs-for = { one = { id = "one" }, before = { extra = "own" } }'
    first, second = asked(folder, profile(folder, text))
    assert (first.url[-5:], second.url[-5:]) == ("neown", "q=one")


def test_secret_inputs_are_references_whatever_tells_that_they_are_secret(folder: Path) -> None:
    text = '[defaults]\ninputs = { id = "i", extra = "x", pin = "env:PIN" }'
    assert asked(folder, profile(folder, text, PIN="1234"))[1].url.endswith("pin=1234")
    with pytest.raises(UsageError, match="variable PIN, which is not set"):
        asked(folder, profile(folder, text))
    with pytest.raises(UsageError, match=r"input 'pin' of .* is a secret") as refused:
        asked(folder, profile(folder, text.replace("env:PIN", "9876")))
    assert "9876" not in str(refused.value)
    (folder / "arazzo.toml").write_text(text)
    found = options_under(found_profile(folder, None), environ={"PIN": "1234"})
    with pytest.raises(UsageError, match="a file that was only found does not give"):
        asked(folder, found)


def test_a_profile_shows_no_secret(folder: Path) -> None:
    options = profile(folder, AUTH, TOKEN="s3cret")
    prepared = prepare(load(folder / "flow.yml"), "one", options)
    assert "s3cret" not in repr(prepared) + repr(options)


def test_a_certificate_of_the_client_is_put_together(folder: Path) -> None:
    text = '[defaults]\ntls = { client-cert = "c.pem", client-key = "k.pem", client-cert-password = "env:P" }'
    options = profile(folder, text, P="s3cret")
    assert options.client_cert == f"{folder / 'c.pem'}:{folder / 'k.pem'}"
    assert options.client_cert_password == "s3cret"
    assert "s3cret" not in repr(options)
    given = options_under(options.profile, client_cert="own.pem", environ={})
    assert (given.client_cert, given.client_cert_password) == ("own.pem", None)
    with pytest.raises(UsageError, match=r"the password of the certificate's key of .* variable P, which is not set"):
        profile(folder, text)
    assert options_under(options.profile).client_cert_password is None
    assert options_under(options.profile, environ={}, mock=True).client_cert_password is None
    assert profile(folder, '[defaults]\ntls.client-key = "k.pem"').client_cert is None
