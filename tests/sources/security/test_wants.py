from arazzo_runner.sources.security import HowTo, requirements
from arazzo_runner.sources.security.wants import explanation, target
from tests.sources.security.schemes import KEY, MUTUAL, OAUTH, SCHEMES, operation


def test_each_flow_says_what_it_needs() -> None:
    ((want,),) = requirements(operation("oauth"))
    assert want.flag == "--auth oauth=TOKEN"
    assert HowTo("authorization code", "--auth oauth.client_id=ID", ("ARAZZO_AUTH_SHOP_OAUTH_CLIENT_ID",)) in want.flows
    pair = ("ARAZZO_AUTH_SHOP_OAUTH_CLIENT_ID", "ARAZZO_AUTH_SHOP_OAUTH_CLIENT_SECRET")
    assert HowTo("client credentials", "", pair) in want.flows
    assert f"or, for the flow 'client credentials': set {pair[0]} and {pair[1]}" in want.ways


def test_every_type_says_how() -> None:
    told = explanation(operation(*SCHEMES))
    for part in ("--auth key=KEY", "--auth digest=USER:PASSWORD", "--client-cert FILE", "--auth oidc.client_id=ID"):
        assert part in told


def test_where_a_credential_goes() -> None:
    assert target(KEY) == ("header", "X-API-Key")
    assert target(OAUTH) == ("header", "Authorization")
    assert target(MUTUAL) == ("header", "")
