import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Severity, has_errors
from arazzo_runner.document import Profile, Source, describe, limits, read

Sourced = Callable[..., Source]


def codes(source: Source) -> list[str]:
    return [found.code for found in source.diagnostics]


@pytest.mark.parametrize("name", ["doc.yaml", "doc.json", "doc", "doc.txt"])
@pytest.mark.parametrize(
    "content", ['{"a": {"b": [1]}}', "a:\n  b: [1]\n", "{a: {b: [1]}}", '\ufeff \n{"a": {"b": [1]}}']
)
def test_the_content_tells_the_format(sourced: Sourced, name: str, content: str) -> None:
    source = sourced(content, name=name)
    assert source.data == {"a": {"b": [1]}}
    assert not has_errors(source.diagnostics)
    assert source.span(("a", "b", 0)).text in content


def test_a_source_knows_where_it_is_from(sourced: Sourced) -> None:
    source = sourced(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert (source.uri, source.name, source.text) == ("file:///w/doc.yaml", "doc.yaml", "a: 1\r\nb: 2\r\n")
    assert source.span(("b",)).place() == "doc.yaml:2:4"


def test_without_a_name_the_uri_is_the_name() -> None:
    assert read("a: 1", "https://x/doc").name == "https://x/doc"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ('{"a": 1 "b": 2}', "syntax-json"),
        ('{"a": [1, 2}', "syntax-json"),
        ("{a: 1, b: [}", "syntax-yaml"),
        ("{$inputs.x}/y", "syntax-unquoted-expression"),
        ("", "syntax-empty"),
        ("{" * 300, "syntax-too-deep"),
    ],
)
def test_a_fault_is_told_in_the_terms_of_its_format(sourced: Sourced, content: str, code: str) -> None:
    assert codes(sourced(content)) == [code]


def test_json_with_freedoms_of_yaml_is_read_and_told_in_a_json_file(sourced: Sourced) -> None:
    content = '{"a": 1,}'
    assert codes(sourced(content, name="doc.yaml")) == []
    source = sourced(content, name="doc.json")
    assert (source.data, codes(source)) == ({"a": 1}, ["syntax-json"])
    assert source.diagnostics[0].severity is Severity.WARNING
    assert source.diagnostics[0].span is not None
    assert source.diagnostics[0].span.column == 9


def test_json_that_yaml_cannot_hold_is_read_as_json(sourced: Sourced) -> None:
    data = {"k" * 2000: "😀\x7f"}
    assert sourced(json.dumps(data)).data == data


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_encodings_with_a_mark(sourced: Sourced, encoding: str) -> None:
    source = sourced("a: grüße\n".encode(encoding))
    assert (source.data, source.diagnostics) == ({"a": "grüße"}, ())


def test_bytes_that_are_no_text_are_told_first(sourced: Sourced) -> None:
    source = sourced(b"a: caf\xe9\na: 2\n")
    assert codes(source) == ["syntax-encoding", "syntax-duplicate-key"]
    assert source.data == {"a": 2}


def test_line_ends_of_all_systems(sourced: Sourced) -> None:
    for end in ("\n", "\r\n", "\r"):
        source = sourced(f"a: 1{end}b: |{end}  x{end}  y{end}c: 3{end}")
        assert source.data == {"a": 1, "b": "x\ny\n", "c": 3}
        assert source.span(("c",), key=True).line == 5


def test_a_text_beyond_the_limit_is_not_read(sourced: Sourced, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arazzo_runner.document.formats.MAX_BYTES", 10)
    source = sourced("a: 1\n" * 10)
    assert (codes(source), source.data, source.text) == (["syntax-too-long"], None, "")
    assert limits.MAX_BYTES > 10


@pytest.mark.parametrize("text", ["x: 0x1F", "x: 31", "x: 0o37", '{"x": 31}', "{x: 31}", "x: !!int '31'"])
def test_one_value_in_many_spellings(sourced: Sourced, text: str) -> None:
    assert sourced(text).data == {"x": 31}


CONTENT = (
    st.binary(max_size=300)
    | st.text(st.characters(exclude_categories=()), max_size=200)
    | st.text("arzo: -[]{}\"'\n\t#&*!|>$%@`1.0\x00\ufeff\u2028", max_size=200)
)


@given(CONTENT, st.sampled_from(Profile))
def test_whatever_comes_is_read_and_described(content: bytes | str, profile: Profile) -> None:
    source = read(content, "file:///w/doc", "doc", profile)
    description = describe(source)
    assert description.source is source
    assert set(source.diagnostics) <= set(description.diagnostics)
    description.span(("workflows", 0, "steps"), key=True)
