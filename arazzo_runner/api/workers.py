"""Testing documents in processes of their own: a fault that ends a process, or one that never ends, costs one workflow.

Each worker gets one document at a time and tells of each workflow before and after it is tested. A worker that dies,
or takes longer for one workflow than it may, is ended; that workflow failed, and a new worker goes on with the rest of
the document. Workers are spawned, so that they share nothing with the process that asked for them.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final, TypeAlias

from arazzo_runner.api.trying import Setup, chosen, read, try_document, unnamed, with_help
from arazzo_runner.coverage.reasons import HELP, Reason
from arazzo_runner.coverage.trials import Failure, Trial
from arazzo_runner.errors import UsageError
from arazzo_runner.journal.recognition import is_journal

if sys.platform == "win32":
    from multiprocessing.connection import PipeConnection as Connection
else:
    from multiprocessing.connection import Connection

WORKFLOW_SECONDS: Final = 120.0
"""Seconds that the test of one workflow may take, and the reading of one document, unless the caller says otherwise."""

START_SECONDS: Final = 60.0
"""Seconds that a process may take to start, before the time of what it tests is counted."""

MAX_JOBS: Final = 64
"""The most processes that are used."""


@dataclass(frozen=True, slots=True)
class Begun:
    """A workflow is about to be tested; the empty name tells that its document is being read."""

    document: int
    workflow: str


@dataclass(frozen=True, slots=True)
class Known:
    """A document was read: the workflows to test, all that it has, and its sources; or why it was not read."""

    document: int
    workflows: tuple[str, ...] = ()
    ids: frozenset[str] = frozenset()
    sources: frozenset[str] = frozenset()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A workflow was tested."""

    document: int
    trial: Trial


@dataclass(frozen=True, slots=True)
class Broken:
    """A document came to no workflow, or not to all: it is at fault, or the process that read it died."""

    document: int
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Finished:
    """There is no more to a document."""

    document: int


Message: TypeAlias = Begun | Known | Done | Broken | Finished
"""What is told of the tests, in the order in which it happens."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to test, without the workflows to pass over."""

    document: int
    file: str
    passed_over: frozenset[str] = frozenset()


# ---------------------------------------------------------------- in the worker


