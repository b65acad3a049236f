"""Programs, answers and drivers at random: what a run may meet in the widest sense."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from hypothesis import strategies as st

from arazzo_runner.engine.effects import Authorize, Checkpoint, Effect, SendRequest, Sleep, Ticket
from arazzo_runner.engine.events import Event
from arazzo_runner.engine.limits import Limits
from arazzo_runner.engine.outcomes import Clock, Failed, FailureKind, Outcome, Proceed, Responded, Response, Slept
from arazzo_runner.engine.result import RunResult
from arazzo_runner.engine.run import Run
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.inputs import settle
from arazzo_runner.program.model import Program
from tests.engine.programs import as_yaml, respond
from tests.hostile.texts import ANY

STEPS = ("a", "b", "c")
WORKFLOWS = ("w", "v", "u")
CRITERIA: tuple[dict[str, Any], ...] = (
    {"condition": "$statusCode == 200"},
    {"condition": "$response.body#/n == 1 || $statusCode < 300"},
    {"condition": "$steps.a.outputs.n != null"},
    {"condition": "false"},
    {"condition": "^.*1", "type": "regex", "context": "$response.body"},
    {"condition": "$[?@ == 1]", "type": "jsonpath", "context": "$response.body"},
    {"condition": "//a[b]", "type": "xpath", "context": "$response.body"},
    {"condition": "$.n == {$inputs.i}", "type": "jsonpath", "context": "$response.body"},
)
NAMES = ("$response.body", "$response.body#/n", "$request.body", "$statusCode", "$response.header.X", "$inputs.i")


@st.composite
def _actions(draw: st.DrawFn, kinds: tuple[str, ...]) -> list[dict[str, Any]]:
    made = []
    for number in range(draw(st.integers(0, 3))):
        action: dict[str, Any] = {"name": f"n{number}", "type": draw(st.sampled_from(kinds))}
        to_step = {"stepId": draw(st.sampled_from(STEPS))}
        to_workflow = {"workflowId": draw(st.sampled_from(WORKFLOWS))}
        match action["type"]:
            case "goto":
                action |= draw(st.sampled_from([to_step, to_step, to_workflow]))
            case "retry":
                action |= draw(st.sampled_from([{}, {}, to_step, to_workflow]))
                action |= {"retryLimit": draw(st.sampled_from([0, 1, 3, 1_000_000_000, 10**300]))}
                action |= {"retryAfter": draw(st.sampled_from([0, 0.5, 1e9, 1e300]))}
        if draw(st.booleans()):
            action["criteria"] = [draw(st.sampled_from(CRITERIA))]
        made.append(action)
    return made


@st.composite
def _step(draw: st.DrawFn, step_id: str) -> dict[str, Any]:
    step: dict[str, Any] = {"stepId": step_id}
    match draw(st.sampled_from(["read", "read", "send", "send", "call"])):
        case "read":
            step |= {"operationId": draw(st.sampled_from(["x", "y"]))}
            step["outputs"] = {"n": draw(st.sampled_from(NAMES))}
        case "send":
            needed = f"$steps.{draw(st.sampled_from(STEPS))}.outputs.n"
            payload = draw(st.sampled_from([needed, {"a": needed, "b": needed}, [needed, "{" + needed + "}!"], "x"]))
            step |= {"operationId": "z", "requestBody": {"payload": payload}, "outputs": {"n": "$request.body"}}
        case _:
            step |= {"workflowId": draw(st.sampled_from(WORKFLOWS)), "outputs": {"n": "$outputs.o"}}
            step["parameters"] = [{"name": "i", "value": draw(st.sampled_from(["$inputs.i", "$steps.a.outputs.n"]))}]
    if draw(st.booleans()):
        step["successCriteria"] = draw(st.lists(st.sampled_from(CRITERIA), min_size=1, max_size=2))
    if draw(st.integers(0, 2)) == 0:
        step["timeout"] = draw(st.sampled_from([1, 500, 3_000, 10**300]))
    step["onSuccess"], step["onFailure"] = draw(_actions(("goto", "end"))), draw(_actions(("goto", "end", "retry")))
    return step


@st.composite
def documents(draw: st.DrawFn) -> str:
    """Three workflows of three steps that call, retry and go to each other; the later ones may be depended on."""
    made: list[dict[str, Any]] = []
    for number, workflow_id in enumerate(WORKFLOWS):
        workflow: dict[str, Any] = {
            "workflowId": workflow_id,
            "inputs": {"type": "object", "properties": {"i": {"default": 1}}},
            "steps": [draw(_step(step_id)) for step_id in STEPS],
            "outputs": {"o": f"$steps.{draw(st.sampled_from(STEPS))}.outputs.n"},
        }
        if draw(st.booleans()) and number < 2:
            workflow["dependsOn"] = draw(st.sampled_from([list(WORKFLOWS[number + 1 :]), [WORKFLOWS[2]]]))
        made.append(workflow)
    return as_yaml(made)


_BODIES = st.sampled_from(
    [None, {"n": 1}, {"n": None}, [1], "text", b"\xff\x00", b"<a><b/></a>", b"[[[", {"n": {"n": "x"}}]
)
_ADVICE = ANY | st.sampled_from(["0", "2", "9" * 99, "Fri, 31 Dec 9999 23:59:59 GMT", "-1", "1e9"])
ANSWERS: st.SearchStrategy[Response | Failed] = st.one_of(
    st.builds(respond, st.sampled_from([100, 200, 204, 302, 404, 500, 599]), _BODIES),
    st.builds(lambda body: Response(200, (("Content-Type", "application/json"),), body), st.binary(max_size=20)),
    st.builds(lambda text: Response(429, (("Retry-After", text),)), _ADVICE),
    st.builds(Failed, st.sampled_from([kind for kind in FailureKind if kind is not FailureKind.FORBIDDEN]), ANY),
)
LIMITS = st.builds(
    Limits,
    max_steps=st.integers(1, 60),
    max_depth=st.integers(1, 50),
    run_timeout=st.none() | st.sampled_from([0.5, 10.0, 1e6]),
    max_wait=st.sampled_from([0.0, 1.0, 300.0]),
)


@dataclass(slots=True)
class Driven:
    """What a run wanted, what it was told, and in which order."""

    result: RunResult
    effects: list[Effect] = field(default_factory=list)
    answered: list[tuple[Ticket, Outcome]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


def drive(program: Program, answers: list[Response | Failed], limits: Limits, chance: Random) -> Driven:
    """Drive a run that is answered in any order, by a world whose clocks may jump."""
    run = Run(program, settle(program.workflow.inputs, {}).inputs, Settings(limits=limits))
    effects, answered, events = list[Effect](), list[tuple[Ticket, Outcome]](), list[Event]()
    waiting: list[Effect] = []
    now = chance.choice([0.0, 1e6])
    while run.result is None:
        wanted = run.effects()
        effects += wanted
        waiting += wanted
        assert waiting, "the run waits for nothing"
        effect = waiting.pop(chance.randrange(len(waiting)))
        now += effect.seconds if isinstance(effect, Sleep) else chance.choice([0.0, 0.0, 0.1, 2.0])
        clock = Clock(chance.choice([now, 0.0, 1e11]), now)
        outcome = _outcome(effect, chance.choice(answers), clock)
        answered.append((effect.ticket, outcome))
        events += run.events()
        run.resolve(effect.ticket, outcome)
    return Driven(run.result, effects, answered, [*events, *run.events()])


def _outcome(effect: Effect, answer: Response | Failed, clock: Clock) -> Outcome:
    match effect:
        case SendRequest():
            return (
                Failed(answer.kind, answer.message, clock) if isinstance(answer, Failed) else Responded(answer, clock)
            )
        case Sleep():
            return Slept(clock)
        case Checkpoint():
            return Proceed(clock)
        case Authorize():
            raise AssertionError("a program without credentials wants no token")


def driven_again(program: Program, first: Driven, limits: Limits) -> tuple[list[Effect], list[Event]]:
    """Give another run the same answers in the same order; return what it wants and tells."""
    run = Run(program, settle(program.workflow.inputs, {}).inputs, Settings(limits=limits))
    effects, events = list[Effect](), list[Event]()
    for ticket, outcome in first.answered:
        effects += run.effects()
        events += run.events()
        run.resolve(ticket, outcome)
    return [*effects, *run.effects()], [*events, *run.events()]
