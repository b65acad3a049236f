"""The server and the transports, as users of the library have them."""

from __future__ import annotations

import asyncio
import re
import socket
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import httpx2
import pytest

from arazzo_runner import Options, load, run
from arazzo_runner.errors import DocumentError, UsageError
from arazzo_runner.mock.server.exchange import Exchanged
from arazzo_runner.mocking import mock_application, mock_server, mock_transport, read_mocked, urls_of
from tests.mock.server.orders import ORDERS

REFERENCE = "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
INPUTS = {"accessToken": "abc", "hub": "chat", "message": "hi"}
FLOW = """
arazzo: 1.0.1
info: {title: F, version: '1'}
sourceDescriptions: [{name: shop, url: orders.yml, type: openapi}]
workflows:
- workflowId: buy
  steps:
  - stepId: create
    operationId: createOrder
    requestBody: {payload: {item: pen, amount: 3}}
    successCriteria: [{condition: $statusCode == 201}, {condition: $response.body#/amount == 3}]
    outputs: {id: $response.body#/id}
  - stepId: get
    operationId: getOrder
    parameters: [{name: id, in: path, value: $steps.create.outputs.id}]
    successCriteria: [{condition: $response.body#/item == 'needle'}]
  outputs: {id: $steps.create.outputs.id}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.yml").write_text(ORDERS, "utf-8")
    (tmp_path / "flow.yml").write_text(FLOW, "utf-8")
    return tmp_path


def test_a_server_answers_while_the_block_runs(folder: Path) -> None:
    with mock_server(folder / "orders.yml") as server, httpx2.Client(trust_env=False) as client:
        assert client.get(f"{server.url}/orders/7").json().keys() >= {"item", "amount"}
        assert client.get(f"{server.url}/v1/orders?limit=x").status_code == 400
        assert [(one.status, one.operation) for one in server.exchanges] == [(200, "getOrder"), (400, "listOrders")]
        assert server.urls == {"orders": server.url}
        port = int(server.url.rpartition(":")[2])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", port)).close()


def test_a_workflow_runs_against_the_server(project: Path) -> None:
    document = str(project / REFERENCE)
    with mock_server(document) as server:
        result = run(document, inputs=INPUTS, options=Options(servers={"": server.url}))
    assert result.succeeded
    assert [one.status for one in server.exchanges] == [200, 202]


def test_the_workflows_of_a_document_shape_the_answers(folder: Path) -> None:
    flow = folder / "flow.yml"
    with mock_server(load(flow)) as server:
        result = run(str(flow), options=Options(servers={"shop": server.urls["shop"]}))
        assert result.succeeded
        assert isinstance(result.outputs["id"], int)
        assert httpx2.get(f"{server.url}/orders/1", trust_env=False).json()["item"] == "needle"


def test_several_descriptions_have_a_url_each(folder: Path) -> None:
    (folder / "orders.v2.yml").write_text(ORDERS.replace("listOrders", "listAgain"), "utf-8")
    told: list[Exchanged] = []
    files = [folder / "orders.yml", folder / "orders.v2.yml"]
    transport = mock_transport(files, on_exchange=told.append)
    urls = urls_of("http://mock", read_mocked(files))
    assert urls == {"orders": "http://mock/orders", "orders-2": "http://mock/orders-2"}
    with httpx2.Client(transport=transport) as client:
        for url in urls.values():
            assert client.get(f"{url}/orders").status_code == 200
    assert [one.operation for one in told] == ["listOrders", "listAgain"]


@pytest.mark.parametrize("library", [httpx2, httpx], ids=["httpx2", "httpx"])
def test_a_client_without_a_socket(folder: Path, library: ModuleType) -> None:
    transport = mock_transport(folder / "orders.yml", seed=4)
    with library.Client(transport=transport, base_url="https://api.example.com/v1") as client:
        answer = client.post("/orders", json={"item": "pen", "amount": 1})
        assert (answer.status_code, answer.headers["content-type"]) == (201, "application/json")
        assert client.head("/orders/7").content == b""
        assert client.get("/orders/a%2Fb").status_code == 400
        same = client.get("/orders/7").content

    async def asynchronous() -> bytes:
        async with library.AsyncClient(transport=transport, base_url="http://other") as client:
            content: bytes = (await client.get("/orders/7")).content
            return content

    assert asyncio.run(asynchronous()) == same


def test_a_run_over_the_transport(project: Path) -> None:
    document = str(project / REFERENCE)
    with httpx2.Client(transport=mock_transport(document)) as client:
        options = Options(servers={"": "https://any.example.com"})
        assert run(document, inputs=INPUTS, options=options, transport=client).succeeded


def test_an_application_for_any_server(folder: Path) -> None:
    application: Any = mock_application(folder / "orders.yml", lenient=True)

    async def call() -> int:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(application), base_url="http://mock") as client:
            return (await client.get("/orders?limit=x")).status_code

    assert asyncio.run(call()) == 200


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.yml", "a: 1", "a.yml can't be served: it is neither"),
        ("a.yml", "openapi: 9.9.9\ninfo: {}", "it is 'openapi 9.9'"),
        ("a.yml", "asyncapi: 3.0.0", "it is 'asyncapi'"),
        ("a.yml", "arazzo: 1.0.1\ninfo: {title: a, version: '1'}\nsourceDescriptions: []\nworkflows: []", ""),
    ],
)
def test_what_can_not_be_served(tmp_path: Path, name: str, text: str, message: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises((UsageError, DocumentError)) as raised:
        read_mocked(tmp_path / name)
    assert message in str(raised.value)


def test_faults_before_anything_is_served(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot read"):
        read_mocked(tmp_path / "nowhere.yml")
    (tmp_path / "broken.yml").write_text("openapi: [", "utf-8")
    with pytest.raises(DocumentError):
        read_mocked(tmp_path / "broken.yml")


def test_a_taken_port_is_told(folder: Path) -> None:
    with mock_server(folder / "orders.yml") as server:
        port = int(server.url.rpartition(":")[2])
        with pytest.raises(UsageError, match=f"port {port} is taken"), mock_server(folder / "orders.yml", port=port):
            raise AssertionError


def test_httpx_is_not_imported_for_those_who_do_not_use_it() -> None:
    script = (
        "import sys, arazzo_runner.mocking; assert not {'httpx', 'httpx2', 'uvicorn', 'rich'} & {*sys.modules},"
        " [name for name in ('httpx', 'httpx2', 'uvicorn', 'rich') if name in sys.modules]"
    )
    subprocess.run([sys.executable, "-c", script], check=True)


PAGE = (Path(__file__).parent.parent / "docs/mock-server.md").read_text("utf-8")
EXAMPLES = re.findall(r"^```python\n(.*?)^```", PAGE, re.DOTALL | re.MULTILINE)


def test_the_page_has_examples() -> None:
    assert len(EXAMPLES) == 3


@pytest.mark.parametrize("code", EXAMPLES, ids=["server", "transport", "asynchronous"])
def test_an_example_of_the_page_runs(code: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    exec(compile(code, "docs/mock-server.md", "exec"), {})
