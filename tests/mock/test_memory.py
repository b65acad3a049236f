"""The seam of what is remembered: asked before an answer is made, told of it afterwards."""

import json
from typing import Any

import pytest

from arazzo_runner.engine.effects import SendRequest
from arazzo_runner.engine.outcomes import Responded, Response
from arazzo_runner.mock.answer import Mock
from arazzo_runner.mock.memory import Recall
from arazzo_runner.values import JSON
from tests.mock.one_step import asked, json_of

SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["n"],
    "properties": {"n": {"type": "integer", "minimum": 0, "maximum": 9}},
}
GONE = Recall(frozenset({404, 410}), "it was deleted")


class Known:
    """A memory that knows one thing of every answer."""

    def __init__(self, recall: Recall | None) -> None:
        self.known, self.told = recall, list[Response]()

    def recall(self, effect: SendRequest) -> Recall | None:
        return self.known

    def remember(self, effect: SendRequest, response: Response) -> None:
        self.told.append(response)


def answered(recall: Recall | None, *criteria: str, error: JSON = None) -> tuple[Responded, Known]:
    missing: JSON = json_of(error) if error is not None else {"description": "gone"}
    effect, _ = asked({"200": json_of(SCHEMA), "404": missing}, *criteria)
    memory = Known(recall)
    outcome = Mock(memory=memory).answer(effect)
    assert isinstance(outcome, Responded)
    return outcome, memory


def n_is(value: JSON) -> Recall:
    return Recall(lay=lambda invented, schema: {"n": value})


def test_an_answer_shows_what_is_known_and_the_memory_is_told() -> None:
    outcome, memory = answered(n_is(7))
    assert outcome.response.body == b'{"n":7}'
    assert memory.told == [outcome.response]


def test_what_is_known_gets_the_schema_of_the_body() -> None:
    seen = list[JSON]()

    def lay(invented: JSON, schema: JSON) -> JSON:
        seen.append(schema)
        return invented

    answered(Recall(lay=lay))
    assert seen == [SCHEMA]


@pytest.mark.parametrize(
    ("known", "criteria", "expected"),
    [
        (7, ("$response.body#/n == 3",), lambda n: n == 3),
        (99, (), lambda n: 0 <= n <= 9),
        ("seven", (), lambda n: 0 <= n <= 9),
    ],
)
def test_criteria_and_the_schema_go_before_it(known: JSON, criteria: tuple[str, ...], expected: Any) -> None:
    outcome, _ = answered(n_is(known), *criteria)
    assert outcome.response.status == 200
    assert expected(json.loads(outcome.response.body)["n"])


@pytest.mark.parametrize(
    ("criteria", "status", "note"),
    [
        ((), 404, "it was deleted"),
        (("$statusCode == 404",), 404, ""),
        (("$statusCode >= 200",), 404, ""),
        (("$statusCode == 410",), 410, ""),
        (("$statusCode == 200",), 200, "it was deleted, and the step wants an answer all the same"),
        (("$response.body#/n == 3",), 200, "it was deleted, and the step wants an answer all the same"),
    ],
)
def test_a_status_that_is_known_is_answered_where_the_criteria_let_it(
    criteria: tuple[str, ...], status: int, note: str
) -> None:
    outcome, _ = answered(GONE, *criteria, error={"type": "object", "maxProperties": 0})
    assert outcome.response.status == status
    assert [str(each) for each in outcome.notes if "deleted" in str(each)] == ([note] if note else [])


def test_a_turn_makes_another_answer_of_the_same_request() -> None:
    bodies = [answered(Recall(turn=turn))[0].response.body for turn in range(6)]
    assert len(set(bodies)) > 1
    assert bodies[0] == answered(None)[0].response.body


def test_where_nothing_is_known_nothing_changes() -> None:
    outcome, memory = answered(None)
    assert outcome.response.status == 200
    assert memory.told == [outcome.response]
