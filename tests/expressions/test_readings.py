"""The practical readings P2 to P5 of a whole expression."""

from dataclasses import replace

import pytest

from arazzo_runner.expressions.grammar import (
    Declared,
    Dialect,
    Exchange,
    Expression,
    Input,
    Inputs,
    Output,
    Outputs,
    StepOutput,
    StepOutputs,
    WorkflowField,
    WorkflowFields,
    WorkflowNames,
)
from arazzo_runner.expressions.parse import parse, parse_embedded, parse_value
from arazzo_runner.expressions.readings import Tail, heads, is_declared, is_open, read_tail

V1_0, V1_1 = Dialect(), Dialect(v1_1=True)
BOTH = (V1_0, V1_1)
DECLARED = Declared(
    inputs=frozenset({"user", "items", "a.b", "a", "filter[tag]", "$skip", "my name"}),
    steps={
        "s": frozenset({"o", "o.x", "list", "assets (all)"}),
        "t.u": frozenset({"v"}),
        "p": frozenset({"q.r"}),
        "p.q": frozenset({"r"}),
    },
    workflows={"w": WorkflowNames(frozenset({"i"}), frozenset({"o"})), "open": WorkflowNames(None, frozenset())},
    outputs=frozenset({"done"}),
)

READ: list[tuple[str, str, Expression, tuple[str, ...], str]] = [
    ("P2", "$response.body.foo", Exchange("", "response", "body", navigation=("foo",)), ("P2",), "$response.body#/foo"),
    ("EXP-13", "$inputs", Inputs(""), ("EXP-13",), ""),
    ("EXP-13", "$outputs", Outputs(""), ("EXP-13",), ""),
    ("EXP-13", "$steps.s.outputs", StepOutputs("", "s"), ("EXP-13",), ""),
    ("EXP-13", "$steps.t.u.outputs", StepOutputs("", "t.u"), ("EXP-13",), ""),
    ("EXP-13", "$workflows.w.inputs", WorkflowFields("", "w", "inputs"), ("EXP-13",), ""),
    ("EXP-13", "$workflows.w.outputs", WorkflowFields("", "w", "outputs"), ("EXP-13",), ""),
    ("P2", "$response.body[0].id", Exchange("", "response", "body", navigation=(0, "id")), ("P2",), "$response.body#/0/id"),
    ("P2", "$request.body.a", Exchange("", "request", "body", navigation=("a",)), ("P2",), "$request.body#/a"),
    ("P2", "$response.body['a b'].c", Exchange("", "response", "body", navigation=("a b", "c")), ("P2",), "$response.body#/a b/c"),
    ("P2", '$response.body["a.b"]', Exchange("", "response", "body", navigation=("a.b",)), ("P2",), "$response.body#/a.b"),
    ("P2", "$response.body.a#/b", Exchange("", "response", "body", pointer=("a", "b")), ("P2",), "$response.body#/a/b"),
    ("P2", "$inputs.user.name", Input("", "user", navigation=("name",)), ("P2",), "$inputs.user#/name"),
    ("P2", "$inputs.user.a#/b", Input("", "user", ("a", "b")), ("P2",), "$inputs.user#/a/b"),
    ("P2", "$inputs.items[0]", Input("", "items", navigation=(0,)), ("P2",), "$inputs.items#/0"),
    ("P2", "$inputs.a.b.c", Input("", "a.b", navigation=("c",)), ("P2",), "$inputs.a.b#/c"),
    ("P2", "$inputs.a.c", Input("", "a", navigation=("c",)), ("P2",), "$inputs.a#/c"),
    ("P2", "$steps.s.outputs.o[0].z", StepOutput("", "s", "o", navigation=(0, "z")), ("P2",), "$steps.s.outputs.o#/0/z"),
    ("P2", "$steps.s.outputs.o.a.b", StepOutput("", "s", "o", navigation=("a", "b")), ("P2",), "$steps.s.outputs.o#/a/b"),
    ("P2", "$steps.s.outputs.o.x.b", StepOutput("", "s", "o.x", navigation=("b",)), ("P2",), "$steps.s.outputs.o.x#/b"),
    ("P2", "$outputs.done.x", Output("", "done", navigation=("x",)), ("P2",), "$outputs.done#/x"),
    ("P2", "$workflows.w.outputs.o.x", WorkflowField("", "w", "outputs", "o", navigation=("x",)), ("P2",), "$workflows.w.outputs.o#/x"),
    ("P3", "$response.body#token", Exchange("", "response", "body", pointer=("token",)), ("P3",), "$response.body#/token"),
    ("P3", "$response.body#a/b.c", Exchange("", "response", "body", pointer=("a", "b.c")), ("P3",), "$response.body#/a/b.c"),
    ("P3", "$inputs.user#name", Input("", "user", ("name",)), ("P3",), "$inputs.user#/name"),
    ("P3", "$response.body.a#b", Exchange("", "response", "body", pointer=("a", "b")), ("P2", "P3"), "$response.body#/a/b"),
    ("P4", "$response.headers.X-A", Exchange("", "response", "header", "X-A"), ("P4",), "$response.header.X-A"),
    ("P4", "$request.headers.X", Exchange("", "request", "header", "X"), ("P4",), "$request.header.X"),
    ("P4", "$steps.s.o", StepOutput("", "s", "o"), ("P4",), "$steps.s.outputs.o"),
    ("P4", "$steps.s.list[0]", StepOutput("", "s", "list", navigation=(0,)), ("P4", "P2"), "$steps.s.outputs.list#/0"),
    ("P4", "$body.x", Exchange("", "response", "body", navigation=("x",)), ("P4",), "$response.body#/x"),
    ("P4", "$body", Exchange("", "response", "body"), ("P4",), "$response.body"),
    ("P4", "$body#/x", Exchange("", "response", "body", pointer=("x",)), ("P4",), "$response.body#/x"),
    ("P5", "$inputs.my name", Input("", "my name"), ("P5",), ""),
    ("P5", "$inputs.my name#/x", Input("", "my name", ("x",)), ("P5",), ""),
    ("P5", "$steps.s.outputs.assets (all)", StepOutput("", "s", "assets (all)"), ("P5",), ""),
]  # fmt: skip


