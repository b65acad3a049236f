"""A file that is no document, or hardly, put to the library and to the command: what they say of it, as data."""

from __future__ import annotations

import contextlib
import io
import json
import re
import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from arazzo_runner.api import Options, check, load, run
from arazzo_runner.cli.app import main
from arazzo_runner.diagnostics import Diagnostic, Span
from arazzo_runner.document import Profile, read
from arazzo_runner.errors import ArazzoError
from arazzo_runner.sources.access import Access
from tests.hostile.documents import APIS, ARAZZO
from tests.hostile.files import FILES

FILE: Final = "file: "
"""How the names of these cases begin where a process is asked for them."""

UNREADABLE: Final = "document-unreadable"
OFFLINE: Final = Access(offline=True)
"""A damaged reference may be a URL: nothing is to be fetched for it."""

MOCKED: Final = Options(mock=True, interactive=False, check_level="warn", access=OFFLINE)
LONGEST: Final = 20_000
"""Characters of what the command wrote that are handed on."""

_BREAK: Final = re.compile(r"\r\n|\r|\n")


def judge_file(name: str, folder: Path) -> dict[str, Any]:
    """Read a file as an Arazzo document, and as the API description of a good one."""
    began, before = time.process_time(), _peak()
    made = FILES[name].content
    report = {
        "arazzo": _told(folder, made(json.dumps(ARAZZO)), json.dumps(APIS["3.1"]).encode()),
        "api": _told(folder, json.dumps(ARAZZO).encode(), made(json.dumps(APIS["3.1"]))),
    }
    return report | {"seconds": time.process_time() - began, "megabytes": _peak() - before}


def _told(folder: Path, document: bytes, api: bytes) -> dict[str, Any]:
    (folder / "flow.arazzo").write_bytes(document)
    (folder / "api.json").write_bytes(api)
    path = str(folder / "flow.arazzo")
    return _by_library(path) | {
        "validate": command("validate", path, "--no-config"),
        "run": command("run", path, "--workflow", "w", "-i", "a=x", "--mock", "--check-level", "warn", "--no-config"),
    }


def _by_library(path: str) -> dict[str, Any]:
    try:
        description = load(path)
    except ArazzoError as fault:
        return {"errors": [UNREADABLE], "unsound": [], "helpless": [] if str(fault).strip() else [UNREADABLE]}
    found = check(description)
    unsound = unsound_spans(found, description.source.uri, description.source.text)
    errors = [one for one in found if one.severity.value == "error"]
    for workflow in description.workflows[:3]:
        with contextlib.suppress(ArazzoError):
            run(description, workflow.workflow_id, {"a": "x"}, options=MOCKED)
    return {
        "errors": [one.code for one in errors],
        "unsound": unsound,
        "helpless": [one.code for one in errors if not one.help],
    }


def command(*words: str) -> tuple[int, str]:
    """Run the command in this process; return its exit code, and beginning and end of what it wrote."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main(list(words))
    told = out.getvalue() + err.getvalue()
    return int(code), told if len(told) < LONGEST else told[: LONGEST // 2] + told[-LONGEST // 2 :]


def unsound_spans(found: Iterable[Diagnostic], uri: str, text: str) -> list[str]:
    """Return the findings with a place that the text does not have."""
    lines = _BREAK.split(text)
    places = ((one, span) for one in found for span in (one.span, *(each.span for each in one.related)))
    return [repr(one)[:500] for one, span in places if span and span.uri == uri and not _is_sound(span, lines)]


def _is_sound(span: Span, lines: Sequence[str]) -> bool:
    if not (1 <= span.line <= span.end_line <= len(lines)):
        return False
    first, last = lines[span.line - 1], lines[span.end_line - 1]
    inside = 1 <= span.column <= len(first) + 1 and 1 <= span.end_column <= len(last) + 1
    return inside and (span.line, span.column) <= (span.end_line, span.end_column) and span.text == first


def judge_damaged(folder: Path, document: bytes, api: bytes) -> None:
    """Load, judge and run damaged documents.

    Raises:
        AssertionError: a finding stands where the text has no place.
    """
    (folder / "api.json").write_bytes(api)
    description = load(text=document, base_uri=str(folder / "flow.yaml"))
    found = check(description, MOCKED)
    assert unsound_spans(found, description.source.uri, description.source.text) == []
    source = read(api, (folder / "api.json").as_uri(), "", Profile.SOURCE)
    assert unsound_spans(found, source.uri, source.text) == []
    for workflow in description.workflows[:3]:
        with contextlib.suppress(ArazzoError):
            run(description, workflow.workflow_id, {"a": "x", "k": "y"}, options=MOCKED)


def _peak() -> float:
    """Return how much memory the process has had at most, in megabytes; 0 where the system does not say.

    A process that was forked begins with what its parent had, so that only the growth says something.
    """
    if sys.platform == "win32":
        return 0.0
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1_000_000 if sys.platform == "darwin" else most / 1_000
