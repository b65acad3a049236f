import pytest

from arazzo_runner.api.senders import BROWSED, steps_named, urls_of
from arazzo_runner.values import JSON
from tests.sources.inline import api, operation

FLOW: JSON = {"clientCredentials": {"tokenUrl": "https://login.example/t", "scopes": {}}}
CODE: JSON = {"authorizationCode": {"authorizationUrl": "/a", "tokenUrl": "/t", "refreshUrl": "/r", "scopes": {}}}


@pytest.mark.parametrize(
    ("ids", "told"),
    [
        (["a"], "step 'a'"),
        (["a", "a"], "step 'a'"),
        (["a", "b"], "steps 'a', 'b'"),
        (list("abcdef"), "steps 'a', 'b', 'c', 'd' and 2 more"),
    ],
)
def test_steps_are_named_once_each(ids: list[str], told: str) -> None:
    assert steps_named(ids) == told


@pytest.mark.parametrize(
    ("scheme", "urls"),
    [
        ({"type": "oauth2", "flows": FLOW}, [("token URL", "https://login.example/t", "tokenUrl")]),
        (
            {"type": "oauth2", "flows": CODE},
            [("token URL", "/t", "tokenUrl"), ("refresh URL", "/r", "refreshUrl"), (BROWSED, "/a", "authorizationUrl")],
        ),
        (
            {"type": "openIdConnect", "openIdConnectUrl": "https://id.example/c"},
            [("discovery URL", "https://id.example/c", "openIdConnectUrl")],
        ),
        ({"type": "http", "scheme": "basic"}, []),
    ],
)
def test_each_url_of_a_scheme_has_its_name_and_place(scheme: JSON, urls: list[tuple[str, str, str]]) -> None:
    paths: JSON = {"/things": {"get": {"security": [{"k": []}]}}}
    document = api(paths, components={"securitySchemes": {"k": scheme}})
    found = list(urls_of(operation(document).schemes["k"]))
    assert [(what, url) for what, url, _ in found] == [(what, url) for what, url, _ in urls]
    assert [place and place.message for _, _, place in found] == [f"the {key}" for _, _, key in urls]
    assert all(place and place.span.column > 1 for _, _, place in found)
