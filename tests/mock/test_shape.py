from arazzo_runner.mock.shape import shape
from arazzo_runner.sources.operations import Schema
from arazzo_runner.values import JSON
from tests.sources.inline import api

DOCUMENT = api(components={"schemas": {"Node": {"properties": {"next": {"$ref": "#/components/schemas/Node"}}}}})


def test_a_shape_follows_references_and_what_is_joined() -> None:
    node: JSON = {"allOf": [{"$ref": "#/components/schemas/Node"}, {"properties": {"x": {"xml": {"name": "y"}}}}]}
    found = shape(Schema(node, DOCUMENT, ("x",)), "root")
    assert (found.name, set(found.names())) == ("root", {"next", "x"})
    assert found.member("x").name == "y"
    assert found.member("next").member("next").names() == ("next",)
    assert shape(Schema({"$ref": "#/components/schemas/Node"}, DOCUMENT, ("x",)), "root").name == "Node"
    assert shape(None, "root").names() == ()
