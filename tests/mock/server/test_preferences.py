import pytest

from arazzo_runner.mock.server.preferences import Preference, Unmet, preference_of, preferred
from arazzo_runner.sources.operations import Operation
from tests.mock.server.orders import api, asked, operation

API = api()
RANGES = """
openapi: 3.0.3
info: {title: R, version: '1'}
components: {examples: {shared: {value: from elsewhere}}}
paths:
  /a:
    get:
      responses:
        '200': {description: ok}
        4XX:
          description: no
          content: {text/plain: {examples: {gone: {value: bye}, shared: {$ref: '#/components/examples/shared'}}}}
        default: {description: else, content: {application/json: {}}}
"""


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("code=404", Preference(404)),
        ("code = 404, example=one", Preference(404, "one")),
        ('example="one two"; code="200"', Preference(200, "one two")),
        ("respond-async, wait=10", Preference()),
        ("return=minimal; CODE=503", Preference(503)),
    ],
)
def test_what_is_preferred(text: str, wanted: Preference) -> None:
    assert preference_of(asked("GET /", Prefer=text)) == wanted


@pytest.mark.parametrize("code", ["99", "600", "abc", "100"])
def test_no_status(code: str) -> None:
    assert isinstance(preference_of(asked("GET /", Prefer=f"code={code}")), Unmet)


def keys(of: Operation | Unmet) -> list[str]:
    assert isinstance(of, Operation)
    return [*of.responses]


@pytest.mark.parametrize(
    ("wanted", "status"), [(Preference(404), "404"), (Preference(200), "200"), (Preference(200, "one"), "200")]
)
def test_one_response_is_left(wanted: Preference, status: str) -> None:
    which = ("GET", "/orders") if wanted.example else ("GET", "/orders/{id}")
    assert keys(preferred(operation(API, *which), wanted)) == [status]


def test_classes_and_the_default_describe_a_status_too() -> None:
    one = operation(api(RANGES), "GET", "/a")
    assert keys(preferred(one, Preference(418))) == ["418"]
    assert keys(preferred(one, Preference(503))) == ["503"]
    assert keys(preferred(one, Preference(None, "gone"))) == ["400"]


def test_an_example_counts_without_its_schema() -> None:
    found = preferred(operation(API, "GET", "/orders"), Preference(None, "none"))
    assert isinstance(found, Operation)
    media = found.responses["200"].content["application/json"]
    assert (media.examples, media.schema) == (([],), None)


def test_an_example_by_reference() -> None:
    found = preferred(operation(api(RANGES), "GET", "/a"), Preference(404, "shared"))
    assert isinstance(found, Operation)
    assert found.responses["404"].content["text/plain"].examples == ("from elsewhere",)


@pytest.mark.parametrize(
    ("wanted", "reason"),
    [
        (Preference(500), "GET /orders declares no response 500, only: 200"),
        (Preference(None, "two"), "no example named 'two'; there are: none, one"),
    ],
)
def test_what_is_not_there_is_told(wanted: Preference, reason: str) -> None:
    found = preferred(operation(API, "GET", "/orders"), wanted)
    assert isinstance(found, Unmet)
    assert reason in found.reason


def test_nothing_is_preferred() -> None:
    one = operation(API, "GET", "/orders")
    assert preferred(one, Preference()) is one


def test_what_was_applied_is_told() -> None:
    assert Preference(404, "a").text == 'code=404, example="a"'
