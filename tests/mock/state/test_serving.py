"""One store for all clients of a server, and for all threads that use a transport."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
import pytest

from arazzo_runner.mocking import mock_server, mock_transport
from tests.mock.state.pets import description, operations


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
