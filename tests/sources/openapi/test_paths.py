from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.sources.openapi.parameters import Serialised, serialise, undeclared
from arazzo_runner.sources.openapi.paths import expand_path, template_names
from arazzo_runner.sources.openapi.scalars import Unserialisable


@pytest.mark.parametrize(
    ("template", "segments", "path"),
    [
        ("/pets", {}, "/pets"),
        ("/pets/{id}", {"id": "7"}, "/pets/7"),
        ("/api/hubs/{hub}/:generateToken", {"hub": "chat"}, "/api/hubs/chat/:generateToken"),
        ("/v1/{name}:cancel", {"name": "x"}, "/v1/x:cancel"),
        ("/{a}.{b}-{a}", {"a": "1", "b": "2"}, "/1.2-1"),
        ("/files/{path}", {"path": "a%2Fb%20c"}, "/files/a%2Fb%20c"),
        ("/map/{point}/end", {"point": ";x=1;y=2"}, "/map/;x=1;y=2/end"),
        ("/{+rest}", {"rest": "x"}, "/x"),
        ("/{proxy+}", {"proxy": "x"}, "/x"),
        ("/{key*}", {"key": "x"}, "/x"),
        ("/{+odd}", {"+odd": "exact", "odd": "x"}, "/exact"),
        ("/Users('{id}')/$value", {"id": "7"}, "/Users('7')/$value"),
        ("/a b/ü/%20/100%", {}, "/a%20b/%C3%BC/%20/100%25"),
        ('/a|b\\c"<>^`', {}, "/a%7Cb%5Cc%22%3C%3E%5E%60"),
        ("/q?Action=List&x={x}", {"x": "1"}, "/q?Action=List&x=1"),
        ("/#X-Amz-Target=Svc.List", {}, "/"),
        ("/trailing/", {}, "/trailing/"),
        ("/a/./b/../c", {}, "/a/./b/../c"),
        ("/{unclosed", {}, "/%7Bunclosed"),
        ("/x{id}", {"id": ""}, "/x"),
    ],
)
def test_templates_are_filled(template: str, segments: dict[str, str], path: str) -> None:
    assert expand_path(template, segments) == path


def test_all_that_is_missing_is_named() -> None:
    refused = expand_path("/a/{x}/{y}/{z}", {"y": "1"})
    assert isinstance(refused, Unserialisable)
    assert refused.reason == "the path /a/{x}/{y}/{z} needs a value for 'x', 'z'"


@pytest.mark.parametrize(
    ("template", "segments"),
    [
        ("/a/{x}", {"x": ".."}),
        ("/a/{x}/b", {"x": "."}),
        ("/a/{x}", {"x": "%2E%2e"}),
        ("/a/.{x}", {"x": "."}),
        ("/a/{x}{y}", {"x": ".", "y": "."}),
    ],
)
def test_no_value_makes_a_dot_segment(template: str, segments: dict[str, str]) -> None:
    assert isinstance(expand_path(template, segments), Unserialisable)


@pytest.mark.parametrize(
    ("value", "path"),
    [
        ("../admin", "/u/..%2Fadmin/x"),
        ("..%2fadmin", "/u/..%252fadmin/x"),
        ("a?b=c#d", "/u/a%3Fb%3Dc%23d/x"),
        ("...", "/u/.../x"),
        ("..\\", "/u/..%5C/x"),
    ],
)
def test_a_value_stays_in_its_segment(value: str, path: str) -> None:
    done = serialise(undeclared("id", "path"), value)
    assert isinstance(done, Serialised)
    assert expand_path("/u/{id}/x", {"id": done.pieces[0]}) == path


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_value_comes_back_from_its_segment(value: str) -> None:
    done = serialise(undeclared("id", "path"), value)
    assert isinstance(done, Serialised)
    path = expand_path("/u/{id}/x", {"id": done.pieces[0]})
    if value in (".", ".."):
        assert isinstance(path, Unserialisable)
    else:
        assert isinstance(path, str)
        assert [unquote(segment) for segment in path.split("/")] == ["", "u", value, "x"]


def test_names_are_told_once_each_in_order() -> None:
    assert template_names("/{b}/{a}.{b}/c") == ("b", "a")
