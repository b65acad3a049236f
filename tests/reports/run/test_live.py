import io
import re

import pytest
from rich.console import Console

from arazzo_runner.engine.events import Event, RunStarted, StepStarted
from arazzo_runner.reports.page import Look, Verbosity
from arazzo_runner.reports.run.live import LiveReporter
from arazzo_runner.reports.run.progress import MAX_DEPTH
from tests.reports.run.tape import CHECKOUT
from tests.reports.screen import Screen
from tests.reports.tape import BROKEN_OFF, NESTED, RETRIED, STOPPED, SUCCESS, Tape, tape


class Terminal:
    """A live report on a terminal whose clock is that of the tape."""

    def __init__(self, look: Look | None = None, *, height: int = 25, colour: bool = False, encoding: str = "utf-8"):
        self._raw = io.BytesIO()
        stream = io.TextIOWrapper(self._raw, encoding, newline="\n", write_through=True)
        self._now = 0.0
        console = Console(
            file=stream,
            force_terminal=True,
            width=80,
            height=height,
            color_system="standard" if colour else None,
            get_time=lambda: self._now,
            highlight=False,
            legacy_windows=False,
            _environ={},
        )
        self.reporter = LiveReporter(stream, look or Look(), console, paint=False)

    def play(self, tape: Tape, later: float = 0.0) -> Screen:
        for stamped in tape:
            self._now = stamped.clock.monotonic
            self.reporter.on(stamped)
        self._now += later
        self.reporter.refresh()
        return self.screen

    @property
    def written(self) -> str:
        return self._raw.getvalue().decode()

    @property
    def screen(self) -> Screen:
        return Screen(self.written)


@pytest.mark.parametrize(
    ("events", "later", "lines"),
    [
        (SUCCESS[:1], 0.0, ["  · generateToken", "  · broadcast"]),
        (SUCCESS[:4], 7.0, ["  ⠋ generateToken  POST /api/hubs/{hub}/:generateToken  7 s", "  · broadcast"]),
        (SUCCESS[:8], 0.0, ["  ✓ generateToken  200 OK (0.12 s)", "  · broadcast"]),
        (
            BROKEN_OFF,
            0.6,
            [
                "  ✓ generateToken  200 OK (0.12 s)",
                "  ◷ broadcast      503 Service Unavailable; try 2 of 2 in 1 s",
            ],
        ),
        (
            RETRIED[:15],
            0.25,
            ["  ✓ generateToken  200 OK (0.12 s)", "  ⠦ broadcast      POST /api/hubs/{hub}/:send (try 2)  0 s"],
        ),
        (
            STOPPED[:9],
            0.0,
            ["  ⠋ ask             GET /jobs/{id} (visit 2)  0 s", "  · pass me by", "  · fin\\x1b[31mish"],
        ),
        (
            NESTED[:11],
            65.0,
            [
                "  ✓ prices:fetch  200 OK (0.2 s)",
                "  ⠹ buy           workflow login  1 min 5 s",
                "  ⠹   open        GET /login  1 min 5 s",
                "  · report",
                "  · never",
            ],
        ),
        (
            NESTED[:19],
            0.0,
            [
                "  ✓ prices:fetch  200 OK (0.2 s)",
                "  ✗ buy           failed: workflow 'login' failed: step 'open': no answer: loc…",
                "  ✗   open        failed: localhost:8080: connection refused (4 ms)",
                "  ✗ report        failed: path parameter 'id' has no value: step 'buy' gave no…",
                "  · never",
            ],
        ),
    ],
)
def test_the_list_at_a_moment(events: Tape, later: float, lines: list[str]) -> None:
    terminal = Terminal()
    screen = terminal.play(events, later)
    assert screen.lines[1:] == lines
    assert not screen.cursor
    terminal.reporter.close()


def test_the_list_and_the_closing_text_stay() -> None:
    terminal = Terminal()
    screen = terminal.play(SUCCESS)
    assert screen.cursor
    assert screen.lines == [
        "token-then-broadcast",
        "  ✓ generateToken  200 OK (0.12 s)",
        "  ✓ broadcast      202 Accepted (0.3 s)",
        "",
        "Outputs",
        "  token            [redacted]",
        "  broadcastStatus  202",
        "",
        "Warnings",
        "  warning[reading-P1]: 'Bearer $inputs.accessToken' is read as 'Bearer",
        "    {$inputs.accessToken}': an expression in a longer string stands in braces",
        "    at spec.yml:49:14, the first of 2 places",
        "    help: write 'Bearer {$inputs.accessToken}'",
        "",
        "✓ token-then-broadcast succeeded: 2 steps, 2 requests, 0.43 s",
        "",
    ]


def test_what_was_not_reached_says_so() -> None:
    assert "  · never         not reached" in Terminal().play(NESTED).lines


