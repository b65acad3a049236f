"""Where the expression of an operand ends (SIM-10, SIM-11, SIM-16 to SIM-18)."""

import pytest

from arazzo_runner.criteria.simple.operands import read_operand
from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Exchange,
    Expression,
    Input,
    Output,
    StatusCode,
    StepOutput,
    WorkflowField,
)

V1_0, V1_1 = Dialect(), Dialect(v1_1=True)
STRICT = Dialect(v1_1=True, strict=True)
DECLARED = Declared(
    inputs=frozenset({"a", "a.b", "o", "x[y]"}), steps={"s": frozenset({"a", "d.e"})}, outputs=frozenset({"z"})
)
OPEN = Declared(open_inputs=True)

READ: list[tuple[str, str, Expression]] = [
    ("SIM-10", "$response.body.items[0]", Exchange("", "response", "body", navigation=("items", 0))),
    ("SIM-10", "$response.body[0][1]", Exchange("", "response", "body", navigation=(0, 1))),
    ("SIM-11", "$response.body.data.count", Exchange("", "response", "body", navigation=("data", "count"))),
    ("SIM-11", "$statusCode.x", StatusCode("", navigation=("x",))),
    ("SIM-16", "$request.query.filter[a]", Exchange("", "request", "query", "filter[a]")),
    ("SIM-16", "$response.header.X.Y", Exchange("", "response", "header", "X.Y")),
    ("SIM-16", "$response.header.X[0]", Exchange("", "response", "header", "X", navigation=(0,))),
    ("SIM-17", "$response.body#/a.b[0]", Exchange("", "response", "body", pointer=("a.b[0]",))),
    ("SIM-17", "$inputs.o#/a.b[0]", Input("", "o", ("a.b[0]",))),
    ("SIM-18", "$inputs.a.b", Input("", "a.b")),
    ("SIM-18", "$inputs.a.c", Input("", "a", navigation=("c",))),
    ("SIM-18", "$inputs.a.b.c[1]", Input("", "a.b", navigation=("c", 1))),
    ("SIM-18", "$steps.s.outputs.a.b", StepOutput("", "s", "a", navigation=("b",))),
    ("SIM-18", "$steps.s.outputs.d.e", StepOutput("", "s", "d.e")),
    ("SIM-18", "$outputs.z.y", Output("", "z", navigation=("y",))),
]


@pytest.mark.parametrize("dialect", [V1_0, V1_1, STRICT], ids=["1.0", "1.1", "strict"])
@pytest.mark.parametrize(("text", "node"), [c[1:] for c in READ], ids=[f"{c[0]} {c[1]}" for c in READ])
def test_an_operand_is_an_expression_with_navigation(text: str, node: Expression, dialect: Dialect) -> None:
    operand = read_operand(text, dialect, DECLARED)
    assert operand.fault is None
    assert operand.reference is not None
    read = operand.reference.expression
    assert read == type(node)(text, *(getattr(node, name) for name in node.__dataclass_fields__ if name != "text"))
    assert (operand.reference.alternatives, operand.remarks) == ((), ())


def test_sim_18_where_anything_may_be_given_the_run_decides() -> None:
    reference = read_operand("$inputs.a.b[0]", V1_1, OPEN).reference
    assert reference is not None
    text = "$inputs.a.b[0]"
    assert reference.alternatives == (Input(text, "a.b", navigation=(0,)), Input(text, "a", navigation=("b", 0)))
    assert reference.expression == reference.alternatives[0]


def test_sim_18_a_declared_head_is_the_likeliest_of_open_ones() -> None:
    reference = read_operand("$inputs.a.b", V1_1, Declared(inputs=frozenset({"a"}), open_inputs=True)).reference
    assert reference is not None
    assert reference.expression == Input("$inputs.a.b", "a", navigation=("b",))
    assert [getattr(reading, "name", "") for reading in reference.alternatives] == ["a.b", "a"]


@pytest.mark.parametrize("text", ["$steps.t.outputs.a.b", "$workflows.w.outputs.a.b", "$workflows.w.inputs.a.b"])
def test_sim_18_unknown_owners_are_open(text: str) -> None:
    reference = read_operand(text, V1_1, Declared()).reference
    assert reference is not None
    assert len(reference.alternatives) == 2


def test_sim_18_nothing_declared_and_nothing_open_takes_the_longest_name() -> None:
    reference = read_operand("$inputs.x.y", V1_1, Declared()).reference
    assert reference is not None
    assert reference.expression == Input("$inputs.x.y", "x.y")
    assert reference.alternatives == ()


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("$response.body#token", ["reading-P3"]),
        ("$response.headers.X", ["reading-P4"]),
        ("$steps.s.a", ["reading-P4"]),
        ("$body.x", ["reading-P4"]),
        ("$inputs.x[y]", ["reading-P5"]),
        ("$response.body['a']", ["reading-P2"]),
        ("$response.body.a#/b", ["reading-P2"]),
        ("$message.body", ["expression-no-value"]),
    ],
)
def test_practical_readings_of_operands(text: str, codes: list[str]) -> None:
    operand = read_operand(text, V1_1, DECLARED)
    assert operand.reference is not None
    assert [remark.code for remark in operand.remarks] == codes


@pytest.mark.parametrize(
    "text",
    [
        "$response.body#token",
        "$response.headers.X",
        "$steps.s.a",
        "$body.x",
        "$response.body['a']",
        "$response.body.a#/b",
    ],
)
def test_strict_takes_none_of_them(text: str) -> None:
    assert read_operand(text, STRICT, DECLARED).fault is not None


@pytest.mark.parametrize(
    "text",
    [
        "$response.body.",
        "$response.body[x]",
        "$response.body[-1]",
        "$x",
        "$inputs.a+1",
        "$",
        "$response",
        "$statusCode[",
        "$url,",
    ],
)
def test_what_is_no_operand(text: str) -> None:
    operand = read_operand(text, V1_1, DECLARED)
    assert operand.reference is None
    assert operand.fault is not None


def test_the_nodes_carry_the_text_of_the_whole_operand() -> None:
    reference = read_operand("$workflows.w.outputs.a[0]", V1_1, Declared()).reference
    assert reference is not None
    assert reference.expression == WorkflowField("$workflows.w.outputs.a[0]", "w", "outputs", "a", navigation=(0,))


@pytest.mark.parametrize(
    "text", ["$inputs." + "a." * 30_000 + "b", "$inputs." + "[0]" * 20_000, "$response.body" + ".a" * 30_000]
)
def test_hostile_operands_are_read_in_time(text: str) -> None:
    operand = read_operand(text, V1_1, OPEN)
    assert (operand.reference is None) != (operand.fault is None)
