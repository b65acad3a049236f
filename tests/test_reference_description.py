"""The API description of the reference workflow: valid, whole, and the very one that the workflow points at."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from openapi_spec_validator import OpenAPIV31SpecValidator

ARAZZO = "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
OPENAPI = "specs/openapi/microsoft-azure-web-pubsub-openapi.yml"
ARAZZO_SHA256 = "5a3205ef6c7e6836724bb7b5224d415e7c843fecf1820263b2dd8b9a5a0c0bd3"

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
MEDIA_TYPES = {"application/octet-stream", "text/plain", "application/json"}

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """One row of the API: what a caller must know of an operation."""

    id: str
    method: str
    path: str
    statuses: str
    query: str = ""
    body: bool = False


HUB = "/api/hubs/{hub}"
ONE = f"{HUB}/connections/{{connectionId}}"
MEMBER = f"{HUB}/groups/{{group}}/connections/{{connectionId}}"
MEMBERS = f"{HUB}/groups/{{group}}/users/{{userId}}"
PERMISSION = f"{HUB}/permissions/{{permission}}/connections/{{connectionId}}"

OPERATIONS = (
    Operation("generateClientToken", "post", f"{HUB}/:generateToken", "200", "userId role minutesToExpire group"),
    Operation("sendToAll", "post", f"{HUB}/:send", "202", "excluded filter messageTtlSeconds", body=True),
    Operation("sendToConnection", "post", f"{ONE}/:send", "202", body=True),
    Operation("sendToGroup", "post", f"{HUB}/groups/{{group}}/:send", "202", "filter", body=True),
    Operation("sendToUser", "post", f"{HUB}/users/{{userId}}/:send", "202", body=True),
    Operation("connectionExists", "head", ONE, "200 404"),
    Operation("closeConnection", "delete", ONE, "204", "reason"),
    Operation("closeAllConnections", "post", f"{HUB}/:closeConnections", "204", "excluded reason"),
    Operation("closeGroupConnections", "post", f"{HUB}/groups/{{group}}/:close", "204"),
    Operation("closeUserConnections", "post", f"{HUB}/users/{{userId}}/:close", "204"),
    Operation("groupExists", "head", f"{HUB}/groups/{{group}}", "200 404"),
    Operation("userExists", "head", f"{HUB}/users/{{userId}}", "200 404"),
    Operation("addConnectionToGroup", "put", MEMBER, "200"),
    Operation("removeConnectionFromGroup", "delete", MEMBER, "204"),
    Operation("addUserToGroup", "put", MEMBERS, "200"),
    Operation("removeUserFromGroup", "delete", MEMBERS, "204"),
    Operation("grantPermission", "put", PERMISSION, "200", "targetName"),
    Operation("revokePermission", "delete", PERMISSION, "204", "targetName"),
    Operation("checkPermission", "head", PERMISSION, "200 404", "targetName"),
)


@pytest.fixture(scope="module")
def description(project: Path) -> Json:
    loaded: Json = yaml.safe_load((project / OPENAPI).read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def workflow(project: Path) -> Json:
    loaded: Json = yaml.safe_load((project / ARAZZO).read_text("utf-8"))
    return loaded


def resolve(description: Json, node: Json) -> Json:
    """Follows the one reference that `node` may be."""
    if "$ref" not in node:
        return node
    found: Json = description
    for part in node["$ref"].removeprefix("#/").split("/"):
        found = found[part]
    return found


def parameters(description: Json, path: str, method: str) -> dict[str, Json]:
    item = description["paths"][path]
    declared = [*item.get("parameters", ()), *item[method].get("parameters", ())]
    return {found["name"]: found for found in (resolve(description, node) for node in declared)}


def examples(node: object) -> Iterator[tuple[Json, object]]:
    """Yields each example below `node`, after the schema that it is an example of."""
    if isinstance(node, list):
        for child in node:
            yield from examples(child)
    elif isinstance(node, dict):
        if "schema" in node:
            given = [node["example"]] if "example" in node else []
            given += [example["value"] for example in node.get("examples", {}).values()]
            for value in given:
                yield node["schema"], value
        for child in node.values():
            yield from examples(child)


def test_the_workflow_is_unchanged_byte_for_byte(project: Path) -> None:
    assert hashlib.sha256((project / ARAZZO).read_bytes()).hexdigest() == ARAZZO_SHA256


def test_git_keeps_the_bytes_of_the_workflow(project: Path) -> None:
    assert "specs/arazzo/*.yml -text" in (project / ".gitattributes").read_text("utf-8").splitlines()


def test_the_description_is_openapi_3_1(description: Json) -> None:
    assert description["openapi"].startswith("3.1.")
    OpenAPIV31SpecValidator(description).validate()


def test_the_description_is_the_one_that_the_workflow_names(project: Path, workflow: Json) -> None:
    (source,) = workflow["sourceDescriptions"]
    assert (project / ARAZZO).parent.joinpath(source["url"]).resolve() == (project / OPENAPI).resolve()


def test_each_step_finds_its_operation_with_its_parameters_and_body(description: Json, workflow: Json) -> None:
    rows = {f"webPubSub_{row.id}": row for row in OPERATIONS}
    for step in workflow["workflows"][0]["steps"]:
        row = rows[step["operationId"]]
        declared = parameters(description, row.path, row.method)
        given = {given["name"]: given["in"] for given in step["parameters"]}
        # The workflow sets this header by itself; OpenAPI leaves it to the security scheme.
        assert given.pop("Authorization") == "header"
        assert given == {name: declared[name]["in"] for name in given}
        assert ("requestBody" in step) is row.body


def test_no_operation_is_missing_and_none_is_more(description: Json) -> None:
    found = {
        (operation["operationId"], method, path)
        for path, item in description["paths"].items()
        for method, operation in item.items()
        if method in METHODS
    }
    assert found == {(f"webPubSub_{row.id}", row.method, row.path) for row in OPERATIONS}
    assert len(OPERATIONS) == 19


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row.id)
def test_operation(description: Json, row: Operation) -> None:
    operation = description["paths"][row.path][row.method]
    assert set(operation["responses"]) == {*row.statuses.split(), "default"}

    declared = parameters(description, row.path, row.method)
    in_path = {part[1:-1] for part in row.path.split("/") if part.startswith("{")}
    assert {name for name, found in declared.items() if found["in"] == "path"} == in_path
    assert {name for name, found in declared.items() if found["in"] == "query"} == {*row.query.split(), "api-version"}
    assert {name for name, found in declared.items() if found.get("required")} == {*in_path, "api-version"}

    assert ("requestBody" in operation) is row.body
    if row.body:
        body = resolve(description, operation["requestBody"])
        assert body["required"] is True
        assert set(body["content"]) == MEDIA_TYPES


@pytest.mark.parametrize("row", OPERATIONS, ids=lambda row: row.id)
def test_errors_have_the_shape_of_the_service(description: Json, row: Operation) -> None:
    default = resolve(description, description["paths"][row.path][row.method]["responses"]["default"])
    if row.method == "head":
        assert "content" not in default
    else:
        schema = resolve(description, default["content"]["application/json"]["schema"])
        assert set(schema["properties"]) == {"code", "message", "target", "details"}
        assert resolve(description, schema["properties"]["details"]["items"]) is schema


def test_server_and_security(description: Json) -> None:
    (server,) = description["servers"]
    assert server["url"] == "https://{instance}.webpubsub.azure.com"
    assert server["variables"]["instance"]["default"] == "example"
    ((scheme, scopes),) = description["security"][0].items()
    assert scopes == []
    found = description["components"]["securitySchemes"][scheme]
    assert (found["type"], found["scheme"], found["bearerFormat"]) == ("http", "bearer", "JWT")
    overriding = [path for path, item in description["paths"].items() for op in item.values() if "security" in op]
    assert overriding == []


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("hub", {"type": "string", "pattern": r"^[A-Za-z][A-Za-z0-9_`,.[\]]{0,127}$"}),
        ("api-version", {"type": "string", "default": "2024-01-01"}),
        ("minutesToExpire", {"type": "integer", "default": 60}),
        ("role", {"type": "array", "items": {"type": "string"}}),
        ("group", {"type": "array", "items": {"type": "string"}}),
        ("excluded", {"type": "array", "items": {"type": "string"}}),
        ("messageTtlSeconds", {"type": "integer", "minimum": 0, "maximum": 300}),
        ("permission", {"type": "string", "enum": ["sendToGroup", "joinLeaveGroup"]}),
    ],
)
def test_schema_of_a_parameter(description: Json, name: str, facts: Json) -> None:
    for row in OPERATIONS[::-1]:
        declared = parameters(description, row.path, row.method)
        if name in declared and (name != "group" or declared[name]["in"] == "query"):
            schema = resolve(description, declared[name]["schema"])
            assert {key: schema[key] for key in facts} == facts
            return
    pytest.fail(f"no operation declares {name}")


def test_each_example_is_valid_for_its_schema(description: Json) -> None:
    found = list(examples(description))
    assert len(found) >= 15
    for schema, example in found:
        whole = {"components": description["components"], **schema}
        jsonschema.Draft202012Validator(whole).validate(example)


def test_the_token_of_the_example_opens_nothing(description: Json) -> None:
    answer = description["paths"][f"{HUB}/:generateToken"]["post"]["responses"]["200"]
    token = answer["content"]["application/json"]["examples"]["anonymous"]["value"]["token"]
    signature = token.split(".")[2]
    assert len(token.split(".")) == 3
    assert len(signature) != 43, "a signature by HS256 has 43 characters; this one must not be mistaken for it"
