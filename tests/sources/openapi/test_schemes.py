import pytest

from arazzo_runner.sources.operations import OAuthFlow, SecurityScheme
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, api, findings, operation

SCHEMES: JSON = {
    "x-api-key": {"type": "apiKey", "in": "header", "name": "X-Api-Key"},
    "bearer": {"type": "http", "scheme": "Bearer"},
    "oauth": {"type": "oauth2", "flows": {}},
    "shared": {"$ref": "#/components/securitySchemes/bearer"},
}


def test_schemes_are_read_by_their_keys() -> None:
    found = operation(api({"/things": {"get": {}}}, components={"securitySchemes": SCHEMES})).schemes
    assert found == {
        "x-api-key": SecurityScheme("x-api-key", "apiKey", location="header", parameter="X-Api-Key"),
        "bearer": SecurityScheme("bearer", "http", scheme="bearer"),
        "oauth": SecurityScheme("oauth", "oauth2"),
        "shared": SecurityScheme("shared", "http", scheme="bearer"),
    }


@pytest.mark.parametrize(
    ("root", "own", "expected"),
    [
        (None, None, ()),
        ([{"bearer": []}], None, ({"bearer": ()},)),
        ([{"bearer": []}], [], ({},)),
        (
            [{"bearer": []}],
            [{"oauth": ["read", "write"], "bearer": []}, {}],
            ({"oauth": ("read", "write"), "bearer": ()}, {}),
        ),
        ([], None, ({},)),
        (None, [{"bearer": None}], ({"bearer": ()},)),
    ],
)
def test_the_requirements_of_the_operation_go_before(root: JSON, own: JSON, expected: tuple[object, ...]) -> None:
    rest: dict[str, JSON] = {} if root is None else {"security": root}
    get: JSON = {} if own is None else {"security": own}
    document = api({"/things": {"get": get}}, components={"securitySchemes": SCHEMES}, root=rest)
    assert operation(document).security == expected


@pytest.mark.parametrize(
    ("scheme", "reason"),
    [
        ({"type": "magic"}, "must have one of the types"),
        ({}, "must have one of the types"),
        ({"type": "apiKey", "in": "body", "name": "x"}, "does not say where its key goes"),
        ({"type": "apiKey", "in": "header"}, "does not say where its key goes"),
        ({"type": "http"}, "does not name its HTTP scheme"),
        ({"type": "openIdConnect"}, "has no openIdConnectUrl"),
        ({"type": "oauth2", "flows": {"magic": {}}}, "has an unknown flow 'magic'"),
        ({"type": "oauth2", "flows": {"clientCredentials": {}}}, "has no tokenUrl"),
        ({"$ref": "#/gone"}, "leads nowhere"),
    ],
)
def test_a_scheme_that_cannot_be_used_is_reported(scheme: JSON, reason: str) -> None:
    found = findings(api({"/things": {"get": {}}}, components={"securitySchemes": {"it": scheme}}))
    assert len(found) == 1
    assert reason in found[0]


@pytest.mark.parametrize("version", ["3.1.0", "3.2.0"])
def test_a_scheme_that_is_required_and_not_declared_is_reported(version: str) -> None:
    found = findings(api({"/things": {"get": {"security": [{"gone": []}, {"gone": []}]}}}, version))
    assert found == ["openapi-security: the security scheme 'gone' is required and not declared"]


def test_requirements_of_the_wrong_type_are_reported() -> None:
    assert findings(api({"/things": {"get": {"security": {"bearer": []}}}})) == [
        "openapi-type: an array of Security Requirement Objects was expected here, not object"
    ]
    assert findings(api({"/things": {"get": {"security": ["bearer"]}}})) == [
        "openapi-type: a Security Requirement Object was expected here, not string"
    ]


def test_since_3_2_a_requirement_may_name_a_scheme_by_uri() -> None:
    document = api(
        {"/things": {"get": {"security": [{"auth.json#/bearer": []}]}}},
        "3.2.0",
        others={FOLDER + "auth.json": {"bearer": {"type": "http", "scheme": "bearer"}}},
    )
    assert operation(document).schemes["auth.json#/bearer"].scheme == "bearer"


def test_a_file_with_operations_may_bring_its_own_schemes() -> None:
    own: JSON = {"securitySchemes": {"bearer": {"type": "http", "scheme": "basic"}, "key": {"type": "mutualTLS"}}}
    document = api(
        {"/things": {"$ref": "items.json#/item"}},
        components={"securitySchemes": SCHEMES},
        others={FOLDER + "items.json": {"item": {"get": {"security": [{"key": []}]}}, "components": own}},
    )
    found = operation(document).schemes
    assert (found["key"].type, found["bearer"].scheme) == ("mutualTLS", "bearer")


TOKEN, AUTHORIZE, DEVICE = "https://id.example/token", "/authorize", "https://id.example/device"


@pytest.mark.parametrize(
    ("version", "scheme", "expected"),
    [
        (
            "3.1.0",
            {
                "type": "oauth2",
                "flows": {
                    "clientCredentials": {"tokenUrl": TOKEN, "refreshUrl": "/r", "scopes": {"a": "A"}},
                    "authorizationCode": {"tokenUrl": TOKEN, "authorizationUrl": AUTHORIZE, "scopes": {}},
                    "x-own": {},
                },
            },
            (
                OAuthFlow("clientCredentials", TOKEN, refresh_url="/r", scopes=("a",)),
                OAuthFlow("authorizationCode", TOKEN, AUTHORIZE),
            ),
        ),
        (
            "3.2.0",
            {
                "type": "oauth2",
                "flows": {"deviceAuthorization": {"tokenUrl": TOKEN, "deviceAuthorizationUrl": DEVICE, "scopes": {}}},
            },
            (OAuthFlow("deviceAuthorization", TOKEN, device_url=DEVICE),),
        ),
    ],
)
def test_flows_are_read(version: str, scheme: JSON, expected: tuple[OAuthFlow, ...]) -> None:
    description = api({"/things": {"get": {}}}, version, components={"securitySchemes": {"o": scheme}})
    assert operation(description).schemes["o"].flows == expected


@pytest.mark.parametrize(
    ("written", "kind"), [("application", "clientCredentials"), ("accessCode", "authorizationCode")]
)
def test_the_one_flow_of_swagger(written: str, kind: str) -> None:
    scheme: JSON = {"type": "oauth2", "flow": written, "tokenUrl": TOKEN, "authorizationUrl": AUTHORIZE, "scopes": {}}
    description = api({"/things": {"get": {}}}, "2.0", securityDefinitions={"o": scheme})
    assert operation(description).schemes["o"].flows == (OAuthFlow(kind, TOKEN, AUTHORIZE),)
