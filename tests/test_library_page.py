"""The Python of README.md and docs/library.md, run as it stands against a server on loopback."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import fields
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any, ClassVar

import httpx2
import pytest

from arazzo_runner import Options

ROOT = Path(__file__).parent.parent
BLOCK = re.compile(r"^```python\n(.*?)^```", re.DOTALL | re.MULTILINE)


class Orders(BaseHTTPRequestHandler):
    """Answers every POST with an order, and remembers what was asked."""

    protocol_version = "HTTP/1.1"
    seen: ClassVar[list[bytes]] = []

    def do_POST(self) -> None:
        self.seen.append(self.rfile.read(int(self.headers.get("Content-Length", 0))))
        body = b'{"id": 41}'
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


class Busy(ThreadingHTTPServer):
    """Takes many connections at once."""

    request_queue_size = 100


@pytest.fixture
def server() -> Iterator[str]:
    Orders.seen.clear()
    running = Busy(("127.0.0.1", 0), Orders)
    thread = Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{running.server_address[1]}"
    running.shutdown()
    running.server_close()
    thread.join()


@pytest.fixture
def folder(server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "api.yml").write_text(f"""
openapi: 3.1.0
info: {{title: Orders, version: '1'}}
servers: [{{url: '{server}'}}]
components: {{securitySchemes: {{bearerAuth: {{type: http, scheme: bearer}}}}}}
paths:
  /orders:
    post:
      operationId: order
      security: [{{}}, {{bearerAuth: []}}]
      requestBody: {{content: {{application/json: {{}}}}}}
      responses: {{'200': {{description: ok}}}}
""")
    (tmp_path / "spec.yml").write_text("""
arazzo: 1.0.1
info: {title: Orders, version: '1'}
sourceDescriptions: [{name: orders, url: api.yml, type: openapi}]
workflows:
- workflowId: place-order
  inputs: {type: object, required: [item], properties: {item: {type: integer}}}
  steps:
  - {stepId: place, operationId: order, requestBody: {payload: {item: $inputs.item}}, outputs: {id: $response.body#/id}}
  outputs: {id: $steps.place.outputs.id}
""")
    (tmp_path / "specs").symlink_to(ROOT / "specs", target_is_directory=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def blocks(page: str) -> list[str]:
    return BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))


def test_the_pages_have_examples() -> None:
    assert len(blocks("README.md")) == 1
    assert len(blocks("docs/library.md")) >= 6


@pytest.mark.parametrize("name", [each.name for each in fields(Options)])
def test_the_library_page_names_each_option(name: str) -> None:
    page = (ROOT / "docs/library.md").read_text(encoding="utf-8")
    assert f"`{name}`" in page


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("index", "code"), list(enumerate(blocks("docs/library.md"))))
def test_the_library_page(index: int, code: str, server: str) -> None:
    code = code.replace("http://localhost:8080", server)
    names: dict[str, Any] = {}
    exec(compile(code, f"docs/library.md, example {index + 1}", "exec"), names)
    if "main" in names:
        asyncio.run(names["main"]())
    if "result" in names:
        assert names["result"].outputs == {"id": 41}
    if "Recorded" in names:
        from arazzo_runner import run

        assert run("spec.yml", inputs={"item": 1}, transport=names["Recorded"]()).outputs == {"id": 1}
    if "run = Run(" in code:
        assert names["run"].result.succeeded
    assert bool(Orders.seen) == ("run(" in code and "class" not in code and "run = Run(" not in code)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(("index", "code"), list(enumerate(blocks("docs/many-runs.md"))))
def test_the_page_of_many_runs(index: int, code: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code, f"docs/many-runs.md, example {index + 1}", "exec"), {})
    assert len(Orders.seen) == (101, 3)[index]
    assert capsys.readouterr().out == ("", "1 True\n2 True\n")[index]


@pytest.mark.usefixtures("folder")
def test_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    def answer(request: httpx2.Request) -> httpx2.Response:
        if request.url.path.endswith(":generateToken"):
            return httpx2.Response(200, json={"token": "jwt"})
        return httpx2.Response(202)

    (code,) = blocks("README.md")
    assert len(code.splitlines()) <= 10, "the README shows it in under ten lines"
    with httpx2.Client(transport=httpx2.MockTransport(answer)) as client:
        exec(code, {"client": client})
    assert capsys.readouterr().out == "Status.SUCCEEDED 202\n"
