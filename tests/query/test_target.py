"""Targets compiled for the forms that a body can have (checklist RPL-03 to RPL-07)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.expressions.grammar import Fault
from arazzo_runner.query.jsonpath import Query
from arazzo_runner.query.target import (
    LANGUAGES,
    MAX_POINTER_DEPTH,
    MAX_POINTER_LENGTH,
    BodyForm,
    Pointer,
    compile_target,
)
from arazzo_runner.query.xpath import XPath

DATA, XML, TEXT = BodyForm.DATA, BodyForm.XML, BodyForm.TEXT


@pytest.mark.parametrize(
    ("text", "language", "version", "form", "kind"),
    [
        ("/a", None, None, DATA, Pointer),
        ("", None, None, DATA, Pointer),
        ("/a", None, None, XML, XPath),
        ("/a", "jsonpointer", None, DATA, Pointer),
        ("/a", "jsonpointer", "rfc6901", DATA, Pointer),
        ("$.a", "jsonpath", None, DATA, Query),
        ("$.a", "jsonpath", "rfc9535", DATA, Query),
        ("$.a[(@.length-1)]", "jsonpath", "draft-goessner-dispatch-jsonpath-00", DATA, Query),
        ("/a", "xpath", None, XML, XPath),
        ("/a", "xpath", "xpath-10", XML, XPath),
    ],
)
def test_the_language(text: str, language: str | None, version: str | None, form: BodyForm, kind: type) -> None:
    assert isinstance(compile_target(text, language, version, form), kind)


def test_the_tokens_of_a_pointer_are_decoded() -> None:
    assert compile_target("/a~1b/~0/", None, None, DATA) == Pointer("/a~1b/~0/", ("a/b", "~", ""))


@pytest.mark.parametrize(
    ("version", "kept"),
    [("xpath-10", "1.0"), ("xpath-20", "2.0"), ("xpath-30", "3.0"), ("xpath-31", "3.1"), (None, "3.1")],
)
def test_the_version_of_an_xpath_is_kept(version: str | None, kept: str) -> None:
    found = compile_target("/a", "xpath", version, XML)
    assert isinstance(found, XPath)
    assert found.version == kept


@pytest.mark.parametrize(
    ("text", "language", "version", "form", "code", "words"),
    [
        ("/a", None, None, TEXT, "replacement-no-structure", "plain text"),
        ("/a", "jsonpointer", None, TEXT, "replacement-no-structure", "plain text"),
        ("/a", "xpath", None, DATA, "replacement-language", "no XML"),
        ("/a", "jsonpointer", None, XML, "replacement-language", "jsonpointer names no place"),
        ("$.a", "jsonpath", None, XML, "replacement-language", "jsonpath names no place"),
        ("$.a", "jsonpath", "rfc9536", DATA, "replacement-version", "'rfc9536' is no version"),
        ("/a~2", None, None, DATA, "query-malformed", "'~0'"),
        ("/" * (MAX_POINTER_LENGTH + 1), None, None, DATA, "query-too-large", "20,000"),
        ("/a" * (MAX_POINTER_DEPTH + 1), None, None, DATA, "query-too-large", "100"),
        ("$.a[", "jsonpath", None, DATA, "query-malformed", ""),
        ("$.a.`len`", "jsonpath", "draft-goessner-dispatch-jsonpath-00", DATA, "query-unsupported", "calculated"),
        ("//[", None, None, XML, "query-malformed", ""),
    ],
)
def test_faults(text: str, language: str | None, version: str | None, form: BodyForm, code: str, words: str) -> None:
    found = compile_target(text, language, version, form)
    assert isinstance(found, Fault)
    assert found.code == code
    assert words in found.message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("petId", "'/petId'"),
        ("a.b", "'/a/b'"),
        ("items[0].id", "'/items/0/id'"),
        ("$.items[0].id", "'/items/0/id', or for JSONPath set 'targetSelectorType: jsonpath'"),
        ("$['a'].b", "'/a/b'"),
        ("#/petId", "write '/petId'"),
        ("$request.body#/x/y", "write '/x/y'"),
        ("$request.body/x", "write '/x'"),
        ("$..a", "set 'targetSelectorType: jsonpath'"),
        ("two words", "such as '/items/0/id'"),
        ("a" * 300, "such as '/items/0/id'"),
    ],
)
def test_rpl_06_the_right_spelling_is_named(text: str, said: str) -> None:
    found = compile_target(text, None, None, DATA)
    assert isinstance(found, Fault)
    assert said in found.help


def test_a_pointer_that_is_said_to_be_jsonpath() -> None:
    found = compile_target("/a/b", "jsonpath", None, DATA)
    assert isinstance(found, Fault)
    assert "jsonpointer" in found.help


@given(st.text(max_size=30), st.sampled_from([None, *LANGUAGES]), st.sampled_from(list(BodyForm)))
def test_any_text_is_a_target_or_a_fault(text: str, language: str | None, form: BodyForm) -> None:
    found = compile_target(text, language, None, form)
    if isinstance(found, Fault):
        assert found.message
        assert 0 <= found.offset <= len(text)
