import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from arazzo_runner.cli.listing import (
    CredentialEntry,
    InputEntry,
    Listing,
    OutputEntry,
    ServerEntry,
    StepEntry,
    WorkflowEntry,
)
from arazzo_runner.cli.listing_json import listing_json
from arazzo_runner.document import describe, read
from arazzo_runner.sources.operations import Server, ServerVariable
from arazzo_runner.sources.security import Want


def entries() -> Listing:
    """A listing in which everything occurs that can."""
    inputs = (
        InputEntry("a", ("string",), True, True, True, "[redacted]", (), "about a", "ARAZZO_INPUT_A"),
        InputEntry("b", ("integer", "null"), False, False, True, None, (1, None), "", "ARAZZO_INPUT_B"),
        InputEntry("c", (), False, False, False, None, (), "", "ARAZZO_INPUT_C"),
    )
    steps = (
        StepEntry("one", "about one", "api", "getOne", "GET", "/one"),
        StepEntry("two", "", workflow="other"),
        StepEntry("three", "", problem="it is not there"),
    )
    wants = (
        (Want("api", "key", "an API key", ("ARAZZO_AUTH_API_KEY_API_KEY",), "--auth key=KEY"),),
        (Want("api", "tls", "mutualTLS", unsupported="not supported yet"),),
    )
    workflow = WorkflowEntry(
        "main",
        "short",
        "",
        ("other",),
        inputs,
        True,
        steps,
        (OutputEntry("out", False), OutputEntry("token", True)),
        (CredentialEntry(("one",), wants), CredentialEntry(("other:x",), (), (("header", "Authorization"),))),
    )
    servers = (
        ServerEntry("api", Server("https://{w}.example", {"w": ServerVariable("a", ("a", "b"))}), "https://a.example"),
        ServerEntry("api", Server("/v1"), "", "it is relative"),
    )
    text = "arazzo: 1.0.1\ninfo: {title: t, version: '1'}\nsourceDescriptions: [{name: api, url: api.yml}]\n"
    description = describe(read(text, "file:///d.yml", "d.yml"), "file:///d.yml")
    return Listing(description, description.source_descriptions, servers, (workflow,))


@pytest.fixture
def listed() -> Any:
    return json.loads(json.dumps(listing_json(entries())))


def test_it_is_as_the_schema_says(listed: Any, project: Path) -> None:
    schema = json.loads((project / "arazzo_runner/cli/show.schema.json").read_text("utf-8"))
    jsonschema.validate(listed, schema)


def test_each_member_of_the_schema_is_required_or_explained(project: Path) -> None:
    schema = json.loads((project / "arazzo_runner/cli/show.schema.json").read_text("utf-8"))
    optional = {"default", "enum"}
    for node in (schema, *schema["$defs"].values()):
        if "properties" in node:
            assert node["additionalProperties"] is False
            assert set(node["properties"]) - set(node["required"]) <= optional


def test_what_is_not_there_is_null_or_missing(listed: Any) -> None:
    assert (listed["file"], listed["summary"]) == ("d.yml", None)
    assert listed["sources"] == [{"name": "api", "type": None, "url": "api.yml", "readFrom": None, "foundBy": None}]
    first, second = listed["servers"]
    assert (first["calls"], first["problem"]) == ("https://a.example", None)
    assert (second["calls"], second["problem"]) == (None, "it is relative")
    [workflow] = listed["workflows"]
    by_name = {each["name"]: each for each in workflow["inputs"]}
    assert by_name["a"]["default"] == "[redacted]"
    assert (by_name["b"]["default"], by_name["b"]["enum"]) == (None, [1, None])
    assert not {"default", "enum"} & set(by_name["c"])
    assert [each["problem"] for each in workflow["steps"]] == [None, None, "it is not there"]
    assert workflow["credentials"][0]["alternatives"][1][0]["flag"] is None
