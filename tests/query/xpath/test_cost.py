"""What an expression of XPath 1.0 can cost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.query.xpath.cost import ENDLESS, cost
from arazzo_runner.query.xpath.tokens import tokens

SIZE, DEPTH = 1_000, 4


def estimate(text: str) -> int:
    found = tokens(text)
    assert found is not None
    return cost(found, SIZE, DEPTH)


@pytest.mark.parametrize(
    "text",
    [
        "1 + 1",
        "/r/i",
        "//i[s = '5']/@n",
        "count(//i) > 5",
        "//i[position() = last()]",
        "/r/i[@n = 1 and s != 'x']",
        "//i[b/c/d = 3]",
        "string(/r)",
        "//i/..",
        "self::node()",
        "(//i)[last()]/text()",
        "processing-instruction('x')",
        "/",
    ],
)
def test_what_looks_at_each_node_a_few_times_is_cheap(text: str) -> None:
    assert estimate(text) <= 40 * SIZE * DEPTH


@pytest.mark.parametrize(
    "text",
    [
        "//i[//s]",
        "//i[count(//i) > 5]",
        "count(//i[count(//i) > 5])",
        "//i[string(/) = 'x']",
        "//i[@n = //i/@n]",
        "//i = //s",
        "//i/following::i",
        "//i[preceding::i]",
        "//i[/r/i[1]/s]",
        "//i[concat(/, 'x')]",
        "//i[(//s)]",
        "//i[sum(//s) > 1]",
    ],
)
def test_sec_09_what_looks_at_all_for_each_is_not(text: str) -> None:
    assert estimate(text) >= SIZE * SIZE // 2


def test_each_predicate_within_multiplies() -> None:
    assert estimate("//i[//i[//i]]") >= SIZE**3 // 2
    assert estimate("//i[count(//i[count(//i) > 1]) > 1]") >= SIZE**3 // 2


@pytest.mark.parametrize("text", ["//i[", "count(", "a)", "(a", "text(", "child::"])
def test_what_can_t_be_followed_is_endless(text: str) -> None:
    assert estimate(text) == ENDLESS


@given(st.text(alphabet="ab/@*()[].,:='1<| "))
def test_no_text_makes_it_raise(text: str) -> None:
    found = tokens(text)
    assert found is None or cost(found, SIZE, DEPTH) >= 0
