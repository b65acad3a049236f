"""A run on a terminal: the steps as a list that changes while they run, then the closing text.

The list is painted by rich from a thread of its own, so that the time of a running step goes on; a lock keeps the
painter from seeing half an event. Time comes from the console, not from the events: what is shown is now.
"""

from __future__ import annotations

from collections.abc import Iterable
from threading import Lock
from typing import TextIO

from rich.console import Console
from rich.live import Live
from rich.text import Text

from arazzo_runner.engine.events import (
    ActionChosen,
    Event,
    RequestSent,
    ResponseReceived,
    RunEnded,
    RunStarted,
    Stamped,
    StepEnded,
    TokenFailed,
    TokenFetched,
    Waiting,
)
from arazzo_runner.engine.result import RunResult
from arazzo_runner.reports.escape import encodable, visible
from arazzo_runner.reports.layout import columns, cut, pad
from arazzo_runner.reports.page import UNICODE, Ink, Inked, Line, Look, Verbosity, encoding_of
from arazzo_runner.reports.run.choice import choice, not_chosen
from arazzo_runner.reports.run.exchange import request_lines, response_lines, seconds_text
from arazzo_runner.reports.run.progress import INTERRUPTED, MAX_DEPTH, Progress, State, StepView
from arazzo_runner.reports.run.summary import closing
from arazzo_runner.reports.run.text import end_signs, end_text, waiting_text
from arazzo_runner.reports.run.token import token_lines

PAINTS_A_SECOND = 10
ROWS_AHEAD = 3
"""Steps to come that stay in sight where the terminal is too low for all."""


