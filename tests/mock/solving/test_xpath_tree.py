import pytest

from arazzo_runner.mock.solving.xpath_tree import (
    Both,
    Call,
    Compare,
    Either,
    Literal,
    Location,
    Stride,
    Tree,
    Unsolved,
    read,
)

A = Location((Stride("a"),), True)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("/a", A),
        ("a", Location((Stride("a"),))),
        ("//a/@b", Location((Stride("a", "descendant"), Stride("b", "attribute")), True)),
        ("/a/text()", A),
        ("/a[2]", Location((Stride("a", "child", (Literal(2),)),), True)),
        ("/child::a/attribute::b", Location((Stride("a"), Stride("b", "attribute")), True)),
        ("/a = 'x'", Compare("=", A, Literal("x"))),
        ("/a eq 5.5", Compare("=", A, Literal(5.5))),
        ("count(/a) >= 2", Compare(">=", Call("count", (A,)), Literal(2))),
        ("/a and /a or /a", Either((Both((A, A)), A))),
        ("(/a)", A),
    ],
)
def test_expressions(text: str, tree: Tree) -> None:
    assert read(text) == tree


@pytest.mark.parametrize("text", ["", "/a/..", "/a +", "$x", "(/a", "/a[", "#", "(" * 200 + "1" + ")" * 200])
def test_what_has_no_form_here(text: str) -> None:
    with pytest.raises(Unsolved):
        read(text)
