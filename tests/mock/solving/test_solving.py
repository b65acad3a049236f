"""Criteria of every language, turned round: the mock's answer makes the real criterion pass, and fail where asked."""

from __future__ import annotations

from typing import Any, Final

import pytest

from arazzo_runner.criteria import compile_criterion
from arazzo_runner.criteria.verdict import Check
from arazzo_runner.document.model import Criterion, ExpressionType
from arazzo_runner.expressions.grammar import Dialect
from arazzo_runner.expressions.scope import Received, Scope
from arazzo_runner.mock.instances.generate import NoInstance, generate
from arazzo_runner.mock.plans import turned
from arazzo_runner.mock.solving import SOLVERS
from arazzo_runner.values import JSON
from tests.mock.instances.schemas import complaints
from tests.mock.one_step import answered, json_of

SCOPE: Final = Scope(inputs={"id": "b-7", "n": 3})

ITEM: Final[JSON] = {
    "type": "object",
    "required": ["id"],
    "properties": {
        "id": {"type": "string"},
        "status": {"enum": ["open", "done", "paid"]},
        "n": {"type": "integer", "minimum": 0},
        "email": {"type": "string", "format": "email"},
        "tags": {"type": "array", "items": {"type": "string"}},
    },
}
LISTING: Final[JSON] = {
    "type": "object",
    "required": ["items", "total"],
    "properties": {
        "items": {"type": "array", "items": ITEM},
        "total": {"type": "integer"},
        "error": {"type": ["object", "null"], "properties": {"code": {"type": "string"}}},
        "state": {"type": "string"},
        "flag": {"type": "boolean"},
    },
}


def compiled(kind: str, condition: str, context: str | None = None, version: str | None = None) -> Check:
    criterion = Criterion(condition, (), context, ExpressionType(kind, version))
    found = compile_criterion(criterion, Dialect(v1_1=True))
    assert found.check is not None, found.fault
    return found.check


def verdicts(schema: JSON, check: Check, wanted: bool) -> list[bool]:
    """Return for each plan that the schema has room for whether its body makes the criterion go as wanted."""
    found: list[bool] = []
    for plan in turned(check, wanted, SCOPE):
        body: Any = generate(schema, 1, wishes=plan.body)
        if isinstance(body, NoInstance):
            continue
        assert complaints(schema, body) == [], body
        status = next(code for code in (200, *range(100, 600)) if plan.allows(code))
        seen = Scope(inputs=SCOPE.inputs, response=Received(status, plan_headers(plan.headers), body))
        found.append(check.check(seen).passed is wanted)
    return found


def plan_headers(wanted: tuple[tuple[str, JSON], ...]) -> tuple[tuple[str, str], ...]:
    made = [(name, generate({"type": "string"}, 1, wishes=(schema,))) for name, schema in wanted]
    return tuple((name, value) for name, value in made if isinstance(value, str))


RFC: Final = [
    "$.items[?@.status == 'paid']",
    "$.items[?@.status == 'paid' && @.n > 3]",
    "$.items[?@.status == 'paid' || @.n > 3].id",
    "$.items[?(@.id == 'a1')]",
    "$.items[0].id",
    "$.items[-1].id",
    "$.items[1:3]",
    "$.items[*].tags[*]",
    "$..email",
    "$.items[?@.email]",
    "$.items[?!@.email]",
    "$.items[?!(@.n >= 3)]",
    "$.items[?@.n != 3]",
    "$.items[?length(@.id) > 12]",
    "$.items[?length(@.tags) == 3]",
    "$.items[?count(@.tags[*]) >= 2]",
    "$.items[?match(@.id, 'a[0-9]+')]",
    "$.items[?search(@.id, 'x-y')]",
    "$.items[?@.id == 'a'][?@ == 'a']",
    "$[?@.code == 'E1']",
    "$.items[?@.tags[0] == 'hot']",
    "$.items[?'q' == @.id]",
    "$.items[?@.n <= 2]",
    "$.items[?@.id > 'm']",
    "$['state','missing']",
    "$.items[?(@.id == '{$inputs.id}')]",
    "$.items[?@.n == {$inputs.n}]",
    "$.items[?value(@.n) == 4]",
]
PREDICATES: Final = [
    "$.state == 'ready' || $.total > 3",
    "$.state == 'ready' && $.total > 3",
    "$.items.length > 0",
    "$.items.length == 4",
    "$.items.length >= 2 && $.items[0].status == 'done'",
    "$.items[?(@.id == 'm')].length == 0",
    "$.items[?(@.id == '$inputs.id')].length > 1",
    "$.error == null",
    "$.error != null",
    "!$.flag",
    "$.flag == true",
    "$.state != 'failed'",
    "($.total >= 1) && !($.total > 5)",
    "$.state.length > 20",
    "$.total == 7",
    "3 < $.total",
]
GOESSNER: Final = [
    "$.items[?(@.status=='done')]",
    "$.items[?(@.n>5)].id",
    "$.items[(@.length-1)].id",
    "$..email",
    "$.items[0].id",
    "$.items[?(@.tags.length>2)]",
    "$.items[?(@.id =~ '^zz')]",
    "$.items[?(@.email)]",
    "$.items[*].id",
]
REGEXES: Final = [
    ("^ord_[a-z0-9]{6}$", "$response.body#/state"),
    ("^(?:ready|done)$", "$response.body#/state"),
    (r"^\d{3}$", "$response.body#/total"),
    ("true", "$response.body#/flag"),
    (r'"state"\s*:\s*"(ok|done)"', "$response.body"),
    ("certainly", "$response.body"),
    ("(?i)READY", "$response.body#/state"),
    ("^{$inputs.id}$", "$response.body#/state"),
    ("^a", "$response.body#/items/0/id"),
    ("^https://", "$response.header.Location"),
    ("^2[0-9]{2}$", "$statusCode"),
    ("^(4|5)", "$statusCode"),
]
SIMPLE: Final = [
    "$response.body#/state == 'Ready'",
    "$response.body#/state matches '^a{3}b+$'",
    "$response.body#/state contains 'xyz'",
    "$response.body#/items/0/tags contains 'xyz'",
    "$response.body.items[1].n > 4",
    "$response.body#/total >= 5 && $response.body#/total < 7",
    "!$response.body#/flag",
    "$response.body#/state == $inputs.id",
    "$inputs.n == $response.body#/total",
    "$response.body#/error",
    "$response.body#/error == null",
    "$response.header.X-Kind == 'cold'",
    "$response.header.Content-Type == application/json",
    "$statusCode == 5XX",
    "$statusCode > 300 && $statusCode != 404",
    "$response.body#/total != 5",
    "$response.body#/state < 'mm'",
]

