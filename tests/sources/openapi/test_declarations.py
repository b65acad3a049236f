import pytest

from arazzo_runner.sources.openapi.declarations import describe, key_of
from arazzo_runner.sources.operations import OperationParameter
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, api, findings, operation


def only(written: JSON, version: str = "3.2.0") -> OperationParameter:
    (found,) = operation(api({"/things": {"get": {"parameters": [written]}}}, version)).parameters
    return found


@pytest.mark.parametrize(
    ("location", "style", "explode"),
    [
        ("path", "simple", False),
        ("query", "form", True),
        ("header", "simple", False),
        ("cookie", "form", True),
        ("querystring", "form", True),
    ],
)
def test_each_place_has_its_defaults(location: str, style: str, explode: bool) -> None:
    found = only({"name": "id", "in": location})
    assert (found.style, found.explode, found.required) == (style, explode, location == "path")
    assert (found.allow_reserved, found.allow_empty_value, found.schema, found.content) == (False, False, None, None)


@pytest.mark.parametrize(
    ("location", "style", "explode"),
    [
        ("path", "label", False),
        ("path", "matrix", False),
        ("query", "spaceDelimited", False),
        ("query", "pipeDelimited", False),
        ("query", "deepObject", True),
        ("cookie", "cookie", True),
    ],
)
def test_a_style_that_is_written_counts(location: str, style: str, explode: bool) -> None:
    found = only({"name": "id", "in": location, "style": style})
    assert (found.style, found.explode) == (style, explode)


def test_all_fields_are_read() -> None:
    found = only(
        {
            "name": "filter",
            "in": "query",
            "required": True,
            "explode": False,
            "allowReserved": True,
            "allowEmptyValue": True,
            "schema": {"type": "array"},
            "example": ["a"],
            "examples": {"x": {"value": ["b"]}},
        }
    )
    assert (found.required, found.explode, found.allow_reserved, found.allow_empty_value) == (True, False, True, True)
    assert found.schema is not None
    assert found.schema.node == {"type": "array"}
    assert found.schema.at == ("paths", "/things", "get", "parameters", 0, "schema")
    assert found.examples == (["a"], ["b"])


def test_a_parameter_with_content_has_its_media_type() -> None:
    found = only({"name": "filter", "in": "query", "content": {"application/json": {"schema": {"type": "object"}}}})
    assert found.content is not None
    assert found.content.name == "application/json"
    assert found.schema is None


def test_the_operation_overrides_its_path_item() -> None:
    document = api(
        {
            "/things": {
                "$ref": "#/components/pathItems/Base",
                "parameters": [
                    {"name": "id", "in": "query", "description": "item"},
                    {"name": "X-Trace", "in": "header"},
                ],
                "get": {
                    "parameters": [
                        {"$ref": "#/components/parameters/Id"},
                        {"name": "x-trace", "in": "header", "required": True},
                        {"name": "ID", "in": "query"},
                    ]
                },
            }
        },
        components={
            "parameters": {"Id": {"name": "id", "in": "query", "required": True}},
            "pathItems": {"Base": {"parameters": [{"name": "base", "in": "cookie"}, {"name": "id", "in": "query"}]}},
        },
    )
    found = operation(document).parameters
    assert [(each.name, each.location, each.required) for each in found] == [
        ("base", "cookie", False),
        ("id", "query", True),
        ("x-trace", "header", True),
        ("ID", "query", False),
    ]


def test_a_parameter_of_another_file_keeps_its_places() -> None:
    document = api(
        {"/things": {"get": {"parameters": [{"$ref": "shared.json#/Id"}]}}},
        others={
            FOLDER + "shared.json": {"Id": {"name": "id", "in": "query", "schema": {"$ref": "#/Text"}}, "Text": {}}
        },
    )
    (found,) = operation(document).parameters
    assert found.schema is not None
    assert found.schema.document.uri == FOLDER + "shared.json"
    target = document.follow(found.schema)
    assert target is not None
    assert target.at == ("Text",)


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"a": 1}, "openapi-type: an array of parameters was expected here, not object"),
        ([5], "openapi-type: a Parameter Object was expected here, not integer"),
        ([{"in": "query"}], "openapi-parameter: this parameter has no name"),
        (
            [{"name": "a"}],
            "openapi-parameter: parameter 'a' must be in one of: path, query, header, cookie, querystring",
        ),
        (
            [{"name": "a", "in": "query", "style": "matrix"}],
            "openapi-parameter: query parameter 'a' can't have the style 'matrix'",
        ),
        (
            [{"name": "a", "in": "query"}, {"name": "a", "in": "query"}],
            "openapi-parameter: query parameter 'a' is declared twice; the last one counts",
        ),
        (
            [{"name": "a", "in": "query", "content": {"text/plain": {}, "application/json": {}}}],
            "openapi-parameter: parameter 'a' has more than one media type; the first counts",
        ),
        (
            [{"$ref": "#/components/parameters/Gone"}],
            "openapi-reference: the reference '#/components/parameters/Gone' leads nowhere: "
            "there is no 'components' below '#/'",
        ),
    ],
)
def test_a_parameter_that_is_wrong_is_reported(parameters: JSON, found: str) -> None:
    assert findings(api({"/things": {"get": {"parameters": parameters}}})) == [found]


def test_header_names_do_not_differ_by_case() -> None:
    assert key_of("X-A", "header") == key_of("x-a", "header")
    assert key_of("A", "query") != key_of("a", "query")
    assert describe(OperationParameter("a", "query")) == "query parameter 'a'"
