"""A preview as commands of curl for a POSIX shell: one command a request, which sends what the run would send.

Every argument stands in single quotes unless it is plain. `--globoff` keeps curl from reading braces and brackets of a
URL as patterns, `--path-as-is` its dots. A header that curl would add by itself is left out (`-H 'Accept:'`) where the
request has none. A body that no argument can carry (NUL, bytes that are no UTF-8, characters that act on a terminal,
or a long one) is written by `printf` in octal and read from standard input.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import TextIO

from arazzo_runner.engine.effects import Request
from arazzo_runner.preview import Preview, StepPreview
from arazzo_runner.redact import REDACTED
from arazzo_runner.reports.escape import visible
from arazzo_runner.reports.page import Look

MAX_ARGUMENT = 100_000
"""Bytes of a body that stand on the command line: systems take about 128 KiB in one argument."""

_BREAK = " \\\n  "
_PLAIN = re.compile(r"[A-Za-z0-9_./:@%+=,-]+")
_LITERAL = frozenset(range(0x20, 0x7F)) - frozenset(b"\\%'")


def write_curl(stream: TextIO, preview: Preview, look: Look) -> None:
    """Write the commands, each behind a comment that names its step."""
    for line in _texts(preview):
        stream.write(line.encode("utf-8", "replace").decode() + "\n")
    stream.flush()


def _texts(preview: Preview) -> Iterator[str]:
    if preview.missing:
        yield f"# missing inputs: {visible(', '.join(preview.missing))}"
    for step in preview.steps:
        yield f"# {visible(_comment(step))}"
        for remark in (*step.remarks, *step.wanted.splitlines()):
            yield f"# note: {visible(' '.join(remark.split()))}"
        if step.shown is not None:
            yield command(step.shown, step.login)
    if preview.cut:
        yield f"# left out: {visible(preview.cut)}"


def _comment(step: StepPreview) -> str:
    name = " > ".join(step.path)
    if step.shown is not None:
        return name
    if step.calls and not step.reason:
        return f"{name} calls workflow {step.calls}"
    return f"{name}: {f'workflow {step.calls}' if step.calls else 'no request'}: {step.reason}"


def command(request: Request, login: str = "") -> str:
    """Return the command that sends a request; `login` is the user who answers a challenge of the server."""
    before = ""
    words = ["curl", "--globoff --path-as-is", _method(request), quoted(request.url)]
    words += [f"--header {quoted(header)}" for header in _headers(request)]
    if login:
        words.append(f"--digest --user {quoted(f'{login}:{REDACTED}')}")
    if request.body is not None:
        text = _argument(request.body)
        if text is None:
            before = f"printf {_octal(request.body)} |{_BREAK[1:]}"
            words.append("--data-binary @-")
        else:
            # With --data-binary a text that begins with @ names a file.
            words.append(f"{'--data-raw' if text.startswith('@') else '--data-binary'} {quoted(text)}")
    return before + _BREAK.join(words)


def quoted(text: str) -> str:
    """Return a text as one word of a POSIX shell."""
    return text if _PLAIN.fullmatch(text) else shlex.quote(text)


def _method(request: Request) -> str:
    return "--head" if request.method.upper() == "HEAD" else f"--request {quoted(request.method)}"


def _headers(request: Request) -> Iterator[str]:
    """Yield the headers as curl takes them: an empty one ends with `;`, one that is not to be sent with `:`."""
    for name, value in request.headers:
        yield f"{name}: {value}" if value.strip() else f"{name};"
    if request.body is not None and request.header("content-type") is None:
        yield "Content-Type:"


def _argument(body: bytes) -> str | None:
    """Return a body as an argument; None where it has to come another way."""
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return None
    shows = all(line.replace("\t", "").isprintable() for line in text.split("\n"))
    return text if shows and len(body) <= MAX_ARGUMENT else None


def _octal(body: bytes) -> str:
    """Return bytes as the format of `printf`, in single quotes: what is not plain ASCII by its number in octal.

    A number has always three digits, so that a digit behind it is none of its own. A `-` at the start would begin an
    option.
    """
    text = "".join(chr(byte) if byte in _LITERAL else f"\\{byte:03o}" for byte in body)
    return f"'{f'{chr(92)}055{text[1:]}' if text.startswith('-') else text}'"
