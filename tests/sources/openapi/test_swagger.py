from typing import cast

import pytest

from arazzo_runner.sources.openapi.media import accept
from arazzo_runner.sources.operations import Operation, OperationParameter
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, api, findings, operation


def read(get: JSON, **root: JSON) -> Operation:
    return operation(api({"/things": {"get": get}}, "2.0", root=root))


def only(written: dict[str, JSON]) -> OperationParameter:
    (found,) = read(
        {"parameters": [{"name": "ids", "type": "array", "items": {"type": "string"}, **written}]}
    ).parameters
    return found


@pytest.mark.parametrize(
    ("written", "style", "explode"),
    [
        ({"in": "query"}, "form", False),
        ({"in": "query", "collectionFormat": "csv"}, "form", False),
        ({"in": "query", "collectionFormat": "multi"}, "form", True),
        ({"in": "query", "collectionFormat": "ssv"}, "spaceDelimited", False),
        ({"in": "query", "collectionFormat": "pipes"}, "pipeDelimited", False),
        ({"in": "query", "collectionFormat": "tsv"}, "tabDelimited", False),
        ({"in": "path"}, "simple", False),
        ({"in": "path", "collectionFormat": "ssv"}, "ssv", False),
        ({"in": "path", "collectionFormat": "tsv"}, "tsv", False),
        ({"in": "header", "collectionFormat": "csv"}, "simple", False),
        ({"in": "header", "collectionFormat": "pipes"}, "pipes", False),
    ],
)
def test_a_collection_format_is_style_and_explode(written: dict[str, JSON], style: str, explode: bool) -> None:
    found = only(written)
    assert (found.style, found.explode, found.required) == (style, explode, written["in"] == "path")
    assert found.schema is not None
    assert found.schema.node == {"type": "array", "items": {"type": "string"}}


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ({"in": "query", "collectionFormat": "xsv"}, "query parameter 'ids' can't have the collectionFormat 'xsv'"),
        ({"in": "header", "collectionFormat": "multi"}, "header parameter 'ids' can't have the collectionFormat"),
        ({"in": "path", "collectionFormat": "multi"}, "path parameter 'ids' can't have the collectionFormat 'multi'"),
        ({"in": "cookie"}, "a parameter has a name, and is in one of"),
    ],
)
def test_a_parameter_that_cannot_be_sent_is_reported(written: dict[str, JSON], reason: str) -> None:
    parameter: JSON = {"name": "ids", "type": "array", **written}
    (found,) = findings(api({"/things": {"get": {"parameters": [parameter]}}}, "2.0"))
    assert reason in found


def test_a_body_is_sent_as_what_the_operation_consumes() -> None:
    parameters: JSON = [{"name": "payload", "in": "body", "required": True, "schema": {"$ref": "#/definitions/Thing"}}]
    root: dict[str, JSON] = {"consumes": ["application/xml"], "definitions": {"Thing": {"type": "object"}}}
    for consumes, expected in [(None, ["application/xml"]), (["text/a", "text/b"], ["text/a", "text/b"])]:
        get: dict[str, JSON] = {"parameters": parameters}
        found = read(get if consumes is None else {**get, "consumes": list(consumes)}, **root)
        assert found.parameters == ()
        assert found.body is not None
        assert found.body.required
        assert list(found.body.content) == expected
        schema = found.body.content[expected[0]].schema
        assert schema is not None
        target = schema.document.follow(schema)
        assert target is not None
        assert target.at == ("definitions", "Thing")


def test_a_body_without_consumes_is_json() -> None:
    found = read({"parameters": [{"name": "payload", "in": "body", "schema": {}}]}).body
    assert found is not None
    assert list(found.content) == ["application/json"]


FORM: JSON = [
    {"name": "name", "in": "formData", "type": "string", "required": True, "description": "a name"},
    {"name": "tags", "in": "formData", "type": "array", "items": {"type": "string"}, "collectionFormat": "multi"},
    {"name": "ids", "in": "formData", "type": "array", "items": {"type": "integer"}},
    {"name": "tabs", "in": "formData", "type": "array", "items": {}, "collectionFormat": "tsv"},
]
UPLOAD: JSON = [{"name": "photo", "in": "formData", "type": "file"}]


@pytest.mark.parametrize(
    ("parameters", "consumes", "expected"),
    [
        (FORM, None, ["application/x-www-form-urlencoded"]),
        (UPLOAD, None, ["multipart/form-data"]),
        (FORM, ["multipart/form-data"], ["multipart/form-data"]),
        (UPLOAD, ["application/json"], ["multipart/form-data"]),
        (FORM, ["Multipart/Form-Data; charset=utf-8"], ["Multipart/Form-Data; charset=utf-8"]),
        (
            FORM,
            ["application/x-www-form-urlencoded", "multipart/form-data"],
            ["application/x-www-form-urlencoded", "multipart/form-data"],
        ),
    ],
)
def test_form_fields_are_one_body(parameters: JSON, consumes: JSON, expected: list[str]) -> None:
    get: JSON = {"parameters": parameters, **({"consumes": consumes} if consumes else {})}
    found = read(get).body
    assert found is not None
    assert list(found.content) == expected


