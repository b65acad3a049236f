"""Bare words (P8) and what was probably meant by them."""

import pytest

from arazzo_runner.criteria.simple.syntax import Literal, MediaType, Node
from arazzo_runner.criteria.simple.tokens import Kind, Malformed, Token
from arazzo_runner.criteria.simple.words import bare_word, misplaced_word


@pytest.mark.parametrize(
    ("word", "node"),
    [
        ("ACTIVE", Literal("ACTIVE")),
        ("a-b_c.d", Literal("a-b_c.d")),
        ("application/json", MediaType("application/json")),
        ("application/vnd.api+json", MediaType("application/vnd.api+json")),
        ("application/*+json", MediaType("application/*+json")),
        ("text/*", MediaType("text/*")),
        ("*/*", MediaType("*/*")),
        ("a/b/c", Literal("a/b/c")),
        ("request", Literal("request")),
        ("truely", Literal("truely")),
    ],
)
def test_p8_a_bare_word_is_a_string_or_a_media_type(word: str, node: Node) -> None:
    assert bare_word(Token(Kind.WORD, word, 3)) == node


@pytest.mark.parametrize(
    ("word", "help"),
    [
        ("True", "write true or 'True'"),
        ("NULL", "write null or 'NULL'"),
        ("None", "write null or 'None'"),
        ("undefined", "write null or 'undefined'"),
        ("inputs.name", "write $inputs.name or 'inputs.name'"),
        ("statusCode", "write $statusCode or 'statusCode'"),
    ],
)
def test_a_word_that_can_be_something_else_is_a_fault(word: str, help: str) -> None:
    with pytest.raises(Malformed) as caught:
        bare_word(Token(Kind.WORD, word, 3))
    assert caught.value.fault.help == help
    assert (caught.value.fault.offset, caught.value.fault.code) == (3, "condition-ambiguous")


@pytest.mark.parametrize(
    ("word", "help"),
    [
        ("and", "use '&&'"),
        ("OR", "use '||'"),
        ("not", "use '!'"),
        ("True", "write true"),
        ("statusCode", "did you mean '$statusCode'?"),
        ("statuscode", "did you mean '$statusCode'?"),
        ("respons.body", "did you mean '$response.body'?"),
        ("inputs.x", "did you mean '$inputs.x'?"),
        ("zebra", "a string stands in single quotes: 'zebra'"),
    ],
)
def test_a_misplaced_word_gets_help(word: str, help: str) -> None:
    fault = misplaced_word(Token(Kind.WORD, word, 5), "a value").fault
    assert (fault.offset, fault.help) == (5, help)
    assert fault.message == f"the word '{word}' stands where a value is expected"
