import base64
from collections.abc import Mapping

import pytest

from arazzo_runner.errors import UsageError
from arazzo_runner.sources import security
from arazzo_runner.sources.operations import Operation, SecurityScheme
from arazzo_runner.sources.security import Applied, Credential, Credentials, Present, Want, apply
from tests.sources.openapi.described import Described

BEARER = SecurityScheme("bearerAuth", "http", scheme="bearer")
BASIC = SecurityScheme("basicAuth", "http", scheme="basic")
KEY = SecurityScheme("key", "apiKey", location="header", parameter="X-API-Key")
QUERY_KEY = SecurityScheme("queryKey", "apiKey", location="query", parameter="api key")
COOKIE_KEY = SecurityScheme("cookieKey", "apiKey", location="cookie", parameter="sid")
OAUTH = SecurityScheme("oauth", "oauth2")
OPENID = SecurityScheme("oidc", "openIdConnect")
DIGEST = SecurityScheme("digest", "http", scheme="digest")
HOBA = SecurityScheme("hoba", "http", scheme="hoba")
MUTUAL = SecurityScheme("mtls", "mutualTLS")
FRAMING = SecurityScheme("odd", "apiKey", location="header", parameter="Content-Length")
ALL = (BEARER, BASIC, KEY, QUERY_KEY, COOKIE_KEY, OAUTH, OPENID, DIGEST, MUTUAL, FRAMING, HOBA)

TOKEN: Credentials = {(None, "bearerAuth"): Credential({"TOKEN": "t0k"})}
PASSWORD: Credentials = {(None, "basicAuth"): Credential({"USERNAME": "ann", "PASSWORD": "p:w"})}
APIKEY: Credentials = {("shop", "key"): Credential({"API_KEY": "k3y"})}


def operation(*alternatives: str, source: str = "shop") -> Operation:
    """Make an operation; each alternative names its schemes, with `+` between them."""
    security_ = tuple({key: () for key in alternative.split("+") if key} for alternative in alternatives)
    schemes = {scheme.key: scheme for scheme in ALL}
    return Operation(source, None, "GET", "/pets", (), Described(), security=security_, schemes=schemes)


SCHEMES = security.schemes_of([operation(), operation(source="second api")])
ONE = security.schemes_of([operation()])


@pytest.mark.parametrize(
    ("key", "fields", "expected"),
    [
        ("bearerAuth", {"TOKEN": "abc"}, Applied(headers=(("Authorization", "Bearer abc"),))),
        ("bearerAuth", {"TOKEN": "Bearer abc"}, Applied(headers=(("Authorization", "Bearer abc"),))),
        ("oauth", {"TOKEN": "abc"}, Applied(headers=(("Authorization", "Bearer abc"),))),
        ("oidc", {"TOKEN": "abc"}, Applied(headers=(("Authorization", "Bearer abc"),))),
        # RFC 7617, section 2 and 2.1
        (
            "basicAuth",
            {"USERNAME": "Aladdin", "PASSWORD": "open sesame"},
            Applied(headers=(("Authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="),)),
        ),
        (
            "basicAuth",
            {"USERNAME": "test", "PASSWORD": "123£"},
            Applied(headers=(("Authorization", "Basic dGVzdDoxMjPCow=="),)),
        ),
        ("basicAuth", {"USERNAME": "key", "PASSWORD": ""}, Applied(headers=(("Authorization", "Basic a2V5Og=="),))),
        ("key", {"API_KEY": "k/1="}, Applied(headers=(("X-API-Key", "k/1="),))),
        ("queryKey", {"API_KEY": "k/1=&"}, Applied(query=("api%20key=k%2F1%3D%26",))),
        ("cookieKey", {"API_KEY": "k/1="}, Applied(cookies=("sid=k/1=",))),
        ("cookieKey", {"API_KEY": "a;b"}, Applied(cookies=("sid=a%3Bb",))),
    ],
)
def test_each_kind_of_scheme(key: str, fields: Mapping[str, str], expected: Applied) -> None:
    assert apply(operation(key), {("shop", key): Credential(fields)}) == expected
    assert apply(operation(key), {(None, key): Credential(fields)}) == expected


