"""Conditions parsed (SIM-01 to SIM-17, SIM-31 to SIM-35) and their practical readings (P8, P9)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.criteria.simple.parser import parse_condition
from arazzo_runner.criteria.simple.syntax import (
    Compare,
    Every,
    Literal,
    MediaType,
    Node,
    Not,
    Reference,
    Some,
    StatusClass,
)
from arazzo_runner.expressions.grammar import Declared, Dialect, Exchange, Input, StatusCode

PRACTICAL, STRICT = Dialect(), Dialect(strict=True)
DECLARED = Declared(inputs=frozenset({"a", "b", "c", "my name"}))
STATUS = Reference("$statusCode", StatusCode("$statusCode"))
BODY = Reference("$response.body", Exchange("$response.body", "response", "body"))


def ref(name: str) -> Reference:
    return Reference(f"$inputs.{name}", Input(f"$inputs.{name}", name))


A, B, C = ref("a"), ref("b"), ref("c")

TREES: list[tuple[str, str, Node]] = [
    ("SIM-01", "true", Literal(True)),
    ("SIM-01", " null ", Literal(None)),
    ("SIM-02", "-3.14", Literal(-3.14)),
    ("SIM-04", "'it''s'", Literal("it's")),
    ("SIM-06", "$inputs.a == 1", Compare("==", A, Literal(1))),
    ("SIM-07", "!$inputs.a", Not(A)),
    ("SIM-07", "!!$inputs.a", Not(Not(A))),
    ("SIM-08", "$inputs.a&&$inputs.b&&$inputs.c", Every((A, B, C))),
    ("SIM-09", "($inputs.a || $inputs.b) && $inputs.c", Every((Some((A, B)), C))),
    ("SIM-09", "((($inputs.a)))", A),
    ("SIM-12", "$inputs.a || $inputs.b && $inputs.c", Some((A, Every((B, C))))),
    ("SIM-12", "$inputs.a == 1 || $inputs.b", Some((Compare("==", A, Literal(1)), B))),
    ("SIM-12", "!($inputs.a == 1)", Not(Compare("==", A, Literal(1)))),
    ("SIM-14", "!$inputs.a == true", Compare("==", Not(A), Literal(True))),
    ("SIM-15", "$statusCode==200", Compare("==", STATUS, Literal(200))),
    ("SIM-16", "$statusCode>=200&&$statusCode<300", Every((Compare(">=", STATUS, Literal(200)), Compare("<", STATUS, Literal(300))))),
    ("grammar", "($inputs.a < 1) == ($inputs.b > 2)", Compare("==", Compare("<", A, Literal(1)), Compare(">", B, Literal(2)))),
]  # fmt: skip


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
@pytest.mark.parametrize(("text", "tree"), [c[1:] for c in TREES], ids=[f"{c[0]} {c[1]}" for c in TREES])
def test_the_trees_of_standard_conditions(text: str, tree: Node, dialect: Dialect) -> None:
    parsed = parse_condition(text, dialect, DECLARED)
    assert parsed.fault is None
    assert parsed.tree == tree
    assert [remark.code for remark in parsed.remarks if remark.code.startswith("reading")] == []


FAULTS: list[tuple[str, str, int]] = [
    ("SIM-13", "1 < $inputs.a < 5", 14),
    ("SIM-13", "$inputs.a == $inputs.b == true", 23),
    ("SIM-31", "$inputs.a + 1 == 2", 10),
    ("SIM-31", "$inputs.a in 'x'", 10),
    ("SIM-31", "length($inputs.a) > 1", 0),
    ("SIM-31", "$inputs.a =~ 'x'", 10),
    ("SIM-32", "", 0),
    ("SIM-32", "  \n ", 0),
    ("SIM-35", "$statusCode = 200", 12),
    ("SIM-35", "$statusCode ==", 14),
    ("SIM-35", "== 200", 0),
    ("SIM-35", "$statusCode 200", 12),
    ("SIM-35", "($inputs.a", 10),
    ("SIM-35", "$inputs.a)", 9),
    ("SIM-35", "$inputs.a &&", 12),
    ("SIM-35", "|| $inputs.a", 0),
    ("SIM-35", "$inputs.a == !", 14),
    ("SIM-35", "()", 1),
    ("SIM-35", "$status == 200", 0),
    ("SIM-35", "1 == $response.bdy", 15),
    ("SIM-35", "$statusCode == 200 and true", 19),
    ("SIM-35", "$statusCode in (200, 201)", 12),
    ("SIM-35", "statusCode == 200", 0),
    ("SIM-35", "$statusCode == 200 ; true", 19),
]


@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
@pytest.mark.parametrize(("text", "offset"), [c[1:] for c in FAULTS], ids=[f"{c[0]} {c[1]}" for c in FAULTS])
def test_a_fault_has_its_place(text: str, offset: int, dialect: Dialect) -> None:
    fault = parse_condition(text, dialect, DECLARED).fault
    assert fault is not None
    assert fault.offset == offset
    assert fault.message


PRACTICAL_TREES: list[tuple[str, str, Node, list[str]]] = [
    ("SIM-03", '$inputs.a == "x"', Compare("==", A, Literal("x")), ["reading-P9"]),
    ("SIM-33", "{$statusCode == 401}", Compare("==", STATUS, Literal(401)), ["reading-SIM-33"]),
    ("SIM-33", " { $statusCode } ", STATUS, ["reading-SIM-33"]),
    ("SIM-33", "{{$statusCode} == 1}", Compare("==", STATUS, Literal(1)), ["reading-SIM-33", "reading-SIM-34"]),
    ("SIM-34", "{$statusCode} == 200", Compare("==", STATUS, Literal(200)), ["reading-SIM-34"]),
    ("SIM-34", "{$inputs.a} == {$inputs.b}", Compare("==", A, B), ["reading-SIM-34"] * 2),
    ("P8", "$inputs.a == ACTIVE", Compare("==", A, Literal("ACTIVE")), ["reading-P8"]),
    ("P8", "$inputs.a != text/*", Compare("!=", A, MediaType("text/*")), ["reading-P8"]),
    ("P9", "$statusCode == 5XX", Compare("==", STATUS, StatusClass(5)), ["reading-P9"]),
    ("P9", "$statusCode != 2xx", Compare("!=", STATUS, StatusClass(2)), ["reading-P9"]),
    ("P9", "$response.body contains 'x'", Compare("contains", BODY, Literal("x")), ["reading-P9"]),
    ("P5", "$inputs.my name == 1", Compare("==", ref("my name"), Literal(1)), ["reading-P5"]),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "tree", "codes"), [c[1:] for c in PRACTICAL_TREES], ids=[f"{c[0]} {c[1]}" for c in PRACTICAL_TREES]
)
def test_practical_readings(text: str, tree: Node, codes: list[str]) -> None:
    parsed = parse_condition(text, PRACTICAL, DECLARED)
    assert parsed.fault is None
    assert parsed.tree == tree
    assert [remark.code for remark in parsed.remarks] == codes


@pytest.mark.parametrize("text", [case[1] for case in PRACTICAL_TREES])
def test_strict_has_none_of_them(text: str) -> None:
    assert parse_condition(text, STRICT, DECLARED).fault is not None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("$inputs.a == 5XX", id="P9 class of another operand"),
        pytest.param("$statusCode > 4XX", id="P9 class with another operator"),
        pytest.param("5XX == $statusCode", id="P9 class on the left"),
        pytest.param("5XX", id="P9 class alone"),
        pytest.param("$inputs.a > ACTIVE", id="P8 word with another operator"),
        pytest.param("ACTIVE == $inputs.a", id="P8 word on the left"),
        pytest.param("ACTIVE", id="P8 word alone"),
        pytest.param("'x' == ACTIVE", id="P8 word next to a literal"),
        pytest.param("$inputs.a == True", id="P8 another reading: true"),
        pytest.param("$inputs.a == inputs.b", id="P8 another reading: an expression"),
        pytest.param("$inputs.a == in progress", id="P8 two words"),
        pytest.param("$inputs.a contains ACTIVE", id="P9 bare word"),
        pytest.param("contains($inputs.a, 'x')", id="P9 as a function"),
        pytest.param("{$inputs.a == 1} && {$inputs.b == 2}", id="SIM-33 two pairs"),
        pytest.param("{$inputs.a", id="SIM-34 open"),
        pytest.param("{1} == 1", id="SIM-34 no expression"),
        pytest.param("{}", id="SIM-33 empty"),
        pytest.param("{{}}", id="SIM-33 nested empty"),
    ],
)
def test_what_practical_mode_does_not_read_either(text: str) -> None:
    assert parse_condition(text, PRACTICAL, DECLARED).fault is not None


def test_p9_matches_is_read_as_a_search() -> None:
    parsed = parse_condition("$inputs.a matches '^x'", PRACTICAL, DECLARED)
    assert isinstance(parsed.tree, Compare)
    assert (parsed.tree.operator, parsed.tree.right) == ("matches", Literal("^x"))
    assert [(remark.code, remark.offset) for remark in parsed.remarks] == [("reading-P9", 10)]
    assert parse_condition("$inputs.a matches '^x'", STRICT, DECLARED).fault is not None


@pytest.mark.parametrize(
    ("text", "code", "offset"),
    [
        ("$inputs.a matches 'ab['", "pattern-malformed", 21),
        ("$inputs.a matches 'a{1,100000}'", "pattern-too-large", 19),
        ("$inputs.a matches 5", "condition-malformed", 18),
        ("$inputs.a matches", "condition-malformed", 17),
    ],
)
def test_p9_a_pattern_that_is_none_is_a_fault_at_its_place(text: str, code: str, offset: int) -> None:
    fault = parse_condition(text, PRACTICAL, DECLARED).fault
    assert fault is not None
    assert (fault.code, fault.offset) == (code, offset)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        pytest.param("!$inputs.a == true", ["condition-not-precedence"], id="SIM-14"),
        pytest.param("(!$inputs.a) == true", [], id="SIM-14 with parentheses"),
        pytest.param("'{$inputs.a}' == 'x'", ["expression-literal"], id="SIM-34 in a string"),
        pytest.param("$inputs.a == '$inputs.b'", ["expression-literal"], id="expression in a string"),
        pytest.param("$inputs.a == '$5'", [], id="dollar in a string"),
        pytest.param("$statusCode == 200 || 201", ["condition-constant"], id="SIM-27 constant"),
        pytest.param("true", [], id="constant alone"),
    ],
)
@pytest.mark.parametrize("dialect", [PRACTICAL, STRICT], ids=["practical", "strict"])
def test_doubts(text: str, codes: list[str], dialect: Dialect) -> None:
    assert [remark.code for remark in parse_condition(text, dialect, DECLARED).remarks] == codes


@pytest.mark.parametrize(
    ("text", "standard"),
    [
        ("$statusCode == 5XX", "$statusCode >= 500 && $statusCode <= 599"),
        ("$statusCode != 2xx", "$statusCode < 200 || $statusCode > 299"),
        ("{$statusCode == 1}", "$statusCode == 1"),
        ("{$statusCode} == 1", "$statusCode"),
        ("$inputs.a == it", "'it'"),
        ('$inputs.a == "it\'s"', "'it''s'"),
    ],
)
def test_a_reading_names_its_standard_spelling(text: str, standard: str) -> None:
    (remark,) = parse_condition(text, PRACTICAL, DECLARED).remarks
    assert remark.standard == standard
    assert parse_condition(standard, STRICT, DECLARED).fault is None


def test_the_offset_of_a_remark_counts_in_the_condition() -> None:
    (first, second) = parse_condition('$response.headers.X == "y"', PRACTICAL, DECLARED).remarks
    assert (first.code, first.offset, first.standard) == ("reading-P4", 0, "$response.header.X")
    assert (second.code, second.offset, second.standard) == ("reading-P9", 23, "'y'")
    (remark,) = parse_condition("true && $body.x == 1", PRACTICAL, DECLARED).remarks[:1]
    assert remark.offset == 8


PIECES = [
    "$inputs.a", "$statusCode", "$", "(", ")", "!", "==", "!=", "<", ">=", "&&", "||", "{", "}", "'", '"', "'x'", "1", "-",
    ".", "[0]", "#", "/", "true", "null", "word", "contains", "matches", "5XX", " ", " ", "\n", "\\", "+", "é", "\x00",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES)).map("".join) | st.text()


@given(TEXTS, st.booleans(), st.booleans())
def test_no_text_makes_the_parser_raise(text: str, v1_1: bool, strict: bool) -> None:
    parsed = parse_condition(text, Dialect(v1_1, strict), DECLARED)
    assert (parsed.tree is None) != (parsed.fault is None)
    assert parsed.fault is None or 0 <= parsed.fault.offset <= len(text)
    assert all(0 <= remark.offset <= len(text) for remark in parsed.remarks)


@given(TEXTS, st.booleans())
def test_what_strict_reads_practical_reads_alike(text: str, v1_1: bool) -> None:
    strict = parse_condition(text, Dialect(v1_1, strict=True), DECLARED)
    if strict.tree is not None:
        assert parse_condition(text, Dialect(v1_1), DECLARED) == strict
