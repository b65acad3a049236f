"""XPath 1.0, and plain paths, by `lxml`."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath.result import Node
from arazzo_runner.query.xpath.tokens import tokens
from arazzo_runner.query.xpath.xpath1 import evaluate_xpath1, from_the_document, read_xpath1
from tests.query.xpath.samples import many, read

DOCUMENT = read()


def values(text: str) -> list[object]:
    found = evaluate_xpath1(text, DOCUMENT, as_boolean=False)
    assert not isinstance(found, Undecided), found
    return [item.value if isinstance(item, Node) else item for item in found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("/r/i", ["9", "10", " 11 xy"]),
        ("r/i", ["9", "10", " 11 xy"]),
        ("/r/i[@n=2]", ["10"]),
        ("//i[. = 9 and @n = 1]", ["9"]),
        ("string(/r/i)", ["9"]),
        ("count(//i)", [5.0]),
        ("'10' < '9'", [False]),
        ("10 < 9", [False]),
        ("/r/i < 10", [True]),
        ("//none = false()", [True]),
        ("lang('en')", [True]),
        ("name(/r/*[2])", ["i"]),
        ("//p:x/@p:q", ["z"]),
        ("/r/text()", []),
        ("//b/text() | //i[3]/text()", [" 11 ", "x", "y"]),
        ("//comment()", ["head", "tail"]),
        ("processing-instruction() | //processing-instruction()", ["data"]),
        ("(//i)[last()]/@n", ["5"]),
        ("sum(/r/i[position() < 3])", [19.0]),
        ("position() + last()", [2.0]),
        ("name()", [""]),
        ("string-length() > 0", [True]),
        (".", ["10910 11 xyfalsex"]),
        ("/", ["10910 11 xyfalsex"]),
        ("..", []),
        ("count(.//i)", [5.0]),
        ("concat('a', 1, true())", ["a1true"]),
        ("/r/namespace::p", ["urn:p"]),
    ],
)
def test_xpc_05_the_meaning_is_that_of_version_1(text: str, found: list[object]) -> None:
    assert values(text) == found


@pytest.mark.parametrize(
    ("text", "truth"),
    [
        ("/r/flag", True),
        ("/r/none", False),
        ("string-length('')", False),
        ("0 div 0", False),
        ("'false'", True),
        ("/r/..", True),
        (".", True),
    ],
)
def test_xpc_02_and_03_truth_is_the_function_boolean(text: str, truth: bool) -> None:
    assert evaluate_xpath1(text, DOCUMENT, as_boolean=True) == (truth,)


def test_nodes_know_their_elements() -> None:
    found = evaluate_xpath1("/r/i[3]/@n | //b/text() | /r/i[3]/text()[2]", DOCUMENT, as_boolean=False)
    assert not isinstance(found, Undecided)
    assert [
        (node.kind, node.name, node.value, node.tail, None if node.element is None else node.element.tag)
        for node in found
        if isinstance(node, Node)
    ] == [("attribute", "n", "3", False, "i"), ("text", "", "x", False, "b"), ("text", "", "y", True, "b")]


@pytest.mark.parametrize(
    ("text", "offset", "told"),
    [
        ("", 0, "no expression"),
        ("  ", 0, "no expression"),
        ("//i[", 0, "no expression"),
        ("(1, 2)", 0, "no expression"),
        ("map{}", 0, "no expression"),
        ("for $x in 1 return $x", 4, "no $x"),
        ("1 + $v", 4, "no $v"),
        ("1 = upper-case('x')", 4, "no upper-case"),
        ("count()", 0, "number of arguments"),
        ("count(1)", 0, "invalid type"),
        ("/r/nope::x", 3, "no nope"),
        ("\x00", 0, "no expression"),
        ("'\ud800'", 0, "no expression"),
    ],
)
def test_xpc_01_what_is_none_is_a_fault(text: str, offset: int, told: str) -> None:
    fault = read_xpath1(text, {})
    assert isinstance(fault, Fault)
    assert (fault.code, fault.offset) == ("query-malformed", offset)
    assert told in fault.message


def test_sec_09_a_long_chain_is_refused() -> None:
    fault = read_xpath1("1" + "+1" * 2_000, {})
    assert isinstance(fault, Fault)
    assert fault.code == "query-too-large"


def test_sec_09_what_costs_too_much_is_not_begun() -> None:
    found = evaluate_xpath1("//i[count(//i) > 5]", replace(read(many(10)), size=100_000), as_boolean=True)
    assert isinstance(found, Undecided)
    assert found.limit == "max_xpath_work"


def test_xpc_06_a_prefix_that_is_not_in_scope_is_told() -> None:
    assert read_xpath1("//q:x", {"q": "urn:any"}) is None
    found = evaluate_xpath1("//q:x", DOCUMENT, as_boolean=True)
    assert isinstance(found, Undecided)
    assert "namespace prefix" in found.reason


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a[b]/c", "/a [ b ] / c"),
        ("@a = .", "/@ a = /."),
        ("count(i) + i", "count ( /i ) + /i"),
        ("string()", "string(/)"),
        ("i[string() = last()]", "/i [ string ( ) = last ( ) ]"),
        ("last()", "1"),
        ("/a", "/ a"),
    ],
)
def test_the_document_stands_where_the_node_at_hand_would(text: str, written: str) -> None:
    found = tokens(text)
    assert found is not None
    assert from_the_document(found) == written


@given(st.text(alphabet="ir/@*()[].,:='1<| $n") | st.text())
def test_no_text_makes_it_raise(text: str) -> None:
    if read_xpath1(text, {}) is None:
        evaluate_xpath1(text, DOCUMENT, as_boolean=True)
        evaluate_xpath1(text, DOCUMENT, as_boolean=False)
