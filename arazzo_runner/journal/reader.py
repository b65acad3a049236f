"""Reads a journal: what was wanted and what came of it, in their order, and the events of the run."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, assert_never

from arazzo_runner.engine.events import RunEnded, Stamped
from arazzo_runner.engine.outcomes import Outcome
from arazzo_runner.engine.result import RunResult
from arazzo_runner.errors import UsageError
from arazzo_runner.journal.codec import Undecodable
from arazzo_runner.journal.lines import Eye
from arazzo_runner.journal.records import VERSION, Came, Header, Intent, Line, Resumed

MAX_BYTES: Final = 1024 * 1024 * 1024
"""The longest journal that is read, in bytes."""

_BEGINNING: Final = b'{"is":"header",'
_LOOKED_AT: Final = 4096
_RESUMED: Final = b'{"is":"resumed"'


@dataclass(frozen=True, slots=True)
class Entry:
    """An effect, what came of it (None: nobody knows), and how many events of the run stand before it."""

    intent: Intent
    outcome: Outcome | None
    before: int = 0


@dataclass(frozen=True, slots=True)
class Journal:
    """A run as its journal has it.

    `entries` are the effects that count, in their order; `events` what happened. `torn` tells that the last line was
    cut off, `resumed` how often the run was gone on with, `size` how many bytes were read (None: it was no file).
    """

    path: Path
    header: Header
    entries: tuple[Entry, ...] = ()
    events: tuple[Stamped, ...] = ()
    torn: bool = False
    resumed: int = 0
    size: int | None = None

    @property
    def result(self) -> RunResult | None:
        """The record of the run as it may be shown; None where the journal ends before the run does."""
        last = self.events[-1].event if self.events else None
        return last.result if isinstance(last, RunEnded) else None


def read(path: Path | str) -> Journal:
    """Read a journal.

    A last line that was cut off, as a kill leaves it, is passed over.

    Raises:
        UsageError: there is no such file, it is no journal, or one of a newer version, or a line in it is broken.
    """
    path = Path(path)
    lines = _lines(path)
    header = _header(path, lines[0] if lines else b"")
    state = _State(header)
    eye = Eye()
    *whole, last = lines  # what stands after the last line break: nothing, or a line that was cut off
    for number, line in enumerate(whole[1:], 2):
        try:
            state.take(eye.record(line))
        except Undecodable as fault:
            if not _is_torn(lines, number):
                raise UsageError(f"{path}:{number} is no line of a journal: {fault}", "the file was changed") from None
    return replace(state.journal(path, torn=bool(last)), size=sum(map(len, lines)) + len(lines) - 1)


def _lines(path: Path) -> list[bytes]:
    try:
        with path.open("rb") as stream:
            content = stream.read(_LOOKED_AT)
            if content.startswith(_BEGINNING):  # what is none may have no end (a device)
                content += stream.read(MAX_BYTES + 1 - len(content))
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or str(fault)
        raise UsageError(f"{path} can't be read: {why}") from None
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path} has more than {MAX_BYTES} bytes, which no journal has that is read")
    return content.split(b"\n")


def _is_torn(lines: list[bytes], number: int) -> bool:
    """Tell whether a broken line was cut off by a kill: the next one says that the run was gone on with.

    That one may have been cut off itself.
    """
    after = lines[number]
    return after.startswith(_RESUMED) or (number == len(lines) - 1 and after != b"" and _RESUMED.startswith(after))


def _header(path: Path, line: bytes) -> Header:
    hint = "name the file that 'arazzo run --journal FILE' wrote"
    try:
        head = Eye().record(line)
    except Undecodable as fault:
        if b'"is":"header"' in line[:40]:
            found = line.partition(b'"version":')[2][:8].split(b",")[0]
            if found.isdigit() and int(found) > VERSION:
                told = f"{path} is a journal of version {int(found)}, and this is {VERSION}"
                raise UsageError(told, "read it with a newer arazzo") from None
            raise UsageError(f"{path}:1 is broken: {fault}") from None
        raise UsageError(f"{path} is no journal of a run", hint) from None
    if not isinstance(head, Header):
        raise UsageError(f"{path} is no journal of a run: it does not begin with its head", hint)
    if head.version > VERSION:
        raise UsageError(f"{path} is a journal of version {head.version}, and this is {VERSION}", "take a newer arazzo")
    return head


class _State:
    """What the lines so far come to."""

    def __init__(self, header: Header) -> None:
        self._header = header
        self._entries: dict[int, Entry] = {}
        self._events: list[Stamped] = []
        self._resumed = 0

    def take(self, line: Line) -> None:
        match line:
            case Intent():
                self._entries[line.ticket] = Entry(line, None, len(self._events))
            case Came(ticket=ticket, outcome=outcome):
                if ticket not in self._entries:
                    raise Undecodable(f"an outcome of effect {ticket}, which nobody wanted")
                self._entries[ticket] = replace(self._entries[ticket], outcome=outcome)
            case Stamped():
                self._events.append(line)
            case Resumed():
                self._go_on(line)
            case Header():
                raise Undecodable("a second head")
            case _:
                assert_never(line)

    def _go_on(self, line: Resumed) -> None:
        self._resumed += 1
        self._entries = dict(islice(self._entries.items(), line.kept))
        self._events = []
        if line.inputs is not None:
            self._header = replace(self._header, inputs=line.inputs)
        if line.inputs_for is not None:
            self._header = replace(self._header, inputs_for=line.inputs_for)
        if line.limits is not None:
            self._header = replace(self._header, settings=replace(self._header.settings, limits=line.limits))

    def journal(self, path: Path, torn: bool) -> Journal:
        return Journal(path, self._header, tuple(self._entries.values()), tuple(self._events), torn, self._resumed)
