"""Contract checks inside a run: what is told, what fails a step, and when."""

from __future__ import annotations

import pytest

from arazzo_runner.engine.result import Status
from arazzo_runner.engine.settings import Level, Settings
from arazzo_runner.sources.security import Credential, Credentials
from arazzo_runner.values import Value
from tests.engine.programs import Played, answers, play, program_of, respond

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
components:
  securitySchemes: {key: {type: apiKey, in: query, name: api_key}}
paths:
  /pets/{id}:
    post:
      operationId: x
      parameters:
      - {name: id, in: path, required: true, schema: {type: integer}}
      - {name: need, in: query, required: true, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {type: object, required: [name], properties: {name: {type: string}}}}}}
      responses:
        '200':
          description: ok
          content: {application/json: {schema: {type: object, properties: {n: {type: integer}}}}}
"""


def run(
    level: Level = Level.WARN,
    body: Value = None,
    payload: Value = "a",
    id: Value = 1,
    status: int = 200,
    requests: bool = True,
    responses: bool = True,
    need: str = "    - {name: need, in: query, value: v}\n",
) -> Played:
    program = program_of(
        "workflows:\n- workflowId: w\n  inputs: {properties: {id: {}, name: {}}}\n  steps:\n  - stepId: s\n    operationId: x\n    parameters:\n"
        f"    - {{name: id, in: path, value: $inputs.id}}\n{need}    requestBody: {{payload: {{name: $inputs.name}}}}\n"
        "    onFailure: [{name: on, type: goto, stepId: t}]\n"
        "  - {stepId: t, operationId: x, parameters: [{name: id, in: path, value: 2}, {name: need, in: query, value: v}],"
        " requestBody: {payload: {name: b}}}\n",
        files={"openapi.yaml": API},
    )
    settings = Settings(check_requests=requests, check_responses=responses, check_level=level)
    first = respond(status, body if body is not None else {"n": 1})
    return play(program, answers(first, respond(200, {"n": 2})), {"id": id, "name": payload}, settings)


def codes(played: Played) -> list[str]:
    return [warning.code for warning in played.result.warnings if warning.code.startswith("contract-")]


def test_what_keeps_the_contract_is_not_told() -> None:
    played = run()
    assert (codes(played), len(played.requests), played.result.status) == ([], 2, Status.SUCCEEDED)


@pytest.mark.parametrize(
    ("given", "code", "message"),
    [
        ({"body": {"n": "x"}}, "contract-response-body", "step 's': the answer's body#/n is \"x\""),
        ({"status": 201}, "contract-response-status", "step 's': the status 201 is not declared"),
        ({"payload": 5}, "contract-request-body", "step 's': the body#/name is 5"),
        ({"id": "abc"}, "contract-request-parameter", "step 's': the path parameter 'id' is \"abc\""),
    ],
)
def test_a_breach_is_a_warning_and_the_criteria_decide(given: dict[str, object], code: str, message: str) -> None:
    played = run(**given)  # type: ignore[arg-type]  # each row names its own parameter
    assert codes(played) == [code]
    (told,) = (warning for warning in played.result.warnings if warning.code == code)
    assert told.message.startswith(message)
    assert told.help.startswith("the description says so at ")
    assert told.related[0].span.line > 1
    assert (len(played.requests), played.result.status) == (2, Status.SUCCEEDED)


def test_a_request_that_breaks_the_contract_is_not_sent_where_it_fails() -> None:
    played = run(Level.FAIL, payload=5)
    assert [request.url for request in played.requests] == ["https://api.example/pets/2?need=v"]
    assert (
        played.result.steps[0].attempts[0].problem.startswith("the request breaks the API's contract: the body#/name")
    )


def test_an_answer_that_breaks_the_contract_fails_its_step_and_the_failure_actions_see_it() -> None:
    played = run(Level.FAIL, body={"n": "x"})
    first, second = played.result.steps
    assert (first.status, first.handled, second.status) == (Status.FAILED, True, Status.SUCCEEDED)
    assert "the answer breaks the API's contract: the answer's body#/n" in first.reason
    _, place, flag = first.reason.splitlines()
    assert place.startswith("the description says so at ")
    assert place.rpartition(":")[2].isdigit()
    assert "--check-level fail" in flag


def test_a_required_parameter_counts_where_it_fails_the_step() -> None:
    assert codes(run(need="")) == []
    assert codes(run(Level.FAIL, need="")) == ["contract-request-parameter"]


@pytest.mark.parametrize(
    ("requests", "responses", "found"),
    [
        (True, False, ["contract-request-body"]),
        (False, True, ["contract-response-body"]),
        (False, False, []),
    ],
)
def test_each_side_is_judged_if_it_is_wanted(requests: bool, responses: bool, found: list[str]) -> None:
    assert codes(run(payload=5, body={"n": "x"}, requests=requests, responses=responses)) == found


def test_what_the_document_writes_out_has_been_judged_before_the_run() -> None:
    text = (
        "workflows: [{workflowId: w, steps: [{stepId: s, operationId: x, requestBody: {payload: {name: 5}}, parameters: "
        "[{name: id, in: path, value: a}, {name: need, in: query, value: v}]}]}]"
    )
    program = program_of(text, files={"openapi.yaml": API})
    played = play(program, answers(respond(200, {"n": 2})), settings=Settings(check_requests=True))
    assert (codes(played), len(played.requests)) == ([], 1)
    failing = Settings(check_requests=True, check_level=Level.FAIL)
    played = play(program, answers(respond(200, {"n": 2})), settings=failing)
    assert (codes(played), len(played.requests)) == (["contract-request-parameter", "contract-request-body"], 0)


@pytest.mark.parametrize(
    ("payload", "n", "sent", "told"),
    [
        ("{name: $inputs.n}", 5, 0, 1),
        ("{name: $inputs.n}", "a", 1, 0),
        ("{name: 5, other: $inputs.n}", "a", 1, 1),
        ("{other: $inputs.n}", "a", 1, 1),
        ("{name: 'x{$inputs.n}'}", 5, 1, 0),
        ("{name: {deep: $inputs.n}}", "a", 1, 1),
        ("{name: {deep: $inputs.n}}", 5, 1, 1),
        ("$inputs.n", 5, 0, 1),
        ("{name: 5}", 5, 1, 0),
    ],
)
def test_with_flow_only_what_came_from_somewhere_fails(payload: str, n: Value, sent: int, told: int) -> None:
    text = (
        "workflows: [{workflowId: w, inputs: {properties: {n: {}}}, steps: [{stepId: s, operationId: x, requestBody: "
        f"{{payload: {payload}}}, parameters: "
        "[{name: id, in: path, value: 1}, {name: need, in: query, value: v}]}]}]"
    )
    program = program_of(text, files={"openapi.yaml": API})
    settings = Settings(check_requests=True, check_level=Level.FLOW)
    played = play(program, answers(respond(200, {"n": 2})), {"n": n}, settings)
    assert (len(played.requests), len(codes(played))) == (sent, told)


@pytest.mark.parametrize(
    ("given", "payload", "path", "sent"),
    [
        (None, "{name: $inputs.n}", "1", 0),
        ({"n"}, "{name: $inputs.n}", "1", 0),
        ({"other"}, "{name: $inputs.n}", "1", 1),
        (set(), "{name: $inputs.n}", "1", 1),
        ({"n"}, "{name: a}", "$inputs.n", 1),
        ({"q"}, "{name: a}", "$inputs.n", 1),
    ],
)
def test_with_flow_what_was_invented_is_only_told(given: set[str] | None, payload: str, path: str, sent: int) -> None:
    text = (
        "workflows: [{workflowId: w, inputs: {properties: {n: {}}}, steps: [{stepId: s, operationId: x, requestBody: "
        f"{{payload: {payload}}}, parameters: "
        f"[{{name: id, in: path, value: {path}}}, {{name: need, in: query, value: v}}]}}]}}]"
    )
    program = program_of(text, files={"openapi.yaml": API})
    known = None if given is None else frozenset(given)
    settings = Settings(check_requests=True, check_level=Level.FLOW, given=known)
    played = play(program, answers(respond(200, {"n": 2})), {"n": 5}, settings)
    assert len(played.requests) == sent
    assert bool(codes(played)) is (path == "1")


@pytest.mark.parametrize(
    ("given", "status", "level", "told"),
    [
        ({}, 401, Level.WARN, []),
        ({}, 403, Level.WARN, []),
        ({}, 500, Level.WARN, ["contract-response-status"]),
        ({}, 401, Level.FAIL, ["contract-response-status"]),
        ({"API_KEY": "k3y"}, 401, Level.WARN, ["contract-response-status"]),
    ],
)
def test_a_refusal_for_the_lack_of_credentials_is_no_news_about_the_contract(
    given: dict[str, str], status: int, level: Level, told: list[str]
) -> None:
    api = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: 'https://api.example'}]
components:
  securitySchemes: {key: {type: apiKey, in: query, name: api_key}}
paths:
  /x: {get: {operationId: x, security: [{key: []}], responses: {'200': {description: ok}}}}
"""
    text = "workflows:\n- workflowId: w\n  steps: [{stepId: s, operationId: x}]\n"
    credentials: Credentials = {(None, "key"): Credential(given)} if given else {}
    settings = Settings(check_responses=True, check_level=level, credentials=credentials)
    played = play(program_of(text, files={"openapi.yaml": api}), answers(respond(status)), settings=settings)
    assert codes(played) == told
