"""Criteria compiled by their kind (requirements CRI-*)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria import KINDS, Check, Operand, compile_criterion
from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.expressions.scope import Received, Scope

PRACTICAL, STRICT = Dialect(v1_1=True), Dialect(v1_1=True, strict=True)
SCOPE = Scope(inputs={"a": [1]}, response=Received(200, (("X", "1"),), {"a": {"b": 1}}))


def test_cri_03_no_type_is_simple() -> None:
    result = compile_criterion(Criterion("$statusCode == 200", ()), STRICT)
    assert result.check is not None
    assert result.check.check(SCOPE).passed


def test_a_check_fits_the_protocol() -> None:
    check: Check | None = compile_criterion(Criterion("$statusCode == 200", ()), STRICT).check
    assert check is not None
    assert check.condition == "$statusCode == 200"
    assert check.check(SCOPE).operands == (Operand("$statusCode", 200),)


@pytest.mark.parametrize(
    ("kind", "help"),
    [("jsonPath", "did you mean 'jsonpath'?"), ("Simple", "did you mean 'simple'?"), ("zzz", "known: ")],
)
def test_cri_02_an_unknown_type_is_a_fault(kind: str, help: str) -> None:
    result = compile_criterion(Criterion("x", (), "$response.body", ExpressionType(kind)), PRACTICAL)
    assert result.fault is not None
    assert (result.fault.code, result.field) == ("criterion-unknown-type", "type")
    assert help in result.fault.help


@pytest.mark.parametrize("kind", sorted(KINDS.keys() - {"simple"}))
def test_cri_04_other_kinds_need_a_context(kind: str) -> None:
    result = compile_criterion(Criterion("x", (), None, ExpressionType(kind)), PRACTICAL)
    assert result.fault is not None
    assert (result.fault.code, result.field) == ("criterion-no-context", "context")


@pytest.mark.parametrize(
    ("kind", "condition", "passed"),
    [
        ("regex", '"b":1', True),
        ("regex", "^x", False),
        ("jsonpath", "$.a.b", True),
        ("jsonpath", "$.x", False),
        ("simple", "$statusCode == 200", True),
    ],
)
def test_each_kind_looks_at_its_context(kind: str, condition: str, passed: bool) -> None:
    result = compile_criterion(Criterion(condition, (), "$response.body", ExpressionType(kind)), STRICT)
    assert result.check is not None
    assert result.check.condition == condition
    assert result.check.check(SCOPE).passed is passed


def test_an_xpath_criterion_looks_at_xml() -> None:
    check = compile_criterion(Criterion("/a = 1", (), "$response.body", ExpressionType("xpath")), STRICT).check
    assert check is not None
    assert check.check(Scope(response=Received(200, (), "<a>1</a>"))).passed
    assert "no XML" in check.check(SCOPE).reason


@pytest.mark.parametrize("kind", ["jsonpath", "xpath"])
def test_eto_06_a_version_that_is_not_there_is_a_fault(kind: str) -> None:
    result = compile_criterion(Criterion("x", (), "$response.body", ExpressionType(kind, "none")), PRACTICAL)
    assert result.fault is not None
    assert (result.fault.code, result.field) == ("criterion-unknown-version", "type")


@pytest.mark.parametrize("kind", ["jsonPointer", "jsonpointer"])
def test_eto_04_jsonpointer_is_no_kind_of_criterion(kind: str) -> None:
    assert compile_criterion(Criterion("/a", (), "$response.body", ExpressionType(kind)), PRACTICAL).field == "type"


def test_cri_05_an_explicit_simple_needs_no_context() -> None:
    result = compile_criterion(Criterion("$statusCode == 200", (), None, ExpressionType("simple"), True), STRICT)
    assert result.check is not None


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("context", ["response.body", "$response.bdy", "$steps", "{$response.body}"])
def test_cri_06_the_context_is_an_expression(context: str, kind: str) -> None:
    result = compile_criterion(Criterion("$statusCode == 200", (), context, ExpressionType(kind)), PRACTICAL)
    assert result.check is None
    assert result.fault is not None
    assert (result.fault.code, result.field) == ("expression-malformed", "context")


@pytest.mark.parametrize(
    ("context", "code"),
    [("$response.body.a", "reading-P2"), ("$response.headers.X", "reading-P4"), ("$response.body#a", "reading-P3")],
)
def test_cri_21_a_context_that_strays_is_read_in_practical_mode(context: str, code: str) -> None:
    criterion = Criterion('{"b": 1}', (), context)
    result = compile_criterion(criterion, PRACTICAL)
    assert result.check is not None
    assert [remark.code for remark in result.context_remarks] == [code]
    assert [remark.code for remark in result.remarks] == ["reading-P8"]
    assert compile_criterion(criterion, STRICT).field == "context"


def test_cri_21_the_context_that_was_read_is_looked_at() -> None:
    check = compile_criterion(Criterion('{"b": 1}', (), "$response.body.a"), PRACTICAL).check
    assert check is not None
    assert check.check(SCOPE).passed


@pytest.mark.parametrize(
    ("context", "help"),
    [("==", "$statusCode == 200"), (" != ", "$statusCode != 200"), ("equals", "$statusCode == 200")],
)
@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
def test_p22_an_operator_as_context_is_a_fault_with_a_suggestion(context: str, help: str, dialect: Dialect) -> None:
    result = compile_criterion(Criterion("200", (), context), dialect)
    assert result.fault is not None
    assert result.field == "context"
    assert help in result.fault.help


@pytest.mark.parametrize("context", ["", "  "])
def test_an_empty_context_of_a_simple_criterion_is_ignored(context: str) -> None:
    result = compile_criterion(Criterion("$statusCode == 200", (), context), PRACTICAL)
    assert result.check is not None
    assert [remark.code for remark in result.context_remarks] == ["criterion-context-ignored"]
    assert compile_criterion(Criterion("$statusCode == 200", (), context), STRICT).field == "context"
    assert compile_criterion(Criterion("x", (), context, ExpressionType("regex")), PRACTICAL).field == "context"


def test_without_declarations_names_are_open() -> None:
    check = compile_criterion(Criterion("$inputs.a[0] == 1", ()), PRACTICAL).check
    assert check is not None
    assert check.check(SCOPE).passed


TEXTS = st.text() | st.lists(
    st.sampled_from(
        [
            "$inputs.a",
            "$statusCode",
            "==",
            "!",
            "(",
            ")",
            "{",
            "}",
            "'",
            '"',
            " ",
            "1",
            "x",
            "[0]",
            ".b",
            "contains",
            "matches",
            "$.a",
            "//a",
            "{$inputs.a}",
            "&&",
        ]
    )
).map("".join)


@given(
    TEXTS,
    TEXTS | st.none() | st.just("$response.body"),
    st.sampled_from([*KINDS, "other"]),
    st.booleans(),
    st.booleans(),
)
def test_no_criterion_makes_the_compiler_or_the_check_raise(
    condition: str, context: str | None, kind: str, v1_1: bool, strict: bool
) -> None:
    criterion = Criterion(condition, (), context, ExpressionType(kind))
    result = compile_criterion(criterion, Dialect(v1_1, strict), Declared(inputs=frozenset({"a"})))
    assert (result.check is None) != (result.fault is None)
    if result.check is not None:
        for scope in (SCOPE, Scope()):
            verdict = result.check.check(scope)
            assert isinstance(verdict.passed, bool)
            assert not (verdict.passed and verdict.reason)
            assert kind != "simple" or verdict.reason == "" or "matches" in condition
