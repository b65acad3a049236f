"""Practical reading P1: expressions in longer strings without braces."""

import pytest

from arazzo_runner.expressions.grammar import Declared, Input, StepOutput, WorkflowField, WorkflowNames
from arazzo_runner.expressions.pieces import Piece
from arazzo_runner.expressions.unbraced import declared_at, literals, split

DECLARED = Declared(
    inputs=frozenset({"token", "tok", "a.b", "a", "secret", "my name", "name-x"}),
    secret_inputs=frozenset({"secret"}),
    steps={"login": frozenset({"jwt", "jwt.raw"}), "log": frozenset({"x"})},
    workflows={"w": WorkflowNames(frozenset({"i"}), frozenset({"o"}))},
)


def shown(text: str, *, secrets: bool = True) -> list[str]:
    pieces = split(text, Piece(0, len(text)), DECLARED, secrets=secrets)
    return [f"[{piece.expression.text}]" if piece.expression else text[piece.start : piece.end] for piece in pieces]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("Bearer $inputs.token", ["Bearer ", "[$inputs.token]"]),
        ("$inputs.token and more", ["[$inputs.token]", " and more"]),
        ("$inputs.token.", ["[$inputs.token]", "."]),
        ("https://$inputs.a.b/$inputs.a", ["https://", "[$inputs.a.b]", "/", "[$inputs.a]"]),
        ("x=$inputs.a.c", ["x=", "[$inputs.a]", ".c"]),
        ("($steps.login.outputs.jwt)", ["(", "[$steps.login.outputs.jwt]", ")"]),
        ("-$steps.login.outputs.jwt.raw", ["-", "[$steps.login.outputs.jwt.raw]"]),
        ("$workflows.w.inputs.i,$workflows.w.outputs.o", ["[$workflows.w.inputs.i]", ",", "[$workflows.w.outputs.o]"]),
        ("Hi $inputs.my name!", ["Hi ", "[$inputs.my name]", "!"]),
        ("a_$inputs.token", ["a_", "[$inputs.token]"]),
        ("$inputs.name-x", ["[$inputs.name-x]"]),
    ],
)
def test_p1_declared_names_are_substituted(text: str, pieces: list[str]) -> None:
    assert shown(text) == pieces


@pytest.mark.parametrize(
    "text",
    [
        "Bearer $inputs.none",
        "Bearer $inputs.tokens",
        "Bearer $inputs.token_x",
        "Bearer $inputs.token-x",
        "Bearer $inputs.token9",
        "Bearer $inputs.tokené",
        "x$inputs.token",
        "9$inputs.token",
        "é$inputs.token",
        "$$inputs.token",
        "\\$inputs.token",
        "Bearer $steps.login.jwt",
        "Bearer $steps.login.outputs.none",
        "Bearer $steps.other.outputs.jwt",
        "Bearer $workflows.w.jwt",
        "a $response.body#/token",
        "a $outputs.token",
        "a $statusCode",
        "$inputs. token",
    ],
)
def test_p1_all_else_stays(text: str) -> None:
    assert shown(text) == [text]


def test_p1_each_leaves_a_remark_with_the_standard_spelling() -> None:
    text = "Bearer $inputs.token"
    piece = list(split(text, Piece(0, len(text)), DECLARED, secrets=False))[-1]
    (remark,) = piece.remarks
    assert (remark.code, remark.offset, remark.standard) == ("reading-P1", 7, "{$inputs.token}")


def test_p1_a_secret_is_substituted_only_where_it_may_go() -> None:
    text = "key $inputs.secret"
    assert shown(text, secrets=True) == ["key ", "[$inputs.secret]"]
    assert shown(text, secrets=False) == ["key ", "$inputs.secret"]
    fault = list(split(text, Piece(0, len(text)), DECLARED, secrets=False))[-1].fault
    assert fault is not None
    assert (fault.code, fault.offset) == ("expression-secret", 4)
    assert fault.message == "'$inputs.secret' can be plain text here, or the secret input 'secret'"
    assert "{$inputs.secret}" in fault.help


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("x $inputs.token#/a", ["x ", "[$inputs.token]", "#/a"]),
        ("x $inputs.a[0]", ["x ", "[$inputs.a]", "[0]"]),
        ("$steps.login.outputs.jwt[*].id", ["[$steps.login.outputs.jwt]", "[*].id"]),
    ],
)
def test_p1_a_name_ends_where_no_name_goes_on(text: str, pieces: list[str]) -> None:
    assert shown(text) == pieces
    found = list(split(text, Piece(0, len(text)), DECLARED, secrets=True))
    assert [remark.code for piece in found for remark in piece.remarks] == ["reading-P1"]
    assert not any(piece.fault for piece in found)


@pytest.mark.parametrize(
    ("text", "offsets"),
    [
        ("Bearer $inputs.none", [7]),
        ("a $steps.s.x $response.body#/a", [2, 13]),
        ("x$inputs.token", [1]),
        ("\\$inputs.token", []),
        ("$$inputs.token", []),
        ("costs $100 and $url", []),
        ("query($inputs: String)", []),
        ("$inputs. x", []),
    ],
)
def test_par_13_what_looks_like_an_expression_leaves_a_remark(text: str, offsets: list[int]) -> None:
    remarks = literals(text, Piece(0, len(text)))
    assert [remark.offset for remark in remarks] == offsets
    assert {remark.code for remark in remarks} <= {"expression-literal"}


def test_the_longest_declared_name_wins() -> None:
    text = "$inputs.a.b"
    assert declared_at(text, 0, len(text), DECLARED) == Input(text, "a.b")
    assert declared_at("$steps.login.outputs.jwt", 0, 24, DECLARED) == StepOutput(
        "$steps.login.outputs.jwt", "login", "jwt"
    )
    assert declared_at("$workflows.w.outputs.o", 0, 22, DECLARED) == WorkflowField(
        "$workflows.w.outputs.o", "w", "outputs", "o"
    )
    assert declared_at("$inputs.x", 0, 9, DECLARED) is None


@pytest.mark.parametrize("text", ["$inputs." * 12_000, "$inputs.token " * 7_000, "$steps.login.outputs." * 5_000])
def test_a_hostile_string_is_split(text: str) -> None:
    pieces = list(split(text, Piece(0, len(text)), DECLARED, secrets=True))
    assert sum(piece.end - piece.start for piece in pieces) == len(text)
