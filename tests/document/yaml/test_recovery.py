from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from yaml.error import YAMLError

from arazzo_runner.document.page import Page
from arazzo_runner.document.profile import Profile
from arazzo_runner.document.yaml import recovery
from arazzo_runner.document.yaml.faults import fault
from arazzo_runner.document.yaml.load import load_yaml
from arazzo_runner.document.yaml.nodes import compose
from arazzo_runner.document.yaml.recovery import recover_yaml


def recovered(text: str) -> Any:
    return load_yaml(Page(text, "file:///w/doc.yaml", "doc.yaml"), Profile.ARAZZO).data


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("a: 1\noper\nb: 2\n", {"a": 1, "b": 2}),
        ("a: 1\nb: [1, 2\n", {"a": 1}),
        ("a: 1\nb: 'open\nc: 3\n", {"a": 1, "c": 3}),
        ("a: 1\nb: x: y\nc: 3\n", {"a": 1, "c": 3}),
        ("a:\n  - b: 1\n  - {$inputs.x}/y\n  - c: 2\n", {"a": [{"b": 1}, {"c": 2}]}),
        ("a: 1\n---\nb: 2\n", {"a": 1}),
        ("a: 1\n\tb: 2\n", {"a": 1}),
        ("a:\n  b: 1\n c: 2\nd: 3\n", {"a": {"b": 1}, "d": 3}),
        ("]", None),
        ("", None),
    ],
)
def test_what_stands_around_a_fault_is_read(text: str, data: Any) -> None:
    assert recovered(text) == data


def test_what_is_left_keeps_its_place() -> None:
    text = "a: 1\noper\nb:\n  - 2\n"
    loaded = load_yaml(Page(text, "file:///w/doc.yaml", "doc.yaml"), Profile.ARAZZO)
    span = loaded.places.span(("b", 0))
    assert (span.line, span.column, span.text) == (4, 5, "  - 2")


def tree(text: str) -> Any:
    try:
        compose(text)
    except YAMLError as problem:
        page = Page(text, "u", "n")
        return recover_yaml(page, fault(page, problem))
    raise AssertionError("the text is YAML")


def test_a_long_text_is_not_read_again_and_again(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: 1\nb: [\n"
    assert tree(text) is not None
    monkeypatch.setattr(recovery, "MAX_RECOVERED", len(text) - 1)
    assert tree(text) is None


def test_the_guesses_have_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []

    def refuse(text: str) -> None:
        tried.append(text)
        raise YAMLError

    page = Page("a: 1\n" * 100 + "b: [\n" + "c: 1\n" * 100, "u", "n")
    with pytest.raises(YAMLError) as raised:
        compose(page.text)
    found = fault(page, raised.value)
    monkeypatch.setattr(recovery, "compose", refuse)
    assert recover_yaml(page, found) is None
    assert 0 < len(tried) <= 12
    assert {len(text) for text in tried} == {len(page.text)}
    assert all(text.count("\n") == page.text.count("\n") for text in tried)


LINES = st.lists(
    st.sampled_from(["a: 1", "  b: 2", "- c", "oper", "x: [", "]", "'", "  - {$i.x}/y", "\t", ""]), max_size=12
)


@given(LINES)
def test_any_broken_text_can_be_recovered_from(lines: list[str]) -> None:
    loaded = load_yaml(Page("\n".join(lines), "u", "n"), Profile.ARAZZO)
    assert loaded.ok or loaded.diagnostics
