from collections.abc import Mapping

import pytest

from arazzo_runner.cli.credentials import halves, misspelt, unread_variables
from arazzo_runner.profiles.profile import Profile
from arazzo_runner.profiles.settings import Settings
from arazzo_runner.sources.operations import OAuthFlow, SecurityScheme
from arazzo_runner.sources.security import Credentials, from_environment, from_flag, merged

BEARER = SecurityScheme("bearerAuth", "http", scheme="bearer")
BASIC = SecurityScheme("login", "http", scheme="basic")
KEY = SecurityScheme("key", "apiKey", location="header", parameter="X-Key")
SCHEMES = {("shop", "bearerAuth"): BEARER, ("shop", "login"): BASIC, ("second api", "key"): KEY}
DECLARED = ("shop", "second api", "shop2")

BEARER_TOKEN, KEY_VALUE = "ARAZZO_AUTH_SHOP_BEARERAUTH_TOKEN", "ARAZZO_AUTH_SECOND_API_KEY_API_KEY"
USER, PASSWORD = "ARAZZO_AUTH_SHOP_LOGIN_USERNAME", "ARAZZO_AUTH_SHOP_LOGIN_PASSWORD"


def told(environ: Mapping[str, str], schemes: Mapping[tuple[str, str], SecurityScheme] = SCHEMES) -> list[str]:
    return list(unread_variables(environ, schemes, DECLARED))


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("ARAZZO_AUTH_SHOP_BEARER_TOKEN", f"did you mean '{BEARER_TOKEN}'?"),
        ("ARAZZO_AUTH_SHOP_BEARERAUTH", f"did you mean '{BEARER_TOKEN}'?"),
        ("ARAZZO_AUTH_SHOP_LOGIN_USER", f"did you mean '{USER}'?"),
        ("ARAZZO_AUTH_SHPO_BEARERAUTH_TOKEN", f"did you mean '{BEARER_TOKEN}'?"),
        ("ARAZZO_AUTH_BEARERAUTH_TOKEN", f"did you mean '{BEARER_TOKEN}'?"),
        ("ARAZZO_AUTH_KEY_API_KEY", f"did you mean '{KEY_VALUE}'?"),
        ("ARAZZO_AUTH_SECONDAPI_KEY_API_KEY", f"did you mean '{KEY_VALUE}'?"),
        ("ARAZZO_AUTH_TOKEN", BEARER_TOKEN),
        ("ARAZZO_AUTH_PASSWORD", PASSWORD),
    ],
)
def test_a_variable_that_comes_close_to_one_is_told_without_its_value(name: str, hint: str) -> None:
    [remark] = told({name: "s3cret"})
    assert remark.startswith(f"{name} is set, but no credential is read from it (")
    assert hint in remark
    assert "s3cret" not in remark


@pytest.mark.parametrize(
    "name",
    [
        BEARER_TOKEN,
        USER,
        "ARAZZO_AUTH_PETSTORE_BEARERAUTH_TOKEN",
        "ARAZZO_AUTH_SHOP2_BEARERAUTH_TOKEN",
        "ARAZZO_AUTH_OTHER",
        "ARAZZO_AUTH_",
        "ARAZZO_INPUT_TOKEN",
        "TOKEN",
    ],
)
def test_a_variable_that_is_read_or_of_another_document_is_not_told(name: str) -> None:
    assert told({name: "x"}) == []


def test_an_empty_variable_and_a_document_without_schemes_are_no_doubt() -> None:
    assert told({"ARAZZO_AUTH_TOKEN": ""}) == []
    assert told({"ARAZZO_AUTH_TOKEN": "x", "ARAZZO_AUTH_SHOP_BEARER_TOKEN": "x"}, {}) == []


@pytest.mark.parametrize(
    ("environ", "remarks"),
    [
        ({}, []),
        ({USER: "ann", PASSWORD: "p"}, []),
        ({BEARER_TOKEN: "t"}, []),
        (
            {USER: "ann", PASSWORD: ""},
            [
                f"{USER} is set and {PASSWORD} is not: scheme 'login' needs both (--auth login=USER: gives an empty password)"
            ],
        ),
        (
            {PASSWORD: "s3cret"},
            [f"{PASSWORD} is set and {USER} is not: scheme 'login' needs both"],
        ),
    ],
)
def test_half_of_a_credential_is_told(environ: Mapping[str, str], remarks: list[str]) -> None:
    assert list(halves(SCHEMES, from_environment(environ, SCHEMES))) == remarks


def test_a_flag_makes_up_for_half_of_a_credential() -> None:
    given: Credentials = merged(from_flag("login=ann:p", SCHEMES), from_environment({USER: "ann"}, SCHEMES))
    assert list(halves(SCHEMES, given)) == []


def test_half_of_a_client_given_by_a_flag_is_told_with_how_to_give_the_rest() -> None:
    [remark] = halves(OAUTH, from_flag("oauth.client_id=lib", OAUTH))
    assert remark == (
        f"--auth oauth.client_id is set and {CLIENT_SECRET} is not: scheme 'oauth' needs both "
        "(or give it: --auth oauth.client_secret=...)"
    )
    both = {**OAUTH, ("other", "oauth"): OAUTH["shop", "oauth"]}
    assert len(list(halves(both, from_flag("oauth.client_id=lib", both)))) == 1


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("bearrAuth", "bearerAuth"),
        ("shop.bearerAut", "shop.bearerAuth"),
        ("logins", ""),
        ("bearerAuth", ""),
        ("shop.bearerAuth", ""),
        ("petstoreAuth", ""),
        ("other", ""),
    ],
)
def test_a_name_of_a_profile_that_comes_close_to_a_scheme_without_credential_is_told(name: str, meant: str) -> None:
    profile = Profile("arazzo.toml", settings=Settings(auth={name: "env:TOKEN"}))
    remark = f"auth.{name} of arazzo.toml is no security scheme of this document; did you mean '{meant}'?"
    assert list(misspelt(profile, SCHEMES, from_flag("login=ann:p", SCHEMES))) == ([remark] if meant else [])


CLIENT = OAuthFlow("clientCredentials", token_url="https://id.example/token")
OAUTH = {("shop", "oauth"): SecurityScheme("oauth", "oauth2", flows=(CLIENT,))}
CLIENT_ID, CLIENT_SECRET = "ARAZZO_AUTH_SHOP_OAUTH_CLIENT_ID", "ARAZZO_AUTH_SHOP_OAUTH_CLIENT_SECRET"


@pytest.mark.parametrize(
    ("environ", "remark"),
    [
        ({"ARAZZO_AUTH_SHOP_OAUTH_TOKEN": "t"}, ""),
        ({CLIENT_ID: "me", CLIENT_SECRET: "s"}, ""),
        (
            {CLIENT_SECRET: "s3cret"},
            f"{CLIENT_SECRET} is set and {CLIENT_ID} is not: scheme 'oauth' needs both "
            "(or give it: --auth oauth.client_id=...)",
        ),
    ],
)
def test_half_of_a_client_is_told(environ: Mapping[str, str], remark: str) -> None:
    assert "".join(halves(OAUTH, from_environment(environ, OAUTH))) == remark
