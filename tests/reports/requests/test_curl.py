from __future__ import annotations

import io
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arazzo_runner.api import execute, preview
from arazzo_runner.engine.effects import Request
from arazzo_runner.preview import Preview, StepPreview
from arazzo_runner.reports.page import Look
from arazzo_runner.reports.requests.curl import MAX_ARGUMENT, command, quoted, write_curl
from arazzo_runner.values import Value
from tests.cli.loopback import Answer, Asked, Loopback
from tests.preview.documents import prepared

SHELL = shutil.which("sh")
CURL = shutil.which("curl")
ADDED = {"host", "user-agent", "accept-encoding", "connection", "content-length", "expect"}
"""What the connection adds: not the runner's request, and not curl's."""


def words(text: str) -> list[str]:
    """Return the words of a command, line by line joined."""
    return shlex.split(text.replace(" \\\n  ", " "))


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_a_quoted_text_is_one_word(text: str) -> None:
    assert shlex.split(quoted(text)) == [text]


@pytest.mark.skipif(SHELL is None, reason="no POSIX shell on this machine")
@pytest.mark.parametrize(
    "text", ["", "a b", "it's", '"$x" `y` \\', "-n", "!!", "~", "*", "a\nb\n", "ä€", "#", "'", "a;b&c|d", "{$x}", "%s"]
)
def test_a_shell_reads_it_so(text: str) -> None:
    done = subprocess.run([str(SHELL), "-c", f"printf '%s' {quoted(text)}"], capture_output=True, check=True)
    assert done.stdout.decode() == text


@pytest.mark.skipif(SHELL is None, reason="no POSIX shell on this machine")
@pytest.mark.parametrize(
    "body",
    [bytes(range(256)), b"\x001", b"\x00%d%%\\n'\\''", b"-e \xff8", b"a\x1b[0m", b"\x00" * 5 + b"777", b"\xff\n\n"],
)
def test_bytes_come_through_printf(body: bytes) -> None:
    text = command(Request("POST", "http://x/", body=body))
    assert text.startswith("printf ")
    printed, _, rest = text.partition(" |\\\n")
    assert rest.endswith("--data-binary @-")
    assert subprocess.run([str(SHELL), "-c", printed], capture_output=True, check=True).stdout == body


def test_a_request_is_one_command() -> None:
    headers = (("Accept", "application/json"), ("X-Empty", ""), ("Content-Type", "text/plain"))
    text = command(Request("POST", "http://x/a?b=[1]&c={$steps.a.outputs.b}", headers, b"it's\ntwo lines"))
    assert words(text) == [
        "curl",
        "--globoff",
        "--path-as-is",
        "--request",
        "POST",
        "http://x/a?b=[1]&c={$steps.a.outputs.b}",
        "--header",
        "Accept: application/json",
        "--header",
        "X-Empty;",
        "--header",
        "Content-Type: text/plain",
        "--data-binary",
        "it's\ntwo lines",
    ]


@pytest.mark.parametrize(
    ("request_", "found"),
    [
        (Request("HEAD", "u"), ["--head", "u"]),
        (Request("POST", "u", body=b"@file"), ["--header", "Content-Type:", "--data-raw", "@file"]),
        (Request("POST", "u", body=b""), ["--header", "Content-Type:", "--data-binary", ""]),
    ],
)
def test_what_curl_would_read_otherwise(request_: Request, found: list[str]) -> None:
    assert words(command(request_))[-len(found) :] == found


def test_a_long_body_is_no_argument() -> None:
    assert command(Request("POST", "u", body=b"x" * (MAX_ARGUMENT + 1))).startswith("printf ")
    assert not command(Request("POST", "u", body=b"x" * MAX_ARGUMENT)).startswith("printf ")


def test_who_answers_a_challenge_is_told_and_not_with_what() -> None:
    assert words(command(Request("GET", "u"), "ann"))[-3:] == ["--digest", "--user", "ann:[redacted]"]


def test_what_has_no_command_is_a_comment_of_one_line() -> None:
    page = io.StringIO()
    steps = (
        StepPreview(("a",), "w", reason="no\nrm -rf"),
        StepPreview(("b",), "w", calls="other"),
        StepPreview(("b", "c"), "w", Request("GET", "u"), Request("GET", "u")),
    )
    write_curl(page, Preview("w", steps, ("x",), cut="more"), Look())
    assert page.getvalue().splitlines() == [
        "# missing inputs: x",
        "# a: no request: no\\nrm -rf",
        "# b calls workflow other",
        "# b > c",
        "curl \\",
        "  --globoff --path-as-is \\",
        "  --request GET \\",
        "  u",
        "# left out: more",
    ]


@pytest.mark.skipif(SHELL is None or CURL is None, reason="no curl on this machine")
def test_curl_sends_what_the_runner_sends(tmp_path: Path) -> None:
    inputs: dict[str, Value] = {"text": "näh\n\"q\" $x `y` 'z'", "file": b"\x00\xff'\\%1 \r\n\x1b[0m"}
    with Loopback(lambda asked: Answer(200, b"{}")) as server:
        ready = prepared(tmp_path, "known", servers={"": server.url}, show_secrets=True)
        assert execute(ready, inputs).succeeded
        ran = list(map(_essence, server.asked))
        server.asked.clear()
        page = io.StringIO()
        write_curl(page, preview(ready, inputs), Look())
        script = "set -e\n" + page.getvalue().replace("curl \\\n", "curl --silent --noproxy '*' --max-time 20 \\\n")
        subprocess.run([str(SHELL), "-c", script], capture_output=True, check=True)
        assert list(map(_essence, server.asked)) == ran
    assert len(ran) == 6


def _essence(asked: Asked) -> tuple[str, dict[str, str], bytes]:
    kept = {name.lower(): value for name, value in asked.headers.items() if name.lower() not in ADDED}
    return asked.line, kept, asked.body


def test_notes_are_comments() -> None:
    stream = io.StringIO()
    step = StepPreview(
        ("s",), "w", shown=Request("GET", "http://h/x"), remarks=("breaks\nthe contract",), wanted="a\nb"
    )
    write_curl(stream, Preview("w", (step,)), Look(width=100))
    assert stream.getvalue().splitlines()[:4] == ["# s", "# note: breaks the contract", "# note: a", "# note: b"]
