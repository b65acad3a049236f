"""Writes a journal: a line is with the operating system before its effect is performed, so that a kill loses none."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from arazzo_runner.engine.effects import Authorize, Checkpoint, Effect, SendRequest, Sleep
from arazzo_runner.engine.events import Stamped
from arazzo_runner.engine.outcomes import Outcome
from arazzo_runner.errors import CannotContinue, UsageError
from arazzo_runner.journal.lines import Pen
from arazzo_runner.journal.records import Came, Header, Intent, Line, Resumed
from arazzo_runner.journal.vault import OWNER_ONLY, SecretsFile

if TYPE_CHECKING:
    from arazzo_runner.journal.sealing import Sealer


def intent_of(effect: Effect, sealer: Sealer) -> Intent:
    """Return an effect as a journal has it."""
    match effect:
        case SendRequest():
            return Intent(effect.ticket, "request", effect.step, sealer.request(effect.request))
        case Authorize(grant=grant):
            what = sealer.text(f"{grant.flow.label} {grant.source} {grant.scheme} {' '.join(sorted(grant.scopes))}")
            return Intent(effect.ticket, "authorize", effect.step, what=what)
        case Sleep(seconds=seconds):
            return Intent(effect.ticket, "sleep", effect.step, what=f"{seconds:g} s")
        case Checkpoint():
            return Intent(effect.ticket, "checkpoint", effect.step, what=f"{effect.moment.value} {effect.attempt}")


class JournalFile:
    """The file of a journal, open for adding lines.

    Raises (each method): CannotContinue, where a line can't be written (a full disk): the run must not go on unseen.
    """

    def __init__(self, path: Path, handle: int, torn: bool = False) -> None:
        self.path = path
        self._handle: int | None = handle
        self._torn = torn
        self._pen = Pen()

    @classmethod
    def create(cls, path: Path) -> JournalFile:
        """Begin a journal, for its owner's eyes only.

        Raises:
            UsageError: there is such a file already, or it can't be made.
        """
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_APPEND, OWNER_ONLY)
        except FileExistsError:
            hint = "a journal is never written over: give another name ({time} and {run} in it are filled in)"
            raise UsageError(f"--journal: {path} is there already", hint) from None
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or str(fault)
            raise UsageError(f"--journal: {path} can't be written: {why}") from None
        _lock(handle, path)
        return cls(path, handle)

    @classmethod
    def append(cls, path: Path, torn: bool, size: int | None = None) -> JournalFile:
        """Go on with a journal; where its last line was cut off (`torn`), that is ended before the first new one.

        `size` are the bytes that it had when it was read: if it has others by now, it tells of more than was read.

        Raises:
            UsageError: it can't be written, or another process goes on with it, or has gone on with it.
        """
        try:
            handle = os.open(path, os.O_RDWR | os.O_APPEND)
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or str(fault)
            raise UsageError(f"{path} can't be written: {why}") from None
        _lock(handle, path)
        if size is not None and os.fstat(handle).st_size != size:
            os.close(handle)
            hint = "nothing was sent; begin again, so that what happened meanwhile is known"
            raise UsageError(f"{path} has changed since it was read: another process went on with this run", hint)
        return cls(path, handle, torn)

    def add(self, record: Header | Intent | Came | Stamped | Resumed) -> None:
        """Add a line."""
        line: Line = record
        try:
            self._write((b"\n" if self._torn else b"") + self._pen.line(line))
            self._torn = False
        except OSError as fault:
            raise CannotContinue(f"the journal {self.path} can't be written: {fault.strerror}") from None

    def close(self) -> None:
        """Close the file; calling it again does nothing."""
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def _write(self, content: bytes) -> None:
        assert self._handle is not None, "the journal is open"
        while content:
            content = content[os.write(self._handle, content) :]


def _lock(handle: int, path: Path) -> None:
    """Keep other processes from going on with the same journal; where the system has no such locks, nobody is kept."""
    if sys.platform == "win32":
        return
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(handle)
        raise UsageError(f"{path} is in use: another process is at this run", "wait until it has ended") from None
    except OSError:
        return


class Recorder:
    """Writes down what a driver does: the intent before, the outcome after what it means to the run is known."""

    def __init__(self, file: JournalFile, sealer: Sealer, secrets: SecretsFile) -> None:
        self._file, self._sealer, self._secrets = file, sealer, secrets

    def recall(self, effect: Effect) -> Outcome | None:
        """Nothing has been done before."""
        del effect
        return None

    def intend(self, effect: Effect) -> None:
        """Write down what is about to be done."""
        self._file.add(intent_of(effect, self._sealer))

    def settle(self, effect: Effect, outcome: Outcome) -> None:
        """Write down what came of it."""
        self._file.add(Came(effect.ticket, self._sealer.outcome(outcome)))

    def happened(self, stamped: Stamped) -> None:
        """Write down an event."""
        self._file.add(stamped)

    def begin(self, record: Header | Resumed) -> None:
        """Write down how the run begins, or how it is gone on with."""
        self._file.add(record)

    def close(self) -> None:
        """Close the journal; calling it again does nothing."""
        self._file.close()
        self._secrets.close()
