"""A run as an HTTP Archive (HAR 1.2): an entry a request, a page a workflow that ran; for browsers and proxies to read.

What an archive has no member for stands in members of our own, which begin with an underscore as the format wants it:
the step (`_step`), how many redirects led to a request (`_redirects`), and why no answer came (`_error`, beside the
status 0). The version of HTTP is not recorded, so it is the one that requests are written in. Requests for tokens are
no requests of the workflow and are left out.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final, TextIO
from urllib.parse import quote

from arazzo_runner._version import VERSION
from arazzo_runner.engine.effects import Request
from arazzo_runner.engine.events import (
    RequestFailed,
    RequestSent,
    ResponseReceived,
    RunEnded,
    RunStarted,
    Stamped,
    WorkflowEnded,
    WorkflowStarted,
)
from arazzo_runner.engine.outcomes import Clock, Failed, Response
from arazzo_runner.engine.result import RunResult
from arazzo_runner.redact import REDACTED
from arazzo_runner.reports.plain import plain, write_json
from arazzo_runner.reports.run.exchange import text_of
from arazzo_runner.reports.run.har_fields import cookies_sent, cookies_set, encoded, headers, pairs_of
from arazzo_runner.reports.run.moment import moment_text
from arazzo_runner.reports.run.progress import INTERRUPTED, Path, Progress
from arazzo_runner.values import Value

Member = dict[str, Value]

HTTP_VERSION: Final = "HTTP/1.1"
UNKNOWN_TYPE: Final = "x-unknown"
"""The media type of a body that has none, as browsers write it."""

NO_ANSWER: Final = "the run was broken off before an answer came"
FORM: Final = "application/x-www-form-urlencoded"


class HarReporter:
    """Writes one archive when the run has ended, or at `close` of what is known of a run that did not end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._progress = Progress()
        self._pages: list[Member] = []
        self._entries: list[Member] = []
        self._running: dict[Path, list[tuple[str, Member, float]]] = {}
        self._waiting: dict[Path, Member] = {}
        self._is_open = False

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        self._progress.on(stamped)
        match stamped.event:
            case RunStarted(workflow=workflow):
                self._is_open = True
                self._begin_page(workflow, (), stamped.clock)
            case WorkflowStarted() as event:
                self._begin_page(event.workflow, event.step, stamped.clock)
            case WorkflowEnded() as event:
                self._end_page(event.workflow, event.step, stamped.clock)
            case RequestSent() as event:
                self._send(event, stamped.clock)
            case ResponseReceived(step=step, response=response, elapsed=elapsed):
                self._answer(step, _answered(response), elapsed)
            case RequestFailed(step=step, failure=failure):
                self._answer(step, _failed(failure), failure.elapsed)
            case RunEnded(result=result):
                self._end_page(result.workflow, (), stamped.clock)
                self._write(result)
            case _:
                pass

    def close(self) -> None:
        """End the report."""
        if self._is_open:
            self._write(self._progress.result(INTERRUPTED))

    def _begin_page(self, workflow: str, step: Path, clock: Clock) -> None:
        title = "/".join((*step, workflow)) if len(step) < 8 else f"{step[0]}/.../{step[-1]}/{workflow}"
        page: Member = {
            "startedDateTime": moment_text(clock.wall),
            "id": f"page_{len(self._pages) + 1}",
            "title": title,
            "pageTimings": {"onContentLoad": -1, "onLoad": -1},
        }
        self._pages.append(page)
        self._running.setdefault(step, []).append((workflow, page, clock.monotonic))

    def _end_page(self, workflow: str, step: Path, clock: Clock) -> None:
        running = self._running.get(step, [])
        for index in reversed(range(len(running))):
            named, page, began = running[index]
            if named == workflow:
                page["pageTimings"] = {"onContentLoad": -1, "onLoad": _milliseconds(clock.monotonic - began)}
                del running[index]
                return

    def _send(self, event: RequestSent, clock: Clock) -> None:
        running = self._running.get(event.step[:-1]) or self._running.get(())
        entry: Member = {
            "pageref": running[-1][1]["id"] if running else "page_1",
            "startedDateTime": moment_text(clock.wall),
            "time": 0.0,
            "request": _request(event.request),
            "response": _no_response(NO_ANSWER),
            "cache": {},
            "timings": _timings(0.0),
            "_step": list(event.step),
            "_redirects": event.redirects,
        }
        self._entries.append(entry)
        self._waiting[event.step] = entry

    def _answer(self, step: Path, response: Member, elapsed: float) -> None:
        entry = self._waiting.pop(step, None)
        if entry is not None:
            took = _milliseconds(elapsed)
            entry |= {"response": response, "time": took, "timings": _timings(took)}

    def _write(self, result: RunResult) -> None:
        self._is_open = False
        told = f"{result.workflow} {result.status.value}" + (f": {result.reason}" if result.reason else "")
        log: Member = {
            "version": "1.2",
            "creator": {"name": "arazzo-flow", "version": VERSION},
            "pages": list[Value](self._pages),
            "entries": list[Value](self._entries),
            "comment": told,
        }
        write_json(self._stream, plain({"log": log}))


def _milliseconds(seconds: float) -> float:
    return round(max(0.0, seconds) * 1000, 3)


def _timings(took: float) -> Member:
    return {"blocked": -1, "dns": -1, "connect": -1, "ssl": -1, "send": 0, "wait": took, "receive": 0}


def _request(request: Request) -> Member:
    content_type = request.header("content-type") or UNKNOWN_TYPE
    # What stands for a secret has brackets, which no URI has there.
    found: Member = {
        "method": request.method,
        "url": request.url.replace(REDACTED, quote(REDACTED)),
        "httpVersion": HTTP_VERSION,
        "cookies": cookies_sent(request.headers),
        "headers": headers(request.headers),
        "queryString": pairs_of(request.url.partition("#")[0].partition("?")[2]),
        "headersSize": -1,
        "bodySize": len(request.body or b""),
    }
    if request.body is not None:
        found["postData"] = _post_data(request.body, content_type)
    return found


def _post_data(body: bytes, content_type: str) -> Member:
    text = text_of(body, content_type)
    if text is None:
        return {"mimeType": content_type, "text": encoded(body), "_encoding": "base64", "comment": "text is base64"}
    found: Member = {"mimeType": content_type, "text": text}
    if content_type.partition(";")[0].strip().lower() == FORM:
        found["params"] = pairs_of(text)
    return found


def _answered(response: Response) -> Member:
    content_type = response.header("content-type") or UNKNOWN_TYPE
    content: Member = {"size": len(response.body), "mimeType": content_type}
    text = text_of(response.body, content_type)
    content |= {"text": encoded(response.body), "encoding": "base64"} if text is None else {"text": text}
    return {
        "status": response.status,
        "statusText": _phrase(response.status),
        "httpVersion": HTTP_VERSION,
        "cookies": cookies_set(response.headers),
        "headers": headers(response.headers),
        "content": content,
        "redirectURL": response.header("location") or "",
        "headersSize": -1,
        "bodySize": len(response.body),
    }


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _failed(failure: Failed) -> Member:
    return _no_response(f"{failure.kind.value}: {failure.message}")


def _no_response(why: str) -> Member:
    return {
        "status": 0,
        "statusText": "",
        "httpVersion": HTTP_VERSION,
        "cookies": [],
        "headers": [],
        "content": {"size": 0, "mimeType": UNKNOWN_TYPE},
        "redirectURL": "",
        "headersSize": -1,
        "bodySize": -1,
        "_error": why,
    }