@pytest.mark.parametrize("dialect", BOTH, ids=["1.0", "1.1"])
@pytest.mark.parametrize(
    ("text", "node", "codes", "standard"), [case[1:] for case in READ], ids=[f"{c[0]} {c[1]}" for c in READ]
)
def test_what_is_read_as_it_was_meant(
    text: str, node: Expression, codes: tuple[str, ...], standard: str, dialect: Dialect
) -> None:
    parsed = parse(text, dialect, DECLARED)
    assert parsed.fault is None
    assert parsed.expression == replace(node, text=text)
    assert [remark.code for remark in parsed.remarks] == [f"reading-{code}" for code in codes]
    assert {remark.standard for remark in parsed.remarks} == {standard}


@pytest.mark.parametrize("dialect", BOTH, ids=["1.0", "1.1"])
@pytest.mark.parametrize("text", [case[1] for case in READ if case[0] in ("P3", "P4")])
def test_strict_takes_none_of_them(text: str, dialect: Dialect) -> None:
    parsed = parse(text, Dialect(dialect.v1_1, strict=True), DECLARED)
    assert parsed.fault is not None


@pytest.mark.parametrize("text", ["$inputs.filter[tag]", "$inputs.$skip"])
def test_p5_is_standard_in_1_0_and_read_in_1_1(text: str) -> None:
    name = text.removeprefix("$inputs.")
    assert parse(text, V1_0, DECLARED).expression == Input(text, name)
    assert parse(text, V1_0, DECLARED).remarks == ()
    assert parse(text, V1_1, DECLARED).expression == Input(text, name)
    assert [remark.code for remark in parse(text, V1_1, DECLARED).remarks] == ["reading-P5"]


