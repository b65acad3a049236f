from pathlib import Path

import pytest

from arazzo_runner.api import load
from arazzo_runner.cli.listing import Listing, listing
from arazzo_runner.sources.gathering import gather

API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: '/v1'}]
security: [{key: []}, {user: [], robot: []}]
paths:
  /things/{id}:
    get: {operationId: getThing, responses: {'200': {description: ok}}}
    put: {operationId: putThing, security: [], servers: [{url: 'https://{where}.example', variables:
      {where: {default: a, enum: [a, b]}}}], responses: {'200': {description: ok}}}
components:
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    user: {type: http, scheme: basic}
    robot: {type: mutualTLS}
"""
FLOWS = """
arazzo: 1.1.0
info: {title: t, version: '2', summary: short}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}, {name: gone, url: gone.yml}]
workflows:
- workflowId: first
  dependsOn: [second]
  inputs:
    required: [id, pin, extra]
    properties:
      id: {$ref: '#/components/inputs/id'}
      pin: {type: [integer, 'null'], format: password, default: 1234}
      size: {enum: [1, 2], default: 1}
      any: {}
      list: {type: array}
    additionalProperties: true
  parameters: [{reference: $components.parameters.header}]
  steps:
  - {stepId: one, operationId: getThing, description: Gets it.}
  - {stepId: two, operationId: putThing}
  outputs: {result: $steps.one.outputs.x, clientSecret: $steps.two.outputs.y}
- workflowId: second
  steps:
  - {stepId: one, operationId: getThing}
  - {stepId: two, workflowId: first}
  - {stepId: three, operationId: getThin}
  - {stepId: four, operationId: $sourceDescriptions.gone.x}
  - {stepId: five, channelPath: x}
  - {stepId: six}
components:
  inputs: {id: {type: string, description: Which one.}}
  parameters: {header: {name: x-key, in: header, value: v}}
"""


@pytest.fixture
def listed(tmp_path: Path) -> Listing:
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    (tmp_path / "flows.yml").write_text(FLOWS, encoding="utf-8")
    description = load(tmp_path / "flows.yml")
    return listing(description, gather(description))


def test_inputs_have_types_defaults_and_secrecy(listed: Listing) -> None:
    first = listed.workflows[0]
    assert [(each.name, each.types, each.required, each.secret) for each in first.inputs] == [
        ("id", ("string",), True, False),
        ("pin", ("integer", "null"), True, True),
        ("size", ("integer",), False, False),
        ("any", ("string", "number", "boolean", "array", "object", "null"), False, False),
        ("list", ("array",), False, False),
        ("extra", ("string", "number", "boolean", "array", "object", "null"), True, False),
    ]
    by_name = {each.name: each for each in first.inputs}
    assert by_name["id"].description == "Which one."
    assert by_name["id"].variable == "ARAZZO_INPUT_ID"
    assert (by_name["size"].has_default, by_name["size"].default, by_name["size"].choices) == (True, 1, (1, 2))
    assert (by_name["pin"].has_default, by_name["pin"].default) == (True, "[redacted]")
    assert not by_name["id"].has_default
    assert first.opens
    assert not listed.workflows[1].opens


def test_steps_name_what_they_call_or_why_they_can_not(listed: Listing) -> None:
    first, second = listed.workflows
    assert [(each.step_id, each.method, each.path, each.source) for each in first.steps] == [
        ("one", "GET", "/things/{id}", "api"),
        ("two", "PUT", "/things/{id}", "api"),
    ]
    assert first.steps[0].description == "Gets it."
    assert second.steps[1].workflow == "first"
    problems = {each.step_id: each.problem for each in second.steps}
    assert "getThin" in problems["three"]
    assert "gone" in problems["four"]
    assert problems["five"] == "it uses a channel, which is not supported"
    assert problems["six"] == "it names no operation and no workflow"
    assert problems["one"] == problems["two"] == ""


def test_outputs_and_order(listed: Listing) -> None:
    first = listed.workflows[0]
    assert [(each.name, each.secret) for each in first.outputs] == [("result", False), ("clientSecret", True)]
    assert first.depends_on == ("second",)


def test_credentials_are_wanted_where_the_steps_do_not_set_them(listed: Listing) -> None:
    first, second = listed.workflows
    own, other = second.credentials
    assert (own.steps, own.placed) == (("one",), ())
    assert (other.steps, other.alternatives, other.placed) == (("first:one",), (), (("header", "X-Key"),))
    own_of_first, other_of_first = first.credentials
    assert (own_of_first.steps, own_of_first.placed) == (("one",), (("header", "X-Key"),))
    assert (other_of_first.steps, other_of_first.alternatives) == (("second:one",), own.alternatives)
    key, both = own.alternatives
    assert [(want.scheme, want.flag, want.variables) for want in key] == [
        ("key", "--auth key=KEY", ("ARAZZO_AUTH_API_KEY_API_KEY",))
    ]
    assert [want.scheme for want in both] == ["user", "robot"]
    assert both[1].flag == "--client-cert FILE"


def test_servers_are_those_that_are_called(listed: Listing) -> None:
    assert [(each.source, each.server.url, each.calls) for each in listed.servers] == [
        ("api", "/v1", ""),
        ("api", "https://{where}.example", "https://a.example"),
    ]
    assert listed.servers[0].problem
    assert not listed.servers[1].problem


def test_one_workflow_can_be_listed_alone(tmp_path: Path, listed: Listing) -> None:
    description = listed.description
    alone = listing(description, gather(description), "second")
    assert [each.workflow_id for each in alone.workflows] == ["second"]
    assert [each.server.url for each in alone.servers] == ["/v1", "https://{where}.example"]


ORDERED = """
arazzo: 1.1.0
info: {title: t, version: '2'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
- workflowId: w
  steps:
  - {stepId: two, operationId: getThing, dependsOn: [one]}
  - {stepId: one, operationId: putThing}
"""


@pytest.mark.parametrize(
    ("old", "new", "order"),
    [
        pytest.param("", "", ["one", "two"], id="in the order in which they run (DEP-30)"),
        pytest.param("putThing", "nowhere", ["two", "one"], id="as written where one can't run"),
        pytest.param("dependsOn: [one]", "dependsOn: [two]", ["two", "one"], id="as written where they circle"),
    ],
)
def test_steps_are_listed_in_the_order_in_which_they_run(tmp_path: Path, old: str, new: str, order: list[str]) -> None:
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    (tmp_path / "flows.yml").write_text(ORDERED.replace(old, new), encoding="utf-8")
    description = load(tmp_path / "flows.yml")
    listed = listing(description, gather(description))
    assert [each.step_id for each in listed.workflows[0].steps] == order
