from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import Diagnostic, Severity
from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH, MAX_TOLD, TooDeep, TooMany
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.yaml.nodes import compose
from arazzo_runner.document.yaml.values import Construction


def constructed(text: str, profile: Profile = Profile.ARAZZO) -> tuple[Any, list[Diagnostic]]:
    construction = Construction(Page(text, "file:///w/doc.yaml", "doc.yaml"), profile)
    root = compose(text)
    assert root is not None
    return construction.data(root), construction.findings


def told(found: list[Diagnostic]) -> list[str]:
    return [f"{one.severity.value} {one.code} {one.span and (one.span.line, one.span.column)}" for one in found]


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1", {"a": 1}),
        ("- yes\n- 'no'\n- \"5\"\n- 5\n- ~\n- ''\n-", ["yes", "no", "5", 5, None, "", None]),
        ("a: |\n  1\n", {"a": "1\n"}),
        ("a: >-\n  one\n  two\n", {"a": "one two"}),
        (
            "a: !!str 5\nb: !!int '5'\nc: !!float 5\nd: !!bool 'true'\ne: !!null ''",
            {"a": "5", "b": 5, "c": 5.0, "d": True, "e": None},
        ),
        ("a: !!map {b: !!seq [1]}", {"a": {"b": [1]}}),
        ("a: &x [1]\nb: *x\nc: &y t\nd: *y", {"a": [1], "b": [1], "c": "t", "d": "t"}),
        ("a: 123456789012345678901234567890", {"a": 123456789012345678901234567890}),
    ],
)
@pytest.mark.parametrize("profile", Profile)
def test_plain_texts_give_plain_data(text: str, data: Any, profile: Profile) -> None:
    assert constructed(text, profile) == (data, [])


def test_aliases_share_their_value() -> None:
    data, _ = constructed("a: &x {b: 1}\nc: *x\n")
    assert data["a"] is data["c"]


@pytest.mark.parametrize("key", ["200", "true", "null", "1.0", "2024-01-01", "'200'", '"200"', "0x1F"])
def test_the_key_of_a_source_is_its_text(key: str) -> None:
    assert constructed(f"{key}: x\n", Profile.SOURCE) == ({key.strip("'\""): "x"}, [])


# What each profile makes of it: the data, then what is told (without the word for the weight).
ODD = [
    ("a: 1\nb: 2\na: 3\n", {"a": 3, "b": 2}, "syntax-duplicate-key (3, 1)"),
    ("a: !mine 5\n", {"a": 5}, "syntax-tag (1, 4)"),
    ("a: !!binary aGk=\n", {"a": "aGk="}, "syntax-tag (1, 4)"),
    ("a: !!timestamp 2024-01-01\n", {"a": "2024-01-01"}, "syntax-tag (1, 4)"),
    ("a: !!int x\n", {"a": "x"}, "syntax-tag (1, 4)"),
    ("a: !!bool 1\n", {"a": "1"}, "syntax-tag (1, 4)"),
    ("a: !!set {b: c}\n", {"a": {"b": "c"}}, "syntax-tag (1, 4)"),
    ("a: !mine [1]\n", {"a": [1]}, "syntax-tag (1, 4)"),
    ("a: .inf\n", {"a": ".inf"}, "syntax-number (1, 4)"),
    ("a: -.INF\n", {"a": "-.INF"}, "syntax-number (1, 4)"),
    ("a: .nan\n", {"a": ".nan"}, "syntax-number (1, 4)"),
    ("a: 1e400\n", {"a": "1e400"}, "syntax-number (1, 4)"),
    ("a: !!float .inf\n", {"a": ".inf"}, "syntax-number (1, 4)"),
    ("? [x]\n: 1\nb: 2\n", {"b": 2}, "syntax-key (1, 3)"),
    ("a: !$response.body\n", {"a": None}, "syntax-unquoted-expression (1, 4)"),
]


@pytest.mark.parametrize(("text", "data", "finding"), ODD)
@pytest.mark.parametrize("profile", Profile)
def test_what_can_be_read_around_is_told(text: str, data: Any, finding: str, profile: Profile) -> None:
    found_data, found = constructed(text, profile)
    assert (found_data, told(found)) == (data, [f"{profile.severity.value} {finding}"])
    assert all(one.help for one in found)


