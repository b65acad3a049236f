from __future__ import annotations

import pytest

from arazzo_runner.engine.server import find_server
from arazzo_runner.engine.settings import Settings
from arazzo_runner.program.model import OperationCall
from arazzo_runner.sources.operations import Operation
from arazzo_runner.sources.servers import ServerUrl, Unreachable
from tests.engine.programs import program_of

API = """
openapi: 3.1.0
info: {title: T, version: '1'}
servers: [{url: https://api.example/v1}]
paths: {/open: {get: {operationId: open, responses: {}}}}
"""


@pytest.fixture
def operation() -> Operation:
    text = "workflows: [{workflowId: w, steps: [{stepId: s, operationId: open}]}]"
    call = program_of(text, files={"openapi.yaml": API}).workflow.steps[0].call
    assert isinstance(call, OperationCall)
    return call.operation


@pytest.mark.parametrize(
    ("servers", "fallback", "found"),
    [
        ({}, "", "https://api.example/v1"),
        ({"": "http://h:1"}, "", "http://h:1"),
        ({"": "http://h:1", "api": "http://a"}, "", "http://a"),
        ({"api": "nonsense"}, "https://m", "https://m"),
    ],
)
def test_servers_of_the_caller_win_and_a_fallback_comes_last(
    operation: Operation, servers: dict[str, str], fallback: str, found: str
) -> None:
    assert find_server(operation, Settings(servers=servers, fallback_server=fallback)) == ServerUrl(found)


def test_what_is_no_url_is_no_server(operation: Operation) -> None:
    assert isinstance(find_server(operation, Settings(servers={"api": "nonsense"})), Unreachable)
