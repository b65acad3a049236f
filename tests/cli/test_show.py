import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from tests.cli.invocation import Command

SCHEMA = "arazzo_runner/cli/show.schema.json"


@pytest.fixture
def schema(project: Path) -> Any:
    found = json.loads((project / SCHEMA).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(found)
    return found


def test_the_reference_workflow_is_shown(arazzo: Command, reference: str) -> None:
    ended = arazzo("show", reference)
    assert (ended.code, ended.err) == (0, "")
    lines = [line.rstrip() for line in ended.out.splitlines()]
    assert lines[0] == "Azure Web PubSub Generate Token then Broadcast (version 1.0.0, Arazzo 1.0.1)"
    assert "    accessToken      string, required (secret)" in lines
    assert "    minutesToExpire  integer, default 60" in lines
    assert "    generateToken  POST /api/hubs/{hub}/:generateToken  webPubSubApi" in lines
    assert "    token (secret)" in lines
    assert "                --server-variable instance=VALUE (default example)" in lines
    assert lines[-1].endswith("--workflow generate-token-then-broadcast -i accessToken=... -i hub=... -i message=...")


def test_json_is_as_its_schema_says(arazzo: Command, reference: str, schema: Any) -> None:
    ended = arazzo("show", reference, "--json")
    shown = json.loads(ended.out)
    assert (ended.code, ended.err) == (0, "")
    jsonschema.validate(shown, schema)
    [workflow] = shown["workflows"]
    assert [(step["method"], step["path"]) for step in workflow["steps"]] == [
        ("POST", "/api/hubs/{hub}/:generateToken"),
        ("POST", "/api/hubs/{hub}/:send"),
    ]
    assert [each["name"] for each in workflow["inputs"] if each["required"]] == ["accessToken", "hub", "message"]


def test_one_workflow_can_be_shown_alone(arazzo: Command, reference: str) -> None:
    assert arazzo("show", reference, "--workflow", "generate-token-then-broadcast").code == 0
    ended = arazzo("show", reference, "--workflow", "generate-token")
    assert (ended.code, ended.out) == (2, "")
    assert "there is no workflow 'generate-token'" in ended.err


def test_what_can_not_be_read_is_told_and_the_rest_is_shown(arazzo: Command, reference: str, schema: Any) -> None:
    ended = arazzo("show", reference, "--source", "webPubSubApi=nowhere.yml", "--json")
    assert ended.code == 0
    assert "error[source-unreadable]" in ended.err
    shown = json.loads(ended.out)
    jsonschema.validate(shown, schema)
    assert shown["workflows"][0]["steps"][0]["problem"] == "the source of 'webPubSub_generateClientToken' can't be read"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [("", "error[syntax-empty]"), ("arazzo: 1.0.1\n", "error["), ("a: [", "error[syntax-")],
)
def test_a_document_without_workflows_is_2(arazzo: Command, text: str, complaint: str) -> None:
    ended = arazzo("show", "-", stdin=text.encode())
    assert (ended.code, ended.out) == (2, "")
    assert complaint in ended.err


def test_a_missing_file_is_2(arazzo: Command) -> None:
    assert arazzo("show", "nowhere.yml") == (2, "", "error: cannot read nowhere.yml: there is no such file\n")


FLOW = """
arazzo: 1.1.0
info: {title: T, version: '1'}
sourceDescriptions: [{name: lib, url: gone/api.yml, type: openapi}]
workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]
"""
API = "{openapi: 3.1.0, info: {title: A, version: '1'}, servers: [{url: 'https://x.example'}], paths: {/x: {get: {operationId: x}}}}"


@pytest.mark.parametrize(
    ("url", "more", "found_by"),
    [
        ("gone/api.yml", "", "its file's name"),
        ("api.yml", "$self: file:///gone/f.yml", "its place beside the document"),
    ],
)
def test_a_source_that_has_moved_is_shown_with_the_file_and_named_in_the_command(
    arazzo: Command, tmp_path: Path, schema: Any, url: str, more: str, found_by: str
) -> None:
    file = tmp_path / "api.yml"
    file.write_text(API)
    (tmp_path / "flow.yml").write_text(FLOW.replace("gone/api.yml", url) + more)
    ended = arazzo("show", str(tmp_path / "flow.yml"))
    told = " ".join(ended.out.split())
    assert f"{url} (openapi) is not there: {file} is read, found by {found_by}" in told
    assert ended.out.rstrip().endswith(f"--workflow w --source lib={file}")
    shown = json.loads(arazzo("show", str(tmp_path / "flow.yml"), "--json").out)
    jsonschema.validate(shown, schema)
    [source] = shown["sources"]
    assert (source["url"], source["readFrom"], source["foundBy"]) == (url, str(file), found_by)


def test_a_source_that_was_named_is_named_in_the_command(arazzo: Command, tmp_path: Path) -> None:
    (tmp_path / "other.yml").write_text(API)
    (tmp_path / "flow.yml").write_text(FLOW)
    ended = arazzo("show", str(tmp_path / "flow.yml"), "--source", f"lib={tmp_path / 'other.yml'}")
    assert ended.out.rstrip().endswith(f"--workflow w --source lib={tmp_path / 'other.yml'}")
    assert "is not there" not in ended.out
