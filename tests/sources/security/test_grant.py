import pytest

from arazzo_runner.sources.security import Flow, Grant, way_for
from arazzo_runner.sources.security.credential import Credential
from arazzo_runner.sources.security.grant import grant_by
from tests.sources.security.schemes import OAUTH, OPENID

KEY = ("shop", "oauth", ("read",))


def made(scheme: object, fields: dict[str, str]) -> Grant:
    chosen = OPENID if scheme is OPENID else OAUTH
    way = way_for(chosen, Credential(fields))
    assert way is not None
    return grant_by(way, KEY, Credential(fields), chosen)


def test_a_flow_has_the_urls_that_it_needs() -> None:
    client = {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}
    assert [name for name, _ in made(OAUTH, client).urls] == ["token URL"]
    assert [name for name, _ in made(OAUTH, {"CLIENT_ID": "me"}).urls] == ["token URL", "authorization URL"]
    assert made(OPENID, client).urls == (("discovery URL", OPENID.discovery_url),)


def test_a_refresh_goes_to_its_own_url_where_there_is_one() -> None:
    from dataclasses import replace

    only_password = replace(OAUTH, flows=OAUTH.flows[1:2])
    way = way_for(only_password, Credential({"REFRESH_TOKEN": "r"}))
    assert way is not None
    grant = grant_by(way, KEY, Credential({"REFRESH_TOKEN": "r"}), only_password)
    assert (grant.flow, grant.token_url) == (Flow.REFRESH, "https://id.example/refresh")


def test_fields_that_the_flow_does_not_want_stay_at_home() -> None:
    grant = made(OAUTH, {"CLIENT_ID": "me", "CLIENT_SECRET": "s", "REDIRECT_URI": "http://127.0.0.1:1/c"})
    assert set(grant.fields) == {"CLIENT_ID", "CLIENT_SECRET"}


@pytest.mark.parametrize(
    ("url", "server", "expected"),
    [
        ("/oauth/token", "https://api.example/v1", "https://api.example/oauth/token"),
        ("token", "https://api.example/v1", "https://api.example/v1/token"),
        ("token", "https://api.example/v1/", "https://api.example/v1/token"),
        ("https://id.example/t", "https://api.example", "https://id.example/t"),
        ("", "https://api.example", ""),
    ],
)
def test_relative_urls_start_at_the_server(url: str, server: str, expected: str) -> None:
    assert Grant("shop", "oauth", Flow.CLIENT, token_url=url).at(server).token_url == expected


def test_nothing_secret_shows() -> None:
    assert "s3cret" not in repr(Grant("shop", "oauth", Flow.CLIENT, fields={"CLIENT_SECRET": "s3cret"}))
