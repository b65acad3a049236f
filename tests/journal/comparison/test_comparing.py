from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arazzo_runner.criteria.verdict import Operand
from arazzo_runner.engine.events import ActionChosen
from arazzo_runner.engine.outcomes import Failed, FailureKind
from arazzo_runner.engine.result import Judged, Status
from arazzo_runner.journal.comparison import Comparison, compare
from arazzo_runner.journal.comparison.limits import MAX_DIFFERENCES
from arazzo_runner.journal.reader import Journal, read
from tests.journal.comparison.journals import Done, Step, answer, journal, request
from tests.journal.runs import flow, recorded, written


def told(found: Comparison) -> list[tuple[str, Any, Any]]:
    return [(each.name, each.left, each.right) for each in found.differences]


def states(found: Comparison) -> list[str]:
    return [f"{'/'.join(pair.path)} {pair.state}" for pair in found.steps]


def step(
    came: Any = None, *, criteria: tuple[Judged, ...] = (), action: ActionChosen | None = None, **more: Any
) -> Step:
    return Step("a", (Done(request(), came or answer(), criteria, action),), **more)


def judged(passed: bool, status: int) -> tuple[Judged, ...]:
    return (Judged("$statusCode == 200", passed, (Operand("$statusCode", status),)),)


AGAIN, GOTO = ActionChosen(("a",), "again", "retry"), ActionChosen(("a",), "jump", "goto", "b")


@pytest.mark.parametrize(
    ("left", "right", "wanted"),
    [
        (journal(), journal(), []),
        (journal(inputs={"n": {"a": 1}}), journal(inputs={"n": {"a": 2}}), [("input 'n' #/a", 1, 2)]),
        (journal(inputs={"n": 1}), journal(), [("input 'n'", 1, None)]),
        (journal(outputs={"n": [1]}), journal(outputs={"n": [2]}), [("output 'n' #/0", 1, 2)]),
        (journal(warnings=("one", "two")), journal(warnings=("two",)), [("warning", "[w-1] one", None)]),
        (journal(), journal(ended=False), [("result", "succeeded", "did not end")]),
        (journal(), journal(workflow="v"), [("workflow", "w", "v")]),
        (journal(step(outputs={"x": 1})), journal(step(outputs={"x": 2})), [("output 'x'", 1, 2)]),
        (
            journal(step(status=Status.FAILED, reason="no")),
            journal(step()),
            [("step status", "failed", "succeeded"), ("step reason", "no", "")],
        ),
        (
            journal(step(criteria=judged(True, 200))),
            journal(step(criteria=judged(False, 503))),
            [("criterion $statusCode == 200", "holds ($statusCode was 200)", "does not hold ($statusCode was 503)")],
        ),
        (journal(step(criteria=judged(True, 200))), journal(step(criteria=judged(True, 201))), []),
        (
            journal(step(criteria=judged(True, 200))),
            journal(step()),
            [("criterion $statusCode == 200", "holds ($statusCode was 200)", None)],
        ),
        (journal(step(action=AGAIN)), journal(step(action=GOTO)), [("action", "again: retry", "jump: goto b")]),
        (journal(step(action=AGAIN)), journal(step()), [("action", "again: retry", "default")]),
        (
            journal(step(answer(503))),
            journal(step(Failed(FailureKind.RESET, "gone"))),
            [("answer", "status 503", "no answer (reset): gone")],
        ),
        (
            journal(Step("a", (Done(request(), answer()),))),
            journal(Step("a", (Done(),))),
            [("request", "GET https://api.example.com/a", None)],
        ),
    ],
)
def test_each_kind_of_difference(left: Journal, right: Journal, wanted: list[tuple[str, Any, Any]]) -> None:
    assert told(compare(left, right)) == wanted
    assert compare(left, right).same is not bool(wanted)
    assert told(compare(right, left)) == [(name, other, one) for name, one, other in wanted]


def test_one_turn_more_does_not_shift_the_others() -> None:
    left = journal(Step("get"), Step("poll"), Step("poll"), Step("done"))
    right = journal(Step("get"), Step("poll"), Step("done"), Step("after"))
    found = compare(left, right)
    assert states(found) == ["get same", "poll same", "poll left", "done same", "after right"]
    assert not found.same


def test_one_retry_more_is_one_try_more() -> None:
    busy, good = Done(request(), answer(503)), Done(request(), answer(200))
    found = compare(journal(Step("a", (busy, busy, good))), journal(Step("a", (busy, good))))
    (pair,) = found.steps
    assert pair.state == "changed"
    assert [(each.left and each.left.number, each.right and each.right.number) for each in pair.tries] == [
        (1, 1),
        (2, None),
        (3, 2),
    ]


