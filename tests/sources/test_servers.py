from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.operations import Operation, Server, ServerVariable
from arazzo_runner.sources.servers import (
    ServerUrl,
    Unreachable,
    absolute_url,
    forbidden_value,
    join,
    resolve_server,
    server_variables,
    unknown_variable,
)
from tests.sources.openapi.described import Described

REGION = ServerVariable("eu", ("eu", "us"))


def operation(*servers: Server) -> Operation:
    return Operation("shop", None, "GET", "/pets", (), Described(), servers=servers)


def server(url: str, base: str = "", **variables: ServerVariable) -> Server:
    return Server(url, variables, base)


def url(found: ServerUrl | Unreachable) -> str:
    assert isinstance(found, ServerUrl), found
    return found.url


def refusal(found: ServerUrl | Unreachable | None) -> Unreachable:
    assert isinstance(found, Unreachable), found
    return found


@pytest.mark.parametrize(
    ("declared", "given", "expected"),
    [
        (server("https://api.example.com/v1"), {}, "https://api.example.com/v1"),
        (server("https://api.example.com/v1/"), {}, "https://api.example.com/v1"),
        (server("HTTP://Example.com:8080"), {}, "http://Example.com:8080"),
        (server("https://{region}.x.com", region=REGION), {}, "https://eu.x.com"),
        (server("https://{region}.x.com", region=REGION), {"region": "us"}, "https://us.x.com"),
        (server("https://{region}.x.com", region=REGION), {"region": "us", "other": "y"}, "https://us.x.com"),
        (server("https://x.com/{prefix}", prefix=ServerVariable("api/v2")), {}, "https://x.com/api/v2"),
        (server("{all}/v1", all=ServerVariable("http://localhost")), {}, "http://localhost/v1"),
        (server("https://x.com/{undefined}"), {"undefined": "v1"}, "https://x.com/v1"),
        (server("https://{a}.{b}.x", a=ServerVariable("{b}"), b=ServerVariable("b")), {"a": "1"}, "https://1.b.x"),
        (server("https://x.com/{a}", a=ServerVariable("{b}"), b=ServerVariable("b")), {}, "https://x.com/%7Bb%7D"),
        # relative to the description's location
        (server("/v2", "https://x.com/specs/openapi.yaml"), {}, "https://x.com/v2"),
        (server("v2", "https://x.com/specs/openapi.yaml"), {}, "https://x.com/specs/v2"),
        (server("../v2", "https://x.com/specs/openapi.yaml"), {}, "https://x.com/v2"),
        (server("/", "https://x.com/specs/openapi.yaml"), {}, "https://x.com"),
        (server("//other.com/v2", "https://x.com/a"), {}, "https://other.com/v2"),
        (server("https://y.com", "https://x.com/a"), {}, "https://y.com"),
        (server("https://y.com", "file:///a/b.yaml"), {}, "https://y.com"),
        # what can't stand in a URL is encoded; a query stays, a fragment goes
        (server("https://x.com/a b/ü"), {}, "https://x.com/a%20b/%C3%BC"),
        (server("https://x.com/v1?key=a b"), {}, "https://x.com/v1?key=a%20b"),
        (server("https://x.com/v1#part"), {}, "https://x.com/v1"),
        (server("https://[::1]:8443/v1"), {}, "https://[::1]:8443/v1"),
    ],
)
def test_the_first_server_is_used(declared: Server, given: Mapping[str, str], expected: str) -> None:
    found = resolve_server(operation(declared, server("https://second.com")), variables=given)
    assert url(found) == expected


def test_an_override_replaces_what_the_description_says() -> None:
    declared = operation(server("ftp://x/{y}"))
    assert url(resolve_server(declared, override="http://localhost:8080/")) == "http://localhost:8080"
    assert url(resolve_server(operation(), override="http://localhost")) == "http://localhost"
    assert "no absolute" in refusal(resolve_server(declared, override="localhost:8080")).reason


def test_no_server_is_told_with_the_flag() -> None:
    told = refusal(resolve_server(operation()))
    assert told.reason == "the operation GET /pets of source 'shop' declares no server"
    assert "--server shop=" in told.help


