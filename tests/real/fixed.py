"""Mending a document in memory, and holding the result against what mending promises.

The result parses; it differs only where a fix says so (that is judged while it is mended: `fixes.amend`); there is
nothing left to mend in it; it has no finding that was not there before; and its steps send the same requests.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from arazzo_runner.api import Options, Prepared, check, load, prepare
from arazzo_runner.api.loading import reread
from arazzo_runner.diagnostics import Diagnostic
from arazzo_runner.document.model import Description
from arazzo_runner.errors import ArazzoError
from arazzo_runner.fixes.mend import Mended, Reading, mend
from tests.real.built import outputs, sent
from tests.real.found import Document
from tests.real.judged import Fate, Judged


def fixed(document: Document, unsafe: bool = False) -> Judged:
    """Mend a document as `arazzo validate --fix` would, and tell what became of it."""
    try:
        description = load(document.path)
    except ArazzoError as fault:
        return Judged(str(document.path), (Fate("", "unreadable", str(fault)),))
    try:
        return Judged(str(document.path), tuple(_fates(description, document, unsafe)))
    except Exception as crash:  # the point of this program is to find these
        return Judged(str(document.path), (Fate("", f"CRASH {type(crash).__name__}", f"{document.path}: {crash}"),))


def _fates(description: Description, document: Document, unsafe: bool) -> Iterator[Fate]:
    options = Options(mock=True, sources=dict(document.sources))
    latest = description

    def judged(text: str) -> Reading:
        nonlocal latest
        latest = reread(description, text)
        return Reading(latest.source, check(latest, options))

    first = Reading(description.source, check(description, options))
    mended = mend(first, judged, unsafe=unsafe)
    for fix in mended.dropped:
        yield Fate("", "BAD fix that could not be written", f"{fix.edits[0].span.place()}: {fix.message}")
    for one in mended.fixed:
        yield Fate("", f"fixed [{one.code}]", f"{one.concise()} | {one.fix.message if one.fix else ''}")
    for one in mended.reading.found:
        if one.fix is not None and (one.fix.safe or unsafe):
            yield Fate("", f"BAD not stable [{one.code}]", one.concise())
    if not mended.fixed:
        yield Fate("", "nothing to fix")
        return
    yield Fate("", "document fixed")
    yield from _news(first, mended)
    yield from _requests(description, latest, options, document)


def _news(first: Reading, mended: Mended) -> Iterator[Fate]:
    """Yield the findings that were not there before, by code and path."""
    before = Counter(map(_identity, first.found))
    for one in mended.reading.found:
        if before[_identity(one)] <= 0:
            yield Fate("", f"BAD new finding [{one.code}]", one.concise())
        before[_identity(one)] -= 1


def _identity(found: Diagnostic) -> tuple[str, object]:
    return found.code, found.at


def _requests(before: Description, after: Description, options: Options, document: Document) -> Iterator[Fate]:
    """Yield whether the steps of each workflow send what they sent; where it was refused, whether it still is.

    Both are given the same outputs of other steps: what the mock invents looks at how expressions are written.
    """
    for workflow in dict.fromkeys(one.workflow_id for one in before.workflows if one.workflow_id):
        old, new = _ready(before, workflow, options), _ready(after, workflow, options)
        if old is None:
            yield Fate(workflow, "refused before and after" if new is None else "refused before, ready after")
        elif new is None:
            yield Fate(workflow, "BAD refused after", f"{document.path} {workflow}")
        else:
            yield from _compared(workflow, old, new, document)


def _compared(workflow: str, old: Prepared, new: Prepared, document: Document) -> Iterator[Fate]:
    given = outputs(old)
    before, after = dict(sent(old, given)), dict(sent(new, given))
    other = [step for step in before if before[step] != after.get(step)]
    if other:
        yield Fate(workflow, "BAD other requests", f"{document.path} {workflow}: {', '.join(other)}")
    else:
        yield Fate(workflow, "same requests")
    yield Fate(workflow, "same mocked outputs" if outputs(new) == given else "other mocked outputs", str(document.path))


def _ready(description: Description, workflow: str, options: Options) -> Prepared | None:
    """Return the workflow made ready, or None where it is refused."""
    try:
        return prepare(description, workflow, options)
    except ArazzoError:
        return None
