"""Criteria of type simple as a whole: the table of requirements SIM-* and P8."""

import pytest

from arazzo_runner.criteria.simple.criterion import compile_simple
from arazzo_runner.document.model import Criterion
from arazzo_runner.expressions.grammar import Declared, Dialect, Exchange, Expression
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.values import JSON, Value

PRACTICAL, STRICT = Dialect(v1_1=True), Dialect(v1_1=True, strict=True)
DECLARED = Declared(inputs=frozenset({"t", "f", "a", "o"}), steps={"s": frozenset({"o"})})
BODY: Value = {
    "active": True, "items": [1, 2], "data": {"count": 4}, "s": "OK", "n": None, "big": 9007199254740993, "float": 200.0,
    "a.b[0]": "key", "text": "false", "zero": 0, "empty": "", "list": [], "map": {}, "length": 9,
}  # fmt: skip
SCOPE = Scope(
    inputs={"t": True, "f": False, "a": 0, "o": {"x.y": 1, "x": {"y": 2}}},
    steps={"s": {"o": {"k": "v"}}},
    response=Received(200, (("X-Count", "10"), ("Content-Type", "application/json; charset=utf-8")), BODY),
)

HOLDS: list[tuple[str, str, bool]] = [
    ("SIM-01", "$response.body.active == true", True),
    ("SIM-01", "$response.body.n == null", True),
    ("SIM-02", "-3.14 < 1e3", True),
    ("SIM-04", "'it''s' == 'IT''S'", True),
    *[("SIM-05", f"$statusCode {operator} 200", holds) for operator, holds in (("<", False), ("<=", True), (">", False), (">=", True))],
    ("SIM-05", "$statusCode > 199.5", True),
    ("SIM-06", "$statusCode != 201", True),
    ("SIM-06", "$statusCode == 201", False),
    ("SIM-07", "!$response.body#/active", False),
    ("SIM-08", "false && $response.body#/none", False),
    ("SIM-08", "true || $response.body#/none", True),
    ("SIM-09", "($inputs.t || $inputs.f) && $inputs.f", False),
    ("SIM-10", "$response.body.items[0] == 1", True),
    ("SIM-10", "$response.body.items[2] == null", True),
    ("SIM-11", "$response.body.data.count > 3", True),
    ("SIM-12", "$inputs.t || $inputs.t && $inputs.f", True),
    ("SIM-14", "!$inputs.f == true", True),
    ("SIM-15", "$statusCode==200", True),
    ("SIM-16", "$response.body#/0 == null", True),
    ("SIM-16", "$statusCode>=200&&$statusCode<300", True),
    ("SIM-17", "$response.body#/a.b[0] == 'key'", True),
    ("SIM-18", "$steps.s.outputs.o.k == 'V'", True),
    ("SIM-19", "'OK' == 'ok'", True),
    ("SIM-19", "'B' > 'a'", True),
    ("SIM-19", "$response.body.s == 'ok'", True),
    ("SIM-21", "$response.header.X-Count > 5", True),
    ("SIM-21", "'200' == $statusCode", True),
    ("SIM-22", "'10' > '9'", True),
    ("SIM-22", "'1.0' == '1'", False),
    ("SIM-23", "null == null", True),
    ("SIM-23", "0 == null", False),
    ("SIM-23", "'' == null", False),
    ("SIM-24", "5 != null", True),
    ("SIM-24", "null != null", False),
    ("SIM-24", "null < 1", False),
    ("SIM-25", "$response.body#/none == null", True),
    ("SIM-25", "$response.body#/none != null", False),
    ("SIM-26", "true", True),
    ("SIM-26", "false", False),
    ("SIM-26", "null", False),
    ("SIM-27", "$response.body.zero", False),
    ("SIM-27", "$response.body.empty", False),
    ("SIM-27", "$response.body.none", False),
    ("SIM-27", "$response.body.list", True),
    ("SIM-27", "$response.body.map", True),
    ("SIM-27", "$response.body.text", True),
    ("SIM-28", "true == 'true'", False),
    ("SIM-28", "true == 1", False),
    ("SIM-29", "$response.body.map < 1", False),
    ("SIM-29", "$response.body.items == $response.body#/items", True),
    ("SIM-30", "$statusCode == 200.0", True),
    ("SIM-30", "$response.body.float == 200", True),
    ("SIM-30", "$response.body.big == 9007199254740993", True),
    ("SIM-30", "$response.body.big == 9007199254740992", False),
    ("SIM-36", "$response.body.items.length == null", True),
    ("SIM-36", "$response.body.length == 9", True),
    ("SIM-36", "$response.body.constructor == null", True),
]  # fmt: skip


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
@pytest.mark.parametrize(("condition", "holds"), [c[1:] for c in HOLDS], ids=[f"{c[0]} {c[1]}" for c in HOLDS])
def test_the_table_of_requirements(condition: str, holds: bool, dialect: Dialect) -> None:
    result = compile_simple(Criterion(condition, ()), None, dialect, DECLARED)
    assert result.check is not None
    assert result.check.condition == condition
    assert result.check.check(SCOPE).passed is holds