class TestAlternatives:
    def test_the_first_that_is_satisfied_is_taken(self) -> None:
        both = {**APIKEY, **TOKEN}
        assert apply(operation("bearerAuth", "key"), both).headers == (("Authorization", "Bearer t0k"),)
        assert apply(operation("key", "bearerAuth"), both).headers == (("X-API-Key", "k3y"),)
        assert apply(operation("basicAuth", "key"), both).headers == (("X-API-Key", "k3y"),)

    def test_all_schemes_of_one_are_applied(self) -> None:
        done = apply(operation("bearerAuth+key"), {**APIKEY, **TOKEN})
        assert done.headers == (("Authorization", "Bearer t0k"), ("X-API-Key", "k3y"))
        assert done.missing == ""

    def test_one_that_is_satisfied_in_part_adds_nothing(self) -> None:
        done = apply(operation("bearerAuth+key"), TOKEN)
        assert (done.headers, done.query, done.cookies) == ((), (), ())
        assert "key" in done.missing

    @pytest.mark.parametrize("alternatives", [("", "bearerAuth"), ("bearerAuth", "")])
    def test_what_is_optional_is_used_where_it_was_given(self, alternatives: tuple[str, ...]) -> None:
        assert apply(operation(*alternatives), TOKEN).headers == (("Authorization", "Bearer t0k"),)
        assert apply(operation(*alternatives), {}) == Applied()

    def test_nothing_said_means_nothing_added(self) -> None:
        assert apply(operation(), TOKEN) == Applied()

    def test_a_credential_of_another_source_is_not_used(self) -> None:
        assert apply(operation("key", source="other"), APIKEY).headers == ()
        assert apply(operation("key"), APIKEY).headers == (("X-API-Key", "k3y"),)

    def test_the_credential_of_the_source_goes_before_the_general_one(self) -> None:
        general: Credentials = {(None, "key"): Credential({"API_KEY": "general"})}
        assert apply(operation("key"), {**general, **APIKEY}).headers == (("X-API-Key", "k3y"),)

    def test_two_schemes_of_one_header_do_not_double_it(self) -> None:
        assert apply(operation("bearerAuth+basicAuth"), {**TOKEN, **PASSWORD}).headers == (
            ("Authorization", "Bearer t0k"),
        )


class TestWhatTheDocumentSets:
    @pytest.mark.parametrize("key", ["bearerAuth", "basicAuth", "oauth", "digest"])
    def test_its_authorization_is_not_overruled(self, key: str) -> None:
        present = Present(headers=frozenset({"authorization"}))
        assert apply(operation(key), {**TOKEN, **PASSWORD}, present) == Applied()

    @pytest.mark.parametrize(
        ("key", "present"),
        [
            ("key", Present(headers=frozenset({"x-api-KEY"}))),
            ("queryKey", Present(query=frozenset({"api key"}))),
            ("cookieKey", Present(cookies=frozenset({"sid"}))),
        ],
    )
    def test_its_own_key_is_not_overruled(self, key: str, present: Present) -> None:
        given: Credentials = {(None, key): Credential({"API_KEY": "other"})}
        assert apply(operation(key), given, present) == Applied()
        assert apply(operation(key), {}, present) == Applied()

    def test_the_rest_of_the_alternative_is_still_added(self) -> None:
        present = Present(headers=frozenset({"Authorization"}))
        assert apply(operation("bearerAuth+key"), APIKEY, present) == Applied(headers=(("X-API-Key", "k3y"),))

    def test_a_header_in_another_place_is_another_thing(self) -> None:
        present = Present(headers=frozenset({"sid", "api key"}))
        assert apply(operation("cookieKey"), {(None, "cookieKey"): Credential({"API_KEY": "k"})}, present).cookies


class TestWhatIsMissing:
    def test_it_says_how_to_give_each(self) -> None:
        missing = apply(operation("bearerAuth", "basicAuth+key"), {}).missing
        assert missing.splitlines() == [
            "GET /pets of source 'shop' wants credentials that were not given, one of:",
            "  - bearerAuth (http bearer): --auth bearerAuth=TOKEN, or set ARAZZO_AUTH_SHOP_BEARERAUTH_TOKEN",
            "  - basicAuth (http basic): --auth basicAuth=USER:PASSWORD, or set "
            "ARAZZO_AUTH_SHOP_BASICAUTH_USERNAME and ARAZZO_AUTH_SHOP_BASICAUTH_PASSWORD",
            "    and key (API key in the header 'X-API-Key'): --auth key=KEY, or set ARAZZO_AUTH_SHOP_KEY_API_KEY",
        ]

    @pytest.mark.parametrize(
        ("key", "reason"),
        [
            ("hoba", "http hoba are not supported"),
            ("nowhere", "declares no security scheme 'nowhere'"),
            ("odd", "not supported"),
        ],
    )
    def test_what_can_not_be_given_says_why(self, key: str, reason: str) -> None:
        assert reason in apply(operation(key), {**TOKEN, **PASSWORD}).missing

    def test_half_of_a_credential_is_missing(self) -> None:
        half: Credentials = {(None, "basicAuth"): Credential({"USERNAME": "ann"})}
        assert "BASICAUTH_PASSWORD" in apply(operation("basicAuth"), half).missing

    def test_requirements(self) -> None:
        assert security.requirements(operation("key", "")) == (
            (
                Want(
                    "shop",
                    "key",
                    "API key in the header 'X-API-Key'",
                    ("ARAZZO_AUTH_SHOP_KEY_API_KEY",),
                    "--auth key=KEY",
                ),
            ),
            (),
        )
        assert security.requirements(operation()) == ()


