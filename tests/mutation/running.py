"""Judges faults, each in a process of its own, some at a time, none longer than its bound.

A process is forked from one that has loaded everything slow, so it begins in milliseconds; it then imports the package
anew, with the fault in it. What it does to itself (caches, memory, an endless loop) ends with it.
"""

from __future__ import annotations

import os
import pickle
import select
import signal
import time
import traceback
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")

MEMORY = 4 << 30
"""The bytes of memory that one fault may take."""


SPARE = 10.0
"""Seconds after its bound in which a process is ended by its parent, before it ends itself."""


class State(StrEnum):
    """What became of a fault."""

    NOTICED = "noticed"
    SURVIVED = "survived"
    UNREACHED = "unreached"
    """Nothing that judges runs the code in question."""
    HUNG = "hung"
    """It was stopped at its bound; that is noticed too."""
    CRASHED = "crashed"
    """Its process died; that is noticed too."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of a fault, and what noticed it: the names of cases or tests, or of an exception."""

    state: State
    by: tuple[str, ...] = ()
    seconds: float = 0.0

    @property
    def is_noticed(self) -> bool:
        """Whether the fault would be seen."""
        return self.state in (State.NOTICED, State.HUNG, State.CRASHED)


class JudgeFailed(Exception):
    """A judge could not judge: the fault is its own, so there is no verdict."""


@dataclass(slots=True)
class _Process(Generic[Task]):
    task: Task
    number: int
    pipe: int
    begun: float
    deadline: float
    told: bytes = b""


def judged(
    tasks: Sequence[Task], judge: Callable[[Task], Any], *, bound: Callable[[Task], float], workers: int
) -> Iterator[tuple[Task, Any]]:
    """Yield each task with what the judge says of it, as they end; HUNG or CRASHED where it says nothing.

    Raises:
        OSError: this system has no fork.
        JudgeFailed: the judge raised.
    """
    if not hasattr(os, "fork"):
        raise OSError("faults are judged in forked processes, which this system does not have")
    waiting = list(reversed(tasks))
    running: dict[int, _Process[Task]] = {}
    try:
        while waiting or running:
            while waiting and len(running) < workers:
                process = _begun(waiting.pop(), judge, bound)
                running[process.pipe] = process
            for process in _ended(running):
                del running[process.pipe]
                yield process.task, _verdict(process)
    finally:
        for process in running.values():
            _stopped(process)


def _begun(task: Task, judge: Callable[[Task], Any], bound: Callable[[Task], float]) -> _Process[Task]:
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        # A caller with threads (a test worker has some) is warned; the child runs none of them and never returns to it.
        warnings.simplefilter("ignore", DeprecationWarning)
        number = os.fork()
    if number == 0:
        os.close(reading)
        _child(task, judge, writing, bound(task))
    os.close(writing)
    now = time.monotonic()
    return _Process(task, number, reading, now, now + bound(task))


def _child(task: Task, judge: Callable[[Task], Any], writing: int, seconds: float) -> None:
    """Judge, tell, end; nothing of the parent's (open files, handlers at exit) is touched."""
    status = 1
    try:
        # Should the parent be gone by then, nobody else ends what hangs.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds + SPARE)
        _bounded_memory()
        told = _told(judge, task)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told)
        status = 0
    finally:
        os._exit(status)


def _told(judge: Callable[[Task], Any], task: Task) -> bytes:
    try:
        return pickle.dumps(judge(task))
    except MemoryError:
        raise
    except Exception as failure:
        # A judge sees to what a fault raises. What it raises itself is no verdict.
        return pickle.dumps(JudgeFailed(f"{task}: {type(failure).__name__}: {failure}\n{traceback.format_exc()}"))


def _bounded_memory() -> None:
    import resource

    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _ended(running: dict[int, _Process[Task]]) -> list[_Process[Task]]:
    """Wait until some process has ended, or is past its bound; those are returned."""
    soonest = min(process.deadline for process in running.values())
    ready, _, _ = select.select([*running], [], [], max(0.0, soonest - time.monotonic()))
    ended = []
    for process in running.values():
        if process.pipe in ready:
            told = os.read(process.pipe, 1 << 20)
            process.told += told
            if not told:
                ended.append(process)
        elif time.monotonic() >= process.deadline:
            os.kill(process.number, signal.SIGKILL)
            process.told = pickle.dumps(Verdict(State.HUNG))
            ended.append(process)
    return ended


def _verdict(process: _Process[Task]) -> Any:
    os.close(process.pipe)
    os.waitpid(process.number, 0)
    told = pickle.loads(process.told) if process.told else Verdict(State.CRASHED)
    if isinstance(told, JudgeFailed):
        raise told
    if isinstance(told, Verdict):
        return Verdict(told.state, told.by, round(time.monotonic() - process.begun, 3))
    return told


def _stopped(process: _Process[Any]) -> None:
    os.kill(process.number, signal.SIGKILL)
    os.close(process.pipe)
    os.waitpid(process.number, 0)