PRACTICAL_HOLDS: list[tuple[str, str, bool]] = [
    ("SIM-03", '$response.body.s == "ok"', True),
    ("SIM-33", "{$statusCode == 200}", True),
    ("SIM-34", "{$statusCode} == 200", True),
    ("P8", "$response.header.Content-Type == application/json", True),
    ("P8", "$response.header.Content-Type == application/*", True),
    ("P8", "$response.header.Content-Type != text/plain", True),
    ("P8", "$response.header.None == application/json", False),
    ("P8", "$response.body.s == OK", True),
    ("P9", "$statusCode == 2XX", True),
    ("P9", "$statusCode == 5xx", False),
    ("P9", "$statusCode != 5XX", True),
    ("P9", "$response.body.s contains 'k'", True),
    ("P9", "$response.body.items contains 3", False),
    ("P9", "$response.body.s matches '^[A-Z]+$'", True),
    ("P9", "$response.body.s matches '^[a-z]+$'", False),
    ("P9", "$response.body.s matches '(?i)^[a-z]+$'", True),
    ("P9", "$statusCode matches '^2'", True),
    ("P9", "$response.body.none matches '.*'", False),
    ("P4", "$response.headers.X-Count == 10", True),
    ("P4", "$body.data.count == 4", True),
    ("P3", "$response.body#s == 'ok'", True),
]


@pytest.mark.parametrize(
    ("condition", "holds"), [c[1:] for c in PRACTICAL_HOLDS], ids=[f"{c[0]} {c[1]}" for c in PRACTICAL_HOLDS]
)
def test_practical_readings_hold_what_was_meant_and_strict_refuses(condition: str, holds: bool) -> None:
    result = compile_simple(Criterion(condition, ()), None, PRACTICAL, DECLARED)
    assert result.check is not None
    assert result.check.check(SCOPE).passed is holds
    assert result.remarks
    assert compile_simple(Criterion(condition, ()), None, STRICT, DECLARED).fault is not None


def test_p9_no_response_is_in_no_class() -> None:
    result = compile_simple(Criterion("$statusCode == 2XX", ()), None, PRACTICAL, DECLARED)
    assert result.check is not None
    assert not result.check.check(Scope()).passed


CONTEXT: Expression = Exchange("$response.body", "response", "body")


@pytest.mark.parametrize(
    ("condition", "body", "holds"),
    [
        ("{}", {}, True),
        ("{}", {"a": 1}, False),
        ('{"a": [1, null]}', {"a": [1.0, None]}, True),
        (" [1, 2] \n", [1, 2], True),
        ("[1, 2]", [2, 1], False),
        ('"available"', "Available", True),
        ('"available"', "sold", False),
        ('"1"', 1, True),
    ],
)
def test_p8_json_data_equals_the_context(condition: str, body: JSON, holds: bool) -> None:
    result = compile_simple(Criterion(condition, (), "$response.body"), CONTEXT, PRACTICAL, DECLARED)
    assert result.check is not None
    assert [remark.code for remark in result.remarks] == ["reading-P8"]
    assert result.check.expressions == (CONTEXT,)
    verdict = result.check.check(Scope(response=Received(200, (), body)))  # type: ignore[arg-type]  # JSON is a Value
    assert verdict.passed is holds
    assert [operand.text for operand in verdict.operands] == ["$response.body"]


def test_p8_a_string_has_a_standard_spelling_and_an_object_none() -> None:
    def standard(condition: str) -> str:
        return (
            compile_simple(Criterion(condition, (), "$response.body"), CONTEXT, PRACTICAL, DECLARED).remarks[0].standard
        )

    assert standard('"a"') == "$response.body == 'a'"
    assert standard("{}") == ""


@pytest.mark.parametrize("condition", ["{}", "[1]"])
def test_p8_needs_a_context_and_practical_mode(condition: str) -> None:
    assert compile_simple(Criterion(condition, ()), None, PRACTICAL, DECLARED).fault is not None
    assert compile_simple(Criterion(condition, (), "$response.body"), CONTEXT, STRICT, DECLARED).fault is not None


@pytest.mark.parametrize(
    ("condition", "holds"), [("200", True), ("0", False), ("true", True), ("null", False), ("'x'", True)]
)
def test_p8_a_bare_literal_keeps_its_standard_meaning(condition: str, holds: bool) -> None:
    result = compile_simple(Criterion(condition, (), "$response.body"), CONTEXT, PRACTICAL, DECLARED)
    assert result.check is not None
    assert [remark.code for remark in result.remarks] == ["criterion-context-ignored"]
    assert result.check.check(SCOPE).passed is holds


def test_cri_07_the_context_of_a_simple_criterion_is_ignored() -> None:
    result = compile_simple(Criterion("$statusCode == 200", (), "$response.body"), CONTEXT, PRACTICAL, DECLARED)
    assert result.check is not None
    assert result.check.check(SCOPE).passed
    assert result.remarks == ()


@pytest.mark.parametrize(
    ("condition", "help"),
    [
        ("== 5", "did you mean: $response.body == 5"),
        ('{"a": }', "did you mean: $response.body == '{\"a\": }'"),
        ("nan", "a string stands in single quotes"),
    ],
)
def test_an_author_who_took_the_context_for_an_operand_gets_help(condition: str, help: str) -> None:
    fault = compile_simple(Criterion(condition, (), "$response.body"), CONTEXT, PRACTICAL, DECLARED).fault
    assert fault is not None
    assert help in fault.help


@pytest.mark.parametrize("condition", ["[" * 50_000, "[" * 50_000 + "]" * 50_000, '"' * 50_001, "{" * 100_000])
def test_hostile_data_is_refused(condition: str) -> None:
    result = compile_simple(Criterion(condition, (), "$response.body"), CONTEXT, PRACTICAL, DECLARED)
    assert result.fault is not None