class TestEnvironment:
    @pytest.mark.parametrize(
        ("source", "scheme", "name"),
        [
            ("shop", "bearerAuth", "ARAZZO_AUTH_SHOP_BEARERAUTH_TOKEN"),
            ("second api", "api-key.v2", "ARAZZO_AUTH_SECOND_API_API_KEY_V2_TOKEN"),
            ("größe", "ß", "ARAZZO_AUTH_GR_SSE_SS_TOKEN"),
        ],
    )
    def test_names_of_variables(self, source: str, scheme: str, name: str) -> None:
        assert security.variable_name(source, scheme, "TOKEN") == name

    def test_they_are_read_by_source_and_scheme(self) -> None:
        environ = {
            "ARAZZO_AUTH_SHOP_BEARERAUTH_TOKEN": "one",
            "ARAZZO_AUTH_SECOND_API_BASICAUTH_USERNAME": "ann",
            "ARAZZO_AUTH_SECOND_API_BASICAUTH_PASSWORD": "p:w",
            "ARAZZO_AUTH_SHOP_KEY_TOKEN": "not a field of an API key",
            "ARAZZO_AUTH_OTHER_BEARERAUTH_TOKEN": "x",
            "PATH": "/bin",
        }
        assert security.from_environment(environ, SCHEMES) == {
            ("shop", "bearerAuth"): Credential({"TOKEN": "one"}),
            ("second api", "basicAuth"): Credential({"USERNAME": "ann", "PASSWORD": "p:w"}),
        }

    @pytest.mark.parametrize("value", ["", " ", "\t"])
    def test_an_empty_one_counts_as_not_set(self, value: str) -> None:
        environ = {"ARAZZO_AUTH_SHOP_KEY_API_KEY": value, "ARAZZO_AUTH_SHOP_BASICAUTH_PASSWORD": value}
        assert security.from_environment(environ, SCHEMES) == {}
        half = environ | {"ARAZZO_AUTH_SHOP_BASICAUTH_USERNAME": "ann"}
        assert security.from_environment(half, SCHEMES) == {("shop", "basicAuth"): Credential({"USERNAME": "ann"})}

    def test_the_variables_of_the_schemes(self) -> None:
        named = security.variables_of(ONE)
        assert named["shop", "bearerAuth"] == {"TOKEN": "ARAZZO_AUTH_SHOP_BEARERAUTH_TOKEN"}
        assert list(named["shop", "basicAuth"]) == ["USERNAME", "PASSWORD"]
        assert named["shop", "mtls"] == {}

    def test_a_value_that_can_not_be_sent_is_refused_without_showing_it(self) -> None:
        with pytest.raises(UsageError, match="line break") as caught:
            security.from_environment({"ARAZZO_AUTH_SHOP_KEY_API_KEY": "s3cret\r\nX: y"}, ONE)
        assert "s3cret" not in str(caught.value)


