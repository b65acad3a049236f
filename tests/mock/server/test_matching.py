from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.mock.server.limits import MAX_ROUTE_STEPS
from arazzo_runner.mock.server.matching import PathTree, decoded, segments_of


def found(templates: list[str], path: str) -> list[tuple[str, dict[str, str]]]:
    tree: PathTree[str] = PathTree()
    for template in templates:
        tree.add(template, template)
    return [(each.entry, dict(each.values)) for each in tree.find(segments_of(path))]


@pytest.mark.parametrize(
    ("templates", "path", "first"),
    [
        (["/a/{b}", "/a/c"], "/a/c", ("/a/c", {})),
        (["/a/{b}", "/a/c"], "/a/d", ("/a/{b}", {"b": "d"})),
        (["/a/{b}", "/a/{b}.json"], "/a/x.json", ("/a/{b}.json", {"b": "x"})),
        (["/{x}/c", "/a/{y}/d"], "/a/c", ("/{x}/c", {"x": "a"})),  # back from the literal that leads nowhere
        (["/hubs/{hub}/:send"], "/hubs/h/%3Asend", ("/hubs/{hub}/:send", {"hub": "h"})),
        (["/p/{a}:{b}"], "/p/1:2:3", ("/p/{a}:{b}", {"a": "1", "b": "2:3"})),
        (["/p/{a}{b}"], "/p/;a=1;b=2", ("/p/{a}{b}", {"a": ";a=1;b=2", "b": ";a=1;b=2"})),
        (["/f/{path*}"], "/f/a/b%2Fc", ("/f/{path*}", {"path": "a/b%2Fc"})),
        (["/f/{+path}"], "/f/a", ("/f/{+path}", {"path": "a"})),
        (["/f/{path*}", "/f/{x}/y"], "/f/a/y", ("/f/{x}/y", {"x": "a"})),
        (["/é/{x}"], "/%C3%A9/%C3%BC", ("/é/{x}", {"x": "ü"})),
        (["/a b"], "/a%20b", ("/a b", {})),
        (["/"], "/", ("/", {})),
        (["/a/"], "/a/", ("/a/", {})),
    ],
)
def test_the_most_specific_template_comes_first(templates: list[str], path: str, first: tuple[str, object]) -> None:
    assert found(templates, path)[0] == first


@pytest.mark.parametrize(
    ("templates", "path"),
    [
        (["/a/{b}"], "/a/"),  # a name gets some text
        (["/a/{b}"], "/a"),
        (["/a/{b}"], "/a/b/c"),
        (["/a"], "/a/"),
        (["/a/"], "/a"),
        (["/a"], "/A"),
        (["/p/{a}:{b}"], "/p/:2"),
        (["/p/{a}.json"], "/p/.json"),
        (["/p/x{a}"], "/p/y1"),
    ],
)
def test_what_no_template_fits(templates: list[str], path: str) -> None:
    assert found(templates, path) == []


def test_names_that_differ_on_one_path_keep_their_own() -> None:
    assert found(["/a/{x}/b", "/a/{y}/c"], "/a/1/c") == [("/a/{y}/c", {"y": "1"})]


def test_a_search_has_an_end() -> None:
    tree: PathTree[str] = PathTree()
    for number in range(2**9):  # two ways at each of nine segments, and none of them whole
        tree.add("/" + "/".join("{a}" if number >> bit & 1 else "x{b}" for bit in range(9)) + "/end", "")
    steps = list(tree.find(("xx",) * 40))
    assert steps == []
    assert MAX_ROUTE_STEPS <= 10_000


@given(st.text(alphabet="ab,;=/%. ~é", max_size=12))
def test_decoding_keeps_what_parts_values(text: str) -> None:
    from urllib.parse import quote

    assert unquote(decoded(quote(text, safe=""))) == text
    assert decoded(quote(text, safe="")).count(",") == 0
