import pytest

from arazzo_runner.diagnostics import Applicability
from arazzo_runner.sources.fitting import fitting, given_by
from arazzo_runner.sources.gathering import gather
from arazzo_runner.sources.lookup import find_operation
from arazzo_runner.sources.matching import Given, Match, Miss, Scope
from arazzo_runner.sources.naming import by_id
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, Memory, arazzo


def parameter(name: str, location: str, required: bool = False) -> JSON:
    return {"name": name, "in": location, "required": required, "schema": {"type": "string"}}


API: JSON = {
    "openapi": "3.1.0",
    "paths": {
        "/pets": {
            "get": {"operationId": "find", "parameters": [parameter("q", "query"), parameter("X-Tag", "header")]},
        },
        "/pets/{id}": {"get": {"operationId": "find", "parameters": [parameter("id", "path", True)]}},
        "/toys": {"get": {"operationId": "find", "parameters": [parameter("q", "query"), parameter("n", "query")]}},
        "/shops/{shop}/pets": {
            "get": {
                "operationId": "find",
                "parameters": [parameter("shop", "path", True), parameter("k", "query", True)],
            },
        },
    },
}


def given(*named: tuple[str, str]) -> list[JSON]:
    return [{"name": name, "in": location, "value": "1"} for name, location in named]


def look(parameters: list[JSON], sources: dict[str, JSON] | None = None) -> Match | Miss | None:
    description = arazzo({"operationId": "find", "parameters": parameters}, sources=sources or {"pets": "api.json"})
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": API, FOLDER + "other.json": API}))
    step = description.workflows[0].steps[0]
    return by_id("find", Scope(description, registry, given_by(step.parameters, description.components)))


@pytest.mark.parametrize(
    ("parameters", "path"),
    [
        (given(("id", "path")), "/pets/{id}"),
        (given(("id", "path"), ("undeclared", "query")), "/pets/{id}"),
        (given(("shop", "path")), "/shops/{shop}/pets"),
        (given(("x-tag", "header")), "/pets"),
        (given(("q", "query"), ("X-TAG", "header"), ("Authorization", "header")), "/pets"),
        (given(("n", "query")), "/toys"),
    ],
)
def test_the_parameters_tell_operations_of_one_id_apart(parameters: list[JSON], path: str) -> None:
    found = look(parameters)
    assert isinstance(found, Match)
    assert found.endpoint.path == path
    assert [reading.number for reading in found.readings] == ["OPR-06"]
    assert found.readings[0].standard.startswith("operationPath: '{$sourceDescriptions.pets.url}#/paths/")


@pytest.mark.parametrize(
    "parameters",
    [
        given(),
        given(("q", "query")),
        given(("k", "query")),
        given(("id", "query")),
        given(("id", "path"), ("shop", "path")),
    ],
)
def test_where_none_or_several_fit_the_id_is_ambiguous(parameters: list[JSON]) -> None:
    found = look(parameters)
    assert isinstance(found, Miss)
    assert found.code == "operation-ambiguous"


def test_no_host_is_chosen_by_parameters() -> None:
    found = look(given(("id", "path")), {"pets": "api.json", "others": "other.json"})
    assert isinstance(found, Miss)
    assert found.code == "operation-ambiguous"


def test_the_workflow_and_the_components_give_parameters_too() -> None:
    description = arazzo({"operationId": "find"})
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": API}))
    step = description.workflows[0].steps[0]
    inherited = arazzo({"operationId": "find", "parameters": given(("id", "path"))}).workflows[0].steps[0].parameters
    assert find_operation(step, description, registry).operation is None
    found = find_operation(step, description, registry, inherited=inherited)
    assert found.operation is not None
    assert found.operation.path == "/pets/{id}"
    assert find_operation(step, description, registry, strict=True, inherited=inherited).operation is None


def test_references_are_followed_and_what_leads_nowhere_is_left_out() -> None:
    step: JSON = {
        "parameters": [{"reference": "$components.parameters.id"}, {"reference": "$components.parameters.no"}]
    }
    description = arazzo(step, components={"parameters": {"id": {"name": "ID", "in": "header", "value": "1"}}})
    parameters = description.workflows[0].steps[0].parameters
    assert given_by(parameters, description.components).parameters == {("id", "header")}
    assert fitting([], Given()) == []


def described(*names: str) -> JSON:
    schema: JSON = {"allOf": [{"$ref": "#/components/schemas/Id"}, {"properties": dict.fromkeys(names, True)}]}
    return {"content": {"application/json": {"schema": schema}}}


