from collections.abc import Mapping
from pathlib import Path

import pytest

from arazzo_runner.api import Options, check, load, prepare
from arazzo_runner.errors import DocumentError
from arazzo_runner.validate import suppression

API = """
openapi: 3.1.0
info: {title: t, version: '1'}
servers: [{url: http://h}]
paths: {/ping: {post: {operationId: ping, requestBody: {required: true, content: {application/json: {}}},
  responses: {'200': {description: ok}}}}}
"""


def codes(tmp_path: Path, ignored: Mapping[str, str], second: str = "ping") -> list[str]:
    """Judge a document with two steps that each lack a body, with lists of codes on some objects."""
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    lines = [
        "arazzo: 1.0.1",
        "info: {title: t, version: '1'}",
        "sourceDescriptions: [{name: api, url: api.yml, type: openapi}]",
        "workflows:",
        "  - workflowId: w",
        "    steps:",
        "      - stepId: one",
        "        operationId: ping",
        "      - stepId: two",
        f"        operationId: {second}",
    ]
    for place, value in ignored.items():
        where, indent = {"document": (1, ""), "workflow": (5, "    "), "one": (8, "        ")}[place]
        lines[where - 1] += f"\n{indent}x-validate-ignore: {value}"
    text = "\n".join(lines)
    return [one.code for one in check(load(tmp_path / "flow.yml", text=text))]


@pytest.mark.parametrize(
    ("ignored", "left"),
    [
        ({}, ["body-missing", "body-missing"]),
        ({"document": "[body-missing]"}, []),
        ({"workflow": "[body-missing]"}, []),
        ({"one": "[body-missing]"}, ["body-missing"]),
        ({"one": "[body]"}, ["body-missing"]),
        ({"document": "[reading]"}, ["body-missing", "body-missing", "suppression-unused"]),
        ({"document": "[body]", "one": "[body]"}, []),
        ({"document": "body"}, ["body-missing", "body-missing", "suppression-malformed"]),
        ({"document": "[1, body]"}, ["suppression-malformed"]),
        ({"document": "[]"}, ["body-missing", "body-missing"]),
    ],
)
def test_what_is_hidden(tmp_path: Path, ignored: dict[str, str], left: list[str]) -> None:
    assert codes(tmp_path, ignored) == left


def test_there_is_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression, "MAX_SUPPRESSIONS", 2)
    found = codes(tmp_path, {"document": "[reading, reading, body, body]"})
    assert found == [
        "body-missing",
        "body-missing",
        "suppression-malformed",
        "suppression-unused",
        "suppression-unused",
    ]


def test_an_error_is_never_hidden(tmp_path: Path) -> None:
    found = codes(tmp_path, {"document": "[operation, body]"}, second="pong")
    assert found == ["operation-unknown", "suppression-unused"]


def test_the_name_within_data_is_data(tmp_path: Path) -> None:
    text = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
  - workflowId: w
    inputs: {type: object, x-validate-ignore: [nothing-such]}
    steps: [{stepId: one, operationId: ping, requestBody: {payload: {x-validate-ignore: [nothing-such]}}}]
"""
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    assert check(load(tmp_path / "flow.yml", text=text)) == ()


def test_faults_of_the_text_can_be_hidden_where_they_stand(tmp_path: Path) -> None:
    text = """
arazzo: 1.0.1
info: {title: t, version: '1'}
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows:
  - workflowId: w
    x-validate-ignore: [syntax]
    steps: [{stepId: one, operationId: ping, requestBody: {payload: !odd text}}]
"""
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    plain = text.replace("    x-validate-ignore: [syntax]\n", "")
    before = {one.code: one.severity.value for one in check(load(tmp_path / "flow.yml", text=plain))}
    after = [one.code for one in check(load(tmp_path / "flow.yml", text=text))]
    assert "syntax-tag" in before
    expected = (
        [code for code in before if code != "syntax-tag"]
        if before["syntax-tag"] != "error"
        else [*before, "suppression-unused"]
    )
    assert after == expected


def test_a_run_hides_the_same_and_is_refused_for_errors_all_the_same(tmp_path: Path) -> None:
    (tmp_path / "api.yml").write_text(API, encoding="utf-8")
    text = """
arazzo: 1.0.1
info: {title: t, version: '1'}
x-validate-ignore: [body, operation, reading]
sourceDescriptions: [{name: api, url: api.yml, type: openapi}]
workflows: [{workflowId: w, steps: [{stepId: one, operationId: ping}]}]
"""
    told = prepare(load(tmp_path / "flow.yml", text=text.replace("body, ", "")), options=Options(mock=True)).warnings
    hidden = prepare(load(tmp_path / "flow.yml", text=text), options=Options(mock=True))
    assert "body-missing" in {one.code for one in told}
    assert [one.code for one in (*hidden.warnings, *hidden.program.warnings)] == []
    with pytest.raises(DocumentError) as raised:
        prepare(load(tmp_path / "flow.yml", text=text.replace("ping", "pong")), options=Options(mock=True))
    assert [one.code for one in raised.value.diagnostics] == ["operation-unknown"]
