"""Profiles as a person uses them: the real command, in a repository of its own."""

import json
import sys
from pathlib import Path

import jsonschema
import pytest

from tests.cli.invocation import Command
from tests.cli.loopback import Answer, Loopback

ARAZZO = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: one
  inputs: {type: object, required: [id, apiToken], properties: {id: {type: string}, apiToken: {type: string}}}
  steps:
  - {stepId: s, operationId: x, parameters: [{name: id, in: query, value: $inputs.id}]}
  outputs: {id: $inputs.id}
"""
OPENAPI = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://nowhere.invalid'}]
components: {securitySchemes: {bearer: {type: http, scheme: bearer}}}
paths: {/x: {get: {operationId: x, security: [{bearer: []}], parameters: [{name: id, in: query, schema: {}}], responses: {'200': {description: ok}}}}}
"""
PROFILES = """
[defaults]
inputs.id = "low"

[profile.staging]
servers = "URL"
inputs = { id = "staged", apiToken = "env:STAGING_TOKEN" }
auth.bearer = "env:STAGING_TOKEN"
limits.max-steps = 50
"""


@pytest.fixture
def flow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workflow in a repository; its profiles stand at the root."""
    (tmp_path / ".git").mkdir()
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "api.yml").write_text(OPENAPI)
    (tmp_path / "specs" / "flow.yml").write_text(ARAZZO)
    (tmp_path / "arazzo.toml").write_text(PROFILES.replace("URL", "https://staging.invalid/v1"))
    monkeypatch.delenv("ARAZZO_PROFILE", raising=False)
    monkeypatch.setenv("STAGING_TOKEN", "s3cret-token")
    return tmp_path / "specs" / "flow.yml"


def test_a_run_uses_the_profile_and_says_so(arazzo: Command, flow: Path) -> None:
    with Loopback(lambda asked: Answer()) as api:
        (flow.parent.parent / "arazzo.toml").write_text(PROFILES.replace("URL", api.url))
        ended = arazzo("run", str(flow), "--profile", "staging")
    assert (ended.code, ended.out) == (0, "id: staged\n")
    assert ended.err.splitlines()[0] == f"profile: staging of {flow.parent.parent / 'arazzo.toml'}"
    [asked] = api.asked
    assert (asked.line, asked.headers["Authorization"]) == ("GET /x?id=staged", "Bearer s3cret-token")
    assert "s3cret-token" not in ended.err


def test_flags_and_the_environment_go_before_it(arazzo: Command, flow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = ("run", str(flow), "--mock", "--profile", "staging")
    assert arazzo(*run, "-i", "id=flag").out == "id: flag\n"
    monkeypatch.setenv("ARAZZO_INPUT_ID", "variable")
    assert arazzo(*run).out == "id: variable\n"
    monkeypatch.delenv("ARAZZO_INPUT_ID")
    assert arazzo(*run, "--max-steps", "1").code == 3
    (flow.parent.parent / "arazzo.toml").write_text(PROFILES.replace("URL", "http://a").replace("= 50", "= 1"))
    assert arazzo(*run).code == 3
    assert arazzo(*run, "--max-steps", "1000").code == 0


def test_the_environment_names_a_profile_and_a_flag_goes_before_it(
    arazzo: Command, flow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARAZZO_PROFILE", "staging")
    assert arazzo("run", str(flow), "--mock").out == "id: staged\n"
    ended = arazzo("run", str(flow), "--mock", "--profile", "stagign")
    assert (ended.code, ended.err.splitlines()[1].strip()) == (2, "did you mean 'staging'?")
    ended = arazzo("run", str(flow), "--mock", "--no-config", "-i", "id=x", "-i", "apiToken=y")
    assert (ended.code, "profile:" in ended.err) == (0, False)
    monkeypatch.setenv("ARAZZO_PROFILE", "")
    assert arazzo("run", str(flow), "--mock", "-i", "apiToken=y").out == "id: low\n"


def test_a_variable_of_an_environment_file_is_referred_to(
    arazzo: Command, flow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("STAGING_TOKEN")
    ended = arazzo("run", str(flow), "--mock", "--profile", "staging")
    assert ended.code == 2
    assert "variable STAGING_TOKEN, which is not set\n  set STAGING_TOKEN" in ended.err
    (flow.parent / ".env").write_text("STAGING_TOKEN=t\n")
    assert arazzo("run", str(flow), "--mock", "--profile", "staging", "--env-file", str(flow.parent / ".env")).code == 0


def test_the_telling_is_left_out_where_nobody_reads_it(arazzo: Command, flow: Path) -> None:
    for flag in ("--json", "--quiet"):
        assert "profile:" not in arazzo("run", str(flow), "--mock", "--profile", "staging", flag).err


def test_a_file_that_was_only_found_gives_no_secrets_and_says_so(arazzo: Command, flow: Path) -> None:
    file = flow.parent.parent / "arazzo.toml"
    file.write_text("[defaults]\ninputs = { id = 'x', apiToken = 'env:STAGING_TOKEN' }\ncookies = true\n")
    ended = arazzo("run", str(flow), "--mock", "--json")
    assert "invented: apiToken = (a secret, not shown)" in ended.err
    assert f"warning: {file} was only found, so what it says under cookies, inputs does not count" in ended.err
    assert arazzo("run", str(flow), "--mock", "--config", str(file)).out == "id: x\n"


def test_a_document_that_is_no_file_has_the_profiles_of_the_working_folder(
    arazzo: Command, flow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(flow.parent)
    assert arazzo("run", "-", "--mock", "--profile", "staging", stdin=ARAZZO.encode()).out == "id: staged\n"


def test_flags_that_contradict_each_other_are_refused(arazzo: Command, flow: Path) -> None:
    for flags in (("--config", "x.toml"), ("--profile", "staging")):
        ended = arazzo("show", str(flow), "--no-config", *flags)
        assert (ended.code, ended.err.splitlines()[0]) == (
            2,
            f"error: --no-config and {flags[0]} contradict each other",
        )


def test_a_profile_without_a_file_is_an_error(arazzo: Command, flow: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (flow.parent.parent / "arazzo.toml").unlink()
    ended = arazzo("run", str(flow), "--mock", "--profile", "staging")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("error: --profile: there is no arazzo.toml that could have a profile 'staging'\n")
    monkeypatch.setenv("ARAZZO_PROFILE", "staging")
    assert "error: ARAZZO_PROFILE: there is no" in arazzo("validate", str(flow)).err
    (flow.parent / "arazo.toml").touch()
    ended = arazzo("run", str(flow), "--config", str(flow.parent / "arazzo.toml"))
    assert "--config: there is no file" in ended.err
    assert "arazo.toml'?" in ended.err


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_a_planted_file_is_refused_with_the_way_out(arazzo: Command, flow: Path) -> None:
    file = flow.parent.parent / "arazzo.toml"
    file.chmod(0o666)
    for command in ("run", "show", "validate"):
        ended = arazzo(command, str(flow))
        assert (ended.code, ended.out) == (2, "")
        assert f"error: {file} is not used: every user may write to the file" in ended.err
        assert "--no-config goes without" in ended.err
    assert arazzo("run", str(flow), "--mock", "--config", str(file), "-i", "apiToken=t").out == "id: low\n"


@pytest.mark.parametrize("secret", ["auth.bearer = 's3cret-value'", "inputs.apiToken = 's3cret-value'"])
@pytest.mark.parametrize("command", ["run", "show", "validate"])
def test_a_literal_secret_is_refused_and_not_shown(arazzo: Command, flow: Path, secret: str, command: str) -> None:
    (flow.parent.parent / "arazzo.toml").write_text(f"[profile.other]\n{secret}\n")
    ended = arazzo(command, str(flow), "--json")
    assert ended.code == 2
    assert "is a secret, and no secret stands in this file (not shown)" in ended.err
    assert "env:NAME, keyring:SERVICE/USER, file:PATH or prompt" in ended.err
    assert "s3cret-value" not in ended.err + ended.out


def test_validate_reads_what_run_reads(arazzo: Command, flow: Path) -> None:
    (flow.parent / "moved").mkdir()
    (flow.parent / "api.yml").rename(flow.parent / "moved" / "description.yml")
    assert arazzo("validate", str(flow)).code == 1
    (flow.parent.parent / "arazzo.toml").write_text("[profile.p]\nsources.api = 'specs/moved/description.yml'\n")
    assert arazzo("validate", str(flow), "--profile", "p").code == 0
    assert arazzo("show", str(flow), "--profile", "p").err == ""


def test_show_tells_what_would_be_used(arazzo: Command, flow: Path, project: Path) -> None:
    ended = arazzo("show", str(flow), "--profile", "staging")
    assert (ended.code, ended.err) == (0, "")
    shown = ended.out.partition("Profile: ")[2].partition("\n\n")[0].splitlines()
    assert shown == [
        f"staging of {flow.parent.parent / 'arazzo.toml'}",
        "  servers.*         https://staging.invalid/v1",
        "  inputs.id         staged",
        "  inputs.apiToken   env:STAGING_TOKEN",
        "  auth.bearer       env:STAGING_TOKEN",
        "  limits.max-steps  50",
    ]
    found = json.loads(arazzo("show", str(flow), "--profile", "staging", "--json").out)
    jsonschema.validate(found, json.loads((project / "arazzo_runner/cli/show.schema.json").read_text("utf-8")))
    assert (found["profile"]["name"], found["profile"]["settings"]["auth.bearer"]) == ("staging", "env:STAGING_TOKEN")
    assert json.loads(arazzo("show", str(flow), "--no-config", "--json").out)["profile"] is None


def test_nothing_is_written(arazzo: Command, flow: Path) -> None:
    root = flow.parent.parent
    before = {path: path.stat().st_mtime_ns for path in root.rglob("*")}
    arazzo("run", str(flow), "--mock", "--profile", "staging")
    arazzo("show", str(flow), "--profile", "staging")
    assert {path: path.stat().st_mtime_ns for path in root.rglob("*")} == before


def test_a_misspelt_scheme_is_told_with_the_name_that_was_meant(arazzo: Command, flow: Path) -> None:
    with Loopback(lambda asked: Answer()) as api:
        text = PROFILES.replace("URL", api.url).replace("auth.bearer", "auth.bearr")
        (flow.parent.parent / "arazzo.toml").write_text(text)
        ended = arazzo("run", str(flow), "--profile", "staging")
    [line] = [line for line in ended.err.splitlines() if "bearr" in line]
    assert line.endswith("is no security scheme of this document; did you mean 'bearer'?")
