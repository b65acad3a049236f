"""Criteria of type regex (checklist RGX)."""

import pytest

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.regex import read_pattern
from arazzo_runner.criteria.verdict import Verdict
from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions.grammar import Declared, Dialect, Fault
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.values import Nothing, Value

PRACTICAL, STRICT = Dialect(v1_1=True), Dialect(v1_1=True, strict=True)
DECLARED = Declared(inputs=frozenset({"p"}))


def verdict(condition: str, body: Value | Nothing, dialect: Dialect = STRICT, **inputs: Value) -> Verdict:
    criterion = Criterion(condition, (), "$response.body", ExpressionType("regex"))
    result = compile_criterion(criterion, dialect, DECLARED)
    assert result.check is not None, result.fault
    assert result.check.condition == condition
    return result.check.check(Scope(inputs=inputs, response=Received(200, (), body)))


@pytest.mark.parametrize(
    ("condition", "body", "passed"),
    [
        ("20", 200, True),
        ("^200$", 200, True),
        ("^true$", True, True),
        ("^1.5$", 1.5, True),
        (r'^\{"a":\[1,"é"\]\}$', {"a": [1, "é"]}, True),
        (r"^\[1,2\]$", [1, 2], True),
        ("ok", "OK", False),
        ("(?i:ok)", "OK", True),
        ("^b$", "a\nb", False),
        (r"^2\d{2}$", 204, True),
        ("text", b"some text", True),
        ("", "", True),
    ],
)
def test_rgx_03_to_05_a_pattern_is_searched_in_the_text_of_the_context(
    condition: str, body: Value, passed: bool
) -> None:
    found = verdict(condition, body)
    assert (found.passed, found.reason) == (passed, "")


@pytest.mark.parametrize(
    ("body", "told"), [(None, "is null"), (Nothing("the response has no body"), "no body"), (b"\xff\xfe", "binary")]
)
def test_rgx_07_null_and_no_value_and_binary_fail(body: Value | Nothing, told: str) -> None:
    found = verdict(".*", body)
    assert not found.passed
    assert told in found.reason


def test_rgx_06_what_is_filled_in_is_part_of_the_pattern() -> None:
    assert verdict("^({$inputs.p})$", "b", p="a|b").passed
    assert not verdict("^({$inputs.p})$", "a|b", p="a|b").passed
    broken = verdict("^({$inputs.p})$", "a", p="(")
    assert not broken.passed
    assert "can't be read, at character" in broken.reason


def test_cri_11_a_pattern_that_takes_too_long_fails_and_says_so() -> None:
    found = verdict("(?=a)(?:a|a)*b", "a" * 60)
    assert not found.passed
    assert "stopped after 2,000,000 steps" in found.reason


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
@pytest.mark.parametrize(("condition", "offset"), [("(", 0), ("ab[", 2), ("a{1,100000}", 0), (r"\p{Nonsense}", 0)])
def test_rgx_01_a_bad_pattern_is_found_before_the_run(condition: str, offset: int, dialect: Dialect) -> None:
    criterion = Criterion(condition, (), "$response.body", ExpressionType("regex"))
    result = compile_criterion(criterion, dialect, DECLARED)
    assert result.fault is not None
    assert (result.field, result.fault.offset) == ("condition", offset)
    assert result.fault.code in ("pattern-malformed", "pattern-too-large")


def test_flags_at_the_start_are_read_in_practical_mode() -> None:
    criterion = Criterion("(?i).*logged IN.*", (), "$response.body", ExpressionType("regex"))
    result = compile_criterion(criterion, PRACTICAL)
    assert result.check is not None
    assert [(remark.code, remark.standard) for remark in result.remarks] == [("reading-RGX-02", "(?i:.*logged IN.*)")]
    assert result.check.check(Scope(response=Received(200, (), "you are Logged in"))).passed
    assert compile_criterion(criterion, STRICT).fault is not None


def test_a_fault_behind_flags_keeps_its_place() -> None:
    fault = read_pattern("(?i)ab[", PRACTICAL)
    assert isinstance(fault, Fault)
    assert fault.offset == 6


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
def test_a_line_break_at_the_end_is_a_part_of_the_pattern_and_told(dialect: Dialect) -> None:
    criterion = Criterion("a\n", (), "$response.body", ExpressionType("regex"))
    found = [(one.code, one.offset, one.standard) for one in compile_criterion(criterion, dialect, DECLARED).remarks]
    assert found == [("pattern-line-break", 1, "a")]
    assert verdict("a\n", "a\n", dialect).passed
    assert not verdict("a\n", "a", dialect).passed