def test_p5_an_id_with_dots_is_read_in_1_1() -> None:
    assert parse("$steps.t.u.outputs.v", V1_0, DECLARED).remarks == ()
    read = parse("$steps.t.u.outputs.v", V1_1, DECLARED)
    assert read.expression == StepOutput("$steps.t.u.outputs.v", "t.u", "v")
    assert [remark.code for remark in read.remarks] == ["reading-P5"]


@pytest.mark.parametrize("text", ["$inputs.a.b", "$inputs.user", "$steps.s.outputs.o.x", "$inputs.user#/name"])
def test_an_exact_name_keeps_its_standard_meaning(text: str) -> None:
    parsed = parse(text, V1_1, DECLARED)
    assert parsed == parse(text, Dialect(v1_1=True, strict=True))


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("$response.body#a.b", "$response.body#/a.b", "$response.body#/a/b"),
        ("$response.body#a[0]", "$response.body#/a[0]", "$response.body#/a/0"),
        ("$steps.p.q.r", "$steps.p.outputs.q.r", "$steps.p.q.outputs.r"),
    ],
)
def test_two_plausible_readings_are_a_fault_that_names_both(text: str, first: str, second: str) -> None:
    fault = parse(text, V1_1, DECLARED).fault
    assert fault is not None
    assert fault.code == "expression-ambiguous"
    assert f"'{first}'" in fault.message
    assert f"'{second}'" in fault.message


@pytest.mark.parametrize("dialect", BOTH, ids=["1.0", "1.1"])
@pytest.mark.parametrize(
    "text",
    [
        "$response.body.a b",
        "$response.body[*]",
        "$response.body[-1]",
        "$response.body..a",
        "$response.body.",
        "$response.body[]",
        "$response.bodyx",
        "$response.headers.",
        "$response.headers.a b",
        "$steps.s.none",
        "$steps.nobody.o",
        "$bodyx",
        "$body.a~b#/~",
        "$steps.s.response.body",
    ],
)
def test_what_nobody_can_read_stays_a_fault(text: str, dialect: Dialect) -> None:
    assert parse(text, dialect, DECLARED).fault is not None


def test_where_any_input_may_be_given_a_bracket_still_ends_a_name() -> None:
    parsed = parse("$inputs.x[0]", V1_1, Declared(open_inputs=True))
    assert parsed.expression == Input("$inputs.x[0]", "x", navigation=(0,))
    closed = parse("$inputs.x[0]", V1_1, Declared(inputs=frozenset({"y"})))
    assert closed.fault is not None


def test_where_any_input_may_be_given_dots_before_a_bracket_are_ambiguous() -> None:
    fault = parse("$inputs.x.y[0]", V1_1, Declared(open_inputs=True)).fault
    assert fault is not None
    assert fault.code == "expression-ambiguous"


def test_without_declarations_a_dotted_name_is_one_name() -> None:
    assert parse("$inputs.x.y", V1_1).expression == Input("$inputs.x.y", "x.y")
    assert parse("$steps.s.outputs.x.y", V1_1).expression == StepOutput("$steps.s.outputs.x.y", "s", "x.y")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("$response.body.id", True),
        ("$request.body.id", False),
        ("$inputs.user.name", True),
        ("$inputs.nobody[0]", False),
        ("$inputs.my name", True),
        ("$response.body#token", False),
        ("$response.headers.X", False),
        ("$steps.s.o", False),
        ("$body.x", False),
    ],
)
def test_values_take_fewer_readings(text: str, read: bool) -> None:
    assert (parse_value(text, V1_1, DECLARED).expression is not None) is read
    assert parse_value(text, Dialect(v1_1=True, strict=True), DECLARED).remarks == ()