def work(pipe: Connection, setup: Setup) -> None:
    """Test one document after the other, as they come through the pipe, until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever asked decides what Ctrl-C ends
    with closing(pipe):
        while True:
            try:
                task = pipe.recv()
            except EOFError:
                return
            for message in messages(task, setup, pipe.send):
                pipe.send(message)


def messages(task: Task, setup: Setup, tell: Callable[[Message], None]) -> Iterator[Message]:
    """Yield what comes of a document; `tell` is told of each workflow before."""
    tell(Begun(task.document, ""))
    if is_journal(task.file):
        yield from _of_journal(task, setup, tell)
        return
    description = read(task.file, setup)
    if isinstance(description, str):
        yield Known(task.document, problem=description)
    else:
        sources = frozenset(each.name for each in description.source_descriptions)
        ids = frozenset(each.workflow_id for each in description.workflows)
        yield Known(task.document, tuple(chosen(description, setup)), ids, sources)
        if failures := unnamed(description):
            yield Broken(task.document, failures)
        told = _begin(task, tell)
        for trial in try_document(description, setup, told, task.passed_over):
            yield Done(task.document, trial)
    yield Finished(task.document)


def _of_journal(task: Task, setup: Setup, tell: Callable[[Message], None]) -> Iterator[Message]:
    """Yield what comes of a recorded run: it is one workflow."""
    from arazzo_runner.api.rehearsal import Rehearsal  # brings what only a replay needs

    try:
        rehearsal = Rehearsal(task.file, setup)
    except UsageError as fault:
        yield Known(task.document, problem=with_help(fault.message, fault.hint))
        yield Finished(task.document)
        return
    name = rehearsal.workflow
    wanted = () if setup.workflows and name not in setup.workflows else (name,)
    sources = frozenset(each.name for each in rehearsal.description.source_descriptions)
    yield Known(task.document, wanted, frozenset({name}), sources)
    for name in wanted:
        if name not in task.passed_over:
            tell(Begun(task.document, name))
            yield Done(task.document, rehearsal.trial())
    yield Finished(task.document)


def _begin(task: Task, tell: Callable[[Message], None]) -> Callable[[str], None]:
    return lambda name: tell(Begun(task.document, name))


# ---------------------------------------------------------------- in the process that asked


@dataclass(slots=True)
class _Worker:
    """A process with what it is at: `since` when it told last what it begins, later where it has yet to start."""

    process: BaseProcess
    pipe: Connection
    task: Task | None = None
    workflow: str = ""
    since: float = 0.0
    done: set[str] = field(default_factory=set)
    is_up: bool = False

    def end(self) -> None:
        """End it, whatever it is at."""
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self.process.close()


def in_workers(
    files: Sequence[str], setup: Setup, jobs: int | None = None, seconds: float = WORKFLOW_SECONDS
) -> Generator[Message, None, None]:
    """Test documents in at most `jobs` processes (as many as there are cores where it is left out).

    Whoever stops reading closes the iterator; its processes are ended then.
    """
    order = sorted(range(len(files)), key=lambda number: (-_size(files[number]), number))
    pool = _Pool(setup, seconds, [Task(number, files[number]) for number in order])
    wanted = min(jobs or cores(), MAX_JOBS, len(files))
    try:
        yield from pool.run(wanted)
    finally:
        pool.close()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _size(file: str) -> int:
    """Return the size of a file, so that the largest are begun first; 0 for what is no file."""
    try:
        return Path(file).stat().st_size
    except (OSError, ValueError):
        return 0


def _received(pipe: Connection, seconds: float) -> Message | None:
    """Return the next message; None where the pipe ended, or the whole of it did not come in time.

    A process that stopped midway through a message would hold up whoever reads the rest of it: a thread reads, which
    ends with the process.
    """
    found: list[Message] = []

    def read() -> None:
        with suppress(EOFError, OSError, TypeError):  # TypeError: the pipe was closed between two reads
            found.append(pipe.recv())

    reading = threading.Thread(target=read, daemon=True)
    reading.start()
    reading.join(seconds)
    return found[0] if found else None


@dataclass(slots=True)
class _Pool:
    """The workers, and the documents that wait for one."""

    setup: Setup
    seconds: float
    waiting: list[Task]
    workers: list[_Worker] = field(default_factory=list)

    def run(self, jobs: int) -> Iterator[Message]:
        """Yield what the workers tell until nothing is left."""
        while self.waiting or any(worker.task for worker in self.workers):
            self._employ(jobs)
            busy = {worker.pipe: worker for worker in self.workers if worker.task is not None}
            ready = wait(list(busy), self._patience())
            for pipe in ready:
                yield from self._heard(busy[pipe])  # type: ignore[index]  # it was given connections alone
            for worker in [one for one in self.workers if one.task is not None and self._left(one) <= 0]:
                yield from self._lost(worker, Reason.TIME, self._late(worker))

    def _employ(self, jobs: int) -> None:
        idle = [worker for worker in self.workers if worker.task is None]
        while self.waiting and (idle or len(self.workers) < jobs):
            worker = idle.pop() if idle else self._hire()
            worker.task, worker.workflow, worker.done = self.waiting.pop(0), "", set()
            worker.since = time.monotonic() + (0.0 if worker.is_up else START_SECONDS)
            with suppress(OSError):  # where it died before it began, that is heard at the pipe
                worker.pipe.send(worker.task)

    def _hire(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=work, args=(theirs, self.setup), daemon=True, name="arazzo test")
        process.start()
        theirs.close()
        self.workers.append(_Worker(process, ours))
        return self.workers[-1]

    def _patience(self) -> float:
        """Return the seconds until the first worker has taken too long."""
        return max(0.0, min(self._left(worker) for worker in self.workers if worker.task is not None))

    def _left(self, worker: _Worker) -> float:
        return worker.since + self.seconds - time.monotonic()

    def _late(self, worker: _Worker) -> str:
        if not worker.is_up:
            return f"the process that was to test it did not start within {START_SECONDS + self.seconds:g} seconds"
        return f"it took more than {self.seconds:g} seconds"

    def _heard(self, worker: _Worker) -> Iterator[Message]:
        message = _received(worker.pipe, max(0.0, self._left(worker)))
        if message is None:
            late = self._left(worker) <= 0
            reason, why = (
                (Reason.TIME, self._late(worker)) if late else (Reason.CRASH, "the process that tested it ended")
            )
            yield from self._lost(worker, reason, why)
            return
        worker.is_up = True
        match message:
            case Begun(workflow=workflow):
                worker.workflow, worker.since = workflow, time.monotonic()
            case Done(trial=trial):
                worker.done.add(trial.workflow)
            case Finished():
                worker.task = None
            case _:
                pass
        yield message

    def _lost(self, worker: _Worker, reason: Reason, message: str) -> Iterator[Message]:
        """End a worker that is of no more use, tell what it was at, and have the rest of its document done anew."""
        task = worker.task
        assert task is not None, "only a worker with a task can be lost"
        if reason is Reason.CRASH:
            worker.process.join(1.0)
            code = worker.process.exitcode
            message += f" (exit code {code})" if code is not None else ""
        self.workers.remove(worker)
        worker.end()
        failure = Failure(reason, message, help=HELP[reason])
        if not worker.workflow or worker.workflow in worker.done:
            yield Broken(task.document, (failure,))
            yield Finished(task.document)
            return
        yield Done(task.document, Trial(worker.workflow, (failure,), seconds=time.monotonic() - worker.since))
        over = task.passed_over | worker.done | {worker.workflow}
        self.waiting.insert(0, Task(task.document, task.file, over))

    def close(self) -> None:
        """End all workers."""
        for worker in self.workers:
            worker.end()
        self.workers.clear()
