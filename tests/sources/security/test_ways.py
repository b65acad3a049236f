from collections.abc import Mapping

import pytest

from arazzo_runner.sources.security import Credential, Flow, way_for, ways_of
from arazzo_runner.sources.security.ways import fields_of, is_complete
from tests.sources.security.schemes import ALL, BROWSER, DIGEST, MACHINE, MUTUAL, OAUTH, OPENID, SCHEMES

CLIENT = {"CLIENT_ID": "me", "CLIENT_SECRET": "s"}
USER = {"USERNAME": "ann", "PASSWORD": "p"}


@pytest.mark.parametrize(
    ("scheme", "fields", "flow"),
    [
        ("oauth", {"TOKEN": "t", **CLIENT}, None),
        ("oauth", {"REFRESH_TOKEN": "r", **CLIENT}, Flow.REFRESH),
        ("oauth", {**USER, **CLIENT}, Flow.PASSWORD),
        ("oauth", CLIENT, Flow.CLIENT),
        ("oauth", {"CLIENT_ID": "me"}, Flow.CODE),
        ("machine", CLIENT, Flow.CLIENT),
        ("machine", {"REFRESH_TOKEN": "r"}, Flow.REFRESH),
        ("oidc", CLIENT, Flow.CLIENT),
        ("oidc", USER, Flow.PASSWORD),
        ("oidc", {"CLIENT_ID": "me"}, Flow.CODE),
        ("oidc", {"REFRESH_TOKEN": "r"}, Flow.REFRESH),
        ("digest", USER, None),
        ("mtls", {"CERTIFICATE": "me.pem"}, None),
    ],
)
def test_the_first_way_that_the_fields_are_enough_for(
    scheme: str, fields: Mapping[str, str], flow: Flow | None
) -> None:
    way = way_for(SCHEMES[scheme], Credential(fields))
    assert way is not None
    assert way.flow is flow


@pytest.mark.parametrize(
    ("scheme", "fields"),
    [
        ("machine", {"CLIENT_ID": "me"}),
        ("machine", USER),
        ("browser", CLIENT),
        ("oauth", {}),
        ("digest", {"USERNAME": "ann"}),
    ],
)
def test_fields_that_are_not_enough(scheme: str, fields: Mapping[str, str]) -> None:
    assert way_for(SCHEMES[scheme], Credential(fields)) is None
    assert not is_complete(SCHEMES[scheme], fields)


def test_a_token_that_was_refused_is_left_out() -> None:
    credential = Credential({"TOKEN": "t", **CLIENT})
    way = way_for(MACHINE, credential, spent=True)
    assert way is not None
    assert way.flow is Flow.CLIENT
    assert way_for(BROWSER, credential, spent=True) is None


def test_a_callable_goes_before_everything() -> None:
    way = way_for(DIGEST, Credential(supplied=True))
    assert way is not None
    assert way.flow is Flow.CALLABLE


def test_the_fields_that_can_be_given() -> None:
    assert set(fields_of(OAUTH)) == {
        "TOKEN", "REFRESH_TOKEN", "CLIENT_ID", "CLIENT_SECRET", "USERNAME", "PASSWORD", "REDIRECT_URI",
    }  # fmt: skip
    assert fields_of(MUTUAL) == ("CERTIFICATE",)
    assert all(ways_of(scheme) for scheme in ALL.values())


def test_the_flow_of_a_device_is_chosen_where_there_is_no_browser_flow() -> None:
    from dataclasses import replace

    device = replace(OAUTH, flows=OAUTH.flows[-1:])
    way = way_for(device, Credential({"CLIENT_ID": "me"}))
    assert way is not None
    assert (way.flow, way.flow.label if way.flow else "") == (Flow.DEVICE, "device code")
    assert way_for(OPENID, Credential({})) is None