ALIKE: JSON = {
    "openapi": "3.1.0",
    "components": {"schemas": {"Id": {"properties": {"id": {"type": "string"}}}}},
    "paths": {
        "/lines": {"post": {"operationId": "find", "requestBody": described("text", "unit")}},
        "/items": {"post": {"operationId": "find", "requestBody": described("name", "unit")}},
        "/shows": {"get": {"operationId": "find", "parameters": [parameter("q", "query"), parameter("n", "query")]}},
        "/halls": {
            "get": {
                "operationId": "find",
                "parameters": [parameter("q", "query"), parameter("n", "query"), parameter("m", "query")],
            }
        },
    },
}


@pytest.mark.parametrize(
    ("step", "path"),
    [
        ({"requestBody": {"payload": {"text": "milk", "id": "1"}}}, "/lines"),
        ({"requestBody": {"payload": {"name": "milk"}}}, "/items"),
        ({"requestBody": {"payload": {"unit": "l"}}}, None),
        ({"requestBody": {"payload": {"text": "milk", "name": "milk"}}}, None),
        ({"requestBody": {"payload": {}}}, None),
        ({"requestBody": {"payload": "text"}}, None),
        ({"parameters": given(("q", "query"), ("n", "query"))}, "/shows"),
        ({"parameters": given(("q", "query"), ("n", "query"), ("Accept", "header"))}, "/shows"),
        ({"parameters": given(("q", "query"), ("n", "query"), ("m", "query"))}, "/halls"),
        ({"parameters": given(("q", "query"))}, None),
        ({}, None),
    ],
)
def test_members_of_the_payload_and_a_full_list_of_parameters_tell_too(step: dict[str, JSON], path: str | None) -> None:
    description = arazzo({"operationId": "find", **step}, sources={"shop": "api.json"})
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": ALIKE}))
    found = find_operation(description.workflows[0].steps[0], description, registry)
    assert (found.operation.path if found.operation else None) == path


@pytest.mark.parametrize("method", ["post", "delete"])
def test_the_id_of_the_step_never_chooses_what_changes_something(method: str) -> None:
    paths: dict[str, JSON] = {
        f"/v2/{name}/{{id}}": {each: {"operationId": "find", "parameters": [parameter("id", "path", True)]}}
        for name, each in (("events", "get"), ("halls", method))
    }
    assert named("get-event-details", {"openapi": "3.1.0", "paths": paths}) is None


@pytest.mark.parametrize(
    ("step_id", "path"),
    [
        ("archive-event", None),
        ("list-event-archive", "/events/archive"),
        ("list-events", "/events"),
        ("s", "/events"),
        ("list-events-of-archive", "/events"),
    ],
)
def test_a_path_that_the_others_lie_below_is_meant_where_no_word_of_theirs_is_named(
    step_id: str, path: str | None
) -> None:
    paths: dict[str, JSON] = {each: {"get": {"operationId": "find"}} for each in ("/events", "/events/archive")}
    assert named(step_id, {"openapi": "3.1.0", "paths": paths}, []) == path


def test_no_path_is_meant_without_a_word_where_none_lies_above_all_others() -> None:
    paths: dict[str, JSON] = {each: {"get": {"operationId": "find"}} for each in ("/halls/a", "/halls/b")}
    assert named("s", {"openapi": "3.1.0", "paths": paths}, []) is None


def named(step_id: str, api: JSON, parameters: list[JSON] | None = None) -> str | None:
    values = given(("id", "path")) if parameters is None else parameters
    step: JSON = {"stepId": step_id, "operationId": "find", "parameters": values}
    description = arazzo(step, sources={"shop": "api.json"})
    registry = gather(description, retrieve=Memory({FOLDER + "api.json": api}))
    found = find_operation(description.workflows[0].steps[0], description, registry)
    for each in found.remarks:
        assert each.fix is not None
        assert each.fix.applicability is Applicability.UNSAFE
        assert "the id of the step speaks for one of them alone" in each.message
    return found.operation.path if found.operation else None


NAMED: JSON = {
    "openapi": "3.1.0",
    "paths": {
        f"/v2/{name}/{{id}}": {"get": {"operationId": "find", "parameters": [parameter("id", "path", True)]}}
        for name in ("events", "halls", "categories", "bus-stops")
    },
}


@pytest.mark.parametrize(
    ("step_id", "path"),
    [
        ("get-event-details", "/v2/events/{id}"),
        ("getHalls", "/v2/halls/{id}"),
        ("load_category", "/v2/categories/{id}"),
        ("busStop", "/v2/bus-stops/{id}"),
        ("bus", None),
        ("v2", None),
        ("hall-of-event", "/v2/halls/{id}"),
        ("events-by-hall", "/v2/events/{id}"),
        ("get-event-hall-details", "/v2/halls/{id}"),
        ("get-hall-event-details", "/v2/events/{id}"),
        ("eventually", None),
        ("s", None),
    ],
)
def test_the_id_of_the_step_tells_where_nothing_else_does(step_id: str, path: str | None) -> None:
    assert named(step_id, NAMED) == path
