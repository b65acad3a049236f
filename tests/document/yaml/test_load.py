import gc
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.diagnostics import has_errors
from arazzo_runner.document.limits import MAX_DOCUMENT_DEPTH
from arazzo_runner.document.loaded import Loaded
from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.yaml import load
from arazzo_runner.document.yaml.load import load_yaml

# Private-use characters beside a DEL are the one text that the loader can't carry through libyaml.
TEXTS = st.text(st.characters(exclude_categories=["Cs", "Co"]), max_size=10)
DATA: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=10,
)


def loaded(text: str, profile: Profile = Profile.ARAZZO, pure: bool = False) -> Loaded:
    return load_yaml(Page(text, "file:///w/doc.yaml", "doc.yaml"), profile, pure=pure)


def codes(found: Loaded) -> list[str]:
    return [one.code for one in found.diagnostics]


@pytest.mark.parametrize("pure", [False, True], ids=["compiled", "pure"])
@pytest.mark.parametrize("profile", Profile)
def test_a_sound_text(profile: Profile, pure: bool) -> None:
    found = loaded("a: [1, x]\nb: {c: no}\n", profile, pure)
    assert (found.data, found.ok, found.diagnostics) == ({"a": [1, "x"], "b": {"c": "no"}}, True, ())
    assert found.places.span(("b", "c")).column == 8


@pytest.mark.parametrize("text", ["", " \n\n", "# only a comment\n"])
def test_an_empty_text_is_an_error(text: str) -> None:
    found = loaded(text)
    assert (codes(found), found.data, found.ok) == (["syntax-empty"], None, False)


def test_an_arazzo_document_is_searched_for_traps_and_a_source_is_not() -> None:
    text = "200: x\nvalue: {$inputs.x}\n"
    assert codes(loaded(text)) == ["syntax-key", "syntax-unquoted-expression"]
    assert codes(loaded(text, Profile.SOURCE)) == []


def test_a_broken_text_tells_the_fault_and_what_stands_before_it() -> None:
    found = loaded("200: x\na: x: y\n100: y\n")
    assert not found.ok
    assert codes(found) == ["syntax-key", "syntax-yaml"]


@pytest.mark.parametrize("pure", [False, True], ids=["compiled", "pure"])
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- " * 100_000, "syntax-too-deep"),
        ("[" * 100_000, "syntax-too-deep"),
    ],
)
def test_limits(text: str, code: str, pure: bool) -> None:
    assert codes(loaded(text, pure=pure)) == [code]


def test_the_deepest_that_is_read_leaves_room_for_deep_callers() -> None:
    def below(frames: int, text: str) -> Loaded:
        return loaded(text) if frames == 0 else below(frames - 1, text)

    assert below(200, "- " * (MAX_DOCUMENT_DEPTH - 1) + "x").ok
    assert codes(below(600, "- " * (MAX_DOCUMENT_DEPTH - 1) + "x")) == ["syntax-too-deep"]


def test_the_collector_runs_after_a_fault() -> None:
    loaded("a: [")
    loaded("- " * 1000)
    assert gc.isenabled()


def test_the_tree_of_a_long_text_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: 1\nb: 2\n"
    monkeypatch.setattr(load, "KEPT_TREE", len(text) - 1)
    found = loaded(text)
    assert found.places.span(("b",)).line == 2
    assert (found.data, found.diagnostics) == ({"a": 1, "b": 2}, ())


@given(DATA)
def test_json_that_yaml_can_hold_gives_the_same_data(data: Any) -> None:
    text = json.dumps({"root": data}, ensure_ascii=False)
    if any(ord(character) < 32 or "\ud800" <= character <= "\udfff" for character in text) or "\\" in text:
        return  # pairs of surrogate escapes are no YAML; a text that begins with a bracket is read as JSON first
    found = loaded(text)
    assert (found.data, has_errors(found.diagnostics)) == ({"root": data}, False)


@given(DATA)
def test_both_parsers_give_the_same_data(data: Any) -> None:
    text = f"root: {json.dumps(data)}\n"
    compiled, pure = loaded(text), loaded(text, pure=True)
    assert (compiled.data, compiled.ok) == (pure.data, pure.ok)


@given(st.text(st.characters(exclude_categories=["Cs"])) | st.text("ab:-?[]{}&*!|>'\"%@` \n\t#$0", max_size=60))
def test_no_text_is_too_strange(text: str) -> None:
    for profile in Profile:
        found = loaded(text, profile)
        assert found.ok or found.diagnostics
        found.places.span(("a", 0))
