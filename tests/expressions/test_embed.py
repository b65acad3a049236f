"""Any-typed values compiled."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.embed import (
    MAX_VALUE_DEPTH,
    CompiledResult,
    Place,
    compile_output,
    compile_value,
    is_selector,
)
from arazzo_runner.expressions.grammar import Declared, Dialect, Fault, Input, Remark
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.expressions.template import Constant, ListValue, ObjectValue, Template, Whole, expressions_of, fill
from arazzo_runner.values import JSON, Nothing, Value

V1_0, V1_1 = Dialect(), Dialect(v1_1=True)
STRICT = Dialect(strict=True)
DECLARED = Declared(
    inputs=frozenset({"t", "n", "o", "user", "secret", "gone", "first", "last"}),
    secret_inputs=frozenset({"secret"}),
    steps={"s": frozenset({"id"})},
)
SCOPE = Scope(
    inputs={"t": "abc", "n": 5, "o": {"a": 1}, "user": {"name": "Bob"}, "secret": "pw", "first": "A", "last": "B"},
    steps={"s": {"id": 7}},
    response=Received(200, (), {"id": 5}),
)

FILLED: list[tuple[str, JSON, Value]] = [
    ("PAR-11", "$inputs.n", 5),
    ("PAR-12", "Bearer {$inputs.t}", "Bearer abc"),
    ("EMB-11", "{$inputs.t}-{$inputs.n}", "abc-5"),
    ("EMB-07", "{$inputs.n}", "5"),
    ("EMB-05", "x={$inputs.o}", 'x={"a":1}'),
    ("EMB-09", "{$bad}", "{$bad}"),
    ("EMB-09", "{a}{2}", "{a}{2}"),
    ("PAR-14", ["$inputs.n", 2], [5, 2]),
    ("BOD-05", "$inputs.o", {"a": 1}),
    ("BOD-05", {"q": "$inputs.n", "deep": [{"x": "id {$steps.s.outputs.id}"}]}, {"q": 5, "deep": [{"x": "id 7"}]}),
    ("BOD-06", {"$inputs.n": "$inputs.n"}, {"$inputs.n": 5}),
    ("BOD-07", '{ "a": "{$inputs.t}", "b": {} }', '{ "a": "abc", "b": {} }'),
    ("BOD-16", "$.items[*]", "$.items[*]"),
    ("BOD-16", "$100", "$100"),
    ("P1", "Bearer $inputs.t", "Bearer abc"),
    ("P1", "$inputs.first/$inputs.last", "A/B"),
    ("P1", "$inputs.t ", "abc "),
    ("P2", "$inputs.user.name", "Bob"),
    ("P2", "{$inputs.user.name}!", "Bob!"),
    ("P2", "$response.body.id", 5),
    ("RES-03", {"s": "$statusCode"}, {"s": 200}),
    ("constant", None, None),
    ("constant", [True, 1.5, {"a": []}], [True, 1.5, {"a": []}]),
    ("constant", "", ""),
]


@pytest.mark.parametrize("dialect", [V1_0, V1_1], ids=["1.0", "1.1"])
@pytest.mark.parametrize(("value", "filled"), [c[1:] for c in FILLED], ids=[f"{c[0]} {c[1]}" for c in FILLED])
def test_a_value_is_compiled_and_filled(value: JSON, filled: Value, dialect: Dialect) -> None:
    result = compile_value(value, dialect, DECLARED, Place.PAYLOAD)
    assert result.faults == ()
    assert fill(result.value, SCOPE) == filled


LITERAL_WHEN_STRICT: list[tuple[str, JSON, Value]] = [
    ("P1", "Bearer $inputs.t", "Bearer $inputs.t"),
    ("PAR-13", "Bearer $inputs.t", "Bearer $inputs.t"),
    ("EXP-19", "$response.body.id", "$response.body.id"),
    ("EMB-11", "Bearer {$inputs.t}", "Bearer abc"),
]


@pytest.mark.parametrize(
    ("value", "filled"), [c[1:] for c in LITERAL_WHEN_STRICT], ids=[c[0] for c in LITERAL_WHEN_STRICT]
)
def test_strict_sends_what_is_written(value: JSON, filled: Value) -> None:
    result = compile_value(value, Dialect(v1_1=True, strict=True), DECLARED, Place.HEADER)
    assert fill(result.value, SCOPE) == filled


REMARKS: list[tuple[str, str, Dialect, list[str]]] = [
    ("P1", "Bearer $inputs.t", V1_0, ["reading-P1"]),
    ("PAR-13", "Bearer $inputs.t", STRICT, ["expression-literal"]),
    ("P1", "$inputs.t $inputs.none", V1_0, ["reading-P1", "expression-literal"]),
    ("P2", "$inputs.user.name", V1_0, ["reading-P2"]),
    ("EXP-19", "$response.bdy", V1_0, ["expression-literal"]),
    ("EXP-19", "$steps", V1_0, ["expression-literal"]),
    ("EXP-13", "$inputs", V1_0, ["reading-EXP-13"]),
    ("EXP-13", "$inputs", STRICT, ["expression-literal"]),
    ("EXP-19", "$inputs.a b", V1_1, ["expression-literal"]),
    ("EMB-09", "{$bad}", V1_0, ["embedded-malformed"]),
    ("EMB-09", "{$inputs.x", V1_0, ["embedded-malformed"]),
    ("BOD-16", "$.items[*]", V1_0, []),
    ("EXP-17", "$response.query.x", V1_0, ["expression-no-value"]),
    ("none", "{$inputs.t}", V1_0, []),
    ("none", "a $ b {c}", V1_0, []),
]


@pytest.mark.parametrize(
    ("text", "dialect", "codes"), [c[1:] for c in REMARKS], ids=[f"{c[0]} {c[1]}" for c in REMARKS]
)
def test_what_is_doubtful_leaves_a_remark(text: str, dialect: Dialect, codes: list[str]) -> None:
    result = compile_value(text, dialect, DECLARED, Place.HEADER)
    assert [remark.code for _, remark in result.remarks] == codes
    assert result.faults == ()


def test_remarks_and_faults_carry_the_path_below_the_value() -> None:
    value: JSON = {"a": ["{$bad}", {"b": "Bearer $inputs.t"}], "c": "x $inputs.secret"}
    result = compile_value(value, V1_0, DECLARED, Place.PAYLOAD)
    assert [(at, remark.code) for at, remark in result.remarks] == [
        (("a", 0), "embedded-malformed"),
        (("a", 1, "b"), "reading-P1"),
    ]
    assert [(at, fault.code) for at, fault in result.faults] == [(("c",), "expression-secret")]


@pytest.mark.parametrize("place", list(Place), ids=lambda place: place.value)
def test_p1_a_secret_goes_only_into_header_query_and_cookie(place: Place) -> None:
    result = compile_value("Bearer $inputs.secret", V1_0, DECLARED, place)
    if place in (Place.HEADER, Place.QUERY, Place.QUERYSTRING, Place.COOKIE):
        assert fill(result.value, SCOPE) == "Bearer pw"
    else:
        assert [fault.code for _, fault in result.faults] == ["expression-secret"]
        assert fill(result.value, SCOPE) == "Bearer $inputs.secret"


def test_a_secret_with_braces_goes_anywhere() -> None:
    result = compile_value("x {$inputs.secret}", V1_0, DECLARED, Place.PAYLOAD)
    assert fill(result.value, SCOPE) == "x pw"


def test_a_remark_of_p1_points_at_the_expression() -> None:
    (_, remark), *_ = compile_value("Bearer $inputs.t", V1_0, DECLARED, Place.HEADER).remarks
    assert (remark.offset, remark.standard) == (7, "{$inputs.t}")


def test_the_open_names_of_1_0_stay_whole_where_no_declared_name_stands() -> None:
    result = compile_value("$inputs.x/y", V1_0, DECLARED, Place.PATH)
    assert result.value == Whole(Input("$inputs.x/y", "x/y"))


def test_p1_what_a_name_is_followed_by_stays() -> None:
    result = compile_value("$steps.s.outputs.id[*].x", V1_0, DECLARED, Place.PAYLOAD)
    assert result.faults == ()
    assert [remark.code for _, remark in result.remarks] == ["reading-P1"]
    assert fill(result.value, SCOPE) == "7[*].x"


SELECTOR: JSON = {"context": "$response.body", "selector": "$.a", "type": "jsonpath"}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (SELECTOR, True),
        ({**SELECTOR, "type": {"type": "jsonpath", "version": "rfc9535"}}, True),  # type: ignore[dict-item]  # a JSON object
        ({**SELECTOR, "x-note": 1}, True),  # type: ignore[dict-item]  # a JSON object
        ({**SELECTOR, "other": 1}, False),  # type: ignore[dict-item]  # a JSON object
        ({"context": "abc", "selector": "x", "type": "y"}, False),
        ({"context": "abc", "selector": "x", "type": "jsonpath"}, False),
        ({"context": "$response.body", "selector": 1, "type": "jsonpath"}, False),
        ({"context": "$response.body", "selector": "x", "type": ["jsonpath"]}, False),
        ({"a": 1}, False),
        ("text", False),
    ],
)
def test_par_29_a_selector_object_is_told_from_data(value: JSON, expected: bool) -> None:
    assert is_selector(value, V1_1) is expected
    assert is_selector(value, V1_0) is False


def test_a_selector_object_is_refused_in_1_1_and_data_in_1_0() -> None:
    result = compile_value({"x": [SELECTOR]}, V1_1, DECLARED, Place.PAYLOAD)
    assert [(at, fault.code) for at, fault in result.faults] == [(("x", 0), "selector-misplaced")]
    assert fill(compile_value(SELECTOR, V1_0, DECLARED, Place.PAYLOAD).value, SCOPE) == {
        "context": {"id": 5}, "selector": "$.a", "type": "jsonpath",
    }  # fmt: skip


def test_a_selector_object_is_compiled_by_what_is_handed_in() -> None:
    def selectors(value: Mapping[str, JSON], dialect: Dialect, declared: Declared) -> CompiledResult:
        assert (value, dialect, declared) == (SELECTOR, V1_1, DECLARED)
        return CompiledResult(Constant(5), ((("selector",), Fault("bad", 0)),), ((("context",), Remark("c", "m", 0)),))

    result = compile_value({"x": [SELECTOR]}, V1_1, DECLARED, Place.PAYLOAD, selectors)
    assert [at for at, _ in result.faults] == [("x", 0, "selector")]
    assert [at for at, _ in result.remarks] == [("x", 0, "context")]
    assert compile_value(SELECTOR, V1_0, DECLARED, Place.PAYLOAD, selectors).faults == ()


@pytest.mark.parametrize(
    ("value", "new", "old"),
    [
        (SELECTOR, [], ["document-newer-feature"]),
        ({"context": "abc", "selector": "$.a", "type": "jsonpath"}, ["selector-lookalike"], []),
        ({"context": "$response.body", "selector": "$.a"}, ["selector-lookalike"], []),
        ({"context": "abc", "selector": "x", "type": "y"}, [], []),
        ({"selector": {"app": "x"}}, [], []),
    ],
)
def test_par_29_what_looks_like_a_selector_and_is_none_is_told(value: JSON, new: list[str], old: list[str]) -> None:
    def selectors(value: Mapping[str, JSON], dialect: Dialect, declared: Declared) -> CompiledResult:
        return CompiledResult(Constant(None))

    for dialect, codes in ((V1_1, new), (V1_0, old)):
        result = compile_value([value], dialect, DECLARED, Place.PAYLOAD, selectors)
        assert [(at, remark.code) for at, remark in result.remarks] == [((0,), code) for code in codes]
        assert result.faults == ()


def test_values_without_expressions_are_one_constant() -> None:
    value: JSON = {"a": [1, {"b": "text"}]}
    assert compile_value(value, V1_0, DECLARED, Place.PAYLOAD).value == Constant(value)


def test_the_kinds_of_compiled_values() -> None:
    result = compile_value({"a": ["$inputs.t", "x{$inputs.t}", 1]}, V1_0, DECLARED, Place.PAYLOAD)
    assert isinstance(result.value, ObjectValue)
    assert isinstance(result.value.members[0][1], ListValue)
    assert [type(item) for item in result.value.members[0][1].items] == [Whole, Template, Constant]
    assert [expression.text for expression in expressions_of(result.value)] == ["$inputs.t", "$inputs.t"]


def test_a_value_that_is_nested_too_deeply_is_refused() -> None:
    value: JSON = "$inputs.t"
    for _ in range(MAX_VALUE_DEPTH + 1):
        value = [value]
    (fault,) = compile_value(value, V1_0, DECLARED, Place.PAYLOAD).faults
    assert len(fault[0]) == MAX_VALUE_DEPTH
    deep: JSON = 1
    for _ in range(100_000):
        deep = {"a": deep}
    assert compile_value(deep, V1_0, DECLARED, Place.PAYLOAD).faults


STRINGS = st.lists(
    st.sampled_from(["{", "}", "{$", "$inputs.", "$steps.s.outputs.", "t", "secret", "[0]", "#/", " ", "x", '"', "\\"])
).map("".join)
VALUES: st.SearchStrategy[JSON] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | STRINGS | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text() | STRINGS, inner, max_size=4),
    max_leaves=10,
)


@given(VALUES, st.booleans(), st.booleans(), st.sampled_from(list(Place)))
def test_no_value_makes_the_compiler_raise(value: JSON, v1_1: bool, strict: bool, place: Place) -> None:
    result = compile_value(value, Dialect(v1_1, strict), DECLARED, place)
    fill(result.value, SCOPE)
    fill(result.value, Scope())
    for _, fault in result.faults:
        assert fault.message


@given(st.text(st.characters(blacklist_characters="$")))
def test_text_without_a_dollar_stays(text: str) -> None:
    assert compile_value(text, V1_0, DECLARED, Place.PAYLOAD).value == Constant(text)


# ---------------------------------------------------------------- outputs


@pytest.mark.parametrize(
    ("text", "value", "codes"),
    [
        pytest.param("$response.body#/id", 5, [], id="OUT-05"),
        pytest.param("$response.body.id", 5, ["reading-P2"], id="P2"),
        pytest.param("u-{$response.body#/id}", "u-5", ["reading-OUT-04"], id="OUT-04"),
        pytest.param("u-{$response.body.id}", "u-5", ["reading-OUT-04", "reading-P2"], id="OUT-04 P2"),
        pytest.param("{$inputs.n}", "5", ["reading-OUT-04"], id="EMB-07"),
    ],
)
def test_an_output_is_an_expression_or_a_template(text: str, value: Value, codes: list[str]) -> None:
    result = compile_output(text, V1_0, DECLARED)
    assert result.faults == ()
    assert fill(result.value, SCOPE) == value
    assert [remark.code for _, remark in result.remarks] == codes


@pytest.mark.parametrize(
    ("text", "dialect"),
    [
        pytest.param("abc", V1_0, id="OUT-02"),
        pytest.param("$response.bdy", V1_0, id="EXP-19"),
        pytest.param("Bearer $inputs.t", V1_0, id="P1 is for values only"),
        pytest.param("a{$bad}", V1_0, id="EMB-09"),
        pytest.param("u-{$response.body#/id}", STRICT, id="OUT-04 strict"),
    ],
)
def test_other_outputs_are_faults(text: str, dialect: Dialect) -> None:
    result = compile_output(text, dialect, DECLARED)
    assert [at for at, _ in result.faults] == [()]


def test_an_optional_input_that_is_absent_is_nothing_optional() -> None:
    found = fill(compile_value("$inputs.gone", V1_0, DECLARED, Place.QUERY).value, SCOPE)
    assert found == Nothing("no input 'gone' was given", optional=True)
