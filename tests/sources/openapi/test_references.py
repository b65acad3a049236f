import pytest

from arazzo_runner.sources.openapi.node import Faults, Node
from arazzo_runner.sources.openapi.references import Dangling, at_pointer, follow, followed, step_into, tokens
from arazzo_runner.values import JSON
from tests.sources.inline import FOLDER, api, node

PARTS: JSON = {
    "a/b": {"~tilde": 1},
    "list": [{"x": "first"}, {"x": "second"}],
    "per%cent": 2,
    "per cent": 3,
    "": {"": 4},
    "jump": {"$ref": "#/x-parts/list"},
    "self": {"$ref": "#/x-parts/self"},
    "ping": {"$ref": "#/x-parts/pong"},
    "pong": {"$ref": "#/x-parts/ping"},
    "through": {"$ref": "#/x-parts/through/deeper"},
    "number": {"$ref": 5},
    "gone": {"$ref": "#/x-parts/nowhere"},
    "elsewhere": {"$ref": "other.json#/there"},
    "missing": {"$ref": "missing.json#/there"},
    "back": {"$ref": "other.json#/back"},
}
DOCUMENT = api(
    root={"x-parts": PARTS},
    others={FOLDER + "other.json": {"there": "found", "back": {"$ref": "api.json#/x-parts/list"}}},
)


@pytest.mark.parametrize(
    ("pointer", "decoded"),
    [("", ()), ("/", ("",)), ("/a~1b/~0c", ("a/b", "~c")), ("/~01", ("~1",)), ("/a//b", ("a", "", "b"))],
)
def test_pointers_are_decoded_in_the_right_order(pointer: str, decoded: tuple[str, ...]) -> None:
    assert tokens(pointer) == decoded


@pytest.mark.parametrize(
    ("fragment", "value"),
    [
        ("/x-parts/a~1b/~0tilde", 1),
        ("/x-parts/list/1/x", "second"),
        ("/x-parts/per%cent", 2),
        ("/x-parts/per%20cent", 3),
        ("/x-parts//", 4),
        ("/x-parts/jump/0/x", "first"),
        ("/x-parts/elsewhere", {"$ref": "other.json#/there"}),
    ],
)
def test_a_fragment_names_a_value(fragment: str, value: JSON) -> None:
    found = at_pointer(DOCUMENT.root, fragment)
    assert isinstance(found, Node)
    assert found.data == value


@pytest.mark.parametrize("fragment", ["/x-parts/list/2", "/x-parts/list/-", "/x-parts/list/01x", "/x-parts/a/b", "/y"])
def test_a_fragment_without_value_says_where_it_breaks_off(fragment: str) -> None:
    found = at_pointer(DOCUMENT.root, fragment)
    assert isinstance(found, Dangling)
    assert "there is no" in found.reason


def test_an_index_is_a_number_of_ascii_digits() -> None:
    assert step_into(["a"], "0") == ("a", 0)
    assert step_into(["a"], "²") is None
    assert step_into(["a"], "9" * 5000) is None


@pytest.mark.parametrize(
    ("name", "value"), [("elsewhere", "found"), ("jump", PARTS), ("number", {"$ref": 5}), ("back", PARTS)]
)
def test_references_are_followed(name: str, value: JSON) -> None:
    found = follow(node(DOCUMENT, "x-parts", name))
    assert isinstance(found, Node)
    assert found.data == (PARTS["list"] if value is PARTS and isinstance(PARTS, dict) else value)


def test_another_file_keeps_its_own_places() -> None:
    found = follow(node(DOCUMENT, "x-parts", "elsewhere"))
    assert isinstance(found, Node)
    assert (found.document.uri, found.at) == (FOLDER + "other.json", ("there",))
    assert found.document.version == DOCUMENT.version


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("self", "circle"),
        ("ping", "circle"),
        ("through", "leads"),
        ("gone", "there is no 'nowhere'"),
        ("missing", "cannot be read: there is no such file"),
    ],
)
def test_a_reference_that_leads_nowhere_is_one_finding(name: str, reason: str) -> None:
    faults = Faults()
    where = node(DOCUMENT, "x-parts", name)
    assert followed(where, faults) is None
    assert followed(where, faults) is None
    (found,) = faults.found()
    assert found.code == "openapi-reference"
    assert reason in found.message
    assert found.span == DOCUMENT.span(("x-parts", name, "$ref"))


def test_a_remote_description_reads_no_local_file() -> None:
    remote = api(
        uri="https://example.com/api.json",
        others={"file:///etc/passwd": {"a": "secret"}, "https://example.com/b.json": {"a": 1}},
        root={"x-file": {"$ref": "file:///etc/passwd#/a"}, "x-near": {"$ref": "b.json#/a"}},
    )
    refused = follow(node(remote, "x-file"))
    assert isinstance(refused, Dangling)
    assert "may not read a local file" in refused.reason
    near = follow(node(remote, "x-near"))
    assert isinstance(near, Node)
    assert near.data == 1
