"""`--untrusted` and its parts on the command line: what is refused, what is told, and with which exit code."""

from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.cli.egress_flags import egress_given, found_profiles_count, heard, several, unheard
from arazzo_runner.errors import UsageError
from arazzo_runner.sources.egress.policy import egress_for
from tests import wire
from tests.cli.invocation import Command
from tests.wire import Wire

FLOW = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: w
  steps:
  - {stepId: s, operationId: ping, onFailure: [{name: on, type: goto, stepId: t}]}
  - {stepId: t, operationId: push}
"""
API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: 'SERVER'}]
paths:
  /ping: {get: {operationId: ping, responses: {'200': {description: ok}}}}
  /push: {post: {operationId: push, responses: {'200': {description: ok}}}}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "flow.yml").write_text(FLOW)
    return tmp_path


def at(folder: Path, server: str) -> str:
    (folder / "api.yml").write_text(API.replace("SERVER", server))
    return str(folder / "flow.yml")


@pytest.mark.parametrize("command", [("run",), ("test", "--live")])
def test_a_document_of_others_sends_nothing_until_a_host_is_named(
    arazzo: Command, folder: Path, command: tuple[str, ...]
) -> None:
    with Wire(wire.json_answer({})) as server:
        flow = at(folder, server.url)
        ended = arazzo(*command, flow, "--untrusted")
        assert ended.code in (1, 2)
        place = server.url.removeprefix("http://")
        assert "is not among the hosts" in ended.out + ended.err
        if command == ("run",):
            assert f"--allow-host {place}" in " ".join(ended.err.split())
        assert server.connections == 0
        named = (*command, flow, "--untrusted", "--allow-host", place, "--allow-private", "127.0.0.1")
        assert arazzo(*named).code == 0
    assert len(server.received) == 2


def test_a_method_that_is_not_allowed_is_refused_before_the_first_request(arazzo: Command, folder: Path) -> None:
    with Wire(wire.json_answer({})) as server:
        ended = arazzo("run", at(folder, server.url), "--allow-method", "GET,HEAD")
        assert (ended.code, server.connections) == (2, 0)
        assert "the method POST is not allowed (allowed: GET, HEAD)" in " ".join(ended.err.split())
        assert arazzo("run", at(folder, server.url), "--allow-method", "get", "--allow-method", "post").code == 0


def test_the_bytes_of_a_run_have_a_limit_with_a_name(arazzo: Command, folder: Path) -> None:
    with Wire(wire.json_answer({"a": "x" * 5000})) as server:
        ended = arazzo("run", at(folder, server.url), "--max-bytes", "6000", "--json")
        assert len(server.received) == 2
    assert ended.code == 3
    assert '"max_bytes"' in ended.out


def test_doctor_and_validate_keep_to_the_folder(arazzo: Command, tmp_path: Path) -> None:
    inside = tmp_path / "in"
    inside.mkdir()
    (inside / "flow.yml").write_text(FLOW.replace("url: api.yml", "url: ../api.yml"))
    flow = str(inside / "flow.yml")
    at(tmp_path, "https://api.example")
    for command in ("validate", "doctor"):
        assert arazzo(command, flow).code == 0
        ended = arazzo(command, flow, "--untrusted", "--allow-host", "api.example")
        assert ended.code == 1
        assert "outside of" in " ".join((ended.out + ended.err).split())
    assert arazzo("validate", flow, "--untrusted", "--root", str(tmp_path)).code == 0


def test_the_command_that_doctor_prints_repeats_what_is_allowed(arazzo: Command, folder: Path) -> None:
    ended = arazzo(
        "doctor", at(folder, "https://api.example"), "--untrusted", "--allow-host", "api.example", "--allow-method", "GET,POST"
    )  # fmt: skip
    shown = " ".join(ended.out.split())
    assert ended.code == 0
    for words in ("--untrusted", "--allow-host api.example", "--allow-method GET,POST"):
        assert words in shown


def test_a_profile_beside_a_document_of_others_does_not_count(arazzo: Command, folder: Path) -> None:
    with Wire(wire.json_answer({})) as server:
        (folder / ".git").mkdir()
        (folder / "arazzo.toml").write_text(f'[defaults]\nservers = "{server.url}"\n[profile.x]\n')
        flow = at(folder, "https://api.example")
        place = server.url.removeprefix("http://")
        allowed = ("--untrusted", "--allow-host", place, "--allow-private", place)
        ended = arazzo("run", flow, *allowed)
        assert "api.example is not among" in " ".join(ended.err.split())
        refused = arazzo("run", flow, *allowed, "--profile", "x")
        assert (refused.code, server.connections) == (2, 0)
        assert "name the file too: --config FILE" in refused.err
        assert arazzo("run", flow, *allowed, "--config", str(folder / "arazzo.toml")).code == 0


def test_a_profile_can_forbid_more(arazzo: Command, folder: Path) -> None:
    with Wire(wire.json_answer({})) as server:
        flow = at(folder, server.url)
        for said, told in (
            ('allow-hosts = ["api.example"]', "is not among"),
            ('allow-methods = ["GET"]', "the method POST"),
            ("deny-private = true", "is a loopback address"),
        ):
            (folder / "arazzo.toml").write_text(f"[defaults]\n{said}\n")
            ended = arazzo("run", flow)
            assert (ended.code, server.connections) == (2, 0)
            assert told in " ".join(ended.err.split())
        (folder / "arazzo.toml").write_text("[defaults]\nlimits.max-bytes = 10\n")
        assert (arazzo("run", flow).code, server.connections) == (3, 0)


def test_flags_that_mean_nothing_are_refused(arazzo: Command, folder: Path) -> None:
    flow = at(folder, "https://api.example")
    ended = arazzo("run", flow, "--allow-private", "localhost")
    assert ended.code == 2
    assert "--deny-private, which was not given" in " ".join(ended.err.split())
    ended = arazzo("run", flow, "--allow-host", "https://api.example")
    assert (ended.code, "--allow-host 'https://api.example': that is no host" in ended.err) == (2, True)


def test_the_flags_together_are_a_policy() -> None:
    given = egress_given(True, ["a.example"], ["localhost"], deny_private=False)
    assert given == egress_for(["a.example"], None, ["localhost"], deny_private=True)
    assert egress_given(False, None, None, deny_private=False) == egress_for()
    assert (several(None), several(["a"])) == (None, ("a",))


def test_which_profiles_count() -> None:
    assert found_profiles_count(False, None, "x")
    assert found_profiles_count(True, "a.toml", "x")
    assert not found_profiles_count(True, None, None)
    with pytest.raises(UsageError):
        found_profiles_count(True, None, "x")


def test_a_document_of_others_gets_nothing_of_the_environment_by_its_names(
    arazzo: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keyed = API.replace(
        "paths:", "components: {securitySchemes: {key: {type: apiKey, in: header, name: X-Key}}}\npaths:"
    )
    secured = keyed.replace("operationId: ping,", "operationId: ping, security: [{key: []}, {}],")
    monkeypatch.setenv("ARAZZO_AUTH_API_KEY_API_KEY", "s3cret-value")
    monkeypatch.setenv("OWN_KEY", "s3cret-value")
    with Wire(wire.json_answer({})) as server:
        at(folder, server.url)
        (folder / "api.yml").write_text(secured.replace("SERVER", server.url))
        flow, place = str(folder / "flow.yml"), server.url.removeprefix("http://")
        allowed = ("--untrusted", "--allow-host", place, "--allow-private", place, "--auth-host", place)
        ended = arazzo("run", flow, *allowed)
        assert ended.code == 0
        assert "ARAZZO_AUTH_API_KEY_API_KEY of the environment: not given" in " ".join(ended.err.split())
        assert arazzo("run", flow, *allowed, "--auth", "key=@env:OWN_KEY").code == 0
        (folder / "own.env").write_text("ARAZZO_AUTH_API_KEY_API_KEY=s3cret-value\n")
        assert arazzo("run", flow, *allowed, "--env-file", str(folder / "own.env")).code == 0
        assert arazzo("run", flow).code == 0
    keys = [request.values("X-Key") for request in server.received if request.target == "/ping"]
    assert keys == [[], ["s3cret-value"], ["s3cret-value"], ["s3cret-value"]]


def test_which_variables_count() -> None:
    process = {"ARAZZO_INPUT_A": "1", "ARAZZO_AUTH_B": "2", "ARAZZO_PROFILE": "p", "PATH": "x"}
    assert heard(process, False) == process
    assert heard(process, True) == {"ARAZZO_PROFILE": "p", "PATH": "x"}
    assert list(unheard(process, False)) == []
    [told] = unheard(process, True)
    assert told.startswith("ARAZZO_AUTH_B, ARAZZO_INPUT_A of the environment: not given to")
