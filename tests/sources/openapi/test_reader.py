from arazzo_runner.sources.openapi.reader import read_operation
from arazzo_runner.values import JSON
from tests.sources.inline import api, endpoint

ITEM: JSON = {
    "servers": [{"url": "https://example.com"}],
    "get": {
        "operationId": "readThing",
        "parameters": [{"name": "id", "in": "query"}],
        "requestBody": {"content": {"text/plain": {}}},
        "responses": {"200": {"description": "fine"}},
        "security": [{"gone": []}],
    },
}


def test_an_operation_is_put_together_from_all_its_parts() -> None:
    document = api({"/things": ITEM})
    found, diagnostics = read_operation(endpoint(document), document.root, "source")
    assert (found.source, found.operation_id, found.method, found.path) == ("source", "readThing", "GET", "/things")
    assert found.at == ("paths", "/things", "get")
    assert found.document is document
    assert [each.name for each in found.parameters] == ["id"]
    assert found.body is not None
    assert list(found.responses) == ["200"]
    assert [each.url for each in found.servers] == ["https://example.com"]
    assert found.security == ({"gone": ()},)
    assert [each.code for each in diagnostics] == ["openapi-security"]
    assert diagnostics[0].span == document.span(("paths", "/things", "get", "security"))


def test_an_operation_of_swagger_is_read_by_its_own_rules() -> None:
    item: JSON = {"get": {"parameters": [{"name": "x", "in": "formData", "type": "string"}]}}
    document = api({"/things": item}, "2.0", host="example.com")
    found, diagnostics = read_operation(endpoint(document), document.root, "source")
    assert found.body is not None
    assert [each.url for each in found.servers] == ["https://example.com/"]
    assert diagnostics == ()