CASES: Final = [
    *[("jsonpath", condition, "$response.body", "rfc9535") for condition in (*RFC, *PREDICATES)],
    *[("jsonpath", condition, "$response.body", "draft-goessner-dispatch-jsonpath-00") for condition in GOESSNER],
    *[("regex", condition, context, None) for condition, context in REGEXES],
    *[("simple", condition, None, None) for condition in SIMPLE],
]


@pytest.mark.parametrize(("kind", "condition", "context", "version"), CASES, ids=str)
@pytest.mark.parametrize("wanted", [True, False])
def test_an_answer_by_a_plan_makes_the_criterion_go_as_wanted(
    kind: str, condition: str, context: str | None, version: str | None, wanted: bool
) -> None:
    found = verdicts(LISTING, compiled(kind, condition, context, version), wanted)
    assert any(found), (condition, found)


@pytest.mark.parametrize(("kind", "condition", "context", "version"), CASES, ids=str)
@pytest.mark.parametrize("wanted", [True, False])
def test_without_a_schema_plans_serve_as_well(
    kind: str, condition: str, context: str | None, version: str | None, wanted: bool
) -> None:
    found = verdicts({"type": "object"}, compiled(kind, condition, context, version), wanted)
    assert any(found), (condition, found)


def test_every_language_of_criteria_has_a_solver() -> None:
    from arazzo_runner.criteria.jsonpath import COMPILERS
    from arazzo_runner.query.xpath import VERSIONS

    assert set(SOLVERS) == {"regex", *COMPILERS, *VERSIONS}


@pytest.mark.parametrize("condition", ["$.items[0].n == $.total", "$.items[0].n < $.total", "$.total > $.items[0].n"])
def test_two_queries_that_are_compared_are_tied(condition: str) -> None:
    criterion: dict[str, JSON] = {"context": "$response.body", "condition": condition, "type": "jsonpath"}
    answer = answered({"200": json_of(LISTING)}, criterion)
    assert answer.result.succeeded, answer.body


CONTRADICTIONS: Final = [
    ("jsonpath", "$.items[?@.status == 'gone']", "$response.body"),
    ("jsonpath", "$.items[?@.n < 0]", "$response.body"),
    ("jsonpath", "$.total == 'many'", "$response.body"),
    ("regex", "^gone$", "$response.body#/items/0/status"),
    ("simple", "$response.body#/items contains 'xyz'", None),
    ("simple", "$response.body#/items/0/status == 'gone'", None),
]


@pytest.mark.parametrize(("kind", "condition", "context"), CONTRADICTIONS)
def test_what_the_schema_has_no_room_for_has_no_answer(kind: str, condition: str, context: str | None) -> None:
    assert not any(verdicts(LISTING, compiled(kind, condition, context), True))


@pytest.mark.parametrize(
    ("kind", "condition", "context", "ways"),
    [
        ("jsonpath", "$.x", "$inputs.id", 0),
        ("regex", "^b", "$inputs.id", 1),
        ("regex", "^c", "$inputs.id", 0),
        ("regex", "^[67]", "$statusCode", 0),
        ("xpath", "/a", "$inputs.id", 0),
        ("simple", "$url == 'x'", None, 0),
        ("simple", "$inputs.id == 'b-7'", None, 1),
    ],
)
def test_what_does_not_hang_on_the_answer_is_decided(kind: str, condition: str, context: str | None, ways: int) -> None:
    assert len(turned(compiled(kind, condition, context), True, SCOPE)) == ways
    assert len(turned(compiled(kind, condition, context), False, SCOPE)) == 1 - ways