class TestFlag:
    @pytest.mark.parametrize(
        ("text", "key", "fields"),
        [
            ("bearerAuth=a=b", (None, "bearerAuth"), {"TOKEN": "a=b"}),
            ("shop.bearerAuth=t", ("shop", "bearerAuth"), {"TOKEN": "t"}),
            ("second api.key=t", ("second api", "key"), {"API_KEY": "t"}),
            ("basicAuth=ann:p:w", (None, "basicAuth"), {"USERNAME": "ann", "PASSWORD": "p:w"}),
            ("basicAuth=key:", (None, "basicAuth"), {"USERNAME": "key", "PASSWORD": ""}),
            ("oauth=t", (None, "oauth"), {"TOKEN": "t"}),
            ("key= padded ", (None, "key"), {"API_KEY": "padded"}),
        ],
    )
    def test_schemes_and_values(self, text: str, key: tuple[str | None, str], fields: dict[str, str]) -> None:
        assert security.from_flag(text, SCHEMES) == {key: Credential(fields)}

    def test_a_key_with_a_dot_is_found_whole(self) -> None:
        dotted = {("shop", "v1.key"): KEY}
        assert security.from_flag("v1.key=x", dotted) == {(None, "v1.key"): Credential({"API_KEY": "x"})}
        assert security.from_flag("shop.v1.key=x", dotted) == {("shop", "v1.key"): Credential({"API_KEY": "x"})}

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("bearerAut=s3cret", "did you mean 'bearerAuth'"),
            ("shpo.bearerAuth=s3cret", "did you mean 'shop.bearerAuth'"),
            ("bearerAuth", "--auth scheme=VALUE"),
            ("basicAuth=s3cret", "user:password"),
            ("digest=s3cret", "user:password"),
            ("mtls=s3cret", "--client-cert FILE"),
            ("bearerAuth=s3cret\n", "line break"),
            ("bearerAuth=", "--auth bearerAuth: the value is empty"),
            ("bearerAuth= \t", "--auth bearerAuth: the value is empty"),
            ("shop.bearerAuth=Bearer ", "--auth shop.bearerAuth: the value is empty"),
            ("basicAuth=", "--auth basicAuth: the value is empty"),
            ("basicAuth=:", "--auth basicAuth: the value is empty"),
            ("key=", "--auth key: the value is empty"),
            ("hoba=s3cret", "http hoba are not supported"),
            ("oauth.client_idd=s3cret", "has no field 'client_idd'"),
        ],
        ids=ascii,
    )
    def test_what_is_wrong_is_told_without_the_value(self, text: str, message: str) -> None:
        with pytest.raises(UsageError) as caught:
            security.from_flag(text, SCHEMES)
        assert message in str(caught.value)
        assert "s3cret" not in str(caught.value)

    def test_a_scheme_that_two_sources_mean_differently_needs_its_source(self) -> None:
        mixed = {("a", "auth"): BEARER, ("b", "auth"): KEY}
        with pytest.raises(UsageError, match=r"--auth a\.auth=VALUE"):
            security.from_flag("auth=x", mixed)
        assert security.from_flag("b.auth=x", mixed) == {("b", "auth"): Credential({"API_KEY": "x"})}

    def test_no_schemes_at_all(self) -> None:
        with pytest.raises(UsageError, match="there is none"):
            security.from_flag("x=y", {})


class TestMerged:
    def test_an_earlier_layer_wins(self) -> None:
        flag: Credentials = {(None, "key"): Credential({"API_KEY": "flag"})}
        environment: Credentials = {
            ("shop", "key"): Credential({"API_KEY": "environment"}),
            ("shop", "bearerAuth"): Credential({"TOKEN": "t"}),
        }
        together = security.merged(flag, environment)
        assert apply(operation("key+bearerAuth"), together).headers == (
            ("X-API-Key", "flag"),
            ("Authorization", "Bearer t"),
        )

    def test_a_named_source_goes_before_none_within_a_layer(self) -> None:
        layer: Credentials = {
            (None, "key"): Credential({"API_KEY": "all"}),
            ("shop", "key"): Credential({"API_KEY": "one"}),
        }
        assert security.merged(layer) == layer


class TestSecrets:
    def test_every_form_that_travels_is_listed(self) -> None:
        given: Credentials = {
            ("a", "b"): Credential({"TOKEN": "Bearer t/k"}),
            ("a", "c"): Credential({"USERNAME": "ann", "PASSWORD": "p w"}),
            ("a", "d"): Credential({"API_KEY": "k&y"}),
        }
        found = security.secrets(given)
        pair = base64.b64encode(b"ann:p w").decode()
        assert {"Bearer t/k", "t/k", "t%2Fk", "p w", "p%20w", pair, "k&y", "k%26y"} <= set(found)
        assert "ann" not in found
        assert list(found) == sorted(found, key=len, reverse=True)

    def test_a_user_name_without_password_is_the_secret(self) -> None:
        assert "sk_1" in security.secrets({(None, "b"): Credential({"USERNAME": "sk_1", "PASSWORD": ""})})
        assert "" not in security.secrets({(None, "b"): Credential({"USERNAME": "sk_1", "PASSWORD": ""})})

    def test_no_repr_shows_one(self) -> None:
        given = security.from_flag("basicAuth=ann:hunter2", SCHEMES)
        shown = repr(given) + repr(apply(operation("basicAuth"), given)) + repr(apply(operation("key"), APIKEY))
        assert "hunter2" not in shown
        assert "k3y" not in shown
        assert base64.b64encode(b"ann:hunter2").decode() not in shown
