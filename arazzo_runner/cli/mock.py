"""`arazzo mock`: serves answers invented from API descriptions, for any client."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Annotated, Any, Final, TypeAlias

from arazzo_runner.api import Options
from arazzo_runner.cli import flags
from arazzo_runner.cli.documents import access_for, folder, open_document
from arazzo_runner.cli.exit_codes import ExitCode
from arazzo_runner.cli.faults import note
from arazzo_runner.cli.files import STDIN
from arazzo_runner.cli.marks import argument, option
from arazzo_runner.cli.mock_report import MockReport
from arazzo_runner.cli.pairs import pairs
from arazzo_runner.document import Profile, read
from arazzo_runner.document.model import Description
from arazzo_runner.errors import UsageError
from arazzo_runner.mock.server.hosts import is_loopback
from arazzo_runner.mock.server.listening import Listening, bind, url_of
from arazzo_runner.mocking import LOOPBACK, Mocked, read_mocked, urls_of
from arazzo_runner.sources.registry import type_of

PORT: Final = 4010
_SERVER: Final = "Server"

Files: TypeAlias = Annotated[
    list[str],
    argument(
        metavar="FILE...",
        help="What to serve: an Arazzo document, with the sources that it names, or OpenAPI descriptions.",
    ),
]
Port: TypeAlias = Annotated[
    int,
    option(
        "--port", "-p", metavar="N", min=0, max=65535, help="The port; 0 for any that is free.", rich_help_panel=_SERVER
    ),
]
Host: TypeAlias = Annotated[
    str,
    option(
        "--host",
        metavar="ADDRESS",
        help="The address to listen on. Any other than one of this machine alone lets others call.",
        rich_help_panel=_SERVER,
    ),
]
Lenient: TypeAlias = Annotated[
    bool,
    option(
        "--lenient",
        help="Answer requests that break the description, or lack credentials, all the same; the log tells of them.",
        rich_help_panel=_SERVER,
    ),
]
Json: TypeAlias = Annotated[
    bool,
    option(
        "--json", help="Write one JSON object a line on standard output: ready, then each request.",
        rich_help_panel=flags.SHOWN,
    ),
]  # fmt: skip
Quiet: TypeAlias = Annotated[
    bool, option("--quiet", "-q", help="Tell nothing but the base URL.", rich_help_panel=flags.SHOWN)
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mock:
    """Serve an API that is not there: answers invented from its description, for any client.

    Standard output carries the base URL alone; the request log goes to standard error. Ctrl-C ends it.
    """

    files: Files
    port: Port = PORT
    host: Host = LOOPBACK
    lenient: Lenient = False
    seed: flags.Seed = 0
    stateless: flags.Stateless = False
    strict: flags.Strict = False
    sources: flags.Sources = None
    base_dir: flags.BaseDir = None
    documents: flags.Documents = None
    root: flags.Root = None
    offline: flags.Offline = False
    no_cache: flags.NoCache = False
    json: Json = False
    quiet: Quiet = False

    def perform(self) -> int:
        """Serve until it is stopped: 130 after Ctrl-C, 0 after SIGTERM."""
        mocked = self._read()
        if not is_loopback(self.host) and not self.quiet:
            note(f"--host {self.host}: others than this machine may be able to call")
        report = MockReport(sys.stdout, sys.stderr, quiet=self.quiet, json=self.json)
        application = mocked.application(
            seed=self.seed,
            lenient=self.lenient,
            stateless=self.stateless,
            loopback_only=is_loopback(self.host),
            on_exchange=report.exchanged,
        )
        bound = bind(self.host, self.port)
        url = url_of(bound, self.host)
        ready = self._ready(report, mocked, url)
        listening = Listening(application, bound, ready)
        with stopped_by_signals(listening.stop) as stopped:
            listening.run()
        if stopped.by == signal.SIGINT:
            raise KeyboardInterrupt
        return ExitCode.SUCCEEDED

    def _read(self) -> Mocked:
        """Read what is served; an Arazzo document may come on standard input, an API description has to be a file."""
        options = self._options()
        if self.files.count(STDIN) > 1:
            raise UsageError("standard input can be read once, and - is given several times")
        given = [_on_standard_input() if file == STDIN else file for file in self.files]
        return read_mocked(given, options)

    def _ready(self, report: MockReport, mocked: Mocked, url: str) -> Callable[[], None]:
        return lambda: report.ready(mocked, url, urls_of(url, mocked), self.files, self.seed)

    def _options(self) -> Options:
        return Options(
            strict=self.strict,
            sources=pairs("--source", self.sources or ()),
            base_dir=folder("--base-dir", self.base_dir),
            documents=tuple(self.documents or ()),
            access=access_for(self.root, self.offline, self.no_cache),
        )


def _on_standard_input() -> Description:
    content: list[bytes] = []
    description = open_document(STDIN, keep=content.append)
    if type_of(read(content[0], STDIN, STDIN, Profile.SOURCE).data) != "arazzo":
        raise UsageError("standard input can't be served: it holds no Arazzo document", "save an API description first")
    return description


@dataclass(slots=True)
class Stopped:
    """By which signal a server was stopped; None where it was by none."""

    by: int | None = field(default=None)


@contextmanager
def stopped_by_signals(stop: Callable[[], None]) -> Iterator[Stopped]:
    """Call `stop` at Ctrl-C and at SIGTERM while the block runs; in another thread than the main one, do nothing."""
    stopped = Stopped()

    def wanted(number: int, frame: Any) -> None:
        stopped.by = stopped.by or number
        stop()

    if threading.current_thread() is not threading.main_thread():
        yield stopped
        return
    before = {number: signal.signal(number, wanted) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stopped
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
