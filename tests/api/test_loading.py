from __future__ import annotations

from pathlib import Path

import pytest

from arazzo_runner.api.loading import load
from arazzo_runner.diagnostics import has_errors
from arazzo_runner.errors import UsageError

TEXT = """
arazzo: 1.0.1
info: {title: T, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows: [{workflowId: w, steps: [{stepId: s, operationId: x}]}]
"""


def test_a_path_is_known_as_it_was_typed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a b#c.yml").write_text(TEXT)
    monkeypatch.chdir(tmp_path)
    description = load("a b#c.yml")
    assert description.workflow("w") is not None
    assert description.source.name == "a b#c.yml"
    assert description.source.uri == (tmp_path / "a b#c.yml").as_uri()
    assert load(tmp_path / "a b#c.yml").base_uri == description.base_uri


@pytest.mark.parametrize("text", [TEXT, TEXT.encode(), TEXT.encode("utf-16")])
def test_a_text_resolves_against_the_base_that_is_given(text: str | bytes) -> None:
    description = load(text=text, base_uri="https://example.com/specs/a.yaml")
    assert description.base_uri == "https://example.com/specs/a.yaml"
    assert not has_errors(description.diagnostics)


def test_a_text_without_a_base_stands_in_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    description = load(text=TEXT)
    assert description.base_uri.startswith(tmp_path.as_uri() + "/")


def test_a_broken_text_gives_what_could_be_read_and_says_where_it_broke() -> None:
    description = load(text=TEXT + "components: {a: [\n", base_uri="file:///d/a.yaml")
    assert has_errors(description.diagnostics)
    assert description.diagnostics[0].span is not None
    assert description.diagnostics[0].span.line >= 6
    assert description.workflow("w") is not None


@pytest.mark.parametrize("text", ["", "[]", "5", "\x00", "<html>"])
def test_what_is_no_description_is_a_finding_and_no_exception(text: str) -> None:
    assert has_errors(load(text=text, base_uri="file:///d/a.yaml").diagnostics)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("nowhere.yml", "there is no such file"),
        (".", "it is a folder"),
        ("ftp://host/a.yml", "cannot read"),
        ("", "no file was named"),
    ],
)
def test_what_cant_be_had_is_a_fault_of_usage(
    where: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(UsageError, match=words):
        load(where)


def test_nothing_to_load() -> None:
    with pytest.raises(UsageError, match="nothing to load"):
        load()
