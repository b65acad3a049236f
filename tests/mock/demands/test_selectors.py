import json

import pytest

from arazzo_runner.mock.demands.selectors import Place, query_place
from tests.mock.demands.chains import GIVE, api, chained


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("$", Place(())),
        ("$.a.b", Place(("a", "b"))),
        ("$['a b'][\"c\"][2]", Place(("a b", "c", 2))),
        ("$.a[*].b", Place(("a", 0, "b"), many=True)),
        ("$.a[?@.k == 'v'].b", Place(("a", 0, "b"), True, ((("a", 0, "k"), "v"),))),
        ("$.a[?(@.k.l==3)].b", Place(("a", 0, "b"), True, ((("a", 0, "k", "l"), 3),))),
        ("$..a", None),
        ("$[?@.a > 3]", None),
        ("$.a[1:2]", None),
        ("/a", None),
        ("$" + ".a" * 5_000, None),
    ],
)
def test_the_place_of_a_query(text: str, place: Place | None) -> None:
    assert query_place(text) == place


@pytest.mark.parametrize(
    ("selector", "language"),
    [("/list/0/id", "jsonpointer"), ("$.list[0].id", "jsonpath"), ("$.list[?@.kind == 'x'].id", "jsonpath")],
)
def test_what_a_selector_takes_is_there(selector: str, language: str) -> None:
    value = {"context": "$response.body", "selector": selector, "type": language}
    last = {
        "stepId": "b",
        "operationId": "use",
        "parameters": [{"name": "id", "in": "query", "value": "$steps.a.outputs.x"}],
    }
    found = chained(api({"type": "object"}, {}), {**GIVE, "outputs": {"x": value}}, last, version="1.1.0")
    assert found.succeeded, found.result.reason
    assert found.body()["list"][0]["id"]


@pytest.mark.parametrize("selector", ["$.list[?@.n > 3].id", "$..id"])
def test_what_another_query_finds_is_there(selector: str) -> None:
    value = {"context": "$response.body", "selector": selector, "type": "jsonpath"}
    body = {"stepId": "b", "operationId": "use", "requestBody": {"payload": {"ids": "$steps.a.outputs.x"}}}
    found = chained(api({"type": "object"}, {}), {**GIVE, "outputs": {"x": value}}, body, version="1.1.0")
    assert found.succeeded, found.result.reason
    assert '"id":' in json.dumps(found.body())
