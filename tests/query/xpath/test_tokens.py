"""XPath 1.0 cut into tokens."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.query.xpath.tokens import Kind, is_plain_path, starts_path, tokens


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("/a/b", "mark name mark name"),
        ("* * *", "name operator name"),
        ("div div div", "name operator name"),
        ("a and b or c", "name operator name operator name"),
        ("@* = 'x'", "mark name operator literal"),
        ("child::a", "axis mark name"),
        ("count(//i) > 5", "function mark mark name mark operator literal"),
        ("text()", "node type mark mark"),
        ("$v", "variable"),
        ("p:x/p:*", "name mark name"),
        ("-1.5 + .5", "operator literal operator literal"),
        ("a-b", "name"),
        ("a -b", "name operator name"),
        ("..", "mark"),
        ("(a)[1]", "mark name mark mark literal mark"),
        ("'it is' != \"x\"", "literal operator literal"),
        (" ", ""),
    ],
)
def test_tokens_have_their_kinds(text: str, kinds: str) -> None:
    found = tokens(text)
    assert found is not None
    assert " ".join(token.kind.value for token in found) == kinds


def test_tokens_know_their_place_and_the_predicates_around_them() -> None:
    found = tokens("a[b[c]]/d")
    assert found is not None
    assert [(token.text, token.start, token.depth) for token in found] == [
        ("a", 0, 0), ("[", 1, 0), ("b", 2, 1), ("[", 3, 1), ("c", 4, 2), ("]", 5, 1), ("]", 6, 0), ("/", 7, 0), ("d", 8, 0),
    ]  # fmt: skip


@pytest.mark.parametrize("text", ["'open", "#", "a ; b", "{", "%", "\x00"])
def test_what_starts_no_token(text: str) -> None:
    assert tokens(text) is None


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("a/b", [0]),
        ("/a", []),
        ("@a", [0]),
        ("child::a", [0]),
        ("count(a) + b", [2, 5]),
        ("a[b]", [0, 2]),
        (".", [0]),
        ("..", [0]),
        ("text()", [0]),
    ],
)
def test_where_a_relative_path_starts(text: str, starts: list[int]) -> None:
    found = tokens(text)
    assert found is not None
    assert [at for at in range(len(found)) if starts_path(found, at)] == starts


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("/r/i", True),
        ("//p:x/@p:q", True),
        ("r/text()", True),
        ("/r/*", True),
        ("//comment()", True),
        ("/r/i[1]", False),
        ("//i/..", False),
        ("count(/r)", False),
        ("(/r)", False),
        ("/r | /x", False),
        ("/r/child::i", False),
        ("/r = 1", False),
        ("/", False),
        ("/*:r", False),
    ],
)
def test_a_plain_path_is_names_alone(text: str, plain: bool) -> None:
    found = tokens(text)
    assert (found is not None and is_plain_path(found)) is plain


@given(st.text() | st.text(alphabet="ab/@*()[].,:$'\"=<>|+- 1"))
def test_no_text_makes_it_raise(text: str) -> None:
    found = tokens(text)
    assert found is None or all(isinstance(token.kind, Kind) for token in found)
