from pathlib import Path

import pytest

from tests.api.readiness.shop import examined, write


@pytest.mark.parametrize(
    ("workflow", "expected"),
    [
        ("own", [("own", "get", "GET /items/{id}", "")]),
        ("outer", [("outer", "call", " ", "free"), ("free", "open", "GET /open", "")]),
        (
            "buy",
            [
                ("buy", "get", "GET /items/{id}", ""),
                ("buy", "order", "POST /orders", ""),
                ("look", "get", "GET /items/{id}", ""),
            ],
        ),
    ],
)
def test_the_steps_that_take_part(tmp_path: Path, workflow: str, expected: list[tuple[str, ...]]) -> None:
    [found] = examined(write(tmp_path), workflow).workflows
    assert [(each.holder, each.step_id, f"{each.method} {each.path}", each.calls) for each in found.steps] == expected


def test_an_unknown_operation_has_its_near_match(tmp_path: Path) -> None:
    [found] = examined(write(tmp_path), "broken").workflows
    [step] = found.steps
    assert "getItm" in step.problem
    assert "getItem" in step.remedy


def test_a_step_of_a_source_that_can_not_be_had_says_so(tmp_path: Path) -> None:
    [found] = examined(write(tmp_path), "away").workflows
    assert found.steps[0].problem == "the source of '$sourceDescriptions.gone.x' can't be read"


def test_a_step_that_names_nothing_says_so(tmp_path: Path) -> None:
    path = write(tmp_path)
    path.write_text(path.read_text().replace("operationId: $sourceDescriptions.shop.open", "description: nothing"))
    [found] = examined(path, "free").workflows
    assert found.steps[0].problem == "it names no operation and no workflow"


def test_a_call_of_a_workflow_that_there_is_not_says_so(tmp_path: Path) -> None:
    path = tmp_path / "flows.yml"
    path.write_text(
        "arazzo: 1.0.1\ninfo: {title: t, version: '1'}\n"
        "sourceDescriptions: [{name: api, url: api.yml, type: openapi}]\n"
        "workflows: [{workflowId: login, steps: [{stepId: s, workflowId: logn}]}]\n"
    )
    [found] = examined(path, "login").workflows
    assert found.steps[0].problem == "there is no workflow 'logn' in this document"
    assert found.steps[0].remedy == "did you mean 'login'?"
