import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document.uri import is_reference, resolve, without_fragment

BASE = "http://a/b/c/d;p?q"

# RFC 3986, sections 5.4.1 and 5.4.2.
EXAMPLES = [
    ("g:h", "g:h"),
    ("g", "http://a/b/c/g"),
    ("./g", "http://a/b/c/g"),
    ("g/", "http://a/b/c/g/"),
    ("/g", "http://a/g"),
    ("//g", "http://g"),
    ("?y", "http://a/b/c/d;p?y"),
    ("g?y", "http://a/b/c/g?y"),
    ("#s", "http://a/b/c/d;p?q#s"),
    ("g#s", "http://a/b/c/g#s"),
    ("g?y#s", "http://a/b/c/g?y#s"),
    (";x", "http://a/b/c/;x"),
    ("g;x", "http://a/b/c/g;x"),
    ("g;x?y#s", "http://a/b/c/g;x?y#s"),
    ("", "http://a/b/c/d;p?q"),
    (".", "http://a/b/c/"),
    ("./", "http://a/b/c/"),
    ("..", "http://a/b/"),
    ("../", "http://a/b/"),
    ("../g", "http://a/b/g"),
    ("../..", "http://a/"),
    ("../../", "http://a/"),
    ("../../g", "http://a/g"),
    ("../../../g", "http://a/g"),
    ("../../../../g", "http://a/g"),
    ("/./g", "http://a/g"),
    ("/../g", "http://a/g"),
    ("g.", "http://a/b/c/g."),
    (".g", "http://a/b/c/.g"),
    ("g..", "http://a/b/c/g.."),
    ("..g", "http://a/b/c/..g"),
    ("./../g", "http://a/b/g"),
    ("./g/.", "http://a/b/c/g/"),
    ("g/./h", "http://a/b/c/g/h"),
    ("g/../h", "http://a/b/c/h"),
    ("g;x=1/./y", "http://a/b/c/g;x=1/y"),
    ("g;x=1/../y", "http://a/b/c/y"),
    ("g?y/./x", "http://a/b/c/g?y/./x"),
    ("g#s/../x", "http://a/b/c/g#s/../x"),
    ("http:g", "http:g"),
]


@pytest.mark.parametrize(("reference", "target"), EXAMPLES)
def test_the_examples_of_the_standard(reference: str, target: str) -> None:
    assert resolve(reference, BASE) == target


@pytest.mark.parametrize(
    ("reference", "base", "target"),
    [
        ("../specs/s.yaml", "file:///home/me/w/p.yaml", "file:///home/me/specs/s.yaml"),
        ("s.yaml", "https://w/x/uuid", "https://w/x/s.yaml"),
        ("s.yaml", "https://w", "https://w/s.yaml"),
        ("s.yaml", "memory:/a/b", "memory:/a/s.yaml"),
        ("urn:example:doc", "https://w/x", "urn:example:doc"),
        ("s.yaml", "", "s.yaml"),
        ("../s.yaml", "w/p.yaml", "s.yaml"),
        ("workflows/p.yaml", "https://a/v2/d.yaml", "https://a/v2/workflows/p.yaml"),
    ],
)
def test_any_scheme_resolves(reference: str, base: str, target: str) -> None:
    assert resolve(reference, base) == target


@pytest.mark.parametrize(
    ("text", "valid"),
    [
        ("./api.yaml", True),
        ("https://x/y?a=b#c", True),
        ("a%20b", True),
        ("", True),
        ("a b", False),
        ("a%2", False),
        ("{$inputs.url}", False),
        ("grüße", False),
        ("a#b#c", False),
    ],
)
def test_a_reference_has_only_the_characters_of_one(text: str, valid: bool) -> None:
    assert is_reference(text) is valid


def test_the_fragment_goes() -> None:
    assert without_fragment("https://x/y#/a") == "https://x/y"
    assert without_fragment("https://x/y") == "https://x/y"


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_is_too_strange_to_resolve(reference: str, base: str) -> None:
    assert isinstance(resolve(reference, base), str)
