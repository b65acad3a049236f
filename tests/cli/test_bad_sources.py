"""Sources that can't be used, through the command: one clear message with its place, exit code 2, nothing sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from arazzo_runner.sources import fetch, retrieval
from tests.cli.invocation import Command, Ended
from tests.wire import Behaviour, Wire, answer, drip, head, raw

FLOW = """arazzo: 1.0.1
info: {{title: T, version: '1'}}
sourceDescriptions: [{{name: api, url: '{url}', type: openapi}}]
workflows: [{{workflowId: w, steps: [{{stepId: s, operationId: x}}]}}]
"""
API = """openapi: 3.1.0
info: {title: A, version: '1'}
servers: [{url: 'http://127.0.0.1:1'}]
paths:
"""
RESPONSES = "responses: {default: {description: any}}"
PAGE = b"<!doctype html><title>Sign in</title>"


def judged(arazzo: Command, folder: Path, url: str) -> Ended:
    """Run a flow whose source is at a url; see that it ends as bad input has to."""
    (folder / "flow.yml").write_text(FLOW.format(url=url))
    ended = arazzo("run", str(folder / "flow.yml"), "--mock")
    assert "Traceback" not in ended.err
    assert "a fault of arazzo itself" not in ended.err
    return ended


def one_error(ended: Ended, *texts: str) -> None:
    flat = " ".join(ended.err.split())
    assert ended.code == 2, ended.err
    assert ended.err.count("error[") == 1, ended.err
    assert "flow.yml:3:39" in ended.err
    assert "= help: " in ended.err or "source-unsupported" in ended.err
    for text in texts:
        assert text in flat, ended.err


@pytest.mark.parametrize(
    ("content", "texts"),
    [
        (PAGE, ["it is a web page (HTML)", "name the raw YAML or JSON file"]),
        (b"", ["the document is empty"]),
        (b"\x89PNG\r\n\x1a\n\0\0", ["it is an image (PNG)"]),
        (b"%PDF-1.7\n1 0 obj", ["it is a PDF"]),
        (b"PK\x03\x04\x14\0\0\0", ["it is an archive (zip)", "unpack it"]),
        (bytes(range(256)), ["control character U+0000"]),
        (bytes(1000), ["it is a binary file"]),
        (b'{"openapi": "3.1.0", "paths": {"/x": {"get"', ["cannot be parsed", "api.yml:1:"]),
        (b"openapi: 3.1.0\npaths: {/x: [\n", ["cannot be parsed", "api.yml:"]),
        (b"- a\n- b\n", ["is no API description"]),
        (b"just words", ["is no API description"]),
        (b'{"error": "unauthorized"}', ["is no API description"]),
        (b"openapi: 4.0.0\npaths: {}\n", ["the version '4.0'"]),
        (b"asyncapi: 3.0.0\n", ["'asyncapi'"]),
        (
            b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n--b\n\na: 1\n",
            ["ends before its last part"],
        ),
    ],
)
def test_a_file_that_is_no_description(arazzo: Command, tmp_path: Path, content: bytes, texts: list[str]) -> None:
    (tmp_path / "api.yml").write_bytes(content)
    one_error(judged(arazzo, tmp_path, "api.yml"), "source 'api'", *texts)


def test_a_description_of_100_megabytes(arazzo: Command, tmp_path: Path) -> None:
    with (tmp_path / "api.yml").open("wb") as file:
        file.truncate(100 * 1024 * 1024)
    one_error(judged(arazzo, tmp_path, "api.yml"), "it is larger than 64 MiB")


@pytest.mark.parametrize(
    ("url", "texts"),
    [
        ("none.yml", ["there is no such file"]),
        (".", ["it is a folder"]),
        ("ftp://host/api.yml", ["'ftp' is not one of the schemes"]),
        ("urn:x:y", ["'urn' is not one of the schemes"]),
        ("data:,openapi", ["'data' is not one of the schemes"]),
        ("file://host/api.yml", ["another host, 'host'"]),
        ("file:///api.yml?x=1", ["no query"]),
        ("https://me:hidden@host.invalid/api.yml", ["user name or password"]),
        ("http://host.invalid/api.yml", ["no connection to host.invalid"]),
        ("http://127.0.0.1:1/api.yml", ["no connection to 127.0.0.1:1"]),
    ],
)
def test_a_place_that_has_no_description(arazzo: Command, tmp_path: Path, url: str, texts: list[str]) -> None:
    one_error(judged(arazzo, tmp_path, url), *texts)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(arazzo: Command, tmp_path: Path) -> None:
    (tmp_path / "api.yml").write_text(API)
    (tmp_path / "api.yml").chmod(0)
    one_error(judged(arazzo, tmp_path, "api.yml"), "permission denied")


@pytest.mark.parametrize(
    ("behaviours", "texts"),
    [
        (
            [raw(head(302, [("Location", "/login"), ("Content-Length", "0")]), keep=True), answer(200, PAGE)],
            ["it is a web page (HTML)", "after a redirect to", "/login", "download it"],
        ),
        ([raw(head(302, [("Location", "file:///etc/passwd")]))], ["redirects to file:///etc/passwd"]),
        ([answer(200, b"<p>Sign in", ("Content-Type", "text/html"))], ["it is a web page"]),
        ([answer(200, b"\xff\xd8\xff\xe0", ("Content-Type", "image/jpeg"))], ["an image (JPEG)"]),
        ([answer(401)], ["answered 401", "download it first"]),
        ([answer(500)], ["answered 500"]),
        ([answer(204)], ["the document is empty"]),
        ([raw(head(200, [("Content-Length", "900")]) + b"openapi: 3.1.0")], ["cannot be read", "closed connection"]),
        ([answer(200, b"no", ("Content-Encoding", "gzip"))], ["cannot be read"]),
        ([raw(b"SSH-2.0-x\r\n")], ["cannot be read"]),
        ([drip(b"x", head(200, [("Content-Length", "9000")]))], ["did not arrive within 0.3 seconds"]),
    ],
    ids=["login", "to-file", "page", "image", "401", "500", "empty", "cut-off", "coding", "no-http", "drip"],
)
def test_a_server_that_gives_no_description(
    arazzo: Command, tmp_path: Path, behaviours: list[Behaviour], texts: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fetch, "FETCH_TIMEOUT", 0.3)
    with Wire(*behaviours) as wire:
        ended = judged(arazzo, tmp_path, f"{wire.url}/api.yml")
    one_error(ended, *texts)


def test_a_description_over_the_limit_is_given_up_while_it_arrives(
    arazzo: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (fetch, retrieval):
        monkeypatch.setattr(module, "MAX_SOURCE_BYTES", 1024 * 1024)
    with Wire(answer(200, b"x" * (2 * 1024 * 1024))) as wire:
        one_error(judged(arazzo, tmp_path, f"{wire.url}/api.yml"), "it is larger than 1 MiB")


@pytest.mark.parametrize(
    ("paths", "place", "texts"),
    [
        ("  /x: {$ref: '#/paths/~1y'}\n  /y: {$ref: '#/paths/~1x'}\n", "api.yml:5:14", ["leads in a circle"]),
        ("  /x: {$ref: '#/components/pathItems/x'}\n", "api.yml:5:14", ["there is no 'components'"]),
        ("  /x: {$ref: 'none.yml#/x'}\n", "api.yml:5:14", ["there is no such file"]),
        ("  /x: {$ref: 'ftp://host/x.yml'}\n", "api.yml:5:14", ["'ftp' is not one of the schemes"]),
        ("  /x: {$ref: 'page.html'}\n", "api.yml:5:14", ["it is a web page"]),
        ("  /x: {$ref: '.'}\n", "api.yml:5:14", ["it is a folder"]),
        ("  /x: {$ref: 'cut.json#/x'}\n", "api.yml:5:14", ["cannot be read: a"]),
    ],
)
def test_a_reference_that_leads_nowhere(
    arazzo: Command, tmp_path: Path, paths: str, place: str, texts: list[str]
) -> None:
    """It is a warning with its place; what is missing for it is the error of the step that wants it."""
    (tmp_path / "api.yml").write_text(API + paths)
    (tmp_path / "page.html").write_bytes(PAGE)
    (tmp_path / "cut.json").write_text('{"x": {"get"')
    ended = judged(arazzo, tmp_path, "api.yml")
    assert ended.code == 2
    assert "error[operation-unknown]" in ended.err
    assert place in ended.err
    flat = " ".join(ended.err.split())
    for text in texts:
        assert text in flat, ended.err


def test_a_parameter_that_leads_in_a_circle_is_warned_of_and_left_out(arazzo: Command, tmp_path: Path) -> None:
    circle = (
        "components: {parameters: {a: {$ref: '#/components/parameters/b'}, b: {$ref: '#/components/parameters/a'}}}\n"
    )
    path = f"  /x: {{get: {{operationId: x, parameters: [{{$ref: '#/components/parameters/a'}}], {RESPONSES}}}}}\n"
    (tmp_path / "api.yml").write_text(API + path + circle)
    ended = judged(arazzo, tmp_path, "api.yml")
    assert ended.code == 0
    assert "leads in a circle" in " ".join(ended.err.split())


def test_bodies_whose_references_lead_nowhere_are_each_told(arazzo: Command, tmp_path: Path) -> None:
    operations = "".join(
        f"  /{name}: {{post: {{operationId: {name}, requestBody: {{$ref: '#/components/{name}'}}, {RESPONSES}}}}}\n"
        for name in ("gone", "away")
    )
    (tmp_path / "api.yml").write_text(API + operations)
    steps = ", ".join(
        f"{{stepId: {name}, operationId: {name}, requestBody: {{contentType: text/plain, payload: x}}}}"
        for name in ("gone", "away")
    )
    flow = FLOW.format(url="api.yml").replace("{stepId: s, operationId: x}", steps)
    (tmp_path / "flow.yml").write_text(flow)
    with Wire(answer(200)) as server:
        ended = arazzo("run", str(tmp_path / "flow.yml"), "--server", server.url)
    flat = " ".join(ended.err.split())
    assert [request.body for request in server.received] == [b"x", b"x"]
    assert "the reference '#/components/gone' leads nowhere" in flat
    assert "the reference '#/components/away' leads nowhere" in flat
