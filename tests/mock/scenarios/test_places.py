import pytest

from arazzo_runner.mock.scenarios.letters import letters
from arazzo_runner.mock.scenarios.places import known, places, step_of
from tests.engine.programs import as_yaml, program_of
from tests.mock.scenarios.shop import shop


@pytest.mark.parametrize(
    ("text", "workflow", "step", "path"),
    [
        ("order=failure", "w", "order", ("order",)),
        ("w.order=failure", "w", "order", ()),
        ("tell/mail=503", "notify", "mail", ("tell", "mail")),
        ("notify.mail=503", "notify", "mail", ()),
        ("mail=503", "notify", "mail", ()),
    ],
)
def test_a_step_is_named_by_its_id_its_path_or_its_workflow(
    text: str, workflow: str, step: str, path: tuple[str, ...]
) -> None:
    found = places(letters(text), 0, shop())[0]
    assert (found.step.workflow.workflow_id, found.step.step_id, found.path) == (workflow, step, path)
    assert text[found.end] in "=."


@pytest.mark.parametrize("text", ["nobody=failure", "order/mail=failure", "tell/order=failure", ""])
def test_a_step_that_is_not_declared_is_not_found(text: str) -> None:
    assert not [place for place in places(letters(text), 0, shop()) if place.end == text.find("=")]


def test_a_program_says_how_its_steps_can_be_named() -> None:
    assert known(shop()) == ["order", "wait", "tell", "notify.mail", "notify.second"]


def test_the_longest_id_comes_first_and_all_are_offered() -> None:
    steps = [{"stepId": step_id, "operationId": "x"} for step_id in ("a", "a.b", "a.b=c")]
    program = program_of(as_yaml([{"workflowId": "w", "steps": steps}]))
    found = places(letters("a.b=c=failure"), 0, program)
    assert [place.step.step_id for place in found] == ["a.b=c", "a.b", "a"]
    assert step_of(program, found[0].step).step_id == "a.b=c"
    assert [place.step.step_id for place in places(letters(r"a.b\=c=failure"), 0, program)] == ["a.b=c", "a"]
    assert [place.step.step_id for place in places(letters(r"a\.b\=c=failure"), 0, program)] == ["a.b=c"]


def test_an_id_that_two_workflows_have_needs_its_workflow() -> None:
    called = [{"workflowId": name, "steps": [{"stepId": "s", "operationId": "x"}]} for name in ("u", "v")]
    steps = [{"stepId": "a", "workflowId": "u"}, {"stepId": "b", "workflowId": "v"}]
    program = program_of(as_yaml([{"workflowId": "w", "steps": steps}, *called]))
    assert places(letters("s=failure"), 0, program) == []
    assert [place.step.workflow.workflow_id for place in places(letters("v.s=failure"), 0, program)] == ["v"]
