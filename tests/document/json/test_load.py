import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.document.json.load import load_json
from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH, MAX_TOLD
from arazzo_runner.document.loaded import Loaded
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile


def loaded(text: str, profile: Profile = Profile.ARAZZO) -> Loaded:
    return load_json(Page(text, "file:///w/doc.json", "doc.json"), profile)


def told(found: Loaded) -> list[str]:
    return [
        f"{one.severity.value} {one.code} {one.span and (one.span.line, one.span.column)}" for one in found.diagnostics
    ]


@pytest.mark.parametrize(
    "text",
    [
        '{"a": [1, 2.5, null, true, "x"]}',
        "[]",
        '{"a": 123456789012345678901234567890}',
        '{"\\ud83d\\ude00": "\\u0061"}',
    ],
)
@pytest.mark.parametrize("profile", Profile)
def test_sound_texts(text: str, profile: Profile) -> None:
    found = loaded(text, profile)
    assert (found.data, found.ok, found.diagnostics) == (json.loads(text), True, ())


def test_numbers_keep_their_kind() -> None:
    data = loaded("[1, 1.0, 1e2]").data
    assert isinstance(data, list)
    assert [type(item) for item in data] == [int, float, float]


# The text, where its fault is, a part of the headline, and what can still be read.
BROKEN = [
    ('{"a": 1,}', (1, 9), "',' stands in front", {"a": 1}),
    ('{"a": [1, 2,], "b": 1}', (1, 13), "',' stands in front", {"a": [1, 2]}),
    ('{"a": 1 "b": 2}', (1, 9), "',' or a closing bracket", {"a": 1}),
    ('{"a" 1}', (1, 6), "':' is missing", {}),
    ('{"a": 1, b: 2}', (1, 10), "key in double quotes", {"a": 1}),
    ('{"a": tru}', (1, 7), "value is missing", {}),
    ('{"a": [1, {"b": 2}', (1, 19), "',' or a closing bracket", {"a": [1, {"b": 2}]}),
    ('{"a": "open', (1, 7), "never closed", {}),
    ('{"a": "x\ny"}', (1, 9), "line break", {}),
    ('{"a": "\\x"}', (1, 8), "escape", {}),
    ('{"a": 1}\n{"b": 2}', (2, 1), "follows the end", {"a": 1}),
    ('{"a": NaN}', (1, 7), "'NaN'", {}),
    ('{"a": 1, "b": -Infinity}', (1, 15), "'-Infinity'", {"a": 1}),
    ("", (1, 1), "value is missing", None),
    ("}", (1, 1), "value is missing", None),
    ('{"a": {"b": 1, "c', (1, 16), "never closed", {"a": {"b": 1}}),
]


@pytest.mark.parametrize(("text", "place", "headline", "data"), BROKEN)
def test_a_fault_is_told_in_plain_words_with_what_stands_before_it(
    text: str, place: tuple[int, int], headline: str, data: Any
) -> None:
    found = loaded(text)
    assert told(found) == [f"error syntax-json {place}"]
    assert headline in found.diagnostics[0].message
    assert found.diagnostics[0].help
    assert (found.data, found.ok) == (data, False)


ODD = [
    ('{"a": 1e400}', {"a": "1e400"}, "syntax-number (1, 7)"),
    ('{"a": ' + "9" * 5000 + "}", {"a": "9" * 5000}, "syntax-number (1, 7)"),
    ('{"a": "x\\ud800y"}', {"a": "x\ufffdy"}, "syntax-encoding (1, 9)"),
    ('{"a": "\\\\ud800", "b": "\\udc00"}', {"a": "\\ud800", "b": "\ufffd"}, "syntax-encoding (1, 24)"),
    ('{"a": 1, "b": 2, "a": 3}', {"a": 3, "b": 2}, "syntax-duplicate-key (1, 18)"),
    ('{"a" : 1, "\\u0061": 3}', {"a": 3}, "syntax-duplicate-key (1, 11)"),
    ('{"b": "\\": ", "a" : 1, "a" : 2}', {"b": '": ', "a": 2}, "syntax-duplicate-key (1, 24)"),
]


@pytest.mark.parametrize(("text", "data", "finding"), ODD)
@pytest.mark.parametrize("profile", Profile)
def test_what_can_be_read_around_is_told(text: str, data: Any, finding: str, profile: Profile) -> None:
    found = loaded(text, profile)
    assert told(found) == [f"{profile.severity.value} {finding}"]
    assert (found.data, found.ok) == (data, True)


def test_a_repeated_key_shows_where_it_stood_first() -> None:
    (related,) = loaded('{"a": 1, "a": 2}').diagnostics[0].related
    assert related.span.column == 2


def test_findings_are_not_told_without_end() -> None:
    text = "{" + ", ".join(['"a": 1'] * (MAX_TOLD + 9)) + "}"
    assert len(loaded(text).diagnostics) == MAX_TOLD


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 300 + "]" * 300, (1, MAX_DOCUMENT_DEPTH + 1)),
        ("[" * 100_000, (1, MAX_DOCUMENT_DEPTH + 1)),
        ('{"a":' * 100_000 + "1" + "}" * 100_000, (1, 5 * MAX_DOCUMENT_DEPTH + 1)),
    ],
)
def test_depth_has_an_end(text: str, place: tuple[int, int]) -> None:
    found = loaded(text)
    assert told(found) == [f"error syntax-too-deep {place}"]
    assert found.data is None


def test_the_number_of_values_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arazzo_runner.document.limits.MAX_NODES", 10)
    assert told(loaded("[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]")) == ["error syntax-too-many-values (1, 1)"]


@pytest.mark.long
def test_fifty_megabytes_of_brackets_are_refused_at_once() -> None:
    assert told(loaded("{" * 50 * 1024 * 1024))[0].startswith("error")


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text('{}[]:,"\\u01ae- \n', max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for profile in Profile:
        found = loaded(text, profile)
        assert found.ok or found.diagnostics
        found.places.span(("a", 0))


@given(
    st.recursive(st.integers() | st.text(max_size=5), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_whatever_python_writes_is_read_back(data: Any) -> None:
    found = loaded(json.dumps(data))
    assert (found.data, found.diagnostics) == (data, ())


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('// a\n{"a": 1}', (1, 1)),
        ('{"a": 1, /* b\n */ "b": 2}', (1, 10)),
        ('{"a": "http://x", "b": 2} // c', (1, 27)),
    ],
)
def test_comments_are_told_where_nothing_else_is_wrong(text: str, place: tuple[int, int]) -> None:
    found = loaded(text)
    assert (told(found), found.ok) == ([f"error syntax-comment {place}"], False)


@pytest.mark.parametrize("text", ['{"a": http://x}', '{"a": 1 /* b */ "c": 2}', '{"a": "/* b'])
def test_what_only_looks_like_a_comment_is_no_comment(text: str) -> None:
    assert [one.code for one in loaded(text).diagnostics] == ["syntax-json"]


def test_each_number_is_told_where_it_stands() -> None:
    found = loaded('["1e999", 1e999, 11e999, 1e999]')
    assert [one.span and one.span.column for one in found.diagnostics] == [11, 18, 26]


@pytest.mark.parametrize("unit", ["1e999", '"\\ud800"', "1" * 5_000])
def test_what_is_read_around_is_not_told_without_end(unit: str) -> None:
    found = loaded(f"[{','.join([unit] * (MAX_TOLD + 9))}]")
    assert len(found.diagnostics) == MAX_TOLD