@pytest.mark.parametrize(
    ("declared", "given", "reason", "hint"),
    [
        (server("/v1", "file:///home/me/api.yaml"), {}, "was not fetched from a host", "--server shop=https://"),
        (server("api.example.com/v1", "file:///a.yaml"), {}, "is relative", "--server shop="),
        (server("//x.com", "file:///a.yaml"), {}, "is relative", "--server shop="),
        (server("/v1"), {}, "is relative", "--server shop="),
        (server("/v1", "https://[bad"), {}, "is relative", "--server shop="),
        (server("https://{region}.x.com", region=REGION), {"region": "usa"}, "'usa' is not allowed", "'us'"),
        (server("https://{instance}.x.com"), {}, "'instance' without a definition", "--server-variable instance="),
        (server("ftp://x.com"), {}, "no absolute http or https URL", ""),
        (server("https://"), {}, "no absolute http or https URL", ""),
        (server("https://x.com:port"), {}, "no absolute http or https URL", ""),
        (server("https://[bad/"), {}, "no absolute http or https URL", ""),
        (server("https://x y.com"), {}, "illegal characters", ""),
        (server("https://x\ud800.com"), {}, "illegal characters", ""),
        (server("https://{a}.com", a=ServerVariable("{b}")), {}, "illegal characters", ""),
    ],
)
def test_what_is_no_server(declared: Server, given: Mapping[str, str], reason: str, hint: str) -> None:
    told = refusal(resolve_server(operation(declared), variables=given))
    assert reason in told.reason
    assert hint in told.help


def test_a_value_that_a_server_does_not_allow_is_told_with_those_that_it_does() -> None:
    called = [operation(server("https://{region}.x.com", region=REGION))]
    told = forbidden_value({"region": "usa"}, called)
    assert told is not None
    assert told.reason == "'usa' is not allowed for the variable 'region' of the server 'https://{region}.x.com'"
    assert told.help == "allowed: eu, us"
    assert forbidden_value({"region": "us", "other": "x"}, called) is None
    assert forbidden_value({"region": "usa"}, []) is None


def test_user_information_is_refused_and_not_shown() -> None:
    told = refusal(absolute_url("https://user:hunter2@x.com/"))
    assert "user information" in told.reason
    assert "hunter2" not in told.reason + told.help


@pytest.mark.parametrize(
    "text", ["", "x", "localhost:80", "/v1", "file:///etc/passwd", "javascript:1", "http:/x", "http://"]
)
def test_what_is_no_absolute_url(text: str) -> None:
    assert "no absolute" in refusal(absolute_url(text)).reason


def test_blanks_around_a_url_do_not_count() -> None:
    assert url(absolute_url(" https://x.com/v1 \n")) == "https://x.com/v1"


@pytest.mark.parametrize(
    ("base", "path", "query", "whole"),
    [
        ("https://x.com/v1", "/pets", [], "https://x.com/v1/pets"),
        ("https://x.com", "/pets/", [], "https://x.com/pets/"),
        ("https://x.com", "/", [], "https://x.com/"),
        ("https://x.com/v1/", "pets", [], "https://x.com/v1/pets"),
        ("https://x.com", "/pets", ["a=1", "b=2"], "https://x.com/pets?a=1&b=2"),
        ("https://x.com", "/pets?kind=dog", ["a=1"], "https://x.com/pets?kind=dog&a=1"),
        ("https://x.com/v1?key=k", "/pets?kind=dog", ["a=1"], "https://x.com/v1/pets?key=k&kind=dog&a=1"),
        (
            "https://x.com",
            "/api/hubs/chat/:send",
            ["api-version=2024-01-01"],
            "https://x.com/api/hubs/chat/:send?api-version=2024-01-01",
        ),
        ("https://x.com/v1", "/../admin", [], "https://x.com/v1/../admin"),
    ],
)
def test_paths_are_appended(base: str, path: str, query: list[str], whole: str) -> None:
    found = absolute_url(base)
    assert isinstance(found, ServerUrl)
    assert join(found, path, query) == whole


@pytest.mark.parametrize(
    ("text", "origin"),
    [
        ("https://X.com:443/a", "https://x.com"),
        ("http://x.com:80", "http://x.com"),
        ("http://x.com:443", "http://x.com:443"),
        ("https://[::1]:8443/v1?a=b", "https://[::1]:8443"),
    ],
)
def test_the_origin_of_a_server(text: str, origin: str) -> None:
    found = absolute_url(text)
    assert isinstance(found, ServerUrl)
    assert found.origin == origin


def test_variables_that_no_server_has_are_told_with_the_near_match() -> None:
    operations = [operation(server("https://{region}.x.com", region=REGION)), operation()]
    assert server_variables(operations) == {"region"}
    assert unknown_variable(["region"], operations) is None
    told = refusal(unknown_variable(["region", "regoin"], operations))
    assert told.reason == "no server has a variable 'regoin'"
    assert told.help == "did you mean 'region'?"


@given(st.text("htps:/[]@?#%{}ab.:0\\ü\ud800 ") | st.from_regex(r"https?://\S*"))
def test_any_text_is_a_server_or_refused(text: str) -> None:
    found = resolve_server(operation(server(text, "https://x.com/a")))
    if isinstance(found, ServerUrl):
        whole = join(found, "/pets", ["a=1"])
        assert whole.startswith(("http://", "https://"))
        assert "/pets?" in whole
        assert not set(whole.partition("//")[2].partition("/")[2]) & set(' #<>"\\^`{|}\n')
        assert found.origin.startswith(("http://", "https://"))
