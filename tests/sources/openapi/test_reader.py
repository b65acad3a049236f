from hypothesis import given
from hypothesis import strategies as st

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


FIELDS = (
    "/things get parameters name in schema content examples example value $ref requestBody required responses 200 headers "
    "servers url variables default enum security components securitySchemes type scheme paths consumes produces host "
    "basePath schemes collectionFormat style items additionalOperations encoding operationId"
).split()
TEXTS = [
    "query",
    "path",
    "header",
    "cookie",
    "body",
    "formData",
    "a",
    "#/components",
    "#/paths/~1things/get",
    "no.json",
]
LEAVES = (
    st.none() | st.booleans() | st.integers(0, 3) | st.sampled_from([*TEXTS, "apiKey", "http", "array", "file", "tsv"])
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5),
    max_leaves=30,
)
OBJECT = st.dictionaries(st.sampled_from(FIELDS), ANYTHING, max_size=6)


@given(OBJECT, OBJECT, OBJECT, st.sampled_from(["2.0", "3.0.4", "3.1.1", "3.2.0"]))
def test_whatever_stands_there_an_operation_is_read(get: JSON, item: JSON, components: JSON, version: str) -> None:
    both: JSON = {**item, "get": get} if isinstance(item, dict) else {}
    document = api({"/things": both}, version, components=components, securityDefinitions=components)
    for each in document.endpoints.all:
        found, diagnostics = read_operation(each, document.root, "source")
        assert found.path.startswith("/")
        assert all(one.code.startswith("openapi-") for one in diagnostics)
