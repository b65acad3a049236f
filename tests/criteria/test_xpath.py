"""Criteria of type xpath (checklist XPC, ETO)."""

import pytest

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.compiler import CriterionResult
from arazzo_runner.criteria.verdict import Verdict
from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.values import Nothing, Value

PRACTICAL, STRICT = Dialect(v1_1=True), Dialect(v1_1=True, strict=True)
DECLARED = Declared(inputs=frozenset({"n", "x"}))
BODY = "<root><flag>false</flag><p>1</p><p>2</p><name>O'Brien</name></root>"


def compiled(condition: str, version: str | None = None, dialect: Dialect = STRICT) -> CriterionResult:
    criterion = Criterion(condition, (), "$response.body", ExpressionType("xpath", version))
    return compile_criterion(criterion, dialect, DECLARED)


def verdict(condition: str, body: Value | Nothing = BODY, version: str | None = None, **inputs: Value) -> Verdict:
    result = compiled(condition, version)
    assert result.check is not None, result.fault
    return result.check.check(Scope(inputs=inputs, response=Received(200, (), body)))


@pytest.mark.parametrize(
    ("condition", "passed"),
    [
        ("count(/root/p) > 1", True),
        ("/root/p", True),
        ("/root/q", False),
        ("string-length('')", False),
        ("/root/flag", True),
        ("/root/p = 2", True),
        ("number(/root/flag)", False),
    ],
)
@pytest.mark.parametrize("version", [None, "xpath-10", "xpath-20", "xpath-30", "xpath-31"])
def test_xpc_02_and_03_the_effective_boolean_value_decides(version: str | None, condition: str, passed: bool) -> None:
    found = verdict(condition, version=version)
    assert (found.passed, found.reason) == (passed, "")


def test_eto_05_the_default_is_3_1() -> None:
    assert verdict("map{'a': true()}?a").passed
    assert verdict("'10' < '9'").passed
    assert not verdict("'10' < '9'", version="xpath-10").passed
    assert compiled("map{}", "xpath-10").fault is not None


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (None, "is null"),
        (Nothing("nothing"), "no value"),
        ({"a": 1}, "type object is no XML"),
        ("{}", "no well-formed XML"),
        ("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>", "document type"),
    ],
)
def test_xpc_04_and_07_what_is_no_xml_fails_and_is_reported(body: Value | Nothing, told: str) -> None:
    found = verdict("/a", body)
    assert not found.passed
    assert told in found.reason


def test_xpc_05_a_sequence_without_a_truth_value_fails() -> None:
    found = verdict("(1, 2)")
    assert not found.passed
    assert "no effective boolean value" in found.reason


def test_cri_14_and_18_values_go_in_but_not_out_of_their_quotes() -> None:
    assert verdict("/root/p[. = {$inputs.n}]", n=2).passed
    assert verdict("/root/flag[. = '{$inputs.n}']", n="false").passed
    for value in ("O'Brien", "x' or '1' = '1"):
        found = verdict("/root[name = '{$inputs.n}']", n=value)
        assert not found.passed
        assert "has the quote (') in it" in found.reason
    assert verdict('/root[name = "{$inputs.n}"]', n="O'Brien").passed
    assert verdict("/root[name = '{$inputs.n}']", n="O''Brien").passed


def test_cri_11_a_condition_broken_by_its_values_fails() -> None:
    found = verdict("/root/p[{$inputs.n}]", n="[")
    assert not found.passed
    assert "can't be read" in found.reason


def test_cri_16_the_braces_of_xpath_stay() -> None:
    result = compiled("map{'a': 1}?a = 1 and (function($x){$x})(1) = 1", dialect=PRACTICAL)
    assert result.check is not None
    assert result.remarks == ()
    assert result.check.check(Scope(response=Received(200, (), BODY))).passed


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
def test_xpc_01_a_bad_expression_is_found_before_the_run(dialect: Dialect) -> None:
    fault = compiled("/root/p[", dialect=dialect).fault
    assert fault is not None
    assert (fault.code, fault.offset) == ("query-malformed", 7)


def test_eto_06_a_version_that_is_not_there_is_refused() -> None:
    result = compiled("/a", "xpath-40")
    assert result.fault is not None
    assert (result.field, result.fault.code) == ("type", "criterion-unknown-version")


def test_sec_09_an_expression_that_explodes_fails_and_says_so() -> None:
    body = "<r>" + "<i/>" * 2_000 + "</r>"
    for version in ("xpath-10", "xpath-31"):
        found = verdict("//i[count(//i[count(//i) > 1]) > 1]", body, version)
        assert not found.passed
        assert "more than 1" in found.reason
