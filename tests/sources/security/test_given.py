import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.sources.security import Credential, Credentials, from_environment, from_flag, merged, united
from tests.sources.security.schemes import ALL, OAUTH


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("oauth=tok", {"TOKEN": "tok"}),
        ("oauth.client_id=me", {"CLIENT_ID": "me"}),
        ("shop.oauth.client-secret=a=b", {"CLIENT_SECRET": "a=b"}),
        ("oauth.REFRESH_TOKEN=r", {"REFRESH_TOKEN": "r"}),
        ("digest=ann:p:w", {"USERNAME": "ann", "PASSWORD": "p:w"}),
        ("oauth.password=", {"PASSWORD": ""}),
    ],
)
def test_flags(text: str, fields: dict[str, str]) -> None:
    (credential,) = from_flag(text, ALL).values()
    assert credential.fields == fields


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("oauth.client_idd=s3cret", "did you mean 'client_id'?"),
        ("oath.client_id=s3cret", "no security scheme is called 'oath.client_id'"),
        ("mtls.certificate=s3cret", "has no field"),
        ("oauth.client_id= ", "the value is empty"),
    ],
)
def test_wrong_flags(text: str, message: str) -> None:
    with pytest.raises(UsageError) as caught:
        from_flag(text, ALL)
    assert message in str(caught.value)
    assert "s3cret" not in str(caught.value)


def test_the_environment_has_all_fields() -> None:
    environ = {"ARAZZO_AUTH_SHOP_OAUTH_CLIENT_ID": "me", "ARAZZO_AUTH_SHOP_OAUTH_CLIENT_SECRET": "s"}
    assert from_environment(environ, ALL)["shop", "oauth"].fields == {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}


def test_flags_for_one_scheme_add_up() -> None:
    flags = [from_flag(text, ALL) for text in ("oauth.client_id=me", "oauth.client_secret=s", "oauth.client_id=you")]
    assert united(flags)[None, "oauth"].fields == {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        ({"CLIENT_ID": "me"}, {"CLIENT_SECRET": "s"}, {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}),
        ({"TOKEN": "t"}, {"CLIENT_SECRET": "s"}, {"TOKEN": "t"}),
        ({"CLIENT_ID": "me", "CLIENT_SECRET": "s"}, {"TOKEN": "old"}, {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}),
        ({"CLIENT_ID": "me"}, {"CLIENT_ID": "you"}, {"CLIENT_ID": "me"}),
    ],
)
def test_an_earlier_layer_is_filled_up_only_where_it_leaves_something_open(
    above: dict[str, str], below: dict[str, str], expected: dict[str, str]
) -> None:
    first: Credentials = {(None, "oauth"): Credential(above)}
    second: Credentials = {("shop", "oauth"): Credential(below)}
    found = merged(first, second, schemes=ALL)
    assert (found.get(("shop", "oauth")) or found[None, "oauth"]).fields == expected


def test_each_field_keeps_where_it_came_from() -> None:
    schemes = {("shop", "oauth"): OAUTH}
    secret = "ARAZZO_AUTH_SHOP_OAUTH_CLIENT_SECRET"
    given = merged(from_flag("oauth.client_id=me", schemes), from_environment({secret: "s"}, schemes), schemes=schemes)
    assert given["shop", "oauth"].fields == {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}
    assert given["shop", "oauth"].origins == {"CLIENT_ID": "--auth oauth.client_id", "CLIENT_SECRET": secret}
