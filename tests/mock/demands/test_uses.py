"""What the places of a request say of the values that are put there: answers and inputs fit them."""

from typing import Any

import pytest

from arazzo_runner.values import JSON
from tests.mock.demands.chains import GIVE, api, chained

OPEN: dict[str, Any] = {"type": "object"}
TEXT: dict[str, Any] = {"type": "object", "properties": {"x": {"type": "string"}}}
ENUM: dict[str, Any] = {"enum": ["low", "high"]}


def parameter(schema: JSON, place: str = "query", **more: JSON) -> dict[str, Any]:
    return {"parameters": [{"name": "id", "in": place, "required": True, "schema": schema, **more}]}


def body(schema: JSON, content_type: str = "application/json") -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {content_type: {"schema": schema}}}}


def given(value: JSON, place: str = "query") -> dict[str, Any]:
    return {"stepId": "b", "operationId": "use", "parameters": [{"name": "id", "in": place, "value": value}]}


def sent(payload: JSON, **more: JSON) -> dict[str, Any]:
    return {"stepId": "b", "operationId": "use", "requestBody": {"payload": payload, **more}}


X = "$steps.a.outputs.x"
EACH: list[Any] = [
    (OPEN, parameter({"type": "integer", "minimum": 7}), given(X), lambda x: int(x) >= 7),
    (TEXT, parameter({"type": "integer", "minimum": 7}), given(X), lambda x: int(x) >= 7),
    (TEXT, parameter({"type": "boolean"}), given(X), lambda x: x in ("true", "false", True, False)),
    (TEXT, parameter(ENUM), given(X), lambda x: x in ENUM["enum"]),
    (TEXT, parameter({"enum": [1, 2]}), given(X), lambda x: str(x) in ("1", "2")),
    (TEXT, parameter({"type": "string", "format": "uuid"}, "path"), given(X, "path"), lambda x: len(x) == 36),
    (OPEN, parameter({"type": "string", "pattern": "^[a-c]{5}$"}, "header"), given(X, "header"), lambda x: len(x) == 5),
    (OPEN, parameter({"type": "array", "items": ENUM, "minItems": 1}), given(X), lambda x: x[0] in ENUM["enum"]),
    (OPEN, parameter(ENUM), given("{" + X + "}"), lambda x: x in ENUM["enum"]),
    (OPEN, parameter({"type": "string"}), given("a-{" + X + "}"), lambda x: isinstance(x, str | int | float)),
    (OPEN, body({"type": "object", "properties": {"k": ENUM}}), sent({"k": X}), lambda x: x in ENUM["enum"]),
    (OPEN, body({"type": "object", "properties": {"k": {"type": "integer"}}}), sent({"k": X}), lambda x: x + 0 == x),
    (OPEN, body({"type": "array", "items": ENUM}), sent([X]), lambda x: x in ENUM["enum"]),
    (
        OPEN,
        body({"type": "object", "required": ["k"], "properties": {"k": ENUM}}),
        sent(X),
        lambda x: x["k"] in "lowhigh",
    ),
    (OPEN, body({"properties": {"k": ENUM}}), sent('{"k": {' + X + "}}"), lambda x: x in ENUM["enum"]),
    (OPEN, body({"properties": {"k": ENUM}}), sent('{"k": "{' + X + '}"}'), lambda x: x in ENUM["enum"]),
    (OPEN, body({"type": "string"}, "text/plain"), sent(X), lambda x: isinstance(x, str | int | float) and x != ""),
    (
        OPEN,
        body({"properties": {"n": {"type": "integer"}}}, "application/x-www-form-urlencoded"),
        sent({"n": X}),
        lambda x: int(x) is not None,
    ),
    (
        OPEN,
        body({"type": "object", "properties": {"k": {"properties": {"l": ENUM}}}}),
        sent({"k": {"l": "low"}}, replacements=[{"target": "/k/l", "value": X}]),
        lambda x: x in ENUM["enum"],
    ),
    (
        OPEN,
        body(
            {
                "oneOf": [
                    {"properties": {"t": {"const": "a"}, "k": ENUM}},
                    {"properties": {"t": {"const": "b"}, "k": False}},
                ]
            }
        ),
        sent({"t": "a", "k": X}),
        lambda x: x in ENUM["enum"],
    ),
]