@pytest.mark.parametrize(
    ("text", "read"), [("$response.body.id", False), ("$inputs.items[0]", True), ("$inputs.my name", True)]
)
def test_braces_take_declared_names_only(text: str, read: bool) -> None:
    assert (parse_embedded(text, V1_1, DECLARED).expression is not None) is read


def test_a_remark_names_the_standard_spelling() -> None:
    (remark,) = parse("$response.body.id", V1_0).remarks
    assert remark.message == "'$response.body.id' navigates without a JSON Pointer: read as '$response.body#/id'"
    (remark,) = parse("$inputs.my name", V1_0, DECLARED).remarks
    assert "the declared name 'my name'" in remark.message


@pytest.mark.parametrize(
    ("text", "dialect", "strange"),
    [
        ("$steps.s.x.outputs.o.p", V1_1, "step id 's.x'"),
        ("$steps.s.x.outputs.a b", V1_1, "step id 's.x' and name 'a b'"),
        ("$steps.s.x.outputs.a b", V1_0, "name 'a b'"),
        ("$workflows.v.w.inputs.i", V1_1, "workflow id 'v.w'"),
    ],
)
def test_what_the_grammar_does_not_have_is_named(text: str, dialect: Dialect, strange: str) -> None:
    declared = Declared(
        steps={"s.x": frozenset({"o.p", "a b"})}, workflows={"v.w": WorkflowNames(frozenset({"i"}), frozenset())}
    )
    (remark,) = parse(text, dialect, declared).remarks
    assert f"is read with the declared {strange}, which" in remark.message


@pytest.mark.parametrize(
    ("text", "tail"),
    [
        ("", Tail()),
        (".a[0].b", Tail(("a", 0, "b"))),
        ("['x y'][\"z\"]", Tail(("x y", "z"))),
        (".a#/b", Tail(("a",), ("b",))),
        ("#", Tail((), ())),
        ("#b", Tail((), ("b",), slashless=True)),
        ("#b~", None),
        ("x", None),
        (".", None),
        ("[9999999999999999]", Tail((9999999999999999,))),
        ("[0007]", Tail((7,))),
        (f"[{'9' * 5000}]", Tail((int("9" * 100),))),
        (".a b", None),
    ],
)
def test_a_tail_is_navigation_and_then_a_pointer(text: str, tail: Tail | None) -> None:
    assert read_tail(text) == tail


def test_heads_go_from_all_of_a_text_to_its_first_part() -> None:
    assert list(heads("a.b[0]#/c")) == ["a.b[0]#/c", "a.b[0]", "a.b", "a"]


def test_the_heads_of_a_hostile_text_are_few() -> None:
    assert len(list(heads("." * 100_000))) < 100


NAMED = [
    (Input("", "user"), True, False),
    (Input("", "x"), False, False),
    (Output("", "done"), True, False),
    (StepOutput("", "s", "o"), True, False),
    (StepOutput("", "none", "o"), False, True),
    (WorkflowField("", "w", "inputs", "i"), True, False),
    (WorkflowField("", "w", "outputs", "x"), False, False),
    (WorkflowField("", "open", "inputs", "x"), False, True),
    (WorkflowField("", "open", "outputs", "x"), False, False),
    (WorkflowField("", "none", "inputs", "x"), False, True),
]


@pytest.mark.parametrize(("named", "known", "others"), NAMED)
def test_what_is_declared_and_what_is_open(
    named: Input | Output | StepOutput | WorkflowField, known: bool, others: bool
) -> None:
    assert (is_declared(named, DECLARED), is_open(named, DECLARED)) == (known, others)


def test_what_is_not_known_is_open() -> None:
    nothing = Declared(open_inputs=True)
    assert is_open(Input("", "a"), nothing)
    assert is_open(Output("", "a"), nothing)
    assert not is_declared(Output("", "a"), nothing)
