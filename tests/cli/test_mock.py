"""`arazzo mock` through the real command: started, used, stopped by its process id."""

from __future__ import annotations

import io
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import httpx2
import pytest

from arazzo_runner.cli.mock import Mock, Stopped, stopped_by_signals
from tests.cli.invocation import Command
from tests.mock.server.orders import ORDERS

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to send to another process")


@dataclass
class Ended:
    """How the command ended."""

    code: int
    out: str
    err: str


class Serving:
    """The command while it runs; `first` is the first line that it wrote on standard output."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process
        assert process.stdout is not None
        self.first = process.stdout.readline()

    @property
    def url(self) -> str:
        return str(json.loads(self.first)["url"]) if self.first.startswith("{") else self.first.strip()

    def get(self, path: str, **more: Any) -> httpx2.Response:
        return httpx2.get(self.url + path, trust_env=False, **more)

    def stop(self, number: int = signal.SIGTERM) -> Ended:
        self._process.send_signal(number)
        out, err = self._process.communicate(timeout=30)
        return Ended(self._process.returncode, out, err)


@contextmanager
def serving(folder: Path, *arguments: str) -> Iterator[Serving]:
    command = [sys.executable, "-m", "arazzo_runner", "mock", *arguments]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment
    )
    try:
        yield Serving(process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "orders.yml").write_text(ORDERS, "utf-8")
    return tmp_path


def without_times(text: str, url: str) -> str:
    import re

    return re.sub(r"\d+\.\d ms", "N ms", text).replace(url, "URL")


@posix
def test_a_session(folder: Path) -> None:
    with serving(folder, "orders.yml", "--port", "0") as server:
        assert server.get("/orders/latest").status_code == 200
        assert server.get("/orders", params={"limit": "x", "api_key": "hidden"}).status_code == 400
        assert server.get("/nowhere").status_code == 404
        ended = server.stop()
    assert (ended.code, server.first, ended.out) == (0, f"{server.url}\n", "")
    assert without_times(ended.err, server.url) == (
        "orders at URL: 5 operations\n"
        "to run a workflow against it: arazzo run FILE --server URL\n"
        "to call it: curl URL/orders\n"
        "Ctrl-C ends it\n"
        "GET /orders/latest 200 latestOrder N ms\n"
        "GET /orders?limit=x&api_key=[redacted] 400 listOrders N ms\n"
        '  contract-request-parameter: the query parameter \'limit\' is "x": it is not of type "integer"'
        "  orders.yml:23:49\n"
        "  note: the query parameter 'api_key' is not declared\n"
        "GET /nowhere 404 - N ms\n"
    )


@posix
def test_what_is_shown_can_be_typed(project: Path) -> None:
    reference = "specs/arazzo/microsoft-azure-web-pubsub-token-then-broadcast-workflow.yml"
    with serving(project, reference, "--port", "0") as server:
        ended = server.stop()
    run = next(line for line in ended.err.splitlines() if "arazzo run" in line)
    assert run.endswith(f"arazzo run {reference} --server {server.url}")
    call = shlex.split(next(line for line in ended.err.splitlines() if "curl" in line).partition(": ")[2])
    assert call[:3] == ["curl", "-X", "POST"]
    assert "Authorization: Bearer secret" in call


@posix
def test_the_log_as_json(folder: Path) -> None:
    with serving(folder, "orders.yml", "--port", "0", "--json", "--quiet") as server:
        server.get("/orders", params={"limit": "x"})
        ended = server.stop()
    assert json.loads(server.first) == {"event": "ready", "url": server.url, "urls": {"orders": server.url}}
    (line,) = ended.out.splitlines()
    told = json.loads(line)
    assert told.pop("milliseconds") > 0
    (breach,) = told.pop("breaches")
    assert breach["place"] == "orders.yml:23:49"
    assert told == {
        "event": "request",
        "method": "GET",
        "target": "/orders?limit=x",
        "status": 400,
        "operation": "listOrders",
        "remarks": [],
    }
    assert ended.err == ""


@posix
def test_lenient_and_seed(folder: Path) -> None:
    bodies = []
    for seed in ("1", "1", "2"):
        with serving(folder, "orders.yml", "--port", "0", "--lenient", "--quiet", "--seed", seed) as server:
            assert server.get("/orders?limit=x").status_code == 200
            bodies.append(server.get("/orders/7").text)
    assert bodies[0] == bodies[1] != bodies[2]


@posix
def test_ctrl_c_is_an_interruption(folder: Path) -> None:
    with serving(folder, "orders.yml", "--port", "0") as server:
        ended = server.stop(signal.SIGINT)
    assert ended.code == 130
    assert ended.err.endswith("interrupted\n")
    assert "Traceback" not in ended.err


def test_a_taken_port(arazzo: Command, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        ended = arazzo("mock", str(folder / "orders.yml"), "--port", port)
    assert ended.code == 2
    assert ended.err == f"error: port {port} is taken\n  name another one, or --port 0 for any that is free\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.yml"], "cannot read nowhere.yml"),
        (["README.md"], "README.md"),
        (["specs/openapi/microsoft-azure-web-pubsub-openapi.yml", "--port", "70000"], "70000"),
        ([], "FILE"),
    ],
)
def test_what_can_not_be_served(arazzo: Command, arguments: list[str], message: str) -> None:
    ended = arazzo("mock", *arguments)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


@pytest.mark.parametrize(
    ("arguments", "stdin", "message"),
    [
        (["-"], ORDERS.encode(), "it holds no Arazzo document"),
        (["-"], b"", "it holds no Arazzo document"),
        (["-", "-"], b"", "- is given several times"),
        (["-"], b"arazzo: 1.0.1", "'sourceDescriptions' is missing"),
    ],
)
def test_what_can_not_be_served_from_standard_input(
    arazzo: Command, arguments: list[str], stdin: bytes, message: str
) -> None:
    ended = arazzo("mock", *arguments, stdin=stdin)
    assert (ended.code, ended.out) == (2, "")
    assert message in ended.err


def test_a_document_on_standard_input_is_served(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flow = "arazzo: 1.0.1\nsourceDescriptions: [{name: shop, url: orders.yml, type: openapi}]\nworkflows: []"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(flow.encode())))
    monkeypatch.chdir(folder)
    assert [api.name for api in Mock(files=["-"])._read().apis] == ["shop"]


def test_the_page_names_all_flags(project: Path) -> None:
    page = (project / "docs/mock-server.md").read_text("utf-8")
    named = {f"--{field.name.replace('_', '-')}" for field in fields(Mock)} - {"--files", "--sources", "--documents"}
    assert {flag for flag in (*named, "--source", "--document") if f"`{flag}" not in page} == set()


def test_signals_stop_and_are_given_back() -> None:
    before = [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)]
    calls: list[int] = []
    with stopped_by_signals(lambda: calls.append(1)) as stopped:
        assert stopped == Stopped(None)
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
    assert (stopped.by, len(calls)) == (signal.SIGTERM, 2)
    assert [signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)] == before
