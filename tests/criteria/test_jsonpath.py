"""Criteria of type jsonpath (checklist JPC, ETO; readings P6 and P7)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.criteria.verdict import Operand, Verdict
from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.values import Nothing, Value

PRACTICAL, STRICT = Dialect(v1_1=True), Dialect(v1_1=True, strict=True)
DECLARED = Declared(inputs=frozenset({"e", "m"}), steps={"s": frozenset({"id"})})
GOESSNER = "draft-goessner-dispatch-jsonpath-00"


def compiled(condition: str, dialect: Dialect, version: str | None = None) -> CriterionResult:
    criterion = Criterion(condition, (), "$response.body", ExpressionType("jsonpath", version))
    return compile_criterion(criterion, dialect, DECLARED)


def verdict(
    condition: str, body: Value | Nothing, dialect: Dialect = STRICT, version: str | None = None, /, **inputs: Value
) -> Verdict:
    result = compiled(condition, dialect, version)
    assert result.check is not None, result.fault
    scope = Scope(inputs=inputs, steps={"s": {"id": 7}}, response=Received(200, (), body))
    return result.check.check(scope)


@pytest.mark.parametrize(
    ("condition", "body", "passed"),
    [
        ("$.pets[*]", {"pets": [1]}, True),
        ("$.pets[*]", {"pets": []}, False),
        ("$.x", {"x": False}, True),
        ("$.x", {"x": None}, True),
        ("$[?count(@.pets) > 0]", {"pets": [1]}, False),
        ("$[?count(@.pets) > 0]", [{"pets": []}], True),
        ("$[?length(@.pets) > 0]", [{"pets": []}], False),
        ("$[?@.access_token != null]", {"error": "bad"}, True),
        ("$[?@.s=='OK']", [{"s": "ok"}], False),
        ("$", "text", True),
    ],
)
@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
def test_jpc_02_to_06_a_node_passes(condition: str, body: Value, passed: bool, dialect: Dialect) -> None:
    found = verdict(condition, body, dialect)
    assert (found.passed, found.reason) == (passed, "")


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (None, "is null"),
        (Nothing("nothing"), "no value"),
        ('{"a": 1}', "is text, no JSON data"),
        ("<a/>", "is text, no JSON data"),
        (b"{}", "binary"),
    ],
)
def test_jpc_07_and_08_what_is_no_json_fails_and_is_reported(body: Value | Nothing, told: str) -> None:
    found = verdict("$.a", body)
    assert not found.passed
    assert told in found.reason


def test_jpc_10_and_eto_05_the_dialect_is_the_one_named() -> None:
    body: Value = {"book": [1, 2]}
    assert verdict("$..book[(@.length-1)]", body, STRICT, GOESSNER).passed
    assert compiled("$..book[(@.length-1)]", STRICT).fault is not None
    assert compiled("$..book[(@.length-1)]", STRICT, "rfc9535").fault is not None
    assert verdict("$[?length(@) > 0]", [[1]], STRICT, "rfc9535").passed


def test_p7_what_the_draft_does_not_have_leaves_a_remark() -> None:
    result = compiled("$.a.`len`", PRACTICAL, GOESSNER)
    assert [remark.code for remark in result.remarks] == ["reading-P7"]
    assert compiled("$.a[?(@.b)]", PRACTICAL, GOESSNER).remarks == ()


def test_eto_06_a_version_that_is_not_there_is_refused() -> None:
    result = compiled("$.a", PRACTICAL, "rfc9999")
    assert result.fault is not None
    assert (result.field, result.fault.code) == ("type", "criterion-unknown-version")


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
@pytest.mark.parametrize(("condition", "offset"), [("$.a[", 4), ("$..", 3), ("", 0), ("$.a b", 4), ("count($.a)", 0)])
def test_jpc_01_what_is_no_query_is_found_before_the_run(condition: str, offset: int, dialect: Dialect) -> None:
    fault = compiled(condition, dialect).fault
    assert fault is not None
    assert fault.offset == offset


def test_cri_14_expressions_in_braces_are_filled_in() -> None:
    found = verdict('$[?@.s == "{$inputs.e}"]', [{"s": "x"}], e="x")
    assert found.passed
    assert found.operands == (
        Operand("$response.body", [{"s": "x"}]),
        Operand("$inputs.e", "x"),
        Operand("the condition, filled in,", '$[?@.s == "x"]'),
    )
    assert verdict("$[?@.n == {$inputs.e}]", [{"n": 5}], e=5).passed
    assert verdict("$.a[{$inputs.e}]", {"a": [1, 2]}, e=1).passed
    assert not verdict("$.a[{$inputs.e}]", {"a": [1, 2]}, e=2).passed


def test_cri_15_an_expression_without_braces_is_text() -> None:
    body: Value = [{"s": "$inputs.e"}]
    for dialect in (PRACTICAL, STRICT):
        result = compiled("$[?@.s == '$inputs.e']", dialect)
        assert [remark.code for remark in result.remarks] == ["expression-literal"]
        assert verdict("$[?@.s == '$inputs.e']", body, dialect, e="x").passed


def test_cri_18_a_value_can_t_change_the_query() -> None:
    found = verdict("$[?@.s == '{$inputs.e}']", [{"s": "x"}], e="' || @.s != '")
    assert not found.passed
    assert "has the quote (') in it" in found.reason


def test_the_expressions_are_those_that_are_read() -> None:
    check = compiled('$[?@.s == "{$inputs.e}" && @.n == {$steps.s.outputs.id}]', STRICT).check
    assert check is not None
    assert [expression.text for expression in check.expressions] == [
        "$response.body",
        "$inputs.e",
        "$steps.s.outputs.id",
    ]


@pytest.mark.parametrize(
    ("condition", "body", "passed"),
    [
        ('$.status == "a" || $.n > 3', {"status": "b", "n": 4}, True),
        ('$.status == "a" || $.n > 3', {"status": "b", "n": 3}, False),
        ("$.items.length > 0", {"items": [1]}, True),
        ("$.items.length == 0", {"items": []}, True),
        ("$.items.length == 0", {}, False),
        ("$.length > 0", [1], True),
        ("$.name.length == 2", {"name": "é😀"}, True),
        ("$.data.length == 5", {"data": {"length": 5}}, True),
        ("$.data[?(@.id == '$inputs.m')].length == 0", {"data": [{"id": "x"}]}, True),
        ("$.data[?(@.id == '$inputs.m')].length == 1", {"data": [{"id": "m"}]}, True),
        ("$.data[?(@.id == $inputs.m)].length == 1", {"data": [{"id": "m"}]}, True),
        ("$.id == $inputs.m", {"id": "m"}, True),
        ("$.id == '{$inputs.m}'", {"id": "m"}, True),
        ("$.id == {$inputs.m}", {"id": "m"}, True),
        ("$.id == $steps.s.outputs.id", {"id": 7}, True),
        ("$.id == $steps.s.outputs.id", {"id": "7"}, False),
        ("$.s == 'OK'", {"s": "ok"}, False),
        ("!$.error", {"error": False}, True),
        ("!$.error", {}, True),
        ("!$.error && $.ok", {"ok": True}, True),
        ("!($.a == 1 || $.b == 2)", {"a": 2}, True),
        ("$.key != null", {"key": 1}, True),
        ("$.key != null", {}, False),
        ("$.key == null", {}, True),
        ("$.state == \"A\" && $.result != 'B'", {"state": "A", "result": "C"}, True),
        ("$['a b'][0].c == 1.0", {"a b": [{"c": 1}]}, True),
        ("$.a == $.b", {"a": [1], "b": [1.0]}, True),
    ],
)
def test_p6_a_predicate_over_queries(condition: str, body: Value, passed: bool) -> None:
    result = compiled(condition, PRACTICAL)
    assert "reading-P6" in {remark.code for remark in result.remarks}
    found = verdict_practical(condition, body, m="m")
    assert (found.passed, found.reason) == (passed, "")
    strict = compiled(condition, STRICT)
    assert strict.fault is not None or "{$" in condition


def verdict_practical(condition: str, body: Value, **inputs: Value) -> Verdict:
    return verdict(condition, body, PRACTICAL, **inputs)


def test_p6_a_condition_that_is_a_query_is_never_read_again() -> None:
    assert compiled("$.items.length", PRACTICAL).remarks == ()
    assert not verdict("$.items.length", {"items": [1]}, PRACTICAL).passed
    assert verdict("$[?@.a == 1]", [{"a": 1}], PRACTICAL).passed


@pytest.mark.parametrize("condition", ["$.a\n", "  $.a", "$[?@ == 0]\n", "$.{$inputs.e}\n"])
def test_p6_blanks_around_a_query_are_left_out(condition: str) -> None:
    result = compiled(condition, PRACTICAL)
    assert [(remark.code, remark.standard) for remark in result.remarks] == [("reading-P6", condition.strip())]
    assert verdict(condition, {"a": 0}, PRACTICAL, e="a").passed
    assert not verdict(condition, {"b": 1}, PRACTICAL, e="a").passed
    if "{$" not in condition:
        assert compiled(condition, STRICT).fault is not None


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
@pytest.mark.parametrize(
    ("condition", "value"), [("$.{$inputs.e}", "a"), ("$[{$inputs.e}]", "'a'"), ("$['{$inputs.e}']", "a")]
)
def test_cri_14_a_name_may_be_filled_in(condition: str, value: str, dialect: Dialect) -> None:
    assert verdict(condition, {"a": 0}, dialect, e=value).passed
    assert not verdict(condition, {"b": 0}, dialect, e=value).passed


@pytest.mark.parametrize("condition", ["$.items[*].n > 3", "$..n == 1", "!$.items[*]", "$.a[0,1] == 1"])
def test_p6_several_values_have_two_readings(condition: str) -> None:
    fault = compiled(condition, PRACTICAL).fault
    assert fault is not None
    assert fault.code == "condition-ambiguous"
    assert "any one of the values" in fault.message
    assert "all of them" in fault.message


def test_p6_an_undeclared_name_is_told() -> None:
    fault = compiled("$.id == $inputs.nope", PRACTICAL).fault
    assert fault is not None
    assert (fault.code, fault.offset) == ("predicate-malformed", 8)
    assert "'$inputs.nope'" in fault.message


def test_p6_each_reading_leaves_its_remark() -> None:
    remarks = compiled("$.id == $inputs.m", PRACTICAL).remarks
    assert [(remark.code, remark.offset) for remark in remarks] == [("reading-P6", 0), ("reading-P1", 8)]


def test_p6_a_value_can_t_change_the_predicate() -> None:
    assert not verdict_practical("$.id == '$inputs.m'", {"id": "x"}, m="' || 'a' == 'a").passed
    assert verdict_practical("$.id == '$inputs.m'", {"id": "it's"}, m="it's").passed
    assert not verdict_practical("$.id == $inputs.m", {"id": "x"}, m={"a": 1}).passed


def test_p6_the_dialect_of_the_criterion_holds_for_its_queries() -> None:
    assert verdict("$.a[(@.length-1)] == 2", {"a": [1, 2]}, PRACTICAL, GOESSNER).passed


def test_sec_09_a_query_that_explodes_fails_and_says_so() -> None:
    body: Value = 1
    for _ in range(300):
        body = [body, 1]
    for condition in ("$..*..*..*", "$..*..*..*.length > 5"):
        found = verdict(condition, body, PRACTICAL)
        assert not found.passed
        assert "more than 1,000,000 values" in found.reason


@given(
    st.lists(
        st.sampled_from(["$", ".a", "[0]", "[*]", ".length", "==", "!", "&&", "||", "(", ")", "'x'", "1", "null", " ", "{$inputs.e}", "$inputs.m",
                         "'{$inputs.e}'", "..", "[?", "@.a", "]", "<"])
    ).map("".join),
    st.booleans(),
    st.sampled_from([None, GOESSNER]),
)  # fmt: skip
def test_no_text_makes_the_compiler_or_the_check_raise(condition: str, strict: bool, version: str | None) -> None:
    result = compiled(condition, STRICT if strict else PRACTICAL, version)
    assert (result.check is None) != (result.fault is None)
    if result.check is not None:
        verdict_of = result.check.check(
            Scope(inputs={"e": "it's", "m": 1}, response=Received(200, (), {"a": [1, "x"]}))
        )
        assert isinstance(verdict_of.passed, bool)
