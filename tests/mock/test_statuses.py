from typing import Any

import pytest

from arazzo_runner.mock.plans import Plan, StatusTest
from arazzo_runner.mock.statuses import candidates, carries_body
from arazzo_runner.sources.operations import Operation, OperationResponse
from tests.sources.inline import api


def operation(*keys: str) -> Operation:
    responses = {key: OperationResponse(key) for key in keys}
    return Operation("s", "o", "GET", "/x", (), api(), responses=responses)


def found(keys: list[str], *tests: StatusTest) -> list[tuple[int, bool]]:
    return [(one.status, one.declared) for one in candidates(operation(*keys), Plan(tests))]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        (["500", "200", "201"], [200, 201, 500]),
        (["4XX", "2XX"], [200, 400]),
        (["200", "2xx"], [200, 201]),
        (["default", "200"], [200, 500]),
        (["default"], [200]),
        (["default", "500", "200"], [200, 500, 400]),
        (["x-note", "600", "20"], []),
    ],
)
def test_declared_statuses_success_first(keys: list[str], expected: list[int]) -> None:
    assert [status for status, declared in found(keys) if declared] == expected


def test_tests_narrow_them() -> None:
    assert found(["200", "404"], StatusTest("==", 404)) == [(404, True)]
    assert found(["2XX"], StatusTest("==", 207)) == [(207, True)]
    assert found(["200", "default"], StatusTest("==", 302)) == [(302, True)]


def test_what_is_not_declared_comes_only_where_nothing_else_will_do() -> None:
    assert found(["200"], StatusTest("==", 201)) == [(201, False)]
    assert found(["200"], StatusTest(">", 450)) == [(500, False)]
    assert found(["200"], StatusTest("==", 99)) == []


def test_an_undeclared_status_has_the_response_of_default() -> None:
    [one] = candidates(operation("200", "5XX"), Plan((StatusTest("==", 404),)))
    assert one.response is None
    [other] = candidates(operation("default", "2XX"), Plan((StatusTest("==", 404),)))
    assert (other.declared, other.response and other.response.status) == (True, "default")


@pytest.mark.parametrize(
    ("method", "status", "expected"),
    [("GET", 200, True), ("HEAD", 200, False), ("GET", 204, False), ("GET", 304, False), ("GET", 100, False)],
)
def test_some_answers_have_no_body(method: str, status: int, expected: bool) -> None:
    assert carries_body(method, status) is expected


@pytest.mark.parametrize(("right", "expected"), [(404, [(404, True)]), ("404", [(404, True)]), ([404], []), (True, [])])
def test_what_default_stands_for_is_asked_of_the_test_itself(right: Any, expected: list[tuple[int, bool]]) -> None:
    assert found(["200", "default"], StatusTest("==", right)) == expected
    assert found(["200", "default"], StatusTest("==", right)) == expected