def test_times_are_no_difference() -> None:
    found = compare(journal(Step("a")), journal(Step("a"), made=5.0))
    assert found.same
    assert found.left.made == 1e9
    assert found.left.seconds == 3.0


def test_very_many_differences_are_not_all_told() -> None:
    left, right = ({str(at): side for at in range(MAX_DIFFERENCES + 1)} for side in (1, 2))
    found = compare(journal(step(outputs=left)), journal(step(outputs=right)))
    assert (len(found.steps[0].found.all), found.steps[0].found.more) == (MAX_DIFFERENCES, True)


def run(folder: Path, password: str) -> Journal:
    folder.mkdir()
    return recorded(folder, written(folder, flow()), {"name": "n", "password": password})


@pytest.mark.parametrize("password", ["sesame-one", "sesame-two"])
def test_secrets_are_compared_where_both_files_are_there(tmp_path: Path, password: str) -> None:
    found = compare(run(tmp_path / "a", "sesame-one"), run(tmp_path / "b", password))
    secret = [(each.name, each.kind.value) for each in found.differences]
    wanted = [("input 'password'", "secret"), ("request body #/password", "secret")]
    assert secret == ([] if password == "sesame-one" else wanted)
    assert "sesame" not in repr(found)


def test_secrets_are_not_compared_without_them(tmp_path: Path) -> None:
    left, right = run(tmp_path / "a", "sesame-one"), run(tmp_path / "b", "sesame-two")
    (tmp_path / "b" / "run.ndjson.secrets").unlink()
    found = compare(left, right)
    assert found.same
    assert (found.unknown, found.left.has_secrets, found.right.has_secrets) == (2, True, False)


def test_the_journal_of_the_reference_workflow_and_itself(tmp_path: Path) -> None:
    found = recorded(tmp_path)
    assert compare(found, found, all_headers=True).same


def test_a_run_that_was_cut_off_anywhere(tmp_path: Path) -> None:
    whole = recorded(tmp_path)
    lines = whole.path.read_bytes().splitlines(keepends=True)
    cut = tmp_path / "cut.ndjson"
    for kept in range(1, len(lines)):
        cut.write_bytes(b"".join(lines[:kept]))
        there, back = compare(whole, read(cut)), compare(read(cut), whole)
        assert not there.same
        assert not back.same
        assert there.right.status == back.left.status == "did not end"


STEPS = st.builds(
    Step,
    st.sampled_from(["a", "b", "c/d"]),
    st.lists(
        st.builds(
            Done,
            st.sampled_from([request(), request("PUT", json={"a": 1}), request("PUT", json={"a": 2, "b": []})]),
            st.sampled_from([answer(), answer(503), answer(json=[1]), Failed(FailureKind.DNS, "no")]),
            st.sampled_from([(), judged(True, 200), judged(False, 503)]),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
    st.sampled_from([Status.SUCCEEDED, Status.FAILED]),
    outputs=st.sampled_from([None, {"x": 1}, {"x": "2", "y": [1, 2]}]),
)
RUNS = st.lists(STEPS, max_size=5).map(lambda steps: journal(*steps))


@settings(max_examples=60, deadline=None)
@given(RUNS)
def test_a_run_and_itself(found: Journal) -> None:
    assert compare(found, found, all_headers=True).same
    assert list(compare(found, found).differences) == []


@settings(max_examples=60, deadline=None)
@given(RUNS, RUNS)
def test_exchanging_the_sides_exchanges_the_differences(left: Journal, right: Journal) -> None:
    there, back = compare(left, right), compare(right, left)
    assert [(pair.left, pair.right) for pair in there.steps] == [(pair.right, pair.left) for pair in back.steps]
    one = sorted(repr((each.name, each.kind.mirrored, each.right, each.left)) for each in there.differences)
    assert one == sorted(repr((each.name, each.kind, each.left, each.right)) for each in back.differences)


def test_long_runs_with_long_bodies_take_seconds() -> None:
    items = [{"id": number, "name": f"item {number}"} for number in range(300)]
    left = journal(*(Step("poll", (Done(request(), answer(json=[at, *items])),)) for at in range(1_000)))
    right = journal(*(Step("poll", (Done(request(), answer(json=[-at, *items])),)) for at in range(1_002)))
    begun = time.perf_counter()
    found = compare(left, right)
    assert time.perf_counter() - begun < 30
    assert len(found.steps) == 1_002
