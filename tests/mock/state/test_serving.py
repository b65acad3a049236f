"""One store for all clients of a server, and for all threads that use a transport."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from arazzo_runner.mocking import mock_server, mock_transport
from tests.mock.state.pets import description, operations, shown


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "pets.json"
    path.write_text(description(operations()), "utf-8")
    return path


def test_what_one_client_creates_another_one_reads(file: Path) -> None:
    with mock_server(file) as server:
        with httpx2.Client(base_url=server.url) as one:
            made = one.post("/pets", json={"name": "Rex"}).json()
            again = one.post("/pets", json={"name": "Rex"}).json()
            assert made["id"] != again["id"]
            assert one.get("/pets").json() == one.get("/pets").json() == [made, again]
        with httpx2.Client(base_url=server.url) as other:
            assert other.get(f"/pets/{made['id']}").json() == made
            assert other.head(f"/pets/{made['id']}").status_code == 200
            assert other.delete(f"/pets/{made['id']}").status_code == 204
            assert other.get(f"/pets/{made['id']}").status_code == 404
            assert other.head(f"/pets/{made['id']}").status_code == 404
            assert other.get("/pets").json() == [again]


def test_a_server_begins_with_nothing_and_can_be_without_memory(file: Path) -> None:
    for stateless in (False, True):
        with mock_server(file, stateless=stateless) as server, httpx2.Client(base_url=server.url) as client:
            bodies = [client.post("/pets", json={"name": "Rex"}).json() for _ in range(2)]
            assert (bodies[0] == bodies[1]) is stateless
            assert (client.get("/pets").json() == bodies) is not stateless


def test_threads_get_ids_of_their_own(file: Path) -> None:
    with httpx2.Client(transport=mock_transport(file), base_url="http://mock") as client, ThreadPoolExecutor(8) as pool:
        made = [*pool.map(lambda _: client.post("/pets", json={"name": "Rex"}).json()["id"], range(40))]
        assert len(set(made)) == 40
        assert {pet["id"] for pet in client.get("/pets").json()} == set(made)


FLOW = """
arazzo: 1.0.1
info: {title: F, version: '1'}
sourceDescriptions: [{name: pets, url: pets.json, type: openapi}]
workflows:
- workflowId: w
  steps:
  - stepId: read
    operationId: read
    parameters: [{name: petId, in: path, value: 7}]
    successCriteria: [{condition: $statusCode == 200}]
"""


def test_what_was_deleted_is_gone_whatever_a_step_wants(file: Path) -> None:
    flow = file.with_name("flow.yml")
    flow.write_text(FLOW, "utf-8")
    with httpx2.Client(transport=mock_transport(flow), base_url="http://mock") as client:
        seen = [client.request(method, "/pets/7").status_code for method in ("GET", "DELETE", "GET")]
    assert seen == [200, 204, 404]


PROBLEM = {
    "type": "object",
    "required": ["title", "status"],
    "properties": {
        "title": {"type": "string"},
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "code": {"enum": ["invalid", "not_found"]},
    },
}
READ_GONE = (
    FLOW
    + """
    outputs: {name: $response.body#/name}
  - stepId: gone
    operationId: read
    parameters: [{name: petId, in: path, value: ID}]
    successCriteria:
    - condition: CONDITION
    - condition: $response.body#/status == 418 && $response.body#/code == 'not_found'
"""
)


@pytest.mark.parametrize(
    ("condition", "id", "is_meant"),
    [
        ("$statusCode == 404", 7, True),
        ("$statusCode == 200 || $statusCode == 404", 7, True),
        ("$statusCode >= 400", 7, True),
        ("$statusCode < 500", 7, False),
        ("$statusCode == 200", 7, False),
        ("$statusCode == 404", 8, False),
    ],
)
def test_a_step_that_wants_what_is_gone_shapes_the_body(file: Path, condition: str, id: int, is_meant: bool) -> None:
    paths = operations()
    paths["/pets/{petId}"]["get"]["responses"]["404"] = shown(PROBLEM)
    file.write_text(description(paths), "utf-8")
    flow = file.with_name("flow.yml")
    flow.write_text(READ_GONE.replace("CONDITION", condition).replace("ID}", f"{id}}}"), "utf-8")
    with httpx2.Client(transport=mock_transport(flow), base_url="http://mock") as client:
        assert client.delete("/pets/7").status_code == 204
        answers = [client.get("/pets/7") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [404, 404]
    body = answers[0].json()
    assert (body["status"] == 418) is is_meant
    assert "name" not in body
