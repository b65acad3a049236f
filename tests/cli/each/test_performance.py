"""The command as a process of its own: a full disk, a reader that goes, Ctrl-C once and twice."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from arazzo_runner.cli.each.presses import GRACE
from tests import wire
from tests.wire import Peer, Received, Wire

TOKEN = {"token": "eyJhbGciOiJIUzI1NiJ9.minted.signature"}


@contextmanager
def running(project: Path, reference: str, url: str, file: Path, *flags: str, **others: Any) -> Iterator[Any]:
    """Run the command in a process."""
    command = [sys.executable, "-m", "arazzo_runner", "run", reference, "--server", url, "--each", str(file), *flags]
    streams: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **others}
    process = subprocess.Popen(command, cwd=project, text=True, stdin=subprocess.DEVNULL, **streams)
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for stream in (process.stdout, process.stderr):
            if stream is not None:
                stream.close()


def rows(folder: Path, count: int) -> Path:
    path = folder / "rows.csv"
    lines = [f"tok-{number:04d},hub{number},hi" for number in range(1, count + 1)]
    path.write_text("\n".join(["accessToken,hub,message", *lines]), "utf-8")
    return path


def answers(peer: Peer, received: Received) -> bool:
    if ":generateToken" in received.target:
        return wire.json_answer(TOKEN)(peer)
    return wire.answer(202)(peer)


def statuses(text: str) -> dict[int, str]:
    return {each["row"]: each["status"] for each in map(json.loads, text.splitlines())}


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("way", ["stdout", "results"])
def test_a_full_disk_stops_the_runs_and_tells_what_was_not_saved(
    project: Path, reference: str, tmp_path: Path, way: str
) -> None:
    with Wire(by_request=answers) as server, Path("/dev/full").open("w") as full:
        others: dict[str, Any] = {"stdout": full} if way == "stdout" else {}
        flags = ["--concurrency", "2", *(["--results", "/dev/full"] if way == "results" else [])]
        with running(project, reference, server.url, rows(tmp_path, 50), *flags, **others) as process:
            _, told = process.communicate(timeout=60)
    assert process.returncode == 3
    assert "the results can't be written: No space left on device" in told
    assert "done, and not in the results: row" in told
    assert len(server.received) < 20


def test_no_rows_are_begun_for_a_reader_that_has_gone(project: Path, reference: str, tmp_path: Path) -> None:
    file, flags = rows(tmp_path, 400), ("--concurrency", "2")
    with Wire(by_request=answers) as server, running(project, reference, server.url, file, *flags) as process:
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        process.wait(60)
    assert process.returncode == 3
    assert "nobody reads the results any more" in told
    assert len(server.received) < 800


class Gate:
    """Answers the first rows, and keeps later ones waiting until it is opened."""

    def __init__(self, free: int) -> None:
        self.free = free
        self.opened = threading.Event()
        self.reached = threading.Event()

    def __call__(self, peer: Peer, received: Received) -> bool:
        number = int(received.target.partition("/hubs/hub")[2].partition("/")[0])
        if number > self.free:
            self.reached.set()
            self.opened.wait(wire.PATIENCE)
        return answers(peer, received)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C can't be sent to one process there")
def test_ctrl_c_lets_the_running_rows_end_and_begins_no_more(project: Path, reference: str, tmp_path: Path) -> None:
    gate, file = Gate(3), rows(tmp_path, 30)
    with Wire(by_request=gate) as server:
        with running(project, reference, server.url, file, "--concurrency", "2") as process:
            lines = [process.stdout.readline() for _ in range(3)]
            assert gate.reached.wait(wire.PATIENCE)
            process.send_signal(signal.SIGINT)
            first = process.stderr.readline()
            assert "finished first" in first
            gate.opened.set()
            rest, told = process.communicate(timeout=60)
        assert process.returncode == 130
        found = statuses("".join(lines) + rest)
        assert set(found.values()) == {"succeeded"}
        assert 3 < len(found) <= 6
        assert "--resume RESULTS" in told
        saved = tmp_path / "results.ndjson"
        saved.write_text("".join(lines) + rest, "ascii")
        with running(project, reference, server.url, file, "--resume", str(saved)) as process:
            more, _ = process.communicate(timeout=60)
        assert process.returncode == 0
    assert sorted([*found, *statuses(more)]) == list(range(1, 31))


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C can't be sent to one process there")
def test_ctrl_c_twice_ends_the_running_rows_where_they_stand(project: Path, reference: str, tmp_path: Path) -> None:
    gate = Gate(2)
    saved = tmp_path / "results.ndjson"
    with Wire(by_request=gate) as server:
        flags = ("--concurrency", "3", "--results", str(saved))
        with running(project, reference, server.url, rows(tmp_path, 9), *flags) as process:
            assert gate.reached.wait(wire.PATIENCE)
            process.send_signal(signal.SIGINT)
            process.stderr.readline()
            threading.Event().wait(2 * GRACE)  # at once it would be the same press
            process.send_signal(signal.SIGINT)
            told = process.stderr.read()
            process.wait(60)
        gate.opened.set()
    assert process.returncode == 130
    found = statuses(saved.read_text("ascii"))
    assert found[1] == found[2] == "succeeded"
    assert [row for row, status in found.items() if status == "interrupted"]
    assert set(found.values()) == {"succeeded", "interrupted"}
    assert f"--resume {saved} --results {saved}" in told


def test_a_rate_holds_the_starts_back(project: Path, reference: str, tmp_path: Path) -> None:
    file = rows(tmp_path, 5)
    with Wire(by_request=answers) as server, running(project, reference, server.url, file, "--rate", "10") as process:
        out, told = process.communicate(timeout=60)
    assert len(statuses(out)) == 5
    seconds = float(told.partition(" in ")[2].partition(" s")[0])
    assert seconds >= 0.4


def test_a_connection_that_is_cut_fails_its_row_alone(project: Path, reference: str, tmp_path: Path) -> None:
    def some(peer: Peer, received: Received) -> bool:
        return wire.reset(b"HTTP/1.1 200 OK\r\n")(peer) if "hub2/" in received.target else answers(peer, received)

    with Wire(by_request=some) as server, running(project, reference, server.url, rows(tmp_path, 4)) as process:
        out, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert statuses(out) == {1: "succeeded", 2: "failed", 3: "succeeded", 4: "succeeded"}
    assert "rows.csv:3): failed: " in told
