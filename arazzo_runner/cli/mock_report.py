"""What `arazzo mock` tells: where it serves, how to call it, and each request in a line.

A target is shown without what its names call secret; nothing in it acts on a terminal.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Iterator, Mapping, Sequence
from typing import TextIO

from arazzo_runner.cli.output import look
from arazzo_runner.mock.server.exchange import Exchanged
from arazzo_runner.mock.server.samples import Sample, sample_of
from arazzo_runner.mocking import Mocked
from arazzo_runner.redact import Redactor
from arazzo_runner.reports.page import Ink, Line, Page
from arazzo_runner.sources.operations import Operation

MAX_TRIED = 20
"""Operations that are tried for one that a person can call."""

LONGEST_SHOWN = 400
"""Characters of a target that a line shows, and of the body of the call that is shown."""


class MockReport:
    """Writes to the two streams of a command; each line is there at once."""

    def __init__(self, out: TextIO, err: TextIO, *, quiet: bool = False, json: bool = False) -> None:
        self._out = out
        self._page = Page(err, look(err, os.environ))
        self._quiet, self._json = quiet, json
        self._redactor = Redactor()

    def ready(self, mocked: Mocked, url: str, urls: Mapping[str, str], files: Sequence[str], seed: int) -> None:
        """Tell that requests are answered now."""
        self._out.write((json.dumps({"event": "ready", "url": url, "urls": dict(urls)}) if self._json else url) + "\n")
        self._out.flush()
        if not self._quiet:
            self._page.write(_opening(mocked, url, urls, files, seed))

    def exchanged(self, exchange: Exchanged) -> None:
        """Tell of a request that was answered."""
        if self._json:
            self._out.write(json.dumps(self._data(exchange), ensure_ascii=False) + "\n")
            self._out.flush()
        elif not self._quiet:
            self._page.write(self._lines(exchange))

    def _target(self, exchange: Exchanged) -> str:
        target = self._redactor.url(exchange.target)
        return target if len(target) <= LONGEST_SHOWN else f"{target[:LONGEST_SHOWN]}..."

    def _data(self, exchange: Exchanged) -> dict[str, object]:
        return {
            "event": "request",
            "method": exchange.method,
            "target": self._target(exchange),
            "status": exchange.status,
            "operation": exchange.operation or None,
            "milliseconds": round(exchange.milliseconds, 3),
            "breaches": [each.data for each in exchange.breaches],
            "remarks": [*exchange.remarks],
        }

    def _lines(self, exchange: Exchanged) -> Iterator[Line]:
        ink = Ink.GOOD if exchange.status < 400 else Ink.BAD
        operation = exchange.operation or "-"
        yield (
            f"{exchange.method} {self._target(exchange)} ",
            ink.of(str(exchange.status)),
            f" {operation} ",
            Ink.FAINT.of(f"{exchange.milliseconds:.1f} ms"),
        )
        for each in exchange.breaches:
            yield ("  ", Ink.BAD.of(each.code), f": {each.message}", Ink.PLACE.of(f"  {each.place}"))
        for remark in exchange.remarks:
            yield ("  ", Ink.DOUBT.of("note"), f": {remark}")


def _opening(mocked: Mocked, url: str, urls: Mapping[str, str], files: Sequence[str], seed: int) -> Iterator[Line]:
    for api in mocked.apis:
        count = len(api.document.endpoints.all)
        yield (Ink.STRONG.of(api.name), f" at {urls[api.name]}: {count} operations")
    if mocked.warnings:
        yield (f"{len(mocked.warnings)} findings, which 'arazzo validate {shlex.quote(files[0])}' tells",)
    where = url if len(urls) == 1 else ""
    servers = f"--server {where}" if where else " ".join(f"--server {name}={at}" for name, at in urls.items())
    target = shlex.quote(files[0]) if mocked.workflows else "FILE"
    yield (f"to run a workflow against it: arazzo run {target} {servers}",)
    call = _call(mocked, urls, seed)
    if call:
        yield (f"to call it: {call}",)
    yield ("Ctrl-C ends it",)


def _call(mocked: Mocked, urls: Mapping[str, str], seed: int) -> str:
    """Return a line for curl; empty where no operation can be called in a line."""
    for api in mocked.apis[:1]:
        endpoints = sorted(api.document.endpoints.all, key=lambda each: (each.method != "GET", "{" in each.path))
        for endpoint in endpoints[:MAX_TRIED]:
            line = curl(urls[api.name], api.operation(endpoint), seed)
            if line:
                return line
    return ""


def curl(url: str, operation: Operation, seed: int) -> str:
    """Return the call of an operation as a person types it; empty where it can't be told in a line."""
    sample = sample_of(operation, seed)
    if sample is None or (sample.body is not None and not _is_short(sample)):
        return ""
    parts = ["curl"] if sample.method == "GET" else ["curl", "-X", sample.method]
    for name, text in sample.headers:
        parts += ["-H", f"{name}: {text}"]
    parts += ["-d", (sample.body or b"").decode()] if sample.body is not None else []
    return shlex.join([*parts, url + sample.target])


def _is_short(sample: Sample) -> bool:
    body = sample.body or b""
    return len(body) <= LONGEST_SHOWN and body.isascii() and all(byte >= 0x20 for byte in body)