def test_form_fields_are_properties_with_their_encoding() -> None:
    body = read({"parameters": FORM}).body
    assert body is not None
    assert body.required
    (media,) = body.content.values()
    assert media.schema is not None
    assert media.schema.node == {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "ids": {"type": "array", "items": {"type": "integer"}},
            "tabs": {"type": "array", "items": {}},
        },
        "required": ["name"],
    }
    assert media.encoding == {
        "tags": {"style": "form", "explode": True},
        "ids": {"style": "form", "explode": False},
        "tabs": {"style": "tabDelimited", "explode": False},
    }


def test_a_file_is_binary() -> None:
    body = read({"parameters": UPLOAD}).body
    assert body is not None
    schema = body.content["multipart/form-data"].schema
    assert schema is not None
    assert schema.node == {
        "type": "object",
        "properties": {"photo": {"type": "string", "format": "binary"}},
        "required": [],
    }


def test_the_operation_overrides_its_path_item_and_its_body() -> None:
    item: JSON = {
        "parameters": [
            {"name": "id", "in": "query", "type": "string"},
            {"name": "old", "in": "body", "schema": {"type": "string"}},
        ],
        "get": {
            "parameters": [
                {"name": "id", "in": "query", "type": "integer", "required": True},
                {"name": "new", "in": "body", "schema": {"type": "object"}},
            ]
        },
    }
    found = operation(api({"/things": item}, "2.0"))
    assert [(each.name, each.required) for each in found.parameters] == [("id", True)]
    assert found.body is not None
    schema = found.body.content["application/json"].schema
    assert schema is not None
    assert schema.node == {"type": "object"}


def test_responses_have_one_schema_for_all_that_is_produced() -> None:
    responses: JSON = {
        "200": {
            "schema": {"type": "object"},
            "examples": {"application/json": {"a": 1}, "text/csv": "a"},
            "headers": {"X-Rate": {"type": "integer", "description": "left"}},
        },
        "204": {"description": "nothing"},
        "default": {"schema": {"type": "string"}},
        "x-note": {},
    }
    found = read({"responses": responses, "produces": ["application/json", "application/xml"]}).responses
    assert list(found) == ["200", "204", "default"]
    assert list(found["200"].content) == ["application/json", "application/xml", "text/csv"]
    assert found["200"].content["application/json"].examples == ({"a": 1},)
    assert found["200"].content["application/xml"].examples == ()
    header = found["200"].headers["X-Rate"].schema
    assert header is not None
    assert header.node == {"type": "integer"}
    assert found["204"].content == {}


@pytest.mark.parametrize(
    ("responses", "own", "accepted"),
    [
        ({"200": {"description": "ok"}}, {}, "application/xml"),
        ({"200": {"description": "ok"}}, {"produces": ["text/csv", "text/plain"]}, "text/csv, text/plain"),
        ({"200": {"description": "ok"}}, {"produces": []}, ""),
        ({"200": {"schema": {"type": "string"}}, "204": {"description": "none"}}, {}, "application/xml"),
    ],
)
def test_what_is_produced_can_be_asked_for_though_nothing_is_said_of_a_body(
    responses: dict[str, JSON], own: dict[str, JSON], accepted: str
) -> None:
    found = read({"responses": responses, **own}, produces=["application/xml"]).responses
    assert accept(name for each in found.values() for name in each.content or each.produces) == accepted
    assert [status for status, each in found.items() if each.content] == [
        status for status, written in responses.items() if "schema" in cast(dict[str, JSON], written)
    ]


def test_what_produces_nothing_named_may_be_anything() -> None:
    found = read({"responses": {"200": {"schema": {"type": "object"}}}}).responses
    assert list(found["200"].content) == ["*/*"]


@pytest.mark.parametrize(
    ("root", "uri", "expected"),
    [
        (
            {"host": "a.example", "basePath": "/v1", "schemes": ["http", "https"]},
            FOLDER,
            ["https://a.example/v1", "http://a.example/v1"],
        ),
        ({"host": "a.example:8080", "basePath": "v1/", "schemes": ["http"]}, FOLDER, ["http://a.example:8080/v1"]),
        ({"host": "a.example"}, FOLDER, ["https://a.example/"]),
        ({"host": "a.example"}, "http://b.example/", ["http://a.example/"]),
        ({"basePath": "/v1"}, "https://b.example:1/", ["https://b.example:1/v1"]),
        ({"basePath": "/v1"}, FOLDER, []),
        ({"host": "a.example", "schemes": ["wss"]}, FOLDER, ["https://a.example/"]),
    ],
)
def test_host_base_path_and_schemes_are_servers(root: dict[str, JSON], uri: str, expected: list[str]) -> None:
    document = api({"/things": {"get": {}}}, "2.0", uri=uri + "api.json", root=root)
    assert [server.url for server in operation(document).servers] == expected


def test_the_schemes_of_the_operation_go_before() -> None:
    found = read({"schemes": ["http"]}, host="a.example", schemes=["https"]).servers
    assert [server.url for server in found] == ["http://a.example/"]


def test_security_definitions_are_schemes() -> None:
    found = read(
        {"security": [{"basic": []}]},
        securityDefinitions={"basic": {"type": "basic"}, "key": {"type": "apiKey", "in": "query", "name": "k"}},
    )
    assert (found.schemes["basic"].type, found.schemes["basic"].scheme) == ("http", "basic")
    assert (found.schemes["key"].location, found.schemes["key"].parameter) == ("query", "k")
    assert found.security == ({"basic": ()},)