class LiveReporter:
    """Shows the steps of a run and where each stands; leaves the list and the closing text on the terminal.

    Tests give a `console` of their own, and `paint=False` for one that is painted by `refresh` alone.
    """

    def __init__(self, stream: TextIO, look: Look, console: Console | None = None, *, paint: bool = True) -> None:
        self._look = look.fitting(stream)
        self._encoding = encoding_of(stream)
        self._console = console or console_for(stream, look.colour)
        self._progress = Progress()
        self._moments: dict[int, float] = {}
        self._latest: StepView | None = None
        self._open = self._over = False
        self._lock = Lock()
        self._live = Live(
            console=self._console,
            get_renderable=self._paint,
            auto_refresh=paint,
            refresh_per_second=PAINTS_A_SECOND,
            redirect_stdout=False,
            redirect_stderr=False,
        )

    def on(self, stamped: Stamped) -> None:
        """Take the next event."""
        event = stamped.event
        if isinstance(event, RunEnded):
            self._end(event.result)
            return
        with self._lock:
            self._take(stamped)
        if isinstance(event, RunStarted):
            self._begin(event)
        elif self._look.verbosity.follows and isinstance(event, TokenFetched | TokenFailed):
            self._print(token_lines(event, loud=self._look.verbosity is Verbosity.VERBOSE))
        elif self._look.verbosity is Verbosity.VERBOSE:
            self._print(self._details(event))

    def refresh(self) -> None:
        """Paint the list as it stands now."""
        self._live.refresh()

    def close(self) -> None:
        """Give the terminal back as it was; a run that did not end is told of as stopped."""
        if self._open:
            self._end(self._progress.result(INTERRUPTED))
        self._live.stop()

    def _begin(self, event: RunStarted) -> None:
        self._open = True
        if self._look.verbosity.follows:
            self._print([(Ink.STRONG.of(event.workflow),)])
            self._live.start()

    def _end(self, result: RunResult) -> None:
        self._open, self._over = False, True
        self._live.stop()
        self._print(closing(result, self._look))

    def _details(self, event: Event) -> Iterable[Line]:
        """Return what only a loud report tells of an event."""
        match event:
            case RequestSent(request=request):
                return request_lines(request, self._look)
            case ResponseReceived(response=response):
                return response_lines(response, self._look)
            case ActionChosen():
                return choice(event, self._look)
            case StepEnded(considered=considered):
                return not_chosen(considered, self._look)
            case _:
                return ()

    def _take(self, stamped: Stamped) -> None:
        view = self._progress.on(stamped)
        if view is None:
            return
        self._latest = view
        if isinstance(stamped.event, Waiting):
            self._moments[id(view)] = self._console.get_time() + stamped.event.seconds
        elif view.request is None and view.state is State.RUNNING:
            self._moments[id(view)] = self._console.get_time()

    def _print(self, lines: Iterable[Line]) -> None:
        for line in lines:
            text = self._text(line)
            text.rstrip()
            self._console.print(text, soft_wrap=True)

    def _text(self, line: Line) -> Text:
        text = Text()
        for piece in line:
            said, ink = (piece, Ink.PLAIN) if isinstance(piece, str) else piece
            text.append(encodable(visible(said), self._encoding), ink.value)
        return text

    def _paint(self) -> Text:
        """Return the list as it stands now; called from the painter's thread."""
        with self._lock:
            views = self._in_sight()
            names = [_name(view) for view in views]
            width = min(max(map(columns, names), default=0), self._console.width // 3)
            rows = [self._row(view, name, width) for view, name in zip(views, names, strict=True)]
        return Text("\n", no_wrap=True, overflow="crop").join(rows)

    def _row(self, view: StepView, name: str, width: int) -> Text:
        ink, mark = self._sign(view)
        state, cut_mark = self._state_of(view), self._look.marks.cut
        room = max(self._console.width - width - 7, 1)
        label = pad(cut(name, width, cut_mark), width)
        line: Line = ("  ", ink.of(mark), f" {label}  ", state.ink.of(cut(state.text, room, cut_mark)))
        row = self._text(line)
        row.rstrip()
        return row

    def _in_sight(self) -> list[StepView]:
        """Return the steps that the terminal has room for, the one that runs among them; at the end, all.

        What is called too deep is left out: the step above it that is shown stands for it.
        """
        views = [view for view in self._progress.views if len(view.path) <= MAX_DEPTH]
        room = max(self._console.height - 2, 1)
        if self._over or len(views) <= room:
            return views
        last = min(max(self._position(views) + 1 + ROWS_AHEAD, room), len(views))
        return views[last - room : last]

    def _position(self, views: list[StepView]) -> int:
        """Return where the latest step stands, or the one that stands for it."""
        path = self._latest.path[:MAX_DEPTH] if self._latest else ()
        found = [index for index, view in enumerate(views) if view is self._latest or view.path == path]
        return found[-1] if found else 0

    def _sign(self, view: StepView) -> tuple[Ink, str]:
        match view.state:
            case State.PENDING:
                return Ink.FAINT, self._look.marks.pending
            case State.RUNNING:
                frames = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏" if self._look.marks is UNICODE else "-\\|/"
                return Ink.NOTE, frames[int(self._console.get_time() * PAINTS_A_SECOND) % len(frames)]
            case State.WAITING:
                return Ink.DOUBT, self._look.marks.waiting
            case _:
                return end_signs(view, self._look)

    def _state_of(self, view: StepView) -> Inked:
        moment, now = self._moments.get(id(view), 0.0), self._console.get_time()
        again = f" (visit {view.visits})" if view.visits > 1 else ""
        match view.state:
            case State.PENDING:
                return Ink.FAINT.of("not reached" if self._over else "")
            case State.RUNNING:
                attempt = f" (try {view.attempt})" if view.attempt > 1 else ""
                return Ink.PLAIN.of(f"{view.target}{attempt}{again}  {_whole_seconds(now - moment)}")
            case State.WAITING:
                return Ink.DOUBT.of(waiting_text(view, _whole_seconds(moment - now)) + again)
            case _:
                return Ink.PLAIN.of(end_text(view) + again)


def _name(view: StepView) -> str:
    """Return the name of a step in the list: a step of a called workflow stands below its caller, indented."""
    return "  " * (len(view.path) - 1) + (view.label if len(view.path) == 1 else visible(view.path[-1]))


def console_for(stream: TextIO, colour: bool) -> Console:
    """Return a console of rich for a stream, which colours only if told and marks up nothing by itself."""
    return Console(file=stream, color_system="auto" if colour else None, highlight=False, markup=False, emoji=False)


def _whole_seconds(seconds: float) -> str:
    """Return a time that is still changing, without digits that would flicker."""
    return seconds_text(seconds) if seconds >= 59.95 else f"{max(seconds, 0.0):.0f} s"