@pytest.mark.parametrize(("answer", "operation", "step", "fits"), EACH)
def test_an_answer_fits_its_later_use(answer: JSON, operation: dict[str, Any], step: dict[str, Any], fits: Any) -> None:
    found = chained(api(answer, operation), {**GIVE, "outputs": {"x": "$response.body#/x"}}, step)
    assert found.succeeded, found.result.reason
    assert fits(found.body()["x"]), found.body()
    assert found.notes == ()


def test_an_object_in_a_body_of_plain_text_stops_nothing_and_is_told() -> None:
    answer: JSON = {"type": "object", "properties": {"x": {"type": "object"}}, "required": ["x"]}
    described = api(answer, body({}, "text/plain"))
    found = chained(described, {**GIVE, "outputs": {"x": "$response.body#/x"}}, sent(X))
    assert found.succeeded, found.result.reason
    assert isinstance(found.body()["x"], dict)
    (note,) = found.notes
    assert "the body at #/x of the invented answer does not fit" in str(note)


@pytest.mark.parametrize(("operation", "step", "fits"), [one[1:] for one in EACH])
def test_an_input_fits_its_later_use(operation: dict[str, Any], step: dict[str, Any], fits: Any) -> None:
    replaced = _with_input(step)
    declared: JSON = {"type": "object", "required": ["x"], "properties": {"x": {}}}
    found = chained(api(None, operation), replaced, inputs=declared)
    assert found.succeeded, found.result.reason
    assert fits(found.inputs.inputs["x"]), found.inputs.inputs


def _with_input(value: Any) -> Any:
    match value:
        case str():
            return value.replace(X, "$inputs.x")
        case list():
            return [_with_input(item) for item in value]
        case dict():
            return {name: _with_input(member) for name, member in value.items()}
    return value


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_references_in_the_schema_of_a_place_are_followed(version: str) -> None:
    components: JSON = {
        "schemas": {
            "Size": {"type": "string", "enum": ["s", "l"]},
            "Box": {
                "type": "object",
                "properties": {
                    "size": {"$ref": "#/components/schemas/Size"},
                    "in": {"$ref": "#/components/schemas/Box"},
                },
            },
        }
    }
    operation = body({"$ref": "#/components/schemas/Box"})
    description = api(OPEN, operation, version, components)
    found = chained(description, {**GIVE, "outputs": {"x": "$response.body#/x"}}, sent({"in": {"in": {"size": X}}}))
    assert found.body()["x"] in ("s", "l")


def test_a_schema_that_contradicts_a_use_is_followed_and_both_places_are_told() -> None:
    answer: JSON = {"type": "object", "required": ["x"], "properties": {"x": {"type": "string"}}}
    found = chained(
        api(answer, parameter({"type": "string"}, "path")),
        {**GIVE, "outputs": {"x": "$response.body#/x"}},
        given("$steps.a.outputs.x[0].id", "path"),
    )
    assert not found.succeeded
    assert isinstance(found.body()["x"], str)
    (note,) = found.notes
    assert "the body at #/x/0/id of the invented answer does not fit the path parameter 'id' of step 'b' at" in note
    assert "arazzo.yaml:" in note
    assert "openapi.yaml:" in note


def test_a_closed_schema_is_not_opened() -> None:
    closed: JSON = {"type": "object", "properties": {"y": {"type": "integer"}}, "additionalProperties": False}
    found = chained(
        api(closed, parameter({"type": "string"})), {**GIVE, "outputs": {"x": "$response.body#/x"}}, given(X)
    )
    assert not found.succeeded
    assert "x" not in found.body()


