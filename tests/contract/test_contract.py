from arazzo_runner.contract import Contract
from arazzo_runner.expressions.scope import Received
from arazzo_runner.sources.operations import Operation
from arazzo_runner.values import JSON, Nothing
from tests.sources.inline import api

GET: JSON = {
    "parameters": [{"name": "X-N", "in": "header", "required": True, "schema": {"type": "integer"}}],
    "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"type": "array"}}}}},
}


def operation() -> Operation:
    document = api({"/a": {"get": GET}})
    found = document.operation(document.endpoints.all[0], "a").operation
    assert found is not None
    return found


def test_a_request_and_an_answer_are_judged_by_one_contract() -> None:
    contract, called = Contract(), operation()
    declared = called.parameters[0]
    none = Nothing("none")
    assert contract.request(called, [(declared, 1)], none, "") == ()
    assert [each.code for each in contract.request(called, [(declared, "x")], none, "")] == [
        "contract-request-parameter"
    ]
    assert [each.code for each in contract.request(called, [], none, "")] == ["contract-request-parameter"]
    assert contract.answer(called, Received(200, (), [], "application/json")) == ()
    wrong = contract.answer(called, Received(200, (), {}, "application/json"))
    assert [each.code for each in wrong] == ["contract-response-body"]
    assert wrong[0].span.place().startswith("api.json:1:")
