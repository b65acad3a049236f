"""Conditions cut into tokens."""

import pytest

from arazzo_runner.criteria.simple.tokens import Kind, Malformed, tokens
from arazzo_runner.expressions.grammar import Declared, Dialect
from arazzo_runner.values import JSON

PRACTICAL, STRICT = Dialect(), Dialect(strict=True)
DECLARED = Declared(inputs=frozenset({"my name", "a=b", "plain"}))


def cut(text: str, dialect: Dialect = PRACTICAL) -> list[str]:
    return [token.text for token in tokens(text, dialect, DECLARED) if token.kind is not Kind.END]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("$statusCode==200", ["$statusCode", "==", "200"], id="SIM-15"),
        pytest.param("\t$a \n== 1 ", ["$a", "==", "1"], id="SIM-15 spaces"),
        pytest.param("$statusCode>=200&&$statusCode<300", ["$statusCode", ">=", "200", "&&", "$statusCode", "<", "300"], id="SIM-16"),
        pytest.param("$response.body#/0 == null", ["$response.body#/0", "==", "null"], id="SIM-16 pointer"),
        pytest.param("$request.query.a==1", ["$request.query.a", "==", "1"], id="SIM-16 query"),
        pytest.param("!($a||{$b})", ["!", "(", "$a", "||", "{", "$b", "}", ")"], id="SIM-16 ends"),
        pytest.param("'it''s' == ''", ["'it''s'", "==", "''"], id="SIM-04"),
        pytest.param("$inputs.my name == 1", ["$inputs.my name", "==", "1"], id="P5 spaces"),
        pytest.param("$inputs.a=b#/x == 1", ["$inputs.a=b#/x", "==", "1"], id="P5 operator"),
        pytest.param("$inputs.plain[0] == 1", ["$inputs.plain[0]", "==", "1"], id="P5 plain"),
    ],
)  # fmt: skip
def test_tokens(text: str, expected: list[str]) -> None:
    assert cut(text) == expected


def test_strict_ends_a_name_at_a_space() -> None:
    assert cut("$inputs.my 5", STRICT) == ["$inputs.my", "5"]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("true", Kind.LITERAL, True),
        ("false", Kind.LITERAL, False),
        ("null", Kind.LITERAL, None),
        ("True", Kind.WORD, None),
        ("0", Kind.LITERAL, 0),
        ("-3.14", Kind.LITERAL, -3.14),
        ("1e3", Kind.LITERAL, 1000.0),
        ("1E-2", Kind.LITERAL, 0.01),
        ("9007199254740993", Kind.LITERAL, 9007199254740993),
        ("'it''s'", Kind.LITERAL, "it's"),
        ("'a\"\\n'", Kind.LITERAL, 'a"\\n'),
        ('"a\\"b"', Kind.DOUBLE_QUOTED, 'a"b'),
        ("5XX", Kind.STATUS_CLASS, None),
        ("2xx", Kind.STATUS_CLASS, None),
        ("application/json", Kind.WORD, None),
        ("*/*", Kind.WORD, None),
    ],
)
def test_literals_and_words(text: str, kind: Kind, value: JSON) -> None:
    first, end = tokens(text, PRACTICAL, DECLARED)
    assert (first.kind, first.text, end.kind) == (kind, text, Kind.END)
    assert first.value == value
    assert type(first.value) is type(value)


@pytest.mark.parametrize(
    ("text", "offset", "help"),
    [
        pytest.param("+1", 0, "digits before and after", id="SIM-02 plus"),
        pytest.param("$a == .5", 6, "digits before and after", id="SIM-02 point first"),
        pytest.param("5.", 0, "digits before and after", id="SIM-02 point last"),
        pytest.param("007", 0, "digits before and after", id="SIM-02 zeros"),
        pytest.param("- 1", 0, "digits before and after", id="SIM-02 minus alone"),
        pytest.param("$a = 1", 3, "use '=='", id="SIM-35"),
        pytest.param("$a === 1", 3, "use '=='", id="SIM-35 strict equality"),
        pytest.param("$a !== 1", 3, "use '!='", id="SIM-35 strict inequality"),
        pytest.param("$a <> 1", 3, "use '!='", id="SIM-35 basic"),
        pytest.param("$a & $b", 3, "use '&&'", id="SIM-35 and"),
        pytest.param("$a | $b", 3, "use '||'", id="SIM-35 or"),
        pytest.param("$a =~ 'x'", 3, "regex", id="SIM-31 match"),
        pytest.param("$a ? 1 : 2", 3, "", id="SIM-31 ternary"),
        pytest.param("$a % 2", 3, "", id="SIM-31 arithmetic"),
        pytest.param("'abc", 0, "twice", id="SIM-04 open"),
        pytest.param("'it's'", 5, "twice", id="SIM-04 not doubled"),
        pytest.param('"abc', 0, "", id="P9 open"),
        pytest.param('"\\q"', 0, "single quotes", id="P9 escape"),
        pytest.param("1e999", 0, "", id="too large"),
    ],
)
def test_what_is_no_token(text: str, offset: int, help: str) -> None:
    with pytest.raises(Malformed) as caught:
        cut(text)
    assert caught.value.fault.offset == offset
    assert help in caught.value.fault.help
    assert caught.value.fault.code == "condition-malformed"


def test_a_number_that_is_too_long_is_told_by_a_code_of_its_own() -> None:
    with pytest.raises(Malformed) as caught:
        cut("1" * 1001)
    assert (caught.value.fault.offset, caught.value.fault.code) == (0, "condition-too-large")


@pytest.mark.parametrize("text", ['"a"', "5XX"])
def test_strict_has_no_practical_tokens(text: str) -> None:
    with pytest.raises(Malformed):
        cut(text, STRICT)


@pytest.mark.parametrize(
    "text", ["'" * 60_001, "'a" * 30_000, '"\\' * 30_000, "1" * 60_000, "a" * 60_000, "$" * 60_000]
)
def test_hostile_texts_are_cut_or_refused(text: str) -> None:
    found, fault = "", ""
    try:
        found = "".join(cut(text))
    except Malformed as malformed:
        fault = malformed.fault.message
    assert found == text or 0 < len(fault) < 200