@pytest.mark.parametrize("events", [BROKEN_OFF, RETRIED[:4], RETRIED[:1], RETRIED, ()])
def test_closing_gives_the_terminal_back(events: Tape) -> None:
    terminal = Terminal()
    terminal.play(events)
    terminal.reporter.close()
    before = terminal.written
    terminal.reporter.close()
    assert terminal.written == before
    screen = terminal.screen
    assert screen.cursor
    assert (screen.row, screen.column) == (len(screen.lines) - 1, 0)
    assert events == () or any("✗" in line for line in screen.lines)


def test_a_closing_text_follows_a_run_that_broke_off() -> None:
    terminal = Terminal()
    terminal.play(BROKEN_OFF)
    terminal.reporter.close()
    assert "  the run was broken off before its end, in step 'broadcast'" in terminal.screen.lines


def test_without_colour_no_sequence_colours() -> None:
    terminal = Terminal()
    terminal.play(RETRIED)
    assert not re.search(r"\x1b\[[\d;]*m", terminal.written)
    coloured = Terminal(colour=True)
    assert coloured.play(RETRIED).lines == terminal.screen.lines
    assert "\x1b[1;31m" in coloured.written


def test_a_low_terminal_shows_the_part_that_runs() -> None:
    names = tuple(f"step{number}" for number in range(100))
    begun: list[tuple[float, Event]] = [(0.0, RunStarted("r", "w", names)), (0.0, StepStarted(("step50",), 1, "GET /"))]
    terminal = Terminal(height=12)
    screen = terminal.play(tape(begun))
    assert screen.lines[1:] == [f"  · step{number}" for number in range(44, 50)] + [
        "  ⠋ step50  GET /  0 s",
        *(f"  · step{number}" for number in range(51, 54)),
    ]
    terminal.reporter.close()
    assert sum("not reached" in line for line in terminal.screen.lines) == 99


def test_what_is_called_too_deep_is_left_out() -> None:
    begun: list[tuple[float, Event]] = [(0.0, RunStarted("r", "w", ("call", "last")))]
    begun += [(0.0, StepStarted(("call",) * depth, 1, "workflow w")) for depth in range(1, 200)]
    terminal = Terminal()
    screen = terminal.play(tape(begun))
    assert len(screen.lines) == 1 + MAX_DEPTH + 1
    assert screen.lines[MAX_DEPTH].endswith("call  workflow w  0 s")
    low = Terminal(height=6).play(tape(begun))
    assert [line.split()[0] for line in low.lines[1:]] == ["⠋", "⠋", "⠋", "·"]
    terminal.reporter.close()
    assert sum("workflow w" in line for line in terminal.screen.lines) == MAX_DEPTH
    assert max(map(len, terminal.screen.lines)) <= 80


def test_verbose_shows_what_travels_above_the_list() -> None:
    screen = Terminal(Look(Verbosity.VERBOSE)).play(SUCCESS)
    sent = screen.lines.index("    > Content-Type: text/plain")
    assert sent < screen.lines.index("  ✓ generateToken  200 OK (0.12 s)")
    assert sum("generateToken  200 OK" in line for line in screen.lines) == 1


def test_verbose_says_why_an_action_was_taken_and_why_none_was() -> None:
    lines = Terminal(Look(Verbosity.VERBOSE), height=300).play(CHECKOUT).lines
    assert "    ↪ action 'again' was taken: retry, because $statusCode == 503 ($statusCode was 503)" in lines
    assert any(line.startswith("    ↪ action 'early' (end) was passed over: not $statusCode == 204") for line in lines)


def test_quiet_shows_no_list() -> None:
    assert Terminal(Look(Verbosity.QUIET)).play(SUCCESS).lines == [""]
    assert Terminal(Look(Verbosity.QUIET)).play(RETRIED).lines[0] == "✗ broadcast failed"


def test_a_terminal_that_has_ascii_alone_gets_ascii() -> None:
    terminal = Terminal(encoding="ascii")
    assert "  ~ broadcast      503 Service Unavailable; try 2 of 2 in 2 s" in terminal.play(BROKEN_OFF).lines
    terminal.reporter.close()
    assert terminal.written.isascii()


def test_nothing_of_a_hostile_server_reaches_the_terminal() -> None:
    screen = Terminal(Look(Verbosity.VERBOSE)).play(STOPPED)
    assert any("fin\\x1b[31mish" in line for line in screen.lines)
    assert all(line.isprintable() for line in screen.lines)


def test_it_paints_by_itself_until_it_is_closed() -> None:
    stream = io.StringIO()
    console = Console(file=stream, force_terminal=True, width=80, height=25, legacy_windows=False, _environ={})
    reporter = LiveReporter(stream, Look(), console)
    for stamped in BROKEN_OFF:
        reporter.on(stamped)
    reporter.close()
    assert Screen(stream.getvalue()).cursor
    assert not console._live_stack