def test_a_repeated_key_shows_where_it_stood_first() -> None:
    _, found = constructed("a: 1\nb: 2\na: 3\n")
    (related,) = found[0].related
    assert (related.span.line, related.span.column) == (1, 1)


@pytest.mark.parametrize(
    ("text", "merged"),
    [
        ("x: &b {k: 1, l: 2}\ny: {<<: *b, l: 3}", {"k": 1, "l": 3}),
        ("x: &b {k: 1}\ny: {l: 3, <<: *b}", {"k": 1, "l": 3}),
        ("x: [&b {k: 1}, &c {k: 2, m: 4}]\ny: {<<: [*b, *c]}", {"k": 1, "m": 4}),
        ("x: 0\ny: {<<: {k: 1}}", {"k": 1}),
        ("x: 0\ny: {'<<': 1}", {"<<": 1}),
    ],
)
def test_merge_keys_of_sources_are_resolved(text: str, merged: Any) -> None:
    data, found = constructed(text, Profile.SOURCE)
    assert (data["y"], found) == (merged, [])


def test_a_merge_key_in_an_arazzo_document_is_an_error() -> None:
    data, found = constructed("x: &b {k: 1}\ny:\n  <<: *b\n  l: 3\n")
    assert data["y"] == {"l": 3}
    assert told(found) == ["error syntax-merge-key (3, 3)"]


def test_merging_what_is_no_mapping_is_told() -> None:
    data, found = constructed("y: {<<: text, l: 3}", Profile.SOURCE)
    assert data == {"y": {"l": 3}}
    assert told(found) == ["warning syntax-merge-key (1, 9)"]


@pytest.mark.parametrize("text", ["&a [*a]", "a: &x {b: *x}", "&a {<<: *a, b: 1}"])
@pytest.mark.parametrize("profile", Profile)
def test_what_contains_itself_is_an_error_everywhere(text: str, profile: Profile) -> None:
    _, found = constructed(text, profile)
    codes = [one.code for one in found if one.severity is Severity.ERROR]
    assert codes == ["syntax-merge-key"] if "<<" in text and profile is Profile.ARAZZO else ["syntax-recursive-alias"]


def bomb(levels: int, width: int) -> str:
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * width)}]" for n in range(1, levels)]
    return "\n".join(lines)


def test_a_text_that_multiplies_aliases_is_refused() -> None:
    with pytest.raises(TooMany):
        constructed(bomb(levels=9, width=9))


def test_a_text_with_few_aliases_is_not() -> None:
    data, _ = constructed(bomb(levels=4, width=3))
    assert data["a2"] == [[["x"]] * 3] * 3


def test_aliases_cannot_hide_depth() -> None:
    links = [f"  - &a{n} [*a{n - 1}]" for n in range(1, MAX_DOCUMENT_DEPTH + 10)]
    with pytest.raises(TooDeep):
        constructed("\n".join(["a:", "  - &a0 [x]", *links]))


def test_nor_do_they_where_the_chain_is_thrown_away_first() -> None:
    links = [f"  k: &a{n} [*a{n - 1}]" for n in range(1, 2_000)]
    with pytest.raises(TooDeep):
        constructed("\n".join(["a:", "  k: &a0 [x]", *links, "b: *a1999"]), Profile.SOURCE)


def test_merging_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arazzo_runner.document.yaml.values.MAX_NODES", 1_000)
    many = ", ".join(f"k{n}: 1" for n in range(50))
    with pytest.raises(TooMany):
        constructed(f"b: &b {{{many}}}\nm:\n" + "- {<<: *b}\n" * 50, Profile.SOURCE)


def test_findings_of_one_kind_are_not_told_without_end() -> None:
    text = "a: 1\n" * (MAX_TOLD + 50) + "b: .inf\n"
    _, found = constructed(text)
    assert len(found) == MAX_TOLD + 1
    assert found[-1].code == "syntax-number"


@given(st.dictionaries(st.text("abc", min_size=1), st.integers(), min_size=1))
def test_mappings_keep_their_order(members: dict[str, int]) -> None:
    text = "".join(f"'{key}': {value}\n" for key, value in members.items())
    data, _ = constructed(text)
    assert list(data.items()) == list(members.items())
