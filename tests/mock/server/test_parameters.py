"""What `sources.openapi.parameters` writes is read back as it was."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.server.limits import MAX_FIELDS
from arazzo_runner.mock.server.parameters import TooMany, pairs_of, read_parameters
from arazzo_runner.sources.openapi.parameters import serialise
from arazzo_runner.sources.openapi.scalars import Unserialisable
from arazzo_runner.sources.operations import Operation, OperationParameter, Schema
from arazzo_runner.values import JSON, Value
from tests.mock.server.orders import api, asked

DOCUMENT = api().document
OBJECT: JSON = {"type": "object", "properties": {"r": {"type": "integer"}, "g": {"type": "string"}}}
ARRAY: JSON = {"type": "array", "items": {"type": "string"}}
NUMBERS: JSON = {"type": "array", "items": {"type": "integer"}}


def parameter(location: str, style: str, explode: bool, schema: JSON, name: str = "p") -> OperationParameter:
    return OperationParameter(
        name, location, True, style, explode, schema=Schema(schema, DOCUMENT, ("components", "schemas", "x"))
    )


def operation(*parameters: OperationParameter) -> Operation:
    return Operation("api", "op", "GET", "/x", (), DOCUMENT, parameters)


def read(one: OperationParameter, text: str) -> Value:
    """Read a parameter of which the wire has this text."""
    match one.location:
        case "path":
            given = read_parameters(operation(one), {"p": text}, asked("GET /"))
        case "query" | "querystring":
            given = read_parameters(operation(one), {}, asked(f"GET /?{text}"))
        case "header":
            given = read_parameters(operation(one), {}, asked("GET /", p=text))
        case _:
            given = read_parameters(operation(one), {}, asked("GET /", cookie=text))
    ((_, value),) = given.values
    return value


STYLES = [
    ("path", "simple"), ("path", "label"), ("path", "matrix"), ("query", "form"), ("header", "simple"),
    ("cookie", "form"), ("query", "spaceDelimited"), ("query", "pipeDelimited"), ("query", "tabDelimited"),
    ("path", "pipes"), ("header", "pipes"),
]  # fmt: skip
VALUES: list[tuple[JSON, JSON]] = [
    ("plain", {"type": "string"}),
    (7, {"type": "integer"}),
    (1.5, {"type": "number"}),
    (True, {"type": "boolean"}),
    ("7", {"type": "string"}),
    (["a", "b"], ARRAY),
    ([1, 2, 3], NUMBERS),
    ({"r": 100, "g": "x"}, OBJECT),
]


@pytest.mark.parametrize("explode", [False, True])
@pytest.mark.parametrize(("location", "style"), STYLES)
@pytest.mark.parametrize(("value", "schema"), VALUES, ids=lambda each: str(each)[:20])
def test_a_value_comes_back(location: str, style: str, explode: bool, value: Value, schema: JSON) -> None:
    one = parameter(location, style, explode, schema)
    done = serialise(one, value, from_whole_expression=True)
    if isinstance(done, Unserialisable):
        return  # OpenAPI has no such form
    joiner = {"query": "&", "cookie": "; "}.get(location, ",")
    assert read(one, joiner.join(done.pieces)) == value


@given(st.text(alphabet="ab,;=/%. |+&é\t", min_size=1, max_size=12).filter(lambda text: text not in (".", "..")))
@pytest.mark.parametrize(("location", "style"), [("path", "matrix"), ("path", "simple"), ("query", "form")])
def test_any_text_comes_back_from_a_list(location: str, style: str, text: str) -> None:
    from arazzo_runner.mock.server.matching import decoded

    one = parameter(location, style, False, ARRAY)
    done = serialise(one, [text, "z"], from_whole_expression=True)
    assert not isinstance(done, Unserialisable)
    wire = decoded(done.pieces[0]) if location == "path" else done.pieces[0]
    assert read(one, wire) == [text, "z"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("p[a]=1&p[b][c]=x", {"a": "1", "b": {"c": "x"}}),
        ("p[r]=1&p[g]=2", {"r": 1, "g": "2"}),
        ("p[l][0]=a&p[l][1]=b", {"l": ["a", "b"]}),
    ],
)
def test_a_deep_object(text: str, value: Value) -> None:
    assert read(parameter("query", "deepObject", True, OBJECT), text) == value


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "integer"}, "p=abc", "abc"),
        ({"type": "integer"}, "p=1e999", 1e999),
        ({"type": "boolean"}, "p=1", "1"),
        ({"type": "integer"}, "p=NaN", "NaN"),
        ({"type": ["integer", "string"]}, "p=5", "5"),
        ({}, "p=5&p=6", ["5", "6"]),
        (ARRAY, "p=", [""]),
        ({"type": "string"}, "p=a&p=b", "b"),
        ({"type": "string"}, "p", ""),
    ],
)
def test_odd_queries(schema: JSON, text: str, value: Value) -> None:
    assert read(parameter("query", "form", True, schema), text) == value


def test_content_is_read_as_what_it_is() -> None:
    from arazzo_runner.sources.operations import MediaType

    one = OperationParameter("p", "query", content=MediaType("application/json"))
    assert read(one, "p=%7B%22a%22%3A1%7D") == {"a": 1}
    assert read(one, "p=%7B") == "{"


def test_the_whole_query() -> None:
    assert read(OperationParameter("q", "querystring"), "a=1&b=%20") == "a=1&b= "


def test_members_of_an_object_are_no_other_parameters() -> None:
    other = parameter("query", "form", True, {"type": "integer"}, "limit")
    open_object = parameter("query", "form", True, {"type": "object", "additionalProperties": {"type": "string"}})
    given = read_parameters(operation(open_object, other), {}, asked("GET /?limit=3&a=1"))
    assert [value for _, value in given.values] == [{"a": "1"}, 3]
    assert given.undeclared == ()


def test_undeclared_names_are_told() -> None:
    given = read_parameters(operation(parameter("query", "form", True, {})), {}, asked("GET /?p=1&x=2&y&x=3"))
    assert given.undeclared == ("x", "y")


def test_pairs_have_a_limit() -> None:
    assert pairs_of(["a=1", "", "b"]) == [("a", "1"), ("b", "")]
    with pytest.raises(TooMany):
        pairs_of(["a"] * (MAX_FIELDS + 1))
