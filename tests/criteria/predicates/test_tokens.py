"""Predicates cut into tokens."""

import pytest

from arazzo_runner.criteria.predicates.tokens import Kind, Malformed, looks_like_predicate, tokens
from arazzo_runner.values import JSON


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("$.a == 1", ["$.a", "==", "1"]),
        ("$.a==1&&$.b!='x'", ["$.a", "==", "1", "&&", "$.b", "!=", "'x'"]),
        ("$['a ] b'][?(@.x == \"]\")].length>0", ["$['a ] b'][?(@.x == \"]\")].length", ">", "0"]),
        ("$..a", ["$..a"]),
        ("$..[0]", ["$..[0]"]),
        ("$.a.*", ["$.a.*"]),
        ("$", ["$"]),
        ("!($ == null)", ["!", "(", "$", "==", "null", ")"]),
        ("$.é_1", ["$.é_1"]),
    ],
)
def test_a_query_is_one_token(text: str, texts: list[str]) -> None:
    *found, end = tokens(text)
    assert [token.text for token in found] == texts
    assert (end.kind, end.start) == (Kind.END, len(text))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("null", None),
        ("-1.5e3", -1500.0),
        ("0", 0),
        ("'it\\'s \"x\"'", 'it\'s "x"'),
        ('"a\\n\\u00e9"', "a\né"),
        ("''", ""),
    ],
)
def test_literals_have_their_values(text: str, value: JSON) -> None:
    token = next(tokens(text))
    assert (token.kind, token.value) == (Kind.LITERAL, value)
    assert type(token.value) is type(value)


@pytest.mark.parametrize(
    ("text", "offset", "told"),
    [
        ("$.a = 1", 4, "'='"),
        ("$.a === 1", 4, "'==='"),
        ("$.a & $.b", 4, "'&'"),
        ("$.a =~ 'x'", 4, "'=~'"),
        ("$.a == abc", 7, "'abc'"),
        ("$.a == 1x", 7, "'1x'"),
        ("$.a == 01", 7, "'01'"),
        ("$.a == trueish", 7, "'trueish'"),
        ("$.a == $inputs.x", 7, "'$inputs.x'"),
        ("$.a == 'x", 7, ""),
        ("$.a[", 3, "not closed"),
        ("$.a == '\\q'", 7, "escape"),
        ("$.a == " + "9" * 1_001, 7, "too long"),
        ("$.a == 1e999", 7, "too large"),
    ],
)
def test_what_is_no_token_is_a_fault_at_its_place(text: str, offset: int, told: str) -> None:
    with pytest.raises(Malformed) as raised:
        list(tokens(text))
    assert raised.value.fault.offset == offset
    assert told in raised.value.fault.message


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("$.a == 1", True),
        ("$.a = 1", True),
        ("!$.a", True),
        ("$.a || b", True),
        ("$.a & $.b", True),
        ("$.a[?@.b == 1]", False),
        ("$.a b", False),
        ("$..", False),
        ("$.a[", False),
        ("($.a)", False),
        ("", False),
    ],
)
def test_an_operator_outside_of_queries_tells_that_a_predicate_was_meant(text: str, meant: bool) -> None:
    assert looks_like_predicate(text) is meant
