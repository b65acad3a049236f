"""XPath expressions in their versions (checklist XPC, ETO, SEC-09)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.undecided import Undecided
from arazzo_runner.query.xpath import VERSIONS, XPath, compile_xpath
from arazzo_runner.query.xpath.limits import MAX_EXPRESSION_LENGTH, MAX_EXPRESSION_NESTING, MAX_EXPRESSION_OPERATORS
from arazzo_runner.values import Value
from tests.query.xpath.samples import TEXT, many


def compiled(text: str, version: str = "3.1") -> XPath:
    found = compile_xpath(text, version)
    assert isinstance(found, XPath), found
    return found


@pytest.mark.parametrize(
    ("text", "truths"),
    [
        # the versions 1.0, 2.0, 3.0, 3.1; None: not of that version
        ("'10' < '9'", (False, True, True, True)),
        ("count(//i) > 4", (True,) * 4),
        ("/r/flag", (True,) * 4),
        ("/r/none", (False,) * 4),
        ("string-length('')", (False,) * 4),
        ("//i[@n = 2]", (True,) * 4),
        ("/*:r/*:i", (None, True, True, True)),
        ("some $x in //i satisfies $x = '9'", (None, True, True, True)),
        ("exists(//i[1])", (None, True, True, True)),
        ("matches('abc', '^a')", (None, True, True, True)),
        ("let $x := 1 return $x", (None, None, True, True)),
        ("(//i)[1] ! true()", (None, None, True, True)),
        ("map{'a': 1}?a", (None, None, None, True)),
        ("'a' => upper-case()", (None, None, None, True)),
        ("exists([1])", (None, None, None, True)),
        ("upper-case('x') = 'X'", (None, True, True, True)),
        ("1 = 1 = 1", (True, None, None, None)),
    ],
)
def test_xpc_01_each_version_has_its_meaning(text: str, truths: tuple[bool | None, ...]) -> None:
    for version, truth in zip(VERSIONS.values(), truths, strict=True):
        found = compile_xpath(text, version)
        assert (found.holds(TEXT) if isinstance(found, XPath) else None) is truth, version


@pytest.mark.parametrize(
    ("text", "version", "told"),
    [
        ("(1, 2)", "2.0", "no effective boolean value"),
        ("string(/r/i)", "3.1", "more than one item"),
        ("//q:x", "3.1", "prefix 'q'"),
        ("//q:x[1]", "3.1", "prefix 'q'"),
        ("function($a) { $x }(1)", "3.1", "unknown variable"),
        ("xs:date('2020-01-01')", "3.1", "no effective boolean value"),
    ],
)
def test_xpc_05_what_can_t_be_decided_says_why(text: str, version: str, told: str) -> None:
    found = compiled(text, version).holds(TEXT)
    assert isinstance(found, Undecided)
    assert told in found.reason


def test_xpc_06_prefixes_are_those_at_the_root() -> None:
    default = '<a xmlns="urn:u"><b/></a>'
    assert compiled("/a/b").holds(default) is False
    assert compiled("/*:a/*:b").holds(default) is True
    assert compiled("/*[local-name() = 'a']").holds(default) is True
    assert compiled("/u:a/u:b").holds('<x:a xmlns:x="urn:u" xmlns:u="urn:u"><x:b/></x:a>') is True
    assert compiled("count(/u:a/u:b) = 1").holds('<x:a xmlns:x="urn:u" xmlns:u="urn:u"><x:b/></x:a>') is True
    assert compiled("fn:count(//i) = xs:integer('5')").holds(TEXT) is True


@pytest.mark.parametrize("version", VERSIONS.values())
@pytest.mark.parametrize("value", [{"a": 1}, None, 5, "{}", "", "<a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>"])
def test_xpc_04_and_07_what_is_no_xml_is_undecided(value: Value, version: str) -> None:
    query = compiled("/a", version)
    assert isinstance(query.holds(value), Undecided)
    assert isinstance(query.selected(value), Undecided)


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("", "query-malformed", 0),
        ("/r/i[", "query-malformed", 4),
        ("for $x in", "query-malformed", 7),
        ("\n\n  /r/[", "query-malformed", 7),
        ("//i[. = 'O'Brien']", "query-malformed", 11),
        ("'1' = 1", "query-malformed", 4),
        ("1 idiv 0", "query-malformed", 2),
        ("doc('x')", "query-malformed", 0),
        ("count(1 to 1000000000)", "query-too-large", 0),
        ("compare('a', 'b', 'de')", "query-unsupported", 0),
        ("(" * (MAX_EXPRESSION_NESTING + 1), "query-too-large", MAX_EXPRESSION_NESTING),
        ("1" + "+1" * (MAX_EXPRESSION_OPERATORS + 1), "query-too-large", 2 * MAX_EXPRESSION_OPERATORS + 1),
        ("x" * (MAX_EXPRESSION_LENGTH + 1), "query-too-large", 0),
    ],
)
def test_xpc_01_what_is_no_expression_is_a_fault_at_its_place(text: str, code: str, offset: int) -> None:
    fault = compile_xpath(text, "3.1")
    assert isinstance(fault, Fault)
    assert (fault.code, fault.offset) == (code, offset)
    assert "class" not in fault.message


def test_quoted_brackets_are_no_nesting_and_quoted_words_no_operators() -> None:
    assert compiled("'" + "((((" * 50 + "' = '" + " and + or " * 50 + "'").holds(TEXT) is False


@pytest.mark.parametrize("version", VERSIONS.values())
def test_expressions_at_the_limits_are_evaluated(version: str) -> None:
    assert compiled("1" + "+1" * (MAX_EXPRESSION_OPERATORS - 5), version).holds(TEXT) is True
    assert compiled("(" * MAX_EXPRESSION_NESTING + "1" + ")" * MAX_EXPRESSION_NESTING, version).holds(TEXT) is True
    assert compiled("/r" + "/d" * (MAX_EXPRESSION_OPERATORS - 5), version).holds(TEXT) is False


@pytest.mark.parametrize(
    ("text", "version", "limit"),
    [
        ("//i[count(//i[count(//i) > 1]) > 1]", "1.0", "max_xpath_work"),
        ("//i[count(//i[count(//i) > 1]) > 1]", "3.1", "max_xpath_steps"),
        ("let $f := function($n, $g) { $g($n, $g) } return $f(1, $f)", "3.1", "max_evaluation_depth"),
        ("//i[matches(string-join(//i, ''), '(0|01)*x')]", "2.0", "max_xpath_steps"),
    ],
)
def test_sec_09_what_explodes_is_stopped(text: str, version: str, limit: str) -> None:
    found = compiled(text, version).holds(many(800))
    assert isinstance(found, Undecided)
    assert found.limit == limit


TEXTS = st.lists(
    st.sampled_from(["/", "//", "i", "r", "@n", "[", "]", "(", ")", "'x'", "1", "=", "<", "|", "*", ".", "..", "count(", "::", "child", " and ",
                     "$x", "map{", "}", ",", "!", "=>", "to", "for ", " return ", "if (", "{", "?", "#1", "é", "\x00"])
).map("".join)  # fmt: skip


@given(TEXTS | st.text(max_size=30), st.sampled_from(list(VERSIONS.values())))
def test_no_text_makes_it_raise(text: str, version: str) -> None:
    found = compile_xpath(text, version)
    if isinstance(found, Fault):
        assert 0 <= found.offset <= len(text)
    else:
        assert isinstance(found.holds(TEXT), bool | Undecided)
        found.selected(TEXT)


def _deeper(frames: int, text: str) -> bool | Undecided:
    if frames:
        return _deeper(frames - 1, text)
    expression = compile_xpath(text, "3.1")
    assert isinstance(expression, XPath)
    return expression.holds("<a/>")


@pytest.mark.parametrize("levels", [95, 105])
def test_how_deep_a_function_calls_itself_does_not_hang_on_the_stack(levels: int) -> None:
    text = f"let $f := function($f, $n) {{ if ($n ge {levels}) then 1 else $f($f, $n + 1) }} return $f($f, 0) = 1"
    assert _deeper(0, text) == _deeper(150, text)
    assert (_deeper(0, text) is True) is (levels == 95)