@pytest.mark.parametrize(
    ("condition", "fits"),
    [
        (f"{X} == 'ready'", lambda x: x == "ready"),
        (f"'ready' == {X}", lambda x: x == "ready"),
        (f"{X} >= 12", lambda x: float(x) >= 12),
        (f"!({X} == 'idle')", lambda x: x != "idle"),
        (f"{X} == 'idle' && $statusCode == 200", lambda x: x == "idle"),
        (f"{X} == 'one' || {X} == 'two'", lambda x: x == "one"),
        (f"{X}", bool),
        (f"!{X}", lambda x: not x),
    ],
)
def test_a_later_criterion_holds(condition: str, fits: Any) -> None:
    answer: JSON = {"type": "object", "properties": {"x": {}}}
    last = {"stepId": "b", "operationId": "use", "successCriteria": [{"condition": condition}]}
    found = chained(api(answer, {}), {**GIVE, "outputs": {"x": "$response.body#/x"}}, last)
    assert found.succeeded, found.result.reason
    assert fits(found.body().get("x"))


@pytest.mark.parametrize(
    ("criterion", "fits"),
    [
        ({"type": "regex", "condition": "^A[0-9]{4}$"}, lambda x: len(x) == 5),
        ({"type": "jsonpath", "condition": "$[?@.state == 'on']"}, lambda x: "on" in str(x)),
    ],
)
def test_a_later_pattern_or_query_holds(criterion: dict[str, str], fits: Any) -> None:
    last = {"stepId": "b", "operationId": "use", "successCriteria": [{**criterion, "context": X}]}
    found = chained(api(OPEN, {}), {**GIVE, "outputs": {"x": "$response.body#/x"}}, last)
    assert found.succeeded, found.result.reason
    assert fits(found.body()["x"])


def test_two_answers_that_are_compared_agree() -> None:
    other = {"stepId": "m", "operationId": "give", "outputs": {"y": "$response.body#/y"}}
    last = {"stepId": "b", "operationId": "use", "successCriteria": [{"condition": f"{X} == $steps.m.outputs.y"}]}
    found = chained(api(OPEN, {}), {**GIVE, "outputs": {"x": "$response.body#/x"}}, other, last)
    assert found.succeeded, found.result.reason


def test_a_later_step_that_would_go_back_lets_the_run_go_on() -> None:
    back = {
        "name": "again",
        "type": "goto",
        "stepId": "a",
        "criteria": [{"condition": f"{X} != 'done'"}],
    }
    last = {"stepId": "b", "operationId": "use", "onSuccess": [back]}
    found = chained(api(OPEN, {}), {**GIVE, "outputs": {"x": "$response.body#/x"}}, last)
    assert found.succeeded, found.result.reason
    assert found.body()["x"] == "done"


def test_an_input_fits_the_answer_that_it_is_compared_with() -> None:
    answer: JSON = {"type": "object", "required": ["k"], "properties": {"k": ENUM}}
    first = {**GIVE, "successCriteria": [{"condition": "$response.body#/k == $inputs.k"}]}
    found = chained(api(answer, {}), first, inputs={"type": "object", "required": ["k"], "properties": {"k": {}}})
    assert found.succeeded, found.result.reason
    assert found.inputs.inputs["k"] in ENUM["enum"]


def test_arguments_fit_the_inputs_of_the_called_workflow() -> None:
    callee = {
        "workflowId": "v",
        "inputs": {"type": "object", "required": ["k"], "properties": {"k": ENUM}},
        "steps": [{"stepId": "s", "operationId": "use"}],
    }
    call = {"stepId": "c", "workflowId": "v", "parameters": [{"name": "k", "value": X}]}
    found = chained(api(OPEN, {}), {**GIVE, "outputs": {"x": "$response.body#/x"}}, call, others=(callee,))
    assert found.succeeded, found.result.reason
    assert found.body()["x"] in ENUM["enum"]
