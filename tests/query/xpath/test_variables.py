"""Variables that nothing binds."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.xpath.expression import compile_xpath
from arazzo_runner.query.xpath.variables import unbound_variable


@pytest.mark.parametrize(
    ("text", "name", "offset"),
    [
        ("$x", "$x", 0),
        ("/r[. = $inputs.n]", "$inputs.n", 7),
        ("for $a in /r return $b", "$b", 20),
        ("'$a' = $p:b", "$p:b", 7),
        ("(: $a :) $b", "$b", 9),
    ],
)
def test_a_name_that_nothing_binds_is_a_fault(text: str, name: str, offset: int) -> None:
    fault = unbound_variable(text)
    assert fault is not None
    assert (fault.offset, fault.code) == (offset, "query-malformed")
    assert f"'{name}'" in fault.message
    assert f"{{{name}}}" in fault.help
    assert isinstance(compile_xpath(text, "3.1"), Fault)


@pytest.mark.parametrize(
    "text",
    [
        "/r",
        "/r = '$inputs.n'",
        '"a$b"',
        "(: $a :) 1",
        "for $a in /r return $a",
        "for $a in (1, 2), $b in (3, 4) return $a + $b",
        "let $n:=1 return $n",
        "some $a in /r satisfies every $b in $a/c satisfies $b = $a",
        "function($x as xs:integer, $f as function(*)) { $x + 1 }",
    ],
)
def test_names_that_are_bound_are_none(text: str) -> None:
    assert unbound_variable(text) is None


@given(st.text(alphabet="$ abin':=\"().,function", max_size=60))
def test_no_text_raises(text: str) -> None:
    unbound_variable(text)
