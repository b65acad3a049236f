"""What XPath expressions give (checklist XPC-02, XPC-03, XPC-05, SEL-08)."""

import pytest

from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath import Node, Typed, XPath, compile_xpath, result, selected, truth
from arazzo_runner.query.xpath.result import Item, document_node
from arazzo_runner.values import Nothing, Value
from tests.query.xpath.samples import TEXT, read

TEXT_NODE = Node("text", "")


@pytest.mark.parametrize(
    ("items", "true"),
    [
        ((), False),
        ((TEXT_NODE,), True),
        ((TEXT_NODE, 0), True),
        ((True,), True),
        ((False,), False),
        ((0,), False),
        ((0.0,), False),
        ((float("nan"),), False),
        ((-1,), True),
        (("",), False),
        (("false",), True),
    ],
)
def test_xpc_02_the_effective_boolean_value(items: tuple[Item, ...], true: bool) -> None:
    assert truth(items) is true


@pytest.mark.parametrize("items", [(1, 2), ("a", TEXT_NODE), (Typed("2020-01-01"),), ([],), ({},)])
def test_xpc_05_some_values_have_none(items: tuple[Item, ...]) -> None:
    assert isinstance(truth(items), Undecided)


@pytest.mark.parametrize(
    ("items", "value"),
    [
        ((Node("element", "x"),), "x"),
        ((Node("element", "x"), Node("attribute", "y")), ["x", "y"]),
        ((5,), 5),
        ((True,), True),
        ((Typed("2020-01-01"),), "2020-01-01"),
        (([1],), [1]),
        ((1, "a"), [1, "a"]),
    ],
)
def test_sel_08_what_a_selector_gives(items: tuple[Item, ...], value: Value) -> None:
    assert selected(items) == value


def test_sel_10_nothing_found_says_so() -> None:
    assert isinstance(selected(()), Nothing)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("count(//i)", 5),
        ("1 div 4", 0.25),
        ("xs:decimal('2.0')", 2),
        ("xs:date('2020-01-01')", "2020-01-01"),
        ("xs:anyURI('urn:x')", "urn:x"),
        ("/r/i[1]/data()", "9"),
        ("//i/@n/string()", ["1", "2", "3", "4", "5"]),
        ("map{'a': 1, 'b': ('x', true())}", {"a": 1, "b": ["x", True]}),
        ("array{1, 'x', //flag}", [1, "x", "false"]),
        ("[1, (2, 3)]", [1, [2, 3]]),
        ("//b", "x"),
        ("/", "10910 11 xyfalsex"),
        ("//processing-instruction()", "data"),
        ("1e3", 1000.0),
    ],
)
def test_sel_08_values_of_version_3_1_become_json(text: str, value: Value) -> None:
    query = compile_xpath(text, "3.1")
    assert isinstance(query, XPath)
    assert query.selected(TEXT) == value


def test_a_function_is_no_value() -> None:
    query = compile_xpath("function($x) { $x }", "3.1")
    assert isinstance(query, XPath)
    assert isinstance(query.selected(TEXT), Undecided)


def test_the_text_of_a_document_has_no_comments() -> None:
    assert document_node(read("<a><!--no-->x<b>y</b></a>").tree) == Node("document", "xy")


@pytest.mark.parametrize(
    "text",
    ["//i", "//p:x/@p:q", "//i/text()", "//i/node()", "//@n", "//comment()", "/r/*", "//processing-instruction()"],
)
def test_both_engines_give_the_same_nodes(text: str) -> None:
    document = read()
    plain, other = XPath(text, "3.1", True).items(document), XPath(text, "3.1", False).items(document)
    assert plain == other
    assert plain


@pytest.mark.parametrize("version", ["1.0", "3.1"])
@pytest.mark.parametrize("text", ["//*", "//*[true()]"])
def test_the_text_of_nested_nodes_is_bounded(text: str, version: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "MAX_RESULT_LENGTH", 1_000)
    deep = "<a>" * 50 + "x" * 100 + "</a>" * 50
    query = compile_xpath(text, version)
    assert isinstance(query, XPath)
    found = query.selected(deep)
    assert isinstance(found, Undecided)
    assert found.limit == "max_result_length"
    assert query.selected("<a>" * 5 + "x" * 100 + "</a>" * 5) == ["x" * 100] * 5


def test_the_truth_of_a_path_needs_no_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result, "MAX_RESULT_LENGTH", 10)
    query = compile_xpath("//*", "3.1")
    assert isinstance(query, XPath)
    assert query.holds("<a>" * 5 + "x" * 100 + "</a>" * 5) is True
